"""Lists: which marks count together, and which number each of them is.

One mark says little: "(i)" is the letter after (h) or the Roman one, "2." at a line's beginning the second paragraph or
the end of a date. So the cheapest account of all marks is sought. A mark goes on with an open list, opens a new one,
or is left aside; going on with the next number costs nothing, a gap, a restart, a change of brackets or a repaired
confusion costs something, and leaving aside costs as much as the mark looks like an enumerator. Lists inside lists are
a stack: going on with an outer list closes the inner ones.

The method is a beam search over stacks (a handful of accounts are kept as long as they cost nearly the same), so later
marks decide about earlier ones, and the time is linear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Literal, NamedTuple

import msgspec

from auditor.analysis.enumerators.marks import Boundary, Mark
from auditor.analysis.enumerators.readings import Reading

Account = Literal["goes on", "opens", "stands for"]

_BEAM = 6
_MARGIN = 2.0
_MARGIN_WHEN_SURE = 1.0
_DEEPEST = 7
_OPEN = 0.15
_RESTART = 0.6
_OTHER_BRACKETS = 1.2
_DAMAGE = 0.4
_RARE_DAMAGE = 0.9
_CROSSING = 1.2
_GAP = 0.9
_UNKNOWN_START = 1.3
_MISNUMBERED = 1.75
_NEVER = 9.0
_STRONG = 0.7


class Item(msgspec.Struct, frozen=True, gc=False):
    """A mark as a member of a list: the reading chosen for it.

    meant   the number that its place asks for; another than ``reading.value`` where the mark is misnumbered
    """

    mark: int
    reading: Reading
    meant: int


class MarkList(msgspec.Struct, frozen=True, gc=False):
    """Marks that count together, in order; ``outers`` says of each which item of another list it stands under, as
    (list, place in it), or None."""

    items: tuple[Item, ...]
    outers: tuple[tuple[int, int] | None, ...]


class Lists(msgspec.Struct, frozen=True):
    """The lists in the order of their first marks, and the marks that belong to none."""

    lists: tuple[MarkList, ...]
    aside: tuple[int, ...]
    runs_on: frozenset[tuple[str, str, str, bool]]


class _Open(NamedTuple):
    """An open list on the stack."""

    system: str
    prefix: tuple[int, ...]
    opener: str
    closer: str
    value: int
    rank: int
    number: int  # which list: the index of its first mark
    boundary: int
    inline: bool
    where: int


_Stack = tuple[_Open, ...]
#: Mark, reading, number meant, the list's first mark, the first marks of the lists around it; linked backwards.
_Step = tuple["_Step | None", int, Reading, int, int, int]


_Found = list[tuple[float, _Stack, "_Step | None"]]


class _State(NamedTuple):
    cost: float
    stack: _Stack
    step: _Step | None


Habit = tuple[str, str, str, bool]


def habits(marks: Sequence[Mark], boundaries: Sequence[Boundary]) -> frozenset[Habit]:
    """Forms whose numbers run on behind headings in this document: (system, opener, closer, heading with a number)."""
    last: dict[tuple[str, str, str], tuple[int, int]] = {}
    votes: Counter[tuple[Habit, bool]] = Counter()
    for mark in marks:
        if mark.place not in ("block", "line") or mark.weight < 0.35:
            continue
        reading = mark.readings[0]
        form = (reading.system, mark.opener, mark.closer)
        before = last.get(form)
        last[form] = (reading.value, mark.boundary)
        if before is None or before[1] == mark.boundary or mark.boundary == 0:
            continue
        between = boundaries[before[1] : mark.boundary]
        if any(boundary.top for boundary in between):
            continue
        counted = any(boundary.counted for boundary in between)
        if reading.value == 1:
            votes[(*form, counted), False] += 1
        elif reading.value == before[0] + 1:
            votes[(*form, counted), True] += 1
    return frozenset(habit for habit, on in votes if on and votes[habit, True] > votes[habit, False])


def find_lists(marks: Sequence[Mark], boundaries: Sequence[Boundary]) -> Lists:
    """The lists that explain the marks best. The marks of each quotation are explained by themselves: the text around
    it goes on as if it were not there."""
    streams: dict[int, list[int]] = {}
    for index, mark in enumerate(marks):
        streams.setdefault(mark.quoted, []).append(index)
    runs_on = habits([marks[index] for index in streams.get(0, ())], boundaries)
    tops = [0]
    counted = [0]
    for boundary in boundaries:
        tops.append(tops[-1] + boundary.top)
        counted.append(counted[-1] + boundary.counted)
    lists: list[MarkList] = []
    aside: list[int] = []
    for indexes in streams.values():
        states = [_State(0.0, (), None)]
        for index in indexes:
            states = _advance(states, index, marks[index], runs_on, tops, counted)
        found, left = _gather(min(states, key=_cost).step, indexes, len(lists))
        lists.extend(found)
        aside.extend(left)
    return Lists(tuple(lists), tuple(sorted(aside)), runs_on)


def _advance(
    states: list[_State], index: int, mark: Mark, runs_on: frozenset[Habit], tops: list[int], counted: list[int]
) -> list[_State]:
    """The accounts after one more mark, the cheapest first."""
    first = states[0]
    alone = len(states) == 1
    if (alone or states[1].cost > first.cost + _MARGIN_WHEN_SURE) and (
        quick := _quick(first, index, mark, alone, runs_on, counted)
    ):
        return [quick]
    found: _Found = [(state.cost + mark.weight, state.stack, state.step) for state in states]
    sure = False
    for state in states:
        for reading in mark.readings:
            exact = _continuations(found, state, index, mark, reading, runs_on, tops, counted)
            sure = sure or (exact and state is states[0])
    margin = _MARGIN_WHEN_SURE if sure else _MARGIN
    limit = min(found, key=_first)[0] + margin
    for state in states:
        if state.cost + _OPEN > limit:
            break
        for reading in mark.readings:
            if not reading.damaged or reading.value == 1:
                _openings(found, state, index, mark, reading, runs_on, counted, limit)
    best: dict[_Stack, _State] = {}
    limit = min(found, key=_first)[0] + margin
    for cost, stack, step in found:
        if cost <= limit:
            known = best.get(stack)
            if known is None or cost < known.cost - 1e-9:
                best[stack] = _State(cost, stack, step)
    return sorted(best.values(), key=_cost)[:_BEAM]


def _first(entry: tuple[float, _Stack, _Step | None]) -> float:
    return entry[0]


def _cost(state: _State) -> float:
    return state.cost


def _quick(
    state: _State, index: int, mark: Mark, alone: bool, runs_on: frozenset[Habit], counted: list[int]
) -> _State | None:
    """The one sensible account of a mark that is simply next in the innermost list or, where this state stands
    ``alone``, begins a list of its own."""
    stack = state.stack
    readings = mark.readings
    reading = readings[0]
    if reading.rank or reading.damaged or (len(readings) > 1 and not readings[1].damaged):
        return None
    opener, closer = mark.opener, mark.closer
    if stack:
        top = stack[-1]
        if reading.value == top.value + 1 and (
            reading.system == top.system
            and top.closer == closer
            and top.opener == opener
            and top.boundary == mark.boundary
            and reading.prefix == top.prefix
        ):
            fresh = _Open(
                top.system,
                top.prefix,
                opener,
                closer,
                reading.value,
                0,
                top.number,
                mark.boundary,
                top.inline,
                mark.where,
            )
            outer = stack[-2].number if len(stack) > 1 else -1
            step = (state.step, index, reading, reading.value, top.number, outer)
            return _State(state.cost, (*stack[:-1], fresh), step)
    if alone and reading.value == 1 and mark.weight >= 1.2 and mark.place == "block" and not reading.prefix:
        return _quick_opening(state, index, mark, runs_on, counted)
    return None


def _quick_opening(
    state: _State, index: int, mark: Mark, runs_on: frozenset[Habit], counted: list[int]
) -> _State | None:
    """The account in which a mark opens a list, where no open list could have it."""
    reading = mark.readings[0]
    kept: list[_Open] = []
    for entry in state.stack:
        if entry.inline:
            if entry.where == mark.where:
                return None
            continue
        like = entry.opener == mark.opener and entry.closer == mark.closer
        if entry.boundary != mark.boundary:
            numbered = counted[mark.boundary] > counted[entry.boundary]
            if (entry.system, entry.opener, entry.closer, numbered) in runs_on:
                return None
            if like and entry.system == reading.system:
                continue  # a new division, a new list
        elif like and entry.system == reading.system:
            return None
        if like and any(r.value == entry.value + 1 and r.system == entry.system for r in mark.readings):
            return None
        kept.append(entry)
    outer = kept[-1].number if kept else -1
    fresh = _Open(reading.system, (), mark.opener, mark.closer, 1, 0, index, mark.boundary, False, mark.where)
    step = (state.step, index, reading, 1, index, outer)
    return _State(state.cost + _OPEN, (*kept[-_DEEPEST:], fresh), step)


def _crossing(entry: _Open, mark: Mark, runs_on: frozenset[Habit], tops: list[int], counted: list[int]) -> float:
    """What it costs a list to go on behind headings, or a sentence's run in another paragraph."""
    cost = 0.4 if entry.inline and entry.where != mark.where else 0.0
    if entry.boundary == mark.boundary:
        return cost
    if tops[mark.boundary] > tops[entry.boundary]:
        return _NEVER
    numbered = counted[mark.boundary] > counted[entry.boundary]
    if (entry.system, entry.opener, entry.closer, numbered) in runs_on:
        return cost
    return cost + _CROSSING + (0.3 * (mark.boundary - entry.boundary - 1) if numbered else 0.0)


