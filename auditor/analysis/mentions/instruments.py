"""Words for kinds of texts that have articles: "Convention", "loi", "Verordnung", "договор".

Languages differ in what makes a word one of them. English writes the texts it means with a capital; German and Dutch
compound ("Bundesgesetz"); of Slavonic and Arabic nouns the data have the stems; others take an ending for the plural.
Looked up, not searched: the words of all languages together would be a long pattern. Data:
``data/mentions_references.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from auditor.analysis.mentions.reference_words import data_of_references

_COMPOUNDING = ("de", "nl")
_BY_STEM = ("ru", "pl", "ar")
#: Endings of cases and plurals; the last one is that of compounds only.
_ENDINGS = ("", "e", "s", "es", "en")
#: What comes before the noun in a compound is no longer than this, where the word is found in a text.
_LONGEST_FIRST_PART = 30
_LONGEST_WORD = 60
#: What stands before a Chinese noun is no longer than this.
_LONGEST_HAN_NAME = 12

#: What may stand between a reference and such a word.
_LEAD = re.compile(r"[,(«“\"„]*[ \xa0\n\u202f]*[«“\"„]?")
_RUN = re.compile(rf"\w{{1,{_LONGEST_WORD}}}")
_LIKE_I_AND_S = str.maketrans("İıſ", "iis")


class _Nouns(msgspec.Struct, frozen=True):
    """The words of all languages in small letters: whole ones, English ones by themselves and with their capitals, what
    compounds end with, stems, Chinese ones, and those of several words."""

    whole: frozenset[str]
    english: frozenset[str]
    capitals: frozenset[str]
    compounding: tuple[str, ...]
    stems: tuple[str, ...]
    han: tuple[str, ...]
    phrases: re.Pattern[str]


@cache
def _nouns() -> _Nouns:
    data = {code: table["instruments"] for code, table in data_of_references().items() if "instruments" in table}
    others = [code for code in data if code not in (*_COMPOUNDING, *_BY_STEM, "en", "zh")]
    phrases = sorted({noun for noun in data["en"] if not noun.isalpha()}, key=len, reverse=True)
    spaced = "|".join(re.escape(phrase).replace(r"\ ", r"[ \xa0\n]+") for phrase in phrases)
    return _Nouns(
        whole=frozenset(noun for code in others for noun in data[code]),
        english=frozenset(noun + ending for noun in data["en"] for ending in ("", "s")),
        capitals=frozenset(noun[0].upper() + noun[1:] + ending for noun in data["en"] for ending in ("", "s")),
        compounding=tuple(noun for code in _COMPOUNDING for noun in data[code]),
        stems=tuple(noun for code in _BY_STEM for noun in data[code]),
        han=tuple(data["zh"]),
        phrases=re.compile(rf"(?:{spaced})s?(?!\w)", re.IGNORECASE),
    )


def _small(word: str) -> str:
    """The word in small letters; the long s and the dotless i, which scanners see in old print, are s and i."""
    return word.lower() if word.isascii() else word.translate(_LIKE_I_AND_S).lower()


@lru_cache(maxsize=20_000)
def is_instrument(word: str) -> bool:
    """Whether a word of letters names a kind of text that has articles."""
    nouns = _nouns()
    small = _small(word)
    return word in nouns.capitals or small.startswith(nouns.stems) or _is_noun(word, small, nouns, longest=len(word))


def _is_noun(word: str, small: str, nouns: _Nouns, *, longest: int) -> bool:
    """Whether a word is one of the nouns with an ending as ``word`` has it, or a compound with one; ``longest`` is how
    long its first part may be."""
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = small[: len(small) - len(ending)]
            if stem in nouns.whole and ending != "en":
                return True
            if stem.endswith(nouns.compounding) and any(
                stem.endswith(noun) and len(stem) - len(noun) <= longest for noun in nouns.compounding
            ):
                return True
    return False


def instrument_follows(text: str, at: int) -> bool:
    """Whether at ``at`` such a word follows, after a comma, brackets or quotation marks and spaces, in any case."""
    nouns = _nouns()
    lead = _LEAD.match(text, at)
    start = lead.end() if lead is not None else at
    run = _RUN.match(text, start)
    if run is None:
        return False
    small = _small(run.group())
    if small.startswith(nouns.stems) or _begins_with_han(small, nouns.han):
        return True
    if len(small) == _LONGEST_WORD:
        return False
    if small in nouns.english or nouns.phrases.match(text, start) is not None:
        return True
    return _is_noun(small, small, nouns, longest=_LONGEST_FIRST_PART)


def _begins_with_han(run: str, nouns: tuple[str, ...]) -> bool:
    """Whether one of the Chinese nouns stands in a run of Chinese characters, not too far from its beginning."""
    if not "\u4e00" <= run[0] <= "\u9fff":
        return False
    for at in range(min(len(run), _LONGEST_HAN_NAME + 1)):
        if run.startswith(nouns, at):
            return True
        if not "\u4e00" <= run[at] <= "\u9fff":
            return False
    return False
