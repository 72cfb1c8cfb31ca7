"""One name is spelled in two ways.

Why it matters. "Donbass" and "Donbas" in one letter are one region to a reader and two to a search, an index or a
program that links names. Where one of the two is a slip, it is one that no dictionary shows.

How it decides. From the text's own counts: two words with a capital that the text never writes in small letters,
alike but for a doubled letter, a mark over a letter, or a space for a hyphen, one of them at least twice as
frequent; or alike but for one letter inside, where no lexicon knows the rare form and the other is at least four
times as frequent.

When it stays silent. On endings (cases, plurals, adjectives made from names), on forms that only stand in
quotations, on words in capitals, on names that a lexicon of any language knows in both spellings with another letter
(Gambia, Zambia), on forms that stand in passages of different languages, and on forms that stand equally often.

Sources. The look-up by leaving out letters is that of SymSpell (W. Garbe).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.languages import document_languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.spellings import first_difference, one_letter_apart, same_skeleton
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._inflection import CASES
from ._variants import languages_at, own_places, variant

_RULE = "consistency/name-variant"
_SHORTEST = 5
#: A form with another letter: so long at least, and the usual one so many times as frequent.
_LONGER = 6
_MANY_TIMES = 4
#: A doubled letter more or less: so many times as frequent where no lexicon knows the name.
_UNKNOWN_TIMES = 5
#: A form that differs in marks over letters alone: the usual one so many times as frequent. Old print leaves them off.
_MARKS_TIMES = 3
#: Two words so frequent (Zipf) are two words, however alike.
_COMMON = 3.0
#: What a name with a hyphen that qualifies it is followed by.
_NOUN_BEHIND = re.compile(r"[ \xa0\n][^\W\d_]")
_ENCLITIC = ("se", "lo", "la", "los", "las", "le", "les")


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            "The economy of Donbass is strong. The people of Donbass work in the mines. The river of ⟦Donbas⟧ is wide.",
            "Mr. Pasechnik spoke. Then Pasechnik left. The letter of Pasechnik was read, and Pasechnik signed it. "
            "Those who met ⟦Pasetchnik⟧ left.",
            "The envoy of Timor-Leste met the envoys of Timor-Leste and of Timor-Leste, not of ⟦Timor Leste⟧.",
        ],
        "fr": ["Le conseil de Kinshasa et la ville de Kinshasa, ou la route de ⟦Kinshassa⟧ sont loin de la mer."],
        "es": ["La ciudad de Montevideo y el río de Montevideo, y la carretera de ⟦Montevvideo⟧ están lejos del mar."],
        "ru": ["Штат Миссури велик. Реки штата Миссури широки. Но ⟦Мисури⟧ течёт далеко."],
    },
    good={
        "en": [
            "Gambia and Zambia met. Gambia spoke, and Gambia left, and Gambia came. The Roman and the Romans met "
            "again.",
            "Donbass is a region. “The song of Donbas” is a book. Donbass has mines, and Donbass has rivers.",
            "The Ministers of Niger, of Nigeria, of Nigeria, of Nigeria and of Nigeria met in the Austrian capital.",
        ],
        "fr": ["Le maire de Kinshasa et la ville de Kinshasa sont loin de la mer et de la Gambie."],
        "es": ["La ciudad de Tarapoto y el río de Tarapoto están lejos del mar."],
        "ru": ["Город Донецк растёт. Из Донецка едут. К Донецку идут. Под Донецком стоят."],
    },
)
def name_variant(document: Document) -> Iterator[Finding]:
    """Yield one finding for each rarer spelling of a name, with its places."""
    words = vocabulary(document)
    written = words.written
    names = [
        word
        for word in written
        if len(word) >= _SHORTEST and word[0].isupper() and _is_name(word) and word.lower() not in written
    ]
    told: set[str] = set()
    for group in same_skeleton(names):
        for rare, usual in _alike(document, group):
            if rare not in told and (finding := _finding(document, rare, usual, 0.75)) is not None:
                told.add(rare)
                yield finding
    frequent = [word for word in names if written[word] >= _MANY_TIMES and len(word) >= _LONGER]
    most = max((written[word] for word in frequent), default=0) // _MANY_TIMES
    long = [word for word in names if written[word] <= most and len(word) >= _LONGER - 1]
    for rare, usual in one_letter_apart(long, frequent):
        if rare not in told and usual not in told and _is_slip(document, rare, usual):
            finding = _finding(document, rare, usual, 0.7)
            if finding is not None:
                told.add(rare)
                yield finding
    yield from _hyphens(document, names)


def _is_name(word: str) -> bool:
    """Whether a word is letters with hyphens, and has no capitals inside its parts."""
    if word.isalpha():
        return word[1:].islower()
    return all(part.isalpha() and part[1:].islower() for part in word.replace("‑", "-").split("-"))


def _alike(document: Document, group: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of rare and usual form among forms that share a skeleton."""
    words = vocabulary(document)
    written = words.written
    usual = max(group, key=lambda word: (written[word], words.frequency(word, "en"), word))
    inflected = not CASES.isdisjoint(document_languages(document))
    for rare in group:
        if rare == usual or rare.casefold() == usual.casefold() or ("-" in rare) != ("-" in usual):
            continue
        if any(
            min(words.frequency(w, code) for w in (rare, usual)) >= _COMMON for code in document_languages(document)
        ):
            continue  # "Licence", "Licensee"
        if len(rare) == len(usual):  # marks over letters alone
            enough = written[usual] >= _MARKS_TIMES * written[rare] and not _both_words(document, rare, usual)
        else:
            at = first_difference(rare, usual)
            known = words.known(usual, "en") or any(words.known(usual, code) for code in document_languages(document))
            times = 2 if known else _UNKNOWN_TIMES
            enough = written[usual] >= times * written[rare] and not (
                inflected and at >= min(len(rare), len(usual)) - 2
            )
        if enough:
            yield rare, usual


