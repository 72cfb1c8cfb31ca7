"""A paragraph stops in the middle of a sentence, and what follows does not go on with it.

Why it matters. The rest of the sentence is lost, or stands somewhere else in the text; what it said is law that
nobody reads.

How it decides. A paragraph ends in a word that no sentence ends in (an article, a preposition), or in the middle of
a word, and the next one is a heading, begins with a capital, or is a point of a list after a broken word.

When it stays silent. Before the points of a list ("The Parties shall", "(a) …"); after "and" and "or", which end the
last point but one; on lines in capitals, short lines, titles and signatures; where the next paragraph goes on
with the sentence (`breaks/paragraph-cut`). The end of the text is
`structure/truncated`'s.

Sources. Words that cannot end a sentence: auditor/analysis/data/open_endings.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.languages import languages
from auditor.analysis.seams import Seam, seams
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

from .cuts import cuts, is_label, is_sentence

_RULE = "breaks/sentence-unfinished"
_FEWEST_WORDS = 8
#: German writes its nouns with capitals, so that a capital begins no new sentence there.
_CAPITAL_NOUNS = frozenset({"de", "lb"})


@rule(
    _RULE,
    severity="warning",
    explains=("punctuation/missing-stop",),
    bad={
        "en": [
            "# Report\n\nThe Committee shall submit to the Conference a report on its work and on ⟦the⟧\n\n"
            "## Article 3\n\nThe Committee meets every year.\n",
            "# Report\n\nThe Secretary-General shall circulate the amendment to all members of ⟦the⟧\n\n"
            "Decisions are taken by consensus wherever that is possible.\n",
        ],
        "fr": [
            "# Loi\n\nLe comité est composé de cinq membres nommés par le ministre pour une durée ⟦de⟧\n\n## Art. "
            "3\n\nFin.\n"
        ],
        "es": [
            "# Ley\n\nLa Junta Directiva estará integrada por cinco miembros designados ⟦por⟧\n\n## Artículo "
            "3\n\nFin.\n"
        ],
        "ru": [
            "# Договор\n\nДля выполнения настоящего Договора создается совместная комиссия, которая собирается "
            "⟦в⟧\n\n## Статья 3\n\nКонец.\n"
        ],
        "de": [
            "# Abkommen\n\nDer gemischte Ausschuss überwacht die Durchführung dieses Abkommens und unterrichtet "
            "⟦die⟧\n\n## Art. 3\n\nEnde.\n"
        ],
    },
    good={
        "en": [
            "# Report\n\nEach of the Parties to this Agreement shall for its part undertake to\n\n(a) adopt "
            "rules;\n\n(b) report.\n",
            "# Report\n\nThe Committee keeps a register of all decisions that were taken, and\n\n(c) reports each "
            "year.\n",
            "AGREEMENT BETWEEN THE GOVERNMENTS OF THE STATES THAT ARE MEMBERS OF THE\n\nCOUNCIL OF EUROPE AND OTHERS\n",
        ],
        "fr": [
            "# Loi\n\nFait à Genève le 2 mai 1997 en deux exemplaires.\n\nPour le Gouvernement de la\n\nRépublique "
            "française\n"
        ],
        "es": ["# Ley\n\nLa Junta rinde cuentas cada año.\n\n## Artículo 3\n\nFin.\n"],
        "ru": ["# Договор\n\nСтороны сотрудничают.\n\n## Статья 3\n\nКонец.\n"],
        "de": [
            "# Abkommen\n\nDie Parteien arbeiten bei der Durchführung dieses Abkommens eng mit dem\n\nBundesrat "
            "zusammen.\n"
        ],
    },
)
def sentence_unfinished(document: Document) -> Iterator[Finding]:
    """One finding for each paragraph that stops in the middle of a sentence."""
    codes: tuple[str, ...] = ()
    cut = {id(found.seam) for found in cuts(document)}
    for seam in seams(document):
        if id(seam) in cut:
            continue
        if seam.ending not in ("open word", "hyphen") or seam.opening == "small" or seam.words < _FEWEST_WORDS:
            continue
        codes = codes or languages(document)
        if _is_unfinished(seam, codes[seam.before.index]):
            yield _finding(seam)


def _is_unfinished(seam: Seam, language: str) -> bool:
    head = seam.before.prose.text
    if head.isupper() or not is_sentence(head):
        return False
    if seam.ending == "hyphen":
        return seam.opening == "heading" or (seam.item and seam.opening != "capital")
    if seam.item or seam.opening not in ("heading", "capital"):
        return False
    if seam.opening == "heading" or is_label(seam.after.prose.text):
        return True
    follows = seam.after.prose.text.rstrip()
    return language not in _CAPITAL_NOUNS and len(follows.split()) >= _FEWEST_WORDS and follows[-1:] in ".;,:"


def _finding(seam: Seam) -> Finding:
    prose = seam.before.prose
    text = prose.text.rstrip()
    span = prose.source_span(len(text) - len(seam.last), len(text))
    begins = " ".join(seam.after.prose.text[:60].split()[:4])
    if seam.ending == "hyphen":
        message = (
            f"The paragraph stops in the middle of a word, “{seam.last}”, and what follows does not go on with it."
        )
    else:
        message = f"The paragraph stops at “{seam.last}”, where no sentence ends; the next one begins “{begins}”."
    return Finding(
        _RULE,
        message,
        Span(span.start, span.end),
        confidence=0.9 if seam.opening == "heading" else 0.8,
        data={"last": seam.last, "next": begins},
        evidence=(Evidence(f"What follows begins “{begins}”.", seam.after.span),),
    )
