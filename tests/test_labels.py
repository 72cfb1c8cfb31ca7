"""Labels and heading numbers in all the languages of the data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.labels import heading_label, label_at, label_kinds, read_heading, write_heading

LANGUAGES = ["ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it"]
LANGUAGES += ["lt", "lv", "mt", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "zh"]


def read(text: str, language: str = "") -> tuple[str, int | None]:
    """Kind and likeliest number of a heading."""
    found = read_heading(text, 0, language)
    assert found is not None, text
    return found.kind, found.readings[0].value if found.readings else None


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Article 5", "article", 5),
        ("ARTICLE II", "article", 2),
        ("Art. 1er", "article", 1),
        ("Article premier", "article", 1),
        ("Artículo 5º.-", "article", 5),
        ("CAPITULO UNICO", "chapter", 1),
        ("TÍTULO I - DE LAS FUERZAS", "title", 1),
        ("Статья 5.", "article", 5),
        ("ЧАСТЬ ПЕРВАЯ", "part", 1),
        ("Глава IV", "chapter", 4),
        ("第十二条", "article", 12),
        ("第一部分一般规定", "part", 1),
        ("附件七仲裁法庭", "annex", 7),
        ("المادة 5", "article", 5),
        ("المادة الأولى", "article", 1),
        ("الباب الأول", "title", 1),
        ("§ 12", "article", 12),
        ("Erster Abschnitt", "section", 1),
        ("1. Abschnitt: Allgemeines", "section", 1),
        ("Artikel 3", "article", 3),
        ("Artigo 5.º", "article", 5),
        ("Articolo 7", "article", 7),
        ("Άρθρο 9", "article", 9),
        ("Член 4", "article", 4),
        ("Článek 4", "article", 4),
        ("5. cikk", "article", 5),
        ("I. FEJEZET", "chapter", 1),
        ("5 straipsnis", "article", 5),
        ("5. pants", "article", 5),
        ("5. člen", "article", 5),
        ("5 artikla", "article", 5),
        ("12 §", "article", 12),
        ("Artikkel 5", "article", 5),
        ("Artykuł 5", "article", 5),
        ("Članak 5.", "article", 5),
        ("Airteagal 5", "article", 5),
        ("Artikolu 5", "article", 5),
        ("Secțiunea a 2-a", "section", 2),
        ("Стаття 7", "article", 7),
        ("Madde 3", "article", 3),
        ("PART ONE", "part", 1),
        ("FIRST SCHEDULE", "schedule", 1),
        ("Première partie", "part", 1),
        ("Annex II", "annex", 2),
        ("Annex", "annex", None),
        ("附件", "annex", None),
        ("Table 3:", "table", 3),
    ],
)
def test_headings_of_many_languages(text: str, kind: str, number: int | None) -> None:
    assert read(text) == (kind, number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_reads_back_the_heading_it_writes(language: str) -> None:
    kinds = label_kinds(language)
    assert {"article", "chapter", "annex"} <= set(kinds)
    for kind in kinds:
        number = "二" if language == "zh" else "12"
        heading = write_heading(kind, number, language)
        found = read_heading(heading, 0, language)
        assert found is not None, heading
        assert found.readings[0].value == (2 if language == "zh" else 12)
        assert language in found.label.languages


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Artic1e 4", "article", 4),
        ("ARTlCLE 3", "article", 3),
        ("Articie 5", "article", 5),
        ("Artículо 7", "article", 7),
        ("A R T I C L E 5", "article", 5),
        ("ARTICLE l4", "article", 14),
        ("Chapter lV", "chapter", 4),
        ("Cтатья 3", "article", 3),
    ],
)
def test_damaged_headings_are_read_and_said_to_be_damaged(text: str, kind: str, number: int) -> None:
    found = read_heading(text)
    assert found is not None
    assert (found.kind, found.readings[0].value, found.damaged) == (kind, number, True)


@pytest.mark.parametrize("text", ["Article 5", "ARTICULO 5", "artículo 5", "CAPÍTULO II"])
def test_case_and_accents_are_no_damage(text: str) -> None:
    found = read_heading(text)
    assert found is not None
    assert not found.damaged


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Articles 5 to 8", 5, 8),
        ("Article 5–8", 5, 8),
        ("Artikel 5 bis 8", 5, 8),
        ("Arts. 5-8", 5, 8),
        ("Articles 5 and 6", 5, 6),
        ("Статьи 5–8", 5, 8),
        ("Artículos 5 a 8", 5, 8),
    ],
)
def test_ranges(text: str, first: int, last: int) -> None:
    found = read_heading(text)
    assert found is not None
    assert (found.readings[0].value, found.range_to) == (first, last)


def test_a_single_article_is_no_range_because_another_number_is_near() -> None:
    found = read_heading("Article 5 and 6 other provisions")
    assert found is not None
    assert found.range_to is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Parties shall",
        "1. Parties shall",
        "Parties to the treaty",
        "Part of the territory",
        "347 del Código Penal",
        "del 150 % de las remuneraciones",
        "Al 31 de diciembre",
        "para 8 (ocho) horas",
        "c. eine Kriegshandlung",
        "All Members, in order",
        "3 Artikel 829 des Obligationenrechts",
        "Rules of procedure",
        "numéro d'identité",
    ],
)
def test_prose_is_no_heading(text: str) -> None:
    assert read_heading(text) is None


def test_closing_marks_belong_to_the_number_and_the_title_does_not() -> None:
    for text in ("Artículo 5º.- Objeto", "Chapter IV: Objeto", "SECTION II.—Objeto", "Art. 5. - Objeto", "§ 5. Objeto"):
        found = read_heading(text)
        assert found is not None
        assert text[found.end :].strip() == "Objeto"


def test_a_number_of_several_levels_keeps_its_levels() -> None:
    found = read_heading("Rule 12.3 Evidence")
    assert found is not None
    assert (found.readings[0].value, found.readings[0].suffix) == (12, ".3")


def test_a_number_fused_to_its_label_or_its_title() -> None:
    assert read("Article5") == ("article", 5)
    assert read("Article 12Amendments") == ("article", 12)


def test_suffixes_in_headings() -> None:
    found = read_heading("第十二条之一")
    assert found is not None
    assert (found.readings[0].value, found.readings[0].suffix) == (12, "1")
    found = read_heading("Articolo 5-bis")
    assert found is not None
    assert found.readings[0].suffix == "bis"


def test_the_language_decides_between_two_senses() -> None:
    assert read("Глава II", "ru") == ("chapter", 2)
    assert read("Глава II", "sr") == ("title", 2)
    assert read("del 2", "da") == ("part", 2)


@pytest.mark.parametrize(
    ("text", "heading"), [("Article", True), ("articles", False), ("статьях", False), ("Artikeln", False)]
)
def test_references_have_forms_that_headings_do_not(text: str, heading: bool) -> None:
    found = label_at(text)
    assert found is not None
    assert found.label.heading is heading
    assert found.end == len(text)


def test_words_to_write() -> None:
    assert heading_label("article", "en") == "Article"
    assert heading_label("article", "ru") == "Статья"
    assert write_heading("article", "5", "hu") == "5. cikk"
    assert write_heading("article", "五", "zh") == "第五条"
    with pytest.raises(KeyError):
        heading_label("article", "xx")


@given(st.text(max_size=40), st.integers(0, 40))
def test_any_text_can_be_read(text: str, start: int) -> None:
    found = read_heading(text, start)
    if found is not None:
        assert start < found.end <= len(text)
        assert found.label_text in text
    match = label_at(text, start)
    if match is not None:
        assert start < match.end <= len(text)
