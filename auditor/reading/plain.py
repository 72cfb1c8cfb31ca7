"""Reading plain text: which line breaks end a paragraph, and which only a line.

Nothing in plain text says whether its lines are wrapped; the text itself shows it. Where many lines break in mid
sentence (no full stop before the break, a small letter after it; in scripts without small letters, lines of one
length without punctuation at their ends), the lines are wrapped, and the width is the length that most of them share.
Then a break is the end of a paragraph when the line had room for the next word and ends a sentence or clause, or when
the next line opens with a number or bullet, or looks like a heading or a folio. Otherwise every line is a paragraph.
It is decided for some hundred lines at a time, since documents are pasted together from others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.document import Block, Span, plain_prose
from auditor.reading.prose_view import ProseBuilder

_LINE = re.compile(r"([^\n\r\f]*)(\r\n|[\n\r\f]|\Z)")

#: Lines that are looked at together to tell whether they are wrapped, and how wide.
_STRETCH = 300

#: A number, letter or bullet that opens an item: "1.", "(a)", "b)", "1.2.3", "IV.", "（一）", "一、", "–".
_ENUMERATOR = re.compile(
    r"(?:[(（\[](?:\d{1,3}|[ivxlcdmIVXLCDM]{1,7}|[^\W\d_]{1,3})[)）\]]"
    r"|\d{1,3}(?:\.\d{1,3}){0,4}\s?[.)°](?=\s)|\d{1,3}(?:\.\d{1,3}){1,4}(?=\s)"
    r"|(?:[ivxlcdmIVXLCDM]{1,7}|[^\W\d_])[.)](?=\s)"
    r"|[一二三四五六七八九十百]{1,4}[、．.]"
    r"|[-–—•·▪◦‣○●■□*](?=\s))"
)

#: "(b) and (c)", "(b), …": an item's letter that is only mentioned.
_MENTIONED = re.compile(r"[(\[]\w{1,7}[)\]](?:[,;.]|\s+\w{1,3}\s+[(\[])")

_NUMERAL = r"(?:\d{1,4}|[IVXLCDM]{1,8})(?:[-‑ ]?(?:bis|ter|quater|[a-zA-Z]))?"

#: A division's label that fills a line: "Article 4", "PART I", "§ 5", "第一条", "المادة 1", "Article premier".
_LABEL = re.compile(
    rf"(?:§+\s*{_NUMERAL}|[^\W\d_][^\W\d_.]{{1,19}}\.?\s+{_NUMERAL}|{_NUMERAL}\s*§|第\s?[〇零一二三四五六七八九十百千\d]{{1,7}}\s?\w)"
    r"[.:：]?"
)

#: A label and a title after it, on one line: "Chapter II: Membership", "Article 5 – Scope".
_LABEL_AND_TITLE = re.compile(
    rf"(?:[^\W\d_][^\W\d_.]{{1,19}}\.?\s+{_NUMERAL}\s*[:.–—-]\s*\S|第[〇零一二三四五六七八九十百千\d]{{1,7}}\w[:：\s]\s*\S)"
)

#: What stands alone on a line at the head or foot of a page: folios, symbols, job numbers, bar codes, rules.
_FURNITURE = re.compile(
    r"[-–—\[(|]*\s*\d{1,5}\s*(?:/\s*\d{1,5})?\s*[-–—\])|]*"
    r"|\d{2}-\d{5}(?:\s*\(\w\))?(?:\s+\d{1,4}/\d{1,4})?|\d{1,4}/\d{1,4}\s+\d{2}-\d{5}"
    r"|\*\d{6,9}\*"
    r"|[A-Z]{1,5}(?:/[A-Z0-9.()-]+){1,6}"
    r"|[_\-–—=*~.·]{3,}"
)

_CLOSING = "\"'”’»)]}›＂』」）"
_SENTENCE_ENDS = frozenset(".;:!?…。；：！？؟؛։।")
_CLAUSE_ENDS = frozenset(",，、،")
_OPENING = "\"'“‘«([{‹„『「（¿¡"

#: Room left on a line, as a share of the width, that shows that it was not the width that broke it.
_ROOM_AFTER_SENTENCE = 0.85
_ROOM_AFTER_CLAUSE = 0.75
_ROOM = 0.6


def _is_han(character: str) -> bool:
    """Whether the character is Chinese or Japanese (kana, ideographs)."""
    return "\u2e80" <= character < "\ua000"


class _Line:
    """A line with something on it: its visible characters, and what decides about them."""

    __slots__ = ("capitals", "end", "ending", "first_word", "indent", "length", "lone", "opening", "start", "text")

    def __init__(self, text: str, start: int, indent: int) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.indent = indent
        self.length = len(text)
        first, last = text[0], text[-1]
        if last in _SENTENCE_ENDS or last in _CLAUSE_ENDS:
            self.ending = last
        else:
            self.ending = (text[-12:].rstrip(_CLOSING + "0123456789*†") or last)[-1]
        self.opening = (text[:8].lstrip(_OPENING) or first)[0] if first in _OPENING else first
        self.capitals = text.isupper()
        self.lone = len(text) <= 40 and (_FURNITURE.fullmatch(text) is not None)
        # Chinese and Japanese lines break anywhere, others at spaces.
        space = 1 if _is_han(self.opening) else text.find(" ")
        self.first_word = space if space >= 0 else len(text)

    @property
    def sentence_end(self) -> bool:
        """Whether a sentence (or an item of a list) ends with the line."""
        return self.ending in _SENTENCE_ENDS

    @property
    def clause_end(self) -> bool:
        """Whether a clause ends with the line."""
        return self.ending in _CLAUSE_ENDS


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, all of kind ``paragraph``: what is a heading is for the outline to say."""
    blocks: list[Block] = []
    for stretch in _stretches(text):
        wrapped, width = _wrapping(stretch)
        for group in stretch:
            first = widest = 0
            for at in range(1, len(group)):
                line, following = group[at - 1], group[at]
                widest = max(widest, line.length)
                if line.capitals and following.capitals and not line.lone and not following.lone:
                    parted = _titles_parted(line, following, widest)
                else:
                    parted = _parted(line, following, wrapped, width)
                if parted:
                    blocks.append(_block(text, group[first:at], len(blocks)))
                    first, widest = at, 0
            blocks.append(_block(text, group[first:], len(blocks)))
    return tuple(blocks)


