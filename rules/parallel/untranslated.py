"""A paragraph of one language version stands in another language, or is the other version's text itself.

Why it matters. Texts are translated over the original, and a paragraph that nobody came to is left as it was; a
heading or a sentence in a foreign language inside a treaty is seen late, since each reader reads one version only.

How it decides. Two versions are matched paragraph by paragraph. Reported is a paragraph whose words are those of the
other version, one that is written in the other version's language, and, where the two have different alphabets, a
stretch of five words or more that stands word for word in the other version.

When it stays silent. It is silent about names, titles and terms of a few words, which may be left as they are, about
addresses, and where both texts are in one language.

Sources. “Untranslated” and “wrong language” are errors of the Multidimensional Quality Metrics (MQM).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._versions import versions

_ENGLISH = "This Treaty enters into force on the day on which both Parties have notified their consent."
_FRENCH = "Le présent Traité entre en vigueur le jour où les deux Parties ont notifié leur consentement."


@rule(
    "parallel/untranslated",
    severity="warning",
    scope="pair",
    pairs=("versions",),
    bad={"en": [versions(f"⟦{_ENGLISH}⟧", _ENGLISH)]},
    good={"en": [versions(_ENGLISH, _FRENCH), versions("Done at Geneva.", "Fait à Genève.")]},
)
def untranslated(pair: Pair) -> Iterator[Finding]:
    """One finding for each paragraph, or stretch of one, in the wrong language."""
    for found in pair.differences("untranslated"):
        side, other = (pair.a, pair.b) if found.lacking == "a" else (pair.b, pair.a)
        text = quoted(found.text_a if found.lacking == "a" else found.text_b)
        if found.detail == "language":
            message = f"{text} in {side.label} is written in the language of {other.label}."
        else:
            message = f"{text} in {side.label} stands word for word in {other.label}: it was not translated."
        yield told(pair, found, message, confidence=0.9 if found.detail == "same" else 0.75)
