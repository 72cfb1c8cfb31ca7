"""A word stands in the place of another that OCR takes for it.

Why it matters. "arid" for "and" or "modem" for "modern" is spelled rightly, so no spelling checker finds it, and it
changes what the sentence says.

How it decides. Words that OCR makes of much more frequent ones, each with the neighbours beside which it can't stand
and the other one can ("the modem world", "Parties arid the"), from a table for each language (wrong_words.toml).

When it stays silent. Where the neighbours allow the word, where the document has it more than three times, in
capitals, and in languages without a table.

Sources. Own compilation after lists of scanning errors that proofreaders of old books keep ("stealth scannos").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.confusions.suspects import places
from auditor.analysis.languages import document_languages, languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._examples import texts
from ._telling import like, told

_LANGUAGES = frozenset({"en", "fr", "de", "es"})
_BEFORE = re.compile(r"([^\W\d_]+)[,;]?[ \n]\Z")
_AFTER = re.compile(r"[ \n]([^\W\d_]+)")
#: A document that has the word more often uses it.
_OWN = 3


class _Pair(msgspec.Struct, frozen=True):
    """What is written for what is meant, and the words before or after which only that can stand."""

    written: str
    meant: str
    before: frozenset[str]
    after: frozenset[str]


@cache
def _pairs(language: str) -> dict[str, tuple[_Pair, ...]]:
    with (Path(__file__).parent / "wrong_words.toml").open("rb") as file:
        data = tomli.load(file)
    groups = {name: frozenset(words.split()) for name, words in data["groups"].get(language, {}).items()}
    pairs: dict[str, tuple[_Pair, ...]] = {}
    for entry in data.get(language, ()):
        before, after = (
            frozenset(w for word in entry.get(side, "").split() for w in groups.get(word.removeprefix("*"), (word,)))
            for side in ("before", "after")
        )
        pair = _Pair(entry["written"], entry["meant"], before, after)
        pairs[pair.written] = (*pairs.get(pair.written, ()), pair)
    return pairs


@rule(
    "characters/wrong-word",
    severity="warning",
    languages=_LANGUAGES,
    bad=texts(
        en="The Parties ⟦arid⟧ the Board live in the ⟦modem⟧ world, and ⟦tile⟧ Parties ⟦bad⟧ been told.",
        fr="Il est entré ⟦clans⟧ le pays.",
        de="Der Rat ⟦imd⟧ die Kantone sind hier.",
        es="El Estado y ⟦cl⟧ Gobierno.",
    ),
    good=texts(
        en="An arid land, a modem and a router, a tile roof, the bad news, and tiles.",
        fr="Les clans de la région.",
        de="Der Hund und die Katze.",
        es="El cl de agua y 5 cl de vino.",
    ),
)
def wrong_word(document: Document) -> Iterator[Finding]:
    """One finding for each such word, or one for all places where it stands in many."""
    known = vocabulary(document)
    where = places(document)
    run = running_text(document)
    codes = languages(document)
    for language in document_languages(document):
        if language not in _LANGUAGES:
            continue
        for written, pairs in _pairs(language).items():
            if not _occurs(written, known.tokens) or written in document.guidance.lexicon:
                continue
            if known.count(written) > _OWN:
                continue
            for match in re.finditer(rf"(?<![\w'’-]){written}(?![\w'’-])", run.text, re.IGNORECASE):
                start, end = match.span()
                if match.group().isupper():
                    continue  # a numeral, an abbreviation, a heading
                if codes[run.blocks[run.block_at(start)].index] != language or where.masked(start, end):
                    continue
                found = _meant(run.text, start, end, pairs)
                if found is None:
                    continue
                pair, beside = found
                meant = like(match.group(), pair.meant)
                yield from told(
                    "characters/wrong-word",
                    where,
                    [(start, end)],
                    f"“{match.group()}” does not fit beside “{beside}”; “{meant}” is meant",
                    confidence=0.88,
                    meant=meant,
                    applicability="display",
                    data={"form": match.group(), "meant": meant},
                    evidence=(Evidence(f"The document has “{meant}” {known.count(meant)} times."),),
                )


def _occurs(word: str, tokens: Mapping[str, int]) -> bool:
    """Whether a word stands in a text, alone or with a comma: a look for each word, not at each word of the text."""
    return any(form in tokens for form in (word, word.capitalize(), f"{word},"))


def _meant(text: str, start: int, end: int, pairs: tuple[_Pair, ...]) -> tuple[_Pair, str] | None:
    """The pair whose neighbours stand here, and the neighbour that decides."""
    before = _BEFORE.search(text, max(0, start - 30), start)
    after = _AFTER.match(text, end)
    for pair in pairs:
        if before is not None and before[1].lower() in pair.before:
            return pair, before[1]
        if after is not None and after[1].lower() in pair.after:
            return pair, after[1]
    return None
