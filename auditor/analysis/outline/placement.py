"""Placing a lost heading: which of the block boundaries between its neighbours it stood at, if any.

Each boundary is described by features that mean the same in every language and layout (a page break, paragraph
numbers that begin anew, an opening typical of this document's divisions, a change of subject, the lengths that the
divisions on either side would have). The other possibility, that the text is gone with its heading and all that
stands here is one division, is described by how well the stretch as a whole suits one division. The weights were
learned by taking headings and whole articles away from statutes and treaties (`benchmarks/placement_training.py`), as
one choice among the boundaries and "gone": probability proportional to exp(weights · features) — a conditional
logit, McFadden 1974. Where several headings are lost in one stretch, the ways to divide it are summed over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import exp, inf, lgamma, log, sqrt
from pathlib import Path

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.outline.habits import Habits, opening_keys, shapes_of
from auditor.analysis.outline.stretches import Unit, tells_subject, words_of
from auditor.document import Document

_DATA = Path(__file__).parents[1] / "data"

FEATURES = (
    "after_page",
    "after_heading",
    "seam",
    "restart",
    "opens_first_number",
    "number_follows",
    "number_elsewhere",
    "number_missing",
    "numbers_stop",
    "own_number",
    "own_number_missing",
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
    "units_fit",
    "set_apart",
    "item",
    "length",
    "short_before",
)

#: What describes a stretch from which the text is gone.
GONE_FEATURES = (
    "bias",
    "length_fit",
    "units_fit",
    "length_above",
    "length_below",
    "places",
    "numbers_run_through",
    "own_number_missing",
    "open_end",
)

#: Converters lose a line more often than a whole article: odds of the one to the other before the text is seen.
THERE_PRIOR_ODDS = 2.0
#: Share of divisions that open with a number other than 1 from which on paragraphs count through.
_COUNTED_THROUGH = 0.2
#: An opening's shares among first and later units are drawn towards its share of all, as if so many more were seen.
_OPENING_WEIGHT = 2.0
_LENGTH_FIT = FEATURES.index("length_fit")
_UNITS_FIT = FEATURES.index("units_fit")
#: A division of so few words is unusual where the mean logarithm of lengths is above the other figure.
_VERY_SHORT = 12
_USUALLY_LONG = 3.4
#: So many boundaries are considered where several headings are lost at once.
_MOST_PLACES = 60


class Model(msgspec.Struct, frozen=True):
    """Weights by feature name."""

    boundary: dict[str, float]
    gone: dict[str, float]


@cache
def model() -> Model:
    """The learned weights."""
    return msgspec.json.decode((_DATA / "placement.json").read_bytes(), type=Model)


@cache
def usual_openers() -> dict[str, dict[str, float]]:
    """Log-odds of opening words by language, learned from statutes."""
    data: dict[str, dict[str, float]] = json.loads((_DATA / "openers.json").read_text("utf-8"))["languages"]
    return data


class Boundary(msgspec.Struct, frozen=True, gc=False):
    """A place where a heading may have stood: before ``unit`` (index into the stretch), at offset ``start``."""

    unit: int
    start: int
    block: int
    features: tuple[float, ...]


class Judgement(msgspec.Struct, frozen=True):
    """What is believed of the lost headings of a stretch.

    there    probability that their text is there
    chosen   the boundary of each of them, in order, by index; empty where there are too few
    chances  for each of them, the probability of every boundary, given that the text is there
    """

    there: float
    chosen: tuple[int, ...]
    chances: tuple[tuple[float, ...], ...]


class _Openings:
    """Openings of the series' other divisions: the one before the stretch is taken out of the counts."""

    def __init__(self, known: Habits, units: Sequence[Unit]) -> None:
        self._known = known
        self._first: Counter[str] = Counter(opening_keys(units[0]) if units else ())

    def odds(self, key: str) -> float:
        """Log-odds that a division, not a later unit, opens so."""
        known = self._known
        first = max(known.first[key] - self._first[key], 0)
        later = known.later[key]
        if not first + later:
            return 0.0
        usual = (first + later) / (known.first_total + known.later_total + 1) * _OPENING_WEIGHT
        return log((first + usual) / (known.first_total + _OPENING_WEIGHT)) - log(
            (later + usual) / (known.later_total + _OPENING_WEIGHT)
        )


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    if not one or not other:
        return 0.0
    dot = sum(count * other[word] for word, count in one.items())
    return dot / sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))


