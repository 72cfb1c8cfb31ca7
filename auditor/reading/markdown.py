"""Reading Markdown: pyromark tells the layout, this module turns its events into blocks with exact places.

Where CommonMark says something that texts out of scanners and converters do not mean, the meaning wins:

- text indented by four spaces is a paragraph, not code (an accident of layout);
- a hard-wrapped paragraph above a line of dashes is a paragraph above a rule, not a heading;
- lines of one paragraph that are set apart by ten or more spaces of indentation are paragraphs of their own;
- a form feed ends a block;
- a link definition whose target is not an address is text;
- what stands in HTML paragraphs, headings and tables is text as well (`html_blocks`);
- a whole document wrapped in a fence that is called ``markdown`` is read as Markdown.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pyromark

from auditor.document import Block, Span, plain_prose
from auditor.reading.html_blocks import read_html
from auditor.reading.layout import INLINE_KINDS, Layout

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
)

#: YAML between two lines of dashes at the very start; its first line is a key or a comment.
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?=#|[\"']?[\w.-]+(?: [\w.-]+)*[\"']?[ ]*:(?:\s|$))(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)"
)
_WRAPPER = re.compile(r"^(`{3,})[ \t]*(?:markdown|md)[ \t]*$", re.MULTILINE)
_LINK_DEFINITION = re.compile(r"\[[^\]\n]+\]:[ \t]*\n?[ \t]*(\S+)")
_ADDRESS = re.compile(r"<?(?:[A-Za-z][A-Za-z0-9+.-]*:|/|#|\.{1,2}/|www\.|\S+\.\w{2,4}(?:[/#?>]|$))")
_ATX = re.compile(r"#{1,6}(?=\s|\Z)")
_SENTENCE_END = ".;:!?…,»”\"')]"

#: Indentation from which a line inside a paragraph is a paragraph of its own, in spaces.
_DEEP = 10

#: The longest line that, set in and followed by one that is not, is a title of its own, in characters.
_TITLE = 60

_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}


def markdown_blocks(text: str, page_breaks: tuple[int, ...] = ()) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order. Linear in the length of the text, whatever its nesting."""
    front = _FRONT_MATTER.match(text)
    base = front.end() if front is not None else 0
    # A form feed is not white space to Markdown; a space of the same length lets headings after it be seen.
    parsed = text[base:].replace("\f", " ")
    if "```" in parsed:
        parsed = _unwrapped(parsed)
    layout = _layout(text, parsed, base, page_breaks)
    if layout.indented_lines:
        layout = _layout(text, _set_out(parsed, layout.indented_lines, base), base, page_breaks)
    if "]:" in text:
        return _with_link_definitions(layout.blocks, text)
    return tuple(layout.blocks)


def _unwrapped(parsed: str) -> str:
    """The text without the lines of fences that call what is in them Markdown; spaces stand for them."""
    parts: list[str] = []
    at = 0
    for opening in _WRAPPER.finditer(parsed):
        if opening.start() < at:
            continue
        parts += [parsed[at : opening.start()], " " * len(opening[0])]
        at = opening.end()
        closing = parsed.find("\n" + opening[1], at)
        if closing >= 0 and not parsed[closing + 1 :].partition("\n")[0].strip("` \t\r"):
            parts += [parsed[at : closing + 1], " " * len(opening[1])]
            at = closing + 1 + len(opening[1])
    return "".join([*parts, parsed[at:]])


def _set_out(parsed: str, lines: list[tuple[int, int]], base: int) -> str:
    """The text with the indentation of ``lines`` written as form feeds.

    To the parser these are no indentation, so it reads the lines as text, emphasis and all; but they are white space,
    as what begins and ends emphasis depends on that.
    """
    parts: list[str] = []
    at = 0
    for start, end in lines:
        start, end = start - base, end - base
        finish = start + len(parsed[start:end]) - len(parsed[start:end].lstrip(" \t"))
        columns = 0
        while start > at and columns < 4 and parsed[start - 1] in " \t":
            start -= 1
            columns += 4 if parsed[start] == "\t" else 1
        if parsed[finish:end].strip():
            parts += [parsed[at:start], "\f" * (finish - start)]
            at = finish
    return "".join([*parts, parsed[at:]])


