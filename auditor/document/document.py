"""The document: a text and its layout, as read from a source. It never changes."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any

from auditor.document.block import Block
from auditor.document.guidance import UNGUIDED, Guidance
from auditor.document.source import Source
from auditor.document.spans import LineIndex, Position, Span


class Document:
    """``text`` is the decoded source, unchanged; every span in the program refers to it.

    blocks       the leaves of the layout, in order, not overlapping
    guidance     what the settings say of it
    page_breaks  offsets of page breaks that the format itself marks (form feeds)
    encoding     name of the encoding that was used to decode the source
    encoding_note  how sure that is, where the source did not say (else empty)
    """

    def __init__(
        self,
        source: Source,
        text: str,
        blocks: tuple[Block, ...],
        *,
        encoding: str = "utf-8",
        encoding_note: str = "",
        page_breaks: tuple[int, ...] = (),
        guidance: Guidance = UNGUIDED,
    ) -> None:
        self.source = source
        self.text = text
        self.blocks = blocks
        self.encoding = encoding
        self.encoding_note = encoding_note
        self.page_breaks = page_breaks
        self.guidance = guidance
        #: Facts already computed; written by `auditor.analysis.fact` alone.
        self.facts: dict[str, Any] = {}
        self.fact_seconds: dict[str, float] = {}
        #: Seconds of the facts that were computed since whoever is at work now began; for telling whose time it is.
        self.asked_seconds = 0.0

    @property
    def name(self) -> str:
        """The source's name, as reports show it."""
        return self.source.name

    @cached_property
    def lines(self) -> LineIndex:
        """Line starts, computed on first use."""
        return LineIndex(self.text)

    def position(self, offset: int) -> Position:
        """Line and column of an offset, 1-based."""
        return self.lines.position(offset)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.span.start for block in self.blocks)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``, or ends there; None between blocks."""
        at = bisect_right(self._block_starts, offset) - 1
        if at >= 0 and self.blocks[at].span.touches(offset):
            return self.blocks[at]
        return None

    def blocks_in(self, span: Span) -> tuple[Block, ...]:
        """The blocks that begin inside ``span``."""
        first = bisect_right(self._block_starts, span.start - 1)
        last = bisect_right(self._block_starts, span.end - 1)
        return self.blocks[first:last]

    def __repr__(self) -> str:
        return f"Document({self.name!r}, {len(self.text)} characters, {len(self.blocks)} blocks)"
