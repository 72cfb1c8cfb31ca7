"""A closing formula is at odds with itself: copies, languages and texts do not agree.

Why it matters. "In two copies, each in the Russian languages, both texts being equally authentic" names one language
and speaks of two texts: a language has been lost, and with it the answer to the question which text holds.

How it decides. In the sentence that says which texts are authentic, the languages that it names are counted and held
against the number of texts that it speaks of ("both texts", "all three texts", "los dos textos", "оба текста").
Where a text of its own (a treaty, an annex) has several such sentences, the languages of one are held against those
of the other.

When it stays silent. Where the sentence names no language that is known, or says nothing of a number; where one
language is named in the singular and as many copies as texts (two originals of one text); where the languages stand
in another sentence. It does not judge depositaries.

Sources. United Nations, Final Clauses of Multilateral Treaties Handbook; names of languages from Unicode CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import msgspec
import tomli

from auditor.analysis import languages as _languages
from auditor.analysis.cardinals import read_cardinal
from auditor.analysis.languages import document_languages, languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

from ._stretches import stretch_at, stretches
from ._variants import passages_of_others

_RULE = "consistency/formula"
_NAMES = Path(_languages.__file__).parent / "data" / "language_names.toml"
_STOP = re.compile(r"[.;。][\s\x00]|\x00|[。]")
#: Beyond these stops the sentence is not looked for; so long is one at most.
_LONGEST = 900
#: In scripts without cases names of languages are matched as they stand.
_UNFOLDED = frozenset({"ar", "zh"})


class _Formula(msgspec.Struct, frozen=True):
    """One sentence on authentic texts: where it stands in the running text, the languages that it names, in order, and
    how many texts and copies it speaks of (0 where it does not say)."""

    start: int
    end: int
    names: tuple[str, ...]
    texts: int
    said: tuple[int, int]
    copies: int
    plural: bool


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomli.loads(Path(__file__).with_name("formula.toml").read_text(encoding="utf-8"))


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of languages in a language, and their codes by the beginnings that are listed."""
    listed: dict[str, list[str]] = tomli.loads(_NAMES.read_text(encoding="utf-8"))[language]
    codes = {form: code for code, forms in listed.items() for form in forms}
    forms = "|".join(re.escape(form) for form in sorted(codes, key=lambda form: (-len(form), form)))
    if language == "zh":
        return re.compile(rf"(?P<name>{forms})(?=[文语、和及及与])"), codes
    if language == "ar":
        return re.compile(rf"(?P<name>{forms})"), codes
    return re.compile(rf"\b(?P<name>{forms})"), codes


def _fold(text: str) -> str:
    """A text in small letters without accents, character by character, so that offsets stay."""
    return text.lower() if text.isascii() else "".join(normalize("NFD", c)[0].lower()[0] for c in text)


@rule(
    _RULE,
    severity="warning",
    languages=("en", "fr", "es", "pt", "it", "de", "ru", "uk", "ar", "zh"),
    bad={
        "en": [
            "DONE at Moscow, in two copies, each in the Russian languages, ⟦both texts⟧ being equally authentic.",
            "Done in three originals, in the English, French and Spanish languages, ⟦both texts⟧ being equally "
            "authentic.",
            "Done at Rome in the English and French languages, ⟦all three texts⟧ being equally authentic.",
            "The English, French and Spanish texts of this Convention are equally authentic.\n\n"
            "⟦Done at Rome in a single copy in the English and French languages, all texts being equally authentic⟧.",
        ],
        "fr": ["Fait à Paris, en langues française, anglaise et arabe, ⟦les deux textes⟧ faisant également foi."],
        "es": ["Hecho en Lima, en los idiomas español e inglés, siendo ⟦los tres textos⟧ igualmente auténticos."],
        "pt": ["Feito em Lisboa, nas línguas portuguesa e francesa, sendo ⟦os três textos⟧ igualmente autênticos."],
        "it": ["Fatto a Roma, nelle lingue italiana e inglese, ⟦i tre testi⟧ facenti ugualmente fede."],
        "de": [
            "Geschehen zu Bern in deutscher und englischer Sprache, wobei ⟦alle drei Texte⟧ gleichermassen "
            "verbindlich sind."
        ],
        "ru": [
            "Совершено в двух экземплярах, на русском, английском и арабском языках, причем ⟦оба текста⟧ имеют "
            "одинаковую силу."
        ],
        "uk": [
            "Вчинено у двох примірниках українською, англійською та арабською мовами, причому ⟦обидва тексти⟧ мають "
            "однакову силу."
        ],
        "ar": ["حرر في القاهرة باللغات العربية والفرنسية والروسية، ⟦كلا النصين⟧ متساويان في الحجية."],
        "zh": ["本协定于北京签订，一式两份，用中文、英文和俄文写成，⟦两种文本⟧同等作准。"],
    },
    good={
        "en": [
            "DONE at Moscow, in two copies, each in the Russian and Ukrainian languages, both texts being equally "
            "authentic.",
            "Done in duplicate at Rome in the English language, both texts being equally authentic.",
            "The Arabic, Chinese, English, French, Russian and Spanish texts are equally authentic. All six texts are.",
        ],
        "fr": ["Fait à Paris, en langues française et anglaise, les deux textes faisant également foi."],
        "es": ["Hecho en Lima, en los idiomas español e inglés, siendo ambos textos igualmente auténticos."],
        "pt": ["Feito em Lisboa, nas línguas portuguesa e francesa, sendo ambos os textos igualmente autênticos."],
        "it": ["Fatto a Roma, nelle lingue italiana e inglese, i due testi facenti ugualmente fede."],
        "de": [
            "Geschehen zu Bern in deutscher und englischer Sprache, wobei beide Texte gleichermassen verbindlich sind."
        ],
        "ru": [
            "Совершено в двух экземплярах, на русском и английском языках, причем оба текста имеют одинаковую силу."
        ],
        "uk": [
            "Вчинено у двох примірниках українською та англійською мовами, причому обидва тексти мають однакову силу."
        ],
        "ar": ["حرر في القاهرة باللغتين العربية والفرنسية، كلا النصين متساويان في الحجية."],
        "zh": ["本协定于北京签订，一式两份，用中文和英文写成，两种文本同等作准。"],
    },
)
def formula(document: Document) -> Iterator[Finding]:
    """Yield the closing formulas that contradict themselves or each other."""
    run = running_text(document)
    found = [f for language in document_languages(document) for f in _formulas(document, run, language)]
    for item in found:
        yield from _of_itself(run, item)
    yield from _of_each_other(document, run, found)


