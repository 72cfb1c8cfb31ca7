"""Numerals: what number, in which system, stands at a place of a text.

A numeral is often ambiguous by itself ("i" is one in Roman figures and the ninth letter; "l" is the twelfth
letter or a one that a scanner misread). Readings are therefore given all at once, the likeliest first; the
series in which the numeral stands decides between them.

Systems: Arabic figures (European, Arabic-Indic, Persian, full-width, circled), Roman figures, letters of the
Latin, Cyrillic, Greek, Arabic and Hebrew alphabets, Chinese figures and stems, and words ("first", "Único",
"第十二").

Alphabets that legal drafting uses in more than one form have a style each, so that a series never mixes them:

- ``latin-*`` is a to z; ``spanish-*`` has ñ after n
- ``cyrillic-*`` leaves out ё й ъ ы ь (Russian drafting); ``cyrillic-full-*`` keeps й (Bulgarian, much
  Russian); ``ukrainian-*`` is the Ukrainian alphabet without ь
- ``greek-*`` are the Greek figures (στ = 6, ι = 10, ια = 11); ``greek-alphabet-*`` the alphabet (ζ = 6)
- ``abjad`` is the order أ ب ج د هـ و ز ح ط ي ك …; ``hijai`` the order of dictionaries أ ب ت ث ج …

After the last letter an alphabet goes on with aa, bb, cc … or aa, ab, ac …; both are read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import tomli


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """One reading of a numeral.

    value    ordinal value, from 1 (a = 1, iv = 4, 第十二 = 12); 0 is possible for figures
    style    the system: see the module; ``arabic``, ``roman-upper``, ``latin-lower``, ``han``, ``spelled`` …
    suffix   "" or what makes it a number between two numbers: "bis", "ter" (in lower case, also for бис and
    مكرر),
             "A", "a", "1" (as written)
    damaged  an OCR confusion was repaired (l for 1, O for 0, П for II)
    end      offset in the given text after the numeral, its suffix and its ordinal mark ("1er", "5.º")
    """

    value: int
    style: str
    suffix: str
    damaged: bool
    end: int


#: A reading of a token: value, style, suffix, damaged.
_Reading = tuple[int, str, str, bool]

# ------------------------------------------------------------------------------------------------ alphabets

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SPANISH = "abcdefghijklmnñopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_CYRILLIC_FULL = "абвгдежзийклмнопрстуфхцчшщэюя"
_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_HEBREW = {
    letter: value
    for letters, unit in (("אבגדהוזחט", 1), ("יכלמנסעפצ", 10), ("קרשת", 100))
    for value, letter in zip(range(unit, 10 * unit, unit), letters, strict=False)
}

#: Letter order by style, in lower case; the upper-case styles use the same order.
_ALPHABETS: dict[str, str] = {
    "latin": _LATIN,
    "spanish": _SPANISH,
    "cyrillic": _CYRILLIC,
    "cyrillic-full": _CYRILLIC_FULL,
    "ukrainian": _UKRAINIAN,
    "greek-alphabet": _GREEK,
}

# Greek figures: units, tens; στ, ϛ and final ς are six.
_GREEK_UNITS = ("", "α", "β", "γ", "δ", "ε", "στ", "ζ", "η", "θ")
_GREEK_TENS = ("", "ι", "κ", "λ", "μ", "ν", "ξ", "ο", "π", "ϟ")
_GREEK_FIGURES = {_GREEK_TENS[number // 10] + _GREEK_UNITS[number % 10]: number for number in range(1, 100)} | {
    "ϛ": 6,
    "ς": 6,
    "ιϛ": 16,
    "ις": 16,
    "κς": 26,
    "ρ": 100,
}

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})\Z")
_ROMAN_PARTS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

# What scanners put in the place of Roman figures; Cyrillic П and Ш are how a Russian engine sees II and III.
_ROMAN_DAMAGE = str.maketrans(
    {"l": "I", "1": "I", "|": "I", "ı": "I", "І": "I", "Ӏ": "I", "У": "V", "Х": "X", "С": "C", "М": "M",
     "П": "II", "Ш": "III", "Ι": "I", "Χ": "X"}
)  # fmt: skip
_ROMAN_DAMAGE_LOWER = str.maketrans({"l": "i", "1": "i", "|": "i", "ı": "i", "і": "i", "х": "x", "у": "v", "ï": "i"})

# What scanners put in the place of Arabic figures.
_DIGIT_DAMAGE = {
    "l": "1", "I": "1", "i": "1", "|": "1", "ı": "1", "І": "1", "і": "1",
    "O": "0", "o": "0", "О": "0", "о": "0",
    "S": "5", "s": "5", "Z": "2", "z": "2", "B": "8", "З": "3", "з": "3", "б": "6",
}  # fmt: skip
#: Of these, those that are hardly ever a suffix letter ("16I", "3l"): the repaired figure is the likelier
#: reading.
_SELDOM_SUFFIX = frozenset("lI|ıIOoОоІ")

# Letters that look alike across scripts, and so are typed or read for one another.
_LOOKALIKES_CYRILLIC_LATIN = dict(zip("аеорсухікАВЕКМНОРСТХІ", "aeopcyxikABEKMHOPCTXI", strict=True))
_LOOKALIKES_LATIN_CYRILLIC = dict(zip("aeopcyxkABEKMHOPCTX", "аеорсухкАВЕКМНОРСТХ", strict=True))
_LOOKALIKES_GREEK_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))

SUFFIX_WORDS = {
    word: word
    for word in (
        "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "nonies", "decies",
        "undecies", "duodecies", "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies",
        "octodecies", "vicies",
    )
} | {"бис": "bis", "тер": "ter", "кватер": "quater", "квинквиес": "quinquies",
     "مكرر": "bis", "مكررا": "bis", "مكرراً": "bis"}  # fmt: skip
_SUFFIX_WORD = re.compile(
    r"[ \u00a0\u202f]?-?(" + "|".join(sorted(SUFFIX_WORDS, key=len, reverse=True)) + r")(?![^\W_])",
    re.IGNORECASE,
)
_SUFFIX_LETTER = re.compile(r"([ \u00a0\u202f]|[-\u2010\u2011/])([A-Za-zА-ЯЁа-яёΑ-Ωα-ω])(?![^\W_]|['’]\w)")
_SUFFIX_NUMBER = re.compile(r"[-\u2010\u2011/](\d{1,2})(?![\d/-]|[^\W_])")
_SUFFIX_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HAN_SUFFIX = re.compile("之([一二三四五六七八九十]{1,3})")

#: Marks of an ordinal number, after figures: 1st, 1er, 5.º, 3-й.
_ORDINAL_MARK = re.compile(
    r"\.?[ºª°ᵒ]|\.[ao](?=[ \u00a0]*[-–—])"
    r"|(?:st|nd|rd|th|ers?|ère|ere|res?|ème|eme|ième|nde?|ro|ra|do|mo|vo|era|ste|de)(?![^\W_])"
    r"|-?(?:й|я|е|го|ой|ый|ая|ую|му|м|х|ої|ій|га|та)(?![^\W_])|-(?:a|lea)(?![^\W_])"
)
_ORDINAL_LETTERS = frozenset("aeoао")
_RAISED_ORDINALS = frozenset("ºª°ᵒ")
_AFTER_ORDINAL_STOP = frozenset("ºª°ᵒao")
_CLOSING = frozenset(".,:;)]—–-\n\r\t|")

# Bounded, so that a line without blanks costs no more than a word.
_TOKEN = re.compile(r"(?:[^\W_]|\|){1,40}")
_FIGURES = re.compile(r"\d{1,12}")
_NUMBER_SIGN = re.compile(
    r"(?:№|#|[Nn][ºo°]s?\.?|N[oO]\.|n\.?[ºo°]|[Nn][rR]s?\.?|[Nn]úm\.|[Nn]um\.|رقم)"
    r"[ \u00a0\u202f]*(?=[\dIVXLC])"
)
_NUMBER_SIGN_FIRST = frozenset("№#Nnر")
_APOSTROPHES = frozenset("'’")
_KERAIA = frozenset("'’΄ʹ´")

_HAN_DIGITS = {**{d: n for n, d in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "兩": 2,
               **{d: n for n, d in enumerate("壹贰叁肆伍陆柒捌玖", 1)}}  # fmt: skip
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN_TWENTIES = {"廿": 20, "卅": 30}
_HAN = frozenset({*_HAN_DIGITS, *_HAN_UNITS, *_HAN_TWENTIES})
_LONGEST_HAN = 9
#: Words after which a Chinese figure counts divisions, so that no blank follows it.
_HAN_COUNTED = frozenset("条條章节節编編款项項目部卷号號届次页頁表图、")


def fold(word: str) -> str:
    """A word without case, accents, Arabic vowel signs and tatweel: what two spellings of one word share."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    return _MARKS.sub("", unicodedata.normalize("NFD", folded)).replace("’", "'")


