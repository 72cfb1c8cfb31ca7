"""Marks that converters and transcribers leave between pages: ``-----File: 012``, ``<!-- PageBreak -->``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.furniture.grammar import grammar
from auditor.analysis.furniture.items import Draft
from auditor.analysis.furniture.lines import text_lines
from auditor.document import Document, Span

#: Marks that stand between two pages; the others (pictures, addresses) may stand anywhere.
BREAKING = frozenset({"file-mark", "blank-page", "page-comment", "page-rule", "page-tag"})

_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
#: What marks begin with, a single hyphen left out.
_BEGINNINGS = frozenset("[(<!{\\=_*#~→TtCcPp")


def find_marks(document: Document) -> list[Draft]:
    """The marks, in order, with the page number where they give one."""
    text = document.text
    pattern = grammar().left_over
    found: list[Draft] = []
    opaque = [block.span for block in document.blocks if block.kind in ("code", "front_matter")]
    blocked = 0
    for at in _line_starts(document):
        if text[at] not in _BEGINNINGS and not text.startswith("--", at):
            continue
        mark = pattern.match(text, at)
        if mark is None or mark.lastgroup is None:
            continue
        while blocked < len(opaque) and opaque[blocked].end <= at:
            blocked += 1
        if blocked < len(opaque) and opaque[blocked].start <= at:
            continue
        end = mark.end()
        rest = text[end : _line_end(text, end)]
        name = _name(mark)
        if rest.strip(" \t*_.") and name not in ("page-comment", "page-tag", "image-placeholder"):
            continue
        number = None
        if name in BREAKING and (digits := _NUMBER.search(mark[0])):
            number = int(digits[0])
        if name == "transfer":
            _address_before(text, at, found)
        found.append(
            Draft(
                Span(at, end),
                "left_over",
                f"mark {name}",
                name.replace("-", " "),
                0.95,
                grammar=name,
                number=number,
            )
        )
    return found


def _line_starts(document: Document) -> Iterator[int]:
    """Where the lines that are not blank begin to show something; a form feed ends none here."""
    lines = text_lines(document)
    before = -1
    for start, row in zip(lines.start, lines.row, strict=True):
        if row != before:
            yield start
        before = row


def _name(mark: re.Match[str]) -> str:
    names = [name for name, value in mark.groupdict().items() if value is not None and name != "tag"]
    return names[0].replace("_", "-")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _address_before(text: str, at: int, found: list[Draft]) -> None:
    """The address on the line before the first mark of a transfer belongs to it, at the top of a document."""
    before = text[:at].strip() if at < 2000 else ""
    if before and not found and _ADDRESS.fullmatch(before):
        start = text.index(before)
        found.append(
            Draft(
                Span(start, start + len(before)),
                "left_over",
                "mark transfer",
                "transfer",
                0.9,
                grammar="transfer",
            )
        )
