"""Versions: one text in two languages, compared by its structure, its paragraphs and the values it mentions.

Units are matched as `version_matching` says. Reported are units that one text lacks, units in another order, labels
that were lost, and values that differ (`value_differences`); what paragraphs say in words is not compared.

Labels inside two matched divisions: the numbers and letters that open paragraphs and points in the one are looked for
in the other, at the head of a paragraph or within one, since converters break lists at different places. A label that
the other text has fewer times was lost. Letters of Cyrillic that look Latin count as Latin; where the other text counts
in another alphabet or in Chinese figures, labels are compared by what they count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.currencies import unit_differences
from auditor.alignment.differences import Difference, Kind, SideName, by_headings
from auditor.alignment.matching import Rung, following, runs_of
from auditor.alignment.renderings import rendering_differences
from auditor.alignment.units import Unit
from auditor.alignment.version_matching import label_numbers
from auditor.analysis.numerals import read_numerals
from auditor.document import Span, hull, point

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side
    from auditor.alignment.value_differences import Comparison

_RUNGS_NOTE = "What decided which unit is which: {}."
_RUNG_NAMES: dict[Rung, str] = {
    "numbers": "their numbers",
    "values": "their values and lengths",
    "lengths": "their lengths and order",
    "words": "words learned from the pair",
    "encoder": "the encoder",
}
#: Units that stand alone are told where at most this share of a text's units does.
_MOST_ALONE = 0.2
#: Headings with an unknown label are told where at most so many are unknown for each that is known.
_MOST_UNKNOWN = 0.1
#: Points so near each other are in one list.
_NEAR = 6

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


def version_differences(pair: Pair) -> tuple[Difference, ...]:
    """What one version has and the other lacks, and what differs, in the order of side a."""
    found = [*_lost_units(pair, "b"), *_lost_units(pair, "a"), *_moved(pair), *_strange_headings(pair)]
    # A paragraph that is lost took its label with it.
    lost = [d.a if d.lacking == "b" else d.b for d in found if d.kind == "missing-unit"]
    found += [
        d
        for d in (*_lost_labels(pair, "b"), *_lost_labels(pair, "a"))
        if not any(span.covers(d.a if d.lacking == "b" else d.b) for span in lost)
    ]
    found += [*rendering_differences(pair), *unit_differences(pair)]
    found += [_quoting(pair, difference) for difference in compared_values(pair).differences]
    return tuple(sorted(found, key=lambda d: (d.a, d.b, d.kind)))


def compared_values(pair: Pair) -> Comparison:
    """The comparison of the values of a pair's matched units."""
    from auditor.alignment.value_differences import compare_values

    return compare_values(pair)


def _quoting(pair: Pair, difference: Difference) -> Difference:
    """A difference of values with what stands on either side."""
    text_a = "" if difference.lacking == "a" else " ".join(difference.a.of(pair.a.document.text).split())
    text_b = "" if difference.lacking == "b" else " ".join(difference.b.of(pair.b.document.text).split())
    return msgspec.structs.replace(difference, text_a=text_a, text_b=text_b)


def _sides(pair: Pair, lacking: SideName) -> tuple[Side, Side, list[tuple[int, int]]]:
    """The side that has, the side that lacks, and the matched headings as indexes into their units."""
    matches = [
        (m.a[0], m.b[0])
        for m in pair.matching.matches
        if pair.a.units[m.a[0]].key is not None and pair.b.units[m.b[0]].key is not None
    ]
    if lacking == "b":
        return pair.a, pair.b, matches
    return pair.b, pair.a, sorted((j, i) for i, j in matches)


def _difference(kind: Kind, lacking: SideName, having: Span, place: Span, text: str, detail: str) -> Difference:
    if lacking == "b":
        return Difference(kind, having, place, text, "", "b", detail, words=("1",))
    return Difference(kind, place, having, "", text, "a", detail, words=("1",))


