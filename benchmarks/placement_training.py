"""Learns the weights by which lost headings are placed, from statutes and treaties whose headings are all there.

    python -m benchmarks.placement_training DATA_FOLDER [--write]

Each article but the first of a series is taken for lost in turn, once with its heading only and once with its text:
its own place, or "gone", is the right answer among the boundaries between its neighbours and "gone" (conditional
logit, fitted by gradient ascent). Page breaks, which these texts lack, are strewn into every third sample: at eight
right places in ten (a converter loses the first line of a page) and at three other places in a hundred. Where texts
repeat their article's number, one in five loses it together with the heading; of titles in a block of their own, half
are lost. Documents are split by the parity of a
digest of their names; figures are printed for the half that was not learned from. Needs numpy, which the program
itself does not.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np

from auditor.analysis.languages import languages
from auditor.analysis.outline import Outline, Series, habits, outline, placement
from auditor.analysis.outline.habits import Entry, Habits, Shapes, entries, habits_of, opening_keys, shapes_of
from auditor.analysis.outline.placement import (
    FEATURES,
    GONE_FEATURES,
    Boundary,
    boundaries,
    common_words,
    gone_features,
)
from auditor.analysis.outline.stretches import Unit, units_of
from auditor.document import Document, Source, Span
from auditor.reading import read
from benchmarks.corpora import load

_CORPORA = (
    "uy-es", "lu-fr", "ie-en", "ch-de", "un-charter", "bbnj", "tota",
)  # fmt: skip
_PER_DOCUMENT = 40
_KINDS = ("article", "rule", "regulation", "clause", "heading", "section")
#: Divisions next to a lost one that its document's habits are counted from.
_NEAREST = 150
_LOSES_ITS_NUMBER = 0.2
#: So often a document is taken for a short one, with few divisions to learn its habits from.
_FROM_FEW = 0.25
_LOSES_ITS_TITLE = 0.5
#: Shapes that occur less often than that are left to the floor.
_FEWEST = 4
_ALL_CONTEXTS = ""


class Stretch(msgspec.Struct, frozen=True):
    """A lost article: the units between its neighbours, where it begins among them, and what is known besides."""

    corpus: str
    held_out: bool
    strewn: bool
    units: list[Unit]
    right: int
    value: int
    known: Habits
    language: str
    common: frozenset[str]


class Question(msgspec.Struct, frozen=True):
    """A choice to learn from: the boundaries, what speaks for "gone", and the right answer (None: gone)."""

    stretch: Stretch
    places: list[Boundary]
    gone: tuple[float, ...]
    answer: int | None


def _learnable(series: Series) -> bool:
    return series.kind in _KINDS and len(series.members) >= 6


def _areas(plan: Outline, series: Series) -> list[tuple[int, int, Span, Span, int]]:
    """(member before, lost member, its predecessor's text, its own text, its heading's block)."""
    found = []
    for one, two in zip(series.members, series.members[1:], strict=False):
        before, lost = plan.divisions[one], plan.divisions[two]
        if lost.source is None or lost.source.form == "run-in" or before.source.form == "run-in":  # type: ignore[union-attr]
            continue
        nearest = next((plan.divisions[m] for m in series.members if m > two), None)
        end = nearest.start if nearest is not None else lost.body.end
        if lost.body.end < end:  # another heading before the next member: its text is not this division's
            end = lost.body.end
        found.append((one, two, Span(before.heading.end, lost.start), Span(lost.heading.end, end), lost.block))
    return found


def _units(document: Document, before: Span, own: Span, block: int) -> tuple[list[Unit], int]:
    unseen = frozenset({block})
    units = units_of(document, Span(before.start, own.end), unseen)
    right = next((at for at, unit in enumerate(units) if unit.start >= own.start), -1)
    if right >= 0:  # what loses a heading leaves the blocks around it apart
        units[right] = msgspec.structs.replace(units[right], blank_lines=max(units[right].blank_lines, 1))
    return units, right


def _strew_pages(units: list[Unit], right: int, chance: random.Random) -> list[Unit]:
    strewn = []
    for at, unit in enumerate(units):
        share = 0.8 if at == right else 0.03
        strewn.append(msgspec.structs.replace(unit, after_page=True) if chance.random() < share else unit)
    return strewn


def _without_number(unit: Unit, known: Habits, value: int) -> Unit:
    """The unit without its article's number, of which only the number of its paragraph stays."""
    if not known.own_form or unit.form != known.own_form or unit.enumerator != value:
        return unit
    left = int(bool(unit.inner_form))
    return msgspec.structs.replace(
        unit, form=unit.inner_form, inner_form="", enumerator=left, readings=(left,) * left, last_number=left,
        paragraph_number=bool(left),
    )  # fmt: skip