def boundaries(
    units: Sequence[Unit],
    known: Habits,
    language: str,
    common: frozenset[str],
    lost: Sequence[int] = (),
    *,
    from_first: bool = False,
) -> list[Boundary]:
    """Every place in the stretch where a heading may have stood, with its features.

    A unit that goes on counting (2., (b)) opens no division, unless paragraphs are counted through the divisions.
    The first unit belongs to the heading before the stretch, unless another heading stands between, or there is no
    heading before it (``from_first``).
    ``common`` are words too frequent in the document to tell its subjects apart, ``lost`` the absent numbers.
    """
    bags = [Counter(w for w in unit.words if tells_subject(w) and w not in common) for unit in units]
    total = sum(unit.length for unit in units)
    usual = usual_openers().get(language, {})
    zero_gaps = known.gaps[0] / max(known.gaps.total(), 1)
    openings = _Openings(known, units)
    shapes = shapes_of(units, known.own_form, lost)
    counted_through = max(known.running, known.own_number) >= _COUNTED_THROUGH
    length_before = 0
    last_number = 0
    found: list[Boundary] = []
    for at, unit in enumerate(units):
        possible = (at > 0 or unit.after_heading or from_first) and unit.text_kind and bool(unit.words)
        own = unit.form == known.own_form and unit.enumerator in lost
        if unit.enumerator > 1 and not (counted_through or own or unit.after_heading):
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
            following = shapes[at + 1] if unit.title_like and at + 1 < len(units) else None
            seam = known.seam(shapes[at - 1].context, shapes[at], following) if at else 0.0
            features = (
                float(unit.after_page),
                float(unit.after_heading or (from_first and at == 0)),
                max(-8.0, min(8.0, seam)),
                float((paragraph_one or (unit.title_like and onward_one)) and last_number >= 1),
                float(paragraph_one) * known.numbered,
                float(unit.enumerator > 1 and unit.enumerator == last_number + 1),
                float(unit.enumerator > 1 and unit.enumerator != last_number + 1 and not own),
                known.numbered * float(not paragraph_one and not unit.title_like and not unit.glued_title),
                float(last_number > 0 and not unit.enumerator and not unit.item and not unit.title_like),
                known.own_number * float(own),
                known.own_number * float(not own),
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
                sum(usual.get(key, 0.0) for key in opening_keys(unit)),
                here,
                onward - here,
                known.fits(length_before) + known.fits(total - length_before),
                known.units_fit(at) + known.units_fit(len(units) - at),
                zero_gaps * (1.0 if unit.blank_lines else -1.0),
                float(unit.item or (unit.enumerator == 1 and not unit.paragraph_number)),
                log(1 + unit.length),
                float(length_before < _VERY_SHORT and known.log_mean > _USUALLY_LONG),
            )
            found.append(Boundary(at, unit.start, unit.block, features))
        length_before += unit.length
        if unit.paragraph_number and unit.enumerator:
            last_number = unit.last_number
    return found


def gone_features(
    units: Sequence[Unit], found: Sequence[Boundary], known: Habits, lost: Sequence[int]
) -> tuple[float, ...]:
    """What speaks for the stretch being one division, the text of the lost ones gone (in the order GONE_FEATURES)."""
    total = sum(unit.length for unit in units)
    above = (log(1 + total) - known.log_mean) / max(known.log_spread, 0.25)
    numbers = [u.enumerator for u in units if u.paragraph_number and u.enumerator]
    restarts = sum(1 for one, two in pairwise(numbers) if two == 1 and one >= 1)
    shown = any(unit.form == known.own_form and unit.enumerator in lost for unit in units)
    return (
        1.0,
        known.fits(total),
        known.units_fit(len(units)),
        max(above, 0.0),
        max(-above, 0.0),
        log(1 + len(found)),
        float(len(numbers) >= 2 and restarts == 0 and known.numbered > 0.5),
        known.own_number * float(not shown),
        float(bool(units) and units[-1].ending in ("colon", "comma")),
    )


def scores(found: Sequence[Boundary]) -> list[float]:
    """The score of each boundary; their exponentials are proportional to the probabilities."""
    weights = [model().boundary[name] for name in FEATURES]
    return [sum(w * f for w, f in zip(weights, b.features, strict=True)) for b in found]


def gone_score(features: Sequence[float], absent: int) -> float:
    """The score of ``absent`` divisions being gone, on the scale of `scores`."""
    weights = [model().gone[name] for name in GONE_FEATURES]
    return sum(w * f for w, f in zip(weights, features, strict=True)) + weights[0] * (absent - 1)


