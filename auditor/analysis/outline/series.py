"""Series: numbers that count together, explained as a whole.

Given the numbered candidates of a text in their order, the cheapest account of all of them is sought: which belong to
a run that counts upwards, where a run begins anew, and which stand aside (quoted, cited, misread). A jump inside a run
costs little when it is small, leaving a candidate aside costs as much as the candidate looks like a real member. What
remains unexplained in the best account (absent numbers, repetitions, misplaced ones) is what the rules report.

The method is a shortest path over candidates (dynamic programming); each candidate looks back at a bounded number of
predecessors, so the time is linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import log

import msgspec

_LATIN_ORDINALS = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies",
    "duodecies", "terdecies", "quaterdecies", "quindecies", "sexdecies",
)  # fmt: skip

_WINDOW = 8
#: So many headings of their own are looked back at too, however many weaker candidates stand between.
_STRONG_WINDOW = 8
_STRONG = 1.0
_SAME_PLACE = 2
_LARGE = 50


class Ordinal(msgspec.Struct, frozen=True, gc=False):
    """One reading of a number: its value, its suffix ("bis", "A"), the last value of a range, and its cost
    (0 for what stands there; more where a confusion had to be repaired)."""

    value: int
    suffix: str = ""
    last: int = 0
    cost: float = 0.0

    @property
    def end(self) -> int:
        """The last number that it covers."""
        return self.last or self.value


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A number that may belong to a run.

    weight    how much it looks like a member (0.1: might be anything; 1.6: a marked heading of its own)
    boundary  a heading of higher rank stands between it and the candidate before it
    """

    ordinals: tuple[Ordinal, ...]
    weight: float
    boundary: bool = False


class Member(msgspec.Struct, frozen=True, gc=False):
    """A candidate that belongs to a run, by its index, and the reading that was chosen for it."""

    candidate: int
    ordinal: Ordinal


class Hole(msgspec.Struct, frozen=True, gc=False):
    """The numbers ``first`` to ``last`` are absent between the members ``before`` and ``after`` (indexes into the
    run's members); ``before`` is -1 where the run's beginning is absent."""

    before: int
    after: int
    first: int
    last: int

    @property
    def values(self) -> range:
        """The absent numbers."""
        return range(self.first, self.last + 1)


class Aside(msgspec.Struct, frozen=True, gc=False):
    """A candidate that is not on the run although it looks like a member.

    kind      ``repeated``: it has the number of a neighbour; ``misplaced``: its number belongs elsewhere in the run
    expected  the number that its place asks for, if exactly one is absent there; else None
    home      for ``misplaced``: the index of the hole that its number fills, else None
    """

    candidate: int
    kind: str
    ordinal: Ordinal
    after_member: int
    expected: int | None
    home: int | None = None


class Run(msgspec.Struct, frozen=True, gc=False):
    """Members that count together, the holes between them, and the candidates that stand aside though they
    look like members."""

    members: tuple[Member, ...]
    holes: tuple[Hole, ...]
    asides: tuple[Aside, ...]


@lru_cache(maxsize=4096)
def suffix_rank(suffix: str) -> tuple[int, ...]:
    """A key that sorts suffixes as drafters use them: none, bis, ter …; a, b, … z, aa; 1, 2 …"""
    if not suffix:
        return ()
    lowered = suffix.casefold()
    if lowered in _LATIN_ORDINALS:
        return (_LATIN_ORDINALS.index(lowered) + 2,)
    if lowered.isdigit():
        return (int(lowered),)
    if lowered.isalpha():
        return tuple(ord(letter) for letter in lowered) if len(lowered) > 1 else (0, ord(lowered))
    return tuple(ord(letter) for letter in lowered)


def follows(before: Ordinal, after: Ordinal) -> bool:
    """Whether ``after`` is what comes next, with nothing absent between the two."""
    if after.value == before.end + 1:
        return True
    return after.value == before.end and suffix_rank(after.suffix) > suffix_rank(before.suffix)


def _step_cost(before: Ordinal, after: Ordinal, boundary: bool) -> float:
    distance = after.value - before.end
    if distance == 1:
        return 0.3 if after.suffix else 0.0
    if distance == 0 and suffix_rank(after.suffix) > suffix_rank(before.suffix):
        return 0.1
    if distance > 1:
        return 0.68 + 0.4 * log(distance) + 0.1 * max(0, min(distance - 6, 60))
    return _start_cost(after) + (0.5 if boundary else 1.75 if after.value == 1 else 5.5)


def _start_cost(ordinal: Ordinal) -> float:
    return 0.0 if ordinal.value == 1 else min(0.4 + 0.2 * ordinal.value, 2.5)


def is_restart(before: Ordinal, after: Ordinal) -> bool:
    """Whether a run ends with ``before`` and another begins with ``after``."""
    if after.value > before.end:
        return False
    return not (after.value == before.end and suffix_rank(after.suffix) > suffix_rank(before.suffix))


def find_runs(candidates: Sequence[Candidate]) -> tuple[Run, ...]:
    """The runs that explain the candidates best, in the order of the text."""
    chain = _cheapest_chain(candidates)
    runs: list[list[Member]] = []
    for member in chain:
        if not runs or is_restart(runs[-1][-1].ordinal, member.ordinal):
            runs.append([])
        runs[-1].append(member)
    explained: list[Run] = []
    for at, members in enumerate(runs):
        stop = runs[at + 1][0].candidate if at + 1 < len(runs) else len(candidates)
        explained.append(_explain(members, candidates, stop))
    return tuple(explained)


