"""Building a prose view piece by piece, with as few runs as the source allows."""

from __future__ import annotations

from auditor.document import Prose, Run


class ProseBuilder:
    """Collects what a block shows. Stretches that follow one another in the source become one run."""

    __slots__ = ("_end", "_parts", "_runs", "_start", "_text", "length")

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._start = self._end = -1  # the open stretch of source, if _start >= 0
        #: Characters so far.
        self.length = 0

    def show(self, start: int, end: int) -> None:
        """Show a stretch of source as it stands."""
        if start == self._end:
            self._end = end
        else:
            self._close()
            self._start, self._end = start, end
        self.length += end - start

    def stand_in(self, shown: str, start: int, end: int) -> None:
        """Show ``shown`` for a stretch of source (an entity, a line break with spaces around it)."""
        self._close()
        self._start = self._end = -1
        self._runs.append(Run(self.length, start, len(shown), end - start))
        self._parts.append(shown)
        self.length += len(shown)

    def _close(self) -> None:
        if self._start >= 0:
            length = self._end - self._start
            self._parts.append(self._text[self._start : self._end])
            self._runs.append(Run(self.length - length, self._start, length, length))

    def prose(self, place: int) -> Prose:
        """The finished view; where nothing is shown, an empty one that lies at ``place``."""
        if self._start >= 0 and not self._runs:
            length = self._end - self._start
            return Prose(self._text[self._start : self._end], (Run(0, self._start, length, length),))
        self._close()
        if not self._runs:
            return Prose("", (Run(0, place, 0, 0),))
        return Prose("".join(self._parts), tuple(self._runs))


def split(prose: Prose, places: list[int]) -> list[Prose]:
    """The parts of a prose view between the given offsets (rising), without white space at their ends.

    Parts that show nothing are left out. One pass over the runs.
    """
    text, runs = prose.text, prose.runs
    parts: list[Prose] = []
    at = 0
    for begin, finish in zip([0, *places], [*places, len(text)], strict=True):
        piece = text[begin:finish]
        start = begin + len(piece) - len(piece.lstrip())
        end = begin + len(piece.rstrip())
        if start >= end:
            continue
        while runs[at].prose + runs[at].length <= start:
            at += 1
        kept: list[Run] = []
        for index in range(at, len(runs)):
            run = runs[index]
            if run.prose >= end:
                break
            at = index
            first, last = max(run.prose, start), min(run.prose + run.length, end)
            if run.length == run.source_length:
                kept.append(Run(first - start, run.source + (first - run.prose), last - first, last - first))
            else:
                kept.append(Run(first - start, run.source, last - first, run.source_length))
        parts.append(Prose(text[start:end], tuple(kept)))
    return parts
