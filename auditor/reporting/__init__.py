"""Writing reports out: JSON with its schema, and text for people. The values are in `auditor.report`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from auditor.report import DocumentReport, Fault, PairReport, Summary


class Writer(Protocol):
    """Writes a report while it comes in, so that a run over many documents never holds them all."""

    def document(self, document: DocumentReport) -> None:
        """Write one document's part."""

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write what stands at the end of a report, and what was found between two documents."""
