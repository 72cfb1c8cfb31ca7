"""Enumerator marks: places that read like the number of a paragraph or point, each looked at by itself.

``1.`` ``1)`` ``(1)`` ``(a)`` ``a.`` ``A.`` ``(iv)`` ``1.2.`` ``1°`` ``§ 1`` ``一、`` ``（一）`` ``أ)`` ``1 -`` and the
bare ``1 Text`` of Swiss statutes; at the beginning of a block or line, directly after another mark ("2. (a) …"), or
inside a sentence ("(i) …; (ii) …"). Whether a mark counts is for its list to say
(`auditor.analysis.enumerators.lists`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Literal

import msgspec

from auditor.analysis.enumerators.readings import Reading, readings_of
from auditor.analysis.furniture import furniture
from auditor.analysis.labels import label_at
from auditor.analysis.mentions.dates import months
from auditor.analysis.mentions.reference_words import data_of_references, reference_words
from auditor.analysis.mentions.running_text import RunningText, line_starts, running_text
from auditor.analysis.outline import Outline, outline
from auditor.analysis.outline.headings import headings
from auditor.analysis.quoted import quoted_blocks
from auditor.document import Document

Place = Literal["block", "line", "after", "inline"]

#: Kinds of headings that end the lists before them even where they are quoted.
_ARTICLES = frozenset({"article", "rule", "regulation", "section", "clause", "chapter", "part", "title"})
#: In blocks; a straight mark that is not closed within so many opens no quotation.
_LONGEST_QUOTATION = 40


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A place that reads like an enumerator.

    start, end    offsets in the running text; from its opening to its closing character
    token         what stands between them: "a", "12", "iv"
    opener, closer  "(" and ")", "" and "."; the closer of a bare number is ""
    weight        how much it looks like an enumerator (0.2: might be anything; 1.6: hardly anything else)
    where         its block's place in the running text
    boundary      how many divisions begin before it
    quoted        0, or which quotation of several blocks it stands in: its numbers are another text's
    """

    start: int
    end: int
    token: str
    opener: str
    closer: str
    readings: tuple[Reading, ...]
    place: Place
    weight: float
    where: int
    boundary: int
    quoted: int = 0


class Boundary(msgspec.Struct, frozen=True, gc=False):
    """The beginning of a division, in the running text: ``top`` for an annex and the like, ``counted`` where the
    division has a number, ``value`` that number (0 without), ``bare`` where no label word stands before it.
    Headings that belong to no division of the outline (those of a quoted law) are boundaries too: ``division`` is the
    one that they stand in, or -1."""

    at: int
    division: int
    top: bool
    counted: bool
    value: int
    bare: bool = False


class Marks(msgspec.Struct, frozen=True):
    """The marks of a document in their order, and the divisions that begin between them."""

    run: RunningText
    marks: tuple[Mark, ...]
    boundaries: tuple[Boundary, ...]


# ------------------------------------------------------------------------------------------------ one token

_SUFFIX = r"(?:[ \xa0]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|бис|مكررا?ً?)|[a-zA-Z]{1,2})"
_FIGURES = rf"\d{{1,3}}{_SUFFIX}?"
_LETTERS = r"[ivxlIVXL|1]{1,7}|[lI|OoSZBЗзб]{1,2}\d{1,2}|[^\W\d_]{1,2}ـ?"
_HAN = r"[一二三四五六七八九十百]{1,4}"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3}){1,5}"

# ------------------------------------------------------------------------------------------------ openings

# Before a mark may stand the marks of amendments ("F12[", in Italian texts "((") and of a box of asterisks ("**").