def _formulas(document: Document, run: RunningText, language: str) -> Iterator[_Formula]:
    table = _tables().get(language)
    if table is None:
        return
    codes = languages(document)
    quoted = passages_of_others(document)
    told: set[int] = set()
    for anchor in table["anchors"]:
        at = run.text.find(anchor)
        while at >= 0:
            block = run.blocks[run.block_at(at)].index
            if codes[block] == language and block not in quoted:
                item = _read(run.text, at, language, table)
                if item is not None and item.start not in told:
                    told.add(item.start)
                    yield item
            at = run.text.find(anchor, at + len(anchor))


def _read(text: str, at: int, language: str, table: dict[str, Any]) -> _Formula | None:
    """The sentence round an anchor."""
    begin = max(0, at - _LONGEST)
    stops = list(_STOP.finditer(text, begin, at))
    start = stops[-1].end() if stops else begin
    stop = _STOP.search(text, at)
    end = min(stop.start() if stop is not None else len(text), at + _LONGEST)
    sentence = text[start:end] if language in _UNFOLDED else _fold(text[start:end])
    pattern, codes = _names(language)
    names = tuple(dict.fromkeys(codes[match["name"]] for match in pattern.finditer(sentence)))
    if not names:
        return None
    texts, said = 0, (start, end)
    for match in re.finditer(table["texts"], sentence):
        groups = [group for group in match.groups() if group]
        number = _number(groups[0], language) if groups else 2
        if number:
            texts, said = number, (start + match.start(), start + match.end())
            break
    copies = next((n for words, n in table["words"].items() if words in sentence), 0)
    if not copies and table["copies"]:
        counted = re.search(table["copies"], sentence)
        copies = _number(counted.group(1), language) if counted is not None else 0
    plural = bool(table["languages"]) and re.search(rf"\b(?:{table['languages']})\b", sentence) is not None
    return _Formula(start, end, names, texts, said, copies, plural)


def _number(word: str, language: str) -> int:
    if word.isdecimal():
        return int(word)
    if language == "zh":
        word = word.replace("两", "二")
    return read_cardinal(word, language) or 0


def _of_itself(run: RunningText, item: _Formula) -> Iterator[Finding]:
    count = len(item.names)
    if not item.texts or item.texts == count:
        return
    if count == 1 and not item.plural and item.copies in (0, item.texts):
        return  # two originals of one text
    languages_named = "one language" if count == 1 else f"{count} languages"
    yield Finding(
        rule=_RULE,
        message=f"The formula names {languages_named} and speaks of {item.texts} texts.",
        span=run.span(*item.said),
        confidence=0.8,
        data={"languages": list(item.names), "texts": item.texts, "copies": item.copies},
        evidence=(Evidence("It says so here.", _span(run, item)),),
    )


def _span(run: RunningText, item: _Formula) -> Span:
    start = item.start
    while start < item.end and run.text[start] in " \xa0\n\t":
        start += 1
    return run.span(start, item.end)


def _of_each_other(document: Document, run: RunningText, found: list[_Formula]) -> Iterator[Finding]:
    """Formulas of one text whose languages differ: the one that names fewer is reported."""
    if len(found) < 2:
        return
    starts = stretches(document, run)
    for item in found:
        if len(item.names) < 2:
            continue
        for other in found:
            fewer = set(item.names) < set(other.names)
            if fewer and stretch_at(starts, item.start) == stretch_at(starts, other.start):
                yield Finding(
                    rule=_RULE,
                    message=f"{len(item.names)} languages are named here, {len(other.names)} in the other formula.",
                    span=_span(run, item),
                    confidence=0.65,
                    data={"languages": list(item.names), "elsewhere": list(other.names)},
                    evidence=(Evidence("The other formula stands here.", _span(run, other)),),
                )
                break
