"""Words made of known words: compounds, prefixes, elisions, possessives, hyphens.

No list has them all: "non-signatory", "l’accord", "State’s", "Bundesverwaltungsgericht", "transboundary". Data:
``composition.toml`` (own compilation from grammars).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import tomli

#: A part of a compound has so many letters at least.
_LEAST_PART = 4
#: No word has more letters, so nothing longer is taken apart.
_LONGEST = 60


class Composition(msgspec.Struct, frozen=True):
    """How a language makes words of words: what may stand before one, after one, and between the parts of a compound.

    elisions  before an apostrophe ("l", "qu")
    endings   sets of endings that forms of one word take: a form is known whose sister with another one is
    spellings what an older spelling writes for what: "étoit" for "était", "Theil" for "Teil"
    """

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    elisions: frozenset[str] = frozenset()
    joints: tuple[str, ...] = ()
    endings: tuple[tuple[str, ...], ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()


@cache
def composition(language: str) -> Composition:
    """The ways of a language; empty where none are known."""
    data = _data().get(language, {})
    return Composition(
        tuple(sorted(data.get("prefixes", "").split(), key=len, reverse=True)),
        tuple(sorted(data.get("suffixes", "").split(), key=len, reverse=True)),
        frozenset(data.get("elisions", "").split()),
        tuple(data.get("joints", ())),
        tuple(tuple(sorted(row.split(), key=len, reverse=True)) for row in data.get("endings", ())),
        tuple((pair[0], pair[1]) for pair in data.get("spellings", ())),
    )


@cache
def _data() -> dict[str, dict[str, Any]]:
    with (Path(__file__).parent / "composition.toml").open("rb") as file:
        return tomli.load(file)


def is_composed(word: str, ways: Composition, known: Callable[[str], bool], common: Callable[[str], bool]) -> bool:
    """Whether a folded word is made of words: each ``known`` where a sign parts them, ``common`` where none does."""
    if len(word) > _LONGEST:
        return False
    if "'" in word:
        before, _, after = word.partition("'")
        if before in ways.elisions:
            return known(after) or is_composed(after, ways, known, common)
        before, _, after = word.rpartition("'")
        return after in ways.suffixes and (known(before) or is_composed(before, ways, known, common))
    if "-" in word:
        parts = [part for part in word.split("-") if part]
        return all(known(part) or part in ways.prefixes for part in parts)
    return (
        any(map(common, _stems(word, ways)))
        or any(map(common, _respelled(word, ways)))
        or any(map(common, _sisters(word, ways)))
        or (bool(ways.joints) and _is_compound(word, ways.joints, common))
    )


def _stems(word: str, ways: Composition) -> Iterator[str]:
    for prefix in ways.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_PART:
            yield word[len(prefix) :]
    for suffix in ways.suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_PART:
            yield word[: -len(suffix)]


def _sisters(word: str, ways: Composition) -> Iterator[str]:
    """The other forms of a word in whose paradigm its ending is."""
    for endings in ways.endings:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_PART:
                stem = word[: -len(ending)]
                for other in endings:
                    if other != ending:
                        yield stem + other


def _respelled(word: str, ways: Composition) -> Iterator[str]:
    """The word as it is spelled today, where one of the older ways of spelling is in it."""
    for old, new in ways.spellings:
        bare = old.strip("^$")
        if bare in word:
            if old.endswith("$"):
                if word.endswith(bare):
                    yield word[: -len(bare)] + new
            elif old.startswith("^"):
                if word.startswith(bare):
                    yield new + word[len(bare) :]
            else:
                yield word.replace(bare, new, 1)


def _is_compound(word: str, joints: tuple[str, ...], common: Callable[[str], bool], depth: int = 3) -> bool:
    """Whether a word is a row of up to four common words, with nothing or a joint between them."""
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        first = word[:cut]
        if not common(first) and not any(
            first.endswith(joint) and len(first) - len(joint) >= _LEAST_PART and common(first[: -len(joint)])
            for joint in joints
        ):
            continue
        rest = word[cut:]
        if common(rest) or (
            depth > 1 and len(rest) >= 2 * _LEAST_PART and _is_compound(rest, joints, common, depth - 1)
        ):
            return True
    return False
