"""Scans: one text twice, as two runs of character recognition, two conversions or two editions give it.

Their paragraphs need not agree, so the whole texts are matched token by token. Stretches of tokens that stand once in
either text are anchors (taken as runs, of which the heaviest chain in order is kept); between two anchors the fewest
edits are found. Each edit has a class:

- layout, hyphenation, presentation: the same characters, otherwise spaced, broken or hyphenated, with or without vowel
  signs, with brackets turned round; counted, not told
- confusion: one word read as another by a few characters; what happens again and again is one difference
- label: the numbers and letters of paragraphs that one text lacks; one difference for all of them
- number, date, symbol, reference, wording: as between twins
- whole stretches: lost or added, or moved to another place
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.differences import Difference, Kind, SideName, classify
from auditor.alignment.edits import Edit
from auditor.alignment.matching import heaviest_chain
from auditor.alignment.tokens import Alphabet, folded, is_word
from auditor.document import Span, hull, point

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

#: Tokens in a stretch that may be an anchor.
_GRAM = 6
#: Cells of the largest table in which the fewest edits are looked for.
_TABLE = 16_000_000
#: A stretch of so many tokens is no edit of words any more.
_STRETCH = 8
_MOVED = 0.8
#: A confusion is systematic when it happens so often.
_SYSTEMATIC = 3
_CONFUSED_CHARACTERS = 3
_REPEATED_CHARACTERS = 16
_HYPHENS = re.compile("[-\x00-\x1f\x7f-\x9f]")
#: Vowel signs and other marks that belong to a letter, the stretched line of Arabic, and marks of direction.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_TURNED = str.maketrans(")]}〉》」』】）", "([{〈《「『【（")
_LABEL_TOKEN = re.compile(
    r"[-.()（）、]|[(（]?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）.、]{0,2}"
)
#: An edit of no more tokens is taken apart, word by word.
_TAKEN_APART = 14
#: Punctuation that differs at more places than these is one difference.
_MUCH_PUNCTUATION = 10
#: Two texts are noisy that differ at so many places, and at more than one in so many tokens.
_NOISY_EDITS = 100
_NOISY_TOKENS = 200
_SPECK = 3


class Flat:
    """A side as one run of tokens, labels included, with where each stands."""

    def __init__(self, side: Side) -> None:
        self.side = side
        words: list[str] = []
        self._units: list[int] = []
        self._starts: list[int] = []
        for number, unit in enumerate(side.units):
            self._units.append(number)
            self._starts.append(len(words))
            if unit.label_span is not None:
                words.append(folded("".join(unit.label_span.of(side.document.text).split())))
            words.extend(unit.words)
        self.words = tuple(words)

    def span(self, first: int, last: int) -> Span:
        """Where the tokens from ``first`` up to ``last`` stand; a point where there are none."""
        if first < last:
            return hull((self._token(first), self._token(last - 1)))
        if first > 0:
            return point(self._token(first - 1).end)
        return point(self._token(0).start if self.words else self.side.span.start)

    def block(self, token: int) -> int:
        """Index of the block that holds a token (of the last one for the end)."""
        return self.side.units[self._units[bisect_right(self._starts, token) - 1]].block

    def _token(self, token: int) -> Span:
        at = bisect_right(self._starts, token) - 1
        unit = self.side.units[self._units[at]]
        inside = token - self._starts[at]
        if unit.label_span is not None:
            if inside == 0:
                return unit.label_span
            inside -= 1
        return unit.token_span(self.side.document.blocks[unit.block], inside, inside + 1)


class ScanCollation(msgspec.Struct, frozen=True):
    """Both texts token by token.

    edits     what differs, in order, classes layout and hyphenation left out
    counts    how many edits there are of each class
    edited    how many tokens the edits that are told concern
    """

    a: Flat
    b: Flat
    edits: tuple[Edit, ...]
    counts: dict[str, int]
    edited: int


def collate_scans(pair: Pair) -> ScanCollation:
    """Match two texts token by token. Roughly linear where they are parallel."""
    a, b = Flat(pair.a), Flat(pair.b)
    alphabet = Alphabet()
    code_a, code_b = alphabet.encode(a.words), alphabet.encode(b.words)
    told: list[Edit] = []
    counts: Counter[str] = Counter()
    edited = 0
    for edit in _edits(code_a, code_b):
        kind = _layout(a.words[edit.a : edit.a_end], b.words[edit.b : edit.b_end])
        if kind:
            counts[kind] += 1
            continue
        for part in _taken_apart(a.words, b.words, edit):
            kind = _layout(a.words[part.a : part.a_end], b.words[part.b : part.b_end])
            if kind:
                counts[kind] += 1
                continue
            edited += max(part.a_end - part.a, part.b_end - part.b)
            told.append(part)
    return ScanCollation(a, b, tuple(told), dict(counts), edited)


def _edits(a: str, b: str) -> list[Edit]:
    """The edits between two encoded texts, those that touch each other joined."""
    found: list[Edit] = []
    at_a = at_b = 0
    for i, j, length in [*_runs(a, b), (len(a), len(b), 0)]:
        found.extend(_between(a, b, Edit(at_a, i, at_b, j)))
        at_a, at_b = i + length, j + length
    joined: list[Edit] = []
    for edit in found:
        if joined and joined[-1].a_end == edit.a and joined[-1].b_end == edit.b:
            joined[-1] = Edit(joined[-1].a, edit.a_end, joined[-1].b, edit.b_end)
        else:
            joined.append(edit)
    return joined


def _runs(a: str, b: str) -> Iterator[tuple[int, int, int]]:
    """Runs of equal tokens (start in a, start in b, length) that agree in order, from unique stretches of tokens."""
    size = _GRAM
    places_a, places_b = _unique(a, size), _unique(b, size)
    runs: list[list[int]] = []
    for gram, i in places_a.items():  # in the order of a
        j = places_b.get(gram, -1)
        if i < 0 or j < 0:
            continue
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
            runs[-1][2] += 1
        else:
            runs.append([i, j, 1])
    chain = set(heaviest_chain([(i, j, length) for i, j, length in runs]))
    at_a = at_b = 0
    for i, j, length in runs:
        if (i, j) not in chain:
            continue
        whole = length + size - 1
        skip = max(at_a - i, at_b - j, 0)
        if skip < whole:
            yield i + skip, j + skip, whole - skip
            at_a, at_b = i + whole, j + whole


def _unique(code: str, size: int) -> dict[str, int]:
    """Each stretch of tokens and where it stands; -1 for one that stands more than once."""
    places: dict[str, int] = {}
    for at in range(len(code) - size + 1):
        gram = code[at : at + size]
        places[gram] = at if gram not in places else -1
    return places


def _between(a: str, b: str, gap: Edit) -> Iterator[Edit]:
    from rapidfuzz.distance import Levenshtein

    part_a, part_b = a[gap.a : gap.a_end], b[gap.b : gap.b_end]
    if part_a == part_b:
        return
    if not part_a or not part_b or len(part_a) * len(part_b) > _TABLE:
        yield gap
        return
    for step in Levenshtein.opcodes(part_a, part_b):
        if step.tag != "equal":
            yield Edit(gap.a + step.src_start, gap.a + step.src_end, gap.b + step.dest_start, gap.b + step.dest_end)


def _layout(a: Sequence[str], b: Sequence[str]) -> str:
    """``layout`` or ``hyphenation`` where both sides have the same characters, else empty.

    Some converters write a control character for a hyphen at a line's end; encoding/control-character reports those.
    """
    one, other = "".join(a), "".join(b)
    if one == other:
        return "layout"
    one, other = _HYPHENS.sub("", one), _HYPHENS.sub("", other)
    if one == other:
        return "hyphenation"
    return "presentation" if _presented(one) == _presented(other) else ""


def _presented(text: str) -> str:
    return _MARKS.sub("", text).translate(_TURNED)


def _taken_apart(a: Sequence[str], b: Sequence[str], edit: Edit) -> list[Edit]:
    """An edit as edits of single words, where words of the two sides are misreadings of each other."""
    here, there = edit.a_end - edit.a, edit.b_end - edit.b
    if here + there <= 2 or not here or not there or max(here, there) > _TAKEN_APART:
        return [edit]
    marks_a = [k for k in range(edit.a, edit.a_end) if not is_word(a[k])]
    marks_b = [k for k in range(edit.b, edit.b_end) if not is_word(b[k])]
    said_a, said_b = (
        "".join(side[k] for k in range(*span) if is_word(side[k]))
        for side, span in ((a, (edit.a, edit.a_end)), (b, (edit.b, edit.b_end)))
    )
    if said_a and _presented(said_a) == _presented(said_b):  # the words are the same, spaced otherwise
        return [Edit(k, k + 1, edit.b, edit.b) for k in marks_a] + [
            Edit(edit.a_end, edit.a_end, k, k + 1) for k in marks_b
        ]
    from rapidfuzz.distance import Levenshtein

    one = [_presented(word) for word in a[edit.a : edit.a_end]]
    other = [_presented(word) for word in b[edit.b : edit.b_end]]
    cost = [[float(x + y) for y in range(there + 1)] for x in range(here + 1)]
    for x in range(1, here + 1):
        for y in range(1, there + 1):
            apart = Levenshtein.normalized_distance(one[x - 1], other[y - 1])
            both = cost[x - 1][y - 1] + (apart if apart < 0.67 else 2.1)
            cost[x][y] = min(cost[x - 1][y] + 1, cost[x][y - 1] + 1, both)
    parts: list[Edit] = []
    x, y = here, there
    gap = (x, y)

    def close(left: int, right: int) -> None:
        if (left, right) != gap:
            parts.append(Edit(edit.a + left, edit.a + gap[0], edit.b + right, edit.b + gap[1]))

    while x and y:
        apart = Levenshtein.normalized_distance(one[x - 1], other[y - 1])
        if apart < 0.67 and cost[x][y] == cost[x - 1][y - 1] + apart:
            close(x, y)
            if a[edit.a + x - 1] != b[edit.b + y - 1]:
                parts.append(Edit(edit.a + x - 1, edit.a + x, edit.b + y - 1, edit.b + y))
            x, y = x - 1, y - 1
            gap = (x, y)
        elif cost[x][y] == cost[x - 1][y] + 1:
            x -= 1
        else:
            y -= 1
    close(0, 0)
    return parts[::-1]


# ----------------------------------------------------------------------------------------------- what is told


def scan_differences(pair: Pair, collation: ScanCollation) -> tuple[Difference, ...]:
    """The differences of two scans, in the order of side a."""
    a, b = collation.a, collation.b
    found: list[Difference] = []
    same_cause: defaultdict[tuple[str, str], list[Difference]] = defaultdict(list)
    lost: list[Edit] = []
    added: list[Edit] = []
    labels: dict[SideName, list[Edit]] = {"a": [], "b": []}
    for edit in collation.edits:
        here, there = edit.a_end - edit.a, edit.b_end - edit.b
        if here >= _STRETCH and there <= here // 8:
            lost.append(edit)
            continue
        if there >= _STRETCH and here <= there // 8:
            added.append(edit)
            continue
        lacking = _lost_label(a.words[edit.a : edit.a_end], b.words[edit.b : edit.b_end])
        if lacking is not None:
            labels[lacking].append(edit)
            continue
        difference = _told(pair, a, b, edit)
        cause = _cause(difference)
        if cause is None:
            found.append(difference)
        else:
            same_cause[cause].append(difference)
    found.extend(_stretches(a, b, lost, added))
    found.extend(_lost_labels(a, b, labels))
    punctuation: list[Difference] = []
    for cause, same in same_cause.items():
        if len(same) < _SYSTEMATIC:
            punctuation.extend(d for d in same if d.detail == "punctuation")
            found.extend(d for d in same if d.detail != "punctuation")
        else:
            places = tuple(difference.a for difference in same[1:])
            found.append(msgspec.structs.replace(same[0], detail="systematic", words=cause, places=places))
    if len(punctuation) > _MUCH_PUNCTUATION:
        first, *others = sorted(punctuation, key=lambda d: d.a)
        found.append(msgspec.structs.replace(first, places=tuple(d.a for d in others)))
    else:
        found.extend(punctuation)
    tokens = len(a.words) + len(b.words)
    if len(collation.edits) >= _NOISY_EDITS and len(collation.edits) * _NOISY_TOKENS > tokens:
        found = _without_noise(found)
    return tuple(sorted(found, key=lambda d: (d.a, d.b, d.kind)))


def _without_noise(found: Sequence[Difference]) -> list[Difference]:
    """The differences of two noisy texts, with what is noise brought together by its class."""
    noise: defaultdict[str, list[Difference]] = defaultdict(list)
    kept: list[Difference] = []
    for difference in found:
        kind = _noise(difference)
        (noise[kind] if kind else kept).append(difference)
    for kind, same in noise.items():
        first, *others = sorted(same, key=lambda d: d.a)
        places = sorted([*first.places, *(place for d in others for place in (d.a, *d.places))])
        kept.append(
            msgspec.structs.replace(first, kind="wording", detail=kind, words=(str(len(same)),), places=tuple(places))
        )
    return kept


def _noise(difference: Difference) -> str:
    """``specks``: stray marks, single letters and figures on one side alone; ``misreadings``: words that are read
    otherwise, or broken; empty for what may be more than noise."""
    if difference.kind not in ("wording", "number", "reference", "name") or difference.detail == "modality":
        return ""
    one, other = ("".join(c for c in text if c.isalnum()) for text in (difference.text_a, difference.text_b))
    one, other = _presented(one), _presented(other)
    if min(len(one), len(other)) == 0:
        return "specks" if max(len(one), len(other)) <= _SPECK else ""
    if difference.kind in ("number", "reference") and one.isdecimal() and other.isdecimal():
        return ""
    if difference.detail in ("confusion", "systematic") and max(len(one), len(other)) > _SPECK:
        return "misreadings"
    from rapidfuzz.distance import Levenshtein

    alike = Levenshtein.normalized_similarity(one, other)
    return "misreadings" if alike >= 0.5 or one in other or other in one or max(len(one), len(other)) <= _SPECK else ""


def _lost_label(a: Sequence[str], b: Sequence[str]) -> SideName | None:
    """The side that lacks the number or letter of a paragraph, where an edit is nothing else."""
    if a and b:
        return None
    words = a or b
    text = "".join(words)
    if len(words) > 6 or not any(c in "-.()（）、" for c in text) or not any(c.isalnum() for c in text):
        return None
    if not all(_LABEL_TOKEN.fullmatch(word) for word in words):
        return None
    return "b" if a else "a"


def _lost_labels(a: Flat, b: Flat, labels: dict[SideName, list[Edit]]) -> Iterator[Difference]:
    """The labels that either side lacks, all of a side together where there are many."""
    for lacking, listed in labels.items():
        places = [(a.span(e.a, e.a_end), b.span(e.b, e.b_end), e) for e in listed]
        group = len(places) >= _SYSTEMATIC
        for at, (span_a, span_b, e) in enumerate(places):
            if group and at:
                break
            text_a, text_b = "".join(a.words[e.a : e.a_end]), "".join(b.words[e.b : e.b_end])
            others = tuple(span for span, _, _ in places[1:]) if group else ()
            yield Difference("label", span_a, span_b, text_a, text_b, lacking, "lost", places=others)


def _told(pair: Pair, a: Flat, b: Flat, edit: Edit) -> Difference:
    words_a, words_b = a.words[edit.a : edit.a_end], b.words[edit.b : edit.b_end]
    difference = classify(
        pair, words_a, words_b, a.span(edit.a, edit.a_end), b.span(edit.b, edit.b_end), a.block(edit.a)
    )
    one, other = "".join(words_a), "".join(words_b)
    # "sball" for "shall" is a misreading; "now" for "not" need not be one.
    doubtful = difference.detail == "modality" and (len(difference.words) > 1 or min(len(one), len(other)) < 4)
    figures = any(word.isdecimal() for word in (*words_a, *words_b))
    if difference.kind == "number" and not figures:  # "9ي" for "في" is a misreading and no number
        difference = msgspec.structs.replace(difference, kind="wording")
    if difference.kind in ("wording", "name") and not doubtful:
        confused = _confusion(one, other)
        if confused is not None:
            return msgspec.structs.replace(difference, kind="wording", detail="confusion", words=confused)
    return difference


def _cause(difference: Difference) -> tuple[str, str] | None:
    """What was read as what, where the same may have happened elsewhere; None for what is told by itself."""
    if difference.detail == "confusion":
        return difference.words[0], difference.words[1]
    if difference.kind != "wording" or difference.detail == "modality":
        return None
    if max(len(difference.text_a), len(difference.text_b)) > _REPEATED_CHARACTERS:
        return None
    return difference.text_a, difference.text_b


def _confusion(one: str, other: str) -> tuple[str, str] | None:
    """The characters that were read otherwise, where the rest of a word shows that it is the same word."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(left), len(right)) > _CONFUSED_CHARACTERS or start + end < 2 or not left + right:
        return None
    return left, right


