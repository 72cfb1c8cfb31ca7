"""Headings of numbered divisions, wherever they stand: marked, bold, on a line of their own, or glued to their text.

Here a line is only looked at by itself; whether it is a heading is decided by the series that it would belong to
(`auditor.analysis.outline`).
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.labels import HeadingNumber, label_at, read_heading
from auditor.analysis.numerals import read_numerals
from auditor.analysis.quoted import quoted_blocks
from auditor.document import Block, Document, Span

#: How the heading stands: marked as a heading; alone on its line or in bold; with its title on the line; before text
Form = Literal["marked", "alone", "titled", "run-in"]

_LONGEST_TITLE = 140
_LONGEST_OWN_TITLE = 110
_TITLE_END = re.compile(r"[.;:,!?。；：،؛]\W*$")
_LONGEST_UNKNOWN = 40
#: Prefix of the kind of a division whose label word is in no list.
UNKNOWN_LABEL = "word:"
_WORD_AND_NUMBER = re.compile(
    r"([^\W\d_][^\s\d.,;:()]{1,20}\.?\s+)(?=[\dIVXL\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59])"
)
_UNKNOWN_STYLES = frozenset({"arabic", "roman-upper", "arabic-indic"})
_CLOSERS = " \t.:;—–-_*)"
_OPENING_QUOTES = "«“\"„'‘”「《”"
_SENTENCE_END = ".;,"
_HEADING_KINDS = frozenset({"heading", "paragraph", "list_item"})
#: Kinds that subdivide an article: "Art. 15 Abs. 2" cites, it doesn't head.
_BELOW_ARTICLE = frozenset({"paragraph", "point", "letter", "number", "sentence", "indent", "subparagraph"})


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A line that reads like the heading of a numbered division.

    number   what `read_heading` made of it; for numbered headings without a label word its kind is "heading"
    text     label and number as they are written, without closing punctuation
    pattern  the same with ``#`` in the place of the number, as a sibling would be written
    span     label, number and title in the source (without list or heading marks)
    title    what follows the number on the line, if it reads like a title
    start    where the block or line begins, marks included: the place before the heading
    level    level of the mark, 0 where there is none
    fresh    it opens its block
    quoted   it seems to stand inside a quotation
    """

    number: HeadingNumber
    text: str
    pattern: str
    span: Span
    title: str
    start: int
    block: int
    level: int
    form: Form
    fresh: bool
    quoted: bool = False


@fact
def headings(document: Document) -> tuple[Heading, ...]:
    """All lines that may be headings of numbered divisions, in order."""
    found: list[Heading] = []
    page_furniture = furniture(document)
    quoted = quoted_blocks(document)
    blocks = document.blocks
    for block in blocks:
        if block.kind not in _HEADING_KINDS or not block.prose.runs:
            continue
        if page_furniture.is_furniture(block.index):
            continue
        inside_quotation = block.index in quoted
        if inside_quotation and block.kind != "heading":
            continue
        _headings_of(block, inside_quotation, found)
    return tuple(found)


def _headings_of(block: Block, quoted: bool, found: list[Heading]) -> None:
    prose = block.prose.text
    length = len(prose)
    start = 0
    before: Heading | None = None
    while start < length:
        end = prose.find("\n", start)
        if end < 0:
            end = length
        at = start
        while at < end and prose[at] in " \t\u3000\xa0":
            at += 1
        if at < end:
            before = _read_line(block, at, end, before is not None)
            if before is not None:
                found.append(msgspec.structs.replace(before, quoted=True) if quoted else before)
        start = end + 1


def _read_line(block: Block, at: int, end: int, after_heading: bool) -> Heading | None:
    prose = block.prose.text
    number = read_heading(prose, at)
    fresh = not prose[:at].strip()
    marked = block.kind == "heading" and fresh
    if number is None or number.end > end:
        number = (_bare_number(prose, at, end) if marked else None) or _unknown_label(prose, at, end, marked or fresh)
        if number is None:
            return None
    rest = prose[number.end : end].strip(" \t\u3000\xa0")
    opens = fresh or after_heading or _ends_before(prose, at)
    form = _form(prose, end, number, rest, marked, fresh, opens)
    if form is None:
        return None
    title = rest if form in ("marked", "titled") else ""
    stop = end if form != "run-in" else number.end
    while stop > at and prose[stop - 1] in " \t\n":
        stop -= 1
    span = block.prose.source_span(at, stop)
    return Heading(
        number=number,
        text=" ".join(prose[at : number.end].split()).rstrip(" .:;—–-*_)") or number.label_text,
        pattern=_pattern(prose, at, number),
        span=span,
        title=title.strip(_CLOSERS + "[]") if title else "",
        start=block.span.start if fresh else span.start,
        block=block.index,
        level=block.level if marked else 0,
        form=form,
        fresh=fresh,
    )


