"""Slips of grammar to be put into clean sentences: each kind a place in the sentence and what then stands there.

A slip is a pattern of plain words and a replacement; it is never made with the program's own analysis. Some of what
they make is right by accident ("these" before a word that is plural and singular alike); such slips can't be found
and count against the recall.
"""

# ruff: noqa: E501  (one kind a line, with its pattern and its change)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Change = Callable[[re.Match[str]], str | None]

_FLIP = {
    "is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "this": "these", "these": "this",
    "that": "those", "those": "that", "its": "their", "their": "its", "a": "an", "an": "a",
}  # fmt: skip


def _flip(match: re.Match[str]) -> str:
    return _FLIP[match.group(1)]


def _inflected(match: re.Match[str]) -> str | None:
    auxiliary, verb = match.group(1), match.group(2)
    if verb in ("have", "has", "be", "been", "not", "also", "only", "then") or verb.endswith(("s", "ed", "ly")):
        return None
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{auxiliary} {verb[:-1]}ies"
    return f"{auxiliary} {verb}{'es' if verb.endswith(('sh', 'ch', 'x', 'o')) else 's'}"


#: Verbs that lose an e before -ed end like these without it.
_SILENT = re.compile(r"(?:[aiou]t|i[szdvrc]|u[dcrs]|[nr]g|[nr]c|[aoi]v|[aou]s|[aio]g|ar|or|pl|bl|tl)$")


def _bare(match: re.Match[str]) -> str:
    stem = match.group(2)
    if stem[-1] == "i":
        stem = stem[:-1] + "y"
    elif stem[-1] == stem[-2] and stem[-1] not in "sl":
        stem = stem[:-1]
    elif _SILENT.search(stem) and not stem.endswith(("sist", "mit", "hibit", "port", "fer")):
        stem += "e"
    return f"{match.group(1)} {stem}"


def _twice(match: re.Match[str]) -> str:
    return f"{match.group(1)} {match.group(1)}"


#: English: ten kinds.
ENGLISH: Mapping[str, tuple[re.Pattern[str], Change]] = {
    "verb number": (re.compile(r"(?<=[a-z] )(is|are|was|were|has)(?= (?:not |also |to |the |a |been |being |in |of |[a-z]+ed ))"), _flip),
    "this/these": (re.compile(r"\b(this|these|those)(?= [a-z]{4,}(?:s|t|n|y)\b)"), _flip),
    "noun number": (re.compile(r"\b(these|those|several|many|two|three) ([a-z]+[^s\W])s(?=[ ,.;])"), lambda m: f"{m[1]} {m[2]}"),
    "a/an": (re.compile(r"(?<=[a-z,] )(an?)(?= [a-z]{3,})"), _flip),
    "modal": (re.compile(r"\b(shall|should|will|may|must|can) ([a-z]{4,})\b"), _inflected),
    "preposition": (re.compile(r"(?<=[a-z] )(of|in|for|with|by|from|on|to)(?= (?:the|this|its|such|all|any|accordance)\b)"), _twice),
    "negation": (re.compile(r"\b(not)(?= [a-z]+)"), _twice),
    "comparative": (re.compile(r"(?<=[a-z] )(greater|better|higher|lower|closer|wider|stronger|broader|earlier|safer|worse|poorest|best|largest|greatest|highest|latest|stricter|smaller)(?= [a-z])"), lambda m: f"more {m[1]}" if not m[1].endswith("st") else f"most {m[1]}"),
    "lost be": (re.compile(r"\b(shall|should|will|may|must) be (?=[a-z]+ed\b)"), lambda m: f"{m[1]} "),
    "lost ending": (re.compile(r"\b(be|is|are|been|has|have) ([a-z]{3,})(?<!e)ed\b(?=[ ,.;])"), _bare),
}  # fmt: skip

