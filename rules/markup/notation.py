r"""Texts about programs, in which marks of code are shown and not left over.

A manual quotes "${name}", "\*" and "<section>" as what they are. Quotation marks around them say so, the line in which
they stand, and the document as a whole: a text in which several lines hold commands, paths, options or data. Such
signs are looked for in plain text only; Markdown sets code apart by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.fact import fact
from auditor.document import Document, Span

from .occurrences import Stretches

#: What only a line of code has: enough alone. Beside each form what must occur in a text that has it.
_CODE = {
    "prompt": (
        ("$ ", ">>> ", "# "),
        r"^[ \t]*(?:\$|>>>|[\w.-]{1,30}@[\w.-]{1,30}:[^\s$#]{0,60}[$#])[ ](?=[a-z./~])",
    ),
    "key": (('":', '" :'), r"\"[\w.-]{1,60}\"[ ]?:[ ]?(?=[\"\[{\d-]|true|false|null)"),
    "pattern": (("\\", "(?"), r"\\[sdwSDW](?![A-Za-z])|\(\?[:=!<]"),
    "brace": (("{", "}", "[", "]"), r"^[ \t]*[\[{}\]]{1,3}[ \t]*[,;]?[ \t]*$"),
}
#: What code has more often than prose: two of them in a line. What may not stand before is looked at behind the first
#: sign, so that a text is passed over quickly.
_HINTS = {
    "option": (("-",), r"-(?<!\S.)-?[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?=[\s=,.;)\"'\]]|\Z)"),
    "path": (("/",), r"/(?<![\w.:/<>-].)(?:[a-z0-9_.+-]{1,40}/)+[\w.+*-]*"),
    "variable": (("$",), r"\$(?:\{\w|[A-Z_]{2,})"),
    "call": (("()",), r"(?<![\w.])[a-z_][\w.]{1,40}\(\)"),
    "name": (("_",), r"(?<![\w/@.-])[a-z]{2,20}(?:_[a-z0-9]{1,20})+(?!\w)"),
    "operator": (("=", "->", "::", "&&"), r"(?<![=!<>])[!=]=(?!=)|->|=>|::|&&|:="),
    "file": ((".",), r"\.(?:conf|c|cc|deb|gz|h|html|java|js|json|md|php|py|sh|so|tar|txt|xml)(?!\w)"),
}
#: What stands before the ending of a file's name.
_STEM = re.compile(r"(?<![\w/@.])[\w-]{2,40}\Z")
#: A tag beside an escape: the text of a page inside data.
_ESCAPED = re.compile(r"\\[nrt\"]")
_TAG = re.compile(r"</?[A-Za-z]")

#: So many lines of code make a document one about programs, if they show so many different signs.
_LINES = 5
_SIGNS = 3

_OPENING = "\"'`“‘«„"
_CLOSING = "\"'`”’»“"


def is_quoted(text: str, span: Span) -> bool:
    """Whether quotation marks or back-ticks enclose just this stretch of a text."""
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    return bool(before and after) and before in _OPENING and after in _CLOSING


@fact
def code_lines(document: Document) -> Stretches:
    """The lines of a plain text that look like code."""
    return Stretches(_code(document)[0])


@fact
def is_technical(document: Document) -> bool:
    """Whether so many lines of code stand in a text that it is one about programs."""
    if document.source.media_type != "text/plain":
        return sum(block.kind == "code" for block in document.blocks) >= _LINES
    lines, signs = _code(document)
    return len(lines) >= _LINES and len(signs) >= _SIGNS


@fact
def _code(document: Document) -> tuple[list[Span], set[str]]:
    """The lines that look like code, and the signs by which they do; what may be left over itself is no sign."""
    text = document.text
    by_line: dict[int, set[str]] = {}
    for name, start in _code_signs(text):
        by_line.setdefault(text.rfind("\n", 0, start) + 1, set()).add(name)
    lines: list[Span] = []
    signs: set[str] = set()
    for start, found in by_line.items():
        if len(found) > 1 or not found.isdisjoint(_CODE):
            lines.append(_line(text, start))
            signs |= found
    for match in _ESCAPED.finditer(text):
        line = _line(text, text.rfind("\n", 0, match.start()) + 1)
        if (not lines or lines[-1] != line) and _TAG.search(text, line.start, line.end):
            lines.append(line)
    return lines, signs


@cache
def _pattern(name: str) -> re.Pattern[str]:
    _, form = (_CODE | _HINTS)[name]
    return re.compile(form, re.MULTILINE)


def _code_signs(text: str) -> Iterator[tuple[str, int]]:
    """The signs of code and where they begin, in order; of two that share a character the first."""
    found: list[tuple[int, int, int, str]] = []
    for rank, (name, (needed, _)) in enumerate((_CODE | _HINTS).items()):
        if not any(sign in text for sign in needed):
            continue
        for match in _pattern(name).finditer(text):
            start = match.start()
            if name == "file":
                stem = _STEM.search(text, max(0, start - 41), start)
                if stem is None:
                    continue
                start = stem.start()
            found.append((start, rank, match.end(), name))
    last = 0
    for start, _, end, name in sorted(found):
        if start >= last:
            last = end
            yield name, start


def _line(text: str, start: int) -> Span:
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)
