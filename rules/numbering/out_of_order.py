"""Numbers of a series are swapped, or one stands where another is due.

Why it matters. Columns read in the wrong order, blocks moved by a converter and numbers misread all show in the
count: 1, 3, 2, 4. The text may be complete, but it is not where its readers look for it.

How it decides. Enumerators and headings of divisions are explained as series. A number that is absent from its place
and stands at another one, or a mark whose place asks for another number, is reported once, where it stands.

When it stays silent. Numbers that begin anew, lists inside lists, quotations and amendments, series that have holes
throughout the document.

Sources. As for numbering/gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.enumerators import enumerators
from auditor.analysis.enumerators.disorder import disorders
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._divisions import stray_findings
from ._series import LEAST, neighbours, series_name, written


@rule(
    "numbering/out-of-order",
    severity="warning",
    bad={
        "en": [
            "1. The Fund is established.\n\n⟦3.⟧ It has legal personality.\n\n2. It is audited every year.\n\n"
            "4. It reports to the Assembly.\n\n5. It may be dissolved.\n",
            "The Board shall:\n\n(a) adopt rules;\n\n(b) elect officers;\n\n⟦(g)⟧ report;\n\n(d) meet;\n\n(e) act.\n",
        ],
        "fr": ["a) adopte ;\n\n⟦c)⟧ élit ;\n\nb) tient ;\n\nd) fait rapport ;\n\ne) se réunit.\n"],
        "es": ["1. Se crea.\n\n2. Tiene.\n\n⟦4.⟧ Rinde.\n\n3. Informa.\n\n5. Se disuelve.\n\n6. Se publica.\n"],
        "zh": ["一、设立。\n\n⟦三、⟧资格。\n\n二、审计。\n\n四、报告。\n\n五、解散。\n"],
    },
    good={
        "en": [
            "1. One.\n\n2. Two.\n\n1. One again.\n\n2. Two again.\n\n3. Three.\n",
            "(a) one:\n\n(i) inner;\n\n(ii) inner;\n\n(b) two;\n\n(c) three.\n",
        ],
    },
)
def out_of_order(document: Document) -> Iterator[Finding]:
    """One finding for each mark, or pair of marks, in the wrong place."""
    known = enumerators(document)
    for found in disorders(document):
        if found.kind != "out-of-order" or found.confidence < LEAST:
            continue
        here = known.text(found.mark)
        data = {"series": series_name(known, found)}
        if found.expected:
            due = written(known, found, found.expected)
            message = f"“{here}” stands where “{due}” is due."
            data["expected"] = found.expected
            evidence = neighbours(known, found)
        else:
            message = f"“{here}” is not in its place in the series {series_name(known, found)}."
            evidence = ()
            if found.before is not None:
                place = f"Its place is behind “{known.text(found.before.mark)}”."
                evidence = (Evidence(place, known.span(found.before.mark)),)
        yield Finding(
            rule="numbering/out-of-order",
            message=message,
            span=known.span(found.mark),
            confidence=found.confidence,
            data=data,
            evidence=evidence,
        )
    yield from stray_findings(document, "misplaced", "numbering/out-of-order")
