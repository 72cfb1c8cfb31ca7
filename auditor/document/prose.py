"""The prose view: a block's characters without its markup, with a map back to the source."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from auditor.document.spans import Span


class Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of prose and the stretch of source that it shows.

    Where both have the same length they correspond character by character; otherwise (an entity, an escape) the
    whole source stretch stands for the whole prose stretch.
    """

    prose: int
    source: int
    length: int
    source_length: int


class Prose(msgspec.Struct, frozen=True, gc=False):
    """``text`` is what a reader sees; ``runs`` cover it from its first character to its last, in order."""

    text: str
    runs: tuple[Run, ...]

    def source_span(self, start: int, end: int) -> Span:
        """The smallest source span that shows the prose ``[start, end)``; a point for ``start == end``."""
        if not self.runs:
            raise ValueError("an empty prose view has no place in the source")
        first = self._run(start)
        begin = self._source_of(first, start)
        if end <= start:
            return Span(begin, begin)
        last = self._run(end - 1)
        if last.length == last.source_length:
            finish = last.source + (end - last.prose)
        else:
            finish = last.source + last.source_length
        return Span(begin, finish)

    def prose_offset(self, source: int) -> int:
        """The prose offset shown at, or next after, the source offset."""
        for run in self.runs:
            if source < run.source:
                return run.prose
            if source < run.source + run.source_length:
                return run.prose + (source - run.source if run.length == run.source_length else 0)
        return len(self.text)

    def _run(self, offset: int) -> Run:
        if len(self.runs) == 1:
            return self.runs[0]
        at = bisect_right(self.runs, offset, key=lambda run: run.prose) - 1
        return self.runs[max(at, 0)]

    @staticmethod
    def _source_of(run: Run, offset: int) -> int:
        if run.length == run.source_length:
            return run.source + (offset - run.prose)
        return run.source if offset < run.prose + run.length else run.source + run.source_length


def plain_prose(text: str, span: Span) -> Prose:
    """The prose view of a stretch without markup: the stretch itself."""
    return Prose(span.of(text), (Run(0, span.start, len(span), len(span)),))