def _pattern(prose: str, at: int, number: HeadingNumber) -> str:
    if not number.readings:
        return number.label_text
    if number.label_before:
        return f"{number.label_text} #" if number.label_text else "#"
    before = prose[at : at + 1] if number.label is not None and number.label.position == "around" else ""
    after = prose[number.readings[0].end : number.end]
    return before + "#" + after[: after.find(number.label_text) + len(number.label_text)]


def _bare_number(prose: str, at: int, end: int) -> HeadingNumber | None:
    """The number of a marked heading without a label word: "7 Definitions.", "IV. Final provisions", "§"-less."""
    readings = tuple(n for n in read_numerals(prose, at) if not n.damaged and n.style != "spelled")
    readings = tuple(
        n
        for n in readings
        if n.end == end or (prose[n.end] in " .:)—–-\t" and not prose[n.end : n.end + 2].strip(".").isdigit())
    )
    if not readings:
        return None
    stop = readings[0].end
    closed = prose[stop : stop + 1] in (".", ")", ":", "—", "–") or prose[stop : stop + 2] == "- "
    if not closed and readings[0].style != "arabic":  # "A Study of …", "I think …"
        return None
    while stop < end and prose[stop] in _CLOSERS:
        stop += 1
    return HeadingNumber(
        kind="heading",
        readings=readings,
        range_to=None,
        label_text="",
        end=stop,
        damaged=False,
        label_before=True,
        label=None,
    )


def _unknown_label(prose: str, at: int, end: int, opens_block: bool) -> HeadingNumber | None:
    """A word that no label list knows, with a number, alone on its line: "Erthygl 5", "Pasal 12", "L-Artiklu 7".

    Only a series of lines with the same word makes headings of them (`auditor.analysis.outline`).
    """
    if not opens_block or end - at > _LONGEST_UNKNOWN:
        return None
    match = _WORD_AND_NUMBER.match(prose, at, end)
    if match is None or label_at(prose, at) is not None:
        return None
    readings = tuple(n for n in read_numerals(prose, match.end(1)) if not n.damaged and n.style in _UNKNOWN_STYLES)
    if not readings or prose[readings[0].end : end].strip(_CLOSERS):
        return None
    word = match[1].strip()
    return HeadingNumber(
        kind=UNKNOWN_LABEL + word.casefold(),
        readings=readings,
        range_to=None,
        label_text=word,
        end=readings[0].end,
        damaged=False,
        label_before=True,
        label=None,
    )


def _form(
    prose: str, end: int, number: HeadingNumber, rest: str, marked: bool, fresh: bool, opens_line: bool
) -> Form | None:
    if rest and _cites(rest):
        return None
    if marked:
        return "marked" if len(rest) <= 2 * _LONGEST_TITLE or not rest.endswith(".") else "run-in"
    if not number.readings and rest:  # "Annex" before running text
        return None
    if not rest.strip(_CLOSERS + "[]0123456789"):
        return "alone" if opens_line else None
    closed = prose[number.end - 1] in ".:—–-)" or (rest[:1] in ".:—–-")
    opens = rest.lstrip(_CLOSERS)[:1]
    if not opens:
        return None
    capital = not opens.islower() and not opens.isdigit()
    if not capital or opens in ",;)/":
        return None
    if not opens_line:
        return None
    alone_in_block = end >= len(prose.rstrip())
    looks_like_title = len(rest) <= _LONGEST_TITLE and rest[-1] not in _SENTENCE_END and ". " not in rest.strip(". ")
    if looks_like_title and (alone_in_block or not fresh or prose[end : end + 1] == "\n"):
        return "titled"
    if _uncased(opens) or closed:
        return "run-in" if fresh or closed else None
    return None


def is_title_like(text: str) -> bool:
    """Whether a block reads like a title rather than a sentence."""
    text = text.strip()
    if not text or len(text) > _LONGEST_OWN_TITLE or "\n" in text:
        return False
    first = next((c for c in text if c.isalpha()), "")
    return bool(first) and not first.islower() and _TITLE_END.search(text) is None


def _uncased(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def _cites(rest: str) -> bool:
    """Whether what follows the number makes it a citation: "Art. 15 Abs. 2", "Article 5 (2), the words"."""
    if rest[0] in ",;/(" and not rest.startswith("(ex"):
        return rest[0] != "(" or (rest[1:3].rstrip(")").isalnum() and len(rest) > 4 and rest[4:].strip()[:1].islower())
    match = label_at(rest)
    return match is not None and match.label.kind in _BELOW_ARTICLE and match.end < len(rest)


def _ends_before(prose: str, at: int) -> bool:
    """Whether the line before ends a sentence or is itself short (a heading inside a block)."""
    before = prose[:at].rstrip()
    if not before:
        return True
    if before[-1] in '.:;!?。；：)»”"':
        return True
    line = before[before.rfind("\n") + 1 :]
    return len(line) < 50 and line[:1].isupper()
