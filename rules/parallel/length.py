"""A paragraph is far longer or shorter than its parallel in the other language.

Why it matters. A sentence that was left out of a translation, or two paragraphs run together, leave no mark in either
text; but the length of the one no longer fits the other.

How it decides. Two versions are matched paragraph by paragraph. How much longer one language is than the other is
learned from the pair itself, with its own spread; what lies more than six spreads and a factor of 2.5 away is reported.

When it stays silent. It is silent about short paragraphs, headings and rows of tables, about pairs with fewer than
twelve paragraphs, and where the paragraph stands untranslated (parallel/untranslated).

Sources. That the lengths of translations vary little around a constant ratio is the ground of sentence alignment (Gale
and Church 1993).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._versions import versions

_LONG = (
    "The Parties shall meet each year in order to review this Treaty, at a place and on a day on which they agree in "
    "advance, and shall invite those organizations that have asked for it in writing; the meeting shall adopt its own "
    "rules of procedure and shall be prepared by the government of the country in which it is held."
)
_WHOLE = (
    "Les Parties se réunissent chaque année pour examiner le présent Traité, au lieu et à la date dont elles sont "
    "convenues à l'avance, et invitent les organisations qui l'ont demandé par écrit ; la réunion adopte son règlement "
    "intérieur et est préparée par le gouvernement du pays où elle se tient."
)


@rule(
    "parallel/length",
    severity="warning",
    scope="pair",
    pairs=("versions",),
    bad={"en": [versions(f"⟦{_LONG}⟧", "Les Parties se réunissent chaque année pour examiner le Traité.", times=3)]},
    good={"en": [versions(_LONG, _WHOLE, times=3)]},
)
def length(pair: Pair) -> Iterator[Finding]:
    """One finding for each paragraph whose length does not fit."""
    for found in pair.differences("length"):
        (times,) = found.words
        side, other = (pair.b, pair.a) if found.detail == "long" else (pair.a, pair.b)
        message = (
            f"The paragraph beginning {quoted(found.text_a[:60])} is {times} times as long in {side.label} as "
            f"{other.label} lets expect; something may be missing there, or be too much here."
        )
        yield told(pair, found, message, confidence=0.7, data={"times": float(times)})
