"""Sentences: where each one in the running text of a document begins and ends.

A mark of the end (``.``, ``!``, ``?``, ``…`` and those of other scripts) ends a sentence where white space and
something that may open one follow it. A full stop ends none

- before a small letter, or between two figures;
- behind an abbreviation that something always follows ("Mr.", "cf."), behind one that stands before a number
  ("Art. 5", "No. 7"), or behind one that may stand anywhere ("etc.", "U.N."), unless a word follows that opens
  sentences;
- behind a single capital, the initial of a name;
- behind the number of a paragraph or point ("1. The Parties", "as follows: 2. Goods"), and, in languages whose ordinals
  have a full stop, behind the day of a date ("am 3. Mai").

Semicolons and colons end no sentence: a paragraph of a resolution with its points is one, however long. A sentence
never runs over the end of a block; headings are sentences too, tables are none.

Data: ``data/sentences``, one file a language (own compilation).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.fact import fact
from auditor.analysis.languages import languages
from auditor.document import TEXT_KINDS, Block, Document, Span


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence, its closing mark and quotation marks included, without white space around it.

    block     index of the block that holds it
    start     offset of its first character in that block's prose, ``end`` the one after its last
    span      in the source
    language  that of the block (ISO 639-1, or ``und``)
    """

    block: int
    start: int
    end: int
    span: Span
    language: str

    def text(self, document: Document) -> str:
        """The sentence as a reader sees it; soft line breaks are ``\\n``."""
        return document.blocks[self.block].prose.text[self.start : self.end]


class _Stops(msgspec.Struct, frozen=True):
    """What a full stop may stand behind in a language; see the data."""

    never: frozenset[str]
    number: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    months: frozenset[str]


@cache
def _data(language: str) -> dict[str, list[str]]:
    path = Path(__file__).parent / "data" / "sentences" / f"{language}.toml"
    return tomli.loads(path.read_text("utf-8")) if path.exists() else {}


@cache
def _stops(language: str) -> _Stops:
    common, own = _data("any"), _data(language)

    def words(key: str) -> frozenset[str]:
        return frozenset((*common.get(key, ()), *own.get(key, ())))

    return _Stops(*(words(key) for key in ("never", "number", "may_end", "openers", "months")))


_CLOSERS = "\"'”’»›)\\]」』）】*_"
#: A mark of the end with what closes behind it. Marks of East Asian scripts need no space behind them.
_OTHER_ENDS = "\u061f\u06d4\u0964\u0589\u1362\u17d4"  # Arabic, Urdu, Devanagari, Armenian, Ethiopic, Khmer
_EAST_ASIAN_ENDS = "。！？"
_END = re.compile(rf"[.!?…{_OTHER_ENDS}]+[{_CLOSERS}]*(?=\s)|[{_EAST_ASIAN_ENDS}]+[{_CLOSERS}]*")
#: What stands before the next sentence's first word.
_OPENING = re.compile(r"[\s\"'“‘«‹„(\[¿¡「『（【—–*-]*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC = re.compile(r"[(\[]?(?:\d|[ivxlcdmIVXLCDM]+\b|[A-Za-zА-Яа-я]\)|[A-Z]\b|[а-яё]\b)")
_ELISION = re.compile(r"[^\W\d_]{1,3}['’](?=[^\W\d_])")
_ROMAN = re.compile(r"[IVXLCDM]+$|[ivxlcdm]+$")
#: How far back a token's beginning is looked for.
_LOOK_BACK = 24


def boundaries(text: str, language: str) -> list[int]:
    """Offsets in a block's prose behind which a new sentence begins, without the end of the text."""
    found: list[int] = []
    begin = 0
    for match in _END.finditer(text):
        at, end = match.span()
        if _ends(text, begin, at, end, language):
            found.append(end)
            begin = end
    return found


def _ends(text: str, begin: int, at: int, end: int, language: str) -> bool:
    """Whether the mark at ``at`` ends the sentence that began at ``begin``."""
    opening = _OPENING.match(text, end)
    after = opening.end() if opening is not None else end
    if after >= len(text):
        return False  # nothing follows: the end of the block ends it anyway
    mark = text[at]
    if mark in _OTHER_ENDS or mark in _EAST_ASIAN_ENDS:
        return True
    following = text[after]
    if following.islower():
        return False
    if mark != "." or text[at : at + 2] == "..":
        # "!" and "…" end a sentence before a capital; so does "?".
        return following.isupper() or following.isdecimal() or not following.isalpha()
    return _full_stop_ends(text, begin, at, after, _stops(language))


def _full_stop_ends(text: str, begin: int, at: int, after: int, stops: _Stops) -> bool:
    floor = max(begin, at - _LOOK_BACK)
    start = at
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in '([“«„"':
        start -= 1
    token = text[start:at].strip("'’‘*_")
    if not token:
        return True
    if token[-1] in ")]%°”»" or len(token) > 16:
        return True
    before = text[max(begin, start - _LOOK_BACK) : start].rstrip()
    word = _WORD.match(text, after)
    next_word = word.group() if word is not None else ""
    if token[0].isdecimal() or (len(token) <= 5 and _ROMAN.match(token)):
        return _number_ends(token, before, next_word, stops)
    token = _ELISION.sub("", token)
    small = token.lower()
    if len(next_word) == 1 and word is not None and text[word.end() : word.end() + 1] == ".":
        next_word = ""  # another initial
    if small in stops.never:
        return False
    if len(token) == 1:
        if small in stops.number and token.islower():
            return _NUMERIC.match(text, after) is None and next_word.lower() in stops.openers
        if small in stops.may_end and token.islower():
            return next_word.lower() in stops.openers
        # An initial ("J. Smith"), or a point's letter ("A. Goods"); behind a word ("annex A.") it may be a name.
        return bool(before) and next_word.lower() in stops.openers and before[-1].isalnum()
    if small in stops.may_end:
        return next_word.lower() in stops.openers
    if small in stops.number:
        return _NUMERIC.match(text, after) is None
    if "." in token and all(len(part) <= 2 for part in token.split(".")) and not token[-1].isdecimal():
        return next_word.lower() in stops.openers  # an abbreviation that no list knows: "D.R.C."
    return True


def _number_ends(token: str, before: str, next_word: str, stops: _Stops) -> bool:
    if not before or before[-1] in ":;.—–":
        return False  # the number of a paragraph or point
    if stops.months and token.isdecimal() and len(token) <= 2:
        return next_word.lower() in stops.openers
    return True


def _of_block(block: Block, language: str) -> list[Sentence]:
    text = block.prose.text
    found: list[Sentence] = []
    start = 0
    for end in (*boundaries(text, language), len(text)):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            first, last = start + left, start + right
            found.append(Sentence(block.index, first, last, block.prose.source_span(first, last), language))
        start = end
    return found


@fact
def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of all blocks of running text, in order."""
    found: list[Sentence] = []
    for block, language in zip(document.blocks, languages(document), strict=True):
        if block.kind in TEXT_KINDS and block.prose.text:
            found.extend(_of_block(block, language))
    return tuple(found)
