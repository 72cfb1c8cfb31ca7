"""Currencies and units of measure that stand with numbers: ``data/units.json``, made from the Unicode CLDR."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auditor.alignment.differences import Difference
from auditor.alignment.values import Value, values
from auditor.analysis.languages import languages
from auditor.document import Span

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

_DATA = Path(__file__).parent / "data" / "units.json"
_SIGNS = {"%": "percent", "٪": "percent", "％": "percent", "€": "EUR", "£": "GBP", "₽": "RUB", "₤": "GBP", "US$": "USD"}
_LONGEST = 40


class Unit(msgspec.Struct, frozen=True, gc=False):
    """What a number counts: "USD", "kilometer"; and where number and unit stand."""

    name: str
    span: Span


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data


@cache
def _names(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns for a unit behind a number and before one, and the units by their names, case-folded."""
    known = {sign.casefold(): name for sign, name in _SIGNS.items()}
    for unit, table in _tables().items():
        for word in table.get(language, ()):
            known.setdefault(word.replace("\xa0", " "), unit)
        if unit.isupper():
            known[unit.casefold()] = unit
    words = "|".join(re.escape(word).replace(r"\ ", r"[ \xa0\n]") for word in sorted(known, key=len, reverse=True))
    return (
        re.compile(rf"[ \xa0\u202f\n-]?({words})(?![^\W\d_])", re.IGNORECASE),
        re.compile(rf"(?<![^\W\d_])({words})[ \xa0\u202f]?$", re.IGNORECASE),
        known,
    )


def units_in(side: Side, span: Span) -> list[Unit]:
    """The units of the numbers inside a stretch of one side."""
    document = side.document
    found: list[Unit] = []
    listed = values(document)
    at = bisect_left(listed, span.start, key=lambda value: value.span.start)
    for value in listed[at:]:
        if value.span.start >= span.end:
            break
        if value.kind == "number" and value.written in ("digits", "han"):
            unit = _beside(document.text, value, languages(document)[value.block])
            if unit is not None:
                found.append(unit)
    return found


def _beside(text: str, value: Value, language: str) -> Unit | None:
    after, before, known = _names(language)
    scaled = re.compile(r"[ \xa0\u202f]?(?:[^\W\d_]{4,10}|[万亿])(?:[ \xa0](?:de|d'))?").match(text, value.span.end)
    for end in (value.span.end, scaled.end() if scaled is not None else None):
        match = after.match(text, end, end + _LONGEST) if end is not None else None
        if match is not None:
            name = known[re.sub(r"[\xa0\n]", " ", match[1].casefold())]
            return Unit(name, Span(value.span.start, match.end()))
    low = max(0, value.span.start - _LONGEST)
    match = before.search(text, low, value.span.start)
    if match is None:
        return None
    return Unit(known[re.sub(r"[\xa0\n]", " ", match[1].casefold())], Span(match.start(), value.span.end))


def unit_differences(pair: Pair) -> Iterator[Difference]:
    """Numbers that count one thing in the one version and another in the other."""
    for match in pair.matching.matches:
        one = _units_of(pair.a, match.a)
        if not one:
            continue
        other = _units_of(pair.b, match.b)
        counts_a, counts_b = Counter(u.name for u in one), Counter(u.name for u in other)
        left_a, left_b = counts_a - counts_b, counts_b - counts_a
        odd_a, odd_b = [u for u in one if left_a[u.name]], [u for u in other if left_b[u.name]]
        for a, b in zip(odd_a, odd_b, strict=False):
            text_a, text_b = (" ".join(u.span.of(side.document.text).split()) for u, side in ((a, pair.a), (b, pair.b)))
            yield Difference("currency-unit", a.span, b.span, text_a, text_b, None, "other", words=(a.name, b.name))


def _units_of(side: Side, indexes: Sequence[int]) -> list[Unit]:
    return [unit for k in indexes for unit in units_in(side, side.units[k].span)]