def _lost_units(pair: Pair, lacking: SideName) -> Iterator[Difference]:
    """Units that a side lacks, those that follow each other together; each numbered heading begins anew."""
    having, other, _ = _sides(pair, lacking)
    side: SideName = "a" if lacking == "b" else "b"
    told = _told_alone(pair, lacking)
    for group in _groups_alone(pair, lacking):
        head = having.units[group[0]]
        if all(_says_little(having.units[k]) for k in group):
            continue
        if not told(head.key[0] if head.key is not None else ""):
            continue
        after = following(pair.matching.matches, side, group[-1])
        end = other.units[-1].span.end if other.units else other.span.end
        place = other.units[after].span.start if after is not None else end
        text = " ".join(head.span.of(having.document.text).split())
        here = hull(having.units[i].span for i in group)
        difference = _difference("missing-unit", lacking, here, point(place), text, head.kind)
        yield msgspec.structs.replace(difference, words=(str(len(group)),))


def _says_little(unit: Unit) -> bool:
    """Whether a unit is a word or two, such as "Now, therefore,": versions break their lines at different places."""
    words = [word for word in unit.words if word[0].isalpha()]
    return unit.key is None and not unit.label and len(words) < 4 and sum(map(len, words)) < 25


def _strange_headings(pair: Pair) -> Iterator[Difference]:
    """Headings of one number, of which one has a label that nobody knows; none where all of a text's are unknown."""
    known = sum(1 for m in pair.matching.matches if pair.a.units[m.a[0]].key and pair.b.units[m.b[0]].key)
    found = list(_unknown_labels(pair))
    if len(found) <= _MOST_UNKNOWN * known:
        yield from found


def _unknown_labels(pair: Pair) -> Iterator[Difference]:
    for match in pair.matching.matches:
        one, other = pair.a.units[match.a[0]], pair.b.units[match.b[0]]
        if one.kind == other.kind == "heading" and (one.key is None) != (other.key is None):
            text_a, text_b = (" ".join(u.span.of(s.document.text).split()) for u, s in ((one, pair.a), (other, pair.b)))
            if one.words != other.words:
                lacking: SideName = "a" if one.key is None else "b"
                yield Difference("label", one.span, other.span, text_a, text_b, lacking, "heading")


def _groups_alone(pair: Pair, lacking: SideName) -> list[tuple[int, ...]]:
    having = pair.a if lacking == "b" else pair.b
    alone = pair.matching.only_a if lacking == "b" else pair.matching.only_b
    return [group for run in runs_of(alone) for group in by_headings(having.units, run)]


def _told_alone(pair: Pair, lacking: SideName) -> Callable[[str], bool]:
    """Whether a unit that stands alone is told: not where too many do, since then they were not recognised.

    The answer is for a kind of division; "" is for units that head none.
    """
    having, _, matches = _sides(pair, lacking)
    alone = pair.matching.only_a if lacking == "b" else pair.matching.only_b
    kinds = Counter(key[0] for i, _ in matches if (key := having.units[i].key) is not None)
    lost = Counter(key[0] for i in alone if (key := having.units[i].key) is not None)
    share = len(alone) / len(having.units) if having.units else 1.0

    def told(kind: str) -> bool:
        if not kind:
            return share <= _MOST_ALONE
        return kinds[kind] >= _FEWEST_DIVISIONS and kinds[kind] >= _RECOGNISED * (kinds[kind] + lost[kind])

    return told


def _moved(pair: Pair) -> Iterator[Difference]:
    """Divisions in another order, all of them together; and points of a list that is sorted anew, one list together."""
    headings = [move for move in pair.matching.moved if pair.a.units[move[0]].key is not None]
    others = [move for move in pair.matching.moved if pair.a.units[move[0]].key is None]
    lists = [others[cut[0] : cut[-1] + 1] for cut in runs_of_near([i for i, _ in others])]
    for moves, detail in ((headings, "heading"), *((moves, "set") for moves in lists)):
        if not moves:
            continue
        i, j = moves[0]
        one, other = pair.a.units[i], pair.b.units[j]
        text_a, text_b = (" ".join(u.span.of(s.document.text).split()) for u, s in ((one, pair.a), (other, pair.b)))
        places = tuple(pair.a.units[k].span for k, _ in moves[1:])
        yield Difference("order", one.span, other.span, text_a, text_b, None, detail, places=places)


