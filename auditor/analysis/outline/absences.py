"""Absent divisions: numbers that a series lacks, with what the text shows about each.

For every hole of a series of divisions: is it explained (repealed, reserved, a range, a quotation), is the heading
glued into a paragraph, is the text there without its heading, and where did the heading stand?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.labels import label_at, read_heading
from auditor.analysis.languages import languages
from auditor.analysis.outline.displaced import displaced
from auditor.analysis.outline.divisions import Division, Outline, Series, outline
from auditor.analysis.outline.habits import Habits, habits
from auditor.analysis.outline.headings import UNKNOWN_LABEL
from auditor.analysis.outline.omitted import omitted_words
from auditor.analysis.outline.placement import boundaries, common_words, judge, scores
from auditor.analysis.outline.series import Hole, follows, is_restart
from auditor.analysis.outline.stretches import Unit, units_of
from auditor.document import Document, Span, point
from auditor.findings import Evidence

_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to|à|a|al|bis|до|至|até|tot|do)\s*(\d+)")
_NUMBER = re.compile(r"\d{1,4}")
_WORD = re.compile(r"[^\W\d_]+\.?|§+")
#: Numbers in a row: "5, 6 and 7", "5 à 8", "5–8", "5 bis".
_LISTED_NUMBERS = re.compile(r"[\W_]{0,6}\d{1,4}(?:\W{1,3}(?:[^\W\d_]{1,6}\W{1,2})?\d{1,4})*")
_NOTE_NUMBER = re.compile(r"\W*(?:\d{1,3}\s+)?")
_NEAR = 70
_LIKELY = 0.8
_CLOSE = 20
_SHORT = 200
_WIDEST = 500
_WIDE_KINDS = frozenset({"annex", "appendix", "schedule", "protocol", "book", "part", "title", "chapter", "section"})
#: Kinds that are numbered without gaps wherever they occur.
_STRICT_KINDS = frozenset(
    {"article", "rule", "regulation", "clause", "heading"} | {"annex", "schedule", "part", "book", "title", "chapter"}
)
#: Added to the score of a boundary: a twin has the heading before the same text.
_TWIN_SCORE = 12.0
_TWIN_WORDS = 12
_TWIN_LIKENESS = 0.75
_LISTED = 5


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place where the heading may belong, with its probability among the places of its stretch."""

    start: int
    confidence: float


class Absence(msgspec.Struct, frozen=True, gc=False):
    """A number absent from a series.

    label       as its siblings would write it ("Article 4")
    before, after   indexes of the divisions on either side; ``before`` is None at the series' beginning
    text_there  whether its text seems to be there
    candidates  where the heading belongs, best first; empty when the text is gone
    sure        confidence that a division of that number is missing at all
    """

    series: int
    value: int
    label: str
    before: int | None
    after: int
    text_there: bool
    text_confidence: float
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    sure: float


@fact
def absences(document: Document) -> tuple[Absence, ...]:
    """Every absent number that nothing in the text explains, in the order of the text."""
    plan = outline(document)
    elsewhere = displaced(document)
    found: list[Absence] = []
    for series in plan.series:
        if not series.run.holes:
            continue
        known: Habits | None = None
        strength = 0.0
        for hole in series.run.holes:
            if not _worth_reporting(series, hole, plan):
                continue
            accounted = _explained(document, plan, series, hole)
            accounted.update(v for v in hole.values if (series.index, v) in elsewhere)
            values = [value for value in hole.values if value not in accounted]
            if not values:
                continue
            if known is None:
                known = habits(document, series)
                strength = _strength(series)
            found.extend(_absences_of(document, plan, series, hole, values, known, strength))
    return tuple(sorted(found, key=lambda a: (plan.divisions[a.after].start, a.value)))


