"""Stretches that say the same thing three times and more, as converters do that lost their place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.analysis.fact import fact
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.document import Document, Span

from .blocks import repeated_runs
from .words import words_in_a_row

#: Windows of so many words are looked at: a loop fills them with few different ones.
_GLANCE = 24
_LOOK = 240
_LONGEST_PERIOD = 400
_FEWEST_TIMES = 4
_FEWEST_WORDS = 8


@fact
def loops(document: Document) -> list[Span]:
    """The stretches of the document that repeat themselves four times or more, in order, not overlapping."""
    found = [*_of_blocks(document), *_of_words(document)]
    found.sort()
    apart: list[Span] = []
    for span in found:
        if apart and span.start < apart[-1].end:
            if span.end > apart[-1].end:
                apart[-1] = Span(apart[-1].start, span.end)
        else:
            apart.append(span)
    return apart


def _of_blocks(document: Document) -> list[Span]:
    found = []
    for run in repeated_runs(document):
        letters = sum(sum(map(str.isalpha, block.prose.text[:200])) for block in run.first)
        words = run.words
        long_enough = words >= 3 and letters >= 12
        if (run.times >= _FEWEST_TIMES and long_enough and words * run.times >= 24) or (
            run.times == _FEWEST_TIMES - 1 and words >= 8 and letters >= 40
        ):
            found.append(Span(run.first[0].span.start, run.again[-1].span.end))
    return found


def _of_words(document: Document) -> list[Span]:
    """Loops inside blocks: first the windows with few different words, then the words that come back in them."""
    if not _may_loop(document):
        return []
    run = running_text(document)
    found = []
    for at, block in enumerate(run.blocks):
        if block.kind == "table":
            continue
        text = block.prose.text
        if len(text) < 40:
            continue
        words = text.split()
        if len(words) < _FEWEST_WORDS or not _few(words):
            continue
        for first, last in _periodic(words):
            found.append(_span_of_words(run, at, text, words, first, last))
    return found


def _may_loop(document: Document) -> bool:
    """Whether any short window of the text has few different words, or any sentence follows itself twice."""
    words = words_in_a_row(document)
    if _few(words):
        return True
    sentences = running_text(document).text.split(". ")
    return any(a == b and len(a) > _GLANCE for a, b in pairwise(sentences))


def _few(words: Sequence[str]) -> bool:
    """Whether any window, short or long, has few different words."""
    for size, step, most in ((_GLANCE, _GLANCE * 2 // 3, _GLANCE // 2), (_LOOK, _LOOK, _LOOK * 3 // 8)):
        for at in range(0, max(1, len(words) - size), step):
            window = words[at : at + size]
            different = len(set(window))
            if different <= most and 2 * different <= len(window):
                return True
    return False


def _periodic(words: list[str]) -> list[tuple[int, int]]:
    """Stretches ``[first, last)`` of words that consist of one piece four times or more."""
    found = []
    seen: dict[tuple[str, ...], int] = {}
    at = 0
    size = 3
    while at + size <= len(words):
        key = tuple(words[at : at + size])
        before = seen.get(key)
        seen[key] = at
        if before is not None and 0 < (period := at - before) <= _LONGEST_PERIOD:
            end = at
            while end < len(words) and words[end] == words[end - period]:
                end += 1
            length = end - before
            if length >= _FEWEST_TIMES * period and length >= _FEWEST_WORDS and _says(words[before : before + period]):
                found.append((before, end))
                at = end
                continue
            # Inside the stretch everything comes back at this distance; it is not looked at twice.
            at = max(at, end - size)
        at += 1
    return found


def _says(piece: list[str]) -> bool:
    """Whether a piece is words, and not a line of a form or a row of figures."""
    letters = sum(sum(map(str.isalpha, word)) for word in piece)
    return letters >= max(2, len(piece)) and 2 * letters > sum(map(len, piece))


def _span_of_words(run: RunningText, at: int, text: str, words: list[str], first: int, last: int) -> Span:
    """Where the words ``[first, last)`` of a block stand in the source."""
    offset = start = 0
    for number in range(last):
        offset = text.index(words[number], offset)
        if number == first:
            start = offset
        offset += len(words[number])
    return run.span(run.starts[at] + start, run.starts[at] + offset)
