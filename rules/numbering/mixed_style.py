"""A member of a series is written otherwise than its siblings.

Why it matters. "(1) … 2) … (3)" is read by people and missed by software that looks for "(2)"; it is also how OCR
loses a bracket, and how two texts are pasted into one.

How it decides. A mark that is next in its series by its number, and has other brackets or another stop than most of
the series, is reported with the usual form.

When it stays silent. Series of fewer than three members, lists inside lists, texts whose series change their form
often.

Sources. As for numbering/gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.enumerators import enumerators
from auditor.analysis.enumerators.disorder import disorders
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding, replace

from ._series import LEAST, neighbours, series_name, written


@rule(
    "numbering/mixed-style",
    severity="warning",
    bad={
        "en": [
            "(1) The Fund is established.\n\n⟦2)⟧ It has legal personality.\n\n(3) It is audited.\n\n(4) It reports.\n",
            "(a) adopt rules;\n\n(b) elect officers;\n\n⟦c)⟧ report;\n\n(d) meet.\n",
        ],
        "fr": ["a) adopte ;\n\n⟦b.⟧ élit ;\n\nc) tient ;\n\nd) fait rapport.\n"],
        "ru": ["1. Правила.\n\n2. Бюро.\n\n⟦3)⟧ Отчеты.\n\n4. Собрания.\n"],
    },
    good={
        "en": [
            "1. One:\n\n(a) inner;\n\n(b) inner.\n\n2. Two:\n\na) inner;\n\nb) inner.\n\n3. Three.\n",
            "1. One.\n\n2. Two.\n\n(1) other;\n\n(2) other.\n\n3. Three.\n",
        ],
    },
)
def mixed_style(document: Document) -> Iterator[Finding]:
    """One finding for each mark in another form."""
    known = enumerators(document)
    for found in disorders(document):
        if found.kind != "brackets" or found.confidence < LEAST:
            continue
        span = known.span(found.mark)
        usual = written(known, found, found.expected)
        yield Finding(
            rule="numbering/mixed-style",
            message=f"“{known.text(found.mark)}” stands in a series whose members are written like “{usual}”.",
            span=span,
            confidence=found.confidence,
            data={"expected": usual, "series": series_name(known, found)},
            evidence=neighbours(known, found),
            fixes=(replace(span, usual, f"Write “{usual}”."),),
        )