#: Combining marks of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic, tatweel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


# ------------------------------------------------------------------------------------------------ reading


def read_numerals(text: str, start: int = 0) -> tuple[Numeral, ...]:
    """All readings of the numeral that begins at ``start``, the likeliest first; empty where none begins.

    Whether a number is meant at all is for the caller to know: "A" at the start of a sentence reads as one.
    """
    if start >= len(text):
        return ()
    first = text[start]
    if first.isdigit():
        circled = _CIRCLED.get(first)
        if circled is None:
            return _figures(text, start) if first.isdecimal() else ()
        return (Numeral(circled[0], circled[1], "", False, start + 1),)
    single = _CIRCLED.get(first)
    if single is not None:
        return _unicode_number(text, start)
    if first in _HAN or first == "第" or first in _STEMS:
        return _han(text, start)
    if first in _NUMBER_SIGN_FIRST and (sign := _NUMBER_SIGN.match(text, start)):
        return read_numerals(text, sign.end())
    if not (first.isalpha() or first == "|"):
        return ()
    token = _TOKEN.match(text, start)
    assert token is not None  # the first character is a letter or a bar
    end = token.end()
    readings, spelled_too = _word_readings(token.group())
    if "\u0590" <= first <= "\u05ff" and end < len(text) and text[end] in "\"״'׳":
        return _hebrew(text, start)
    if not readings and not spelled_too:
        return ()
    found: list[Numeral] = []
    after = text[end] if end < len(text) else ""
    if after in _APOSTROPHES and text[end + 1 : end + 2].isalpha() and after:
        readings = ()  # "d'identité"
    elif after in _RAISED_ORDINALS:
        # "l°" is a misread "1°".
        readings = tuple(r for r in readings if r[1] == "arabic") or readings
        if readings[:1] and readings[0][1] == "arabic":
            return (Numeral(readings[0][0], "arabic", "", True, end + 1),)
    for value, style, suffix, damaged in readings:
        _with_suffix(found, text, end, value, style, suffix, damaged)
    if spelled_too and (spelled := _spelled(text, start)):
        found.insert(0, spelled)
    return tuple(found)


