"""What the furniture rules share: furniture grouped as it was printed, and its removal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from auditor.analysis.furniture import Furniture, Item, furniture
from auditor.analysis.furniture.lines import ends_open, starts_open
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

HEADS = frozenset({"header"})
FEET = frozenset({"footer", "folio", "stamp"})
#: Where a document has more heads and feet than this, each series is one finding with all its places.
MOST_FINDINGS = 8
#: Series with fewer places are not worth gathering.
_FEWEST = 3

_MOST_LINES = 12
_BLANK = " \t\n\r\f"
_NO_SPACES = ("\u3000", "\u9fff")


class Printed(msgspec.Struct, frozen=True):
    """Pieces of furniture that stand together on consecutive lines, of one rule."""

    items: tuple[Item, ...]
    span: Span


def printed(document: Document, kinds: frozenset[str]) -> list[Printed]:
    """The furniture of some kinds that stands on lines of its own, neighbours taken together."""
    text = document.text
    groups: list[list[Item]] = []
    for item in furniture(document).items:
        if item.inside or item.kind not in kinds:
            continue
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and not text[last.span.end : item.span.start].strip(_BLANK)
            and not _again(groups[-1], item)
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [Printed(tuple(group), Span(group[0].span.start, group[-1].span.end)) for group in groups]


def _again(group: Sequence[Item], item: Item) -> bool:
    """Whether the series is in the group already: the next page begins. No head or foot has more than a few lines."""
    return len(group) >= _MOST_LINES or any(other.series == item.series for other in group)


def whole_lines(document: Document, span: Span) -> Edit:
    """The removal of lines, and of a blank line where two would be left."""
    text = document.text
    start, end = span.start, span.end
    while start > 0 and text[start - 1] in " \t>#*_$":
        start -= 1
    if start > 0 and text[start - 1] not in "\n\f\r":
        start = span.start
    while end < len(text) and text[end] in " \t\r*_$":
        end += 1
    if end < len(text) and text[end] == "\n":
        end += 1
    if _blank_line_before(text, start):
        after = end
        while after < len(text) and text[after] in " \t\r":
            after += 1
        if after < len(text) and text[after] == "\n":
            end = after + 1
    return Edit(Span(start, end), "")


def _blank_line_before(text: str, start: int) -> bool:
    """Whether the line before the one that begins at ``start`` is blank, or there is none."""
    at = start - 2
    while at >= 0 and text[at] in " \t\r":
        at -= 1
    return at < 0 or text[at] in "\n\f"


def cut_sentence(document: Document, span: Span) -> Fix | None:
    """The fix that joins the two halves of the sentence that furniture cut; None where it cut none.

    All furniture that stands together there is taken away.
    """
    text = document.text
    known = furniture(document)
    first, last = _all_together(text, known, span)
    before = text[max(0, first - 300) : first].rstrip(_BLANK)
    after_at = last + len(text[last : last + 300]) - len(text[last : last + 300].lstrip(_BLANK))
    after = text[after_at : after_at + 60]
    if not before or not after or not ends_open(before) or not starts_open(after):
        return None
    block = document.block_at(max(0, first - 300) + len(before) - 1)
    if block is not None and block.kind in ("heading", "table", "code"):
        return None
    glue = "" if before[-1] in "-\u2010" or _NO_SPACES[0] <= after[0] <= _NO_SPACES[1] else " "
    start = max(0, first - 300) + len(before)
    shown = f"{_tail(before)}{glue}{_head(after)}"
    return Fix(f"Join the sentence: “{shown}”", (Edit(Span(start, after_at), glue),), "unsafe")


def _all_together(text: str, known: Furniture, span: Span) -> tuple[int, int]:
    """The first and last place of all furniture that stands with a span, only blanks between."""
    items = known.items
    first = at = known.first_after(span.start)
    while first > max(0, at - _MOST_LINES) and not text[items[first - 1].span.end : items[first].span.start].strip(
        _BLANK
    ):
        first -= 1
    end = min(len(items), at + _MOST_LINES)
    while at + 1 < end and not text[items[at].span.end : items[at + 1].span.start].strip(_BLANK):
        at += 1
    return items[first].span.start, items[at].span.end


def _tail(text: str) -> str:
    words = text[-60:].split()
    return "… " + " ".join(words[-5:])


def _head(text: str) -> str:
    words = text.split()
    return " ".join(words[:5]) + " …"


def reasons(document: Document, group: Sequence[Printed]) -> tuple[Evidence, ...]:
    """Why it is furniture: what is constant, the page numbers seen, how often."""
    known = furniture(document)
    found = []
    for at in dict.fromkeys(item.series for one in group for item in one.items):
        series = known.series[at]
        if series.size > 1:
            found.append(Evidence(f"“{series.constant}” stands at {series.size} places"))
        if len(series.numbers) > 1:
            found.append(Evidence(f"page numbers seen with it: {listed(series.numbers)}"))
        elif series.total is not None:
            found.append(Evidence(f"it counts {series.total} pages"))
    grammar = group[0].items[0].grammar
    if grammar:
        found.append(
            Evidence(f"it has the form of: {', '.join(name.replace('-', ' ') for name in grammar.split('+'))}")
        )
    return tuple(found)


def listed(numbers: Sequence[int]) -> str:
    """Numbers in words: runs shortened, the middle of long lists left out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    if len(words) > 12:
        words = [*words[:8], "…", *words[-2:]]
    return ", ".join(words)


