"""Twins inside a document: divisions of one template that differ in names ("Annex I" and "Annex II", each a treaty).

Nobody names them. Looked at are divisions of one kind with one parent (annexes, schedules, parts …), and stretches in
which a series of headings starts again (two treaties in one file, each with its Article 1), also where nothing marks
the one from the other. They are twins when they are in one language, of like size, at least four fifths of their tokens
agree with names masked, and what is left when their names are replaced is scattered: two forms or tables that are
filled in differently are no twins. A few phrases of each are looked for in the other first, so that a document
without twins pays for little more than the look at its outline.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from auditor.alignment.pair import Pair, Side
from auditor.alignment.tokens import NAME, TOKEN, folded, masked
from auditor.alignment.units import units
from auditor.analysis.fact import fact
from auditor.analysis.languages import languages
from auditor.analysis.outline import Division, Outline, Series, outline
from auditor.document import Block, Document, Span

#: Divisions of an article's rank or below are too small, and too much alike by nature.
_SMALL_KINDS = frozenset(
    {"article", "rule", "regulation", "clause", "paragraph", "point", "letter", "number", "recital", "principle"}
)
_LIKENESS = 0.8
_BAG_LIKENESS = 0.75
_SIZE = 0.7
_FEWEST_CHARACTERS = 300
_FEWEST_TOKENS = 80
#: Tokens for each difference that is left, at least; one is free.
_TOKENS_PER_DIFFERENCE = 50
_PHRASES = 24
_PHRASES_FIRST = 6
_PHRASES_SHARED = 0.4
_PHRASE = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?: [^\W\d_]+){3}(?![^\W\d_])|[\u3400-\u9fff]{8}")
_FEWEST_MEMBERS = 4
_MOST_COMPARED = 24
#: Blocks before the first heading of a run that may be its title and preamble.
_LEAD = 12


class _Part(msgspec.Struct, frozen=True):
    """A stretch that may have a twin."""

    span: Span
    label: str
    number: str
    kind: str


@fact
def twins(document: Document) -> tuple[Pair, ...]:
    """The pairs of twins in a document, in order; of three or more twins each with the next."""
    found: list[Pair] = []
    for group in (*_siblings(document), *_restarts(document)):
        if any(_meets(part.span, pair) for part in group for pair in found):
            continue  # inside twins, or around them
        alike = [_pair(document, one, other) for one, other in _alike(document, group)]
        found.extend(pair for pair in alike if _are_twins(pair))
    return tuple(sorted(found, key=lambda pair: (pair.a.span, pair.b.span)))


def _pair(document: Document, one: _Part, other: _Part) -> Pair:
    pair = Pair(
        "twins",
        Side(document, one.span, one.label, one.number),
        Side(document, other.span, other.label, other.number),
        one.kind,
    )
    if one.kind or not pair.matching.matches:
        return pair
    # Nothing marks where these begin and end: what one has before or after all that they share is not theirs.
    first, last = pair.matching.matches[0], pair.matching.matches[-1]
    span_a = Span(pair.a.units[first.a[0]].span.start, pair.a.units[last.a[-1]].span.end)
    span_b = Span(pair.b.units[first.b[0]].span.start, pair.b.units[last.b[-1]].span.end)
    side_a, side_b = (Side(document, span, _opening_words(document, span.start)) for span in (span_a, span_b))
    return Pair("twins", side_a, side_b)


def _are_twins(pair: Pair) -> bool:
    if min(pair.a.tokens, pair.b.tokens) < _FEWEST_TOKENS or pair.likeness < _LIKENESS:
        return False
    left = len(pair.collation.edits) + len(pair.matching.only_a) + len(pair.matching.only_b)
    return (left - 1) * _TOKENS_PER_DIFFERENCE <= max(pair.a.tokens, pair.b.tokens)


def _meets(span: Span, pair: Pair) -> bool:
    return pair.a.span.overlaps(span) or pair.b.span.overlaps(span)


def _extents(document: Document, plan: Outline) -> list[Span]:
    """Each division with all that belongs to it."""
    ends = [len(document.text)] * len(plan.divisions)
    open_ones: list[Division] = []
    for division in plan.divisions:
        while open_ones and open_ones[-1].depth >= division.depth:
            ends[open_ones.pop().index] = division.start
        open_ones.append(division)
    return [Span(d.start, max(end, d.start)) for d, end in zip(plan.divisions, ends, strict=True)]


def _part(division: Division, span: Span) -> _Part:
    number = ""
    if division.number is not None:
        number = division.label.split()[-1] if division.label.split() else ""
    return _Part(span, division.label, number, division.kind)


def _siblings(document: Document) -> Iterator[list[_Part]]:
    """Wide divisions of one kind, level and parent, the widest first."""
    plan = outline(document)
    if len(plan.divisions) < 2:
        return
    extents = _extents(document, plan)
    groups: dict[tuple[object, ...], list[_Part]] = defaultdict(list)
    for division in plan.divisions:
        span = extents[division.index]
        if division.kind not in _SMALL_KINDS and len(span) >= _FEWEST_CHARACTERS:
            level = division.level if division.kind == "heading" else 0
            groups[division.parent, division.kind, level].append(_part(division, span))
    yield from sorted((g for g in groups.values() if len(g) > 1), key=lambda g: -max(len(part.span) for part in g))


def _restarts(document: Document) -> Iterator[list[_Part]]:
    """Stretches in which one series of headings starts again."""
    plan = outline(document)
    by_kind: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for series in plan.series:
        if len(series.members) >= _FEWEST_MEMBERS:
            by_kind[series.kind, series.pattern.casefold()].append(series)
    for listed in by_kind.values():
        if len(listed) < 2:
            continue
        parts = list(_stretches(document, plan, listed))
        if len(parts) > 1:
            yield parts


def _stretches(document: Document, plan: Outline, listed: Sequence[Series]) -> Iterator[_Part]:
    """Runs of one series as stretches of text: each from what opens it to what opens the next.

    What stands before the first heading of a run (a title, a preamble) is divided from the end of the run before by
    the block that opens like the text before the first run.
    """
    firsts = [plan.divisions[series.members[0]] for series in listed]
    lasts = [plan.divisions[series.members[-1]] for series in listed]
    if any(one.start < last.start for one, last in zip(firsts[1:], lasts, strict=False)):
        return  # they run side by side: an amending law that quotes another
    lead = document.blocks_in(Span(0, firsts[0].start))[-_LEAD:]
    opening = {words for block in lead if len(words := _masked_words(block)) >= 3}
    starts = [
        _opens_at(document, opening, lasts[n - 1].heading.end if n else 0, first.start)
        for n, first in enumerate(firsts)
    ]
    ends = [*starts[1:], len(document.text)]
    for start, end in zip(starts, ends, strict=True):
        yield _Part(Span(start, end), _opening_words(document, start), "", "")


def _masked_words(block: Block) -> tuple[str, ...]:
    return tuple(masked(folded(word)) for word in TOKEN.findall(block.prose.text))


def _opens_at(document: Document, opening: set[tuple[str, ...]], low: int, high: int) -> int:
    """Where, in the stretch before a run's first heading, its text begins: at the first block that is like one of
    those before the first run."""
    for block in document.blocks_in(Span(low, high)):
        if _masked_words(block) in opening:
            return block.span.start
    return high


def _opening_words(document: Document, start: int) -> str:
    block = document.block_at(start)
    text = " ".join(block.prose.text.split()) if block is not None else ""
    return text[:60] + ("…" if len(text) > 60 else "")


def _alike(document: Document, group: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """Of a group those that may be twins: of like size, in one language, and with the same everyday words."""
    text = document.text
    close = combinations(group, 2) if len(group) <= _MOST_COMPARED else pairwise(group)
    phrases: dict[Span, list[str]] = {}
    bags: dict[Span, Counter[str]] = {}
    paired: set[Span] = set()
    for one, other in close:
        if one.span in paired or not _like_size(one, other):
            continue
        if one.span not in phrases:
            phrases[one.span] = _phrases(text, one.span)
        if not _shares(text, phrases[one.span], other.span):
            continue
        if _language(document, one.span) != _language(document, other.span):
            continue
        for part in (one, other):
            if part.span not in bags:
                bags[part.span] = _bag(document, part.span)
        bag_a, bag_b = bags[one.span], bags[other.span]
        if (bag_a & bag_b).total() >= _BAG_LIKENESS * max(bag_a.total(), bag_b.total()):
            paired.add(one.span)
            yield one, other


def _like_size(one: _Part, other: _Part) -> bool:
    low, high = sorted((len(one.span), len(other.span)))
    return low >= _SIZE * high


def _phrases(text: str, span: Span) -> list[str]:
    """Phrases without capitals from all over a stretch."""
    found = []
    step = max(len(span) // _PHRASES, 1)
    for start in range(span.start, span.end, step):
        for match in _PHRASE.finditer(text, start, min(start + 300, span.end)):
            if match.group() == match.group().lower():
                found.append(match.group())
                break
    return found


def _shares(text: str, phrases: Sequence[str], span: Span) -> bool:
    """Whether enough of the phrases stand in a stretch."""
    found = 0
    spread = [*phrases[::4], *phrases[1::4], *phrases[2::4], *phrases[3::4]]
    for number, phrase in enumerate(spread):
        if number == _PHRASES_FIRST and found < 2:
            return False
        found += text.find(phrase, span.start, span.end) >= 0
    return found > 0 and found >= _PHRASES_SHARED * len(phrases)


def _bag(document: Document, span: Span) -> Counter[str]:
    """The words of a stretch without its names."""
    bag: Counter[str] = Counter()
    for unit in units(document, span):
        bag.update(map(masked, unit.words))
    del bag[NAME]
    return bag


def _language(document: Document, span: Span) -> str:
    """The language that most of a stretch is in."""
    by_block = languages(document)
    found: Counter[str] = Counter()
    for block in document.blocks_in(span):
        found[by_block[block.index]] += len(block.span)
    return found.most_common(1)[0][0] if found else ""
