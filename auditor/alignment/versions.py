"""Versions: one text in two languages, compared by its structure.

Divisions are matched by kind and number, whatever they are called in either language. Inside two matched divisions the
numbers and letters that open paragraphs and points in the one are looked for in the other, at the head of a paragraph
or within one, since converters break lists at different places. A label that the other text has fewer times was lost.

Compared are labels of Latin letters and figures, which the six languages of the United Nations but Arabic and Chinese
share; letters of Cyrillic that look Latin count as Latin. What paragraphs say, their numbers, dates and names, is not
compared yet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.differences import Difference, Kind, SideName
from auditor.alignment.matching import Match, Matching
from auditor.alignment.units import Key, Unit
from auditor.document import Span, point

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

#: A kind of division is compared where the other text has this share of it; else its headings were not recognised.
_RECOGNISED = 0.95
_FEWEST_DIVISIONS = 5
#: Labels are compared where the other text has this share of them; else it counts in another alphabet.
_SHARED_LABELS = 0.8
_LABEL = re.compile(r"(?<!\w)\(?([a-z]|[ivx]{1,5}|\d{1,2})[).](?=\s|[,;»]|$)")
_OPENING = re.compile(r"[a-z]|[ivx]{1,5}|\d{1,2}")
_LOOK_ALIKE = str.maketrans("асеіорхуј", "aceiopxyj")


class Label(msgspec.Struct, frozen=True, gc=False):
    """A number or letter as a text has it."""

    value: str
    span: Span


def match_versions(a: Sequence[Unit], b: Sequence[Unit]) -> Matching:
    """Match the headings of numbered divisions; other units are not matched one by one."""
    places_a, places_b = _headings(a), _headings(b)
    common = [key for key in places_a if key in places_b]
    matches = sorted((Match((places_a[key],), (places_b[key],)) for key in common), key=lambda m: m.a)
    return Matching(
        tuple(matches),
        tuple(sorted(i for key, i in places_a.items() if key not in places_b)),
        tuple(sorted(j for key, j in places_b.items() if key not in places_a)),
        (),
    )


def _headings(units: Sequence[Unit]) -> dict[Key, int]:
    """The units that open numbered divisions, by their numbers; numbers that return are left out."""
    counts = Counter(unit.key for unit in units if unit.key is not None)
    return {unit.key: at for at, unit in enumerate(units) if unit.key is not None and counts[unit.key] == 1}


def structure_shared(matching: Matching) -> float | None:
    """The share of the numbered divisions of the text with fewer of them that the other has too; None where either
    has too few to tell."""
    matched = len(matching.matches)
    fewer = matched + min(len(matching.only_a), len(matching.only_b))
    return matched / fewer if fewer >= _FEWEST_DIVISIONS else None


def version_differences(pair: Pair) -> tuple[Difference, ...]:
    """Divisions and labels that one version has and the other lacks, in the order of side a."""
    found = [*_lost_divisions(pair, "b"), *_lost_divisions(pair, "a")]
    found += [*_lost_labels(pair, "b"), *_lost_labels(pair, "a")]
    return tuple(sorted(found, key=lambda d: (d.a, d.b, d.kind)))


def _sides(pair: Pair, lacking: SideName) -> tuple[Side, Side, list[tuple[int, int]]]:
    """The side that has, the side that lacks, and the matched headings as indexes into their units."""
    matches = [(m.a[0], m.b[0]) for m in pair.matching.matches]
    if lacking == "b":
        return pair.a, pair.b, matches
    return pair.b, pair.a, sorted((j, i) for i, j in matches)


def _difference(kind: Kind, lacking: SideName, having: Span, place: Span, text: str, detail: str) -> Difference:
    if lacking == "b":
        return Difference(kind, having, place, text, "", "b", detail, words=("1",))
    return Difference(kind, place, having, "", text, "a", detail, words=("1",))


def _lost_divisions(pair: Pair, lacking: SideName) -> Iterator[Difference]:
    having, other, matches = _sides(pair, lacking)
    alone = pair.matching.only_a if lacking == "b" else pair.matching.only_b
    kinds = Counter(key[0] for i, _ in matches if (key := having.units[i].key) is not None)
    lost = Counter(key[0] for i in alone if (key := having.units[i].key) is not None)
    starts = [i for i, _ in matches]
    for i in alone:
        unit = having.units[i]
        kind = unit.key[0] if unit.key is not None else ""
        if kinds[kind] < _FEWEST_DIVISIONS or kinds[kind] < _RECOGNISED * (kinds[kind] + lost[kind]):
            continue
        at = bisect_right(starts, i)
        place = other.units[matches[at][1]].span.start if at < len(matches) else other.units[-1].span.end
        text = " ".join(unit.span.of(having.document.text).split())[:120]
        yield _difference("missing-unit", lacking, unit.span, point(place), text, "heading")


# ------------------------------------------------------------------------------------------------------ labels


def _label_lists(pair: Pair, lacking: SideName) -> list[tuple[list[Label], list[Label], int]] | None:
    """For each matched division the labels that open something in the one text, all that the other has, and its
    heading there; None where the other text counts in another way."""
    having, other, matches = _sides(pair, lacking)
    divisions = []
    wanted = present = 0
    for i, j in matches:
        opening = _opening_labels(having, _inside(having, i))
        written = _written_labels(other, _inside(other, j))
        divisions.append((opening, written, j))
        wanted += len(opening)
        present += (Counter(x.value for x in opening) & Counter(x.value for x in written)).total()
    return divisions if present >= _SHARED_LABELS * wanted else None


def version_notes(pair: Pair) -> tuple[str, ...]:
    """What was not compared, as sentences."""
    notes = ["Of versions in two languages only numbered divisions and labels are compared, not what they say."]
    sides: tuple[SideName, ...] = ("b", "a")
    for lacking in sides:
        having, other, _ = _sides(pair, lacking)
        if _label_lists(pair, lacking) is None:
            notes.append(
                f"The numbers and letters of paragraphs in {having.label} were not looked for in {other.label}, which "
                "counts in another way or whose lists were not recognised."
            )
        alone = len(pair.matching.only_a if lacking == "b" else pair.matching.only_b)
        told = sum(1 for _ in _lost_divisions(pair, lacking))
        if alone > told:
            left = alone - told
            some = "1 numbered heading" if left == 1 else f"{left} numbered headings"
            notes.append(
                f"{some} of {having.label} {'has' if left == 1 else 'have'} no match in {other.label}; too many of the "
                "kind have none to call them lost, or the kind is too rare."
            )
    return tuple(notes)


def _lost_labels(pair: Pair, lacking: SideName) -> Iterator[Difference]:
    other = _sides(pair, lacking)[1]
    for opening, written, j in _label_lists(pair, lacking) or ():
        short = Counter(x.value for x in opening) - Counter(x.value for x in written)
        if short:
            yield from _placed(other, opening, written, short, j, lacking)


def _inside(side: Side, heading: int) -> range:
    """The units from a heading up to the next numbered heading."""
    end = heading + 1
    while end < len(side.units) and side.units[end].key is None:
        end += 1
    return range(heading + 1, end)


def _plain(text: str) -> str:
    return text.lower().translate(_LOOK_ALIKE)


def _opening_labels(side: Side, inside: range) -> list[Label]:
    found = []
    for k in inside:
        unit = side.units[k]
        value = _plain(unit.label)
        if unit.label_span is not None and _OPENING.fullmatch(value):
            found.append(Label(value, unit.label_span))
    return found


def _written_labels(side: Side, inside: range) -> list[Label]:
    """Everything in a division that reads like a label, references to points included."""
    found: list[Label] = []
    for k in inside:
        unit = side.units[k]
        prose = side.document.blocks[unit.block].prose
        matches = _LABEL.finditer(_plain(prose.text))
        found.extend(Label(match[1], prose.source_span(*match.span())) for match in matches)
    return found


def _placed(
    other: Side,
    opening: Sequence[Label],
    written: Sequence[Label],
    short: Counter[str],
    heading: int,
    lacking: SideName,
) -> Iterator[Difference]:
    """The labels that are short, each with the place where the other text should have it."""
    matched = _in_order([label.value for label in opening], [label.value for label in written])
    for number, label in enumerate(opening):
        if number in matched or short[label.value] <= 0:
            continue
        short[label.value] -= 1
        before = max((written[matched[n]].span.end for n in range(number) if n in matched), default=0)
        after = min((written[matched[n]].span.start for n in range(number, len(opening)) if n in matched), default=-1)
        place = point(_place(other, heading, before, after))
        yield _difference("label", lacking, label.span, place, label.value, "lost")


def _place(side: Side, heading: int, before: int, after: int) -> int:
    """The first unit between two labels of a division; the next label where there is none."""
    inside = _inside(side, heading)
    for k in inside:
        start = side.units[k].span.start
        if start > before and (after < 0 or start < after):
            return start
    if after >= 0:
        return after
    return side.units[inside[-1]].span.end if len(inside) else side.units[heading].span.end


def _in_order(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Which label of the one list is which of the other, in the longest order that both have."""
    from rapidfuzz.distance import LCSseq

    found: dict[int, int] = {}
    for step in LCSseq.opcodes(a, b):
        if step.tag == "equal":
            for k in range(step.src_end - step.src_start):
                found[step.src_start + k] = step.dest_start + k
    return found
