"""Tables of contents: where one stands, and what its entries name.

A table of contents is known by its heading word ("Contents", "Índice", "目录"), or by three lines in a row that end in
dot leaders and a page number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.fact import fact
from auditor.analysis.furniture import furniture
from auditor.analysis.labels import HeadingNumber, read_heading
from auditor.analysis.numerals import fold, read_numerals
from auditor.document import Block, Document, Span

_LEADER = re.compile(r"[\s\xa0]*(?:(?:[.…·․‥_][\s\xa0]?){3,}|\t+|…+)[\s\xa0]*(\d{1,4}|[ivxlc]{1,6})?[\s\xa0]*$")
_PAGE = re.compile(r"[\s\xa0]{1,}(\d{1,4})[\s\xa0]*$")
_BULLET = re.compile(r"[\s\xa0]*(?:[-–—•*·‣◦][\s\xa0]+)?")
_BLANK = " \t\xa0\u3000"
_CLOSERS = " \t\xa0\u3000.:：;,—–-*_"
_LONGEST = 220
_FEWEST = 3
#: Leaders and page number are looked for in so many characters at the end of a line.
_TAIL = 160
_PAGE_ENDS = frozenset("0123456789ivxlc")
_LEADERS = ("..", ". .", "…", "\t", "··", "· ·", "․․", "‥", "__")
_HEADING_WORD = 40
_SENTENCE = re.compile(r"[.;!?。；]\s*$")


class Entry(msgspec.Struct, frozen=True):
    """An entry of a table of contents.

    number   its label and number, or its bare number; None where it has none
    title    without number, leaders and page
    page     the page that it gives, or None
    span     in the source, leaders and page included
    """

    number: HeadingNumber | None
    bare: str
    title: str
    page: int | None
    span: Span


class Contents(msgspec.Struct, frozen=True):
    """A table of contents: its span from heading to last entry, and its entries in order."""

    span: Span
    entries: tuple[Entry, ...]
    last_block: int


@cache
def _words() -> frozenset[str]:
    data = tomli.loads((Path(__file__).parents[1] / "data" / "contents.toml").read_text("utf-8"))
    return frozenset(fold(word) for words in data.values() for word in words)


class _Line(msgspec.Struct, frozen=True):
    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.prose.text[self.start : self.end]


@fact
def contents(document: Document) -> Contents | None:
    """The document's table of contents, or None. Where there are several, the first one."""
    lines = _lines(document)
    led = [_led(line) for line in lines]
    for at, line in enumerate(lines):
        if _is_heading_word(line):
            found = _read(lines, at + 1, line.block.span.start, leaders=False)
            if found is not None:
                return found
        elif led[at] and at + 2 < len(lines) and all(led[at : at + _FEWEST]):
            start = line.block.prose.source_span(line.start, line.end).start
            found = _read(lines, at, start, leaders=True)
            if found is not None and _rises(found.entries):
                return found
    return None


def _rises(entries: Sequence[Entry]) -> bool:
    """Whether the page numbers never fall: a price list has leaders too."""
    pages = [entry.page for entry in entries if entry.page is not None]
    return all(one <= two for one, two in pairwise(pages)) and pages[:1] != pages[-1:]


def _lines(document: Document) -> list[_Line]:
    page_furniture = furniture(document)
    found: list[_Line] = []
    for block in document.blocks:
        if block.kind in ("front_matter", "code", "html", "note") or not block.prose.runs:
            continue
        if page_furniture.is_furniture(block.index):
            continue
        found.extend(_lines_of(block))
    return found


def _lines_of(block: Block) -> Iterator[_Line]:
    prose = block.prose.text
    if "\n" not in prose:
        if prose.strip():
            yield _Line(block, 0, len(prose))
        return
    start = 0
    while start <= len(prose):
        end = prose.find("\n", start)
        if end < 0:
            end = len(prose)
        if prose[start:end].strip():
            yield _Line(block, start, end)
        start = end + 1


def _is_heading_word(line: _Line) -> bool:
    if line.start:
        return False
    text = line.text.strip(_CLOSERS)
    return len(text) <= _HEADING_WORD and fold(" ".join(text.split())) in _words()


