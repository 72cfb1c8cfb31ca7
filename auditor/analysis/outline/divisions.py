"""The outline: divisions, and the series that they count in, from the text's own numbering.

Markdown levels and lists lie (converters guess them); numbers don't. Lines that read like headings are grouped by
kind and numeral system, each group is explained as runs that count together (`auditor.analysis.outline.series`), and
what the runs accept are the divisions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.numerals import Numeral, write_numeral
from auditor.analysis.outline.headings import UNKNOWN_LABEL, Heading, headings, is_title_like
from auditor.analysis.outline.series import Candidate, Member, Ordinal, Run, find_runs
from auditor.document import Document, Span

#: Kinds from the widest to the narrowest; an annex is a text of its own.
_RANKS = {
    "protocol": 0, "annex": 0, "appendix": 1, "schedule": 0, "book": 2, "part": 3, "title": 4, "division": 4,
    "chapter": 5, "section": 6, "subsection": 7, "subdivision": 7, "article": 8, "rule": 8, "regulation": 8,
    "clause": 8, "paragraph": 9, "point": 10,
}  # fmt: skip
_TOP_KINDS = frozenset({"annex", "appendix", "schedule", "protocol"})
_UNRANKED = 6
#: A word that no list knows is a label where at least so many lines count with it.
_FEWEST_UNKNOWN = 4
_WIDEST_UNTITLED = 7
#: Numbers of captions and notes are no divisions.
_NO_DIVISION = frozenset({"table", "figure", "form", "footnote", "box", "chart", "map"})
_SYSTEMS = {
    "roman-upper": "roman", "roman-lower": "roman", "latin-upper": "letters", "latin-lower": "letters",
    "cyrillic-upper": "letters", "cyrillic-lower": "letters", "greek-upper": "letters", "greek-lower": "letters",
    "abjad": "letters", "hebrew": "letters", "han-stem": "stems", "circled": "circled",
}  # fmt: skip
_WEIGHTS = {"marked": 1.6, "alone": 1.4, "titled": 1.0, "run-in": 0.6}
_UNLIKE_ITS_SIBLINGS = 0.1
_QUOTED = 0.3
_STRONG = frozenset({"marked", "alone"})
_DECIMAL = re.compile(r"\.\d{1,4}")
_DAMAGE_COST = 0.35
_LATER_READING = 0.45
_READINGS = 4


class Division(msgspec.Struct, frozen=True, gc=False):
    """A division of the text.

    label    as a reader writes it: "Article 4", "Annex II"; the heading itself where it has no number
    number   None where it has none
    heading  span of label, number and title
    start    where its heading's block begins, marks included
    body     from the end of the heading to the next division of any kind
    title_block  the block of its title, where that stands in a block of its own behind the heading
    depth    0 for the outermost
    parent   index of the division that it belongs to, or None
    series   index of its series, or None
    """

    index: int
    kind: str
    label: str
    number: Ordinal | None
    title: str
    heading: Span
    start: int
    body: Span
    depth: int
    parent: int | None
    series: int | None
    source: Heading | None
    block: int
    level: int
    title_block: int | None = None


class Series(msgspec.Struct, frozen=True, gc=False):
    """Divisions of one kind that count together.

    pattern    how its members are written, with ``#`` for the number: "Article #", "第#条"; "#" for bare numbers
    style      numeral style of its members (see `auditor.analysis.numerals`)
    members    indexes of its divisions; parallel to ``run.members``
    run        holes, and the headings that stand aside
    candidates the headings that were considered, as ``run`` numbers them
    """

    index: int
    kind: str
    pattern: str
    style: str
    members: tuple[int, ...]
    run: Run
    candidates: tuple[Heading, ...]
    parent: int | None

    def write(self, value: int) -> str:
        """The label of a member with that number, as its siblings are written."""
        try:
            number = write_numeral(value, self.style)
        except ValueError:
            number = str(value)
        return self.pattern.replace("#", number)


class Outline(msgspec.Struct, frozen=True, gc=False):
    """``divisions`` in the order of the text; ``series`` in the order of their first members."""

    divisions: tuple[Division, ...]
    series: tuple[Series, ...]
    starts: tuple[int, ...]

    def division_at(self, offset: int) -> Division | None:
        """The innermost division that the offset lies in (its heading included), or None."""
        at = bisect_right(self.starts, offset) - 1
        return self.divisions[at] if at >= 0 else None

    def path(self, division: Division) -> tuple[Division, ...]:
        """The division and those it belongs to, the outermost first."""
        way = [division]
        while way[-1].parent is not None:
            way.append(self.divisions[way[-1].parent])
        return tuple(reversed(way))

    def address_at(self, offset: int) -> str:
        """The division's name in words, "Annex II, Article 25"; "" before the first division."""
        division = self.division_at(offset)
        if division is None:
            return ""
        way = self.path(division)
        numbered = [d.label for d in way if d.number is not None or d.kind in _TOP_KINDS]
        return ", ".join(numbered) if numbered else way[-1].label


