"""The text says how many parts it has, and has another number.

Why it matters. "This Agreement consists of twelve articles" is a promise that anyone can check. Where it is broken,
an article was lost, added or split, or the sentence was carried over from another text.

How it decides. A sentence in which the text speaks of itself ("this Agreement", "la presente ley", "本条约"), followed
at once by a verb of consisting and a number of articles, chapters, parts, sections, annexes or pages. The number is
compared with the divisions of that kind that the outline has, with the last number of their series, and with the same
counted without those of annexes; pages with the highest page number that is printed. It must agree with none of them.

When it stays silent. Where a number is missing from the series itself, since structure/missing-heading and
structure/missing-division say so; where no division of that kind is found at all; on statements about other texts; on
folios such as "3/15", whose gaps furniture/missing-page reports and whose early end structure/truncated.

Sources. Final clauses and closing formulas of treaties: United Nations, Final Clauses of Multilateral Treaties:
Handbook.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import tomli

from auditor.analysis.furniture.pages import pages
from auditor.analysis.labels import label_at
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.numerals import fold, read_numerals
from auditor.analysis.outline import Outline, outline
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Document
from auditor.findings import Evidence, Finding

_COUNTED = frozenset(
    {"article", "chapter", "part", "section", "title", "annex", "appendix", "schedule", "book", "rule", "protocol"}
)
_TOPS = frozenset({"annex", "appendix", "schedule", "protocol"})
_HAN = 0x2E80
_STYLES = frozenset({"arabic", "arabic-indic", "spelled", "han"})
_AFTER_VERB = re.compile(
    r"[\s\xa0]*(?:من[\s\xa0]+|على[\s\xa0]+)?(?:(?:a|total|of|un|total|de|insgesamt)[\s\xa0]+){0,3}"
)
_BRACKETED = re.compile(r"[\s\xa0]*\([\d\w ]{1,20}\)[\s\xa0]*")


class _Statement(msgspec.Struct, frozen=True):
    start: int
    end: int
    count: int
    kind: str
    noun: str


@rule(
    "structure/stated-count",
    severity="warning",
    bad={
        "en": [
            "# Agreement\n\nThis Agreement consists of ⟦four articles⟧.\n\n## Article 1\n\nText.\n\n## Article 2\n\n"
            "Text.\n\n"
            "## Article 3\n\nText.\n",
        ],
        "es": [
            "# Acuerdo\n\nEl presente Acuerdo consta de ⟦5 artículos⟧.\n\n## Artículo 1\n\nTexto.\n\n## Artículo 2\n\n"
            "Texto.\n\n"
            "## Artículo 3\n\nTexto.\n"
        ],
        "fr": [
            "# Loi\n\nLa présente loi comprend ⟦deux chapitres⟧.\n\n## Chapitre I\n\nTexte.\n\n## Chapitre II\n\n"
            "Texte.\n\n"
            "## Chapitre III\n\nTexte.\n"
        ],
        "de": [
            "# Abkommen\n\nDieses Abkommen besteht aus ⟦vier Artikeln⟧.\n\n## Artikel 1\n\nText.\n\n## Artikel 2\n\n"
            "Text.\n\n"
            "## Artikel 3\n\nText.\n"
        ],
        "ru": [
            "# Договор\n\nНастоящий Договор состоит из ⟦пяти статей⟧.\n\n## Статья 1\n\nТекст.\n\n## Статья 2\n\n"
            "Текст.\n\n"
            "## Статья 3\n\nТекст.\n"
        ],
        "zh": ["# 条约\n\n本条约共⟦五条⟧。\n\n## 第一条\n\n文本。\n\n## 第二条\n\n文本。\n\n## 第三条\n\n文本。\n"],
        "ar": [
            "# اتفاق\n\nيتألف هذا الاتفاق من ⟦5 مواد⟧.\n\n## المادة 1\n\nنص.\n\n## المادة 2\n\nنص.\n\n## المادة 3\n\n"
            "نص.\n"
        ],
    },
    good={
        "en": [
            "# Agreement\n\nThis Agreement consists of three articles. The Statute consists of 70 articles.\n\n"
            "## Article 1\n\n"
            "Text.\n\n## Article 2\n\nText.\n\n## Article 3\n\nText.\n",
            "# Agreement\n\nThis Agreement contains two articles on trade.\n\nText.\n",
            "# Agreement\n\nThis Agreement consists of four articles.\n\n## Article 1\n\nText.\n\n## Article 2\n\n"
            "Text.\n\n"
            "## Article 4\n\nText.\n",
        ],
        "es": [
            "# Ley\n\nLa presente ley consta de dos artículos.\n\n## Artículo 1\n\nTexto.\n\n## Artículo 2\n\nTexto.\n"
        ],
        "fr": [
            "# Loi\n\nLa présente loi comprend deux chapitres.\n\n## Chapitre I\n\nTexte.\n\n## Chapitre II\n\nTexte.\n"
        ],
        "de": [
            "# Gesetz\n\nDieses Gesetz besteht aus zwei Artikeln.\n\n## Artikel 1\n\nText.\n\n## Artikel 2\n\nText.\n"
        ],
        "ru": [
            "# Договор\n\nНастоящий Договор состоит из трех статей.\n\n## Статья 1\n\nА.\n\n## Статья 2\n\nБ.\n\n"
            "## Статья 3\n\nВ.\n"
        ],
        "zh": ["# 条约\n\n本条约共二条。\n\n## 第一条\n\n文本。\n\n## 第二条\n\n文本。\n"],
        "ar": ["# اتفاق\n\nيتألف هذا الاتفاق من 2 مواد.\n\n## المادة 1\n\nنص.\n\n## المادة 2\n\nنص.\n"],
    },
)
def stated_count(document: Document) -> Iterator[Finding]:
    """One finding for each statement that the text does not bear out."""
    run = running_text(document)
    for place, spoken in _with_verbs(run, _data().keys() & set(languages(document))):
        block = run.blocks[place]
        if block.kind not in TEXT_KINDS or block.kind == "heading":
            continue
        prose = block.prose.text
        if not _speaks_of_itself(prose, spoken):
            continue
        for match in _openings(prose, spoken):
            statement = _statement(prose, match.end())
            if statement is None:
                continue
            actual = _actual(document, statement.kind)
            if actual and statement.count not in actual:
                count = min(actual, key=lambda number: abs(number - statement.count))
                yield Finding(
                    rule="structure/stated-count",
                    message=f"The text says that it has {statement.count} ({statement.noun}); it has {count}.",
                    span=block.prose.source_span(statement.start, statement.end),
                    confidence=0.8,
                    data={"stated": statement.count, "found": count, "kind": statement.kind},
                    evidence=tuple(_seen(document, statement.kind)),
                )


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomli.loads((Path(__file__).parent / "stated_count.toml").read_text("utf-8"))


def _with_verbs(run: RunningText, spoken: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """The blocks in which a verb of a language stands, by their places in the running text, and the languages."""
    if not spoken:
        return
    lowered = run.text.lower()
    exact = len(lowered) == len(run.text)  # a few letters become two
    found: dict[int, list[str]] = {}
    for language in sorted(spoken):
        places: set[int] = set()
        for cue in _cues(language):
            at = lowered.find(cue)
            while at >= 0:
                place = run.block_at(at) if exact else 0
                places.add(place)
                following = run.starts[place + 1] if exact and place + 1 < len(run.starts) else len(lowered)
                at = lowered.find(cue, following)
        for place in places if exact or not places else range(len(run.blocks)):
            found.setdefault(place, []).append(language)
    yield from sorted(found.items())


def _speaks_of_itself(prose: str, spoken: Sequence[str]) -> bool:
    """Whether one of the words by which a text means itself may stand there; spares most texts a long pattern."""
    if "ar" in spoken or "zh" in spoken:
        return True  # written with other letters than the data, or without spaces
    folded = " ".join(fold(prose).split())
    return any(words in folded for language in spoken for words in _own_words(language))


@cache
def _own_words(language: str) -> frozenset[str]:
    return frozenset(fold(words) for words in _data()[language]["self"])


def _openings(prose: str, spoken: Sequence[str]) -> Iterator[re.Match[str]]:
    """What statements begin with, up to their numbers, in each of the languages."""
    for language in spoken:
        yield from _pattern(language).finditer(prose)


@cache
def _cues(language: str) -> tuple[str, ...]:
    """Words of which one must stand in a block that is worth the full search: the longest of each verb."""
    longest = {max(verb.split(), key=len) for verb in _data()[language]["verbs"]}
    return tuple(sorted(longest | {fold(word) for word in longest}))


def _loosely(words: str) -> str:
    """A pattern for words whose accents and spaces may differ."""
    return r"[\s\xa0]+".join(_unaccented(word) for word in words.split())


_ACCENTED = {
    "a": "aáàâä",
    "e": "eéèêë",
    "i": "iíìî",
    "o": "oóòôö",
    "u": "uúùûü",
    "c": "cç",
    "n": "nñ",
    "ا": "اأإآ",
    "и": "ий",
    "е": "её",
}


def _unaccented(word: str) -> str:
    return "".join(f"[{_ACCENTED[c]}]" if c in _ACCENTED else re.escape(c) for c in fold(word))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """What a statement begins with, up to its number: the text's word for itself and the verb; in Arabic the verb
    comes first, in Chinese nothing stands between."""
    table = _data()[language]
    own = "|".join(_loosely(words) for words in sorted(table["self"], key=len, reverse=True))
    verbs = "|".join(_loosely(words) for words in sorted(table["verbs"], key=len, reverse=True))
    if language == "ar":
        way = rf"\b(?:{verbs})[\s\xa0]+(?:{own})"
    elif language == "zh":
        way = rf"(?:{own})(?:{verbs})"
    else:
        way = rf"\b(?:{own})[\s\xa0]+(?:{verbs})(?!\w)"
    return re.compile(way, re.IGNORECASE)


@cache
def _page_words() -> frozenset[str]:
    return frozenset(fold(word) for table in _data().values() for word in table["pages"])


def _statement(prose: str, at: int) -> _Statement | None:
    """The number and the noun that begin at ``at``."""
    lead = _AFTER_VERB.match(prose, at)
    start = lead.end() if lead is not None else at
    number = _number(prose, start)
    if number is None:
        return None
    count, end = number
    bracket = _BRACKETED.match(prose, end)
    end = bracket.end() if bracket is not None else end
    while end < len(prose) and prose[end] in " \t\xa0\n":
        end += 1
    word = re.match(r"[^\W\d_]+", prose[end : end + 30])
    if word is None:
        return None
    if fold(word[0]) in _page_words():
        return _Statement(start, end + word.end(), count, "page", word[0])
    match = label_at(prose, end)
    if match is None or match.label.kind not in _COUNTED:
        return None
    if prose[match.end : match.end + 1] == "款":  # 条款 are clauses of a contract in general
        return None
    stop = match.end if ord(word[0][0]) >= _HAN else end + word.end()
    return _Statement(start, stop, count, match.label.kind, prose[end:stop])


@cache
def _number_words() -> dict[str, int]:
    """Numbers in the cases that the verbs ask for."""
    return {
        word: int(value)
        for table in _data().values()
        for value, words in table.get("numbers", {}).items()
        for word in words
    }


_TWO_WORDS = re.compile(r"[^\W\d_]+(?:[ \xa0][^\W\d_]+)?")


def _number(prose: str, at: int) -> tuple[int, int] | None:
    words = _TWO_WORDS.match(prose, at)
    if words is not None:
        both = words[0].casefold()
        for written in (both, both.split()[0]):
            if written in _number_words():
                return _number_words()[written], at + len(written)
    for numeral in read_numerals(prose, at):
        if not numeral.damaged and not numeral.suffix and numeral.style in _STYLES:
            return numeral.value, numeral.end
    return None


def _actual(document: Document, kind: str) -> frozenset[int]:
    """Every number of divisions of that kind that may fairly be stated; empty where none is known."""
    if kind == "page":
        numbers = [page.number for page in pages(document).pages if page.number is not None]
        return frozenset({max(numbers), max(numbers) + 1, len(pages(document).pages)}) if numbers else frozenset()
    plan = outline(document)
    divisions = [d for d in plan.divisions if d.kind == kind]
    if not divisions:
        return frozenset()
    inner = [d for d in divisions if not _in_annex(plan, d.index)]
    counts = {len(divisions), len(inner)} - {0}
    for series in plan.series:
        if series.kind == kind:
            counts.add(series.run.members[-1].ordinal.end)
            counts.add(len(series.members))
    return frozenset(counts)


def _in_annex(plan: Outline, index: int) -> bool:
    return any(d.kind in _TOPS for d in plan.path(plan.divisions[index])[:-1])


def _seen(document: Document, kind: str) -> Iterator[Evidence]:
    if kind == "page":
        return
    divisions = [d for d in outline(document).divisions if d.kind == kind]
    yield Evidence(f"The first is “{divisions[0].label}”.", divisions[0].heading)
    yield Evidence(f"The last is “{divisions[-1].label}”.", divisions[-1].heading)