def gather(
    data: Path, corpora: tuple[str, ...]
) -> tuple[list[Stretch], dict[str, dict[str, list[int]]], list[tuple[str, list[Entry]]]]:
    """Lost articles, counts of opening words by language, and the divisions of every series to learn from."""
    chance = random.Random(7)
    samples: list[Stretch] = []
    learned: list[tuple[str, list[Entry]]] = []
    openings: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for corpus in corpora:
        for text in load(data, corpus):
            document = read(Source(text.name, text.text.encode(), text.media_type))
            plan = outline(document)
            codes = languages(document)
            held_out = hashlib.sha256(text.name.encode()).digest()[0] % 2 == 1
            for series in plan.series:
                if not _learnable(series):
                    continue
                counted = entries(document, series)
                if not held_out:
                    learned.append((corpus, [entry for entry in counted if entry.series == series.index]))
                for member in series.members:
                    division = plan.divisions[member]
                    if held_out or division.source is None or division.source.form == "run-in":
                        continue
                    language = codes[division.block]
                    for at, unit in enumerate(units_of(document, division.body)[:40]):
                        if unit.words and not unit.title_like:
                            for key in opening_keys(unit):
                                openings[language][key][min(at, 1)] += 1
                areas = _areas(plan, series)
                chance.shuffle(areas)
                for one, two, before, own, block in areas[:_PER_DOCUMENT]:
                    units, right = _units(document, before, own, block)
                    if right < 1 or len(units) > 300:
                        continue
                    lost = plan.divisions[two].number
                    value = lost.value if lost is not None else 0
                    first, second = plan.divisions[one].start, plan.divisions[two].start
                    strewn = chance.random() < 1 / 3
                    known = _known(counted, first, second, chance)
                    if strewn:
                        units = _strew_pages(units, right, chance)
                    if units[right].title_like and right + 1 < len(units) and chance.random() < _LOSES_ITS_TITLE:
                        units[right + 1] = msgspec.structs.replace(units[right + 1], after_page=units[right].after_page)
                        del units[right]
                    if chance.random() < _LOSES_ITS_NUMBER:
                        units[right] = _without_number(units[right], known, value)
                    samples.append(
                        Stretch(
                            corpus, held_out, strewn, units, right, value, known, codes[block], common_words(document)
                        )
                    )
    return samples, openings, learned


def _known(counted: Sequence[Entry], first: int, second: int, chance: random.Random) -> Habits:
    """The habits without the division before the lost one and the lost one itself (which begin at these offsets)."""
    starts = [entry.units[0].start for entry in counted]
    at = next((index for index, start in enumerate(starts) if start >= first), len(starts))
    after = next((index for index, start in enumerate(starts) if start >= second), len(starts))
    kept = [*counted[max(0, at - _NEAREST) : at], *counted[after + 1 : after + _NEAREST]]
    if chance.random() < _FROM_FEW:
        kept = chance.sample(kept, min(len(kept), chance.randint(2, 7)))
    opener = [msgspec.structs.replace(entry, only_first=True) for entry in counted[at : at + 1] if at < after]
    return habits_of([*kept, *opener])


