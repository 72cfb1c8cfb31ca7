"""Page furniture: headers, footers, folios, stamps and converters' page marks, found as series over the pages.

See section 6 of the design. Lines that prove themselves come first (by grammar, or by a counter that rises), then what
stands beside them page after page, then what was glued into sentences.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from auditor.analysis.fact import fact
from auditor.analysis.furniture.edges import find_edges
from auditor.analysis.furniture.inside import find_inside
from auditor.analysis.furniture.items import Draft, Furniture, Item, Series
from auditor.analysis.furniture.lines import text_lines
from auditor.analysis.furniture.marks import BREAKING, find_marks
from auditor.analysis.furniture.standing import Sightings, find_standing
from auditor.document import Document, Span

__all__ = ["Furniture", "Item", "Series", "furniture"]


@fact
def furniture(document: Document) -> Furniture:
    """All page furniture of the document. Linear in the length of the text."""
    marks = find_marks(document)
    seen = Sightings(text_lines(document), [mark for mark in marks if mark.grammar in BREAKING])
    find_standing(seen)
    find_edges(seen)
    marked = [mark.span for mark in marks]
    drafts = [*_apart(seen, marked), *marks, *find_inside(document, seen, marked)]
    drafts.sort(key=lambda draft: draft.span)
    feeds = sorted({*document.page_breaks, *(mark.span.start for mark in marks if mark.grammar in BREAKING)})
    series, numbers = _series(drafts)
    items = [
        Item(
            draft.span,
            draft.kind,
            draft.inside,
            numbers[draft.key],
            draft.grammar,
            draft.number,
            draft.total,
            draft.confidence,
        )
        for draft in drafts
    ]
    return Furniture(items, series, _blocks(document, items), feeds)


def _apart(seen: Sightings, marked: list[Span]) -> list[Draft]:
    """The drafts of whole lines, those that are converters' marks left out."""
    found = []
    at = 0
    for _, draft in sorted(seen.drafts.items()):
        while at < len(marked) and marked[at].end <= draft.span.start:
            at += 1
        if draft.kind == "left_over" or (at < len(marked) and marked[at].overlaps(draft.span)):
            continue
        found.append(draft)
    return found


def _series(drafts: list[Draft]) -> tuple[list[Series], dict[str, int]]:
    members: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        members[draft.key].append(draft)
    series: list[Series] = []
    numbers: dict[str, int] = {}
    for key, group in members.items():
        numbers[key] = len(series)
        constants = (draft.constant for draft in group)
        series.append(
            Series(
                constant=Counter(constants).most_common(1)[0][0],
                numbers=tuple(draft.number for draft in group if draft.number is not None),
                total=next((draft.total for draft in group if draft.total is not None), None),
                size=len(group),
            )
        )
    return series, numbers


def _blocks(document: Document, items: list[Item]) -> frozenset[int]:
    """Blocks whose every visible character belongs to furniture."""
    text = document.text
    found = set()
    known = Furniture(items)
    looked_at = set()
    for item in items:
        block = document.block_at(item.span.start)
        if block is None or block.index in looked_at:
            continue
        looked_at.add(block.index)
        at = block.span.start
        bare = True
        for inside in known.within(block.span):
            bare = bare and not text[at : inside.span.start].strip(" \t\n\r\f#>*_-+$")
            at = max(at, inside.span.end)
        if bare and not text[at : block.span.end].strip(" \t\n\r\f#*_$"):
            found.add(block.index)
    return frozenset(found)
