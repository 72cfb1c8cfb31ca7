"""Headings glued to text: inside a paragraph, or at its beginning where their siblings stand alone.

A label with its number inside a paragraph is nearly always a reference. It is taken for a heading only where the series
of its siblings waits for that very number at that place, the sentence before it is closed, and what follows opens
another one; or where it opens a line and the series has already counted it in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.labels import label_at, read_heading
from auditor.analysis.outline.divisions import Division, Outline, Series, outline
from auditor.analysis.quoted import quoted_blocks
from auditor.document import Block, Document, Span

_STRONG = frozenset({"marked", "alone"})
_SEPARATE = frozenset({"marked", "alone", "titled"})
_FEWEST_SIBLINGS = 3
_SHARE = 0.7
_SHORTEST_TEXT = 40
_LONGEST_TITLE = 200
_KINDS = frozenset({"paragraph", "list_item", "heading"})
_MOST_ABSENT = 20
_SENTENCE_END = ".;!?。；！？؛؟"
_AFTER_END = "»”\"’')]*_ \t\n\xa0\u3000"
_MARKS = " \t\n#*_>-"
_AFTER_NUMBER = " \t\n\xa0\u3000.:：–—-*_"
_IN_BRACKETS = re.compile(
    r"\([^()]*(?:\([^()]*\)[^()]*)*\)|（[^（）]*）|\[[^\[\]]*\]|\(\([^()]*(?:\([^()]*\)[^()]*)*\)\)"
)
_CITES_ON = re.compile(r"[\s\xa0]*(?:[,;)/\]–—-]|\((?![^\W\d_a-z]))|[\s\xa0]*(?:\d+[)\]]|[a-z]\))")
_BELOW_ARTICLE = frozenset({"paragraph", "point", "letter", "number", "item", "sentence", "indent", "subparagraph"})
#: Words by which Arabic and Chinese go on from a reference; other scripts show it by a small letter.
_GOES_ON = re.compile(r"[\s\xa0]*(?:من|إلى|أو|و|في|على|أعلاه|بشأن|所|的|和|及|或|至|规定|、|，|第)")
#: The number of a note that stood at the heading, before its label: "sinngemäss. 167 Art. 77".
_NOTE_NUMBER = re.compile(r"(?<=\s)\d{1,3}\s+$")
_PARAGRAPH_ONE = re.compile(r"[\s\xa0]*[(（]?(?:1|١|一)[)）.、\s-]")


class Glued(msgspec.Struct, frozen=True):
    """A heading glued to text.

    span      its label and number
    label     as its siblings are written
    series    index of its series
    value     its number
    block     index of its block
    opens     it opens its block; else text stands before it
    after     the neighbour before it in the series
    """

    span: Span
    label: str
    series: int
    value: int
    block: int
    opens: bool
    after: Division | None


@fact
def glued_headings(document: Document) -> tuple[Glued, ...]:
    """All headings glued to text, in the order of the text."""
    plan = outline(document)
    found: dict[Span, Glued] = {}
    for series in plan.series:
        members = [plan.divisions[member] for member in series.members]
        separate = [d for d in members if _stands_apart(document, d)]
        if len(separate) < _FEWEST_SIBLINGS or len(separate) < _SHARE * len(members):
            continue
        if series.kind in _BELOW_ARTICLE:
            continue
        strong = sum(d.source is not None and d.source.form in _STRONG for d in members)
        colon = strong >= _SHARE * len(members)
        for item in (*_counted(document, series, members, colon), *_awaited(document, plan, series, members, colon)):
            found.setdefault(item.span, item)
    return tuple(sorted(found.values(), key=lambda item: item.span))


def _stands_apart(document: Document, division: Division) -> bool:
    source = division.source
    if source is None or source.form not in _SEPARATE:
        return False
    block = document.blocks[division.block]
    if source.form == "titled" and ("。" in source.title or block.prose.text.rstrip().endswith("。")):
        return False
    return source.fresh and (source.form == "marked" or source.span.end >= block.span.end - 4 or _short(block))


def _introduces(division: Division, prose: str) -> bool:
    """Whether what was taken for a title is a sentence that introduces a list."""
    source = division.source
    return source is not None and source.form == "titled" and source.fresh and prose.rstrip().endswith((":", "："))


def _short(block: Block) -> bool:
    """Number and title on two lines of a block of their own."""
    return len(block.prose.text) < 200 and block.prose.text.count("\n") <= 2


def _counted(document: Document, series: Series, members: list[Division], colon: bool) -> Iterator[Glued]:
    """Members of the series that stand before text, or on a line inside a block. ``colon``: a colon at the end shows
    text too, since headings of this series have no titles."""
    for at, division in enumerate(members):
        source = division.source
        block = document.blocks[division.block]
        prose = block.prose.text
        if source is None or (_stands_apart(document, division) and not (colon and _introduces(division, prose))):
            continue
        start = block.prose.prose_offset(source.span.start)
        number = read_heading(prose, start)
        if number is None:
            continue
        rest = prose[number.end :].strip()
        if source.fresh and not _is_text(rest, colon):
            continue
        if not source.fresh and not _closed_before(prose, start):
            continue
        end = number.readings[0].end if number.label_before and number.readings else number.end
        span = block.prose.source_span(start, max(end, start + 1))
        before = members[at - 1] if at else None
        value = division.number.value if division.number is not None else 0
        yield Glued(span, division.label, series.index, value, block.index, source.fresh, before)


def _awaited(
    document: Document, plan: Outline, series: Series, members: list[Division], colon: bool
) -> Iterator[Glued]:
    """Numbers that the series lacks, and the one after its last, inside the paragraphs where they belong."""
    if "#" not in series.pattern or series.pattern == "#":
        return
    waits: list[tuple[int, Division, int]] = []
    for hole in series.run.holes:
        if hole.before >= 0 and len(hole.values) <= _MOST_ABSENT:
            end = members[hole.after].start
            waits.extend((value, members[hole.before], end) for value in hole.values)
    last = series.run.members[-1].ordinal.end
    waits.append((last + 1, members[-1], _end_of(document, plan, members[-1])))
    for value, before, end in waits:
        label = series.write(value)
        span = find_glued(document, label, colon, Span(before.heading.end, max(end, before.heading.end)))
        if span is not None:
            block = document.block_at(span.start)
            if block is not None:
                opens = not document.text[block.span.start : span.start].strip(_MARKS)
                yield Glued(span, label, series.index, value, block.index, opens, before)


def _end_of(document: Document, plan: Outline, division: Division) -> int:
    """Where the text of a division ends: at the next numbered division that is not part of it."""
    for later in plan.divisions[division.index + 1 :]:
        if later.parent != division.index:
            return later.start
    return len(document.text)


def find_glued(document: Document, label: str, colon: bool, area: Span) -> Span | None:
    """Where a heading with that label stands inside a paragraph of the area, if it does.

    The sentence before it must be closed, and what follows must open a sentence or a title: not "Article 12 of the
    Charter", "Article 12 (2)", "Artikel 12 Absatz 2", "第十二条规定". For ``colon`` see `_is_text`.
    """
    pattern = re.compile(re.escape(label).replace(r"\ ", r"[\s\xa0]+"))
    page_furniture = furniture(document)
    quoted = quoted_blocks(document)
    for block in document.blocks_in(area):
        if block.kind not in _KINDS or block.index in quoted or page_furniture.is_furniture(block.index):
            continue
        prose = block.prose.text
        for match in pattern.finditer(prose):
            lead = prose[: match.start()].strip()
            opens = not lead
            # the number of a note that stood at the heading; at the foot of a page, of the page
            note = (
                lead.isdigit()
                and len(lead) <= 3
                and prose[match.start() - 1].isspace()
                and not _ends_page(document, block)
            )
            if opens and not _is_text(prose[match.end() :], colon):
                continue
            if (opens or note or _closed_before(prose, match.start())) and _opens_after(prose, match.end()):
                return block.prose.source_span(match.start(), match.end())
    return None


def _ends_page(document: Document, block: Block) -> bool:
    """Whether a form feed or a converter's page mark comes right after the block."""
    feeds = furniture(document).feeds
    at = bisect_left(feeds, block.span.end)
    return at < len(feeds) and not document.text[block.span.end : feeds[at]].strip()


