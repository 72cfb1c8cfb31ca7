"""The report as SARIF 2.1.0, the form in which code hosts and editors' programs take findings.

One run; results one a line, so that two reports can be held against each other. Columns count UTF-16 code units, as
the programs that read SARIF do; the text is read again to count them, and where it is no longer what was audited, lines
alone are given. A remedy that is only a suggestion stands in the message, not among the fixes: a program that reads
SARIF may carry those out.

Source: OASIS Standard, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, 27 March 2020.
"""

from __future__ import annotations

import re
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

import msgspec

from auditor.contract import Rule
from auditor.document import Document, Span
from auditor.report import DocumentReport, Fault, PairReport, Place, ReportedFinding, ReportedFix, Summary, Tool
from auditor.reporting.rule_page import rule_page
from auditor.reporting.text import Skips
from auditor.reporting.texts import Texts, uri
from auditor.reporting.visible import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_BEYOND_TWO_BYTES = re.compile("[\U00010000-\U0010ffff]")
_LONGEST_SNIPPET = 200  # characters
_IN_MEMORY = 1_000_000  # bytes of the list of texts, before it goes to a file


class Utf16:
    """Lines and columns of a text in UTF-16 code units; each is found in logarithmic time, however long its line."""

    def __init__(self, document: Document) -> None:
        self._document = document
        text = document.text
        self._wide = [] if text.isascii() else [match.start() for match in _BEYOND_TWO_BYTES.finditer(text)]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, 1-based."""
        line, column = msgspec.structs.astuple(self._document.position(offset))
        if self._wide:
            start = offset - column + 1
            column += bisect_left(self._wide, offset) - bisect_left(self._wide, start)
        return line, column

    def region(self, span: Span) -> dict[str, Any]:
        """A span as a SARIF region."""
        line, column = self.position(span.start)
        end_line, end_column = self.position(span.end)
        return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


class _Text:
    """A text of the report: where it is, and its places as SARIF gives them."""

    def __init__(self, name: str, sha256: str, texts: Texts) -> None:
        self.name = name
        self._sha256 = sha256
        self._texts = texts
        self.location = {"uri": uri(texts.path(name))}
        self._units: Utf16 | None = None
        self._document: Document | None = None
        self._read = False

    @property
    def units(self) -> Utf16 | None:
        """Its places, where the text is still to be had."""
        if not self._read:
            self._read = True
            self._document = self._texts.document(self.name, self._sha256)
            self._units = None if self._document is None else Utf16(self._document)
        return self._units

    def region(self, place: Place | ReportedFinding, *, snippet: bool = False) -> dict[str, Any]:
        """The region of a finding or of a further place."""
        if self.units is None or self._document is None:
            return {"startLine": place.range.start.line, "endLine": place.range.end.line}
        region = self.units.region(place.span)
        if snippet and len(place.span) <= _LONGEST_SNIPPET:
            region["snippet"] = {"text": place.span.of(self._document.text)}
        return region

    def at(self, place: Place | ReportedFinding, *, snippet: bool = False) -> dict[str, Any]:
        """The physical location of a finding or of a further place."""
        return {"artifactLocation": self.location, "region": self.region(place, snippet=snippet)}


def _said(text: str) -> str:
    """A text as a SARIF message: nothing in it is a link (``[words](target)``)."""
    return visible(text).replace("](", "] (")


def _level(severity: str) -> str:
    return _LEVELS[severity]


def _message(finding: ReportedFinding) -> str:
    lines = [finding.message]
    lines += [f"Because: {evidence.message}" for evidence in finding.evidence]
    lines += [f"{'Suggestion' if fix.applicability == 'display' else 'Remedy'}: {fix.message}" for fix in finding.fixes]
    return "\n".join(map(_said, lines))


def _fix(fix: ReportedFix, text: _Text) -> dict[str, Any] | None:
    """A remedy as edits; None where it is only a suggestion, or the text is no longer what it is meant for."""
    if fix.applicability == "display" or not fix.edits or text.units is None:
        return None
    replacements = [
        {
            "deletedRegion": text.units.region(Span(edit.start, edit.end)),
            **({"insertedContent": {"text": edit.text}} if edit.text else {}),
        }
        for edit in fix.edits
    ]
    how = "" if fix.applicability == "safe" else " (look before you apply it)"
    return {
        "description": {"text": _said(fix.message) + how},
        "artifactChanges": [{"artifactLocation": text.location, "replacements": replacements}],
    }


def _related(finding: ReportedFinding, text: _Text, other: _Text) -> Iterator[dict[str, Any]]:
    """The other side of a comparison, the further places, and where the reasons are to be seen."""
    if finding.other is not None:
        side = text if finding.other.path is None else other
        yield {"physicalLocation": side.at(finding.other), "message": {"text": "Compare"}}
    for place in finding.places:
        yield {"physicalLocation": text.at(place), "message": {"text": "Here too"}}
    for evidence in finding.evidence:
        if evidence.span is not None and evidence.range is not None:
            place = Place(evidence.span, evidence.range)
            yield {"physicalLocation": text.at(place), "message": {"text": _said(evidence.message)}}


def _suppression(finding: ReportedFinding) -> list[dict[str, Any]]:
    """The decision that stands in the side file, if there is one."""
    if finding.status == "open":
        return []
    reason = finding.decision.reason if finding.decision is not None else ""
    justification = f"{finding.status}: {visible(reason)}" if reason else finding.status
    return [{"kind": "external", "status": "accepted", "justification": justification}]


def _result(finding: ReportedFinding, text: _Text, other: _Text, index: int | None) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": text.at(finding, snippet=True)}
    if finding.address:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(finding.address), "kind": "division"}]
    related = [{"id": number, **place} for number, place in enumerate(_related(finding, text, other), 1)]
    fixes = [made for fix in finding.fixes if (made := _fix(fix, text)) is not None]
    properties: dict[str, Any] = {"status": finding.status}
    if finding.page is not None:
        properties["page"] = finding.page
    if finding.data:
        properties["data"] = finding.data
    return {
        "ruleId": finding.rule,
        **({} if index is None else {"ruleIndex": index}),
        "level": _level(finding.severity),
        "rank": round(100 * finding.confidence, 2),
        "message": {"text": _message(finding)},
        "locations": [location],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"auditor/v1": finding.fingerprint},
        **({"fixes": fixes} if fixes else {}),
        "suppressions": _suppression(finding),
        "properties": properties,
    }


def _help(rule: Rule, *, markdown: bool) -> str:
    """A rule's page without its examples, which are long, and hold what other programs would take for markup."""
    return rule_page(rule, markdown=markdown).partition("\n## Reported\n")[0].rstrip("\n") + "\n"


