"""A text laid out as it reads: pages, on them blocks, in them stretches with the numbers of the findings there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from auditor.analysis.furniture.pages import pages
from auditor.analysis.languages import languages
from auditor.document import Block, Document, Prose, Span
from auditor.reporting.html.shown import direction, shown

_STYLES = {"emphasis": "em", "strong": "strong", "strikethrough": "struck", "code": "code"}
#: More findings than these on one and the same letter are not told apart there; each has its note all the same.
_MOST_AT_ONCE = 6
_LONGEST_HIDDEN = 60


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A place of a finding: its number, its look and its stretch of source; ``first`` for its own one."""

    number: int
    look: str
    span: Span
    first: bool


class Sign(msgspec.Struct, frozen=True, gc=False):
    """The number of a finding where its stretch ends. ``hidden``: the source meant, where a reader does not see it."""

    number: int
    look: str
    first: bool
    point: bool = False
    hidden: str = ""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Text of one look: its styles, the findings it belongs to, and the signs that follow it."""

    text: str
    styles: str = ""
    numbers: tuple[int, ...] = ()
    look: str = ""
    signs: tuple[Sign, ...] = ()


class Laid(msgspec.Struct, frozen=True, gc=False):
    """A block as it is laid out. ``rows`` are the cells of a table; else there is one row of one cell."""

    index: int
    kind: str
    level: int
    language: str
    direction: str
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of a block that is no table."""
        return self.rows[0][0]


class Leaf(msgspec.Struct, frozen=True):
    """A page of the text: its printed number, where it is known, and the blocks that begin on it."""

    number: str
    inferred: bool
    blocks: tuple[int, ...]


def leaves(document: Document) -> Iterator[Leaf]:
    """The pages of a document with the indexes of their blocks; one without number where no pages are known."""
    known = pages(document)
    by_page: dict[int, list[int]] = {}
    starts = [page.span.start for page in known.pages]
    for block in document.blocks:
        by_page.setdefault(max(0, bisect_right(starts, block.span.start) - 1), []).append(block.index)
    for number, page in enumerate(known.pages):
        printed = "" if page.number is None or not known.known else str(page.number)
        if number in by_page:
            yield Leaf(printed, page.inferred, tuple(by_page[number]))


class Sheet:
    """A document's blocks, laid out one by one; ``marks`` are the places of all its findings."""

    def __init__(self, document: Document, marks: Iterable[Mark] = ()) -> None:
        self.document = document
        self._languages = languages(document)
        self._marks: dict[int, list[Mark]] = {}
        for mark in marks:
            for index in self._blocks_of(mark.span):
                self._marks.setdefault(index, []).append(mark)

    def block_of(self, offset: int) -> int | None:
        """The block that an offset is in, or else the next one, or the last; None in a text without blocks."""
        blocks = self.document.blocks
        if not blocks:
            return None
        found = self.document.block_at(offset)
        if found is not None:
            return found.index
        after = self.document.blocks_in(Span(offset, len(self.document.text)))
        return after[0].index if after else blocks[-1].index

    def _blocks_of(self, span: Span) -> Iterator[int]:
        first = self.block_of(span.start)
        if first is None:
            return
        yield first
        blocks = self.document.blocks
        for index in range(first + 1, len(blocks)):
            if blocks[index].span.start >= span.end:
                return
            yield index

    def block(self, index: int) -> Laid:
        """One block as it is laid out."""
        block = self.document.blocks[index]
        kind: str = block.kind
        if kind == "list_item" and self.document.text[block.span.start : block.span.start + 1] in ("-", "*", "+"):
            kind = "list_item bullet"
        language = self._languages[index]
        pieces = _pieces(block, self.document, self._marks.get(index, ()))
        rows = _cells(pieces) if block.kind == "table" else ((pieces,),)
        code = "" if language == "und" else language
        return Laid(index, kind, block.level, code, direction(language), rows)


