"""Placing findings in a report: positions, excerpts, pages, addresses and fingerprints."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
#: How many words on either side are part of a fingerprint, and how far they are looked for, in characters.
_NEIGHBOURS = 4
_REACH = 80
_LONGEST_NEIGHBOURS = 40  # of a script without spaces


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


def _words_around(document: Document, span: Span) -> tuple[str, str]:
    """The few words of the block on either side of a span: what is there however the lines are wrapped."""
    start, end = _line_bounds(document, span)
    text = document.text
    before = text[max(start, span.start - _REACH) : span.start].split()
    after = text[span.end : min(end, span.end + _REACH)].split()
    return (
        " ".join(before[-_NEIGHBOURS:]).casefold()[-_LONGEST_NEIGHBOURS:],
        " ".join(after[:_NEIGHBOURS]).casefold()[:_LONGEST_NEIGHBOURS],
    )


def _fingerprints(document: Document, findings: Sequence[Finding], addresses: Sequence[str]) -> list[str]:
    """For each finding sixteen hexadecimal digits: of its rule, its label, its text and its neighbours in the block.

    No line number and no offset is among them, so that edits elsewhere, and moving the paragraph, leave them as they
    are. Findings that agree in all of these (one defect in two near-identical texts) are told apart by the outermost
    division that they stand in, and those that agree in that too by their order.
    """
    keys = []
    for found in findings:
        before, after = _words_around(document, found.span)
        match = " ".join(found.span.of(document.text).split()).casefold()
        keys.append("\0".join((found.rule, str(found.data.get("label", "")), match, before, after)))
    shared = {key for key, number in Counter(keys).items() if number > 1}
    seen: Counter[str] = Counter()
    prints = []
    for key, address in zip(keys, addresses, strict=True):
        if key in shared:
            key = f"{key}\0{address.partition(',')[0]}"
            seen[key] += 1
            key = f"{key}\0{seen[key]}"
        prints.append(hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return prints


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
    findings = list(findings)
    addresses = [address_of(document, found.span.start) for found in findings]
    placed = []
    for found, address, fingerprint in zip(
        findings, addresses, _fingerprints(document, findings, addresses), strict=True
    ):
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
                fingerprint=fingerprint,
            )
        )
    return tuple(placed)
