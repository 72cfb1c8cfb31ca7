"""Habits: what the divisions of one series have in common in this document.

How long they are, how they open, and what follows what inside them. The last is kept as a table of shapes: after a
unit of this form and ending comes a unit of that shape, or the division's end. A heading that is lost between two
units leaves two divisions' words side by side; how much likelier "an end and a beginning" is there than "one goes on
with the other" is a ratio of two such shares (`Habits.seam`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log, sqrt
from pathlib import Path

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.outline.divisions import Series, outline
from auditor.analysis.outline.stretches import Unit, units_of
from auditor.document import Document

#: So many divisions are looked at.
_MOST = 400
_LONGEST = 30
#: Where a series has fewer divisions, those of other series like it are looked at too, up to that number.
_ENOUGH = 40
_NUMBERED = re.compile(r"\d+\.#")
_END = "end"
#: A document's own shares are drawn towards the usual ones as if so many more units had been seen.
_USUAL_WEIGHT = 2.0
#: The usual share of divisions of one unit; those of more units are rarer by degrees.
_FEW_UNITS = 0.3
#: Chance of a title behind a lost heading where the document has no titles in blocks of their own.
_TITLE_APART = 0.1
_FLOOR = 1e-3


class Shapes(msgspec.Struct, frozen=True):
    """Usual shares, learned from statutes and treaties: of first shapes, and of what follows a form and ending."""

    first: dict[str, float]
    later: dict[str, dict[str, float]]


@cache
def usual_shapes() -> Shapes:
    """The learned shares."""
    data = Path(__file__).parents[1] / "data" / "shapes.json"
    return msgspec.convert(json.loads(data.read_text("utf-8")), Shapes, strict=False)


class Entry(msgspec.Struct, frozen=True):
    """A division as it is counted: the index of its series, its units and its number; ``only_first`` where its text
    may hold another's as well."""

    series: int
    units: tuple[Unit, ...]
    number: int
    only_first: bool = False


class Shape(msgspec.Struct, frozen=True, gc=False):
    """A unit's shape: as one that goes on with the units before it, as one that opens a division, and as context for
    what follows."""

    later: str
    first: str
    context: str


class Habits(msgspec.Struct, frozen=True):
    """How the divisions of one series look in this document.

    first, later   counts of the opening words of their first and of their later units (one word and two)
    log_mean, log_spread   of the lengths of divisions in words
    unit_mean      mean number of units
    numbered       share whose first unit opens with the number 1
    running        share whose first unit opens with another number: paragraphs that are counted through
    titled         share whose first unit is a title
    own_number     share that open with the division's own number ("12.—(1) …" under "12 Penalties")
    own_form       the form in which that number stands most often
    glued          share whose first unit opens with a title glued to its text
    unit_counts    how many divisions have 1, 2, 3 … units
    gaps           how many later units stand behind 0, 1, 2 … empty lines
    first_shapes   counts of the shapes of first units
    following      counts of what follows a form and ending: a shape, or the end
    """

    first: Counter[str]
    later: Counter[str]
    first_total: int
    later_total: int
    log_mean: float
    log_spread: float
    unit_mean: float
    unit_spread: float
    numbered: float
    running: float
    titled: float
    own_number: float
    own_form: str
    glued: float
    unit_counts: Counter[int]
    gaps: Counter[int]
    count: int
    first_shapes: Counter[str]
    following: dict[str, Counter[str]]

    def first_share(self, shape: str) -> float:
        """Share of divisions that begin with a unit of this shape."""
        usual = usual_shapes().first.get(shape, _FLOOR)
        return (self.first_shapes[shape] + _USUAL_WEIGHT * usual) / (self.first_shapes.total() + _USUAL_WEIGHT)

    def following_share(self, context: str, what: str) -> float:
        """Share of the units of a form and ending that are followed by this shape, or by the division's end."""
        usual = usual_shapes().later.get(context, {}).get(what)
        if usual is None:
            usual = usual_shapes().later.get("", {}).get(what, _FLOOR)
        counts = self.following.get(context)
        seen, total = (counts[what], counts.total()) if counts is not None else (0, 0)
        return (seen + _USUAL_WEIGHT * usual) / (total + _USUAL_WEIGHT)

    def seam(self, context: str, unit: Shape, following: Shape | None = None) -> float:
        """Logarithm of how much likelier a division's end and another's beginning are here than its going on.

        A title is judged with the unit ``following`` it: it may have stood behind the lost heading even where this
        document's headings and titles stand on one line.
        """
        here = self.following_share(context, _END)
        onward = self.following_share(context, unit.later)
        if following is None:
            return log(here * self.first_share(unit.first) / onward)
        title = max(self.first_share(unit.first), _TITLE_APART)
        goes_on = onward * self.following_share(unit.context, following.later)
        return log(here * title * self.first_share(following.first) / goes_on)

    def fits(self, length: float) -> float:
        """How well a length in words suits a division (log-normal, without the constant)."""
        deviation = (log(1 + length) - self.log_mean) / max(self.log_spread, 0.25)
        return max(-0.5 * deviation * deviation, -8.0)

    def units_fit(self, count: int) -> float:
        """Logarithm of the share of divisions with so many units, evened out over the neighbouring counts."""
        count = min(count, _LONGEST)
        near = self.unit_counts[count - 1] + self.unit_counts[count + 1]
        usual = _FEW_UNITS * (1 - _FEW_UNITS) ** (count - 1)
        seen = self.unit_counts[count] + 0.25 * near + _USUAL_WEIGHT * usual
        return log(seen / (1.5 * self.count + _USUAL_WEIGHT))