class _Offsets:
    """From source to prose, in logarithmic time."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._sources = [run.source for run in prose.runs]

    def prose(self, source: int) -> int:
        """The prose offset shown at, or next after, the source offset."""
        at = bisect_right(self._sources, source) - 1
        if at < 0:
            return 0
        run = self._prose.runs[at]
        within = source - run.source
        if within >= run.source_length:
            following = self._prose.runs[at + 1 : at + 2]
            return following[0].prose if following else len(self._prose.text)
        return run.prose + (within if run.length == run.source_length else 0)

    def prose_end(self, source: int) -> int:
        """The prose offset after what is shown before the source offset."""
        at = bisect_right(self._sources, source - 1) - 1
        if at < 0:
            return 0
        run = self._prose.runs[at]
        if source >= run.source + run.source_length or run.length != run.source_length:
            return run.prose + run.length
        return run.prose + (source - run.source)


def _pieces(block: Block, document: Document, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """A block's prose, cut wherever a mark or a style begins or ends."""
    text = block.prose.text
    if not marks and not block.inlines:
        return (Piece(shown(text)),)
    offsets = _Offsets(block.prose)
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    signs: dict[int, list[Sign]] = {}
    styled: dict[int, list[tuple[bool, str]]] = {}
    cuts = {0, len(text)}
    for mark in marks:
        start, end = offsets.prose(mark.span.start), offsets.prose_end(mark.span.end)
        start = min(start, len(text))
        if start < end:
            begins.setdefault(start, []).append(mark)
            ends.setdefault(end, []).append(mark)
            if mark.span.end <= block.span.end or block.index + 1 == len(document.blocks):
                signs.setdefault(end, []).append(Sign(mark.number, mark.look, mark.first))
        else:
            hidden = "" if mark.span.start == mark.span.end else mark.span.of(document.text).strip()
            if len(hidden) > _LONGEST_HIDDEN:
                hidden = hidden[: _LONGEST_HIDDEN - 1] + "…"
            sign = Sign(mark.number, mark.look, mark.first, not hidden, shown(hidden))
            signs.setdefault(start, []).append(sign)
            end = start
        cuts |= {start, end}
    for inline in block.inlines:
        style = _STYLES.get(inline.kind)
        start, end = offsets.prose(inline.content.start), offsets.prose_end(inline.content.end)
        if style is not None and start < end:
            styled.setdefault(start, []).append((True, style))
            styled.setdefault(end, []).append((False, style))
            cuts |= {start, end}
    return tuple(_swept(text, sorted(cuts), begins, ends, signs, styled))


def _swept(
    text: str,
    cuts: Sequence[int],
    begins: Mapping[int, Sequence[Mark]],
    ends: Mapping[int, Sequence[Mark]],
    signs: Mapping[int, Sequence[Sign]],
    styled: Mapping[int, Sequence[tuple[bool, str]]],
) -> Iterator[Piece]:
    active: dict[Mark, None] = {}
    styles: list[str] = []
    if cuts[0] in signs:
        yield Piece("", signs=tuple(signs[cuts[0]]))
    for start, end in pairwise(cuts):
        for mark in ends.get(start, ()):
            active.pop(mark, None)
        for mark in begins.get(start, ()):
            active[mark] = None
        for on, style in styled.get(start, ()):
            if on:
                styles.append(style)
            elif style in styles:
                styles.remove(style)
        few = [mark for mark, _ in zip(active, range(_MOST_AT_ONCE), strict=False)]
        yield Piece(
            shown(text[start:end]),
            " ".join(dict.fromkeys(styles)),
            tuple(mark.number for mark in few),
            _worst(few),
            tuple(signs.get(end, ())),
        )


_ORDER = ("error", "warning", "info", "decided")


def _worst(marks: Sequence[Mark]) -> str:
    return min((mark.look for mark in marks), key=_ORDER.index, default="")


def _cells(pieces: Iterable[Piece]) -> tuple[tuple[tuple[Piece, ...], ...], ...]:
    """The rows and cells of a table, whose prose has ``\\t`` between cells and ``\\n`` between rows."""
    rows: list[list[list[Piece]]] = [[[]]]
    for piece in pieces:
        lines = piece.text.split("\n")
        for at, line in enumerate(lines):
            if at:
                rows.append([[]])
            cells = line.split("\t")
            for number, cell in enumerate(cells):
                if number:
                    rows[-1].append([])
                last = at == len(lines) - 1 and number == len(cells) - 1
                rows[-1][-1].append(msgspec.structs.replace(piece, text=cell, signs=piece.signs if last else ()))
    return tuple(tuple(tuple(cell) for cell in row) for row in rows)
