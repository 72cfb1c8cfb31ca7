"""A backslash of an escape is left in the text, or escapes what needs no escape.

Why it matters. In plain text the reader sees "1\\." or "\\*"; in Markdown needless escapes show that a converter was
at work, hide text from searches, and multiply with each further conversion ("\\\\.").

How it decides. In plain text a backslash before a mark of punctuation is seen as it is. In Markdown it is residue
where the mark would mean the same without it: a full stop behind a number, a hyphen, a bracket or an underscore
inside a word. Escapes of programming languages that show ("\\u00e9", "\\n" at the end of a sentence) are residue
everywhere. All escapes of one mark are one finding.

When it stays silent. In code and formulas, in paths ("C:\\docs"), on an escape that Markdown needs (an asterisk, a
sign at the start of a line that would begin a list or a heading, a bracket before a bracket), inside tags of HTML,
which `markup/html-residue` reports.

Sources. CommonMark, "Backslash escapes"; RFC 8259 (JSON), section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.findings import Edit, Finding
from auditor.rule import Example, rule

from .occurrences import marked, one_finding

_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?![0-9A-Za-z])|[!-/:-@\[-`{-~])")
#: A written-out line break or tabulator, where a sentence or another one ends before it.
_BREAK = re.compile(r"(?:(?<=[.;:,)»”\"] )|(?<=[.;:,)»”\"])|(?<=\\n)|(?<=\\r))\\[nrt](?=\s|\\|[^\W\d_]{2})")
_PATH = re.compile(r"(?:(?<![^\W_])[A-Za-z]:|\\)\\[\w .\\-]*\Z")
_FORMULA = re.compile(r"\$|\\[A-Za-z]{2,}\{|[_^]\{|\\[()\[\]].*\\[()\[\]]", re.DOTALL)

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
    places: dict[str, list[Span]] = {}
    for block in document.blocks:
        if (block.kind in TEXT_KINDS or block.kind == "table") and "\\" in block.span.of(document.text):
            for span in _escapes(document, block, plain):
                places.setdefault(span.of(document.text), []).append(span)
    for written, spans in places.items():
        shown = _meaning(written)
        seen = plain or len(written) > 2 or written in _BREAKS
        yield one_finding(
            "markup/escape-residue",
            spans,
            f'"{written}" shows an escape' if seen else f'"{written}" escapes a mark that needs no escape',
            confidence=0.9,
            data={"written": written},
            edits=[Edit(span, shown) for span in spans],
            remedy="Write the character itself" if shown.strip() else "Put a line break or space in its place",
            applicability="unsafe" if seen else "safe",
        )


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
    for pattern in (_ESCAPE, _BREAK):
        for match in pattern.finditer(text, block.span.start, block.span.end):
            span = Span(*match.span())
            mark = match.group()[1:]
            if hidden.overlap(span):
                continue
            if _PATH.search(text, max(block.span.start, span.start - 80), span.start):
                continue
            if mark == "\\" and (text[span.end : span.end + 1].isalnum() or plain):
                continue  # the start of a path on a network, or a backslash that is meant
            if len(mark) == 5:
                if 0xD800 <= int(mark[1:], 16) < 0xE000:
                    continue
            elif pattern is _ESCAPE and not plain and not _needless(text, block, span.start):
                continue
            yield span


def _needless(text: str, block: Block, at: int) -> bool:
    """Whether the escape at ``at`` of a Markdown text could be left out."""
    mark = text[at + 1]
    before = text[at - 1 : at] if at > block.span.start else ""
    after = text[at + 2 : at + 3]
    line = text[text.rfind("\n", 0, at) + 1 : at]
    inside = bool(line.strip(" \t>#*-"))
    if mark in _IDLE:
        return inside and after != mark
    if mark == ".":
        return before.isdigit() or inside
    if mark == ")":
        return before.isalnum() and "\\(" not in line
    if mark == "_":
        return before.isalnum() and after.isalnum()
    if mark in "-+":
        return inside and before.isalnum() and after.isalnum()
    return mark in "#>" and inside and not after.isdigit()
