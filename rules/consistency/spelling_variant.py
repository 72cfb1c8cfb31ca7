"""One word is spelled in two ways.

Why it matters. "co-operation" in one article and "cooperation" in the next, "organise" beside "organize": a text
that was put together from several sources shows it, and a search finds half of the places.

How it decides. Only where the text itself has both forms: with a hyphen and without (co-operate, cooperate); the
spellings of British, American and other usage (organise, organize; labour, labor; substancia, sustancia; daß, dass);
an English word with and without marks over its letters (régime, regime); and a long word that stands five times or
more beside one that no lexicon knows and that differs from it by one letter (territory, terricory). What the text
does more often is the suggestion; spellings of one kind are one finding.

When it stays silent. On words in quotations and in names, on forms that mean different things (a hyphen may:
"re-sign"), on endings, on a hyphen that is left over from the end of a line, and where only one form occurs,
whichever it is.

Sources. See `spelling_variants.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import tomli

from auditor.analysis.languages import document_languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.spellings import first_difference, one_letter_apart
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Evidence, Finding, Fix

from ._inflection import CASES
from ._variants import own_places, variant

_RULE = "consistency/spelling-variant"
_SHORTEST = 3
#: A slip of one letter: in words so long, and the right form so frequent.
_LONG = 7
_FREQUENT = 5
#: So many letters of a word show that two words with a hyphen are of one kind: co-operate, co-operation.
_ALIKE = 7


#: The parts of a compound are words so long and so frequent (Zipf).
_PART = 4
_COMMON = 3.5
#: From so many words that are left over from line ends on, no hyphen says anything.
_LEFT_OVER = 4


@cache
def _data() -> dict[str, Any]:
    return tomli.loads(Path(__file__).with_name("spelling_variants.toml").read_text(encoding="utf-8"))


@cache
def _kinds(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Name, pattern over words that stand in lines, and replacement of each kind of double spelling."""
    kinds: dict[str, list[str]] = _data()["kinds"].get(language, {})
    return tuple((kind, re.compile(pattern, re.MULTILINE), to) for kind, (pattern, to) in kinds.items())


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "They organize a meeting and organized another; to organize is hard. They ⟦organise⟧ it, and they "
            "organize it.",
            "The co-operation of States, the co-operation of peoples and the ⟦cooperation⟧ of ministers are welcome.",
            "The régime of the sea and the régime of the air, not the ⟦regime⟧ of the land, are in force here.",
            "This territory, that territory, each territory, any territory, no territory, every ⟦terricory⟧ is "
            "covered.",
        ],
        "es": ["La sustancia de la ley y la sustancia del acto son una; la ⟦substancia⟧ del contrato es otra."],
        "de": ["Die Minister wissen, daß es so ist und daß sie kommen, ⟦dass⟧ sie aber nicht gehen."],
    },
    good={
        "en": [
            "They organise a meeting of the World Health Organization, and labour for it. “We organize”, they said.",
            "The co-operation of States and the co-operation of peoples is welcome, and re-sign is not resign.",
            "He later left; the latter stayed. The award and the awards were filed and filled.",
        ],
        "es": ["La sustancia de la ley y la sustancia del acto son una, y transporta mercancías."],
        "de": ["Die Masse ist gross, und das Mass ist voll; die Strasse ist lang."],
    },
)
def spelling_variant(document: Document) -> Iterator[Finding]:
    """Yield one finding for each kind of double spelling, and for each slip."""
    present = document_languages(document)
    words = vocabulary(document)
    written = words.written
    small = [word for word in written if len(word) >= _SHORTEST and word.islower()]
    for language in present[:1]:
        lines = "\n".join(small)
        for kind, pattern, to in _kinds(language):
            yield from _of_one_kind(document, kind, _pairs(lines, pattern, to, words))
    yield from _hyphens(document, words, small)
    if present[:1] == ("en",):
        yield from _marks(document, words, small)
    if present and CASES.isdisjoint(present):
        yield from _slips(document, words, small, present)


def _pairs(lines: str, pattern: re.Pattern[str], to: str, words: Vocabulary) -> list[tuple[str, str]]:
    """The words of a kind that stand in both spellings."""
    found = []
    for match in pattern.finditer(lines):
        start, end = lines.rfind("\n", 0, match.start()) + 1, lines.find("\n", match.end())
        word = lines[start : end if end >= 0 else len(lines)]
        other = word[: match.start() - start] + match.expand(to) + word[match.end() - start :]
        if other != word and other in words.written:
            found.append((word, other))
    return found


