"""The converter misread a font, a script or a list as a whole: one cause behind many wrong places.

Why it matters. Whole lines say nothing ("'(6 1$7,216" for "DES NATIONS"), cannot be searched, and would be reported
word by word; the remedy is to convert the source again, not to correct words.

How it decides. Three faults are known. *A shifted font*: the letters of a block make no words as they stand, and do
make words of a known language when every character is moved by the same distance: the words must be made of moved
characters only, and each line of a block is moved or left as it reads better. *Look-alike letters*: most words of
a block mix letters of two scripts that look alike (Cyrillic а, е, о in Latin words, or the reverse). *A list
renumbered*: four or more paragraphs in a row begin with "1." while other paragraphs stand between them and no "2."
follows. All blocks with one fault are one finding, with what they should read where that is known.

When it stays silent. On short stretches, leader dots of a contents left out, on codes and formulas, on words that
lawfully mix scripts or stand beside each other in two scripts, on lists that Markdown numbers by itself, and where
every "1." stands under a heading of its own.

Sources. Embedded fonts without a Unicode table give glyph numbers for characters (ISO 32000-1, 9.10); look-alikes
after Unicode Technical Standard 39.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.scripts import may_hold
from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.findings import Evidence, Finding

from .occurrences import one_finding

#: Fewest letters (or other signs) of a block in which a shifted font can be told from a code.
_SHORTEST = 24
#: Only so much of a block is looked at, in characters.
_LOOK = 300
#: Share of words that must be known small words when the shift is undone (in prose it is about a third), how many
#: different ones, of how many words at least, and the share that may be such words by chance as the text stands.
_KNOWN = 0.2
_DIFFERENT = 3
_FEWEST_WORDS = 8
_STRAY = 0.1
#: Characters from here on in the code table stand where they stood.
_MOVED = 0x60
#: Share of vowels among letters (in the languages of Europe some two fifths) from which a text is not shifted.
_VOWELS_ENOUGH = 0.36
#: From so many mixed words in a block on, and from this share of its words on, look-alikes are its fault as a whole.
_MIXED_WORDS = 3
_MIXED_SHARE = 0.4
#: From so many paragraphs numbered 1 on, a list was renumbered.
_ONES = 4

#: Words of which every text of a few lines has two, in the languages with most texts: a quick sign that all is well.
_AT_HOME = re.compile(
    " (?:the|of|and|to|in|shall|de|la|les?|et|en|des|du|el|los|que|der|die|und|den|von|il|di|и|в|на|с|по|о|или|для) "
)

_LATIN_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CYRILLIC_LOWER = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_WORDS = re.compile(r"[^\W\d_]+")
#: Leader dots and rules: a sign over and over, with blanks between or without.
_LEADER = re.compile(r"([^\w\s])(?:[ \u00a0]?\1){3,}")
_ODD = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")
_VOWELS = re.compile(r"[aeiouAEIOUàâäéèêëïîôöùûüáíóúåæø]")
_CYRILLIC_VOWELS = re.compile(r"[аеёиоуыэюяАЕЁИОУЫЭЮЯіїє]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[А-яЁёІіЇїЄєЈј]")
_TOUCHING = re.compile(r"[A-Za-z][А-яЁёІіЈј]|[А-яЁёІіЈј][A-Za-z]")
_TO_LATIN = str.maketrans("АВЕКМНОРСТХаеорсухіІјЈѕЅ", "ABEKMHOPCTXaeopcyxiIjJsS")
_TO_CYRILLIC = str.maketrans("ABEKMHOPCTXaeopcyx", "АВЕКМНОРСТХаеорсух")
_ONE = re.compile(r"1[.)](?=[ \t\u00a0]\S)")
_TWO = re.compile(r"2[.)](?=[ \t\u00a0]\S)")


@rule(
    "markup/converter-fault",
    severity="error",
    explains=(
        "encoding/mixed-script",
        "encoding/control-character",
        "numbering/repeated",
        "characters/confused-word",
        "markup/math-residue",
    ),
    bad={
        "en": [
            "⟦Uif Qbsujft up uif qsftfou Bhsffnfou tibmm dp-pqfsbuf jo uif nbjoufobodf pg joufsobujpobm qfbdf.⟧",
            Example(
                "⟦7KH\x033DUWLHV\x03WR\x03WKH\x03SUHVHQW\x03$JUHHPHQW\x03VKDOO\x03QRWLI\\\x03WKH\x03GHSRVLWDU\\⟧",
                "en",
                "text/plain",
            ),
            "⟦Тhе Раrtiеs shаll sеttlе thеir disрutеs by реасеful mеаns.⟧",
            "⟦1.⟧ Notes the report;\n\nwhich is annexed.\n\n⟦1.⟧ Requests the Secretary-General;\n\nand his staff.\n\n"
            "⟦1.⟧ Urges States;\n\nall of them.\n\n⟦1.⟧ Decides to remain seized.",
        ],
        "fr": ["⟦Mft Qbsujft bv qsftfou Bddpse tf opujgjfou mft sbujgjdbujpot ebot mft usfouf kpvst.⟧"],
        "es": ["⟦Mbt Qbsuft ef ftuf Bdvfsep tpmvdjpobsbo tvt dpouspwfstjbt qps mpt nfejpt ef mb Dbsub.⟧"],
        "ru": [
            "⟦Дoгoвapивaющиecя Стopoны coтpудничaют в oблacти oхpaны oкpужaющeй cpeды.⟧",
            "⟦Тупспоь тпусфеойшбяу г пвмбтуй пцсбоь пгсбзб й об птопгж рсбгб й рп тпгмбтйя.⟧",
        ],
    },
    good={
        "en": [
            "The Parties to the present Agreement shall co-operate in the maintenance of international peace.",
            "DVR-GTK 4411 XPQ, HZMB, SWKTNR, QGLF, BCPS, LLC, DVD, XML, HTTP, TCP, NGO",
            "1. First.\n\n## Article 2\n\n1. First.\n\n## Article 3\n\n1. First.\n\n## Article 4\n\n1. First.",
            Example(
                "the situation as is and the way to it ........................................ 3", "en", "text/plain"
            ),
            "1. one\n1. two\n1. three\n1. four\n1. five",
            "The ТАСС agency and the newspaper Известия reported on the Treaty.",
        ],
        "fr": ["Les Parties au présent Accord se notifient les ratifications dans les trente jours."],
        "es": ["Las Partes de este Acuerdo solucionarán sus controversias por los medios de la Carta."],
        "ru": ["Договаривающиеся Стороны сотрудничают в области охраны окружающей среды по ISO 14001 и IMO."],
    },
)
def converter_fault(document: Document) -> Iterator[Finding]:
    """One finding for each kind of fault, with the blocks that it spoiled."""
    shifted: dict[str, list[tuple[Span, str]]] = {}
    mixed: list[Span] = []
    cyrillic = may_hold(document, "\u0400-\u04ff") and _CYRILLIC_LETTER.search(document.text) is not None
    for block in document.blocks:
        if block.kind not in TEXT_KINDS or len(block.prose.text) < _SHORTEST:
            continue
        text = block.prose.text[:_LOOK]
        if _is_at_home(text) and not (cyrillic and _TOUCHING.search(text)):
            continue
        text = _LEADER.sub(" ", text)
        if len(text) < _SHORTEST:
            continue
        if cyrillic and _TOUCHING.search(text) and _is_mixed(text):
            mixed.append(_shown(block))
            continue
        undone = _unshifted(text) if "://" not in text else None
        if undone is not None:
            how, reads = undone
            shifted.setdefault(how, []).append((_shown(block), reads))
    for how, found in shifted.items():
        reads = found[0][1]
        yield one_finding(
            "markup/converter-fault",
            [span for span, _ in found],
            f"The letters stand for others, {how} away: a font was converted without its table; "
            f'it reads "{_cut(reads)}"',
            confidence=0.95,
            data={"shift": how, "reads": reads},
            evidence=[Evidence("Undoing the shift gives words of a known language", found[0][0])],
        )
    if mixed:
        yield one_finding(
            "markup/converter-fault",
            mixed,
            "Most words mix Latin and Cyrillic letters that look alike; they were read in the wrong script",
            confidence=0.95,
            data={"fault": "look-alike letters"},
        )
    yield from _renumbered(document)


def _shown(block: Block) -> Span:
    return block.prose.source_span(0, len(block.prose.text))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


# ------------------------------------------------------------------------------------------------ shifted fonts


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    with (Path(__file__).parent / "function_words.toml").open("rb") as file:
        data = tomli.load(file)
    return frozenset(data["latin"]), frozenset(data["cyrillic"])


def _is_at_home(text: str) -> bool:
    first = _AT_HOME.search(text)
    return first is not None and _AT_HOME.search(text, first.end() - 1) is not None


def _unshifted(text: str) -> tuple[str, str] | None:
    """How a text is shifted and what it reads; None where it is not, or not surely.

    In a shifted text there are no articles and prepositions, and vowels are rare. Others are not looked at further:
    that is nearly all there is.
    """
    if _is_at_home(text):
        return None
    small = text.lower()
    signs = len(text) - text.count(" ")
    if sum(map(small.count, "aeiouаеиоы")) > _VOWELS_ENOUGH * signs:
        return None
    latin = len(_LATIN_LETTER.findall(text))
    if len(_ODD.findall(text)) >= 3 or (latin < signs // 2 and text.isascii() and text.count(" ") < len(text) // 20):
        return _moved(text, _small_words()[0])
    if latin > signs // 2:
        vowels = len(_VOWELS.findall(text))
        return None if vowels > _VOWELS_ENOUGH * latin else _rotated(text, _LATIN_UPPER.lower(), _small_words()[0])
    cyrillic = len(_CYRILLIC_LETTER.findall(text))
    if cyrillic > signs // 2 and len(_CYRILLIC_VOWELS.findall(text)) <= _VOWELS_ENOUGH * cyrillic:
        return _rotated(text, _CYRILLIC_LOWER, _small_words()[1])
    return None


def _known(words: list[str], small: frozenset[str]) -> float:
    """Share of the words that are small words of a language; 0 where fewer than three different ones occur."""
    found = [word for word in words if word in small]
    return len(found) / len(words) if len(set(found)) >= _DIFFERENT else 0.0


def _words(text: str) -> list[str]:
    return [word for word in _WORDS.findall(text.casefold()) if len(word) > 1 or word in "ивскоyàé"]


def _rotated(text: str, alphabet: str, small: frozenset[str]) -> tuple[str, str] | None:
    """Letters moved along the alphabet, beginning again at its end."""
    words = _words(text)
    if len(words) < max(_FEWEST_WORDS, len(_WORDS.findall(text)) // 2):
        return None  # too little, or letters set apart
    if sum(word in small for word in words) > _STRAY * len(words):
        return None
    best: tuple[float, int, str] | None = None
    for distance in range(1, len(alphabet)):
        turned = alphabet[-distance:] + alphabet[:-distance]
        reads = text.translate(str.maketrans(alphabet + alphabet.upper(), turned + turned.upper()))
        share = _known(_words(reads), small)
        if share > _KNOWN and (best is None or share > best[0]):
            best = (share, distance, reads)
    if best is None:
        return None
    _, distance, reads = best
    return (f"{distance} letter{'s' if distance > 1 else ''} of the alphabet", reads)


def _moved(text: str, small: frozenset[str]) -> tuple[str, str] | None:
    """Characters moved by a distance in the code table, as glyph numbers are (29 is the usual one).

    Only what is in the first 96 places is moved. A word that has none of them reads the same whatever the distance,
    and says nothing; nor does a line that already has as many known words as the moved one.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for distance in (29, 31, 30, 28, 32, 27):
        read: list[str] = []
        found: list[str] = []
        others = 0
        for line in lines:
            moved = "".join(chr(ord(c) + distance) if ord(c) < _MOVED and c not in "\t " else c for c in line)
            words = [word[0].casefold() for word in _WORDS.finditer(moved) if _is_moved(line, *word.span())]
            known = [word for word in words if word in small]
            if sum(word in small for word in _words(line)) >= max(len(known), 1):
                read.append(line)
                continue
            read.append(moved)
            found += known
            others += len(words) - len(known)
        if len(set(found)) >= _DIFFERENT and len(found) > _KNOWN * (len(found) + others):
            return (f"{distance} characters of the code table", "\n".join(read))
    return None


