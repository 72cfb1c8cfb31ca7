"""A character that nobody sees stands where it does nothing.

Why it matters. Soft hyphens, zero-width spaces, byte order marks and direction marks come along with copied text. They
split words for search and comparison, and marks of direction can make a text show in another order than it is stored.

How it decides. Soft hyphens inside a line; zero-width spaces and joiners, word joiners and byte order marks beside
letters of scripts that do not use them; marks and overrides of direction in a paragraph without right-to-left letters;
fillers and invisible operators. All of one kind are one finding.

When it stays silent. Joiners in Arabic, Persian and Indian words and in emoji, zero-width spaces in Thai, Lao, Khmer,
Burmese, Chinese and Japanese, and direction marks in paragraphs with right-to-left text. A soft hyphen at the end of
a line is a hyphenation (breaks/hyphen-residue).

Sources. Unicode Standard, chapter 23.2 and 23.3; Unicode Standard Annexes 9 and 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._places import characters, matches

_NAMES = {
    "\u00ad": "soft hyphen", "\u200b": "zero-width space", "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner", "\u2060": "word joiner", "\ufeff": "byte order mark", "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark", "\u061c": "Arabic letter mark", "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding", "\u202c": "end of embedding", "\u202d": "left-to-right override",
    "\u202e": "right-to-left override", "\u2066": "left-to-right isolate", "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate", "\u2069": "end of isolate", "\u2061": "function application",
    "\u2062": "invisible times", "\u2063": "invisible separator", "\u2064": "invisible plus",
    "\u180e": "Mongolian vowel separator",
    "\u115f": "Hangul filler", "\u3164": "Hangul filler", "\uffa0": "Hangul filler", "\u034f": "grapheme joiner",
    "\ufff9": "annotation anchor", "\ufffa": "annotation separator", "\ufffb": "annotation end",
}  # fmt: skip
_DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d\u034f")
_SPACES = frozenset("\u200b\u2060\u180e")


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_NAMES)}]{{1,50}}")


@cache
def _right_to_left() -> re.Pattern[str]:
    return re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@cache
def _plain_letters() -> re.Pattern[str]:
    """Letters of scripts that need no joiners and no zero-width spaces, figures and punctuation."""
    return re.compile("[\x00-\u058f\u10a0-\u10ff\u1e00-\u1fff\u2010-\u206f]")


@rule(
    "encoding/invisible-character",
    severity="warning",
    bad={
        "en": [
            "The Con⟦\u00ad⟧vention is here.",
            "The Parties⟦\u200b⟧ shall meet.",
            "The Board⟦\u202e⟧ meets.",
            Example("The report.⟦\ufeff⟧Its annex.", "en", "text/plain"),
        ],
        "ru": ["Догово⟦\u00ad⟧р вступает в силу."],
    },
    good={
        "en": ["A family: 👩\u200d👩\u200d👧 and a heart ❤\ufe0f.", "The Arabic name \u200eعربي\u200f follows."],
        "ru": ["Договор вступает в силу."],
        "fa": ["این کتاب‌ها می\u200cروند."],
        "th": ["ประเทศ\u200bไทย"],
    },
)
def invisible_character(document: Document) -> Iterator[Finding]:
    """One finding for each kind of invisible character that is out of place, with its places."""
    if document.text.isascii() or characters(document).isdisjoint(_NAMES):
        return
    text = document.text
    found: dict[str, list[Span]] = {}
    for match in matches(document, _invisible()):
        span = Span(match.start(), match.end())
        character = match.group()[0]
        if _out_of_place(document, character, span):
            found.setdefault(character, []).append(span)
    for character, spans in found.items():
        kind = f"{_NAMES[character]} (U+{ord(character):04X})"
        first, *others = spans
        before = text[max(0, first.start - 12) : first.start].rpartition("\n")[2]
        after = text[first.end : first.end + 12].partition("\n")[0]
        message = (
            f"A {kind}, which no reader sees, stands between “{before}” and “{after}”."
            if not others
            else f"The {kind}, which no reader sees, stands at {len(spans)} places; first at “{before}▯{after}”."
        )
        yield Finding(
            rule="encoding/invisible-character",
            message=message,
            span=first,
            places=tuple(others),
            data={"character": f"U+{ord(character):04X}", "count": len(spans)},
            fixes=(Fix("Take it away", tuple(Edit(span, "") for span in spans), "safe"),),
        )


def _out_of_place(document: Document, character: str, span: Span) -> bool:
    text = document.text
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    if character == "\u00ad":
        return bool(after) and not after.isspace()
    if character in _DIRECTION:
        block = document.block_at(span.start)
        inside = block.span if block is not None else Span(max(0, span.start - 200), span.end + 200)
        return _right_to_left().search(text, inside.start, inside.end) is None
    if character in _JOINERS:
        return _is_plain(before) and _is_plain(after)
    if character in _SPACES:
        return _is_plain(before) and _is_plain(after)
    return not (character == "\ufeff" and span.start == 0)


def _is_plain(character: str) -> bool:
    return not character or _plain_letters().match(character) is not None
