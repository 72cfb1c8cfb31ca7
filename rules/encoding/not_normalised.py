"""Letters with marks are stored in two pieces, or as signs that only look like letters.

Why it matters. "é" can be one character or an "e" and an accent. A text that has both, or another form than its
versions, can't be searched or compared safely.

How it decides. Latin, Greek and Cyrillic letters followed by combining marks for which Unicode has one character, and
signs that stand for a letter (the ohm, the kelvin, the ångström). One finding a document, with its places; the fix
composes them.

When it stays silent. For marks that have no composed form, rows of more than eight marks, and other scripts, whose
writers keep marks apart.

Sources. Unicode Standard Annex 15 (NFC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import is_normalized, normalize

from auditor.analysis.scripts import beyond_latin
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._places import characters, matches

_SIGNS = frozenset("\u2126\u212a\u212b")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "[\u2126\u212a\u212b]|[A-Za-z\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff][\u0300-\u036f]{1,8}(?![\u0300-\u036f])"
    )


@rule(
    "encoding/not-normalised",
    severity="info",
    bad={
        "fr": ["La r⟦e\u0301⟧solution."],
        "en": ["A resistance of 5 ⟦\u2126⟧."],
    },
    good={"fr": ["La résolution."], "en": ["A resistance of 5 Ω, and q\u0307 in a formula."]},
)
def not_normalised(document: Document) -> Iterator[Finding]:
    """One finding for all such letters of a document."""
    present = characters(document)
    signs = not present.isdisjoint(_SIGNS)
    if not signs and not (beyond_latin(document) and any("\u0300" <= c <= "\u036f" for c in present)):
        return
    spans = [
        Span(match.start(), match.end())
        for match in matches(document, _pattern())
        if not is_normalized("NFC", match.group()) and len(normalize("NFC", match.group())) == 1
    ]
    if not spans:
        return
    written = spans[0].of(document.text)
    often = f" ({len(spans)} places)" if len(spans) > 1 else ""
    codes = " + ".join(f"U+{ord(c):04X}" for c in written)
    meant = normalize("NFC", written)
    yield Finding(
        rule="encoding/not-normalised",
        message=f"“{meant}” is stored as {codes}, which is not the composed form that texts are compared in{often}.",
        span=spans[0],
        places=tuple(spans[1:]),
        data={"count": len(spans)},
        fixes=(
            Fix(
                "Store the composed form (NFC)",
                tuple(Edit(span, normalize("NFC", span.of(document.text))) for span in spans),
                "safe",
            ),
        ),
    )
