"""Inflected forms: which readings a word of French or Russian may have.

Data: ``data/fr.txt``, ``data/ru.txt``; sources and licences are named in them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_NONE: frozenset[str] = frozenset()


class Forms:
    """The readings of word forms, as codes that the data explains."""

    def __init__(self, words: dict[str, frozenset[str]]) -> None:
        self._words = words

    def of(self, word: str) -> frozenset[str]:
        """The readings of a word, in any case; none for a word that is not known."""
        return self._words.get(word.lower(), _NONE)


@cache
def forms(language: str) -> Forms:
    """The forms of a language that has them; raises FileNotFoundError for another."""
    words: dict[str, frozenset[str]] = {}
    for line in (Path(__file__).parent / "data" / f"{language}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            codes, _, listed = line.partition(" ")
            words.update(dict.fromkeys(listed.split(), frozenset(codes.split(","))))
    return Forms(words)
