"""Which language a block is written in.

The script decides first: a block in Greek letters is Greek. Where several languages share a script, their small
words do (naive Bayes over the most frequent words, ranked after Zipf), helped by letters that only some of them use
and by endings. A block that says too little for itself, such as a heading or a folio, takes the language of the text
that follows it, or else of the text before, unless its own few words speak against it.

Data: ``data/languages.toml`` (own compilation).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log
from pathlib import Path
from unicodedata import normalize

import msgspec
import tomli

from auditor.analysis.fact import fact
from auditor.analysis.scripts import beyond_latin, may_hold
from auditor.document import Block, Document

UNKNOWN = "und"

#: How much of a block is looked at, in characters: some sixty words.
_LOOK = 400

#: Scripts that belong to one language (among those read here), by their ranges.
_SCRIPT_RANGES = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Deva": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff",
    "ko": "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
    "Kana": "\u3040-\u30ff",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
}
_BEYOND_LATIN = "\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7a3\ufb50-\ufefc"
_LATIN_LETTERS = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_COMBINING = re.compile("[\u0300-\u036f]")

#: Languages that share a script other than the Latin one.
_SHARED = {
    "Cyrl": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "mn"),
    "Arab": ("ar", "fa", "ur"),
    "Deva": ("hi", "mr", "ne"),
}
#: Blanks for all of ASCII but its small letters, in UTF-8.
_SMALL_LETTERS = bytes(byte if byte > 0x7F or byte == 0 or 0x61 <= byte <= 0x7A else 0x20 for byte in range(256))
_ASCII = bytes(range(0x80))
#: Between blocks.
_PARTED = "\x00"
_WORD = re.compile(r"[^\W\d_]+")
#: Arabic and Indian vowel signs stand inside words, but are no letters.
_WORD_WITH_MARKS = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u200c])+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

#: Evidence, in natural logarithms of odds: for a letter or an ending that the language uses, against a language that
#: does not use a letter, for the language of the text that follows or goes before, and of most of the document.
_LETTER = 1.2
_FOREIGN_LETTER = 0.6
_ENDING = 0.8
_FOLLOWING = 2.5
_PRECEDING = 2.0
_DOCUMENT = 1.0

#: By how much the best language must lead for a block to speak for itself; and for it to bring a language into a
#: document that no other block is in.
_SURE = 4.0
_QUITE_SURE = 9.0

#: By how much a language must fit a block better than all languages found so far for it to be another one; and by
#: how much all such blocks together.
_STRANGE = 8.0
_STRANGE_TOGETHER = 12.0

#: From so many words on, words of less than two and a half letters on average are no words.
_SPACED_OUT = 8

#: So many different small words show a language, and from so many different words on a text must show them.
_AT_HOME = 10
_TELLING = 150

#: So many words that only one language has settle it, if no other language has a word of its own there.
_ENOUGH = 3


class _Model(msgspec.Struct, frozen=True):
    """Evidence of one script's languages: word, letter or ending, and for which of ``codes`` how much it counts."""

    codes: tuple[str, ...]
    start: tuple[float, ...]  # points of each before anything is read
    places: dict[str, int]
    words: dict[str, tuple[tuple[int, float], ...]]
    own: dict[str, str]  # words of one language alone, with its code
    letters: dict[str, tuple[int, ...]]
    endings: dict[str, tuple[int, ...]]
    known: frozenset[str]  # the keys of ``words``
    own_words: frozenset[str]  # those of ``own``


@cache
def _models() -> dict[str, _Model]:
    """The models by script; ``Latn`` for all languages of the data file that no other script claims."""
    data = tomli.loads((Path(__file__).parent / "data" / "languages.toml").read_text("utf-8"))
    # An entry "sr-Latn" is Serbian in the Latin script, beside the "sr" of the Cyrillic one.
    shared = {code for codes in _SHARED.values() for code in codes}
    scripts = {**_SHARED, "Latn": tuple(code for code in data if code not in shared)}
    return {script: _model(codes, data) for script, codes in scripts.items()}


