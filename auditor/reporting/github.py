"""The report for GitHub Actions: annotations at the lines of a change, and a summary of the job.

GitHub shows ten annotations of each level a step and drops the rest without a word. So the worst ten of each level are
annotated (the surest first, then in the order of the texts), and the summary lists what there was no room for. What an
editor has decided is neither annotated nor listed.

Whatever a text says, it is data here: a runner takes every printed line that begins with ``::``, or holds ``##[``, for
a command, so that a document could give some.

Source: docs.github.com, "Workflow commands for GitHub Actions"; the runner's own ``ActionCommand.cs``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from heapq import heappush, heappushpop

import msgspec

from auditor.report import DocumentReport, Fault, PairReport, ReportedFinding, Summary
from auditor.reporting.gitlab import shown_path
from auditor.reporting.text import count, summary_line
from auditor.reporting.texts import Texts
from auditor.reporting.visible import visible

#: How many annotations of a level GitHub shows a step.
ANNOTATIONS = 10
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_RANKS = {"error": 0, "warning": 1, "info": 2}
_LISTED = 300  # findings in the summary, which may hold a megabyte
_LONGEST = 1000  # characters of a message
_LONGEST_CELL = 300
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~@$:-])")


def without_commands(line: str) -> str:
    """A line of a text report as a runner may print it: no part of it is a command."""
    if "##[" in line:
        line = line.replace("##[", "#\\x23[")
    if line.lstrip().startswith("::"):
        line = line.replace("::", "\\x3a:", 1)
    return line


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def command(name: str, message: str, **properties: str | int) -> str:
    """A workflow command as a line, without its end."""
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    # Old runners look for the older form of commands, too, anywhere in a line.
    message = message.replace("##[", "#\\x23[")
    return f"::{name}{' ' if given else ''}{given}::{_data(message)}"


def _message(finding: ReportedFinding) -> str:
    lines = [finding.message]
    lines += [f"Because: {evidence.message}" for evidence in finding.evidence]
    lines += [f"{'Suggestion' if fix.applicability == 'display' else 'Remedy'}: {fix.message}" for fix in finding.fixes]
    lines = [visible(line) for line in lines]
    said = "\n".join(lines)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


class _Noted(msgspec.Struct, frozen=True):
    """An open finding, and the path of its text."""

    path: str
    finding: ReportedFinding


class _Worst:
    """The worst of what comes in, as many as there is room for: by severity, then the surest, then the first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: list[tuple[int, float, int, _Noted]] = []  # the least bad first
        self.seen = 0

    def add(self, noted: _Noted) -> None:
        """Take a finding in."""
        self.seen += 1
        finding = noted.finding
        entry = (-_RANKS[finding.severity], finding.confidence, -self.seen, noted)
        if len(self._kept) < self._room:
            heappush(self._kept, entry)
        else:
            heappushpop(self._kept, entry)

    def __iter__(self) -> Iterator[_Noted]:
        return (entry[3] for entry in sorted(self._kept, key=lambda entry: entry[:3], reverse=True))

    def __len__(self) -> int:
        return len(self._kept)


class GithubWriter:
    """Writes a report as workflow commands, which a step prints, and its summary.

    write      takes the commands
    summarise  takes the summary, in Markdown; None where nobody wants one
    """

    def __init__(
        self, write: Callable[[bytes], object], texts: Texts, summarise: Callable[[str], object] | None = None
    ) -> None:
        self._put = write
        self._texts = texts
        self._summarise = summarise
        self._annotated = {severity: _Worst(ANNOTATIONS) for severity in _COMMANDS}
        self._listed = _Worst(_LISTED)
        self._ran: set[str] = set()

    def _add(self, name: str, findings: Iterable[ReportedFinding]) -> None:
        path = shown_path(self._texts.path(name), name)
        if any(not character.isprintable() and character not in "\r\n" for character in path):
            path = name
        for finding in findings:
            if finding.status == "open":
                noted = _Noted(path, finding)
                self._annotated[finding.severity].add(noted)
                self._listed.add(noted)

    def document(self, document: DocumentReport) -> None:
        """Take one document's findings in."""
        self._ran.update(document.rules.run)
        self._add(document.path, document.findings)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write the annotations, the worst first, and the summary."""
        for pair in pairs:
            self._ran.update(pair.rules.run)
            self._add(pair.a.path, pair.findings)
        failures = list(faults)
        lines = [command("error", visible(fault.message), title="auditor") for fault in failures[:ANNOTATIONS]]
        room = ANNOTATIONS - len(lines)
        for severity, worst in self._annotated.items():
            shown = list(worst)[: room if severity == "error" else ANNOTATIONS]
            lines += [_annotation(noted) for noted in shown]
        self._put("".join(line + "\n" for line in lines).encode("utf-8", "backslashreplace"))
        if self._summarise is not None:
            self._summarise("".join(line + "\n" for line in self._summary(failures, summary)))

    def _summary(self, failures: list[Fault], summary: Summary) -> Iterator[str]:
        said, _ = summary_line(summary, len(self._ran))
        yield "## auditor"
        yield ""
        yield said
        if failures:
            yield ""
            yield "Not done:"
            yield ""
            for fault in failures[:_LISTED]:
                yield f"- {_cell(fault.message)}"
            if len(failures) > _LISTED:
                yield f"- and {len(failures) - _LISTED:,} more"
        if not self._listed.seen:
            return
        yield ""
        yield "| | Place | Finding | Rule |"
        yield "| --- | --- | --- | --- |"
        for noted in self._listed:
            finding = noted.finding
            start = finding.range.start
            place = f"{_cell(noted.path)} {start.line}\\:{start.column}"
            if finding.address:
                place += f"<br>{_cell(finding.address)}"
            yield f"| {finding.severity} | {place} | {_cell(finding.message)} | {_cell(finding.rule)} |"
        more = self._listed.seen - len(self._listed)
        if more:
            yield ""
            yield f"And {count(more, 'more finding')}: see the other reports."


def _annotation(noted: _Noted) -> str:
    finding = noted.finding
    start, end = finding.range.start, finding.range.end
    properties: dict[str, str | int] = {"file": noted.path, "line": start.line, "endLine": end.line}
    if start.line == end.line:
        properties |= {"col": start.column, "endColumn": max(end.column, start.column)}
    return command(_COMMANDS[finding.severity], _message(finding), **properties, title=finding.rule)


def _cell(text: str) -> str:
    """A text as a cell of a table in Markdown: no markup, no tag, no mention of a person."""
    text = visible(text)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", text).replace("://", "\\://")
