"""Two texts side by side: which blocks of the one stand beside which of the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from auditor.document import Span
from auditor.report import UnitTable
from auditor.reporting.html.sheet import Sheet


class Row(msgspec.Struct, frozen=True, gc=False):
    """Blocks of either text, by their indexes; one side is empty where the other stands alone."""

    a: tuple[int, ...]
    b: tuple[int, ...]


def rows_of(units: UnitTable, a: Sheet, b: Sheet) -> Iterator[Row]:
    """All blocks of both texts, once each, in the order of the first; what only the second has stands in its place."""
    matches = sorted(units.aligned, key=lambda match: match.a)
    rows_a = _assigned(a, [match.a for match in matches])
    rows_b = _assigned(b, [match.b for match in matches])
    count = len(matches)
    held_a: dict[int, list[int]] = {}
    held_b: dict[int, list[int]] = {}
    for index, row in enumerate(rows_a):
        if row is not None:
            held_a.setdefault(row, []).append(index)
    for index, row in enumerate(rows_b):
        if row is not None:
            held_b.setdefault(row, []).append(index)
    after = _alone_after(rows_b)
    yield from (Row((), (index,)) for index in after.get(None, ()))
    done: set[int] = set()
    for index, row in enumerate(rows_a):
        if row is None:
            yield Row((index,), ())
        elif row not in done:
            done.add(row)
            yield Row(tuple(held_a[row]), tuple(held_b.get(row, ())))
            yield from (Row((), (alone,)) for alone in after.get(row, ()))
    for row in range(count):  # a match whose first side shares its block with another one
        if row not in done:
            if held_b.get(row):
                yield Row((), tuple(held_b[row]))
            yield from (Row((), (alone,)) for alone in after.get(row, ()))


def _assigned(sheet: Sheet, spans: Sequence[Span]) -> list[int | None]:
    """For each block the number of the match that it begins in, or None."""
    order = sorted(range(len(spans)), key=lambda number: spans[number])
    starts = [spans[number].start for number in order]
    assigned: list[int | None] = []
    for block in sheet.document.blocks:
        at = bisect_right(starts, block.span.end - 1 if len(block.span) else block.span.end) - 1
        span = spans[order[at]] if at >= 0 else None
        inside = (
            span is not None
            and span.start < max(block.span.end, block.span.start + 1)
            and (block.span.start < max(span.end, span.start + 1))
        )
        assigned.append(order[at] if inside else None)
    return assigned


def _alone_after(rows: Sequence[int | None]) -> dict[int | None, list[int]]:
    """Blocks of the second text without a match, by the match before them."""
    after: dict[int | None, list[int]] = {}
    last: int | None = None
    for index, row in enumerate(rows):
        if row is None:
            after.setdefault(last, []).append(index)
        else:
            last = row
    return after
