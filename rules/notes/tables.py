"""The tables of a document as their source has them: rows of cells, each with its place.

Markdown's readers cut or fill rows to the width of the head, so that what is ragged is seen in the source only.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from auditor.analysis.fact import fact
from auditor.document import Block, Document, Span

_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{1,}:?\s*")


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row: its line in the source, and its cells without the white space around them."""

    span: Span
    cells: tuple[str, ...]
    places: tuple[Span, ...]


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table of pipes: the block, its head and its other rows (the line of dashes between is none)."""

    block: Block
    head: Row
    rows: tuple[Row, ...]


@fact
def tables(document: Document) -> tuple[Table, ...]:
    """The tables of pipes, in order."""
    found = []
    for block in document.blocks:
        if block.kind == "table":
            table = _table(document.text, block)
            if table is not None:
                found.append(table)
    return tuple(found)


def _table(text: str, block: Block) -> Table | None:
    rows: list[Row] = []
    at = block.span.start
    ruled = False
    for line in text[block.span.start : block.span.end].splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if bare.strip():
            row = _row(bare, at)
            if len(rows) == 1 and not ruled and all(_RULE.fullmatch(cell) for cell in row.cells):
                ruled = True
            else:
                rows.append(row)
        at += len(line)
    if not ruled or len(rows) < 2:
        return None
    return Table(block, rows[0], tuple(rows[1:]))


def _row(line: str, start: int) -> Row:
    begin, end = len(line) - len(line.lstrip(" \t>")), len(line.rstrip())
    bounds = [match.start() for match in _CELL.finditer(line, begin, end)]
    edges = [-1 + begin if not bounds or bounds[0] != begin else begin]
    edges += [place for place in bounds if place != edges[0]]
    if edges[-1] != end - 1 or len(edges) == 1:
        edges.append(end)
    cells: list[str] = []
    places: list[Span] = []
    for left, right in pairwise(edges):
        cell = line[left + 1 : right]
        lead = len(cell) - len(cell.lstrip())
        bare = cell.strip()
        cells.append(bare)
        places.append(Span(start + left + 1 + lead, start + left + 1 + lead + len(bare)))
    return Row(Span(start + begin, start + end), tuple(cells), tuple(places))