def _layout(text: str, parsed: str, base: int, page_breaks: tuple[int, ...]) -> Layout:
    """What the parser finds in ``parsed``, the text from ``base`` on."""
    reader = Layout(text, page_breaks)
    if base:
        leaf = reader.open("front_matter", 0, 0)
        leaf.prose.show(0, base)
        leaf.end = base
        reader.close()
    # The parser counts bytes of UTF-8. Its offsets rise with few steps back, so code points are counted along with it:
    # ``point`` is the offset in the text of the byte ``byte``.
    ascii_only = parsed.isascii()
    data = b"" if ascii_only else parsed.encode()
    byte, point = 0, base
    line_start, was_set_in = 0, False  # of the last line, and whether its indentation was written as form feeds
    broke = -1  # end of the line break that was read last, if nothing came after it
    events: Any = _PARSER.events_with_range(parsed, merge_text=False)
    for event, where in events:
        key: str
        value: Any
        key, value = (event, None) if type(event) is str else event.popitem()
        to = where["end" if key == "End" else "start"]
        if to != byte:
            if ascii_only:
                point += to - byte
            elif to > byte:
                point += len(data[byte:to].decode())
            else:
                point -= len(data[to:byte].decode())
            byte = to
        if key == "End":
            _end(reader, value, point)
            continue
        if key == "Start":
            _start(reader, value, point)
            if value == "Paragraph":
                was_set_in, broke = False, -1
            continue
        if key == "Rule":
            continue
        start = point
        to = where["end"]
        point += to - byte if ascii_only else len(data[byte:to].decode())
        byte = to
        if key == "Text":
            if reader.indented is not None:
                reader.indented.append((start, point))
                continue
            set_in = value[:1] == "\f"
            if set_in:  # indentation, written so by _set_out
                value = value.lstrip("\f")
                start = point - len(value)
            leaf = reader.leaf or reader.open_paragraph(start)
            if broke >= 0:
                if (start - broke >= _DEEP and _ends_sentence(text, reader.inline_end)) or (
                    was_set_in and not set_in and _is_title(text, line_start, reader.inline_end, start)
                ):
                    leaf.splits.append(leaf.prose.length)
                line_start, was_set_in, broke = start, set_in, -1
            elif set_in:
                line_start, was_set_in = start, True
            reader.inline_end = point
            if reader.images:
                continue
            if point - start == len(value) and parsed.startswith(value, start - base):
                leaf.prose.show(start, point)
            else:
                leaf.prose.stand_in(value, start, point)
        elif value is None:  # a line break
            leaf = reader.leaf or reader.open_paragraph(start)
            if point - start == 1 and text[start] == "\n":
                leaf.prose.show(start, point)
            else:
                leaf.prose.stand_in("\n", start, point)
            broke = point
        else:
            broke = -1
            if key == "Code":
                reader.code(value, start, point)
            elif key == "InlineHtml":
                reader.inline_html(value, start, point)
            elif key == "FootnoteReference":
                reader.note_reference(start, point)
    reader.close()
    return reader


def _start(reader: Layout, tag: str | dict[str, Any], start: int) -> None:
    if isinstance(tag, str):
        if tag in INLINE_KINDS:
            reader.start_inline(tag, start)
        elif tag == "Paragraph":
            reader.close()
            reader.open_paragraph(start)
        elif tag == "Item":
            reader.start_item(start)
        elif tag == "TableCell":
            reader.table_cell(start)
        elif tag in ("TableRow", "TableHead"):
            reader.row_started = True
        elif tag == "HtmlBlock":
            reader.close()
            reader.html_start = start
        return
    kind, value = next(iter(tag.items()))
    if kind in INLINE_KINDS:
        reader.start_inline(kind, start)
    elif kind == "Heading":
        reader.close()
        leaf = reader.open("heading", _LEVELS[value["level"]], start)
        leaf.setext = _ATX.match(reader.text, start) is None
    elif kind == "List":
        reader.close()
        reader.lists.append(value is not None)
    elif kind == "BlockQuote":
        reader.close()
        reader.mark(start)
        reader.containers.append("quote")
    elif kind == "FootnoteDefinition":
        reader.close()
        reader.mark(start)
        reader.notes += 1
    elif kind == "CodeBlock":
        reader.close()
        if value == "Indented":
            reader.indented = []
        else:
            reader.open("code", 0, start)
    elif kind == "Table":
        reader.close()
        reader.open("table", 0, start)
        reader.cells = 0


def _end(reader: Layout, tag: str | dict[str, Any], end: int) -> None:
    kind = tag if isinstance(tag, str) else next(iter(tag))
    if kind in INLINE_KINDS:
        reader.end_inline(kind, end)
    elif kind == "Item":
        reader.end_item(end)
    elif kind == "TableCell":
        reader.cell_end = max(reader.cell_end, end)
    elif kind == "List":
        reader.close()
        reader.lists.pop()
    elif kind == "BlockQuote":
        reader.close()
        reader.containers.pop()
        if reader.marked >= 0 and not reader.containers:
            reader.marked = -1
    elif kind == "FootnoteDefinition":
        reader.end_note(end)
    elif kind == "HtmlBlock":
        read_html(reader, reader.html_start, end)
    elif kind == "CodeBlock" and reader.indented is not None:
        reader.indented_text()
    elif kind in ("Paragraph", "Heading", "CodeBlock", "Table"):
        if reader.leaf is not None:
            reader.leaf.end = end
        reader.close()


def _ends_sentence(text: str, end: int) -> bool:
    return text[max(end - 8, 0) : end].rstrip(" \t*_~")[-1:] in _SENTENCE_END


def _is_title(text: str, start: int, end: int, following: int) -> bool:
    """Whether a line that was set in, before one that is not, stands for itself: short, no full stop, a new start."""
    return end - start <= _TITLE and not _ends_sentence(text, end) and not text[following].islower()


def _with_link_definitions(blocks: list[Block], text: str) -> tuple[Block, ...]:
    """The blocks, and between them what the parser took for link definitions although it names no address."""
    found: list[Block] = []
    at = 0
    for block in [*blocks, None]:
        limit = block.span.start if block is not None else len(text)
        if limit > at and text.find("]:", at, limit) >= 0:
            for definition in _LINK_DEFINITION.finditer(text, at, limit):
                if _ADDRESS.match(definition[1]) is None:
                    span = Span(*definition.span())
                    found.append(Block("paragraph", span, 0, plain_prose(text, span), (), len(found)))
        if block is not None:
            at = block.span.end
            found.append(msgspec.structs.replace(block, index=len(found)))
    return tuple(found)
