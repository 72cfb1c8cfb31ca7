"""What stands beside furniture on page after page: running titles, symbols, dates and languages of the head.

A running title has no counter and no grammar; it is known by the company it keeps. A line that stands beside furniture
(or a form feed) on three pages, or on two of a short document, belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from auditor.analysis.furniture_grammar import own_words, prepare
from auditor.analysis.furniture_items import number_of
from auditor.analysis.furniture_lines import LONGEST, exact_key
from auditor.analysis.furniture_standing import Sightings, names_division, signature

#: Lines that a printed head or foot has at most.
_DEEPEST = 6
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
        counted = any(
            (draft := seen.drafts.get(at + step)) is not None and draft.number is not None for step in (-1, 1)
        )
        if runs_on and counted and number_of(tiles) is None:
            seen.take(at, 0.85)
            took = True
        else:
            groups[signature(tiles)].append(at)
    for members in groups.values():
        values = [number_of(seen.tiled[at]) for at in members]
        if len(members) == 1 and _fits(seen, members[0], values[0]):
            seen.take(members[0], 0.8)
            took = True
            continue
        rising = [value for value in values if value is not None]
        if len(rising) > 1 and any(b <= a for a, b in zip(rising, rising[1:], strict=False)):
            continue
        if len(members) >= (2 if _short_document(seen) else 3):
            for at in members:
                seen.take(at, 0.85)
            took = True
    return took


def _fits(seen: Sightings, at: int, number: int | None) -> bool:
    """Whether a number lies between those of the furniture before and after it, as a page number does."""
    before, after = _numbers_around(seen, at)
    return number is not None and before is not None and after is not None and before < number < after <= before + 12


def _numbers_around(seen: Sightings, at: int) -> tuple[int | None, int | None]:
    counted = sorted(
        place for place, draft in seen.drafts.items() if draft.number is not None and draft.kind != "left_over"
    )
    where = bisect_left(counted, at)
    return (
        seen.drafts[counted[where - 1]].number if where else None,
        seen.drafts[counted[where]].number if where < len(counted) else None,
    )


def _short_document(seen: Sightings) -> bool:
    """Whether so few pages are known that twice is often."""
    numbered = sum(draft.number is not None for draft in seen.drafts.values())
    return max(numbered, sum(seen.lines.broken)) <= 4


def _title_key(seen: Sightings, at: int) -> str:
    """The words of a line that might be a running title, known pieces at its ends left out; empty where it is none."""
    line = seen.lines.of(at)
    if at in seen.tiled or line[-1] in _ENDS_TEXT or line[0] in "([-•*" and line[-1] in ")]":
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
        if f"title {key}" not in known and (len(members) < least or not _sets_apart(seen, members)):
            continue
        constant = " ".join(prepare(seen.lines.of(members[0])).split())
        for at in members:
            seen.take(at, 0.9 if len(members) >= 3 else 0.75, key=f"title {key}", constant=constant)
        took = True
    return took


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
        left = [at for at in members if at not in seen.drafts and lines.alone(at)]
        cutting = [at for at in left if seen.cut(at)]
        if len(cutting) < 2 or len(cutting) < 0.4 * len(members) or names_division(line):
            continue
        key = exact_key(line)
        for at in left:
            if at in cutting or at != members[0]:
                seen.take(at, 0.85, key=f"title {key}", constant=line)
