"""Seams: where one block of running text ends and the next begins, and whether a sentence runs across.

A block that ends without a mark, followed by one that opens with a small letter, is one sentence in two blocks. What
lies between (page furniture, a footnote, a table) is what cut it. Items of lists, numbered points and preambles,
which open with small letters by right, are told apart by their marks: an item ends with a comma or semicolon, or
opens with a number or bullet.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from auditor.analysis.enumerators.marks import conjunctions
from auditor.analysis.fact import fact
from auditor.analysis.footnotes import footnotes
from auditor.analysis.furniture import Item, furniture
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.outline.endings import open_bracket, open_word
from auditor.analysis.outline.stretches import heading_block_indexes
from auditor.document import Block, Document, Span

#: How a block ends: with a full stop, with a mark inside a sentence, with a hyphen in a word, with a word that ends
#: no sentence, inside a bracket, or with any other word.
Ending = Literal["stop", "clause", "hyphen", "open word", "open bracket", "word"]
#: How a block begins: with a small letter, a capital, a number or letter that counts, a letter without case, or else.
Opening = Literal["small", "capital", "number", "caseless", "heading", "other"]

_TEXT = frozenset({"paragraph", "list_item", "quotation"})
_STOPS = frozenset(".!?…。！？؟۔։።।॥")
_CLAUSES = frozenset(",;:،؛，；：、–—-")
_CLOSERS = "\"'”’»)]›」』）*_†"
_HYPHENS = "-\u00ad\u2010¬"
#: The number, letter or bullet of an item: "(a)", "a)", "1.", "iv.", "1.2", "–", "•".
_ITEM = re.compile(
    r"[-–—•·▪◦●○■□*§+►➢✓~]|o(?= )|[(\[（][^\W_]{1,7}[)\]）]"
    r"|(?:[^\W\d_]{1,2}|[ivxlcdmIVXLCDM]{1,7}|\d{1,4}(?:\.\d{1,4}){0,4})[.)°:](?=\s|$)"
    r"|\d{1,4}(?:\.\d{1,4})*(?=\s|$)|[一二三四五六七八九十百]{1,4}[、.．]"
)
_OPENERS = "\"'“‘«„「『*_¿¡"
#: "fields.3", "locations.^[6]", "Act.1)": the marker of a note behind the end of a sentence.
_NOTE_MARKER = re.compile(r"(?<=[.!?;:,…”\"’»)])\^?[\[(]?\d{1,3}[\])]?$")
#: "…; and", in whatever language: a short word behind a mark.
_LAST_BUT_ONE = re.compile(r"[;,،؛；] \w{1,4}$")
_SECTION_NUMBER = re.compile(r"\n\d[\d.]*$")
#: The rest of a broken word behind the number of a note, which a converter took for that of the paragraph.
_BEHIND_NUMBER = re.compile(r"\d{1,3} [^\W\d_A-ZÄÖÜА-Я]")
_WORD_BEFORE_HYPHEN = re.compile(r"[^\W\d_]{2,}$")


class Seam(msgspec.Struct, frozen=True, gc=False):
    """Two blocks of running text that follow each other.

    before, after  the blocks
    ending         how the first ends; ``last`` is the word that ends no sentence, or the bracket left open
    opening        how the second begins
    item           whether the second opens as an item of a list does
    furniture      page furniture between the two
    between        indexes of other blocks between them (tables, notes, headings are never among these)
    words          of the first, about
    """

    before: Block
    after: Block
    ending: Ending
    last: str
    opening: Opening
    item: bool
    furniture: tuple[Item, ...]
    between: tuple[int, ...]
    words: int

    @property
    def runs_on(self) -> bool:
        """Whether one sentence runs across: no end here, no beginning there."""
        return self.ending in ("hyphen", "open word", "open bracket", "word") and self.opening == "small"


@fact
def seams(document: Document) -> tuple[Seam, ...]:
    """The seams between blocks of running text, in order, those that can only be between sentences left out.

    A table or code ends what is before it; page furniture and footnotes do not.
    """
    known = furniture(document)
    notes = note_blocks(document)
    codes = languages(document)
    heads: frozenset[int] | None = None
    found: list[Seam] = []
    before: Block | None = None
    text = ""
    between: list[int] = []
    for block in document.blocks:
        if known.blocks and block.index in known.blocks:
            continue
        kind = block.kind
        if kind == "note" or block.index in notes or (kind == "html" and not block.prose.text.strip()):
            between.append(block.index)
            continue
        if kind not in _TEXT and kind != "heading":
            before = None
            continue
        current = block.prose.text
        if before is not None and text and text[-1] not in _STOPS and text[-1] not in ";:؛；：":
            ending, last = _ending(text, codes[before.index])
            if ending != "stop":
                if heads is None:
                    heads = heading_block_indexes(document)
                if before.index not in heads:
                    opening, item = _opening(current, block)
                    if block.index in heads:
                        opening, item = "heading", False
                    if ending == "hyphen" and _BEHIND_NUMBER.match(current):
                        opening, item = "small", False
                    within = known.within(Span(before.span.end, block.span.start)) if known.items else ()
                    found.append(
                        Seam(before, block, ending, last, opening, item, within, tuple(between), len(text.split()))
                    )
        before, text, between = (None if kind == "heading" else block), current.rstrip(), []
    return tuple(found)


def note_blocks(document: Document) -> frozenset[int]:
    """Indexes of the blocks that open with a footnote, or with the rule above one; those of Markdown left out."""
    run = running_text(document)
    found = set()
    for note in footnotes(document).notes:
        if note.form == "markdown":
            continue
        at = run.block_at(note.at)
        if at >= 0 and not run.text[run.starts[at] : note.at].strip("_‾―─ \n\t"):
            found.add(run.blocks[at].index)
    return frozenset(found)


def _ending(text: str, language: str) -> tuple[Ending, str]:
    if text[-1] in "0123456789])" and (marker := _NOTE_MARKER.search(text)):
        text = text[: marker.start()]
    bare = text.rstrip(_CLOSERS)
    last = bare[-1:]
    if last in _STOPS or (bare != text and last in _CLAUSES):
        return "stop", ""
    if last in _HYPHENS and bare == text and (part := _WORD_BEFORE_HYPHEN.search(text[-40:-1])):
        return "hyphen", part[0] + last
    if last in _CLAUSES or _LAST_BUT_ONE.search(text[-8:]):
        return "clause", last
    if last.isdigit() and _SECTION_NUMBER.search(text[-20:]):
        return "stop", ""
    if bare == text:
        if word := open_word(text, language):
            ands = word.casefold() in conjunctions()
            # "…; and" ends an item of a list.
            return ("clause", word) if ands and text[: -len(word)].rstrip()[-1:] in _CLAUSES else ("open word", word)
        if "(" in text[-300:] and text.rfind("(") > text.rfind(")") and (mark := open_bracket(text)):
            return "open bracket", mark
    return "word", ""


def _opening(text: str, block: Block) -> tuple[Opening, bool]:
    if block.kind == "heading":
        return "heading", False
    item = block.kind == "list_item" or _ITEM.match(text) is not None
    head = text[:12].lstrip(_OPENERS)[:1]
    if head.islower():
        return "small", item
    if head.isupper():
        return "capital", item
    if head.isdigit():
        return "number", item
    return ("caseless" if head.isalpha() else "other"), item
