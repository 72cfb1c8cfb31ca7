"""Something is still to be written here, or could not be read.

Why it matters. "[●]", "TBD", "[illegible]" or "Error! Reference source not found." in a text that is about to be
printed means that a part of it is missing.

How it decides. By what only stands for something else: bullets, dots or crosses alone in square brackets, words that
ask for an insertion or say that something could not be read (in brackets), dummy text, template variables, the
messages of a word processor that lost a reference, dates and numbers written in crosses ("XX/XX/20XX"), and blanks of
underscores inside a sentence. What a template asks for ("[year]", "<name of author>") is one finding for the whole
text, of low weight: many texts end with a form for others to fill in. The words are data, for the official languages
of the United Nations and some others.

When it stays silent. On brackets that hold text ("[the State]", "[…]" for an omission, "[sic]", boxes to tick), on
Roman figures (XX, XXX), on an abbreviation TBD or TBC that the text explains, in forms (a text with many blanks, or a
blank after a colon or at the end of a line), on lines that part notes from text, on "[*]" where a note begins with
it, on template variables that the text shows in quotation marks or that stand in a text about programs, and in code.

Sources. Own compilation; messages as Microsoft Word gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import tomli

from auditor.analysis.mentions.running_text import running_text
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Finding

from .notation import is_quoted, is_technical
from .occurrences import Stretches, in_prose, one_finding

#: So many of the things that a template asks for are named in the message.
_NAMED = 3
#: From so many blanks on, a text is a form.
_FORM = 3
_ABBREVIATIONS = re.compile(r"TB[ACD](?<![\w/.-]TB[ACD])(?![\w/-])")


#: Variables of templates, and how a text about templates quotes one.
_VARIABLES = {
    "{{": re.compile(r"[\"'`“‘«„]\{\{[^\n{}]{1,40}\}\}[\"'`”’»“]"),
    "${": re.compile(r"[\"'`“‘«„]\$\{[^\n{}]{1,40}\}[\"'`”’»“]"),
}
#: A note that begins with its mark in brackets.
_NOTE = re.compile(r"^[ \t]*\[(\*{1,3})\](?=[ \t]*\S)", re.MULTILINE)

#: What must occur in a text, and what is then looked for. Patterns begin with a letter and look back from there: those
#: that begin by looking back are ten times slower.
_CROSSES = (
    ("XX", re.compile(r"XX(?<![\w/.-]XX)([./-])XX\1(?:XX(?:XX)?|\d{2}(?:\d\d|XX)?)(?![\w/-])")),
    ("xx", re.compile(r"xx(?<![\w/.-]xx)([./-])xx\1(?:xx(?:xx)?|\d{2}(?:\d\d|xx)?)(?![\w/-])")),
    ("XXXXX", re.compile(r"X{5,12}(?![^\W\d_])")),
    ("20XX", re.compile(r"20XX(?<![\w/.-]20XX)(?![\w/-])")),
    ("20xx", re.compile(r"20xx(?<![\w/.-]20xx)(?![\w/-])")),
    ("19XX", re.compile(r"19XX(?<![\w/.-]19XX)(?![\w/-])")),
)
_SIGNS = (
    ("{{", re.compile(r"\{\{[ ]?\w[\w. -]{0,40}\}\}")),
    ("${", re.compile(r"\$\{\w[\w.]{0,40}\}")),
    ("???", re.compile(r"\?(?<!\S.)\?{2,7}(?=[\s.,;\x00])")),
)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    with (Path(__file__).parent / "placeholders.toml").open("rb") as file:
        return tomli.load(file)


#: In angle brackets any words may follow these.
_ASKING = ("insert", "enter", "insérer", "insertar", "inserir", "inserire", "einfügen", "вставить")
#: Brackets that ask the user of a form for something, and blanks in brackets.
_ASKED = re.compile(rf"(?i:\[ ?(?:_{{2,}}|(?:{'|'.join(_ASKING)})\b))")


@cache
def _slots() -> re.Pattern[str]:
    """What a template asks for, in square or angle brackets."""
    square, angle = (
        "|".join(map(_slot, _tables().values())),
        "|".join(_slot(t, "in_angles") for t in _tables().values()),
    )
    asked = rf"(?:{'|'.join(_ASKING)})[ \u00a0\n][^<>\x00=]{{2,60}}"
    return re.compile(rf"(?i:\[[ \u00a0]?(?:{square})[ \u00a0]?\](?!\()|<[ ]?(?:{angle}|{asked})[ ]?>)")


def _slot(table: dict[str, Any], *more: str) -> str:
    """The pattern for what templates of one language ask for."""
    nouns = _any_of([word for key in ("slots", *more) for word in table.get(key, ())])
    before, of = _any_of(table["before"]), _any_of(table["of"])
    joined = rf"(?:[ \u00a0\n](?:{of})(?:[ \u00a0\n][^\[\]<>\x00:;=@]{{1,50}})?)?" if of else ""
    return rf"(?:(?:{before})[ \u00a0\n]?){{0,2}}(?:{nouns})(?:\(?e?s\)?)?{joined}"


def _any_of(words: list[str]) -> str:
    return "|".join(map(_spaced, sorted(words, key=len, reverse=True)))


@cache
def _blank() -> re.Pattern[str]:
    """A blank between two words of one sentence. Few texts have any, and its many letters take time to compile."""
    beside = "a-zа-яё\u0621-\u064a\u4e00-\u9fff"
    return re.compile(rf"___(?<=[{beside},] ___)_{{0,37}}(?= [{beside}])")


@cache
def _brackets() -> re.Pattern[str]:
    """What stands in square brackets in the place of a text."""
    inside = _any_of(list({word for table in _tables().values() for word in table["inside"]}))
    return re.compile(
        r"\[[ \u00a0]?(?:(?:[●•■□○*]{1,3}|_{2,40}|[xX]{2,6}|\?{1,5}|#{1,5}|\.{6,40})[ \u00a0]?"
        rf"|(?i:{inside})(?![^\W\d_])[^\[\]\x00]{{0,60}})\]"
    )


@cache
def _beginnings() -> tuple[str, ...]:
    """The first four letters, or fewer, of all that brackets may hold, and the signs."""
    first = _FIRST.match
    forms = [*_ASKING, *(form for table in _tables().values() for key in _HELD for form in table.get(key, ()))]
    words = {found[0].casefold() for form in forms if (found := first(form)) is not None}
    return (*sorted(words), *"●•■□○*_?#.", "xx")


#: A bracket that opens, and the beginning of what it holds.
_OPENED = tuple(re.compile(rf"{sign}[ \u00a0]?(\w{{1,4}}|[●•■□○*?#.])") for sign in (r"\[", "<"))
_FIRST = re.compile(r"\w{1,4}")
_HELD = ("inside", "slots", "in_angles", "before")


def _may_ask(document: Document) -> bool:
    """Whether any bracket begins as one that holds a placeholder does; spares most texts two long patterns."""
    if "[" not in document.text and "<" not in document.text:
        return False
    beginnings = _beginnings()
    text = running_text(document).text
    begun = {found[1] for sign in _OPENED for found in sign.finditer(text)}
    return any(word.casefold().startswith(beginnings) for word in begun)


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(sorted({word for table in _tables().values() for word in table["alone"]}))


def _phrases_in(text: str) -> Iterator[str]:
    """The phrases that a text may hold, whatever the case of their first word; most of them have an exclamation mark,
    and most texts none."""
    exclaims = "!" in text or "！" in text
    for phrase in _phrases():
        if (exclaims or not ("!" in phrase or "！" in phrase)) and (phrase.partition(" ")[2] or phrase) in text:
            yield phrase


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
            Example("Copyright (C) ⟦<year>⟧ ⟦<name of author>⟧, all rights reserved.", "en", "text/plain"),
            "Copyright ⟦[yyyy]⟧ ⟦[name of copyright owner]⟧, all rights reserved.",
        ],
        "fr": [
            "L'accord entre en vigueur le ⟦[à compléter]⟧.",
            "Voir ⟦Erreur ! Signet non défini.⟧",
            "Fait à Genève le ⟦[date]⟧.",
        ],
        "es": [
            "Firmado por ⟦[ilegible]⟧ en Montevideo.",
            "Véase ⟦¡Error! Marcador no definido.⟧",
            "Hecho el ⟦[fecha]⟧.",
        ],
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
            Example('A variable has the form "${name}", and ${other} is one.', "en", "text/plain"),
            Example("This work [*] is protected.\n\n[*] In some countries only.", "en", "text/plain"),
            "In any F12[year] of assessment, or [1999] 2 AC 5, by [owner] or [the author].",
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
    asks = _may_ask(document)
    patterns = [_brackets()] if asks else []
    patterns += [re.compile(rf"(?i:{_spaced(phrase)})\.?") for phrase in _phrases_in(text)]
    if "XX" in text or "xx" in text:
        patterns += [pattern for sign, pattern in _CROSSES if sign in text]
    patterns += [pattern for sign, pattern in _SIGNS if sign in text]
    places: dict[str, list[Span]] = {}
    for pattern in patterns:
        for _, match, span in in_prose(document, pattern, outside=("code", "link", "image")):
            places.setdefault(" ".join(match.group().split()), []).append(span)
    for written in _shown(document, places):
        places.pop(written, None)
    # "Trade Benefits Department (TBD)" explains an abbreviation; "[TBD]" was found above.
    if "TB" in text:
        explained = {word for word in ("TBA", "TBC", "TBD") if f"({word})" in text or f"[{word}" in text}
        for _, match, span in in_prose(document, _ABBREVIATIONS):
            if match.group() not in explained:
                places.setdefault(match.group(), []).append(span)
    if 0 < text.count("___") < 3 * _FORM:
        blanks = [span for _, _, span in in_prose(document, _blank())]
        if 0 < len(blanks) < _FORM:
            places["____"] = blanks
    if asks:
        yield from _templates(document, Stretches(span for spans in places.values() for span in spans))
    asked = [written for written in places if _ASKED.match(written)]
    if len(asked) >= _FORM:
        spans = sorted(span for written in asked for span in places.pop(written))
        yield _to_fill_in(asked, spans)
    for written, spans in places.items():
        yield one_finding(
            "markup/placeholder",
            spans,
            f'"{written.strip()}" stands in the place of something that is missing',
            confidence=0.6 if written.startswith(("?", "_")) else 0.95,
            data={"written": written},
        )


def _shown(document: Document, places: dict[str, list[Span]]) -> set[str]:
    """What is written for what it is, of all that was found: variables that the text speaks of, and marks of notes."""
    text = document.text
    shown = {f"[{match[1]}]" for match in _NOTE.finditer(text)} if any(w.startswith("[*") for w in places) else set()
    for sign, quoted in _VARIABLES.items():
        variables = {written for written in places if written.startswith(sign)}
        if variables and (quoted.search(text) is not None or is_technical(document)):
            shown |= variables
    return shown


def _templates(document: Document, told: Stretches) -> Iterator[Finding]:
    """One finding for all that a template asks for, without what was told already."""
    text = document.text
    found: list[Span] = []
    for _, match, span in in_prose(document, _slots(), outside=("code", "link", "image")):
        # A letter before the bracket: an amendment's mark ("F12[year]"), or part of a symbol.
        if match.string[match.start() - 1].isalnum() or is_quoted(text, span) or told.overlap(span):
            continue
        if text[span.start] != "<" or not is_technical(document):
            found.append(span)
    if not found:
        return
    yield _to_fill_in(list(dict.fromkeys(" ".join(span.of(text).split()) for span in found)), found)


def _to_fill_in(asked: list[str], found: list[Span]) -> Finding:
    """The finding for a text that is a form: what it asks for, and where."""
    named = ", ".join(f'"{slot}"' for slot in asked[:_NAMED]) + (" and others" if len(asked) > _NAMED else "")
    finding = one_finding(
        "markup/placeholder",
        found,
        f"{named} {'asks' if len(asked) == 1 else 'ask'} for something that is to be filled in",
        confidence=0.6,
        data={"written": asked},
    )
    return msgspec.structs.replace(finding, severity="info")
