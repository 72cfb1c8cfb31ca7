"""Values of one text in two languages: which the one has and the other lacks, unit by unit, in both directions.

The values of matched units (`values`) are compared as multisets. Equal ones cancel each other first; then what is the
same and written otherwise: a date that says less, a symbol whose letters are translated, a number in words, a number
in the neighbouring unit, where the other language puts the sentence. What is left on both sides of one unit is a value
that differs; what is left on one side alone is reported where the other side does not have it anywhere near.

A way of writing (letters, Roman figures, …) that the two texts do not share often enough is not compared, and said so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.differences import Difference, Kind, SideName
from auditor.alignment.number_words import spelled_numbers
from auditor.alignment.values import Value, same_date, values
from auditor.alignment.version_matching import label_numbers
from auditor.analysis.languages import languages
from auditor.document import Span, hull, point

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

#: How many matches to either side a value may have moved.
_NEAR = 2
#: A way of writing is compared where the other text has this share of what is written so.
_SHARED = 0.8
_FEWEST = 5
#: What it takes to tell texts that belong together from others.
_FEWEST_VALUES = 8
_FEWEST_GROUPS = 3
_NEARLY_ALL = 0.85
_NUMBERS = frozenset({"number", "reference"})
_FIGURES = re.compile(r"\d+")


class _Group(msgspec.Struct):
    """The values of matched units that nothing on the other side explains yet; ``spoken``: those where the other side
    says another number in words."""

    a: list[Value]
    b: list[Value]
    units_a: Sequence[int]
    units_b: Sequence[int]
    division: int
    spoken: list[Value]


class Comparison(msgspec.Struct, frozen=True):
    """What the comparison of values gave; ``notes`` say what could not be compared."""

    differences: tuple[Difference, ...]
    notes: tuple[str, ...]


def compare_values(pair: Pair) -> Comparison:
    """Compare the values of matched units."""
    groups = _groups(pair)
    found: list[Difference] = []
    total: Counter[tuple[str, str]] = Counter()
    for group in groups:
        for side, listed in (("a", group.a), ("b", group.b)):
            total.update((side, value.written) for value in listed)
        found.extend(_cancelled(group))
        _explained_by_words(pair, group)
    _cancel_near(groups)
    left = Counter((side, v.written) for g in groups for side, vs in (("a", g.a), ("b", g.b)) for v in vs)
    odd = {key for key, number in left.items() if number >= _FEWEST and number > (1 - _SHARED) * total[key]}
    written_alike = {written for _, written in odd if written in ("letter", "roman")}
    for group in groups:
        found.extend(_left_over(pair, group, odd, written_alike))
    return Comparison(tuple(found), tuple(_notes(pair, odd)))


def agreement(pair: Pair, structure: float | None) -> float:
    """How far two versions agree, from 0 to 1, in their structure (None where there is too little) and in the values
    that matched units mention: of texts that belong together nearly all agree, of others hardly any. Where there are
    too few values to tell, whether nearly all units were matched."""
    groups = _groups(pair)
    units = len(pair.a.units) + len(pair.b.units)
    matched = sum(len(group.units_a) + len(group.units_b) for group in groups)
    if not units or (structure is None and len(groups) < _FEWEST_GROUPS and units > 2 * _FEWEST_GROUPS):
        return 0.0
    in_a, in_b = (sum(len(values) for values in listed) for listed in ([g.a for g in groups], [g.b for g in groups]))
    if min(in_a, in_b) < _FEWEST_VALUES:
        if structure is not None:
            return structure
        return matched / units if matched >= _NEARLY_ALL * units else 0.0
    for group in groups:
        _cancelled(group)
    left = min(sum(len(g.a) for g in groups) / in_a, sum(len(g.b) for g in groups) / in_b)
    return min(1 - left, matched / units if structure is None else structure)


def _notes(pair: Pair, odd: set[tuple[str, str]]) -> Iterator[str]:
    names = {"letter": "letters", "roman": "Roman figures", "han": "Chinese figures", "digits": "figures"}
    for name, side, other in (("a", pair.a, pair.b), ("b", pair.b, pair.a)):
        for written in sorted(written for s, written in odd if s == name):
            yield (
                f"Too many of the values that {side.label} writes in {names.get(written, written)} are written in "
                f"another way in {other.label}; those that stand in {side.label} alone are not reported."
            )


def _groups(pair: Pair) -> list[_Group]:
    own = [_by_unit(side) for side in (pair.a, pair.b)]
    found = []
    division = 0
    for match in pair.matching.matches:
        head_a, head_b = pair.a.units[match.a[0]], pair.b.units[match.b[0]]
        if head_a.key is not None:
            division += 1
        if head_a.kind == head_b.kind == "heading" and (head_a.key is None) != (head_b.key is None):
            continue  # a heading whose label is unknown keeps its number
        a = [value for i in match.a for value in own[0].get(i, ())]
        b = [value for j in match.b for value in own[1].get(j, ())]
        found.append(_Group(a, b, match.a, match.b, division, []))
    return found


def _by_unit(side: Side) -> dict[int, list[Value]]:
    """The values of each unit of a side; labels and the numbers of divisions are none."""
    starts = [unit.span.start for unit in side.units]
    found: dict[int, list[Value]] = defaultdict(list)
    headed: set[int] = set()
    for value in values(side.document):
        at = bisect_left(starts, value.span.start + 1) - 1
        if at < 0 or not side.units[at].span.covers(value.span):
            continue
        unit = side.units[at]
        if unit.label_span is not None and unit.label_span.overlaps(value.span):
            continue
        if unit.key is not None and at not in headed and value.value == str(unit.key[1]):
            headed.add(at)
            continue
        found[at].append(value)
    return found


# ------------------------------------------------------------------------------------------- what is the same


def _cancelled(group: _Group) -> list[Difference]:
    """Take away what both sides have; yields differences of form."""
    forms: list[Difference] = []
    for test in (_equal, _equal_number, _equal_date, _equal_symbol, _equal_by_own_marks):
        left: list[Value] = []
        for one in group.a:
            at = next((n for n, other in enumerate(group.b) if test(one, other)), None)
            if at is None:
                left.append(one)
                continue
            other = group.b.pop(at)
            if test is _equal and (one.strict or other.strict) and one.strict != other.strict:
                forms.append(_difference("number", one.span, other.span, None, "format"))
        group.a = left
    for own, others in ((group.a, group.b), (group.b, group.a)):
        _explained_by_parts(own, others)
    return forms


def _equal(one: Value, other: Value) -> bool:
    return (
        one.value == other.value and one.kind == other.kind and (one.written == "letter") == (other.written == "letter")
    )


def _equal_number(one: Value, other: Value) -> bool:
    return (
        one.value == other.value
        and {one.kind, other.kind} <= _NUMBERS
        and (one.written == "letter") == (other.written == "letter")
    )


def _equal_date(one: Value, other: Value) -> bool:
    return one.kind == other.kind == "date" and same_date(one.value, other.value)


def _equal_symbol(one: Value, other: Value) -> bool:
    if one.kind != "symbol" or other.kind != "symbol":
        return False
    figures = _FIGURES.findall(one.value)
    return bool(figures) and [int(f) for f in figures] == [int(f) for f in _FIGURES.findall(other.value)]


def _equal_by_own_marks(one: Value, other: Value) -> bool:
    return bool(
        (one.strict and one.strict in (other.value, other.strict)) or (other.strict and other.strict == one.value)
    )


def _explained_by_parts(own: list[Value], others: list[Value]) -> None:
    """A date, symbol or time whose numbers stand one by one on the other side."""
    for one in list(own):
        if one.kind in _NUMBERS:
            continue
        wanted = [str(int(f)) for f in _FIGURES.findall(one.value)]
        if one.kind == "date" and ":" not in one.value:
            year, _, day = one.value.split("-")
            wanted = [part for part in (year, day) if part != "?"]
        picked: list[Value] = []
        for figure in wanted:
            match = next((v for v in others if v.kind in _NUMBERS and v.value == figure and v not in picked), None)
            if match is not None:
                picked.append(match)
        if wanted and len(picked) == len(wanted):
            own.remove(one)
            for value in picked:
                others.remove(value)


def _explained_by_words(pair: Pair, group: _Group) -> None:
    """Numbers that the other side says in words, which its own side does not, or as the label of a point."""
    if not group.a and not group.b:
        return
    said_a, said_b = _said(pair.a, group.units_a), _said(pair.b, group.units_b)
    for own, side, units, said in (
        (group.a, pair.b, group.units_b, said_b - said_a),
        (group.b, pair.a, group.units_a, said_a - said_b),
    ):
        if len(units) > 1:  # points that the other side has in one paragraph, with their labels inside
            said.update(str(n) for j in units for n in label_numbers(side.units[j].label))
        for value in list(own):
            numbers = _numbers_of(value)
            if numbers and all(said[number] > 0 for number in numbers):
                said.subtract(numbers)
                own.remove(value)
    # A number in figures where the other side says another one in words.
    spoken_a, spoken_b = _large(said_a - said_b), _large(said_b - said_a)
    for own, spoken in ((group.a, spoken_b), (group.b, spoken_a)):
        plain = [v for v in own if v.kind in _NUMBERS and v.written in ("han", "digits")]
        if len(plain) == len(spoken) == 1 and len(plain[0].value) == len(spoken[0]) and not (group.a and group.b):
            group.spoken.append(plain[0])


def _said(side: Side, units: Sequence[int]) -> Counter[str]:
    said: Counter[str] = Counter()
    listed = values(side.document)
    for index in units:
        unit = side.units[index]
        language = languages(side.document)[unit.block]
        text = side.document.text
        at = unit.span.start
        pieces = []
        first = bisect_left(listed, at, key=lambda value: value.span.start)
        for value in listed[first:]:  # what is a value already is not said once more
            if value.span.start >= unit.span.end:
                break
            pieces.append(text[at : value.span.start])
            at = value.span.end
        pieces.append(text[at : unit.span.end])
        said.update({str(n): times for n, times in spelled_numbers(" 0 ".join(pieces), language).items()})
    return said


def _large(said: Counter[str]) -> list[str]:
    """Numbers in words that are hardly anything but numbers."""
    return [number for number in said if int(number) >= 10]


def _numbers_of(value: Value) -> list[str]:
    """The numbers that words may say in the place of a value; of a date its day and year."""
    if value.kind == "date":
        return [part for part in value.value.replace(":", "-").split("-")[::2] if part != "?"]
    if value.kind not in _NUMBERS or value.written == "letter":
        return []
    return [value.value]


def _cancel_near(groups: Sequence[_Group]) -> None:
    """Values that stand in a neighbouring unit of the same division on the other side."""
    for at, group in enumerate(groups):
        if not group.a and not group.b:
            continue
        for near in (*range(at - 1, at - 1 - _NEAR, -1), *range(at + 1, at + 1 + _NEAR)):
            if not 0 <= near < len(groups) or groups[near].division != group.division:
                continue
            other = groups[near]
            for own, theirs in ((group.a, other.b), (group.b, other.a)):
                for value in list(own):
                    same = next((v for v in theirs if _equal_number(value, v) or _equal(value, v)), None)
                    if same is not None:
                        own.remove(value)
                        theirs.remove(same)


# -------------------------------------------------------------------------------------------- what is not


#: What may stand for what: kinds of value, and whether they are letters.
_CLASSES = (
    (frozenset({"symbol"}), False),
    (frozenset({"date"}), False),
    (frozenset({"time"}), False),
    (_NUMBERS, False),
    (_NUMBERS, True),
)


def _left_over(pair: Pair, group: _Group, odd: set[tuple[str, str]], not_compared: set[str]) -> Iterator[Difference]:
    left_a = [v for v in group.a if v.written not in not_compared]
    left_b = [v for v in group.b if v.written not in not_compared]
    for kinds, letters in _CLASSES:
        a, b = (
            [v for v in left if v.kind in kinds and (v.written == "letter") == letters] for left in (left_a, left_b)
        )
        both = min(len(a), len(b))
        for one, other in zip(a[:both], b[:both], strict=True):
            kind: Kind = _kind(one if one.kind != "number" else other)
            yield _difference(kind, one.span, other.span, None, "other")
        for value in a[both:]:
            if ("a", value.written) not in odd and (_is_told_alone(value) or value in group.spoken):
                yield _difference(_kind(value), value.span, _place(pair.b, group.units_b), "b", "lost")
        for value in b[both:]:
            if ("b", value.written) not in odd and (_is_told_alone(value) or value in group.spoken):
                yield _difference(_kind(value), _place(pair.a, group.units_a), value.span, "a", "lost")


def _kind(value: Value) -> Kind:
    return "number" if value.kind == "time" else value.kind


def _is_told_alone(value: Value) -> bool:
    """Whether a value that the other side lacks says something by itself; "one" and "two" are said in many ways."""
    if value.kind in _NUMBERS:
        return value.written == "digits" and value.value not in ("0", "1", "2")
    return True


def _place(side: Side, units: Sequence[int]) -> Span:
    """Where a unit would have it: the whole unit."""
    return hull(side.units[j].span for j in units) if units else point(side.span.end)


def _difference(kind: Kind, a: Span, b: Span, lacking: SideName | None, detail: str) -> Difference:
    return Difference(kind, a, b, "", "", lacking, detail)
