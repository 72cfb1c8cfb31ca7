"""Text made safe to show: nothing in a document can move the cursor, change colours or turn a line around.

Widths are in terminal cells: a Chinese character takes two, a combining mark none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Format characters that belong to the writing of a language and that terminals show or ignore harmlessly: the
# joiners of Persian and Indic scripts, the number signs of Arabic and Syriac.
_HARMLESS = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _unit(character: str) -> str:
    if character.isprintable() and not 0xE000 <= ord(character) <= 0xF8FF:
        return character
    if unicodedata.category(character) in _HIDDEN and character not in _HARMLESS:
        return _escape(character)
    return character


def units(text: str) -> list[str]:
    """The text as a list with one item a character, each as it may be shown.

    Controls, bidirectional overrides, other invisible characters and private-use characters become escapes
    (``\\x1b``, ``\\u202e``).
    """
    return [_unit(character) for character in text]


def visible(text: str) -> str:
    """The text as it may be shown, on one line."""
    return text if text.isascii() and text.isprintable() else "".join(units(text))


def width(shown: str) -> int:
    """Cells that a text takes, which must have been made visible."""
    if shown.isascii():
        return len(shown)
    from rich.cells import get_character_cell_size

    return sum(get_character_cell_size(character) for character in shown)


def keep_start(given: Sequence[str], cells: int) -> str:
    """As much of the start as fits ``cells``, ending in ``…`` where something was left out."""
    used = 0
    for at, item in enumerate(given):
        used += width(item)
        if used > cells:
            kept = list(given[:at])
            while kept and width("".join(kept)) > cells - 1:
                kept.pop()
            return "".join(kept).rstrip() + "…" if cells > 0 else ""
    return "".join(given)


def keep_end(given: Sequence[str], cells: int) -> str:
    """As much of the end as fits ``cells``, beginning with ``…`` where something was left out."""
    used = 0
    for at in range(len(given) - 1, -1, -1):
        used += width(given[at])
        if used > cells:
            kept = list(given[at + 1 :])
            while kept and width("".join(kept)) > cells - 1:
                kept.pop(0)
            return "…" + "".join(kept) if cells > 0 else ""
    return "".join(given)


def runs_from_right(text: str) -> bool:
    """Whether a text holds letters that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
