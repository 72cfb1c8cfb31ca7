"""A text as a string of tags: one character a word or mark, so that a pattern over grammar is a regular expression.

Nothing is disambiguated. A word of a closed class ("the", "shall") has the class's character. Any other word has a
character that stands for the readings that the lexicon gives it ("report": singular noun or verb), as far as some
pattern asks for them, one for small letters and one for a capital. All characters are below U+0100: sets of them are
compiled and looked up fast. Patterns are written with names in capitals, each standing for a set of tags:
`PLURAL_ONLY` are the words that can be nothing but a plural noun. A pattern says exactly how sure it is of a word.

What stands between white space is looked up whole ("Parties," has two tags), which is what makes it fast. Where a
pattern matches, and only there, the words and their offsets are worked out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain, count

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.grammar.kinds import KINDS
from auditor.analysis.grammar.lexicon import (
    ADJECTIVE,
    ADVERB,
    EITHER_NUMBER,
    GERUND,
    NOUN,
    PLURAL,
    READINGS,
    THIRD,
    lexicon,
)
from auditor.analysis.grammar.running import LanguageText, language_text
from auditor.analysis.mentions.running_text import SEPARATOR
from auditor.analysis.sentences import boundaries
from auditor.document import Block, Document, Span

#: A word with what is joined to it (apostrophes, hyphens, the marks inside numbers and symbols), or one mark.
_TOKEN = re.compile(r"\w+(?:[-'’‐‑./@&]+\w+|,\d+)*['’]?|[^\w\s]")

#: All readings at once: a word that no lexicon knows.
_ANY = (1 << len(READINGS)) - 1

#: Marks by their tag, and what else is no word: a number, a name, an abbreviation in capitals, a symbol, a letter,
#: a possessive, a mark that says nothing.
_MARKS = {mark: mark for mark in ".,;:()" + SEPARATOR}
_MARKS |= dict.fromkeys("!?", "!") | dict.fromkeys("“”\"‘’'«»„", '"') | dict.fromkeys("—–-‐‑", "-")
_MARKS |= {"[": "(", "]": ")"}
_NUMBER, _NAME, _CAPITALS, _SYMBOL, _LETTER, _POSSESSIVE, _OTHER = "0ncylp*"

#: So many stretches are remembered from one document to the next.
_MOST = 200_000

#: What an unknown word may be, by its ending. The longest that fits decides.
_ENDINGS = {
    "ing": GERUND | NOUN | ADJECTIVE,
    "ed": _ANY & ~PLURAL,
    "ly": ADVERB | ADJECTIVE,
    "s": PLURAL | THIRD | NOUN,
    "ss": NOUN,
    "ous": ADJECTIVE,
    "ness": NOUN,
    "ment": NOUN,
    "tion": NOUN,
    "ity": NOUN,
}


class _Alphabet(msgspec.Struct, frozen=True):
    """Which character stands for what, besides `_MARKS` and their like.

    closed   for the words of a closed class, by the class's name
    small    for a word in small letters, by the bits of its readings
    capital  for a word with a capital, likewise
    """

    closed: dict[str, str]
    small: dict[int, str]
    capital: dict[int, str]


@cache
def _alphabet(language: str) -> _Alphabet:
    known = lexicon(language)
    sets = {*known.words.values(), *_ENDINGS.values(), _ANY, _ANY | EITHER_NUMBER}
    sets |= {bits | ADJECTIVE for bits in sets}
    taken = {*_MARKS.values(), _NUMBER, _NAME, _CAPITALS, _SYMBOL, _LETTER, _POSSESSIVE, _OTHER, "\n"}
    # From above, so that what belongs together stands together; a dot in a pattern is to match, so no line break.
    free = (character for code in chain(range(0xFF, -1, -1), count(0x100)) if (character := chr(code)) not in taken)
    told_apart = {bits: tuple(kind.holds(bits) for kind in KINDS.values()) for bits in sets}
    groups = sorted(set(told_apart.values()))
    small, capital = (dict(zip(groups, free, strict=False)) for _ in range(2))
    return _Alphabet(
        dict(zip(known.classes, free, strict=False)),
        {bits: small[group] for bits, group in told_apart.items()},
        {bits: capital[group] for bits, group in told_apart.items()},
    )


class _Tags(dict[str, str]):
    """The tags of each stretch without white space met so far."""

    def __init__(self, language: str) -> None:
        super().__init__(_MARKS)
        self.single: dict[str, str] = dict(_MARKS)
        known = lexicon(language)
        self.alphabet = _alphabet(language)
        self.closed = {word: self.alphabet.closed[name] for name, words in known.classes.items() for word in words}
        self.words = known.words

    def __missing__(self, stretch: str) -> str:
        if len(self) > _MOST:
            self.clear()
            self.single.clear()
            self.single.update(_MARKS)
        tags = self[stretch] = "".join(map(self._of, _TOKEN.findall(stretch)))
        return tags

    def _of(self, token: str) -> str:
        tag = self.single.get(token)
        if tag is None:
            tag = self.single[token] = self._tag(token)
        return tag

    def _tag(self, token: str) -> str:
        first = token[0]
        if first.isdecimal():
            return _NUMBER if token.replace(",", "").replace(".", "").isdecimal() else _SYMBOL
        if not first.isalpha():
            return _OTHER
        small = token.lower().replace("’", "'").replace("‑", "-").replace("‐", "-")
        if len(token) > 1 and token.isupper():
            return _CAPITALS
        if small in self.closed:
            return self.closed[small]
        if len(token) == 1:
            return _LETTER
        if small.endswith(("'s", "s'")):
            return _POSSESSIVE
        if not small.isalpha():
            if "-" in small and small.replace("-", "").isalpha():
                return self._open(token, self._compound(small))
            return _SYMBOL
        bits = self.words.get(small)
        if bits is None:
            if first.isupper():
                return _NAME
            bits = guess(small)
        return self._open(token, bits)

    def _compound(self, small: str) -> int:
        """A word with hyphens: as it is without them, or as its last part, and possibly an adjective."""
        joined = self.words.get(small.replace("-", ""))
        if joined is not None:
            return joined
        last = small.rpartition("-")[2]
        return self.words.get(last, _ANY) | ADJECTIVE if last not in self.closed else _ANY

    def _open(self, token: str, bits: int) -> str:
        return (self.alphabet.small if token[0].islower() else self.alphabet.capital)[bits]


def guess(small: str) -> int:
    """The readings of a word that the lexicon lacks, as bits."""
    for size in (4, 3, 2, 1):
        bits = _ENDINGS.get(small[-size:])
        if bits is not None:
            return bits
    return _ANY


@cache
def _tags(language: str) -> _Tags:
    return _Tags(language)


class Tagged:
    """The running text of a document's blocks in one language, tagged.

    running  the text
    tags     one character for each word and each mark, a `SEPARATOR` before, between and after the blocks
    """

    def __init__(self, running: LanguageText) -> None:
        self.running = running
        self.blocks = running.blocks
        self.tags = "".join(map(_tags(running.language).__getitem__, running.text.split()))
        self._tokens: dict[int, list[tuple[int, str]]] = {}

    def place(self, index: int) -> int:
        """Which of the blocks, counted from 0, holds a word."""
        return self.tags.count(SEPARATOR, 0, index) - 1

    def _token(self, index: int) -> tuple[int, str]:
        """Offset in its block's prose, and form, of a word."""
        place = self.place(index)
        tokens = self._tokens.get(place)
        if tokens is None:
            text = self.blocks[place].prose.text.replace(SEPARATOR, "\ufffd")
            tokens = self._tokens[place] = [(match.start(), match.group()) for match in _TOKEN.finditer(text)]
        return tokens[index - self.tags.rfind(SEPARATOR, 0, index) - 1]

    def word(self, index: int) -> str:
        """A word as it is written; empty between blocks."""
        return "" if self.tags[index] == SEPARATOR else self._token(index)[1]

    def start(self, index: int) -> int:
        """Where a word begins in its block's prose."""
        return self._token(index)[0]

    def end(self, index: int) -> int:
        """Where a word ends in its block's prose."""
        start, form = self._token(index)
        return start + len(form)

    def span(self, first: int, last: int) -> Span:
        """The words from ``first`` up to, not with, ``last``, as a span of the source; they must lie in one block."""
        return self.block_of(first).prose.source_span(self.start(first), self.end(last - 1))

    def shown(self, first: int, last: int) -> str:
        """The same words as a reader sees them, on one line."""
        return " ".join(self.block_of(first).prose.text[self.start(first) : self.end(last - 1)].split())

    def opens_sentence(self, index: int) -> bool:
        """Whether a word is the first of its sentence, enumerators before it not counted."""
        offset = self.start(index)
        floor = max(0, offset - _LOOK_BACK)
        text = self.block_of(index).prose.text[floor : offset + 1]
        ends = [end for end in boundaries(text, self.running.language) if floor + end <= offset]
        if not ends and floor:
            return False
        return _ENUMERATOR.fullmatch(text[ends[-1] if ends else 0 : -1]) is not None

    def block_of(self, index: int) -> Block:
        """The block that holds a word."""
        return self.blocks[self.place(index)]

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern over the tags; offsets in a match count words."""
        return pattern.finditer(self.tags)


#: How far before a word, in characters, its sentence's beginning is looked for: what stands between is little.
_LOOK_BACK = 80
#: What may stand before the first word of a sentence.
_ENUMERATOR = re.compile(r"[\s\"“”‘’'«»*(\[—–-]*(?:(?:\(?(?:\d+|[A-Za-z]{1,4})[.)]|\d+|•|·)[\s\"“*—–-]*){0,3}")


@fact
def english_tagged(document: Document) -> Tagged:
    """The document's running text in English, tagged; tables and code are no part of it."""
    return Tagged(language_text(document, "en"))