def _led(line: _Line) -> bool:
    """Whether a line ends in dot leaders and a page number."""
    if line.block.kind == "table":
        return False
    tail = line.block.prose.text[max(line.start, line.end - _TAIL) : line.end].rstrip()
    if tail[-1:] not in _PAGE_ENDS or not any(mark in tail for mark in _LEADERS):
        return False
    match = _LEADER.search(tail)
    return match is not None and match[1] is not None and match.start() > 2


def _read(lines: Sequence[_Line], at: int, start: int, *, leaders: bool) -> Contents | None:
    """The entries from line ``at`` on, until the text begins."""
    entries: list[Entry] = []
    keys: set[tuple[str, str]] = set()
    last: _Line | None = None
    misses = 0
    for line in lines[at:]:
        text = line.text
        if len(text) > _LONGEST or (leaders and not _led(line)):
            misses += 1
            if misses > (1 if leaders else 0):
                break
            continue
        entry = _entry(line)
        key = (entry.bare, fold(entry.title))
        if not entry.title and not entry.bare:
            continue
        if _begins_again(entry, entries, keys, line):
            break
        if not leaders and entry.page is None and not entry.bare and _is_sentence(text):
            break
        if line.block.kind == "heading" and entries and entries[-1].page is not None and entry.page is None:
            break
        misses = 0
        keys.add(key)
        entries.append(entry)
        last = line
    if len(entries) < _FEWEST or last is None:
        return None
    joined = _joined(entries)
    return Contents(Span(start, entries[-1].span.end), tuple(joined), last.block.index)


def _joined(entries: Sequence[Entry]) -> list[Entry]:
    """Entries whose title runs over two lines become one: only the second line has the page."""
    if sum(entry.page is not None for entry in entries) < len(entries) / 2:
        return list(entries)
    found: list[Entry] = []
    for entry in entries:
        above = found[-1] if found else None
        if above is not None and above.bare and above.page is None and not entry.bare and entry.page is not None:
            title = f"{above.title} {entry.title}".strip()
            found[-1] = Entry(above.number, above.bare, title, entry.page, Span(above.span.start, entry.span.end))
        else:
            found.append(entry)
    return found


def _is_sentence(text: str) -> bool:
    return _SENTENCE.search(text) is not None and len(text) > 60


def _begins_again(entry: Entry, entries: Sequence[Entry], keys: set[tuple[str, str]], line: _Line) -> bool:
    """Whether the text itself begins: the first entry, or any one in the form of a heading, comes again."""
    if not entries:
        return False
    key = (entry.bare, fold(entry.title))
    if key in keys and (entry.page is None or line.block.kind == "heading"):
        return True
    first = entries[0]
    return bool(entry.bare) and entry.bare == first.bare and entry.page is None


def _entry(line: _Line) -> Entry:
    prose = line.block.prose
    text = line.text
    bullet = _BULLET.match(text)
    begin = bullet.end() if bullet is not None else 0
    body = text[begin:]
    page: int | None = None
    end = len(body)
    leader = _LEADER.search(body)
    if leader is not None and leader.start() > 0:
        end = leader.start()
        page = int(leader[1]) if leader[1] and leader[1].isdigit() else None
    else:
        plain = _PAGE.search(body)
        if plain is not None and any(c.isalpha() for c in body[: plain.start()]):
            number = read_heading(body)
            if number is None or plain.start() >= number.end:
                end = plain.start()
                page = int(plain[1])
    core = body[:end].rstrip(_BLANK)
    number = read_heading(core)
    bare, title_at = _bare(core, number)
    span = prose.source_span(line.start + begin, line.start + len(text.rstrip()))
    return Entry(number, bare, core[title_at:].strip(_CLOSERS), page, span)


def _bare(core: str, number: HeadingNumber | None) -> tuple[str, int]:
    """A key of kind and number ("article 5", "5"), and where the title begins."""
    if number is not None and number.readings:
        first = number.readings[0]
        return f"{number.kind} {first.value}{first.suffix.casefold()}", number.end
    if number is not None:
        return number.kind, number.end
    for numeral in read_numerals(core):
        if numeral.damaged or numeral.style == "spelled":
            continue
        following = core[numeral.end : numeral.end + 1]
        if following in (".", ")", "、", ":", "\t") or (following in (" ", "") and numeral.style == "arabic"):
            return f"{numeral.value}{numeral.suffix.casefold()}", min(numeral.end + 1, len(core))
    return "", 0
