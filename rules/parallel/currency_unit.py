"""A number counts something else in the other language: dollars and euros, metres and feet, per cent and per mille.

Why it matters. The number is right and the sum is wrong: a currency or a unit that changed on the way is overlooked by
every check that compares figures alone.

How it decides. Two versions are matched paragraph by paragraph. The currencies and units of measure that stand with
numbers, as signs, codes or names, are compared; where each side has one that the other lacks, both are reported.

When it stays silent. It is silent where only one side names a unit, about units without a number, and about words that
are no name of a unit in the Unicode CLDR.

Sources. Names, codes and signs are those of the Unicode Common Locale Data Repository; ISO 4217 for codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import both_sides, told
from ._versions import versions


@rule(
    "parallel/currency-unit",
    severity="error",
    scope="pair",
    pairs=("versions",),
    bad={
        "en": [
            versions(
                "The fee for each ship is ⟦500 euros⟧ and is paid in advance.",
                "La taxe pour chaque navire est de 500 dollars des États-Unis et se paie d'avance.",
            ),
            versions(
                "Ships shall keep a distance of ⟦20 kilometres⟧ from the coast.",
                "Les navires se tiennent à une distance de 20 mètres de la côte.",
            ),
        ]
    },
    good={
        "en": [
            versions(
                "The fee for each ship is 500 euros and is paid in advance.",
                "La taxe pour chaque navire est de 500 euros et se paie d'avance.",
            ),
            versions("The tax shall not exceed 20 per cent.", "La taxe n'excède pas 20 %."),
        ]
    },
)
def currency_unit(pair: Pair) -> Iterator[Finding]:
    """One finding for each pair of units that differ."""
    for found in pair.differences("currency-unit"):
        message = f"{both_sides(pair, found)}: the numbers count different things."
        yield told(pair, found, message, confidence=0.8, data={"units": list(found.words)})