class Classes:
    """The names that patterns of a language may use, each a regular expression for one tag or a sequence of them."""

    def __init__(self, language: str) -> None:
        alphabet = _alphabet(language)
        self.names: dict[str, str] = {name.upper(): _set({tag}) for name, tag in alphabet.closed.items()}
        self.names |= {
            "COMMA": ",",
            "STOP": "[.;:!" + SEPARATOR + "]",
            "QUOTE": '"',
            "DASH": "-",
            "OPEN": r"\(",
            "CLOSE": r"\)",
            "NUMBER": _NUMBER,
            "NAME": _NAME,
            "CAPITALS": _CAPITALS,
            "SYMBOL": _SYMBOL,
            "LETTER": _LETTER,
            "POSSESSIVE": _POSSESSIVE,
            "END": "[.;!)" + SEPARATOR + "]",
        }
        for name, kind in KINDS.items():
            tags = {tag for bits, tag in alphabet.small.items() if kind.small and kind.holds(bits)}
            tags |= {tag for bits, tag in alphabet.capital.items() if kind.capital and kind.holds(bits)}
            self.names[name] = _set(tags)

    def define(self, names: Mapping[str, str]) -> None:
        """Add names that are written with those known already."""
        for name, pattern in names.items():
            expanded = self.expand(pattern)
            inner = [_SET.fullmatch(part.removeprefix("(?:").removesuffix(")")) for part in expanded.split("|")]
            tags = [match[1] or match[2] for match in inner if match is not None]
            self.names[name] = f"[{''.join(tags)}]" if len(tags) == len(inner) else expanded

    def expand(self, pattern: str) -> str:
        """A pattern as a regular expression: names replaced, white space taken out."""
        pattern = _CHOICE.sub(self._one_set, pattern)
        spelled = _NAMES.sub(lambda match: f"(?:{self.names[match.group()]})", pattern)
        return "".join(spelled.split())

    def _one_set(self, choice: re.Match[str]) -> str:
        """A choice between names of single tags as one set, which is quicker to compile and to match."""
        inner = [_SET.fullmatch(self.names[name]) for name in choice.group().split("|")]
        if any(match is None for match in inner):
            return choice.group()
        return "[" + "".join(match[1] or match[2] for match in inner if match is not None) + "]"

    def compile(self, pattern: str) -> re.Pattern[str]:
        """The pattern, ready to be looked for in a string of tags. Raises KeyError for a name that is not known."""
        return re.compile(self.expand(pattern))


_NAMES = re.compile(r"[A-Z][A-Z_]+")
_CHOICE = re.compile(r"(?<=\(\?:)[A-Z][A-Z_]+(?:\|[A-Z][A-Z_]+)+(?=\))|^[A-Z][A-Z_]+(?:\|[A-Z][A-Z_]+)+$")
#: One tag: a set, or a character alone.
_SET = re.compile(r"\[([^\[\]^]+)\]|(\\?[^\[\]\\|])", re.DOTALL)


def _set(tags: Collection[str]) -> str:
    """The tags as a set of a regular expression, in as few stretches as they lie in."""
    codes = sorted(map(ord, tags))
    begins = [code for code, before in zip(codes, [-2, *codes], strict=False) if code != before + 1]
    ends = [code for code, after in zip(codes, [*codes[1:], -2], strict=True) if code + 1 != after]
    return "[" + "".join(f"\\u{low:04x}-\\u{high:04x}" for low, high in zip(begins, ends, strict=True)) + "]"
