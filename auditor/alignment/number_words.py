"""Numbers in words: what numbers a stretch of text says in words, in the languages of ``data/number_words.json``.

The words are cardinal and ordinal, in every gender and case that the Unicode CLDR gives (``benchmarks/cldr_data.py``
makes the file). Longer numbers are composed: "two hundred and fifty", "двадцать первого", "خمسة وعشرون". Words that
mean other things too ("one", "second") are read as numbers all the same: whoever asks wants to know whether a number
may be said here, not whether it must be.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from auditor.analysis.numerals import fold

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 4
#: Joins the parts of a number, folded.
_AND = frozenset({"and", "et", "y", "e", "und", "en", "och", "og", "i", "si", "u", "eta", "a"})
_HAN_RUN = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億廿卅]+")
_HAN_DIGITS = {**{d: n for n, d in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "兩": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def han_value(figures: str) -> int:
    """The value of Chinese figures: 二十三, 一九八二, 二百五十万. Raises KeyError for other characters."""
    if all(c in _HAN_DIGITS for c in figures):
        return int("".join(str(_HAN_DIGITS[c]) for c in figures))
    total = part = 0
    digit: int | None = None
    for c in figures:
        if c in _HAN_GROUPS:
            total += (part + (digit or 0) or 1) * _HAN_GROUPS[c]
            part, digit = 0, None
        elif c in _HAN_UNITS:
            part += (1 if digit is None else digit) * _HAN_UNITS[c]
            digit = None
        elif c in "廿卅":
            part, digit = part + (20 if c == "廿" else 30), None
        else:
            digit = _HAN_DIGITS[c] or None
    return total + part + (digit or 0)


@cache
def _all_words() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).parent / "data" / "number_words.json"
    data: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return data


@cache
def _words(language: str) -> dict[str, int]:
    """Value by word or words, folded; joined by single spaces."""
    found: dict[str, int] = {}
    for value, words in _all_words().get(language, {}).items():
        found |= {" ".join(re.split(r"[ -]+", word)): int(value) for word in words}
    if language in ("es", "pt", "gl"):
        found["cento" if language != "es" else "ciento"] = 100  # as in "ciento veinte"
    if language == "ar":  # CLDR has the nominative alone: ثلاثون; running text has ثلاثين, and leaves the article out
        found |= {word[:-2] + "ين": number for word, number in found.items() if word.endswith("ون")}
        bare = {word.removeprefix("ال"): number for word, number in found.items()}
        found |= bare | {"ال" + word: number for word, number in bare.items()}
        found |= {"ميه": 100, "مايه": 100, "مايتين": 200, "الفين": 2000, "اثنين": 2, "اثنتين": 2, "الفا": 1000}
    return found


def spelled_numbers(text: str, language: str) -> Counter[int]:
    """How often each number is said in words, so far as its words may mean it; of "two hundred and five" also its
    parts, since where one number ends and the next begins is not always to be seen."""
    found: Counter[int] = Counter()
    if language in ("zh", "ja") or "\u4e00" <= text[:1] <= "\u9fff":
        for match in _HAN_RUN.finditer(text):
            found[han_value(match.group())] += 1
        return found
    known = _words(language)
    if not known:
        return found
    tokens = [fold(match.group()) for match in _WORD.finditer(text)]
    if language == "ar":
        tokens = [_without_and(token, known) for token in tokens]
    at = 0
    run: list[int] = []
    while at < len(tokens):
        size = next((n for n in range(_MOST_WORDS, 0, -1) if " ".join(tokens[at : at + n]) in known), 0)
        if size:
            run.append(known[" ".join(tokens[at : at + size])])
            at += size
            continue
        if not (run and tokens[at] in _AND):
            _count(run, found)
            run = []
        at += 1
    _count(run, found)
    return found


def _without_and(token: str, known: dict[str, int]) -> str:
    """An Arabic word without what is written as part of it: "and", "in", "for"."""
    for prefix in ("و", "ب", "ل", "وال", "ك", "ف"):
        rest = token.removeprefix(prefix)
        if token not in known and rest != token and rest in known:
            return rest
    return token


def _count(run: list[int], found: Counter[int]) -> None:
    """The numbers of a run of number words, each part and what they make together."""
    found.update(run)
    total = current = last = 0
    for number in run:
        if number >= 100 and 0 < current < number:
            current *= number
        elif last and (number < last or (last < 10 <= number < 100)):
            current += number
        else:
            if current and total + current not in run:
                found[total + current] += 1
            total, current = 0, number
        if number == 1000:
            total, current = total + current, 0
        last = number
    if run and total + current not in run:
        found[total + current] += 1
