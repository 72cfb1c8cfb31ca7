"""Units: what is matched between two texts: headings, paragraphs, points, notes and the rows of tables.

Page furniture is no unit, and where it was glued into a paragraph its tokens are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

import msgspec

from auditor.alignment.tokens import TOKEN, folded
from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.mentions.enumerators import enumerators
from auditor.analysis.outline import outline
from auditor.analysis.outline.stretches import heading_block_indexes
from auditor.document import TEXT_KINDS, Block, Document, Span

UnitKind = Literal["heading", "paragraph", "point", "note", "row"]
#: A numbered division: its kind, number and suffix ("16 A").
Key = tuple[str, int, str]


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A unit of one text.

    words    its tokens as they are compared (`auditor.alignment.tokens.folded`), the label left out
    starts, ends   of each token, in the prose of its block
    label    the number or letter that it opens with, without brackets ("b"); "" for none
    label_span  where that stands, or None
    key      the division that it heads, where it is or opens with a numbered heading
    level    level of a heading as marked, else 0
    block    index of the block that it is, or is a row of
    """

    kind: UnitKind
    span: Span
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    label: str
    label_span: Span | None
    key: Key | None
    level: int
    block: int

    def token_span(self, block: Block, first: int, last: int) -> Span:
        """Where the tokens from ``first`` up to ``last`` (not included) stand in the source.

        For ``first == last`` the point behind the token before, or before the first one.
        """
        if first < last:
            return block.prose.source_span(self.starts[first], self.ends[last - 1])
        if first > 0:
            end = block.prose.source_span(self.starts[first - 1], self.ends[first - 1]).end
            return Span(end, end)
        if self.starts:
            start = block.prose.source_span(self.starts[0], self.ends[0]).start
            return Span(start, start)
        return Span(self.span.start, self.span.start)


@fact
def all_units(document: Document) -> tuple[Unit, ...]:
    """The units of the whole document, in order."""
    page_furniture = furniture(document)
    headings = heading_block_indexes(document)
    keys: dict[int, Key] = {}
    for division in outline(document).divisions:
        opens = division.source is None or division.source.fresh
        if division.number is not None and opens and division.block not in keys:
            keys[division.block] = (division.kind, division.number.value, division.number.suffix)
    labels = {m.block: m for m in reversed(enumerators(document)) if m.style == "opening"}
    found: list[Unit] = []
    for block in document.blocks:
        if block.kind not in TEXT_KINDS and block.kind != "table":
            continue
        if page_furniture.is_furniture(block.index) or not block.prose.text.strip():
            continue
        inside = [item.span for item in page_furniture.within(block.span)]
        if block.kind == "table":
            _rows(block, found)
            continue
        label = labels.get(block.index)
        begin = 0
        if label is not None and not block.prose.text[: label.start].strip():
            begin = label.end
        else:
            label = None
        words, starts, ends = _tokens(block, begin, len(block.prose.text), inside)
        if not words and label is None:
            continue
        kind: UnitKind = "paragraph"
        if block.kind == "heading" or block.index in headings:
            kind = "heading"
        elif block.kind == "note":
            kind = "note"
        elif label is not None or block.kind == "list_item":
            kind = "point"
        found.append(
            Unit(
                kind,
                block.span,
                words,
                starts,
                ends,
                "" if label is None else label.value,
                None if label is None else label.span,
                keys.get(block.index),
                block.level if block.kind == "heading" else 0,
                block.index,
            )
        )
    return tuple(found)


def _tokens(
    block: Block, begin: int, end: int, inside: list[Span]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    matches = list(TOKEN.finditer(block.prose.text, begin, end))
    if inside:
        source = block.prose.source_span
        matches = [m for m in matches if not any(source(m.start(), m.end()).overlaps(span) for span in inside)]
    return (
        tuple([folded(m.group()) for m in matches]),
        tuple([m.start() for m in matches]),
        tuple([m.end() for m in matches]),
    )


def _rows(block: Block, found: list[Unit]) -> None:
    text = block.prose.text
    at = 0
    for line in text.split("\n"):
        words, starts, ends = _tokens(block, at, at + len(line), [])
        if words:
            span = block.prose.source_span(starts[0], ends[-1])
            found.append(Unit("row", span, words, starts, ends, "", None, None, 0, block.index))
        at += len(line) + 1


def units(document: Document, span: Span) -> tuple[Unit, ...]:
    """The units that begin inside ``span``."""
    found = all_units(document)
    first = bisect_left(found, span.start, key=lambda unit: unit.span.start)
    last = bisect_left(found, span.end, key=lambda unit: unit.span.start)
    return found[first:last]
