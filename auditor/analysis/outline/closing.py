"""The closing part of a text: testimonium, place and date, signatures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.numerals import fold
from auditor.document import Block, Document

#: The closing part is looked for in so many blocks from the end, annexes not counted in.
_REACH = 40
_SHORT = 120
_OPENERS = ' \t\n*_#>"“«'


@cache
def _data() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomli.loads((Path(__file__).parents[1] / "data" / "closing.toml").read_text("utf-8"))
    opens = {fold(words) for listed in data["opens"].values() for words in listed}
    signs = {fold(words) for listed in data["signs"].values() for words in listed}
    return tuple(sorted(opens)), tuple(sorted(signs))


def opens_closing(text: str) -> bool:
    """Whether a block opens as testimonium, closing formula or order of publication do."""
    opens, _ = _data()
    return fold(text[:_SHORT].lstrip(_OPENERS)).startswith(opens)


def is_signature(text: str) -> bool:
    """Whether a short block names an office or a meeting, as signatures and remarks on adoption do."""
    _, signs = _data()
    if len(text) > _SHORT:
        return False
    folded = fold(text)
    return any(words in folded for words in signs)


@fact
def closing_blocks(document: Document) -> tuple[Block, ...]:
    """The blocks among the last ones that belong to a closing part, in order; empty where there is none."""
    page_furniture = furniture(document)
    last = [
        block
        for block in document.blocks[-3 * _REACH :]
        if block.kind not in ("front_matter", "note")
        and block.prose.text.strip()
        and not page_furniture.is_furniture(block.index)
    ][-_REACH:]
    return tuple(b for b in last if opens_closing(b.prose.text) or is_signature(b.prose.text))