def _model(entries: tuple[str, ...], data: dict[str, dict[str, object]]) -> _Model:
    codes = tuple(entry.partition("-")[0] for entry in entries)
    words: dict[str, dict[int, float]] = {}
    letters: dict[str, list[int]] = {}
    endings: dict[str, list[int]] = {}
    for index, name in enumerate(entries):
        entry = data[name]
        for rank, word in enumerate(dict.fromkeys(str(entry["words"]).split())):
            # A word of rank r makes up about 7 % / (r + 1) of a text; a word of no list 0.02 % of one.
            weight = max(log(0.07 / (rank + 1) / 0.0002), 1.0)
            words.setdefault(word, {})[index] = min(weight, _LETTER) if len(word) == 1 else weight
        for letter in filter(str.isalpha, str(entry["letters"])):
            letters.setdefault(letter, []).append(index)
        for ending in dict.fromkeys(entry["endings"]):  # type: ignore[call-overload]
            endings.setdefault(ending[-4:], []).append(index)
    own = {word: codes[next(iter(found))] for word, found in words.items() if len(found) == 1 and len(word) > 1}
    return _Model(
        codes,
        tuple(-float(str(data[entry].get("behind", 0.0))) for entry in entries),
        {code: index for index, code in enumerate(codes)},
        {word: tuple(found.items()) for word, found in words.items()},
        own,
        {letter: tuple(found) for letter, found in letters.items()},
        {ending: tuple(dict.fromkeys(found)) for ending, found in endings.items()},
        frozenset(words),
        frozenset(own),
    )


class _Evidence(msgspec.Struct, frozen=True):
    """What a block says for itself: its likeliest language, by how much that leads, and the points of all.

    A block that is more than sure needs no points.
    """

    code: str
    lead: float
    script: str
    points: Sequence[float]


_NOTHING = _Evidence(UNKNOWN, 0.0, "", ())


def _evidence_of(document: Document) -> list[_Evidence]:
    """What each block says for itself."""
    samples = [block.prose.text[:_LOOK] for block in document.blocks]
    if _PARTED in document.text:
        samples = [sample.replace(_PARTED, " ") for sample in samples]
    if not samples:
        return []
    if beyond_latin(document):
        scripts = _scripts_in(document)
        found = [_in_any_script(sample, scripts) for sample in samples]
    else:
        # All blocks at once: small letters, and a blank for whatever is no letter.
        text = _PARTED.join(samples).lower()
        encoded = text.encode("utf-8", "surrogatepass")
        for character in set(encoded.translate(None, _ASCII).decode("utf-8", "surrogatepass")):
            if _WORD.match(character) is None:
                encoded = encoded.replace(character.encode("utf-8", "surrogatepass"), b" ")
        letters = encoded.translate(_SMALL_LETTERS).decode("utf-8", "surrogatepass")
        model = _models()["Latn"]
        found = [_in_words(part, part.split(), model, "Latn") for part in letters.split(_PARTED)]
    for block in document.blocks:
        if block.kind in ("code", "front_matter"):
            found[block.index] = _NOTHING
    return found


def _in_any_script(sample: str, scripts: dict[str, re.Pattern[str]]) -> _Evidence:
    """The evidence of the beginning of a block."""
    script = "Latn"
    ascii_only = sample.isascii()
    if not ascii_only:
        if _COMBINING.search(sample):
            sample = normalize("NFC", sample)
        if _letters_beyond_latin().search(sample):
            script = _script(sample, scripts)
        if script not in _SHARED and script != "Latn":
            return _Evidence(script, 2 * _QUITE_SURE, script, ())
    sample = sample.lower()
    words = _latin_words(sample, ascii_only) if script == "Latn" else _WORD_WITH_MARKS.findall(sample)
    return _in_words(sample, words, _models()[script], script)


def _in_words(sample: str, found_words: list[str], model: _Model, script: str) -> _Evidence:
    """The evidence of words in small letters, and of letters beyond ASCII in the text that they are from."""
    if len(found_words) > _SPACED_OUT and len("".join(found_words)) < 2.5 * len(found_words):
        return _NOTHING  # s p a c e d   o u t by a scanner
    words = set(found_words)
    own = [model.own[word] for word in model.own_words & words]
    if len(own) >= _ENOUGH and own.count(own[0]) == len(own):
        return _Evidence(own[0], 2 * _QUITE_SURE, script, ())
    points = list(model.start)
    for word in model.known & words:
        for index, weight in model.words[word]:
            points[index] += weight
    best, second = _best_two(points)
    if best - second < _QUITE_SURE and not sample.isascii():
        letters = _BEYOND_ASCII.findall(sample)
        for letter in dict.fromkeys(letters):
            using = model.letters.get(letter)
            if using is not None:
                weight = min(letters.count(letter), 3)
                points = [value - _FOREIGN_LETTER * weight for value in points]
                for index in using:
                    points[index] += (_LETTER + _FOREIGN_LETTER) * weight
        best, second = _best_two(points)
    if best - second < _SURE:
        told = False
        for word in words:
            if len(word) > 5:
                for index in model.endings.get(word[-4:], ()) or model.endings.get(word[-3:], ()):
                    points[index] += _ENDING
                    told = True
        if told:
            best, second = _best_two(points)
    if best <= 0.0:
        return _NOTHING
    lead = best - second
    return _Evidence(model.codes[points.index(best)], lead, script, points if lead < 2 * _QUITE_SURE else ())