def judge(
    units: Sequence[Unit],
    found: Sequence[Boundary],
    values: Sequence[float],
    known: Habits,
    lost: Sequence[int],
) -> Judgement:
    """Whether the lost divisions' text is there, and where each of them begins."""
    absent = len(lost)
    if len(found) < absent or not found:
        return Judgement(0.0, (), ())
    if absent == 1:
        total = _log_sum(values)
        best = max(range(len(values)), key=values.__getitem__)
        chosen: tuple[int, ...] = (best,)
        chances: tuple[tuple[float, ...], ...] = (tuple(exp(value - total) for value in values),)
    else:
        total, chosen, chances = _divide(units, found, values, known, absent)
    gone = gone_score(gone_features(units, found, known, lost), absent)
    odds = total - gone + log(THERE_PRIOR_ODDS)
    return Judgement(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), chosen, chances)


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top if top == -inf else top + log(sum(exp(value - top) for value in values))


def _divide(
    units: Sequence[Unit], found: Sequence[Boundary], values: Sequence[float], known: Habits, absent: int
) -> tuple[float, tuple[int, ...], tuple[tuple[float, ...], ...]]:
    """All ways to divide the stretch at ``absent`` boundaries: the sum of their scores, the best one, and the
    chances of every boundary for each of the lost headings.

    A boundary's score without the lengths it would give is its own; lengths are those of the parts.
    """
    by_length, by_units = model().boundary["length_fit"], model().boundary["units_fit"]
    own = [
        value - by_length * b.features[_LENGTH_FIT] - by_units * b.features[_UNITS_FIT]
        for value, b in zip(values, found, strict=True)
    ]
    kept = sorted(sorted(range(len(own)), key=lambda at: -own[at])[: max(_MOST_PLACES, absent)])
    lengths = [0]
    for unit in units:
        lengths.append(lengths[-1] + unit.length)
    # the ends of parts: the stretch's beginning, the boundaries, the stretch's end
    ends = [0, *(found[at].unit for at in kept), len(units)]

    @cache
    def part(one: int, two: int) -> float:
        begin, end = ends[one], ends[two]
        return by_length * known.fits(lengths[end] - lengths[begin]) + by_units * known.units_fit(end - begin)

    size = len(kept)
    last = size + 1
    forward = [[part(0, at) + own[kept[at - 1]] for at in range(1, last)]]
    best = [list(forward[0])]
    came: list[list[int]] = []
    for _ in range(1, absent):
        row, top, source = [], [], []
        for at in range(1, last):
            steps = [forward[-1][before - 1] + part(before, at) for before in range(1, at)]
            peaks = [best[-1][before - 1] + part(before, at) for before in range(1, at)]
            peak = max(range(len(peaks)), key=peaks.__getitem__) if peaks else 0
            row.append(own[kept[at - 1]] + _log_sum(steps) if steps else -inf)
            top.append(own[kept[at - 1]] + peaks[peak] if peaks else -inf)
            source.append(peak)
        forward.append(row)
        best.append(top)
        came.append(source)
    backward = [[part(at, last) for at in range(1, last)]]
    for _ in range(1, absent):
        row = []
        for at in range(1, last):
            steps = [part(at, after) + own[kept[after - 1]] + backward[-1][after - 1] for after in range(at + 1, last)]
            row.append(_log_sum(steps) if steps else -inf)
        backward.append(row)
    total = _log_sum([one + two for one, two in zip(forward[-1], backward[0], strict=True)])
    place = max(range(size), key=lambda at: best[-1][at] + backward[0][at])
    way = [place]
    for source in reversed(came):
        way.append(source[way[-1]])
    chances = []
    for number in range(absent):
        row = [0.0] * len(found)
        for index, at in enumerate(kept):
            row[at] = exp(min(forward[number][index] + backward[absent - 1 - number][index] - total, 0.0))
        chances.append(tuple(row))
    # every order of the lost divisions would do as well as the one that counts
    return total + lgamma(absent + 1), tuple(kept[at] for at in reversed(way)), tuple(chances)


@fact
def common_words(document: Document) -> frozenset[str]:
    """Words that occur in more than a tenth of the document's blocks (of its first 1,500)."""
    counts: Counter[str] = Counter()
    blocks = document.blocks[:1500]
    for block in blocks:
        counts.update({w for w in words_of(block.prose.text[:1000]) if tells_subject(w)})
    return frozenset(w for w, n in counts.items() if n > max(3, len(blocks) // 10))
