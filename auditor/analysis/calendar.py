"""The calendar: which days there are, and what the days of the week are called (``data/weekdays.toml``)."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import tomli

_DATA = Path(__file__).parent / "data" / "weekdays.toml"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(month: int, year: int | None) -> int:
    """How many days a month has; February 29 where the year is not known. Zero for a month that there is not."""
    if not 1 <= month <= 12:
        return 0
    if month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _LENGTHS[month - 1]


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day."""
    return 1 <= day <= days_in(month, year)


def weekday_of(year: int, month: int, day: int) -> int:
    """The day of the week of a date that there is, 0 for Monday; the Gregorian calendar at all times."""
    return datetime.date(year, month, day).weekday()


@cache
def weekdays() -> dict[str, int]:
    """Number of the day of the week, 0 for Monday, by its case-folded name in all languages of the data."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    return {name: number for table in data.values() for number, names in enumerate(table) for name in names}


@cache
def weekday_names(language: str) -> tuple[str, ...]:
    """The names of the days of the week in a language, Monday first; none where the data has it not."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(names[0] for names in data.get(language, ()))
