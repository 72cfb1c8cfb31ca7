"""Pages that the printed page numbers prove are not marked in the text, or not there.

Why it matters. Between two page marks whose numbers are not neighbours, at least one page break left no trace.
Headings, footnotes and whole pages are lost just there; whoever looks for what is missing begins at these places. A
text that ends on page 44 of 80 is not whole.

How it decides. The page numbers of the furniture make a chain. Numbers missing from it are listed, those left out
that a footer without number stands for. Pages before the first number are counted from the second page on, since
first pages rarely bear one. All of it is one finding.

When it stays silent. Texts without page furniture; pages all of whose numbers are there, also on pages too short for
the chain and in titles that end with the number; numbers that begin high, as in an offprint of a journal.

Sources. Section 6 of the project's design; the folios of the United Nations state the number of pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.furniture.pages import pages
from auditor.contract import Example, rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._print import listed

#: A text that ends this much before the last page, in pages, is reported as cut off.
_RULE = "furniture/missing-page"


def _page(number: int, total: int) -> str:
    sentence = "The Parties shall cooperate in this field and exchange the experience that they have gained. "
    return f"{sentence * 12}\n\n⟦22-03357 {number}/{total}⟧\n\n"


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            _page(3, 9) + _page(5, 9).replace("⟦", "").replace("⟧", "") + _page(9, 9).replace("⟦", "").replace("⟧", ""),
        ],
    },
    good={
        "en": [
            "".join(_page(number, 3).replace("⟦", "").replace("⟧", "") for number in (2, 3)),
            Example("Article 3\n\nThe Parties cooperate.\n\nArticle 7\n\nThe Parties consult.\n", "en", "text/plain"),
        ],
    },
)
def missing_page(document: Document) -> Iterator[Finding]:
    """Report all pages that are proved but not marked, once."""
    known = pages(document)
    stretches = [(tuple(n for n in one.numbers if n > 1), one.span) for one in known.unmarked]
    stretches = [(numbers, span) for numbers, span in stretches if numbers]
    if not stretches:
        return
    missing = [number for numbers, _ in stretches for number in numbers]
    counted = [one for one in known.breaks if one.number is not None]
    marked = [one.number for one in counted if one.number is not None]
    last = max(marked)
    tail = [number for number in missing if number > last]
    inner = [number for number in missing if number <= last]
    of_all = f" of {known.total}" if known.total else ""
    said = []
    if inner:
        said.append(f"Page{'s' if len(inner) > 1 else ''} {listed(inner)}{of_all} left no mark in the text")
    if tail:
        said.append(f"{'the' if said else 'The'} text ends on page {last}{of_all}")
    why = [Evidence(f"page numbers that are there: {listed(marked)}")]
    if len({number % 2 for number in marked}) == 1 and len(marked) > 2:
        why.append(Evidence(f"only {'odd' if marked[0] % 2 else 'even'} pages are marked"))
    why.extend(Evidence(f"between these two places: page {listed(numbers)}", span) for numbers, span in stretches[:8])
    yield Finding(
        _RULE,
        "; ".join(said) + ".",
        counted[0].span,
        confidence=0.9 if known.total else 0.7,
        data={
            "pages": missing,
            "total": known.total,
            "marked": marked,
            "between": [{"pages": list(numbers), "start": span.start, "end": span.end} for numbers, span in stretches],
        },
        evidence=tuple(why),
    )