def _latin_words(sample: str, ascii_only: bool) -> list[str]:
    """The words of a text in small letters, as `_WORD` finds them, only faster."""
    encoded = sample.encode("utf-8", "surrogatepass")
    found = encoded.translate(_SMALL_LETTERS).decode("utf-8", "surrogatepass").split()
    if ascii_only or "".join(found).isalpha():
        return found
    return [part for word in found for part in ((word,) if word.isalpha() else _WORD.findall(word))]


def latin_fit(text: str) -> tuple[str, float]:
    """The language of the Latin script that a text fits best, and how well: its small words, and its letters beyond
    ASCII, each for or against it. For telling code pages apart, where the same bytes stand for other letters."""
    model = _models()["Latn"]
    words = _WORD.findall(text.lower())
    points = [0.0] * len(model.codes)
    for word, count in Counter(words).items():
        for index, weight in model.words.get(word, ()):
            points[index] += weight * min(count, 3)
    for letter, count in Counter(_BEYOND_ASCII.findall("".join(words))).items():
        using = model.letters.get(letter, ())
        for index in range(len(points)):
            points[index] += (_LETTER if index in using else -2 * _LETTER) * min(count, 5)
    best = max(points)
    return model.codes[points.index(best)], best


def _best_two(points: list[float]) -> tuple[float, float]:
    best = max(points)
    at = points.index(best)
    points[at] = -1.0
    second = max(points)
    points[at] = best
    return best, second


@cache
def _letters_beyond_latin() -> re.Pattern[str]:
    return re.compile(f"[{_BEYOND_LATIN}]")


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    ranges = {**_SCRIPT_RANGES, "Latn": _LATIN_LETTERS}
    return {script: re.compile(f"[{letters}]") for script, letters in ranges.items()}


@fact
def _scripts_in(document: Document) -> dict[str, re.Pattern[str]]:
    """The letters of the scripts that a document may be in at all."""
    return {
        script: letters
        for script, letters in _scripts().items()
        if script == "Latn" or may_hold(document, _SCRIPT_RANGES[script])
    }


def _script(sample: str, scripts: dict[str, re.Pattern[str]]) -> str:
    """The script of most letters, or the code of the language that alone uses it."""
    counts = {script: len(letters.findall(sample)) for script, letters in scripts.items()}
    kana, han = counts.pop("Kana", 0), counts.pop("Hani", 0)
    counts["ja" if kana * 20 > han else "zh"] = 2 * (kana + han)  # a character says as much as some letters
    return max(counts, key=counts.__getitem__)


@fact
def languages(document: Document) -> tuple[str, ...]:
    """The language of each block as a code (ISO 639-1), ``und`` where it can't be told."""
    evidence = _evidence_of(document)
    known = _known_languages(evidence)
    most = known.most_common(1)[0][0] if known else UNKNOWN
    sure = [_sure_of(item, known) for item in evidence]
    following = _nearest_before(sure[::-1])[::-1]
    preceding = _nearest_before(sure)
    settled: list[str] = []
    for block, item, own, after, before in zip(document.blocks, evidence, sure, following, preceding, strict=True):
        if block.kind in ("code", "front_matter"):
            settled.append(UNKNOWN)
        elif own != UNKNOWN:
            settled.append(own)
        else:
            settled.append(_settled(item, known, after, before, most))
    blocks = document.blocks
    strangers = {code for code in set(settled) if not _is_at_home(code, document, settled)}
    codes = tuple(UNKNOWN if code in strangers else code for code in settled)
    said = document.guidance.languages
    return _among(said, codes, blocks) if said else codes


def _among(said: Sequence[str], codes: Sequence[str], blocks: Sequence[Block]) -> tuple[str, ...]:
    """The codes, with the languages that were said to be the only ones; others become the most frequent of these."""
    present = Counter(code for code in codes if code in said)
    fallback = present.most_common(1)[0][0] if present else said[0]
    return tuple(
        code if code in said or block.kind in ("code", "front_matter") else fallback
        for code, block in zip(codes, blocks, strict=True)
    )


def _is_at_home(code: str, document: Document, settled: Sequence[str]) -> bool:
    """Whether enough text for it shows several small words of a language; else it only is the nearest of those known.

    A text of some hundred words uses thirty of a language's most frequent words; one in a language that is unknown
    here shares a few short ones with each of the others.
    """
    model = _models()["Latn"]
    if code not in model.places:
        return True
    frequent = _frequent_words(code)
    words: set[str] = set()
    other_scripts = beyond_latin(document)
    for block, own in zip(document.blocks, settled, strict=True):
        if own != code:
            continue
        text = block.prose.text[:_LOOK]
        if not text.isascii():
            if (
                other_scripts
                and _letters_beyond_latin().search(text)
                and _script(text, _scripts_in(document)) != "Latn"
            ):
                return True  # in another script
            text = normalize("NFC", text)
        text = text.lower()
        words.update(_latin_words(text, text.isascii()))
        if len(words & frequent) >= _AT_HOME:
            return True
    return sum(len(word) > 1 for word in words) < _TELLING


