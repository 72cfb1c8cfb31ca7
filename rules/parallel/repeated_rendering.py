"""One sentence is rendered in two ways in the other language, or two different sentences are rendered alike.

Why it matters. A clause that stands twice in a treaty is meant to say the same twice; two translations of it invite two
readings. Two different clauses with one translation mean that one of them was copied over the other.

How it decides. Two versions are matched paragraph by paragraph. Where a paragraph of eight words or more stands twice
in the one version, word for word, its counterparts in the other are compared, and the other way round.

When it stays silent. It is silent about shorter paragraphs, about differences in nothing but punctuation and capitals,
and where two paragraphs that are rendered alike are nearly the same.

Sources. Consistency of repeated segments is a standard check of translation quality assurance.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding

from ._telling import quoted, told
from ._versions import versions

_ENGLISH = "Each Party shall inform the other Party of the measures which it takes within its own territory."
_FRENCH = "Chaque Partie informe l'autre Partie des mesures qu'elle prend sur son propre territoire."
_OTHERWISE = (
    "Chacune des Parties communique à l'autre les mesures adoptées par elle dans les limites de son territoire."
)


@rule(
    "parallel/repeated-rendering",
    severity="info",
    scope="pair",
    pairs=("versions",),
    bad={"en": [versions(f"⟦{_ENGLISH}⟧", _OTHERWISE)]},
    good={"en": [versions(_ENGLISH, _FRENCH)]},
)
def repeated_rendering(pair: Pair) -> Iterator[Finding]:
    """One finding for each further rendering."""
    for found in pair.differences("repeated-rendering"):
        (earlier,) = found.words
        if found.detail == "otherwise":
            message = (
                f"{quoted(found.text_a)} stands more than once in {pair.a.label}; {pair.b.label} renders it here as "
                f"{quoted(found.text_b)} and elsewhere as {quoted(earlier)}."
            )
        else:
            message = (
                f"{pair.b.label} has {quoted(found.text_b)} here and for another text too; {pair.a.label} has "
                f"{quoted(found.text_a)} here and {quoted(earlier)} there."
            )
        yield told(pair, found, message, confidence=0.7)
