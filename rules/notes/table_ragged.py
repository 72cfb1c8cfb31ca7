"""A row of a table has more or fewer cells than its head.

Why it matters. Readers of Markdown throw away the cells beyond the head and fill short rows at their end, so that
figures disappear or move under another title.

How it decides. The cells of each row are counted in the source and held against the head. The rows of one table are
one finding.

When it stays silent. Where the row is the only one, where a missing last cell is empty by the look of the other rows
(all rows shorter by the same number), on tables that most rows of which differ from the head in the same way (then
the head is what is wrong, and is reported itself), and outside Markdown.

Sources. GitHub Flavored Markdown Spec, 4.10, on rows of unequal length.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from .tables import tables

_RULE = "notes/table-ragged"


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            "| Year | Votes | Members |\n|---|---|---|\n| 2020 | 12 | 15 |\n⟦| 2021 | 13 |⟧\n| 2022 | 14 | 15 |\n",
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n⟦| 2021 | 13 | 15 |⟧\n| 2022 | 14 |\n",
        ],
    },
    good={
        "en": [
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n| 2021 | a \\| b |\n| 2022 | |\n",
            "Year | Votes\n--- | ---\n2020 | 12\n2021 | 13\n",
        ],
    },
)
def table_ragged(document: Document) -> Iterator[Finding]:
    """One finding for each table with ragged rows."""
    for table in tables(document):
        width = len(table.head.cells)
        odd = [row for row in table.rows if len(row.cells) != width]
        if not odd:
            continue
        widths = {len(row.cells) for row in odd}
        if 2 * len(odd) > len(table.rows) and len(widths) == 1 and len(table.rows) > 1:
            count = widths.pop()
            yield Finding(
                _RULE,
                f"The head of the table has {width} cells, most of its rows have {count}.",
                table.head.span,
                confidence=0.85,
                data={"head": width, "rows": count},
            )
            continue
        first = odd[0]
        message = f"This row has {len(first.cells)} cells, the head of the table has {width}."
        if len(odd) > 1:
            message = f"{len(odd)} rows of the table have more or fewer cells than its head, which has {width}."
        yield Finding(
            _RULE,
            message,
            first.span,
            confidence=0.9,
            data={"head": width, "rows": [len(row.cells) for row in odd]},
            evidence=(Evidence("The head of the table.", table.head.span),),
            places=tuple(row.span for row in odd[1:]),
        )
