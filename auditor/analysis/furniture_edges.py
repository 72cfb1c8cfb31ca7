"""What stands beside furniture on page after page: running titles, symbols, dates and languages of the head.

A running title has no counter and no grammar; it is known by the company it keeps. A line that stands beside furniture
(or a form feed) on three pages, or on two of a short document, belongs to it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict

from auditor.analysis.furniture_grammar import own_words, prepare
from auditor.analysis.furniture_items import number_of
from auditor.analysis.furniture_lines import LONGEST, Lines, exact_key, words_key
from auditor.analysis.furniture_series import LONGEST_PAGE, middle
from auditor.analysis.furniture_standing import Sightings, names_division, signature

#: Lines that a printed head or foot has at most.
_DEEPEST = 6
_ENUMERATED = re.compile(r"\W*(?:\d+|[A-Za-z]{1,4})[.)]")
_ROMAN = re.compile(r"[IVXLC]{3,5}")
_ENDS_TEXT = frozenset(".,;:!?。，；：؛؟")


def find_edges(seen: Sightings) -> None:
    """Take the lines beside furniture that repeat there, line by line outwards."""
    for _ in range(_DEEPEST if seen.drafts or any(seen.lines.broken) else 0):
        edge = _edge(seen)
        if not (_known_pieces(seen, edge) | _running_titles(seen, edge)):
            break
    _uncounted(seen)


def _edge(seen: Sightings) -> list[int]:
    """Lines that are not taken and stand directly beside one that is, or beside a form feed."""
    lines, drafts = seen.lines, seen.drafts
    size = len(lines)
    places = {at + step for at in drafts for step in (-1, 1)}
    feeds = [at for at, feed in enumerate(lines.broken) if feed]
    places.update(feeds)
    places.update(at - 1 for at in feeds)
    return sorted(
        at
        for at in places
        if 0 <= at < size
        and at not in drafts
        and not lines.opaque[at]
        and lines.end[at] - lines.start[at] <= LONGEST
        and not seen.part_of_text(at)
    )


def _known_pieces(seen: Sightings, edge: list[int]) -> bool:
    """Lines made of light pieces: a symbol or a language above "Page 8", a date that stands there every time."""
    took = False
    groups: dict[str, list[int]] = defaultdict(list)
    for at in edge:
        tiles = seen.tiled.get(at)
        if not tiles:
            continue
        runs_on = all(tile.piece.joins == "run" for tile in tiles)
        beside = [draft for step in (-1, 1) if (draft := seen.drafts.get(at + step)) is not None]
        paged = any(draft.number is not None for draft in beside) or (bool(beside) and seen.lines.at_feed(at))
        if runs_on and paged and number_of(tiles) is None:
            seen.take(at, 0.85)
            took = True
        else:
            groups[signature(tiles)].append(at)
    counted = sorted(at for at, draft in seen.drafts.items() if draft.number is not None and draft.kind != "left_over")
    for members in groups.values():
        values = [number_of(seen.tiled[at]) for at in members]
        if len(members) == 1 and _fits(seen, counted, members[0], values[0]):
            seen.take(members[0], 0.8)
            took = True
            continue
        rising = [value for value in values if value is not None]
        if len(rising) > 1 and any(b <= a for a, b in itertools.pairwise(rising)):
            continue
        if len(members) >= (2 if _short_document(seen) else 3):
            for at in members:
                seen.take(at, 0.85)
            took = True
    return took


def _fits(seen: Sightings, counted: list[int], at: int, number: int | None) -> bool:
    """Whether a number lies between those of the furniture before and after it, as a page number does.

    counted  places of the furniture that bears a number, in order
    """
    where = bisect_left(counted, at)
    if number is None or not 0 < where < len(counted):
        return False
    before, after = seen.drafts[counted[where - 1]].number, seen.drafts[counted[where]].number
    return before is not None and after is not None and before < number < after <= before + 12


def _short_document(seen: Sightings) -> bool:
    """Whether so few pages are known that twice is often."""
    numbered = sum(draft.number is not None for draft in seen.drafts.values())
    return max(numbered, sum(seen.lines.broken)) <= 4


def _title_key(seen: Sightings, at: int) -> str:
    """The words of a line that might be a running title, known pieces at its ends left out; empty where it is none."""
    line = seen.lines.of(at)
    if at in seen.tiled or line[-1] in _ENDS_TEXT or line[0] in "([":
        return ""
    prepared = prepare(line)
    first, last = own_words(prepared)
    words = prepared[first:last]
    if names_division(prepared) or names_division(words) or (words[:1].islower() and not _continues_title(seen, at)):
        return ""
    return exact_key(words)


def _continues_title(seen: Sightings, at: int) -> bool:
    """Whether the line before is part of a running title, so that this one may begin with a small letter."""
    return any((draft := seen.drafts.get(at + step)) and draft.key.startswith("title") for step in (-1, 1))


def _running_titles(seen: Sightings, edge: list[int]) -> bool:
    groups: dict[str, list[int]] = defaultdict(list)
    for at in edge:
        key = _title_key(seen, at)
        if len(key) >= 4:
            groups[key].append(at)
    took = False
    least = 2 if _short_document(seen) else 3
    known = {draft.key for draft in seen.drafts.values() if draft.key.startswith("title ")}
    for key, members in groups.items():
        if _series_of(seen, members[0]) not in known and (len(members) < least or not _sets_apart(seen, members)):
            continue
        constant = " ".join(prepare(seen.lines.of(members[0])).split())
        series = _series_of(seen, members[0])
        for at in members:
            seen.take(
                at,
                0.9 if len(members) >= 3 else 0.75,
                key=series if series in known else f"title {key}",
                constant=constant,
            )
        took = True
    return took


def _series_of(seen: Sightings, at: int) -> str:
    """The key that a running title with a number has, for one that lost it."""
    return f"title {words_key(prepare(seen.lines.of(at)))}"


def _sets_apart(seen: Sightings, members: list[int]) -> bool:
    """Whether the line is at page edges rather than everywhere: a formula or a signature repeats elsewhere too."""
    everywhere = seen.same.get(seen.lines.of(members[0]), [])
    return len(members) >= 0.5 * len(everywhere)


def _may_be_title(line: str) -> bool:
    """Whether a line without company may be a running title: neither a conjunction between two points nor a number."""
    if line[-1] in _ENDS_TEXT or line[0] in "([" or line[0].islower() or line.isdecimal():
        return False
    return len(line) >= 5 or _ROMAN.fullmatch(line) is not None or not line.isascii()


def _uncounted(seen: Sightings) -> None:
    """Titles that repeat on lines of their own in the middle of sentences, with nothing else on the page."""
    lines = seen.lines
    for line, members in seen.same.items():
        if len(members) < 3 or not _may_be_title(line):
            continue
        left = [at for at in members if at not in seen.drafts]
        alone = [at for at in left if lines.alone(at)]
        if len(alone) < 0.7 * len(left):
            # Lines of a text that keeps its line ends: only regular distances tell a title from a line of prose.
            alone = []
        cutting = [at for at in alone or left if seen.cut(at)]
        regular = _regular(lines, left)
        enough = len(cutting) >= 2 and len(cutting) >= 0.4 * len(members) and bool(alone) and regular >= 0.5
        paged = (
            len(left) >= 8
            and regular >= 0.9
            and len(line.split()) >= 3
            and line[0].isalpha()
            and _ENUMERATED.match(line) is None
            and len(cutting) >= 2
        )
        if not (enough or paged) or line[0] == "#" or names_division(line):
            continue
        key = exact_key(line)
        for at in alone or left:
            if at in cutting or at != members[0] or paged:
                seen.take(at, 0.85 if enough else 0.7, key=f"title {key}", constant=line)


def _regular(lines: Lines, members: list[int]) -> float:
    """Share of the distances between members that are page-like and alike."""
    if len(members) < 3:
        return 0.0
    gaps = [lines.start[b] - lines.start[a] for a, b in itertools.pairwise(members)]
    usual = middle(gaps)
    if not 600 <= usual <= LONGEST_PAGE:
        return 0.0
    return sum(0.6 * usual <= gap <= 1.6 * usual for gap in gaps) / len(gaps)
