"""Placing findings in a report: positions, excerpts, pages, addresses and fingerprints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from auditor.analysis.enumerators import enumerators_at
from auditor.analysis.furniture.pages import pages
from auditor.analysis.outline import outline
from auditor.contract import Rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding
from auditor.report import (
    Excerpt,
    Place,
    Range,
    ReportedEdit,
    ReportedEvidence,
    ReportedFinding,
    ReportedFix,
)

_AROUND = 60
_LONGEST_MATCH = 160
_SPACE = re.compile(r"\s+")
_NEIGHBOURS = 48


def _range(document: Document, span: Span) -> Range:
    return Range(document.position(span.start), document.position(span.end))


def place(document: Document, span: Span) -> Place:
    """A span with its lines and columns."""
    return Place(span, _range(document, span))


def _line_bounds(document: Document, span: Span) -> tuple[int, int]:
    """The block around a span, or its lines where it stands between blocks."""
    block = document.block_at(span.start)
    if block is not None:
        return block.span.start, max(block.span.end, span.end)
    text = document.text
    end = text.find("\n", span.end)
    return text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end


def excerpt(document: Document, span: Span) -> Excerpt:
    """The span's text with up to 60 characters of its block on either side."""
    start, end = _line_bounds(document, span)
    text = document.text
    before = text[max(start, span.start - _AROUND) : span.start]
    after = text[span.end : min(end, span.end + _AROUND)]
    match = span.of(text)
    if len(match) > _LONGEST_MATCH:
        half = _LONGEST_MATCH // 2
        match = f"{match[:half]} … {match[-half:]}"
    return Excerpt(
        ("…" if start < span.start - _AROUND else "") + _SPACE.sub(" ", before),
        _SPACE.sub(" ", match),
        _SPACE.sub(" ", after) + ("…" if end > span.end + _AROUND else ""),
    )


def address_of(document: Document, offset: int) -> str:
    """The place in words: divisions, and the numbers of paragraph and point ("Annex II, Article 25(2)(b)")."""
    plan = outline(document)
    division = plan.division_at(offset)
    address = plan.address_at(offset)
    if division is None or division.number is None or not division.body.touches(offset):
        return address
    return address + enumerators_at(document, offset)


def _fingerprint(document: Document, finding: Finding, address: str, seen: dict[str, int]) -> str:
    """Rule, normalised match, its neighbours inside the block, and the address; never a line number.

    Two findings that agree in all of these are told apart by their order.
    """
    span = finding.span
    start, end = _line_bounds(document, span)
    text = document.text
    parts = (
        finding.rule,
        str(finding.data.get("label", "")),
        _SPACE.sub(" ", span.of(text)).strip().casefold(),
        _SPACE.sub(" ", text[max(start, span.start - _NEIGHBOURS) : span.start]).strip().casefold(),
        _SPACE.sub(" ", text[span.end : min(end, span.end + _NEIGHBOURS)]).strip().casefold(),
        address,
    )
    key = "\0".join(parts)
    seen[key] = number = seen.get(key, 0) + 1
    return hashlib.sha256(f"{key}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _evidence(document: Document, evidence: Evidence) -> ReportedEvidence:
    span = evidence.span
    return ReportedEvidence(evidence.message, span, None if span is None else _range(document, span))


def _other_side(document: Document, span: Span, *, same: bool) -> Place:
    """The other side of a comparison: in this document; its path is given where it is not the finding's own."""
    return Place(
        span,
        _range(document, span),
        None if same else document.name,
        address_of(document, span.start),
        excerpt(document, span),
    )


def place_findings(
    document: Document, findings: Iterable[Finding], rules: Mapping[str, Rule], other: Document | None = None
) -> tuple[ReportedFinding, ...]:
    """The findings as they stand in the report, in their order; ``other`` is the second document of a comparison."""
    known_pages = pages(document)
    seen: dict[str, int] = {}
    placed = []
    for found in findings:
        address = address_of(document, found.span.start)
        placed.append(
            ReportedFinding(
                rule=found.rule,
                severity=found.severity or rules[found.rule].severity,
                confidence=round(found.confidence, 2),
                message=found.message,
                status="open",
                span=found.span,
                range=_range(document, found.span),
                page=known_pages.number_at(found.span.start),
                address=address,
                excerpt=excerpt(document, found.span),
                data=found.data,
                evidence=tuple(_evidence(document, e) for e in found.evidence),
                places=tuple(place(document, s) for s in found.places),
                other=None if found.other is None else _other_side(other or document, found.other, same=other is None),
                fixes=tuple(
                    ReportedFix(
                        fix.applicability,
                        fix.message,
                        tuple(ReportedEdit(e.span.start, e.span.end, e.text) for e in fix.edits),
                    )
                    for fix in found.fixes
                ),
                fingerprint=_fingerprint(document, found, address, seen),
            )
        )
    return tuple(placed)
