"""The report as JUnit XML, which nearly every build server shows: a test suite a document, a test a rule.

A rule that found nothing is a test that passed; one that did not run is a skipped test, with the reason. What is less
severe than ``--fail-on`` does not fail a test, and is told in its output; nor does what an editor has decided. What
could not be done is a suite of errors at the end.

Source: the schema of Jenkins' xUnit plug-in, ``junit-10.xsd``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from auditor.findings import SEVERITIES
from auditor.report import DocumentReport, Fault, PairReport, ReportedFinding, RulesRun, Summary
from auditor.reporting.text import PLAIN_WIDTH, finding_lines
from auditor.reporting.visible import visible
from auditor.settings import FailOn

#: What XML has no place for and `visible` leaves as it is.
_NO_CHARACTERS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


def _text(text: str) -> str:
    """Text for XML, which has no place for most control characters."""
    return escape("\n".join(map(visible, text.split("\n"))).translate(_NO_CHARACTERS))


def _attribute(text: str) -> str:
    return quoteattr(visible(text).translate(_NO_CHARACTERS))


class JunitWriter:
    """Writes a report as JUnit XML, suite by suite.

    fail_on  the least severity that fails a test
    """

    def __init__(self, write: Callable[[bytes], object], fail_on: FailOn) -> None:
        self._put = write
        self._failing = () if fail_on == "never" else SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        self._line('<?xml version="1.0" encoding="UTF-8"?>')
        self._line('<testsuites name="auditor">')

    def _line(self, text: str) -> None:
        self._put(text.encode("utf-8", "backslashreplace") + b"\n")

    def document(self, document: DocumentReport) -> None:
        """Write one document's suite."""
        self._suite(document.path, document.rules, document.findings)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:  # noqa: ARG002
        """Write the suites of comparisons, and one for what could not be done."""
        for pair in pairs:
            if pair.a.path == pair.b.path and not pair.findings:
                continue  # twins inside a text, whose findings are the text's
            self._suite(f"{pair.a.path} | {pair.b.path}", pair.rules, pair.findings)
        failures = list(faults)
        if failures:
            number = len(failures)
            self._line(f'<testsuite name="auditor" tests="{number}" failures="0" errors="{number}" skipped="0">')
            for fault in failures:
                name = _attribute(fault.path or fault.rule or "run")
                self._line(f'<testcase classname="auditor" name={name}>')
                self._line(f"<error message={_attribute(fault.message)}/>")
                self._line("</testcase>")
            self._line("</testsuite>")
        self._line("</testsuites>")

    def _suite(self, name: str, rules: RulesRun, findings: Sequence[ReportedFinding]) -> None:
        by_rule: dict[str, list[ReportedFinding]] = {rule: [] for rule in rules.run}
        for finding in findings:
            by_rule.setdefault(finding.rule, []).append(finding)
        if not by_rule and not rules.skipped:
            return  # one side of a comparison, which has its own suite
        failed = sum(any(self._fails(finding) for finding in found) for found in by_rule.values())
        tests = len(by_rule) + len(rules.skipped)
        counts = f'tests="{tests}" failures="{failed}" errors="0" skipped="{len(rules.skipped)}"'
        self._line(f"<testsuite name={_attribute(name)} {counts}>")
        for rule, found in sorted(by_rule.items()):
            self._case(name, rule, found)
        for skipped in rules.skipped:
            self._line(f"<testcase classname={_attribute(name)} name={_attribute(skipped.rule)}>")
            self._line(f"<skipped message={_attribute(skipped.reason)}/>")
            self._line("</testcase>")
        self._line("</testsuite>")

    def _fails(self, finding: ReportedFinding) -> bool:
        return finding.status == "open" and finding.severity in self._failing

    def _case(self, suite: str, rule: str, found: Sequence[ReportedFinding]) -> None:
        self._line(f"<testcase classname={_attribute(suite)} name={_attribute(rule)}{'' if found else '/'}>")
        if not found:
            return
        failing = [finding for finding in found if self._fails(finding)]
        others = [finding for finding in found if not self._fails(finding)]
        if failing:
            first = failing[0].message
            message = first if len(failing) == 1 else f"{first} And {len(failing) - 1:,} more."
            self._line(f"<failure type={_attribute(failing[0].severity)} message={_attribute(message)}>")
            self._line("\n".join(map(_text, _told(failing))))
            self._line("</failure>")
        if others:
            self._line("<system-out>" + "\n".join(map(_text, _told(others))))
            self._line("</system-out>")
        self._line("</testcase>")


def _told(findings: Iterable[ReportedFinding]) -> Iterator[str]:
    """Findings as lines of text, the decided ones with their status and reason."""
    for finding in findings:
        if finding.status != "open":
            reason = f": {finding.decision.reason}" if finding.decision is not None else ""
            yield f"  decided: {finding.status}{reason}"
        for line in finding_lines(finding, PLAIN_WIDTH, underline=False):
            yield line.plain