#: What a word is as a numeral; words repeat, so the answer is remembered.
_remembered: dict[str, tuple[tuple[_Reading, ...], bool]] = {}


def _word_readings(word: str) -> tuple[tuple[_Reading, ...], bool]:
    """Readings of a word as a numeral, and whether a number in words may begin with it."""
    try:
        return _remembered[word]
    except KeyError:
        pass
    if len(_remembered) > 100_000:
        _remembered.clear()
    readings: tuple[_Reading, ...] = ()
    if len(word) <= 9:
        # The tatweel of هـ is a letter to Unicode.
        readings = _token_readings(word.replace("ـ", "") or word)
    spelled = len(word) <= 24 and fold(word) in _spelled_numbers()[1]
    _remembered[word] = readings, spelled
    return readings, spelled


def read_counted(text: str, start: int = 0) -> tuple[Numeral, ...]:
    """As `read_numerals`, where a label already stands before: a Chinese figure may be followed by any
    character."""
    end = _han_end(text, start)
    if end > start:
        return (Numeral(_han_value(text[start:end]), "han", "", False, end),)
    return read_numerals(text, start)


def may_be_numeral(text: str, start: int = 0) -> bool:
    """Whether the word or number at ``start`` can be a numeral, whatever stands behind it."""
    if start >= len(text):
        return False
    if not text[start].isalpha() or text[start] in _NUMBER_SIGN_FIRST:
        return bool(read_numerals(text, start))
    if text[start] in _CIRCLED or text[start] in _HAN or text[start] == "第" or text[start] in _STEMS:
        return True
    token = _TOKEN.match(text, start)
    assert token is not None
    readings, spelled_too = _word_readings(token.group())
    return bool(readings) or spelled_too


def read_decimal(text: str, start: int = 0) -> tuple[tuple[int, ...], int] | None:
    """The parts of a decimal enumerator of two levels or more ("1.2", "3.1.4.") and the offset after its
    last part."""
    match = _DECIMAL.match(text, start)
    if match is None:
        return None
    return tuple(int(part) for part in match.group().split(".")), match.end()


_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,7}(?![\d]|,\d|\.\d|[^\W_])")


