"""Labels: the words that name divisions ("Article", "Приложение", "第…条"), and headings read from them.

The words are data (``data/labels.toml``). A word is looked up, never searched: its case and accents are
taken away, and if that finds nothing, the letters and figures that scanners confuse (1 l I, 0 O, letters
alike in Latin, Cyrillic and Greek) are taken for one another, so that ``ARTlCLE``, ``Artic1e`` and
``Artículо`` with a Cyrillic о are still labels, and known as damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomli

from auditor.analysis.numerals import (
    SUFFIX_WORDS,
    Numeral,
    fold,
    may_be_numeral,
    read_counted,
    read_decimal,
    read_numerals,
)

LabelPosition = Literal["before", "after", "either", "around"]


class Label(msgspec.Struct, frozen=True, gc=False):
    """A word that names a kind of division.

    kind       "article", "chapter", "annex" … (see the data)
    languages  the languages in which the word means that
    heading    it is a form that stands in headings (else a plural or a case that only references use)
    position   where the number stands: ``before`` means that the label comes before it
    """

    kind: str
    languages: tuple[str, ...]
    heading: bool
    position: LabelPosition


class LabelMatch(msgspec.Struct, frozen=True, gc=False):
    """A label found in a text: its end (a full stop of abbreviation included), and whether it had to be
    repaired."""

    label: Label
    end: int
    damaged: bool


class HeadingNumber(msgspec.Struct, frozen=True, gc=False):
    """A label with its number, as headings and references write them.

    kind          kind of division
    readings      readings of the number, the likeliest first; empty for a label alone ("Annex")
    range_to      last number where several are named at once ("Articles 5 to 8"), else None
    label_text    the label as in the text; for 第…条 the character behind the number
    end           offset after label, number and closing marks (``. : – — .-``)
    damaged       label or number read with a repair
    label_before  the label stands before its number
    label         the label as the data has it; None for a bare number
    """

    kind: str
    readings: tuple[Numeral, ...]
    range_to: int | None
    label_text: str
    end: int
    damaged: bool
    label_before: bool
    label: Label | None


# ------------------------------------------------------------------------------------------------ the data


@cache
def label_data() -> dict[str, Any]:
    """``data/labels.toml`` as it is, read once: a table by language, and the list ``small_words``."""
    with (Path(__file__).parent / "data" / "labels.toml").open("rb") as file:
        return tomli.load(file)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return {language: table for language, table in label_data().items() if isinstance(table, dict)}


def _position(table: dict[str, Any], kind: str) -> LabelPosition:
    for position in ("before", "after", "either"):
        if kind in table.get(position, ()):
            return position
    return table.get("position", "before")  # type: ignore[no-any-return]


class _Lexicon(msgspec.Struct, frozen=True):
    """Labels by folded word; abbreviations, which need their stop; labels by confusable form; the first
    words of labels of several words; and words that are small words elsewhere."""

    exact: dict[str, tuple[Label, ...]]
    abbreviations: dict[str, tuple[Label, ...]]
    confusable: dict[str, tuple[Label, ...]]
    phrases: dict[str, int]
    small_words: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    words: dict[str, _Senses] = {}
    abbreviations: dict[str, _Senses] = {}
    phrases: dict[str, int] = {}
    for language, table in _tables().items():
        for heading, part in ((True, "heading"), (False, "reference")):
            for kind, forms in table.get(part, {}).items():
                for form in forms:
                    key = fold(form.rstrip("."))
                    entries = (abbreviations if form.endswith(".") else words).setdefault(key, {})
                    languages = entries.setdefault((kind, heading, _position(table, kind)), [])
                    if language not in languages:
                        languages.append(language)
                    first, *more = key.split(" ")
                    if more:
                        phrases[first] = max(phrases.get(first, 0), 1 + len(more))
    exact = {key: _labels(senses) for key, senses in words.items()}
    confusable: dict[str, tuple[Label, ...]] = {}
    for key, labels in exact.items():
        if len(key) >= _SHORTEST_DAMAGED:
            confusable.setdefault(_confusable(key), labels)
    return _Lexicon(
        exact,
        {key: _labels(senses) for key, senses in abbreviations.items()},
        confusable,
        phrases,
        frozenset(fold(word) for word in label_data()["small_words"]),
    )


#: Languages by kind, heading form and position.
_Senses = dict[tuple[str, bool, LabelPosition], list[str]]


def _labels(senses: _Senses) -> tuple[Label, ...]:
    """The senses of one word, the commonest first."""
    labels = [
        Label(kind, tuple(languages), heading, position) for (kind, heading, position), languages in senses.items()
    ]
    labels.sort(key=lambda label: (not label.heading, -len(label.languages)))
    return tuple(labels)


#: A damaged word must have some length: of short words too many are other words ("dei", "del").
_SHORTEST_DAMAGED = 5

_CONFUSABLE = str.maketrans(
    {"1": "l", "i": "l", "|": "l", "!": "l", "ı": "l", "0": "o", "5": "s", "8": "b", "6": "b",
     # Cyrillic and Greek letters that look Latin
     "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "l", "ј": "j", "к": "k",
     "в": "b", "м": "m", "н": "h", "т": "t", "ѕ": "s", "α": "a", "ο": "o", "ρ": "p", "ι": "l", "ν": "v",
     "τ": "t", "κ": "k", "ε": "e", "υ": "y", "χ": "x", "μ": "m", "η": "h", "β": "b"}
)  # fmt: skip


def _confusable(folded: str) -> str:
    return folded.translate(_CONFUSABLE)


# ------------------------------------------------------------------------------------------------ one word

# Bounded, so that a line without blanks costs no more than a word.
_WORD = re.compile(r"[^\W_]{1,30}(?:-[^\W\d_]{1,20})?|§§?|¶¶?")
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){2,24}(?![^\W_])")
_BLANKS = " \t\u00a0\u2002\u2003\u2009\u202f\u3000"


class _Word(msgspec.Struct, frozen=True, gc=False):
    """What a word is as a label: its senses as it is, those it has with a full stop behind it, whether it
    had to be repaired, and whether it is a small word of another language."""

    senses: tuple[Label, ...] = ()
    abbreviates: tuple[Label, ...] = ()
    damaged: bool = False
    small: bool = False


_NO_LABEL = _Word()
#: Words of every kind repeat, so the answer is remembered.
_remembered: dict[str, _Word] = {}
#: Words that are no label whatever follows them.
_no_labels: set[str] = set()
#: Of these, words that are no numeral either.
_no_headings: set[str] = set()


def _look_up(word: str) -> _Word:
    try:
        return _remembered[word]
    except KeyError:
        pass
    if len(_remembered) > 100_000:
        _remembered.clear()
    found = _NO_LABEL
    if len(word) <= 24:
        lexicon = _lexicon()
        folded = fold(word)
        senses = lexicon.exact.get(folded, ())
        abbreviates = lexicon.abbreviations.get(folded, ())
        if senses or abbreviates:
            found = _Word(senses, abbreviates or senses, False, folded in lexicon.small_words)
        elif len(folded) >= _SHORTEST_DAMAGED and (alike := lexicon.confusable.get(_confusable(folded))):
            found = _Word(alike, alike, True)
    _remembered[word] = found
    return found


def _choose(senses: tuple[Label, ...], language: str) -> Label:
    if language:
        for label in senses:
            if language in label.languages:
                return label
    return senses[0]


def _senses_at(text: str, start: int, language: str = "") -> tuple[tuple[Label, ...], int, bool]:
    word = _WORD.match(text, start)
    if word is None or (written := word.group()) in _no_labels:
        return (), start, False
    end = word.end()
    if len(written) == 1 and text[end : end + 1] == " " and (spaced := _SPACED.match(text, start)):
        return _spaced_senses(text, start, spaced.end())
    if written[-1].isdecimal() and len(bare := written.rstrip("0123456789")) >= 3:
        # A number fused to its label: "Article5".
        known = _look_up(bare)
        if known.senses:
            return known.senses, start + len(bare), known.damaged
    longer = _phrase(text, start, written)
    if longer is not None:
        return longer
    known = _look_up(written)
    if known is not _NO_LABEL:
        if text[end : end + 1] == ".":
            return known.abbreviates, end + 1, known.damaged
        if known.small and not language and not written.isupper() and not _CAPITAL_NUMBER.match(text, start):
            return (), start, False
        return known.senses, end, known.damaged
    if "-" in written:
        known = _look_up(head := written.split("-")[0])
        if known.senses:
            return known.senses, start + len(head), known.damaged
    if "\u4e00" <= written[0] <= "\u9fff":
        return _han_senses(start, written)
    if len(written) > 1 and fold(written) not in _lexicon().phrases:
        if len(_no_labels) > 100_000:
            _no_labels.clear()
        _no_labels.add(written)
    return (), start, False


#: A capitalised word before a Roman figure: "Del II".
_CAPITAL_NUMBER = re.compile(r"[^\W\d_a-z][^\W\d_]*[ \u00a0][IVX]+(?![^\W_])")


def _phrase(text: str, start: int, first: str) -> tuple[tuple[Label, ...], int, bool] | None:
    """A label of two words ("Pièce jointe")."""
    lexicon = _lexicon()
    if not lexicon.phrases.get(fold(first)):
        return None
    second = _SECOND_WORD.match(text, start + len(first))
    if second is None:
        return None
    senses = lexicon.exact.get(fold(f"{first} {second.group(1)}"))
    return (senses, second.end(), False) if senses else None


_SECOND_WORD = re.compile(r"[ \u00a0]([^\W\d_]+)")


def _han_senses(start: int, written: str) -> tuple[tuple[Label, ...], int, bool]:
    """Chinese has no blanks: the longest label that the characters begin with."""
    for size in (3, 2, 1):
        senses = _lexicon().exact.get(written[:size]) if len(written) >= size else None
        if senses:
            return senses, start + size, False
    return (), start, False


def _spaced_senses(text: str, start: int, end: int) -> tuple[tuple[Label, ...], int, bool]:
    """A label in spaced letters: "A R T I C L E   I V"."""
    letters = text[start:end].replace(" ", "")
    for size in range(min(len(letters), 20), 3, -1):
        known = _look_up(letters[:size])
        if known.senses:
            return known.senses, start + 2 * size - 1, True
    return (), start, False


def label_at(text: str, start: int = 0, language: str = "") -> LabelMatch | None:
    """The label that begins at ``start``, in any language; None where no label begins there.

    Where a word means two things ("Punkt", "член"), ``language`` decides; without it, the commonest sense is
    given.
    """
    senses, end, damaged = _senses_at(text, start, language)
    if not senses:
        return None
    return LabelMatch(_choose(senses, language), end, damaged)


def heading_label(kind: str, language: str) -> str:
    """The word to write for a kind of division in a language ("Article", "Статья"); for Chinese, the
    character behind the number (条), which is written 第…条.

    Raises KeyError where the data has none.
    """
    words = _tables()[language]["heading"][kind]
    return str(words[0])


def label_kinds(language: str) -> tuple[str, ...]:
    """The kinds of division that the data names in a language; empty for an unknown one."""
    return tuple(_tables().get(language, {}).get("heading", ()))


def write_heading(kind: str, number: str, language: str) -> str:
    """Label and number together, in the order of the language: "Article 5", "5. cikk", "第五条".

    Raises KeyError where the data has no word for the kind.
    """
    word = heading_label(kind, language)
    position = _position(_tables()[language], kind)
    if position == "around":
        return f"第{number}{word}"
    if position == "after":
        word = word.lower()
        return f"{number}. {word}" if language in _NUMBER_WITH_STOP else f"{number} {word}"
    return f"{word} {number}"


#: Languages that write an ordinal figure with a full stop before the label.
_NUMBER_WITH_STOP = frozenset({"hu", "lv", "sl", "et", "is"})

# ------------------------------------------------------------------------------------------------ headings

_CLOSE = re.compile(r"[ \t\u00a0]*(?:\.[ ]?[-–—]+|[.:：．、]|[–—](?=\s|[^\W\d_])|-(?=\s|$))?")
_RANGE = re.compile(
    r"[ \u00a0]*(?:[-–—‑]|(?:to|through|à|au|a|al|bis|по|до|tot en met|tot|do|até|till|til|至|إلى)"
    r"(?=[ \u00a0]))[ \u00a0]*"
)
_PAIR = re.compile(r"[ \u00a0]*(?:&|(?:and|et|y|e|und|и|en|og|och|та|и|和|و)(?=[ \u00a0\d]))[ \u00a0]*")
_ALONE = frozenset({"annex", "appendix", "schedule", "addendum"})
_ORDINAL_CLOSE = re.compile(r"[.ºª°]?[ \t\u00a0\u202f]*")


def read_heading(text: str, start: int = 0, language: str = "") -> HeadingNumber | None:
    """The label and number that begin at ``start``; None where there are none.

    Reads "Article 5", "ARTICLE l4", "Art. 1er", "第十二条", "5. cikk", "§ 12", "Erster Abschnitt",
    "Articles 5 to 8"; and a label alone where divisions are often single ("Annex"). Whether it is a heading or
    a reference is for the caller to know: "Article 5 of the Charter" reads too.
    """
    if start >= len(text):
        return None
    word = _WORD.match(text, start)
    if word is None or word.group() in _no_headings:
        return None
    first = text[start]
    if first.isdecimal() or first == "第":
        return None if _heads_nothing(text, start) else _number_first(text, start, language)
    if text.startswith(")", start + 1) and first.isascii() and not _look_up(first).senses:
        return None  # "a)" counts points
    senses, end, damaged = _senses_at(text, start, language)
    if not senses:
        if word.group() in _no_labels and not may_be_numeral(text, start):
            if len(_no_headings) > 100_000:
                _no_headings.clear()
            _no_headings.add(word.group())
            return None
    else:
        found = _label_first(text, start, senses, end, damaged, language)
        if found is not None:
            return found
    return _number_first(text, start, language)


_FIGURE_BEFORE_WORD = re.compile(r"[0-9]{1,9}[.)]?[ \t\u00a0]+(?=[^\W\d_]{2})")


def _heads_nothing(text: str, start: int) -> bool:
    """Whether a word that is no label follows the figures at ``start``, as in most numbered paragraphs."""
    figures = _FIGURE_BEFORE_WORD.match(text, start)
    word = _WORD.match(text, figures.end()) if figures is not None else None
    return word is not None and word.group() in _no_labels and word.group().casefold() not in SUFFIX_WORDS


def _skip_blanks(text: str, at: int) -> int:
    size = len(text)
    while at < size and text[at] in _BLANKS:
        at += 1
    return at


def _label_first(
    text: str, start: int, senses: tuple[Label, ...], end: int, damaged: bool, language: str
) -> HeadingNumber | None:
    before = tuple(label for label in senses if label.position in ("before", "either"))
    if not before:
        return None
    label = _choose(before, language)
    label_text = text[start:end]
    at = _skip_blanks(text, end)
    if at < len(text) and text[at] in '([«"“' and text[at + 1 : at + 2].isalnum() and label.kind in _BRACKETED:
        at += 1
    if "ro" in label.languages and (article := _ROMANIAN_ARTICLE.match(text, at)):
        at = article.end()
    elif "fr" in label.languages and (code := _FRENCH_CODE.match(text, at)):
        at = code.end()
    readings = _numbers(text, at, damaged)
    short = len(label_text.rstrip(".")) < 3 and label_text[0].upper() != label_text[0].lower()
    if short and readings and readings[0].style not in _FIGURE_STYLES:
        return None  # "c. eine", "p. a"
    if not readings:
        if label.kind in _ALONE and label.heading and not label_text[0].islower():
            close = _CLOSE.match(text, end)
            stop = close.end() if close is not None else end
            return HeadingNumber(label.kind, (), None, label_text, stop, damaged, True, label)
        return None
    close_at = readings[0].end
    range_to = None
    upto = _RANGE.match(text, close_at)
    if upto is None and not label.heading:
        upto = _PAIR.match(text, close_at)
    if upto is not None and upto.end() > close_at:
        last = [n for n in read_numerals(text, upto.end()) if n.style == readings[0].style and not n.suffix]
        if last and last[0].value > readings[0].value and not _goes_on(text, last[0].end):
            range_to = last[0].value
            close_at = last[0].end
    closing = _CLOSE.match(text, close_at)
    stop = closing.end() if closing is not None and closing.group().strip(_BLANKS) else close_at
    return HeadingNumber(label.kind, readings, range_to, label_text, stop, damaged or readings[0].damaged, True, label)


#: "Article L. 234-59" of a French code: the letter says who made the rule.
_FRENCH_CODE = re.compile(r"[LRDA]\.?[ \u00a0*]?(?=\d{1,4}-\d)")
#: "Secțiunea a 2-a", "Capitolul al II-lea".
_ROMANIAN_ARTICLE = re.compile(r"al?[ \u00a0](?=[\dIVX]+-)")

#: Kinds whose letter or number may stand in brackets ("paragraph (2)", "point (a)").
_BRACKETED = frozenset({"paragraph", "subparagraph", "point", "item", "clause", "subsection", "sentence"})


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and text[at].isalnum()


def _numbers(text: str, at: int, damaged_label: bool) -> tuple[Numeral, ...]:
    """Readings of the number behind a label, as far as they can be meant there."""
    readings = read_counted(text, at)
    if readings and readings[0].style == "arabic" and (decimal := read_decimal(text, at)):
        # "Rule 12.3", "Section 4.1.2": the further levels are a suffix.
        parts, end = decimal
        return (Numeral(parts[0], "arabic", "".join(f".{part}" for part in parts[1:]), False, end),)
    if not readings or readings[0].style in _FIGURE_STYLES:
        return readings
    size = len(text)
    kept = []
    for reading in readings:
        end = reading.end
        # A letter or small word behind a label is its number only where it ends there: not "Part I think",
        # "Rules a".
        if end < size and text[end] in _BLANKS and end - at == 1 and text[at].islower():
            following = text[_skip_blanks(text, end) :][:1]
            if following.islower():
                continue
        if damaged_label and reading.style == "spelled":
            continue
        kept.append(reading)
    return tuple(kept)


_FIGURE_STYLES = frozenset({"arabic", "arabic-indic", "fullwidth", "circled"})


def _number_first(text: str, start: int, language: str) -> HeadingNumber | None:
    """ "5. cikk", "第十二条", "Erster Abschnitt", "First Schedule", "12 §"."""
    around = text[start] == "第"
    readings: Iterable[Numeral] = read_numerals(text, start)
    for number in readings:
        if number.damaged and number.style != "arabic":
            continue
        spelled = number.style == "spelled"
        at = number.end
        if not around:
            gap = _ORDINAL_CLOSE.match(text, at)
            at = gap.end() if gap is not None else at
            if at == number.end:
                continue
        else:
            at = _skip_blanks(text, at)
        senses, end, damaged = _senses_at(text, at, language)
        fitting = tuple(
            label
            for label in senses
            if (label.position == "around") == around and (label.position != "before" or spelled)
        )
        if not fitting or (not around and damaged and spelled):
            continue
        label = _choose(fitting, language)
        if not label.heading:
            continue
        if not around and not _ends_heading(text, end):
            continue
        if not around and _FIGURE_BEHIND.match(text, end):
            continue  # "3 Artikel 829": an enumerator, and a label with its own number
        closing = _CLOSE.match(text, end)
        stop = closing.end() if closing is not None and closing.group().strip(_BLANKS) else end
        if around and number.style == "han" and (part := _HAN_PART.match(text, end)):
            # 第十二条之一: the suffix stands behind the label.
            suffixed = read_numerals("一" + part.group())
            kept = tuple(
                msgspec.structs.replace(number, suffix=reading.suffix, end=part.end())
                for reading in suffixed
                if reading.suffix
            )
            if kept:
                return HeadingNumber(label.kind, kept, None, text[at:end], part.end(), False, False, label)
        alike = tuple(n for n in readings if n.end == number.end)
        return HeadingNumber(label.kind, alike, None, text[at:end], stop, damaged or number.damaged, False, label)
    return None


_FIGURE_BEHIND = re.compile(r"[ \u00a0]*\(?\d")
_HAN_PART = re.compile("之[一二三四五六七八九十]{1,3}")


def _ends_heading(text: str, at: int) -> bool:
    """Whether what follows a label behind its number lets it be a heading: an end, a mark, or a title's
    capital."""
    following = _skip_blanks(text, at)
    if following >= len(text):
        return True
    after = text[following]
    return after in "\n\r.:–—-(,;*" or after.isupper() or not after.isalpha() or not (after.islower())
