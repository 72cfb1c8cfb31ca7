"""The report for GitLab's Code Quality, which shows findings in a merge request and says which are new.

A JSON array of issues. GitLab knows an issue again by its fingerprint, which must be unique in the report: it is made
of the finding's own and the path. What an editor has decided is left out; GitLab has no place for it.

Source: docs.gitlab.com, "Code Quality", section "Code Quality report format".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from auditor.report import DocumentReport, Fault, PairReport, ReportedFinding, Summary
from auditor.reporting.texts import Texts, relative
from auditor.reporting.visible import visible

_SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


class GitlabWriter:
    """Writes a report as Code Quality issues."""

    def __init__(self, write: Callable[[bytes], object], texts: Texts) -> None:
        self._write = write
        self._texts = texts
        self._issues = 0
        write(b"[")

    def _findings(self, name: str, findings: Iterable[ReportedFinding], against: str = "") -> None:
        path = shown_path(self._texts.path(name), name)
        for finding in findings:
            if finding.status != "open":
                continue
            issue = _issue(path, finding, against)
            self._write(b"%s\n%s" % (b"," if self._issues else b"", msgspec.json.encode(issue)))
            self._issues += 1

    def document(self, document: DocumentReport) -> None:
        """Write one document's issues."""
        self._findings(document.path, document.findings)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:  # noqa: ARG002
        """Write the issues of comparisons. What could not be done is no issue of a file: the exit status says it."""
        for pair in pairs:
            self._findings(pair.a.path, pair.findings, pair.b.path)
        self._write(b"\n]\n" if self._issues else b"]\n")


def shown_path(path: str, name: str) -> str:
    """The path itself where it is text, else the name that stands for it in reports."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return relative(name)
    return relative(path)


def _issue(path: str, finding: ReportedFinding, against: str) -> dict[str, Any]:
    key = "\0".join((path, against, finding.fingerprint))
    return {
        "description": visible(finding.message),
        "check_name": finding.rule,
        "fingerprint": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "lines": {"begin": finding.range.start.line, "end": finding.range.end.line},
        },
    }