def _figures(text: str, start: int) -> tuple[Numeral, ...]:
    """Readings where the first character is a decimal figure."""
    match = _FIGURES.match(text, start)
    assert match is not None
    end = match.end()
    digits = match.group()
    if len(digits) > 9:
        return ()
    style = _figure_style(text[start])
    value = int(digits)
    found: list[Numeral] = []
    after = text[end] if end < len(text) else ""
    if not after or after in ")\n\t":
        return (Numeral(value, style, "", False, end),)
    following = text[end + 1 : end + 2]
    if after == "." and following not in _AFTER_ORDINAL_STOP:
        return (Numeral(value, style, "", False, end),)
    if after == "." or after.isalpha() or after in _RAISED_ORDINALS or (after == "-" and following.isalpha()):
        mark = _ORDINAL_MARK.match(text, end)
        # "5-x" letters with a hyphen are ordinals in Cyrillic only.
        if mark is not None and not (mark.group() in ("е", "я", "м", "х") and len(mark.group()) == 1):
            _with_suffix(found, text, mark.end(), value, style, "", False)
            return tuple(found)
    if after.isalpha() or after == "|":
        word = _SUFFIX_WORD.match(text, end)
        if word is not None:
            _with_suffix(found, text, end, value, style, "", False)
            return tuple(found)
        token = _TOKEN.match(text, end)
        assert token is not None
        tail = token.group()
        close = token.end()
        if after in _HAN_COUNTED:
            return (Numeral(value, style, "", False, end),)
        repaired = _repair_figures(digits + tail)
        if len(tail) == 1:
            readings: list[Numeral] = []
            if after != "|":
                readings.append(Numeral(value, style, tail, False, close))
            if after in _ORDINAL_LETTERS:
                readings.insert(0 if after in "oо" else 1, Numeral(value, style, "", False, close))
            if repaired is not None:
                mended = Numeral(repaired, style, "", True, close)
                readings.insert(0 if after in _SELDOM_SUFFIX and after not in "oо" else len(readings), mended)
            readings.extend(
                Numeral(number, kind, "", True, close)
                for number, kind, _, damaged in _token_readings(digits + tail)
                if damaged and kind.startswith("roman")
            )
            return tuple(readings)
        if repaired is not None:
            found.append(Numeral(repaired, style, "", True, close))
        found.extend(
            Numeral(number, kind, suffix, True, close)
            for number, kind, suffix, damaged in _token_readings(digits + tail)
            if damaged and kind.startswith("roman")
        )
        if not found and (tail[0].isupper() or not tail.isascii()) and not any(c.isdigit() for c in tail):
            # A word fused to the figure: "Article 12Amendments", 第5条款.
            found.append(Numeral(value, style, "", False, end))
        return tuple(found)
    _with_suffix(found, text, end, value, style, "", False)
    return tuple(found)


def _figure_style(figure: str) -> str:
    if figure <= "9":
        return "arabic"
    return "fullwidth" if "０" <= figure <= "９" else "arabic-indic"


def _repair_figures(token: str) -> int | None:
    """The number that a damaged string of figures stands for; None where it holds no true figure, or other
    letters."""
    repaired = [c if c.isdecimal() else _DIGIT_DAMAGE.get(c, "") for c in token]
    if "" in repaired or len(token) > 6 or not any(c.isdecimal() for c in token):
        return None
    return int("".join(repaired))


def _with_suffix(found: list[Numeral], text: str, end: int, value: int, style: str, suffix: str, damaged: bool) -> None:
    """Add the reading that ends at ``end``, and the one that takes in a suffix after it, the likelier
    first."""
    plain = Numeral(value, style, suffix, damaged, end)
    if suffix or end >= len(text):
        found.append(plain)
        return
    while text[end] == "*" and end + 1 < len(text):  # emphasis left between number and suffix: "4**bis"
        end += 1
    after = text[end]
    if after not in _BEFORE_SUFFIX:
        found.append(plain)
        return
    following = text[end + 1 : end + 2]
    if (
        after in " \u00a0\u202f"
        and following not in _SUFFIX_FIRST
        and (not following.isalpha() or text[end + 2 : end + 3].isalpha())
    ):
        found.append(plain)
        return
    word = _SUFFIX_WORD.match(text, end)
    if word is not None:
        with_word = Numeral(value, style, SUFFIX_WORDS[word.group(1).casefold()], damaged, word.end())
        # German "5 bis 8" is a range.
        ranged = word.group(1).casefold() == "bis" and _RANGE_NUMBER.match(text, word.end()) is not None
        found.extend((plain, with_word) if ranged else (with_word,))
        return
    counts = style in _TAKES_LETTERS
    if counts and (letter := _SUFFIX_LETTER.match(text, end)):
        joined, written = letter.groups()
        with_letter = Numeral(value, style, written, damaged, letter.end())
        closed = letter.end() >= len(text) or text[letter.end()] in _CLOSING
        sure = closed and (joined in "-\u2010\u2011/" or written.isupper() or text[letter.end() :][:1] in (".", ""))
        found.extend((with_letter, plain) if sure else (plain, with_letter))
        return
    if counts and (number := _SUFFIX_NUMBER.match(text, end)):
        with_number = Numeral(value, style, number.group(1), damaged, number.end())
        found.extend((with_number, plain) if int(number.group(1)) <= value else (plain, with_number))
        return
    if after in "¹²³⁰⁴⁵⁶⁷⁸⁹" and (raised := _SUFFIX_RAISED.match(text, end)):
        found.append(plain)
        found.append(Numeral(value, style, raised.group().translate(_RAISED), damaged, raised.end()))
        return
    if after == "之" and (part := _HAN_SUFFIX.match(text, end)):
        found.append(Numeral(value, style, str(_han_value(part.group(1))), damaged, part.end()))
        return
    if after in _KERAIA and style.startswith("greek"):
        found.append(Numeral(value, style, suffix, damaged, end + 1))
        return
    found.append(plain)


