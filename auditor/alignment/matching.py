"""Matching units: which unit of one text is which of the other.

Structure first: numbered headings match headings of the same kind and number, and never others. Headings and
paragraphs that are equal and stand once in either text are anchors (the heaviest chain of them that keeps its order in
both is taken, as patience sorting does); between two anchors units are matched by dynamic programming over their
likeness, where leaving a unit alone costs nothing and merging two of one side is dear: what is looked for is what is
missing. Where no paragraph is equal, stretches of four tokens that stand once in either text are anchors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from auditor.alignment.tokens import Alphabet, masked
from auditor.alignment.units import Unit

#: Least likeness of two units that are matched.
_LEAST = 0.45
_MERGE_COST = 0.1
#: What a pair gains beyond its likeness must exceed this, so that two good pairs beat one good and a chance.
_PAIR_COST = 0.4
_MOVED = 0.8
_MOVED_TOKENS = 6
_ANCHOR_TOKENS = 5
#: A unit is absorbed by the match beside it when this share of its words is found there.
_ABSORBED = 0.6
_TABLE = 60_000
_GRAM = 4
_HEADING_WEIGHT = 60


class Match(msgspec.Struct, frozen=True, gc=False):
    """Units that are the same in both texts, as indexes; more than one on a side where paragraphs were merged."""

    a: tuple[int, ...]
    b: tuple[int, ...]


#: What decided a match of versions: equal numbers, values that both mention, lengths, learned words, the encoder.
Rung = Literal["numbers", "values", "lengths", "words", "encoder"]


class Matching(msgspec.Struct, frozen=True):
    """``matches`` in order; the units left alone; and the pairs that stand in another order (``moved``).

    rungs  of versions, for each match what decided it
    """

    matches: tuple[Match, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]
    rungs: tuple[Rung, ...] = ()


class _Sides:
    """Both texts as strings of masked tokens."""

    def __init__(self, a: Sequence[Unit], b: Sequence[Unit], alphabet: Alphabet) -> None:
        self.a = a
        self.b = b
        self.code_a = [alphabet.encode([masked(word) for word in unit.words]) for unit in a]
        self.code_b = [alphabet.encode([masked(word) for word in unit.words]) for unit in b]

    def identity(self, unit: Unit, code: str) -> object:
        """What makes a unit an anchor; None for one that says too little."""
        if unit.kind == "heading" and unit.key is not None:
            return unit.key
        if len(code) >= _ANCHOR_TOKENS:
            return code, unit.key
        return None


def match_units(a: Sequence[Unit], b: Sequence[Unit]) -> Matching:
    """Match the units of two texts. Roughly linear where the texts are parallel."""
    sides = _Sides(a, b, Alphabet())
    pairs = _anchors(sides)
    found: list[Match] = []
    at_a = at_b = 0
    for one, other in [*pairs, (len(a), len(b))]:
        _between(sides, range(at_a, one), range(at_b, other), found)
        if one < len(a):
            found.append(Match((one,), (other,)))
        at_a, at_b = one + 1, other + 1
    _absorb(sides, found)
    taken_a = {i for match in found for i in match.a}
    taken_b = {j for match in found for j in match.b}
    alone_a = [i for i in range(len(a)) if i not in taken_a]
    alone_b = [j for j in range(len(b)) if j not in taken_b]
    moved = _moved(sides, alone_a, alone_b)
    gone_a = {i for i, _ in moved}
    gone_b = {j for _, j in moved}
    return Matching(
        tuple(found),
        tuple(i for i in alone_a if i not in gone_a),
        tuple(j for j in alone_b if j not in gone_b),
        tuple(moved),
    )


def _anchors(sides: _Sides) -> list[tuple[int, int]]:
    ids_a = [sides.identity(unit, code) for unit, code in zip(sides.a, sides.code_a, strict=True)]
    ids_b = [sides.identity(unit, code) for unit, code in zip(sides.b, sides.code_b, strict=True)]
    count_a, count_b = Counter(ids_a), Counter(ids_b)
    place = {identity: j for j, identity in enumerate(ids_b) if identity is not None and count_b[identity] == 1}
    points = []
    for i, identity in enumerate(ids_a):
        if identity is not None and count_a[identity] == 1 and identity in place:
            unit = sides.a[i]
            weight = _HEADING_WEIGHT if unit.kind == "heading" and unit.key else min(len(unit.words), 40)
            points.append((i, place[identity], weight))
    return heaviest_chain(points)


def heaviest_chain(points: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of points (i, j, weight), with ``i`` rising, those of the heaviest chain in which ``j`` rises too."""
    if not points:
        return []
    ranks = {j: rank for rank, j in enumerate(sorted({j for _, j, _ in points}), start=1)}
    size = len(ranks)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # a Fenwick tree of (weight, last point) maxima
    before = [-1] * len(points)
    end = (0, -1)
    at = 0
    while at < len(points):
        group = at
        while group < len(points) and points[group][0] == points[at][0]:
            group += 1
        gained = []
        for number in range(at, group):  # points of one i must not follow each other
            rank = ranks[points[number][1]] - 1
            top = (0, -1)
            while rank > 0:
                top = max(top, best[rank])
                rank -= rank & -rank
            before[number] = top[1]
            gained.append((top[0] + points[number][2], number))
        for value in gained:
            end = max(end, value)
            rank = ranks[points[value[1]][1]]
            while rank <= size:
                best[rank] = max(best[rank], value)
                rank += rank & -rank
        at = group
    chain = []
    number = end[1]
    while number >= 0:
        chain.append(points[number][:2])
        number = before[number]
    return chain[::-1]


