"""Token edits: what differs between two units that were matched, exact on both sides."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from auditor.alignment.tokens import Alphabet
from auditor.alignment.units import Unit
from auditor.document import Document, Span, hull


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[a, a_end)`` of one side stand where ``[b, b_end)`` of the other do; either may be empty."""

    a: int
    a_end: int
    b: int
    b_end: int


class Joined:
    """The units of one side of a match as one run of tokens."""

    __slots__ = ("_document", "_offsets", "units", "words")

    def __init__(self, document: Document, units: Sequence[Unit]) -> None:
        self._document = document
        self.units = tuple(units)
        self.words = units[0].words if len(units) == 1 else tuple(word for unit in units for word in unit.words)
        self._offsets = [0]
        for unit in units:
            self._offsets.append(self._offsets[-1] + len(unit.words))

    def span(self, first: int, last: int) -> Span:
        """Where the tokens from ``first`` up to ``last`` stand in the source; a point where there are none."""
        if first == last:
            number = self._unit_of(max(first - 1, 0))
            return self._inside(number, first, last)
        low, high = self._unit_of(first), self._unit_of(last - 1)
        if low == high:
            return self._inside(low, first, last)
        parts = [self._inside(low, first, self._offsets[low + 1]), self._inside(high, self._offsets[high], last)]
        return hull(parts)

    def unit_at(self, token: int) -> Unit:
        """The unit that holds a token, or the last one."""
        return self.units[self._unit_of(token)]

    def _unit_of(self, token: int) -> int:
        for number in range(len(self.units)):
            if token < self._offsets[number + 1]:
                return number
        return len(self.units) - 1

    def _inside(self, number: int, first: int, last: int) -> Span:
        unit = self.units[number]
        base = self._offsets[number]
        block = self._document.blocks[unit.block]
        return unit.token_span(block, first - base, last - base)


def edits(a: Sequence[str], b: Sequence[str], alphabet: Alphabet) -> list[Edit]:
    """The fewest edits between two sequences of symbols, those that touch each other joined."""
    from rapidfuzz.distance import Levenshtein

    code_a, code_b = alphabet.encode(a), alphabet.encode(b)
    if code_a == code_b:
        return []
    found: list[Edit] = []
    for step in Levenshtein.opcodes(code_a, code_b):
        if step.tag == "equal":
            continue
        if found and found[-1].a_end == step.src_start and found[-1].b_end == step.dest_start:
            last = found.pop()
            found.append(Edit(last.a, step.src_end, last.b, step.dest_end))
        else:
            found.append(Edit(step.src_start, step.src_end, step.dest_start, step.dest_end))
    return found
