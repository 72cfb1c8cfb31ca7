"""Dates: a day with its month, a month with its year, and the all-figure forms.

A month's name alone is no date ("may" is a verb, "mars" a planet); neither is a year alone. Month names are those
of ``data/mentions_months.toml`` (CLDR). The value is ISO 8601: ``2022-03-03``, ``2022-03``, or ``--03-03`` without
a year; it is what the text says, whether or not there is such a day (``2022-02-30``). Figures such as 03/04/2022,
which countries read differently, keep their order with a mark: ``?03/04/2022``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import RunningText, running_text, shape
from auditor.analysis.scripts import beyond_latin
from auditor.document import Document

_DATA = Path(__file__).parent.parent / "data" / "mentions_months.toml"

_WORD = r"[^\W\d_]{2,14}"
_MONTH = rf"(?P<month>{_WORD})(?P<second>[ \xa0][^\W\d_]{{5,6}})?(?:/{_WORD}(?:[ \xa0][^\W\d_]{{5,6}})?)?"
_OF = r"(?:of[ \xa0]|de[ \xa0]|d['’])?"
_WITH_YEAR = r"(?:,?[ \xa0\n]+(?:de[ \xa0]|del[ \xa0])?(?P<year>[12]\d{3}|[١٢][٠-٩]{3})(?![\w/]))"
# Where a number begins is looked for once, then what it may be. What may not stand before it is looked for behind its
# first digit: a pattern that begins with a set of characters passes over the text more quickly.
_NUMBER = re.compile(r"\d(?<![\w./-].)")
_NUMBER_SHAPE = re.compile(rb"0(?<![aA0./-].)")
_DAY_FIRST = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th|er|re|º|°|ª|\.)?[ \xa0\n]+{_OF}{_MONTH}{_WITH_YEAR}?")
#: What may follow an English month's name and a space, and a year with what joins it to the month before it.
_DAY_AFTER = re.compile(r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?[ \xa0\n]+(?P<year>[12]\d{3})(?![\w/])|(?![\w/.]\d|\d))")
_YEAR = re.compile(r"[12]\d{3}(?![\w/])")
_WORD_BEFORE = re.compile(r"([^\W\d_]{2,14}),?(?:[ \xa0\n](?:de|del))?$")
_ISO = re.compile(r"([12](?<![\w/-].)\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
_FIGURES = re.compile(r"(\d\d?)([./-])(\d{1,2})\2([12]\d{3})(?![\w/-])")
_HAN = re.compile(r"([12]\d{3})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")


@cache
def months() -> dict[str, int]:
    """Month number by name, case-folded; names of two words under both words."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    return {name: number for table in data.values() for number, names in enumerate(table, 1) for name in names}


def _month(match: re.Match[str]) -> tuple[int, int] | None:
    """The month that a match names, and where its name ends."""
    known = months()
    name = match.group("month").casefold()
    second = match.groupdict().get("second")
    if second and (number := known.get(f"{name} {second.strip().casefold()}")):
        return number, match.end("second")
    number = known.get(name) or 0
    return (number, match.end("month")) if number else None


def _with_words(run: RunningText, numbers: Sequence[int], found: list[Mention]) -> None:
    """Dates with a month's name; ``numbers`` are the places where a number begins."""
    text = run.text
    for match in _matches(_DAY_FIRST, text, numbers):
        month = _month(match)
        year = match.group("year")
        # "35 May 2022" is meant as a date, "45 May" need not be.
        if month is None or not (1 <= int(match.group("day")) <= 31 or year):
            continue
        value = f"{int(year) if year else '-'}-{month[0]:02}-{int(match.group('day')):02}"
        end = match.end() if year or match.group("second") is None else max(month[1], match.end("month"))
        if not year and text[month[1] : month[1] + 1] != "/":
            end = month[1]
        found.append(run.mention("date", match.start(), end, value, style="long"))
    known = months()
    behind_words = [at for at in numbers if text[at - 1] in " \xa0\n"]
    for match in _matches(_DAY_AFTER, text, behind_words):
        start = space = match.start() - 1
        while text[start - 1].isalpha():
            start -= 1
        number = known.get(text[start:space].casefold()) if text[start].isupper() else None
        if number is not None and (1 <= int(match.group("day")) <= 31 or match.group("year")):
            value = f"{match.group('year') or '-'}-{number:02}-{int(match.group('day')):02}"
            found.append(run.mention("date", start, match.end(), value, style="long"))
    for match in _matches(_YEAR, text, behind_words):
        space = match.start() - 1
        word = _WORD_BEFORE.search(text[max(0, space - 20) : space])
        number = known.get(word.group(1).casefold()) if word is not None else None
        if word is not None and number is not None:
            start = max(0, space - 20) + word.start()
            value = f"{match.group()}-{number:02}"
            found.append(run.mention("date", start, match.end(), value, style="month"))


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.match(text, at) for at in places))


@fact
def dates(document: Document) -> tuple[Mention, ...]:
    """The dates of a document, in order. ``style``: long, month, iso, figures or han."""
    run = running_text(document)
    text = run.text
    found: list[Mention] = []
    if beyond_latin(document):
        numbers = [match.start() for match in _NUMBER.finditer(text)]
    else:  # of the digits only those of ASCII are among Latin letters
        signs = shape(document)
        numbers = [match.start() for match in _NUMBER_SHAPE.finditer(signs)]
        if b"?0" in signs:
            numbers = [at for at in numbers if not text[at - 1].isalnum()]
    _with_words(run, numbers, found)
    if "-0" in text or "-1" in text:
        found += [run.mention("date", m.start(), m.end(), m.group(), style="iso") for m in _ISO.finditer(text)]
    found += [
        run.mention("date", m.start(), m.end(), f"?{m.group()}", style="figures")
        for m in _matches(_FIGURES, text, numbers)
    ]
    if "年" in text:
        for match in _HAN.finditer(text):
            year, month, day = match.groups()
            value = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
            found.append(run.mention("date", match.start(), match.end(), value, style="han"))
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    apart: list[Mention] = []
    for mention in found:
        if not apart or mention.span.start >= apart[-1].span.end:
            apart.append(mention)
    return tuple(apart)
