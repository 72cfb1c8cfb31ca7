"""Enumerators: which marks count together, what number each is, and where a place is numbered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.enumerators import Enumerators, enumerators, enumerators_at
from auditor.analysis.enumerators.marks import is_cited
from auditor.analysis.enumerators.readings import readings_of
from auditor.document import Document, Source
from auditor.reading import read


def document(text: str, media_type: str = "text/markdown") -> Document:
    return read(Source("t", text.encode("utf-8"), media_type))  # type: ignore[arg-type]


def series(text: str) -> list[list[str]]:
    """The members of each series as they are written."""
    known = enumerators(document(text))
    return [[known.text(known.items[index].mark) for index in found.members] for found in known.series]


def numbers(text: str) -> list[list[int]]:
    known = enumerators(document(text))
    return [[known.items[index].meant for index in found.members] for found in known.series]


def blocks(*marks: str) -> str:
    return "\n\n".join(f"{mark} the text of an item;" for mark in marks) + "\n"


@pytest.mark.parametrize(
    "marks",
    [
        ("1.", "2.", "3."),
        ("1)", "2)", "3)"),
        ("(1)", "(2)", "(3)"),
        ("(a)", "(b)", "(c)"),
        ("a)", "b)", "c)"),
        ("A.", "B.", "C."),
        ("I.", "II.", "III."),
        ("(i)", "(ii)", "(iii)"),
        ("1.1", "1.2", "1.3"),
        ("1.1.1.", "1.1.2.", "1.1.3."),
        ("一、", "二、", "三、"),
        ("（一）", "（二）", "（三）"),
        ("1°", "2°", "3°"),
        ("1º", "2º", "3º"),
        ("а)", "б)", "в)"),
        ("(أ)", "(ب)", "(ج)"),
        ("(א)", "(ב)", "(ג)"),
        ("§ 1.", "§ 2.", "§ 3."),
        ("1 -", "2 -", "3 -"),
    ],
)
def test_a_list_in_any_form_counts_from_one(marks: tuple[str, ...]) -> None:
    assert numbers(blocks(*marks)) == [[1, 2, 3]]


def test_bare_numbers_count_as_in_swiss_statutes() -> None:
    text = "1 Der Bund sorgt vor.\n\n2 Die Kantone vollziehen.\n\n2bis Die Gemeinden wirken mit.\n\n3 Alle handeln.\n"
    assert series(text) == [["1", "2", "2bis", "3"]]


def test_i_after_h_is_the_letter_and_after_a_point_it_is_one() -> None:
    assert numbers(blocks("(g)", "(h)", "(i)", "(j)", "(k)")) == [[7, 8, 9, 10, 11]]
    assert numbers(blocks("(a)", "(i)", "(ii)", "(b)", "(c)")) == [[1, 2, 3], [1, 2]]


def test_i_is_decided_by_what_comes_after_it() -> None:
    letters = blocks("(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)")
    romans = blocks("(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(ii)", "(iii)")
    assert numbers(letters) == [list(range(1, 11))]
    assert numbers(romans) == [list(range(1, 9)), [1, 2, 3]]


def test_v_x_l_and_c_are_letters_among_letters() -> None:
    marks = [f"({letter})" for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert numbers(blocks(*marks)) == [list(range(1, 27))]


def test_lists_inside_lists() -> None:
    text = blocks("1.", "(a)", "(i)", "(ii)", "(b)", "2.", "(a)", "(b)", "3.")
    assert series(text) == [["1.", "2.", "3."], ["(a)", "(b)"], ["(i)", "(ii)"], ["(a)", "(b)"]]


def test_marks_that_follow_directly_upon_another() -> None:
    assert series("1. (a) First;\n\n(b) second.\n\n2. (a) Third;\n\n(b) fourth.\n") == [
        ["1.", "2."],
        ["(a)", "(b)"],
        ["(a)", "(b)"],
    ]


def test_runs_inside_a_sentence() -> None:
    assert series("It covers: (i) fishing; (ii) shipping, both at sea; and (iii) mining.\n") == [
        ["(i)", "(ii)", "(iii)"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "See paragraphs 1 (a), (b) and (c) of article 5.\n",
        "The Parties to which points (a) and (b) apply shall consult.\n",
        "1990 was a year of change.\n",
        "1. Juli 1990 trat das Gesetz in Kraft.\n",
        "1.5 million people live there.\n\n2 million live elsewhere in 1990.\n",
    ],
)
def test_references_dates_and_sums_count_nothing(text: str) -> None:
    assert [members for members in series(text) if len(members) > 1] == []


def test_paragraphs_begin_anew_in_each_article() -> None:
    text = "## Article 1\n\n1. One.\n\n2. Two.\n\n## Article 2\n\n1. One.\n\n2. Two.\n\n## Article 3\n\n1. One.\n"
    assert numbers(text) == [[1, 2], [1, 2], [1]]


def test_paragraphs_run_on_behind_headings_where_the_document_does_so() -> None:
    text = "## Introduction\n\n1. One.\n\n2. Two.\n\n## Work\n\n3. Three.\n\n4. Four.\n\n## Conclusions\n\n5. Five.\n"
    assert numbers(text) == [[1, 2, 3, 4, 5]]


def test_a_quotation_of_several_blocks_counts_by_itself() -> None:
    text = (
        "1. The Act is amended as follows:\n\n“(3) The Board meets.\n\n(4) The Board reports.”\n\n"
        "2. It is published.\n\n3. It enters into force.\n"
    )
    assert ["1.", "2.", "3."] in series(text)
    assert ["(3)", "(4)"] in series(text)


def test_a_number_that_repeats_its_heading_is_no_paragraph() -> None:
    text = (
        "##### 1 Scope.\n\n**1.**—(1) One.\n\n(2) Two.\n\n##### 2 Fees.\n\n"
        "**2.**—(1) One.\n\n(2) Two.\n\n##### 3 End.\n\nX.\n"
    )
    assert series(text) == [["(1)", "(2)"], ["(1)", "(2)"]]


def test_letters_between_letters_leave_no_hole() -> None:
    assert numbers(blocks("m)", "n)", "ñ)", "o)")) == [[13, 14, 14, 15]]


def test_a_misread_figure_is_read_as_its_place_demands() -> None:
    known = enumerators(document(blocks("l.", "2.", "3.")))
    first = known.items[0]
    assert (first.value, first.reading.system, first.reading.damaged) == (1, "digits", True)


def test_a_misnumbered_mark_keeps_the_count() -> None:
    known = enumerators(document(blocks("1.", "2.", "2.", "4.", "5.")))
    assert [(item.value, item.meant) for item in known.items] == [(1, 1), (2, 2), (2, 3), (4, 4), (5, 5)]


TREATY = (
    "## Article 1\n\n1. One:\n\n(a) first;\n\n(b) second.\n\n2. Two.\n\n"
    "## Article 2\n\n1. One.\n\n2. Two:\n\n(a) first;\n\n(b) second.\n\n## Article 3\n\nNo paragraphs.\n"
)


def test_the_address_of_a_place() -> None:
    doc = document(TREATY)
    assert enumerators_at(doc, TREATY.index("(b) second")) == "(1)(b)"
    assert enumerators_at(doc, TREATY.rindex("second")) == "(2)(b)"
    assert enumerators_at(doc, TREATY.index("2. Two") + 3) == "(2)"
    assert enumerators_at(doc, TREATY.index("No paragraphs")) == ""
    assert enumerators_at(doc, 0) == ""


def test_whether_a_paragraph_of_an_article_exists() -> None:
    known: Enumerators = enumerators(document(TREATY))
    assert [item.mark.token for item in known.under(0)] == ["1", "2"]
    assert known.find(0, ("1", "b")) is not None
    assert known.find(0, ("2", "b")) is None
    assert known.find(1, ("2", "b")) is not None
    assert known.find(1, ("(b)",)) is not None
    assert known.find(1, ("3",)) is None
    assert known.find(2, ("1",)) is None


@given(st.integers(min_value=2, max_value=60), st.sampled_from(["{}.", "({})", "{})"]))
def test_any_list_is_one_series_and_spans_show_its_marks(length: int, form: str) -> None:
    text = blocks(*(form.format(number) for number in range(1, length + 1)))
    known = enumerators(document(text))
    assert [item.meant for item in known.items] == list(range(1, length + 1))
    assert len(known.series) == 1
    for item in known.items:
        span = known.span(item.mark)
        assert text[span.start : span.end] == form.format(item.value)
        token = known.token_span(item.mark)
        assert text[token.start : token.end] == str(item.value)


@given(st.text(alphabet="1234 ()abcivxlI.;:\n«»“”ñ一、#-", max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    doc = document(text)
    known = enumerators(doc)
    for item in known.items:
        span = known.span(item.mark)
        assert 0 <= span.start < span.end <= len(doc.text)
    assert [item.index for item in known.items] == list(range(len(known.items)))


def test_readings_give_what_is_written_before_what_is_repaired() -> None:
    assert next((r.value, r.system) for r in readings_of("b")) == (2, "latin-lower")
    assert {(r.value, r.system) for r in readings_of("i") if not r.damaged} == {(1, "roman-lower"), (9, "latin-lower")}
    assert any(r.value == 1 and r.system == "digits" and r.damaged for r in readings_of("l"))
    assert any(r.value == 12 and r.system == "latin-lower" and r.damaged for r in readings_of("1"))
    assert readings_of("1.2.3")[0].prefix == (1, 2)
    assert readings_of("xyz") == ()


@pytest.mark.parametrize("before", ["paragraph ", "paragraphs (a) and ", "2 (a), ", "article 5 ", "el párrafo "])
def test_a_number_in_brackets_is_cited_behind_a_label_or_number(before: str) -> None:
    assert is_cited(before)


@pytest.mark.parametrize("before", ["shall ", "the fees; and ", "the Parties, "])
def test_a_number_in_brackets_counts_behind_other_words(before: str) -> None:
    assert not is_cited(before)
