"""The prose of all blocks in one string, so that a pattern is looked for once and not block by block."""

from __future__ import annotations

from bisect import bisect_right

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention, MentionKind, Target
from auditor.analysis.shapes import shape_of
from auditor.document import Block, Document, Span

#: Stands between blocks. No pattern of this package matches it, so that none runs from one block into the next.
SEPARATOR = "\x00"

_KINDS = frozenset({"paragraph", "heading", "list_item", "table", "note", "quotation"})


class RunningText:
    """``text`` is the prose of the blocks that hold text, with `SEPARATOR` before, between and after them."""

    __slots__ = ("_code", "blocks", "starts", "text")

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        starts: list[int] = []
        parts: list[str] = []
        at = 1
        for block in blocks:
            text = block.prose.text
            if SEPARATOR in text:  # a NUL in the source is no end of a block
                text = text.replace(SEPARATOR, "\ufffd")
            starts.append(at)
            parts.append(text)
            at += len(text) + 1
        self.blocks = blocks
        self.starts = starts
        self.text = SEPARATOR + SEPARATOR.join(parts) + SEPARATOR
        self._code = [inline.span for block in blocks for inline in block.inlines if inline.kind == "code"]

    def block_at(self, offset: int) -> int:
        """Place, in ``blocks`` and ``starts``, of the block that holds the character at ``offset``."""
        return bisect_right(self.starts, offset) - 1

    def span(self, start: int, end: int) -> Span:
        """Where ``[start, end)`` of the running text stands in the source; both must lie in one block."""
        at = self.block_at(start)
        base = self.starts[at]
        return self.blocks[at].prose.source_span(start - base, end - base)

    def mention(
        self,
        kind: MentionKind,
        start: int,
        end: int,
        value: str,
        *,
        internal: bool | None = None,
        targets: tuple[Target, ...] = (),
        style: str = "",
    ) -> Mention:
        """The mention at ``[start, end)`` of the running text."""
        at = self.block_at(start)
        base = self.starts[at]
        block = self.blocks[at]
        span = block.prose.source_span(start - base, end - base)
        return Mention(kind, span, block.index, start - base, end - base, value, internal, targets, style)

    def in_code(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` of the running text stands in inline code, which is quoted and not said."""
        if not self._code:
            return False
        span = self.span(start, end)
        at = bisect_right(self._code, span.start, key=lambda code: code.start) - 1
        return at >= 0 and self._code[at].covers(span)

    def offset(self, mention: Mention) -> int:
        """Where a mention begins in the running text."""
        return self.starts[self._place(mention.block)] + mention.start

    def _place(self, index: int) -> int:
        return bisect_right(self.blocks, index, key=lambda block: block.index) - 1


@fact
def shape(document: Document) -> bytes:
    """The shape of the running text (`auditor.analysis.shapes`)."""
    return shape_of(running_text(document).text)


@fact
def line_starts(document: Document) -> tuple[int, ...]:
    """Where something ends before a line of the running text: every line break, and every separator before a block."""
    run = running_text(document)
    text = run.text
    places = [start - 1 for start in run.starts]
    at = text.find("\n")
    if at < 0:
        return tuple(places)
    while at >= 0:
        places.append(at)
        at = text.find("\n", at + 1)
    return tuple(sorted(places))


@fact
def running_text(document: Document) -> RunningText:
    """The prose of every paragraph, heading, list item, table, note and quotation, in order."""
    return RunningText(tuple(b for b in document.blocks if b.kind in _KINDS and b.prose.text))
