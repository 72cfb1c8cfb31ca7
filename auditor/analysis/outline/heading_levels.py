"""Heading levels: what mark the headings of one series should carry, judged by the headings around them.

Levels are marks (``##``), and in law they say little: what counts is that siblings agree. Siblings are members of one
series that stand under a heading of the same kind and level: where some chapters are divided into sections and others
are not, their articles may well stand one level apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.labels import read_heading
from auditor.analysis.outline.divisions import Division, Outline, Series
from auditor.analysis.outline.headings import Heading, headings
from auditor.document import Block, Document, Span
from auditor.findings import Edit

_DEEPEST = 6
_WIDEST = 5
_FEWEST_MARKED = 3
_LONGEST_TITLE = 120
#: A bare number and a title: "7 Definitions.", "7. Definitions"; not "7.—(1) In this Act".
_BARE = re.compile(r"(\d{1,4})\.?[ \xa0](?=[^\W\da-z])")


class Siblings(msgspec.Struct, frozen=True):
    """Members of a series under headings of one kind and level.

    divisions   in the order of the text
    counts      how many of them carry each level; 0: no mark
    usual       the commonest level among the marked ones, 0 where none is marked
    """

    divisions: tuple[Division, ...]
    counts: dict[int, int]
    usual: int


def siblings(plan: Outline, series: Series) -> tuple[Siblings, ...]:
    """The members of a series in groups that ought to carry one level, in the order of their first members.

    Only members that open their block are counted; a heading inside a paragraph has no level.
    """
    members = [plan.divisions[member] for member in series.members]
    fresh = [d for d in members if d.source is not None and d.source.fresh]
    levels = Counter(d.level for d in fresh if d.level)
    usual = max(levels, key=lambda level: (levels[level], -level)) if levels else 0
    groups: dict[tuple[str, int], list[Division]] = {}
    for division in fresh:
        groups.setdefault(_container(plan, division, usual), []).append(division)
    return tuple(_counted(group) for group in groups.values())


def _container(plan: Outline, division: Division, usual: int) -> tuple[str, int]:
    """Kind and level of the nearest heading above that is marked as wider than the division or its series."""
    at = division.parent
    while at is not None:
        above = plan.divisions[at]
        if 0 < above.level < max(usual, division.level) and not _alike(above, division):
            return ("heading" if above.number is None else above.kind, above.level)
        at = above.parent
    return ("", 0)


def _alike(above: Division, division: Division) -> bool:
    """Whether a heading is of the division's kind, be it one that its series did not take: "Art. 48. - (Repealed)"."""
    if above.number is not None:
        return above.kind == division.kind
    number = read_heading(above.label)
    return above.kind == division.kind or (number is not None and number.kind == division.kind)


def _counted(group: Sequence[Division]) -> Siblings:
    counts = Counter(division.level for division in group)
    marked = [level for level in counts if level]
    usual = max(marked, key=lambda level: (counts[level], -level)) if marked else 0
    return Siblings(tuple(group), dict(sorted(counts.items())), usual)


def strays(document: Document, series: Series, plan: Outline) -> tuple[Heading, ...]:
    """Headings of a series of bare numbers ("7 Definitions.") that stand at another level.

    Without a label nothing but the level holds such a series together; what has exactly the number that is absent, at
    its place, belongs to it nevertheless.
    """
    if series.kind != "heading" or not series.run.holes:
        return ()
    by_value = _bare_headings(document)
    found = []
    for hole in series.run.holes:
        if hole.before < 0 or len(hole.values) > _WIDEST:
            continue
        begin = plan.divisions[series.members[hole.before]].heading.end
        end = plan.divisions[series.members[hole.after]].start
        for value in hole.values:
            near = [h for h in by_value.get(value, ()) if begin <= h.start < end]
            if len(near) == 1:
                found.append(near[0])
    return tuple(found)


def unmarked_numbers(document: Document, series: Series, plan: Outline) -> tuple[Block, ...]:
    """Paragraphs that open with the number which a marked series of bare numbers lacks at their place, and that read
    like its titles ("7 Definitions.")."""
    marked = sum(plan.divisions[member].level > 0 for member in series.members)
    if series.kind != "heading" or marked < _FEWEST_MARKED:
        return ()
    found: list[Block] = []
    for hole in series.run.holes:
        if hole.before < 0 or len(hole.values) > _WIDEST:
            continue
        before = plan.divisions[series.members[hole.before]]
        blocks = document.blocks_in(Span(before.heading.end, plan.divisions[series.members[hole.after]].start))
        for value in hole.values:
            found.extend([block for block in blocks if _titles(block, value)][:1])
    return tuple(found)


def _titles(block: Block, value: int) -> bool:
    text = block.prose.text.strip()
    if block.kind not in ("paragraph", "list_item") or len(text) > _LONGEST_TITLE or "\n" in text:
        return False
    match = _BARE.match(text)
    return match is not None and match[1] == str(value) and ". " not in text[match.end() :].rstrip(". ")


@fact
def _bare_headings(document: Document) -> dict[int, list[Heading]]:
    found: dict[int, list[Heading]] = {}
    for heading in headings(document):
        if heading.number.kind == "heading" and heading.level and heading.number.readings:
            found.setdefault(heading.number.readings[0].value, []).append(heading)
    return found


def block_span(document: Document, division: Division) -> Span:
    """The whole block of a division's heading, marks included."""
    return document.blocks[division.block].span


def level_edits(document: Document, block: Block, level: int) -> tuple[Edit, ...]:
    """The edits that give a block the heading mark of ``level`` (1 to 6; 0 takes the mark away).

    Both ways of marking a heading in Markdown are known: ``##`` before it, and a line of ``===`` or ``---`` below.
    """
    text = document.text
    span = block.span
    level = min(level, _DEEPEST)
    wanted = "#" * level + " " if level else ""
    if block.kind != "heading":
        return (Edit(Span(span.start, span.start), wanted),) if wanted else ()
    end = span.start
    while end < span.end and text[end] == "#":
        end += 1
    if end > span.start:
        while end < span.end and text[end] in " \t":
            end += 1
        edits = [Edit(Span(span.start, end), wanted)]
        closed = len(text[span.start : span.end].rstrip("# \t")) + span.start
        if not level and closed < span.end and closed > end:
            edits.append(Edit(Span(closed, span.end), ""))
        return tuple(edits)
    line = text.rfind("\n", span.start, span.end)
    if line < 0:
        return ()
    first = (Edit(Span(span.start, span.start), wanted),) if wanted else ()
    return (*first, Edit(Span(line, span.end), ""))
