"""Matching the units of one text in two languages, rung by rung.

1. Numbers: headings of the same kind and number match, whatever the kind is called in either language; they cut both
   texts into stretches, which are matched one by one.
2. Inside a stretch, dynamic programming over what two units show of each other without being understood: how long
   they are against each other, their own numbers and letters, the values they mention (`values`), and words that are
   written alike. Leaving a unit alone is cheap, merging two is dear: what is looked for is what is missing.
3. Words: which words stand for which is learned from the stretches that are sure, and stretches that are not sure are
   matched again with it.
4. Encoder: what is still open is matched by meaning, where the optional encoder is installed (`encoder`).

Scores are logarithms of how much likelier a sight is for a unit and its translation than for two units at random.
Each match says which rung decided it.

Sources: Gale and Church (1993) for lengths, Simard and others (1992) for words written alike, Moore (2002) for words
learned from a first pass.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import exp, log
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.matching import Match, Matching, Rung, heaviest_chain
from auditor.alignment.tokens import TOKEN
from auditor.alignment.units import Key, Unit
from auditor.alignment.values import LOOK_ALIKE, values
from auditor.analysis.numerals import fold, read_numerals
from auditor.analysis.outline import outline

if TYPE_CHECKING:
    from auditor.alignment.pair import Side

_GAP = -3.0
_MERGE = -5.0
_MOST_IN_MERGE = 2
#: Standard deviation of the logarithm of two lengths that belong together: of long units, and what short ones add.
_SPREAD = 0.16
_SPREAD_SHORT = 9.0
#: The same for two units at random.
_SPREAD_RANDOM = 0.95
_SAME_LABEL, _OTHER_LABEL, _ONE_LABEL = 3.0, -4.0, -0.7
_SHARED_VALUE, _LONE_VALUE = 1.6, -0.8
_TABLE = 40_000
_BAND = 16
_WIDEST_BAND = 64
#: A stretch is sure where its worst match is at least so likely.
_SURE = 0.8
#: Two units that match so well by themselves are not tried with a third.
_SURE_ENOUGH = 3.0
#: Logarithm of how much longer than the other a unit is that stands for two.
_MAY_BE_TWO = 0.3
#: How many units on either side of a doubtful one are looked at with it.
_AROUND = 3
_FEWEST_KINDS = 3
_KIND_OVERLAP = 0.8
#: A word that stands in so large a part of the units tells them apart no more.
_COMMON = 0.25
_PREFIX = 5
_INLINE = re.compile(r"(?<=[\s:;：；（(])([^\W\d_]|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）](?=\s|[^\W\d_])")
#: A unit is taken into the match beside it when the lengths fit so much better with it.
_ABSORBED = 1.6
#: What two units gain from a point of the one that stands inside the other, and lose where it does not.
_INLINE_LABEL, _NO_INLINE_LABEL = 4.0, -2.0
_HAN = re.compile("[\u3400-\u9fff\u3040-\u30ff]")
_FEWEST_TO_LEARN = 25
#: An order is given up for a set where that gains so much for each unit.
_SET_GAIN = 1.0
_FEWEST_IN_SET = 4
_MOST_IN_SET = 60
_FEWEST_MOVED = 2
_COARSE = 3


class Features(msgspec.Struct):
    """What a text shows of each of its units.

    lengths  the logarithm of its length in characters
    labels   its label as numbers
    inline   the labels inside it, as numbers: those of points that stand in one paragraph with what is before them
    glued    whether it heads a numbered division and goes on in the same paragraph
    values, terms   its values, and its words as they are counted
    """

    lengths: list[float]
    labels: list[frozenset[int]]
    inline: list[frozenset[frozenset[int]]]
    glued: list[bool]
    values: list[Counter[str]]
    terms: list[frozenset[str]]


def features(side: Side) -> Features:
    """The features of a side's units."""
    by_block: dict[int, list[str]] = defaultdict(list)
    for value in values(side.document):
        if value.written != "letter":
            by_block[value.block].append(value.value)
    lengths, labels, inline, glued, counted, terms = [], [], [], [], [], []
    written = {d.block: d.label for d in outline(side.document).divisions}
    for unit in side.units:
        size = sum(map(len, unit.words))
        lengths.append(log(max(size, 1)))
        labels.append(label_numbers(unit.label))
        inline.append(
            _inline_labels(side.document.blocks[unit.block].prose.text) if unit.kind != "row" else frozenset()
        )
        label = TOKEN.findall(written.get(unit.block, "")) if unit.key is not None else ()
        glued.append(unit.key is not None and len(unit.words) > len(label) + 1)
        counted.append(Counter(by_block.get(unit.block, ())) if unit.kind != "row" else Counter[str]())
        terms.append(frozenset(_terms(unit.words)))
    return Features(lengths, labels, inline, glued, counted, terms)


