"""A document symbol or web address differs between parallel texts.

Why it matters. A resolution cited as A/RES/72/249 in the one text and as A/RES/72/294 in the other is two documents;
symbols are copied by hand and damaged by scanners, and nobody reads them.

How it decides. Twins and copies of one text are matched paragraph by paragraph. Where what differs belongs to a
document symbol (United Nations, European Union, treaty series) or to a web address, their normal forms are compared.
Of versions in two languages symbols are the same whose figures are, since their letters may be translated (96/9/EC,
96/9/CE).

When it stays silent. It is silent where only the typing differs (spaces, a non-breaking hyphen), and about symbols in
page furniture.

Sources. The United Nations Editorial Manual on document symbols; the forms of symbols are data of the program.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import told_value
from ._twins import annexes


@rule(
    "parallel/symbol",
    severity="error",
    scope="pair",
    bad={"en": [annexes(reference=("resolution A/RES/72/⟦249⟧", "resolution A/RES/72/294"))]},
    good={"en": [annexes(), annexes(reference=("resolution A/RES/72/249", "resolution A/RES/72/249"))]},
)
def symbol(pair: Pair) -> Iterator[Finding]:
    """One finding for each difference of symbols or addresses."""
    for found in pair.differences("symbol"):
        yield told_value(pair, found, "the symbols differ")
