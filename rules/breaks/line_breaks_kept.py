"""Lines of the page were kept as paragraphs.

Why it matters. A text in which every line is a paragraph can't be reflowed, searched for a phrase, or compared with
another version; editors join such lines by hand, one by one.

How it decides. Four or more paragraphs in a row that end without a mark, each followed by one that begins with a
small letter: sentences run across all of these breaks. All such stretches of a document are one finding.

When it stays silent. On lists, verse and addresses, whose lines end with a mark or begin with a capital; on lines
inside one paragraph, which Markdown and wrapped plain text join anyway.

Sources. Seen in the output of PDF converters that give each line of a page as a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding, Fix

from .cuts import Cut, cuts, joined

_RULE = "breaks/line-breaks-kept"


@rule(
    _RULE,
    severity="info",
    explains=("punctuation/missing-stop",),
    bad={
        "en": [
            "# Report\n\n⟦The Parties shall cooperate in the conservation of the marine\n\nbiological diversity of "
            "areas "
            "beyond national jurisdiction, and they shall\n\npromote the fair and equitable sharing of the benefits "
            "that arise from\n\nactivities with respect to marine genetic resources, and they shall give\n\n"
            "technical assistance to developing States.⟧\n",
        ],
        "fr": [
            "# Loi\n\n⟦Le comité est composé de cinq membres nommés par le ministre pour une durée\n\nde trois ans "
            "; il se "
            "réunit au moins deux fois par an sur convocation de son\n\nprésident, qui établit son ordre du jour et le "
            "communique aux membres dix jours\n\nau moins avant la date de la réunion, avec les documents nécessaires "
            "à\n\nson examen.⟧\n",
        ],
    },
    good={
        "en": [
            "# Report\n\nThe Parties shall cooperate in the conservation of the marine\nbiological diversity of areas\n"
            "beyond national jurisdiction, and they shall\npromote the fair sharing of benefits.\n",
            "# List\n\nfish and fish products\n\nmeat and meat products\n\nmilk and cream\n\neggs\n\nhoney\n",
        ],
        "fr": [
            "# Loi\n\nConsidérant la perte,\n\nreconnaissant la nécessité,\n\nsouhaitant agir,\n\nsont convenus :\n"
        ],
    },
)
def line_breaks_kept(document: Document) -> Iterator[Finding]:
    """One finding, with a place for each stretch of lines."""
    lines = [cut for cut in cuts(document) if cut.cause == "line"]
    if not lines:
        return
    stretches: list[list[Cut]] = []
    for cut in lines:
        if stretches and stretches[-1][-1].seam.after is cut.seam.before:
            stretches[-1].append(cut)
        else:
            stretches.append([cut])
    spans = [Span(found[0].seam.before.span.start, found[-1].seam.after.span.end) for found in stretches]
    edits = [edit for cut in lines if (edit := joined(document, cut)) is not None]
    fixes = (Fix("Join the lines", tuple(edit for edit, _ in edits), "unsafe"),) if len(edits) == len(lines) else ()
    yield Finding(
        _RULE,
        f"{len(lines) + len(spans)} lines of the page were kept as paragraphs; sentences run across them.",
        spans[0],
        confidence=0.9,
        data={"lines": len(lines) + len(spans)},
        evidence=(
            Evidence("It ends without a mark, and the next one begins with a small letter.", lines[0].seam.before.span),
        ),
        places=tuple(spans[1:]),
        fixes=fixes,
    )
