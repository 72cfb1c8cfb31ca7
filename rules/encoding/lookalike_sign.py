"""A sign stands for another that looks like it: º for °, ´ for an apostrophe, β for ß.

Why it matters. "20 ºC", "l´accord" and "Straβe" look right and are not found, sorted or read as what they are.

How it decides. Each sign by its place: a masculine ordinal before C, F or a compass point, or after an angle; an acute
or grave accent, prime or modifier between letters where an apostrophe is due; the Greek β inside a Latin word; a low
quotation mark before a space for a comma; a Greek question mark in a Latin text; a ratio for a colon. All places of
one sign are one finding.

When it stays silent. For ordinals (1º, nº), accents that stand alone in a text about them, Greek words, and code.

Sources. Unicode Technical Standard 39, confusables; the keyboards of Spain, Germany and Turkey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Applicability, Edit, Finding, Fix

from ._places import around, characters, matches


class _Sign(msgspec.Struct, frozen=True):
    """A sign, where it stands for another, that one, and what both are called."""

    sign: str
    pattern: str
    meant: str
    name: str
    meant_name: str
    applicability: Applicability = "unsafe"


#: Before C or F, before minutes, before a point of the compass.
_DEGREE = r"(?<=\d)[ ]?º(?=[ ]?[CF](?!\w))|(?<=\d)º(?=[ ]?\d{1,2}[ ]?[′'’])|(?<=\d)º(?=[ ]?[NSEOW](?![\w.]))"
_SIGNS = (
    _Sign("º", _DEGREE, "°", "an ordinal sign", "the degree sign"),
    _Sign("´", r"(?<=[^\W\d_])´(?=[^\W\d_])", "’", "an acute accent", "an apostrophe"),
    _Sign("`", r"(?<=[^\W\d_])`(?=s(?!\w)|[^\W\d_]{2,20}(?![\w`]))", "’", "a grave accent", "an apostrophe"),
    _Sign("′", r"(?<=[^\W\d_]{2})′(?=[^\W\d_])|(?<=\b[dlDL])′(?=[^\W\d_]{2})", "’", "a prime", "an apostrophe"),
    _Sign("΄", r"(?<=[A-Za-z])΄(?=[A-Za-z])", "’", "a Greek tonos", "an apostrophe"),
    _Sign("ˈ", r"(?<=[a-z]{2})ˈ(?=s(?!\w))", "’", "a stress mark", "an apostrophe"),
    _Sign("β", r"(?<=[A-Za-zäöüÄÖÜ])β(?=[a-zäöü]|(?![\w-]))(?<=[a-zäöü]β)", "ß", "a Greek beta", "the letter ß"),
    _Sign("‚", r"(?<=[a-zà-ÿ])‚(?= [a-zà-ÿ])", ",", "a low quotation mark", "a comma"),
    _Sign("\u037e", r"(?<=[A-Za-z0-9)])\u037e", ";", "a Greek question mark", "a semicolon", "safe"),
    _Sign("∶", r"(?<=[A-Za-z])∶", ":", "a ratio sign", "a colon"),
    _Sign("‖", r"(?<=\w)‖(?=\w)", "ll", "a double bar", "two letters l"),
)  # fmt: skip


@cache
def _pattern(sign: str) -> re.Pattern[str]:
    return re.compile(next(entry.pattern for entry in _SIGNS if entry.sign == sign))


@rule(
    "encoding/lookalike-sign",
    severity="warning",
    explains=("characters/confused-word", "characters/stray-mark"),
    bad={
        "en": ["At 20 ⟦º⟧C the State⟦`⟧s duty begins."],
        "fr": [Example("L⟦´⟧accord est conclu.", "fr", "text/plain")],
        "de": ["Die Stra⟦β⟧e ist gesperrt."],
    },
    good={
        "en": ["At 20 °C the State’s duty begins at 5 o'clock; 1º and nº 5."],
        "fr": ["L’accord est conclu, 1º et nº 3."],
        "de": ["Die Straße ist gesperrt; β-Karotin, Faktor β."],
    },
)
def lookalike_sign(document: Document) -> Iterator[Finding]:
    """One finding for each sign that stands for another, with its places."""
    text = document.text
    ascii_only = text.isascii()
    if ascii_only and "`" not in text:
        return
    present = characters(document)
    for entry in _SIGNS:
        if entry.sign not in present:
            continue
        spans = []
        for match in matches(document, _pattern(entry.sign)):
            at = match.group().index(entry.sign) + match.start()
            spans.append(Span(at, at + 1))
        if not spans:
            continue
        often = f" ({len(spans)} places)" if len(spans) > 1 else ""
        yield Finding(
            rule="encoding/lookalike-sign",
            message=f"In “{around(text, spans[0], 12)}” stands {entry.name} for {entry.meant_name}{often}.",
            span=spans[0],
            places=tuple(spans[1:]),
            confidence=0.9,
            data={"sign": entry.sign, "meant": entry.meant, "count": len(spans)},
            fixes=(
                Fix(
                    f"Put {entry.meant_name}",
                    tuple(Edit(span, entry.meant) for span in spans),
                    entry.applicability,
                ),
            ),
        )