def _lines(text: str) -> Iterator[tuple[str, int, bool]]:
    """The lines of a text without their ends, where they begin, and whether a page break ends them."""
    if "\r" in text or "\f" in text:
        for match in _LINE.finditer(text):
            yield match[1], match.start(), match[2] == "\f"
        return
    at = 0
    for line in text.split("\n"):
        yield line, at, False
        at += len(line) + 1


def _stretches(text: str) -> Iterator[list[list[_Line]]]:
    """Groups of lines without a blank line or page break between them, some hundred lines at a time."""
    stretch: list[list[_Line]] = []
    group: list[_Line] = []
    count = 0
    for line, start, ends_page in _lines(text):
        visible = line.strip()
        if visible:
            lead = 0 if line[0] == visible[0] else len(line) - len(line.lstrip())
            group.append(_Line(visible, start + lead, lead))
            count += 1
        if (not visible or ends_page) and group:
            stretch.append(group)
            group = []
            if count >= _STRETCH:
                yield stretch
                stretch, count = [], 0
        elif count >= 2 * _STRETCH and group[-1].sentence_end:
            stretch.append(group)
            group = []
            yield stretch
            stretch, count = [], 0
    if group:
        stretch.append(group)
    if stretch:
        yield stretch


def _wrapping(groups: Sequence[Sequence[_Line]]) -> tuple[bool, int]:
    """Whether the lines are wrapped, and at which width."""
    lengths: list[int] = []
    cased = continued = open_ended = 0
    lines = 0
    for group in groups:
        lines += len(group)
        for line, following in pairwise(group):
            if line.lone or following.lone or line.capitals or _LABEL.fullmatch(line.text):
                continue
            lengths.append(line.length)
            ends = line.sentence_end
            open_ended += not ends and not line.clause_end
            if following.opening.lower() != following.opening.upper():
                cased += 1
                if _hangs(line) or (not ends and following.opening.islower() and not _ENUMERATOR.match(following.text)):
                    continued += 1
    if not lengths:
        return False, 0
    width, share = _shared_length(sorted(lengths))
    if cased * 2 >= len(lengths):
        return continued * 4 >= cased, width
    if len(lengths) < 5 or len(lengths) * 3 < lines:
        return False, width
    return share >= 0.4 and open_ended * 10 >= 3 * len(lengths), width