def _system(numeral: Numeral) -> str:
    """What a number counts with; the articles of a chapter, "9.15", count among themselves."""
    if _DECIMAL.fullmatch(numeral.suffix):
        return f"{numeral.value}."
    return _SYSTEMS.get(numeral.style, "digits")


def _ordinals(heading: Heading, system: str) -> tuple[Ordinal, ...]:
    """The readings of a heading's number in one numeral system; the less likely ones cost more."""
    found: list[Ordinal] = []
    for numeral in heading.number.readings:
        if _system(numeral) == system and len(found) < _READINGS:
            cost = _LATER_READING * len(found) + (_DAMAGE_COST if numeral.damaged else 0.0)
            if system.endswith("."):
                found.append(Ordinal(int(numeral.suffix[1:]), cost=cost))
            else:
                found.append(Ordinal(numeral.value, numeral.suffix, heading.number.range_to or 0, cost))
    return tuple(found)


@fact
def outline(document: Document) -> Outline:
    """The divisions of the document and their series."""
    found = headings(document)
    groups = _groups(found)
    tops = sorted(h.start for h in found if h.number.kind in _TOP_KINDS and h.form in ("marked", "alone", "titled"))
    accepted: dict[int, tuple[int, Member]] = {}  # heading index -> (run number, member)
    runs: list[tuple[str, str, tuple[int, ...], Run]] = []
    for (kind, system), indexes in groups.items():
        for run in _runs_of(kind, system, indexes, found, tops):
            number = len(runs)
            runs.append((kind, system, indexes, run))
            for member in run.members:
                accepted[indexes[member.candidate]] = (number, member)
    return _build(document, found, accepted, runs)


