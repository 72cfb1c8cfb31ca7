"""Make the lexicons of `auditor/analysis/grammar/data` from the dictionaries that they are taken from.

    python tools/build_grammar.py en LEMMINFLECT_RESOURCES TAG_COUNTS.json
    python tools/build_grammar.py fr FOLDER_WITH_fr.aff_AND_fr.dic
    python tools/build_grammar.py ru

English: the inflection tables of LemmInflect (``infl_lu.csv.gz``), and how often each word has each Penn tag in clean
texts (``{"word TAG": count}``), which prunes readings that never occur. French: the Dicollecte dictionary for Hunspell,
inflected by its own rules. Russian: OpenCorpora, through pymorphy3, which has to be installed. Words are kept when
wordfreq has seen them often enough.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from wordfreq import iter_wordlist, zipf_frequency

DATA = Path(__file__).parent.parent / "auditor" / "analysis" / "grammar" / "data"

_LETTERS = "nsvzdpgjr"
_PENN = {
    "NN": "n", "NNS": "s", "VB": "v", "VBP": "v", "VBZ": "z", "VBD": "d", "VBN": "p", "VBG": "g", "JJ": "j", "RB": "r",
    "JJR": "j", "JJS": "j", "RBR": "r", "RBS": "r",
}  # fmt: skip
_FORMS = {"verb": "dpgz", "noun": "s", "adj": "jj", "adv": "rr"}
_LEMMA = {"verb": "v", "noun": "n", "adj": "j", "adv": "r"}


def english(resources: Path, counts: Mapping[str, int]) -> dict[str, str]:
    """Readings of each English word."""
    words: dict[str, set[str]] = defaultdict(set)
    plain = re.compile(r"[a-z]{2,}$")
    with gzip.open(resources / "infl_lu.csv.gz", "rt") as lines:
        for line in lines:
            lemma, kind, *forms = [*line.rstrip("\n").split(","), "", "", "", ""]
            if kind not in _LEMMA or not plain.match(lemma):
                continue
            words[lemma].add(_LEMMA[kind])
            if kind == "verb" and not forms[1]:
                forms[1] = forms[0]
            for letter, listed in zip(_FORMS[kind], forms, strict=False):
                for form in listed.split("/"):
                    if plain.match(form) and (form != lemma or kind == "verb"):
                        words[form].add(letter)
    for word, readings in words.items():
        if word.endswith("ed") and readings & {"d", "p"}:
            readings |= {"d", "p"}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for key, count in counts.items():
        word, _, tag = key.rpartition(" ")
        if tag in _PENN and plain.match(word):
            seen[word][_PENN[tag]] += count
    for word, tags in seen.items():
        total = tags.total()
        for letter, count in tags.items():
            share = 0.15 if letter in "ns" and word in words else 0.05
            if count >= 8 and count >= share * total and (letter not in "vzdpg" or word not in words):
                words[word].add(letter)
        for letter in tuple(words.get(word, ())):
            rare = tags[letter] <= total * (0.01 if letter == "j" else 0.004)
            if rare and letter != "r" and total >= (50 if letter == "j" else 100) and len(words[word]) > 1:
                words[word].discard(letter)
    kept = (w for w in words if zipf_frequency(w, "en") >= 2.3 or seen[w].total() >= 2)
    return {word: "".join(sorted(words[word], key=_LETTERS.index)) for word in kept if words[word]}


def french(folder: Path) -> dict[str, str]:
    """Readings of each French word."""
    rules: dict[str, list[tuple[str, str, re.Pattern[str] | None, list[str]]]] = defaultdict(list)
    for line in (folder / "fr.aff").read_text("utf-8").splitlines():
        fields = line.split()
        if line.startswith("SFX ") and len(fields) >= 5:
            flag, strip, add, condition, *said = fields[1:]
            pattern = None if condition == "." else re.compile(f"(?:{condition})$")
            rules[flag].append((strip.strip("0"), add.split("/")[0].strip("0"), pattern, said))
    codes: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "fr.dic").read_text("utf-8").splitlines()[1:]:
        fields = line.split()
        word, _, flags = fields[0].partition("/") if fields else ("", "", "")
        if not word[:1].islower():
            continue
        own = [item for item in fields[1:] if item.startswith("is:")]
        kinds = [item for item in fields[1:] if item.startswith("po:")]
        codes[word] |= _french_codes(kinds, own)
        for flag in (flags[at : at + 2] for at in range(0, len(flags), 2)):
            for strip, add, pattern, said in rules.get(flag, ()):
                if word.endswith(strip) and (pattern is None or pattern.search(word)):
                    form = word[: len(word) - len(strip)] + add
                    kind = [item for item in said if item.startswith("po:")] or kinds
                    codes[form] |= _french_codes(kind, own + [item for item in said if item.startswith("is:")])
    plain = re.compile(r"[a-zà-öø-ÿœæ]+(?:-[a-zà-öø-ÿœæ]+)*$")
    kept = (w for w in codes if plain.match(w) and zipf_frequency(w, "fr") >= 2.6)
    return {word: ",".join(sorted(codes[word])) for word in kept if codes[word]}


def _french_codes(kinds: Iterable[str], shapes: Iterable[str]) -> set[str]:
    found: set[str] = set()
    names = [kind for kind, marks in (("n", {"po:nom"}), ("a", {"po:adj", "po:ppas"})) if marks & set(kinds)]
    for kind in kinds:
        if kind == "po:3sg":
            found.add("v3s")
        elif kind.startswith("po:3pl"):
            found.add("v3p")
        elif kind.startswith(("po:inf", "po:ppr", "po:1", "po:2", "po:imp")):
            found.add("v")
    if not names and not found and not any(kind.startswith(("po:v", "po:i", "po:s", "po:c", "po:f")) for kind in kinds):
        found.add("o")
    shapes = set(shapes)
    genders = "mf" if "is:epi" in shapes else "".join(g[0] for g in ("mas", "fem") if f"is:{g}" in shapes)
    numbers = "sp" if "is:inv" in shapes else "".join(n for n, m in (("s", "sg"), ("p", "pl")) if f"is:{m}" in shapes)
    return found | {kind + gender + number for kind in names for gender in genders for number in numbers}


def russian() -> dict[str, str]:
    """Readings of each Russian word."""
    import pymorphy3  # type: ignore[import-not-found]

    analyser = pymorphy3.MorphAnalyzer()
    cases = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l", "gen2": "g", "loc2": "l"}
    found: dict[str, str] = {}
    for word in iter_wordlist("ru"):
        if zipf_frequency(word, "ru") < 2.8:
            break
        parses = analyser.parse(word)
        if not re.fullmatch(r"[а-яё]{2,}", word) or not parses[0].is_known:
            continue
        codes: set[str] = set()
        for parse in parses:
            tag = parse.tag
            kind = {"NOUN": "n", "ADJF": "p" if "Apro" in tag else "a", "PRTF": "r"}.get(str(tag.POS))
            if kind and tag.case:
                gender = (
                    "p" if tag.number == "plur" else {"masc": "m", "femn": "f", "neut": "n"}.get(str(tag.gender), "p")
                )
                case = cases.get(str(tag.case), "n")
                codes.add(kind + ("A" if case == "a" and "anim" in tag and gender in "mp" else case) + gender)
            elif tag.POS == "VERB" and "3per" in tag:
                codes.add("v3p" if tag.number == "plur" else "v3s")
            elif tag.POS == "VERB" and tag.tense == "past":
                codes.add("vp" if tag.number == "plur" else "v" + {"masc": "m", "femn": "f"}.get(str(tag.gender), "n"))
            else:
                codes.add({"NPRO": "o", "NUMR": "o"}.get(str(tag.POS), "o"))
        found[word] = ",".join(sorted(codes))
    return found


def write(language: str, words: Mapping[str, str]) -> None:
    """Put the words in the place of those that the data file has; what it says of itself stays."""
    path = DATA / f"{language}.txt"
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    groups: dict[str, list[str]] = defaultdict(list)
    for word, code in words.items():
        groups[code].append(word)
    body = [f"{code} {' '.join(sorted(groups[code]))}" for code in sorted(groups)]
    path.write_text("\n".join([*head, *body]) + "\n", "utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["en", resources, counts]:
            write("en", english(Path(resources), json.loads(Path(counts).read_text("utf-8"))))
        case ["fr", folder]:
            write("fr", french(Path(folder)))
        case ["ru"]:
            write("ru", russian())
        case _:
            sys.exit(__doc__)
