"""Renderings: of versions in two languages, what shows that a paragraph was not translated, or not as others were.

- a paragraph that is far longer or shorter than the pair's own ratio lets expect
- a paragraph, or a part of one, that stands in the other version's language, or in a third one
- one sentence that is rendered in two ways, and two that are rendered alike
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import exp, log
from statistics import median
from typing import TYPE_CHECKING

from auditor.alignment.differences import Difference, SideName
from auditor.alignment.tokens import is_word
from auditor.analysis.languages import UNKNOWN, document_languages, languages
from auditor.document import Span, hull

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

#: Characters that a paragraph must have for its length to say something, and of those written in Chinese.
_LEAST_LENGTH = 60
_LEAST_LENGTH_HAN = 18
#: How many times its own spread a length must be off, and by what factor at least.
_SPREADS = 6.0
_FACTOR = 2.5
_LEAST_SPREAD = 0.1
_FEWEST = 12
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 24
_SAME_WORDS = 8
_NEARLY = 0.8
_LATIN_RUN = re.compile(r"[A-Za-z][\w'’-]*(?:[ ,]{1,2}[A-Za-z][\w'’-]*){4,}")
_NO_LATIN = frozenset(
    {"ar", "zh", "ru", "uk", "bg", "el", "ja", "ko", "he", "fa", "hi", "sr", "mk", "be", "ka", "hy", "th"}
)
_WITHOUT_SPACES = frozenset({"zh", "ja", "th"})


def rendering_differences(pair: Pair) -> Iterator[Difference]:
    """All of them, kind by kind."""
    strange = list(_untranslated(pair))
    yield from strange
    places = {difference.b for difference in strange}
    yield from (d for d in _lengths(pair) if d.b not in places)
    yield from _repeated(pair)


def _text(side: Side, span: Span) -> str:
    return " ".join(span.of(side.document.text).split())


def _language(side: Side) -> str:
    known = document_languages(side.document)
    return known[0] if known else UNKNOWN


# ------------------------------------------------------------------------------------------------ length


def _lengths(pair: Pair) -> Iterator[Difference]:
    """Paragraphs whose length is far outside the pair's own ratio."""
    least = _LEAST_LENGTH_HAN if _language(pair.a) in _WITHOUT_SPACES else _LEAST_LENGTH
    found = []
    for match in pair.matching.matches:
        if any(pair.a.units[i].kind == "row" for i in match.a) or pair.a.units[match.a[0]].key is not None:
            continue
        one, other = _size(pair.a, match.a), _size(pair.b, match.b)
        if one >= least and other:
            found.append((log(other / one), match))
    if len(found) < _FEWEST:
        return
    usual = median(ratio for ratio, _ in found)
    spread = max(1.4826 * median(abs(ratio - usual) for ratio, _ in found), _LEAST_SPREAD)
    for ratio, match in found:
        off = ratio - usual
        if abs(off) < max(_SPREADS * spread, log(_FACTOR)):
            continue
        a, b = (hull(side.units[k].span for k in units) for side, units in ((pair.a, match.a), (pair.b, match.b)))
        times = f"{exp(abs(off)):.1f}"
        detail = "long" if off > 0 else "short"
        yield Difference("length", a, b, _text(pair.a, a), _text(pair.b, b), None, detail, words=(times,))


def _size(side: Side, units: Sequence[int]) -> int:
    return sum(len(word) for k in units for word in side.units[k].words)


# ------------------------------------------------------------------------------------------------ language


def _untranslated(pair: Pair) -> Iterator[Difference]:
    """Units in the language of the other version, in a third one, and stretches of the other version's letters."""
    own = _language(pair.a), _language(pair.b)
    if UNKNOWN in own or own[0] == own[1]:
        return
    by_block = languages(pair.a.document), languages(pair.b.document)
    for match in pair.matching.matches:
        for i in match.a:
            for j in match.b:
                one, other = pair.a.units[i], pair.b.units[j]
                language_a, language_b = by_block[0][one.block], by_block[1][other.block]
                text_a, text_b = _text(pair.a, one.span), _text(pair.b, other.span)
                same = one.words == other.words and _says_something(other.words)
                if same or (_is_long(other.words) and language_b == own[0]):
                    lacking: SideName = "a" if same and language_a == own[1] else "b"
                    yield Difference(
                        "untranslated", one.span, other.span, text_a, text_b, lacking, "same" if same else "language"
                    )
                    break
                if _is_long(one.words) and language_a == own[1]:
                    yield Difference("untranslated", one.span, other.span, text_a, text_b, "a", "language")
                    break
                yield from _stretches(pair, i, j, own)


def _says_something(words: Sequence[str]) -> bool:
    letters = [word for word in words if is_word(word) and word[0].isalpha()]
    small = sum(1 for word in letters if not word[0].isupper())
    return len(letters) >= 3 and (small >= 2 or len(letters) >= _FEWEST_WORDS)


def _is_long(words: Sequence[str]) -> bool:
    letters = [word for word in words if word[0].isalpha()]
    return len(letters) >= _FEWEST_WORDS and sum(map(len, letters)) >= _FEWEST_LETTERS


def _stretches(pair: Pair, i: int, j: int, own: tuple[str, str]) -> Iterator[Difference]:
    """Stretches in Latin letters that a version in another script has from the other text, word for word."""
    if own[1] not in _NO_LATIN or own[0] in _NO_LATIN:
        return
    one, other = pair.a.units[i], pair.b.units[j]
    prose = pair.b.document.blocks[other.block].prose
    source = " ".join(pair.a.document.blocks[one.block].prose.text.split())
    for match in _LATIN_RUN.finditer(prose.text):
        found = " ".join(match.group().split())
        at = source.find(found)
        if at >= 0 and any(word[0].islower() for word in found.split()):
            span = prose.source_span(*match.span())
            yield Difference("untranslated", one.span, span, found, found, "b", "part")


# ------------------------------------------------------------------------------------------------ repeated


def _repeated(pair: Pair) -> Iterator[Difference]:
    """One text twice in the one version, and not in the other; each such pair of places once."""
    yield from _unlike(pair, swapped=False)
    yield from _unlike(pair, swapped=True)


def _unlike(pair: Pair, *, swapped: bool) -> Iterator[Difference]:
    same, other = (pair.b, pair.a) if swapped else (pair.a, pair.b)
    groups: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for match in pair.matching.matches:
        here, there = (match.b, match.a) if swapped else (match.a, match.b)
        if len(here) == len(there) == 1:
            words = same.units[here[0]].words
            if len(words) >= _SAME_WORDS:
                groups[words].append((here[0], there[0]))
    for words, places in groups.items():
        if len(places) < 2 or len(_compared(words)) < _SAME_WORDS:
            continue
        renderings: dict[tuple[str, ...], tuple[int, int]] = {}
        for i, j in places:
            renderings.setdefault(_compared(other.units[j].words), (i, j))
        if len(renderings) < 2:
            continue
        (_, first), *others = renderings.values()
        for i, j in others:
            if swapped and _nearly_same(_compared(other.units[first].words), _compared(other.units[j].words)):
                continue
            own, theirs = same.units[i].span, other.units[j].span
            a, b = (theirs, own) if swapped else (own, theirs)
            earlier = _text(other, other.units[first].span)
            yield Difference(
                "repeated-rendering",
                a,
                b,
                _text(pair.a, a),
                _text(pair.b, b),
                None,
                "alike" if swapped else "otherwise",
                words=(earlier,),
            )


def _nearly_same(one: Sequence[str], other: Sequence[str]) -> bool:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other) >= _NEARLY


def _compared(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words if is_word(word))
