"""A difference as it is shown: what a remedy takes out and puts in, and two texts that say it differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from auditor.document import Document, Span
from auditor.report import ReportedEdit
from auditor.reporting.html.shown import shown

Kind = Literal["same", "left", "gone", "new", "meant"]

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_AROUND = 48  # characters of context
_LONGEST_BLOCK = 20_000  # characters of a block that is searched for differences
_LEAST_ALIKE = 0.6  # share of tokens
_LONGEST = 400  # characters of one side of a change


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Text that both sides have (``same``), one alone has (``gone``, ``new``), or that is meant (``meant``);
    ``left`` stands for what was left out between."""

    text: str
    kind: Kind = "same"


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def edit_shown(document: Document, edit: ReportedEdit) -> tuple[Stretch, ...]:
    """One edit of a remedy with a little of the source around it. Line ends that change are shown as ``¶``."""
    text = document.text
    before = text[max(0, edit.start - _AROUND) : edit.start].rpartition("\n\n")[2]
    after = text[edit.end : edit.end + _AROUND].partition("\n\n")[0]
    old, new = _cut(text[edit.start : edit.end]), _cut(edit.text)
    found = [Stretch(shown(before.lstrip("\n")))]
    if old:
        found.append(Stretch(shown(old.replace("\n", "¶\n")), "gone"))
    if new:
        found.append(Stretch(shown(new.replace("\n", "¶\n")), "new"))
    found.append(Stretch(shown(after.rstrip("\n"))))
    return tuple(stretch for stretch in found if stretch.text)


class _Side(msgspec.Struct, frozen=True):
    """One side of a comparison: the prose of the block it is in, and the stretch of it that is meant."""

    text: str
    start: int
    end: int


def _side(document: Document, span: Span) -> _Side | None:
    """What is meant, with its block; None where it goes beyond one."""
    block = document.block_at(span.start)
    if block is None or span.end > block.span.end:
        return None
    start = block.prose.prose_offset(span.start)
    return _Side(block.prose.text, start, max(start, block.prose.prose_offset(span.end)))


def sides_shown(
    a: Document, here: Span, b: Document, there: Span, *, same_language: bool
) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]] | None:
    """The two blocks that a difference is in: what is meant, and what else differs. None where it goes beyond one."""
    one, other = _side(a, here), _side(b, there)
    if one is None or other is None:
        return None
    if not same_language or max(len(one.text), len(other.text)) > _LONGEST_BLOCK:
        return tuple(_marked(one, ())), tuple(_marked(other, ()))
    from rapidfuzz.distance import Levenshtein

    tokens_a, tokens_b = _TOKEN.findall(one.text), _TOKEN.findall(other.text)
    offsets_a, offsets_b = _offsets(tokens_a), _offsets(tokens_b)
    apart_a, apart_b = [], []
    steps = Levenshtein.opcodes(tokens_a, tokens_b)
    same = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    if 2 * same < _LEAST_ALIKE * (len(tokens_a) + len(tokens_b)):
        return tuple(_marked(one, ())), tuple(_marked(other, ()))  # two blocks that do not stand for each other
    for step in steps:
        if step.tag == "equal":
            continue
        if step.src_end > step.src_start:
            apart_a.append((offsets_a[step.src_start], offsets_a[step.src_end]))
        if step.dest_end > step.dest_start:
            apart_b.append((offsets_b[step.dest_start], offsets_b[step.dest_end]))
    return tuple(_marked(one, apart_a)), tuple(_marked(other, apart_b))


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _marked(side: _Side, apart: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """A side's text: what is meant, what else is apart, and between them what both have, shortened."""
    places: list[tuple[int, int, Kind]] = [(side.start, side.end, "meant")]
    for start, end in apart:
        if end <= side.start or start >= side.end:
            words = side.text[start:end]
            start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
            if start < end:
                places.append((start, end, "gone"))
    at = 0
    last = len(places) - 1
    for number, (start, end, kind) in enumerate(sorted(places)):
        yield from _between(side.text[at:start], first=number == 0, final=False)
        if start < end or kind == "meant":
            yield Stretch(shown(side.text[start:end]), kind)
        at = end
        if number == last:
            yield from _between(side.text[at:], first=False, final=True)


def _between(text: str, *, first: bool, final: bool) -> Iterator[Stretch]:
    if first and len(text) > _AROUND:
        yield Stretch("…", "left")
        text = text[-_AROUND:].partition(" ")[2] or text[-_AROUND:]
        yield Stretch(shown(text))
    elif final and len(text) > _AROUND:
        yield Stretch(shown(text[:_AROUND].rpartition(" ")[0] or text[:_AROUND]))
        yield Stretch("…", "left")
    elif len(text) > 3 * _AROUND:
        yield Stretch(shown(text[:_AROUND]))
        yield Stretch(" … ", "left")
        yield Stretch(shown(text[-_AROUND:]))
    elif text:
        yield Stretch(shown(text))