def _cheapest_chain(candidates: Sequence[Candidate]) -> list[Member]:
    """Shortest path from before the first to after the last candidate; its nodes are (candidate, reading)."""
    weights = [0.0]
    for candidate in candidates:
        weights.append(weights[-1] + candidate.weight)
    boundaries = [0]
    for candidate in candidates:
        boundaries.append(boundaries[-1] + candidate.boundary)

    def aside_cost(first: int, stop: int, goes_on: bool = False) -> float:
        """Cost of leaving the candidates ``first`` to ``stop`` aside. Where the run goes on exactly behind them,
        many in a row are one quotation and cost little more than one."""
        count = stop - first
        if count == 0:
            return 0.0
        each = weights[stop] - weights[first]
        return min(each, 3.0 + log(count + 1) + 0.1 * each) if goes_on else each

    best: list[tuple[float, tuple[int, int] | None]] = []  # parallel to nodes
    nodes: list[tuple[int, int]] = []
    first_node: list[int] = []  # index of a candidate's first node
    at_value: dict[int, list[int]] = defaultdict(list)  # value that a node waits for -> recent nodes
    strong: list[int] = []  # recent nodes of strong candidates
    for index, candidate in enumerate(candidates):
        first_node.append(len(nodes))
        window_start = first_node[max(0, index - _WINDOW)]
        fresh: list[int] = []
        for reading, ordinal in enumerate(candidate.ordinals):
            cost = aside_cost(0, index) + _start_cost(ordinal)
            parent: tuple[int, int] | None = None
            near = range(window_start, first_node[index])
            far = [n for n in at_value[ordinal.value] if n < window_start]
            far.extend(n for n in strong if n < window_start and n not in far)
            for node in (*far, *near):
                earlier, earlier_reading = nodes[node]
                before = candidates[earlier].ordinals[earlier_reading]
                boundary = boundaries[index + 1] > boundaries[earlier + 1]
                # a quotation inside a division doesn't take the run over into an annex
                goes_on = ordinal.value == before.end + 1 and not boundary
                skipped = aside_cost(earlier + 1, index, goes_on)
                total = best[node][0] + skipped + _step_cost(before, ordinal, boundary)
                if total < cost - 1e-9:
                    cost, parent = total, (earlier, earlier_reading)
            fresh.append(len(nodes))
            nodes.append((index, reading))
            best.append((cost + ordinal.cost, parent))
        for node in fresh:
            ordinal = candidate.ordinals[nodes[node][1]]
            waiting = at_value[ordinal.end + 1]
            waiting.append(node)
            del waiting[:-_SAME_PLACE]
        if candidate.weight >= _STRONG:
            strong.extend(fresh)
            del strong[:-_STRONG_WINDOW]
    if not nodes:
        return []
    total = len(candidates)
    final = min(range(len(nodes)), key=lambda n: best[n][0] + aside_cost(nodes[n][0] + 1, total))
    position = {node: n for n, node in enumerate(nodes)}
    chain: list[Member] = []
    step: tuple[int, int] | None = nodes[final]
    while step is not None:
        chain.append(Member(step[0], candidates[step[0]].ordinals[step[1]]))
        step = best[position[step]][1]
    return chain[::-1]


def _explain(members: list[Member], candidates: Sequence[Candidate], stop: int) -> Run:
    holes: list[Hole] = []
    first = members[0].ordinal
    if first.value > 1:
        holes.append(Hole(-1, 0, 1, first.value - 1))
    # Where numbers occur with a letter or bis only (1-1, 1-2; 27A throughout), their bare form is not absent.
    bare = {m.ordinal.value for m in members if not m.ordinal.suffix}
    lettered = {m.ordinal.value for m in members if m.ordinal.suffix}
    letters_only = len(lettered - bare) > 2 and len(lettered - bare) > len(lettered & bare)
    for at in range(1, len(members)):
        before, after = members[at - 1].ordinal, members[at].ordinal
        if after.value - before.end > 1:
            holes.append(Hole(at - 1, at, before.end + 1, after.value - 1))
        elif after.value == before.end + 1 and after.suffix and not letters_only:
            holes.append(Hole(at - 1, at, after.value, after.value))
    return Run(tuple(members), tuple(holes), tuple(_asides(members, holes, candidates, stop)))


def _asides(members: list[Member], holes: list[Hole], candidates: Sequence[Candidate], stop: int) -> list[Aside]:
    """Candidates as strong as members, alone between two of them, whose number the run itself explains."""
    absent = {value: at for at, hole in enumerate(holes) if len(hole.values) <= _LARGE for value in hole.values}
    found: list[Aside] = []
    bounds = [m.candidate for m in members] + [stop]
    for at, member in enumerate(members):
        between = range(member.candidate + 1, bounds[at + 1])
        if len(between) != 1:  # several in a row are a quotation or another series
            continue
        index = between[0]
        candidate = candidates[index]
        if candidate.weight < 1.0 or candidate.boundary:
            continue
        hole = next((h for h in holes if h.before == at), None)
        if at + 1 == len(members):
            expected = member.ordinal.end + 1 if candidate.ordinals[0].value <= member.ordinal.end else None
        else:
            expected = hole.values[0] if hole is not None and len(hole.values) == 1 else None
        ordinal = candidate.ordinals[0]
        neighbours = [member.ordinal] + ([members[at + 1].ordinal] if at + 1 < len(members) else [])
        if any(ordinal.value == n.value and ordinal.suffix == n.suffix for n in neighbours):
            found.append(Aside(index, "repeated", ordinal, at, expected))
        elif ordinal.value in absent:
            found.append(Aside(index, "misplaced", ordinal, at, expected, absent[ordinal.value]))
        elif expected is not None and at + 1 < len(members):
            found.append(Aside(index, "misplaced", ordinal, at, expected))
    return found
