"""The same paragraph stands at another place in one of two parallel texts.

Why it matters. Columns read in the wrong order, a page bound or scanned out of turn, and paragraphs moved by an editor
in one copy only all leave two texts that say the same things in another order.

How it decides. Paragraphs, points and headings are matched in the order of both texts. What is left alone on both sides
and is the same text has moved; each is reported with both its places.

In versions in two languages divisions are told by their numbers; all that have moved are one finding. A list that is
in another order, as definitions sorted by the alphabet of their language are, is for information.

When it stays silent. It is silent about single words and short lines, which may be the same by chance.

Sources. Moves are told from losses as in the comparison of versions (Wagner and Fischer for the order, equality of the
rest for the moves).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._twins import annexes

_ONE = "Each Party shall inform the other of the measures which it takes within its own territory."
_TWO = "Disputes about the application of this Treaty shall be settled by negotiation between governments."


@rule(
    "parallel/order",
    severity="warning",
    scope="pair",
    bad={"en": [annexes(f"⟦{_TWO}⟧\n\n{_ONE}", f"{_ONE}\n\n{_TWO}")]},
    good={"en": [annexes(f"{_ONE}\n\n{_TWO}", f"{_ONE}\n\n{_TWO}"), annexes()]},
)
def order(pair: Pair) -> Iterator[Finding]:
    """One finding for each unit that has moved."""
    for found in pair.differences("order"):
        if found.detail == "set":
            message = (
                f"The list in which {quoted(found.text_a)} stands is in another order in {pair.b.label}; lists are "
                "often sorted anew by the alphabet of the language."
            )
            yield told(pair, found, message, confidence=0.6, severity="info")
            continue
        if found.places:
            number = len(found.places) + 1
            message = f"{number} divisions, from {quoted(found.text_a)} on, stand in another order in {pair.b.label}."
            yield told(pair, found, message, confidence=0.8)
            continue
        message = f"{quoted(found.text_a)} stands at another place in {pair.b.label}."
        yield told(pair, found, message, confidence=0.8)
