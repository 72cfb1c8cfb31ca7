"""Substitutions: what is replaced throughout between twins ("Donetsk" by "Lugansk"), learned from the pair itself.

A replacement is learned when it happens at least twice and covers at least four fifths of the places of what is
replaced in the one text and of what replaces it in the other; a replacement that happens once is never learned, and
neither is one of figures, of punctuation, or of words that command, allow or deny. Inflected names ("Донецкой",
"Луганской"; "Донецкая", "Луганская") are learned together, by their stems.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from auditor.alignment.modality import modal_words
from auditor.alignment.tokens import is_name_like

Words = tuple[str, ...]

_FEWEST = 2
_COVERAGE = 0.8
_LONGEST = 12
_STEM = 4
_ENDING = 5
#: Small words inside names: "Republic of Korea", "République du Niger".
_JOINERS = frozenset(
    re.findall(
        r"\S+",
        "of the and for de du des la le les et del los las y e da do dos di della der die das und von van i и по "
        "- ' . , s d l",
    )
)


class Substitution(msgspec.Struct, frozen=True):
    """``a`` in the one text stands where ``b`` stands in the other, ``count`` times.

    stems    whether ``a`` and ``b`` are stems of one word each, with any ending
    name     whether it is a name: a capital first, or a script without capitals
    shown    both as they are first written
    """

    a: Words
    b: Words
    count: int
    stems: bool = False
    name: bool = True
    shown: tuple[str, str] = ("", "")


class Change(msgspec.Struct, frozen=True, gc=False):
    """What stands on either side at one place: the tokens, as they are compared."""

    a: Words
    b: Words


def joins_names(tokens: Iterable[str]) -> bool:
    """Whether tokens between two changes may be the inside of one name."""
    return all(token in _JOINERS or is_name_like(token) for token in tokens)


def learn(changes: Sequence[Change], texts_a: Sequence[Words], texts_b: Sequence[Words]) -> tuple[Substitution, ...]:
    """The substitutions that the changes between matched units show, the commonest first.

    ``texts_a`` and ``texts_b`` are the matched units' tokens, in which it is counted how much a replacement covers.
    """
    pairs: Counter[tuple[Words, Words]] = Counter()
    shown: dict[tuple[Words, Words], Change] = {}
    families: dict[tuple[str, str], list[tuple[Words, Words]]] = defaultdict(list)
    for change in changes:
        pair = _casefold(change.a), _casefold(change.b)
        if not _may_be_learned(*pair):
            continue
        if pair not in pairs and (stems := _stems(*pair)) is not None:
            families[stems].append(pair)
        pairs[pair] += 1
        shown.setdefault(pair, change)
    if not pairs:
        return ()
    wanted = frozenset(word for pair in pairs for phrase in pair for word in phrase)
    indexes: dict[bool, tuple[_Index, _Index]] = {}

    def index_of(name: bool) -> tuple[_Index, _Index]:
        if name not in indexes:
            indexes[name] = _Index(texts_a, name, wanted), _Index(texts_b, name, wanted)
        return indexes[name]

    learned: list[Substitution] = []
    done: set[tuple[Words, Words]] = set()
    for (stem_a, stem_b), members in families.items():
        number = sum(pairs[pair] for pair in members)
        if number < _FEWEST:
            continue
        best = max(members, key=lambda pair: pairs[pair])
        one, other = index_of(_is_name(shown[best]))
        places = [(one.stem(stem), other.stem(stem)) for stem in (stem_a, stem_b)]
        if _covers(number, places[0], places[1]):
            learned.append(_made((stem_a,), (stem_b,), number, shown[best], stems=True))
            done.update(members)
    for pair, number in pairs.items():
        if pair in done or number < _FEWEST:
            continue
        one, other = index_of(_is_name(shown[pair]))
        places = [(one.phrase(phrase), other.phrase(phrase)) for phrase in pair]
        if _covers(number, places[0], places[1]):
            learned.append(_made(*pair, number, shown[pair]))
    return tuple(sorted(learned, key=lambda s: (-s.count, s.a, s.b)))


def _made(a: Words, b: Words, count: int, change: Change, *, stems: bool = False) -> Substitution:
    return Substitution(a, b, count, stems, _is_name(change), (" ".join(change.a), " ".join(change.b)))


def _is_name(change: Change) -> bool:
    return any(map(is_name_like, change.a)) and any(map(is_name_like, change.b))


def _may_be_in_name(token: str) -> bool:
    return is_name_like(token) or token in _JOINERS


def _casefold(words: Words) -> Words:
    return tuple(word.casefold() for word in words)


def _may_be_learned(a: Words, b: Words) -> bool:
    if a == b or not (0 < len(a) <= _LONGEST and 0 < len(b) <= _LONGEST):
        return False
    for words in (a, b):
        if not any(word[0].isalpha() for word in words) or any(word[0].isdigit() for word in words):
            return False
        if not modal_words("und").isdisjoint(words) and len(words) == 1:
            return False
    return True


def _stems(a: Words, b: Words) -> tuple[str, str] | None:
    """What is left of two single words without their common ending, where that is enough to know them by."""
    if len(a) != 1 or len(b) != 1:
        return None
    one, other = a[0], b[0]
    common = 0
    while common < min(len(one), len(other)) and one[-1 - common] == other[-1 - common]:
        common += 1
    stem_a, stem_b = one[: len(one) - common], other[: len(other) - common]
    if min(len(stem_a), len(stem_b)) < _STEM:
        return None
    return stem_a, stem_b


class _Index:
    """In which of the matched units phrases and stems stand, and how often; of names only what may be (in) a name."""

    def __init__(self, texts: Sequence[Words], names: bool, wanted: frozenset[str]) -> None:
        self._texts = texts
        self._names = names
        self._words: dict[str, Counter[int]] = defaultdict(Counter)
        starts = {word[:_STEM] for word in wanted}
        for number, words in enumerate(texts):
            for token in words:
                word = token.casefold()
                if (word in wanted or word[:_STEM] in starts) and (not names or _may_be_in_name(token)):
                    self._words[word][number] += 1

    def phrase(self, phrase: Words) -> Counter[int]:
        if len(phrase) == 1:
            return self._words.get(phrase[0], Counter())
        listed = [self._words.get(word, Counter()) for word in phrase]
        rarest = min(range(len(phrase)), key=lambda at: len(listed[at]))
        found: Counter[int] = Counter()
        for number in listed[rarest]:
            words = _casefold(self._texts[number])
            for at, word in enumerate(words):
                if word == phrase[rarest] and at >= rarest:
                    found[number] += words[at - rarest : at - rarest + len(phrase)] == phrase
        return +found

    def stem(self, stem: str) -> Counter[int]:
        found: Counter[int] = Counter()
        for word, units in self._words.items():
            if _has_stem(word, stem):
                found.update(units)
        return found


def _covers(number: int, a: tuple[Counter[int], Counter[int]], b: tuple[Counter[int], Counter[int]]) -> bool:
    """Whether a replacement covers enough of the places of either name.

    ``a`` has the places of the one name in either text, ``b`` those of the other. Units in which both texts have both
    names list the parties, and don't count.
    """
    listing = {unit for unit in a[0] if a[1][unit] and b[0][unit] and b[1][unit]}
    of_a = sum(times for unit, times in a[0].items() if unit not in listing)
    of_b = sum(times for unit, times in b[1].items() if unit not in listing)
    return number >= _COVERAGE * of_a and number >= _COVERAGE * of_b


def _has_stem(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) - len(stem) <= _ENDING


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A token, or a phrase that a substitution accounts for, as one symbol.

    symbol      what is compared
    first, last token indexes, ``last`` not included
    by          index of the substitution, or None
    """

    symbol: str
    first: int
    last: int
    by: int | None


