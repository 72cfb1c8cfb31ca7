"""Cardinal numbers written as words: "thirty-five", "trente-cinq", "тридцати пяти", "fünfunddreißig", 三十五.

The words are data (``data/cardinals.toml``). A number is a run of such words that can be one number: the parts go from
the greater to the smaller, or multiply ("two hundred and five"). Figures said one after the other ("nineteen eighty")
are none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import msgspec
import tomli

_DATA = Path(__file__).parent / "data" / "cardinals.toml"
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ \xa0\u202f\n-]{1,2}$")
#: Chinese figures, units among them; common words are not made of these alone ("一" is, and is left out by itself).
_HAN = re.compile(r"[〇零一二三四五六七八九十百千万两]+")
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCORE = 20
#: A number of more words, or of longer ones, is not looked for.
_MOST_WORDS = 12
_LONGEST_PART = 12


class _Language(msgspec.Struct, frozen=True):
    units: dict[str, int]
    scales: dict[str, int]
    joins: frozenset[str]
    per: tuple[str, ...]
    glued: str | None
    prefix: str

    def holds(self, word: str) -> bool:
        return word in self.units or word in self.scales or self._bare(word) is not None or self._parts(word) != ()

    def _bare(self, word: str) -> str | None:
        if self.prefix and word.startswith(self.prefix):
            bare = word.removeprefix(self.prefix)
            if bare in self.units or bare in self.scales:
                return bare
        return None

    def value(self, words: list[str]) -> int | None:
        """The number that the words make together; None where they make none."""
        parts: list[tuple[int, bool]] = []
        for word in words:
            if word in self.units:
                parts.append((self.units[word], False))
            elif word in self.scales:
                parts.append((self.scales[word], True))
            elif (bare := self._bare(word)) is not None:
                parts.append((self.units.get(bare) or self.scales[bare], bare in self.scales))
            elif found := self._parts(word):
                parts.extend(found)
            elif word not in self.joins:
                return None
        return _sum(parts, unit_before_ten=bool(self.prefix) or bool(self.glued))

    def _parts(self, word: str) -> tuple[tuple[int, bool], ...]:
        """The parts of a number written as one word; none where it is no such word."""
        if self.glued is None or len(word) < 6 or len(word) > 60:
            return ()
        dead: set[int] = set()

        def rest(at: int) -> tuple[tuple[int, bool], ...] | None:
            """The parts from ``at`` to the end, the longest first; each place is tried once."""
            if at == len(word):
                return ()
            if at in dead:
                return None
            for size in range(min(_LONGEST_PART, len(word) - at), 1, -1):
                part = self._part(word[at : at + size], last=at + size == len(word))
                if part is not None and (following := rest(at + size)) is not None:
                    return (part, *following)
            if self.glued and at and word.startswith(self.glued, at):
                following = rest(at + len(self.glued))
                if following:
                    return following
            dead.add(at)
            return None

        return rest(0) or ()

    def _part(self, piece: str, *, last: bool) -> tuple[int, bool] | None:
        if piece in self.units:
            return self.units[piece], False
        if piece in self.scales:
            return self.scales[piece], True
        tens = None if last else self._elided(piece)
        return (tens, False) if tens is not None else None

    def _elided(self, piece: str) -> int | None:
        """Italian drops the vowel of the tens before one and eight: ventuno, trentotto."""
        if self.glued != "":
            return None
        for vowel in "aio":
            value = self.units.get(piece + vowel)
            if value is not None and value >= _SCORE:
                return value
        return None


def _sum(parts: list[tuple[int, bool]], *, unit_before_ten: bool) -> int | None:
    """The value of parts in the order in which they are said; None where no number is said in that order."""
    total = current = 0
    largest = 10**15
    for value, scale in parts:
        if scale and value >= 1000:
            if value >= largest:
                return None
            total += max(current, 1) * value
            largest, current = value, 0
        elif scale:
            if current >= 10 and not (current < 100 and total == 0 and current % 10):
                return None
            current = max(current, 1) * value
        elif value == _SCORE and current % 100 == 4:
            current += 76  # quatre-vingts
        elif 10 <= value < 20 and current % 100 in (60, 80):
            current += value  # soixante-dix, quatre-vingt-dix
        elif value >= 100:
            if current:
                return None
            current = value
        elif value >= 10:
            below = current % 100
            if below and not (unit_before_ten and below < 10):
                return None
            current += value
        else:
            if current % 10 or (current % 100 == 10 and value < 7):
                return None
            current += value
    return total + current if parts else None


def _fold(word: str) -> str:
    plain = word.casefold()
    if plain.isascii():
        return plain
    return "".join(c for c in normalize("NFD", plain) if not combining(c) or c == "\u0306")


@cache
def _languages() -> dict[str, _Language]:
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    return {
        code: _Language(
            units={_fold(form): int(value) for value, forms in table["units"].items() for form in forms},
            scales={_fold(form): int(value) for value, forms in table["scales"].items() for form in forms},
            joins=frozenset(table["joins"]),
            per=tuple(table["per"]),
            glued=table.get("glued"),
            prefix=table.get("prefix", ""),
        )
        for code, table in data.items()
    }


def cardinal_languages() -> tuple[str, ...]:
    """The languages whose numbers are read, Chinese among them."""
    return (*_languages(), "zh")


def per_cent(language: str) -> tuple[str, ...]:
    """How the language says "per cent" after a number; none where it is not known."""
    table = _languages().get(language)
    return table.per if table is not None else ()


def read_cardinal(text: str, language: str) -> int | None:
    """The value of a text that is a cardinal number in words and nothing else; None where it is not."""
    if language == "zh":
        return _han_value(text.strip()) if _HAN.fullmatch(text.strip()) else None
    table = _languages().get(language)
    if table is None:
        return None
    words = [_fold(word) for word in re.split(r"[ \xa0\u202f\n-]+", text.strip())]
    if not words or len(words) > _MOST_WORDS or words[0] in table.joins or words[-1] in table.joins:
        return None
    return table.value(words)


def cardinal_before(text: str, end: int, language: str) -> tuple[int, int] | None:
    """Value and start of the longest cardinal in words that ends at ``end``; None where none does."""
    if language == "zh":
        start = end
        while start > 0 and _HAN.match(text[start - 1]) and end - start <= _MOST_WORDS:
            start -= 1
        value = _han_value(text[start:end]) if end > start else None
        return (value, start) if value is not None else None
    table = _languages().get(language)
    if table is None:
        return None
    found = list(_WORD.finditer(text, max(0, end - 120), end))
    words: list[tuple[str, int]] = []
    following = end
    for match in reversed(found[-_MOST_WORDS:]):
        word = _fold(match.group())
        if match.end() != following and not _BETWEEN.match(text[match.end() : following]):
            break
        if match.start() == max(0, end - 120) and match.start() > 0:
            break
        if word not in table.joins and not table.holds(word):
            break
        words.insert(0, (word, match.start()))
        following = match.start()
    while words and words[0][0] in table.joins:
        del words[0]
    # All of them or none: what goes before belongs to the number too.
    value = table.value([word for word, _ in words])
    return (value, words[0][1]) if value is not None else None


def _han_value(figures: str) -> int | None:
    """The value of Chinese figures; None where they are no number."""
    if figures == "一" or not figures:
        return None
    if not any(c in _HAN_UNITS or c == "万" for c in figures):
        if len(figures) > 1 and "两" in figures:
            return None
        return int("".join(str(_HAN_DIGITS[c]) for c in figures))
    total = current = 0
    digit: int | None = None
    for c in figures:
        if c == "万":
            total = (total + current + (digit or 0)) * 10000
            current, digit = 0, None
        elif c in _HAN_UNITS:
            current += (1 if digit is None else digit) * _HAN_UNITS[c]
            digit = None
        else:
            if digit:
                return None
            digit = _HAN_DIGITS[c]
    return total + current + (digit or 0)
