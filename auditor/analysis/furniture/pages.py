"""Pages: where they break, and what number they bear.

A form feed or a converter's page mark is a break; so is every place where page furniture stands, all that stands
together counting once. The numbers come from the furniture. Whether a folio ends its page or begins it is told from
the first and the last one: a text after the last folio of all, or one page before number 2, shows that it begins it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture.found import furniture
from auditor.analysis.furniture.items import Furniture, Item
from auditor.analysis.furniture.series import SHORTEST_PAGE, filled, longest_chain
from auditor.analysis.furniture.standing import names_division, page_number
from auditor.document import Document, Span

Placing = Literal["ends", "begins"]

#: Header pieces, stamps and folios this near to each other, with nothing but blanks between, are one break.
_BLANK = " \t\n\r\f#>*_$|"
#: Lines longer than this are text, whatever number they end with.
_LONGEST_TITLE = 100
_NUMBERS = re.compile(r"\d+")


class Break(msgspec.Struct, frozen=True):
    """A page break.

    offset  where the new page begins
    span    from the first to the last piece of furniture at the break; a point where there is none
    number  the page number printed there, else None
    feed    a form feed or a converter's mark says so
    """

    offset: int
    span: Span
    number: int | None
    feed: bool


class Page(msgspec.Struct, frozen=True):
    """A page: its stretch of the text, and its printed number.

    inferred  the number is not printed there; its neighbours' tell it
    several   pages that are not marked begin in it as well; the number is that of the one at the mark
    """

    span: Span
    number: int | None
    inferred: bool = False
    several: bool = False


class Unmarked(msgspec.Struct, frozen=True):
    """Pages that the counters prove and nothing in the text marks: numbers, and the stretch in which they break."""

    numbers: tuple[int, ...]
    span: Span


class Pages:
    """The pages of a document, in order; one page without number where nothing is known.

    breaks    the breaks that the text shows
    placing   whether a printed number ends its page or begins it
    total     number of pages as printed ("3/15"), else None
    unmarked  pages that are proved but not marked
    """

    def __init__(
        self,
        pages: Sequence[Page],
        breaks: Sequence[Break] = (),
        unmarked: Sequence[Unmarked] = (),
        total: int | None = None,
        placing: Placing = "ends",
    ) -> None:
        self.pages = tuple(pages)
        self.breaks = tuple(breaks)
        self.unmarked = tuple(unmarked)
        self.total = total
        self.placing: Placing = placing

    @property
    def known(self) -> bool:
        """Whether any page break is known."""
        return bool(self.breaks)

    @cached_property
    def _starts(self) -> list[int]:
        return [page.span.start for page in self.pages]

    @cached_property
    def _offsets(self) -> list[int]:
        return [known.offset for known in self.breaks]

    def page_at(self, offset: int) -> Page:
        """The page that holds the character at ``offset``."""
        return self.pages[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def size(self) -> float:
        """Usual length of a page in characters; 0 where it is not known."""
        counted = [known for known in self.breaks if known.number is not None]
        return longest_chain([known.number or 0 for known in counted], [known.offset for known in counted], 40).page

    def number_at(self, offset: int) -> str | None:
        """The number of the page at ``offset`` as printed, as far as it is known.

        In a stretch of several pages only the one at the mark is known: what is less than a page away from it.
        """
        if not self.breaks:
            return None
        page = self.page_at(offset)
        if page.several:
            away = page.span.end - offset if self.placing == "ends" else offset - page.span.start
            if away > 0.8 * self.size:
                return None
        return None if page.number is None else str(page.number)

    def break_between(self, start: int, end: int) -> Break | None:
        """The first break whose page begins after ``start`` and not after ``end``."""
        at = bisect_right(self._offsets, start)
        return self.breaks[at] if at < len(self.breaks) and self._offsets[at] <= end else None

    def unmarked_between(self, start: int, end: int) -> tuple[int, ...]:
        """Numbers of the unmarked pages of which one may begin between two offsets."""
        return tuple(
            number
            for stretch in self.unmarked
            if stretch.span.start < end and start < stretch.span.end
            for number in stretch.numbers
        )


class _Cluster(msgspec.Struct):
    """Furniture and form feeds that stand together; ``numbers`` by series."""

    span: Span
    items: list[Item]
    feed: int | None
    numbers: dict[int, int]


@fact
def pages(document: Document) -> Pages:
    """The pages of the document."""
    known = furniture(document)
    clusters = _clusters(document, known)
    size = len(document.text)
    if not clusters:
        return Pages((Page(Span(0, size), None),))
    numbers = _numbers(clusters)
    total = _total(known)
    placing = _placing(document, clusters, numbers, total)
    breaks = [
        Break(_offset(document, cluster, placing), cluster.span, number, cluster.feed is not None)
        for cluster, number in zip(clusters, numbers, strict=True)
    ]
    if placing == "ends" and not document.text[breaks[-1].offset :].strip():
        closing, inner = breaks[-1], breaks[:-1]
    else:
        closing, inner = None, breaks
    printed = frozenset(item.number for item in known.items if item.number is not None)
    unmarked = _unmarked(size, breaks, total, placing, printed)
    if any(item.number is not None and not item.grammar for item in known.items):
        unmarked = _perhaps_printed(document.text, unmarked)
    return Pages(_pages(size, inner, closing, unmarked, placing), breaks, unmarked, total, placing)


def _clusters(document: Document, known: Furniture) -> list[_Cluster]:
    text = document.text
    feeds = frozenset(known.feeds)
    places: list[tuple[int, int, Item | None]] = [
        (item.span.start, item.span.end, item)
        for item in known.items
        if item.kind != "left_over" or item.span.start in feeds
    ]
    places.extend((feed, feed, None) for feed in known.feeds)
    places.sort(key=lambda place: (place[0], place[1]))
    found: list[_Cluster] = []
    for start, end, item in places:
        together = (
            bool(found)
            and start - found[-1].span.end < 400
            and not text[found[-1].span.end : start].strip(_BLANK)
            and not (item is None and found[-1].feed is not None and found[-1].items == [] and start > found[-1].feed)
        )
        if together and _second_number(found[-1], item):
            together = False
        if together:
            cluster = found[-1]
            cluster.span = Span(cluster.span.start, max(end, cluster.span.end))
        else:
            cluster = _Cluster(Span(start, end), [], None, {})
            found.append(cluster)
        if item is None:
            cluster.feed = start
        else:
            cluster.items.append(item)
            if item.number is not None:
                cluster.numbers[item.series] = item.number
    return [cluster for cluster in found if cluster.feed is not None or _breaks(cluster)]


def _second_number(cluster: _Cluster, item: Item | None) -> bool:
    """Whether the item bears another page's number than the cluster, from the same series: an empty page between."""
    if item is None or item.number is None:
        return False
    return cluster.numbers.get(item.series, item.number) != item.number


