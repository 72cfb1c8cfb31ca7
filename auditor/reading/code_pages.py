"""Guessing the legacy code page of a source that is not Unicode, from its letters.

charset-normalizer tells scripts apart well (Cyrillic, Greek, Arabic, Chinese, Japanese, Korean code pages), but not
the code pages of the Latin script, in which the same byte is à, ŕ or ą. Between those, the language decides: its small
words and its letters (`auditor.analysis.languages.latin_fit`).
"""

from __future__ import annotations

import msgspec

#: Encodings whose bytes are all ASCII: what is not UTF-8 can't be in them.
_SEVEN_BIT = ["ascii", "hz", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_kr", "utf_7"]

#: Code pages of the Latin script, the most frequent first: where several fit equally well, the first is taken.
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "mac_roman", "cp850", "cp852")

#: How much of a source is looked at, in bytes.
_SAMPLE = 64 * 1024


class Guess(msgspec.Struct, frozen=True):
    """A text, the code page that it was decoded with, and how that was told."""

    text: str
    encoding: str
    note: str


def guess_code_page(data: bytes, first_bad: int) -> Guess | None:
    """The likeliest text of ``data``, or None; the byte ``first_bad`` is the first that is not UTF-8."""
    from charset_normalizer import from_bytes

    sample = _sample(data, first_bad)
    best = from_bytes(sample, cp_exclusion=_SEVEN_BIT).best()
    said = f"not UTF-8 (byte {first_bad}); guessed from the letters"
    if best is None or _is_latin(str(best)):
        return _latin(data, sample, said)
    text = _decoded(data, best.encoding)
    if text is None:
        return None
    return Guess(text, best.encoding, f"{said}, {round(100 * (1 - best.chaos))} % plausible")


def _latin(data: bytes, sample: bytes, said: str) -> Guess | None:
    from auditor.analysis.languages import latin_fit

    fits: list[tuple[float, str, str]] = []
    for encoding in _LATIN:
        shown = _decoded(sample, encoding)
        if shown is not None and not any("\x80" <= character < "\xa0" for character in shown):
            language, points = latin_fit(shown)
            fits.append((points, encoding, language))
    fits.sort(key=lambda fit: -fit[0])  # stable: the more frequent code page first
    for points, encoding, language in fits:
        text = _decoded(data, encoding)
        if text is not None and points > 0:
            others = [name for close, name, _ in fits if name != encoding and points - close < 0.1 * points]
            others = [name for name in others if _decoded(sample, name) != _decoded(sample, encoding)]
            doubt = f"; could also be {', '.join(others)}" if others else ""
            return Guess(text, encoding, f"{said} and words, which fit the language {language!r}{doubt}")
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_latin(text: str) -> bool:
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 >= len(letters)


def _sample(data: bytes, first_bad: int) -> bytes:
    """A stretch of whole lines from the first byte that is not UTF-8 on: what comes before tells nothing."""
    if len(data) <= _SAMPLE:
        return data
    start = data.rfind(b"\n", 0, first_bad) + 1
    if first_bad - start > _SAMPLE // 2:
        start = first_bad
    end = data.rfind(b"\n", start, start + _SAMPLE)
    return data[start : end if end > first_bad else start + _SAMPLE]
