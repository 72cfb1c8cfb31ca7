"""Furniture that stands on lines of its own and proves itself: by its grammar, or by a counter that rises."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.analysis.furniture.grammar import Tile, may_be_tiled, own_words, prepare, tile_line, tiles_from
from auditor.analysis.furniture.items import Draft, grammar_of, kind_of, number_of, total_of, weight_of
from auditor.analysis.furniture.lines import LONGEST, Lines, ends_open, letters_key, numbers, starts_open, words_key
from auditor.analysis.furniture.series import SHORTEST_PAGE, Chain, chains, counter_of, evenness
from auditor.analysis.labels import read_heading

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_DIGITS_ALIKE = str.maketrans("123456789", "000000000")
_JOB = re.compile(r"\d{2}-\d{5}")
#: Where the page number of a running title is: at its start, at its end, set off by dashes or bars.
_TITLE_NUMBER = re.compile(r"^\W*\d|\d\W*$|[-\u2010-\u2015|•]\s*\d{1,5}\s*[-\u2010-\u2015|•]")
_NUMBER_FIRST = re.compile(r"^\W*(\d{1,6})(?![\d.)\]]|\s*[-:]\s*\w\)|/)")
_NUMBER_LAST = re.compile(r"(?<![\d.(§/])(\d{1,6})\s*[-|\]]?\s*$")
_NUMBER_SET_OFF = re.compile(r"[-|•]\s*(\d{1,6})\s*[-|•]")
#: A raised number or a note's mark is no page number.
NOTE_MARKS = ("<sup", "[^")
#: Lines without a number that are longer are looked at only when they repeat.
_SHORT = 60


class Sightings:
    """What the lines of a document look like, before anything is decided.

    tiled     lines that consist of known pieces
    worded    lines with words of their own and a number, by the letters of the words
    same      all other lines, by their text
    drafts    lines that were taken for furniture so far
    """

    def __init__(self, lines: Lines, marks: Iterable[Draft] = ()) -> None:
        self.lines = lines
        self.tiled: dict[int, tuple[Tile, ...]] = {}
        self.worded: dict[str, list[int]] = defaultdict(list)
        self.same: dict[str, list[int]] = defaultdict(list)
        self.drafts: dict[int, Draft] = {}
        self._look()
        self._stand(marks)

    def _stand(self, marks: Iterable[Draft]) -> None:
        """Take converters' page marks that fill their lines: other furniture stands beside them."""
        at = 0
        start, end = self.lines.start, self.lines.end
        for mark in marks:
            while at < len(start) and end[at] <= mark.span.start:
                at += 1
            if at < len(start) and start[at] == mark.span.start and end[at] == mark.span.end:
                self.drafts[at] = mark

    def _look(self) -> None:
        lines = self.lines
        text, start, end, opaque = lines.text, lines.start, lines.end, lines.opaque
        known: dict[str, tuple[Tile, ...]] = {}
        # No piece but a year minds which digits a number has, so lines that differ in them alone are looked at once.
        untiled: set[str] = set()
        titles: dict[str, str] = {}
        has_digit = _DIGIT.search
        for at in range(len(lines)):
            first, last = start[at], end[at]
            if last - first > LONGEST or opaque[at]:
                continue
            line = text[first:last]
            self.same[line].append(at)
            if line.startswith(NOTE_MARKS):
                continue
            if has_digit(line):
                tileable, titular = may_be_tiled(line), _may_be_title(line)
                if not (tileable or titular):
                    continue
                shape = line if _YEAR.search(line) else line.translate(_DIGITS_ALIKE)
                if tileable and shape not in untiled:
                    tiles = tile_line(prepare(line))
                    if tiles:
                        self.tiled[at] = tiles
                        continue
                    untiled.add(shape)
                if titular:
                    key = titles.get(shape)
                    if key is None:
                        key = titles[shape] = words_key(prepare(line))
                    self.worded[key].append(at)
                continue
            if last - first <= _SHORT:
                seen = known.get(line)
                if seen is None:
                    seen = known[line] = tile_line(prepare(line)) if may_be_tiled(line) else ()
                if seen:
                    self.tiled[at] = seen
        for line, places in self.same.items():
            if len(places) > 1 and len(line) > _SHORT and places[0] not in self.tiled and may_be_tiled(line):
                tiles = tile_line(prepare(line))
                if tiles:
                    self.tiled.update((place, tiles) for place in places)

    def cut(self, at: int, also: frozenset[int] = frozenset()) -> bool:
        """Whether the line stands in the middle of a sentence, other furniture (and ``also``) left out."""
        before = after = at
        for _ in range(8):
            before -= 1
            if not (before in also or self._passed_over(before)):
                break
        for _ in range(8):
            after += 1
            if not (after in also or self._passed_over(after)):
                break
        if before < 0 or after >= len(self.lines):
            return False
        text, lines = self.lines.text, self.lines
        if text[lines.start[before]] == "#" or names_division(
            text[lines.start[before] : min(lines.end[before], lines.start[before] + 80)]
        ):
            return False
        return ends_open(text[max(lines.start[before], lines.end[before] - 12) : lines.end[before]]) and starts_open(
            text[lines.start[after] : lines.start[after] + 8]
        )

    def _passed_over(self, at: int) -> bool:
        """Whether a line is furniture, or repeats and may turn out to be."""
        if at in self.drafts:
            return True
        if not 0 <= at < len(self.lines) or self.lines.end[at] - self.lines.start[at] > _SHORT:
            return False
        return len(self.same.get(self.lines.of(at), ())) >= 3

    def part_of_text(self, at: int) -> bool:
        """Whether a line beside furniture is nearer to the text on its other side: no blank line parts it from that."""
        row = self.lines.row
        above = row[at] - row[at - 1] if at else 9
        below = row[at + 1] - row[at] if at + 1 < len(row) else 9
        furniture_above = at - 1 in self.drafts or self.lines.broken[at]
        furniture_below = at + 1 in self.drafts or (at + 1 < len(row) and self.lines.broken[at + 1])
        return (furniture_above and not furniture_below and below < above) or (
            furniture_below and not furniture_above and above < below
        )

    def beside(self, at: int) -> bool:
        """Whether a line taken for furniture, or a form feed, stands directly before or after."""
        return at - 1 in self.drafts or at + 1 in self.drafts or self.lines.at_feed(at)

    def take(self, at: int, confidence: float, *, key: str = "", constant: str = "", number: int | None = None) -> None:
        """Take a line for furniture; what is known of its pieces goes with it."""
        tiles = self.tiled.get(at)
        span = self.lines.span(at)
        known = self.drafts.get(at)
        if known is not None:
            known.confidence = max(known.confidence, confidence)
            return
        if tiles:
            self.drafts[at] = Draft(
                span,
                kind_of(tiles),
                key or signature(tiles),
                constant or constant_of(tiles),
                confidence,
                grammar=grammar_of(tiles),
                number=number_of(tiles) if number is None else number,
                total=total_of(tiles),
            )
        else:
            self.drafts[at] = Draft(span, "header", key, constant, confidence, number=number)