_RANGE_NUMBER = re.compile(r"[ \u00a0]+\d")
_BEFORE_SUFFIX = frozenset(" \u00a0\u202f-\u2010\u2011/⁰¹²³⁴⁵⁶⁷⁸⁹之'’΄ʹ´bBtTqQ") | {w[0] for w in SUFFIX_WORDS}
_SUFFIX_FIRST = frozenset(c for word in SUFFIX_WORDS for c in (word[0], word[0].upper())) | {"-"}
_TAKES_LETTERS = frozenset({"arabic", "roman-upper", "roman-lower", "arabic-indic"})


@lru_cache(maxsize=8192)
def _token_readings(token: str) -> tuple[_Reading, ...]:
    """Readings of a string of letters (and stray figures and bars) as a whole."""
    found: list[_Reading] = []
    size = len(token)
    upper = token.isupper() or (token.upper() == token and any(c.isalpha() for c in token))
    lower = token.islower()
    case = "upper" if upper else "lower"
    roman = _roman_value(token) if (upper or lower) and token.isascii() else None
    letters = _letter_values(token.casefold(), size) if upper or lower else []
    if roman is not None:
        reading = (roman, f"roman-{case}", "", False)
        # c, d, l, m and their doubles are letters rather than 50, 100, 500, 1000.
        rare = size <= 2 and not any(c in "ivxIVX" for c in token)
        if not rare:
            found.append(reading)
        found.extend((value, f"{style}-{case}", "", False) for value, style in letters)
        if rare:
            found.append(reading)
    else:
        found.extend((value, f"{style}-{case}", "", False) for value, style in letters)
    found.extend(_single_letters(token))
    mended = _damaged_readings(token, roman)
    if size >= 2:
        # "l4", "Vl": figures misread rather than a letter or figure with a suffix.
        more = _letter_and_more(token)
        found.extend(mended + more if token[0] in _SELDOM_SUFFIX or token[-1] in _SELDOM_SUFFIX else more + mended)
    else:
        found.extend(mended)
    known: dict[_Reading, None] = dict.fromkeys(found)
    return tuple(known)


def _letter_values(token: str, size: int) -> list[tuple[int, str]]:
    """Values of a token in the alphabets: single letters, aa bb cc …, aa ab ac …"""
    found: list[tuple[int, str]] = []
    greek = _GREEK_FIGURES.get(token)
    if greek is not None:
        found.append((greek, "greek"))
    if size > 2:
        return found
    for style, order in _ALPHABETS.items():
        at = order.find(token[0])
        if at < 0:
            continue
        if size == 1:
            found.append((at + 1, style))
        elif token[1] in order and style in ("latin", "cyrillic"):
            second = order.index(token[1]) + 1
            if token[0] == token[1]:
                found.append((len(order) + at + 1, style))
            if at < 2 and (at == 0 or token[0] != token[1]):
                found.append((len(order) * (at + 1) + second, style))
            elif at == 1:
                found.append((len(order) * 2 + second, style))
    return found


def _single_letters(token: str) -> list[_Reading]:
    """Alphabets without case."""
    if len(token) == 1 and "\u0600" <= token <= "\u06ff":
        letter = "أ" if token in "اأإآ" else "ي" if token == "ى" else "ه" if token == "ة" else token
        return [
            (order.index(letter) + 1, style, "", False)
            for style, order in (("abjad", _ABJAD), ("hijai", _HIJAI))
            if letter in order
        ]
    if len(token) <= 3 and all(c in _HEBREW for c in token):
        values = [_HEBREW[c] for c in token]
        if values == sorted(values, reverse=True):
            return [(sum(values), "hebrew", "", False)]
    return []


