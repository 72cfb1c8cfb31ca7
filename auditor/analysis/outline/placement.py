"""Placing a lost heading: which of the block boundaries between its neighbours it stood at.

Each boundary is described by features that mean the same in every language and layout (a page break, paragraph
numbers that begin anew, an opening typical of this document's divisions, a change of subject, the lengths that a
division would have). Their weights were learned by taking headings away from statutes and treaties
(`benchmarks/placement_training.py`), as a choice among the boundaries of a stretch: probability proportional to
exp(weights · features) — a conditional logit, McFadden 1974. A second set of weights judges whether the text of the
lost heading is there at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.outline.divisions import Outline, Series
from auditor.analysis.outline.stretches import Unit, tells_subject, units_of, words_of
from auditor.document import Document

_DATA = Path(__file__).parents[1] / "data"

FEATURES = (
    "after_page",
    "after_heading",
    "restart",
    "opens_first_number",
    "number_follows",
    "number_elsewhere",
    "number_missing",
    "numbers_stop",
    "opens_lower",
    "before_ends_colon",
    "before_ends_comma",
    "before_ends_none",
    "after_title",
    "first_number_after_title",
    "title_before_first_number",
    "title_expected_and_found",
    "title_found",
    "title_expected_and_missing",
    "glued_title_expected_and_found",
    "glued_title_expected_and_missing",
    "opening_word",
    "opening_two_words",
    "opening_usual",
    "cohesion_before",
    "cohesion_change",
    "length_fit",
    "set_apart",
    "item",
    "length",
    "short_before",
)

THERE_FEATURES = (
    "bias",
    "units_gain",
    "length_gain",
    "best",
    "second",
    "best_without_length",
    "too_few_places",
    "page_break",
    "restart",
    "numbers_run_through",
    "best_probability",
    "single_units",
    "double_units",
    "length_above_usual",
    "far_above_usual",
    "units_by_usual",
    "one_unit",
    "two_units",
    *(f"at best: {name}" for name in FEATURES[1:]),
)

#: Converters lose a line far more often than a whole article: odds of the one to the other before the text is seen.
THERE_PRIOR_ODDS = 4.0
#: Share of divisions that open with a number other than 1 from which on paragraphs count through.
_COUNTED_THROUGH = 0.2
_LENGTH_FIT = FEATURES.index("length_fit")


class Model(msgspec.Struct, frozen=True):
    """Weights by feature name."""

    boundary: dict[str, float]
    there: dict[str, float]


@cache
def model() -> Model:
    """The learned weights."""
    return msgspec.json.decode((_DATA / "placement.json").read_bytes(), type=Model)


@cache
def usual_openers() -> dict[str, dict[str, float]]:
    """Log-odds of opening words by language, learned from statutes."""
    data: dict[str, dict[str, float]] = json.loads((_DATA / "openers.json").read_text("utf-8"))["languages"]
    return data


class Habits(msgspec.Struct, frozen=True):
    """How the divisions of one series look in this document.

    first, later   counts of the opening words of their first and of their later units (one word and two)
    log_mean, log_spread   of the lengths of divisions in words
    unit_mean      mean number of units
    numbered       share whose first unit opens with the number 1
    running        share whose first unit opens with another number: paragraphs that are counted through
    titled         share whose first unit is a title
    own_number     share in which a unit opens with the division's own number ("12.—(1) …" under "12 Penalties")
    glued          share whose first unit opens with a title glued to its text
    unit_counts    how many divisions have 1, 2, 3 … units
    gaps           how many later units stand behind 0, 1, 2 … empty lines
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
    glued: float
    unit_counts: Counter[int]
    gaps: Counter[int]
    count: int


class Boundary(msgspec.Struct, frozen=True, gc=False):
    """A place where a heading may have stood: before ``unit`` (index into the stretch), at offset ``start``."""

    unit: int
    start: int
    block: int
    features: tuple[float, ...]


