"""A footnote number is glued to the word before it.

Why it matters. In print the number is raised; once the raising is lost, "the Law of the Sea1" and "the
conference,2" read as if the number belonged to the sentence. Search, translation and reading aloud all stumble over
it, and a later reader may take it for a quantity.

How it decides. A number that touches a word or its punctuation is a candidate. It is believed with a second sign:
the note with that number stands in its turn under the next rule of underscores, or the number is one of a series of
glued numbers that rises by one through the document. All of a document have one cause, the lost raising: they are
one finding with its places.

When it stays silent. Names and formulas with a number (CO2, G20, H2O, Covid19), a word that carries the same number
in several places, labels that lost their space (Annex1, Rev.1, para.5), identifiers in a row (test1, test2),
numbers of paragraphs, decimals, units and document symbols.

Sources. Seen throughout the text layers of United Nations documents; United Nations Editorial Manual, "Footnotes".
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.footnotes import Marker, footnotes
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHOWN = 8


@rule(
    "references/footnote-glued",
    severity="warning",
    bad={
        "en": [
            "Recalling the Convention on the Sea⟦1⟧ and the work of the conference,⟦2⟧ the Assembly meets.\n\n"
            "__________________\n\n1 United Nations, Treaty Series, vol. 1833.\n\n2 Resolutions 75/239 and 77/248.",
            "The views of Brazil,⟦1⟧ Japan,⟦2⟧ Indonesia,⟦3⟧ Chile⟦4⟧ and Egypt⟦5⟧ were heard.",
        ],
        "fr": [
            "Rappelant la Convention⟦1⟧ et les travaux de la conférence,⟦2⟧ l'Assemblée se réunit.\n\n"
            "__________________\n\n1 Nations Unies, Recueil des Traités, vol. 1834.\n\n"
            "2 Résolutions 75/239 et 77/248.",
        ],
        "ru": [
            "Ссылаясь на Конвенцию⟦1⟧ и работу конференции,⟦2⟧ Ассамблея собирается.\n\n"
            "__________________\n\n1 Организация Объединенных Наций.\n\n2 Резолюции 75/239 и 77/248.",
        ],
    },
    good={
        "en": [
            "Emissions of CO2 and H2O were discussed by the G20 after Covid19; see Annex1, Rev.1 and para.5.",
            "Look for `Sea1`, `conference,2`, `consensus,3`, `helpful,4` and `summits,5`.",
            "Use test1, test2, test3 and test4 in this order.",
            "(ALL)1. The rules apply.\n\n(ALL)2. The body meets.\n\n(ALL)3. It reports.\n\n(ALL)4. It ends.",
            "The Convention[^1] is in force.\n\n[^1]: See the report.",
        ],
        "fr": ["Les articles 3 et 4, l'annexe II et le tableau 5 s'appliquent."],
        "ru": ["Статьи 3 и 4 и приложение 2 применяются."],
    },
)
def footnote_glued(document: Document) -> Iterator[Finding]:
    """Yield one finding for all glued footnote numbers of the document."""
    found = footnotes(document)
    glued = [marker for marker in found.markers if marker.form == "glued"]
    if not glued:
        return
    first = glued[0]
    if len(glued) == 1:
        message = f"The footnote number {first.label} is glued to “{first.word}”."
    else:
        message = (
            f"{len(glued)} footnote numbers are glued to the words before them, as in “{first.word}{first.label}”."
        )
    yield Finding(
        rule="references/footnote-glued",
        message=message,
        span=first.span,
        confidence=0.95 if any(marker.note is not None for marker in glued) else 0.85,
        data={"labels": [marker.label for marker in glued], "words": [marker.word for marker in glued]},
        evidence=tuple(_evidence(marker, [note.span for note in found.notes]) for marker in glued[:_SHOWN]),
        places=tuple(marker.span for marker in glued[1:]),
        fixes=(_raise(document, glued),),
    )


def _evidence(marker: Marker, notes: list[Span]) -> Evidence:
    if marker.note is not None:
        return Evidence(
            f"Note {marker.label} stands below the text that “{marker.word}{marker.label}” is in.", notes[marker.note]
        )
    return Evidence(f"“{marker.word}{marker.label}” is in a series of glued numbers that rises by one.", marker.span)


def _raise(document: Document, glued: list[Marker]) -> Fix:
    """Raised again: with an HTML element in Markdown, with superscript figures in plain text."""
    markdown = document.source.media_type == "text/markdown"
    edits = tuple(
        Edit(m.span, f"<sup>{m.label}</sup>" if markdown else m.label.translate(_SUPERSCRIPTS)) for m in glued
    )
    return Fix("Raise the numbers again", edits, "unsafe")