def _descriptor(rule: Rule) -> dict[str, Any]:
    """A rule with its help, from its own page."""
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation.partition("\n\n")[0] or rule.summary},
        "help": {"text": _help(rule, markdown=False), "markdown": _help(rule, markdown=True)},
        "defaultConfiguration": {"level": _level(rule.severity)},
        "properties": {"tags": [rule.family, *(["preview"] if rule.preview else [])]},
    }


class SarifWriter:
    """Writes a report as SARIF, result by result.

    write  takes the bytes
    tool   the program, and which rules and settings it ran with
    rules  the rules that were chosen
    texts  where the texts are, to count columns in
    """

    def __init__(self, write: Callable[[bytes], object], tool: Tool, rules: Sequence[Rule], texts: Texts) -> None:
        self._write = write
        self._texts = texts
        self._numbers = {rule.name: number for number, rule in enumerate(rules)}
        self._skips = Skips()
        self._results = self._artifacts = self._documents = 0
        self._listed = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (closed with the report)
        driver = {
            "name": tool.name,
            "version": tool.version,
            "semanticVersion": tool.version,
            "properties": {"ruleset": tool.ruleset, "settings": tool.settings},
        }
        write(b'{"$schema": %s,\n"version": "2.1.0",\n"runs": [{\n' % msgspec.json.encode(SCHEMA))
        write(b'"tool": {"driver": %s,\n"rules": [' % msgspec.json.encode(driver)[:-1])
        for number, rule in enumerate(rules):
            write(b"%s\n%s" % (b"," if number else b"", msgspec.json.encode(_descriptor(rule))))
        write(b']}},\n"columnKind": "utf16CodeUnits",\n"newlineSequences": ["\\r\\n", "\\n", "\\r"],\n"results": [')

    def document(self, document: DocumentReport) -> None:
        """Write one document's results."""
        self._documents += 1
        self._skips.add(document)
        text = _Text(document.path, document.sha256, self._texts)
        self._list(text, document)
        for finding in document.findings:
            self._result(finding, text, text)

    def _list(self, text: _Text, document: DocumentReport) -> None:
        """Note a text among those that were audited."""
        artifact: dict[str, Any] = {
            "location": text.location,
            "roles": ["analysisTarget"],
            "mimeType": document.media_type,
            "encoding": document.encoding,
            "hashes": {"sha-256": document.sha256},
        }
        self._listed.write(b"%s\n%s" % (b"," if self._artifacts else b"", msgspec.json.encode(artifact)))
        self._artifacts += 1

    def _result(self, finding: ReportedFinding, text: _Text, other: _Text) -> None:
        result = _result(finding, text, other, self._numbers.get(finding.rule))
        encoded = msgspec.json.encode(result, order="deterministic")
        self._write(b"%s\n%s" % (b"," if self._results else b"", encoded))
        self._results += 1

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:  # noqa: ARG002
        """Write what stands at the end: comparisons, the list of texts, and what could not be done."""
        for pair in pairs:
            a = _Text(pair.a.path, pair.a.sha256, self._texts)
            b = _Text(pair.b.path, pair.b.sha256, self._texts)
            for finding in pair.findings:
                self._result(finding, a, b)
        failures = list(faults)
        notices = [{"level": "error", "message": {"text": _said(fault.message)}} for fault in failures]
        skipped = [line.plain for line in self._skips.lines(self._documents)]
        notices += [{"level": "note", "message": {"text": _said(line)}} for line in skipped]
        invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": notices}
        self._write(b'],\n"artifacts": [')
        self._listed.seek(0)
        shutil.copyfileobj(self._listed, _Sink(self._write))
        self._listed.close()
        self._write(b'],\n"invocations": [%s]\n}]}\n' % msgspec.json.encode(invocation))


class _Sink:
    """A function that takes bytes, as a file to write to."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def write(self, data: bytes) -> int:
        """Pass the bytes on."""
        self._write(data)
        return len(data)