def shapes_of(units: Iterable[Unit], own_form: str = "", own_numbers: Sequence[int] = ()) -> list[Shape]:
    """The shape of each unit of a stretch.

    Numbers are told apart by their form and by whether they go on from the last one of that form (+), are a first
    one (1), a first one again (!), or neither (x); ``own_numbers`` in ``own_form`` are a division's own (o).
    """
    reached: dict[str, int] = {}
    found: list[Shape] = []
    for unit in units:
        if unit.readings:
            last = reached.get(unit.form)
            value = unit.enumerator
            later = unit.form + "x"
            if last is not None and last + 1 in unit.readings:
                later, value = unit.form + "+", last + 1
            elif 1 in unit.readings:
                later, value = unit.form + ("1" if last is None else "!"), 1
            reached[unit.form] = max(value, unit.last_number) if unit.paragraph_number else value
            own = unit.form == own_form and any(value in own_numbers for value in unit.readings)
            first = unit.form + ("o" if own else "1" if 1 in unit.readings else "x")
            if unit.inner_form:
                reached[unit.inner_form] = 1
            base = unit.inner_form or unit.form
        else:
            base = "title" if unit.title_like else unit.form or "text"
            if not unit.text_kind:
                base = "other"
            later = first = base + ("_" if unit.opens_lower else "")
        found.append(Shape(later, first, f"{base} {'title' if unit.title_like else unit.ending}{'*' * unit.noted}"))
    return found


@fact
def _series_alike(document: Document) -> dict[tuple[str, str], list[Series]]:
    """Series by what those have in common whose divisions are alike."""
    found: dict[tuple[str, str], list[Series]] = {}
    for series in outline(document).series:
        found.setdefault(_likeness(series), []).append(series)
    return found


def _likeness(series: Series) -> tuple[str, str]:
    """The same for the articles of chapters that count each for itself ("Article 9.#")."""
    return series.kind, _NUMBERED.sub("#", series.pattern).casefold()


def _counted(document: Document, series: Series, most: int) -> list[Entry]:
    plan = outline(document)
    # What stands before a hole may hold the lost text as well: only its opening counts.
    doubtful = {series.members[hole.before] for hole in series.run.holes if hole.before >= 0}
    found = []
    for member in series.members[:most]:
        division = plan.divisions[member]
        units = units_of(document, division.body)
        if units:
            number = division.number.value if division.number is not None else 0
            found.append(Entry(series.index, tuple(units), number, member in doubtful))
    return found