def _continuations(
    found: _Found, state: _State, index: int, mark: Mark, reading: Reading, runs_on: frozenset[Habit],
    tops: list[int], counted: list[int],
) -> bool:  # fmt: skip
    """Add the accounts in which the mark goes on with an open list; whether one of them costs nothing to speak of."""
    stack = state.stack
    closed = 0.0
    sure = False
    misnumbered = reading.damaged or mark.weight < _STRONG
    system, prefix, value = reading.system, reading.prefix, reading.value
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.system != system or entry.prefix != prefix:
            closed += 0.03
            continue
        distance = value - entry.value
        same = entry.opener == mark.opener and entry.closer == mark.closer
        next_one = distance == 1 or (distance == 0 and reading.rank > entry.rank)
        if not next_one and (not same or reading.damaged or (distance <= 1 and misnumbered)):
            closed += 0.4
            continue
        cost = state.cost + closed + _crossing(entry, mark, runs_on, tops, counted)
        if not same:
            cost += _OTHER_BRACKETS if value != 1 else _NEVER
        if next_one:
            cost += _damage(mark, reading) + (0.15 if reading.rank else 0.0)
            found.append(_gone_on(cost, state, depth, index, mark, reading, value))
            sure = sure or cost <= state.cost + 0.1
        elif distance > 1:
            found.append(_gone_on(cost + _GAP + 0.45 * log(distance), state, depth, index, mark, reading, value))
        if not next_one and not misnumbered and entry.boundary == mark.boundary:
            misnumbered = True
            found.append(_gone_on(cost + _MISNUMBERED, state, depth, index, mark, reading, entry.value + 1))
        closed += 0.4
    return sure


