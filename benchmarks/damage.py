"""Damage done on purpose: headings taken away, divisions taken away, numbers swapped or repeated, points taken away.

True headings are found with one simple pattern a corpus, so that nothing here depends on what is measured. A heading
is only touched where its neighbours in the text have the neighbouring numbers: what is missing is then certain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from random import Random

import msgspec

from benchmarks.corpora import Text

#: The heading of an article as each corpus writes it; group 1 is its number. Other forms (5a, bis, ranges, Roman
#: numerals) are left alone.
PATTERNS = {
    "uy-es": re.compile(r"^#{1,6} Artículo (\d+)[ \t]*$", re.M),
    "ie-en": re.compile(r"^##### (\d+)\.?(?: .*)?$", re.M),
    "lu-fr": re.compile(r"^#{2,6} \**Art(?:icle|\.) (\d+)(?:<sup>er</sup>)?\.?\**(?: .*)?$", re.M),
    "ch-de": re.compile(r"^#{2,6} \*\*Art\. (\d+)\*\*(?![*<])(?! Abs\.)(?:[ \[].*)?$", re.M),
    "un-charter": re.compile(
        r"^(?:Article|Artículo|Статья|المادة) (\d+)[ \t]*$|^第([一二三四五六七八九十百零〇]+)条[ \t]*$", re.M
    ),
    "bbnj": re.compile(r"^(?:Article|Artículo) (\d+)[ \t]*$", re.M),
    "tota": re.compile(r"^(?:ARTICLE|ARTÍCULO|ARTICULO) (\d+(?:\.\d+)?)(?: .*)?$", re.M),
}

#: The number of an article that its own text repeats after the heading ("##### 2 Expenses." and "**2.**—The …").
_REPEATED_NUMBER = re.compile(r"\**\d+\.\**[ \t]*[—–-]+[ \t]*")
#: Headings of wider divisions, which stay when the text before them goes.
_WIDER = re.compile(
    r"^(?:#|(?:CHAPTER|PART|TITLE|SECTION|ANNEX|CHAPITRE|PARTIE|CAP[IÍ]TULO|PARTE|T[IÍ]TULO|SECCI[OÓ]N|ANEXO|"
    r"ГЛАВА|Глава|الفصل)\b|第[一二三四五六七八九十]+章)",
    re.M,
)
#: The mark of a point at the start of a line: "(b)", "b)", "- b.", "B)", "(*b*)".
_POINT = re.compile(r"^[ \t\u3000]*(?:- )?\(?\*?([A-Za-z])\*?(?:\)|\.(?=[ \t]))[ \t]*", re.M)
_BLOCK = re.compile(r"\n[ \t]*\n\s*(?=\S)")
_HAN = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0}


class Heading(msgspec.Struct, frozen=True):
    """An article's heading: the line ``[start, end)``, the number as written and as integers ("1.2" is 1, 2)."""

    start: int
    end: int
    written: tuple[int, int]
    value: tuple[int, ...]


class Loss(msgspec.Struct, frozen=True):
    """Something that is gone: the number, and the place (in the damaged text) where it was.

    boundaries  how many starts of blocks between the neighbouring headings could be the place
    """

    value: tuple[int, ...]
    place: int
    boundaries: int = 1

    @property
    def number(self) -> str:
        """The number in figures."""
        return ".".join(str(part) for part in self.value)


class Damaged(msgspec.Struct, frozen=True):
    """A damaged text, and what was done to it."""

    text: str
    losses: tuple[Loss, ...]


class Cut(msgspec.Struct, frozen=True):
    """Take ``[start, end)`` away, with the blank space around it; of what follows, ``strip`` takes away more."""

    start: int
    end: int
    value: tuple[int, ...]
    strip: re.Pattern[str] | None = None


def article_headings(text: Text) -> tuple[Heading, ...]:
    """The headings of the text's articles, in order; none for a corpus without a pattern."""
    pattern = PATTERNS.get(text.corpus)
    if pattern is None:
        return ()
    found = []
    for match in pattern.finditer(text.text):
        group = 1 if match[1] else 2
        found.append(Heading(match.start(), match.end(), match.span(group), value_of(match[group])))
    return tuple(found)


def value_of(number: str) -> tuple[int, ...]:
    """A number as integers: "1.2" is 1, 2; "十九" is 19."""
    if number[0].isdigit():
        return tuple(int(part) for part in number.split("."))
    total = digit = 0
    for sign in number:  # 一百零七, 十九
        if sign in _HAN:
            digit = _HAN[sign]
        else:
            total += max(digit, 1) * (100 if sign == "百" else 10)
            digit = 0
    return (total + digit,)


def _follows(first: Heading, second: Heading) -> bool:
    return first.value[:-1] == second.value[:-1] and first.value[-1] + 1 == second.value[-1]


def inner(headings: Sequence[Heading]) -> tuple[int, ...]:
    """Which headings stand between two neighbours of their series."""
    return tuple(
        at
        for at in range(1, len(headings) - 1)
        if _follows(headings[at - 1], headings[at]) and _follows(headings[at], headings[at + 1])
    )


def openings(headings: Sequence[Heading]) -> tuple[int, ...]:
    """Which headings are number 1 of a series of at least three."""
    return tuple(
        at
        for at in range(len(headings) - 2)
        if headings[at].value[-1] == 1
        and _follows(headings[at], headings[at + 1])
        and _follows(headings[at + 1], headings[at + 2])
    )


