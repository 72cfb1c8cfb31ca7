"""Marks that open and close: which of them find their partner, in the same block or in a later one.

Legal texts open a bracket in one paragraph and close it some points later, and set a quotation mark before each
paragraph of a long quotation but only one at its end. So what is left open in a block is held against what is left
to be closed in the blocks behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec


class Mark(msgspec.Struct, frozen=True, gc=False):
    """An opening or closing mark: its place in the running text, its sign, the block it stands in, and whether it
    opens. ``soft`` marks take a partner if there is one, but are not missed where there is none, and give it back to
    a mark that misses one: in "(see 5 c) below)" the second bracket closes."""

    at: int
    sign: str
    block: int
    opens: bool
    soft: bool = False


def unpaired(marks: Iterable[Mark], partners: dict[str, str], reach: dict[str, int]) -> list[Mark]:
    """The marks without a partner, in order, the soft ones left out.

    partners  the closing signs that each opening sign may have
    reach     how many blocks a pair may span, by the opening sign

    A closing mark takes the last open one of its kind; what was opened inside and not closed stays open until the
    reach is over. Linear: each mark is pushed and taken once.
    """
    waiting: dict[str, list[Mark]] = {}
    lent: dict[str, list[Mark]] = {}
    of_closer = {closer: opener for opener, closers in partners.items() for closer in closers}
    lost: list[Mark] = []
    for mark in marks:
        kind = mark.sign if mark.opens else of_closer.get(mark.sign, mark.sign)
        stack = waiting.setdefault(kind, [])
        if mark.opens:
            stack.append(mark)
        elif stack and mark.block - stack[-1].block <= (0 if mark.soft else reach[kind]):
            opener = stack.pop()
            if mark.soft:
                lent.setdefault(kind, []).append(opener)
        elif not mark.soft:
            given = lent.get(kind)
            if given and mark.block - given[-1].block <= reach[kind]:
                given.pop()
            else:
                lost.append(mark)
    for stack in waiting.values():
        lost.extend(mark for mark in stack if not mark.soft)
    return sorted(lost, key=lambda mark: mark.at)


def excerpt(text: str, at: int, width: int = 24) -> str:
    """The words around an offset of the running text, within its block."""
    before = text[max(at - width, 0) : at].rpartition("\x00")[2]
    after = text[at : at + width].partition("\x00")[0]
    return " ".join(f"{before}{after}".split())


def many(lost: Sequence[Mark], share_of: int) -> bool:
    """Whether so many marks are without a partner that it is how the text is written, and not a slip."""
    return len(lost) > 12 and 4 * len(lost) > share_of