@cache
def _frequent_words(code: str) -> frozenset[str]:
    """The words of a language in the Latin script that are longer than a letter."""
    model = _models()["Latn"]
    place = model.places[code]
    return frozenset(
        word for word, senses in model.words.items() if len(word) > 1 and any(index == place for index, _ in senses)
    )


def _known_languages(evidence: list[_Evidence]) -> Counter[str]:
    """The languages of the document, by the number of blocks that are quite sure of them.

    A language that only one block leans to is none of them. Close relatives (Spanish, Portuguese, Catalan) hide one
    another, so that no block is quite sure; therefore, as long as there are blocks that none of the languages found
    so far fits at all, the language that fits these best is added.
    """
    leads: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for item in evidence:
        if item.lead >= _QUITE_SURE:
            leads[item.code] += round(item.lead)
            known[item.code] += 1
    known = Counter({code: count for code, count in known.items() if leads[code] >= 2 * _QUITE_SURE})
    strange = [item for item in evidence if item.points and item.code not in known]
    while strange:
        fits: dict[str, float] = {}
        left: list[_Evidence] = []
        for item in strange:
            model = _models()[item.script]
            fitting = max((item.points[model.places[code]] for code in known if code in model.places), default=0.0)
            if max(item.points) - fitting >= _STRANGE:
                left.append(item)
                for code, value in zip(model.codes, item.points, strict=True):
                    fits[code] = fits.get(code, 0.0) + value - fitting
        best = max(fits, key=fits.__getitem__, default=UNKNOWN)
        if fits.get(best, 0.0) < _STRANGE_TOGETHER:
            break
        strange = left
        known[best] += 1
    return known or _from_all_blocks(evidence)


def _sure_of(item: _Evidence, known: Counter[str]) -> str:
    """The language that a block speaks for itself, among those known in the document; else unknown."""
    if item.lead >= _QUITE_SURE and item.code in known:
        return item.code
    if not item.points:
        return UNKNOWN
    places = _models()[item.script].places
    ranked = sorted(((item.points[places[code]], code) for code in known if code in places), reverse=True)
    if not ranked or ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0) < _SURE:
        return UNKNOWN
    return ranked[0][1] if ranked[0][0] >= max(item.points) - _SURE else UNKNOWN


def _from_all_blocks(evidence: list[_Evidence]) -> Counter[str]:
    """For a document of which no block is quite sure: its blocks' points together, if they tell."""
    points: dict[str, float] = {}
    for item in evidence:
        if item.points:
            for code, value in zip(_models()[item.script].codes, item.points, strict=True):
                points[code] = points.get(code, 0.0) + value
    ranked = sorted(points, key=points.__getitem__, reverse=True)
    if not ranked or points[ranked[0]] - points[ranked[1]] < _ENDING:
        return Counter()
    return Counter(ranked[:1])


def _nearest_before(codes: list[str]) -> list[str]:
    """For each block the language of the nearest sure block before it."""
    found: list[str] = []
    last = UNKNOWN
    for code in codes:
        found.append(last)
        if code != UNKNOWN:
            last = code
    return found


def _settled(item: _Evidence, known: Counter[str], following: str, preceding: str, most: str) -> str:
    """The language of a block that is not sure: of those known in the document, its neighbours considered."""
    prior = next((code for code in (following, preceding, most) if code != UNKNOWN), UNKNOWN)
    if not item.points:
        return prior
    places = _models()[item.script].places
    points = {code: item.points[places[code]] for code in known if code in places}
    if not points:
        return item.code if item.lead >= _SURE else prior
    for code, weight in ((following, _FOLLOWING), (preceding, _PRECEDING), (most, _DOCUMENT)):
        if code in points:
            points[code] += weight
    best = max(points, key=points.__getitem__)
    return prior if points[best] < _FOLLOWING and prior in points else best


@fact
def document_languages(document: Document) -> tuple[str, ...]:
    """The languages of a document by their share of its words, the largest first; shares under 2 % left out."""
    words: Counter[str] = Counter()
    for block, code in zip(document.blocks, languages(document), strict=True):
        text = block.prose.text
        # In Chinese, Japanese and Thai a character and a half make up about a word.
        words[code] += len(text) * 2 // 3 if code in ("zh", "ja", "th") else text.count(" ") + 1
    del words[UNKNOWN]
    total = words.total()
    return tuple(code for code, count in words.most_common() if count * 50 >= total)
