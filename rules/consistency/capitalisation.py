"""One term stands in capitals here and in small letters there.

Why it matters. "the Security council" beside forty times "the Security Council" is a slip, and in legal texts
capitals mark what is defined: "this agreement" may be another one than "this Agreement".

How it decides. From the text's own counts. Two words that stand eight times or more with both capitals, and once or
twice with the second in small letters; a defined term of several words that stands in small letters now and then;
and what the text calls "this Agreement", "la présente Convention", "настоящий Договор" ten times and more, where the
noun has lost its capital. What the text does more often is the suggestion.

When it stays silent. At the beginning of a sentence, in headings, tables and quotations, where the first word is
always written with a capital (Palestinian Territory, Palestinian territory), and where both forms are common.

Sources. United Nations Editorial Manual, "Capitalization".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from auditor.analysis.definitions import defined_terms
from auditor.analysis.languages import document_languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._variants import own_places, variant

_RULE = "consistency/capitalisation"
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻĆĘČŘŽА-ЯЁІЇЄ"
_PAIR = re.compile(rf"[{_CAPITAL}](?<!\w.)[^\W\d_A-ZА-Я]{{2,}}[ ][{_CAPITAL}][^\W\d_A-ZА-Я]{{2,}}(?!\w)")
#: "this Agreement" by language: each begins with letters that are found quickly.
_THIS = {
    code: re.compile(rf"{this}(?P<noun>[{_CAPITAL}][^\W\d_A-ZА-Я]{{3,}})(?!\w)")
    for code, this in {
        "en": "his (?<=[Tt]his )",
        "fr": "résente? ",
        "es": "resente (?<=[Pp]resente )",
        "ru": "астоящ[а-я]{2,3} ",
        "de": "iese[srmn]? ",
    }.items()
}
#: The usual form stands so often at least, and the other so often at most, or in so small a part of the places.
_FEWEST = 8
_FEWEST_THIS = 10
_FEW = 2
_PART = 0.05
_SENTENCE = re.compile(r"(?:^|[.:;!?\x00\n•–—“\"«(]|\d[.)]?|\b[a-zа-яIVX]+\))[ \xa0\t]*$")


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "The General Assembly met in general. "
            + "The members of the General Assembly voted. " * 8
            + "The rules of the ⟦General assembly⟧ are in force.",
            "The two States conclude this Agreement. "
            + "Under this Agreement they trade. " * 10
            + "Nothing in this ⟦agreement⟧ is binding.",
        ],
        "fr": [
            "Les États concluent la présente Convention. "
            + "Selon la présente Convention ils votent. " * 10
            + "Rien dans la présente ⟦convention⟧ ne lie les États."
        ],
        "es": [
            "Los Estados celebran la presente Convención. "
            + "Según la presente Convención ellos votan. " * 10
            + "Nada de la presente ⟦convención⟧ obliga a los Estados."
        ],
        "ru": [
            "Государства заключают настоящий Договор на основе равенства и в целях мира. "
            + "Как и прежде, настоящий Договор не действует, если его не подписали все. " * 10
            + "При этом настоящий ⟦договор⟧ не действует для всех."
        ],
    },
    good={
        "en": [
            "The General Assembly met in general. "
            + "The members of the General Assembly voted. " * 8
            + "General assembly of the parts is not covered.",
            "The Palestinian Territory is large. "
            + "The law of the Palestinian Territory is in force. " * 8
            + "The rivers of Palestinian territory are long.",
            "This agreement binds, and this Agreement binds.",
        ],
        "fr": ["Les États concluent la présente Convention. " + "Selon la présente Convention ils votent. " * 10],
        "es": ["Los Estados celebran la presente Convención. " + "Según la presente Convención ellos votan. " * 10],
        "ru": [
            "Государства заключают настоящий Договор на основе равенства и в целях мира. "
            + "Как и прежде, настоящий Договор не действует, если его не подписали все. " * 10
        ],
    },
)
def capitalisation(document: Document) -> Iterator[Finding]:
    """Yield one finding for each rarer form of a term."""
    run = running_text(document)
    text = run.text
    told: set[str] = set()
    written = vocabulary(document).written
    for name, count in Counter(_PAIR.findall(text)).items():
        first, second = name.split(" ")
        rare = f"{first} {second.lower()}"
        if count >= _FEWEST and first.lower() in written and rare in text and second.lower() in written:
            yield from _rarer(document, run, rare, name, count, told)
    for language in document_languages(document)[:1]:
        this = _THIS.get(language)
        for noun, count in Counter(m["noun"] for m in this.finditer(text)).items() if this is not None else ():
            if count >= _FEWEST_THIS and noun.lower() in written:
                yield from _after_this(document, run, noun, count)
    for definition in defined_terms(document):
        words = definition.term.split(" ")
        if (
            definition.manner == "called"
            and len(words) > 1
            and all(word[0].isupper() and word[1:].islower() for word in words)
        ):
            count = text.count(definition.term)
            if count >= _FEWEST and definition.term.lower() in text:
                yield from _rarer(document, run, definition.term.lower(), definition.term, count, told)


def _rarer(
    document: Document, run: RunningText, rare: str, usual: str, count: int, told: set[str]
) -> Iterator[Finding]:
    if rare in told:
        return
    places = [at for at in own_places(document, rare) if _is_prose(run, at) and not _opens_sentence(run.text, at)]
    if 0 < len(places) <= max(_FEW, _PART * count):
        told.add(rare)
        yield variant(_RULE, document, places, rare, (usual, count, run.text.index(usual)), 0.65)


def _after_this(document: Document, run: RunningText, noun: str, count: int) -> Iterator[Finding]:
    """Where the noun stands in small letters behind "this"."""
    text = run.text
    found = []
    for at in own_places(document, noun.lower()):
        before = _THIS_BEFORE.search(text, max(0, at - 16), at)
        if before is not None and _is_prose(run, at) and not _COMPOUND.match(text, at + len(noun)):
            found.append(at)
    if 0 < len(found) <= max(_FEW, _PART * count):
        yield variant(_RULE, document, found, noun.lower(), (noun, count, text.index(noun)), 0.65)


_THIS_BEFORE = re.compile(
    r"(?:[Tt]his|[Pp]résente?|[Pp]resente|[Нн]астоящ(?:ий|ая|ее|его|ей|ему|им|ем|ую)|[Dd]iese[srmn]?) $"
)


#: What makes another noun of it: "this license document".
_COMPOUND = re.compile(r"[ \n-](?:document|agreement|model|text|file|template|notice|form|key)s?\b")


def _is_prose(run: RunningText, at: int) -> bool:
    return run.blocks[run.block_at(at)].kind in ("paragraph", "list_item", "note")


def _opens_sentence(text: str, at: int) -> bool:
    return _SENTENCE.search(text, max(0, at - 6), at) is not None
