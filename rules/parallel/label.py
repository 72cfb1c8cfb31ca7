"""A paragraph or point carries another number or letter than its parallel, or a heading another level.

Why it matters. A point that is (b) in the one text and (c) in the other is cited wrongly by whoever has the other text
in hand; a number lost at the head of a paragraph makes it part of the one before.

How it decides. Units are matched by their words; their numbers are then compared. Where all that follow differ too, as
after a lost point, it is one finding with its places. Levels of headings are compared between two documents only: those
that depart from what the pair otherwise shows are reported for information.

When it stays silent. It is silent about the form of a label (“(a)” and “a)”), about levels that differ throughout, and
about levels inside one document, which structure/heading-level judges. Between versions in two languages only lost
labels are reported, as they are written or, where the alphabets differ, by what they count, and none where one of the
two counts in another way.

Sources. How a text is cited follows its labels (Drafting Manual of the United Nations; Joint Practical Guide of the
European Union).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._twins import annexes

_POINTS = (
    "Each Party shall inform the other of:\n\n{} the ports that it opens to ships of the other Party;\n\n{} the fees "
    "that it takes from them."
)


@rule(
    "parallel/label",
    severity="warning",
    scope="pair",
    bad={"en": [annexes(_POINTS.format("(a)", "⟦(c)⟧"), _POINTS.format("(a)", "(b)"))]},
    good={"en": [annexes(_POINTS.format("(a)", "(b)"), _POINTS.format("a)", "b)")), annexes()]},
)
def label(pair: Pair) -> Iterator[Finding]:
    """One finding for each label, or run of labels, that differs; one for the levels of headings."""
    for found in pair.differences("label"):
        if found.detail == "level":
            message = f"A heading stands at {found.text_a} in {pair.a.label} and at {found.text_b} in {pair.b.label}."
            yield told(pair, found, message, severity="info", confidence=0.8)
            continue
        if found.detail == "heading":
            side, other = (pair.a, pair.b) if found.lacking == "a" else (pair.b, pair.a)
            strange, known = (found.text_a, found.text_b)[:: 1 if found.lacking == "a" else -1]
            message = (
                f"The heading {quoted(strange)} in {side.label} is {quoted(known)} in {other.label}; its label is no "
                "word for a division that is known."
            )
            yield told(pair, found, message, confidence=0.7)
            continue
        if found.detail == "lost":
            side, other = (pair.a, pair.b) if found.lacking == "a" else (pair.b, pair.a)
            written = quoted(found.text_a or found.text_b)
            message = f"{side.label} has no number here, where {other.label} has {written}."
        else:
            message = (
                f"{quoted(found.text_a)} in {pair.a.label} is {quoted(found.text_b)} in {pair.b.label}: the text is "
                "the same, its number or letter is not."
            )
        if found.places:
            message = message[:-1] + f", and so on {len(found.places)} more times."
        yield told(pair, found, message, confidence=0.85)
