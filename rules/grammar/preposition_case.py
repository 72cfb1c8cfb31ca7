"""Behind a preposition stands a word in a case that it does not go with.

Why it matters. "В соответствии с настоящего Соглашения": an ending was lost or misread, or the preposition belongs to
an earlier wording.

How it decides. In Russian, each preposition, and each phrase that stands for one ("в отношении", "в соответствии с"),
goes with certain cases. The word behind it is in none of them, whichever of its readings is taken.

When it stays silent. On words that the lexicon lacks or that may be no noun or adjective; where the next word may be
the one that the preposition belongs to ("в Сторонами согласованных").

Sources. Русская грамматика-80, § 1658 to 1670; Розенталь, Управление в русском языке.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.running import language_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._slips import findings


@rule(
    "grammar/preposition-case",
    severity="warning",
    languages=["ru"],
    bad={
        "ru": [
            "Стороны действуют ⟦в соответствии с настоящего⟧ Соглашения ⟦для выполнению⟧ своих обязательств.",
            "Решение принимается ⟦к конференция⟧ и ⟦при участия⟧ всех государств.",
        ]
    },
    good={
        "ru": [
            "В соответствии с настоящим Соглашением, для выполнения обязательств, к его началу и при них.",
            "О том, что в этом случае за счёт государств по меньшей мере с мая до июня; с рублей; по делам.",
        ]
    },
)
def preposition_case(document: Document) -> Iterator[Finding]:
    """Yield a finding for each word in a case that its preposition does not go with."""
    text = language_text(document, "ru")
    if text.blocks:
        from auditor.analysis.grammar import russian

        yield from findings("grammar/preposition-case", text, russian.cases(text.level))
