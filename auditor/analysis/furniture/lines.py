"""The lines of a document as furniture is looked for in them: shape, neighbours, signs of a page break."""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.document import Document, Span

#: Lines longer than this are prose; nothing that is printed at the edge of a page is.
LONGEST = 180

_DIGITS = re.compile(r"\d+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_LOOKALIKES = str.maketrans("il|1o05s", "llllooss")
_GOES_ON = frozenset(",-–—(%，、،")


class Lines:
    """The lines that are not blank, in order, as parallel lists.

    start, end   span of the line without white space at its ends
    row          its number among all lines, so that blank lines between two can be seen
    broken       a form feed stands between the line before and this one
    hidden       the line is part of code or of front matter: never furniture
    opaque       the same, or part of a table: no line of furniture, though furniture may have been glued into a cell
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.start: list[int] = []
        self.end: list[int] = []
        self.row: list[int] = []
        self.broken: list[bool] = []
        self._find()
        tables = self._lines_of(document, frozenset({"table"}))
        self.hidden = self._lines_of(document, frozenset({"code", "front_matter"}))
        self.opaque = [table or hidden for table, hidden in zip(tables, self.hidden, strict=True)]

    def __len__(self) -> int:
        return len(self.start)

    def _find(self) -> None:
        if "\f" in self.text:
            self._find_with_feeds()
            return
        at = 0
        start, end, row = self.start, self.end, self.row
        for number, line in enumerate(self.text.split("\n")):
            bare = line.strip()
            if bare:
                size = len(bare)
                first = at if size == len(line) else at + len(line) - len(line.lstrip())
                start.append(first)
                end.append(first + size)
                row.append(number)
            at += len(line) + 1
        self.broken = [False] * len(start)

    def _find_with_feeds(self) -> None:
        at = 0
        feed = False
        for number, line in enumerate(self.text.split("\n")):
            for place, part in enumerate(line.split("\f")):
                feed = feed or place > 0
                bare = part.strip()
                if bare:
                    first = at + len(part) - len(part.lstrip())
                    self.start.append(first)
                    self.end.append(first + len(bare))
                    self.row.append(number)
                    self.broken.append(feed)
                    feed = False
                at += len(part) + 1

    def _lines_of(self, document: Document, kinds: frozenset[str]) -> list[bool]:
        """For each line, whether it begins in a block of one of the kinds."""
        found = [False] * len(self.start)
        at = 0
        size = len(self.start)
        for block in document.blocks:
            if block.kind in kinds:
                while at < size and self.start[at] < block.span.start:
                    at += 1
                while at < size and self.start[at] < block.span.end:
                    found[at] = True
                    at += 1
        return found

    def of(self, at: int) -> str:
        """The characters of a line."""
        return self.text[self.start[at] : self.end[at]]

    def span(self, at: int) -> Span:
        """The span of a line, without white space at its ends."""
        return Span(self.start[at], self.end[at])

    def alone(self, at: int) -> bool:
        """Whether blank lines, or the ends of the text, stand on both sides."""
        row = self.row
        return (at == 0 or row[at] - row[at - 1] > 1) and (at + 1 == len(row) or row[at + 1] - row[at] > 1)

    def at_feed(self, at: int) -> bool:
        """Whether a form feed stands directly before or after the line."""
        return self.broken[at] or (at + 1 < len(self.broken) and self.broken[at + 1])


@fact
def text_lines(document: Document) -> Lines:
    """The lines of the document that are not blank."""
    return Lines(document)


def digits_masked(line: str) -> str:
    """The line with every number as ``#``."""
    return _DIGITS.sub("#", line)


def numbers(line: str) -> list[int]:
    """The numbers of a line, in order, as far as a page number can be as long."""
    return [int(digits) if len(digits) < 10 else -1 for digits in _DIGITS.findall(line)]


def letters_key(line: str) -> str:
    """The letters of a line, without case, spacing, punctuation and numbers; letters that OCR confuses are one."""
    return _NOT_ALNUM.sub("", _DIGITS.sub("", line)).casefold().translate(_LOOKALIKES)


def words_key(line: str) -> str:
    """As `letters_key`, whatever the order of the words: heads of left and right pages are mirrored."""
    words = _NOT_ALNUM.split(_DIGITS.sub("", line).casefold().translate(_LOOKALIKES))
    return "".join(sorted(words))


def exact_key(line: str) -> str:
    """As `letters_key`, with the numbers."""
    return _NOT_ALNUM.sub("", line).casefold().translate(_LOOKALIKES)


def ends_open(text: str) -> bool:
    """Whether a stretch of text stops in the middle of a sentence: with a letter, a figure or a comma."""
    for character in reversed(text[-12:]):
        if character in " \t\n\r\f*_)]":
            continue
        return character.isalnum() or character in _GOES_ON
    return False


def starts_open(text: str) -> bool:
    """Whether a stretch of text goes on with a sentence: it starts with a small letter, or in a script without any."""
    for character in text[:8]:
        if character in ' \t*_(["“«':
            continue
        return character.islower() or (character.isalpha() and not character.isupper() and not character.istitle())
    return False