def habits(document: Document, plan: Outline, series: Series) -> Habits:
    """What the series' divisions (the first 400 of them) have in common."""
    first: Counter[str] = Counter()
    later: Counter[str] = Counter()
    lengths: list[float] = []
    units_each: list[float] = []
    numbered = running = titled = glued = own_number = later_total = 0
    gaps: Counter[int] = Counter()
    # What stands before a hole may hold the lost text as well: only its opening counts.
    doubtful = {series.members[hole.before] for hole in series.run.holes if hole.before >= 0}
    for member in series.members[:400]:
        units = units_of(document, plan.divisions[member].body)
        if not units:
            continue
        if member in doubtful:
            first.update(opening_keys(units[0]))
            continue
        for at, unit in enumerate(units):
            target = first if at == 0 else later
            target.update(opening_keys(unit))
            later_total += at > 0
            if at:
                gaps[min(unit.blank_lines, 3)] += 1
        lengths.append(log(1 + sum(u.length for u in units)))
        units_each.append(float(len(units)))
        head = units[0]
        numbered += head.enumerator == 1 or (head.title_like and len(units) > 1 and units[1].enumerator == 1)
        running += head.paragraph_number and head.enumerator > 1
        titled += head.title_like and len(units) > 1
        glued += head.glued_title
        number = plan.divisions[member].number
        own_number += number is not None and number.value > 1 and head.enumerator == number.value
    count = len(lengths)
    mean, spread = _mean_spread(lengths, 4.5, 0.8)
    unit_mean, unit_spread = _mean_spread(units_each, 2.0, 1.0)
    return Habits(
        first=first,
        later=later,
        first_total=count,
        later_total=later_total,
        log_mean=mean,
        log_spread=spread,
        unit_mean=unit_mean,
        unit_spread=unit_spread,
        numbered=numbered / count if count else 0.0,
        running=running / count if count else 0.0,
        titled=titled / count if count else 0.0,
        own_number=own_number / count if count else 0.0,
        glued=glued / count if count else 0.0,
        unit_counts=Counter(min(int(n), 30) for n in units_each),
        gaps=gaps,
        count=count,
    )


def _mean_spread(values: Sequence[float], mean: float, spread: float) -> tuple[float, float]:
    """Mean and standard deviation, drawn towards a usual value where there are few."""
    weight = 2.0
    total = len(values) + weight
    centre = (sum(values) + weight * mean) / total
    variance = (sum((v - centre) ** 2 for v in values) + weight * spread**2) / total
    return centre, sqrt(variance)


def _log_normal(length: float, known: Habits) -> float:
    deviation = (log(1 + length) - known.log_mean) / max(known.log_spread, 0.25)
    return max(-0.5 * deviation * deviation, -8.0)


def opening_keys(unit: Unit) -> tuple[str, ...]:
    """What is counted of a unit's opening: its first word and its first two."""
    return (unit.words[0], " ".join(unit.words[:2])) if unit.words else ()


class _Openings:
    """Openings of the series' other divisions: the one before the stretch is taken out of the counts."""

    def __init__(self, known: Habits, units: Sequence[Unit]) -> None:
        self._known = known
        self._first: Counter[str] = Counter(opening_keys(units[0]) if units else ())

    def odds(self, key: str) -> float:
        """Log-odds that a division, not a later unit, opens so."""
        known = self._known
        first = max(known.first[key] - self._first[key], 0) + 0.5
        later = max(known.later[key], 0) + 0.5
        return log(first / (known.first_total + 1)) - log(later / (known.later_total + 1))


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    if not one or not other:
        return 0.0
    dot = sum(count * other[word] for word, count in one.items())
    return dot / sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))


