"""Captions and footnotes: the series that tables, figures, boxes and notes count in, and the holes in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.footnotes import Note, footnotes
from auditor.analysis.outline.headings import Heading, headings
from auditor.analysis.outline.omitted import omitted_words
from auditor.analysis.outline.series import Candidate, Ordinal, find_runs
from auditor.document import Document, Span

_CAPTIONS = frozenset({"table", "figure", "box", "chart", "map", "form"})
_MOST_ABSENT = 3


class CaptionGap(msgspec.Struct, frozen=True, gc=False):
    """Absent numbers of a series of captions or notes.

    values, labels   the absent numbers, and how their neighbours would write them
    before, after    the neighbours as they are written, with their places
    series           "Table 1 to Table 8"
    """

    values: tuple[int, ...]
    labels: tuple[str, ...]
    before: str
    before_span: Span
    after: str
    after_span: Span
    series: str
    confidence: float


@fact
def caption_gaps(document: Document) -> tuple[CaptionGap, ...]:
    """The holes in the series of tables, figures, boxes and numbered notes."""
    return tuple(sorted((*_captions(document), *_notes(document)), key=lambda gap: gap.after_span))


def _captions(document: Document) -> Iterator[CaptionGap]:
    groups: dict[tuple[str, str, str], list[Heading]] = defaultdict(list)
    for heading in headings(document):
        if heading.number.kind in _CAPTIONS and heading.number.readings and heading.form != "run-in":
            reading = heading.number.readings[0]
            if not reading.damaged:
                groups[heading.number.kind, reading.style, heading.pattern.casefold()].append(heading)
    for found in groups.values():
        candidates = [
            Candidate(
                tuple(Ordinal(n.value, n.suffix, heading.number.range_to or 0) for n in heading.number.readings[:1]),
                1.2,
            )
            for heading in found
        ]
        for run in find_runs(candidates):
            members = [found[member.candidate] for member in run.members]
            holes = [hole for hole in run.holes if hole.before >= 0]
            if len(members) < 4 or len(holes) > max(1, len(members) // 8):
                continue
            for hole in holes:
                before, after = members[hole.before], members[hole.after]
                if len(hole.values) > _MOST_ABSENT or _said(document, before.span.end, after.span.start, hole.values):
                    continue
                yield CaptionGap(
                    tuple(hole.values),
                    tuple(before.pattern.replace("#", str(value)) for value in hole.values),
                    before.text,
                    before.span,
                    after.text,
                    after.span,
                    f"{members[0].text} to {members[-1].text}",
                    0.8,
                )


def _said(document: Document, start: int, end: int, values: Sequence[int]) -> bool:
    """Whether the text between names an absent number in a caption of another form, or calls it deleted."""
    text = document.text[start : min(end, start + 60_000)]
    if end - start > 60_000 or (omitted_words().search(text) is not None and len(text) < 2000):
        return True
    return any(f" {value}." in text or f" {value}:" in text or f" {value} " in text for value in values)


def _notes(document: Document) -> Iterator[CaptionGap]:
    known = footnotes(document)
    numbered = [note for note in known.notes if note.label.isdecimal()]
    if len(numbered) < 4:
        return
    marked = {marker.note for marker in known.markers}
    if sum(index in marked for index, note in enumerate(known.notes) if note.label.isdecimal()) < 0.7 * len(numbered):
        return  # what nothing in the text refers to may be a list of another kind
    seen = {marker.label for marker in known.markers} | {note.label for note in known.notes}
    steps = list(pairwise(numbered))
    holes = [(a, b) for a, b in steps if 1 < int(b.label) - int(a.label) <= _MOST_ABSENT + 1]
    exact = sum(int(b.label) - int(a.label) == 1 for a, b in steps)
    if len(holes) > max(1, exact // 10):
        return
    for before, after in holes:
        values = [value for value in range(int(before.label) + 1, int(after.label)) if str(value) not in seen]
        if values:
            yield _note_gap(numbered, before, after, values)


def _note_gap(notes: Sequence[Note], before: Note, after: Note, values: Sequence[int]) -> CaptionGap:
    return CaptionGap(
        tuple(values),
        tuple(f"Footnote {value}" for value in values),
        f"Footnote {before.label}",
        before.span,
        f"Footnote {after.label}",
        after.span,
        f"Footnote {notes[0].label} to Footnote {notes[-1].label}",
        0.7,
    )