def _is_text(rest: str, colon: bool) -> bool:
    """Whether what follows a number in its block is text, and not a title or a remark (what stands in brackets as a
    whole is one of them); with ``colon``, text may end in one."""
    if _IN_BRACKETS.fullmatch(rest.strip(_AFTER_NUMBER)):
        return False
    rest = rest.rstrip(_AFTER_END + "(*")
    size = _size(rest)
    if rest[-1:] in ":：":
        return colon and size >= _SHORTEST_TEXT
    return size >= _SHORTEST_TEXT and (size >= _LONGEST_TITLE or rest.endswith(tuple(_SENTENCE_END)))


def _size(text: str) -> int:
    """Length as Latin letters would have it: an ideograph says as much as three of them."""
    return len(text) if text.isascii() else len(text) + 2 * sum("\u3400" <= c <= "\u9fff" for c in text[:200])


def _closed_before(prose: str, at: int) -> bool:
    """Whether the sentence before ``at`` is closed by a stop that ends a word, not an abbreviation or a number."""
    end = at
    note = _NOTE_NUMBER.search(prose, max(0, at - 6), at)
    if note is not None:
        end = note.start()
    while end > 0 and prose[end - 1] in _AFTER_END:
        end -= 1
    if not end or prose[end - 1] not in _SENTENCE_END:
        return False
    if prose[end - 1] != ".":
        return True
    start = end - 1
    while start > 0 and prose[start - 1].isalpha():
        start -= 1
    word = prose[start : end - 1]
    if not word:
        return prose[start - 1 : start] in ')]»”"%' or prose[end - 5 : end - 1].isdigit()
    return len(word) > 3 or (len(word) > 1 and not word[0].isupper())


def _opens_after(prose: str, at: int) -> bool:
    rest = prose[at : at + 80]
    if _CITES_ON.match(rest) or _GOES_ON.match(rest):
        return False
    closed = rest[:1] in ".:：."
    opening = rest.lstrip(" \t\n\xa0\u3000.:：–—-*_")
    if _size(prose[at:]) < _SHORTEST_TEXT // 2 or not opening:
        return False
    below = label_at(opening)
    if below is not None and below.label.kind in _BELOW_ARTICLE:
        return False
    first = opening[0]
    if first.isalpha() and first.lower() != first.upper():
        return first.isupper()
    if _PARAGRAPH_ONE.match(opening) or first in '«“"[(':
        return True
    return not first.isdigit() and (first.isalpha() or closed)
