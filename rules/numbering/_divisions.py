"""Headings of divisions that stand aside of their series: repeated numbers, and numbers in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from auditor.analysis.outline import Series, outline
from auditor.analysis.outline.series import Aside
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

_ARTICLES = frozenset({"article", "rule", "regulation", "clause", "paragraph"})


class Stray(msgspec.Struct, frozen=True):
    """A heading that its series does not count: as it is written, and where; ``expected`` is what its place asks for,
    "" for nothing."""

    label: str
    span: Span
    expected: str
    evidence: tuple[Evidence, ...]
    confidence: float


def strays(document: Document, kind: Literal["repeated", "misplaced"]) -> Iterator[Stray]:
    """The headings of divisions that are repeated, or misplaced; of two that changed places, the first."""
    plan = outline(document)
    for series in plan.series:
        asides = series.run.asides
        if len(series.members) < 3 or len(asides) > max(2, len(series.members) // 6):
            continue
        told: set[int] = set()
        for aside in asides:
            if _kind(series, aside) != kind or aside.candidate in told:
                continue
            if not _counts(document, series, aside):
                continue
            told.update(other.candidate for other in asides if _changed_places(aside, other))
            yield _stray(document, series, aside)


def _kind(series: Series, aside: Aside) -> str:
    """A heading that has the number of any member is repeated, be it near or far."""
    number = (aside.ordinal.value, aside.ordinal.suffix)
    taken = any((member.ordinal.value, member.ordinal.suffix) == number for member in series.run.members)
    return "repeated" if taken else aside.kind


def _counts(document: Document, series: Series, aside: Aside) -> bool:
    """Whether a heading that stands aside means to count. One that has its neighbour's title too is written twice (as
    a running head, say); wide divisions begin anew in each of several texts, so where nothing is due the number must be
    that of an article."""
    plan = outline(document)
    heading = series.candidates[aside.candidate]
    near = series.members[aside.after_member : aside.after_member + 2]
    title = heading.title.casefold()
    if title and any(plan.divisions[member].title.casefold() == title for member in near):
        return False
    return aside.expected is not None or aside.home is not None or series.kind in _ARTICLES


def _changed_places(one: Aside, other: Aside) -> bool:
    return one.expected == other.ordinal.value and other.expected == one.ordinal.value


def _stray(document: Document, series: Series, aside: Aside) -> Stray:
    heading = series.candidates[aside.candidate]
    plan = outline(document)
    before = plan.divisions[series.members[aside.after_member]]
    evidence = [Evidence(f"“{before.label}” stands before it.", before.heading)]
    if aside.after_member + 1 < len(series.members):
        after = plan.divisions[series.members[aside.after_member + 1]]
        evidence.append(Evidence(f"“{after.label}” stands after it.", after.heading))
    expected = series.write(aside.expected) if aside.expected is not None else ""
    strong = heading.form in ("marked", "alone")
    return Stray(heading.text, heading.span, expected, tuple(evidence), 0.9 if strong else 0.7)


def stray_findings(document: Document, kind: Literal["repeated", "misplaced"], rule: str) -> Iterator[Finding]:
    """The findings of a rule about headings."""
    problem = "stands twice" if kind == "repeated" else "is not in its place"
    for stray in strays(document, kind):
        due = f"; “{stray.expected}” is due here." if stray.expected else "."
        yield Finding(
            rule=rule,
            message=f"“{stray.label}” {problem}{due}",
            span=stray.span,
            confidence=stray.confidence,
            data={"expected": stray.expected} if stray.expected else {},
            evidence=stray.evidence,
        )


__all__ = ["Stray", "stray_findings", "strays"]
