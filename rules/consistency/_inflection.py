"""The forms in which a term may stand: plural, possessive, case. Approximate on purpose, and on the side of silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Languages in which what qualifies a noun follows it.
HEAD_FIRST = frozenset({"fr", "es", "it", "pt", "ro"})
#: Languages whose endings change in every case.
CASES = frozenset(
    {"ru", "uk", "bg", "sr", "mk", "be", "pl", "cs", "sk", "sl", "hr", "lt", "lv", "fi", "hu", "et", "el"}
)
#: Words of a term stand at most so many characters from each other.
_CLOSE = 60
_SPACE = r"[ \xa0\n]+"
_LETTER = r"[^\W\d_]"


def forms_of(term: str, language: str) -> str | None:
    """A pattern for the forms of a term, by its words; None in languages without spaces between words."""
    if language in ("zh", "ja"):
        return None
    return _SPACE.join(_forms(word, language) for word in term.split(" "))


def _forms(word: str, language: str) -> str:
    if not word.isalpha() or len(word) < 3:
        return re.escape(word)
    if language in CASES:
        if word.endswith("ся") and len(word) > 8:
            return re.escape(word[:-5]) + rf"{_LETTER}{{0,7}}"
        keep = len(word) - (3 if len(word) > 8 else 2 if len(word) > 5 else 1)
        return re.escape(word[:keep]) + rf"{_LETTER}{{0,5}}"
    if language == "en":
        for end, stem in (("ies", 3), ("y", 1)):
            if word.endswith(end) and len(word) > 4:
                return re.escape(word[:-stem]) + "(?:y|ies)(?:['’]s?)?"
        bare = word.removesuffix("s") if not word.endswith("ss") else word
        return re.escape(bare) + "(?:e?s)?(?:['’]s?)?"
    if language == "de":
        keep = len(word) - (2 if len(word) > 6 else 0)
        return re.escape(word[:keep]) + rf"{_LETTER}{{0,4}}"
    return re.escape(word.rstrip("sx")) + "(?:e?s|x)?"


def occurs_loosely(term: str, lower: str, outside: Sequence[tuple[int, int]], language: str) -> bool:
    """Whether the words of a term, or words derived from them, stand close to each other in any order.

    ``term`` and the text ``lower`` are in small letters; occurrences that begin inside ``outside`` do not count. Always
    true in languages without spaces between words or with endings that this module does not know.
    """
    if language in ("zh", "ja", "ar"):
        return True
    words = [word for word in re.split(r"[^\w]+", term) if len(word) > 3] or [term]
    stems = [word[: max(len(word) - 3, min(len(word), 5))] for word in words]
    rarest = min(stems, key=lower.count)
    at = lower.find(rarest)
    while at >= 0:
        around = lower[max(0, at - _CLOSE) : at + _CLOSE]
        if not any(start <= at < end for start, end in outside) and all(stem in around for stem in stems):
            return True
        at = lower.find(rarest, at + 1)
    return False