def runs_of_near(indexes: Sequence[int]) -> list[tuple[int, ...]]:
    """Places in a rising list, cut where its numbers are far apart."""
    cuts = [0, *(at for at in range(1, len(indexes)) if indexes[at] - indexes[at - 1] > _NEAR), len(indexes)]
    return [tuple(range(x, y)) for x, y in pairwise(cuts) if y > x]


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
    notes = [_RUNGS_NOTE.format(", ".join(f"{n} by {_RUNG_NAMES[r]}" for r, n in _rungs(pair).items()))]
    notes.append(
        "Of versions in two languages the units, their numbers and the values that they mention are compared, not what "
        "they say in words."
    )
    notes.extend(compared_values(pair).notes)
    sides: tuple[SideName, ...] = ("b", "a")
    for lacking in sides:
        having, other, _ = _sides(pair, lacking)
        if _label_lists(pair, lacking) is None:
            notes.append(
                f"The numbers and letters of paragraphs in {having.label} were not looked for in {other.label}, which "
                "counts in another way or whose lists were not recognised."
            )
        told = _told_alone(pair, lacking)
        kinds = [having.units[g[0]].key for g in _groups_alone(pair, lacking)]
        left = sum(1 for key in kinds if not told(key[0] if key is not None else ""))
        if left:
            some = "1 place" if left == 1 else f"{left} places"
            notes.append(
                f"{having.label} has something at {some} for which no match was found in {other.label}; too much of "
                "the kind has none to call it lost."
            )
    return tuple(notes)


def _rungs(pair: Pair) -> dict[Rung, int]:
    """How many matches each rung decided."""
    counts = Counter(pair.matching.rungs)
    return {rung: counts[rung] for rung in _RUNG_NAMES if counts[rung]}


def _lost_labels(pair: Pair, lacking: SideName) -> Iterator[Difference]:
    having, other, _ = _sides(pair, lacking)
    lists = _label_lists(pair, lacking)
    if lists is None or not any(opening for opening, _, _ in lists):
        yield from _unlabelled(pair, having, other, lacking)
        return
    for opening, written, j in lists:
        short = Counter(x.value for x in opening) - Counter(x.value for x in written)
        if short:
            yield from _placed(other, opening, written, short, j, lacking)


def _unlabelled(pair: Pair, having: Side, other: Side, lacking: SideName) -> Iterator[Difference]:
    """Of texts that count in different alphabets, points whose match has no label, where nearly all others do and the
    labels before and after it count alike."""
    pairs = [
        (having.units[one[0]], other.units[two[0]])
        for m in pair.matching.matches
        for one, two in ((m.a, m.b) if lacking == "b" else (m.b, m.a),)
        if len(m.a) == len(m.b) == 1
    ]
    labelled = [(one, two) for one, two in pairs if one.label and one.key is None]
    missing = [
        (one, two) for one, two in labelled if not two.label and two.key is None and not _label_inside(other, two, one)
    ]
    if len(missing) * 20 > len(labelled):
        return
    alike = [bool(label_numbers(one.label) & label_numbers(two.label)) for one, two in pairs]
    for at, (one, two) in enumerate(pairs):
        if (one, two) not in missing or one.label_span is None or not 0 < at < len(pairs) - 1:
            continue
        if alike[at - 1] or alike[at + 1]:
            place = point(two.span.start)
            yield _difference("label", lacking, one.label_span, place, one.label, "lost")


def _label_inside(side: Side, unit: Unit, labelled: Unit) -> bool:
    """Whether a unit begins with a number after all, which was not taken for a label."""
    text = side.document.blocks[unit.block].prose.text.lstrip(" -–(（")[:6]
    return any(reading.value in label_numbers(labelled.label) for reading in read_numerals(text))


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