def _breaks(cluster: _Cluster) -> bool:
    """Whether the furniture is of a kind that stands at every page; a stamp or a masthead line need not."""
    return any(item.kind != "stamp" for item in cluster.items)


def _numbers(clusters: Sequence[_Cluster]) -> list[int | None]:
    """The page number of each cluster: that of the series that counts the most clusters."""
    rank: Counter[int] = Counter(
        item.series for cluster in clusters for item in cluster.items if item.number is not None
    )
    numbers: list[int | None] = []
    for cluster in clusters:
        counted = [item for item in cluster.items if item.number is not None]
        best = max(
            counted,
            key=lambda item: (item.total is not None, item.kind != "left_over", rank[item.series]),
            default=None,
        )
        numbers.append(best.number if best else None)
    return numbers


def _total(known: Furniture) -> int | None:
    """The number of pages as printed: "Page 3 of 5" beats a bare fraction, and no page lies behind the last one."""
    stating = [item for item in known.items if item.total is not None and item.number is not None]
    worded = [item for item in stating if "page-of" in item.grammar]
    totals = Counter(item.total for item in worded or stating if (item.number or 0) <= (item.total or 0))
    return totals.most_common(1)[0][0] if totals else None


def _placing(
    document: Document, clusters: Sequence[_Cluster], numbers: Sequence[int | None], total: int | None
) -> Placing:
    text = document.text
    votes = 0
    for cluster, number in zip(clusters, numbers, strict=True):
        if cluster.feed is not None and number is not None:
            counting = next(item for item in cluster.items if item.number is not None)
            votes += 1 if counting.span.start > cluster.feed else -1
    if votes:
        return "begins" if votes > 0 else "ends"
    counted = [(cluster, number) for cluster, number in zip(clusters, numbers, strict=True) if number is not None]
    if not counted:
        heads = sum(item.kind == "header" for cluster in clusters for item in cluster.items)
        feet = sum(item.kind in ("footer", "folio") for cluster in clusters for item in cluster.items)
        return "begins" if heads > feet else "ends"
    (first, first_number), (last, last_number) = counted[0], counted[-1]
    after = len(text[last.span.end :].strip())
    before = len(text[: first.span.start].strip())
    if total is not None and last_number == total:
        return "begins" if after > SHORTEST_PAGE else "ends"
    if after < SHORTEST_PAGE / 4:
        return "ends"
    chain = longest_chain([n for _, n in counted], [c.span.start for c, _ in counted], 12)
    page = chain.page or 2500
    if first_number == 2 and before < 1.5 * page and total is not None:
        return "begins"
    if first_number == 1:
        return "begins" if before < 0.3 * page else "ends"
    heads = sum(item.kind == "header" for cluster in clusters for item in cluster.items)
    return "begins" if heads > len(clusters) / 2 or (first_number == 2 and before < 1.3 * page) else "ends"