def _inline_labels(text: str) -> frozenset[frozenset[int]]:
    if ")" not in text and "）" not in text:
        return frozenset()
    return frozenset(label_numbers(match[1].translate(LOOK_ALIKE)) for match in _INLINE.finditer(text, 1))


def _terms(words: Iterable[str]) -> Iterable[str]:
    before = ""
    for word in words:
        if _HAN.match(word):
            if before:
                yield before + word
            before = word
            continue
        before = ""
        if len(word) > 3 and word[0].isalpha():
            yield _stem(word)


def _stem(word: str) -> str:
    folded = fold(word)
    return folded.removeprefix("ال")[:_PREFIX]


def label_numbers(label: str) -> frozenset[int]:
    """What a label may count: "b" is 2, "i" is 1 or 9."""
    if not label:
        return frozenset()
    return frozenset(reading.value for reading in read_numerals(label.strip("()（） ")))


class _Versions:
    """Two sides with their features, and how likely two of their units are each other's translation."""

    def __init__(self, a: Side, b: Side) -> None:
        self.a, self.b = a, b
        self.one, self.other = features(a), features(b)
        self.kinds = _kinds(a.units, b.units)
        self.headings_a = frozenset(n for n, unit in enumerate(a.units) if unit.key is not None)
        self.headings_b = frozenset(n for n, unit in enumerate(b.units) if unit.key is not None)
        self.ratio = _ratio(self.one.lengths, self.other.lengths)
        self.cognates = _alike_words(self.one.terms, self.other.terms)
        self.alike_a = [terms & self.cognates for terms in self.one.terms]
        self.alike_b = [terms & self.cognates for terms in self.other.terms]
        self.known: list[list[frozenset[str]]] = []
        self.meaning: Callable[[int, int], float] | None = None
        self.singles: dict[tuple[int, int], float] = {}

    def key(self, unit: Unit, side: str) -> Key | None:
        if unit.key is None or side == "b":
            return unit.key
        kind, number, suffix = unit.key
        return self.kinds.get(kind, kind), number, suffix.casefold()

    def keyed(self, i: Sequence[int], j: Sequence[int]) -> bool:
        """Whether one of the units heads a numbered division."""
        return any(self.a.units[x].key is not None for x in i) or any(self.b.units[y].key is not None for y in j)

    def score(self, i: Sequence[int], j: Sequence[int]) -> float:
        """Of two groups of units; minus infinity where their numbers forbid them."""
        if not self.headings_a.isdisjoint(i) or not self.headings_b.isdisjoint(j):
            keys_a = [k for x in i if (k := self.key(self.a.units[x], "a")) is not None]
            keys_b = [k for y in j if (k := self.key(self.b.units[y], "b")) is not None]
            if keys_a == keys_b:
                return 12.0
            # A heading left in the other language: no heading to whoever reads the text as its own.
            same = len(i) == len(j) == 1 and self.a.units[i[0]].words == self.b.units[j[0]].words
            return 6.0 if same and not (keys_a and keys_b) else float("-inf")
        total = self.length_score(i, j)
        label_a, label_b = self.one.labels[i[0]], self.other.labels[j[0]]
        if label_a and label_b:
            total += _SAME_LABEL if label_a & label_b else _OTHER_LABEL
        elif label_a or label_b:
            total += _ONE_LABEL
        if len(i) > 1 or len(j) > 1:
            total += self.inline_score(i, j)
        elif (self.a.units[i[0]].kind == "heading") != (self.b.units[j[0]].kind == "heading"):
            total -= 1.0
        total += self.value_score(i, j)
        total += self.word_score(i, j)
        if self.meaning is not None:
            total += max(self.meaning(x, y) for x in i for y in j)
        return total

    def single(self, i: int, j: int) -> float:
        """The score of two units, remembered until more is known."""
        key = i, j
        if key not in self.singles:
            self.singles[key] = self.score((i,), (j,))
        return self.singles[key]

    def merges(self, i: int, j: int) -> tuple[bool, bool]:
        """Whether the one unit, or the other, is so long against the other that it may be two of the other text."""
        apart = self.other.lengths[j] - self.one.lengths[i] - self.ratio
        return apart < -_MAY_BE_TWO, apart > _MAY_BE_TWO

    def inline_score(self, i: Sequence[int], j: Sequence[int]) -> float:
        """Whether the points that are merged on the one side stand inside the other."""
        total = 0.0
        for more, own, other, there in ((i[1:], self.one, self.other, j), (j[1:], self.other, self.one, i)):
            for x in more:
                if own.labels[x]:
                    inside = any(own.labels[x] & label for y in there for label in other.inline[y])
                    total += _INLINE_LABEL if inside else _NO_INLINE_LABEL
        return total

    def length_score(self, i: Sequence[int], j: Sequence[int]) -> float:
        length_a = self.one.lengths[i[0]] if len(i) == 1 else log(sum(exp(self.one.lengths[x]) for x in i))
        length_b = self.other.lengths[j[0]] if len(j) == 1 else log(sum(exp(self.other.lengths[y]) for y in j))
        apart = length_b - length_a - self.ratio
        spread = _SPREAD * _SPREAD + _SPREAD_SHORT * exp(-max(length_a, length_b)) * 0.25
        chance = _SPREAD_RANDOM * _SPREAD_RANDOM
        found = 0.5 * (log(chance / spread) - apart * apart / spread + apart * apart / chance)
        return found if found > -8 else -8.0

    def value_score(self, i: Sequence[int], j: Sequence[int]) -> float:
        one, other = self.one.values[i[0]], self.other.values[j[0]]
        if len(i) == len(j) == 1 and not one and not other:
            return 0.0
        for x in i[1:]:
            one = one + self.one.values[x]
        for y in j[1:]:
            other = other + self.other.values[y]
        if not one and not other:
            return 0.0
        shared = (one & other).total()
        lone = one.total() + other.total() - 2 * shared
        return min(shared, 4) * _SHARED_VALUE + max(lone * _LONE_VALUE, -3.0)

    def word_score(self, i: Sequence[int], j: Sequence[int]) -> float:
        found = 0.0
        if self.cognates:
            here, there = _union(self.alike_a, i), _union(self.alike_b, j)
            fewer = min(len(here), len(there))
            if fewer:
                found += min(fewer, 8) * (len(here & there) / fewer - 0.35) * 1.2
        if self.known:
            known = self.known[i[0]] if len(i) == 1 else [words for x in i for words in self.known[x]]
            if known:
                other = _union(self.other.terms, j)
                met = len(known) - sum([words.isdisjoint(other) for words in known])
                found += min(len(known), 10) * (met / len(known) - 0.45) * 1.6
        return found

    def learn(self, lexicon: dict[str, frozenset[str]] | None) -> None:
        """Take learned words: for each unit of side a, what its words are in the other language."""
        self.known = []
        if lexicon:
            self.known = [[lexicon[term] for term in terms if term in lexicon] for terms in self.one.terms]
        self.singles.clear()


