"""Readings: which numbers a token may be as an enumerator.

Beyond what `auditor.analysis.numerals` reads, letters that stand between the letters of an alphabet (ñ, й) and the old
Spanish ll and ch are numbers between two numbers, and single characters that scanners confuse are read both ways.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from auditor.analysis.numerals import read_numerals

_LARGEST = 999
_LARGEST_LETTERS = 78
_LARGEST_ROMAN = 49


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What number a mark may be.

    system   the alphabet or figures that it counts in: "digits", "latin-lower", "roman-upper", "han" …
    prefix   the numbers of the levels above, for decimal numbers ("1.2." has the prefix 1)
    rank     orders numbers between two numbers: 0, then bis, ter … (2 bis comes after 2), or ñ after n
    damaged  a confusion was repaired (l for 1)
    """

    value: int
    system: str
    prefix: tuple[int, ...] = ()
    rank: int = 0
    damaged: bool = False


_CYRILLIC_BETWEEN = {"ё": ("е", 1), "й": ("и", 2), "ъ": ("щ", 1), "ы": ("щ", 2), "ь": ("щ", 3), "ґ": ("г", 1),
                     "є": ("е", 1), "і": ("и", 1), "ї": ("и", 2)}  # fmt: skip
_SUFFIX_RANKS = {name: rank for rank, name in enumerate(
    ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"), 2)}  # fmt: skip
#: What scanners make of a single figure, beyond what `read_numerals` repairs by itself; and of a letter.
_FIGURE_CONFUSIONS = {
    "S": 5,
    "s": 5,
    "B": 8,
    "б": 6,
    "Б": 6,
    "З": 3,
    "з": 3,
    "Z": 2,
    "z": 2,
    "O": 0,
    "o": 0,
    "О": 0,
    "о": 0,
}
_LETTER_CONFUSIONS = {"1": "il", "0": "o", "5": "s", "8": "b", "6": "bб", "3": "з", "2": "z", "9": "g"}


def _rank(suffix: str) -> int:
    if not suffix:
        return 0
    if suffix in _SUFFIX_RANKS:
        return _SUFFIX_RANKS[suffix]
    return ord(suffix[0].casefold()) - 96 if suffix.isascii() and suffix.isalpha() else 1


def _system(style: str) -> str:
    return "digits" if style in ("arabic", "arabic-indic", "fullwidth") else style


@lru_cache(maxsize=16384)
def readings_of(token: str) -> tuple[Reading, ...]:
    """Every reading of a token as an enumerator's number, those that repair nothing first."""
    if "." in token:
        parts = [int(part) for part in token.split(".")]
        return (Reading(parts[-1], "digits", tuple(parts[:-1])),) if parts[-1] else ()
    found: dict[tuple[int, str, int], Reading] = {}

    def add(value: int, system: str, rank: int = 0, damaged: bool = False) -> None:
        largest = _LARGEST if system == "digits" else _LARGEST_ROMAN if system.startswith("roman") else _LARGEST_LETTERS
        if 0 < value <= largest:
            found.setdefault((value, system, rank), Reading(value, system, (), rank, damaged))

    lowered = token.casefold()
    case = "upper" if token != lowered else "lower"
    between = _CYRILLIC_BETWEEN.get(lowered)
    if lowered == "ñ":
        add(14, f"latin-{case}", 1)
    elif token in ("ll", "LL", "ch", "CH", "Ch", "Ll"):
        add(12 if lowered == "ll" else 3, f"latin-{case}", 1)
    elif between is not None:
        for numeral in read_numerals(between[0]):
            if numeral.style == "cyrillic-lower":
                add(numeral.value, f"cyrillic-{case}", between[1])
    if lowered.isdigit() and len(token) > 1 and set(token) == {"1"}:
        add(int(token), "digits")
        add(len(token), "roman-lower", 0, True)
        add(len(token), "roman-upper", 0, True)
    for numeral in sorted(read_numerals(token), key=lambda n: n.damaged):
        if numeral.end != len(token) or numeral.style.startswith(("spanish", "cyrillic-full", "ukrainian", "greek-a")):
            continue
        if numeral.style != "spelled" and not (numeral.damaged and token == "i"):
            add(numeral.value, _system(numeral.style), _rank(numeral.suffix), numeral.damaged)
    if len(token) == 1:
        if token in _FIGURE_CONFUSIONS:
            add(_FIGURE_CONFUSIONS[token], "digits", 0, True)
        for letter in _LETTER_CONFUSIONS.get(token, ""):
            system = "cyrillic" if letter in "бз" else "latin"
            for numeral in read_numerals(letter):
                if numeral.style == f"{system}-lower":
                    add(numeral.value, f"{system}-lower", 0, True)
            if letter == "i":
                add(1, "roman-lower", 0, True)
                add(1, "roman-upper", 0, True)
        if token == "l":
            add(1, "roman-lower", 0, True)
    return tuple(sorted(found.values(), key=lambda r: r.damaged))
