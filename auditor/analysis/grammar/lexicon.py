"""The lexicon of a language: which parts of speech a word may be, and the small words that grammar is made of.

Data: ``data/<language>.txt`` (open classes: one line a set of readings) and ``data/<language>.toml`` (closed classes
and corrections). Their sources are named in them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import tomli

#: A reading's letter in the data, and its bit.
READINGS = "nsvzdpgjr"
NOUN, PLURAL, BASE, THIRD, PAST, PARTICIPLE, GERUND, ADJECTIVE, ADVERB = (1 << bit for bit in range(len(READINGS)))
#: A noun that takes a verb in the plural too; a noun without a plural.
EITHER_NUMBER, MASS = 1 << 9, 1 << 10


class Lexicon(msgspec.Struct, frozen=True):
    """What is known of a language's words.

    words    bits of the readings of each word, in small letters
    classes  the words of each closed class, by its name
    """

    words: dict[str, int]
    classes: dict[str, frozenset[str]]


def bits_of(letters: str) -> int:
    """The bits of a set of readings as the data writes it."""
    return sum(1 << READINGS.index(letter) for letter in letters)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language that has one; raises FileNotFoundError for another."""
    folder = Path(__file__).parent / "data"
    words: dict[str, int] = {}
    for line in (folder / f"{language}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            letters, _, listed = line.partition(" ")
            words.update(dict.fromkeys(listed.split(), bits_of(letters)))
    data = tomli.loads((folder / f"{language}.toml").read_text("utf-8"))
    for letters, listed in data["readings"].items():
        for word in listed.split():
            words[word] = words.get(word, 0) | bits_of(letters)
    for key, bit in (("either_number", EITHER_NUMBER), ("mass", MASS)):
        for word in data[key]["words"].split():
            words[word] = words.get(word, 0) | bit
    return Lexicon(words, {name: frozenset(listed.split()) for name, listed in data["classes"].items()})
