"""A line of progress on the error stream, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 1.0  # seconds before anything is shown: most runs are over by then
_BETWEEN = 0.1
_BAR = 24


class Progress:
    """Shows how far a run is. Whoever writes to the same terminal calls `clear` first."""

    def __init__(self, total: int, *, wanted: bool) -> None:
        self._total = total
        self._stream = sys.stderr
        self._wanted = wanted and total > 1 and self._stream.isatty()
        self._started = self._last = monotonic()
        self._shown = False

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The items, with the progress shown between them."""
        for done, item in enumerate(items, 1):
            yield item
            self._show(done)
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    def _show(self, done: int) -> None:
        now = monotonic()
        if not self._wanted or now - self._started < _PATIENCE or now - self._last < _BETWEEN:
            return
        self._last = now
        full = _BAR * done // self._total
        bar = "#" * full + "." * (_BAR - full)
        self._stream.write(f"\r\x1b[K[{bar}] {done:,} of {self._total:,} documents")
        self._stream.flush()
        self._shown = True