def opener_table(openings: dict[str, dict[str, list[int]]]) -> dict[str, dict[str, float]]:
    """Log-odds of first against later units for openings that were seen often, drawn towards 0."""
    table: dict[str, dict[str, float]] = {}
    for language, counts in sorted(openings.items()):
        first = sum(c[0] for k, c in counts.items() if " " not in k)
        later = sum(c[1] for k, c in counts.items() if " " not in k)
        if first < 200 or later < 200:
            continue
        kept = {}
        for key, (one, two) in counts.items():
            if one + two >= 15:
                odds = log((one + 2) / (first + 4)) - log((two + 2) / (later + 4))
                if abs(odds) >= 0.35:
                    kept[key] = round(max(-3.0, min(3.0, odds)), 2)
        table[language] = dict(sorted(kept.items()))
    return table


def shape_table(learned: Iterable[tuple[str, Sequence[Entry]]]) -> Shapes:
    """Shares of first shapes, and of what follows each form and ending; every corpus weighs the same."""
    sizes = Counter({corpus: 0 for corpus, _ in learned})
    for corpus, counted in learned:
        sizes[corpus] += len(counted)
    first: Counter[str] = Counter()
    later: dict[str, Counter[str]] = defaultdict(Counter)
    for corpus, counted in learned:
        weight = 1000 / sizes[corpus]
        own_form = habits_of(counted).own_form
        for entry in counted:
            shapes = shapes_of(entry.units, own_form, (entry.number,))
            first[shapes[0].first] += weight  # type: ignore[assignment]
            for at, shape in enumerate(shapes):
                what = shapes[at + 1].later if at + 1 < len(shapes) else "end"
                later[shape.context][what] += weight  # type: ignore[assignment]
                later[_ALL_CONTEXTS][what] += weight  # type: ignore[assignment]
    return Shapes(_shares(first), {c: _shares(n, later[_ALL_CONTEXTS]) for c, n in later.items() if n.total() >= 5})


def _shares(counts: Counter[str], usual: Counter[str] | None = None) -> dict[str, float]:
    """Shares, drawn towards the usual ones; those that are seen hardly ever are left out."""
    weight = 3.0 if usual is not None else 0.0
    total = counts.total() + weight
    shares = {
        what: (count + weight * (usual[what] / usual.total() if usual is not None else 0.0)) / total
        for what, count in sorted(counts.items())
    }
    return {what: float(f"{share:.3g}") for what, share in shares.items() if share >= 1e-4}


def questions_of(samples: Sequence[Stretch]) -> list[Question]:
    """Two questions a lost article: its heading lost, and its text gone as well."""
    found = []
    for sample in samples:
        for units, right in ((sample.units, sample.right), (sample.units[: sample.right], -1)):
            places = boundaries(units, sample.known, sample.language, sample.common, (sample.value,))
            gone = gone_features(units, places, sample.known, (sample.value,))
            answer = next((at for at, place in enumerate(places) if place.unit == right), None)
            if right < 0 or answer is not None:
                found.append(Question(sample, places, gone, answer))
    return found


def _matrix(question: Question) -> np.ndarray[Any, Any]:
    """A row for each boundary and one for "gone"; columns: the features of both."""
    size = len(question.places)
    matrix = np.zeros((size + 1, len(FEATURES) + len(GONE_FEATURES)))
    if size:
        matrix[:size, : len(FEATURES)] = [place.features for place in question.places]
    matrix[size, len(FEATURES) :] = question.gone
    return matrix


