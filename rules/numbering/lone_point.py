"""A point (a) without a point (b).

Why it matters. A list of one is seldom meant. Its other points were lost, or its letter is the residue of a longer
list.

How it decides. A series of one member, lettered or Roman, at the beginning of a paragraph, in a document whose other
series of that form have at least two members, five of them or more.

When it stays silent. Documents without such a habit, numbered paragraphs (one numbered paragraph under a heading is
common), points inside sentences, quotations.

Sources. Drafting manuals ask for at least two points: the UN Editorial Manual; the Joint Practical Guide of the EU.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.analysis.enumerators import EnumeratorSeries, enumerators
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

_HABIT = 5


@rule(
    "numbering/lone-point",
    severity="info",
    preview=True,
    bad={
        "en": [
            "".join(f"## Article {n}\n\nThe Board:\n\n(a) meets;\n\n(b) reports.\n\n" for n in range(1, 7))
            + "## Article 7\n\nThe Assembly:\n\n⟦(a)⟧ meets every year.\n\n## Article 8\n\nEntry into force.\n"
        ],
    },
    good={
        "en": [
            "## Article 1\n\nThe Board:\n\n(a) meets.\n\n## Article 2\n\nEntry into force.\n",
            "".join(f"## Article {n}\n\nThe Board:\n\n(a) meets;\n\n(b) reports.\n\n" for n in range(1, 8)),
        ],
    },
)
def lone_point(document: Document) -> Iterator[Finding]:
    """One finding for each series of one."""
    known = enumerators(document)

    def form(series: EnumeratorSeries) -> tuple[str, str, str]:
        return (series.system, series.opener, series.closer)

    longer = Counter(form(series) for series in known.series if len(series.members) > 1)
    alone = [series for series in known.series if len(series.members) == 1]
    lone = Counter(form(series) for series in alone)
    for series in alone:
        item = known.items[series.members[0]]
        if item.value != 1 or item.reading.damaged or item.mark.place != "block" or item.mark.quoted:
            continue
        if series.system == "digits" or item.mark.weight < 1.2:
            continue
        if longer[form(series)] < _HABIT or lone[form(series)] * 10 > longer[form(series)] + 10:
            continue
        yield Finding(
            rule="numbering/lone-point",
            message=f"“{known.text(item.mark)}” has no second point.",
            span=known.span(item.mark),
            confidence=0.6,
        )
