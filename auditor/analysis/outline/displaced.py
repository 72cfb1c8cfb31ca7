"""Numbers that a series seems to lack, and whose headings stand there after all, in another form or place.

What the rules on glued, split, unmarked and differently marked headings report must not be reported as missing too.
"""

from __future__ import annotations

from auditor.analysis.fact import fact
from auditor.analysis.numerals import read_numerals
from auditor.analysis.outline.divisions import Outline, Series, outline
from auditor.analysis.outline.glued import glued_headings
from auditor.analysis.outline.heading_levels import strays, unmarked_numbers
from auditor.analysis.outline.split_labels import SplitLabel, split_labels
from auditor.document import Document


@fact
def displaced(document: Document) -> frozenset[tuple[int, int]]:
    """Index of the series and number of every heading that is glued, split, unmarked or at another level."""
    plan = outline(document)
    found = {(item.series, item.value) for item in glued_headings(document)}
    labels = split_labels(document)
    for series in plan.series:
        found.update((series.index, h.number.readings[0].value) for h in strays(document, series, plan))
        for block in unmarked_numbers(document, series, plan):
            found.update((series.index, n.value) for n in read_numerals(block.prose.text.lstrip())[:1])
        if series.run.holes:
            found.update((series.index, label.value) for label in labels if _belongs(document, plan, series, label))
    return frozenset(found)


def _belongs(document: Document, plan: Outline, series: Series, label: SplitLabel) -> bool:
    """Whether a split label stands in the hole that its number leaves."""
    if label.kind != series.kind:
        return False
    start = document.blocks[label.first].span.start
    for hole in series.run.holes:
        if label.value in hole.values:
            before = plan.divisions[series.members[hole.before]].start if hole.before >= 0 else 0
            return before <= start < plan.divisions[series.members[hole.after]].start
    return False
