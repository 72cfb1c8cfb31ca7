"""Stretches: the blocks between two headings, as units that a lost heading may have stood before."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.numerals import read_numerals
from auditor.analysis.outline.divisions import outline
from auditor.analysis.outline.headings import is_title_like
from auditor.document import TEXT_KINDS, Document, Span

WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
#: Closing quotation marks and brackets, and note marks such as "(*)" or "[12]", behind the end of a sentence.
_NOTE_MARKS = re.compile(r"(?:[»”\"'’)\]_*†‡\s¹²³]|[(\[][*†‡\d]{0,3}(?=[)\]]))+$")
_ENUMERATOR = re.compile(r"\s*[\[(«“\"]?\s*")


Ending = Literal["stop", "colon", "comma", "none"]


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A block of a stretch, with what matters for a heading that may be missing before it.

    start          where the block begins, marks included
    words          its words, case folded, in order (at most 200); its first characters where it has no words
    length         how many words it has
    enumerator     value of the number that it opens with, 0 for none; ``paragraph_number`` if that is Arabic
    opens_lower    its first letter is lower case
    ending         how it ends: ``stop``, ``colon``, ``comma`` (or semicolon), or ``none``
    title_like     short, not closed by a stop, its first letter not lower case
    glued_title    it opens like a title that its text follows without a stop ("Use of terms For the purposes …")
    after_page     a page break or page furniture stands between it and the unit before
    after_heading  another heading (of a chapter, say) stands between
    blank_lines    empty lines before it
    item           a list item, a table, or opened by a dash or a quotation mark
    text_kind      whether it is running text
    """

    block: int
    start: int
    words: tuple[str, ...]
    length: int
    enumerator: int
    paragraph_number: bool
    opens_lower: bool
    ending: Ending
    title_like: bool
    glued_title: bool
    after_page: bool
    after_heading: bool
    blank_lines: int
    item: bool
    text_kind: bool


def opening_number(text: str) -> tuple[int, bool]:
    """The number that a paragraph opens with, as (value, Arabic or not); (0, False) for none.

    "1. Text", "(1) Text", "1) Text", "(a) Text", "a) Text", "一、" count; "10 years" doesn't.
    """
    match = _ENUMERATOR.match(text)
    at = match.end() if match else 0
    opened = text[:at].strip()[-1:] in ("(", "[")
    for numeral in read_numerals(text, at):
        if numeral.damaged or numeral.style == "spelled":
            continue
        following = text[numeral.end : numeral.end + 1]
        closed = following in (")", "]", "）", "、", "．") or (following in (".", ":") and not opened)
        if closed and numeral.end + 1 < len(text):
            return numeral.value, numeral.style in ("arabic", "arabic-indic", "han", "fullwidth")
    return 0, False


def words_of(text: str) -> tuple[str, ...]:
    """Words of a text, case folded; of text in Han characters, which has no spaces, its pairs of characters."""
    if _HAN.search(text[:60]):
        return tuple(text[at : at + 2] for at in range(len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha())
    return tuple(w.casefold() for w in WORD.findall(text))


def tells_subject(word: str) -> bool:
    """Whether a word is long enough to tell what a text is about."""
    return len(word) > 3 or word[0] > "\u3040"


def _opens_lower(text: str) -> bool:
    return next((c for c in text if c.isalpha()), "").islower()


def _ending(text: str) -> Ending:
    end = _NOTE_MARKS.sub("", text[-60:])[-1:]
    if end in ".!?。؟۔":
        return "stop"
    if end in ":：":
        return "colon"
    return "comma" if end in ",;،؛，；、" else "none"


def _has_glued_title(text: str, frequent: frozenset[str]) -> bool:
    """Whether a capitalised everyday word follows a lower-case one without a stop near the beginning."""
    words = text[:160].split()[1:14]
    return any(
        word[:1].isupper()
        and before[:1].islower()
        and before[-1:].isalpha()
        and (word[1:].islower() or len(word) == 1)
        and word.lower() in frequent
        for before, word in pairwise(words)
    )


def units_of(document: Document, area: Span, unseen: frozenset[int] = frozenset()) -> list[Unit]:
    """The units of a stretch of text, headings and page furniture left out, at most 600.

    ``unseen`` are blocks to be passed over as if they had been lost (for learning from headings that are there).
    """
    page_furniture = furniture(document)
    heading_blocks = heading_block_indexes(document)
    breaks = page_break_offsets(document)
    frequent = everyday_words(document)
    units: list[Unit] = []
    after_page = after_heading = False
    last_end = area.start
    lost_gap = ""
    for block in document.blocks_in(area):
        if len(units) >= 600:
            break
        if block.span.start == area.start and block.index in heading_blocks:
            last_end = block.span.end
            continue
        if block.index in unseen:
            lost_gap = document.text[last_end : block.span.start]
            last_end = block.span.end
            continue
        if page_furniture.is_furniture(block.index):
            after_page = True
            continue
        if block.index in heading_blocks:
            after_heading = True
            last_end = block.span.end
            continue
        text = block.prose.text
        if not text.strip():
            continue
        gap = lost_gap or document.text[last_end : block.span.start]
        lost_gap = ""
        if any(last_end <= at <= block.span.start for at in breaks.get(block.index, ())):
            after_page = True
        words = words_of(text[:2400])[:200] or (text.strip()[:12],)
        number, arabic = opening_number(text)
        units.append(
            Unit(
                block=block.index,
                start=block.span.start,
                words=words,
                length=len(words) if len(text) <= 2400 else text.count(" ") + 1,
                enumerator=number,
                paragraph_number=arabic,
                opens_lower=_opens_lower(text),
                ending=_ending(text),
                title_like=is_title_like(text),
                glued_title=_has_glued_title(text, frequent),
                after_page=after_page,
                after_heading=after_heading,
                blank_lines=max(0, gap.count("\n") - 1),
                item=block.kind in ("list_item", "table", "note", "code", "html") or text.lstrip()[:1] in '-–—•·«“"„*',
                text_kind=block.kind in TEXT_KINDS,
            )
        )
        after_page = after_heading = False
        last_end = block.span.end
    return units


@fact
def heading_block_indexes(document: Document) -> frozenset[int]:
    """Blocks that are nothing but the heading of a division."""
    found = set()
    for division in outline(document).divisions:
        source = division.source
        if (
            source is None
            or source.form in ("marked", "alone")
            or (source.form == "titled" and source.fresh and source.span.end >= document.blocks[source.block].span.end)
        ):
            found.add(division.block)
        if division.title_block is not None:
            found.add(division.title_block)
    return frozenset(found)


@fact
def everyday_words(document: Document) -> frozenset[str]:
    """Words that stand in lower case five times or more in the document's first 1,500 blocks."""
    counts: Counter[str] = Counter()
    for block in document.blocks[:1500]:
        counts.update(w for w in block.prose.text[:1000].split() if w.islower())
    return frozenset(w for w, n in counts.items() if n >= 5)


@fact
def page_break_offsets(document: Document) -> dict[int, tuple[int, ...]]:
    """Page breaks that the format marks, by the index of the first block after them."""
    result: dict[int, list[int]] = {}
    at = 0
    for offset in document.page_breaks:
        while at < len(document.blocks) and document.blocks[at].span.start < offset:
            at += 1
        if at < len(document.blocks):
            result.setdefault(at, []).append(offset)
    return {key: tuple(value) for key, value in result.items()}
