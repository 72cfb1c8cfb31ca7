"""The vocabulary of a document: what counts as a word in it, how frequent it is, and how often it stands there.

A word is known that the list of its language has (`auditor.analysis.vocabulary.word_list`), the lexicon of law and
institutions, or the user's; or that is made of such (`auditor.analysis.vocabulary.composition`). The lists also hold
names and what scanners of old books made of words. These are doubtful, and known only where they are written with a
capital. Ask `Vocabulary.covers` first: in a language without a list only the lexicons speak.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

from auditor.analysis.fact import fact
from auditor.analysis.mentions.running_text import SEPARATOR, running_text
from auditor.analysis.vocabulary.composition import composition, is_composed
from auditor.analysis.vocabulary.forms import folded
from auditor.analysis.vocabulary.lexicon import institutional, of_user
from auditor.analysis.vocabulary.word_list import COVERED, word_list
from auditor.document import Document

#: Letters with their marks, and the apostrophes, hyphens and middle dots between them.
WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f\u064b-\u0652\u0670])+(?:['’·‐‑-](?:[^\\W\\d_]|[\u0300-\u036f])+)*")

#: A part of a word that is put together without a sign between its parts is this frequent at least (Zipf).
_COMMON = 2.6
_COMMON_AND_SHORT = 3.6


@lru_cache(maxsize=1 << 17)
def is_listed(word: str, language: str) -> bool:
    """Whether the lists and lexicons kept here have a word as it is written, or all that it is made of.

    Remembered for all documents of a process: they share most of their words.
    """
    form = folded(word)
    lexicon = institutional(language)
    if language not in COVERED:
        return form in lexicon
    listed = word_list(language)
    if listed.sure(form) or form in lexicon or (word[:1].isupper() and form in listed):
        return True

    def known(part: str) -> bool:
        return part in listed or part in lexicon

    def common(part: str) -> bool:
        least = _COMMON if len(part) > 4 else _COMMON_AND_SHORT
        return (listed.sure(part) and listed.zipf(part) >= least) or part in lexicon

    return is_composed(form, composition(language), known, common)


class Vocabulary:
    """What is a word in one document. Words are given as they are written; languages as ISO 639-1 codes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._user = of_user(document.guidance.lexicon)

    @staticmethod
    def covers(language: str) -> bool:
        """Whether there is a word list for a language."""
        return language in COVERED

    def known(self, word: str, language: str) -> bool:
        """Whether the word exists in a language, or in the user's lexicon."""
        return is_listed(word, language) or (bool(self._user) and self._is_users(folded(word), language))

    def _is_users(self, form: str, language: str) -> bool:
        """Whether a folded word is the user's, or put together with one of the user's."""
        return form in self._user or is_composed(
            form,
            composition(language),
            lambda part: part in self._user or is_listed(part, language),
            self._user.__contains__,
        )

    def listed(self, word: str, language: str) -> bool:
        """Whether a list or lexicon has the word itself, beyond doubt; what it may be made of is not considered."""
        form = folded(word)
        if form in self._user or form in institutional(language):
            return True
        return language in COVERED and word_list(language).sure(form)

    def frequency(self, word: str, language: str) -> float:
        """How frequent the word is in a language, on the Zipf scale: 6 is once per thousand words, 3 once per million.

        Rounded to a fifteenth; 0.0 where the list does not have it.
        """
        return word_list(language).zipf(folded(word)) if language in COVERED else 0.0

    def languages_of(self, word: str) -> frozenset[str]:
        """The languages whose lists have the word, beyond doubt and not as a rarity."""
        form = folded(word)
        return frozenset(
            code for code in COVERED if word_list(code).sure(form) and word_list(code).zipf(form) >= _COMMON
        )

    @cached_property
    def tokens(self) -> Counter[str]:
        """What stands between white space in the running text, as it is written, and how often."""
        return Counter(running_text(self._document).text.replace(SEPARATOR, " ").split())

    @cached_property
    def written(self) -> Counter[str]:
        """The words of the running text as they are written, and how often."""
        counts: Counter[str] = Counter()
        for token, count in self.tokens.items():
            if token.isalpha():
                counts[token] += count
            else:
                for word in WORD.findall(token):
                    counts[word] += count
        return counts

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for token, count in self.tokens.items():
            for word in (token,) if token.isalpha() else WORD.findall(token):
                form = folded(word)
                counts[form] = counts.get(form, 0) + count
        return counts

    def count(self, word: str) -> int:
        """How often the word stands in this document, in whatever case."""
        return self._counts.get(folded(word), 0)


@fact
def vocabulary(document: Document) -> Vocabulary:
    """The vocabulary of a document; its counts are made when they are first asked for."""
    return Vocabulary(document)
