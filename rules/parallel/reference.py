"""A reference points elsewhere in one of two parallel texts.

Why it matters. “Under article 12” in the one text and “under article 13” in the other send their readers to two
provisions; at most one of them is meant.

How it decides. Twins and copies of one text are matched paragraph by paragraph. Where what differs belongs to a
reference to an article, paragraph, annex or the like, what the two point to is compared.
Of versions in two languages the numbers of references are compared, since languages order and join their parts in their
own ways.

When it stays silent. It is silent where each of two twins refers to itself by its own number, and where a reference
is written in another way but leads to the same place.

Sources. The words for divisions are those that the outline is read by, in all the languages it knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import told_value
from ._twins import annexes


@rule(
    "parallel/reference",
    severity="error",
    scope="pair",
    bad={"en": [annexes(reference=("article ⟦1⟧", "article 2"))]},
    good={"en": [annexes(), annexes(reference=("article 1", "article 1"))]},
)
def reference(pair: Pair) -> Iterator[Finding]:
    """One finding for each reference that points elsewhere."""
    for found in pair.differences("reference"):
        yield told_value(pair, found, "they refer to different places")