def shown(document: Document, span: Span) -> str:
    """A stretch as a message quotes it: without marks and line ends, not too long."""
    words = " ".join(span.of(document.text).replace("*", " ").replace("$", " ").split())
    return words if len(words) <= 80 else words[:77] + "…"


def findings(document: Document, rule: str, found: Iterable[Printed], what: str) -> Iterator[Finding]:
    """One finding for each, or one for each series where there are many."""
    groups: dict[int, list[Printed]] = defaultdict(list)
    series = furniture(document).series
    for one in found:
        # What stands at the most pages names the group: one running head is one finding, whatever chapter is beside it.
        groups[max((item.series for item in one.items), key=lambda at: series[at].size)].append(one)
    gathered = many(document)
    for named, group in groups.items():
        why = reasons(document, group)
        if not gathered or len(group) < _FEWEST:
            for one in group:
                yield _finding(document, rule, [one], named, why, what)
        else:
            yield _finding(document, rule, group, named, why, what)


def many(document: Document) -> bool:
    """Whether so much furniture stands in a document that its series are reported rather than its places."""
    return sum(len(printed(document, kinds)) for kinds in (HEADS, FEET)) > MOST_FINDINGS


def _finding(
    document: Document, rule: str, group: Sequence[Printed], named: int, why: tuple[Evidence, ...], what: str
) -> Finding:
    """The finding for some places; ``named`` is the series that they share."""
    first = group[0]
    edits = tuple(whole_lines(document, one.span) for one in group)
    items = [item for one in group for item in one.items]
    confidence = min(item.confidence for item in items if len(group) == 1 or item.series == named)
    sure = all(item.confidence >= 0.9 and item.grammar for item in items)
    words = f"{what} in the text: “{shown(document, first.span)}”"
    if len(group) > 1:
        words += f" and {len(group) - 1} more of its series"
    fixes = [
        Fix(
            "Remove the line" if len(group) == 1 and len(items) == 1 else "Remove the lines",
            edits,
            "safe" if sure else "unsafe",
        )
    ]
    if len(group) == 1 and (join := cut_sentence(document, first.span)) is not None:
        fixes.append(join)
    numbers = [item.number for item in items if item.number is not None]
    totals = [item.total for item in items if item.total is not None]
    return Finding(
        rule,
        words + ".",
        first.span,
        confidence=confidence,
        data={
            "text": first.span.of(document.text),
            "series": furniture(document).series[named].constant,
            "pages": numbers,
            **({"total": totals[0]} if totals else {}),
        },
        evidence=why,
        places=tuple(one.span for one in group[1:]),
        fixes=tuple(fixes),
    )
