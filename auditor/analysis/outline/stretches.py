"""Stretches: the blocks between two headings, as units that a lost heading may have stood before."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.numerals import Numeral, read_numerals
from auditor.analysis.outline.divisions import outline
from auditor.analysis.outline.headings import is_title_like
from auditor.document import TEXT_KINDS, Block, Document, Span

WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
#: Closing quotation marks and brackets, and note marks such as "(*)" or "[12]", behind the end of a sentence.
_NOTE_MARKS = re.compile(r"(?:[»”\"'’)\]_*†‡\s¹²³]|[(\[][*†‡\d]{0,3}(?=[)\]]))+$")
_NOTED = re.compile(r"(?:[(\[][*†‡\d]{1,3}[)\]]|[*†‡¹²³])\s*$")
_ENUMERATOR = re.compile(r"\s*[\[(«“\"]?\s*")
_PARAGRAPH_ONE = re.compile(r"[ \xa0.]?[-–—]?[ \xa0]?(\(1\)|1\)|1\.)")
_DASH = re.compile(r"[ \xa0]?[-–—]")
#: A number behind the end of a sentence, inside a block: "… is due. 3. The Board …".
_INNER_NUMBER = re.compile(r"[.;:!?)][\s\xa0]+(\(?)(\d{1,2})([.)])(?=[\s\xa0])")
_STYLES = {
    "arabic": "1", "arabic-indic": "1", "fullwidth": "1", "han": "1", "roman-lower": "i", "roman-upper": "I",
    "latin-upper": "A", "cyrillic-upper": "A", "greek-upper": "A",
}  # fmt: skip
_PARAGRAPH_STYLES = frozenset({"arabic", "arabic-indic", "han", "fullwidth"})
_LARGEST_BARE = 99


Ending = Literal["stop", "colon", "comma", "none"]


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A block of a stretch, with what matters for a heading that may be missing before it.

    start          where the block begins, marks included
    words          its words, case folded, in order (at most 200); its first characters where it has no words
    length         how many words it has
    enumerator     value of the number that it opens with, 0 for none; ``paragraph_number`` if that is Arabic
    readings       all values that the number may have ("(i)" is one or nine)
    last_number    the number that its text has reached when it ends: paragraphs may be counted inside a block
    form           how its opening looks: "(1)", "1.", "1", "a)", "-" for an item without a number, "(" and "*" where
                   words in brackets, in bold or in italics open it, "" for plain text
    inner_form     form of a second number directly behind the first: "(1)" in "5.—(1) Text"; else ""
    opens_lower    its first letter is lower case
    ending         how it ends: ``stop``, ``colon`` (or dash), ``comma`` (or semicolon), or ``none``
    noted          the mark of a note stands behind its end: "(*)", "[12]"
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
    readings: tuple[int, ...]
    last_number: int
    form: str
    inner_form: str
    paragraph_number: bool
    opens_lower: bool
    ending: Ending
    noted: bool
    title_like: bool
    glued_title: bool
    after_page: bool
    after_heading: bool
    blank_lines: int
    item: bool
    text_kind: bool


class Opening(msgspec.Struct, frozen=True, gc=False):
    """The number that a paragraph opens with: its likeliest value and all values, whether it is Arabic, the form in
    which it stands ("(1)", "a)"), the form of a number 1 directly behind it, and whether nothing follows."""

    value: int
    readings: tuple[int, ...]
    arabic: bool
    form: str
    inner_form: str
    alone: bool


def read_opening(text: str) -> Opening | None:
    """The number that a paragraph opens with: "1. Text", "(1) Text", "(a) Text", "一、", "1 Text" (a number that stood
    raised), or a number alone, "(1)"; not "10 years"."""
    match = _ENUMERATOR.match(text)
    at = match.end() if match else 0
    opened = text[at - 1 : at] if text[:at].strip()[-1:] in ("(", "[") else ""
    found: list[Numeral] = []
    form = ""
    end = 0
    for numeral in read_numerals(text, at):
        if numeral.damaged or numeral.style == "spelled" or (found and numeral.end != end):
            continue
        following = text[numeral.end : numeral.end + 1]
        closed = following in (")", "]", "）", "、", "．") or (following in (".", ":") and not opened)
        if not found:
            if closed and following:
                dash = "—" if following == "." and _DASH.match(text, numeral.end + 1) else ""
                form = f"{opened.strip()}{_STYLES.get(numeral.style, 'a')}{following}{dash}"
            elif not opened and _stands_raised(text, numeral):
                form = "1"
            else:
                continue
            end = numeral.end
        found.append(numeral)
    if not found:
        return None
    return Opening(
        value=found[0].value,
        readings=tuple(n.value for n in found),
        arabic=found[0].style in _PARAGRAPH_STYLES,
        form=form,
        inner_form=_first_paragraph(text, end + 1) if form[-1] in ".—" else "",
        alone=not text[end + 1 :].strip(),
    )


def _first_paragraph(text: str, at: int) -> str:
    match = _PARAGRAPH_ONE.match(text, at)
    return match[1] if match is not None else ""


def _stands_raised(text: str, numeral: Numeral) -> bool:
    """Whether a number without a mark numbers the paragraph: "1 The Board meets.", not "10 years", "1789 wurde"."""
    if numeral.style != "arabic" or numeral.suffix or not 0 < numeral.value <= _LARGEST_BARE:
        return False
    return text[numeral.end : numeral.end + 1] in (" ", "\xa0") and _is_capital(text[numeral.end + 1 :][:1])


def _is_capital(letter: str) -> bool:
    return letter.isalpha() and not letter.islower()


def opening_number(text: str) -> tuple[int, bool]:
    """The number that a paragraph opens with, as (value, Arabic or not); (0, False) for none.

    "1. Text", "(1) Text", "1) Text", "(a) Text", "a) Text", "一、" count; "10 years" doesn't, nor does a number alone.
    """
    opening = read_opening(text)
    if opening is None or opening.alone or opening.form == "1":
        return 0, False
    return opening.value, opening.arabic


def _reached(text: str, opening: Opening) -> int:
    """The last number of those that go on from the opening inside the block."""
    number = opening.value
    form = opening.form.rstrip("—")
    for match in _INNER_NUMBER.finditer(text):
        if int(match[2]) == number + 1 and f"{match[1]}1{match[3]}" == form:
            number += 1
    return number


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
    if end in ":：—–":
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
    number: Opening | None = None
    raised = 0
    for block in document.blocks_in(area):
        if len(units) >= 600:
            break
        if block.span.start == area.start and block.index in heading_blocks:
            last_end = block.span.end
            continue
        if block.index in unseen:
            lost_gap = document.text[last_end : block.span.start]
            last_end = block.span.end
            number = None
            continue
        if page_furniture.is_furniture(block.index):
            after_page = True
            continue
        if block.index in heading_blocks:
            after_heading = True
            number = None
            last_end = block.span.end
            continue
        text = block.prose.text
        if not text.strip():
            continue
        gap = lost_gap or document.text[last_end : block.span.start]
        lost_gap = ""
        if any(last_end <= at <= block.span.start for at in breaks.get(block.index, ())):
            after_page = True
        opening = read_opening(text)
        unit = _unit(
            document.text, block, text, opening, frequent, after_page, after_heading, max(0, gap.count("\n") - 1)
        )
        if number is not None and opening is None:
            units[-1] = _numbered(units[-1], unit)
        else:
            # A raised number that doesn't count on is a note's, at the line's end before it moved there.
            note = unit.form == "1" and raised + 1 not in unit.readings and 1 not in unit.readings
            if note:
                unit = msgspec.structs.replace(
                    unit, form="", enumerator=0, readings=(), last_number=0, paragraph_number=False
                )
            elif unit.form == "1":
                raised = unit.last_number
            if units and _goes_on(units[-1], unit, note):
                units[-1] = _joined(units[-1], unit)
            else:
                units.append(unit)
        number = opening if opening is not None and opening.alone else None
        after_page = after_heading = False
        last_end = block.span.end
    return units


def _unit(
    source: str,
    block: Block,
    text: str,
    opening: Opening | None,
    frequent: frozenset[str],
    after_page: bool,
    after_heading: bool,
    blank_lines: int,
) -> Unit:
    words = words_of(text[:2400])[:200] or (text.strip()[:12],)
    marked = block.kind == "paragraph" and source.startswith(("*", "_"), block.span.start)
    item = block.kind in ("list_item", "table", "note", "code", "html") or text.lstrip()[:1] in '-–—•·«“"„*'
    return Unit(
        block=block.index,
        start=block.span.start,
        words=words,
        length=len(words) if len(text) <= 2400 else text.count(" ") + 1,
        enumerator=0 if opening is None else opening.value,
        readings=() if opening is None else opening.readings,
        last_number=0 if opening is None else _reached(text, opening) if opening.arabic else opening.value,
        form=opening.form if opening is not None else "-" if item else _emphasis(text, marked),
        inner_form="" if opening is None else opening.inner_form,
        paragraph_number=opening is not None and opening.arabic,
        opens_lower=_opens_lower(text),
        ending=_ending(text),
        noted=_NOTED.search(text[-12:]) is not None,
        title_like=is_title_like(text) and (opening is None or not opening.alone),
        glued_title=_has_glued_title(text, frequent),
        after_page=after_page,
        after_heading=after_heading,
        blank_lines=blank_lines,
        item=item,
        text_kind=block.kind in TEXT_KINDS,
    )


def _emphasis(text: str, marked: bool) -> str:
    """How words that open a text stand out: in brackets, in bold or italics, or not at all."""
    return "(" if text.lstrip()[:1] in ("(", "（") else "*" if marked else ""


def _goes_on(before: Unit, unit: Unit, note: bool) -> bool:
    """Whether a block goes on with the sentence of the one before it: a page, a note or a converter divided it."""
    if before.ending != "none" or before.title_like or unit.after_heading or not (before.text_kind and unit.text_kind):
        return False
    return note or (unit.opens_lower and unit.form in ("", "*"))


def _joined(before: Unit, unit: Unit) -> Unit:
    return msgspec.structs.replace(
        before,
        words=(before.words + unit.words)[:200],
        length=before.length + unit.length,
        ending=unit.ending,
        noted=unit.noted,
    )


def _numbered(number: Unit, text: Unit) -> Unit:
    """A number that stands in a block of its own, and the text that it numbers, as one unit."""
    return msgspec.structs.replace(
        text,
        block=number.block,
        start=number.start,
        enumerator=number.enumerator,
        readings=number.readings,
        last_number=number.last_number,
        form=number.form,
        inner_form=number.inner_form,
        paragraph_number=number.paragraph_number,
        title_like=False,
        after_page=number.after_page,
        after_heading=number.after_heading,
        blank_lines=number.blank_lines,
        item=False,
        text_kind=True,
    )


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
