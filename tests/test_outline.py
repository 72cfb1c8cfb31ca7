"""The outline: divisions and their series, from the text's own numbering."""

from __future__ import annotations

import pytest

from auditor.analysis.outline import Outline, outline
from auditor.analysis.outline.absences import absences
from auditor.document import Document, MediaType, Source
from auditor.reading import read


def document_of(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("test", text.encode(), media_type))


def outline_of(text: str, media_type: MediaType = "text/markdown") -> Outline:
    return outline(document_of(text, media_type))


def labels(plan: Outline) -> list[str]:
    return [division.label for division in plan.divisions]


def test_levels_that_lie_do_not_matter() -> None:
    plan = outline_of("## Article 1\n\nText.\n\n#### Article 2\n\nText.\n\n### Article 3\n\nText.\n")
    (series,) = plan.series
    assert [plan.divisions[m].label for m in series.members] == ["Article 1", "Article 2", "Article 3"]


@pytest.mark.parametrize(
    ("lines", "pattern"),
    [
        (["Article 1", "Article 2", "Article 3"], "Article #"),
        (["**Article 1**", "**Article 2**", "**Article 3**"], "Article #"),
        (["Artículo 1", "Artículo 2", "Artículo 3"], "Artículo #"),
        (["Статья 1", "Статья 2", "Статья 3"], "Статья #"),
        (["第一条", "第二条", "第三条"], "第#条"),
        (["المادة 1", "المادة 2", "المادة 3"], "المادة #"),
        (["1 straipsnis", "2 straipsnis", "3 straipsnis"], "# straipsnis"),
        (["Article I", "Article II", "Article III"], "Article #"),
        (["Article 1", "Artic1e 2", "ARTICLE 3"], "Article #"),
    ],
)
def test_headings_of_many_kinds_are_one_series(lines: list[str], pattern: str) -> None:
    plan = outline_of("\n\n".join(f"{line}\n\nThe text of the article stands here." for line in lines))
    (series,) = plan.series
    assert len(series.members) == 3
    assert series.pattern == pattern


def test_the_address_names_annex_and_article() -> None:
    text = "## Annex I\n\n# A treaty\n\n### Article 1\n\nOne.\n\n## Annex II\n\n# Another\n\n## Article 1\n\nHere.\n"
    document = document_of(text)
    assert outline(document).address_at(text.index("Here")) == "Annex II, Article 1"


def test_a_reference_at_the_beginning_of_a_line_is_no_heading() -> None:
    text = "Article 1\n\nText.\n\nArticle 51 of the Charter applies to the parties.\n\nArticle 2\n\nText.\n"
    assert labels(outline_of(text, "text/plain")) == ["Article 1", "Article 2"]