def chosen(headings: Sequence[Heading], rng: Random, most: int = 5) -> tuple[int, ...]:
    """One to five inner headings at random."""
    candidates = inner(headings)
    count = min(rng.randint(1, most), len(candidates))
    return tuple(sorted(rng.sample(candidates, count)))


Choice = Callable[[Text, Sequence[Heading], Sequence[int]], tuple[Cut, ...]]


def line_cuts(text: Text, headings: Sequence[Heading], which: Sequence[int]) -> tuple[Cut, ...]:
    """Each heading goes with its title."""
    return tuple(Cut(h.start, text.title_ends.get(h.start, h.end), h.value) for h in (headings[at] for at in which))


def number_line_cuts(_: Text, headings: Sequence[Heading], which: Sequence[int]) -> tuple[Cut, ...]:
    """Each heading's line goes; a title on a line of its own stays."""
    return tuple(Cut(headings[at].start, headings[at].end, headings[at].value) for at in which)


def bare_cuts(text: Text, headings: Sequence[Heading], which: Sequence[int]) -> tuple[Cut, ...]:
    """Each heading goes with its title, and so does the number that the article's text repeats."""
    return tuple(Cut(cut.start, cut.end, cut.value, _REPEATED_NUMBER) for cut in line_cuts(text, headings, which))


def article_cuts(text: Text, headings: Sequence[Heading], which: Sequence[int]) -> tuple[Cut, ...]:
    """Each article goes, heading and text, up to the next heading of any kind."""
    cuts = []
    for at in which:
        heading = headings[at]
        begin = text.title_ends.get(heading.start, heading.end)
        end = headings[at + 1].start if at + 1 < len(headings) else len(text.text)
        wider = _WIDER.search(text.text, begin, end)
        cuts.append(Cut(heading.start, wider.start() if wider else end, heading.value))
    return tuple(cuts)


def take_away(text: Text, cuts: Sequence[Cut]) -> Damaged:
    """The text without what the cuts name; what stood before and after stays apart by one blank line."""
    source = text.text
    out: list[str] = []
    length = cursor = 0
    places: list[int] = []
    for cut in cuts:
        before = source[cursor : cut.start].rstrip()
        if before:
            before += "\n\n"
        out.append(before)
        length += len(before)
        cursor = cut.end
        while cursor < len(source) and source[cursor].isspace():
            cursor += 1
        if cut.strip and (match := cut.strip.match(source, cursor)):
            cursor = match.end()
        places.append(length)
    out.append(source[cursor:])
    damaged = "".join(out)
    kept = [(heading.start, heading.end) for heading in article_headings(text.with_text(damaged))]
    losses = [
        Loss(cut.value, place, _boundaries(damaged, place, kept)) for cut, place in zip(cuts, places, strict=True)
    ]
    return Damaged(damaged, tuple(losses))


def _boundaries(damaged: str, place: int, kept: Sequence[tuple[int, int]]) -> int:
    """Starts of blocks between the neighbouring headings, without the text that the first of them heads."""
    following = bisect_left(kept, (place, 0))
    begin = kept[following - 1][1] if following else 0
    end = kept[following][0] if following < len(kept) else len(damaged)
    starts = [m.end() for m in _BLOCK.finditer(damaged, begin, end) if m.end() < end]
    headed_by_own_block = starts and not damaged[begin : starts[0]].strip()
    return max(len(starts) - (1 if headed_by_own_block and following else 0), 1)


def swap_numbers(text: Text, headings: Sequence[Heading], at: int) -> Damaged:
    """The numbers of an article and the next one change places."""
    first, second = headings[at], headings[at + 1]
    source = text.text
    written = (source[slice(*first.written)], source[slice(*second.written)])
    damaged = (
        source[: first.written[0]]
        + written[1]
        + source[first.written[1] : second.written[0]]
        + written[0]
        + source[second.written[1] :]
    )
    shift = len(written[1]) - len(written[0])
    return Damaged(damaged, (Loss(second.value, first.start), Loss(first.value, second.start + shift)))


def repeat_number(text: Text, headings: Sequence[Heading], at: int) -> Damaged:
    """An article gets the number of the one before it."""
    first, second = headings[at - 1], headings[at]
    source = text.text
    damaged = source[: second.written[0]] + source[slice(*first.written)] + source[second.written[1] :]
    return Damaged(damaged, (Loss(first.value, second.start),))


class Point(msgspec.Struct, frozen=True):
    """A point that stands between its neighbours: the mark's span, and where the points around it begin and end.

    before and end are the starts of the point before it and of the point after it.
    """

    before: int
    start: int
    mark_end: int
    end: int


def points(text: Text) -> tuple[Point, ...]:
    """Points (b), where (a) stands directly before and (c) directly after, each on a line of its own."""
    marks = list(_POINT.finditer(text.text))
    found = []
    for first, second, third in zip(marks, marks[1:], marks[2:], strict=False):
        letters = first[1] + second[1] + third[1]
        same_form = len({m[0].strip().replace(m[1], "") for m in (first, second, third)}) == 1
        if letters in ("abc", "ABC") and same_form:
            found.append(Point(first.start(), second.start(), second.end(), third.start()))
    return tuple(found)


def take_point(text: Text, point: Point, *, keep_text: bool) -> Damaged:
    """The text without a point (b), or without its mark only. The loss's place is the start of point (a)."""
    end = point.mark_end if keep_text else point.end
    return Damaged(text.text[: point.start] + text.text[end:], (Loss((2,), point.before),))
