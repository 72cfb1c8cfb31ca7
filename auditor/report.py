"""The report: what a run found, document by document, as values. `auditor.reporting` writes them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from auditor.document import Position, Span
from auditor.findings import Applicability, Severity

SCHEMA_VERSION = "1.0"

Status = Literal["open", "accepted", "false-alarm", "later"]


class Range(msgspec.Struct, frozen=True):
    """A span as lines and columns, 1-based; the end is the position after the last character."""

    start: Position
    end: Position


class Excerpt(msgspec.Struct, frozen=True):
    """The text of a finding and what stands around it, white space folded, long stretches shortened by ``…``."""

    before: str
    match: str
    after: str


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A further place of a finding. The other side of a comparison has its document (where that is another one),
    its address and its excerpt too."""

    span: Span
    range: Range
    path: str | None = None
    address: str | None = None
    excerpt: Excerpt | None = None


class ReportedEvidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reason, and where it is to be seen."""

    message: str
    span: Span | None = None
    range: Range | None = None


class ReportedEdit(msgspec.Struct, frozen=True):
    """Replace the code points ``[start, end)`` by ``text``."""

    start: int
    end: int
    text: str


class ReportedFix(msgspec.Struct, frozen=True):
    """A remedy."""

    applicability: Applicability
    message: str
    edits: tuple[ReportedEdit, ...]


class Ruling(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an editor decided of a finding, and why; ``author`` and ``date`` where they are known."""

    reason: str
    author: str | None = None
    date: str | None = None


class ReportedFinding(msgspec.Struct, frozen=True):
    """A finding with everything a reader needs to see it: see ``report.schema.json`` for each field's meaning."""

    rule: str
    severity: Severity
    confidence: float
    message: str
    status: Status
    span: Span
    range: Range
    page: str | None
    address: str
    excerpt: Excerpt
    data: Mapping[str, Any]
    evidence: tuple[ReportedEvidence, ...]
    places: tuple[Place, ...]
    other: Place | None
    fixes: tuple[ReportedFix, ...]
    fingerprint: str
    decision: Ruling | None = None


class Skipped(msgspec.Struct, frozen=True):
    """A rule that did not run on a document, and why."""

    rule: str
    reason: str


class RulesRun(msgspec.Struct, frozen=True):
    """The rules that ran on a document, and those that did not."""

    run: tuple[str, ...]
    skipped: tuple[Skipped, ...]


class OutlineEntry(msgspec.Struct, frozen=True):
    """One division of the outline; ``depth`` counts from 0."""

    label: str
    title: str
    depth: int
    span: Span


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that could not be done: what (``message`` says it with where and what to do), and where."""

    message: str
    path: str | None = None
    rule: str | None = None
    detail: str | None = None


class DocumentReport(msgspec.Struct, frozen=True):
    """What was found in one document."""

    path: str
    sha256: str
    media_type: str
    encoding: str
    languages: tuple[str, ...]
    words: int
    pages: int | None
    outline: tuple[OutlineEntry, ...]
    rules: RulesRun
    findings: tuple[ReportedFinding, ...]
    notes: tuple[str, ...] = ()


class PairSide(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of two texts that were compared: its name, its digest, and how many units it has; of twins inside a document
    also the division that it is, and where that stands."""

    path: str
    sha256: str
    units: int
    label: str = ""
    span: Span | None = None


class Replaced(msgspec.Struct, frozen=True):
    """What the one text has throughout where the other has something else, and how often."""

    a: str
    b: str
    count: int


class AlignedUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a unit stands in either text; of versions also what decided that they are one unit."""

    a: Span
    b: Span
    by: Literal["numbers", "values", "lengths", "words", "encoder"] | None = None


class ReportedUnit(msgspec.Struct, frozen=True):
    """A unit that one text has and the other lacks."""

    kind: str
    label: str
    span: Span
    range: Range
    address: str


class UnitTable(msgspec.Struct, frozen=True):
    """Which unit is which: those aligned, those of one text only, and those that stand in another order."""

    aligned: tuple[AlignedUnit, ...]
    only_a: tuple[ReportedUnit, ...]
    only_b: tuple[ReportedUnit, ...]
    order: tuple[AlignedUnit, ...]


class PairReport(msgspec.Struct, frozen=True):
    """What was found between two texts. The findings' spans are those of ``a``, their ``other`` those of ``b``."""

    kind: Literal["twins", "versions", "scans"]
    a: PairSide
    b: PairSide
    likeness: float
    substitutions: tuple[Replaced, ...]
    set_aside: Mapping[str, int]
    units: UnitTable
    rules: RulesRun
    findings: tuple[ReportedFinding, ...]
    notes: tuple[str, ...] = ()


class Tool(msgspec.Struct, frozen=True):
    """Which program, rules and settings made the report."""

    name: str
    version: str
    ruleset: str
    settings: str


class Summary(msgspec.Struct, frozen=True):
    """Counts over the whole run, of findings and not of places. Those that an editor has decided are counted in
    ``decided`` alone."""

    documents: int
    words: int
    findings: int
    errors: int
    warnings: int
    infos: int
    faults: int
    by_rule: Mapping[str, int]
    decided: int = 0


class Report(msgspec.Struct, frozen=True):
    """One run. ``errors`` are things that could not be done; the documents that could be read are all reported."""

    schema_version: str
    tool: Tool
    documents: tuple[DocumentReport, ...]
    pairs: tuple[PairReport, ...]
    errors: tuple[Fault, ...]
    summary: Summary


def summarise(
    documents: tuple[DocumentReport, ...], faults: tuple[Fault, ...], pairs: tuple[PairReport, ...] = ()
) -> Summary:
    """The counts of a run."""
    severities = {"error": 0, "warning": 0, "info": 0}
    by_rule: dict[str, int] = {}
    groups = [*(document.findings for document in documents), *(pair.findings for pair in pairs)]
    decided = 0
    for found in (finding for group in groups for finding in group):
        if found.status != "open":
            decided += 1
        else:
            severities[found.severity] += 1
            by_rule[found.rule] = by_rule.get(found.rule, 0) + 1
    return Summary(
        documents=len(documents),
        words=sum(d.words for d in documents),
        findings=sum(severities.values()),
        errors=severities["error"],
        warnings=severities["warning"],
        infos=severities["info"],
        faults=len(faults),
        by_rule=dict(sorted(by_rule.items())),
        decided=decided,
    )
