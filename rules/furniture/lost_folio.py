"""A page footer lost its page number among others that have one.

Why it matters. The number was on the page and is gone; what stood beside it may be gone too. Where the number follows
from its neighbours, the page can be named again.

How it decides. Footers of one series share their constant part ("22-03357"). Where at least two of them carry a page
number, those without one are reported. The number is given when only one is possible: between 3 and 9, two footers in
a series of odd pages are 5 and 7.

When it stays silent. Series in which fewer than two have a number; a number on the line before or after; mastheads of
the first page.

Sources. Section 6 of the project's design.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.furniture import Item, furniture
from auditor.analysis.furniture.pages import pages
from auditor.analysis.furniture.series import filled
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._print import listed, shown

_RULE = "furniture/lost-folio"


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "The Parties meet every year and\n\n22-03357 **3/15**\n\nreport on progress.\n\n⟦22-03357⟧\n\n"
            "They consult.\n\n⟦22-03357⟧\n\nThey cooperate.\n\n22-03357 **9/15**\n",
        ],
    },
    good={
        "en": [
            "The Parties meet and\n\n22-03357 3/15\n\nreport.\n\n22-03357 4/15\n\nThey consult.\n",
            "The Parties meet and\n\n22-03357\n\nreport.\n\n22-03357\n\nThey consult.\n",
        ],
    },
)
def lost_folio(document: Document) -> Iterator[Finding]:
    """Report footers without a number whose siblings have one."""
    known = furniture(document)
    numbered = {found.span.start: found.number for found in pages(document).breaks}
    groups: dict[int, list[Item]] = defaultdict(list)
    for item in known.items:
        if item.kind in ("footer", "header") and (item.grammar or item.number is not None):
            groups[item.series].append(item)
    for number, items in groups.items():
        carrying = [item for item in items if item.number is not None]
        if len(carrying) < 2 or len(carrying) < 0.15 * len(items):
            continue
        values = [value for item in carrying if (value := item.number) is not None]
        for item, inferred in _lost(items):
            if inferred is None and _numbered_beside(numbered, item):
                continue
            words = f"The footer “{shown(document, item.span)}” lost its page number"
            words += f"; it must be {inferred}" if inferred is not None else ""
            yield Finding(
                _RULE,
                f"{words}.",
                item.span,
                confidence=0.9 if inferred is not None else 0.75,
                data={"number": inferred, "total": known.series[number].total},
                evidence=(Evidence(f"its siblings carry {listed(values)}"),),
            )


def _numbered_beside(numbered: dict[int, int | None], item: Item) -> bool:
    return numbered.get(item.span.start) is not None


def _lost(items: Sequence[Item]) -> Iterator[tuple[Item, int | None]]:
    """Items without number behind the first that has one, each with the only number that fits, if there is one."""
    begun = False
    for item, number in zip(items, filled([item.number for item in items]), strict=True):
        begun = begun or item.number is not None
        if begun and item.number is None:
            yield item, number
