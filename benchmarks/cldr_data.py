"""Make the data on numbers and dates that versions in two languages are compared with, from the Unicode CLDR.

``python benchmarks/cldr_data.py OUTPUT_FOLDER``. Month names and separators come through babel, numbers in words
through ICU's rule-based number formats (PyICU); neither is needed to run the program. Written are:

- ``months.json``: language, then for each month the names it has, case-folded
- ``number_words.json``: language, then number, then the words for it (cardinal, ordinal, every gender and case that
  CLDR gives), folded as `auditor.analysis.numerals.fold` does; what is composed of shorter ones in order is left out
- ``separators.json``: language, then the mark of decimals and the mark of thousands
- ``scales.json``: language, then the words and signs for thousands, millions and so on, with their factors
- ``units.json``: currencies and units of measure, then the signs, codes and names they have in each language
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

_LANGUAGES = [
    "ar",
    "be",
    "bg",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "lt",
    "lv",
    "mk",
    "ms",
    "mt",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "th",
    "tr",
    "uk",
    "vi",
]
_NUMBERS = (*range(1, 101), *range(200, 1000, 100), 1000)
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_CURRENCIES = [
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CNY",
    "CHF",
    "RUB",
    "CAD",
    "AUD",
    "NZD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "RON",
    "BGN",
    "TRY",
    "INR",
    "BRL",
    "MXN",
    "ARS",
    "UYU",
    "CLP",
    "COP",
    "ZAR",
    "KRW",
    "ILS",
    "EGP",
    "SAR",
    "AED",
    "KWD",
    "QAR",
    "UAH",
    "KZT",
    "XDR",
]
_UNITS = [
    "length-meter",
    "length-kilometer",
    "length-centimeter",
    "length-millimeter",
    "length-nautical-mile",
    "length-foot",
    "area-hectare",
    "area-square-kilometer",
    "area-square-meter",
    "mass-kilogram",
    "mass-gram",
    "mass-tonne",
    "volume-liter",
    "temperature-celsius",
    "concentr-percent",
    "power-kilowatt",
    "power-megawatt",
    "energy-kilowatt-hour",
]
#: Too short, or a word of its own, to say anything by itself.
_NAMES_NOTHING = {"m", "g", "l", "t", "ha", "K", "M", "kr", "м", "г", "л", "т", "R", "T", "°"}


def folded(word: str) -> str:
    """As `auditor.analysis.numerals.fold`, without soft hyphens."""
    word = word.replace("\u00ad", "").casefold()
    return _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("’", "'")


def _is_strange(character: str) -> bool:
    return character.isdigit() or character in "·." or ord(character) > 0xFFFF


def months() -> dict[str, list[list[str]]]:
    """Wide and abbreviated names; the Levant's and Iraq's beside Egypt's."""
    from babel import Locale, localedata

    found: dict[str, list[list[str]]] = {}
    for name in sorted(localedata.locale_identifiers()):
        locale = Locale.parse(name)
        names = found.setdefault(locale.language, [[] for _ in range(12)])
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, month in locale.months[context][width].items():
                    word = month.casefold().strip(" .")
                    if len(word) > 2 and word not in names[number - 1] and not any(map(_is_strange, word)):
                        names[number - 1].append(word)
    return {language: names for language, names in found.items() if all(names)}


def number_words() -> dict[str, dict[str, list[str]]]:
    """Words for numbers up to a thousand."""
    import icu  # type: ignore[import-not-found]

    found: dict[str, dict[str, list[str]]] = {}
    for language in _LANGUAGES:
        form = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
        sets = [form.getRuleSetName(n) for n in range(form.getNumberOfRuleSetNames())]
        if icu.Locale(language).getLanguage() != language or not sets:
            continue
        words: dict[str, dict[int, None]] = defaultdict(dict)
        for name in sets:
            if "year" in name or "digits" in name:
                continue
            form.setDefaultRuleSet(name)
            for number in _NUMBERS:
                word = folded(form.format(number))
                if not any(c.isdigit() for c in word) and len(word) < 40:
                    words[word][number] = None
        listed: dict[str, list[str]] = defaultdict(list)
        for word, numbers in sorted(words.items(), key=lambda item: (min(item[1]), item[0])):
            parts = re.split(r"[ -]+", word)
            known = [words.get(part) for part in parts]
            composed = len(parts) > 1 and all(known) and _value([min(k) for k in known if k]) == min(numbers)
            if not composed and len(numbers) == 1:
                listed[str(min(numbers))].append(word)
        found[language] = dict(listed)
    return found


