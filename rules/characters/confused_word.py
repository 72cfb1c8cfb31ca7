"""A word exists in no language of the text, and is one known confusion of OCR away from one that does.

Why it matters. Misread words change what is found and indexed, and a reader stumbles over each of them.

How it decides. The form is in no list, lexicon or composition of such; one confusion from the table of its script (rn
and m, cl and d, li and h, e and c, long s …) leads to a word that is common or stands in the document. The likeliest
correction is given: frequency of the word, rarity of the confusion, and whether the document has it elsewhere. In the
deep profile words without a known correction are reported too, and so are rare words that a confusion makes of common
ones. A form in many places is one finding, and so is a paragraph of rubble (scan it again).

When it stays silent. For words that the document repeats, words of other languages, names (unless the document has the
right one), abbreviations, words of the user's lexicon, languages without a word list, and old spellings.

Sources. The ICDAR competitions on post-OCR text correction (2017, 2019); wordfreq (words and frequencies).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.analysis.confusions import Candidate, candidates
from auditor.analysis.confusions.suspects import Suspects, places, suspects
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._examples import texts
from ._rubble import rubble
from ._telling import COVERED, is_broken, like, stands_among_words, stands_in_sentence, told

#: What the correction must weigh at least (`Candidate.weight`), by the length of the form.
_LEAST = {2: 5.0, 3: 4.0, 4: 2.4}
_LEAST_LONG = 1.1
#: A noun in German, and a word that the document has as often as the form, are this frequent at least (Zipf).
_NOUN = 3.8
_NOUN_WEIGHT = 1.7
_ATTESTED = 4.6
#: Other languages whose words may stand in a text are known so well.
_FOREIGN = 3.0
#: By how much the best correction must be likelier than the next one to be proposed as the fix.
_AHEAD = 1.0


class _Misread(msgspec.Struct, frozen=True):
    language: str
    form: str
    best: Candidate
    alone: bool


@rule(
    "characters/confused-word",
    severity="warning",
    languages=COVERED,
    explains=("consistency/spelling-variant", "consistency/name-variant"),
    bad=texts(
        en=[
            "The ⟦govemment⟧ of the State and ⟦tbe⟧ Parties meet.",
            "It is the ⟦Convcntion⟧ that applies. The Convention ends.",
        ],
        fr="Le ⟦gouvemement⟧ de la République ⟦décidc⟧ de la suite.",
        es="El ⟦gobiemo⟧ de la República y el ⟦ministcrio⟧.",
        ru="Все ⟦соглашсния⟧ и ⟦государетва⟧ названы.",
        de="Diese ⟦Beslimmung⟧ des Rates ⟦bcschliesst⟧ nichts. Diese Bestimmung gilt.",
        it="Il ⟦govemo⟧ della Repubblica decide.",
        pt="O ⟦govemo⟧ da República decide.",
        nl="De ⟦rcgering⟧ van het Koninkrijk besluit.",
        pl="Obrady ⟦rządn⟧ trwają.",
        ar="تعقد الدول ⟦الأظراف⟧ كل سنة",
    ),
    good=texts(
        en="The Koevoet of Linggadjati, superjacent waters, a BBNJ fund, the zygoballs and zygoballs.",
        fr="Les navires patronnant l’activité, nonobstant l’accord.",
        es="La medida menoscabará los derechos archipelágicos.",
        ru="Секторального характера транспарентность.",
        de="Die benzolhaltigen Stoffe und hängigen Verfahren.",
        it="Il predetto accordo transfrontaliero.",
        pt="O referido acordo transfronteiriço.",
        nl="De verdragsluitende partijen.",
        pl="Umawiające się strony.",
        ar="الدول الأطراف المتعاقدة",
    ),
)
def confused_word(document: Document) -> Iterator[Finding]:
    """One finding for each misread word, or one for all places of a form that stands in many."""
    if document.guidance.profile == "deep":
        from ._deep import deep_findings

        yield from deep_findings(document)
        return
    found = suspects(document)
    known = vocabulary(document)
    where = places(document)
    text = running_text(document).text
    unreadable = tuple(rubble(document))
    yield from unreadable
    lost = {span for finding in unreadable for span in (finding.span, *finding.places)}
    for misread in _misread(found, known):
        at = [
            place
            for place in where.of(misread.language, misread.form)
            if not is_broken(text, *place)
            and stands_among_words(text, *place, misread.language, known)
            and where.span(*place) not in lost
            and (not misread.form[0].isupper() or stands_in_sentence(text, *place))
        ]
        if not at:
            continue
        best = misread.best
        meant = like(misread.form, best.word)
        evidence = (Evidence(f"The document has “{meant}” elsewhere, {best.attested} times."),) if best.attested else ()
        yield from told(
            "characters/confused-word",
            where,
            at,
            f"“{misread.form}” is no word; “{meant}” may have been read wrongly",
            confidence=min(0.97, 0.75 + 0.03 * best.weight + (0.1 if best.attested else 0.0)),
            meant=meant,
            applicability="unsafe" if misread.alone and best.attested else "display",
            data={"form": misread.form, "meant": meant, "attested": best.attested},
            evidence=evidence,
        )


def _misread(found: Suspects, known: Vocabulary) -> Iterator[_Misread]:
    for language, form in found.of("word"):
        if len(form) < 2 or not _may_be_misread(form, language, found, known):
            continue
        ranked = candidates(form, language, known)
        if not ranked:
            continue
        best = ranked[0]
        if best.weight < _LEAST.get(len(form), _LEAST_LONG) or _is_repeated(form, best, known):
            continue
        if not form.islower() and not _name_is_misread(form, language, best, known):
            continue
        yield _Misread(language, form, best, len(ranked) == 1 or best.weight - ranked[1].weight >= _AHEAD)


def _may_be_misread(form: str, language: str, found: Suspects, known: Vocabulary) -> bool:
    """Whether a form is one of those that a text in good order would not have."""
    if "-" in form or "‑" in form or "‐" in form:
        return False  # where a hyphen stands, breaks/hyphen-residue asks
    if form.isupper() and len(form) < 6:
        return False
    if found.counts[language][form] > 3 and form.islower():
        return False
    return not any(known.frequency(form, other) >= _FOREIGN for other in known.languages_of(form) if other != language)


def _is_repeated(form: str, best: Candidate, known: Vocabulary) -> bool:
    """Whether a document has the form so often, beside the correction, that it is its own word."""
    count = known.count(form)
    return count > 1 and count * 4 > best.attested and not (best.weight > 3.5 and count < 4)


def _name_is_misread(form: str, language: str, best: Candidate, known: Vocabulary) -> bool:
    """A capitalised form may be a name: only where the document has the right one, or it is no name's word at all."""
    if len(form) < 5:
        return best.weight > 4.0 and form.istitle()
    right = like(form, best.word)
    if language == "de" and form.istitle() and best.frequency >= _NOUN and best.weight >= _NOUN_WEIGHT:
        return True  # any noun has a capital
    ahead = known.written[right] - known.written[form]
    return (ahead > 0 and best.frequency >= 3.5) or (ahead == 0 and best.frequency >= _ATTESTED)
