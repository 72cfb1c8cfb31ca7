"""Building blocks from what a parser reports: what is open, what belongs to it, and where it starts and ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Any, cast

from auditor.document import TEXT_KINDS, Block, BlockKind, Inline, Prose, Run, Span
from auditor.reading.prose_view import ProseBuilder, split

_NUMBER = re.compile(r"\d{1,9}[.)](?:[ \t]+(?=\S))?")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_END_SIGN = re.compile(r"[\r\n\f]")
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w-]*)")

#: The longest line that, underlined with dashes, still is a heading, in characters.
_TITLE = 100

_MARK_LENGTH = {"Emphasis": 1, "Strong": 2}

#: The parser's names of marked stretches, and ours.
INLINE_KINDS: dict[str, Any] = {
    "Emphasis": "emphasis",
    "Strong": "strong",
    "Strikethrough": "strikethrough",
    "Link": "link",
    "Image": "image",
}


class OpenBlock:
    """A block being read. ``end`` is where the parser says that it ends, or -1 as long as it has not said so."""

    __slots__ = ("end", "inlines", "kind", "level", "prose", "setext", "splits", "start", "tags")

    def __init__(self, kind: BlockKind, level: int, start: int, prose: ProseBuilder) -> None:
        self.kind = kind
        self.level = level
        self.start = start
        self.end = -1
        self.prose = prose
        self.inlines: list[Inline | None] = []
        self.tags: dict[str, list[tuple[int, int, int]]] = {}  # open HTML tags: place among inlines, start, end
        self.splits: list[int] = []  # prose offsets where another block starts
        self.setext = False


class Layout:
    """The blocks of a text, as far as they have been read."""

    def __init__(self, text: str, page_breaks: tuple[int, ...]) -> None:
        self.text = text
        self.page_breaks = page_breaks
        self.blocks: list[Block] = []
        self.leaf: OpenBlock | None = None
        self.containers: list[str] = []  # of "item", "quote", "note"
        self.lists: list[bool] = []  # whether numbered, outermost first
        self.notes = 0
        self.marked = -1  # start of the outermost mark (number, bullet, >) that no block has taken yet
        self.numbers: list[tuple[int, int]] = []  # numbers of list items that no block has taken yet
        self.open_inlines: list[tuple[str, int, int]] = []  # kind, place among the block's inlines, start
        self.images = 0
        self.inline_end = 0  # end of the last inline event
        self.cells = 0  # of the open table, so far
        self.cell_end = 0  # end of the last cell's content, or of its mark
        self.row_started = False
        self.html_start = 0
        self.indented: list[tuple[int, int]] | None = None  # lines of the open indented "code" block
        self.indented_lines: list[tuple[int, int]] = []  # of all of them

    # Blocks

    def open(self, kind: BlockKind, level: int, start: int) -> OpenBlock:
        """Open a block; marks that stand before it become part of it, numbers also of its prose."""
        builder = ProseBuilder(self.text)
        if self.marked >= 0:
            for first, last in self.numbers:
                builder.show(first, last)
            if self.numbers:
                last = self.numbers[-1][1]
                if last < start and not self.text[last - 1].isspace():
                    builder.stand_in(" ", last, start)
                self.numbers = []
        self.inline_end = start
        if self.marked >= 0:
            start, self.marked = self.marked, -1
        self.leaf = leaf = OpenBlock(kind, level, start, builder)
        return leaf

    def open_paragraph(self, start: int) -> OpenBlock:
        """Open a paragraph, named after the innermost container that it stands in."""
        kind = self._paragraph_kind()
        return self.open(kind, len(self.lists) if kind == "list_item" else 0, start)

    def _paragraph_kind(self) -> BlockKind:
        if self.notes:
            return "note"
        if self.containers:
            return "list_item" if self.containers[-1] == "item" else "quotation"
        return "paragraph"

    def close(self) -> None:
        """Finish the open block, if there is one."""
        leaf = self.leaf
        if leaf is None:
            return
        self.leaf = None
        text = self.text
        start, end = leaf.start, leaf.end if leaf.end >= 0 else self.inline_end
        if leaf.setext:
            end = self._setext_end(leaf, end)
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        leaf.start = start
        prose = leaf.prose.prose(end)
        inlines = cast("tuple[Inline, ...]", tuple(leaf.inlines)) if leaf.inlines else ()
        if self.page_breaks and leaf.kind in TEXT_KINDS:
            self._split_at_page_breaks(leaf, prose, end)
        if leaf.splits:
            self._add_parts(leaf, end, prose, inlines)
            return
        if prose.text and (prose.text[0].isspace() or prose.text[-1].isspace()):
            prose = next(iter(split(prose, [])), Prose("", (Run(0, end, 0, 0),)))
        self.blocks.append(Block(leaf.kind, Span(start, end), leaf.level, prose, inlines, len(self.blocks)))

    def _setext_end(self, leaf: OpenBlock, end: int) -> int:
        """Where a heading with a line below it ends. One that is a wrapped paragraph over a rule becomes that."""
        shown = self.text[leaf.start : self.inline_end]
        dashes = self.text[leaf.start : end].rstrip().endswith("-")
        lines = shown.count("\n") + 1
        if (dashes and (lines > 1 or len(shown) > _TITLE)) or lines > 3 or len(shown) > 3 * _TITLE:
            leaf.kind = self._paragraph_kind()
            leaf.level = len(self.lists) if leaf.kind == "list_item" else 0
            return self.inline_end
        return end

    def _split_at_page_breaks(self, leaf: OpenBlock, prose: Prose, end: int) -> None:
        first = bisect_left(self.page_breaks, leaf.start)
        for page_break in self.page_breaks[first : bisect_left(self.page_breaks, end)]:
            at = bisect_right(prose.runs, page_break, key=lambda run: run.source) - 1
            run = prose.runs[max(at, 0)]
            within = min(max(page_break - run.source, 0), run.length)
            leaf.splits.append(run.prose + (within if run.length == run.source_length else run.length))

    def _add_parts(self, leaf: OpenBlock, end: int, prose: Prose, inlines: tuple[Inline, ...]) -> None:
        """Add what one paragraph of the parser holds as several blocks; an inline that goes on is cut."""
        parts = split(prose, sorted(set(leaf.splits)))
        at = 0
        start = leaf.start
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            shown = part.source_span(0, len(part.text))
            limit = end if last else parts[number + 1].runs[0].source
            own: list[Inline] = []
            while at < len(inlines) and (last or inlines[at].content.start < limit):
                own.append(inlines[at])
                at += 1
            if number:
                start = min([shown.start, *(i.span.start for i in own if i.span.start >= start)])
            finish = end if last else max([shown.end, *(i.span.end for i in own if i.span.end <= limit)])
            span = Span(start, finish)
            kept = tuple(Inline(i.kind, _within(i.span, span), _within(i.content, span)) for i in own)
            self.blocks.append(Block(leaf.kind, span, leaf.level, part, kept, len(self.blocks)))
            start = finish

    # Containers

    def start_item(self, start: int) -> None:
        """A list item begins at its mark."""
        self.close()
        while self.text[start] in " \t":  # the parser counts the indentation of the later items to them
            start += 1
        self.mark(start)
        if self.lists[-1]:
            number = _NUMBER.match(self.text, start)
            if number is not None:
                self.numbers.append(number.span())
        self.containers.append("item")

    def end_item(self, end: int) -> None:
        """A list item ends; one without content becomes an empty block."""
        self.close()
        if self.marked >= 0:
            self.open_paragraph(end)
            self.close()
        self.containers.pop()

    def end_note(self, end: int) -> None:
        """A footnote ends; one without text becomes an empty block."""
        self.close()
        if self.marked >= 0:
            self.open_paragraph(end)
            self.close()
        self.notes -= 1

    def mark(self, start: int) -> None:
        if self.marked < 0:
            self.marked = start

    # Inlines

    def start_inline(self, kind: str, start: int) -> None:
        """Emphasis, a link or the like begins."""
        leaf = self.leaf or self.open_paragraph(start)
        self.open_inlines.append((kind, len(leaf.inlines), start))
        leaf.inlines.append(None)
        self.inline_end = start
        self.images += kind == "Image"

    def end_inline(self, kind: str, end: int) -> None:
        """Emphasis, a link or the like ends."""
        leaf = self.leaf
        assert leaf is not None, "an inline ends inside its block"
        _, place, start = self.open_inlines.pop()
        text = self.text
        if kind in ("Link", "Image"):
            first = start + (2 if kind == "Image" else 1)
            last = end - 1 if text[start] == "<" else max(self.inline_end, first)
        else:
            width = _MARK_LENGTH.get(kind) or (2 if text.startswith("~~", start) else 1)
            first, last = start + width, end - width
        leaf.inlines[place] = Inline(INLINE_KINDS[kind], Span(start, end), Span(first, last))
        self.inline_end = end
        self.images -= kind == "Image"

    def code(self, shown: str, start: int, end: int) -> None:
        """A code span."""
        leaf = self.leaf or self.open_paragraph(start)
        marked = self.text[start:end]
        ticks = len(marked) - len(marked.lstrip("`"))
        first, last = start + ticks, end - ticks
        inside = _LINE_END.sub(" ", self.text[first:last])
        if inside != shown and inside[1:-1] == shown:  # a space on either side belongs to the marks
            first, last, inside = first + 1, last - 1, shown
        if inside == shown:
            at = first
            for line_end in _LINE_END.finditer(self.text, first, last):
                leaf.prose.show(at, line_end.start())
                leaf.prose.stand_in(" ", *line_end.span())
                at = line_end.end()
            leaf.prose.show(at, last)
        elif (begin := _LINE_END_SIGN.sub(" ", self.text[first:last]).find(shown)) >= 0:
            # The parser shows a space for each character of a line or page end, and none at the span's own end.
            first, last = first + begin, first + begin + len(shown)
            at = first
            for line_end in _LINE_END_SIGN.finditer(self.text, first, last):
                leaf.prose.show(at, line_end.start())
                leaf.prose.stand_in(" ", *line_end.span())
                at = line_end.end()
            leaf.prose.show(at, last)
        else:
            leaf.prose.stand_in(shown, start, end)
        leaf.inlines.append(Inline("code", Span(start, end), Span(first, last)))
        self.inline_end = end

    def inline_html(self, tag: str, start: int, end: int) -> None:
        """A tag or comment inside a paragraph. Only ``<br>`` shows something: a line break."""
        leaf = self.leaf or self.open_paragraph(start)
        self.inline_end = end
        found = _TAG.match(tag)
        name = found["name"].lower() if found else ""
        span = Span(start, end)
        if found is not None and found["closing"] and leaf.tags.get(name):
            place, opened, inner = leaf.tags[name].pop()
            leaf.inlines[place] = Inline("html", Span(opened, end), Span(inner, start))
            return
        if name == "br":
            leaf.prose.stand_in("\n", start, end)
        elif found is not None and not found["closing"] and not tag.endswith("/>"):
            leaf.tags.setdefault(name, []).append((len(leaf.inlines), start, end))
        leaf.inlines.append(Inline("html", span, Span(end, end)))

    def note_reference(self, start: int, end: int) -> None:
        """A reference to a footnote; it shows nothing in the prose."""
        leaf = self.leaf or self.open_paragraph(start)
        leaf.inlines.append(Inline("note_reference", Span(start, end), Span(start + 2, end - 1)))
        self.inline_end = end

    # Blocks that are more than their inlines

    def table_cell(self, start: int) -> None:
        """A cell begins; it is set off from the one before by a tabulator, or by a line break in a new row."""
        leaf = self.leaf
        if leaf is None:
            return
        if self.cells:
            separator = "\n" if self.row_started else "\t"
            leaf.prose.stand_in(separator, self.cell_end, max(start, self.cell_end))
        self.cells += 1
        self.row_started = False

    def indented_text(self) -> None:
        """An indented block ends: its lines are paragraphs, parted at blank lines."""
        lines, self.indented = self.indented or [], None
        self.indented_lines += lines
        text = self.text
        for first, last in lines:
            piece = text[first:last]
            start = first + len(piece) - len(piece.lstrip())
            finish = first + len(piece.rstrip())
            if start >= finish:
                self.close()
                continue
            if self.leaf is not None:
                self.leaf.prose.stand_in("\n", self.inline_end, start)
            leaf = self.leaf or self.open_paragraph(start)
            leaf.prose.show(start, finish)
            self.inline_end = finish
            if piece.count("\n") > 1:
                self.close()
        self.close()


def _within(span: Span, outer: Span) -> Span:
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, min(max(span.end, start), outer.end))