def _both_words(document: Document, one: str, other: str) -> bool:
    """Whether both are words of a language of the text, as "secretaria" and "secretaría" are, or one is foreign."""
    words = vocabulary(document)
    present = document_languages(document)
    return any(words.listed(one, code) and words.listed(other, code) for code in present) or any(
        code not in present for code in words.languages_of(one)
    )


def _is_slip(document: Document, rare: str, usual: str) -> bool:
    """Whether a rare form with another letter is the usual one with a slip, and not another name or a form of it."""
    words = vocabulary(document)
    written = words.written
    if written[usual] < _MANY_TIMES * written[rare] or rare.casefold() == usual.casefold():
        return False
    at = first_difference(rare, usual)
    present = document_languages(document)
    kept = 3 if not CASES.isdisjoint(present) else 2
    if at == 0 or at >= min(len(rare), len(usual)) - kept or (usual.endswith(_ENCLITIC) and "es" in present):
        return False
    if words.languages_of(rare) or any(words.known(rare, code) for code in (*present, "en")):
        return False
    # Of two names that nobody knows, one may be another place or person: the usual one must be very usual.
    known = any(words.known(usual, code) for code in present)
    return known or written[usual] >= 2 * _MANY_TIMES * written[rare] or len(usual) >= 2 * _SHORTEST - 1


def _finding(document: Document, rare: str, usual: str, confidence: float) -> Finding | None:
    if rare.replace("-", "") == usual.replace("-", ""):
        return None
    here, there = own_places(document, rare), own_places(document, usual)
    if not here or len(there) < 2 * len(here) or languages_at(document, here).isdisjoint(languages_at(document, there)):
        return None
    return variant(_RULE, document, here, rare, (usual, len(there), there[0]), confidence)


def _hyphens(document: Document, names: list[str]) -> Iterator[Finding]:
    """Names with a hyphen that also stand with a space, and the reverse."""
    text = running_text(document).text
    for name in names:
        parts = name.split("-")
        if len(parts) != 2 or not all(len(part) > 2 and part[0].isupper() for part in parts):
            continue
        apart = " ".join(parts)
        if apart not in text:
            continue
        joined, spaced = own_places(document, name), own_places(document, apart)
        spaced = [at for at in spaced if not text[max(0, at - 2) : at - 1].isupper()]
        if not joined or not spaced:
            continue
        (rare, here), (usual, there) = sorted(((name, joined), (apart, spaced)), key=lambda form: len(form[1]))
        if rare == name:
            here = [at for at in here if not _NOUN_BEHIND.match(text, at + len(name))]  # "Third-Party Technology"
        if here and len(there) >= _MARKS_TIMES * len(here):
            yield variant(_RULE, document, here, rare, (usual, len(there), there[0]), 0.7)