class Folding:
    """Replaces what substitutions account for by symbols, the same ones on both sides."""

    def __init__(self, substitutions: Sequence[Substitution]) -> None:
        self.substitutions = tuple(substitutions)
        self._phrases: dict[str, dict[str, list[tuple[Words, int]]]] = {"a": defaultdict(list), "b": defaultdict(list)}
        self._stems: dict[str, dict[str, list[tuple[str, int]]]] = {"a": defaultdict(list), "b": defaultdict(list)}
        for index, substitution in enumerate(self.substitutions):
            for side, words in (("a", substitution.a), ("b", substitution.b)):
                if len(words) == 1 and len(words[0]) >= _STEM:  # "Egypt" for "Niger" explains "Egyptian" for "Nigerian"
                    self._stems[side][words[0][:_STEM]].append((words[0], index))
                if not substitution.stems:
                    self._phrases[side][words[0]].append((words, index))
        for phrases in self._phrases.values():
            for listed in phrases.values():
                listed.sort(key=lambda phrase: -len(phrase[0]))

    def hits(self, words: Words, side: str, without: frozenset[int] = frozenset()) -> list[Piece]:
        """Where the words of one side ("a" or "b") stand in tokens; substitutions in ``without`` are not looked for."""
        phrases, stems = self._phrases[side], self._stems[side]
        found: list[Piece] = []
        end = 0
        for at, word in enumerate([w.casefold() for w in words]):
            if at < end or (word not in phrases and word[:_STEM] not in stems):
                continue
            piece = self._hit(words, at, word, side, without)
            if piece is not None:
                found.append(piece)
                end = piece.last
        return found

    def _hit(self, words: Words, at: int, word: str, side: str, without: frozenset[int]) -> Piece | None:
        for phrase, index in self._phrases[side].get(word, ()):
            if index in without or not self._fits(index, words[at]):
                continue
            if _casefold(words[at : at + len(phrase)]) == phrase:
                return Piece(f"\x00{index}", at, at + len(phrase), index)
        for stem, index in self._stems[side].get(word[:_STEM], ()):
            if index not in without and self._fits(index, words[at]) and _has_stem(word, stem):
                return Piece(f"\x00{index} {word[len(stem) :]}", at, at + 1, index)
        return None

    def _fits(self, index: int, token: str) -> bool:
        """A name is not meant where a word is written small."""
        return not self.substitutions[index].name or is_name_like(token)

    def fold(self, words: Words, side: str, without: frozenset[int] = frozenset()) -> list[Piece]:
        """The tokens of one side as pieces."""
        pieces: list[Piece] = []
        at = 0
        for hit in self.hits(words, side, without):
            pieces += [Piece(words[k], k, k + 1, None) for k in range(at, hit.first)]
            pieces.append(hit)
            at = hit.last
        pieces += [Piece(words[k], k, k + 1, None) for k in range(at, len(words))]
        return pieces

    def standing(self, words: Words, side: str) -> frozenset[int]:
        """Which substitutions' words of that side stand in the text (of whichever side it is)."""
        return frozenset(piece.by for piece in self.hits(words, side) if piece.by is not None)