def _of_one_kind(document: Document, kind: str, pairs: list[tuple[str, str]]) -> Iterator[Finding]:
    """The finding for all words of one kind: the rarer spelling is reported, with all its places."""
    if not pairs:
        return
    run = running_text(document)
    sides = [
        [(at, form) for form in dict.fromkeys(forms) for at in own_places(document, form)]
        for forms in zip(*pairs, strict=True)
    ]
    rare, usual = sorted(sides, key=len)
    if not rare:
        return
    rare.sort()
    usual.sort()
    spans = [run.span(at, at + len(form)) for at, form in rare]
    others = dict((*pairs, *((b, a) for a, b in pairs)))
    edits = tuple(
        Edit(span, others[form]) for span, (_, form) in zip(spans, rare, strict=True) if span.of(document.text) == form
    )
    form, usual_form = rare[0][1], others[rare[0][1]]
    at, first = usual[0]
    more = " and others" if len({form for _, form in rare}) > 1 else ""
    yield Finding(
        rule=_RULE,
        message=f"“{form}”{more} beside “{usual_form}”: {kind}, {len(rare)} against {len(usual)} places.",
        span=spans[0],
        confidence=0.7 if len(usual) > len(rare) else 0.6,
        data={"form": form, "usual": usual_form, "times": len(rare), "usual_times": len(usual)},
        evidence=(Evidence(f"“{first}” stands here.", run.span(at, at + len(first))),),
        places=tuple(spans[1:]),
        fixes=(Fix(f"Write “{usual_form}”{' and so on' if more else ''}.", edits, "unsafe"),) if edits else (),
    )


def _hyphens(document: Document, words: Vocabulary, small: list[str]) -> Iterator[Finding]:
    """Words with a hyphen and without: together where they begin alike."""
    written = words.written
    left_over = 0
    kinds: dict[str, list[tuple[str, str]]] = {}
    for word in small:
        if "-" not in word or word in _data()["hyphen"]["different"]:
            continue
        joined = word.replace("-", "")
        if joined not in written:
            continue
        if _is_left_over(document, words, word):
            left_over += 1
        else:
            kinds.setdefault(joined[:_ALIKE], []).append((word, joined))
    if left_over >= _LEFT_OVER:
        return
    for pairs in kinds.values():
        yield from _of_one_kind(document, "hyphen", pairs)


def _is_left_over(document: Document, words: Vocabulary, word: str) -> bool:
    """Whether a hyphen may be left over from the end of a line: what stands before it is no prefix, or one of the parts
    is no common word."""
    first, *more = word.split("-")
    present = document_languages(document)
    if first in _data()["hyphen"]["prefixes"]:
        return not all(any(words.known(part, code) for code in present) and len(part) > 2 for part in more)
    return not all(
        len(part) >= _PART and any(words.frequency(part, code) >= _COMMON for code in present)
        for part in (first, *more)
    )


def _marks(document: Document, words: Vocabulary, small: list[str]) -> Iterator[Finding]:
    """English words with and without marks over their letters."""
    written = words.written
    for word in small:
        if word.isascii() or word not in _data()["marks"]["en"]:
            continue
        plain = "".join(c for c in normalize("NFD", word) if not combining(c))
        if plain in written and plain != word:
            yield from _of_one_kind(document, "marks over letters", [(word, plain)])


def _slips(document: Document, words: Vocabulary, small: list[str], present: tuple[str, ...]) -> Iterator[Finding]:
    """Long words that no lexicon knows, one letter from a frequent one."""
    written = words.written
    frequent = [word for word in small if written[word] >= _FREQUENT and len(word) >= _LONG and word.isalpha()]
    if not frequent:
        return
    strange = [
        word
        for word in small
        if len(word) >= _LONG and word.isalpha() and not any(words.known(word, code) for code in present)
    ]
    for rare, usual in one_letter_apart(strange, frequent):
        at = first_difference(rare, usual)
        if (
            at == 0
            or at >= min(len(rare), len(usual)) - 2
            or written[usual] < _FREQUENT * written[rare]
            or words.languages_of(rare)
            or not any(words.known(usual, code) for code in present)
        ):
            continue
        here, there = own_places(document, rare), own_places(document, usual)
        if here and len(there) >= _FREQUENT * len(here):
            yield variant(_RULE, document, here, rare, (usual, len(there), there[0]), 0.8, severity="warning")
