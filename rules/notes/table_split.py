"""A table goes on in a second one.

Why it matters. A page break cut the table; sums, filters and readers of the second part miss its head, or count its
head as data.

How it decides. Two tables of the same width follow each other with nothing but page furniture or a remark such as
"(continued)" between, and the second has the head of the first again, or a row of data in the place of its head.

When it stays silent. Where text or a caption stands between, or the heads are different titles.

Sources. GitHub Flavored Markdown Spec, 4.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.analysis.furniture import furniture
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from .tables import Table, tables

_RULE = "notes/table-split"
_CONTINUED = re.compile(
    r"[(\[*_ ]*(?:continued|cont(?:['’.]?d|\.)|suite|continuación|cont\.|Fortsetzung|продолжение|续表|تابع)[)\]*_ .]*",
    re.IGNORECASE,
)
_DATA = re.compile(r"[\d\s.,%$€£()−–-]*\d[\d\s.,%$€£()−–-]*")


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n| 2021 | 13 |\n\n⟦| Year | Votes |\n|---|---|\n| 2022 | "
            "14 |⟧\n",
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n| 2021 | 13 |\n\n(continued)\n\n"
            "⟦| 2022 | 14 |\n|---|---|\n| 2023 | 15 |⟧\n",
        ],
    },
    good={
        "en": [
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n\nTable 2\n\n| Year | Votes |\n|---|---|\n| 2022 | 14 |\n",
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n\n| Name | Seat |\n|---|---|\n| Chile | 14 |\n",
        ],
    },
)
def table_split(document: Document) -> Iterator[Finding]:
    """One finding for each table that goes on with another."""
    found = tables(document)
    if len(found) < 2:
        return
    known = furniture(document)
    for first, second in pairwise(found):
        if len(first.head.cells) != len(second.head.cells):
            continue
        between = document.blocks[first.block.index + 1 : second.block.index]
        if any(not known.is_furniture(b.index) and not _CONTINUED.fullmatch(b.prose.text.strip()) for b in between):
            continue
        if second.head.cells == first.head.cells:
            why = "Both have the same head."
        elif _is_data(second, first):
            why = "What should be the head of the second part is a row of data."
        else:
            continue
        yield Finding(
            _RULE,
            "This table is the rest of the one before it.",
            second.block.span,
            confidence=0.8,
            data={"cells": len(second.head.cells)},
            evidence=(Evidence("The first part.", first.block.span), Evidence(why, second.head.span)),
        )


def _is_data(second: Table, first: Table) -> bool:
    """Whether the head of the second table holds figures where the head of the first has words."""
    return any(
        _DATA.fullmatch(cell) and title and not _DATA.fullmatch(title)
        for cell, title in zip(second.head.cells, first.head.cells, strict=True)
    )
