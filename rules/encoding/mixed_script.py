"""A word has letters of another script in it that look like its own.

Why it matters. The word looks right and is not: a search for it, a link to it and a reader's voice software fail. OCR
and typing on two keyboards put Cyrillic "а" into Latin words, Latin "c" for the Russian preposition, Greek "Β" into
codes.

How it decides. A word of one script with letters of another that have a twin in the first; the script with more
letters that have no twin wins. And a lone Latin letter between two Russian words, where the language has the word that
its twin is.

When it stays silent. Where the other letters have no twin ("µm", "β-Karotin" in Greek letters, "IP-адрес"), between
hyphens, in enumerators, and in words that the lexicon of the user has.

Sources. Unicode Technical Standard 39, confusables; letters of the six UN scripts compared by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.scripts import beyond_latin
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Finding

from ._places import characters, told

_CYRILLIC = "АВЕЅІЈКМНОРСТУХаесіјорухѕԁһԛԝ"
_LATIN_OF_CYRILLIC = "ABESIJKMHOPCTYXaecijopyxsdhqw"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον"
_LATIN_OF_GREEK = "ABEZHIKMNOPTYXov"
_TO_LATIN = {
    "Cyrillic": dict(zip(_CYRILLIC, _LATIN_OF_CYRILLIC, strict=True)),
    "Greek": dict(zip(_GREEK, _LATIN_OF_GREEK, strict=True)),
}
_FROM_LATIN = {
    script: {latin: other for other, latin in reversed(table.items())} for script, table in _TO_LATIN.items()
}
_LETTERS = {"Cyrillic": re.compile("[\u0400-\u052f]"), "Greek": re.compile("[\u0370-\u03ff]")}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ANY_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
#: Parts of words between hyphens and other signs.
_PART = re.compile(r"[^\W_]+")
#: A Latin letter where Russian has a word of one letter.
_LONE = re.compile("(?<=[\u0430-\u0451,] )[acoykB](?= [\u0430-\u0451]{2})")


@rule(
    "encoding/mixed-script",
    severity="error",
    explains=("characters/confused-word", "characters/split-word", "characters/wrong-word"),
    bad={
        "en": ["The ⟦Соnvention⟧ and the ⟦Pаrties⟧ agree, see code ⟦s2a5Β⟧."],
        "ru": ["Государства ⟦договаривaются⟧ ⟦c⟧ целью сотрудничества."],
        "el": ["Η ⟦Kυβέρνηση⟧ αποφασίζει."],
    },
    good={
        "en": ["A wave of 5 µm, the α-particle, Δt, and the Russian Федерация."],
        "ru": ["IP-адрес, c) целевой фонд, МИД и NATO, 5 кВ, XX век."],
        "el": ["Η Κυβέρνηση αποφασίζει για το ISO 9001."],
    },
)
def mixed_script(document: Document) -> Iterator[Finding]:
    """One finding for each word of two scripts, or one for all where they are many."""
    if not beyond_latin(document):
        return
    present = characters(document)
    if present.isdisjoint(_ANY_LATIN):
        return
    scripts = [name for name, letters in _LETTERS.items() if any(map(letters.match, present))]
    if not scripts:
        return
    known = vocabulary(document)
    wrong: dict[str, str] = {}
    for token in known.tokens:
        if token.isascii() or _LATIN.search(token) is None:
            continue
        for part in _PART.findall(token):
            for script in scripts:
                corrected = _corrected(part, script)
                if corrected is not None and part not in document.guidance.lexicon:
                    wrong[part] = corrected
    run = running_text(document)
    found: list[tuple[Span, str | None]] = []
    if wrong:
        words = "|".join(map(re.escape, sorted(wrong, key=len, reverse=True)))
        pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
        found += [(run.span(m.start(), m.end()), wrong[m.group()]) for m in pattern.finditer(run.text)]
    if "Cyrillic" in scripts:
        for match in _LONE.finditer(run.text):
            letter = _FROM_LATIN["Cyrillic"].get(match.group()) or {"k": "к"}.get(match.group())
            if letter:
                found.append((run.span(match.start(), match.end()), letter))
    if not found:
        return
    found.sort(key=lambda place: place[0])
    first, meant = found[0]
    written = first.of(document.text)
    yield from told(
        "encoding/mixed-script",
        found,
        f"“{written}” has letters of two scripts that look alike; in one script it is “{meant}”.",
        f"Words have letters of two scripts that look alike, at {{count}} places; “{written}” is “{meant}” in one.",
        remedy="Write the word in one script",
        data={"word": written, "meant": meant or ""},
    )


def _corrected(part: str, script: str) -> str | None:
    """The part in one script; None where it is in one script, or its letters have no twins."""
    other = _LETTERS[script].findall(part)
    latin = _LATIN.findall(part)
    if not other or not latin:
        return None
    to_latin, from_latin = _TO_LATIN[script], _FROM_LATIN[script]
    foreign = [letter for letter in other if letter not in to_latin]
    own = [letter for letter in latin if letter not in from_latin]
    if (foreign and own) or len(foreign) == 1 == len(other):
        return None  # "мРНК", "µT": meant to be of two scripts
    if foreign or (not own and len(other) > len(latin)):
        return "".join(from_latin.get(letter, letter) for letter in part)
    return "".join(to_latin.get(letter, letter) for letter in part)