_BLANK = "[ \t\xa0\u3000\u202f]"
_OPENING = re.compile(
    rf"[\n\x00]{_BLANK}*(?:[A-Z]?\d{{0,3}}\[{_BLANK}?){{0,3}}(?:\(\((?=\w)|\*\*[ ])?(?P<quote>[“„«\"「『])?(?P<mark>"
    rf"[(（\[]{_BLANK}?(?P<both>{_FIGURES}|{_LETTERS}|{_HAN}){_BLANK}?[)）\]]\.?"
    rf"|(?P<decimal>{_DECIMAL})(?P<closed>[.)])?(?={_BLANK}|\x00|\n)"
    rf"|(?P<sign>§{_BLANK}?)(?P<section>{_FIGURES})\.?"
    rf"|(?P<figure>{_FIGURES})(?P<stop>{_BLANK}?(?:[°ºª]\.?[)-]?|\)(?:[.-]|\.-)?|\.(?:{_BLANK}?[-–—]+|\))?"
    rf"|[、．]|{_BLANK}?[-–—](?={_BLANK})|[-–—](?=[^\W\d_])|:))"
    rf"|(?P<letter>{_LETTERS})(?P<end>{_BLANK}?\)(?:[.-]|\.-)?|\.(?:{_BLANK}?[-–—]+|\))?(?=[\s\x00(]))"
    rf"|(?P<han>{_HAN})(?P<comma>[、．.])"
    rf"|(?P<bare>{_FIGURES})(?=[ \xa0\t\u3000]+[^\W\d_(«“\"(]|[ \xa0\t\u3000]*[\n\x00])"
    r")"
)
#: The number of a note that wrapped to a line of its own.
_NO_MARK = re.compile(r"\[\d{1,3}\][ \t]*[\n\x00]")
_AFTER = re.compile(
    rf"{_BLANK}*[—–-]?{_BLANK}*(?:[A-Z]?\d{{0,3}}\[){{0,3}}"
    rf"(?:(?P<opener>[(（])(?P<both>{_FIGURES}|{_LETTERS})[)）]|(?P<one>\d{{1,2}}|[^\W\d_])\)"
    rf"|(?P<letter>[a-z])\.(?={_BLANK}))(?={_BLANK}|[—–-]|\(|[^\W\d_])"
)
_INLINE_END = re.compile(r"\)[ \t\n\xa0]")
_INLINE = re.compile(r"[ \t\n\xa0;:,.—–-](?P<opener>\(?)(?P<token>\d{1,2}|[ivxl1|]{1,6}|[IVX]{1,5}|[^\W\d_]ـ?)\)")
_LONGEST_INLINE = 9
_NEXT_WORD = re.compile(r"[ \t\n\xa0]*([^\W\d_]+|\S?)")
_LAST_WORD = re.compile(r"([^\W_]+\.?|\S)[ \t\n\xa0]*$")
_LISTED = re.compile(r"(?:[(]\w{1,5}[)]|\d[a-z]?|§)[ \t\n\xa0,]*$")
_PAIRED = {"(": ")", "（": "）", "[": "]"}
_OPENING_QUOTES = frozenset('«“"„「『»')


@cache
def conjunctions() -> frozenset[str]:
    """The words for "and" and "or" in every language that references are read in."""
    words = {word for table in data_of_references().values() for word in table.get("list", ()) if word.isalpha()}
    return frozenset(words)


def _closer(text: str) -> str:
    """What kind of closing a mark has, without what is only spacing or a dash before the text."""
    text = text.strip(" \t\xa0\u3000\u202f")
    if not text:
        return ""
    first = text[0]
    if first in "°ºª":
        return "°"
    if first in ")）]":
        return ")"
    if first in "-–—":
        return "-"
    return "." if first == "．" else first


def _stretches(run: RunningText, quoted: frozenset[int]) -> dict[int, int]:
    """Places of quoted blocks, with the number of the quotation that they belong to."""
    found: dict[int, int] = {}
    number = 0
    straight = _in_straight_quotes(run)
    for place, block in enumerate(run.blocks):
        if block.index in quoted or place in straight:
            number += place - 1 not in found
            found[place] = number
    return found


def _in_straight_quotes(run: RunningText) -> set[int]:
    """Places of blocks that lie between straight quotation marks: one opens its block, the other closes a later one."""
    found: set[int] = set()
    if '"' not in run.text:
        return found
    opened: int | None = None
    for place, block in enumerate(run.blocks):
        text = block.prose.text
        if '"' not in text:
            if opened is not None and place - opened > _LONGEST_QUOTATION:
                opened = None
            continue
        odd = text.count('"') % 2 == 1
        if opened is None:
            if odd and text.startswith('"'):
                opened = place
        elif odd:
            if text.rstrip(" .;,)]").endswith('"'):
                found.update(range(opened, place + 1))
            opened = None
    return found