def signature(tiles: Sequence[Tile]) -> str:
    """What furniture of one series shares: its weightiest constant piece, or else its shape and the stated total."""
    constants = [tile for tile in tiles if tile.piece.weight and tile.number is None]
    if constants:
        best = max(constants, key=lambda tile: (tile.piece.weight, -tile.start))
        if best.piece.name == "job-number" and (job := _JOB.search(best.text)):
            return f"job-number {job[0]}"
        if best.piece.weight > 1 and best.piece.kind == "stamp":
            return f"{best.piece.name} {letters_key(best.text)}"
        return f"{best.piece.name} {''.join(best.text.split()).casefold()}"
    names = [tile.piece.name for tile in tiles if tile.piece.weight] or [tile.piece.name for tile in tiles]
    total = total_of(tiles)
    return "+".join(sorted(names)) + (f" /{total}" if total is not None else "")


def constant_of(tiles: Sequence[Tile]) -> str:
    """The constant part of furniture as an editor would name it."""
    words = []
    for tile in tiles:
        if tile.total is not None:
            words.append(f"…/{tile.total}")
        elif tile.number is not None:
            words.append(re.sub(rf"0*{tile.number}(?!\d)", "…", tile.text))
        elif tile.piece.name not in ("date", "month"):
            words.append(" ".join(tile.text.split()).replace("¦", "*"))
    return " ".join(words)


