"""Something is still to be written here, or could not be read.

Why it matters. "[●]", "TBD", "[illegible]" or "Error! Reference source not found." in a text that is about to be
printed means that a part of it is missing.

How it decides. By what only stands for something else: bullets, dots or crosses alone in square brackets, words that
ask for an insertion or say that something could not be read (in brackets), dummy text, template variables, the
messages of a word processor that lost a reference, dates and numbers written in crosses ("XX/XX/20XX"), and blanks of
underscores inside a sentence. The words are data, for the official languages of the United Nations and some others.

When it stays silent. On brackets that hold text ("[the State]", "[…]" for an omission, "[sic]", boxes to tick), on
Roman figures (XX, XXX), on an abbreviation TBD or TBC that the text explains, in forms (a text with many blanks, or a
blank after a colon or at the end of a line), on lines that part notes from text, and in code.

Sources. Own compilation; messages as Microsoft Word gives them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from auditor.document import Document, Span
from auditor.findings import Finding
from auditor.rule import Example, rule

from .occurrences import in_prose, one_finding

#: From so many blanks on, a text is a form.
_FORM = 3
_BLANK = re.compile(r"(?<=[a-zа-яё\u0621-\u064a\u4e00-\u9fff,] )_{3,40}(?= [a-zа-яё\u0621-\u064a\u4e00-\u9fff])")
_ABBREVIATIONS = re.compile(r"TB[ACD](?<![\w/.-]TB[ACD])(?![\w/-])")


#: What must occur in a text, and what is then looked for. Patterns begin with a letter and look back from there: those
#: that begin by looking back are ten times slower.
_SIGNS = (
    ("{{", re.compile(r"\{\{[ ]?\w[\w. -]{0,40}\}\}")),
    ("${", re.compile(r"\$\{\w[\w.]{0,40}\}")),
    ("XX", re.compile(r"XX(?<![\w/.-]XX)([./-])XX\1(?:XX(?:XX)?|\d{2}(?:\d\d|XX)?)(?![\w/-])")),
    ("xx", re.compile(r"xx(?<![\w/.-]xx)([./-])xx\1(?:xx(?:xx)?|\d{2}(?:\d\d|xx)?)(?![\w/-])")),
    ("XXXXX", re.compile(r"X{5,12}(?![^\W\d_])")),
    ("20XX", re.compile(r"20XX(?<![\w/.-]20XX)(?![\w/-])")),
    ("20xx", re.compile(r"20xx(?<![\w/.-]20xx)(?![\w/-])")),
    ("19XX", re.compile(r"19XX(?<![\w/.-]19XX)(?![\w/-])")),
    ("???", re.compile(r"(?<!\S)\?{3,8}(?=[\s.,;\x00])")),
)


@cache
def _words() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """The pattern for what stands in brackets, and phrases, each with the piece of it by which it is sought."""
    with (Path(__file__).parent / "placeholders.toml").open("rb") as file:
        tables: dict[str, dict[str, Any]] = tomllib.load(file)
    inside = sorted({word for table in tables.values() for word in table["inside"]}, key=len, reverse=True)
    alone = sorted({word for table in tables.values() for word in table["alone"]})
    words = "|".join(_spaced(word) for word in inside)
    brackets = re.compile(
        r"\[[ \u00a0]?(?:(?:[●•■□○*]{1,3}|_{2,40}|[xX]{2,6}|\?{1,5}|#{1,5}|\.{6,40})[ \u00a0]?"
        rf"|(?i:{words})(?![^\W\d_])[^\[\]\x00\n]{{0,60}})\]"
    )
    phrases = tuple((phrase.partition(" ")[2] or phrase, re.compile(rf"(?i:{_spaced(phrase)})\.?")) for phrase in alone)
    return brackets, phrases


def _spaced(words: str) -> str:
    return re.sub(r"(?:\\ |\s)+", r"[ \\u00a0\\n]", re.escape(words))


@rule(
    "markup/placeholder",
    severity="error",
    bad={
        "en": [
            "This Agreement shall enter into force on ⟦[●]⟧ at ⟦[insert place]⟧.",
            "The amount is ⟦TBD⟧ by the Parties.",
            "signed by ⟦[illegible]⟧ on ⟦XX/XX/20XX⟧",
            "As provided in ⟦Error! Reference source not found.⟧",
            "⟦Lorem ipsum⟧ dolor sit amet.",
            "Done at Geneva on the ⟦____⟧ day of May.",
            Example("The depositary is ⟦{{ name }}⟧ of the State.", "en", "text/plain"),
        ],
        "fr": ["L'accord entre en vigueur le ⟦[à compléter]⟧.", "Voir ⟦Erreur ! Signet non défini.⟧"],
        "es": ["Firmado por ⟦[ilegible]⟧ en Montevideo.", "Véase ⟦¡Error! Marcador no definido.⟧"],
        "ru": ["Подпись: ⟦[неразборчиво]⟧", "См. ⟦Ошибка! Источник ссылки не найден.⟧"],
        "ar": ["التوقيع ⟦[غير مقروء]⟧", "انظر ⟦[●]⟧"],
        "zh": ["生效日期：⟦[待定]⟧", "见⟦错误!未找到引用源⟧"],
        "de": ["Unterzeichnet von ⟦[unleserlich]⟧ in Bern."],
        "it": ["Firmato da ⟦[illeggibile]⟧ a Roma."],
        "pt": ["Assinado por ⟦[ilegível]⟧ em Lisboa."],
        "nl": ["Getekend door ⟦[onleesbaar]⟧ te Brussel."],
        "pl": ["Podpisał ⟦[nieczytelne]⟧ w Warszawie."],
    },
    good={
        "en": [
            'The Court held that "[the] State […] was [sic] bound", see resolution 3437 (XXX) and chapter XX.',
            "The Trade Benefits Department (TBD) reports. The TBD meets.",
            "- [x] agreed\n- [ ] open",
            "Name: ______ of the applicant\n\n______________\n\nSignature ______",
            "See [insertion of a clause](annex.md) and [1].",
            Example("Option 1: [States Parties] [The Parties] shall [may] decide. Why?", "en", "text/plain"),
        ],
        "fr": ["[Les Parties] décident, voir le chapitre XX […]."],
        "es": ["[Las Partes] deciden, véase el capítulo XX […]."],
        "ru": ["[Стороны] решают, см. главу XX […]."],
        "ar": ["[الأطراف] تقرر […]."],
        "zh": ["[缔约国]决定[……]。"],
        "de": ["[Die Parteien] beschliessen […]."],
        "it": ["[Le Parti] decidono […]."],
        "pt": ["[As Partes] decidem […]."],
        "nl": ["[De Partijen] besluiten […]."],
        "pl": ["[Strony] postanawiają […]."],
    },
)
def placeholder(document: Document) -> Iterator[Finding]:
    """One finding for each thing that is written in the place of another, with all its places."""
    text = document.text
    brackets, phrases = _words()
    patterns = [brackets] if "[" in text else []
    patterns += [pattern for word, pattern in phrases if word in text]
    patterns += [pattern for sign, pattern in _SIGNS if sign in text]
    places: dict[str, list[Span]] = {}
    for pattern in patterns:
        for _, match, span in in_prose(document, pattern, outside=("code", "link", "image")):
            places.setdefault(match.group(), []).append(span)
    # "Trade Benefits Department (TBD)" explains an abbreviation; "[TBD]" was found above.
    explained = {word for word in ("TBA", "TBC", "TBD") if f"({word})" in text or f"[{word}" in text}
    if "TB" in text:
        for _, match, span in in_prose(document, _ABBREVIATIONS):
            if match.group() not in explained:
                places.setdefault(match.group(), []).append(span)
    if 0 < text.count("___") < 3 * _FORM:
        blanks = [span for _, _, span in in_prose(document, _BLANK)]
        if 0 < len(blanks) < _FORM:
            places["____"] = blanks
    for written, spans in places.items():
        yield one_finding(
            "markup/placeholder",
            spans,
            f'"{written.strip()}" stands in the place of something that is missing',
            confidence=0.6 if written.startswith(("?", "_")) else 0.95,
            data={"written": written},
        )
