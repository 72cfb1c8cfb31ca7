"""The words of references: labels, and what stands around them, as one lookup and a few patterns.

Read from ``data/labels.toml`` and ``data/mentions_references.toml`` on first use, for all languages at once: a text
often cites in another language than its own, and a lookup costs the same whatever its size.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from auditor.analysis.labels import label_data

_DATA = Path(__file__).parent.parent / "data"

#: Kinds of division from the widest to the narrowest; a reference's path goes from left to right.
RANKS = MappingProxyType(
    {
        kind: rank
        for rank, kinds in enumerate(
            (
                ("protocol", "annex", "schedule", "addendum"),
                ("appendix",),
                ("book", "volume"),
                ("part",),
                ("title", "division", "subdivision"),
                ("chapter", "subchapter"),
                ("section",),
                ("subsection",),
                ("article", "rule", "regulation", "clause", "principle", "guideline", "recital"),
                ("table", "figure", "box", "form", "map", "footnote"),
                ("paragraph",),
                ("subparagraph",),
                ("sentence",),
                ("point", "item"),
                ("indent",),
            )
        )
        for kind in kinds
    }
)


class ReferenceWords(msgspec.Struct, frozen=True):
    """The words of all languages, as one lookup and a few patterns."""

    labels: dict[str, str]
    endings: frozenset[str]
    han: dict[str, str]
    within: re.Pattern[str]
    next_item: re.Pattern[str]
    list_joint: re.Pattern[str]
    range_joint: re.Pattern[str]
    internal_after: re.Pattern[str]
    external_after: re.Pattern[str]
    tail: re.Pattern[str]
    counted: re.Pattern[str]
    genitive_after: re.Pattern[str]
    genitives: frozenset[str]
    external_before: re.Pattern[str]
    instrument_after: re.Pattern[str]
    instrument_word: re.Pattern[str]
    han_instruments: re.Pattern[str]
    han_own: re.Pattern[str]
    amending: re.Pattern[str]


def _any(words: set[str]) -> str:
    return "|".join(sorted((re.escape(w).replace(r"\ ", r"[ \xa0\n]+") for w in words), key=lambda w: (-len(w), w)))


@cache
def data_of_references() -> dict[str, dict[str, list[str]]]:
    """``data/mentions_references.toml``."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        (_DATA / "mentions_references.toml").read_text(encoding="utf-8")
    )
    return data


def _nouns(language: str, forms: list[str]) -> str:
    """A pattern for the nouns of a language. English writes the texts it means with a capital; German and Dutch
    compound ("Bundesgesetz"); Slavonic and Arabic nouns are given by their stems."""
    words = _any(set(forms))
    if language == "en":
        capitals = _any({form[0].upper() + form[1:] for form in forms})
        return rf"(?:{capitals})s?(?!\w)"
    if language in ("de", "nl"):
        return rf"\w{{0,30}}?(?i:{words})(?:e?s|en?)?(?!\w)"
    if language == "zh":
        return rf"[\u4e00-\u9fff]{{0,12}}(?:{words})"
    if language in ("ru", "pl", "ar"):
        return rf"(?i:{words})"
    return rf"(?i:{words})e?s?(?!\w)"


def _ends(words: set[str]) -> str:
    """As `_any`, each form a whole word unless it ends in ``*``; scripts without spaces have no word ends."""
    whole = {w for w in words if not w.endswith("*") and not "\u4e00" <= w[0] <= "\u9fff"}
    begun = {w.rstrip("*") for w in words - whole}
    return rf"(?:{_any(whole)})(?!\w)|(?:{_any(begun)})"


def _labels() -> tuple[dict[str, str], dict[str, str]]:
    """Label words, case-folded, and the kinds that most languages give them."""
    data = label_data()
    votes: dict[str, dict[str, float]] = {}
    han: dict[str, str] = {}
    preferred = ("en", "fr", "es", "ru", "ar", "de", "it", "pt", "nl", "pl")
    for language, tables in data.items():
        if not isinstance(tables, dict):
            continue
        for name in ("heading", "reference"):
            for kind, forms in tables.get(name, {}).items():
                for form in forms:
                    word = form.casefold()  # with its stop, where it needs one
                    if language == "zh":
                        han[form] = kind
                    elif " " not in word and kind in RANKS and not (len(word.rstrip(".")) == 1 and word[0].isascii()):
                        weight = 10.0 - preferred.index(language) * 0.1 if language in preferred else 1.0
                        kinds = votes.setdefault(word, {})
                        kinds[kind] = kinds.get(kind, 0.0) + weight
    labels = {word: max(kinds, key=lambda kind: kinds[kind]) for word, kinds in votes.items()}
    labels["§"] = labels["§§"] = "article"
    for word in data_of_references()["not_labels"]["words"]:
        labels.pop(word, None)
    return labels, han


