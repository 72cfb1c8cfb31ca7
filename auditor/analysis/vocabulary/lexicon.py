"""Words that no general list has: those of law and institutions, which we keep, and those that the user keeps.

Data: ``lexicon/xx.txt``, one for each language, and ``lexicon/latin.txt`` for all; one word a line, ``#`` for comments.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from auditor.analysis.vocabulary.forms import folded

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def institutional(language: str) -> frozenset[str]:
    """Words of law and institutions in a language, and the Latin ones that all use, folded."""
    return _read("latin") | _read(language)


@cache
def _read(name: str) -> frozenset[str]:
    path = _FOLDER / f"{name}.txt"
    if not path.exists():
        return frozenset()
    lines = (line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
    return frozenset(folded(word) for line in lines for word in line.split())


@lru_cache(maxsize=4)
def of_user(words: frozenset[str]) -> frozenset[str]:
    """The user's words, folded; a phrase counts as its words. Remembered, since a run asks once for each document."""
    return frozenset(folded(part) for word in words for part in (word, *word.split()))
