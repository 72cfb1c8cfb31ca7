"""Where a defined term of several words is cut down to its noun: "the Parties" for "the Contracting Parties"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set

import msgspec

from auditor.analysis.definitions import DefinedTerm

from ._inflection import HEAD_FIRST, forms_of

#: The full term stands so often at least, and the short form so often at most, or in so large a part of the places.
_FEWEST = 4
#: A term from a list of definitions ("Third Party Software") may stand beside other things of its kind.
_FEWEST_OF_ENTRIES = 40
_FEW = 2
_RARE = 0.08
_MOST_WORDS = 4

_SPACE = r"[ \xa0\n]"
_LAST_WORD = re.compile(rf"([^\W\d_]+)(?:['’]|{_SPACE}+)$")
_NEXT_WORD = re.compile(rf"{_SPACE}([^\W\d_]+)")
_OF_THE = re.compile(rf"\b(?:either|each|any|both|one|all|neither){_SPACE}of{_SPACE}the{_SPACE}$", re.IGNORECASE)

#: Words that may stand before the bare noun: articles, pronouns, numbers. Any other word qualifies it.
_BEFORE = {
    "en": frozenset(("the", "each", "either", "neither", "both", "all")),
    "fr": frozenset(("la", "le", "les", "l", "des", "du", "chaque", "deux", "aux", "au")),
    "es": frozenset(("la", "el", "las", "los", "cada", "ambas", "ambos", "del", "al")),
    "pt": frozenset(("a", "o", "as", "os", "cada", "ambas", "ambos", "da", "do", "das", "dos")),
    "it": frozenset(("la", "il", "le", "i", "gli", "l", "ciascuna", "della", "delle", "dei", "dell")),
    "de": frozenset(("der", "die", "das", "den", "dem", "des", "jede", "jeder", "beide", "beiden")),
}
#: In Russian any word may but an adjective; these are none in spite of their endings.
_ADJECTIVE = re.compile(r"(?:ая|яя|ой|ей|ую|ий|ый|его|ого|ому|ему|ые|ие|ых|их|ым|им|ыми|ими)$")
_NO_ADJECTIVES = frozenset(
    [
        "каждая",
        "каждой",
        "каждую",
        "обе",
        "обеих",
        "обеим",
        "обеими",
        "другая",
        "другой",
        "другую",
        "одной",
        "одна",
        "одну",
        "двух",
        "любая",
        "любой",
        "их",
        "между",
    ]
)
#: What follows a Russian noun without qualifying it: verbs by their endings, and small words.
_SAYS = re.compile(
    r"(?:[уюая]т|[уюая]тся|ет|ется|ит|ится|ут|л[аои]?|л[аои]?сь|ть|ться|^(?:и|или|не|о|об|на|при|с|со|обязаны|вправе))$"
)
#: Words that qualify what stands before them: "the Parties to the Protocol".
_BEHIND = {
    "en": frozenset(["to", "of", "in", "for", "on", "that", "which", "who", "whose", "concerned", "involved", "named"]),
    "de": frozenset(["des", "der", "zu"]),
    "ru": frozenset(["в", "к", "по"]),
}


class ShortForms(msgspec.Struct, frozen=True):
    """Places of the short form in the running text, how it is written, and how often the full term stands."""

    places: tuple[tuple[int, int], ...]
    written: str
    full: int


def short_forms(
    text: str, definition: DefinedTerm, stretch: tuple[int, int], language: str, names: Set[str]
) -> ShortForms | None:
    """The places in a stretch of the running text where a term has lost what qualifies its noun; None where it keeps
    to its form, or where the short form is usual or a name of its own."""
    words = definition.term.split(" ")
    head_first = language in HEAD_FIRST
    head = words[0] if head_first else words[-1]
    if not 2 <= len(words) <= _MOST_WORDS or not head[0].isupper() or len(head) < 4 or not head.isalpha():
        return None
    if language != "fr" and not all(word[0].isupper() for word in words):
        return None
    heads, full = forms_of(head, language), forms_of(definition.term, language)
    if language not in _BEFORE and language != "ru":
        return None
    if heads is None or full is None or definition.term.isupper() or _is_shared(heads, definition, names):
        return None
    if re.search(rf"\b(?:this|present|présente?|presente){_SPACE}{heads}\b", text):
        return None  # "this Agreement" beside the "WTO Agreement"
    begin, end = stretch[0], min(stretch[1], len(text))
    uses = [match.span() for match in re.compile(full).finditer(text, begin, end)]
    if len(uses) < (_FEWEST if definition.manner == "called" else _FEWEST_OF_ENTRIES):
        return None
    starts = [start for start, _ in uses]
    behind = {word.group(1).casefold() for _, stop in uses if (word := _NEXT_WORD.match(text, stop)) is not None}
    bare: list[tuple[int, int]] = []
    written = ""
    for match in re.compile(rf"\b{heads}\b").finditer(text, begin, end):
        start, stop = match.span()
        at = bisect_right(starts, start) - 1
        if (at >= 0 and uses[at][1] > start) or definition.start <= start < definition.end:
            continue
        if not _is_qualified(text, stop, language, behind if head_first else None):
            place = _with_article(text, start, language)
            if place is not None:
                bare.append((place, stop))
                written = written or match.group()
    if not bare or len(bare) > max(_FEW, _RARE * (len(uses) + len(bare))):
        return None
    return ShortForms(tuple(bare), written, len(uses))


def _is_shared(heads: str, definition: DefinedTerm, names: Set[str]) -> bool:
    """Whether the noun is a term of its own, or that of several terms (Disclosing Party, Receiving Party)."""
    noun = re.compile(rf"\b{heads}\b", re.IGNORECASE)
    return any(noun.search(name) is not None for name in names if name != definition.term.casefold())


def _with_article(text: str, start: int, language: str) -> int | None:
    """Where the bare noun at ``start`` begins with its article or pronoun; None where a word before qualifies it."""
    begin = max(0, start - 40)
    before = text[begin:start].rpartition("\x00")[2]
    begin = start - len(before)
    last = _LAST_WORD.search(before)
    if last is None:
        return start if language == "ru" and before.rstrip()[-1:] in ",.;:" else None
    word = last.group(1)
    if language == "ru":
        folded = word.casefold()
        qualifies = _ADJECTIVE.search(folded) is not None and folded not in _NO_ADJECTIVES
        return (
            None if qualifies or (word[0].isupper() and last.start() > 0 and before[: last.start()].strip()) else start
        )
    if word.casefold() not in _BEFORE[language]:
        return None
    of_the = _OF_THE.search(before) if language == "en" else None
    return begin + (of_the.start() if of_the is not None else last.start())


def _is_qualified(text: str, stop: int, language: str, usual: Set[str] | None) -> bool:
    """Whether what follows the noun qualifies it. Where adjectives may follow, only words that also follow the full
    term (``usual``) surely do not."""
    following = _NEXT_WORD.match(text, stop)
    if following is None:
        return text[stop] not in ",.;:)\x00" and not text.startswith(" (", stop)
    word = following.group(1)
    if word[0].isupper() or word.casefold() in _BEHIND.get(language, ()):
        return True
    if language == "ru":
        return _SAYS.search(word) is None
    if language == "en" and word.endswith(("ed", "ing")):
        return True
    return usual is not None and word.casefold() not in usual
