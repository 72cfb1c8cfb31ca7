"""What stands in a text and is no word of its language: each form once, and where it stands.

Most of a text is words that are known, so they are looked up once for each different form. What is left is of four
kinds: ``word`` (letters only, not known), ``case`` (known, but with capitals inside), ``mixed`` (letters and figures)
and ``marked`` (letters with other signs inside). Addresses, symbols and code are left out, and so is text in languages
that have no word list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.mentions.symbols import symbols
from auditor.analysis.mentions.urls import urls
from auditor.analysis.vocabulary import COVERED, is_listed, vocabulary
from auditor.document import Document, Span

Kind = Literal["word", "case", "mixed", "marked"]

#: What parts the words of a token that is put together: "and/or", "law—and", "(State)party".
PART = re.compile(r"[^\s\x00/–—…()\[\]\"“”„«»,;:*†‡§&+=<>‹›]+")
_AROUND = '.,;:()[]"“”„«»*'
_OUTER = ".'’‘`´!?-‐‑_~^|\\•·¿¡°ºª¹²³%#@№"
_LETTERS = re.compile(
    "(?:[^\\W\\d_]|[\u0300-\u036f\u064b-\u0652\u0670])+(?:['’ʼ·‐‑-](?:[^\\W\\d_]|[\u0300-\u036f\u064b-\u0652])+)*"
)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
#: "U.N.", "e.g", "i.e": abbreviations with stops inside.
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")
#: A form is at most so long: longer ones are data.
_LONGEST = 60


class Suspects(msgspec.Struct, frozen=True):
    """The forms that are no words, by language: each form with its kind and how often it stands there."""

    forms: dict[str, dict[str, Kind]]
    counts: dict[str, Counter[str]]
    words: dict[str, int]

    def of(self, *kinds: Kind) -> list[tuple[str, str]]:
        """The (language, form) of these kinds, in the order of their first occurrence."""
        return [(code, form) for code, forms in self.forms.items() for form, kind in forms.items() if kind in kinds]


def core(part: str) -> str:
    """A part of a token without the signs around it."""
    return part.strip(_OUTER)


@fact
def suspects(document: Document) -> Suspects:
    """The forms of a document that are no words."""
    known = vocabulary(document)
    forms: dict[str, dict[str, Kind]] = {}
    counts: dict[str, Counter[str]] = {}
    words: dict[str, int] = {}
    for code, tokens in _tokens(document).items():
        is_known = known.known if document.guidance.lexicon else is_listed
        found: dict[str, Kind] = {}
        counted: Counter[str] = Counter()
        for token, count in tokens.items():
            # Most tokens are words as they stand, or with a stop or bracket about them.
            word = token if token.isalpha() else token.strip(_AROUND)
            if word.isalpha() and (word.islower() or word.istitle()) and is_known(word, code):
                continue
            for piece in (token,) if token.isalpha() else PART.findall(token):
                part = core(piece)
                if not part or len(part) > _LONGEST or part.isdecimal():
                    continue
                kind = _kind(part, code, known.known)
                if kind is not None:
                    found[part] = kind
                    counted[part] += count
        forms[code] = found
        counts[code] = counted
        words[code] = tokens.total()
    return Suspects(forms, counts, words)


def _kind(part: str, language: str, known: Callable[[str, str], bool]) -> Kind | None:
    if part.isalpha() or _LETTERS.fullmatch(part):
        if not known(part, language):
            return "word" if len(part) > 1 else None
        if part.islower() or part.isupper() or part.lower() == part.upper():
            return None
        return None if _is_title(part) and not part.endswith(("'S", "’S")) else "case"
    if _LETTER.search(part) is None:
        return None
    if _DIGIT.search(part) is not None:
        return "mixed"
    return None if _ABBREVIATED.fullmatch(part) else "marked"


def _is_title(part: str) -> bool:
    """Whether capitals stand only at the beginnings of a word's parts: "Côte-d’Ivoire", "State's"."""
    return all(
        piece.islower() or piece.isupper() or (piece[:1].isupper() and piece[1:].islower())
        for piece in re.split(r"['’ʼ·‐‑-]", part)
        if piece
    )


@fact
def _tokens(document: Document) -> dict[str, Counter[str]]:
    """What stands between white space, by the language of its block; only languages that have a word list."""
    run = running_text(document)
    codes = languages(document)
    present = {codes[block.index] for block in run.blocks}
    if len(present) == 1:
        (code,) = present
        return {code: vocabulary(document).tokens} if code in COVERED else {}
    texts: dict[str, list[str]] = {}
    for block in run.blocks:
        code = codes[block.index]
        if code in COVERED:
            texts.setdefault(code, []).append(block.prose.text)
    return {code: Counter(" ".join(parts).split()) for code, parts in texts.items()}


class Places:
    """Where forms stand in the running text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._index: dict[tuple[str, str], list[tuple[int, int]]] | None = None
        self._masked: tuple[list[int], list[int]] | None = None
        self._asked = 0

    def of(self, language: str, form: str) -> list[tuple[int, int]]:
        """Each ``[start, end)`` of the running text where the form stands in a block of the language, unmasked."""
        self._asked += 1
        if self._index is None and self._asked <= 24:
            found = self._search(language, form)
        else:
            if self._index is None:
                self._index = self._all()
            found = self._index.get((language, form), [])
        return [place for place in found if not self.masked(*place)]

    def _search(self, language: str, form: str) -> list[tuple[int, int]]:
        run = running_text(self._document)
        text, codes = run.text, languages(self._document)
        found = []
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            begin, finish = _borders(text, at, end)
            if core(text[begin:finish]) == form and codes[run.blocks[run.block_at(at)].index] == language:
                found.append((at, end))
            at = text.find(form, end)
        return found

    def _all(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        run = running_text(self._document)
        codes = languages(self._document)
        forms = suspects(self._document).forms
        wanted = {form for found in forms.values() for form in found}
        index: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for match in PART.finditer(run.text):
            piece = match.group()
            form = piece if piece in wanted else core(piece)
            if form in wanted:
                code = codes[run.blocks[run.block_at(match.start())].index]
                if form in forms.get(code, ()):
                    at = match.start() + piece.find(form)
                    index.setdefault((code, form), []).append((at, at + len(form)))
        return index

    def masked(self, start: int, end: int) -> bool:
        """Whether a place lies in an address, a document symbol or code."""
        if self._masked is None:
            run = running_text(self._document)
            spans = sorted(
                (run.offset(mention), run.offset(mention) + mention.end - mention.start)
                for mention in (*urls(self._document), *symbols(self._document))
            )
            self._masked = [begin for begin, _ in spans], [finish for _, finish in spans]
        begins, ends = self._masked
        at = bisect_left(begins, end) - 1
        if at >= 0 and ends[at] > start:
            return True
        return running_text(self._document).in_code(start, end)

    def span(self, start: int, end: int) -> Span:
        """The place in the source."""
        return running_text(self._document).span(start, end)


def _borders(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a token around a place."""
    while start and PART.match(text, start - 1, start):
        start -= 1
    while end < len(text) and PART.match(text, end, end + 1):
        end += 1
    return start, end


@fact
def places(document: Document) -> Places:
    """Where forms stand in a document; looked for when asked."""
    return Places(document)