def _offset(document: Document, cluster: _Cluster, placing: Placing) -> int:
    if cluster.feed is not None:
        end = cluster.feed
        return end + 1 if document.text[end : end + 1] == "\f" else end
    if placing == "begins":
        return cluster.span.start
    for item in cluster.items:
        if item.kind == "header" and item.number is None and item is not cluster.items[0]:
            return item.span.start
    return cluster.span.end


def _pages(
    size: int, inner: Sequence[Break], closing: Break | None, unmarked: Sequence[Unmarked], placing: Placing
) -> list[Page]:
    starts = [0, *(known.offset for known in inner)]
    ends = [*(known.offset for known in inner), size]
    printed: list[int | None]
    if placing == "ends":
        printed = [*(known.number for known in inner), closing.number if closing else None]
    else:
        printed = [None, *(known.number for known in inner)]
    numbers = filled(printed)
    if placing == "begins" and len(numbers) > 1 and numbers[1] == 2:
        numbers[0] = 1
    if placing == "ends" and numbers[-1] is None and len(numbers) > 1 and numbers[-2] is not None:
        numbers[-1] = numbers[-2] + 1
    found = []
    at = 0
    for start, end, number, original in zip(starts, ends, numbers, printed, strict=True):
        while at < len(unmarked) and unmarked[at].span.end <= start:
            at += 1
        several = at < len(unmarked) and unmarked[at].span.start < end
        found.append(Page(Span(start, end), number, number is not None and original is None, several))
    return found


def _unmarked(
    size: int, breaks: Sequence[Break], total: int | None, placing: Placing, printed: frozenset[int]
) -> list[Unmarked]:
    """Gaps between the numbers of the breaks that no break without number can fill.

    printed  all numbers that page furniture bears anywhere: those pages are marked, whatever stands out of order
    """
    counted = [known for known in breaks if known.number is not None]
    chain = longest_chain([known.number or 0 for known in counted], [known.offset for known in counted], 40)
    if len(chain) < 2:
        return []
    sure = [counted[i] for i in chain.members]
    found = []
    first = sure[0]
    bottom = 1 if placing == "begins" else 0
    if first.number is not None and first.number - 1 > bottom and first.number <= 12:
        missing = _not_in(printed, bottom + 1, first.number)
        found.extend(_gap(missing, [b for b in breaks if b.offset < first.offset], Span(0, first.offset)))
    for before, after in itertools.pairwise(sure):
        if before.number is None or after.number is None:
            continue
        missing = _not_in(printed, before.number + 1, after.number)
        between = [b for b in _between(breaks, before.offset, after.offset) if b.number is None]
        found.extend(_gap(missing, between, Span(before.offset, after.offset)))
    last = sure[-1]
    if total is not None and last.number is not None and last.number < total:
        missing = _not_in(printed, last.number + 1, total + 1)
        between = [b for b in _between(breaks, last.offset, size + 1) if b.number is None]
        found.extend(_gap(missing, between, Span(last.offset, size)))
    return found


def _perhaps_printed(text: str, unmarked: Sequence[Unmarked]) -> list[Unmarked]:
    """The unmarked pages, those left out whose number a line of the stretch begins or ends with, as the running
    titles of the document do."""
    found = []
    for stretch in unmarked:
        seen = set()
        for line in stretch.span.of(text).splitlines():
            bare = line.strip()
            if not bare or len(bare) > _LONGEST_TITLE or bare[0].islower() or bare[-1] in ".,;:!?":
                continue
            number = page_number(bare)
            if number in stretch.numbers and (len(_NUMBERS.findall(bare)) > 1 or not names_division(bare)):
                seen.add(number)
        numbers = tuple(number for number in stretch.numbers if number not in seen)
        if numbers:
            found.append(Unmarked(numbers, stretch.span))
    return found


def _not_in(printed: frozenset[int], start: int, stop: int) -> tuple[int, ...]:
    return tuple(number for number in range(start, stop) if number not in printed)


def _between(breaks: Sequence[Break], start: int, end: int) -> Sequence[Break]:
    first = bisect_right(breaks, start, key=lambda known: known.offset)
    last = bisect_right(breaks, end - 1, key=lambda known: known.offset)
    return breaks[first:last]


def _gap(missing: tuple[int, ...], marked: Sequence[Break], span: Span) -> list[Unmarked]:
    """The missing numbers, those left out that marked breaks without number stand for: on one side of the leaf
    where there are fewer breaks than numbers (every other page was marked all along)."""
    if not missing or len(marked) >= len(missing):
        return []
    if marked and 2 * len(marked) + 1 == len(missing):
        missing = missing[::2]
    elif marked:
        return [Unmarked(missing, span)]
    return [Unmarked(missing, span)]
