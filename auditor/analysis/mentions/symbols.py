"""Document symbols: United Nations, European Union, ECLI, CELEX, ISO, numbered resolutions.

A symbol is recognised by its grammar (``data/mentions_symbols.toml``), not by a list of documents. The normal form
has no white space but that of "S/RES/1540 (2004)"; a resolution cited by number alone has its number: ``78/272``.

Every slash, or one of a few rare letters, is looked at once; so a text without symbols costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import SEPARATOR, RunningText, running_text
from auditor.document import Document

_DATA = Path(__file__).parent.parent / "data" / "mentions_symbols.toml"

#: How far back from its first slash a symbol may begin, and how far on it may run.
_REACH = 12
_LONGEST = 90


#: Chinese and Japanese set no space between a symbol and the text.
_HAN = r"[\u3040-\u9fff]"
_NO_LETTER_AFTER = rf"(?!(?!{_HAN})\w)"


class SymbolGrammar(msgspec.Struct, frozen=True):
    """The words of the grammar and its patterns, compiled."""

    bodies: frozenset[str]
    words: frozenset[str]
    resolution_words: frozenset[str]
    united_nations: re.Pattern[str]
    head: re.Pattern[str]
    bare: re.Pattern[str]
    next_bare: re.Pattern[str]
    act: re.Pattern[str]
    act_before: re.Pattern[str]
    document: re.Pattern[str]
    other: re.Pattern[str]


def _longest_first(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def grammar() -> SymbolGrammar:
    """The grammar of document symbols, read from its data file on first use."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    bodies = frozenset(data["un"]["bodies"])
    words = frozenset(data["un"]["words"])
    joins = _longest_first(frozenset(data["resolution"].pop("joins")))
    number = r"(?:S-|ES-|SS\.[IVX]+-?|SS\.)?\d{1,6}(?:[-–]\d{1,4}(?=[/\s,.;:)\]\x00]))?(?:\.[A-Z\d][\w-]*)?"
    word = rf"(?:{_longest_first(words)})(?:[.-]?(?:[IVX]+\b|\d{{1,5}}(?!\d)))*(?:\.[A-Z]{{1,4}}[.-]?\d+)?"
    component = rf"(?:{number}|{word})(?:\([A-Z\d-]{{1,8}}\))?"
    year = r"(?:[ \xa0]\((?:19|20)\d\d\)|[ \xa0]\([IVXLC]{1,8}\))?"
    united_nations = rf"(?:{_longest_first(bodies)})(?:/{component}){{1,7}}{year}(?!/){_NO_LETTER_AFTER}"
    # "46/182 of 19 December 1991, 61/185 of …": the date that may stand between two of them
    dated = (
        r"(?:[ \xa0\n](?:\w{1,4}[ \xa0\n])?\d{1,2}(?:er|º|°)?\.?[ \xa0\n](?:de[ \xa0\n])?[^\W\d]{3,12}"
        r"[ \xa0\n](?:de[ \xa0\n])?\d{4}(?:[ \xa0]года)?)?"
    )
    community = "EC|EEC|EU|EG|EWG|CE|CEE|UE|WE|ES|Euratom|ЕС|ЕО"
    act = rf"(?:(?:19|20)?\d\d|\d{{4}})/\d{{1,4}}/(?:{community}|JHA|JI|JAI|CFSP|GASP|PESC)(?!\w)"
    act_before = (
        rf"\((?:{community})(?:,[ \xa0]Euratom)?\)(?:[ \xa0](?:No|Nr|nº|n\.º|n°|n\.|nr)\.?)?"
        r"[ \xa0\n]?\d{1,4}/\d{1,4}(?![\w/])"
    )
    document = (
        r"(?:COM|SEC|SWD|JOIN|JC|C)[ \xa0]?\((?:19|20)\d\d\)[ \xa0]?\d{1,5}"
        r"(?:[ \xa0](?:final|endg\.|definitivo))?(?!\w)"
    )
    other = (
        r"ECLI:[A-Z]{2}:[A-Z0-9.]{1,12}:\d{4}:[A-Z0-9.]{1,25}(?<![.])"
        r"|(?:CELEX(?::|[ \xa0]|:[ \xa0]))[0-9CE](?:19|20)\d\d[A-Z]{1,2}\d{4}(?:\(\d\d\))?"
        r"|ISO(?:/IEC|/TS|/TR|/IEC[ \xa0]TS)?[ \xa0]\d{3,5}(?:-\d{1,2})?(?::(?:19|20)\d\d)?(?![\w:])"
    )
    return SymbolGrammar(
        bodies=bodies,
        words=words,
        resolution_words=frozenset(form for forms in data["resolution"].values() for form in forms),
        united_nations=re.compile(united_nations),
        head=re.compile(rf"(?<![/.@&])(?<!(?!{_HAN})\w)(?:{_longest_first(bodies)})$"),
        bare=re.compile(
            r"(?:S-|ES-)?\d{1,4}/\d{1,4}(?:[ \xa0]?[A-Z](?:[-–][A-Z])?)?(?!/)"
            + _NO_LETTER_AFTER
            + r"|\d{1,4}[ \xa0\n]\((?:(?:19|20)\d\d|[IVXLC]{1,8})\)"
        ),
        next_bare=re.compile(rf"{dated}(?:,[ \xa0\n]?|,?[ \xa0\n](?:{joins})[ \xa0\n]|[ \xa0]?、|[和及])(?=\d|S-|ES-)"),
        act=re.compile(act),
        act_before=re.compile(act_before),
        document=re.compile(document),
        other=re.compile(other),
    )


