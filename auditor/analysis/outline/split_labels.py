"""Labels and their numbers that stand in two blocks: "Article" in one, "12" in the next."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.labels import label_at
from auditor.analysis.numerals import Numeral, read_numerals
from auditor.analysis.outline.divisions import outline
from auditor.document import Block, Document

_KINDS = frozenset({"heading", "paragraph"})
_LONGEST_LABEL = 30
_MARKS = " \t\n.:*_"
_FEWEST = 2


class SplitLabel(msgspec.Struct, frozen=True):
    """A label that stands alone, and the number in the block after it; ``first`` and ``second`` are their blocks."""

    word: str
    kind: str
    value: int
    first: int
    second: int


@fact
def split_labels(document: Document) -> tuple[SplitLabel, ...]:
    """All of them, in order, whose kind the document has elsewhere or which are two at least."""
    page_furniture = furniture(document)
    blocks = [b for b in document.blocks if b.prose.text.strip() and not page_furniture.is_furniture(b.index)]
    found = []
    for first, second in pairwise(blocks):
        if first.kind in _KINDS and second.kind in (*_KINDS, "list_item"):
            label = _label(first, second)
            if label is not None:
                found.append(label)
    if not found:
        return ()
    known = Counter(d.kind for d in outline(document).divisions if d.series is not None)
    counted = Counter(label.kind for label in found)
    return tuple(label for label in found if known[label.kind] >= _FEWEST or counted[label.kind] >= _FEWEST)


def _label(first: Block, second: Block) -> SplitLabel | None:
    text = first.prose.text.strip(_MARKS)
    if not text or len(text) > _LONGEST_LABEL or text[0].islower():
        return None
    match = label_at(text)
    if match is None or match.end < len(text) or not match.label.heading or match.damaged:
        return None
    if match.label.position not in ("before", "either"):
        return None
    number = _number_of(second)
    return None if number is None else SplitLabel(text, match.label.kind, number.value, first.index, second.index)


def _number_of(block: Block) -> Numeral | None:
    """The number that the block consists of."""
    text = block.prose.text.strip(_MARKS)
    for numeral in read_numerals(text):
        if numeral.style != "spelled" and not numeral.damaged and not text[numeral.end :].strip(_MARKS):
            return numeral
    return None