def fit(questions: Sequence[Question], l2: float = 5.0) -> np.ndarray[Any, Any]:
    """Weights of the conditional logit; every corpus weighs the same."""
    sizes = Counter(q.stretch.corpus for q in questions)
    matrices = [_matrix(q) for q in questions]
    rows = np.concatenate(matrices)
    starts = np.cumsum([0, *(len(m) for m in matrices)])[:-1]
    owner = np.repeat(np.arange(len(matrices)), [len(m) for m in matrices])
    answers = starts + np.array([len(q.places) if q.answer is None else q.answer for q in questions])
    weight = np.array([1000 / sizes[q.stretch.corpus] for q in questions])
    spread = rows.std(axis=0) + 1e-3
    scaled = rows / spread
    weights = np.zeros(rows.shape[1])
    velocity = np.zeros_like(weights)
    target = (scaled[answers] * weight[:, None]).sum(axis=0)
    for _ in range(1500):
        values = scaled @ weights
        values -= np.maximum.reduceat(values, starts)[owner]
        powers = np.exp(values)
        chances = powers / np.add.reduceat(powers, starts)[owner]
        gradient = (target - (chances * weight[owner]) @ scaled - l2 * weights) / weight.sum()
        velocity = 0.9 * velocity + gradient
        weights = weights + 0.3 * velocity
    found: np.ndarray[Any, Any] = weights / spread
    return found


def _report(questions: Sequence[Question], weights: np.ndarray[Any, Any]) -> None:
    click.echo(f"{'corpus':14} {'n':>5} {'first':>6} {'in 3':>6} {'chance':>6} {'there':>6} {'gone':>6}  (held out)")
    for corpus in dict.fromkeys(q.stretch.corpus for q in questions):
        first = third = luck = there = gone = 0.0
        n = many = 0
        for question in questions:
            if question.stretch.corpus != corpus or not question.stretch.held_out or question.stretch.strewn:
                continue
            values = _matrix(question) @ weights
            size = len(question.places)
            odds = np.log(np.exp(values[:size] - values[size]).sum()) if size else -30.0
            if question.answer is None:
                gone += odds < 0
                many += 1
                continue
            order = list(np.argsort(-values[:size]))
            first += order[0] == question.answer
            third += question.answer in order[:3]
            luck += 1 / size
            there += odds >= 0
            n += 1
        if n:
            shares = " ".join(f"{share:6.3f}" for share in (first / n, third / n, luck / n, there / n, gone / many))
            click.echo(f"{corpus:14} {n:5} {shares}")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Replace the weights that the program uses.")
def main(data: Path, write: bool) -> None:
    """Fit, print what the held-out half gives, and write the weights if asked to."""
    samples, openings, learned = gather(data, _CORPORA)
    table = opener_table(openings)
    shapes = shape_table(learned)
    placement.usual_openers = lambda: table  # type: ignore[assignment]
    habits.usual_shapes = lambda: shapes  # type: ignore[assignment]
    questions = questions_of(samples)
    learn = [q for q in questions if not q.stretch.held_out]
    click.echo(f"{len(samples)} lost headings, {len(learn)} questions to learn from")
    weights = fit(learn)
    boundary = {name: round(float(v), 3) for name, v in zip(FEATURES, weights[: len(FEATURES)], strict=True)}
    gone = {name: round(float(v), 3) for name, v in zip(GONE_FEATURES, weights[len(FEATURES) :], strict=True)}
    for name, value in (*boundary.items(), *((f"gone: {name}", value) for name, value in gone.items())):
        click.echo(f"  {name:36} {value:7.3f}")
    _report(questions, weights)
    if write:
        folder = Path(placement.__file__).parents[1] / "data"
        note = "Learned by benchmarks/placement_training.py from statutes (UY, LU, IE, CH) and treaties; see there."
        content = {"source": note, "boundary": boundary, "gone": gone}
        (folder / "placement.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
        openers = {"source": note, "languages": table}
        (folder / "openers.json").write_text(json.dumps(openers, indent=0, ensure_ascii=False) + "\n", "utf-8")
        usual = {"source": note, "first": shapes.first, "later": shapes.later}
        (folder / "shapes.json").write_text(json.dumps(usual, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