def _between(sides: _Sides, a: range, b: range, found: list[Match]) -> None:
    """Match the units between two anchors."""
    start_a, end_a, start_b, end_b = a.start, a.stop, b.start, b.stop
    while start_a < end_a and start_b < end_b and _equal(sides, start_a, start_b):
        found.append(Match((start_a,), (start_b,)))
        start_a += 1
        start_b += 1
    tail: list[Match] = []
    while start_a < end_a and start_b < end_b and _equal(sides, end_a - 1, end_b - 1):
        end_a -= 1
        end_b -= 1
        tail.append(Match((end_a,), (end_b,)))
    if start_a < end_a and start_b < end_b:
        a, b = range(start_a, end_a), range(start_b, end_b)
        if len(a) * len(b) > _TABLE:
            _by_rare_grams(sides, a, b, found)
        else:
            _by_table(sides, a, b, found)
    found.extend(reversed(tail))


def _equal(sides: _Sides, i: int, j: int) -> bool:
    one, other = sides.a[i], sides.b[j]
    return sides.code_a[i] == sides.code_b[j] and one.key == other.key and one.label == other.label


def _by_rare_grams(sides: _Sides, a: range, b: range, found: list[Match]) -> None:
    """Cut a wide stretch at pairs of units that share stretches of four tokens found nowhere else in it."""
    votes: Counter[tuple[int, int]] = Counter()
    grams_a = _rare_grams(sides.code_a, a)
    for gram, j in _rare_grams(sides.code_b, b).items():
        if gram in grams_a:
            votes[grams_a[gram], j] += 1
    points = sorted((i, j, number) for (i, j), number in votes.items() if likeness(sides, (i,), (j,)) >= _LEAST)
    cuts = heaviest_chain(points)
    at_a, at_b = a.start, b.start
    for i, j in [*cuts, (a.stop, b.stop)]:
        if len(range(at_a, i)) * len(range(at_b, j)) <= _TABLE:
            _by_table(sides, range(at_a, i), range(at_b, j), found)
        # else: the stretch has nothing in common, and its units stay alone
        if i < a.stop:
            found.append(Match((i,), (j,)))
        at_a, at_b = i + 1, j + 1


def _rare_grams(codes: Sequence[str], places: range) -> dict[str, int]:
    where: dict[str, int] = {}
    for i in places:
        code = codes[i]
        for at in range(len(code) - _GRAM + 1):
            gram = code[at : at + _GRAM]
            where[gram] = i if gram not in where else -1
    return {gram: i for gram, i in where.items() if i >= 0}


def _keys(group: Sequence[Unit]) -> list[object]:
    return [unit.key for unit in group if unit.key is not None]


def likeness(sides: _Sides, i: Sequence[int], j: Sequence[int]) -> float:
    """How alike two groups of units are, from 0 to 1; 0 where their numbers forbid it."""
    from rapidfuzz.distance import Indel

    one, other = [sides.a[k] for k in i], [sides.b[k] for k in j]
    keys_a, keys_b = _keys(one), _keys(other)
    if keys_a and keys_b:
        if keys_a != keys_b:
            return 0.0
        if all(unit.kind == "heading" for unit in (*one, *other)):
            return 1.0
    elif (keys_a or keys_b) and any(unit.kind == "heading" and unit.key for unit in (*one, *other)):
        return 0.0
    code_a = sides.code_a[i[0]] if len(i) == 1 else "".join(sides.code_a[k] for k in i)
    code_b = sides.code_b[j[0]] if len(j) == 1 else "".join(sides.code_b[k] for k in j)
    if min(len(code_a), len(code_b)) < 0.3 * max(len(code_a), len(code_b)):
        return 0.0
    alike = Indel.normalized_similarity(code_a, code_b, score_cutoff=_LEAST)
    if len(i) == len(j) == 1 and alike:
        # "(a) Text" is rather "(a) Other text" than "(b) Text": labels count as a token or two of their own
        if one[0].label and other[0].label:
            alike += 0.05 if one[0].label == other[0].label else -0.1
        if (one[0].kind == "heading") != (other[0].kind == "heading"):
            alike -= 0.1
    return min(alike, 1.0)