@cache
def reference_words() -> ReferenceWords:
    """Label words and the words around references, read on first use."""
    data = {language: table for language, table in data_of_references().items() if len(language) == 2}
    words: dict[str, set[str]] = {}
    for table in data.values():
        for name, forms in table.items():
            words.setdefault(name, set()).update(forms)
    labels, han = _labels()
    listed = _any(words["list"])
    ranged = _any(words["range"])
    space = r"[ \xa0\n\u202f]"
    # No word boundary where the form ends in an apostrophe, or in a script without spaces.
    within = "|".join(w if w.endswith(("'", "’", "的")) else rf"{w}(?!\w)" for w in _any(words["within"]).split("|"))
    nouns = "|".join(_nouns(language, table["instruments"]) for language, table in data.items())
    compounds = _any({noun for language in ("de", "nl") for noun in data[language]["instruments"]})
    han_nouns = _any({noun for noun in data["zh"]["instruments"] if len(noun) > 1})
    return ReferenceWords(
        labels=labels,
        # the last two characters of every label, for a quick look; a sign may stand behind anything
        endings=frozenset(ending for label in labels for ending in (label[-2:], f"{label[-1]}.", f"{label}."[-2:]))
        | {f"{before}{sign}" for sign in "§¶" for before in " (\n\xa0\x00§¶,;["},
        han=han,
        within=re.compile(rf",?{space}*(?:(?:{within}){space}*)?(?:the{space})?", re.IGNORECASE),
        next_item=re.compile(
            rf"(?:,{space}?|,?{space}(?:{listed}){space}|/|{space}?、{space}?)(?=\(?\w)", re.IGNORECASE
        ),
        list_joint=re.compile(
            rf"[,;]?{space}*(?:(?:{listed}){space}*)?(?:the{space}|les{space}|l['’]|los{space}|las{space}|el{space}|la{space}"
            rf"|le{space}|de{space}|du{space}|des{space}|of{space}|in{space}|en{space}|dans{space}|в{space}|nel{space}|em{space}|den{space}|der{space}|von{space})*",
            re.IGNORECASE,
        ),
        range_joint=re.compile(
            rf"{space}?[-–—]{space}?(?=\(?\w)|{space}(?:{ranged}){space}(?=\(?[\dIVXLC])", re.IGNORECASE
        ),
        internal_after=re.compile(rf",?{space}*(?:{_ends(words['internal'])})", re.IGNORECASE),
        external_after=re.compile(rf",?{space}*(?:{_ends(words['external'])})", re.IGNORECASE),
        # "Article 36 letter f ICA", "Artikel 68 [45] AHVG": what may stand before the other text's name
        tail=re.compile(
            rf"(?:{space}+(?:Buchstaben?|Bst\.|lit\.?|lettre|let\.|letter|letra|literal|lett\.|litera){space}+[a-z]{{1,2}}(?!\w)\)?"
            rf"|{space}[a-z](?={space}(?:[A-ZÄÖÜ]|des{space}|der{space}))|(?:{space}(?:{listed}))?{space}+\d{{1,4}}(?![\w.]))+"
        ),
        counted=re.compile(rf"{space}?(?:{_ends(set(data_of_references()['counted']['words']))})"),
        genitive_after=re.compile(rf",?{space}*(?:{within}){space}*", re.IGNORECASE),
        genitives=frozenset(data_of_references()["genitives"]["words"]),
        external_before=re.compile(rf"(?<!\w)(?:{_any(words['external_before'])})\w{{0,3}}{space}+$", re.IGNORECASE),
        instrument_after=re.compile(rf"[,(«“\"„]*{space}*[«“\"„]?(?i:{nouns})"),
        # of a single word: compounds by their end, Chinese runs by what they hold
        instrument_word=re.compile(rf"(?:{nouns})|.*(?i:{compounds})(?:e?s|en?)?$"),
        han_instruments=re.compile(han_nouns),
        han_own=re.compile(rf"本(?:{han_nouns}|法)$"),
        amending=re.compile(rf"(?<!\w)(?:{_any(words['amending'])})", re.IGNORECASE),
    )


@lru_cache(maxsize=20_000)
def is_instrument(word: str) -> bool:
    """Whether a word names a kind of text that has articles; see `_nouns` for how languages differ."""
    return reference_words().instrument_word.match(word) is not None
