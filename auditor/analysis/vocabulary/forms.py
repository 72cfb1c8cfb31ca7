"""The form in which a word is looked up: differences that do not make it another word taken away."""

from __future__ import annotations

from unicodedata import normalize

#: Signs for one apostrophe, hyphens, the tatweel and the vowel signs of Arabic, ё (which Russian prints as е).
_SAME = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "‐": "-",
        "‑": "-",
        "ё": "е",
        "\u0640": None,
        "\u00ad": None,
        **{chr(code): None for code in (*range(0x064B, 0x0653), 0x0670)},
    }
)


def folded(word: str) -> str:
    """The word in small letters, in composed form, with one apostrophe and one hyphen, ß as ss and ё as е.

    Vowel signs of Arabic, which print leaves out, and soft hyphens are taken away.
    """
    if word.isascii():
        return word.lower()
    if not word.isprintable():
        word = word.encode("utf-8", "replace").decode("utf-8")  # halves of characters, which no list can hold
    word = word.casefold()
    return normalize("NFC", word).translate(_SAME)