def _union(terms: Sequence[frozenset[str]], units: Sequence[int]) -> frozenset[str]:
    return terms[units[0]] if len(units) == 1 else terms[units[0]].union(*(terms[k] for k in units[1:]))


def _kinds(a: Sequence[Unit], b: Sequence[Unit]) -> dict[str, str]:
    """What a kind of division of the one text is called in the other, where they go by different names."""
    numbers_a, numbers_b = _numbers_by_kind(a), _numbers_by_kind(b)
    found: dict[str, str] = {}
    for kind, numbers in numbers_a.items():
        if len(numbers) < _FEWEST_KINDS:
            continue
        own = _overlap(numbers, numbers_b.get(kind, set()))
        best = max(numbers_b, key=lambda other: _overlap(numbers, numbers_b[other]), default=kind)
        if best != kind and own < 0.3 and _overlap(numbers, numbers_b[best]) >= _KIND_OVERLAP:
            found[kind] = best
    return found


def _numbers_by_kind(units: Sequence[Unit]) -> dict[str, set[tuple[int, str]]]:
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for unit in units:
        if unit.key is not None:
            found[unit.key[0]].add(unit.key[1:])
    return found


def _overlap(one: set[tuple[int, str]], other: set[tuple[int, str]]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """How much longer the second text is, as a logarithm: of all, until matched units say better."""
    total_a, total_b = sum(map(exp, a)), sum(map(exp, b))
    return log(total_b / total_a) if total_a and total_b else 0.0


def _alike_words(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> frozenset[str]:
    """Words that stand in both texts, and in few units of each."""
    counts_a, counts_b = Counter(w for terms in a for w in terms), Counter(w for terms in b for w in terms)
    most_a, most_b = max(_COMMON * len(a), 2), max(_COMMON * len(b), 2)
    shared = counts_a.keys() & counts_b.keys()
    return frozenset(word for word in shared if counts_a[word] <= most_a and counts_b[word] <= most_b)


# ------------------------------------------------------------------------------------------------- the ladder


def match_versions(a: Side, b: Side, *, encode: bool = True) -> Matching:
    """Match the units of one text in two languages.

    ``encode``: whether the encoder may be asked, where there is one.
    """
    both = _Versions(a, b)
    anchors = _anchors(both)
    heads = [_head(both, i, j) for i, j in anchors]
    stretches = list(_stretches(len(a.units), len(b.units), heads))
    _learn_ratio(both, [list(map(_one_to_one, a, b)) for a, b in stretches if len(a) == len(b)])
    decided = [_matched(both, *stretch) for stretch in stretches]
    _learn_ratio(both, decided)
    open_ones = [n for n, stretch in enumerate(stretches) if _is_open(both, stretch, decided[n])]
    encoded: set[int] = set()
    if open_ones:
        sure = [match for n, matches in enumerate(decided) if n not in set(open_ones) for match in matches]
        rest = [match for n in open_ones for match in decided[n]]
        both.learn(_lexicon(both, sure if len(sure) >= _FEWEST_TO_LEARN else [*sure, *rest]))
        if both.known:
            for n in open_ones:
                decided[n] = _matched(both, *stretches[n])
        if encode:
            from auditor.alignment.encoder import meaning

            asked = {n: _doubtful(both, stretches[n], decided[n]) for n in open_ones}
            asked = {n: units for n, units in asked.items() if all(units)}
            both.meaning = meaning(a, b, [*asked.values()], [m for n in asked for m in decided[n]])
            if both.meaning is not None:
                both.singles.clear()
                for n in asked:
                    decided[n] = _matched(both, *stretches[n])
                encoded = {i for units, _ in asked.values() for i in units}
    kept = set(heaviest_chain([(i, j, 1) for i, j in anchors]))
    moved = [anchor for anchor in anchors if anchor not in kept]
    for n in open_ones:
        _as_a_set(both, stretches[n], decided[n], moved)
    for n, stretch in enumerate(stretches):
        _absorb(both, stretch, decided[n])
    heads = _with_bodies(both, heads, stretches, decided)
    by_words = {i for n in open_ones for i in stretches[n][0]} if both.known else set()
    return _matching(both, heads, decided, (by_words, encoded), moved)


def _anchors(both: _Versions) -> list[tuple[int, int]]:
    """Headings of one kind and number that stand once in either text, whatever their order."""
    places: list[dict[Key, int]] = []
    for side, name in ((both.a, "a"), (both.b, "b")):
        keys = [both.key(unit, name) for unit in side.units]
        counts = Counter(keys)
        places.append({key: at for at, key in enumerate(keys) if key is not None and counts[key] == 1})
    return sorted((i, places[1][key]) for key, i in places[0].items() if key in places[1])


def _head(both: _Versions, i: int, j: int) -> Match:
    """Two headings, with the paragraph after the one where the other has it in the heading's own paragraph."""
    a: tuple[int, ...] = (i,)
    b: tuple[int, ...] = (j,)
    glued_a, glued_b = both.one.glued[i], both.other.glued[j]
    if glued_b and not glued_a and i + 1 < len(both.a.units) and both.a.units[i + 1].key is None:
        a = (i, i + 1)
    elif glued_a and not glued_b and j + 1 < len(both.b.units) and both.b.units[j + 1].key is None:
        b = (j, j + 1)
    if both.length_score(a, b) > both.length_score((i,), (j,)):
        return Match(a, b)
    return Match((i,), (j,))


def _with_bodies(
    both: _Versions, heads: Sequence[Match], stretches: Sequence[tuple[range, range]], decided: Sequence[list[Match]]
) -> list[Match]:
    """The headings, with all that follows where one text has a whole division in its heading's paragraph."""
    after = {stretch[0].start - 1: n for n, stretch in enumerate(stretches)}
    found = []
    for head in heads:
        n = after.get(head.a[-1])
        glued = both.one.glued[head.a[0]] or both.other.glued[head.b[0]]
        if n is not None and glued and min(map(len, stretches[n])) <= 1 and not both.keyed(*stretches[n]):
            whole = Match((*head.a, *stretches[n][0]), (*head.b, *stretches[n][1]))
            if both.length_score(whole.a, whole.b) > both.length_score(head.a, head.b):
                decided[n].clear()
                head = whole
        found.append(head)
    return found


def _stretches(n: int, m: int, heads: Sequence[Match]) -> Iterable[tuple[range, range]]:
    """What stands before the first heading, and behind each of them up to the next one of its own text."""
    starts_a, starts_b = sorted(head.a[0] for head in heads), sorted(head.b[0] for head in heads)
    for i, j in [(-1, -1), *((head.a[-1], head.b[-1]) for head in heads)]:
        end_a, end_b = bisect_right(starts_a, i), bisect_right(starts_b, j)
        a = range(i + 1, starts_a[end_a] if end_a < len(heads) else n)
        b = range(j + 1, starts_b[end_b] if end_b < len(heads) else m)
        if a or b:
            yield a, b


def _one_to_one(i: int, j: int) -> Match:
    return Match((i,), (j,))


def _matched(both: _Versions, a: range, b: range) -> list[Match]:
    if not a or not b:
        return []
    if len(a) == len(b):
        straight = list(map(_one_to_one, a, b))
        if all(both.score(m.a, m.b) >= _SURE for m in straight):
            return straight
    if _is_coarse(both, a, b):
        return [Match(tuple(a), tuple(b))]
    head, tail = _ends(both, a, b)
    inner = range(a.start + len(head), a.stop - len(tail)), range(b.start + len(head), b.stop - len(tail))
    return [*head, *(_by_table(both, *inner) if all(inner) else ()), *tail]


def _ends(both: _Versions, a: range, b: range) -> tuple[list[Match], list[Match]]:
    """What matches beyond doubt at the beginning and at the end of a stretch: the same labels, and all else fits."""
    few = min(len(a), len(b))
    head: list[Match] = []
    while len(head) < few and _beyond_doubt(both, a.start + len(head), b.start + len(head)):
        head.append(_one_to_one(a.start + len(head), b.start + len(head)))
    tail: list[Match] = []
    while len(head) + len(tail) < few and _beyond_doubt(both, a.stop - 1 - len(tail), b.stop - 1 - len(tail)):
        tail.append(_one_to_one(a.stop - 1 - len(tail), b.stop - 1 - len(tail)))
    return head, tail[::-1]


def _beyond_doubt(both: _Versions, i: int, j: int) -> bool:
    same = both.one.labels[i] & both.other.labels[j]
    return bool(same) and not both.one.inline[i] and not both.other.inline[j] and both.single(i, j) >= _SURE_ENOUGH


def _is_coarse(both: _Versions, a: range, b: range) -> bool:
    """Whether one text has a stretch in so few paragraphs that they can only be compared together."""
    few, many = sorted((len(a), len(b)))
    if few == many or both.keyed(a, b):
        return False
    whole = both.length_score(tuple(a), tuple(b))
    return many >= max(_COARSE * few, _COARSE + 1) and whole > 0


def _by_table(both: _Versions, a: range, b: range) -> list[Match]:
    """Dynamic programming; only near the diagonal where the stretch is long."""
    n, m = len(a), len(b)
    band = _BAND + abs(n - m)
    if n * m > _TABLE:
        band = min(band, _WIDEST_BAND)
    low = float("-inf")
    best: list[dict[int, float]] = []
    steps: list[dict[int, tuple[int, int]]] = []
    for x in range(n + 1):
        centre = x * m // n
        row: dict[int, float] = {}
        ways: dict[int, tuple[int, int]] = {}
        for y in range(max(0, centre - band), min(m, centre + band) + 1):
            value, way = (0.0, (0, 0)) if not x and not y else (low, (0, 0))
            if x and (found := best[x - 1].get(y, low) + _GAP) > value:
                value, way = found, (1, 0)
            if y and (found := row.get(y - 1, low) + _GAP) > value:
                value, way = found, (0, 1)
            alike = both.single(a[x - 1], b[y - 1]) if x and y else low
            if x and y:
                before = best[x - 1].get(y - 1, low)
                if before > low and (found := before + alike) > value:
                    value, way = found, (1, 1)
                wide_a, wide_b = both.merges(a[x - 1], b[y - 1]) if alike < _SURE_ENOUGH else (False, False)
                if wide_b and x > 1 and (before := best[x - 2].get(y - 1, low)) > low:
                    found = before + both.score((a[x - 2], a[x - 1]), (b[y - 1],)) + _MERGE
                    if found > value:
                        value, way = found, (2, 1)
                if wide_a and y > 1 and (before := best[x - 1].get(y - 2, low)) > low:
                    found = before + both.score((a[x - 1],), (b[y - 2], b[y - 1])) + _MERGE
                    if found > value:
                        value, way = found, (1, 2)
            row[y], ways[y] = value, way
        best.append(row)
        steps.append(ways)
    matches: list[Match] = []
    x, y = n, m
    while x or y:
        back_a, back_b = steps[x].get(y, (0, 0))
        if not back_a and not back_b:
            break
        if back_a and back_b:
            matches.append(Match(tuple(a[x - back_a : x]), tuple(b[y - back_b : y])))
        x, y = x - back_a, y - back_b
    return _facing(both, a, b, matches[::-1])


def _facing(both: _Versions, a: range, b: range, matches: list[Match]) -> list[Match]:
    """The matches, and with them two units that stand alone in the same place: however unlike they are, the one is
    what stands for the other."""
    edges = [Match((a.start - 1,), (b.start - 1,)), *matches, Match((a.stop,), (b.stop,))]
    found: list[Match] = []
    for before, after in pairwise(edges):
        i, j = before.a[-1] + 1, before.b[-1] + 1
        if after.a[0] - i == after.b[0] - j == 1 and (not both.keyed((i,), (j,)) or _same_heading(both, i, j)):
            labels = both.one.labels[i], both.other.labels[j]
            if not all(labels) or labels[0] & labels[1]:
                found.append(Match((i,), (j,)))
        found.append(after)
    return found[:-1]


def _absorb(both: _Versions, stretch: tuple[range, range], matches: list[Match]) -> None:
    """Give units that are alone to the match beside them where the other text has them in one paragraph with it: their
    labels stand inside it, or it is far too long without them."""
    for side, own in (("a", stretch[0]), ("b", stretch[1])):
        where = {unit: n for n, m in enumerate(matches) for unit in (m.a if side == "a" else m.b)}
        for unit in [*own, *reversed(own)]:
            if unit in where:
                continue
            for beside in (unit - 1, unit + 1):
                n = where.get(beside)
                if n is not None and _belongs(both, matches[n], side, unit):
                    group = tuple(sorted((*(matches[n].a if side == "a" else matches[n].b), unit)))
                    matches[n] = Match(group, matches[n].b) if side == "a" else Match(matches[n].a, group)
                    where[unit] = n
                    break


def _belongs(both: _Versions, match: Match, side: str, unit: int) -> bool:
    own, other = (both.one, both.other) if side == "a" else (both.other, both.one)
    if (both.a if side == "a" else both.b).units[unit].key is not None:
        return False
    group, there = (match.a, match.b) if side == "a" else (match.b, match.a)
    inside = {label for j in there for label in (*other.inline[j], other.labels[j])}
    claimed = {own.labels[k] for k in group}
    if own.labels[unit] and any(own.labels[unit] & label for label in inside) and own.labels[unit] not in claimed:
        return True
    if (
        both.meaning is not None
        and max(both.meaning(unit, k) if side == "a" else both.meaning(k, unit) for k in there) < 0
    ):
        return False
    grown = tuple(sorted((*group, unit)))
    before, after = (
        both.length_score(part, there) if side == "a" else both.length_score(there, part) for part in (group, grown)
    )
    return after - before > _ABSORBED * (2 if both.meaning is not None else 1)  # by meaning it would have matched


def _same_heading(both: _Versions, i: int, j: int) -> bool:
    """Whether one of two headings has the number of the other, but a label that nobody knows ("Airtegal 30")."""
    one, other = both.a.units[i], both.b.units[j]
    if one.kind != "heading" or other.kind != "heading" or (one.key is None) == (other.key is None):
        return False
    known, unknown = (one, other) if one.key is not None else (other, one)
    return known.key is not None and str(known.key[1]) in unknown.words


def _learn_ratio(both: _Versions, decided: Sequence[Sequence[Match]]) -> None:
    """The ratio of lengths, from the units that were matched one to one."""
    apart = [
        both.other.lengths[m.b[0]] - both.one.lengths[m.a[0]]
        for matches in decided
        for m in matches
        if len(m.a) == len(m.b) == 1 and both.one.lengths[m.a[0]] > 3
    ]
    if len(apart) >= 5:
        both.ratio = median(apart)
        both.singles.clear()


def _is_open(both: _Versions, stretch: tuple[range, range], matches: Sequence[Match]) -> bool:
    """Whether the numbers and lengths leave a doubt about a stretch."""
    a, b = stretch
    if len(matches) == 1 and len(matches[0].a) == len(a) and len(matches[0].b) == len(b):
        return False
    if sum(len(m.a) for m in matches) < len(a) or sum(len(m.b) for m in matches) < len(b):
        return bool(a and b)
    return any(len(m.a) != len(m.b) or both.score(m.a, m.b) < _SURE for m in matches)


def _doubtful(both: _Versions, stretch: tuple[range, range], matches: Sequence[Match]) -> tuple[list[int], list[int]]:
    """The units of a stretch that stand alone or whose match is not sure, with their neighbours."""
    a, b = stretch
    settled = [*matches]
    _absorb(both, stretch, settled)
    sure = [
        m
        for m in settled
        if (both.score(m.a, m.b) >= _SURE if len(m.a) == len(m.b) == 1 else both.inline_score(m.a, m.b) > 0)
    ]
    in_a = {i: m.b[0] for m in sure for i in m.a}
    in_b = {j: m.a[0] for m in sure for j in m.b}
    asked_a: set[int] = set()
    asked_b: set[int] = set()
    for own, other, here, there in ((a, in_a, asked_a, asked_b), (b, in_b, asked_b, asked_a)):
        for unit in own:
            if unit not in other:
                near = range(max(own.start, unit - _AROUND), min(own.stop, unit + _AROUND + 1))
                here.update(near)
                there.update(other[k] for k in near if k in other)
    return sorted(asked_a), sorted(asked_b)


# ------------------------------------------------------------------------------------------------- words


def _lexicon(both: _Versions, matches: Sequence[Match]) -> dict[str, frozenset[str]] | None:
    """For each word of the first text that is neither rare nor everywhere, the words of the second that stand in the
    units matched with its own."""
    matches = [m for m in matches if len(m.a) == len(m.b) == 1]
    if len(matches) < _FEWEST_TO_LEARN // 2:
        return None
    where_a, where_b = (
        _where(both.one.terms, [m.a[0] for m in matches]),
        _where(both.other.terms, [m.b[0] for m in matches]),
    )
    most = max(_COMMON * len(matches), 3)
    words_in: list[list[str]] = [[] for _ in matches]
    for word, places in where_b.items():
        if 2 <= len(places) <= most:
            for place in places:
                words_in[place].append(word)
    found: dict[str, frozenset[str]] = {}
    for word, places in where_a.items():
        if not 2 <= len(places) <= most:
            continue
        together = Counter(other for place in places for other in words_in[place])
        ranked = [
            (2 * times / (len(places) + len(where_b[other])), other) for other, times in together.items() if times >= 2
        ]
        good = sorted((dice, other) for dice, other in ranked if dice >= 0.5)[-3:]
        if good:
            found[word] = frozenset(other for _, other in good)
    return found


def _where(terms: Sequence[frozenset[str]], order: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, index in enumerate(order):
        for term in terms[index]:
            found[term].append(place)
    return found


# ------------------------------------------------------------------------------------------------- sets


def _as_a_set(
    both: _Versions, stretch: tuple[range, range], matches: list[Match], moved: list[tuple[int, int]]
) -> None:
    """Match a stretch without regard to order where that fits far better: definitions sorted by another alphabet."""
    a, b = stretch
    if not both.known and both.meaning is None:
        return
    few, many = sorted((len(a), len(b)))
    if few < _FEWEST_IN_SET or many > min(2 * few, _MOST_IN_SET):
        return

    def worth(i: int, j: int) -> float:
        """Without labels: a list that is sorted anew is numbered anew."""
        if both.keyed((i,), (j,)):
            return float("-inf")
        found = both.length_score((i,), (j,)) + both.value_score((i,), (j,)) + both.word_score((i,), (j,))
        return found + (both.meaning(i, j) if both.meaning is not None else 0.0)

    table = sorted(((worth(i, j), i, j) for i in a for j in b), reverse=True)
    free_a, free_b = set(a), set(b)
    chosen: list[tuple[int, int]] = []
    total = 0.0
    for value, i, j in table:
        if value < 1.0:
            break
        if i in free_a and j in free_b:
            free_a.discard(i)
            free_b.discard(j)
            chosen.append((i, j))
            total += value
    in_order = sum(max(worth(i, j) for i in m.a for j in m.b) for m in matches)
    kept = set(heaviest_chain(sorted((i, j, 1) for i, j in chosen)))
    if len(chosen) - len(kept) < _FEWEST_MOVED or total < in_order + _SET_GAIN * len(chosen):
        return
    taken_a, taken_b = {i for i, _ in chosen}, {j for _, j in chosen}
    left = [m for m in matches if taken_a.isdisjoint(m.a) and taken_b.isdisjoint(m.b)]
    matches[:] = sorted([*(Match((i,), (j,)) for i, j in chosen), *left], key=lambda m: m.a)
    moved.extend((i, j) for i, j in chosen if (i, j) not in kept)


# ------------------------------------------------------------------------------------------------- the result


def _matching(
    both: _Versions,
    heads: Sequence[Match],
    decided: Sequence[Sequence[Match]],
    asked: tuple[set[int], set[int]],
    moved: Sequence[tuple[int, int]],
) -> Matching:
    found: list[tuple[Match, Rung]] = [(match, "numbers") for match in heads]
    for matches in decided:
        found.extend((match, _rung(both, match, asked)) for match in matches)
    found.sort(key=lambda item: item[0].a)
    taken_a = {i for match, _ in found for i in match.a}
    taken_b = {j for match, _ in found for j in match.b}
    return Matching(
        tuple(match for match, _ in found),
        tuple(i for i in range(len(both.a.units)) if i not in taken_a),
        tuple(j for j in range(len(both.b.units)) if j not in taken_b),
        tuple(sorted(moved)),
        tuple(rung for _, rung in found),
    )


def _rung(both: _Versions, match: Match, asked: tuple[set[int], set[int]]) -> Rung:
    """What a match rests on: the last rung that was asked about its stretch, or what settled it before.

    ``asked``: the units of side a that were matched with learned words, and those about which the encoder was asked.
    """
    i, j = match.a[0], match.b[0]
    by_words, encoded = asked
    if i in encoded:
        return "encoder"
    if both.one.labels[i] & both.other.labels[j] or both.keyed((i,), (j,)):
        return "numbers"
    if i in by_words:
        return "words"
    return "values" if both.one.values[i] & both.other.values[j] else "lengths"


def structure_shared(both_a: Sequence[Unit], both_b: Sequence[Unit]) -> float | None:
    """The share of the numbered divisions of the text with fewer of them that the other has too; None where either
    has too few to tell."""
    kinds = _kinds(both_a, both_b)
    one = {(kinds.get(u.key[0], u.key[0]), *u.key[1:]) for u in both_a if u.key is not None}
    other = {u.key for u in both_b if u.key is not None}
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= _FEWEST_KINDS + 2 else None