def boundaries(
    units: Sequence[Unit], known: Habits, language: str, common: frozenset[str], *, from_first: bool = False
) -> list[Boundary]:
    """Every place in the stretch where a heading may have stood, with its features.

    A unit that goes on counting (2., (b)) opens no division, unless paragraphs are counted through the divisions.
    The first unit belongs to the heading before the stretch, unless another heading stands between, or there is no
    heading before it (``from_first``).
    ``common`` are words too frequent in the document to tell its subjects apart.
    """
    bags = [Counter(w for w in unit.words if tells_subject(w) and w not in common) for unit in units]
    total = sum(unit.length for unit in units)
    usual = usual_openers().get(language, {})
    zero_gaps = known.gaps[0] / max(known.gaps.total(), 1)
    openings = _Openings(known, units)
    length_before = 0
    last_number = 0
    found: list[Boundary] = []
    for at, unit in enumerate(units):
        possible = (at > 0 or unit.after_heading or from_first) and unit.text_kind and bool(unit.words)
        if unit.enumerator > 1 and max(known.running, known.own_number) < _COUNTED_THROUGH and not unit.after_heading:
            possible = False
        if possible:
            previous = units[at - 1] if at else None
            window_before: Counter[str] = Counter()
            for bag in bags[max(0, at - 3) : at]:
                window_before.update(bag)
            here = _overlap(window_before, bags[at]) if at else 0.0
            onward = _overlap(bags[at], bags[at + 1]) if at + 1 < len(units) else 0.0
            ending = previous.ending if previous is not None and not previous.title_like else "stop"
            first = unit.words[0]
            two = " ".join(unit.words[:2])
            onward_one = at + 1 < len(units) and units[at + 1].paragraph_number and units[at + 1].enumerator == 1
            paragraph_one = unit.paragraph_number and unit.enumerator == 1
            features = (
                float(unit.after_page),
                float(unit.after_heading or (from_first and at == 0)),
                float(paragraph_one and last_number >= 1),
                float(paragraph_one) * known.numbered,
                float(unit.enumerator > 1 and unit.enumerator == last_number + 1),
                float(unit.enumerator > 1 and unit.enumerator != last_number + 1),
                known.numbered * float(not paragraph_one and not unit.title_like and not unit.glued_title),
                float(last_number > 0 and not unit.enumerator and not unit.item),
                float(unit.opens_lower),
                float(ending == "colon"),
                float(ending == "comma"),
                float(ending == "none"),
                float(previous is not None and previous.title_like),
                float(paragraph_one and previous is not None and previous.title_like),
                float(unit.title_like and onward_one),
                known.titled * float(unit.title_like),
                float(unit.title_like),
                known.titled * float(not unit.title_like),
                known.glued * float(unit.glued_title),
                known.glued * float(not unit.glued_title),
                openings.odds(first),
                openings.odds(two),
                usual.get(first, 0.0) + usual.get(two, 0.0),
                here,
                onward - here,
                _log_normal(length_before, known) + _log_normal(total - length_before, known),
                zero_gaps * (1.0 if unit.blank_lines else -1.0),
                float(unit.item or (unit.enumerator == 1 and not unit.paragraph_number)),
                log(1 + unit.length),
                float(length_before < 12),
            )
            found.append(Boundary(at, unit.start, unit.block, features))
        length_before += unit.length
        if unit.paragraph_number and unit.enumerator:
            last_number = unit.enumerator
    return found


def scores(found: Sequence[Boundary]) -> list[float]:
    """The score of each boundary; their exponentials are proportional to the probabilities."""
    weights = [model().boundary[name] for name in FEATURES]
    return [sum(w * f for w, f in zip(weights, b.features, strict=True)) for b in found]


def probabilities(values: Sequence[float]) -> list[float]:
    """Scores as probabilities of a choice among them."""
    if not values:
        return []
    top = max(values)
    powers = [exp(v - top) for v in values]
    total = sum(powers)
    return [p / total for p in powers]


