"""What stands beside furniture on page after page: running titles, symbols, dates and languages of the head.

A running title has no counter and no grammar; it is known by the company it keeps. A line that stands beside furniture
(or a form feed) on three pages, or on two of a short document, belongs to it; so does one that ends or begins with just
the page number that is wanted there ("2.5. Priorities 11").
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from auditor.analysis.furniture.grammar import own_words, prepare
from auditor.analysis.furniture.items import number_of
from auditor.analysis.furniture.lines import LONGEST, Lines, exact_key, words_key
from auditor.analysis.furniture.series import LONGEST_PAGE, chains, evenness, longest_chain, middle
from auditor.analysis.furniture.standing import NOTE_MARKS, Sightings, names_division, page_number, signature
from auditor.analysis.labels import label_at

#: Lines that a printed head or foot has at most.
_DEEPEST = 6
_ENUMERATED = re.compile(r"\W*(?:\d+|[A-Za-z]{1,4})[.)]")
_ROMAN = re.compile(r"[IVXLC]{3,5}")
_ENDS_TEXT = frozenset(".,;:!?。，；：؛؟")
#: A list mark, and the number of a section.
_LISTED = re.compile(r"[*+\-•◦▪‣·–—][ \t]")
_SECTION = re.compile(r"\W*\d+(?:\.\d+)*\.?(?=\s|$)")
#: The dots between an entry of a table of contents and its page.
_LEADERS = re.compile(r"(?:\. ?){4}|…{2}|_{4}")
_LETTER = re.compile(r"[^\W\d_]")
#: More lines than this that repeat together are a passage, not the head of a page.
_TALLEST = 8
#: How seldom a date may stand at the edges of pages to be a part of them: on every so many.
_RAREST = 10
#: How many pages apart two page numbers may be for one between them to be told from them.
_WIDEST = 4


def find_edges(seen: Sightings) -> None:
    """Take the lines beside furniture that repeat there, line by line outwards."""
    _outwards(seen)
    known = len(seen.drafts)
    _uncounted(seen)
    if len(seen.drafts) > known:
        _outwards(seen)


def _outwards(seen: Sightings) -> None:
    for _ in range(_DEEPEST if seen.drafts or any(seen.lines.broken) else 0):
        edge = _edge(seen)
        if not (_known_pieces(seen, edge) | _counting(seen, edge) | _running_titles(seen, edge)):
            break


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
    least = 2 if _short_document(seen) else 3
    pages = max(sum(at - 1 not in seen.drafts for at in seen.drafts), sum(seen.lines.broken))
    for members in groups.values():
        values = [number_of(seen.tiled[at]) for at in members]
        if len(members) == 1 and _fits(seen, counted, members[0], values[0]):
            seen.take(members[0], 0.8)
            took = True
            continue
        rising = [value for value in values if value is not None]
        if len(rising) > 1 and any(b <= a for a, b in itertools.pairwise(rising)):
            continue
        weighty = any(tile.piece.weight for tile in seen.tiled[members[0]])
        if len(members) >= (least if weighty else max(least, pages / _RAREST)):
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
    if at in seen.tiled or line[-1] in _ENDS_TEXT or line[0] in "([" or _LISTED.match(line) or _LEADERS.search(line):
        return ""
    prepared = prepare(line)
    first, last = own_words(prepared)
    words = prepared[first:last]
    if (
        _is_label(words)
        or names_division(prepared)
        or names_division(words)
        or (words[:1].islower() and not _continues_title(seen, at))
    ):
        return ""
    return exact_key(words) if _LETTER.search(words) else ""


def _is_label(words: str) -> bool:
    """Whether a line is a label word alone ("CHAPTER"), whose number stands on the next line."""
    label = label_at(words)
    return label is not None and label.label.heading and label.end >= len(words.rstrip())


def _continues_title(seen: Sightings, at: int) -> bool:
    """Whether the line before is part of a running title, so that this one may begin with a small letter."""
    return any((draft := seen.drafts.get(at + step)) and draft.key.startswith("title") for step in (-1, 1))


def _running_titles(seen: Sightings, edge: list[int]) -> bool:
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for at in edge:
        key = _title_key(seen, at)
        if len(key) >= 4:
            # A page may open with a numbered heading that the titles of other pages repeat.
            heading = _SECTION.match(seen.lines.of(at)) is not None and _opens_body(seen, at)
            groups[key, heading].append(at)
    took = False
    least = 2 if _short_document(seen) else 3
    known: dict[str, int] = {}
    for at, draft in seen.drafts.items():
        if draft.key.startswith("title "):
            known[draft.key] = min(at, known.get(draft.key, at))
    for (key, heading), members in groups.items():
        section = _SECTION.match(seen.lines.of(members[0])) is not None
        if heading and len(members) < 3:
            continue
        series = _series_of(seen, members[0])
        often = len(members) + (0 if heading else len(groups.get((key, True), ())))
        if often < least or not _sets_apart(seen, members):
            # What stands before all numbered titles of the series is the heading that they repeat.
            members = [at for at in members if series in known and not section and at > known[series]]
            if not members:
                continue
        constant = " ".join(prepare(seen.lines.of(members[0])).split())
        for at in members:
            seen.take(
                at,
                0.9 if len(members) >= 3 else 0.75,
                key=series if series in known else f"title {key}",
                constant=constant,
            )
        took = True
    return took


def _opens_body(seen: Sightings, at: int) -> bool:
    """Whether the text of a page begins with this line: furniture stands before it and none behind it."""
    behind = at + 1 in seen.drafts or (at + 1 < len(seen.lines) and seen.lines.broken[at + 1])
    return not behind


def _counting(seen: Sightings, edge: list[int]) -> bool:
    """Lines with words and the very page number that the furniture before and after them leaves open."""
    lines = seen.lines
    standing = [
        (at, draft.number)
        for at, draft in seen.drafts.items()
        if draft.number is not None and draft.kind != "left_over" and "roman" not in draft.grammar
    ]
    took = False
    for above in (True, False):
        # Foot and head are looked at one after the other: a line on the other side would disturb the count.
        candidates = {
            at: number
            for at in edge
            if at not in seen.drafts
            and _faces(seen, at, above=above)
            and (number := _number_beside(seen, at)) is not None
            and not any((draft := seen.drafts.get(at + step)) and draft.number == number for step in (-2, -1, 1, 2))
        }
        places = sorted([*standing, *candidates.items()])
        counted = chains([number for _, number in places], [lines.start[at] for at, _ in places], 2, 4)
        chained = {places[i] for chain in counted if chain.regular >= 0.6 for i in chain.members}
        if not chained:
            continue
        # Short pages (the last of a chapter, an empty one) are no links of a chain, but their numbers fit between.
        sure = sorted(chained.union(standing))
        for place in sorted(candidates.items()):
            if place in chained or _between(sure, *place):
                at, number = place
                words = " ".join(re.sub(r"\d+", "…", prepare(lines.of(at))).split())
                key = "" if at in seen.tiled else _series_of(seen, at)
                seen.take(at, 0.85, key=key, constant=words if key else "", number=number)
                took = True
    return took


def _between(counted: Sequence[tuple[int, int]], at: int, number: int) -> bool:
    """Whether a number is one that its neighbours, a few pages apart at most, leave open."""
    where = bisect_left(counted, (at, number))
    if not 0 < where < len(counted):
        return False
    before, after = counted[where - 1][1], counted[where][1]
    return before < number < after <= before + _WIDEST


def _faces(seen: Sightings, at: int, *, above: bool) -> bool:
    """Whether a line stands above furniture or a form feed, or below it."""
    if above:
        return at + 1 in seen.drafts or (at + 1 < len(seen.lines) and seen.lines.broken[at + 1])
    return at - 1 in seen.drafts or seen.lines.broken[at]


def _number_beside(seen: Sightings, at: int) -> int | None:
    """The page number that a line with words, or a bare number, may bear; None where it bears none."""
    line = seen.lines.of(at)
    if seen.lines.opaque[at] or line[-1] in _ENDS_TEXT or line[0].islower() or line[0] in "#([" or len(line) > LONGEST:
        return None
    if at in seen.tiled:
        return number_of(seen.tiled[at]) if line.isdecimal() else None
    if _LISTED.match(line) or _LEADERS.search(line) or line.startswith(NOTE_MARKS):
        return None
    number = page_number(line)
    # "Article 12" at the foot of a page is a heading whose text stands overleaf.
    return None if number is not None and len(re.findall(r"\d+", line)) == 1 and names_division(line) else number


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
    """Titles that repeat on lines of their own a page apart, with no known furniture beside them.

    They cut sentences; or a page number that rises stands beside them; or they repeat as regularly as pages do.
    """
    lines = seen.lines
    for line, members in seen.same.items():
        if len(members) < 3 or not _may_be_title(line):
            continue
        left = [at for at in members if at not in seen.drafts]
        alone = [at for at in left if lines.alone(at)]
        if len(alone) < 0.7 * len(left):
            # Lines of a text that keeps its line ends: only regular distances tell a title from a line of prose.
            alone = []
        regular = _regular(lines, members)
        if not left or regular < 0.5 or line[0] == "#" or _LISTED.match(line) or _LEADERS.search(line):
            continue
        cutting = [at for at in alone or left if seen.cut(at)]
        enough = len(cutting) >= 2 and len(cutting) >= 0.4 * len(members) and bool(alone)
        counted = len(members) >= 4 and regular >= 0.6 and _counted_beside(seen, members)
        paged = counted or (len(members) >= 8 and _paged(seen, line, members, len(cutting), regular))
        if not (enough or paged) or names_division(line):
            continue
        key = exact_key(line)
        for at in left if paged else alone or left:
            # The first may be the title of the text itself.
            if at in cutting or at != members[0] or (counted and _beside_number(seen, at)):
                seen.take(at, 0.85 if enough or counted else 0.7, key=f"title {key}", constant=line)


def _paged(seen: Sightings, line: str, members: list[int], cutting: int, regular: float) -> bool:
    """Whether a line of several words repeats as evenly as pages break, and no passage repeats with it."""
    if len(line.split()) < 3 or not line[0].isalpha() or _ENUMERATED.match(line) is not None or line[0].islower():
        return False
    lines = seen.lines
    if not cutting and _heads_points(seen, members):
        return False
    even = evenness([lines.row[at] for at in members], range(len(members)), 0.35)
    return (even >= 0.8 or (regular >= 0.9 and cutting >= 2)) and not _in_passage(seen, members)


def _heads_points(seen: Sightings, members: list[int]) -> bool:
    """Whether numbered paragraphs begin behind the lines: "Areas of cooperation", and then "2. Subject to …"."""
    behind = [seen.lines.of(at + 1) for at in members if at + 1 < len(seen.lines)]
    return sum(_ENUMERATED.match(line) is not None for line in behind) >= 0.8 * len(members)


def _in_passage(seen: Sightings, members: list[int]) -> bool:
    """Whether more lines around repeat with a line than the head of a page has: a form or a licence given again."""
    tall = 1
    for step in range(-_TALLEST, _TALLEST + 1):
        beside = Counter(seen.lines.of(at + step) for at in members if step and 0 <= at + step < len(seen.lines))
        tall += beside.total() > 0 and beside.most_common(1)[0][1] >= 0.5 * len(members)
    return tall > _TALLEST


def _beside_number(seen: Sightings, at: int) -> bool:
    return any(0 <= at + step < len(seen.lines) and _number_beside(seen, at + step) is not None for step in (-1, 1))


def _counted_beside(seen: Sightings, members: list[int]) -> bool:
    """Whether the lines before, or those behind, bear numbers that rise as page numbers do."""
    lines = seen.lines
    for step in (-1, 1):
        beside = [
            (number, lines.start[at])
            for at in members
            if 0 <= at + step < len(lines) and (number := _number_beside(seen, at + step)) is not None
        ]
        chain = longest_chain([number for number, _ in beside], [start for _, start in beside], 4)
        if len(chain) >= 4 and len(chain) >= 0.5 * len(members) and chain.regular >= 0.7:
            return True
    return False


def _regular(lines: Lines, members: list[int]) -> float:
    """Share of the distances between members that are page-like and alike."""
    if len(members) < 3:
        return 0.0
    gaps = [lines.start[b] - lines.start[a] for a, b in itertools.pairwise(members)]
    usual = middle(gaps)
    if not 600 <= usual <= LONGEST_PAGE:
        return 0.0
    return sum(0.6 * usual <= gap <= 1.6 * usual for gap in gaps) / len(gaps)