def entries(document: Document, series: Series) -> list[Entry]:
    """The divisions that show the habits of a series: its own, and where they are few, those of series like it."""
    found = _counted(document, series, _MOST)
    if len(found) < _ENOUGH:
        for other in _series_alike(document)[_likeness(series)]:
            if other.index != series.index:
                found.extend(_counted(document, other, _ENOUGH - len(found)))
            if len(found) >= _ENOUGH:
                break
    return found


def habits(document: Document, series: Series) -> Habits:
    """What the divisions of a series have in common."""
    return habits_of(entries(document, series))


def habits_of(counted: Sequence[Entry]) -> Habits:
    """What divisions have in common."""
    first: Counter[str] = Counter()
    later: Counter[str] = Counter()
    lengths: list[float] = []
    units_each: list[float] = []
    numbered = running = titled = glued = later_total = 0
    own_forms: Counter[str] = Counter()
    gaps: Counter[int] = Counter()
    for entry in counted:
        head = entry.units[0]
        if 1 < entry.number == head.enumerator:
            own_forms[head.form] += 1
    own_form = own_forms.most_common(1)[0][0] if own_forms else ""
    first_shapes: Counter[str] = Counter()
    following: dict[str, Counter[str]] = {}
    for entry in counted:
        units = entry.units
        head = units[0]
        shapes = shapes_of(units, own_form, (entry.number,))
        first.update(opening_keys(head))
        first_shapes[shapes[0].first] += 1
        if head.title_like and len(units) > 1:  # the title may be lost with the heading
            first.update(opening_keys(units[1]))
            first_shapes[shapes[1].first] += 1
        if entry.only_first:
            continue
        for unit in units[1:]:
            later.update(opening_keys(unit))
            gaps[min(unit.blank_lines, 3)] += 1
        later_total += len(units) - 1
        for at, shape in enumerate(shapes):
            what = shapes[at + 1].later if at + 1 < len(shapes) else _END
            following.setdefault(shape.context, Counter())[what] += 1
        lengths.append(log(1 + sum(u.length for u in units)))
        units_each.append(float(len(units)))
        numbered += head.enumerator == 1 or (head.title_like and len(units) > 1 and units[1].enumerator == 1)
        running += head.paragraph_number and head.enumerator > 1
        titled += head.title_like and len(units) > 1
        glued += head.glued_title
    count = len(lengths)
    mean, spread = _mean_spread(lengths, 4.5, 0.8)
    unit_mean, unit_spread = _mean_spread(units_each, 2.0, 1.0)
    return Habits(
        first=first,
        later=later,
        first_total=len(counted),
        later_total=later_total,
        log_mean=mean,
        log_spread=spread,
        unit_mean=unit_mean,
        unit_spread=unit_spread,
        numbered=numbered / count if count else 0.0,
        running=running / count if count else 0.0,
        titled=titled / count if count else 0.0,
        own_number=own_forms[own_form] / max(sum(entry.number > 1 for entry in counted), 1),
        own_form=own_form,
        glued=glued / count if count else 0.0,
        unit_counts=Counter(min(int(n), _LONGEST) for n in units_each),
        gaps=gaps,
        count=count,
        first_shapes=first_shapes,
        following=following,
    )


def _mean_spread(values: Sequence[float], mean: float, spread: float) -> tuple[float, float]:
    """Mean and standard deviation, drawn towards a usual value where there are few."""
    weight = 2.0
    total = len(values) + weight
    centre = (sum(values) + weight * mean) / total
    variance = (sum((v - centre) ** 2 for v in values) + weight * spread**2) / total
    return centre, sqrt(variance)


def opening_keys(unit: Unit) -> tuple[str, ...]:
    """What is counted of a unit's opening: its first word and its first two."""
    return (unit.words[0], " ".join(unit.words[:2])) if unit.words else ()
