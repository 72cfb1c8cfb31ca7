"""One defect, one finding: what several rules say of one place becomes one finding with all the evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

import msgspec

from auditor.contract import Rule
from auditor.document import Span
from auditor.findings import Evidence, Finding


def _spans(finding: Finding) -> tuple[Span, ...]:
    return (finding.span, *finding.places)


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.span.start, finding.span.end, finding.rule)


def merge(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings in the order of their places, those that another one explains folded into it as evidence.

    A rule says by ``explains`` whose findings its own ones explain; the first of several that do at a place takes it.
    Places that are already explained are taken out of a finding with many places; what is left of it stays. The time
    is that of sorting the places.
    """
    ordered = sorted(set_of(findings), key=_order)
    explaining = [f for f in ordered if rules[f.rule].explains]
    explained = {name for f in explaining for name in rules[f.rule].explains}
    gained: dict[int, list[Evidence]] = {}
    remaining: dict[int, Finding | None] = {}
    known: dict[str, _Explainers] = {}
    for found in ordered:
        if found.rule not in explained:
            continue
        if found.rule not in known:
            known[found.rule] = _explainers_of(found.rule, explaining, rules)
        left: list[Span] = []
        taken: dict[int, Span] = {}
        for place in _spans(found):
            first = known[found.rule].first_at(place)
            if first is None:
                left.append(place)
            else:
                taken.setdefault(first, place)
        for better in sorted(taken):
            reasons = gained.setdefault(id(explaining[better]), [])
            reasons.extend((Evidence(found.message, taken[better]), *found.evidence))
        if not left:
            remaining[id(found)] = None
        elif taken:
            remaining[id(found)] = msgspec.structs.replace(found, span=left[0], places=tuple(left[1:]))
    merged = []
    for found in ordered:
        kept = remaining.get(id(found), found)
        if kept is None:
            continue
        extra = gained.get(id(found), [])
        if extra:
            said = set(kept.evidence)
            extra = [e for e in dict.fromkeys(extra) if e not in said]
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


# ------------------------------------------------------------------------------------------------ which comes first


class _Explainers:
    """Findings that explain those of one rule, by their places; each is named by a number, and the lowest comes first.

    Two stretches are at one place where they share a character, a point and a stretch where the point is inside or at
    an end, two points where they are equal.
    """

    def __init__(self, places: Sequence[tuple[Span, int]]) -> None:
        stretches = [(place.start, place.end, number) for place, number in places if len(place)]
        points = [(place.start, number) for place, number in places if not len(place)]
        self._covering = _Steps(stretches)
        self._touching = _Steps([(start, end + 1, number) for start, end, number in stretches])
        self._starts = _Least([(start, number) for start, _, number in stretches])
        self._points = _Least(points)

    def first_at(self, place: Span) -> int | None:
        """The number of the first finding that has a place where ``place`` is; None where there is none."""
        start, end = place.start, place.end
        if start == end:
            found = (self._touching.at(start), self._points.between(start, end + 1))
        else:
            found = (
                min(self._covering.at(start), self._starts.between(start + 1, end)),
                self._points.between(start, end + 1),
            )
        first = min(found)
        return None if first == _NONE else int(first)


_NONE = float("inf")


def _explainers_of(name: str, explaining: Sequence[Finding], rules: Mapping[str, Rule]) -> _Explainers:
    """Those among the findings that explain the rule's; a rule does not explain its own."""
    return _Explainers(
        [
            (place, number)
            for number, finding in enumerate(explaining)
            if finding.rule != name and name in rules[finding.rule].explains
            for place in _spans(finding)
        ]
    )


class _Steps:
    """For every offset the lowest number of the half-open stretches ``(start, end, number)`` that hold it."""

    def __init__(self, stretches: Iterable[tuple[int, int, int]]) -> None:
        pending = sorted(stretches, reverse=True)
        self._offsets: list[int] = []
        self._lowest: list[float] = []
        open_ones: list[tuple[int, int]] = []  # number, end: the lowest number first
        for at in sorted({offset for start, end, _ in pending for offset in (start, end)}):
            while pending and pending[-1][0] == at:
                _, end, number = pending.pop()
                heappush(open_ones, (number, end))
            while open_ones and open_ones[0][1] <= at:
                heappop(open_ones)
            self._offsets.append(at)
            self._lowest.append(open_ones[0][0] if open_ones else _NONE)

    def at(self, offset: int) -> float:
        """The lowest number there; infinity where there is none."""
        place = bisect_right(self._offsets, offset)
        return self._lowest[place - 1] if place else _NONE


class _Least:
    """The lowest number of the ``(offset, number)`` in a range of offsets: a binary tree of minima in a list."""

    def __init__(self, members: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(members)
        self._offsets = [offset for offset, _ in ordered]
        size = len(ordered)
        self._tree: list[float] = [_NONE] * size + [number for _, number in ordered]
        for node in range(size - 1, 0, -1):
            self._tree[node] = min(self._tree[2 * node], self._tree[2 * node + 1])

    def between(self, low: int, high: int) -> float:
        """The lowest number at an offset in ``[low, high)``; infinity where there is none."""
        size = len(self._offsets)
        left, right = bisect_left(self._offsets, low) + size, bisect_left(self._offsets, high) + size
        lowest = _NONE
        while left < right:
            if left % 2:
                lowest = min(lowest, self._tree[left])
                left += 1
            if right % 2:
                right -= 1
                lowest = min(lowest, self._tree[right])
            left //= 2
            right //= 2
        return lowest