_SPACE = re.compile(r"[ \xa0]+")
_LAST_WORD = re.compile(r"(\w+)[\s\xa0]*(?:\(?[A-Z]{0,5}\)?|№|No\.?|nº|n°)?[\s\xa0]*$")


def is_symbol(text: str) -> bool:
    """Whether the whole of ``text`` is a United Nations document symbol of at least one number."""
    match = grammar().united_nations.fullmatch(text)
    return match is not None and _believable(text)


def _believable(symbol: str) -> bool:
    """Not "A/B" or "A/4": two components at least, or a body with a number of three digits or more."""
    parts = symbol.split("/")
    if len(parts) == 2:
        number = parts[1].partition(" ")[0]
        if number.isdigit():
            return len(number) >= 3
        return number[0].isalpha() and any(character.isdigit() for character in number)
    return any(character.isdigit() for character in symbol)


def normal_form(symbol: str) -> str:
    """A symbol with plain single spaces and no stop at its end."""
    return _SPACE.sub(" ", symbol.replace("\n", " ")).rstrip(" .,;:")


def _united_nations(run: RunningText, found: list[Mention]) -> None:
    text = run.text
    rules = grammar()
    last_end = -1
    at = text.find("/")
    while at >= 0:
        end = at + 1
        head = rules.head.search(text[max(0, at - _REACH) : at])
        if head is not None:
            start = max(0, at - _REACH) + head.start()
            match = rules.united_nations.match(text, start, min(len(text), start + _LONGEST))
            # A hyphen before it joins two symbols (A/76/740-S/2022/179), or else this is the middle of something.
            apart = text[start - 1] not in "-–" or start - 1 == last_end
            if match is not None and apart and _believable(match.group()):
                end = last_end = match.end()
                found.append(run.mention("symbol", start, end, normal_form(match.group()), style="un"))
        at = text.find("/", end)


def _numbered(run: RunningText, anchors: Iterable[int], found: list[Mention]) -> None:
    """Resolutions and acts cited by number; ``anchors`` are places inside the numbers, in order."""
    text = run.text
    rules = grammar()
    last_end = -1
    for anchor in anchors:
        if anchor < last_end:
            continue
        start = anchor
        while text[start - 1].isdecimal() or text[start - 1] in "S-E":
            start -= 1
        act = rules.act.match(text, start) or rules.act_before.search(text, max(0, start - 24), anchor + 8)
        if act is not None and act.end() > anchor:
            found.append(run.mention("symbol", act.start(), act.end(), normal_form(act.group()), style="eu"))
            last_end = act.end()
            continue
        match = rules.bare.match(text, start)
        if (
            match is None
            or (text[start - 1].isalnum() and text[start - 1] != "第")
            or text[start - 1] in "/.,"
            or not _cited(text, match)
        ):
            continue
        while match is not None:
            value = normal_form(match.group())
            found.append(run.mention("symbol", match.start(), match.end(), value, style="un-number"))
            last_end = match.end()
            joined = rules.next_bare.match(text, last_end)
            match = None if joined is None else rules.bare.match(text, joined.end())


def _cited(text: str, number: re.Match[str]) -> bool:
    """Whether a word for resolution stands before the number, or the number heads a resolution's title."""
    start, end = number.span()
    before = text[max(0, start - 40) : start]
    if before.endswith(SEPARATOR):
        return "/" in number.group() and text[end : end + 1] == "." and text[end + 1 : end + 2].isspace()
    if before.endswith("第"):
        return text[end : end + 2] in ("号决", "號決")
    # The word and what may stand behind it have no more than one blank between them.
    rest = before.rsplit(None, 2)
    word = _LAST_WORD.search(before, len(rest[0]) if len(rest) == 3 else 0)
    return word is not None and word.group(1).casefold() in grammar().resolution_words


def _by_pattern(run: RunningText, pattern: re.Pattern[str], style: str, found: list[Mention]) -> None:
    found.extend(
        run.mention("symbol", match.start(), match.end(), normal_form(match.group()), style=style)
        for match in pattern.finditer(run.text)
        if not run.text[match.start() - 1].isalnum()
    )


@fact
def symbols(document: Document) -> tuple[Mention, ...]:
    """The document symbols of a document, in order. ``style``: un, un-number, eu, or other."""
    run = running_text(document)
    text = run.text
    found: list[Mention] = []
    if "/" in text:
        _united_nations(run, found)
    anchors = [m.start() for m in re.finditer(r"/(?=\d)", text) if text[m.start() - 1].isdecimal()]
    anchors += [m.start() - 1 for m in re.finditer(r"\((?=(?:19|20)\d\d\)|[IVXLC]{1,8}\))", text)]
    _numbered(run, sorted(anchors), found)
    if any(word in text for word in ("COM(", "SEC(", "SWD(", "JOIN(", "COM (", " C(")):
        _by_pattern(run, grammar().document, "eu", found)
    if "ECLI" in text or "CELEX" in text or "ISO" in text:
        _by_pattern(run, grammar().other, "other", found)
    found.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)
