"""Line numbers of the margin that run through the text: 5, 10, 15 … of a numbered edition, or one a line.

Told by their distances. A number at the start or the end of a line counts the lines when the next one stands as many
lines further down, no more and no fewer; inside a paragraph, where the lines are lost, when each is as far from the one
before as the others are. No sentence needs them: most stand between words that belong together. Headings and lines
that name a division ("Article 3") count divisions, not lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture.found import furniture
from auditor.analysis.furniture.lines import Lines, ends_open, starts_open, text_lines
from auditor.analysis.furniture.series import middle
from auditor.analysis.furniture.standing import names_division
from auditor.analysis.shapes import spaced_numbers
from auditor.document import Document, Span

_LEADING = re.compile(r"(\d{1,4})[ \t]+(?=[^\W\d_]|[\"“«(\[])")
_TRAILING = re.compile(r"(?<=[^\W\d_,;])[ \t]+(\d{1,4})$")
_INNER = re.compile(r" (\d{1,4})(?= [^\W\d_])")
#: How many numbers in a row prove a count, by the step between them.
_ENOUGH = {1: 8, 5: 4, 10: 4}


class LineNumbers(msgspec.Struct, frozen=True):
    """One run of line numbers: the step, the numbers, and where they stand."""

    step: int
    numbers: tuple[int, ...]
    spans: tuple[Span, ...]


@fact
def line_numbers(document: Document) -> tuple[LineNumbers, ...]:
    """All runs of line numbers, in order. Linear in the length of the text."""
    lines = text_lines(document)
    known = furniture(document)
    found = [
        *_at_edges(lines, leading=True),
        *_at_edges(lines, leading=False),
        *_inside(document, lines),
    ]
    free = [run for run in found if not any(known.covers(span.start) for span in run.spans)]
    free.sort(key=lambda run: run.spans[0])
    kept: list[LineNumbers] = []
    for run in free:
        if not kept or run.spans[0].start > kept[-1].spans[-1].start:
            kept.append(run)
    return tuple(kept)


def _at_edges(lines: Lines, *, leading: bool) -> list[LineNumbers]:
    """Numbers at the starts (or ends) of lines that count the lines."""
    text = lines.text
    places: list[tuple[int, int, Span]] = []
    edges = lines.start if leading else [end - 1 for end in lines.end]
    for at, edge in enumerate(edges):
        if not text[edge].isdecimal() or lines.opaque[at]:
            continue
        start, end = lines.start[at], lines.end[at]
        if end - start > 160 or text[start] == "#":
            continue
        match = _LEADING.match(text, start, end) if leading else _TRAILING.search(text, max(start, end - 8), end)
        if match is not None and (leading or not names_division(text[start:end])):
            places.append((int(match[1]), at, Span(*match.span(1))))
    found = []
    for step, enough in _ENOUGH.items():
        for run in _runs(places, step, step, step):
            if len(run) < enough:
                continue
            cuts = sum(_needless(text, span, cased=step == 1) for _, _, span in run)
            if cuts >= 0.5 * len(run):
                found.append(_run(step, run))
    return found


def _inside(document: Document, lines: Lines) -> list[LineNumbers]:
    """Numbers inside paragraphs at even distances."""
    text = document.text
    places = []
    at = 0
    ends = lines.end
    last = len(ends) - 1
    for match in filter(None, (_INNER.match(text, space) for space in spaced_numbers(document))):
        start = match.start(1)
        number = int(match[1])
        if number % 5 or start < 2 or not (before := text[start - 2]).isalnum() or before.isdecimal():
            continue
        while at < last and ends[at] <= start:
            at += 1
        if lines.opaque[at]:
            continue
        span = Span(start, match.end())
        if _needless(text, span):
            places.append((number, start, span))
    found = []
    for step in (5, 10):
        for run in _runs(places, step, 80, 1500):
            if len(run) < _ENOUGH[step]:
                continue
            gaps = [b[1] - a[1] for a, b in itertools.pairwise(run)]
            usual = middle(gaps)
            if sum(0.6 * usual <= gap <= 1.5 * usual for gap in gaps) >= 0.8 * len(gaps):
                found.append(_run(step, run))
    return found


def _runs(
    places: Sequence[tuple[int, int, Span]], step: int, nearest: int, farthest: int
) -> list[list[tuple[int, int, Span]]]:
    """Maximal runs of places whose numbers go up by ``step`` and which lie between ``nearest`` and ``farthest``
    apart."""
    last: dict[int, list[tuple[int, int, Span]]] = {}
    runs: list[list[tuple[int, int, Span]]] = []
    for place in places:
        number, where, _ = place
        before = last.get(number - step)
        if before is not None and before[-1][0] == number - step and nearest <= where - before[-1][1] <= farthest:
            before.append(place)
            last[number] = before
        elif number % step == 0:
            last[number] = [place]
            runs.append(last[number])
    return runs


def _needless(text: str, span: Span, *, cased: bool = False) -> bool:
    """Whether the words before and after a number belong to one sentence without it.

    cased  a small letter must say so: a list "1 …, 2 …" in a script without case looks like lines that are numbered
    """
    before = text[max(0, span.start - 14) : span.start].rstrip()
    after = text[span.end : span.end + 14].lstrip()
    if cased and not after.lstrip('*_(["“«')[:1].islower():
        return False
    return ends_open(before) and not before[-1:].isdigit() and starts_open(after)


def _run(step: int, run: Sequence[tuple[int, int, Span]]) -> LineNumbers:
    return LineNumbers(step, tuple(number for number, _, _ in run), tuple(span for _, _, span in run))
