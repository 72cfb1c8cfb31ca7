"""Counters that rise along a text as page numbers do.

Numbers of pages go up by one, or by two where only one side of the leaf carries them, at distances that resemble each
other. Numbers of articles and paragraphs go up too, but at distances that do not; figures in prose do neither.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

#: Fewer characters than this between two numbers that follow each other are no page.
SHORTEST_PAGE = 250
#: More than this a page (a step of the counter) are not one page either.
LONGEST_PAGE = 30_000


class Chain(msgspec.Struct, frozen=True):
    """Members of a sequence whose numbers rise in small steps.

    members   their places in the sequence, in order
    page      median number of characters a step of one takes
    regular   share of steps that take between 0.4 and 2.2 times that
    """

    members: tuple[int, ...]
    page: float
    regular: float

    def __len__(self) -> int:
        return len(self.members)


def longest_chain(numbers: Sequence[int], offsets: Sequence[int], longest_step: int) -> Chain:
    """The longest chain of rising numbers, each at most ``longest_step`` above the one before and page-like far away.

    Linear in the length of the sequence. Among chains of equal length the one with the smaller steps is taken.
    """
    last: dict[int, int] = {}
    length = [1] * len(numbers)
    previous = [-1] * len(numbers)
    for at, number in enumerate(numbers):
        for step in range(1, longest_step + 1):
            before = last.get(number - step)
            if before is None or length[before] < length[at]:
                continue
            if SHORTEST_PAGE * min(step, 2) <= offsets[at] - offsets[before] <= LONGEST_PAGE * step:
                length[at] = length[before] + 1
                previous[at] = before
        known = last.get(number)
        if known is None or length[known] <= length[at]:
            last[number] = at
    if not length:
        return Chain((), 0.0, 0.0)
    at = max(range(len(length)), key=lambda i: (length[i], -i))
    members = []
    while at >= 0:
        members.append(at)
        at = previous[at]
    members.reverse()
    spans = [(offsets[b] - offsets[a]) / (numbers[b] - numbers[a]) for a, b in itertools.pairwise(members)]
    if not spans:
        return Chain(tuple(members), 0.0, 0.0)
    page = middle(spans)
    regular = sum(0.4 * page <= span <= 2.2 * page for span in spans) / len(spans)
    return Chain(tuple(members), page, regular)


def chains(numbers: Sequence[int], offsets: Sequence[int], longest_step: int, shortest: int) -> list[Chain]:
    """Chains of at least ``shortest`` members, the longest first: page numbers may begin anew, but not often."""
    places = list(range(len(numbers)))
    found = []
    for _ in range(6):
        if len(places) < shortest:
            break
        chain = longest_chain([numbers[i] for i in places], [offsets[i] for i in places], longest_step)
        if len(chain) < shortest:
            break
        taken = set(chain.members)
        found.append(Chain(tuple(places[i] for i in chain.members), chain.page, chain.regular))
        places = [place for i, place in enumerate(places) if i not in taken]
    return found


def counter_of(numbers: Sequence[Sequence[int]]) -> list[int | None]:
    """Which number of each line is the counter: the one that is not the same on (nearly) every line.

    A line may have none (its page number was lost). Where several differ, the first or the last is taken, whichever
    goes up more often.
    """
    counted = [Counter(line) for line in numbers]
    often: Counter[int] = Counter()
    for line in counted:
        often.update(line.keys())
    constant = {
        number: Counter(line[number] for line in counted if number in line).most_common(1)[0][0]
        for number, count in often.items()
        if count >= 0.8 * len(numbers) and count > 1
    }
    varying = [_without(line, constant) for line in numbers]

    def picked(end: int) -> list[int | None]:
        return [line[end] if line else None for line in varying]

    def ascents(values: list[int | None]) -> int:
        known = [value for value in values if value is not None]
        return sum(0 < b - a <= 8 for a, b in itertools.pairwise(known))

    first, last = picked(0), picked(-1)
    return first if ascents(first) >= ascents(last) else last


def filled(numbers: Sequence[int | None]) -> list[int | None]:
    """The numbers with those put in that were lost between two known ones, where only one reading is possible.

    Between 3 and 6 two lost numbers are 4 and 5; between 3 and 9 they are 5 and 7, every other page being marked.
    """
    found = list(numbers)
    before: int | None = None
    for at, number in enumerate(numbers):
        if number is None:
            continue
        if before is not None and numbers[before] is not None:
            steps = at - before
            start = numbers[before] or 0
            step = next((step for step in (1, 2) if number - start == step * steps), None)
            if step is not None:
                found[before + 1 : at] = range(start + step, number, step)
        before = at
    return found


def evenness(places: Sequence[int], numbers: Sequence[int], slack: float) -> float:
    """Share of the steps of a count that differ from the usual one by no more than ``slack`` of it; 0 for fewer than
    three numbers.

    places   where the numbers stand, in characters or in lines
    """
    if len(places) < 3:
        return 0.0
    steps = [(places[b] - places[a]) / (numbers[b] - numbers[a]) for a, b in itertools.pairwise(range(len(places)))]
    usual = middle(steps)
    return sum(abs(step - usual) <= slack * usual for step in steps) / len(steps)


def _without(line: Sequence[int], constant: Mapping[int, int]) -> list[int]:
    """The numbers of a line without those that all lines have; the same number once more is a page number."""
    left = dict(constant)
    varying = []
    for number in line:
        if left.get(number, 0) > 0:
            left[number] -= 1
        else:
            varying.append(number)
    return varying


def middle(values: Sequence[float]) -> float:
    """The median of at least one value; of an even number the upper of the two in the middle."""
    return sorted(values)[len(values) // 2]
