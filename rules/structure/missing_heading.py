"""A heading's number is missing from its series, and the text that it headed is still there.

Why it matters. Converters lose the first line of a page, and with it a heading: Article 9 then seems to go on with
what Article 10 says, and every reference to Article 10 points at nothing. Nothing in the sentence shows it.

How it decides. Headings of one kind are read as a series, in whatever language, numeral system and form they stand
(marked, bold, plain, damaged by OCR). Where the series leaves a number out, the blocks between its neighbours are
weighed: page breaks and page furniture, paragraph numbers that begin anew, openings that are typical of this
document's divisions, a change of subject, the length that divisions have, another series of the document (a twin)
that has the heading before the same text. The most probable place is reported with its probability, the next best
ones in the data.

When it stays silent. Numbers that are repealed, reserved, or covered by a range ("Articles 5–8"), numbers with
letters or bis and ter, headings inside quotations, holes too large for the series (an extract), numbers that stand
elsewhere out of order (numbering/out-of-order), and headings glued into a paragraph (structure/heading-glued). Where
nothing between the neighbours could be the text, structure/missing-division reports.

Sources. Numbering of divisions: the UN Editorial Manual; the Interinstitutional Style Guide of the EU, part one.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.outline import Outline, outline
from auditor.analysis.outline.absences import Absence, absences
from auditor.contract import rule
from auditor.document import Document, point
from auditor.findings import Edit, Finding, Fix

_SURE_PLACE = 0.85
_SURE_TEXT = 0.8


@rule(
    "structure/missing-heading",
    severity="error",
    bad={
        "en": [
            "## Article 1\n\nThe Parties shall cooperate in good faith.\n\n"
            "## Article 2\n\nThe Parties shall consult each other every year.\n\n"
            "⟦⟧The Commission shall be composed of six members.\n\n"
            "## Article 4\n\nThis Agreement shall enter into force on signature.\n",
            "Article 1\n\n1. The Fund is hereby established.\n\n2. It has legal personality.\n\n"
            "Article 2\n\n1. Members pay a contribution.\n\n2. It is due in January.\n\n"
            "⟦⟧1. The Board meets twice a year.\n\n2. It elects its chair.\n\n"
            "Article 4\n\n1. Disputes are settled by negotiation.\n\n2. Failing that, by arbitration.\n",
        ],
        "es": [
            "##### Artículo 1\n\nCréase el Instituto Nacional de Semillas.\n\n"
            "##### Artículo 2\n\nEl Instituto tendrá su sede en la capital.\n\n"
            "⟦⟧La Junta Directiva estará integrada por cinco miembros.\n\n"
            "##### Artículo 4\n\nEl Poder Ejecutivo reglamentará la presente ley.\n"
        ],
        "fr": [
            "### Art. 1er.\n\nIl est créé un fonds pour la pêche.\n\n"
            "### Art. 2.\n\nLe fonds est géré par un comité.\n\n"
            "⟦⟧Le ministre nomme les membres du comité pour quatre ans.\n\n"
            "### Art. 4.\n\nLe présent règlement sera publié au Mémorial.\n"
        ],
        "ru": [
            "Статья 1\n\nСтороны развивают сотрудничество в области науки.\n\n"
            "Статья 2\n\nСтороны обмениваются сведениями ежегодно.\n\n"
            "⟦⟧Для выполнения Договора создается совместная комиссия.\n\n"
            "Статья 4\n\nНастоящий Договор подлежит ратификации.\n"
        ],
        "de": [
            "##### **Art. 1**\n\nDie Parteien arbeiten zusammen.\n\n"
            "##### **Art. 2**\n\nDie Parteien tauschen Angaben aus.\n\n"
            "⟦⟧Es wird ein gemischter Ausschuss eingesetzt.\n\n"
            "##### **Art. 4**\n\nDieses Abkommen tritt am 1. Juli in Kraft.\n"
        ],
    },
    good={
        "en": [
            "## Article 1\n\nThe Parties shall cooperate.\n\n## Article 2\n\nThey shall consult.\n\n"
            "## Article 3\n\n[Repealed]\n\n## Article 4\n\nEntry into force.\n",
            "## Article 1\n\nText of the first.\n\n## Articles 2 to 4\n\n(Repealed.)\n\n## Article 5\n\nText.\n",
            "## Article 1\n\nOne.\n\n## Article 2\n\nTwo.\n\n## Article 2 bis\n\nThree.\n\n## Article 3\n\nFour.\n",
        ],
        "fr": [
            "### Art. 1er.\n\nTexte.\n\n### Art. 2.\n\nTexte.\n\n*L'article 3 est abrogé.*\n\n### Art. 4.\n\nTexte.\n"
        ],
        "de": [
            "##### **Art. 5**\n\nText.\n\n##### **Art. 5***a*\n\nText.\n\n##### **Art. 6**\n\nText.\n\n"
            "##### **Art. 7**\n\nText.\n"
        ],
    },
)
def missing_heading(document: Document) -> Iterator[Finding]:
    """One finding per heading that is missing though its text is there."""
    plan = outline(document)
    for absence in absences(document):
        if absence.text_there and absence.candidates:
            yield _finding(plan, absence)


def _finding(plan: Outline, absence: Absence) -> Finding:
    series = plan.series[absence.series]
    best = absence.candidates[0]
    after = plan.divisions[absence.after]
    level = after.level
    heading = f"{'#' * level} {absence.label}\n\n" if level else f"{absence.label}\n\n"
    sure = best.confidence >= _SURE_PLACE and absence.text_confidence >= _SURE_TEXT
    return Finding(
        rule="structure/missing-heading",
        message=(
            f"The heading “{absence.label}” is missing; the text that it headed "
            + ("begins here." if sure else "probably begins here.")
        ),
        span=point(best.start),
        confidence=absence.sure * (0.5 + 0.5 * absence.text_confidence),
        data={
            "label": absence.label,
            "series": _series_name(plan, absence),
            "candidates": [{"start": c.start, "confidence": c.confidence} for c in absence.candidates],
        },
        evidence=absence.evidence,
        fixes=(
            Fix(
                f"Insert the heading “{absence.label}” here.",
                (Edit(point(best.start), heading),),
                "unsafe" if sure and series.pattern != "#" else "display",
            ),
        ),
    )


def _series_name(plan: Outline, absence: Absence) -> str:
    series = plan.series[absence.series]
    first, last = plan.divisions[series.members[0]], plan.divisions[series.members[-1]]
    name = f"{first.label} to {last.label}"
    if first.parent is not None:
        name += f" of {plan.divisions[first.parent].label}"
    return name
