"""A name differs between parallel texts, or the other twin's name was left in.

Why it matters. Texts of one template are written by replacing one party's name with the other's. A name that was
forgotten gives a right or a duty to the wrong party.

How it decides. The replacement of names is learned from the pair itself (see parallel/wording). Where the one text has
its name and the other text has that same name instead of its own, it was left in. A difference between two names that
is no learned replacement is reported too.

When it stays silent. It is silent where both names stand in both texts, as in a list of all parties, where a name is
replaced throughout, and where a capital only opens the paragraph.

Sources. The errors of substitution that template documents are known for; names are told by their capitals, or by
the learned replacement in scripts that have none.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import both_sides, quoted, told
from ._twins import SECOND, annexes


@rule(
    "parallel/name",
    severity="error",
    scope="pair",
    pairs=("twins", "scans"),
    bad={
        "en": [
            annexes(
                SECOND.replace("Each Party", "The Republic of ⟦Borduria⟧"),
                SECOND.replace("Each Party", "The Republic of Borduria"),
            ),
            annexes(crown="⟦Illyria⟧"),
        ]
    },
    good={
        "en": [
            annexes(),
            annexes(
                "Ruritania and Borduria shall inform each other of the measures which they take.",
                "Ruritania and Borduria shall inform each other of the measures which they take.",
            ),
        ]
    },
)
def name(pair: Pair) -> Iterator[Finding]:
    """One finding for each name left in, and for each other difference of names."""
    for found in pair.differences("name"):
        if found.detail == "slip":
            side, other = (pair.b, pair.a) if found.lacking == "b" else (pair.a, pair.b)
            message = (
                f"{side.label} has {quoted(found.words[0])}, the name that belongs into {other.label}; elsewhere "
                f"it has {quoted(found.words[1])} in its place."
            )
            yield told(pair, found, message, confidence=0.85, data={"expected": found.words[1]})
        else:
            yield told(pair, found, both_sides(pair, found) + ": the names differ.", confidence=0.8)
