"""Definitions: what the text gives a name to, and what its abbreviations stand for.

A term is defined where it is quoted beside a word of definition (`auditor.analysis.mentions.terms`), or stands with
capitals behind words that announce one: ", hereinafter called the Contracting Parties,". An abbreviation is defined
where it stands in parentheses behind words that give its letters; which of the words before it those are is found with
the algorithm of Schwartz and Hearst ("A simple algorithm for identifying abbreviation definitions in biomedical text",
Pacific Symposium on Biocomputing 2003): from right to left, each letter of the abbreviation must occur, its first one
at the beginning of a word. Theirs takes any letters; here most of them must begin words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import tomli

from auditor.analysis.fact import fact
from auditor.analysis.languages import document_languages, languages
from auditor.analysis.mentions.abbreviations import abbreviations
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.mentions.terms import terms
from auditor.document import Document, Span

_DATA = Path(__file__).parent / "data" / "definitions.toml"
_SPACE = re.compile(r"\s+")
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓĘĄŠČŘŽĐА-ЯЁІЇЄ"
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
#: The term is not looked for in a longer stretch.
_LONGEST = 80

Manner = Literal["entry", "means", "called", "aside"]


class DefinedTerm(msgspec.Struct, frozen=True, gc=False):
    """A term where it is defined.

    term        without article and quotation marks
    span        in the source, quotation marks included where it has them
    start, end  in the running text
    manner      ``entry`` of a list of definitions (“Vessel” means …), ``means`` inside a sentence, ``called`` for a
                name given in passing, ``aside`` for one in parentheses without a word
    """

    term: str
    span: Span
    start: int
    end: int
    manner: Manner


class DefinedAbbreviation(msgspec.Struct, frozen=True, gc=False):
    """An abbreviation where it is defined, with the words that it stands for; ``span`` covers both."""

    short: str
    expansion: str
    span: Span
    start: int
    end: int


class _Cues(msgspec.Struct, frozen=True):
    anchors: tuple[str, ...]
    quoted: re.Pattern[str]
    unquoted: re.Pattern[str]


def _any_of(forms: list[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", "[ \\xa0\\n]+") for form in sorted(forms, key=len, reverse=True))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    tables: dict[str, dict[str, list[str]]] = tomli.loads(_DATA.read_text(encoding="utf-8"))
    return tables


@cache
def _cues(language: str) -> _Cues | None:
    """What announces a name given in passing in one language: before a quoted term, and with an unquoted one."""
    table = _tables().get(language)
    if table is None:
        return None
    anchors, tails = _any_of(table["anchors"]), _any_of(table["tails"])
    opened = rf"(?:{anchors})" + (rf"(?:[,]?[ \xa0\n]+(?:{tails})(?![^\W\d_])){{0,5}}" if tails else "")
    articles = _any_of(table["articles"])
    article = rf"(?:(?:{articles})(?:[ \xa0\n]+|(?<=['’])))?" if articles else ""
    small = _any_of(table["small"])
    word = rf"[{_CAPITAL}][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    more = rf"[ \xa0\n]+(?:(?:{small})[ \xa0\n]+){{0,2}}{word}" if small else rf"[ \xa0\n]+{word}"
    if language in _ADJECTIVES_FOLLOW:
        more = rf"(?:{more}|[ \xa0\n]+[^\W\d_]{{5,}})"
    behind = _any_of(table.get("behind", []))
    end = rf"[ \xa0\n]+(?:{behind})(?![^\W\d_])" if behind else r"[ ]?(?:[,;.)\x00\n]|[—–])"
    return _Cues(
        tuple(table["anchors"]),
        re.compile(rf"{opened}[ \xa0\n]*[:—–-]?[ \xa0\n]*{article}$", re.IGNORECASE),
        re.compile(
            rf"(?i:{opened})(?:[ \xa0\n]*[:—–-])?[ \xa0\n]*(?i:{article})(?P<term>{word}(?:{more}){{0,4}}?)(?={end})"
        ),
    )


@cache
def _article() -> re.Pattern[str]:
    articles = _any_of(sorted({word for table in _tables().values() for word in table["articles"]}))
    return re.compile(rf"(?:{articles})(?:\s+|(?<=['’]))", re.IGNORECASE)


def without_article(term: str) -> str:
    """A term without the article that it begins with."""
    match = _article().match(term)
    return term[match.end() :] if match is not None and match.end() < len(term) else term


@fact
def defined_terms(document: Document) -> tuple[DefinedTerm, ...]:
    """The terms that a text defines, where it defines them, in order."""
    run = running_text(document)
    text = run.text
    codes = languages(document)
    found: dict[int, DefinedTerm] = {}
    for mention in terms(document):
        start = run.offset(mention)
        end = start + mention.end - mention.start
        manner = _manner(text, mention, start, end, _cues(codes[mention.block]))
        term = without_article(_SPACE.sub(" ", mention.value).strip(" ,.;"))
        if manner is not None and len(term) > 1 and term[0].isalnum():
            found[start] = DefinedTerm(term, mention.span, start, end, manner)
    for start, end in _unquoted(document, run):
        if not any(at in found for at in range(start - 2, start + 1)):
            term = _SPACE.sub(" ", text[start:end])
            found[start] = DefinedTerm(term, run.span(start, end), start, end, "called")
    return tuple(found[start] for start in sorted(found))


def _unquoted(document: Document, run: RunningText) -> Iterator[tuple[int, int]]:
    """Places of the names given in passing without quotation marks."""
    text = run.text
    lower = text.lower()
    if len(lower) != len(text):
        return  # İ: offsets would not be those of the text
    for language in document_languages(document):
        cues = _cues(language)
        for anchor in cues.anchors if cues is not None else ():
            at = lower.find(anchor)
            while at >= 0:
                match = cues.unquoted.match(text, at) if cues is not None else None
                if match is not None and len(match["term"]) <= _LONGEST:
                    yield match.span("term")
                at = lower.find(anchor, at + 1)


def _manner(text: str, mention: Mention, start: int, end: int, cues: _Cues | None) -> Manner | None:
    """How a quoted term is defined; None where the words around it are no sure sign that it is."""
    before = text[max(0, start - 70) : start].rpartition("\x00")[2]
    if mention.style == "means":
        if _INCLUDES.match(text, end):
            return None
        # An entry stands at the beginning of its block or line, behind its enumerator alone.
        line = before.rpartition("\n")[2]
        if len(before) < 70 and _ENUMERATOR.fullmatch(line):
            return "entry"
        return "means" if _INTRODUCED.search(before) else None
    if cues is not None and cues.quoted.search(before):
        return "called"
    if mention.style == "parenthesis":
        return "aside" if mention.value[:1].isupper() or mention.value[4:5].isupper() else None
    return None


#: Languages in which what qualifies a noun follows it, in small letters.
_ADJECTIVES_FOLLOW = frozenset({"fr", "es", "it", "pt"})
_INCLUDES = re.compile(r"[ \xa0\n]*(?:shall )?(?:includes?|comprend|incluye|включает)")
_ENUMERATOR = re.compile(r"[\W_]*(?:[\W_]*\w{1,4}[.)\]–—-]*[\W_]+){0,2}[\W_]*(?:[Tt]he |[Ll]es? |[Ll]a |[Ll]['’])?")
_INTRODUCED = re.compile(
    r"(?:the (?:expression|term|word)|(?:Agreement|Convention|Act|Protocol|Treaty|Law),?|[:;])[ \n]+$"
)


# ------------------------------------------------------------------------------------------------ abbreviations


@fact
def defined_abbreviations(document: Document) -> tuple[DefinedAbbreviation, ...]:
    """The abbreviations that a text defines in parentheses, where it defines them, in order."""
    run = running_text(document)
    found = []
    for mention in abbreviations(document):
        if mention.style != "defined":
            continue
        start = run.offset(mention)
        definition = _expanded(run, mention, start)
        if definition is not None:
            found.append(definition)
    return tuple(found)


def _expanded(run: RunningText, mention: Mention, start: int) -> DefinedAbbreviation | None:
    text = run.text
    short = mention.value
    letters = [c for c in short if c.isalpha()]
    before_end = start - 1
    while before_end > 0 and text[before_end - 1] in " \xa0\n":
        before_end -= 1
    begin = max(0, before_end - 200)
    before = text[begin:before_end]
    for stop in ("\x00", ";", ":", "(", ")", ". "):
        before = before.rpartition(stop)[2]
    words = list(_WORD.finditer(before))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words or len(letters) < 2:
        return None
    at = _long_form(before[words[0].start() :], letters)
    if at is None or not _gives_its_initials(before[words[0].start() + at :], letters):
        return None
    place = before_end - len(before) + words[0].start() + at
    expansion = _SPACE.sub(" ", text[place:before_end])
    end = start + mention.end - mention.start + 1
    if len(_WORD.findall(expansion)) < 2 or short in expansion.split():
        return None
    return DefinedAbbreviation(short, expansion, run.span(place, end), place, end)


def _gives_its_initials(expansion: str, letters: list[str]) -> bool:
    """Whether most letters of an abbreviation begin words, in order, and most of the longer words begin with one."""
    wanted = [letter.casefold() for letter in letters]
    words = [word for word in re.split(r"[\W_]+", expansion.casefold()) if word]
    longer = [word for word in words if len(word) > 3]
    if sum(word[0] in wanted for word in longer) * 4 < len(longer) * 3:
        return False
    # The longest run of letters that are initials in their order (longest common subsequence).
    row = [0] * (len(wanted) + 1)
    for word in words:
        before = row[:]
        for at, letter in enumerate(wanted, 1):
            row[at] = before[at - 1] + 1 if letter == word[0] else max(before[at], row[at - 1])
    return row[-1] * 3 >= len(wanted) * 2


def _long_form(candidate: str, letters: list[str]) -> int | None:
    """Where the words that give the letters begin; None where they do not."""
    folded = candidate.casefold()
    if len(folded) != len(candidate):
        return None
    at = len(folded) - 1
    for number in range(len(letters) - 1, -1, -1):
        letter = letters[number].casefold()
        while at >= 0 and (folded[at] != letter or (number == 0 and at > 0 and folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1
