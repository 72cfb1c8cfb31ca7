"""How a difference is told: both sides named, both quoted, and why the two texts are held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.alignment.differences import Difference
from auditor.alignment.pair import Pair
from auditor.findings import Evidence, Finding, Severity

_LONGEST = 120


def quoted(text: str) -> str:
    """A stretch of text in quotation marks, its middle left out where it is long."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2].rstrip()} … {text[-_LONGEST // 2 :].lstrip()}"
    return f"“{text}”"


def both_sides(pair: Pair, difference: Difference) -> str:
    """What the one has and the other has, or lacks, as a sentence without its stop."""
    a, b = pair.a.label, pair.b.label
    if not difference.text_a:
        return f"{a} lacks {quoted(difference.text_b)}, which {b} has"
    if not difference.text_b:
        return f"{b} lacks {quoted(difference.text_a)}, which {a} has"
    return f"{a} has {quoted(difference.text_a)} where {b} has {quoted(difference.text_b)}"


def told_value(pair: Pair, difference: Difference, verdict: str) -> Finding:
    """The finding for values that differ. Of versions in two languages a value that one text lacks may be said in words
    that nobody knew, so it is less sure than two that contradict each other."""
    if difference.detail == "format":
        a, b = pair.a.label, pair.b.label
        message = (
            f"{quoted(difference.text_a)} in {a} and {quoted(difference.text_b)} in {b} are the same number, but by "
            "the usual marks of one of the two languages it reads as another."
        )
        return told(pair, difference, message, confidence=0.6, severity="info")
    if pair.kind != "versions":
        return told(pair, difference, f"{both_sides(pair, difference)}: {verdict}.")
    if difference.lacking is None:
        return told(pair, difference, f"{both_sides(pair, difference)}: {verdict}.", confidence=0.85)
    having, lacking = (pair.a, pair.b) if difference.lacking == "b" else (pair.b, pair.a)
    text = quoted(difference.text_a or difference.text_b)
    message = f"{having.label} has {text}, which {lacking.label} does not have in the same paragraph."
    return told(pair, difference, message, confidence=0.65)


def told(
    pair: Pair,
    difference: Difference,
    message: str,
    *,
    confidence: float = 0.9,
    severity: Severity | None = None,
    data: Mapping[str, Any] | None = None,
) -> Finding:
    """The finding for a difference. In one document it stands where something is wrong or missing, if that is known;
    between two documents always in the first."""
    span, other = difference.a, difference.b
    places = difference.places
    if pair.within_document and difference.lacking == "b":
        span, other, places = other, span, ()
    facts: dict[str, Any] = {"pair": pair.name, "a": difference.text_a, "b": difference.text_b}
    if unit := pair.address(difference):
        facts["unit"] = unit
    if difference.detail:
        facts["detail"] = difference.detail
    if difference.lacking:
        facts["side"] = difference.lacking
    return Finding(
        rule=f"parallel/{difference.kind}",
        message=message,
        span=span,
        confidence=confidence,
        severity=severity,
        data={**facts, **(data or {})},
        evidence=(Evidence(_why(pair)),) if pair.within_document else (),
        places=places,
        other=other,
    )


def _why(pair: Pair) -> str:
    """Why two parts of one document are held against each other."""
    share = f"{100 * pair.likeness:.1f} % of their words agree"
    replaced = [f"“{s.shown[0]}” / “{s.shown[1]}” ({s.count} times)" for s in pair.substitutions[:4]]
    if replaced:
        return f"{pair.a.label} and {pair.b.label}: {share}, and elsewhere they differ only by {', '.join(replaced)}."
    return f"{pair.a.label} and {pair.b.label}: {share}."
