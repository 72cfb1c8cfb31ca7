"""A word, or two or three of them, stands twice in a row.

Why it matters. "of the the" and "de la de la" slip through every reading, since the eye does not see them at a line
end; sometimes the second one stands in the place of another word.

How it decides. The same word twice with nothing but white space between, also over a line end; the same two or three
words twice, if they are small words. In Arabic, where names are often doubled, only particles are looked at.

When it stays silent. At what languages double by right ("that that", "had had", "nous nous", "die die"), at
reduplication and in languages that use it, at names and capitals ("Boutros Boutros-Ghali", "New York New York"), at
numbers, single letters, symbols and labels of tables; at three and more, which is a loop; in verse, code and tables.

Sources. Words that stand twice by right: rules/repetition/twice_by_right.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.languages import document_languages
from auditor.analysis.outline.endings import open_word
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding, replace

from ..punctuation.places import Prose
from .words import same_again, words_in_a_row

_RULE = "repetition/repeated-word"

_SPACE = r"[ \n\u00a0\t]{1,8}"


@cache
def _data() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    data = tomli.loads((Path(__file__).parent / "twice_by_right.toml").read_text("utf-8"))
    allowed = {code: frozenset(words) for code, words in data["allowed"].items()}
    only = {code: frozenset(words) for code, words in data["only"].items()}
    allowed["pairs"] = frozenset(data["pairs"]["any"])
    return allowed, only


@cache
def _small() -> dict[str, frozenset[str]]:
    data = tomli.loads((Path(__file__).parent / "twice_by_right.toml").read_text("utf-8"))
    return {code: frozenset(words) for code, words in data["small"].items()}


def is_small(word: str, language: str) -> bool:
    """Whether a word is an article, a preposition, a conjunction or another small word."""
    return bool(open_word(f"x {word}", language)) or word.casefold() in _small().get(language, ())


@rule(
    _RULE,
    severity="warning",
    explains=("grammar/preposition-doubled",),
    bad={
        "en": [
            "The Members ⟦of of⟧ the Council, and those of ⟦the\nthe⟧ Assembly, shall meet.",
            "The work ⟦of the of the⟧ Committee is done. ⟦The the⟧ report is due.",
        ],
        "fr": ["Les membres ⟦de de⟧ la Commission et ceux ⟦de la de la⟧ Conférence se réunissent."],
        "es": ["Los miembros ⟦de de⟧ la Comisión, y ⟦los los⟧ demás, se reúnen cada año."],
        "ru": ["Члены комиссии ⟦и и⟧ участники конференции встречаются каждый год."],
        "de": ["Die Parteien ⟦und und⟧ die Kommission treten jedes Jahr zusammen."],
        "ar": ["يجتمع أعضاء اللجنة ⟦في في⟧ كل سنة من أجل استعراض التقرير."],
    },
    good={
        "en": [
            "It was said that that Party had had no time; Boutros Boutros-Ghali and Sirhan Sirhan were there.",
            "Members of the Council: the the- ory. Yes, yes. 5 5 10 10 A A. It is so. So it is.",
            "| yes yes | the the |\n|---|---|\n| no no | of of |\n",
        ],
        "fr": ["Nous nous engageons et vous vous réunissez ; est-ce que le le-dit accord s'applique ?"],
        "es": ["Es muy muy importante; poco a poco, casi casi se logra."],
        "ru": ["Он сказал, что то, что было, чуть-чуть изменилось."],
        "de": ["Die Vorschriften, die die Parteien erlassen, gelten für alle, die das das erste Mal tun."],
        "ar": ["حضر محمد محمد الاجتماع في المدينة."],
    },
)
def repeated_word(document: Document) -> Iterator[Finding]:
    """One finding for each repetition."""
    said_twice = _said_twice(document)
    if not said_twice:
        return
    prose = Prose(document)
    found = [match for said in said_twice for match in _places(prose.text, said)]
    end = -1
    for match in sorted(found, key=lambda match: match.start()):
        if match.start() < end or not _is_slip(prose, match):
            continue
        end = match.end()
        said = match[1]
        span = prose.span(match.start(), match.end())
        yield Finding(
            _RULE,
            f"“{' '.join(said.split())}” stands twice.",
            span,
            confidence=0.9,
            data={"words": " ".join(said.split())},
            fixes=(replace(span, said, f"Keep one “{' '.join(said.split())}”"),),
        )


def _said_twice(document: Document) -> set[tuple[str, ...]]:
    """Words, pairs and triples of words that follow themselves somewhere, but those that may do so everywhere."""
    words = words_in_a_row(document)
    twice: set[tuple[str, ...]] = {(words[at],) for at in same_again(words, 1)}
    twice.update(
        (words[at], words[at + 1]) for at in same_again(words, 2) if words[at + 1 : at + 2] == words[at + 3 : at + 4]
    )
    twice.update(
        tuple(words[at : at + 3]) for at in same_again(words, 3) if words[at + 1 : at + 3] == words[at + 4 : at + 6]
    )
    allowed, _ = _data()
    codes = document_languages(document)
    by_right = allowed["any"].union(*(allowed.get(code, ()) for code in codes)) if len(codes) == 1 else allowed["any"]
    return {
        said for said in twice if all(word.isalpha() for word in said) and (len(said) > 1 or said[0] not in by_right)
    }


def _places(text: str, said: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where the words follow themselves, in whatever case; the first is looked for as it may be written."""
    once = _SPACE.join(map(re.escape, said))
    whole = re.compile(rf"(?i)\b({once}){_SPACE}{once}(?![\w'’-])")
    for start in _starts(text, said[0]):
        match = whole.match(text, start)
        if match is not None:
            yield match