def test_the_articles_of_a_chapter_count_among_themselves() -> None:
    plan = outline_of("\n\n".join(f"## Article {n}\n\nText." for n in ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3")))
    assert [series.pattern for series in plan.series] == ["Article 1.#", "Article 2.#"]


def test_a_wide_division_takes_the_title_in_the_next_block() -> None:
    plan = outline_of("PART I\n\nGENERAL PROVISIONS\n\nArticle 1\n\nText.\n\nArticle 2\n\nText.\n", "text/plain")
    assert plan.divisions[0].title == "GENERAL PROVISIONS"


def test_bodies_and_parents_nest() -> None:
    plan = outline_of("# Chapter I\n\n## Article 1\n\nOne.\n\n# Chapter II\n\n## Article 2\n\nTwo.\n")
    for division in plan.divisions:
        assert division.start <= division.heading.start <= division.heading.end == division.body.start
        if division.parent is not None:
            assert plan.divisions[division.parent].depth == division.depth - 1


HEAD = "## Article 1\n\nThe Parties cooperate in good faith.\n\n## Article 2\n\nThe Parties consult each other.\n\n"
TAIL = "## Article 4\n\nThis Agreement enters into force on signature.\n"


@pytest.mark.parametrize(
    "explanation",
    [
        "## Article 3\n\n[Repealed]\n\n",
        "*Article 3 has been repealed.*\n\n",
        "(Article 3: deleted)\n\n",
        "## Articles 3 and 3 bis\n\nReserved.\n\n",
    ],
)
def test_a_number_that_the_text_explains_is_not_absent(explanation: str) -> None:
    assert absences(document_of(HEAD + explanation + TAIL)) == ()


def test_a_heading_glued_into_a_paragraph_is_not_absent() -> None:
    text = HEAD.rstrip() + " It is done. Article 3 The Commission meets every year in the capital.\n\n" + TAIL
    text = "## Article 0\n\nThe first words.\n\n" + text
    assert absences(document_of(text)) == ()


def test_the_place_behind_a_page_footer_is_preferred() -> None:
    text = "".join(
        f"## Article {n}\n\nThe Parties shall do what is agreed under number {n}.\n\nThey shall report on it.\n\n"
        for n in range(1, 8)
    ).replace("## Article 5\n\n", "22-03357 **3/15**\n\n")
    (absence,) = absences(document_of(text))
    assert absence.label == "Article 5"
    assert absence.candidates[0].start == text.index("The Parties shall do what is agreed under number 5")
    assert any("page" in evidence.message for evidence in absence.evidence)


def test_a_twin_shows_the_place() -> None:
    def treaty(name: str, lost: int | None) -> str:
        return "".join(
            ("" if n == lost else f"## Article {n}\n\n")
            + f"The Republic of {name} shall take the measures numbered {n} without any delay.\n\n"
            for n in range(1, 6)
        )

    text = "# Annex I\n\n" + treaty("Ruritania", 3) + "# Annex II\n\n" + treaty("Syldavia", None)
    (absence,) = absences(document_of(text))
    assert absence.label == "Article 3"
    assert any("Annex II" in evidence.message for evidence in absence.evidence)


@pytest.mark.parametrize("word", ["Erthygl", "Pasal", "Điều", "L-Artiklu", "Հոդված"])
def test_a_label_word_that_no_list_knows_makes_a_series(word: str) -> None:
    plan = outline_of("\n\n".join(f"## {word} {n}\n\nThe text of this one is here." for n in (1, 2, 3, 5, 6)))
    (series,) = plan.series
    assert series.pattern == f"{word} #"
    assert [hole.values for hole in series.run.holes] == [range(4, 5)]


def test_few_lines_with_a_word_and_a_number_are_no_series() -> None:
    assert outline_of("Zebra 1\n\nText.\n\nZebra 2\n\nText.\n\nGiraffe 3\n\nText.\n").series == ()


def test_no_heading_is_placed_inside_numbered_paragraphs() -> None:
    def article(number: int, *, heading: bool = True) -> str:
        paragraphs = "".join(f"{n}. The Parties shall do thing {number}.{n} together.\n\n" for n in (1, 2, 3))
        return (f"## Article {number}\n\n" if heading else "") + paragraphs

    text = article(1) + article(2) + article(3, heading=False) + article(4) + article(5)
    (absence,) = absences(document_of(text))
    assert absence.candidates[0].start == text.index("1. The Parties shall do thing 3.1")
    assert len(absence.candidates) == 1


def numbered(number: int, *, heading: bool = True, mark: str = "({})\n\n", paragraphs: int = 3) -> str:
    """An article of numbered paragraphs, with or without its heading."""
    texts = "".join(
        f"{mark.format(n)}The Parties shall do thing {number}.{n} together.\n\n" for n in range(1, paragraphs + 1)
    )
    return (f"## Article {number}\n\n" if heading else "") + texts


@pytest.mark.parametrize("mark", ["({})\n\n", "{}.\n\n", "<sup>{}</sup> ", "{} ", "({}) ", "{}) "])
def test_paragraph_numbers_are_read_however_they_stand(mark: str) -> None:
    """In a block of their own, raised, or before the text: where they begin anew, the heading is lost."""
    text = "".join(numbered(n, heading=n != 3, mark=mark) for n in range(1, 7))
    (absence,) = absences(document_of(text))
    second = text.index(f"{mark.format(1)}The Parties shall do thing 3.1")
    assert absence.text_there
    assert absence.candidates[0].start == second


@pytest.mark.parametrize("mark", ["({})\n\n", "<sup>{}</sup> ", "{}. "])
def test_where_the_numbers_run_through_the_text_is_gone_too(mark: str) -> None:
    text = "".join(numbered(n, mark=mark) for n in (1, 2, 4, 5, 6))
    (absence,) = absences(document_of(text))
    assert (absence.label, absence.text_there, absence.candidates) == ("Article 3", False, ())


def section(number: int, *, heading: bool = True) -> str:
    """A section whose text repeats its number."""
    title = f"##### {number} Duties of class {number}.\n\n" if heading else ""
    return title + f"**{number}.**—(1) Members of class {number} pay fees.\n\n(2) The Minister sets the fees.\n\n"


def test_a_text_that_repeats_its_number_is_there() -> None:
    text = "".join(section(n, heading=n != 4) for n in range(1, 9))
    (absence,) = absences(document_of(text))
    assert absence.text_there
    assert absence.candidates[0].start == text.index("**4.**")


def test_where_all_texts_repeat_their_numbers_an_absent_one_is_gone() -> None:
    (absence,) = absences(document_of("".join(section(n) for n in range(1, 9) if n != 4)))
    assert not absence.text_there


def test_several_lost_in_one_stretch_are_placed_in_their_order() -> None:
    text = "".join(numbered(n, heading=n not in (3, 4, 5)) for n in range(1, 10))
    found = absences(document_of(text))
    assert [absence.label for absence in found] == ["Article 3", "Article 4", "Article 5"]
    begin = [text.index(f"(1)\n\nThe Parties shall do thing {n}.1") for n in (3, 4, 5)]
    assert [absence.candidates[0].start for absence in found] == begin


def test_the_number_of_a_note_is_none_of_a_paragraph() -> None:
    """A note's raised number that moved to the beginning of a line divides a sentence, not the article."""
    text = "".join(numbered(n, heading=n != 3, mark="<sup>{}</sup> ") for n in range(1, 7)).replace(
        "thing 2.2 together", "thing 2.2 under\n\n<sup>14</sup> Article 829 of the Code"
    )
    (absence,) = absences(document_of(text))
    assert absence.candidates[0].start == text.index("<sup>1</sup> The Parties shall do thing 3.1")