def is_cited(before: str) -> bool:
    """Whether a number in brackets after this text is cited: "paragraph (b)", "2 (a), (b)", "(a) and (b)"."""
    before = before.rstrip()
    last = before[-1:]
    if last in (",", "،", "，"):
        return _LISTED.search(before[:-1]) is not None
    if last.isdigit():
        return True
    word = _LAST_WORD.search(before)
    if word is None or not word.group(1)[:1].isalpha():
        return False
    if word.group(1).casefold() in conjunctions():
        return _LISTED.search(before[: word.start()].rstrip()) is not None
    return label_at(before, word.start()) is not None


class _Finder:
    """Reads the marks of a document; holds what every look-up needs."""

    def __init__(self, document: Document) -> None:
        self.run = running_text(document)
        self.text = self.run.text
        plan = outline(document)
        self.skipped, self.heads, self.boundaries = self._divisions(document, plan)
        self.starts = [boundary.at for boundary in self.boundaries]
        self.found: dict[int, Mark] = {}
        self.months = months()
        self.lines = line_starts(document)

    def _divisions(self, document: Document, plan: Outline) -> tuple[set[int], dict[int, int], tuple[Boundary, ...]]:
        """Places of blocks without marks of their own; where text goes on behind a heading in the same block; and the
        boundaries."""
        run = self.run
        places = {block.index: place for place, block in enumerate(run.blocks)}
        page_furniture = furniture(document)
        self.quoted = _stretches(run, quoted_blocks(document))
        skipped = {
            place
            for place, block in enumerate(run.blocks)
            if block.kind in ("table", "note") or page_furniture.is_furniture(block.index)
        }
        heads: dict[int, int] = {}
        boundaries = []
        for division in plan.divisions:
            where = places.get(division.block)
            if where is None:
                continue
            base = run.starts[where]
            block = run.blocks[where]
            source = division.source
            at = base
            if source is not None:
                if not source.fresh:
                    at = base + block.prose.prose_offset(division.heading.start)
                heads[at] = base + block.prose.prose_offset(division.heading.end)
            value = division.number.value if division.number is not None else 0
            boundaries.append(
                Boundary(
                    at, division.index, division.kind in ("annex", "appendix", "schedule", "protocol"),
                    division.number is not None, value, source is not None and source.number.label is None,
                )
            )  # fmt: skip
        known = {boundary.at for boundary in boundaries}
        starts = [division.start for division in plan.divisions]
        for heading in headings(document):
            where = places.get(heading.block)
            if where is None or heading.form == "run-in" or not heading.number.readings:
                continue
            at = run.starts[where]
            if not heading.fresh:
                at += run.blocks[where].prose.prose_offset(heading.span.start)
            if at not in known and heading.number.kind in _ARTICLES:
                around = bisect_right(starts, heading.start) - 1
                boundaries.append(Boundary(at, around, False, True, heading.number.readings[0].value))
                heads[at] = run.starts[where] + run.blocks[where].prose.prose_offset(heading.span.end)
        boundaries.sort(key=lambda boundary: boundary.at)
        return skipped, heads, tuple(boundaries)

    def all(self) -> Marks:
        """Every mark, in order."""
        text = self.text
        starts = self.run.starts
        kinds = [block.kind for block in self.run.blocks]
        for at in self.lines:
            match = _OPENING.match(text, at)
            if match is None:
                continue
            start = match.start("mark")
            where = self._place(start)
            if where in self.skipped:
                continue
            line = text[match.start()] == "\n"
            if start in self.heads or (starts[where] in self.heads and not line):
                continue
            if match.start("quote") >= 0 and where not in self.quoted:
                continue
            if _NO_MARK.match(text, start):
                continue
            self._opening(match, where, line, kinds[where] == "heading")
        for head in self.heads.values():
            where = self._place(head)
            if where not in self.skipped:
                self._after(head, where, 1.2)
        for end in _INLINE_END.finditer(text):
            stop = end.start() + 1
            if text[stop - 2] == " ":
                continue
            inline = _INLINE.search(text, max(0, stop - _LONGEST_INLINE), stop)
            if inline is not None and inline.end() == stop and inline.start("token") not in self.found:
                self._inline(inline)
        ordered = tuple(mark for _, mark in sorted(self.found.items()))
        return Marks(self.run, ordered, self.boundaries)

    def _add(
        self, start: int, end: int, token: str, opener: str, closer: str, place: Place, weight: float, where: int,
        token_at: int,
    ) -> bool:  # fmt: skip
        readings = readings_of(token)
        if not readings:
            return False
        boundary = bisect_right(self.starts, start)
        if boundary:
            head = self.boundaries[boundary - 1]
            # "##### 3 Expenses" and then "3.—(1) …": the text repeats its heading's number.
            repeats = head.counted and place == "block" and readings[0] == Reading(head.value, "digits")
            dash = self.text[end - 1] in "—–-"
            if repeats and (dash or (head.bare and closer in (".", ""))) and self._place(head.at) == where - 1:
                return True
        self.found[token_at] = Mark(
            start, end, token, opener, closer, readings, place, weight, where, boundary, self.quoted.get(where, 0)
        )
        return True

    def _opening(self, match: re.Match[str], where: int, line: bool, heading: bool) -> None:
        text = self.text
        start, end = match.span("mark")
        kind = match.lastgroup
        group = match.group
        opener = ""
        following = text[end : end + 1]
        if (token := group("both")) is not None:
            opener = "("
            closer = ")"
            token_at = match.start("both")
            weight = 1.6
        elif (token := group("decimal")) is not None:
            closer = group("closed") or ""
            token_at = match.start("decimal")
            weight = 1.0 if closer else 0.7
        elif (token := group("section")) is not None:
            opener, closer = "§", ""
            token_at = match.start("section")
            weight = 1.2
        elif (token := group("figure")) is not None:
            closer = _closer(group("stop"))
            token_at = match.start("figure")
            if closer in (".", ":") and following and (following.isdigit() or following in ",/%."):
                return
            weight = {".": 1.5, ")": 1.5, "°": 1.4, "、": 1.5, "．": 1.5, "-": 0.7, ":": 0.3}.get(closer, 0.5)
            if closer == "." and following.isalpha():
                weight = 0.9
        elif (token := group("letter")) is not None:
            closer = _closer(group("end"))
            token_at = match.start("letter")
            weight = 1.5 if closer == ")" else 1.3 if token.islower() and len(token) == 1 else 0.9
            if closer == "." and len(token) == 2 and token.isalpha() and not set(token.casefold()) <= set("ivxl|"):
                return  # "Dr.", "No."
        elif (token := group("han")) is not None:
            closer = _closer(group("comma"))
            token_at = match.start("han")
            weight = 1.5
        else:
            token = group("bare")
            closer = ""
            token_at = match.start("bare")
            weight = 0.4
        assert kind is not None
        word = _NEXT_WORD.match(text, end)
        next_word = word.group(1) if word is not None else ""
        if opener == "" and next_word.casefold() in self.months:
            weight = min(weight, 0.1)
        bare = closer == "" and opener == "" and "." not in token
        if bare and next_word[:1].islower() and not _AFTER.match(text, end):
            weight = 0.15
        if next_word[:1] in ",;":
            weight = min(weight, 0.3)
        elif word is not None and next_word in conjunctions():
            behind = text[word.end() : word.end() + 3].strip()[:1]
            cited = behind == "(" or behind.isdecimal()
            weight = min(weight, 0.2) if cited else weight  # "(b) and (c) above"
        if line:
            weight = min(weight, self._after_line(match.start()) * weight)
        if heading:
            weight = min(weight, 0.3)
        announced = text[match.start()] == "\x00" and text[match.start() - 1] in ":：" and where not in self.quoted
        if weight > 0.2 and announced and self._amends(match.start()):
            first = any(reading.value == 1 for reading in readings_of(token))
            weight = weight if first else 0.2  # "paragraph 2 is replaced by the following:"
        if self._add(start, end, token, opener, closer, "line" if line else "block", weight, where, token_at):
            self._after(end, where, weight)

    def _place(self, at: int) -> int:
        """The place of the block that an offset of the running text lies in."""
        return bisect_right(self.run.starts, at) - 1

    def _amends(self, at: int) -> bool:
        """Whether the block that ends at a place announces the text of another law."""
        start = max(self.text.rfind("\x00", 0, at) + 1, at - 300)
        return reference_words().amends(self.text[start:at])

    def _after_line(self, at: int) -> float:
        """How much the line before lets a new item begin."""
        text = self.text
        before = text[max(0, at - 30) : at].rstrip()
        last = before[-1:]
        if last in ".;:!?。；：)”»،؛" or last in "—–":
            return 1.0
        word = _LAST_WORD.search(before)
        if word is not None and word.group(1).casefold() in conjunctions():
            return 0.9 if before[: word.start()].rstrip()[-1:] in (";", ",", "؛", "،", "；") else 0.15
        line = text[text.rfind("\n", 0, at) + 1 : at]
        if "\x00" in line:
            line = line[line.rfind("\x00") + 1 :]
        if last == "," or (last.isdigit() and "..." in line):
            return 0.5 if last == "," else 1.0
        return 0.6 if len(line) < 50 and line[:1].isupper() else 0.15

    def _after(self, end: int, where: int, weight: float) -> None:
        """Marks that follow directly upon another: "2. (a) (i) …"."""
        text = self.text
        stop = self.run.starts[where] + len(self.run.blocks[where].prose.text)
        for _ in range(3):
            match = _AFTER.match(text, end, stop)
            if match is None:
                return
            name = next(name for name in ("both", "one", "letter") if match.group(name) is not None)
            token = match.group(name)
            opener = "(" if name == "both" else ""
            closer = "." if name == "letter" else ")"
            start = match.start("opener") if name == "both" else match.start(name)
            end = match.start(name) + len(token) + 1
            if match.start(name) in self.found:
                return
            if not self._add(start, end, token, opener, closer, "after", min(weight, 1.2), where, match.start(name)):
                return

    def _inline(self, match: re.Match[str]) -> None:
        text = self.text
        token_at = match.start("token")
        token = match.group("token")
        opener = match.group("opener")
        start = match.start("opener") if opener else token_at
        where = self._place(start)
        if where in self.skipped or start == self.run.starts[where]:
            return
        following = _NEXT_WORD.match(text, match.end())
        word = following.group(1) if following is not None else ""
        if not word or not (word[0].isalpha() or word[0] in "«“\"'‘["):
            return
        listed = following is not None and text[following.end() : following.end() + 2].strip()[:1] == "("
        if listed and word.casefold() in conjunctions():
            return  # "(b) and (c)"
        weight = self._inline_weight(start, token, opener)
        if weight > 0:
            self._add(start, match.end(), token, opener, ")", "inline", weight, where, token_at)

    def _inline_weight(self, start: int, token: str, opener: str) -> float:
        """How much a mark inside a sentence looks like a member of a run; 0 where it is cited rather than counted."""
        text = self.text
        before = text[max(0, start - 40) : start].rstrip()
        if not before or before[-1] == "\x00":
            return 0.0
        last = before[-1]
        if not opener and before.rfind("(") > before.rfind(")"):
            return 0.0  # the end of a parenthesis
        if last in ";；:：؛":
            return 1.0
        if last in "—–":
            return 0.8
        if is_cited(before):
            return 0.0
        if last in ",،，":
            return 0.6
        if last == ".":
            return 0.5
        if last in ")]":
            return 0.9 if start > 0 and text[start - 1] in " \xa0" and self._follows_mark(start) else 0.0
        word = _LAST_WORD.search(before)
        if word is None or last.isdigit():
            return 0.0
        name = word.group(1)
        if name.casefold() in conjunctions():
            rest = before[: word.start()].rstrip()
            return 0.9 if rest[-1:] in (";", "；", "؛") else 0.6 if rest[-1:] in (",", "،") else 0.4
        if not last.isalpha() or (not opener and len(token) > 1):
            return 0.0
        return 0.35 if any(r.value == 1 and not r.damaged for r in readings_of(token)) else 0.0

    def _follows_mark(self, start: int) -> bool:
        back = start - 1
        while back > 0 and self.text[back] in " \xa0":
            back -= 1
        return any(at in self.found and self.found[at].end == back + 1 for at in range(max(0, back - 7), back))


def find_marks(document: Document) -> Marks:
    """Every place of the document that reads like an enumerator, in order."""
    return _Finder(document).all()
