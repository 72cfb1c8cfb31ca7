"""Values: what a text says that must be the same in every language: symbols, addresses, dates, times, numbers.

Each value has a normal form in which two languages agree: digits of every script and Chinese figures are plain
digits, separators of thousands are dropped, words for millions multiply, a date is year, month and day, Roman figures
are numbers. They are found in the order symbols and addresses, dates, times, numbers, and each takes its stretch of
text, so that the 12 of "12 March" is no number. Numbers of references ("article 12 (b)") are values of their own
kind, number by number, since languages order and join the parts of a reference in their own ways.

Month names are those of ``data/months.json``, made from the Unicode CLDR; where they stand is looked for only beside
numbers, so a bare "may" is no month.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from auditor.alignment.number_words import han_value
from auditor.analysis.fact import fact
from auditor.analysis.languages import UNKNOWN, languages
from auditor.analysis.mentions import mentions, references, running_text
from auditor.analysis.mentions.running_text import RunningText
from auditor.analysis.scripts import east_asian
from auditor.document import Document, Span

ValueKind = Literal["symbol", "date", "time", "reference", "number"]

_DATA = Path(__file__).parent / "data"
_DIGITS = re.compile(r"\d+(?:[.,٬٫'’]\d+|[ \xa0\u202f]\d{3}(?!\d))*")
_TIME = re.compile(r"(?<![\w:.])([01]?\d|2[0-4])[:h٫]([0-5]\d)(?![\w:]|[.,]\d)")
_FIGURES_DATE = re.compile(r"(?<![\w./-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\w/-]|\.\d)")
_HAN_DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4}|[一二]千[零一二三四五六七八九十百]{0,6})\s?年\s?(?:(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月"
    r"(?:\s?(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s?日)?)?"
)
_ROMAN = re.compile(r"(?<![\w.'’-])[IVXLCDM]{1,8}(?![\w'’]|\.\w)")
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LETTER = re.compile(r"(?<=[\d)）\s款项條条])[(（]?([a-zа-яё])[)）]|(?<=\d)[(（]([a-z]{1,2})[)）]")
#: Small letters of Cyrillic that look Latin, and are typed for Latin ones.
LOOK_ALIKE = str.maketrans("асеіорхуј", "aceiopxyj")
_HAN_NUMBER = re.compile("第([〇零一二三四五六七八九十百千]+)|([〇零一二三四五六七八九十百千万亿]{2,})")
_HAN_COUNTED = re.compile(
    "[〇零一二三四五六七八九十百千]+(?=[、至到和及或]第?[〇零一二三四五六七八九十百千]|[、至到和及或]?[条條款项項章节節])"
)
#: Languages that write months with a capital, of whose names some are words of their own.
_CAPITALISED = frozenset({"en", "de", "lb"})
_COMMONEST = ("en", "fr", "es", "ru", "ar", "de", "it", "pt")
_BEFORE = 24
_AFTER = 30
_DAY_BEFORE = re.compile(
    r"(?<![\w.,/-])(\d{1,2})(?:st|nd|rd|th|er|re|º|°|ª|-?[а-я]{1,3})?\.?[\s\xa0,]{0,3}"
    r"(?:of|de|de |d['’]|του|da|di|do|من)?[\s\xa0]*$"
)
_YEAR_BEFORE = re.compile(r"(?<![\w./-])(\d{4})[.,]?(?:[\s\xa0]?(?:m\.|metų|gada|\.|års))?[\s\xa0]{0,3}$")
_DAY_AFTER = re.compile(r"[\s\xa0]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\w/]|[.,]\d)")
_YEAR_AFTER = re.compile(
    r"[\s\xa0.,]{1,3}(?:de|del|of|do|του|da|r\.|عام|لعام|سنة|لسنة)?[\s\xa0]{0,2}(\d{4})(?![\w/]|[.,]\d)"
)
_ALIASES_BETWEEN = re.compile(r"\s{0,2}[/(]\s{0,2}")


class Value(msgspec.Struct, frozen=True, gc=False):
    """One value.

    value   its normal form; a date is "year-month-day", with "?" for what it does not say
    span    in the source
    block   index of its block
    written   how it is written: digits, roman, han, letter
    strict  the number by the separators of the text's own language, where that is another number than ``value``
    """

    kind: ValueKind
    value: str
    span: Span
    block: int
    written: str = "digits"
    strict: str = ""


@cache
def _load(name: str) -> dict[str, object]:
    data: dict[str, object] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def month_names(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    """A pattern for the month names of a language, and their numbers; None where there are none.

    Where nobody knows the language ("und"), the names that the commonest languages agree on.
    """
    tables = [_load("months").get(code) for code in (_COMMONEST if language == UNKNOWN else (language,))]
    months: dict[str, set[int]] = {}
    for table in tables:
        for number, names in enumerate(table if isinstance(table, list) else (), 1):
            for name in names:
                months.setdefault(name, set()).add(number)
    numbers = {name: min(found) for name, found in months.items() if len(found) == 1 or language != UNKNOWN}
    if not numbers:
        return None
    words = "|".join(sorted(map(re.escape, numbers), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE), numbers


@cache
def _scales(language: str) -> dict[str, int]:
    table = _load("scales").get(language)
    return table if isinstance(table, dict) else {}


def number_value(figure: str) -> str:
    """A figure as a plain decimal: "1,000" and "1.000" are 1000, "2,5" is 2.5. Where one mark could be either, three
    digits after it make it a separator of thousands."""
    plain = re.sub(r"[ \xa0\u202f'’]", "", figure).replace("٬", ",").replace("٫", ".")
    head, mark, tail = plain.rpartition("." if plain.rfind(".") > plain.rfind(",") else ",")
    if not mark:
        return str(int(plain))
    marks = {c for c in plain if c in ".,"}
    if len(marks) == 1 and (plain.count(mark) > 1 or len(tail) == 3) and head != "0":
        parts = re.split("[.,]", plain)
        if all(len(part) == 3 for part in parts[1:]) or plain.count(mark) == 1:
            return str(int("".join(parts)))
        return ".".join(str(int(part)) for part in parts)  # the number of a section: 2.3.1
    whole = re.sub("[.,]", "", head)
    if not whole:
        return _ascii(tail)
    return f"{int(whole)}.{_ascii(tail)}" if _ascii(tail).strip("0") else str(int(whole))  # "500,00"


def _ascii(digits: str) -> str:
    return "".join(str(int(c)) for c in digits)


def _by_own_marks(figure: str, language: str) -> str:
    """The number by the separators of a language; empty where that says nothing else than `number_value`."""
    marks = _load("separators").get(language)
    if not isinstance(marks, list) or not re.search("[.,]", figure):
        return ""
    decimal, group = marks
    plain = re.sub(r"[ \xa0\u202f'’]", "", figure)
    if figure.count(decimal) == 1 and group not in plain:
        whole, _, tail = plain.partition(decimal)
        if not (tail.isdecimal() and whole.isdecimal()):
            return ""
        own = f"{int(whole)}.{_ascii(tail)}" if _ascii(tail).strip("0") else str(int(whole))
        return own if own and own != number_value(figure) else ""
    return ""


class _Finder:
    """Finds the values of one document, each taking its stretch."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.run: RunningText = running_text(document)
        self.text = self.run.text
        self.by_block = languages(document)
        self.taken: list[tuple[int, int]] = []
        self.found: list[Value] = []
        self.references = sorted(
            (self.run.offset(m), self.run.offset(m) + m.end - m.start) for m in references(document)
        )

    def free(self, start: int, end: int) -> bool:
        at = bisect_right(self.taken, (start, len(self.text)))
        return not ((at and self.taken[at - 1][1] > start) or (at < len(self.taken) and self.taken[at][0] < end))

    def take(
        self, kind: ValueKind, start: int, end: int, value: str, written: str = "digits", strict: str = ""
    ) -> None:
        if not self.free(start, end):
            return
        taken = (start, end)
        self.taken.insert(bisect_left(self.taken, taken), taken)
        block = self.run.blocks[self.run.block_at(start)]
        self.found.append(Value(kind, value, self.run.span(start, end), block.index, written, strict))

    def language(self, at: int) -> str:
        return self.by_block[self.run.blocks[self.run.block_at(at)].index]

    def in_reference(self, at: int) -> bool:
        place = bisect_right(self.references, (at, len(self.text))) - 1
        return place >= 0 and self.references[place][1] > at

    def symbols(self) -> None:
        known = mentions(self.document)
        for kind in ("symbol", "url"):
            for mention in known.of("symbol" if kind == "symbol" else "url"):
                start = self.run.offset(mention)
                self.take("symbol", start, start + mention.end - mention.start, mention.value.casefold())

    def dates(self) -> None:
        text = self.text
        if east_asian(self.document):
            for match in _HAN_DATE.finditer(text):
                year, month, day = (_figure(part) for part in match.groups())
                if month is not None:
                    self.take("date", match.start(), match.end(), _date(year, month, day), "han")
                else:
                    self.take("number", match.start(1), match.end(1), str(year), "han")
        for language in dict.fromkeys(self.by_block):
            names = month_names(language)
            if names is None:
                continue
            end = 0
            for match in names[0].finditer(text):
                if language in _CAPITALISED and not match.group()[0].isupper():
                    continue  # "article 12, may make"
                if match.start() >= end and self.language(match.start()) == language:
                    end = self._date_around(match, names)
        for match in _FIGURES_DATE.finditer(text):
            one, _, two, three = match.groups()
            if len(one) == 4 and int(two) <= 12 and int(three) <= 31 and len(three) < 3:
                self.take("date", match.start(), match.end(), _date(int(one), int(two), int(three)), "figures")
            elif len(three) == 4 and len(one) < 3 and 0 < int(one) <= 31 and 0 < int(two) <= 31:
                self.take("date", match.start(), match.end(), f"{int(three)}:{int(one)}:{int(two)}", "figures")

    def _date_around(self, match: re.Match[str], names: tuple[re.Pattern[str], dict[str, int]]) -> int:
        text, (pattern, numbers) = self.text, names
        month = numbers[match.group().casefold()]
        start, end = match.span()
        # "كانون الثاني/يناير": two names of one month
        between = _ALIASES_BETWEEN.match(text, end)
        other = pattern.match(text, between.end()) if between is not None else None
        if other is not None and numbers[other.group().casefold()] == month:
            end = other.end() + (text[other.end()] == ")")
        day = year = None
        before = _DAY_BEFORE.search(text, max(0, start - _BEFORE), start)
        if before is not None and 0 < int(before[1]) <= 31:
            day, start = int(before[1]), before.start()
        elif (earlier := _YEAR_BEFORE.search(text, max(0, start - _BEFORE), start)) is not None:
            year, start = int(earlier[1]), earlier.start()
        stop = text[end : end + 1] == "."
        after = _DAY_AFTER.match(text, end + stop) if (day is None and match.group()[0].isupper()) or year else None
        if after is not None and 0 < int(after[1]) <= 31:
            day, end = int(after[1]), after.end()
        later = _YEAR_AFTER.match(text, end, end + _AFTER) if year is None else None
        if later is not None:
            year, end = int(later[1]), later.end()
        if day is not None or year is not None:
            self.take("date", start, end, _date(year, month, day), "words")
        return end

    def times(self) -> None:
        for match in _TIME.finditer(self.text):
            if ":" in match.group() or "h" in match.group():
                self.take("time", match.start(), match.end(), f"{int(match[1])}:{int(match[2]):02}")

    def numbers(self) -> None:
        text = self.text
        for match in _DIGITS.finditer(text):
            self._number(match.start(), match.end())
        for match in _LETTER.finditer(text):
            letter = (match[1] or match[2]).translate(LOOK_ALIKE)
            if letter.isascii() and (self.in_reference(match.start()) or match[2] is not None):
                self.take(
                    "reference", match.start(match.lastindex or 1), match.end(match.lastindex or 1), letter, "letter"
                )
        for match in _ROMAN.finditer(text):
            if _ROMAN_FORM.fullmatch(match.group()) and (len(match.group()) > 1 or self.in_reference(match.start())):
                self.take("reference", match.start(), match.end(), str(_roman(match.group())), "roman")
        if east_asian(self.document):
            for match in _HAN_NUMBER.finditer(text):
                group = 1 if match[1] else 2
                kind: ValueKind = "reference" if match[1] else "number"
                if match[2] and not set(match[2]) & set("十百千万亿"):
                    continue
                if match[2] and (match[2][0] in "百千万亿" or match[2] in ("一千", "一百", "万一", "千万", "百万")):
                    continue  # "一百" may be a manner of speaking; "万一" is "in case"
                self.take(kind, match.start(group), match.end(group), str(han_value(match[group])), "han")
            for match in _HAN_COUNTED.finditer(text):
                if text[match.start() - 1] in "、至到和及或":
                    self.take("reference", match.start(), match.end(), str(han_value(match.group())), "han")

    def _number(self, start: int, end: int) -> None:
        text = self.text
        if (text[start - 1].isalpha() and text[start - 1].isascii()) or not self.free(start, end):
            return
        figure = text[start:end]
        language = self.language(start)
        value = number_value(figure)
        word = re.compile(r"[ \xa0\u202f]?([^\W\d_]{1,12})").match(text, end)
        if word is not None:
            scales = _scales(language)
            scale = scales.get(word[1].casefold()) or next(
                (scales[word[1][:n]] for n in (2, 1) if word[1][:n] in scales and language in ("zh", "ja")), 0
            )
            if scale:
                value = f"{float(value) * scale:.10g}" if "." in value else str(int(value) * scale)
        kind: ValueKind = "reference" if self.in_reference(start) else "number"
        self.take(kind, start, end, value, "digits", _by_own_marks(figure, language))