def there_features(
    units: Sequence[Unit], found: Sequence[Boundary], values: Sequence[float], known: Habits, absent: int
) -> tuple[float, ...]:
    """What speaks for the text of ``absent`` lost divisions being among the units (in the order THERE_FEATURES)."""
    page, fit = model().boundary[FEATURES[0]], model().boundary["length_fit"]
    pure = [v - page * b.features[0] for v, b in zip(values, found, strict=True)]
    ranked = sorted(range(len(pure)), key=lambda at: -pure[at])
    without_length = [v - fit * b.features[_LENGTH_FIT] for v, b in zip(pure, found, strict=True)]
    numbers = [u.enumerator for u in units if u.paragraph_number and u.enumerator]
    restarts = sum(1 for one, two in pairwise(numbers) if two == 1 and one >= 1)
    runs_through = float(len(numbers) >= 2 and restarts == 0 and known.numbered > 0.5)
    chances = probabilities(values)
    total = sum(unit.length for unit in units)
    length_gain = units_gain = -6.0
    if found:
        lengths = [0]
        for unit in units:
            lengths.append(lengths[-1] + unit.length)
        count = len(units)
        if absent == 1:
            parts = [_log_normal(lengths[b.unit], known) + _log_normal(total - lengths[b.unit], known) for b in found]
            numbers_of_units = [_log_units(b.unit, known) + _log_units(count - b.unit, known) for b in found]
        else:  # equal shares stand for all the ways to divide the stretch
            each = absent + 1
            parts = [2 * _log_normal(total / each, known)] * len(found)
            numbers_of_units = [2 * _log_units(max(round(count / each), 1), known)] * len(found)
        length_gain = _mean_power(parts, chances) - _log_normal(total, known)
        units_gain = _mean_power(numbers_of_units, chances) - _log_units(count, known)
    above = (log(1 + total / absent) - known.log_mean) / max(known.log_spread, 0.25)
    return (
        1.0,
        _clipped(units_gain),
        _clipped(length_gain),
        _clipped(pure[ranked[0]] if ranked else -6.0),
        _clipped(pure[ranked[1]] if len(ranked) > 1 else -6.0),
        _clipped(max(without_length, default=-6.0)),
        float(len(found) < absent),
        float(any(units[b.unit].after_page for b in found)),
        float(restarts >= 1),
        runs_through,
        max(chances, default=0.0),
        known.unit_counts[1] / max(known.count, 1),
        known.unit_counts[2] / max(known.count, 1),
        _clipped(above),
        _clipped(max(above, 0.0) ** 2),
        min(len(units) / absent / max(known.unit_mean, 1.0), 6.0),
        float(len(units) == 1),
        float(len(units) == 1 + absent),
        *(found[ranked[0]].features[1:] if ranked else (0.0,) * (len(FEATURES) - 1)),
    )


def _clipped(value: float) -> float:
    return max(-6.0, min(6.0, value))


def _log_units(count: int, known: Habits) -> float:
    """Logarithm of the share of divisions with so many units, evened out over the neighbouring counts."""
    count = min(count, 30)
    seen = known.unit_counts[count] + 0.5 * (known.unit_counts[count - 1] + known.unit_counts[count + 1]) + 0.3
    return log(seen / (2 * known.count + 6))


def _mean_power(logs: Sequence[float], chances: Sequence[float]) -> float:
    """Logarithm of the mean of the powers, weighted by the chances."""
    top = max(logs)
    return top + log(sum(c * exp(v - top) for v, c in zip(logs, chances, strict=True)) + 1e-12)


def there_probability(features: Sequence[float]) -> float:
    """Probability that the text of the lost divisions is there."""
    weights = [model().there[name] for name in THERE_FEATURES]
    value = sum(w * f for w, f in zip(weights, features, strict=True)) + log(THERE_PRIOR_ODDS)
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def best_places(found: Sequence[Boundary], values: Sequence[float], absent: int) -> list[int]:
    """Indexes of the ``absent`` boundaries, in order, that the lost headings most probably stood at."""
    chosen = sorted(range(len(found)), key=lambda at: -values[at])[:absent]
    return sorted(chosen)


@fact
def common_words(document: Document) -> frozenset[str]:
    """Words that occur in more than a tenth of the document's blocks (of its first 1,500)."""
    counts: Counter[str] = Counter()
    blocks = document.blocks[:1500]
    for block in blocks:
        counts.update({w for w in words_of(block.prose.text[:1000]) if tells_subject(w)})
    return frozenset(w for w, n in counts.items() if n > max(3, len(blocks) // 10))
