"""Scans: one text twice, as two runs of character recognition, two conversions or two editions give it.

Their paragraphs need not agree, so the whole texts are matched token by token. Stretches of tokens that stand once in
either text are anchors (taken as runs, of which the heaviest chain in order is kept); between two anchors the fewest
edits are found. Each edit has a class:

- layout, hyphenation: the same characters, otherwise spaced, broken or hyphenated; counted, not told
- confusion: one word read as another by a few characters; what happens again and again is one difference
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
from auditor.alignment.tokens import Alphabet, folded
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
        edited += max(edit.a_end - edit.a, edit.b_end - edit.b)
        told.append(edit)
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
    return "hyphenation" if _HYPHENS.sub("", one) == _HYPHENS.sub("", other) else ""


# ----------------------------------------------------------------------------------------------- what is told


def scan_differences(pair: Pair, collation: ScanCollation) -> tuple[Difference, ...]:
    """The differences of two scans, in the order of side a."""
    a, b = collation.a, collation.b
    found: list[Difference] = []
    same_cause: defaultdict[tuple[str, str], list[Difference]] = defaultdict(list)
    lost: list[Edit] = []
    added: list[Edit] = []
    for edit in collation.edits:
        here, there = edit.a_end - edit.a, edit.b_end - edit.b
        if here >= _STRETCH and there <= here // 8:
            lost.append(edit)
            continue
        if there >= _STRETCH and here <= there // 8:
            added.append(edit)
            continue
        difference = _told(pair, a, b, edit)
        cause = _cause(difference)
        if cause is None:
            found.append(difference)
        else:
            same_cause[cause].append(difference)
    found.extend(_stretches(a, b, lost, added))
    for cause, same in same_cause.items():
        if len(same) < _SYSTEMATIC:
            found.extend(same)
        else:
            places = tuple(difference.a for difference in same[1:])
            found.append(msgspec.structs.replace(same[0], detail="systematic", words=cause, places=places))
    return tuple(sorted(found, key=lambda d: (d.a, d.b, d.kind)))


def _told(pair: Pair, a: Flat, b: Flat, edit: Edit) -> Difference:
    words_a, words_b = a.words[edit.a : edit.a_end], b.words[edit.b : edit.b_end]
    difference = classify(
        pair, words_a, words_b, a.span(edit.a, edit.a_end), b.span(edit.b, edit.b_end), a.block(edit.a)
    )
    one, other = "".join(words_a), "".join(words_b)
    # "sball" for "shall" is a misreading; "now" for "not" need not be one.
    doubtful = difference.detail == "modality" and (len(difference.words) > 1 or min(len(one), len(other)) < 4)
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
