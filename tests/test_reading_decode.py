"""Bytes become text, or a message that says why not; and text maps back to bytes."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.document import Document, Source, Span
from auditor.reading import Unreadable, byte_span, read, source_from_path

TEXT = "Artículo 4\n\nLas Partes acuerdan — “plenamente” — y así se hará en lo sucesivo, señor.\r\nКонец.\n"


def document(data: bytes, name: str = "text.txt") -> Document:
    return read(Source(name, data, "text/plain"))


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
    ],
)
def test_unicode_encodings(codec: str, mark: bytes, name: str) -> None:
    data = mark + TEXT.encode(codec)
    read_document = document(data)
    assert read_document.text == TEXT
    assert read_document.encoding == name
    assert bool(read_document.encoding_note) == (codec.startswith("utf-16") and not mark)
    for block in read_document.blocks:
        place = byte_span(read_document, block.span)
        assert data[place.start : place.end].decode(codec) == block.span.of(TEXT)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Les États parties à la présente Convention sont convenus de ce qui suit, à l’égard de l’été. " * 8),
        ("cp1251", "Договаривающиеся Стороны развивают свои отношения как дружественные государства. " * 8),
        ("shift_jis", "この協定の締約国は、次のとおり協定した。第一条　この協定の適用上。" * 8),
    ],
)
def test_legacy_code_pages_are_guessed_and_the_guess_is_said(codec: str, text: str) -> None:
    data = text.encode(codec)
    read_document = document(data)
    assert read_document.text == text
    assert "not UTF-8" in read_document.encoding_note
    place = byte_span(read_document, Span(10, 25))
    assert data[place.start : place.end].decode(codec) == text[10:25]


def test_a_legacy_letter_late_in_a_long_file_is_found() -> None:
    data = b"The Parties agree on this.\n" * 20_000 + "Déjà vu à l'été, près du café.\n".encode("cp1252") * 20
    assert document(data).text.endswith("Déjà vu à l'été, près du café.\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"Text with a\x00zero byte, which no text has.", "zero byte"),
        (b"\x00" * 64, "zero byte"),
        (b"\xff\xfeA", "utf-16-le"),
        (b"\xef\xbb\xbfA\xff", "utf-8"),
        (bytes(range(1, 256)) * 40, "data"),
        ("Конец года близок".encode() + b"\xd0", "damaged in 1 place (the first at byte 32)"),
    ],
)
def test_what_is_not_text_is_refused_with_a_reason_and_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        document(data, "folder/file.txt")
    assert said in caught.value.what
    assert caught.value.where == "folder/file.txt"
    assert caught.value.remedy.endswith(".")
    assert "folder/file.txt" in str(caught.value)


def test_an_empty_source_is_a_document_without_blocks() -> None:
    for data in (b"", b"\xef\xbb\xbf", b"\n\n"):
        assert document(data).blocks == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aé中\U0001f600 \n\r")), st.data())
def test_byte_spans_are_exact_after_a_byte_order_mark(text: str, data: st.DataObject) -> None:
    read_document = document(b"\xef\xbb\xbf" + text.encode())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = byte_span(read_document, Span(start, end))
    assert read_document.source.data[place.start : place.end].decode() == text[start:end]


def test_byte_spans_far_into_a_long_text() -> None:
    text = "é" * 20_000 + "中"
    read_document = document(text.encode())
    assert byte_span(read_document, Span(20_000, 20_001)) == Span(40_000, 40_003)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# Title\n\nText\n")))
    source = source_from_path("-")
    assert (source.name, source.media_type) == ("-", "text/markdown")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Title\n\nText\n")))
    assert source_from_path("-").media_type == "text/plain"
