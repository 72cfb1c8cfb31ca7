"""A total in a table is not the sum of its figures.

Why it matters. One of the figures is wrong, or a row is missing; a digit that OCR misread shows nowhere else.

How it decides. A row called "Total" (in the language of the table) closes a table whose columns hold figures. A
column whose figures add up to another sum is reported, if the other columns of the table, or other tables of the
document, show that totals are meant as sums: at least one total is right, or the difference is that of one digit.

When it stays silent. Where figures differ by no more than their rounding; at subtotals, percentages, years, averages
and cells with more than a figure; where all totals of a document differ.

Sources. The words for totals: rules/notes/totals.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import msgspec
import tomli

from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

from .tables import Row, Table, tables

_RULE = "notes/table-total"
_FEWEST = 2
_FIGURE = re.compile(
    r"[(−–-]?[\s$€£]*\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})*(?:[.,]\d{1,2})?\)?|[(−–-]?\d+(?:[.,]\d{1,4})?\)?"
)
_BLANK = frozenset({"", "-", "–", "—", "…", "..", "...", "n/a", "*"})


class _Sum(msgspec.Struct, frozen=True):
    """A column with its total: as written, where, the sum of the figures, and how far they may be rounded."""

    stated: Decimal
    place: Span
    figures: tuple[Decimal, ...]
    rounding: Decimal

    @property
    def total(self) -> Decimal:
        return sum(self.figures, Decimal(0))

    @property
    def right(self) -> bool:
        return abs(self.total - self.stated) <= self.rounding


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            "| Country | Votes | Seats |\n|---|---|---|\n| Chile | 120 | 3 |\n| Egypt | 250 | 5 |\n| Japan | 310 | "
            "7 |\n"
            "| **Total** | 680 | ⟦16⟧ |\n",
        ],
        "fr": [
            "| Pays | Voix | Sièges |\n|---|---|---|\n| Chili | 1 200 | 3 |\n| Égypte | 2 500 | 5 |\n| Japon | 3 "
            "100 | 7 |\n"
            "| Total | ⟦6 900⟧ | 15 |\n",
        ],
    },
    good={
        "en": [
            "| Country | Votes | Share |\n|---|---|---|\n| Chile | 120 | 33.3 |\n| Egypt | 250 | 33.3 |\n"
            "| Japan | 310 | 33.3 |\n| Total | 680 | 100 |\n",
            "| Year | Index |\n|---|---|\n| 2020 | 100 |\n| 2021 | 110 |\n| Total | 4 |\n",
        ],
        "fr": ["| Pays | Voix |\n|---|---|\n| Chili | 1 200 |\n| Égypte | 2 500 |\n| Total | 3 700 |\n"],
    },
)
def table_total(document: Document) -> Iterator[Finding]:
    """One finding for each total that does not add up."""
    found = [(table, sums) for table in tables(document) if (sums := list(_sums(table)))]
    right = sum(total.right for _, sums in found for total in sums)
    for table, sums in found:
        for total in sums:
            if total.right:
                continue
            beside = any(other.right for other in sums)
            digit = _one_digit(total.stated, total.total)
            if not (beside or (digit and len(total.figures) > _FEWEST) or right >= _FEWEST):
                continue
            yield Finding(
                _RULE,
                f"The total is {_shown(total.stated)}; the {len(total.figures)} figures above it add up to "
                f"{_shown(total.total)}.",
                total.place,
                confidence=0.85 if beside or digit else 0.6,
                data={"stated": str(total.stated), "sum": str(total.total)},
                evidence=(Evidence("The table.", table.block.span),),
            )


@cache
def _words() -> frozenset[str]:
    data = tomli.loads((Path(__file__).parent / "totals.toml").read_text("utf-8"))
    return frozenset(word for words in data.values() for word in words)


def _is_total(row: Row) -> bool:
    return any(cell.strip("*_ :.").casefold() in _words() for cell in row.cells[:2])


def _sums(table: Table) -> Iterator[_Sum]:
    rows = table.rows
    if len(rows) <= _FEWEST or not _is_total(rows[-1]) or any(_is_total(row) for row in rows[:-1]):
        return
    for column in range(1, len(rows[-1].cells)):
        stated = _figure(rows[-1].cells[column])
        if stated is None:
            continue
        figures: list[Decimal] = []
        whole = True
        for row in rows[:-1]:
            cell = row.cells[column].strip("*_ ") if column < len(row.cells) else ""
            value = _figure(cell)
            if value is not None:
                figures.append(value)
            elif cell.casefold() not in _BLANK:
                whole = False
                break
        if whole and len(figures) >= _FEWEST and stated >= max(figures):
            unit = Decimal(1).scaleb(max(int(f.as_tuple().exponent) for f in (*figures, stated)))
            exact = all(f == f.to_integral_value() for f in (*figures, stated))
            rounding = Decimal(0) if exact and len(figures) <= 3 else unit * len(figures) / 2
            yield _Sum(stated, rows[-1].places[column], tuple(figures), Decimal(0) if exact else rounding)


def _figure(cell: str) -> Decimal | None:
    """The value of a cell that holds one figure and nothing else."""
    bare = cell.strip("*_ \u00a0$€£")
    if not bare or "%" in cell or _FIGURE.fullmatch(bare) is None:
        return None
    negative = bare[0] in "(−–-"
    digits = bare.strip("()−–- $€£")
    groups = re.split(r"[ \u00a0\u202f.,'’]", digits)
    marks = re.findall(r"[ \u00a0\u202f.,'’]", digits)
    try:
        if (len(groups) > 1 and len(groups[-1]) != 3) or (len(groups) > 2 and marks[-1] != marks[0]):
            value = Decimal("".join(groups[:-1]) + "." + groups[-1])
        else:
            value = Decimal("".join(groups))
    except InvalidOperation:
        return None
    return -value if negative else value


def _one_digit(stated: Decimal, total: Decimal) -> bool:
    """Whether the two are written with the same digits but one."""
    first, second = str(abs(stated)), str(abs(total))
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _shown(value: Decimal) -> str:
    return f"{value:,}"
