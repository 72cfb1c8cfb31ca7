"""Words that belong together do not agree in gender or number.

Why it matters. "Las medida", "cette accord", "настоящим Соглашения", "Les Parties adopte": an ending was lost in the
scan or left from an earlier wording, and with it what the words refer to.

How it decides. In Spanish and French, a determiner is held against the noun behind it, a noun against the participle
or adjective behind it, and the noun that opens a sentence against the verb behind it. In Russian, an adjective
against its noun, and the noun that opens a sentence against its verb. Words stand side by side, and every reading of
each is known: there is none in which they agree.

When it stays silent. Where a word may be another part of speech ("la traiter"), where the adjective may belong to an
earlier noun ("les décisions de la Conférence adoptées") or to several ("política y plan nacionales"); on collective
nouns, numerals, names, and words that the lexicon does not have.

Sources. Real Academia Española, Nueva gramática de la lengua española; M. Grevisse, Le bon usage; Русская
грамматика-80.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.running import language_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._slips import findings


@rule(
    "grammar/agreement",
    severity="warning",
    languages=["es", "fr", "ru"],
    bad={
        "es": [
            "Para la aplicación de ⟦las medida⟧ se reunirá el Comité en la sede.",
            "Se examinará ⟦el iniciativa⟧ de los Estados. Las Partes ⟦adoptará⟧ las decisiones.",
            "Las ⟦medidas adoptados⟧ por el Consejo son públicas.",
        ],
        "fr": [
            "Les États examinent ⟦cette accord⟧ dans le cadre de la Convention.",
            "Les Parties ⟦adopte⟧ des mesures. Elles prennent ⟦ces décision⟧ par consensus.",
            "Il prend les ⟦mesures nécessaire⟧ pour que cela soit fait.",
        ],
        "ru": [
            "Стороны приняли ⟦международного договор⟧ о мире и безопасности.",
            "Комиссия ⟦принимают⟧ решение по этому вопросу в течение года.",
        ],
    },
    good={
        "es": [
            "El agua, el área y el problema de las Partes; la mayoría de los Estados han firmado el acta.",
            "Los adopta por las razones expuestas; una o varias medidas y acuerdos adoptados por la Conferencia.",
            "Las decisiones de la Conferencia adoptadas por consenso; el país, los países y la crisis.",
        ],
        "fr": [
            "Il convient de la traiter et de les adopter; la plupart des Parties ont signé; une dizaine ont voté.",
            "Les décisions de la Conférence adoptées par consensus; les droits civil et politique.",
            "Une politique et un plan nationaux; son adhésion; ces quatre États; l’une des Parties.",
        ],
        "ru": [
            "На русском и английском языках составлены два международных договора, имеющие равную силу.",
            "Меры принимает Комиссия. Договор подписывают Стороны. Стороны обязуются выполнять его.",
        ],
    },
)
def agreement(document: Document) -> Iterator[Finding]:
    """Yield a finding for each pair of words that do not agree."""
    from auditor.analysis.grammar import french, russian, spanish

    for language, module in (("es", spanish), ("fr", french), ("ru", russian)):
        text = language_text(document, language)
        if text.blocks:
            yield from findings("grammar/agreement", text, module.disagreements(text.level))