def find_standing(seen: Sightings) -> None:
    """Take the lines that prove themselves, the surest first."""
    groups: dict[str, list[int]] = defaultdict(list)
    weights: dict[int, int] = {}
    for at, tiles in sorted(seen.tiled.items()):
        weights[at] = weight_of(tiles)
        groups[signature(tiles)].append(at)
    for at, weight in weights.items():
        if weight >= 3:
            members = groups[signature(seen.tiled[at])]
            alone = 0.95 if weight > 3 else 0.8
            seen.take(at, alone if len(members) == 1 else max(alone, 0.9) if len(members) == 2 else 0.98)
    for members in groups.values():
        weight = max(weights[at] for at in members)
        left = [at for at in members if at not in seen.drafts]
        if not left or weight == 0:
            continue
        if len(left) < len(members) and weights[left[0]] > 0:
            _take(seen, left, 0.9)
        elif weight == 2:
            _medium(seen, left)
        elif weight == 1:
            _light(seen, left)
    for name in ("number", "roman"):
        _bare_numbers(seen, [at for at, tiles in seen.tiled.items() if _is_bare(seen.lines.of(at), tiles, name)])
    _worded(seen)


def _take(seen: Sightings, members: Iterable[int], confidence: float) -> None:
    for at in members:
        seen.take(at, confidence)


