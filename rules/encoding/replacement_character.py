"""A character could not be read and was replaced by "�" or "?".

Why it matters. What stood there is gone from the text; only the source can bring it back. A text with such places
was decoded or printed in the wrong encoding, and may be damaged elsewhere without a trace.

How it decides. The replacement character U+FFFD; and a question mark between two small letters, or before one at the
beginning of a word, where putting an apostrophe or one letter with an accent gives a word of the language and the
text has another such place. What can have stood there is given where there is one answer only.

When it stays silent. In addresses, in code, and for question marks that may be meant, as in "what?he" at a single
place.

Sources. Unicode Standard, chapter 23.8; WHATWG Encoding Standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product, zip_longest

from auditor.analysis.languages import document_languages
from auditor.analysis.mentions.urls import urls
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Finding

from ._places import around, matches, told

_LOST = re.compile("\ufffd{1,4}")
_MARKS = re.compile(r"(?<![^\s(«“\"'])[^\W\d_]{0,20}(?:\?[^\W\d_]{1,20}){1,3}(?![\w?/=&])")
#: By how much the likeliest word must be more frequent than the next one (Zipf).
_FAR = 2.0
_BEFORE = re.compile(r"[^\W\d_]{0,20}\Z")
_AFTER = re.compile(r"[^\W\d_]{0,20}")

#: Letters and signs that are lost most, by language.
_LETTERS = {
    "fr": "éèàêâîôûçëïùœ’", "es": "áéíóúñü", "pt": "áâãàéêíóôõúç", "it": "àèéìòù’", "de": "äöüß", "en": "’",
    "nl": "ëïéèö",
    "pl": "ąćęłńóśźż",
}  # fmt: skip


@rule(
    "encoding/replacement-character",
    severity="error",
    explains=("characters/confused-word", "characters/digit-in-word", "characters/split-word"),
    bad={
        "en": ["The Parties⟦�⟧ obligations, and the Secretary⟦�⟧General."],
        "fr": [
            "La r⟦�⟧solution est adopt⟦�⟧e.",
            Example("L⟦?⟧accord et la d⟦?⟧cision de l⟦?⟧assembl⟦?⟧e.", "fr", "text/plain"),
        ],
    },
    good={
        "en": ["Who? The Parties. What?Nothing.", "See https://example.org/page?id=5&b=c and a?b."],
        "fr": ["La résolution est adoptée ? Oui."],
    },
)
def replacement_character(document: Document) -> Iterator[Finding]:
    """One finding for each lost character, or one for all where they are many."""
    text = document.text
    if "\ufffd" in text:
        found: list[tuple[Span, str | None]] = []
        for match in matches(document, _LOST):
            span = Span(match.start(), match.end())
            found.append((span, _only_answer(document, span)))
        yield from _told(document, found, "�")
    if "?" in text:
        yield from _told(document, _questioned(document), "?")


def _told(document: Document, found: list[tuple[Span, str | None]], sign: str) -> Iterator[Finding]:
    if not found:
        return
    shown = around(document.text, found[0][0])
    yield from told(
        "encoding/replacement-character",
        found,
        f"A character was lost here and “{sign}” put in its place: “{shown}”.",
        f"Characters were lost at {{count}} places and “{sign}” put in their place, as in “{shown}”.",
        remedy="Put the character that was lost",
        confidence=1.0 if sign == "�" else 0.9,
        data={"sign": sign},
    )


def _questioned(document: Document) -> list[tuple[Span, str | None]]:
    """Question marks inside words, where at least two of them hide a letter."""
    addresses = None
    found: list[tuple[Span, str | None]] = []
    for match in matches(document, _MARKS):
        token = match.group()
        if addresses is None:
            addresses = [mention.span for mention in urls(document)]
        span = Span(match.start(), match.end())
        if any(address.overlaps(span) for address in addresses):
            continue
        letters = _letters_of(document, token)
        places = [at for at, character in enumerate(token) if character == "?"]
        found += [
            (Span(span.start + at, span.start + at + 1), letter) for at, letter in zip(places, letters, strict=False)
        ]
    return found if len(found) > 1 else []


def _letters_of(document: Document, token: str) -> tuple[str, ...]:
    """The letters that question marks in a word stand for; () where no letters or several make a word of it."""
    known = vocabulary(document)
    pieces = token.split("?")
    for language in document_languages(document):
        letters = _LETTERS.get(language, "")
        if not letters or not known.covers(language):
            continue
        rated: list[tuple[float, tuple[str, ...]]] = []
        for answer in product(letters, repeat=len(pieces) - 1):
            if answer.count("’") > 1:
                continue
            word = "".join(map("".join, zip_longest(pieces, answer, fillvalue="")))
            if known.known(word, language) if "’" in answer else known.listed(word, language):
                rated.append((known.frequency(word.rpartition("’")[2], language), answer))
        rated.sort(reverse=True)
        if rated and (len(rated) == 1 or rated[0][0] - rated[1][0] >= _FAR):
            return rated[0][1]
    return ()


def _only_answer(document: Document, span: Span) -> str | None:
    """The one letter or sign that makes a word at this place; None where there are none or several."""
    text = document.text
    before = _BEFORE.search(text, max(0, span.start - 20), span.start)
    after = _AFTER.match(text, span.end)
    first, second = before[0] if before else "", after[0] if after else ""
    if not first + second:
        return None
    known = vocabulary(document)
    for language in document_languages(document):
        if not known.covers(language) or known.known(first + "?" + second, language):
            continue
        answers = [
            letter
            for letter in _LETTERS.get(language, "")
            if (
                known.known(first + letter + second, language)
                if letter == "’"
                else known.listed(first + letter + second, language)
            )
        ]
        if len(answers) > 1:
            rated = sorted(answers, key=lambda letter: -known.frequency(first + letter + second, language))
            best, next_best = (known.frequency(first + letter + second, language) for letter in rated[:2])
            answers = rated[:1] if best - next_best >= _FAR else []
        if answers:
            return answers[0]
    return None
