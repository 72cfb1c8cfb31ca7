"""Numerals: every system, the readings of ambiguous ones, damage, suffixes, and writing as the inverse of reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.numerals import (
    fold,
    may_be_numeral,
    read_counted,
    read_decimal,
    read_numerals,
    write_numeral,
)


def first(text: str) -> tuple[int, str, str, bool]:
    """Value, style, suffix and damage of the likeliest reading."""
    reading = read_numerals(text)[0]
    return reading.value, reading.style, reading.suffix, reading.damaged


def readings(text: str) -> set[tuple[int, str]]:
    return {(reading.value, reading.style) for reading in read_numerals(text)}


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("12", 12, "arabic"),
        ("2)", 2, "arabic"),
        ("iv)", 4, "roman-lower"),
        ("XII", 12, "roman-upper"),
        ("Ⅳ", 4, "roman-upper"),
        ("a)", 1, "latin-lower"),
        ("B.", 2, "latin-upper"),
        ("aa)", 27, "latin-lower"),
        ("ab)", 28, "latin-lower"),
        ("ñ)", 15, "spanish-lower"),
        ("в)", 3, "cyrillic-lower"),
        ("к)", 10, "cyrillic-lower"),
        ("Д.", 5, "cyrillic-upper"),
        ("γ)", 3, "greek-lower"),
        ("στ)", 6, "greek-lower"),
        ("ια)", 11, "greek-lower"),
        ("٣", 3, "arabic-indic"),
        ("۱۲", 12, "arabic-indic"),
        ("أ)", 1, "abjad"),
        ("هـ)", 5, "abjad"),
        ("ي)", 10, "abjad"),
        ("ג)", 3, "hebrew"),
        ("י״ב", 12, "hebrew"),
        ("①", 1, "circled"),
        ("１２", 12, "fullwidth"),
        ("一、", 1, "han"),
        ("第十二条", 12, "han"),
        ("第一百零五条", 105, "han"),
        ("二三", 23, "han"),
        ("丙、", 3, "han-stem"),
        ("第5条", 5, "arabic"),
    ],
)
def test_every_system_is_read(text: str, value: int, style: str) -> None:
    assert first(text) == (value, style, "", False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("First", 1),
        ("ONE", 1),
        ("twenty-first", 21),
        ("premier", 1),
        ("Première", 1),
        ("vingt et unième", 21),
        ("Primero", 1),
        ("Único", 1),
        ("UNICO", 1),
        ("décimo tercera", 13),
        ("Vigésimo primero", 21),
        ("первая", 1),
        ("третьего", 3),
        ("двадцать первая", 21),
        ("الأول", 1),
        ("الأولى", 1),
        ("الحادي عشر", 11),
        ("الثاني والعشرون", 22),
        ("Erster", 1),
        ("Zwölfter", 12),
        ("primo", 1),
        ("segunda", 2),
        ("tweede", 2),
        ("pierwszy", 1),
        ("třetí", 3),
        ("П'ята", 5),
        ("πρώτο", 1),
        ("al doilea", 2),
    ],
)
def test_numbers_in_words(text: str, value: int) -> None:
    assert first(text) == (value, "spelled", "", False)
    assert read_numerals(text)[0].end == len(text)


@pytest.mark.parametrize(
    "text", ["1er", "1º", "1.º", "1ª", "1st", "1re", "1-я", "1-го", "No. 1", "Nº 1", "№ 1", "N° 1"]
)
def test_marks_of_ordinals_belong_to_the_numeral(text: str) -> None:
    assert first(text) == (1, "arabic", "", False)
    assert read_numerals(text)[0].end == len(text)


@pytest.mark.parametrize(
    ("text", "value", "suffix"),
    [
        ("12 bis", 12, "bis"),
        ("12bis.", 12, "bis"),
        ("3-ter", 3, "ter"),
        ("4 Quater", 4, "quater"),
        ("5 бис", 5, "bis"),
        ("5 مكرر", 5, "bis"),
        ("16 A", 16, "A"),
        ("16A.", 16, "A"),
        ("5a", 5, "a"),
        ("5.º-A", 5, "A"),
        ("16/A. §", 16, "A"),
        ("3-1", 3, "1"),
        ("III bis", 3, "bis"),
        ("IVa", 4, "a"),
        ("A1", 1, "1"),
    ],
)
def test_suffixes(text: str, value: int, suffix: str) -> None:
    got_value, _, got_suffix, damaged = first(text)
    assert (got_value, got_suffix, damaged) == (value, suffix, False)


@pytest.mark.parametrize("text", ["5 A State shall", "5–8", "5-8", "5 bis 8", "1 a Bezugsberechtigte"])
def test_what_follows_is_a_suffix_only_when_it_looks_like_one(text: str) -> None:
    assert first(text)[2] == ""


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("l4", 14, "arabic"),
        ("3l", 31, "arabic"),
        ("1O July", 10, "arabic"),
        ("2O22", 2022, "arabic"),
        ("l°", 1, "arabic"),
        ("|2", 12, "arabic"),
        ("lV", 4, "roman-upper"),
        ("Vl", 6, "roman-upper"),
        ("VIl", 7, "roman-upper"),
        ("ХIV", 14, "roman-upper"),
    ],
)
def test_confusions_are_repaired_and_said(text: str, value: int, style: str) -> None:
    reading = read_numerals(text)[0]
    assert (reading.value, reading.style) == (value, style)
    assert reading.damaged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i)", {(1, "roman-lower"), (9, "latin-lower")}),
        ("v)", {(5, "roman-lower"), (22, "latin-lower")}),
        ("c)", {(3, "latin-lower"), (100, "roman-lower")}),
        ("l)", {(12, "latin-lower"), (1, "arabic")}),
        ("П", {(15, "cyrillic-upper"), (2, "roman-upper")}),
        ("З", {(8, "cyrillic-upper"), (3, "arabic")}),
        ("bb)", {(28, "latin-lower"), (54, "latin-lower")}),
        ("й)", {(10, "cyrillic-full-lower")}),
        ("а)", {(1, "cyrillic-lower"), (1, "latin-lower")}),
    ],
)
def test_ambiguous_numerals_have_all_their_readings(text: str, expected: set[tuple[int, str]]) -> None:
    assert expected <= readings(text)


@pytest.mark.parametrize(
    "text", ["", "(", "The Parties", "Convention", "一般规定", "d'identité", "§", "-", "1" * 40, "und", "para"]
)
def test_no_numeral(text: str) -> None:
    assert read_numerals(text) == ()


def test_a_word_fused_to_a_figure_ends_the_numeral() -> None:
    reading = read_numerals("12Amendments")[0]
    assert (reading.value, reading.end) == (12, 2)


def test_reading_starts_where_it_is_told() -> None:
    assert read_numerals("(iv) text", 1)[0].end == 3
    assert read_numerals("x", 5) == ()


def test_behind_a_label_a_chinese_figure_may_be_followed_by_anything() -> None:
    assert read_numerals("七仲裁") == ()
    assert read_counted("七仲裁")[0].value == 7


@pytest.mark.parametrize(
    ("text", "parts"),
    [("1.2", (1, 2)), ("3.1.4. Text", (3, 1, 4)), ("12.10)", (12, 10))],
)
def test_decimal_enumerators(text: str, parts: tuple[int, ...]) -> None:
    found = read_decimal(text)
    assert found is not None
    assert found[0] == parts
    assert text[found[1] - 1].isdigit()


@pytest.mark.parametrize("text", ["1", "1.", "1.234,5", "1.2a", "a.1", "1945.12.3456"])
def test_no_decimal_enumerator(text: str) -> None:
    assert read_decimal(text) is None


_WRITABLE = [
    ("arabic", 400), ("arabic-indic", 400), ("fullwidth", 400), ("roman-upper", 89), ("roman-lower", 49),
    ("latin-lower", 52), ("latin-upper", 52), ("spanish-lower", 27), ("cyrillic-lower", 28),
    ("cyrillic-full-upper", 29), ("ukrainian-lower", 32), ("greek-lower", 99), ("greek-alphabet-lower", 24),
    ("han", 999), ("han-stem", 10), ("abjad", 28), ("hijai", 28), ("hebrew", 399), ("circled", 50), ("spelled", 20),
]  # fmt: skip


@given(st.sampled_from(_WRITABLE).flatmap(lambda s: st.tuples(st.just(s[0]), st.integers(1, s[1]))))
def test_what_is_written_is_read_again(case: tuple[str, int]) -> None:
    style, value = case
    written = write_numeral(value, style)
    assert (value, style) in readings(written + ")")


@given(st.sampled_from(["", "bis", "ter", "A", "b", "1"]), st.integers(2, 200))
def test_suffixes_are_read_again(suffix: str, value: int) -> None:
    written = write_numeral(value, "arabic", suffix)
    assert any((r.value, r.suffix) == (value, suffix) for r in read_numerals(written))


@pytest.mark.parametrize(
    ("value", "style"),
    [
        (0, "latin-lower"),
        (-1, "arabic"),
        (11, "han-stem"),
        (60, "circled"),
        (5000, "roman-upper"),
        (99, "spelled"),
        (1, "runic"),
    ],
)
def test_what_cannot_be_written_is_refused(value: int, style: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        write_numeral(value, style)


def test_words_are_written_in_the_language_asked_for() -> None:
    assert write_numeral(2, "spelled", language="de") == "zweite"
    assert write_numeral(3, "spelled", language="fr") == "trois"


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_text_can_be_read(text: str, start: int) -> None:
    found = read_numerals(text, start)
    for reading in found:
        assert start < reading.end <= len(text)
        assert reading.value >= 0
    if found:
        assert may_be_numeral(text, start)


def test_folding_takes_case_and_accents_away() -> None:
    assert fold("ARTÍCULO") == "articulo"
    assert fold("الأُولى") == fold("الاولى")


@pytest.mark.parametrize("unit", ["1", "一", "第", "I", "l ", "a", "1.", "א", "| ", "十"])
def test_a_long_run_without_end_is_no_number(unit: str) -> None:
    for reading in read_numerals(unit * 20_000):
        assert reading.end < 100
