"""Spellings of one word or name: which forms that a text uses are so alike that they are meant to be the same.

The forms are those of the document's vocabulary. Two are alike where they are the same without marks over letters,
hyphens and doubled letters (their skeleton), or where one letter is more, less or another, or two neighbours are
exchanged (found by leaving out each letter in turn, as in SymSpell).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

#: Forms longer than this are not compared.
LONGEST = 24


_DOUBLED = re.compile(r"(.)\1+")
_SIGNS = re.compile(r"[-‐‑'’·.]")


def skeleton(word: str) -> str:
    """A word in small letters without marks over letters, hyphens, apostrophes and doubled letters."""
    plain = word.lower()
    if not plain.isalpha():
        plain = _SIGNS.sub("", plain)
    if not plain.isascii():
        plain = "".join(c for c in normalize("NFD", plain) if not combining(c))
    return _DOUBLED.sub(r"\1", plain)


def same_skeleton(words: Iterable[str]) -> list[list[str]]:
    """The words that share a skeleton with another one, grouped."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[skeleton(word)].append(word)
    return [group for group in groups.values() if len(group) > 1]


def one_letter_apart(words: Iterable[str], targets: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a word and a target between which one letter is more, less or another, or two neighbours are exchanged.

    In the order of the words; a word is no target of its own.
    """
    index: dict[str, list[str]] = defaultdict(list)
    for target in targets:
        for form in _with_letters_left_out(target):
            index[form].append(target)
    if not index:
        return
    for word in words:
        found = {target: None for form in _with_letters_left_out(word) for target in index.get(form, ())}
        for target in found:
            if target != word and is_one_letter(word, target):
                yield word, target


def _with_letters_left_out(word: str) -> list[str]:
    """A word, and the word without each of its letters in turn; nothing of a word that is too long."""
    if len(word) > LONGEST:
        return []
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def is_one_letter(one: str, other: str) -> bool:
    """Whether one edit (a letter more, less or another, or two neighbours exchanged) lies between two words."""
    at = first_difference(one, other)
    if len(one) == len(other):
        return at < len(one) and (
            one[at + 1 :] == other[at + 1 :]
            or (one[at + 2 :] == other[at + 2 :] and one[at : at + 2] == other[at : at + 2][::-1])
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and longer[at + 1 :] == shorter[at:]


def first_difference(one: str, other: str) -> int:
    """The first place where two words differ."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)