SPANISH: Mapping[str, tuple[re.Pattern[str], Change]] = {
    "noun number": (re.compile(r"\b((?:de|en|por|para|con|a) (?:los|las) [a-záéíóú]+[aeo])s(?=[ ,.;])"), lambda m: m[1]),
    "article number": (re.compile(r"\b(de|en|por|para|con|a) l([ao])s (?=[a-záéíóú]+[ao]s\b)"), lambda m: f"{m[1]} la " if m[2] == "a" else (f"{m[1]} el ")),
    "article gender": (re.compile(r"\b(de|en|por|para|con) la (?=[a-záéíóú]+(?:ción|sión|dad|encia|ura)\b)"), lambda m: f"{m[1]} los "),
    "del": (re.compile(r"\b(del)(?= [a-z])"), lambda _: "de el"),
    "al": (re.compile(r"\b(al)(?= [a-z])"), lambda _: "a el"),
    "verb number": (re.compile(r"(?<=[a-záéíóú] )([a-záéíóú]+rá)n?\b"), lambda m: m[1] if m[0].endswith("n") else f"{m[1]}n"),
    "participle": (re.compile(r"\b((?:las|los|la|el) [a-záéíóú]+[aos]+ [a-záéíóú]+[ai]d)([oa])(s?)\b"), lambda m: f"{m[1]}{'a' if m[2] == 'o' else 'o'}{m[3]}"),
    "preposition": (re.compile(r"(?<=[a-z] )(de|en|por|para|con)(?= [a-z])"), _twice),
}  # fmt: skip

FRENCH: Mapping[str, tuple[re.Pattern[str], Change]] = {
    "noun number": (re.compile(r"\b((?:des|aux|ces|leurs) [a-zéèêçàîôû]+[^s\W])s(?=[ ,.;])"), lambda m: m[1]),
    "article gender": (re.compile(r"\b(cette|une|au|du|ce|un) (?=[bcdfgjklmnpqrstv][a-zéèêçàîôû]+\b)"), lambda m: {"cette": "ce", "une": "un", "au": "à la", "du": "de la", "ce": "cette", "un": "une"}[m[1]] + " "),
    "du": (re.compile(r"\b(du)(?= [a-z])"), lambda _: "de le"),
    "au": (re.compile(r"\b(au|aux)(?= [a-z])"), lambda m: "à le" if m[1] == "au" else "à les"),
    "elision": (re.compile(r"\b(l|d|qu)[’'](?=[aeéiou])"), lambda m: {"l": "la ", "d": "de ", "qu": "que "}[m[1]]),
    "verb number": (re.compile(r"(?<=[a-zé] )([a-zé]+)ent(?= (?:les?|la|des|que|à|en)\b)"), lambda m: f"{m[1]}e" if not m[1].endswith(("m", "v")) else None),
    "adjective": (re.compile(r"\b((?:les|la) [a-zéèêçàîôû]+ [a-zéèêç]+é)(e?)(s?)\b"), lambda m: m[1] + ("" if m[2] else "e") + m[3]),
    "preposition": (re.compile(r"(?<=[a-zé] )(de|en|par|pour|dans)(?= [a-z])"), _twice),
}  # fmt: skip

_CASES = {
    "ого": "ому",
    "ому": "ого",
    "ой": "ую",
    "ых": "ыми",
    "ыми": "ых",
    "его": "ему",
    "их": "ими",
    "ний": "ниям",
    "ния": "нию",
    "нию": "ния",
    "нием": "нию",
}


def _other_case(match: re.Match[str]) -> str | None:
    for ending in sorted(_CASES, key=len, reverse=True):
        if match.group(2).endswith(ending):
            return f"{match.group(1)} {match.group(2)[: -len(ending)]}{_CASES[ending]}"
    return None


RUSSIAN: Mapping[str, tuple[re.Pattern[str], Change]] = {
    "preposition and case": (re.compile(r"\b(для|при|к|от|из|до|без|после|в отношении|в соответствии с|в целях|в рамках|в случае) ([а-я]{4,})\b"), _other_case),
    "adjective": (re.compile(r"()(?<=[а-я] )([а-я]+(?:ск|альн|ивн)(?:ого|ому|ой|ых|ыми))(?= [а-я]+)"), lambda m: (_other_case(m) or "").strip() or None),
    "verb number": (re.compile(r"(?<=[а-я] )([а-я]+)(ет|ют|ит|ят|ут)(ся)?\b(?= [а-я])"), lambda m: m[1] + {"ет": "ют", "ют": "ет", "ит": "ят", "ят": "ит", "ут": "ет"}[m[2]] + (m[3] or "")),
    "preposition": (re.compile(r"(?<=[а-я] )(для|при|в|с|по|на|от)(?= [а-я])"), _twice),
}  # fmt: skip


def slip(sentence: str, kind: tuple[re.Pattern[str], Change], random: Random) -> tuple[str, int, int] | None:
    """The sentence with one slip of the kind, and where it stands; None where the kind finds no place in it."""
    pattern, change = kind
    places = list(pattern.finditer(sentence))
    random.shuffle(places)
    for match in places:
        new = change(match)
        if new is not None and new != match.group():
            start = match.start()
            return sentence[:start] + new + sentence[match.end() :], start, start + len(new)
    return None