def _letter_and_more(token: str) -> list[_Reading]:
    """A letter or a Roman figure with a suffix fused to it: "A1", "IVa"."""
    if token[0].isalpha() and token[1:].isdecimal() and len(token) <= 3 and token[0] in _LATIN + _LATIN.upper():
        case = "upper" if token[0].isupper() else "lower"
        return [(_LATIN.index(token[0].lower()) + 1, f"latin-{case}", token[1:], False)]
    if token[-1] in "abcdefgh" and token[:-1].isupper() and token.isascii():
        roman = _roman_value(token[:-1])
        if roman is not None and token[:-1] not in ("C", "D", "L", "M"):
            return [(roman, "roman-upper", token[-1], False)]
    return []


def _damaged_readings(token: str, roman: int | None) -> list[_Reading]:
    """Readings that repair a confusion: l for 1 or I, П for II, а letter of another script."""
    found: list[_Reading] = []
    size = len(token)
    if any(c.isdecimal() for c in token):
        repaired = _repair_figures(token)
        if repaired is not None:
            # "l4" and "O5" are figures before they are a letter with a number.
            found.append((repaired, "arabic", "", True))
    if roman is None:
        for table, style in ((_ROMAN_DAMAGE, "roman-upper"), (_ROMAN_DAMAGE_LOWER, "roman-lower")):
            mended = token.translate(table)
            fits = mended.isupper() if style == "roman-upper" else mended.islower()
            if mended != token and fits and mended.isascii() and (value := _roman_value(mended)) and value < 90:
                found.append((value, style, "", True))
    if size <= 2 and all(c in "lI|ıOІ" for c in token) and token[0] != "O":
        found.append((int("".join(_DIGIT_DAMAGE[c] for c in token)), "arabic", "", True))
    if size == 1:
        if token in "Зз":
            found.append((3, "arabic", "", True))
        for lookalikes in (_LOOKALIKES_CYRILLIC_LATIN, _LOOKALIKES_GREEK_LATIN):
            other = lookalikes.get(token)
            if other is not None:
                case = "upper" if other.isupper() else "lower"
                found.append((_LATIN.index(other.lower()) + 1, f"latin-{case}", "", True))
        other = _LOOKALIKES_LATIN_CYRILLIC.get(token)
        if other is not None:
            case = "upper" if other.isupper() else "lower"
            found.extend(
                (_ALPHABETS[style].index(other.lower()) + 1, f"{style}-{case}", "", True)
                for style in ("cyrillic", "cyrillic-full", "ukrainian")
            )
    return found


def _roman_value(token: str) -> int | None:
    """The value of a well-formed Roman figure (four like figures in a row are allowed, as on old title
    pages)."""
    upper = token.upper()
    if upper[0] not in _ROMAN_VALUES or _ROMAN.match(upper) is None:
        return None
    total = 0
    previous = 0
    for figure in reversed(upper):
        value = _ROMAN_VALUES[figure]
        total += -value if value < previous else value
        previous = max(previous, value)
    return total


def _hebrew(text: str, start: int) -> tuple[Numeral, ...]:
    """Hebrew letters with geresh or gershayim: א׳, י״ב."""
    at = start
    total = 0
    while at < len(text) and at - start < 5 and (text[at] in _HEBREW or text[at] in "\"״'׳"):
        total += _HEBREW.get(text[at], 0)
        at += 1
    if at < len(text) and text[at].isalpha():
        return ()
    return (Numeral(total, "hebrew", "", False, at),)


# ------------------------------------------------------------------------------------------ single characters


def _unicode_numbers() -> dict[str, tuple[int, str]]:
    """Characters that are numbers by themselves: ① ⑴ ⒈ ❶, Ⅳ ⅳ, ⒜ Ⓐ ⓐ."""
    found: dict[str, tuple[int, str]] = {}
    for first, last, value in (
        ("①", "⑳", 1), ("⑴", "⒇", 1), ("⒈", "⒛", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36), ("❶", "❿", 1),
        ("➀", "➉", 1), ("㈠", "㈩", 1), ("㊀", "㊉", 1),
    ):  # fmt: skip
        for code in range(ord(first), ord(last) + 1):
            style = "han" if first in "㈠㊀" else "circled"
            found[chr(code)] = (code - ord(first) + value, style)
    for first, style, count in (
        ("Ⅰ", "roman-upper", 12), ("ⅰ", "roman-lower", 12), ("⒜", "latin-lower", 26),
        ("Ⓐ", "latin-upper", 26), ("ⓐ", "latin-lower", 26),
    ):  # fmt: skip
        for offset in range(count):
            found[chr(ord(first) + offset)] = (offset + 1, style)
    return found