def _figure(part: str | None) -> int | None:
    if part is None:
        return None
    return int(part) if part[0].isdecimal() else han_value(part.replace("○", "〇"))


def _roman(figure: str) -> int:
    total = 0
    for at, c in enumerate(figure):
        value = _ROMAN_VALUES[c]
        total += -value if any(_ROMAN_VALUES[d] > value for d in figure[at + 1 : at + 2]) else value
    return total


def _date(year: int | None, month: int | None, day: int | None) -> str:
    return f"{'?' if year is None else year}-{'?' if month is None else month}-{'?' if day is None else day}"


def same_date(one: str, other: str) -> bool:
    """Whether two dates may be the same day: what only one of them says is left open."""
    a, b = _readings(one), _readings(other)
    return any(all(x == y or "?" in (x, y) for x, y in zip(p, q, strict=True)) for p in a for q in b)


def _readings(date: str) -> Iterator[list[str]] | list[list[str]]:
    if ":" in date:  # 3/4/2022: day and month, or month and day
        year, one, two = date.split(":")
        return [[year, two, one], [year, one, two]]
    return [date.split("-")]


@fact
def values(document: Document) -> tuple[Value, ...]:
    """The values of a document, in order."""
    finder = _Finder(document)
    finder.symbols()
    finder.dates()
    finder.times()
    finder.numbers()
    return tuple(sorted(finder.found, key=lambda value: value.span))
