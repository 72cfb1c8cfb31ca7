"""The converter repeated itself: the same words, line or paragraphs again and again.

Why it matters. Neural converters lose their place and write the same words until they run out of space; what the
page said from there on is missing.

How it decides. A stretch of words, of whatever length, stands four times or more in a row inside a paragraph; or a
line of some words, or a run of paragraphs, follows itself four times (long ones three times). The whole stretch is
one finding.

When it stays silent. In tables and forms, at rows of figures, dots and rules, at short lines ("Repealed."), at
choruses of fewer than four.

Sources. Seen in the output of vision-language models; the tests for repeated n-grams of olmOCR-bench (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from .loops import loops

_RULE = "repetition/loop"


@rule(
    _RULE,
    severity="error",
    explains=(
        "repetition/repeated-word",
        "repetition/duplicated-heading",
        "numbering/repeated",
        "numbering/out-of-order",
        "punctuation/doubled",
    ),
    bad={
        "en": [
            "The Parties agree that ⟦the fund shall be the fund shall be the fund shall be the fund shall be the fund "
            "shall be⟧\n\n2. They meet.\n",
            "# Report\n\n⟦The Committee adopted its agenda.\n\nThe Committee adopted its agenda.\n\n"
            "The Committee adopted its agenda.\n\nThe Committee adopted its agenda.\n\n"
            "The Committee adopted its agenda.⟧\n\nIt met twice.\n",
        ],
        "fr": ["Le comité ⟦de la de la de la de la de la de la⟧ Conférence se réunit.\n"],
    },
    good={
        "en": [
            "Name: ____ Date: ____ Name: ____ Date: ____ Name: ____ Date: ____ Name: ____ Date: ____\n",
            "# Act\n\nRepealed.\n\nRepealed.\n\nRepealed.\n\nRepealed.\n\nRepealed.\n\nRepealed.\n",
            "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 and holy, holy, holy it was.\n",
        ],
        "fr": ["Non, non, non et non ; le oui, le oui, et le oui.\n"],
    },
)
def loop(document: Document) -> Iterator[Finding]:
    """One finding for each stretch."""
    for span in loops(document):
        begins = " ".join(span.of(document.text)[:80].split()[:6])
        yield Finding(
            _RULE,
            f"The same words are repeated again and again: “{begins} …”; what should stand here may be lost.",
            span,
            confidence=0.95,
            data={"characters": len(span)},
        )
