"""From bytes to text: which encoding a source is in, how sure that is, and back from text to bytes.

A byte order mark decides; then strict UTF-8; then UTF-16 without a mark, told by where its zero bytes stand; only
then is a legacy code page guessed from the letters (`code_pages`).
"""

from __future__ import annotations

import codecs
import re
from weakref import WeakKeyDictionary

import msgspec

from auditor.document import Document, Span
from auditor.reading.code_pages import guess_code_page
from auditor.reading.unreadable import Unreadable

#: Byte order marks: the mark, the codec for what follows, the name shown. UTF-32 before UTF-16: it begins alike.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)

#: First bytes of formats that are often met where a text was meant, and what they are.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (also DOCX, EPUB, ODT)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"AT&TFORM", "a DjVu file"),
)

_EXTRACT = "Extract its text first (as Markdown or plain text) and check that."
_SAVE_AS_UTF8 = "Save it as UTF-8 text and check that."

#: How much of a source is looked at to see zero bytes, in bytes.
_SAMPLE = 64 * 1024

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

#: Control characters that no code page uses in text; many of them mean data, not text.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31})


class Decoded(msgspec.Struct, frozen=True):
    """A source's text. ``note`` says how sure the encoding is where the source did not say; else it is empty."""

    text: str
    encoding: str
    note: str


def decode(data: bytes, name: str) -> Decoded:
    """The text of ``data``; ``name`` is for messages.

    Line ends are kept; a byte order mark is not part of the text. Raises `Unreadable` for data that is not text and
    for text in an encoding that can't be told.
    """
    for mark, codec, shown in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], codec, name), shown, "")
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise Unreadable(f"this is {what}, not text", name, _EXTRACT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _without_utf8(data, name, error.start)
    if "\0" in text:
        return _with_zero_bytes(data, name)
    return Decoded(text, "utf-8", "")


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"its byte order mark says {codec}, but the bytes at {error.start} are not valid {codec}",
            name,
            f"The file is damaged or was cut off. {_SAVE_AS_UTF8}",
        ) from error
    return _without_zeros(text, data, name)


def _without_zeros(text: str, data: bytes, name: str) -> str:
    if "\0" in text:
        raise Unreadable(
            f"it holds zero bytes (the first at {max(data.find(0), 0)}), so it is not a text file",
            name,
            _EXTRACT,
        )
    return text


def _with_zero_bytes(data: bytes, name: str) -> Decoded:
    codec = _utf16_without_mark(data)
    if codec is not None:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            pass
        else:
            note = "no byte order mark; told by where the zero bytes stand"
            return Decoded(_without_zeros(text, data, name), codec, note)
    _without_zeros("\0", data, name)
    raise AssertionError("unreachable: zero bytes were found before")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 by its look: in one half of each pair of bytes zeros are frequent, in the other there are next to none.

    Text in any script has spaces, digits or line ends, whose upper byte is zero; code points below 256 whose lower
    byte is zero do not occur in text at all.
    """
    if len(data) % 2 or len(data) < 4:
        return None
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = len(sample) // 2
    if odd * 25 > pairs and even * 50 < odd:
        return "utf-16-le"
    if even * 25 > pairs and odd * 50 < even:
        return "utf-16-be"
    return None


def _without_utf8(data: bytes, name: str, first_bad: int) -> Decoded:
    if 0 in data:
        return _with_zero_bytes(data, name)
    if len(data.translate(None, _CONTROLS)) < len(data) * 0.98:
        raise Unreadable("most of it is not text but data", name, _EXTRACT)
    repaired = data.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    if damaged * 10 <= sum(map(len, _BEYOND_ASCII.findall(repaired))) - damaged:
        raise Unreadable(
            f"it is UTF-8, but damaged in {damaged} place{'s' * (damaged > 1)} (the first at byte {first_bad})",
            name,
            "Repair or remove the damaged characters and check it again.",
        )
    guess = guess_code_page(data, first_bad)
    if guess is not None:
        return Decoded(guess.text, guess.encoding, guess.note)
    raise Unreadable(
        f"its encoding can't be told (not UTF-8: byte {first_bad} is invalid; no legacy code page fits)",
        name,
        _SAVE_AS_UTF8,
    )


def byte_span(document: Document, span: Span) -> Span:
    """The bytes of the source that show the text ``[span.start, span.end)``, as a span of byte offsets.

    A byte order mark counts, so that the offsets are those of the file. Exact for every encoding that `decode` uses:
    all of them write a character with the same number of bytes wherever it stands.
    """
    text, data = document.text, document.source.data
    codec, mark = document.encoding, 0
    for signature, plain, shown in _MARKS:
        if codec == shown:
            codec, mark = plain, len(signature) if data.startswith(signature) else 0
            break
    if len(data) - mark == len(text):  # one byte a character
        return Span(span.start + mark, span.end + mark)
    offsets = _checkpoints(document, codec)
    at = span.start // _STRIDE
    start = mark + offsets[at] + len(text[at * _STRIDE : span.start].encode(codec))
    return Span(start, start + len(text[span.start : span.end].encode(codec)))


def encode_as(document: Document, text: str) -> bytes:
    """Another text in the encoding of a document, with its byte order mark if it has one.

    Raises UnicodeEncodeError for a character that the encoding does not have, and ValueError where the document's own
    text would not become its own bytes again.
    """
    codec, mark = document.encoding, b""
    for signature, plain, shown in _MARKS:
        if codec == shown:
            codec, mark = plain, signature if document.source.data.startswith(signature) else b""
            break
    if mark + document.text.encode(codec) != document.source.data:
        raise ValueError(f"{document.name}: written again as {document.encoding} it would not be the same file")
    return mark + text.encode(codec)


#: Characters between two known byte offsets of a text.
_STRIDE = 4096

_known: WeakKeyDictionary[Document, list[int]] = WeakKeyDictionary()


def _checkpoints(document: Document, codec: str) -> list[int]:
    """Byte offset of every 4096th character, so that a span is mapped in constant time."""
    offsets = _known.get(document)
    if offsets is None:
        text = document.text
        offsets = [0]
        for at in range(0, len(text), _STRIDE):
            offsets.append(offsets[-1] + len(text[at : at + _STRIDE].encode(codec)))
        _known[document] = offsets
    return offsets
