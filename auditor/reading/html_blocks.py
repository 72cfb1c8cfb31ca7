"""HTML inside Markdown: its paragraphs, headings, list items and tables are blocks like any other.

What is neither (scripts, pictures, comments) becomes a block of kind ``html``, whose prose is what a reader would see.
"""

from __future__ import annotations

import re

from auditor.document import BlockKind, Inline, Span
from auditor.reading.layout import Layout

_TOKEN = re.compile(r"<!--(?s:.*?)(?:-->|\Z)|</?(?P<name>[A-Za-z][\w-]*)[^<>]*>")
_PIECE = re.compile(r"&#?\w{1,31};|[^\S\n]*\r?\n\s*|(?:[^&\n]|&(?!#?\w{1,31};))+")

_CELLS = frozenset({"td", "th"})
_TABLE = frozenset({"table", "tr"}) | _CELLS
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS: frozenset[str] = frozenset(_HEADINGS).union(
    ["p", "div", "center", "section", "article", "header", "footer", "main", "aside", "address", "blockquote"],
    ["li", "ul", "ol", "dl", "dt", "dd", "body", "html"],
)
_INLINE: frozenset[str] = frozenset().union(
    ["a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "font", "hr", "i", "img", "ins", "mark", "q"],
    ["s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr"],
)
_KINDS: dict[str, BlockKind] = {"li": "list_item", "blockquote": "quotation"}


def read_html(layout: Layout, start: int, end: int) -> None:
    """Add the blocks of a stretch of HTML to the layout."""
    text = layout.text
    while end > start and text[end - 1].isspace():
        end -= 1
    tokens = [(found.span(), (found["name"] or "").lower()) for found in _TOKEN.finditer(text, start, end)]
    names = {name for _, name in tokens if name}
    if names & _TABLE:
        _table(layout, tokens, start, end)
    elif names and names <= _PARAGRAPHS | _INLINE:
        _paragraphs(layout, tokens, start, end)
    else:
        _other(layout, tokens, start, end)


_Tokens = list[tuple[tuple[int, int], str]]


def _other(layout: Layout, tokens: _Tokens, start: int, end: int) -> None:
    leaf = layout.open("html", 0, start)
    leaf.end = end
    at = start
    for (first, last), _ in tokens:
        _show(layout, at, first)
        leaf.inlines.append(Inline("html", Span(first, last), Span(last, last)))
        at = last
    _show(layout, at, end)
    layout.close()


def _table(layout: Layout, tokens: _Tokens, start: int, end: int) -> None:
    """One block: cells parted by tabulators, rows by line breaks."""
    text = layout.text
    leaf = layout.open("table", 0, start)
    leaf.end = end
    layout.cells = 0
    layout.row_started = False
    at = start
    for (first, last), name in tokens:
        _show(layout, at, first, rows=True)
        if text[at:first].strip():
            layout.cell_end = first
        if name == "tr":
            layout.row_started = True
        elif name in _CELLS and text[first + 1] != "/":
            layout.table_cell(first)
            layout.cell_end = last
        at = last
    _show(layout, at, end, rows=True)
    layout.close()


def _paragraphs(layout: Layout, tokens: _Tokens, start: int, end: int) -> None:
    text = layout.text
    at = start
    ended = False  # whether the open block's end tag was read
    for (first, last), name in [*tokens, ((end, end), "")]:
        if text[at:first].strip():
            if ended:
                layout.close()
                ended = False
            if layout.leaf is None:
                layout.open_paragraph(first - len(text[at:first].lstrip()))
            _show(layout, at, first)
        at = last
        if first == last:
            break
        leaf = layout.leaf
        closing = text[first + 1] == "/"
        if name not in _PARAGRAPHS or closing:
            if leaf is not None or not closing:
                if ended and not closing:
                    layout.close()
                    ended = False
                layout.inline_html(text[first:last], first, last)
                ended = ended or (closing and name in _PARAGRAPHS)
            continue
        if leaf is not None and (ended or leaf.prose.length):
            layout.close()
            leaf = None
        ended = False
        leaf = leaf or layout.open_paragraph(first)
        if name in _HEADINGS:
            leaf.kind, leaf.level = "heading", _HEADINGS[name]
        elif name in _KINDS and leaf.kind == "paragraph":
            leaf.kind, leaf.level = _KINDS[name], int(name == "li")
        layout.inline_html(text[first:last], first, last)
    if layout.leaf is not None and not layout.leaf.prose.length:
        layout.leaf.kind, layout.leaf.level = "html", 0
    layout.close()


def _show(layout: Layout, start: int, end: int, *, rows: bool = False) -> None:
    """Show text between two tags: entities as their characters, line breaks without the indentation after them.

    ``rows``: line breaks mean the next row of a table, so those inside a cell are spaces.
    """
    leaf, text = layout.leaf, layout.text
    if leaf is None or start >= end:
        return
    if not text[start:end].strip():
        if leaf.prose.length and not rows:
            leaf.prose.stand_in("\n" if "\n" in text[start:end] else " ", start, end)
        return
    for piece in _PIECE.finditer(text, start, end):
        first, last = piece.span()
        if text[first] == "&" and text[last - 1] == ";":
            from html import unescape

            leaf.prose.stand_in(unescape(piece[0]), first, last)
        elif "\n" in piece[0]:
            if not rows:
                if leaf.prose.length:
                    leaf.prose.stand_in("\n", first, last)
            elif start < first and last < end:
                leaf.prose.stand_in(" ", first, last)
        else:
            leaf.prose.show(first, last)
    layout.inline_end = end
