"""Where texts of their own begin in a document: annexes, schedules, protocols."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from auditor.analysis.mentions.running_text import RunningText
from auditor.analysis.outline import outline
from auditor.document import Document

_TEXTS_OF_THEIR_OWN = frozenset({"annex", "appendix", "schedule", "protocol"})
_END = 10**12


def stretches(document: Document, run: RunningText) -> list[int]:
    """The offsets in the running text at which annexes and the like begin, in order."""
    starts = sorted(d.start for d in outline(document).divisions if d.kind in _TEXTS_OF_THEIR_OWN)
    block_starts = [block.span.start for block in run.blocks]
    places = (bisect_right(block_starts, start) - 1 for start in starts)
    return sorted({run.starts[at] for at in places if at >= 0})


def stretch_at(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The stretch that holds an offset, as what is said there holds: that of the main text reaches over its annexes."""
    at = bisect_right(starts, offset)
    if at == 0:
        return 0, _END
    return starts[at - 1], starts[at] if at < len(starts) else _END