def _value(parts: list[int]) -> int:
    total = 0
    for part in parts:
        total = total * part if part in (100, 1000) and 0 < total < part else total + part
    return total


def separators() -> dict[str, list[str]]:
    """The marks of decimals and thousands."""
    from babel import Locale, localedata

    found = {}
    for name in localedata.locale_identifiers():
        if "_" not in name:
            symbols = Locale.parse(name).number_symbols.get("latn", {})
            if "decimal" in symbols and "group" in symbols:
                found[name] = [symbols["decimal"], symbols["group"]]
    return dict(sorted(found.items()))


def scales() -> dict[str, dict[str, int]]:
    """Words and signs for powers of ten, as in "2 million"."""
    from babel import Locale

    found: dict[str, dict[str, int]] = {}
    for language in [*_LANGUAGES, "zh"]:
        locale = Locale.parse(language)
        words: dict[str, int] = {}
        for form in ("long", "short"):
            for patterns in (locale.compact_decimal_formats.get(form) or {}).values():
                for size, pattern in patterns.items():
                    written = getattr(pattern, "pattern", str(pattern))
                    word = re.sub(r"[0.\s\xa0']", "", written).casefold().strip("\u200f\u061c")
                    factor = int(size) // 10 ** (written.count("0") - 1) if "0" in written else 0
                    if word and factor >= 1000 and (form == "long" or language in ("zh", "ja", "ko")):
                        words[word] = factor
        found[language] = words
    return found


def units() -> dict[str, Any]:
    """Currencies by ISO code, and units of measure, with what they are called."""
    from babel import Locale

    found: dict[str, dict[str, list[str]]] = {}
    for language in [*_LANGUAGES, "zh"]:
        locale = Locale.parse(language)
        for code in _CURRENCIES:
            names = {code, locale.currencies.get(code, code)}
            names.update(locale._data["currency_names_plural"].get(code, {}).values())
            if code in ("EUR", "GBP", "JPY", "INR", "KRW", "ILS"):
                names.add(locale.currency_symbols.get(code, code))
            _add(found, code, language, names)
        for unit in _UNITS:
            names = set()
            both = (locale, Locale.parse("en_GB")) if language == "en" else (locale,)
            listed = [each._data["unit_patterns"].get(unit, {}) for each in both]
            for patterns, length in ((p, length) for p in listed for length in ("long", "short")):
                for key, pattern in patterns.get(length, {}).items():
                    if key in ("zero", "one", "two", "few", "many", "other") and isinstance(pattern, str):
                        names.add(pattern.replace("{0}", "").strip(" \xa0\u202f\u200f\u061c"))
            _add(found, unit.partition("-")[2], language, names)
    return {key: {lang: names for lang, names in table.items() if names} for key, table in found.items()}


def _add(found: dict[str, dict[str, list[str]]], key: str, language: str, names: set[str]) -> None:
    kept = sorted({name.casefold() for name in names if name and name not in _NAMES_NOTHING and "{" not in name})
    found.setdefault(key, {})[language] = kept


def main(folder: Path) -> None:
    """Write the files."""
    for name, data in (
        ("months", months()),
        ("number_words", number_words()),
        ("separators", separators()),
        ("scales", scales()),
        ("units", units()),
    ):
        lines = ",\n".join(
            f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
            for key, value in data.items()
        )
        (folder / f"{name}.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
