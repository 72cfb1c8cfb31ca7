"""Blocks that repeat the ones before them: which, how many, and how often."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.document import Block, Document

_TEXT = frozenset({"paragraph", "heading", "list_item", "quotation", "table"})


class Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of blocks that stands again right behind itself.

    first   the blocks as they stand first
    again   the blocks that repeat them, one after the other
    times   how often the stretch stands, the first time included
    """

    first: tuple[Block, ...]
    again: tuple[Block, ...]
    times: int

    @property
    def words(self) -> int:
        """Words of the stretch, once."""
        return sum(len(block.prose.text.split()) for block in self.first)


@fact
def repeated_runs(document: Document) -> tuple[Run, ...]:
    """Every stretch of blocks that is followed by itself, in order; page furniture is looked through.

    Blocks are compared as their words stand, so that a number that goes on counting makes a difference.
    """
    known = furniture(document)
    blocks = [
        block
        for block in document.blocks
        if block.kind in _TEXT and not known.is_furniture(block.index) and block.prose.text.strip()
    ]
    texts = [block.prose.text for block in blocks]
    if len(set(texts)) == len(texts):
        return ()
    keys = [" ".join(text.split()) for text in texts]
    lags = _lags(keys)
    found: list[Run] = []
    at = 0
    while at < len(keys):
        lag = lags[at]
        if not lag:
            at += 1
            continue
        end = at
        while end < len(keys) and end >= lag and keys[end] == keys[end - lag]:
            end += 1
        if end - at >= lag:
            whole = (end - at) // lag
            found.append(Run(tuple(blocks[at - lag : at]), tuple(blocks[at : at + whole * lag]), whole + 1))
            at = end
        else:
            at += 1
    return tuple(found)


def _lags(keys: Sequence[str]) -> list[int]:
    """For each block how far back the same one stood last; 0 where it did not."""
    last: dict[str, int] = {}
    lags = []
    for at, key in enumerate(keys):
        lags.append(at - last[key] if key in last else 0)
        last[key] = at
    return lags