def _worth_reporting(series: Series, hole: Hole, plan: Outline) -> bool:
    count = len(hole.values)
    members = len(series.members)
    if members < 2:
        return False
    if any(aside.after_member == hole.before and aside.expected is not None for aside in series.run.asides):
        return False  # a heading with a wrong number stands there
    if any(aside.home is not None and series.run.holes[aside.home] == hole for aside in series.run.asides):
        return False  # the number is there, in the wrong place
    strict = series.kind in _STRICT_KINDS or series.kind.startswith(UNKNOWN_LABEL)
    if not strict and (len(series.run.holes) > 1 or count > 2):
        return False  # code numbers of a classification, not a count
    if series.pattern == "#" and not (series.style == "arabic" or (series.style == "roman-upper" and members >= 4)):
        return False  # bare letters are initials and points as often as numbers of headings
    if hole.before < 0:
        first = plan.divisions[series.members[0]]
        if series.kind == "heading" and (series.style != "arabic" or members < 5):
            return False
        return count == 1 and members >= 3 and first.source is not None and first.source.form != "run-in"
    if members == 2 and count > 1:
        return False

    return count <= max(5, members // 3) and count <= 20


def _neighbours(series: Series, hole: Hole, plan: Outline) -> tuple[Division | None, Division]:
    before = plan.divisions[series.members[hole.before]] if hole.before >= 0 else None
    return before, plan.divisions[series.members[hole.after]]


def _area(series: Series, hole: Hole, plan: Outline) -> Span:
    before, after = _neighbours(series, hole, plan)
    if before is not None:
        return Span(before.heading.end, max(after.start, before.heading.end))
    start = 0
    for division in reversed(plan.divisions[: after.index]):
        if division.series is None or division.kind in _WIDE_KINDS:
            start = division.heading.end
            break
        if division.kind == after.kind:
            start = division.heading.end
            break
    return Span(start, max(after.start, start))


def _explained(document: Document, plan: Outline, series: Series, hole: Hole) -> set[int]:
    """The numbers of a hole that the text accounts for: omitted, or standing there in a form that the series did not
    take (quoted, listed, behind a note's number)."""
    before, after = _neighbours(series, hole, plan)
    if before is None and after.index:
        previous = plan.divisions[after.index - 1]
        if previous.kind == after.kind and previous.number is not None and previous.number.value in hole.values:
            return set(hole.values)  # "Art. 1er", then "Art. II"
    area = _area(series, hole, plan)
    start = before.start if before is not None else area.start
    found: set[int] = set()
    for block in document.blocks_in(Span(start, after.heading.end)):
        text = block.prose.text
        found.update(_said_omitted(text[:4000], series.kind))
        if block.index != after.block and (before is None or block.index != before.block):
            found.update(_opening_numbers(text, series.kind))
        if "\n" in text:
            found.update(_line_numbers(text, series.kind))
    return found.intersection(hole.values)


def _opening_numbers(text: str, kind: str) -> Iterator[int]:
    """Numbers of divisions of the kind that the text opens with: "Art. 11 und 12", behind a note's number or not."""
    at = _NOTE_NUMBER.match(text).end()  # type: ignore[union-attr]  # it matches the empty string too
    heading = read_heading(text, at)
    if heading is None or heading.kind != kind:
        return
    yield from (numeral.value for numeral in heading.readings)
    label = label_at(text, at)
    if label is not None and (listed := _LISTED_NUMBERS.match(text, label.end)) is not None:
        yield from _listed(listed[0])


def _line_numbers(text: str, kind: str) -> Iterator[int]:
    """Numbers of divisions of the kind that lines inside the text open with: "Section 3. Information …" or "Section 3",
    not "Section 3 of the Act"."""
    at = text.find("\n")
    while at >= 0:
        heading = read_heading(text, at + 1)
        if heading is not None and heading.kind == kind and heading.label_before:
            end = heading.readings[0].end if heading.readings else heading.end
            if text[end : end + 2] in (". ", ".\n", ": ", ":\n") or text[end : end + 1] in ("", "\n"):
                following = text[end : end + 20].lstrip(".: \t")[:1]
                if following in ("", "\n") or following.isupper():
                    yield from (numeral.value for numeral in heading.readings)
        at = text.find("\n", at + 1)


def _said_omitted(text: str, kind: str) -> Iterator[int]:
    """Numbers of divisions of the kind that the text says are repealed, reserved or the like.

    The number has to follow a label word of the kind ("Articles 5 à 8 (abrogés)") or to open the text ("6. Repealed").
    """
    for omitted in omitted_words().finditer(text):
        begin = max(0, omitted.start() - _NEAR)
        window = text[begin : omitted.end() + _NEAR]
        places = [
            m.end()
            for m in _WORD.finditer(window)
            if (label := label_at(window, m.start())) and label.label.kind == kind
        ]
        if begin == 0 and len(text) < _SHORT:
            places.append(0)
        for place in places:
            listed = _LISTED_NUMBERS.match(window, place)
            if listed is None or (place == 0 and omitted.start() - listed.end() > _CLOSE):
                continue
            yield from _listed(listed[0])


def _listed(numbers: str) -> set[int]:
    """The numbers that a list or range names."""
    values = {int(n) for n in _NUMBER.findall(numbers)}
    for span in _RANGE.finditer(numbers):
        low, high = int(span[1]), int(span[2])
        if high - low < _WIDEST:
            values.update(range(low, high + 1))
    return values


def _absences_of(
    document: Document, plan: Outline, series: Series, hole: Hole, values: list[int], known: Habits, strength: float
) -> list[Absence]:
    before, after = _neighbours(series, hole, plan)
    area = _area(series, hole, plan)
    sure = _sureness(series, hole, strength)
    base = _series_evidence(before, after)
    inner = _inner_starts(plan, series, before, after)
    if inner is not None and not inner:
        return []
    if inner is not None:
        return _wide_absences(series, values, before, after, inner, base, sure)
    units = units_of(document, area)
    language = languages(document)[after.block] if document.blocks else "und"
    places = boundaries(units, known, language, common_words(document), values, from_first=before is None)
    value_scores = scores(places)
    twin = {value: _twin_place(document, plan, series, value, units) for value in values}
    for match in twin.values():
        if match is None:
            continue
        for at, place in enumerate(places):
            if units[place.unit].start == match[0]:
                value_scores[at] += _TWIN_SCORE
    judged = judge(units, places, value_scores, known, values)
    there = judged.there
    if before is None and places:
        there = max(there, 0.6)
    text_there = there >= 0.5 and bool(judged.chosen)
    chosen = judged.chosen if text_there else ()
    found: list[Absence] = []
    for number, value in enumerate(values):
        evidence = list(base)
        candidates: tuple[Candidate, ...] = ()
        if text_there:
            best = chosen[number]
            chances = judged.chances[number]
            evidence.extend(_place_evidence(units, places[best].unit))
            ranked = sorted(range(len(places)), key=lambda at: (at != best, -chances[at]))
            candidates = tuple(
                Candidate(places[at].start, round(max(min(chances[at], 0.99), 0.01), 2)) for at in ranked[:_LISTED]
            )
            if there < _LIKELY:
                evidence.append(
                    Evidence("Its text may be gone as well: what stands here may all belong to its neighbour.")
                )
        if (match := twin[value]) is not None:
            parent = match[1].parent
            elsewhere = plan.address_at(plan.divisions[parent].start) if parent is not None else "another series"
            evidence.append(
                Evidence(f"{match[1].label} has its heading in {elsewhere}, before the same text.", match[1].heading)
            )
        found.append(
            Absence(
                series.index, value, series.write(value), None if before is None else before.index, after.index,
                text_there, there if text_there else 1 - there, candidates,
                tuple(evidence), sure,
            )
        )  # fmt: skip
    return found


def _strength(series: Series) -> float:
    """Share of the series' candidates that are marked as headings or stand alone."""
    return sum(h.form in ("marked", "alone") for h in series.candidates) / max(len(series.candidates), 1)


def _sureness(series: Series, hole: Hole, strength: float) -> float:
    sure = 0.98 if strength > 0.6 else 0.85
    members = len(series.members)
    if members < 4:
        sure -= 0.1
    if len(hole.values) > 2:
        sure -= 0.05 * (len(hole.values) - 2)
    if hole.before < 0:
        sure -= 0.15
    return max(sure, 0.5)


def _series_evidence(before: Division | None, after: Division) -> tuple[Evidence, ...]:
    if before is None:
        return (Evidence(f"The series begins with {after.label}.", after.heading),)
    return (Evidence(f"{before.label} is followed by {after.label}.", after.heading),)


def _place_evidence(units: Sequence[Unit], at: int) -> list[Evidence]:
    unit = units[at]
    found = []
    if unit.after_page:
        found.append(Evidence("A page ends just before: converters lose the first line of a page.", point(unit.start)))
    numbers = [u.enumerator for u in units[:at] if u.paragraph_number and u.enumerator]
    if unit.enumerator == 1 and unit.paragraph_number and numbers:
        found.append(Evidence("Paragraph numbers begin again at 1 here.", point(unit.start)))
    if unit.after_heading:
        found.append(Evidence("The heading of a wider division stands just before.", point(unit.start)))
    return found


def _twin_place(
    document: Document, plan: Outline, series: Series, value: int, units: Sequence[Unit]
) -> tuple[int, Division] | None:
    """A unit that opens like the division of that number in another series of the kind, and that division."""
    for other in plan.series:
        if other.index == series.index or other.kind != series.kind:
            continue
        for member, index in zip(other.run.members, other.members, strict=True):
            if member.ordinal.value != value:
                continue
            division = plan.divisions[index]
            theirs = units_of(document, division.body)
            if not theirs or len(theirs[0].words) < 5:
                continue
            words = theirs[0].words[:_TWIN_WORDS]
            for unit in units:
                ours = unit.words[:_TWIN_WORDS]
                same = sum(a == b for a, b in zip(ours, words, strict=False))
                if same >= _TWIN_LIKENESS * max(len(ours), len(words)):
                    return unit.start, division
    return None


def _inner_starts(plan: Outline, series: Series, before: Division | None, after: Division) -> list[Division] | None:
    """For a series of wide divisions: the narrower ones between its neighbours; None where it has none."""
    if series.kind not in _WIDE_KINDS or before is None:
        return None
    inner = [
        d for d in plan.divisions[before.index + 1 : after.index] if d.series is not None and d.kind not in _WIDE_KINDS
    ]
    if len(inner) < 2:
        return None
    numbers = [d.number for d in inner if d.number is not None and d.kind == inner[0].kind]
    if any(is_restart(one, two) or not follows(one, two) for one, two in pairwise(numbers)):
        return []  # an extract: its chapters need not be complete either
    return inner


def _wide_absences(
    series: Series,
    values: Sequence[int],
    before: Division | None,
    after: Division,
    inner: Sequence[Division],
    base: tuple[Evidence, ...],
    sure: float,
) -> list[Absence]:
    """Absent chapters and the like: their articles run on, so the heading belongs before one of these."""
    places = inner[1:]
    middle = len(places) // 2
    order = sorted(range(len(places)), key=lambda at: abs(at - middle))
    candidates = tuple(Candidate(places[at].start, round(1 / (len(places) + 1), 2)) for at in order[:_LISTED])
    return [
        Absence(
            series.index, value, series.write(value), None if before is None else before.index, after.index,
            True, 0.6, candidates, base, sure - 0.1,
        )
        for value in values
    ]  # fmt: skip
