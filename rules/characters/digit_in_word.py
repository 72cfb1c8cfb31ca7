"""A figure stands in a word in the place of a letter.

Why it matters. "Artic1e" and "t0" look right in print and are found by no search. Where OCR reads a 1 for an l once, it
has done so elsewhere, and in numbers too.

How it decides. A form of letters and figures that no list has, and that is a word of the language once each figure is
read as the letter it looks like (0 o, 1 l i, 5 s, 8 B, 6 b, 9 g …). The word must be common or stand in the document.

When it stays silent. Ordinals (1st, 2e, 3a), units and formulas (10kg, CO2, H2O), codes and symbols (A4, G20, s2a5B),
figures at the end of a word that is one without them, which are a note's number (references/footnote-glued), and forms
that the user's lexicon has.

Sources. Rice, Nagy and Nartker, Optical Character Recognition (1999); the confusions in auditor/analysis/confusions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from auditor.analysis.confusions.suspects import places, suspects
from auditor.analysis.confusions.tables import table
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._examples import texts
from ._telling import COVERED, like, told

#: A figure inside a word or before one, not after it.
_SHAPE = re.compile(r"(?=.*[^\W\d_])[^\W_]*\d[^\W\d_][^\W_]*(?:['’-][^\W\d_]+)?")
_AT_END = re.compile(r"([^\W\d_]{2,})\d")
#: A number with a unit, an ordinal or a letter behind it.
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*([^\W\d_]+)")
#: Of a word of two letters only these are believed.
_SHORT = frozenset({"t0", "0f", "0n", "n0", "s0", "d0", "0r", "1n", "1t", "1f", "y0", "d1"})
_LEAST = 3.0
_LEAST_SHORT = 5.5


@rule(
    "characters/digit-in-word",
    severity="error",
    languages=COVERED - {"ar"},
    explains=("characters/confused-word", "characters/split-word", "numbering/character-slip"),
    bad=texts(
        en=["The ⟦Artic1e⟧ applies ⟦t0⟧ the ⟦c0nvention⟧.", "It is a ⟦5ection⟧ of the rule."],
        fr="Le ⟦trai7é⟧ est ⟦app1iqué⟧ par tous.",
        es="El ⟦artícu1o⟧ se aplica al ⟦C0nvenio⟧.",
        ru="Настоящий ⟦дог0вор⟧ подписан.",
        de="Der ⟦Ver7rag⟧ gilt für das ⟦Abk0mmen⟧.",
        it="Il ⟦c0ntratto⟧ si applica.",
        pt="O ⟦art1go⟧ aplica-se ao acordo.",
        nl="Het ⟦verdra9⟧ is gesloten in de ⟦reger1ng⟧.",
        pl="Ta ⟦um0wa⟧ ma zastosowanie.",
    ),
    good=texts(
        en="The 1st and 2nd of CO2, H2O, A4, G20, MP3, 10kg, 5th, Sea1 and the B2B market; s2a5B; 3D; i18n.",
        fr="Le 1er et le 2e, la 3ème, le n1, CO2, 1e.",
        es="El 1o y la 2a, 5o, CO2.",
        ru="На 5-й и 10-го, СО2, 3D.",
        de="Art. 5a und 16b, 3fach, CO2.",
        it="Il 1o e la 2a, CO2.",
        pt="O 1o e a 2a, CO2.",
        nl="De 1e en 2de, CO2.",
        pl="W art. 5a i 16b, CO2.",
    ),
)
def digit_in_word(document: Document) -> Iterator[Finding]:
    """One finding for each word with a figure in it, or one for all places of a form that stands in many."""
    known = vocabulary(document)
    where = places(document)
    for language, form in suspects(document).of("mixed"):
        word = _word(form, language, known)
        if word is None:
            continue
        meant = like(form.translate(_NO_FIGURES), word) if not form[0].isdigit() else word
        attested = known.count(meant) > 0
        at = where.of(language, form)
        if at:
            yield from told(
                "characters/digit-in-word",
                where,
                at,
                f"“{form}” has a figure in the place of a letter; “{meant}” is meant",
                confidence=0.97 if attested else 0.9,
                meant=meant,
                applicability="unsafe" if attested else "display",
                data={"form": form, "meant": meant},
            )


_NO_FIGURES = dict.fromkeys(map(ord, "0123456789"))


def _word(form: str, language: str, known: Vocabulary) -> str | None:
    """The word that a form is once its figures are letters; None where it is none."""
    ends = _AT_END.fullmatch(form)
    if ends is not None and known.known(ends[1], language):
        return None
    short = form.lower() in _SHORT
    if ends is None and _SHAPE.fullmatch(form) is None and not short:
        return None
    number = _NUMBER.fullmatch(form)
    if number is not None and not short and (len(number[1]) < 4 or known.frequency(number[1], language) >= _LEAST):
        return None
    letters = len(form) - sum(map(str.isdigit, form))
    if letters < 2 * (len(form) - letters) and not short:
        return None
    signs = table(language).signs
    options = [
        tuple(printed for read, printed, _ in signs.get(c, ()) if read == c) if c.isdigit() else (c,) for c in form
    ]
    if not all(options) or len(form) > 40:
        return None
    best: tuple[float, str] | None = None
    for answer in product(*options):
        word = "".join(answer)
        if word.isupper() != form.isupper() and not word.istitle() and not word.islower():
            continue
        if known.listed(word, language):
            rated = (known.frequency(word, language) + 3.0 * (known.count(word) > 0), word)
            best = max(best, rated) if best else rated
    least = _LEAST if len(form) > 3 else _LEAST_SHORT
    return best[1] if best is not None and best[0] >= least else None
