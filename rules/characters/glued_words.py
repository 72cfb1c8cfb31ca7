"""Two words stand without a space between them.

Why it matters. "ofthe" and "theFirearms" are found by no search for either word, and where the space was lost OCR has
often lost more.

How it decides. A form that no list has and that is two words: one of the language's most frequent and another common
one ("ofthe", "bysection"), two words of which the second has a capital ("theFirearms"), or two that the document has
side by side elsewhere ("SecretaryGeneral").

When it stays silent. For compounds and derived words, brand names and abbreviations with capitals inside, forms that
the document repeats as its own, addresses and code. Where a comma stands between two words, punctuation/spacing asks.

Sources. Trade agreements and statutes from OCR; the lists of frequent words of wordfreq.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.confusions.suspects import Suspects, places, suspects
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.analysis.vocabulary.forms import folded
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._examples import texts
from ._telling import COVERED, gathered, is_broken, stands_in_sentence, told

_CAMEL = re.compile(r"([^\W\d_A-Z]{2,}|[^\W\d_a-z][^\W\d_A-Z]{2,})([^\W\d_a-z][^\W\d_A-Z]{2,}(?:['’]s)?)")

#: Words that are so frequent that any neighbour may be run together with them.
_SMALL = {
    "en": "of the and in to for by on with shall that which from or as is be at under this any such its not their may"
    " are has all other been will between section article paragraph",
    "fr": "de la le les des du et en à au aux par pour dans sur qui que est une un ou ne pas avec cette article",
    "es": "de la el los las del y en a al por para que se con una un su no como artículo",
    "de": "der die das und in von zu mit den dem des für auf ist im nach bei oder nicht wird durch sind zum zur",
    "it": "di la il le dei del della e in a al alla per con che si non una un nel nella sono articolo",
    "pt": "de a o as os da do das dos e em no na nos nas por para que se com uma um não artigo",
    "nl": "de het een van en in op te voor met dat die is zijn niet aan door of artikel",
    "pl": "w z na do i o się nie że jest oraz dla przez od po art",
    "ru": "и в на с по не что для от к за из или при как все его их",
}
#: Those of them that also begin or end other words: believed only beside another small word.
_FIRST = {
    "en": "of the and to by with shall that which from under this any such its their may has been will section article",
    "fr": "pour dans cette avec les des par que qui une",
    "es": "para los las del por que una como",
    "de": "für und oder nicht wird durch zum zur dem den die der das",
    "it": "della dei del alla per che nella sono",
    "pt": "para dos das que uma pelo pela",
    "nl": "het van een voor met dat niet",
    "pl": "oraz dla przez jest",
    "ru": "для при как его что",
}
_SECOND = {
    "en": "of the and to by with shall that which from under this any such its their may has",
    "fr": "dans cette avec pour les des par que qui",
    "es": "para los del por que",
    "de": "und oder für von mit wird durch zum zur nicht",
    "it": "della dei del che nella sono",
    "pt": "para dos das que",
    "nl": "van het voor met dat niet",
    "pl": "oraz dla przez jest",
    "ru": "для при его",
}
#: In these languages a word that ends in a hyphen ("Alters- und") loses the hyphen with the space.
_HYPHENED = {"de": ("und", "oder", "bis"), "nl": ("en", "of")}
#: The other word of two is this frequent at least (Zipf), and so long.
_COMMON = 3.4
_LEAST = 3
#: What two small words weigh, and how frequent a form is in another language to be a word of that (Zipf).
_BOTH_SMALL = 12.0
_FOREIGN = 3.0
_LONG = 4


@cache
def _words(row: str) -> frozenset[str]:
    return frozenset(row.split())


def _small(language: str) -> frozenset[str]:
    return _words(_SMALL[language])


@rule(
    "characters/glued-words",
    severity="warning",
    languages=COVERED - {"ar"},
    explains=("characters/confused-word", "characters/case-slip"),
    bad=texts(
        en=[
            "The Board ⟦ofthe⟧ Fund acts ⟦bysection⟧ 5 of ⟦theFirearms⟧ Act.",
            "The ⟦SecretaryGeneral⟧ and the Secretary-General.",
        ],
        fr="La décision ⟦dansles⟧ Commission est ⟦pourles⟧ États.",
        es="La decisión ⟦porlos⟧ Estados es ⟦parael⟧ pueblo.",
        de="Das Gesetz ⟦fürdie⟧ Kantone ⟦undder⟧ Bund.",
        it="La decisione ⟦perlegge⟧ generale.",
        pt="A decisão ⟦paraos⟧ Estados.",
        nl="De wet ⟦vande⟧ staat.",
        pl="Ustawa ⟦oraznie⟧ wyrok.",
        ru="Решение ⟦длягосударств⟧ принято.",
    ),
    good=texts(
        en="Whereof the undersigned, thereto, notwithstanding, PayPal, McDonald, GmbH, the landlocked bystander.",
        fr="Dorénavant, surtout, parfois, pourquoi, lesquels.",
        es="Asimismo, sobretodo, porque, también, dámelo.",
        de="Dafür, obwohl, indem, demzufolge, Grundstücksverkehrsgenehmigung.",
        it="Invece, soprattutto, nonché, perlopiù.",
        pt="Porque, também, sobretudo, embora.",
        nl="Voordat, waarin, daarvan, grondwetgever.",
        pl="Ponieważ, również, natomiast.",
        ru="Поскольку, также, насколько.",
    ),
)
def glued_words(document: Document) -> Iterator[Finding]:
    """One finding for each form that is two words, or one for all places of a form that stands in many."""
    yield from gathered(
        _found(document), "Words stand without the space between them at {count} places: {shown} and others."
    )


def _found(document: Document) -> Iterator[Finding]:
    known = vocabulary(document)
    where = places(document)
    found = suspects(document)
    text = running_text(document).text
    for language, form in found.of("word", "case"):
        if language not in _SMALL:
            continue
        meant = _meant(document, language, form, found, known)
        at = _at(text, where.of(language, form), form) if meant is not None else []
        if meant is None or not at:
            continue
        yield from told(
            "characters/glued-words",
            where,
            at,
            f"“{form}” is “{meant}” without the space",
            confidence=0.93,
            meant=meant,
            applicability="unsafe",
            data={"form": form, "meant": meant},
        )


def _at(text: str, found: list[tuple[int, int]], form: str) -> list[tuple[int, int]]:
    """The places that are in sentences: in lists of names any form may be one."""
    return [
        place
        for place in found
        if not is_broken(text, *place) and (not form[0].isupper() or stands_in_sentence(text, *place))
    ]


def _meant(document: Document, language: str, form: str, found: Suspects, known: Vocabulary) -> str | None:
    if not form.replace("'", "").replace("’", "").isalpha() or not 4 <= len(form) <= 40:
        return None
    if not form[1:].islower():
        return _camel(document, language, form, known)
    if found.counts[language][form] > 12 or found.forms[language][form] != "word":
        return None
    return _small_and_common(language, form, known)


def _camel(document: Document, language: str, form: str, known: Vocabulary) -> str | None:
    match = _CAMEL.fullmatch(form)
    if match is None:
        return None
    first, second = match.groups()
    if not known.listed(first, language) or not known.known(second, language):
        return None
    if first.islower() and folded(first) in _small(language):
        return f"{first} {second}" if known.frequency(second, language) >= 2.0 else None
    text = running_text(document).text
    for joint in ("-", " "):
        if f"{first}{joint}{second}" in text:
            return f"{first}{joint}{second}"
    return None


def _small_and_common(language: str, form: str, known: Vocabulary) -> str | None:
    """The likeliest two words of which one is small, and the other small or common."""
    small = _small(language)
    lower = folded(form)
    if len(lower) != len(form):
        return None
    best: tuple[float, str, str] | None = None
    for cut in range(1, len(lower)):
        first, second = lower[:cut], lower[cut:]
        if len(first) < 2 or len(second) < 2:
            continue
        if first in small and second in small:
            weight = _BOTH_SMALL
        elif form.islower() and first in _words(_FIRST[language]):
            weight = _weight(second, len(first), language, known)
        elif form.islower() and second in _words(_SECOND[language]):
            weight = _weight(first, len(second), language, known)
        elif second in _HYPHENED.get(language, ()) and len(first) >= _LONG and known.known(first, language):
            return f"{form[:cut]}- {form[cut:]}"
        else:
            continue
        if weight <= 0.0:
            continue
        if best is None or weight > best[0]:
            best = (weight, form[:cut], form[cut:])
    if best is None or (best[0] < _BOTH_SMALL and _is_foreign(language, form, known)):
        return None
    return f"{best[1]} {best[2]}"


def _weight(other: str, length: int, language: str, known: Vocabulary) -> float:
    """How frequent the other word is, beside a small one of this length; 0 where that is not enough."""
    if len(other) <= _LEAST or not known.listed(other, language):
        return 0.0
    frequency = known.frequency(other, language)
    if known.count(other) > 1:
        return max(frequency, _COMMON)
    return frequency if frequency >= _COMMON + (0.8 if length == 2 else 0.0) else 0.0


def _is_foreign(language: str, form: str, known: Vocabulary) -> bool:
    return any(known.frequency(form, other) >= _FOREIGN for other in known.languages_of(form) if other != language)
