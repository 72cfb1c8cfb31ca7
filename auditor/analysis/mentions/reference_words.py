"""The words of references: labels, and what stands around them, as one lookup and a few patterns.

Read from ``data/labels.toml`` and ``data/mentions_references.toml`` on first use, for all languages at once: a text
often cites in another language than its own, and a lookup costs the same whatever its size.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

import tomli

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


_S = r"[ \xa0\n\u202f]"


class ReferenceWords:
    """The words of all languages, as one lookup and a few patterns; each pattern is compiled when it is first needed.

    labels    label words, case-folded, with the kind of division that each names
    han       the same for the characters behind a Chinese number
    endings   the last two characters of every label, for a quick look; a sign may stand behind anything
    genitives what may stand between a reference and the text that it points into, and says nothing by itself
    """

    def __init__(self) -> None:
        self._data = {language: table for language, table in data_of_references().items() if len(language) == 2}
        self._words: dict[str, set[str]] = {}
        for table in self._data.values():
            for name, forms in table.items():
                self._words.setdefault(name, set()).update(forms)
        self.labels, self.han = _labels()
        self.endings = frozenset(
            ending for label in self.labels for ending in (label[-2:], f"{label[-1]}.", f"{label}."[-2:])
        ) | {f"{before}{sign}" for sign in "§¶" for before in " (\n\xa0\x00§¶,;["}
        self.genitives = frozenset(data_of_references()["genitives"]["words"])

    @cached_property
    def _within(self) -> str:
        # No word boundary where the form ends in an apostrophe, or in a script without spaces.
        words = _any(self._words["within"]).split("|")
        return "|".join(w if w.endswith(("'", "’", "的")) else rf"{w}(?!\w)" for w in words)

    @cached_property
    def _listed(self) -> str:
        return _any(self._words["list"])

    @cached_property
    def within(self) -> re.Pattern[str]:
        """What joins a narrower reference to the wider one behind it: "of the"."""
        return re.compile(rf",?{_S}*(?:(?:{self._within}){_S}*)?(?:the{_S})?", re.IGNORECASE)

    @cached_property
    def next_item(self) -> re.Pattern[str]:
        """What stands before the next number of a list."""
        return re.compile(rf"(?:,{_S}?|,?{_S}(?:{self._listed}){_S}|/|{_S}?、{_S}?)(?=\(?\w)", re.IGNORECASE)

    @cached_property
    def list_joint(self) -> re.Pattern[str]:
        """What stands between two references that are listed together."""
        return re.compile(
            rf"[,;]?{_S}*(?:(?:{self._listed}){_S}*)?(?:the{_S}|les{_S}|l['’]|los{_S}|las{_S}|el{_S}|la{_S}"
            rf"|le{_S}|de{_S}|du{_S}|des{_S}|of{_S}|in{_S}|en{_S}|dans{_S}|в{_S}|nel{_S}|em{_S}|den{_S}|der{_S}|von{_S})*",
            re.IGNORECASE,
        )

    @cached_property
    def range_joint(self) -> re.Pattern[str]:
        """What stands between the two ends of a range."""
        ranged = _any(self._words["range"])
        return re.compile(
            rf"{_S}?[-–—]{_S}?(?=\(?\w)|{_S}(?:{ranged}){_S}(?=\(?[\dIVXLC])",
            re.IGNORECASE,
        )

    @cached_property
    def internal_after(self) -> re.Pattern[str]:
        """What says behind a reference that it points into this text: "of this Agreement"."""
        return re.compile(rf",?{_S}*(?:{_ends(self._words['internal'])})", re.IGNORECASE)

    @cached_property
    def external_after(self) -> re.Pattern[str]:
        """What says that it points into another one."""
        return re.compile(rf",?{_S}*(?:{_ends(self._words['external'])})", re.IGNORECASE)

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """What may stand before the other text's name: "Article 36 letter f ICA", "Artikel 68 [45] AHVG"."""
        return re.compile(
            rf"(?:{_S}+(?:Buchstaben?|Bst\.|lit\.?|lettre|let\.|letter|letra|literal|lett\.|litera){_S}+[a-z]{{1,2}}(?!\w)\)?"
            rf"|{_S}[a-z](?={_S}(?:[A-ZÄÖÜ]|des{_S}|der{_S}))|(?:{_S}(?:{self._listed}))?{_S}+\d{{1,4}}(?![\w.]))+"
        )

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """What is counted by the number before it: "article 5 times"."""
        return re.compile(rf"{_S}?(?:{_ends(set(data_of_references()['counted']['words']))})")

    @cached_property
    def genitive_after(self) -> re.Pattern[str]:
        """What leads from a reference to the text that it points into."""
        return re.compile(rf",?{_S}*(?:{self._within}){_S}*", re.IGNORECASE)

    @cached_property
    def external_before(self) -> re.Pattern[str]:
        """What says before a reference that it points into another text."""
        return re.compile(
            rf"(?<!\w)(?:{_any(self._words['external_before'])})\w{{0,3}}{_S}+$",
            re.IGNORECASE,
        )

    @cached_property
    def _han_nouns(self) -> str:
        return _any({noun for noun in self._data["zh"]["instruments"] if len(noun) > 1})

    @cached_property
    def han_instruments(self) -> re.Pattern[str]:
        """Chinese words for kinds of text."""
        return re.compile(self._han_nouns)

    @cached_property
    def han_own(self) -> re.Pattern[str]:
        """The same, where they mean the text itself."""
        return re.compile(rf"本(?:{self._han_nouns}|法)$")

    def amends(self, text: str) -> bool:
        """Whether words of a text that amends another one stand in a text."""
        lowered = text.lower()
        ascii_only = lowered.isascii()
        return any(
            word in lowered and self._amending.search(text) is not None
            for word in self._amending_begins
            if not ascii_only or word.isascii()
        )

    @cached_property
    def _amending_begins(self) -> tuple[str, ...]:
        """What one of the words must begin with."""
        return tuple(sorted({word.split()[0].lower() for word in self._words["amending"]}))

    @cached_property
    def _amending(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any(self._words['amending'])})", re.IGNORECASE)


def _any(words: set[str]) -> str:
    return "|".join(sorted((re.escape(w).replace(r"\ ", r"[ \xa0\n]+") for w in words), key=lambda w: (-len(w), w)))


@cache
def data_of_references() -> dict[str, dict[str, list[str]]]:
    """``data/mentions_references.toml``."""
    data: dict[str, dict[str, list[str]]] = tomli.loads(
        (_DATA / "mentions_references.toml").read_text(encoding="utf-8")
    )
    return data


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
    return ReferenceWords()
