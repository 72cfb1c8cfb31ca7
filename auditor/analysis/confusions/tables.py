"""The tables of confusions, by script. Data: ``tables.toml``, with its sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import tomli

_SCRIPTS = {"ru": "cyrillic", "ar": "arabic"}


class Table(msgspec.Struct, frozen=True):
    """What is read for what is printed, by the first character read.

    Each entry is (read, printed, cost); the cost is the rarity of the confusion in powers of ten.
    """

    letters: dict[str, tuple[tuple[str, str, float], ...]]
    signs: dict[str, tuple[tuple[str, str, float], ...]]


@cache
def table(language: str) -> Table:
    """The confusions of the script that a language is written in."""
    script = _data()[_SCRIPTS.get(language, "latin")]
    return Table(_entries(script["pairs"], script.get("capitals", "")), _entries(script.get("figures", "")))


@cache
def _data() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "tables.toml").open("rb") as file:
        return tomli.load(file)


def _entries(*rows: str) -> dict[str, tuple[tuple[str, str, float], ...]]:
    entries: dict[str, dict[tuple[str, str], float]] = {}
    for row in rows:
        fields = row.split()
        for read, printed, cost in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
            first = entries.setdefault(read[0], {})
            first[read, printed] = min(float(cost), first.get((read, printed), 9.0))
    return {
        first: tuple((read, printed, cost) for (read, printed), cost in found.items())
        for first, found in entries.items()
    }
