"""The report as JSON lines: one finding a line, with the text that it is in. For programs that read a stream.

Each line is an object with ``path`` and ``sha256`` of the text and the fields that the finding has in the JSON report.
What could not be done follows the findings, in lines of ``{"fault": …}``: a stream without findings is not yet a good
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from auditor.report import DocumentReport, Fault, PairReport, ReportedFinding, Summary


class JsonLinesWriter:
    """Writes a report line by line."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def _findings(self, path: str, sha256: str, findings: Iterable[ReportedFinding]) -> None:
        where = msgspec.json.encode({"path": path, "sha256": sha256})[:-1]
        for finding in findings:
            self._write(b"%s,%s\n" % (where, msgspec.json.encode(finding, order="deterministic")[1:]))

    def document(self, document: DocumentReport) -> None:
        """Write one document's findings."""
        self._findings(document.path, document.sha256, document.findings)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:  # noqa: ARG002
        """Write the findings of comparisons, and what could not be done."""
        for pair in pairs:
            self._findings(pair.a.path, pair.a.sha256, pair.findings)
        for fault in faults:
            self._write(msgspec.json.encode({"fault": fault}) + b"\n")
