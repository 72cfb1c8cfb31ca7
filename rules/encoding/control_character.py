"""A control character stands in the text.

Why it matters. A control character is not printed: the reader sees two words run together, and the sign that stood
there (a slash, a ligature, a hyphen) is lost. It breaks search and many formats that do not allow it.

How it decides. Characters of the two control blocks of Unicode other than tabulators and line ends, and halves of
characters (lone surrogates). A form feed counts where it stands inside a line. The sign that was lost is proposed where
only one of the usual ones gives a word or phrase that the document or the language has.

When it stays silent. Form feeds between lines, which are page breaks; vertical tabs and NEL at the end of a line;
code. Where the characters are bytes of another encoding, encoding/mojibake explains them.

Sources. Unicode Standard, chapter 23.1; PDF conversions of treaties, in which ligatures and slashes come out as ^L, ^R.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.languages import document_languages
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Finding

from ._places import around, characters, matches, told

_CONTROLS = frozenset(map(chr, (*range(9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0))))
_WORD_BEFORE = re.compile(r"[^\W\d_]{0,30}\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]{0,30}")
#: What conversions lose in this way, the commonest first.
_LOST = ("fi", "fl", "ff", "ffi", "-", "/", "’", " ")
#: Pairs of words between which a slash was lost.
_AND_OR = frozenset(
    {("and", "or"), ("и", "или"), ("et", "ou"), ("y", "o"), ("und", "oder"), ("e", "o"), ("en", "of"), ("i", "lub")}
)


@cache
def _pattern() -> re.Pattern[str]:
    # A form feed, vertical tab or NEL at either end of a line is a break.
    return re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]|(?<=[^\\s\x0c])[\x0b\x0c\x85](?=[^\\s\x0c])")


@rule(
    "encoding/control-character",
    severity="error",
    explains=("characters/glued-words", "characters/confused-word", "characters/split-word"),
    bad={
        "en": [
            Example("The arti⟦\x02⟧cial reef and the De⟦\x1f⟧nition.", "en", "text/plain"),
            "Parties shall⟦\x07⟧ cooperate.",
        ],
        "ru": [Example("Договор и⟦\x12⟧или протокол; договор и/или соглашение.", "ru", "text/plain")],
    },
    good={
        "en": [
            Example("The first page ends here.\n\x0cThe second page begins.\n", "en", "text/plain"),
            "A tab\tstands here.",
        ],
        "ru": ["Договор и/или протокол."],
    },
)
def control_character(document: Document) -> Iterator[Finding]:
    """One finding for each control character, or one for all of a kind where they are many."""
    found: dict[str, list[tuple[Span, str | None]]] = {}
    present = characters(document)
    if present.isdisjoint(_CONTROLS) and not any("\ud800" <= c <= "\udfff" for c in present):
        return
    for match in matches(document, _pattern()):
        span = Span(match.start(), match.end())
        found.setdefault(match.group(), []).append((span, _lost(document, span)))
    for character, places in found.items():
        code = f"U+{ord(character):04X}"
        what = "half of a character" if "\ud800" <= character <= "\udfff" else "a control character"
        span, lost = places[0]
        shown = around(document.text, span).replace(character, "▯")
        meant = f"; “{lost}” may have stood there" if lost else ""
        yield from told(
            "encoding/control-character",
            places,
            f"Here stands {what} ({code}), which no reader sees: “{shown}”{meant}.",
            f"At {{count}} places stands {what} ({code}), which no reader sees: “{shown}”{meant}.",
            remedy=f"Put “{lost}” in its place" if lost else "Put what was lost in its place",
            data={"character": code},
        )


def _lost(document: Document, span: Span) -> str | None:
    """The sign that was lost at a place, where only one of the usual ones makes sense there."""
    text = document.text
    before = _WORD_BEFORE.search(text, max(0, span.start - 30), span.start)
    after = _WORD_AFTER.match(text, span.end)
    first, second = before[0] if before else "", after[0] if after else ""
    if not first or not second:
        return None
    known = vocabulary(document)
    languages = [code for code in document_languages(document) if known.covers(code)]
    fitting = [sign for sign in _LOST if any(_fits(known, first, sign, second, code) for code in languages)]
    if (first.lower(), second.lower()) in _AND_OR:
        return "/"
    attested = [sign for sign in fitting if sign in "-/" and f"{first}{sign}{second}" in text]
    if attested:
        return attested[0]
    ligatures = [sign for sign in fitting if sign.isalpha()]
    if len(ligatures) == 1:
        return ligatures[0]
    return None


def _fits(known: Vocabulary, first: str, sign: str, second: str, language: str) -> bool:
    if sign.isalpha():
        return known.listed(first + sign + second, language)
    return known.listed(first, language) and known.listed(second, language)
