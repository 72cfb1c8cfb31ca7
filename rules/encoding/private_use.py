"""A character exists only in some font: a private code, or a converter's note that it could not tell which.

Why it matters. "(cid:12)", "/gid00020", "GLYPH<45>" and characters of the private area show that a PDF's font did not
say what its glyphs mean. Every such place is a lost character, and there may be whole words of them.

How it decides. Private-use characters of Unicode, and the notations of the common converters. All of one kind are
one finding; bullets and arrows of the fonts Symbol and Wingdings are given as what they show.

When it stays silent. In code.

Sources. Unicode Standard, chapter 23.5; the sources of pdfminer, MuPDF, Docling and pdf.js; the encoding of the fonts
Symbol and Wingdings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._places import around, characters, matches

#: What must occur in a text for the notations of converters.
_NOTATIONS = (
    ("(cid:", re.compile(r"\(cid:\d{1,5}\)(?:[ ]?\(cid:\d{1,5}\)){0,400}")),
    (
        "GLYPH",
        re.compile(r"GLYPH(?:<|&lt;)[^<>\s]{1,30}(?:>|&gt;)(?:[ ]?GLYPH(?:<|&lt;)[^<>\s]{1,30}(?:>|&gt;)){0,400}"),
    ),
    ("/gid", re.compile(r"/gid\d{3,5}(?:[ ]?/gid\d{3,5}){0,400}")),
    ("/uni", re.compile(r"/uni[0-9A-F]{4}(?:[ ]?/uni[0-9A-F]{4}){0,400}(?!\w)")),
)
#: Glyphs of the fonts Symbol and Wingdings in the private area.
_SHOWN = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf0a8": "◻", "\uf06f": "□",
    "\uf02d": "-", "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥", "\uf0a3": "≤", "\uf0d7": "×",
    "\uf061": "α", "\uf062": "β",
    "\uf06d": "µ",
    "\uf076": "❖", "\uf0ae": "→", "\uf0b2": "″", "\uf0a2": "′", "\uf020": " ", "\uf0be": "—",
}  # fmt: skip


@cache
def _private() -> re.Pattern[str]:
    return re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]{1,400}")


@rule(
    "encoding/private-use",
    severity="warning",
    explains=("characters/stray-mark", "characters/digit-in-word"),
    bad={
        "en": [
            "The o⟦(cid:14)⟧ce of the Registrar.",
            Example("⟦\uf0b7⟧ the first item;\n\nThe ⟦/gid00020/gid00021⟧ Board.", "en", "text/plain"),
            Example("The ⟦GLYPH<45>⟧ Board.", "en", "text/plain"),
        ]
    },
    good={"en": ["The office (CID: 14) of the Registrar • and /grid."]},
)
def private_use(document: Document) -> Iterator[Finding]:
    """One finding for each kind of private character or notation, with its places."""
    text = document.text
    found: dict[str, list[Span]] = {}
    for sign, pattern in _NOTATIONS:
        if sign in text:
            for match in matches(document, pattern):
                found.setdefault(sign, []).append(Span(match.start(), match.end()))
    if not text.isascii() and any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in characters(document)):
        for match in matches(document, _private()):
            found.setdefault(match.group()[0], []).append(Span(match.start(), match.end()))
    for sign, spans in found.items():
        written = spans[0].of(text)[:20]
        shown = around(text, spans[0]).replace(written, "▯")
        often = f" ({len(spans)} places)" if len(spans) > 1 else ""
        what = (
            f"A character of the font alone (U+{ord(sign):04X}) stands"
            if len(sign) == 1
            else f"“{written}” stands for a character that the converter could not read"
        )
        edits = tuple(
            Edit(span, "".join(_SHOWN[c] for c in span.of(text)))
            for span in spans
            if all(c in _SHOWN for c in span.of(text))
        )
        meant = f"; it shows “{edits[0].text[:5]}”" if edits else ""
        yield Finding(
            rule="encoding/private-use",
            message=f"{what} here: “{shown}”{meant}{often}.",
            span=spans[0],
            places=tuple(spans[1:]),
            confidence=0.95,
            data={"sign": sign if len(sign) > 1 else f"U+{ord(sign):04X}", "count": len(spans)},
            fixes=(Fix("Write what the font shows", edits, "unsafe"),) if edits else (),
        )
