"""The same number stands twice in a series.

Why it matters. Two paragraphs numbered 3 mean that one of them is another: a converter read 3 for 8, or an editor
copied a line. References to the number are then ambiguous.

How it decides. Enumerators and headings of divisions are explained as series. A mark that has the number of a
neighbour, and that no other series accounts for, is reported; where its place asks for another number (1, 2, 2, 4),
that number is given, and the hole is not reported besides.

When it stays silent. Numbers that begin anew, each item numbered 1 (as Markdown allows), numbers between numbers (2
bis, 2a), quotations and amendments, whose numbers belong to another text.

Sources. As for numbering/gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.enumerators import enumerators
from auditor.analysis.enumerators.disorder import disorders
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding, Fix, replace

from ._divisions import stray_findings
from ._series import LEAST, neighbours, series_name, written


@rule(
    "numbering/repeated",
    severity="error",
    bad={
        "en": [
            "1. The Fund is established.\n\n2. It has legal personality.\n\n⟦2.⟧ It is audited every year.\n\n"
            "4. It reports to the Assembly.\n\n5. It may be dissolved.\n",
            "The Commission shall:\n\n(a) adopt rules;\n\n(b) elect officers;\n\n⟦(b)⟧ report;\n\n(d) meet.\n",
            "## Article 1\n\nOne.\n\n## Article 2\n\nTwo.\n\n## ⟦Article 2⟧\n\nThree.\n\n## Article 4\n\nFour.\n\n"
            "## Article 5\n\nFive.\n",
        ],
        "fr": ["Le comité :\n\na) adopte ;\n\nb) élit ;\n\nc) tient ;\n\n⟦c)⟧ fait rapport ;\n\ne) se réunit.\n"],
        "es": ["1. Se crea.\n\n2. Tiene.\n\n3. Rinde.\n\n⟦3.⟧ Informa.\n\n5. Se disuelve.\n"],
        "ru": ["а) правила;\n\nб) бюро;\n\nв) отчеты;\n\n⟦в)⟧ собрания;\n\nд) расходы.\n"],
        "zh": ["一、设立。\n\n二、资格。\n\n⟦二、⟧审计。\n\n四、报告。\n\n五、解散。\n"],
        "ar": ["(أ) الاعتماد؛\n\n(ب) الانتخاب؛\n\n⟦(ب)⟧ الإبلاغ؛\n\n(د) الاجتماع؛\n\n(هـ) الحل.\n"],
    },
    good={
        "en": [
            "1. One.\n\n2. Two.\n\n1. One again.\n\n2. Two again.\n",
            "1. One.\n\n1. Two.\n\n1. Three.\n",
            "(a) one:\n\n(a) inner;\n\n(b) inner;\n\n(b) two;\n\n(c) three.\n",
        ],
        "de": ["1 Eins.\n\n2 Zwei.\n\n2bis Neu.\n\n3 Drei.\n"],
    },
)
def repeated(document: Document) -> Iterator[Finding]:
    """One finding for each repetition, at the mark that is out of place."""
    known = enumerators(document)
    for found in disorders(document):
        if found.kind != "repeated" or found.confidence < LEAST:
            continue
        here = known.text(found.mark)
        span = known.span(found.mark)
        message = f"“{here}” stands twice in the series {series_name(known, found)}."
        fixes: tuple[Fix, ...] = ()
        data = {"series": series_name(known, found)}
        if found.expected:
            due = written(known, found, found.expected)
            message = f"“{here}” stands twice; “{due}” is due here."
            data["expected"] = found.expected
            fixes = (replace(known.token_span(found.mark), found.expected, f"Number it “{due}”."),)
        yield Finding(
            rule="numbering/repeated",
            message=message,
            span=span,
            confidence=found.confidence,
            data=data,
            evidence=neighbours(known, found),
            fixes=fixes,
        )
    yield from stray_findings(document, "repeated", "numbering/repeated")
