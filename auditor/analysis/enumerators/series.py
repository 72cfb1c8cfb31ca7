"""Enumerators: the numbers and letters of paragraphs and points, and the series that they count in.

Marks are found one by one (`auditor.analysis.enumerators.marks`), lists are sought as a whole
(`auditor.analysis.enumerators.lists`); here both become values that rules and references can ask: what is numbered at
this place, which numbers does this division have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import msgspec

from auditor.analysis.enumerators.lists import find_lists
from auditor.analysis.enumerators.marks import Mark, Marks, Place, find_marks
from auditor.analysis.enumerators.readings import Reading
from auditor.analysis.fact import fact
from auditor.analysis.outline import outline
from auditor.document import Document, Span


class Enumerator(msgspec.Struct, frozen=True, gc=False):
    """The number of a paragraph or point.

    mark      the mark itself: what is written, and where in the running text
    reading   the number that it is
    meant     the number that its place in the series asks for; another than ``reading.value`` where it is misnumbered
    series    index of its series
    parent    index of the enumerator that it stands under, or None
    division  index of the division that it stands in, or None
    """

    index: int
    mark: Mark
    reading: Reading
    meant: int
    series: int
    parent: int | None
    division: int | None

    @property
    def value(self) -> int:
        """The number that is written."""
        return self.reading.value

    @property
    def place(self) -> Place:
        """Where it stands: at the beginning of a block or line, after another one, or inside a sentence."""
        return self.mark.place


class EnumeratorSeries(msgspec.Struct, frozen=True, gc=False):
    """Enumerators that count together.

    members   their indexes, in order
    system    the figures or alphabet: "digits", "latin-lower", "roman-lower" …
    opener, closer   "(" and ")", "" and ".": those of most of its members
    parent    index of the enumerator that the whole series stands under, or None
    division  index of the division that it begins in, or None
    """

    index: int
    members: tuple[int, ...]
    system: str
    opener: str
    closer: str
    parent: int | None
    division: int | None


class Enumerators:
    """All enumerators of a document with their series.

    items     in the order of the text
    series    in the order of their first members
    asides    marks that look like enumerators and belong to no series
    """

    def __init__(
        self, document: Document, found: Marks, items: Sequence[Enumerator], series: Sequence[EnumeratorSeries],
        asides: Sequence[Mark],
    ) -> None:  # fmt: skip
        self.document = document
        self.run = found.run
        self.marks = found.marks
        self.boundaries = found.boundaries
        self.items = tuple(items)
        self.series = tuple(series)
        self.asides = tuple(asides)

    def span(self, mark: Mark) -> Span:
        """Where a mark stands in the source."""
        return self.run.span(mark.start, mark.end)

    def token_span(self, mark: Mark) -> Span:
        """Where a mark's number stands in the source, without brackets."""
        start = self.run.text.index(mark.token, mark.start)
        return self.run.span(start, start + len(mark.token))

    def text(self, mark: Mark) -> str:
        """A mark as it is written, without the blanks around it."""
        return self.run.text[mark.start : mark.end].strip()

    def write(self, number: str, like: EnumeratorSeries) -> str:
        """A number as the members of a series are written: "(b)"."""
        if self.text(self.items[like.members[0]].mark).startswith("（"):
            return f"（{number}）"
        opener = "§ " if like.opener == "§" else like.opener
        closer = " –" if like.closer == "-" else like.closer
        return f"{opener}{number}{closer}"

    @cached_property
    def _starts(self) -> list[int]:
        return [self.span(item.mark).start for item in self.items]

    def path_at(self, offset: int) -> tuple[Enumerator, ...]:
        """The enumerators that the source offset stands under, the outermost first; empty where there are none.

        Text that goes on behind the points of a paragraph counts to the last point: nothing in it says otherwise.
        """
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return ()
        item: Enumerator | None = self.items[at]
        assert item is not None
        division = outline(self.document).division_at(offset)
        if (division.index if division is not None else None) != item.division:
            return ()
        path = [item]
        while (parent := path[-1].parent) is not None:
            if self.items[parent].division != item.division:
                break
            path.append(self.items[parent])
        return tuple(reversed(path))

    def address_at(self, offset: int) -> str:
        """The enumerators that the offset stands under, in brackets: "(2)(b)"; "" where there are none."""
        return "".join(f"({item.mark.token})" for item in self.path_at(offset))

    @cached_property
    def _children(self) -> dict[tuple[int | None, int | None], tuple[Enumerator, ...]]:
        gathered: dict[tuple[int | None, int | None], list[Enumerator]] = {}
        for item in self.items:
            parent = item.parent
            if parent is not None and self.items[parent].division != item.division:
                parent = None
            gathered.setdefault((item.division, parent), []).append(item)
        return {key: tuple(found) for key, found in gathered.items()}

    def under(self, division: int | None, parent: int | None = None) -> tuple[Enumerator, ...]:
        """The enumerators directly under a division, or under an enumerator of it."""
        return self._children.get((division, parent), ())

    def find(self, division: int | None, tokens: Sequence[str]) -> Enumerator | None:
        """The enumerator that a path of tokens leads to ("2", "b") inside a division, or None. Levels that the text
        has and the path leaves out are passed over at the beginning only: "(b)" is found in the only paragraph that
        has points."""
        level = self.under(division)
        item: Enumerator | None = None
        for depth, token in enumerate(tokens):
            wanted = token.strip("()[].°").casefold()
            item = next((i for i in level if i.mark.token.casefold() == wanted), None)
            if item is None and depth == 0:
                deeper = [i for outer in level for i in self.under(division, outer.index)]
                item = next((i for i in deeper if i.mark.token.casefold() == wanted), None)
            if item is None:
                return None
            level = self.under(division, item.index)
        return item


@fact
def enumerators(document: Document) -> Enumerators:
    """The enumerators of a document. Linear in its length."""
    found = find_marks(document)
    lists = find_lists(found.marks, found.boundaries)
    order: list[tuple[int, int, int]] = sorted(
        (item.mark, number, at) for number, counted in enumerate(lists.lists) for at, item in enumerate(counted.items)
    )
    indexes = {(number, at): index for index, (_, number, at) in enumerate(order)}
    items: list[Enumerator] = []
    divisions = [boundary.division for boundary in found.boundaries]
    for index, (mark_index, number, at) in enumerate(order):
        mark = found.marks[mark_index]
        item = lists.lists[number].items[at]
        outer = lists.lists[number].outers[at]
        items.append(
            Enumerator(
                index=index,
                mark=mark,
                reading=item.reading,
                meant=item.meant,
                series=number,
                parent=indexes[outer] if outer is not None else None,
                division=divisions[mark.boundary - 1] if mark.boundary and divisions[mark.boundary - 1] >= 0 else None,
            )
        )
    series = []
    for number, counted in enumerate(lists.lists):
        members = tuple(indexes[number, at] for at in range(len(counted.items)))
        first = items[members[0]]
        forms = Counter((items[at].mark.opener, items[at].mark.closer) for at in members)
        opener, closer = forms.most_common(1)[0][0]
        series.append(
            EnumeratorSeries(
                index=number,
                members=members,
                system=first.reading.system,
                opener=opener,
                closer=closer,
                parent=first.parent,
                division=first.division,
            )
        )
    return Enumerators(document, found, items, series, [found.marks[index] for index in lists.aside])


def enumerators_at(document: Document, offset: int) -> str:
    """The address of a place below its division: "(2)(b)"; "" where nothing is numbered."""
    return enumerators(document).address_at(offset)