def _stretches(a: Flat, b: Flat, lost: Sequence[Edit], added: Sequence[Edit]) -> Iterator[Difference]:
    """Stretches that one text lacks; those that it has elsewhere have moved."""
    from rapidfuzz.distance import Indel

    alphabet = Alphabet()
    code_lost = [alphabet.encode(a.words[edit.a : edit.a_end]) for edit in lost]
    code_added = [alphabet.encode(b.words[edit.b : edit.b_end]) for edit in added]
    free = set(range(len(added)))
    for edit, code in zip(lost, code_lost, strict=True):
        span_a, span_b = a.span(edit.a, edit.a_end), b.span(edit.b, edit.b_end)
        near = [
            (Indel.normalized_similarity(code, code_added[k]), k)
            for k in free
            if abs(len(code) - len(code_added[k])) <= (1 - _MOVED) * 2 * len(code)
        ]
        if near and max(near)[0] >= _MOVED:
            other = added[max(near)[1]]
            free.discard(max(near)[1])
            span = b.span(other.b, other.b_end)
            yield _stretch("order", a, b, span_a, span, None, edit.a_end - edit.a)
        else:
            yield _stretch("missing-unit", a, b, span_a, point(span_b.start), "b", edit.a_end - edit.a)
    for k in sorted(free):
        edit = added[k]
        span_a, span_b = a.span(edit.a, edit.a_end), b.span(edit.b, edit.b_end)
        yield _stretch("missing-unit", a, b, point(span_a.start), span_b, "a", edit.b_end - edit.b)


def _stretch(
    kind: Kind, a: Flat, b: Flat, span_a: Span, span_b: Span, lacking: SideName | None, tokens: int
) -> Difference:
    text_a, text_b = (" ".join(span.of(flat.side.document.text).split()) for flat, span in ((a, span_a), (b, span_b)))
    return Difference(kind, span_a, span_b, text_a, text_b, lacking, "stretch", words=(str(tokens),))
