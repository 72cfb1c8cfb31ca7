"""One defect, one finding: what several rules say of one place becomes one finding with all the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from auditor.contract import Rule
from auditor.document import Span
from auditor.findings import Evidence, Finding


def _spans(finding: Finding) -> tuple[Span, ...]:
    return (finding.span, *finding.places)


def _same_place(one: Span, other: Span) -> bool:
    if len(one) == 0 or len(other) == 0:
        return one.touches(other.start) and one.touches(other.end) if len(other) == 0 else other.touches(one.start)
    return one.overlaps(other)


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.span.start, finding.span.end, finding.rule)


def merge(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings in the order of their places, those that another one explains folded into it as evidence.

    A rule says by ``explains`` whose findings its own ones explain. Places that are already explained are taken out
    of a finding with many places; what is left of it stays.
    """
    ordered = sorted(set_of(findings), key=_order)
    explaining = [f for f in ordered if rules[f.rule].explains]
    explained = {name for f in explaining for name in rules[f.rule].explains}
    candidates = [f for f in ordered if f.rule in explained]
    gained: dict[int, list[Evidence]] = {}
    remaining: dict[int, Finding | None] = {}
    for found in candidates:
        left = list(_spans(found))
        for better in explaining:
            if better is found or found.rule not in rules[better.rule].explains:
                continue
            taken = [s for s in left if any(_same_place(s, place) for place in _spans(better))]
            if taken:
                left = [s for s in left if s not in taken]
                gained.setdefault(id(better), []).extend((Evidence(found.message, taken[0]), *found.evidence))
        if not left:
            remaining[id(found)] = None
        elif len(left) < len(_spans(found)):
            remaining[id(found)] = msgspec.structs.replace(found, span=left[0], places=tuple(left[1:]))
    merged = []
    for found in ordered:
        kept = remaining.get(id(found), found)
        if kept is None:
            continue
        extra = gained.get(id(found), [])
        if extra:
            known = set(kept.evidence)
            extra = [e for e in dict.fromkeys(extra) if e not in known]
            kept = msgspec.structs.replace(kept, evidence=(*kept.evidence, *extra))
        merged.append(kept)
    return sorted(merged, key=_order)


def set_of(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repetitions (same rule, place and message); the most confident of each is kept."""
    best: dict[tuple[str, Span, str], Finding] = {}
    for found in findings:
        key = (found.rule, found.span, found.message)
        if key not in best or found.confidence > best[key].confidence:
            best[key] = found
    return list(best.values())
