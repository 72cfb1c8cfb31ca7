"""A preposition and an article that should be one word are two, or a vowel stands that should be left out.

Why it matters. "De el Estado", "à le Conseil", "la adhésion" (in French "l'adhésion"): a word was put in the place of
another, and what stands before it was not changed; or the scan lost an apostrophe.

How it decides. In Spanish "de el", "a el", and "y", "o" before their own sound; in French "de le", "à les" and the
like before a noun, and "le", "la", "de", "que" … before a vowel.

When it stays silent. In Spanish before a capital ("de El Salvador"); in French before an infinitive, where "le" and
"les" are pronouns ("de les adopter"); before h, which may be aspirate; before "onze", "oui", "un"; before words that
the lexicon lacks.

Sources. Real Academia Española, Ortografía de la lengua española; M. Grevisse, Le bon usage.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.running import language_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._slips import findings


@rule(
    "grammar/contraction",
    severity="warning",
    languages=["es", "fr"],
    bad={
        "es": [
            "La aplicación ⟦de el⟧ acuerdo corresponde ⟦a el⟧ gobierno, y ⟦del la⟧ otra parte no se sabe.",
            "Los Estados ⟦y⟧ instituciones que sean siete ⟦o⟧ ocho se reunirán en la sede.",
        ],
        "fr": [
            "Il appartient ⟦à le⟧ conseil ⟦de le⟧ tribunal de décider avec les Parties.",
            "Les Parties notent ⟦la adhésion⟧ des États et le fait ⟦que il⟧ est ouvert.",
        ],
    },
    good={
        "es": ["La República de El Salvador, de él y a él; agua y hielo; uno u otro; madre e hija de los mismos."],
        "fr": [
            "Il convient de le faire, de les adopter, le onze mai; la hauteur et le haut; le un et le huit.",
            "Ils se réunissent afin de la mettre en œuvre, et la Haye en est le siège.",
        ],
    },
)
def contraction(document: Document) -> Iterator[Finding]:
    """Yield a finding for each contraction or elision that was not made."""
    from auditor.analysis.grammar import french, spanish

    for language, module in (("es", spanish), ("fr", french)):
        text = language_text(document, language)
        if text.blocks:
            yield from findings("grammar/contraction", text, module.contractions(text.level))