def _is_moved(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds moved characters and no letter that was not."""
    return all(ord(c) < _MOVED or c > "\x7f" for c in text[start:end]) and any(ord(c) < _MOVED for c in text[start:end])


# ------------------------------------------------------------------------------------------------ look-alikes


def _is_mixed(text: str) -> bool:
    """Whether words of two scripts at once are the rule, and giving them one script would mend them."""
    words = [word for word in _WORDS.findall(text) if len(word) > 2]
    mixed = 0
    for word in words:
        if _TOUCHING.search(word):
            latin, cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
            mixed += not _CYRILLIC_LETTER.search(latin) or not _LATIN_LETTER.search(cyrillic)
    return mixed >= _MIXED_WORDS and mixed >= _MIXED_SHARE * len(words)


# ------------------------------------------------------------------------------------------------ renumbered lists


def _renumbered(document: Document) -> Iterator[Finding]:
    """Runs of paragraphs that all begin with "1.", other paragraphs between them, up to the next heading."""
    places: list[Span] = []
    run: list[Span] = []
    apart = 0
    previous = False

    def close() -> None:
        # Where nothing stands between them, Markdown itself numbers the list.
        if len(run) >= _ONES and apart >= _ONES - 1:
            places.extend(run)

    for block in document.blocks:
        text = block.prose.text
        if block.kind == "heading":
            close()
            run, apart, previous = [], 0, False
            continue
        if text.startswith("2") and _TWO.match(text):
            run, apart, previous = [], -len(document.blocks), False
            continue
        one = _ONE.match(text) if text.startswith("1") else None
        if one is not None:
            apart += bool(run) and not previous
            run.append(block.prose.source_span(0, one.end()))
        previous = one is not None
    close()
    if places:
        yield one_finding(
            "markup/converter-fault",
            places,
            "Paragraph after paragraph is numbered 1: the converter began the list anew each time",
            confidence=0.8,
            data={"fault": "list renumbered"},
        )