def _shared_length(lengths: Sequence[int]) -> tuple[int, float]:
    """The length under which most lines come close together, and the share of lines that do. ``lengths`` rise."""
    best, width = 0, lengths[-1]
    for at, length in enumerate(lengths):
        count = at + 1 - bisect_left(lengths, length * 0.82)
        if count >= best:
            best, width = count, length
    return width, best / len(lengths)


def _parted(line: _Line, following: _Line, wrapped: bool, width: int) -> bool:
    """Whether a new block begins with the line that follows."""
    if line.lone or following.lone:
        return True
    if _LABEL.fullmatch(line.text) and not following.opening.islower():
        return True
    small = following.opening.islower()
    enumerated = _ENUMERATOR.match(following.text) is not None
    if following.indent >= line.indent + 2 and not small and _is_han(following.opening):
        return True  # a paragraph's first line is set in by two characters
    if not wrapped:
        if enumerated or line.capitals or line.sentence_end or (line.clause_end and not small):
            return True
        if _ends_in_conjunction(line):
            return True
        return not (_hangs(line) or (small and line.length >= 40))
    needed = line.length + 1 + following.first_word
    room = needed < _ROOM_AFTER_SENTENCE * width
    if enumerated:
        if line.sentence_end or room:
            return True
        return (line.clause_end or _ends_in_conjunction(line)) and not _MENTIONED.match(following.text)
    if _LABEL.fullmatch(following.text) and (line.sentence_end or room or following.text[-1] not in "."):
        return True
    if following.length < _ROOM * width and _LABEL_AND_TITLE.match(following.text) and (line.sentence_end or room):
        return True
    if line.sentence_end:
        if room and (not small or needed < _ROOM * width):
            return True
        return not small and following.indent >= line.indent + 2
    if small or _in_parentheses(line):
        return False
    if line.clause_end:
        return needed < _ROOM_AFTER_CLAUSE * width
    if needed >= _ROOM * width:
        return False
    return not _hangs(line)


def _titles_parted(line: _Line, following: _Line, widest: int) -> bool:
    """Whether a new title begins with the second of two lines in capitals; ``widest`` is the longest so far."""
    if _LABEL.match(line.text) or _LABEL.match(following.text) or _ENUMERATOR.match(following.text):
        return True
    return line.sentence_end or line.length + 1 + following.first_word <= widest


def _in_parentheses(line: _Line) -> bool:
    """Whether a parenthesis opened on the line is still open at its end."""
    return line.text.rfind("(") > line.text.rfind(")")


def _ends_in_conjunction(line: _Line) -> bool:
    """Whether the line ends as the last item but one does: "; and", ", y"."""
    head, _, last = line.text.rpartition(" ")
    return last.isalpha() and len(last) <= 4 and head[-1:] in (";", ",", "،")


def _hangs(line: _Line) -> bool:
    """Whether the line ends with a short small word ("of", "the", "de la"), which never ends a title."""
    last = line.text.rpartition(" ")[2]
    return last != line.text and last.isalpha() and last.islower() and len(last) <= 3 and not _ends_in_conjunction(line)


def _block(text: str, lines: Sequence[_Line], index: int) -> Block:
    first, last = lines[0], lines[-1]
    span = Span(first.start, last.end)
    prose = ProseBuilder(text)
    if first.text.startswith("<!--") and text.endswith("-->", first.start, last.end):
        # A remark among the paragraphs; plain text that holds one was meant for a program to read.
        return Block("html", span, 0, prose.prose(span.end), (), index)
    if len(lines) == 1:
        return Block("paragraph", span, 0, plain_prose(text, span), (), index)
    before: _Line | None = None
    for line in lines:
        if before is not None:
            if line.start == before.end + 1 and text[before.end] == "\n":
                prose.show(before.end, line.start)
            else:
                prose.stand_in("\n", before.end, line.start)
        prose.show(line.start, line.end)
        before = line
    return Block("paragraph", span, 0, prose.prose(span.end), (), index)
