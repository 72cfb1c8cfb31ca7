"""Tokens: words, numbers and punctuation marks, as units of comparison.

A number with its separators is one token, a word is its letters without apostrophes and hyphens, an ideograph or kana
is a token of its own; anything else that is visible is a token by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_IDEOGRAPH = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
#: Marks that belong to the letter before them, and the scripts whose vowels are such marks.
_MARK = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
)
_LETTER = rf"(?:[^\W_{_IDEOGRAPH}]|[{_MARK}])"
TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)+(?!\w)|{_LETTER}+(?:[{_INVISIBLE}]+{_LETTER}+)*|[^\s{_INVISIBLE}]",
)
_DROP_INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
#: Marks that are one mark to a reader, whichever form of it a printer, converter or keyboard gives.
_MARKS = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‘’‚‛‹›′´`ʼ＇", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | {"…": ".", "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?"}
)
#: Stands for every name, so that texts which differ in names alone are alike.
NAME = "\x00name"


@lru_cache(maxsize=65536)
def folded(token: str) -> str:
    """A token as it is compared: marks of one meaning are one, ligatures and wide letters are taken apart."""
    if token.isascii():
        return token
    if _DROP_INVISIBLE.search(token):
        token = _DROP_INVISIBLE.sub("", token)
    token = token.translate(_MARKS)
    if any(unicodedata.category(character) == "No" for character in token):
        return token  # a raised number is another sign than the number
    return unicodedata.normalize("NFKC", token) or token


@lru_cache(maxsize=65536)
def masked(token: str) -> str:
    """A token without its case, and `NAME` for one that begins with a capital."""
    return NAME if token[0].isupper() else token.casefold()


def is_number(token: str) -> bool:
    """Whether a token is a number in figures."""
    return token[0].isdecimal()


def is_word(token: str) -> bool:
    """Whether a token holds letters or figures: no punctuation mark."""
    return token[0].isalnum()


def is_name_like(token: str) -> bool:
    """Whether a token may be (part of) a name: a capital first, or a script that has no capitals."""
    first = token[0]
    return first.isalpha() and (first.isupper() or first.upper() == first.lower())


class Alphabet(dict[str, str]):
    """Gives each token a character, so that texts become strings that compare quickly."""

    def __missing__(self, token: str) -> str:
        # Characters from 1 up; 0 is nobody's. Surrogates are left out: not every library takes them.
        number = len(self) + 1
        self[token] = character = chr(number if number < 0xD800 else number + 0x800)
        return character

    def encode(self, tokens: Iterable[str]) -> str:
        """One character for each token."""
        return "".join([self[token] for token in tokens])
