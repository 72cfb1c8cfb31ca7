"""A number differs between parallel texts.

Why it matters. A term of five years in the one text and of six in the other, an amount with a figure lost: numbers are
what a treaty or a contract is held to, and no spelling checker sees a wrong one.

How it decides. Twins and copies of one text are matched paragraph by paragraph, and what differs inside a paragraph is
looked at token by token. Where figures differ and are no part of a date, a document symbol or a reference, the
difference is reported here. Of versions in two languages the numbers of matched paragraphs are compared in both
directions, whatever their separators and digits (1,000 and 1.000; ١٢ and 12; 三十 and 30); a number that the one has in
figures may stand in words in the other. A number that reads as another by the marks of its language is for information.

When it stays silent. It is silent about the twins' own numbers (“Annex I”, “Annex II”), page furniture, and the numbers
of paragraphs, which parallel/label compares. In versions it is silent about one and two, which languages say in many
ways, where only one side has them.

Sources. Numeric consistency is the first check of every standard of translation quality assurance (ISO 17100; ASTM
F2575).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import told_value
from ._twins import SECOND, annexes

_DAYS = SECOND.replace("measures", "measures of the last {} days")


@rule(
    "parallel/number",
    severity="error",
    scope="pair",
    bad={
        "en": [
            annexes(_DAYS.format("⟦30⟧"), _DAYS.format("60")),
            annexes(_DAYS.format("⟦1,500⟧"), _DAYS.format("1,800")),
        ]
    },
    good={"en": [annexes(_DAYS.format("30"), _DAYS.format("30")), annexes()]},
)
def number(pair: Pair) -> Iterator[Finding]:
    """One finding for each difference of figures."""
    for found in pair.differences("number"):
        yield told_value(pair, found, "the numbers differ")
