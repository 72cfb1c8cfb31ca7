"""Learns the weights by which lost headings are placed, from statutes and treaties whose headings are all there.

    python -m benchmarks.placement_training DATA_FOLDER [--write]

Each article but the first of a series is taken for lost in turn: its own place is the right answer among the
boundaries between its neighbours (conditional logit, fitted by gradient ascent), and its text, present or not, trains
the judgement whether it is there. Page breaks, which these texts lack, are strewn into every third sample: at eight
right places in ten (a converter loses the first line of a page) and at three other places in a hundred. Documents are
split by the parity of a digest of their names; figures are printed for the half that was not learned from. Needs
numpy, which the program itself does not.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter, defaultdict
from math import log
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np

from auditor.analysis.languages import languages
from auditor.analysis.outline import Outline, Series, outline, placement
from auditor.analysis.outline.placement import (
    FEATURES,
    THERE_FEATURES,
    THERE_PRIOR_ODDS,
    Habits,
    boundaries,
    common_words,
    habits,
    opening_keys,
    scores,
    there_features,
)
from auditor.analysis.outline.stretches import Unit, units_of
from auditor.document import Document, Source, Span
from auditor.reading import read
from benchmarks.corpora import load

_CORPORA = (
    "uy-es", "lu-fr", "ie-en", "ch-de", "un-charter", "bbnj", "tota",
)  # fmt: skip
_PER_DOCUMENT = 60
#: Not learned: a page break where the heading may have stood speaks for a lost line rather than a lost article.
_PAGE_BREAK = 1.5
_KINDS = ("article", "rule", "regulation", "clause", "heading", "section")


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
    if chance.random() > 1 / 3:
        return units
    strewn = []
    for at, unit in enumerate(units):
        share = 0.8 if at == right else 0.03
        strewn.append(msgspec.structs.replace(unit, after_page=True) if chance.random() < share else unit)
    return strewn


def _without(known: Habits, units: list[Unit], right: int) -> Habits:
    """The habits as they would be counted with the heading lost: without the division before it and its own."""
    first, later = known.first.copy(), known.later.copy()
    for at, unit in enumerate(units):
        if at != 0:
            (first if at == right else later).subtract(opening_keys(unit))
    return msgspec.structs.replace(known, first=first, later=later)


def gather(data: Path, corpora: tuple[str, ...]) -> tuple[list[dict[str, Any]], dict[str, dict[str, list[int]]]]:
    """Samples (units, habits, right answer) and counts of opening words by language."""
    chance = random.Random(7)
    samples: list[dict[str, Any]] = []
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
                known = habits(document, plan, series)
                for member in series.members:
                    division = plan.divisions[member]
                    if held_out or division.source is None or division.source.form == "run-in":
                        continue
                    language = codes[division.block]
                    for at, unit in enumerate(units_of(document, division.body)[:40]):
                        if unit.words and not unit.title_like:
                            for key in (unit.words[0], " ".join(unit.words[:2])):
                                openings[language][key][min(at, 1)] += 1
                areas = _areas(plan, series)
                chance.shuffle(areas)
                for _, _, before, own, block in areas[:_PER_DOCUMENT]:
                    units, right = _units(document, before, own, block)
                    if right < 1 or len(units) > 300:
                        continue
                    samples.append(
                        {
                            "corpus": corpus, "held_out": held_out, "plain": units,
                            "units": _strew_pages(units, right, chance),
                            "right": right, "known": _without(known, units, right), "language": codes[block],
                            "common": common_words(document),
                        }
                    )  # fmt: skip
    return samples, openings


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


def fit_choice(samples: list[dict[str, Any]], l2: float = 1.0) -> np.ndarray[Any, Any]:
    """Weights of the conditional logit."""
    weights = np.zeros(len(FEATURES))
    matrices = [(np.array([b.features for b in s["places"]]), s["at"], s["weight"]) for s in samples]
    rate = 0.5
    velocity = np.zeros_like(weights)
    total = sum(w for _, _, w in matrices)
    for _ in range(400):
        gradient = np.zeros_like(weights)
        for matrix, at, weight in matrices:
            values = matrix @ weights
            chances = np.exp(values - values.max())
            chances /= chances.sum()
            gradient += weight * (matrix[at] - chances @ matrix)
        gradient = gradient / total - l2 * weights / total
        velocity = 0.9 * velocity + gradient
        weights = weights + rate * velocity
    return weights


def fit_logistic(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], w: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (w * (y - chance)) - 2.0 * weights
        hessian = (x.T * (w * chance * (1 - chance))) @ x + 2.0 * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def _weigh(samples: list[dict[str, Any]]) -> None:
    sizes = Counter(s["corpus"] for s in samples)
    for sample in samples:
        sample["weight"] = 1000 / sizes[sample["corpus"]]


def _install(boundary: dict[str, float], there: dict[str, float]) -> None:
    placement.model.cache_clear()
    new = placement.Model(boundary, there)
    placement.model = lambda: new  # type: ignore[assignment]


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Replace the weights that the program uses.")
def main(data: Path, write: bool) -> None:
    """Fit, print what the held-out half gives, and write the weights if asked to."""
    samples, openings = gather(data, _CORPORA)
    table = opener_table(openings)
    placement.usual_openers = lambda: table  # type: ignore[assignment]
    for sample in samples:
        sample["places"] = boundaries(sample["units"], sample["known"], sample["language"], sample["common"])
        sample["at"] = next((i for i, b in enumerate(sample["places"]) if b.unit == sample["right"]), None)
    samples = [s for s in samples if s["at"] is not None]
    _weigh(samples)
    learn = [s for s in samples if not s["held_out"]]
    click.echo(f"{len(samples)} lost headings, {len(learn)} to learn from")
    weights = fit_choice(learn)
    boundary = {name: round(float(v), 3) for name, v in zip(FEATURES, weights, strict=True)}
    _install(boundary, {})
    rows, labels, row_weights, row_corpus, row_held = [], [], [], [], []
    for sample in samples:
        plain = boundaries(sample["plain"], sample["known"], sample["language"], sample["common"])
        whole = there_features(sample["plain"], plain, scores(plain), sample["known"], 1)
        alone_units = sample["plain"][: sample["right"]]
        alone = boundaries(alone_units, sample["known"], sample["language"], sample["common"])
        gone = there_features(alone_units, alone, scores(alone), sample["known"], 1)
        for features, label in ((whole, 1.0), (gone, 0.0)):
            rows.append(features)
            labels.append(label)
            row_weights.append(sample["weight"])
            row_corpus.append(sample["corpus"])
            row_held.append(sample["held_out"])
    x, y, w = np.array(rows), np.array(labels), np.array(row_weights)
    held = np.array(row_held)
    there_weights = fit_logistic(x[~held], y[~held], w[~held] / w.mean())
    there_weights[THERE_FEATURES.index("page_break")] = _PAGE_BREAK
    there = {name: round(float(v), 3) for name, v in zip(THERE_FEATURES, there_weights, strict=True)}
    for name, value in boundary.items():
        click.echo(f"  {name:28} {value:7.3f}")
    for name, value in there.items():
        click.echo(f"  {name:28} {value:7.3f}")
    chance_there = 1 / (1 + np.exp(-x @ there_weights) / THERE_PRIOR_ODDS)
    click.echo(f"{'corpus':14} {'n':>5} {'first':>6} {'in 3':>6} {'chance':>6} {'there':>6} {'gone':>6}  (held out)")
    for corpus in dict.fromkeys(s["corpus"] for s in samples):
        mine = [s for s in samples if s["corpus"] == corpus and s["held_out"] and s["plain"] is s["units"]]
        if not mine:
            continue
        first = third = luck = 0.0
        for sample in mine:
            values = scores(sample["places"])
            order = sorted(range(len(values)), key=lambda at: -values[at])
            first += order[0] == sample["at"]
            third += sample["at"] in order[:3]
            luck += 1 / len(values)
        mask = held & (np.array(row_corpus) == corpus)
        found = (chance_there[mask & (y == 1)] >= 0.5).mean()
        gone = (chance_there[mask & (y == 0)] < 0.5).mean()
        n = len(mine)
        click.echo(f"{corpus:14} {n:5} {first / n:6.3f} {third / n:6.3f} {luck / n:6.3f} {found:6.3f} {gone:6.3f}")
    if write:
        folder = Path(placement.__file__).parent / "data"
        note = "Learned by benchmarks/placement_training.py from statutes (UY, LU, IE, CH) and treaties; see there."
        content = {"source": note, "boundary": boundary, "there": there}
        (folder / "placement.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
        openers = {"source": note, "languages": table}
        (folder / "openers.json").write_text(json.dumps(openers, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
