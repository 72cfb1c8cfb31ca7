"""A date differs between parallel texts.

Why it matters. The day on which a text was done, enters into force or expires is the same in every copy of it; where
two copies differ, one of them is wrong, and nothing in either shows it.

How it decides. Twins and copies of one text are matched paragraph by paragraph. Where what differs is part of a date
(a day with its month, a month with its year, or figures alone), the dates' values are compared, not how they are
written.
Of versions in two languages the dates of matched paragraphs are compared in both directions: month names of every
language, Arabic double names, Chinese figures and all-figure forms are read alike.

When it stays silent. It is silent where two dates of different form are the same day, and about dates in page
furniture.

Sources. Month names are those of the Unicode Common Locale Data Repository.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import told_value
from ._twins import annexes


@rule(
    "parallel/date",
    severity="error",
    scope="pair",
    bad={
        "en": [
            annexes(when=("on ⟦21⟧ February 2022", "on 22 February 2022")),
            annexes(when=("on 3 ⟦March⟧ 2022", "on 3 May 2022")),
        ]
    },
    good={"en": [annexes(when=("on 21 February 2022", "on 21 February 2022")), annexes()]},
)
def date(pair: Pair) -> Iterator[Finding]:
    """One finding for each difference of dates."""
    for found in pair.differences("date"):
        yield told_value(pair, found, "the dates differ")
