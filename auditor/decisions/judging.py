"""What the rules of scope ``decision`` say of the decisions on one text, and of which findings they decide."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import msgspec

from auditor.contract import Rule
from auditor.decisions.matching import Decisions, decide
from auditor.decisions.remarks import honour
from auditor.decisions.use import Use
from auditor.document import Document, Position, Span
from auditor.findings import Finding
from auditor.placing import place_findings
from auditor.report import DocumentReport, Excerpt, PairReport, Range, ReportedEvidence, ReportedFinding
from auditor.settings import Chosen

_TOP = Range(Position(1, 1), Position(1, 1))


def judged(uses: Sequence[Use], chosen: Chosen) -> list[Finding]:
    """The findings of the chosen rules about decisions."""
    return [
        finding
        for rule, options in chosen.rules
        if rule.scope == "decision"
        for use in uses
        for finding in rule.check(use, **options)
    ]


def with_remarks(
    document: Document, findings: Sequence[ReportedFinding], ran: Sequence[str], chosen: Chosen
) -> tuple[ReportedFinding, ...]:
    """The findings of a text with what the text itself decides of them, and with what is wrong with its remarks."""
    decided, uses = honour(document, findings, ran, chosen.known)
    about = judged(uses, chosen)
    if not about:
        return tuple(decided)
    rules = {rule.name: rule for rule, _ in chosen.rules}
    placed = (*decided, *place_findings(document, about, rules))
    return tuple(sorted(placed, key=lambda f: (f.span.start, f.span.end, f.rule)))


def with_decisions(
    report: DocumentReport,
    decisions: Decisions,
    path: str,
    chosen: Chosen,
    today: str,
    moved: Counter[tuple[str, str]],
) -> DocumentReport:
    """A report on the text at ``path`` with what the project decides of its findings; see `matching.decide`."""
    findings, uses = decide(report.findings, decisions, path, report.rules.run, today, moved)
    about = [_at_the_top(finding, chosen) for finding in judged(uses, chosen)]
    return msgspec.structs.replace(report, findings=(*about, *findings))


def pair_with_decisions(
    report: PairReport, decisions: Decisions, paths: tuple[str, str], today: str, moved: Counter[tuple[str, str]]
) -> PairReport:
    """A pair's report with what the project decides of its findings; ``paths`` are those of its two texts."""
    path, other = paths
    findings, _ = decide(report.findings, decisions, path, (), today, moved, other)
    return msgspec.structs.replace(report, findings=tuple(findings))


def _at_the_top(found: Finding, chosen: Chosen) -> ReportedFinding:
    """A finding about a decision of the project's file, which has no place in the text: it stands at its top."""
    rules: dict[str, Rule] = {rule.name: rule for rule, _ in chosen.rules}
    return ReportedFinding(
        rule=found.rule,
        severity=found.severity or rules[found.rule].severity,
        confidence=found.confidence,
        message=found.message,
        status="open",
        span=Span(0, 0),
        range=_TOP,
        page=None,
        address="",
        excerpt=Excerpt("", "", ""),
        data=found.data,
        evidence=tuple(ReportedEvidence(evidence.message) for evidence in found.evidence),
        places=(),
        other=None,
        fixes=(),
        fingerprint=hashlib.sha256(f"{found.rule}\0{found.message}".encode()).hexdigest()[:16],
    )