def _numbered(seen: Sightings, members: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """The members that carry a number, the numbers, and the offsets.

    Where lines carry several (the year of the volume, the page), the one that changes is the page number.
    """
    lists = [[tile.number for tile in seen.tiled[at] if tile.number is not None] for at in members]
    several = any(len(numbers) > 1 for numbers in lists)
    values = (
        counter_of(lists) if several and len(members) > 2 else [numbers[0] if numbers else None for numbers in lists]
    )
    known = [(at, value) for at, value in zip(members, values, strict=True) if value is not None]
    return [at for at, _ in known], [value for _, value in known], [seen.lines.start[at] for at, _ in known]


def _medium(seen: Sightings, members: list[int]) -> None:
    """Pieces that are nearly proof: a second sign is enough."""
    lines = seen.lines
    counted, values, offsets = _numbered(seen, members)
    if counted:
        sure: set[int] = set()
        for chain in chains(values, offsets, 12, 2):
            chained = [counted[i] for i in chain.members]
            if len(chained) >= 3 or all(lines.alone(at) or seen.cut(at) or seen.beside(at) for at in chained):
                for i in chain.members:
                    seen.take(counted[i], 0.95 if len(chained) >= 3 else 0.85, number=values[i])
                sure.update(chained)
        if len(sure) >= 3 and len(sure) >= 0.6 * len(members) and seen.tiled[members[0]][0].piece.name != "column":
            _take(seen, [at for at in members if lines.alone(at)], 0.85)
        page_word = seen.tiled[members[0]][0].piece.name == "page"
        crowded = len(sure) == 0 and len(members) > 1
        for at in members:
            if at not in sure and not crowded and (seen.cut(at) or lines.at_feed(at)):
                seen.take(at, 0.8)
            elif at not in sure and page_word and len(members) == 1 and lines.alone(at):
                seen.take(at, 0.6)
        return
    far = _far_apart(lines, members)
    if len(far) >= 2 and len(far) >= 0.6 * len(members):
        _take(seen, members, 0.95 if len(far) >= 3 else 0.85)
    else:
        _take(seen, [at for at in members if seen.cut(at)], 0.8)


def _far_apart(lines: Lines, members: Sequence[int]) -> list[int]:
    """Members that are at least a short page behind the one before."""
    far = list(members[:1])
    for at in members[1:]:
        if lines.start[at] - lines.start[far[-1]] >= SHORTEST_PAGE * 2:
            far.append(at)
    return far


def _light(seen: Sightings, members: list[int]) -> None:
    """Pieces that occur in texts as well: only a series makes them furniture."""
    lines = seen.lines
    counted, values, offsets = _numbered(seen, members)
    if counted:
        possible = [
            i for i, at in enumerate(counted) if (total := total_of(seen.tiled[at])) is None or values[i] <= total
        ]
        counted = [counted[i] for i in possible]
        found = chains([values[i] for i in possible], [offsets[i] for i in possible], 12, 2)
        for chain in found:
            chained = [counted[i] for i in chain.members]
            if len(chained) >= 3:
                _take(seen, chained, 0.97)
            elif all(seen.cut(at) or seen.beside(at) or lines.alone(at) for at in chained):
                _take(seen, chained, 0.8)
        if not found:
            _take(seen, [at for at in counted if seen.beside(at) or (lines.alone(at) and seen.cut(at))], 0.75)
        return
    far = _far_apart(lines, members)
    enough = 2 if sum(lines.at_feed(at) or seen.beside(at) for at in members) >= 2 else 3
    if len(far) >= enough and len(far) >= 0.8 * len(members) and far[0] > 3:
        _take(seen, members, 0.85)
    elif len(far) > enough and len(far) >= 0.8 * len(members):
        _take(seen, members[1:] if not seen.beside(members[0]) else members, 0.85)


def _is_bare(line: str, tiles: Sequence[Tile], name: str) -> bool:
    return len(tiles) == 1 and tiles[0].piece.name == name and line[0] != "["


def _bare_numbers(seen: Sightings, members: list[int]) -> None:
    """Numbers alone on lines: page numbers, or footnote marks, cells, paragraph numbers. Only a regular chain that cuts
    sentences, stands at form feeds or breaks the text as evenly as pages do is taken, and none where other furniture
    counts the pages already."""
    counted, values, offsets = _numbered(seen, members)
    others = sorted(
        draft.span.start for draft in seen.drafts.values() if draft.number is not None and draft.kind != "header"
    )
    if len(others) >= 3:
        keep = [i for i, at in enumerate(counted) if seen.beside(at) and not seen.part_of_text(at)]
        counted, values, offsets = (
            [counted[i] for i in keep],
            [values[i] for i in keep],
            [offsets[i] for i in keep],
        )
    for chain in chains(values, offsets, 3, 3):
        chained = _beside_titles(seen, [counted[i] for i in chain.members], counted, values)
        also = frozenset(chained)
        cuts = sum(seen.cut(at, also) for at in chained) / len(chained)
        feeds = sum(seen.beside(at) for at in chained) / len(chained)
        alone = all(seen.lines.alone(at) for at in chained)
        covered = len(chain) / (values[chain.members[-1]] - values[chain.members[0]] + 1)
        if covered < 0.45 or chain.page < 600:
            continue
        if (
            feeds >= 0.6
            or (cuts >= 0.3 and chain.regular >= 0.7 and len(chain) >= 4)
            or (
                (alone and chain.regular >= 0.85 and len(chain) >= 6 and chain.page >= 1200)
                and _ends_pages(seen, chain, chained, values)
            )
            or _even_pages(seen, chain, chained, values)
        ):
            _take(seen, chained, 0.9 if len(chain) >= 5 else 0.75)


def _beside_titles(seen: Sightings, chained: Sequence[int], counted: Sequence[int], values: Sequence[int]) -> list[int]:
    """The members of a chain, each given up for the same number between its neighbours if that stands at a form feed or
    beside a line that repeats, and the member does not: a footnote's mark may fit a count of pages as well."""

    def titled(at: int) -> bool:
        return seen.beside(at) or any(_repeats(seen, at + step) for step in (-1, 1))

    number_at = dict(zip(counted, values, strict=True))
    places: dict[int, list[int]] = defaultdict(list)
    for at, number in number_at.items():
        places[number].append(at)
    found: list[int] = []
    for where, at in enumerate(chained):
        others = places[number_at[at]]
        if len(others) > 1 and not titled(at):
            first = found[-1] if found else -1
            last = chained[where + 1] if where + 1 < len(chained) else len(seen.lines)
            at = next((other for other in others if first < other < last and titled(other)), at)
        found.append(at)
    return found


def _repeats(seen: Sightings, at: int) -> bool:
    return 0 <= at < len(seen.lines) and len(seen.same.get(seen.lines.of(at), ())) >= 3


def _even_pages(seen: Sightings, chain: Chain, chained: Sequence[int], values: Sequence[int]) -> bool:
    """Whether numbers alone on lines come at every page of a text that keeps its line ends.

    Sections and paragraphs that bear a number of their own are uneven in length, and a sentence has ended before each.
    """
    lines = seen.lines
    numbers = [values[i] for i in chain.members]
    least = 6 if numbers[-1] - numbers[0] + 1 == len(numbers) else 8
    if len(chain) < least or len(chain) < 0.9 * (numbers[-1] - numbers[0] + 1) or chain.page < 900:
        return False
    if sum(lines.alone(at) for at in chained) > 0.5 * len(chained):
        return False
    rows = [lines.row[at] for at in chained]
    if evenness(rows, numbers, 0.2) >= 0.8 and _ends_pages(seen, chain, chained, values):
        return True
    even = max(evenness([lines.start[at] for at in chained], numbers, 0.4), evenness(rows, numbers, 0.4))
    return even >= (0.95 if len(chain) < 8 else 0.75) and _open_before(seen, chained) >= 0.3


def _ends_pages(seen: Sightings, chain: Chain, chained: Sequence[int], values: Sequence[int]) -> bool:
    """Whether numbers stand at the ends of pages rather than at the beginnings of sections.

    Some pages end in the middle of a sentence or with a heading; no section does. Where none does, the distances must
    be those of pages, and what comes before the first number and behind the last one too.
    """
    if _open_before(seen, chained) >= 0.2:
        return True
    lines = seen.lines
    first, last = lines.start[chained[0]], len(lines.text) - lines.end[chained[-1]]
    even = evenness([lines.start[at] for at in chained], [values[i] for i in chain.members], 0.3)
    return first >= 0.5 * chain.page and last <= 0.5 * chain.page and even >= 0.8


def _open_before(seen: Sightings, chained: Sequence[int]) -> float:
    """Share of lines before which a sentence has not ended."""
    return sum(ends_open(seen.lines.of(at - 1)) for at in chained if at > 0) / len(chained)


def _worded(seen: Sightings) -> None:
    """Lines with words of their own that repeat with a rising number: running titles with a page number."""
    lines = seen.lines
    counted_already = sum(draft.number is not None for draft in seen.drafts.values()) >= 3
    for key, members in seen.worded.items():
        if len(members) < 3 or len(key) < (4 if key.isascii() else 2):
            continue
        example = prepare(lines.of(members[0]))
        if names_division(example):
            continue
        counters = counter_of([numbers(prepare(lines.of(at))) for at in members])
        placed = [
            (at, value)
            for at, value in zip(members, counters, strict=True)
            if value is not None and _counts_pages(lines.of(at), value)
        ]
        if len(placed) < max(3, 0.7 * len(members)):
            continue
        counted = [at for at, _ in placed]
        known = [value for _, value in placed]
        found = chains(known, [lines.start[at] for at in counted], 6, 3)
        chained = sorted(counted[i] for chain in found for i in chain.members)
        if len(chained) < 0.7 * len(members):
            continue
        also = frozenset(chained)
        cuts = sum(seen.cut(at, also) for at in chained)
        feeds = sum(seen.beside(at) and not seen.part_of_text(at) for at in chained) / len(chained)
        standing = all(lines.alone(at) for at in chained)
        regular = min(chain.regular for chain in found)
        if counted_already and feeds < 0.5 and not (standing and cuts >= 0.5 * len(chained)):
            continue
        if (
            feeds >= 0.5
            or (cuts >= 2 and cuts >= 0.25 * len(chained))
            or (standing and len(chained) >= 4 and regular >= 0.6 and _both_sides(lines, placed))
            or (cuts >= 1 and standing and regular >= 0.8 and len(example.split()) >= 2)
            or ((cuts >= 1 or standing) and all(_has_page_piece(prepare(lines.of(at)), value) for at, value in placed))
            or (standing and len(example.split()) >= 3 and regular >= 0.8 and len(chained) >= 4 and _one_side(known))
        ):
            constant = " ".join(re.sub(r"\d+", "…", example).split())
            number_at = dict(placed)
            for at in chained:
                seen.take(at, 0.93, key=f"title {key}", constant=constant, number=number_at[at])


def _may_be_title(line: str) -> bool:
    """Whether a line with a number may be a running title: no heading, no note, no end or middle of a sentence."""
    return (
        line[0] != "#"
        and line[-1] not in ".,;:!?。；："
        and not line[0].islower()
        and _TITLE_NUMBER.search(line) is not None
    )


def _counts_pages(line: str, number: int) -> bool:
    """Whether a number stands where a running title has its page number: at one of its ends, set off by dashes or
    bars, or in a piece such as "Page 3 of 5". A number with a stop or a bracket behind it counts something else."""
    prepared = prepare(line)
    if any(
        int(found[1]) == number
        for pattern in (_NUMBER_FIRST, _NUMBER_LAST, _NUMBER_SET_OFF)
        if (found := pattern.search(prepared)) is not None
    ):
        return True
    return _has_page_piece(prepared, number)


def _has_page_piece(prepared: str, number: int) -> bool:
    """Whether a line ends with a piece that is nearly proof by itself and bears the number: "Page 3 of 5"."""
    tiles, _ = tiles_from(prepared, own_words(prepared)[1], len(prepared))
    return any(tile.number == number and tile.piece.weight > 1 for tile in tiles)


def page_number(line: str) -> int | None:
    """The number at the end or else at the start of a line, where a running title has its page number."""
    prepared = prepare(line)
    found = _NUMBER_LAST.search(prepared) or _NUMBER_FIRST.search(prepared)
    return None if found is None else int(found[1])


def names_division(line: str) -> bool:
    """Whether a line begins as the heading of a numbered division does."""
    line = line.strip()
    heading = read_heading(line)
    return heading is not None and (bool(heading.readings) or len(line.split()) <= 2)


def _both_sides(lines: Lines, placed: Sequence[tuple[int, int]]) -> bool:
    """Whether the number stands before the title on even pages and behind it on odd ones, or the reverse."""
    sides = {(value % 2, lines.of(at)[-1].isdigit()) for at, value in placed}
    return len(sides) == 2 and len({parity for parity, _ in sides}) == 2 and len({end for _, end in sides}) == 2


def _one_side(values: Sequence[int]) -> bool:
    """Whether the numbers are all even or all odd, as on one side of the leaf; at least four of them."""
    return len(values) >= 4 and len({value % 2 for value in values}) == 1