_CIRCLED = _unicode_numbers()


def _unicode_number(text: str, start: int) -> tuple[Numeral, ...]:
    value, style = _CIRCLED[text[start]]
    end = start + 1
    if style.startswith("roman"):
        # "ⅩⅣ" is written with several of them.
        while end < len(text) and text[end] in _CIRCLED:
            end += 1
        spelled = unicodedata.normalize("NFKC", text[start:end])
        value = _roman_value(spelled) or value
    return (Numeral(value, style, "", False, end),)


# ------------------------------------------------------------------------------------------------ Chinese


def _han(text: str, start: int) -> tuple[Numeral, ...]:
    at = start
    ordinal = text[at] == "第"
    if ordinal:
        at += 1
        while at < len(text) and text[at] in " \u3000":
            at += 1
        if at < len(text) and text[at].isdecimal():
            return tuple(reading for reading in _figures(text, at) if not reading.damaged)
    if at < len(text) and text[at] in _STEMS:
        after = text[at + 1 : at + 2]
        if ordinal or not ("\u4e00" <= after <= "\u9fff") or after in _HAN_COUNTED:
            return (Numeral(_STEMS.index(text[at]) + 1, "han-stem", "", False, at + 1),)
        return ()
    end = _han_end(text, at)
    if end == at:
        return ()
    after = text[end : end + 1]
    if not ordinal and "\u4e00" <= after <= "\u9fff" and after not in _HAN_COUNTED and after != "之":
        return ()
    value = _han_value(text[at:end])
    found: list[Numeral] = []
    _with_suffix(found, text, end, value, "han", "", False)
    return tuple(found)


def _han_end(text: str, start: int) -> int:
    """End of the Chinese figures that begin at ``start``; ``start`` itself where there are none, or too many."""
    limit = min(len(text), start + _LONGEST_HAN + 1)
    end = start
    while end < limit and text[end] in _HAN:
        end += 1
    return end if end - start <= _LONGEST_HAN else start


def _han_value(figures: str) -> int:
    """The value of Chinese figures: 二十三, 二三 (by position), 廿三, 一百零五."""
    if not any(c in _HAN_UNITS or c in _HAN_TWENTIES for c in figures):
        return int("".join(str(_HAN_DIGITS[c]) for c in figures))
    total = 0
    digit: int | None = None
    for c in figures:
        if c in _HAN_TWENTIES:
            total += _HAN_TWENTIES[c]
        elif c in _HAN_UNITS:
            total += (1 if digit is None else digit) * _HAN_UNITS[c]
            digit = None
        else:
            digit = _HAN_DIGITS[c] or None
    return total + (digit or 0)


# ------------------------------------------------------------------------------------------------ words


@cache
def _spelled_numbers() -> tuple[dict[str, int], dict[str, int]]:
    """Folded words (parts separated by blanks) and their values; and, by first word, how many words at
    most."""
    with (Path(__file__).parent / "data" / "ordinals.toml").open("rb") as file:
        data: dict[str, dict[str, Any]] = tomli.load(file)
    values: dict[str, int] = {}

    def add(form: str, value: int) -> None:
        values.setdefault(fold(form).replace("-", " "), value)

    for table in data.values():
        words: dict[int, list[str]] = {int(v): list(forms) for v, forms in table.get("words", {}).items()}
        for value, stem in table.get("stems", {}).items():
            words.setdefault(int(value), []).extend(stem + ending for ending in table["endings"])
        for value, forms in words.items():
            for form in forms:
                add(form, value)
        for tens, forms in table.get("tens", {}).items():
            for first in forms:
                for join in table["join"]:
                    for unit in range(1, 10):
                        for form in words.get(unit, ()):
                            add(first + join + form, int(tens) + unit)
    longest: dict[str, int] = {}
    for form in values:
        first, *more = form.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(more))
        longest.setdefault(first.split("'")[0], 1)
    return values, longest


