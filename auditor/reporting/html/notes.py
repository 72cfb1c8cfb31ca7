"""Notes: what stands in the margin of a finding."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from auditor.document import Document, Span
from auditor.findings import Applicability
from auditor.report import Place, ReportedEvidence, ReportedFinding, ReportedFix
from auditor.reporting.html.difference import Stretch, edit_shown, sides_shown
from auditor.reporting.html.shown import shown

#: What the severities, statuses and remedies are called on the page.
SEVERITY_NAMES: Mapping[str, str] = {"error": "Error", "warning": "Warning", "info": "Info"}
STATUS_NAMES: Mapping[str, str] = {
    "open": "Open",
    "accepted": "Accepted",
    "false-alarm": "False alarm",
    "later": "Later",
}
_REMEDIES: Mapping[Applicability, str] = {
    "safe": "Remedy (does not change what the text says)",
    "unsafe": "Remedy (look before you apply it)",
    "display": "Suggestion",
}
_CHANGES_SHOWN = 3
_EVIDENCE_SHOWN = 8
_PLACES_SHOWN = 12


class Reason(msgspec.Struct, frozen=True):
    """A piece of evidence, and the anchor of the block in which it is to be seen (if any)."""

    text: str
    anchor: str = ""
    line: int = 0


class Remedy(msgspec.Struct, frozen=True):
    """A remedy: what it is called, what it says, and its changes; ``more`` of them are not shown."""

    title: str
    text: str
    changes: tuple[tuple[Stretch, ...], ...]
    more: int


class Compared(msgspec.Struct, frozen=True):
    """The two sides of a difference, with what each is called and the anchor of the other."""

    here: str
    there: str
    one: tuple[Stretch, ...]
    other: tuple[Stretch, ...]
    anchor: str


class Note(msgspec.Struct, frozen=True):
    """A finding as it stands in the margin. ``look`` is its severity, or ``decided``."""

    number: int
    look: str
    rule: str
    severity: str
    status: str
    message: str
    address: str
    place: str
    excerpt: tuple[Stretch, ...]
    sure: str
    reasons: tuple[Reason, ...]
    more_reasons: int
    remedies: tuple[Remedy, ...]
    compared: Compared | None
    places: tuple[Reason, ...]
    more_places: int
    decision: str
    author: str
    fingerprint: str


class Anchors:
    """The anchors of the blocks of one text that notes lead to; a block without one needs none."""

    def __init__(self, prefix: str, document: Document | None) -> None:
        self.prefix = prefix
        self._document = document
        self.blocks: set[int] = set()

    def at(self, span: Span) -> str:
        """The anchor of the block that a place is in; empty where the text is not to be had."""
        if self._document is None:
            return ""
        block = self._document.block_at(span.start)
        if block is None:
            return ""
        self.blocks.add(block.index)
        return f"{self.prefix}{block.index}"


def look_of(finding: ReportedFinding) -> str:
    """What a finding looks like on the page: its severity while it is open."""
    return finding.severity if finding.status == "open" else "decided"


def _excerpt(place: Place | ReportedFinding) -> tuple[Stretch, ...]:
    if place.excerpt is None:
        return ()
    parts = (Stretch(shown(place.excerpt.before)), Stretch(shown(place.excerpt.match), "meant"))
    return (*parts, Stretch(shown(place.excerpt.after)))


def _place(finding: ReportedFinding) -> str:
    start = finding.range.start
    said = f"line {start.line}, column {start.column}"
    return said if finding.page is None else f"page {shown(finding.page)}, {said}"


def _remedy(fix: ReportedFix, document: Document | None) -> Remedy:
    changes: tuple[tuple[Stretch, ...], ...] = ()
    if document is not None:
        changes = tuple(edit_shown(document, edit) for edit in fix.edits[:_CHANGES_SHOWN])
    return Remedy(
        _REMEDIES[fix.applicability],
        shown(fix.message),
        changes,
        max(0, len(fix.edits) - len(changes)) if changes else 0,
    )


def _compared(
    finding: ReportedFinding, document: Document | None, other: Document | None, there: Anchors, same_language: bool
) -> Compared | None:
    if finding.other is None:
        return None
    sides = None
    if document is not None and other is not None:
        sides = sides_shown(document, finding.span, other, finding.other.span, same_language=same_language)
    one, second = sides or (_excerpt(finding), _excerpt(finding.other))
    return Compared(
        shown(finding.address) or "Here",
        shown(finding.other.address or "") or shown(finding.other.path or "") or "There",
        one,
        second,
        there.at(finding.other.span),
    )


def _reason(evidence: ReportedEvidence, finding: ReportedFinding, here: Anchors) -> Reason:
    """A piece of evidence; where it is to be seen is said only of what stands elsewhere."""
    span, at = evidence.span, evidence.range
    if span is None or at is None or at.start.line == finding.range.start.line:
        return Reason(shown(evidence.message))
    return Reason(shown(evidence.message), here.at(span), at.start.line)


def note(
    number: int,
    finding: ReportedFinding,
    document: Document | None,
    here: Anchors,
    other: Document | None,
    there: Anchors,
    *,
    same_language: bool = True,
) -> Note:
    """The note of a finding; ``document`` and ``other`` are the texts of its two sides, as far as they are known."""
    reasons = [_reason(e, finding, here) for e in finding.evidence[:_EVIDENCE_SHOWN]]
    places = [Reason("", here.at(p.span), p.range.start.line) for p in finding.places[:_PLACES_SHOWN]]
    decision = finding.decision
    return Note(
        number=number,
        look=look_of(finding),
        rule=finding.rule,
        severity=finding.severity,
        status=finding.status,
        message=shown(finding.message),
        address=shown(finding.address),
        place=_place(finding),
        excerpt=_excerpt(finding),
        sure=f"{100 * finding.confidence:.0f} %",
        reasons=tuple(reasons),
        more_reasons=len(finding.evidence) - len(reasons),
        remedies=tuple(_remedy(fix, document) for fix in finding.fixes),
        compared=_compared(finding, document, other, there, same_language),
        places=tuple(places),
        more_places=len(finding.places) - len(places),
        decision="" if decision is None else shown(decision.reason),
        fingerprint=finding.fingerprint,
        author="" if decision is None else shown(", ".join(filter(None, (decision.author, decision.date)))),
    )
