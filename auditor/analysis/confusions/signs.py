"""How likely each word of a raw OCR text is misread: many weak signs, weighed together.

For texts that are known to come from OCR (the deep profile). A word that no list has is a sign, and so is a rare word
that a known confusion makes of a common one, a sign inside or before a word, a single letter, the words beside it, and
how much of the whole text is no word. Each has a weight, and their sum is the logarithm of the odds.

The weights (``weights.toml``) are a logistic regression's, fitted by ``benchmarks/characters.py --fit`` on pairs of OCR
and truth in English, French and German; other languages take those of all three together. They hold nothing of the
texts they were fitted on but the weight of each sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.confusions.candidates import candidates
from auditor.analysis.confusions.suspects import core
from auditor.analysis.vocabulary import Vocabulary

_WORD = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+(?:['’ʼ·‐‑-](?:[^\\W\\d_]|[\u0300-\u036f])+)*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s|d|lb|c|er|e|me|ème|re|fr|l|p|a|b|º|ª)\.?")
_BRACKETS = '()[]"“”„«»,;:*†‡§&+=<>‹›—–…/'
_LEADING = ".,;:'’-_^*~•·!?|»"
_TRAILING = ".,;:'’-_^*~•·!?|«\"”)"
_USUAL_ENDS = frozenset({"...", ".)", "'", ",'", ").", ";-", '."', ',"', "),", ".”", ",”", ".’", ";)"})
_DASHES = frozenset({"-", "–", "—", "&", "=", "*", "+", "§"})
_SPECKS = re.compile(r"[{}|~^\\<>©®■•°]")
_VOWELS = "aeiouyäöüéèêâàîôûœAEIOUYÄÖÜÉáíóúãõąęёаеиоуыэюяАЕИОУЫЭЮЯ"
_ODD = re.compile(rf"[bcdfghjklmnpqrstvwxzßBCDFGHJKLMNPQRSTVWXZ]{{5}}|([^\W\d_])\1\1|\A[^{_VOWELS}]*\Z")
#: Words of one letter.
_SINGLE = {
    "en": "aI", "fr": "aàyAÀYôO", "de": "", "es": "aeoyuAEOYU", "it": "aeoiAEOI", "pt": "aeoàáAEOÀ", "nl": "uU",
    "pl": "aiouwzAIOUWZ", "ru": "аивкосуяАИВКОСУЯ",
}  # fmt: skip
#: So short a word with a stop may be an abbreviation.
_ABBREVIATED = 4
#: So many words to either side are a word's neighbourhood.
_NEAR = 4
#: Words of at least this frequency are not asked for what else they may have been.
_VERY_COMMON = 5.3


class Signs(msgspec.Struct, frozen=True):
    """The signs of one token by name, and how bad it looks by itself (0 to 1), which its neighbours take for a sign."""

    values: dict[str, float]
    badness: float


def signs_of(token: str, language: str, known: Vocabulary) -> Signs:
    """The signs that a token between white space bears by itself."""
    values: dict[str, float] = {}
    word = core(token.strip(_BRACKETS))
    badness = _signs_of_word(word, token, language, known, values)
    if word:
        leading = token[: len(token) - len(token.lstrip(_LEADING))]
        trailing = token[len(token.rstrip(_TRAILING)) :]
        if leading:
            values["mark before"] = 1.0
            values["stop before"] = float(leading[0] in ".,;:!?")
            badness = max(badness, 0.4)
        if len(trailing) > 1 and trailing not in _USUAL_ENDS:
            values["marks after"] = 1.0
        if trailing and trailing[-1] in "^*~_|«•":
            values["speck after"] = 1.0
        if trailing.startswith(".") and len(word) <= _ABBREVIATED:
            values["stop after one letter" if len(word) == 1 else "stop after few letters"] = 1.0
            if word.isalpha() and not known.known(word, language):
                values["stop after an unknown one"] = 1.0
    if _SPECKS.search(token):
        values["speck"] = 1.0
        badness = max(badness, 0.6)
    if token.endswith("-"):
        values["hyphen at end"] = 1.0
    count = known.count(word) if word else 0
    values["repeated"] = float(count > 1)
    values["repeated often"] = float(count > 3)
    return Signs(values, badness)


def _signs_of_word(word: str, token: str, language: str, known: Vocabulary, values: dict[str, float]) -> float:
    if not word:
        values["dash" if token in _DASHES else "mark"] = 1.0
        return 0.5
    if word.isdecimal():
        values["number"] = 1.0
        values["number of one figure"] = float(len(word) == 1)
        return 0.0
    if any(map(str.isdigit, word)):
        if not any(map(str.isalpha, word)):
            values["number with signs"] = 1.0
            return 0.0
        values["letters and figures"] = 1.0
        values["ordinal"] = float(_ORDINAL.fullmatch(word) is not None)
        return 0.7
    if _WORD.fullmatch(word) is None:
        values["sign inside"] = 1.0
        return 0.9
    form = _form(word)
    if len(word) == 1:
        single = word in _SINGLE.get(language, "")
        values["single word" if single else f"single {form}"] = 1.0
        return 0.0 if single else 0.6
    values["capitals inside"] = float(form == "mixed")
    frequency = known.frequency(word, language)
    is_known = known.known(word, language)
    if is_known and known.listed(word, language):
        badness = 0.0 if frequency > 3.5 else 0.3
        values[f"known {form}"] = 1.0
        for step in range(1, 6):
            values[f"rarer than {step + 1}"] = max(0.0, min(1.0, step + 1 - frequency))
        if len(word) == 2:
            values["two letters"] = 1.0
            values["two letters, rare"] = max(0.0, 5.5 - frequency)
        elif len(word) == 3:
            values["three letters"] = 1.0
            values["three letters, rare"] = max(0.0, 5.0 - frequency)
    elif is_known:
        badness = 0.3
        values[f"composed {form}"] = 1.0
    else:
        badness = 1.0 if form == "small" else 0.7
        values[f"unknown {form}"] = 1.0
        values["unknown of two"] = float(len(word) == 2)
        values["unknown of three"] = float(len(word) == 3)
        values["unknown and long"] = float(len(word) >= 10)
        values["unknown, listed"] = frequency
        values["unknown and odd"] = float(_ODD.search(word) is not None)
        values["unknown, hyphen"] = float("-" in word)
        if "-" in word:
            values["broken at a hyphen"] = float(known.known(word.replace("-", ""), language))
    if len(word) <= 20 and frequency < _VERY_COMMON:
        ranked = candidates(word, language, known)
        if ranked:
            kind = "known" if is_known else "unknown"
            ahead = ranked[0].weight - max(frequency, 1.0 if is_known else 0.5)
            values[f"correction, {kind}"] = 1.0
            values[f"correction ahead, {kind}"] = max(-2.0, min(5.0, ahead))
            values[f"correction likelier, {kind}"] = float(ahead > 0)
    return badness


def _form(word: str) -> str:
    if word.islower() or not any(map(str.isupper, word)):
        return "small"
    if word.isupper():
        return "capitals"
    pieces = [piece for piece in re.split(r"['’ʼ·‐‑-]", word) if piece]
    title = all(p.islower() or p.isupper() or (p[0].isupper() and p[1:].islower()) for p in pieces)
    return "title" if title else "mixed"


#: Signs that weigh more where the text around is bad.
_WITH_TEXT = ("known ", "unknown ", "composed ", "single ", "number", "letters and", "mark", "sign inside")


def all_signs(tokens: Sequence[str], language: str, known: Vocabulary) -> Iterator[dict[str, float]]:
    """The signs of each token of a text in order, those of its neighbours and of the whole text included."""
    by_token: dict[str, Signs] = {}
    own = []
    for token in tokens:
        signs = by_token.get(token)
        if signs is None:
            signs = by_token[token] = signs_of(token, language, known)
        own.append(signs)
    halves = _halves(tokens, language, known)
    badness = [0.0 if at in halves else signs.badness for at, signs in enumerate(own)]
    whole = sum(badness) / max(len(badness), 1)
    sums = [0.0]
    for value in badness:
        sums.append(sums[-1] + value)
    for at, signs in enumerate(own):
        low, high = max(0, at - _NEAR), min(len(own), at + _NEAR + 1)
        near = (sums[high] - sums[low] - badness[at]) / max(high - low - 1, 1)
        beside = [badness[other] for other in (at - 1, at + 1) if 0 <= other < len(own)]
        values = dict(signs.values)
        for name, value in signs.values.items():
            if value and name.startswith(_WITH_TEXT):
                values[f"{name}, text"] = value * whole
                values[f"{name}, near"] = value * near
        if at in halves:
            values[f"half of a word{_kind(values)}"] = 1.0
        values["near"] = near
        values["beside"] = sum(beside) / 2
        values["text"] = whole
        yield values


def _kind(values: dict[str, float]) -> str:
    return next(
        (f", {name}" for name in values if name.startswith(("unknown ", "known ", "composed ")) and "," not in name), ""
    )


def _halves(tokens: Sequence[str], language: str, known: Vocabulary) -> set[int]:
    """The tokens that are halves of words broken at a hyphen, where both together are a word."""
    found: set[int] = set()
    for at in range(len(tokens) - 1):
        if tokens[at][-1:] in "-¬\u00ad" and len(tokens[at]) > 2:
            first, second = core(tokens[at].lstrip(_BRACKETS)), core(tokens[at + 1].strip(_BRACKETS))
            if second[:1].islower() and known.known(first + second, language):
                found |= {at, at + 1}
    return found


@cache
def _weights() -> dict[str, dict[str, float]]:
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        return tomli.load(file)


def likelihoods(tokens: Sequence[str], language: str, known: Vocabulary) -> list[float]:
    """How likely each token of a text in one language is misread (0 to 1)."""
    weights = _weights().get(language) or _weights()["all"]
    start = weights["start"]
    found = []
    for values in all_signs(tokens, language, known):
        total = start + sum(value * weights.get(name, 0.0) for name, value in values.items())
        found.append(1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))))
    return found
