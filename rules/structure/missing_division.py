"""A division's number is missing from its series, and its text is gone as well.

Why it matters. A page lost in scanning, or a block dropped by a converter, takes whole articles with it. The text
reads on without a seam; only the numbers tell.

How it decides. As structure/missing-heading does; this rule reports where what stands between the neighbours is
likelier one division than two. The document's other divisions tell: how long they are, how they open and end, what
follows what inside them. Paragraph numbers that run through, a last paragraph that only goes on, or no place where a
division might begin speak for the text being gone; so does a text that doesn't repeat the missing number where the
others repeat theirs.

When it stays silent. Numbers that are repealed, reserved, or covered by a range, numbers with letters or bis and ter,
quotations of other texts, and holes too large for the series (an extract).

Sources. As for structure/missing-heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.outline import outline
from auditor.analysis.outline.absences import absences
from auditor.contract import rule
from auditor.document import Document, point
from auditor.findings import Finding

_SURE = 0.9


@rule(
    "structure/missing-division",
    severity="error",
    bad={
        "en": [
            "## Article 1\n\nThe Parties shall cooperate in good faith.\n\n"
            "## Article 2\n\nThe Parties shall consult each other.\n\n"
            "⟦⟧## Article 4\n\nThis Agreement shall enter into force on signature.\n\n"
            "## Article 5\n\nThis Agreement may be amended.\n",
        ],
        "es": [
            "##### Artículo 1\n\nCréase el Instituto.\n\n##### Artículo 2\n\nTendrá su sede en la capital.\n\n"
            "⟦⟧##### Artículo 4\n\nEl Poder Ejecutivo reglamentará la presente ley.\n"
        ],
        "zh": [
            "第一条\n\n缔约双方应加强友好合作。\n\n第二条\n\n缔约双方应定期协商。\n\n"
            "⟦⟧第四条\n\n本条约自签字之日起生效。\n\n第五条\n\n本条约一式两份。\n"
        ],
        "ar": [
            "المادة 1\n\nيتعاون الطرفان بحسن نية.\n\nالمادة 2\n\nيتشاور الطرفان كل سنة.\n\n"
            "⟦⟧المادة 4\n\nيبدأ نفاذ هذا الاتفاق عند التوقيع.\n"
        ],
    },
    good={
        "en": [
            "## Article 1\n\nText.\n\n## Article 2\n\nText.\n\n## Article 3\n\n(Deleted)\n\n## Article 4\n\nText.\n",
            "## Article 12\n\nText.\n\n## Article 40\n\nText.\n\n## Article 41\n\nText.\n",
        ],
        "es": [
            "##### Artículo 1\n\nTexto.\n\n##### Artículo 2\n\nTexto. Los artículos 3 y 4 fueron derogados.\n\n"
            "##### Artículo 5\n\nTexto.\n"
        ],
    },
)
def missing_division(document: Document) -> Iterator[Finding]:
    """One finding per division that is missing with its text, at the heading that follows it."""
    plan = outline(document)
    for absence in absences(document):
        if absence.text_there and absence.candidates:
            continue
        after = plan.divisions[absence.after]
        before = plan.divisions[absence.before] if absence.before is not None else None
        place = f"between {before.label} and {after.label}" if before is not None else f"before {after.label}"
        could = "could be" if absence.text_confidence >= _SURE else "seems to be"
        yield Finding(
            rule="structure/missing-division",
            message=f"“{absence.label}” is missing, heading and text: nothing {place} {could} it.",
            span=point(after.start),
            confidence=absence.sure * (0.5 + 0.5 * absence.text_confidence),
            data={"label": absence.label},
            evidence=absence.evidence,
        )
