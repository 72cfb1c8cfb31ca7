"""The values that the search for page furniture yields."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import msgspec

from auditor.analysis.furniture.grammar import Kind, Tile
from auditor.document import Span


class Item(msgspec.Struct, frozen=True, gc=False):
    """One piece of page furniture at one place.

    span        the furniture and nothing else; whole lines without the white space around them
    inside      it shares its line with text: it was glued into a sentence
    series      number of the series it belongs to
    grammar     names of the known pieces it is made of, joined by ``+``; empty for running titles
    number      the page number that it carries, else None
    total       the number of pages that it states, else None
    """

    span: Span
    kind: Kind
    inside: bool
    series: int
    grammar: str
    number: int | None
    total: int | None
    confidence: float


class Series(msgspec.Struct, frozen=True):
    """What repeats over pages: the constant part as printed, and the page numbers seen with it, in order."""

    constant: str
    numbers: tuple[int, ...]
    total: int | None
    size: int


class Draft(msgspec.Struct):
    """An item in the making: a line, or a stretch of one, that was taken for furniture."""

    span: Span
    kind: Kind
    key: str
    constant: str
    confidence: float
    inside: bool = False
    grammar: str = ""
    number: int | None = None
    total: int | None = None


class Furniture:
    """All furniture of a document, in order.

    items    in the order of their spans, which do not overlap
    series   what each item's ``series`` refers to
    blocks   indexes of the blocks that consist of furniture only
    feeds    offsets of form feeds and of converters' page marks
    """

    def __init__(
        self,
        items: Sequence[Item] = (),
        series: Sequence[Series] = (),
        blocks: frozenset[int] = frozenset(),
        feeds: Sequence[int] = (),
    ) -> None:
        self.items = tuple(items)
        self.series = tuple(series)
        self.blocks = blocks
        self.feeds = tuple(feeds)

    def is_furniture(self, block_index: int) -> bool:
        """Whether the block of that index is nothing but page furniture."""
        return block_index in self.blocks

    @cached_property
    def _starts(self) -> list[int]:
        return [item.span.start for item in self.items]

    @cached_property
    def _ends(self) -> list[int]:
        return [item.span.end for item in self.items]

    def within(self, span: Span) -> tuple[Item, ...]:
        """The items that share a character with ``span``."""
        return self.items[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def first_after(self, offset: int) -> int:
        """Index of the first item that ends after ``offset``; the number of items where there is none."""
        return bisect_right(self._ends, offset)

    def covers(self, offset: int) -> bool:
        """Whether the character at ``offset`` is part of page furniture."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.items[at].span.end


def grammar_of(tiles: Sequence[Tile]) -> str:
    """Names of the pieces, in order."""
    return "+".join(tile.piece.name for tile in tiles)


def number_of(tiles: Sequence[Tile]) -> int | None:
    """The page number among tiles: that of the weightiest piece that carries one."""
    numbered = [tile for tile in tiles if tile.number is not None]
    return max(numbered, key=lambda tile: tile.piece.weight).number if numbered else None


def total_of(tiles: Sequence[Tile]) -> int | None:
    """The total that a folio states: "Page 3 of 5" before a bare fraction, which may be a date."""
    stated = [tile for tile in tiles if tile.total is not None]
    return max(stated, key=lambda tile: tile.piece.weight).total if stated else None


def kind_of(tiles: Sequence[Tile]) -> Kind:
    """The kind of the weightiest piece; what only counts pages is a folio."""
    best = max(tiles, key=lambda tile: (tile.piece.weight, tile.piece.kind != "folio"))
    if best.piece.kind == "folio":
        heading = next((tile for tile in tiles if tile.piece.kind == "header" and tile.piece.weight), None)
        return heading.piece.kind if heading else "folio"
    return best.piece.kind


def weight_of(tiles: Sequence[Tile]) -> int:
    """How much the pieces prove together; a piece that is there twice proves no more than once."""
    return sum({tile.piece.name: tile.piece.weight for tile in tiles}.values())
