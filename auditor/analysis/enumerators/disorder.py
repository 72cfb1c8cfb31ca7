"""Disorder: where the numbers of paragraphs and points do not count as their series does.

One defect is told once. A number that is absent and stands elsewhere is misplaced, not missing; one that repeats its
neighbour where another is due is repeated, not a gap besides; an enumerator that lost its brackets or stands apart from
its text is detached. The rules of the family numbering each report one kind.

How far a form is to be believed is learned from the document: where most of its series have holes, its numbers are no
enumerators (margin numbers, amendments, references at line ends), and nothing is said of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from auditor.analysis.enumerators.hole_reasons import FARTHEST, is_explained, is_omitted, is_written, number_of
from auditor.analysis.enumerators.marks import Mark, conjunctions
from auditor.analysis.enumerators.readings import Reading, readings_of
from auditor.analysis.enumerators.series import Enumerator, Enumerators, EnumeratorSeries, enumerators
from auditor.analysis.fact import fact
from auditor.document import Document

Kind = Literal["gap", "repeated", "out-of-order", "detached", "slip", "brackets"]

_MOST_ABSENT = 5
_LONGEST_ITEM = 3000
_SURE = 1.2


class Disorder(msgspec.Struct, frozen=True, gc=False):
    """A place where a series does not count.

    mark      what is reported: the mark behind a hole, the repeated or misplaced one, the damaged one
    missing   the absent numbers, in their neighbours' figures or letters, without brackets
    expected  the number that the place asks for, likewise; "" where it asks for none
    before, after   the members on either side, where there are any
    text_at   of a lost enumerator: the range of the running text that stands in its place
    confidence  0 to 1
    """

    kind: Kind
    series: EnumeratorSeries
    mark: Mark
    before: Enumerator | None
    after: Enumerator | None
    missing: tuple[str, ...] = ()
    expected: str = ""
    text_at: tuple[int, int] | None = None
    confidence: float = 0.9


Form = tuple[str, str, str, bool]


class _Reliability(msgspec.Struct):
    series: int = 0
    clean: int = 0
    steps: int = 0
    broken: int = 0


def _form(series: EnumeratorSeries, known: Enumerators) -> Form:
    return (series.system, series.opener, series.closer, known.items[series.members[0]].place == "inline")


@fact
def disorders(document: Document) -> tuple[Disorder, ...]:
    """Every place where enumerators do not count, in the order of the text."""
    known = enumerators(document)
    best: dict[tuple[int, bool], Disorder] = {}
    for found in _Search(known).all():
        # Two series may both miss one mark; lost enumerators are told at the mark behind them.
        place = (found.mark.start if found.text_at is None else found.text_at[0], found.kind in ("gap", "detached"))
        other = best.get(place)
        if other is None or found.confidence > other.confidence:
            best[place] = found
    return tuple(sorted(best.values(), key=lambda d: d.mark.start))


class _Search:
    def __init__(self, known: Enumerators) -> None:
        self.known = known
        self.text = known.run.text
        self.marks = known.marks
        self.mark_starts = [mark.start for mark in known.marks]
        self.aside_starts = [mark.start for mark in known.asides]
        self.item_of = {item.mark.start: item for item in known.items}
        self.reliability: dict[Form, _Reliability] = defaultdict(_Reliability)
        for series in known.series:
            self._learn(series)

    def _learn(self, series: EnumeratorSeries) -> None:
        members = [self.known.items[index] for index in series.members]
        if len(members) < 2:
            return
        record = self.reliability[_form(series, self.known)]
        broken = sum(b.reading.value - a.meant > 1 or b.meant != b.value for a, b in pairwise(members)) + (
            members[0].value > 1
        )
        record.series += 1
        record.clean += not broken
        record.steps += len(members)
        record.broken += broken

    def believed(self, form: Form) -> float:
        """How far holes of series of this form are to be believed: 0 to 1."""
        record = self.reliability[form]
        share = record.broken / max(record.steps, 1)
        if record.broken <= 2:
            return 0.95 if record.broken <= 1 else 0.85
        if share <= 0.04:
            return 0.95
        if share <= 0.12:
            return 0.85
        return 0.65 if share <= 0.2 else 0.3

    def all(self) -> Iterator[Disorder]:
        for series in self.known.series:
            yield from self._series(series)

    def _series(self, series: EnumeratorSeries) -> Iterator[Disorder]:
        known = self.known
        members = [known.items[index] for index in series.members]
        swapped = self._swapped(members)
        for at, item in enumerate(members):
            before = members[at - 1] if at else None
            expected = number_of(item.meant, series.system, before.mark.token if before else "")
            if item.reading.damaged and self._counts(members, at) and not self._stands_apart(members, at, expected):
                yield Disorder("slip", series, item.mark, before, _at(members, at + 1), (), expected)
            if not _same_form(item.mark, series) and len(members) >= 3 and item.meant == item.value:
                yield self._other_brackets(series, members, at)
            if item.meant != item.value:
                if swapped.get(item.index) == item.index:
                    continue
                yield self._misnumbered(series, members, at, swapped)
        for at in range(1, len(members)):
            yield from self._between(series, members, at)
        yield from self._asides_at_ends(series, members)
        yield from self._lost_in_sentence(members)
        yield from self._leading(series, members)

    def _stands_apart(self, members: Sequence[Enumerator], at: int, expected: str) -> bool:
        """Whether what looks like a damaged member is no member: another one of a citation ("7013(c) (1) (ii)"), one
        before the number that is due itself, or the last of a list, in a sentence, while the others open blocks."""
        mark, after = members[at].mark, _at(members, at + 1)
        if after is None:
            return mark.place != "block" and all(item.mark.place == "block" for item in members[:at])
        between = self.text[mark.end : after.mark.start]
        return not between.strip() or f"({expected})" in between

    @staticmethod
    def _counts(members: Sequence[Enumerator], at: int) -> bool:
        """Whether an undamaged neighbour has the number next to a damaged one's."""
        return any(
            0 <= other < len(members) and not members[other].reading.damaged
            and members[other].meant - members[at].meant == other - at
            for other in (at - 1, at + 1)
        )  # fmt: skip

    def _other_brackets(self, series: EnumeratorSeries, members: Sequence[Enumerator], at: int) -> Disorder:
        """A member that is written otherwise than the others: "(b" or "2 Text" among (a), (c) or 1., 3."""
        mark = members[at].mark
        before, after = _at(members, at - 1), _at(members, at + 1)
        start = self.text.index(mark.token, mark.start)
        kind: Kind = "brackets" if mark.closer or mark.opener else "detached"
        return Disorder(
            kind, series, mark, before, after, (), mark.token, (mark.start, start + len(mark.token)),
            0.9 * self.believed(_form(series, self.known)),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ misnumbered

    @staticmethod
    def _swapped(members: Sequence[Enumerator]) -> dict[int, int]:
        """Pairs of misnumbered members that have each other's number: index of the first to the second, and of the
        second to itself."""
        wrong = [item for item in members if item.meant != item.value]
        found: dict[int, int] = {}
        for first, second in pairwise(wrong):
            if first.value == second.meant and second.value == first.meant and first.index not in found:
                found[first.index] = second.index
                found[second.index] = second.index
        return found

    def _misnumbered(
        self, series: EnumeratorSeries, members: Sequence[Enumerator], at: int, swapped: dict[int, int]
    ) -> Disorder:
        item = members[at]
        before, after = _at(members, at - 1), _at(members, at + 1)
        numbers = {m.value for m in members if m is not item and m.meant == m.value}
        kind: Kind = "repeated" if item.value in numbers and item.index not in swapped else "out-of-order"
        expected = number_of(item.meant, series.system, before.mark.token if before else "")
        if frozenset((item.mark.token, expected)) in _LOOK_ALIKE and item.index not in swapped:
            kind = "slip"
        return Disorder(kind, series, item.mark, before, after, (), expected, None, 0.9 * self._sure(series, (item,)))

    # ------------------------------------------------------------------------------------------ between two members

    def _between(self, series: EnumeratorSeries, members: Sequence[Enumerator], at: int) -> Iterator[Disorder]:
        before, after = members[at - 1], members[at]
        asides = self._asides(before.mark.end, after.mark.start, series)
        first, last = before.meant + 1, after.value - 1
        absent = range(first, last + 1) if after.meant == after.value else range(0)
        likely = [
            mark for mark in asides
            if _same_form(mark, series) and mark.weight >= _SURE and mark.quoted == before.mark.quoted
            and not self._subdivided(mark)
        ]  # fmt: skip
        if not absent:
            if len(likely) == 1:
                mark = likely[0]
                reading = _reading(mark, series.system)
                if reading is None:
                    return
                if reading.value in (before.value, after.value):
                    yield Disorder(
                        "repeated", series, mark, before, after, (), "", None, 0.8 * self._sure(series, (before, after))
                    )
                elif min(before.mark.weight, after.mark.weight) < 1.0:
                    pass
                elif reading.value == after.value + 1 and self._hole_behind(members, at):
                    pass  # told at the hole
                elif reading.value == after.value + 1 and at == len(members) - 1:
                    yield Disorder("out-of-order", series, mark, before, after, (), "", None, 0.8)
            return
        there = {
            _reading_value(mark, series.system) for mark in asides if mark.weight >= 0.3 or _same_form(mark, series)
        }
        there.discard(0)
        missing = [value for value in absent if value not in there]
        if len(absent) == 1 and not missing:
            return
        if len(absent) > max(_MOST_ABSENT, len(members) // 3):
            return
        if after.mark.quoted and (members[0].value > 1 or self._goes_on_outside(series, after)):
            return  # "subsections (4) and (6) are replaced by the following"
        home = self._elsewhere(series, members, at, set(absent))
        if home is not None:
            yield Disorder(
                "out-of-order", series, home, before, after, (), "", None, 0.85 * self._sure(series, (before, after))
            )
            return
        if len(likely) == 1 and len(absent) == 1:
            mark = likely[0]
            reading = _reading(mark, series.system)
            if reading is not None:
                expected = number_of(absent[0], series.system, before.mark.token)
                kind: Kind = "repeated" if reading.value in (before.value, after.value) else "out-of-order"
                yield Disorder(
                    kind, series, mark, before, after, (), expected, None, 0.85 * self._sure(series, (before, after))
                )
                return
        stretch = (before.mark.end, after.mark.start)
        missing = [value for value in missing if not is_written(self.known, value, series, *stretch, before)]
        if not missing or is_explained(self.known, missing, series, before, after):
            return
        written = tuple(number_of(v, series.system, before.mark.token) for v in missing)
        confidence = self._sure(series, (before, after)) * (1.0 if len(missing) <= 2 else 0.85)
        if len(missing) == 1:
            lost = self._lost(missing[0], series, before, after)
            if lost is not None:
                yield Disorder("detached", series, after.mark, before, after, written, written[0], lost, confidence)
                return
        yield Disorder("gap", series, after.mark, before, after, written, "", None, confidence)

    def _goes_on_outside(self, series: EnumeratorSeries, item: Enumerator) -> bool:
        """Whether a mark that is taken for quoted is next in the series outside the quotation."""
        index = item.index - 1
        while index >= 0 and item.index - index < 60:
            other = self.known.items[index]
            if other.mark.quoted == 0 and other.reading.system == series.system and _same_form(other.mark, series):
                return other.meant + 1 == item.value
            index -= 1
        return False

    def _subdivided(self, mark: Mark) -> bool:
        """ "4.(b)" after "4.(a)": the number is written again before each of its points."""
        at = bisect_left(self.mark_starts, mark.start) + 1
        if at >= len(self.marks) or self.marks[at].place != "after" or self.marks[at].start > mark.end + 2:
            return False
        return self.marks[at].readings[0].value > 1

    def _hole_behind(self, members: Sequence[Enumerator], at: int) -> bool:
        return at + 1 < len(members) and members[at + 1].value - members[at].meant > 1

    def _asides(self, start: int, end: int, series: EnumeratorSeries) -> list[Mark]:
        """Marks between two places that no series took and that may be members of this one; and the openings of
        series of their own with a number that is not one."""
        if end - start > FARTHEST:
            return []
        asides = self.known.asides
        first = bisect_left(self.aside_starts, start)
        last = bisect_left(self.aside_starts, end)
        found = [mark for mark in asides[first:last] if _reading_value(mark, series.system)]
        found = [mark for mark in found if mark.weight >= 0.15]
        first = bisect_left(self.mark_starts, start)
        last = bisect_left(self.mark_starts, end)
        for mark in self.marks[first:last]:
            item = self.item_of.get(mark.start)
            if item is None or item.series == series.index:
                continue
            if mark.quoted != self.known.items[series.members[0]].mark.quoted and _reading_value(mark, series.system):
                found.append(mark)  # what is taken for a quotation may be none
                continue
            opens = self.known.series[item.series].members[0] == item.index and item.value > 1
            if opens and _reading_value(mark, series.system):
                found.append(mark)
        return sorted(found, key=lambda mark: mark.start)

    def _elsewhere(
        self, series: EnumeratorSeries, members: Sequence[Enumerator], at: int, absent: set[int]
    ) -> Mark | None:
        """The absent number in the wrong place: between other members of the series, or just behind its end."""
        if len(absent) > 1:
            return None
        here = members[at].mark
        around = range(max(1, at - 3), min(len(members), at + 4))
        stretches = [(members[other - 1].mark.end, members[other].mark.start) for other in around if other != at]
        last = members[-1].mark
        if at + 4 >= len(members):
            stretches.append((last.end, self._third_block_mark(last.start, 1)))
        if at <= 3:
            stretches.append((self._third_block_mark(members[0].mark.start, -1), members[0].mark.start))
        for start, end in stretches:
            for mark in self._asides(start, end, series):
                if (
                    mark.boundary == here.boundary and mark.quoted == here.quoted and _same_form(mark, series)
                    and mark.weight >= _SURE and _reading_value(mark, series.system) in absent
                ):  # fmt: skip
                    return mark
        return None

    def _third_block_mark(self, start: int, step: int) -> int:
        """Where the second mark at the beginning of a block ends, counted from a mark onwards or backwards."""
        at = bisect_left(self.mark_starts, start) + step
        seen = 0
        while 0 <= at < len(self.marks) and abs(self.marks[at].start - start) < 6000:
            seen += self.marks[at].place in ("block", "line")
            if seen == 2:
                return self.marks[at].end if step > 0 else self.marks[at].start
            at += step
        return min(start + 6000, len(self.text)) if step > 0 else max(0, start - 6000)

    # ------------------------------------------------------------------------------------------ the ends

    def _asides_at_ends(self, series: EnumeratorSeries, members: Sequence[Enumerator]) -> Iterator[Disorder]:
        """A last member that has the number of the one before it."""
        if len(members) < 2:
            return
        last = members[-1]
        stop = min(last.mark.end + 8000, len(self.text))
        for mark in self._asides(last.mark.end, stop, series)[:1]:
            if mark.boundary != last.mark.boundary or not _same_form(mark, series) or mark.weight < _SURE:
                return
            if mark.quoted != last.mark.quoted or self._subdivided(mark):
                return
            between = self.marks[
                bisect_left(self.mark_starts, last.mark.end) : bisect_left(self.mark_starts, mark.start)
            ]
            if any(other.place in ("block", "line") and not self._under(other, last) for other in between):
                return
            if _reading_value(mark, series.system) == last.value:
                expected = number_of(last.value + 1, series.system, last.mark.token)
                yield Disorder(
                    "repeated", series, mark, last, None, (), expected, None, 0.75 * self._sure(series, (last,))
                )

    def _under(self, mark: Mark, item: Enumerator) -> bool:
        other = self.item_of.get(mark.start)
        while other is not None:
            if other.index == item.index:
                return True
            other = self.known.items[other.parent] if other.parent is not None else None
        return False

    def _leading(self, series: EnumeratorSeries, members: Sequence[Enumerator]) -> Iterator[Disorder]:
        """The first numbers of a series are absent."""
        first = members[0]
        if not 1 < first.value <= 3 or len(members) < 3 or first.mark.weight < _SURE or first.meant != first.value:
            return
        if members[1].value != first.value + 1 or first.place == "inline" or first.reading.rank or first.mark.quoted:
            return
        record = self.reliability[_form(series, self.known)]
        if record.series < 5 or record.clean < 0.8 * record.series:
            return
        absent = list(range(1, first.value))
        start = self._begin(first)
        if any(_reading_value(mark, series.system) in absent for mark in self._asides(start, first.mark.start, series)):
            return
        if any(is_written(self.known, value, series, start, first.mark.start, first) for value in absent):
            return
        if is_omitted(self.known, start, first.mark.start, absent, series.system):
            return
        written = tuple(number_of(v, series.system, first.mark.token) for v in absent)
        yield Disorder("gap", series, first.mark, None, first, written, "", None, 0.75 * self._sure(series, (first,)))

    def _begin(self, first: Enumerator) -> int:
        """Where the division, or the paragraph, begins that a series stands in."""
        at = max(0, first.mark.start - 5000)
        if first.mark.boundary:
            at = max(at, self.known.boundaries[first.mark.boundary - 1].at)
        if first.parent is not None:
            at = max(at, self.known.items[first.parent].mark.start)
        return at

    # ------------------------------------------------------------------------------------------ explanations

    def _sure(self, series: EnumeratorSeries, around: Sequence[Enumerator]) -> float:
        sure = self.believed(_form(series, self.known))
        weakest = min(item.mark.weight for item in around)
        if weakest < 0.6:
            sure *= 0.5
        elif weakest < 1.0:
            sure *= 0.8
        if len(series.members) < 3:
            sure *= 0.95
        if around[0].mark.quoted:
            sure *= 0.85
        return sure

    # ------------------------------------------------------------------------------------------ lost enumerators

    def _lost(
        self, value: int, series: EnumeratorSeries, before: Enumerator, after: Enumerator
    ) -> tuple[int, int] | None:
        """Where the absent number opens a block between the two without its brackets: "c the fund"."""
        run = self.known.run
        first, last = before.mark.where + 1, after.mark.where
        for where in range(first, min(last, first + 40)):
            start = run.starts[where]
            match = _TOKEN.match(self.text, start)
            if match is None:
                continue
            for reading in readings_of(match.group(1)):
                if reading.value == value and reading.system == series.system and not reading.prefix:
                    return match.start(1), match.end()
        return None

    def _lost_in_sentence(self, members: Sequence[Enumerator]) -> Iterator[Disorder]:
        """An item behind the end of a run inside a sentence, whose letter lost its brackets and its script:
        "…; iii) the fees; с the fund." with a Cyrillic с, where b) stands before the paragraph."""
        last = members[-1]
        if last.parent is None or last.place not in ("inline", "block") or len(members) < 2:
            return
        run = self.known.run
        stop = run.starts[last.mark.where] + len(run.blocks[last.mark.where].prose.text)
        if stop - last.mark.end > _LONGEST_ITEM:
            return
        match = _BARE_ITEM.search(self.text, last.mark.end, stop)
        if match is None or match.group(1).casefold() in conjunctions():
            return
        outer = self.known.items[last.parent]
        around = self.known.series[outer.series]
        if around.members[-1] != outer.index:
            return
        for reading in readings_of(match.group(1)):
            if reading.value == outer.value + 1 and reading.system == outer.reading.system and reading.damaged:
                expected = number_of(reading.value, reading.system)
                yield Disorder("detached", around, outer.mark, outer, None, (expected,), expected, match.span(1), 0.7)
                return


#: Letters that are read for one another, both of which are enumerators.
_LOOK_ALIKE = frozenset(frozenset(pair) for pair in ("ce", "ft", "bh", "ij", "jl", "uv", "gq", "CG", "EF", "IJ"))
#: A letter without brackets behind a semicolon, and no other semicolon behind it.
_BARE_ITEM = re.compile(r"[;；] ([^\W\d_])(?= [^\W\d_])(?=[^;]*$)")
_TOKEN = re.compile(r"[(（]?(\d{1,3}|[^\W\d_]{1,2}|[ivxl]{1,5})[,;.)\]]?(?=[ \xa0])")


def _at(members: Sequence[Enumerator], at: int) -> Enumerator | None:
    return members[at] if 0 <= at < len(members) else None


def _same_form(mark: Mark, series: EnumeratorSeries) -> bool:
    return mark.opener == series.opener and mark.closer == series.closer


def _reading(mark: Mark, system: str) -> Reading | None:
    return next((r for r in mark.readings if r.system == system and not r.damaged and not r.prefix), None)


def _reading_value(mark: Mark, system: str) -> int:
    """The number that a mark is in a system; 0 where it is none."""
    reading = _reading(mark, system)
    return reading.value if reading is not None else 0