def _by_table(sides: _Sides, a: range, b: range, found: list[Match]) -> None:
    """Dynamic programming over two stretches of units."""
    n, m = len(a), len(b)
    if not n or not m:
        return
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    step = [[""] * (m + 1) for _ in range(n + 1)]
    alike = [[likeness(sides, (a[i],), (b[j],)) for j in range(m)] for i in range(n)]
    for i in range(n + 1):
        row, steps = best[i], step[i]
        for j in range(m + 1):
            value, way = 0.0, ""
            if i and best[i - 1][j] > value:
                value, way = best[i - 1][j], "a"
            elif i:
                way = "a"
            if j and (not way or row[j - 1] > value):
                value, way = row[j - 1], "b"
            if i and j:
                if alike[i - 1][j - 1] >= _LEAST:
                    gain = best[i - 1][j - 1] + alike[i - 1][j - 1] - _PAIR_COST
                    if gain > value:
                        value, way = gain, "ab"
                if i > 1 and alike[i - 1][j - 1] < 0.95 and alike[i - 2][j - 1] < 0.95:
                    both = likeness(sides, (a[i - 2], a[i - 1]), (b[j - 1],))
                    gain = best[i - 2][j - 1] + both - _PAIR_COST - _MERGE_COST
                    if both > 0.85 and gain > value:
                        value, way = gain, "aab"
                if j > 1 and alike[i - 1][j - 1] < 0.95 and alike[i - 1][j - 2] < 0.95:
                    both = likeness(sides, (a[i - 1],), (b[j - 2], b[j - 1]))
                    gain = best[i - 1][j - 2] + both - _PAIR_COST - _MERGE_COST
                    if both > 0.85 and gain > value:
                        value, way = gain, "abb"
            row[j], steps[j] = value, way
    matches: list[Match] = []
    i, j = n, m
    while i and j:
        way = step[i][j]
        back_a, back_b = way.count("a"), way.count("b")
        if back_a and back_b:
            matches.append(Match(tuple(a[i - back_a : i]), tuple(b[j - back_b : j])))
        i, j = i - back_a, j - back_b
    found.extend(reversed(matches))


def _absorb(sides: _Sides, found: list[Match]) -> None:
    """Give units that are alone to the match beside them where the other side has their words: what one text has as
    two paragraphs, the other has as one."""
    where_a = {i: number for number, match in enumerate(found) for i in match.a}
    where_b = {j: number for number, match in enumerate(found) for j in match.b}
    for side, codes, where in (("a", sides.code_a, where_a), ("b", sides.code_b, where_b)):
        for unit in [*range(len(codes)), *reversed(range(len(codes)))]:
            if unit in where or not codes[unit]:
                continue
            for beside in (unit - 1, unit + 1):
                number = where.get(beside)
                if number is not None and _belongs(sides, found[number], side, unit):
                    match = found[number]
                    group = tuple(sorted((*(match.a if side == "a" else match.b), unit)))
                    found[number] = Match(group, match.b) if side == "a" else Match(match.a, group)
                    where[unit] = number
                    break


def _belongs(sides: _Sides, match: Match, side: str, unit: int) -> bool:
    """Whether the match's other side has most of a unit's words beyond what it has matched already."""
    from rapidfuzz.distance import Indel

    own, codes = (match.a, sides.code_a) if side == "a" else (match.b, sides.code_b)
    whole = "".join(codes[k] for k in own)
    other = "".join(sides.code_b[k] for k in match.b) if side == "a" else "".join(sides.code_a[k] for k in match.a)
    if len(other) < len(whole) + len(codes[unit]) // 2:
        return False
    grown = codes[unit] + whole if unit < own[0] else whole + codes[unit]
    gain = Indel.distance(whole, other) - Indel.distance(grown, other)
    return gain >= _ABSORBED * len(codes[unit])


def _moved(sides: _Sides, alone_a: list[int], alone_b: list[int]) -> list[tuple[int, int]]:
    """Units left alone on both sides that are the same text in another place."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for j in alone_b:
        if len(sides.code_b[j]) >= _MOVED_TOKENS:
            by_code[sides.code_b[j]].append(j)
    moved: list[tuple[int, int]] = []
    left: list[int] = []
    for i in alone_a:
        code = sides.code_a[i]
        if len(code) < _MOVED_TOKENS:
            continue
        if by_code.get(code):
            moved.append((i, by_code[code].pop(0)))
        else:
            left.append(i)
    rest = [j for places in by_code.values() for j in places]
    if len(left) * len(rest) <= 2500:
        for i in left:
            ranked = [(likeness(sides, (i,), (j,)), j) for j in rest]
            if ranked and max(ranked)[0] >= _MOVED:
                j = max(ranked)[1]
                moved.append((i, j))
                rest.remove(j)
    return sorted(moved)


def runs_of(indexes: Sequence[int]) -> list[tuple[int, ...]]:
    """Rising indexes cut where they do not follow each other."""
    if not indexes:
        return []
    cuts = [0, *(at for at, (x, y) in enumerate(pairwise(indexes), start=1) if y != x + 1), len(indexes)]
    return [tuple(indexes[x:y]) for x, y in pairwise(cuts)]


def following(matches: Sequence[Match], side: str, index: int) -> int | None:
    """Index, on the other side, of the unit matched next after the unit ``index`` of ``side`` ("a" or "b")."""
    ends = [match.a[0] if side == "a" else match.b[0] for match in matches]
    at = bisect_right(ends, index)
    if at == len(matches):
        return None
    return matches[at].b[0] if side == "a" else matches[at].a[0]
