"""A letter stands in a number in the place of a figure.

Why it matters. "1O km", "l5 per cent" and "2,OOO" can't be read as numbers by anything that counts, and a reader may
read another number.

How it decides. A form that is a number once l and I are read as 1 and O and o as 0 (S as 5, B as 8, Z as 2 between
figures), with at least one true figure.

When it stays silent. Where a letter behind a number is due: litres (5l), ordinals (5o), Article 16B, 2S, codes with
other letters, and document symbols. Numbers of articles, dates and enumerators belong to numbering/character-slip.

Sources. Rice, Nagy and Nartker, Optical Character Recognition (1999).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.confusions.suspects import places, suspects
from auditor.analysis.enumerators.number_slips import number_slips
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._examples import texts
from ._telling import COVERED, told

_NUMBER = re.compile(
    r"l\d+(?:[.,]\d{1,3})*"  # l5, l00
    r"|I\d{2,}(?:[.,]\d{1,3})*"  # I00
    r"|[\dlI]+(?:[.,]\d{1,3})*O+(?:[.,][\dO]{1,3})*"  # 1O, 2O.5
    r"|\d{1,3}(?:[.,][\dOol]{3})+"  # 2,OOO
    r"|\d+[lOoSIBZ]+\d+(?:[.,]\d+)*"  # 1O5, 1l5
)
_FIGURES = str.maketrans("lIOoSBZ", "1100582")
#: A form that so many numbers of a document have is a code of its own.
_MANY = 8


@rule(
    "characters/letter-in-number",
    severity="error",
    languages=COVERED,
    explains=("characters/confused-word",),
    bad=texts(
        en="A distance of ⟦1O⟧ km and ⟦l5⟧ per cent.",
        fr="Une distance de ⟦l5⟧ kilomètres.",
        es="Una distancia de ⟦1O⟧ kilómetros.",
        ru="Расстояние составляет ⟦1O⟧ километров.",
        de="Eine Entfernung von ⟦l5⟧ Kilometern.",
        it="Una distanza di ⟦l5⟧ chilometri.",
        pt="Uma distância de ⟦l5⟧ quilómetros.",
        nl="Een afstand van ⟦l5⟧ kilometer.",
        pl="Odległość wynosi ⟦l5⟧ kilometrów.",
        ar="مسافة ⟦1O⟧ كيلومترات في البحر",
    ),
    good=texts(
        en="Article 16B, 5l of water, 5o, 3D, B2B, A/RES/20/1, 10 km, O2 and I4, 2S.",
        fr="Article 16B et 5l d’eau.",
        es="El artículo 5o y 5l de agua.",
        ru="Статья 16Б и 5л воды.",
        de="Artikel 16B und 5l Wasser.",
        it="Articolo 16B e 5l di acqua.",
        pt="Artigo 16B e 5l de água.",
        nl="Artikel 16B en 5l water.",
        pl="Artykuł 16B i 5l wody.",
        ar="المادة 16 من القانون",
    ),
)
def letter_in_number(document: Document) -> Iterator[Finding]:
    """One finding for each number with a letter in it, or one for all places of a form that stands in many."""
    forms = [(language, form) for language, form in suspects(document).of("mixed", "marked") if _NUMBER.fullmatch(form)]
    if not forms:
        return
    where = places(document)
    slips = [(slip.start, slip.end) for slip in number_slips(document)]
    if len(forms) > _MANY and len({form[:1] for _, form in forms}) == 1:
        return
    for language, form in forms:
        found = [
            (start, end)
            for start, end in where.of(language, form)
            if not any(start < finish and begin < end for begin, finish in slips)
        ]
        if found:
            number = form.translate(_FIGURES)
            yield from told(
                "characters/letter-in-number",
                where,
                found,
                f"“{form}” has a letter in the place of a figure; “{number}” is meant",
                confidence=0.9,
                meant=number,
                applicability="unsafe",
                data={"form": form, "meant": number},
            )
