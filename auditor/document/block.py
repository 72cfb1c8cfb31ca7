"""Blocks: the paragraphs, headings, list items, tables and notes that a document consists of."""

from __future__ import annotations

from typing import Literal

import msgspec

from auditor.document.prose import Prose
from auditor.document.spans import Span

BlockKind = Literal["paragraph", "heading", "list_item", "table", "note", "code", "quotation", "html", "front_matter"]

#: Kinds whose prose is running text; the others hold data, code or markup.
TEXT_KINDS: frozenset[str] = frozenset({"paragraph", "heading", "list_item", "note", "quotation"})

InlineKind = Literal["emphasis", "strong", "strikethrough", "code", "html", "link", "image", "note_reference"]


class Inline(msgspec.Struct, frozen=True, gc=False):
    """A marked stretch inside a block: ``span`` with its marks, ``content`` without them."""

    kind: InlineKind
    span: Span
    content: Span


class Block(msgspec.Struct, frozen=True, gc=False):
    """A leaf of the document's layout.

    span      from its first mark (``##``, ``1.``) to its last visible character, without the line end
    level     depth of a heading as marked (1 to 6), or nesting depth of a list item (from 1); else 0
    prose     what a reader sees. The number of an ordered list item is part of it ("1. Text"), a bullet is not;
              soft line breaks are ``\\n``; the cells of a table are separated by ``\\t``, its rows by ``\\n``
    inlines   marked stretches, in order of their start
    index     its place among the document's blocks
    """

    kind: BlockKind
    span: Span
    level: int
    prose: Prose
    inlines: tuple[Inline, ...]
    index: int
