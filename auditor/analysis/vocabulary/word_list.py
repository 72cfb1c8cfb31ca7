"""The word list of a language: which words it has, and how frequent each is.

Data: ``data/xx.marisa`` and ``data/xx.zipf``, made from wordfreq by ``tools/build_vocabulary.py``; see the README
there.
The tries are mapped into memory, so that a look-up reads only the pages it needs and processes share them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"

#: Steps of the stored frequencies to one unit of the Zipf scale, and the bit of words that are doubtful.
STEPS = 15
DOUBTFUL = 0x80

#: The languages that have a list.
COVERED = frozenset({"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru"})


class WordList:
    """The words of one language in their folded form (`auditor.analysis.vocabulary.forms.folded`)."""

    __slots__ = ("_frequencies", "_number", "trie")

    def __init__(self, trie: Any, frequencies: bytes) -> None:
        self.trie = trie
        self._number = trie.get
        self._frequencies = frequencies

    def __contains__(self, word: str) -> bool:
        return self._number(word) is not None

    def zipf(self, word: str) -> float:
        """Frequency on the Zipf scale (3: once per million words, 6: once per thousand); 0.0 where it is not listed."""
        number = self._number(word)
        return 0.0 if number is None else (self._frequencies[number] & ~DOUBTFUL) / STEPS

    def sure(self, word: str) -> bool:
        """Whether the word is listed and not doubtful: most likely neither a name nor made by a scanner."""
        number = self._number(word)
        return number is not None and self._frequencies[number] < DOUBTFUL


@cache
def word_list(language: str) -> WordList:
    """The list of a language (ISO 639-1); raises KeyError for one that is not covered."""
    if language not in COVERED:
        raise KeyError(language)
    import marisa_trie  # type: ignore[import-not-found, unused-ignore]

    trie = marisa_trie.Trie()
    trie.mmap(str(_DATA / f"{language}.marisa"))
    return WordList(trie, (_DATA / f"{language}.zipf").read_bytes())
