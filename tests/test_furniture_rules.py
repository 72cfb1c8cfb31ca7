"""What the furniture rules say, and what their remedies leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.contract import run
from auditor.document import Document, Source
from auditor.document.source import MediaType
from auditor.findings import Finding, Fix
from auditor.plugins import load_rules
from auditor.reading import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
RULES = {rule.name: rule for rule in load_rules().rules}
SENTENCE = "The Parties shall cooperate in this field and shall exchange the experience that they have gained. "


def document_of(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode("utf-8"), media_type))


def findings(name: str, text: str, media_type: MediaType = "text/markdown") -> list[Finding]:
    return run(RULES[f"furniture/{name}"], document_of(text, media_type), {})


def applied(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_removing_a_footer_leaves_one_blank_line() -> None:
    text = "It ends here.\n\n22-03357 **3/15** \n\nIt begins here.\n"
    (found,) = findings("page-footer", text)
    (fix,) = found.fixes
    assert fix.applicability == "safe"
    assert applied(text, fix) == "It ends here.\n\nIt begins here.\n"


def test_removing_a_footer_at_the_end_of_the_text() -> None:
    text = "It ends here.\n\n22-03357 **15/15**"
    (found,) = findings("page-footer", text)
    assert applied(text, found.fixes[0]).rstrip() == "It ends here."


def test_a_sentence_that_a_footer_cut_is_joined() -> None:
    text = "Each Party shall recognize\n\n22-03357 **3/15**\n\ndocuments of the other.\n"
    (found,) = findings("page-footer", text)
    remove, join = found.fixes
    assert "recognize documents of the other" in join.message
    assert join.applicability == "unsafe"
    assert applied(text, join) == "Each Party shall recognize documents of the other.\n"
    assert applied(text, remove) == "Each Party shall recognize\n\ndocuments of the other.\n"


def test_all_furniture_of_a_break_goes_when_the_sentence_is_joined() -> None:
    text = "Each Party shall recognize\n\n22-03357 **3/15**\n\nVol. 2010, I-12345\n\ndocuments of the other.\n"
    (found,) = findings("page-footer", text)
    assert applied(text, found.fixes[1]) == "Each Party shall recognize documents of the other.\n"


def test_removing_a_line_from_a_paragraph_that_keeps_its_line_ends() -> None:
    text = "".join(f"{SENTENCE * 8}\nand the\n{n}/9\nParties agree.\n" for n in range(2, 5))
    found = findings("page-footer", text, "text/plain")
    assert [f.data["pages"] for f in found] == [[2], [3], [4]]
    assert "and the\nParties agree." in applied(text, found[0].fixes[0])


def test_a_long_series_is_one_finding_with_its_places() -> None:
    text = "".join(f"{SENTENCE * 9}\n\n22-03357 {n}/20\n\n" for n in range(1, 21))
    (found,) = findings("page-footer", text)
    assert len(found.places) == 19
    assert "22-03357" not in applied(text, found.fixes[0])


def test_furniture_inside_a_sentence_shows_the_sentence_without_it() -> None:
    text = "They act for the purpose of achieving /... English Page 8 compatible standards.\n"
    (found,) = findings("inside-text", text)
    assert "the purpose of achieving compatible standards" in found.message
    assert applied(text, found.fixes[0]) == "They act for the purpose of achieving compatible standards.\n"


def test_the_letter_says_which_pages_left_no_mark() -> None:
    text = (FIXTURES / "a-76-740" / "a-76-740.md").read_text(encoding="utf-8")
    (found,) = findings("missing-page", text)
    assert found.data["pages"] == [2, 4, 6, 8, 10, 12, 14]
    assert found.data["marked"] == [3, 9, 13, 15]


def test_a_page_too_short_for_the_count_has_its_folio_all_the_same() -> None:
    text = "".join(f"{SENTENCE * (1 if n == 6 else 9)}\n\nPage {n} of 9\n\n" for n in range(1, 10))
    assert findings("missing-page", text) == []


def test_the_total_is_what_a_folio_in_words_states() -> None:
    text = "".join(f"{SENTENCE * 9}\n\nRev. 01/2022 Page {n} of 5\n\n" for n in (1, 2, 4, 5))
    (found,) = findings("missing-page", text)
    assert found.data["pages"] == [3]


def test_one_running_head_is_one_finding_whatever_chapter_stands_beside_it() -> None:
    text = "".join(
        f"{SENTENCE * 9}and the\n\nManual on Practice — {n}\n\nOf {'law' if n < 8 else 'war'} and peace\n\nrest. "
        for n in range(1, 15)
    )
    assert [len(found.places) for found in findings("page-header", text)] == [13]


def test_many_places_of_several_series_are_one_finding_each() -> None:
    text = "".join(f"{SENTENCE * 9}\n\n/...\n\nA/RES/48/263\n\nPage {n}\n\n" for n in range(2, 8))
    found = [*findings("page-footer", text), *findings("page-header", text)]
    assert sorted(len(one.places) for one in found) == [5, 5, 5]


def test_the_letter_gets_its_lost_numbers_back() -> None:
    text = (FIXTURES / "a-76-740" / "a-76-740.md").read_text(encoding="utf-8")
    assert [found.data["number"] for found in findings("lost-folio", text)] == [5, 7, 11]


def test_the_report_is_known_to_stop_early() -> None:
    text = (FIXTURES / "prepcom" / "report.raw.txt").read_text(encoding="utf-8")
    (found,) = findings("missing-page", text, "text/plain")
    assert found.message == "Page 34 of 80 left no mark in the text; the text ends on page 44 of 80."


def test_a_folio_on_the_next_line_is_not_lost() -> None:
    text = "".join(f"{SENTENCE * 9}\n24-07683\n{n}/5\n" for n in range(2, 6))
    assert findings("lost-folio", text, "text/plain") == []


def test_line_numbers_inside_a_paragraph() -> None:
    words = "and shall be entered in the register by the officer in whose district the land lies upon payment of "
    text = "A deed " + "".join(f"{number} {words * 3}" for number in (5, 10, 15, 20, 25)) + "the fee.\n"
    (found,) = findings("line-numbers", text)
    assert [text[s.start : s.end] for s in (found.span, *found.places)] == ["5", "10", "15", "20", "25"]
    assert not any(character.isdigit() for character in applied(text, found.fixes[0]))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("المادة", "لكل فرد الحق في الحياة والحرية"),
        ("ข้อ", "ทุกคนมีสิทธิในการดำรงชีวิต"),
        ("Article", "Everyone has the right to life"),
    ],
)
@pytest.mark.parametrize("mark", ["## ", ""])
def test_numbers_of_headings_count_no_lines(mark: str, word: str, text: str) -> None:
    assert findings("line-numbers", "".join(f"{mark}{word} {n}\n\n{text}\n\n" for n in range(3, 14))) == []


def test_lines_that_are_numbered_one_by_one_stand_on_lines_one_by_one() -> None:
    words = "and shall be signed by both of the parties to it"
    dense = "\n".join(f"{n} {words}" for n in range(1, 13))
    assert len(findings("line-numbers", dense, "text/plain")) == 1
    sparse = "\n".join(f"{n} {words}\nand each of them" for n in range(1, 13))
    assert findings("line-numbers", sparse, "text/plain") == []


def test_a_numbered_list_without_stops_in_a_script_without_case_is_no_count_of_lines() -> None:
    assert findings("line-numbers", "".join(f"{n} 缔约方应当交换资料\n" for n in range(1, 15)), "text/plain") == []


@pytest.mark.parametrize(
    "text",
    [
        "1994\n\n1995\n\n1996\n\n1997\n\n1998\n\n1999\n",
        "".join(f"{n} votes were cast by members of group {n}.\n" for n in range(1, 20)),
        "| 5 | a |\n|---|---|\n| 10 | b |\n| 15 | c |\n| 20 | d |\n",
        "\n".join(f"{n} Article {n}, paragraph 1, of the Agreement." for n in range(1, 15)),
    ],
)
def test_lists_tables_and_notes_are_no_line_numbers(text: str) -> None:
    assert findings("line-numbers", text, "text/plain") == []


@pytest.mark.parametrize(
    "mark",
    [
        "-----File: 012.png---\\alice\\bob\\----",
        "[Blank page]",
        "This page intentionally left blank",
        "<!-- PageBreak -->",
        '<!-- PageNumber="3" -->',
        "![](_page_0_Picture_1.jpeg)",
        "![img-0.jpeg](img-0.jpeg)",
        "{12}------------------------------------------------",
        "<page_number>3</page_number>",
        "--- Page 3 ---",
        "Content-Type: application/pdf",
    ],
)
def test_converters_marks(mark: str) -> None:
    text = f"{SENTENCE}\n\n{mark}\n\n{SENTENCE}\n"
    (found,) = findings("left-over", text)
    assert text[found.span.start : found.span.end] == mark
    assert mark not in applied(text, found.fixes[0])


def test_the_text_of_the_letter_survives_all_removals() -> None:
    text = (FIXTURES / "a-76-740" / "a-76-740.md").read_text(encoding="utf-8")
    edits = tuple(edit for found in findings("page-footer", text) for edit in found.fixes[0].edits)
    left = applied(text, Fix("", edits))
    assert "22-03357" not in left
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("22-03357")]
    assert [line for line in left.split("\n") if line.strip()] == lines
