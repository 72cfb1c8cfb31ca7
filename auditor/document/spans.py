"""Places in a text: spans, and the lines and encoded offsets they correspond to.

All offsets are code points of the decoded text, 0-based; spans are half-open. Lines and columns are 1-based.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """The half-open range of code points ``[start, end)``; where ``start == end`` it is a point."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True  # a point is a place too

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, offset: int) -> bool:
        """Whether ``offset`` lies inside the span or at one of its ends."""
        return self.start <= offset <= self.end


def point(offset: int) -> Span:
    """The place between two characters, before the one at ``offset``."""
    return Span(offset, offset)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of ``spans``; raises ValueError when there are none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


class Position(msgspec.Struct, frozen=True, order=True, gc=False):
    """Line and column of an offset, both 1-based; columns count code points."""

    line: int
    column: int


class LineIndex:
    """Line starts of a text, so that an offset becomes a position in logarithmic time.

    A line ends at ``\\n``, ``\\r\\n`` or a lone ``\\r``.
    """

    __slots__ = ("_length", "starts")

    def __init__(self, text: str) -> None:
        starts = [0]
        found = text.find
        if "\r" in text:
            import re

            starts.extend(m.end() for m in re.finditer(r"\r\n|\n|\r", text))
        else:
            at = found("\n")
            while at >= 0:
                starts.append(at + 1)
                at = found("\n", at + 1)
        self.starts: tuple[int, ...] = tuple(starts)
        self._length = len(text)

    def position(self, offset: int) -> Position:
        """The position of ``offset``, which may be the end of the text; raises ValueError outside it."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} lies outside the text (length {self._length})")
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, its line end included."""
        end = self.starts[line] if line < len(self.starts) else self._length
        return Span(self.starts[line - 1], end)