def _starts(text: str, word: str) -> Iterator[int]:
    """Where a word stands: small, with a capital, or in capitals."""
    found: set[int] = set()
    for written in {word, word.capitalize(), word.upper()}:
        found.update(match.start() for match in re.finditer(re.escape(written) + r"(?=\s)", text))
    yield from sorted(found)


def _is_slip(prose: Prose, match: re.Match[str]) -> bool:
    start, end = match.span()
    text = prose.text
    said = match[1]
    parts = said.lower().split()
    again = match[0][len(said) :].strip()
    if text[start - 1] in "-‐'’/&_@.#" or text[end] in "/@_&=":
        return False
    allowed, only = _data()
    language = prose.language(start)
    if language in only:
        return len(parts) == 1 and parts[0] in only[language] and prose.holds(start, end)
    if language not in allowed:
        return False
    small = all(is_small(part, language) for part in parts)
    if len(set(said)) == 1 and not (small and said.islower()):
        return False
    if len(parts) > 1:
        if not small or len(set(parts)) == 1 or parts[0] in allowed["pairs"]:
            return False
    elif parts[0] in allowed[language] or parts[0] in allowed["any"]:
        return False
    if not small and (again != again.lower() or _opens_line(text, start, said)):
        return False  # names, and entries of a list with what they say
    if again != again.lower() and not again.isupper():
        return False
    # Three in a row are a loop, or a sound; letters set apart make words of pieces.
    before, after = text[max(start - 60, 0) : start].lower().split(), text[end : end + 60].lower().split()
    size = len(parts)
    if before[-size:] == parts or [word.strip(".,;:") for word in after[:size]] == parts:
        return False
    around = [word for word in f"{text[max(start - 30, 0) : start]}  {text[end : end + 30]}".split() if word.isalpha()]
    if sum(len(word) == 1 for word in around) * 3 > len(around):
        return False
    return prose.holds(start, end)


def _opens_line(text: str, start: int, said: str) -> bool:
    """Whether the first of the two opens a line: there an entry and its text often begin alike; or is a title."""
    line = text[max(start - 40, 0) : start].rpartition("\n")[2].rpartition("\x00")[2]
    if not line.strip():
        return True
    return said[:1].isupper() and line.rstrip()[-1:] not in ".!?:;"