def _groups(found: Sequence[Heading]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Heading indexes by kind and numeral system. A damaged digit ("Article l") belongs to the system that the
    other headings of its kind have."""
    systems: dict[str, Counter[str]] = defaultdict(Counter)
    for heading in found:
        if heading.number.readings:
            systems[_kind(heading)][_system(heading.number.readings[0])] += 1
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, heading in enumerate(found):
        kind = _kind(heading)
        if not heading.number.readings or heading.number.kind in _NO_DIVISION:
            continue
        counts = systems[kind]
        options = {_system(numeral): numeral for numeral in reversed(heading.number.readings)}
        first = _system(heading.number.readings[0])
        system = first
        for option in options:
            if option != first and counts[option] >= 3 and counts[option] > 2 * counts[first]:
                system = option
        groups[(kind, system)].append(index)
    return {key: tuple(indexes) for key, indexes in groups.items()}


def _kind(heading: Heading) -> str:
    if heading.number.kind == "heading":
        return f"heading {heading.level}"
    return heading.number.kind


def _runs_of(
    kind: str,
    system: str,
    indexes: tuple[int, ...],
    found: Sequence[Heading],
    tops: list[int],
) -> list[Run]:
    strong = sum(found[i].form in _STRONG for i in indexes)
    mostly_strong = strong >= 3 and strong > 0.6 * len(indexes)
    marked = sum(found[i].form == "marked" for i in indexes)
    mostly_marked = marked >= 3 and marked >= 0.2 * strong
    candidates = []
    last_start = -1
    for index in indexes:
        heading = found[index]
        weight = _WEIGHTS[heading.form]
        if (mostly_strong and heading.form not in _STRONG) or (mostly_marked and heading.form != "marked"):
            weight *= _UNLIKE_ITS_SIBLINGS  # amending laws quote headings between their own
        if heading.quoted:
            weight *= _QUOTED
        boundary = kind not in _TOP_KINDS and bisect_right(tops, heading.start) > bisect_right(tops, last_start)
        last_start = heading.start
        candidates.append(Candidate(_ordinals(heading, system), weight, boundary))
    runs = []
    for run in find_runs(candidates):
        members = [found[indexes[m.candidate]] for m in run.members]
        weight = sum(candidates[m.candidate].weight for m in run.members)
        well_founded = any(h.form in _STRONG for h in members) or (
            len(members) >= 3 and weight / len(members) >= 0.5 and len(run.holes) <= len(members) // 3
        )
        if kind.startswith(UNKNOWN_LABEL):
            well_founded = len(members) >= _FEWEST_UNKNOWN and len(run.holes) <= len(members) // 4
        if well_founded:
            runs.append(run)
    return runs


class _Draft(msgspec.Struct):
    kind: str
    label: str
    number: Ordinal | None
    title: str
    heading: Span
    start: int
    source: Heading | None
    block: int
    level: int
    run: int | None
    title_block: int | None = None


def _build(
    document: Document,
    found: Sequence[Heading],
    accepted: dict[int, tuple[int, Member]],
    runs: list[tuple[str, str, tuple[int, ...], Run]],
) -> Outline:
    drafts: list[_Draft] = []
    taken_blocks: set[int] = set()
    for index, heading in enumerate(found):
        member = accepted.get(index)
        bare_top = not heading.number.readings and heading.number.kind in _TOP_KINDS and heading.form in _STRONG
        if member is None and not bare_top:
            continue
        if heading.form == "marked":
            taken_blocks.add(heading.block)
        drafts.append(
            _Draft(
                heading.number.kind,
                _label(heading, member[1].ordinal if member else None),
                member[1].ordinal if member else None,
                heading.title,
                heading.span,
                heading.start,
                heading,
                heading.block,
                heading.level,
                member[0] if member else None,
            )
        )
    page_furniture = furniture(document)
    for block in document.blocks:
        if block.kind == "heading" and block.index not in taken_blocks and block.prose.text.strip():
            if page_furniture.is_furniture(block.index):
                continue
            text = " ".join(block.prose.text.split())
            drafts.append(
                _Draft(
                    "heading",
                    text[:120],
                    None,
                    text,
                    block.span,
                    block.span.start,
                    None,
                    block.index,
                    block.level,
                    None,
                )
            )
    drafts.sort(key=lambda d: (d.start, d.heading.start))
    _take_titles(document, drafts)
    parents = _parents(drafts)
    divisions: list[Division] = []
    members_of: dict[int, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        end = drafts[index + 1].start if index + 1 < len(drafts) else len(document.text)
        parent = parents[index]
        if draft.run is not None:
            members_of[draft.run].append(index)
        divisions.append(
            Division(
                index=index,
                kind=draft.kind,
                label=draft.label,
                number=draft.number,
                title=draft.title,
                heading=draft.heading,
                start=draft.start,
                body=Span(draft.heading.end, max(end, draft.heading.end)),
                depth=0 if parent is None else divisions[parent].depth + 1,
                parent=parent,
                series=None,
                source=draft.source,
                block=draft.block,
                level=draft.level,
                title_block=draft.title_block,
            )
        )
    series: list[Series] = []
    order = sorted(members_of, key=lambda run: members_of[run][0])
    for run_number in order:
        kind, system, indexes, run = runs[run_number]
        members = tuple(members_of[run_number])
        number = len(series)
        for place in members:
            divisions[place] = msgspec.structs.replace(divisions[place], series=number)
        sources = [found[indexes[m.candidate]] for m in run.members]
        series.append(
            Series(
                index=number,
                kind=kind.partition(" ")[0],
                pattern=_usual_pattern(sources).replace("#", f"{system}#" if system.endswith(".") else "#"),
                style="arabic" if system.endswith(".") else _usual_style(sources, run),
                members=members,
                run=run,
                candidates=tuple(found[i] for i in indexes),
                parent=divisions[members[0]].parent,
            )
        )
    return Outline(tuple(divisions), tuple(series), tuple(d.start for d in divisions))


def _take_titles(document: Document, drafts: Sequence[_Draft]) -> None:
    """Give wide divisions ("PART XII") the title that stands in the next block ("FINAL PROVISIONS")."""
    page_furniture = furniture(document)
    begun = {draft.block for draft in drafts}
    for draft in drafts:
        if draft.source is None or draft.title or _rank(draft) > _WIDEST_UNTITLED:
            continue
        following = draft.block + 1
        while following < len(document.blocks) and page_furniture.is_furniture(following):
            following += 1
        if following in begun or following >= len(document.blocks):
            continue
        block = document.blocks[following]
        if block.kind in ("paragraph", "heading") and is_title_like(block.prose.text):
            draft.title = " ".join(block.prose.text.split())
            draft.title_block = following


def _label(heading: Heading, ordinal: Ordinal | None) -> str:
    """As the text has it; with the number that is meant where it is damaged."""
    if ordinal is None or not heading.number.damaged:
        return heading.text
    for numeral in heading.number.readings:
        if numeral.value == ordinal.value and numeral.suffix == ordinal.suffix:
            try:
                return heading.pattern.replace("#", write_numeral(numeral.value, numeral.style, numeral.suffix))
            except ValueError:
                break
    return heading.text


def _usual_pattern(sources: Sequence[Heading]) -> str:
    undamaged = [h.pattern for h in sources if not h.number.damaged]
    return Counter(undamaged or [h.pattern for h in sources]).most_common(1)[0][0]


def _usual_style(sources: Sequence[Heading], run: Run) -> str:
    styles: Counter[str] = Counter()
    for heading, member in zip(sources, run.members, strict=True):
        for numeral in heading.number.readings:
            if numeral.value == member.ordinal.value and not numeral.damaged and numeral.style != "spelled":
                styles[numeral.style] += 1
                break
    return styles.most_common(1)[0][0] if styles else "arabic"


def _rank(draft: _Draft) -> int:
    return _RANKS.get(draft.kind, _UNRANKED)


def _parents(drafts: Sequence[_Draft]) -> list[int | None]:
    parents: list[int | None] = []
    stack: list[int] = []
    for index, draft in enumerate(drafts):
        if draft.kind == "heading" and draft.source is None and stack:
            above = drafts[stack[-1]]
            if above.kind in _TOP_KINDS and index - 1 == stack[-1] and draft.block - above.block <= 3:
                parents.append(stack[-1])  # the title of an annex, whatever its level
                stack.append(index)
                continue
        while stack and not _contains(drafts[stack[-1]], draft, stack, drafts):
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(index)
    return parents


def _contains(outer: _Draft, inner: _Draft, stack: Sequence[int], drafts: Sequence[_Draft]) -> bool:
    if inner.kind in _TOP_KINDS:
        return _rank(outer) < _rank(inner) and outer.kind in _TOP_KINDS
    if outer.kind in _TOP_KINDS:
        return True
    if outer.kind != "heading" and inner.kind != "heading":
        return _rank(outer) < _rank(inner)
    titles_an_annex = (
        outer.kind == "heading" and outer.source is None and len(stack) > 1 and drafts[stack[-2]].kind in _TOP_KINDS
    )
    if titles_an_annex and inner.kind != "heading":
        return True
    if outer.level and inner.level:
        if outer.kind == "heading" and inner.kind != "heading" and outer.run is None:
            return outer.level < inner.level or _rank(inner) >= 8
        return outer.level < inner.level
    return outer.kind == "heading" and inner.kind != "heading" and _rank(inner) >= 8


__all__ = ["Division", "Outline", "Series", "outline"]
