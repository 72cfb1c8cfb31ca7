"""A backslash of an escape is left in the text, or escapes what needs no escape.

Why it matters. In plain text the reader sees "1\\." or "\\*"; in Markdown needless escapes show that a converter was
at work, hide text from searches, and multiply with each further conversion ("\\\\.").

How it decides. In plain text a backslash before a mark of punctuation is seen as it is. In Markdown it is residue
where the mark would mean the same without it: a full stop behind a number, a hyphen, a bracket or an underscore
inside a word. Escapes of programming languages that show ("\\u00e9", "\\n" at the end of a sentence) are residue
everywhere. All escapes that are seen are one finding, and all that are needless another.

When it stays silent. In code and formulas, in paths ("C:\\docs"), on an escape that Markdown needs (an asterisk, a
sign at the start of a line that would begin a list or a heading, a bracket before a bracket), inside tags of HTML,
which `markup/html-residue` reports. In plain text, on an escape in quotation marks of its own, in a text that speaks
of the backslash itself ("(\\)"), and in one about programs, with commands, patterns or data in its lines.

Sources. CommonMark, "Backslash escapes"; RFC 8259 (JSON), section 7.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.findings import Applicability, Edit, Finding

from .notation import is_quoted, is_technical
from .occurrences import marked, one_finding

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?![0-9A-Za-z])|[!-/:-@\[-`{-~])")
#: A written-out line break or tabulator, where a sentence or another one ends before it.
_BREAK = re.compile(r"(?:(?<=[.;:,)»”\"] )|(?<=[.;:,)»”\"])|(?<=\\n)|(?<=\\r))\\[nrt](?=\s|\\|[^\W\d_]{2})")
_PATH = re.compile(r"(?:(?<![^\W_])[A-Za-z]:|\\)\\[\w .\\-]*\Z")
_FORMULA = re.compile(r"\$|\\[A-Za-z]{2,}\{|[_^]\{|\\[()\[\]].*\\[()\[\]]", re.DOTALL)

#: A backslash alone in brackets or quotation marks.
_BACKSLASH_ITSELF = re.compile(r"(?<![^\s(])(?:\(\\\)|\[\\\]|\"\\\"|'\\'|`\\`|“\\”|‘\\’|«[ \u00a0]?\\[ \u00a0]?»)")
#: So many different escapes are named in a message.
_NAMED = 4

#: Marks that mean nothing to Markdown where they stand inside a line.
_IDLE = frozenset("!\"%',/:;=?@{}^&")


@rule(
    "markup/escape-residue",
    severity="info",
    bad={
        "en": [
            "1⟦\\.⟧ The Parties shall co-operate.",
            "The treaty⟦\\-⟧based procedure of section 7.",
            "The file annex⟦\\_⟧one is kept.",
            Example("The treaty ⟦\\[⟧draft] is annexed.", "en", "text/plain"),
            Example("Done at Caf⟦\\u00e9⟧ Royal.", "en", "text/plain"),
            Example("The Parties agree.⟦\\n⟧The text is final.", "en", "text/plain"),
        ],
        "fr": ["2⟦\\.⟧ Les Parties coopèrent."],
        "es": ["3⟦\\.⟧ Las Partes cooperarán."],
        "ru": ["4⟦\\.⟧ Стороны сотрудничают."],
        "ar": ["5⟦\\.⟧ تتعاون الأطراف."],
        "zh": ["6⟦\\.⟧ 缔约国应当合作。"],
    },
    good={
        "en": [
            "\\* Available in English only.",
            "Annexed\\* and \\# not a heading, \\[see note\\](1).",
            "The term \\*Party\\* is defined.",
            "- \\- a dash that is meant",
            "Write `\\.` for a full stop.",
            "Saved in C:\\docs\\_old\\new text.",
            "The value $a \\, b$ is given.",
            Example("Saved in \\\\server\\.old\\n", "en", "text/plain"),
            Example("The backslash (\\) removes the magic of the next sign, as in \\* or \\?.", "en", "text/plain"),
            Example('Write `\\*` or "\\#" for the sign itself.', "en", "text/plain"),
        ],
        "fr": ["\\* Disponible en anglais seulement."],
        "es": ["\\* Se distribuye en inglés."],
        "ru": ["\\* Распространяется на английском языке."],
        "ar": ["\\* متاح بالإنكليزية."],
        "zh": ["\\* 仅有英文本。"],
    },
)
def escape_residue(document: Document) -> Iterator[Finding]:
    """One finding for each mark that is escaped without need, with all its places."""
    if "\\" not in document.text:
        return
    plain = document.source.media_type == "text/plain"
    seen: list[Span] = []
    needless: list[Span] = []
    for block in document.blocks:
        if (block.kind in TEXT_KINDS or block.kind == "table") and "\\" in block.span.of(document.text):
            for span in _escapes(document, block, plain):
                written = span.of(document.text)
                (seen if plain or len(written) > 2 or written in _BREAKS else needless).append(span)
    if seen and not (plain and _is_about_escapes(document)):
        yield _finding(document, seen, "shows an escape", "show escapes", "unsafe")
    if needless:
        yield _finding(document, needless, "escapes a mark that needs none", "escape marks that need none", "safe")


def _finding(document: Document, spans: list[Span], one: str, several: str, applicability: Applicability) -> Finding:
    spans.sort()
    marks = list(dict.fromkeys(span.of(document.text) for span in spans))
    named = ", ".join(f'"{mark}"' for mark in marks[:_NAMED]) + (" and others" if len(marks) > _NAMED else "")
    edits = [Edit(span, _meaning(span.of(document.text))) for span in spans]
    return one_finding(
        "markup/escape-residue",
        spans,
        f"{named} {one if len(marks) == 1 else several}",
        confidence=0.9,
        data={"written": marks},
        edits=edits,
        remedy="Write the characters themselves, and a line break where one is written out"
        if any(not edit.text.strip() for edit in edits)
        else "Write the characters themselves",
        applicability=applicability,
    )


def _is_about_escapes(document: Document) -> bool:
    """Whether backslashes are what a plain text is about."""
    return _BACKSLASH_ITSELF.search(document.text) is not None or is_technical(document)


_BREAKS = {"\\n": "\n", "\\r": "\n", "\\t": "\t"}


def _meaning(written: str) -> str:
    if written in _BREAKS:
        return _BREAKS[written]
    return chr(int(written[2:], 16)) if len(written) == 6 else written[1:]


def _escapes(document: Document, block: Block, plain: bool) -> Iterator[Span]:
    text = document.text
    if _FORMULA.search(text, block.span.start, block.span.end):
        return  # backslashes belong to the formula, or are reported with it
    hidden = marked(block, "code", "html")
    lines = _Lines(document)
    for pattern in (_ESCAPE, _BREAK):
        for match in pattern.finditer(text, block.span.start, block.span.end):
            span = Span(*match.span())
            mark = match.group()[1:]
            if hidden.overlap(span) or (plain and is_quoted(text, span)):
                continue
            if _PATH.search(text, max(block.span.start, span.start - 80), span.start):
                continue
            if mark == "\\" and (text[span.end : span.end + 1].isalnum() or plain):
                continue  # the start of a path on a network, or a backslash that is meant
            if len(mark) == 5:
                if 0xD800 <= int(mark[1:], 16) < 0xE000:
                    continue
            elif pattern is _ESCAPE and not plain and not _needless(text, block, span.start, lines):
                continue
            yield span


class _Lines:
    """The lines of a text, each looked at once however many escapes it has."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._index = document.lines
        self._start = self._first = self._bracket = -1

    def _look(self, at: int) -> None:
        starts = self._index.starts
        line = bisect_right(starts, at)
        if starts[line - 1] == self._start:
            return
        self._start = starts[line - 1]
        end = self._index.line_span(line).end
        opening = _OPENING.match(self._text, self._start, end)
        self._first = opening.end() if opening is not None else self._start
        self._bracket = self._text.find("\\(", self._start, end)

    def shows_before(self, at: int) -> bool:
        """Whether something other than marks of Markdown stands on the line before ``at``."""
        self._look(at)
        return self._first < at

    def opens_bracket_before(self, at: int) -> bool:
        """Whether an escaped bracket opens on the line before ``at``."""
        self._look(at)
        return 0 <= self._bracket < at - 1


#: Marks of Markdown at the head of a line.
_OPENING = re.compile(r"[ \t>#*-]*")


def _needless(text: str, block: Block, at: int, lines: _Lines) -> bool:
    """Whether the escape at ``at`` of a Markdown text could be left out."""
    mark = text[at + 1]
    before = text[at - 1 : at] if at > block.span.start else ""
    after = text[at + 2 : at + 3]
    inside = lines.shows_before(at)
    if mark in _IDLE:
        return inside and after != mark
    if mark == ".":
        return before.isdigit() or inside
    if mark == ")":
        return before.isalnum() and not lines.opens_bracket_before(at)
    if mark == "_":
        return before.isalnum() and after.isalnum()
    if mark in "-+":
        return inside and before.isalnum() and after.isalnum()
    return mark in "#>" and inside and not after.isdigit()
