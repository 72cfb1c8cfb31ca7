"""Where a mark of punctuation counts: in the text of a document, outside tables, code, addresses and symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.document import Document, Span

_TEXT = frozenset({"paragraph", "heading", "list_item", "note", "quotation"})
#: So much of a line is looked at, in characters to either side.
_LINE = 200
_CODE = re.compile(r"[{}\\=|<>$`]|::|\(\)|(?<!\S)--?[a-z]|\w_\w|\.{4}|[. ]\.[. ]\.")
_TOKEN_START = re.compile(r"\S*$")
_TOKEN_END = re.compile(r"\S*")
#: What makes a token an address, a path, a formula or a name of a program, whatever else is in it.
_NO_WORDS = re.compile(r"://|www\.|[@\\/_=<>{}|#$%^*+~]|\w\.\w+\.\w|\d")


class Prose:
    """The running text of a document, and which of its places are text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.run: RunningText = running_text(document)
        self.text = self.run.text
        self._codes: tuple[str, ...] = ()

    def language(self, at: int) -> str:
        """The language of the block that holds an offset of the running text."""
        self._codes = self._codes or languages(self.document)
        return self._codes[self.run.blocks[self.run.block_at(at)].index]

    def holds(self, start: int, end: int) -> bool:
        """Whether the place is text, and stands so in the source, without anything hidden in it."""
        run = self.run
        at = run.block_at(start)
        block = run.blocks[at]
        if block.kind not in _TEXT or run.in_code(start, end):
            return False
        span = self.span(start, end)
        if any(i.kind in ("html", "note_reference", "image") and i.span.overlaps(span) for i in block.inlines):
            return False
        return not self._code_like(start, end)

    def _code_like(self, start: int, end: int) -> bool:
        """Whether the line has signs of a program. Markdown sets code apart by itself."""
        if self.document.source.media_type == "text/markdown":
            return False
        begin = max(self.text.rfind("\n", max(start - _LINE, 0), start), self.text.rfind("\x00", 0, start)) + 1
        finish = self.text.find("\n", end, end + _LINE)
        return _CODE.search(self.text, max(begin, start - _LINE), finish if finish >= 0 else end + _LINE) is not None

    def span(self, start: int, end: int) -> Span:
        """Where a place of the running text stands in the source."""
        return self.run.span(start, end)

    def token(self, start: int, end: int) -> str:
        """The place with what stands before and behind it without white space, as far as 80 characters."""
        before = _TOKEN_START.search(self.text, max(start - 80, 0), start)
        after = _TOKEN_END.match(self.text, end, end + 80)
        assert before is not None
        assert after is not None
        return f"{before[0]}{self.text[start:end]}{after[0]}".strip("\x00")

    def is_words(self, start: int, end: int) -> bool:
        """Whether the token that holds the place consists of words and marks alone."""
        token = self.token(start, end)
        return "\x00" not in token and _NO_WORDS.search(token) is None

    def kept(self, found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
        """The matches whose places are text."""
        return (match for match in found if self.holds(match.start(), match.end()))
