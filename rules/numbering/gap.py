"""A number is missing from a series of paragraphs, points, notes, tables or figures.

Why it matters. A paragraph that a converter dropped, or whose number it lost, leaves a hole that nobody sees in the
text itself, and every reference to that paragraph points at nothing.

How it decides. All enumerators of the text, at the beginning of paragraphs and lines and inside sentences, are
explained as series: lists inside lists, numbers that begin anew in each article or run on through the document (which
of the two, the document shows). Ambiguous letters, (i) after (h) or the Roman one, are read as their whole series
demands. What a series then leaves out is reported at the enumerator behind the hole.

When it stays silent. Numbers that are repealed, reserved or covered by a range; numbers between numbers (2 bis, 5a);
letters that a drafter's alphabet leaves out; a number that stands between its neighbours in another form, or
elsewhere (numbering/out-of-order); quotations and amendments, whose numbers belong to another text; forms whose
series have holes throughout the document. Headings of articles and chapters are reported by structure/missing-heading
and structure/missing-division.

Sources. Numbering of paragraphs and points: the UN Editorial Manual; the Interinstitutional Style Guide of the EU.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.enumerators import enumerators
from auditor.analysis.enumerators.captions import caption_gaps
from auditor.analysis.enumerators.disorder import disorders
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._series import LEAST, neighbours, series_name, written


@rule(
    "numbering/gap",
    severity="error",
    bad={
        "en": [
            "1. The Fund is established.\n\n2. It has legal personality.\n\n⟦4.⟧ It is audited every year.\n\n"
            "5. It reports to the Assembly.\n",
            "The Commission shall:\n\n(a) adopt its rules;\n\n⟦(c)⟧ elect its officers;\n\n(d) report each year.\n",
            "The plan covers: (i) fishing; (ii) shipping; ⟦(iv)⟧ mining; and (v) research.\n",
        ],
        "fr": [
            "Le comité :\n\na) adopte son règlement ;\n\nb) élit son bureau ;\n\n⟦d)⟧ fait rapport ;\n\ne) se réunit.\n"
        ],
        "es": ["1. Se crea el Fondo.\n\n2. Tiene personalidad jurídica.\n\n⟦4.⟧ Rinde cuentas.\n\n5. Informa.\n"],
        "ru": ["Комитет:\n\nа) принимает правила;\n\nб) избирает бюро;\n\n⟦г)⟧ отчитывается;\n\nд) собирается.\n"],
        "zh": ["一、设立基金。\n\n二、基金具有法人资格。\n\n⟦四、⟧基金每年接受审计。\n\n五、基金向大会报告。\n"],
        "ar": [
            "(أ) اعتماد النظام الداخلي؛\n\n(ب) انتخاب أعضاء المكتب؛\n\n⟦(د)⟧ تقديم التقارير؛\n\n(هـ) عقد الاجتماعات.\n"
        ],
        "de": [
            "Der Ausschuss:\n\n- a. erlässt Regeln;\n\n- b. wählt den Vorsitz;\n\n- ⟦d.⟧ berichtet;\n\n- e. tagt.\n"
        ],
    },
    good={
        "en": [
            "(g) fishing;\n\n(h) shipping;\n\n(i) mining;\n\n(j) research;\n\n(k) tourism.\n",
            "(a) fishing:\n\n(i) at sea;\n\n(ii) inland;\n\n(b) shipping;\n\n(c) mining.\n",
            "1. One.\n\n2. Two.\n\n[Paragraph 3 repealed]\n\n4. Four.\n",
            "1. One.\n\n2. to 4. (Deleted)\n\n5. Five.\n",
            "See paragraphs 1 (a), (c) and (e) above, and point (b) or (d) of annex II.\n",
        ],
        "de": [
            "1 Der Bund.\n\n2 Die Kantone.\n\n2bis Die Gemeinden.\n\n3 Alle.\n",
            "a. eins;\n\nb. zwei;\n\nbbis. neu;\n\nc. drei.\n",
        ],
        "es": ["m) uno;\n\nn) dos;\n\nñ) tres;\n\no) cuatro.\n"],
        "fr": ["1° un ;\n\n2° deux ;\n\n3° trois.\n"],
    },
)
def gap(document: Document) -> Iterator[Finding]:
    """One finding for each hole."""
    known = enumerators(document)
    for found in disorders(document):
        if found.kind != "gap" or found.confidence < LEAST:
            continue
        names = ", ".join(f"“{written(known, found, number)}”" for number in found.missing)
        verb = "is" if len(found.missing) == 1 else "are"
        here = known.text(found.mark)
        if found.before is None:
            message = f"{names} {verb} missing: the series begins with “{here}”."
        else:
            message = f"{names} {verb} missing: “{known.text(found.before.mark)}” is followed by “{here}”."
        yield Finding(
            rule="numbering/gap",
            message=message,
            span=known.span(found.mark),
            confidence=found.confidence,
            data={"missing": list(found.missing), "series": series_name(known, found)},
            evidence=neighbours(known, found),
        )
    for hole in caption_gaps(document):
        names = ", ".join(f"“{label}”" for label in hole.labels)
        verb = "is" if len(hole.labels) == 1 else "are"
        yield Finding(
            rule="numbering/gap",
            message=f"{names} {verb} missing: “{hole.before}” is followed by “{hole.after}”.",
            span=hole.after_span,
            confidence=hole.confidence,
            data={"missing": [str(value) for value in hole.values], "series": hole.series},
            evidence=(Evidence(f"“{hole.before}” stands before it.", hole.before_span),),
        )
