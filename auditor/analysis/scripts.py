"""Which scripts a document may be in at all, told in one cheap look, so that nobody searches a French law for Chinese.

In UTF-8 the first byte of a character names a stretch of Unicode; the first bytes that occur say where not to look.
"""

from __future__ import annotations

from auditor.analysis.fact import fact
from auditor.document import Document

#: Bytes that begin no character beyond ASCII: ASCII itself, and all bytes but the first of a character.
_NOT_FIRST = bytes(range(0xC2))


@fact
def _first_bytes(document: Document) -> frozenset[int]:
    return frozenset(document.text.encode("utf-8", "surrogatepass").translate(None, _NOT_FIRST))


def beyond_latin(document: Document) -> bool:
    """Whether there may be letters of another script than the Latin one, or combining marks: anything from U+0300 on
    but the punctuation and the signs from U+2000 to U+2FFF."""
    return any(byte >= 0xCC and byte != 0xE2 for byte in _first_bytes(document))


def may_hold(document: Document, ranges: str) -> bool:
    """Whether there may be characters of these ranges, written as in a pattern: "\u0370-\u03ff\u1f00-\u1fff"."""
    present = _first_bytes(document)
    bounds = [character.encode()[0] for character in ranges]
    return any(first <= byte <= last for first, last in zip(bounds[::3], bounds[2::3], strict=True) for byte in present)


def east_asian(document: Document) -> bool:
    """Whether there may be ideographs, kana or Hangul: anything from U+3000 on."""
    return any(byte >= 0xE3 for byte in _first_bytes(document))
