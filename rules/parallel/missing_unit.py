"""A heading, paragraph, point, note or row stands in one of two parallel texts only.

Why it matters. A paragraph that was lost leaves no trace in the text that lost it: only its parallel shows that
something is gone.

How it decides. Both texts are cut into headings, paragraphs, points, notes and rows, which are matched in order:
numbered headings only with the same number, paragraphs by their likeness, so that leaving one alone is cheap and
merging two is dear. What is left alone is reported with the place where it would stand in the other text. Units that
follow each other are one finding; each numbered heading begins another.

When it stays silent. It is silent about units that moved (parallel/order) and about page furniture. Inside one document
it is silent about headings whose number is absent from their series: structure/missing-heading and
structure/missing-division report these, with the twin as evidence. Between versions in two languages it is silent where
so many units have no match that they were rather not recognised; a note of the report says so.

Sources. Alignment with cheap gaps and dear merges, against the practice of sentence aligners, which swallow a lost
paragraph into a merge (Gale and Church 1993).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.differences import Difference
from auditor.alignment.pair import Pair
from auditor.analysis.outline import outline
from auditor.analysis.outline.absences import absences
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._twins import SECOND, annexes

_MORE = "Disputes about the application of this Treaty shall be settled by negotiation between the two governments."


@rule(
    "parallel/missing-unit",
    severity="error",
    scope="pair",
    bad={"en": [annexes(SECOND, f"{SECOND}\n\n{_MORE}").replace("\n\n### Article 3", "\n\n⟦⟧### Article 3", 1)]},
    good={
        "en": [
            annexes(),
            annexes(f"{SECOND}\n\n{_MORE}", f"{SECOND}\n\n{_MORE}"),
            annexes().replace("### Article 2\n\n", "", 1),
        ]
    },
    explains=("numbering/gap",),
)
def missing_unit(pair: Pair) -> Iterator[Finding]:
    """One finding for each stretch of units that one side lacks."""
    for found in pair.differences("missing-unit"):
        if pair.within_document and _told_by_structure(pair, found):
            continue
        side, other = (pair.b, pair.a) if found.lacking == "b" else (pair.a, pair.b)
        text = found.text_a or found.text_b
        number = int(found.words[0])
        if found.detail == "stretch":  # of two scans, whose paragraphs need not agree
            message = f"{side.label} lacks {number} words, {quoted(text)}, which stand in {other.label}."
            yield told(pair, found, message, data={"words": number})
            continue
        what = f"{found.detail} {quoted(text)}" if number == 1 else f"{number} units beginning with {quoted(text)}"
        message = f"{side.label} lacks the {what}, which {'stands' if number == 1 else 'stand'} in {other.label}."
        yield told(pair, found, message, data={"units": number})


def _told_by_structure(pair: Pair, found: Difference) -> bool:
    """Whether the unit is headed by a number that is absent from its series, which the structure rules report."""
    having, lacking = (pair.a, pair.b) if found.lacking == "b" else (pair.b, pair.a)
    at = found.a if found.lacking == "b" else found.b
    key = next((unit.key for unit in having.units if unit.span.start == at.start), None)
    if key is None:
        return False
    plan = outline(lacking.document)
    return any(
        absence.value == key[1]
        and plan.series[absence.series].kind == key[0]
        and lacking.span.touches(plan.divisions[absence.after].start)
        for absence in absences(lacking.document)
    )