def _gone_on(
    cost: float, state: _State, depth: int, index: int, mark: Mark, reading: Reading, meant: int
) -> tuple[float, _Stack, _Step]:
    stack = state.stack
    entry = stack[depth]
    fresh = _Open(
        entry.system, entry.prefix, entry.opener, entry.closer, meant, reading.rank if meant == reading.value else 0,
        entry.number, mark.boundary, entry.inline, mark.where,
    )  # fmt: skip
    outer = stack[depth - 1].number if depth else -1
    return cost, (*stack[:depth], fresh), (state.step, index, reading, meant, entry.number, outer)


def _alike(entry: _Open, mark: Mark, reading: Reading) -> bool:
    """Whether a mark is written as the members of a list are."""
    return (
        entry.system == reading.system
        and entry.opener == mark.opener
        and entry.closer == mark.closer
        and entry.prefix == reading.prefix
    )


def _damage(mark: Mark, reading: Reading) -> float:
    """What a repaired confusion costs: little for l and 1, which scanners confuse daily."""
    if not reading.damaged:
        return 0.0
    return _DAMAGE if any(character in "lI|1" for character in mark.token) else _RARE_DAMAGE


def _openings(
    found: _Found, state: _State, index: int, mark: Mark, reading: Reading, runs_on: frozenset[Habit],
    counted: list[int], limit: float,
) -> None:  # fmt: skip
    """Add the account in which the mark opens a list, unless it costs more than the limit."""
    cost = state.cost
    if reading.value == 1 and reading.rank == 0:
        cost += _OPEN
    else:
        # A quotation may begin anywhere in the text that it quotes.
        begins = mark.quoted and not any(_alike(entry, mark, reading) for entry in state.stack)
        cost += 0.5 if begins else _UNKNOWN_START + min(0.15 * reading.value, 1.2)
    cost += _damage(mark, reading)
    inline = mark.place == "inline"
    if inline:
        cost += 0.3
    elif mark.weight < _STRONG:
        cost += 0.15 if mark.weight > 0.35 else 0.5
    if cost > limit:
        return
    restarts = 0
    kept: list[_Open] = []
    for entry in reversed(state.stack):
        if entry.inline and entry.where != mark.where:
            continue  # a sentence's run ends with its paragraph
        if _alike(entry, mark, reading):
            if entry.boundary != mark.boundary:
                numbered = counted[mark.boundary] > counted[entry.boundary]
                if (entry.system, entry.opener, entry.closer, numbered) not in runs_on:
                    continue  # a new division, a new list
            restarts += 1
            if restarts > 2:
                continue
            if restarts == 1:
                cost += _RESTART if entry.boundary == mark.boundary else _RESTART / 2
        kept.append(entry)
    kept.reverse()
    outer = kept[-1].number if kept else -1
    fresh = _Open(
        reading.system, reading.prefix, mark.opener, mark.closer, reading.value, reading.rank, index, mark.boundary,
        inline, mark.where,
    )  # fmt: skip
    found.append((cost, (*kept[-_DEEPEST:], fresh), (state.step, index, reading, reading.value, index, outer)))


def _gather(step: _Step | None, indexes: Sequence[int], before: int) -> tuple[list[MarkList], list[int]]:
    """The lists of an account, numbered from ``before``, and the marks that it leaves aside."""
    steps: list[_Step] = []
    while step is not None:
        steps.append(step)
        step = step[0]
    items: dict[int, list[Item]] = {}
    outers: dict[int, list[tuple[int, int] | None]] = {}
    order: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, reading, meant, number, outer in reversed(steps):
        taken.add(index)
        if number not in items:
            items[number] = []
            order[number] = before + len(order)
            outers[number] = []
        outers[number].append((order[outer], len(items[outer]) - 1) if outer in items else None)
        items[number].append(Item(index, reading, meant))
    lists = [MarkList(tuple(items[number]), tuple(outers[number])) for number in order]
    return lists, [index for index in indexes if index not in taken]
