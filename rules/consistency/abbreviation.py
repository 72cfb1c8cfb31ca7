"""An abbreviation stands for two things, is explained twice, or is never explained.

Why it matters. A reader who meets "the MOU" forty pages after "memorandum of understanding (MOU)" relies on there being
one. Texts put together from several hands explain the same abbreviation twice, with other words, or leave the
explanation in the part that was cut.

How it decides. An abbreviation is explained where it stands in parentheses behind words that give its letters. Two
explanations whose words differ are reported, and so are further explanations in the same words. An abbreviation without
any is reported where the text explains at least three others and most of those that it uses; one that stands once and
differs from an explained one by a letter, or by two letters exchanged, is a slip.

When it stays silent. On abbreviations that a general lexicon knows (UNESCO, DNA) or that the text explains in another
way: the other way round ("MOU (memorandum of understanding)"), with a dash or a colon, in quotation marks; on lines in
capitals and on words that the text writes in small letters too; on an explanation in the title, in a heading, in a
table or in a list of definitions beside the one in the text; on plural and singular, and where explanations differ in
spelling alone.

Sources. United Nations Editorial Manual, "Abbreviations and acronyms": to be spelled out on first mention, once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.definitions import DefinedAbbreviation, defined_abbreviations, defined_terms
from auditor.analysis.languages import languages
from auditor.analysis.mentions.abbreviations import abbreviations
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding, replace

from ._variants import passages_of_others

_WORD = re.compile(r"[^\W\d_]+")
#: Words of one language and form: they begin alike.
_ALIKE = 4
#: So many abbreviations a text explains, of so large a part of those that it uses, that it means to explain all.
_FEWEST_EXPLAINED = 3
_SHARE_EXPLAINED = 0.6
#: What follows a term in a list of definitions; and how long a title is at most beside the explanation in it.
_ENTRY = re.compile(r"[”\"»]?[ \xa0\n]*(?:[:–—=]|means|désigne|significa|означает|bedeutet|[-][ ])")
_LINE = 100
_MARK_BEFORE = re.compile(r"(?:[(“\"«\[\t'‘’]|[–—=] ?| - )$")
_MARK_BEHIND = re.compile(
    r"[”\"»)\t'’](?!s)|[ \n]?[(=:\[–—]| - |, [A-Z][a-z]+[ -][A-Z]"
    r"|(?:[ \n]Agreement)?[ \n](?:means|stands for|significa|désigne|означает|bedeutet)\b"
)
#: An abbreviation so frequent in a language (Zipf) need not be explained; but it does in a text that explains so many.
_FREQUENT = 1.8
_VERY_FREQUENT = 3.0
_MANY_EXPLAINED = 5
#: Words in small letters are what an abbreviation stands for if they have so many letters together.
_LONG_WORDS = 26
_SHORTEST = 3
_LONGEST = 8


@rule(
    "consistency/abbreviation",
    severity="warning",
    bad={
        "en": [
            "The Food and Agriculture Organization (FAO) met. The ⟦Forest and Animal Office (FAO)⟧ did not.",
            "The Working Group on Fisheries (WGF) met, and the ⟦Working Group on Fisheries (WGF)⟧ reported.",
            "The Working Group on Fisheries (WGF), the Joint Trade Committee (JTC) and the Special Fund for Ports "
            "(SFP) "
            "met, and WGF, JTC and SFP agreed on the report of the ⟦QXK⟧ that was before the ⟦QXK⟧ members.",
            "The Working Group on Fisheries (WGF) and the Joint Trade Committee (JTC) met. WGF, JTC and WGF agreed, "
            "and "
            "JTC and WGF reported to ⟦WFG⟧ in the end.",
        ],
        "es": ["El Fondo de Puertos Secos (FPS) y la ⟦Federación de Pesca del Sur (FPS)⟧ se reunieron en la ciudad."],
        "fr": ["Le Fonds des ports secs (FPS) et la ⟦Fédération de la pêche du Sud (FPS)⟧ se sont réunis."],
        "ru": ["Фонд сухих портов (ФСП) и ⟦Федерация северного промысла (ФСП)⟧ собрались в городе."],
    },
    good={
        "en": [
            "The Food and Agriculture Organization (FAO) met. FAO reported to the Council, as FAO does.",
            "sanitary and phytosanitary (SPS) measures; Regulation (EEC) No 5 and Regulation (EEC) No 6 on trade.",
            "The World Trade Organization (WTO) and the organs of the WTO; the Food Office (FAO) and the work of FAO.",
            "# Report of the Working Group on Fisheries (WGF)\n\nThe Working Group on Fisheries (WGF) met in Geneva.",
            "The Working Group on Fisheries (WGF), the Joint Trade Committee (JTC) and the Special Fund for Ports "
            "(SFP) "
            "met, and WGF, JTC and SFP agreed on the report of UNESCO and on QXK (Quito exchange kit), which is QXK.",
        ],
        "es": ["El Fondo de Puertos Secos (FPS) se reunió, y los miembros del FPS aprobaron el informe."],
        "fr": ["Le Fonds des ports secs (FPS) s'est réuni, et les membres du FPS ont adopté le rapport."],
        "ru": ["Фонд сухих портов (ФСП) собрался, и члены ФСП приняли доклад."],
    },
)
def abbreviation(document: Document) -> Iterator[Finding]:
    """Yield the abbreviations with several explanations, and those without any."""
    defined = defined_abbreviations(document)
    if not defined:
        return
    quoted = passages_of_others(document)
    run = running_text(document)
    by_short: dict[str, list[DefinedAbbreviation]] = defaultdict(list)
    for definition in defined:
        block = run.blocks[run.block_at(definition.start)]
        if block.kind in ("paragraph", "list_item", "note") and block.index not in quoted:
            by_short[definition.short].append(definition)
    for short, definitions in by_short.items():
        if len(definitions) > 1:
            yield from _explained_again(run, short, definitions)
    yield from _never_explained(document, run, {definition.short for definition in defined})


# ------------------------------------------------------------------------------------------------ twice


def _explained_again(run: RunningText, short: str, definitions: Sequence[DefinedAbbreviation]) -> Iterator[Finding]:
    first = definitions[0]
    same = [d for d in definitions[1:] if _same_words(first.expansion, d.expansion)]
    others = [d for d in definitions[1:] if d not in same and not _within(first.expansion, d.expansion)]
    if _opens_definition(run, first):
        same = []
    same = [definition for definition in same if not _opens_definition(run, definition)]
    evidence = (Evidence(f"“{first.expansion}”: it is explained here first.", first.span),)
    if same:
        yield Finding(
            rule="consistency/abbreviation",
            message=f"“{short}” is explained again; once is enough.",
            span=same[0].span,
            confidence=0.6,
            severity="info",
            data={"abbreviation": short, "expansion": first.expansion},
            evidence=evidence,
            places=tuple(definition.span for definition in same[1:]),
        )
    for definition in others:
        yield Finding(
            rule="consistency/abbreviation",
            message=f"“{short}” stands for “{definition.expansion}” here and for “{first.expansion}” elsewhere.",
            span=definition.span,
            confidence=0.8,
            data={"abbreviation": short, "expansion": definition.expansion, "elsewhere": first.expansion},
            evidence=evidence,
        )


def _opens_definition(run: RunningText, definition: DefinedAbbreviation) -> bool:
    """Whether an explanation stands in an entry of a list, or in a title that no format marks."""
    start, end = definition.start, definition.end
    before = run.text[run.text.rfind("\x00", 0, start) + 1 : start]
    after = run.text[end : run.text.find("\x00", end)]
    return _ENTRY.match(after) is not None or (len(before) + len(after) < _LINE and "." not in before + after)


def _content(text: str) -> list[str]:
    return [word.casefold()[:_ALIKE] for word in _WORD.findall(text) if len(word) > 3]


def _same_words(one: str, other: str) -> bool:
    """Whether two explanations have the same words, but for spelling, number, case and small words."""
    return _content(one) == _content(other)


def _within(one: str, other: str) -> bool:
    """Whether the words of one are the last or the first of the other: a word more belongs to the sentence."""
    first, second = sorted((_content(one), _content(other)), key=len)
    return not first or second[-len(first) :] == first or second[: len(first)] == first or set(first) == set(second)


# ------------------------------------------------------------------------------------------------ never


def _never_explained(document: Document, run: RunningText, explained: set[str]) -> Iterator[Finding]:
    used: dict[str, list[Mention]] = defaultdict(list)
    for mention in abbreviations(document):
        value = mention.value
        if _SHORTEST <= len(value) <= _LONGEST and value.isalpha():
            used[value].append(mention)
    words = vocabulary(document)
    parts = {part for short in explained for part in re.split(r"[-/&]", short)}
    terms = {term.term for term in defined_terms(document)}
    codes = languages(document)
    bare: dict[str, list[Mention]] = {}
    for value, mentioned in used.items():
        if value in explained or value in terms or value in parts:
            continue
        if words.count(value) > words.written[value]:
            continue  # written in small letters too
        places = ((run.offset(mention), mention.end - mention.start) for mention in mentioned)
        if not any(_is_explained(run.text, start, start + size) for start, size in places):
            bare[value] = mentioned
    least = _VERY_FREQUENT if len(explained) >= _MANY_EXPLAINED else _FREQUENT
    strange = {value: found for value, found in bare.items() if not _is_known(document, value, found, codes, least)}
    means_to = len(explained) >= _FEWEST_EXPLAINED
    keeps_to = means_to and len(explained) >= _SHARE_EXPLAINED * (len(explained) + len(strange))
    for value, mentioned in bare.items():
        likely = [other for other in explained if _one_slip_apart(value, other) and len(used.get(other, ())) >= 2]
        likely = [other for other in likely if sorted(other) == sorted(value)] or likely  # exchanged letters first
        if value in strange and len(mentioned) == 1 and len(likely) == 1:
            yield _slip(value, mentioned[0], likely[0])
        elif means_to and len(mentioned) >= 2:
            words_at = _words_for(run.text, value)
            if words_at is not None or (keeps_to and value in strange):
                yield _unexplained(run, value, mentioned, words_at, len(explained))


def _slip(value: str, mention: Mention, likely: str) -> Finding:
    return Finding(
        rule="consistency/abbreviation",
        message=f"“{value}” stands here alone and is not explained; perhaps “{likely}” is meant.",
        span=mention.span,
        confidence=0.75,
        data={"abbreviation": value, "expected": likely},
        fixes=(replace(mention.span, likely, f"Write “{likely}”."),),
    )


def _unexplained(
    run: RunningText, value: str, mentioned: Sequence[Mention], words_at: tuple[int, int] | None, others: int
) -> Finding:
    message = f"“{value}” is never explained; the text explains {others} other abbreviations."
    evidence: tuple[Evidence, ...] = ()
    if words_at is not None:
        words = " ".join(run.text[slice(*words_at)].split())
        evidence = (Evidence(f"It may stand for “{words}”, which has no abbreviation beside it.", run.span(*words_at)),)
    return Finding(
        rule="consistency/abbreviation",
        message=message,
        span=mentioned[0].span,
        confidence=0.65,
        severity="info",
        data={"abbreviation": value},
        evidence=evidence,
        places=tuple(mention.span for mention in mentioned[1:]),
    )


def _words_for(text: str, value: str) -> tuple[int, int] | None:
    """Where words stand that give the letters of an abbreviation, a letter each, and no abbreviation behind them."""
    word = r"[^\W\d_]{3,}(?:[-'’][^\W\d_]+)*"
    small = r"(?:[ \xa0\n](?:of|the|and|for|on|in|to|de|des|du|la|le|et|del|los|las|y|по|и))*"
    letters = [f"[{letter}{letter.lower()}]" for letter in value]
    pattern = letters[0] + word + "".join(rf",?{small}[ \xa0\n-]{letter}{word}" for letter in letters[1:])
    for match in re.finditer(rf"{pattern}(?![\w-]|[ \xa0\n]?\()", text):
        if not text[match.start() - 1].isalnum() and (
            value[1] in match.group()[1:] or len(match.group()) >= _LONG_WORDS
        ):
            return match.span()
    return None


def _is_known(document: Document, value: str, mentioned: Sequence[Mention], codes: Sequence[str], least: float) -> bool:
    words = vocabulary(document)
    present = {codes[mention.block] for mention in mentioned} | {"en"}
    return any(words.frequency(value, code) >= least for code in present)


def _is_explained(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation stands before or behind a mark by which texts explain: a parenthesis, a dash, a colon, a
    quotation mark, an equals sign, the border of a cell."""
    return _MARK_BEFORE.search(text, start - 3, start) is not None or _MARK_BEHIND.match(text, end) is not None


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether two letters next to each other are exchanged, or one letter is another, more or less."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        if len(differ) == 2:
            return (
                differ[1] == differ[0] + 1 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
            )
        return len(differ) == 1 and len(one) > _SHORTEST
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(shorter) > _SHORTEST and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
