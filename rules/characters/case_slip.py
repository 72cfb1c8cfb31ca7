"""A capital stands inside a word, or a small letter inside a word of capitals.

Why it matters. "pArty", "COnvention" and "ARTiCLE" are slips of the scanner or the shift key; they spoil headings and
lists that are made from them.

How it decides. A word that the language has, common, whose capitals follow no pattern: one inside it, two at its
beginning, a capital S after an apostrophe, a small letter among capitals.

When it stays silent. For two words run together (characters/glued-words), brand names, abbreviations with a plural s,
OEuvre, units, quoted names, forms that the document repeats, and words of the user's lexicon as they are written there.

Sources. None but reading: no language that we cover writes common words so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.confusions.suspects import places, suspects
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._examples import texts
from ._telling import COVERED, told

_UPPER, _LOWER = "[^\\W\\d_a-zà-öø-ÿа-яёąćęłńśźż]", "[^\\W\\d_A-ZÀ-ÖØ-ÞА-ЯЁĄĆĘŁŃŚŹŻ]"
_INSIDE = re.compile(rf"{_LOWER}+{_UPPER}+{_LOWER}*|{_UPPER}{_LOWER}+{_UPPER}{{1,2}}{_LOWER}+")
_TWO_FIRST = re.compile(rf"{_UPPER}{{2}}{_LOWER}{{3,}}")
_AMONG = re.compile(rf"{_UPPER}{{2,}}{_LOWER}{{1,2}}{_UPPER}+|{_UPPER}{{3,}}{_LOWER}")
_POSSESSIVE = re.compile(rf"{_UPPER}?{_LOWER}+['’]S")
#: How often the document may have the form before it is its own.
_OWN = 3
_QUOTES = frozenset("“\"«‘„'")
_COMMON = 3.8


@rule(
    "characters/case-slip",
    severity="warning",
    languages=COVERED - {"ar"},
    explains=("characters/confused-word",),
    bad=texts(
        en=["Each ⟦pArty⟧ to the ⟦COnvention⟧ and ⟦Panama'S⟧ fleet.", "⟦ARTiCLE⟧ 5"],
        fr="Chaque ⟦pArtie⟧ à la ⟦COnvention⟧.",
        es="Cada ⟦pArte⟧ del ⟦COnvenio⟧.",
        de="Jede ⟦pArtei⟧ mit dem ⟦VErtrag⟧.",
        it="Ogni ⟦pArte⟧ della ⟦COnvenzione⟧.",
        pt="Cada ⟦pArte⟧ da ⟦COnvenção⟧.",
        nl="Elke ⟦pArtij⟧ bij het ⟦VErdrag⟧.",
        pl="Każda ⟦sTrona⟧ tej ⟦UMowy⟧.",
        ru="Каждая ⟦стОрона⟧ и ⟦ГОсударство⟧.",
    ),
    good=texts(
        en="The NGOs, PCs, PhD, iPhone, eBay, McDonald, MHz, pH, LaTeX, YouTube, DeLuca, OFFICE's and UNESCO’s.",
        fr="Les ONG, PhD, MHz, pH et YouTube.",
        es="Las ONG, PhD, MHz, pH y YouTube.",
        de="Die GmbH, PCs, BVers, StGB, MHz und pH.",
        it="Le ONG, PhD, MHz e YouTube.",
        pt="As ONGs, PhD, MHz e YouTube.",
        nl="De NGOs, PhD, MHz en YouTube.",
        pl="NGOs, PhD, MHz i YouTube.",
        ru="ВУЗы, СССР, МГц и ГОСТы.",
    ),
)
def case_slip(document: Document) -> Iterator[Finding]:
    """One finding for each word with such capitals, or one for all places of a form that stands in many."""
    known = vocabulary(document)
    where = places(document)
    found = suspects(document)
    text = running_text(document).text
    for language, form in found.of("case"):
        if found.counts[language][form] >= _OWN or form in document.guidance.lexicon:
            continue
        meant = _meant(form, language, known)
        at = [place for place in where.of(language, form) if not _explains(text, *place)] if meant is not None else []
        if meant is not None and at:
            yield from told(
                "characters/case-slip",
                where,
                at,
                f"“{form}” has capitals where no word has them; “{meant}” is meant",
                confidence=0.85,
                meant=meant,
                applicability="unsafe",
                data={"form": form, "meant": meant},
            )


def _explains(text: str, start: int, end: int) -> bool:
    """Whether the capitals are meant: the word is quoted, or shows an abbreviation near by ("JAR (Java ARchive)")."""
    if text[start - 1 : start] in _QUOTES:
        return True  # a name that somebody gave
    capitals = "".join(c for c in text[start:end] if c.isupper())
    near = text[max(0, start - 60) : start] + " " + text[end : end + 30]
    return any(capitals in word and word.isupper() for word in re.findall(r"[^\W\d_]{3,}", near))


def _meant(form: str, language: str, known: Vocabulary) -> str | None:
    """The form with the capitals that words have; None where it may be meant as it is."""
    if _POSSESSIVE.fullmatch(form):
        return form[:-1] + "s"
    if (
        len(form) < 4
        or form.startswith(("OE", "AE"))
        or known.frequency(form, language) < _COMMON
        or not known.listed(form, language)
    ):
        return None
    if _AMONG.fullmatch(form):
        if "ß" in form:
            return None  # which has no capital in most fonts
        return form.upper() if not form.endswith("s") and len(form) > 4 else None
    if _TWO_FIRST.fullmatch(form):
        return form[0] + form[1:].lower()
    if not _INSIDE.fullmatch(form):
        return None
    capital = next(at for at in range(1, len(form)) if form[at].isupper())
    first, second = form[:capital].lower(), form[capital:].lower()
    if capital < 2 and first in ("e", "i", "m", "d", "o", "l") and form[0].islower():
        return None
    if known.count(form) == 1 and known.frequency(form, language) < 4.2 and form[0].isupper():
        return None
    if (
        min(len(first), len(second)) > 1
        and known.frequency(first, language) >= 3.5
        and known.frequency(second, language) >= 3.0
    ):
        return None
    return form[0] + form[1:].lower()