def _spelled(text: str, start: int) -> Numeral | None:
    """A number in words at ``start``; the longest that fits ("vigésimo primero" before "vigésimo")."""
    values, longest = _spelled_numbers()
    word = _ONE_WORD.match(text, start)
    if word is None or len(word.group()) > 24:
        return None
    first = fold(word.group())
    most = longest.get(first)
    if most is None:
        return None
    best: Numeral | None = None
    if first in values:
        best = Numeral(values[first], "spelled", "", False, word.end())
    joined = first
    end = word.end()
    for _ in range(most - 1):
        following = _NEXT_WORD.match(text, end)
        if following is None:
            break
        end = following.end()
        joined += " " + fold(following.group(1))
        if joined in values:
            best = Numeral(values[joined], "spelled", "", False, end)
    return best


_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEXT_WORD = re.compile(r"[ \u00a0-]([^\W\d_]+)")


# ------------------------------------------------------------------------------------------------ writing


def write_numeral(value: int, style: str, suffix: str = "", language: str = "en") -> str:
    """The numeral of ``value`` in ``style``, with its suffix; the inverse of reading.

    ``language`` matters for words alone. Raises ValueError for a style that is not known or cannot express
    the value.
    """
    return _join_suffix(_write(value, style, language), suffix, style)


def _write(value: int, style: str, language: str) -> str:
    if style in _FIGURE_ZEROS:
        if value < 0:
            raise ValueError(f"{value} cannot be written in the style {style}")
        zero = _FIGURE_ZEROS[style]
        return "".join(chr(zero + int(figure)) for figure in str(value))
    if value < 1:
        raise ValueError(f"{value} cannot be written in the style {style}")
    base, _, case = style.rpartition("-")
    if case in ("upper", "lower") and base == "roman" and value < 4000:
        figures = _write_roman(value)
        return figures if case == "upper" else figures.lower()
    if case in ("upper", "lower") and base == "greek" and value < 100:
        figure = _GREEK_TENS[value // 10] + _GREEK_UNITS[value % 10]
        return figure.upper() if case == "upper" else figure
    if case in ("upper", "lower") and base in _ALPHABETS:
        order = _ALPHABETS[base]
        times, at = divmod(value - 1, len(order))
        if times < (2 if base in ("latin", "cyrillic") else 1):
            letters = order[at] * (times + 1)
            return letters.upper() if case == "upper" else letters
    if style == "han" and value < 10000:
        return _write_han(value)
    if style == "han-stem" and value <= len(_STEMS):
        return _STEMS[value - 1]
    if style == "abjad" and value <= len(_ABJAD):
        return "هـ" if value == 5 else _ABJAD[value - 1]
    if style == "hijai" and value <= len(_HIJAI):
        return "هـ" if _HIJAI[value - 1] == "ه" else _HIJAI[value - 1]
    if style == "hebrew" and value < 500:
        return _write_hebrew(value)
    if style == "circled" and value <= 50:
        return next(c for c, (number, kind) in _CIRCLED.items() if number == value and kind == "circled")
    if style == "spelled" and (word := _words_to_write(language).get(value)):
        return word
    raise ValueError(f"{value} cannot be written in the style {style}")


_FIGURE_ZEROS = {"arabic": ord("0"), "arabic-indic": ord("٠"), "fullwidth": ord("０")}


def _join_suffix(numeral: str, suffix: str, style: str) -> str:
    if not suffix:
        return numeral
    if suffix in SUFFIX_WORDS:
        return f"{numeral} {suffix}"
    if suffix.isdecimal():
        return f"{numeral}{suffix}" if style.startswith("latin") else f"{numeral}-{suffix}"
    return numeral + suffix


def _write_roman(value: int) -> str:
    out = ""
    for unit, figure in _ROMAN_PARTS:
        count, value = divmod(value, unit)
        out += figure * count
    return out


def _write_han(value: int) -> str:
    out = ""
    figures = "零一二三四五六七八九"
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap and out else "") + ("" if (digit, unit, out) == (1, 10, "") else figures[digit]) + name
            gap = False
        else:
            gap = True
    return out


def _write_hebrew(value: int) -> str:
    letters = {number: letter for letter, number in _HEBREW.items()}
    out = ""
    for unit in (100, 10, 1):
        digit = value // unit * unit
        value -= digit
        if digit:
            out += letters[digit]
    # יה and יו would write the divine name.
    return out.replace("יה", "טו").replace("יו", "טז")


@cache
def _words_to_write(language: str) -> dict[int, str]:
    with (Path(__file__).parent / "data" / "ordinals.toml").open("rb") as file:
        table: dict[str, Any] = tomli.load(file).get(language, {})
    written = {int(v): str(stem) + table["endings"][0] for v, stem in table.get("stems", {}).items()}
    for value, forms in table.get("words", {}).items():
        written.setdefault(int(value), str(forms[0]))
    return written
