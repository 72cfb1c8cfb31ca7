"""Notes and tables: numbers, places, rows and sums."""

from __future__ import annotations

import pytest
from auditor_rules.notes.tables import tables
from hypothesis import given
from hypothesis import strategies as st

from auditor.contract import run
from auditor.document import Document, Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name: rule for rule in load_rules().rules if rule.family == "notes"}


def document_of(text: str, media_type: str = "text/markdown") -> Document:
    return read(Source("-", text.encode("utf-8", "surrogatepass"), media_type))  # type: ignore[arg-type]


def findings(name: str, text: str, media_type: str = "text/markdown") -> list[Finding]:
    return run(RULES[f"notes/{name}"], document_of(text, media_type), {})


cells = st.text(st.sampled_from("abc 12.,-"), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=2, max_size=6))
def test_cells_are_where_they_say(rows: list[list[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    text = "\n".join(lines) + "\n"
    for table in tables(document_of(text)):
        for row in (table.head, *table.rows):
            assert [place.of(text) for place in row.places] == list(row.cells)


def test_a_bar_that_is_escaped_parts_no_cells() -> None:
    text = "| a | b |\n|---|---|\n| x \\| y | z |\n"
    (table,) = tables(document_of(text))
    assert table.rows[0].cells == ("x \\| y", "z")
    assert findings("table-ragged", text) == []


def test_a_wrong_head_is_told_and_not_its_many_rows() -> None:
    text = "| a | b |\n|---|---|\n" + "| x | y | z |\n" * 5
    (found,) = findings("table-ragged", text)
    assert found.span.of(text) == "| a | b |"


@pytest.mark.parametrize("total", ["680", "**680**", "680.0"])
def test_sums_that_add_up_are_silent(total: str) -> None:
    text = f"| Country | Votes |\n|---|---|\n| Chile | 120 |\n| Egypt | 250 |\n| Japan | 310 |\n| Total | {total} |\n"
    assert findings("table-total", text) == []


def test_a_misread_digit_shows_in_the_sum() -> None:
    text = "| Country | Votes |\n|---|---|\n| Chile | 120 |\n| Egypt | 250 |\n| Japan | 310 |\n| Total | 630 |\n"
    (found,) = findings("table-total", text)
    assert found.span.of(text) == "630"


def test_thousands_are_read_as_each_language_writes_them() -> None:
    for a, b, total in (("1,200", "2,500", "3,700"), ("1 200", "2 500", "3 700"), ("1.200", "2.500", "3.700")):
        rows = f"| A | {a} | 1 |\n| B | {b} | 2 |\n| C | 0 | 3 |\n| Total | {total} | 6 |\n"
        assert findings("table-total", f"| X | Y | Z |\n|---|---|---|\n{rows}") == []


def test_a_total_that_is_no_sum_is_left_alone() -> None:
    text = "| Year | Index |\n|---|---|\n| 2020 | 100 |\n| 2021 | 110 |\n| 2022 | 120 |\n| Total | 330 % |\n"
    assert findings("table-total", text) == []


def test_a_caption_between_two_tables_makes_them_two() -> None:
    table = "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n"
    assert len(findings("table-split", f"{table}\n{table}")) == 1
    assert findings("table-split", f"{table}\nTable 2\n\n{table}") == []


def test_a_note_between_sentences_is_at_the_foot_of_its_page() -> None:
    text = "The Assembly recalls the work of the conference.\n\n2 See resolution 75/239.\n\nIt meets.\n"
    assert findings("note-in-text", text) == []


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "|" * 3000,
        "| a |\n|---|\n" + "|" * 5000 + "\n",
        "|---|\n" * 500,
        "1 See x\n\n" * 500,
        "[^1]: a\n" * 500,
        "<table><tr><td>1</td></tr></table>\n",
        "| \u202ea | אב |\n|---|---|\n| 1 |\n",
    ],
    ids=["empty", "bar", "bars", "wide", "rules", "notes", "definitions", "html", "directions"],
)
def test_odd_texts_are_read_without_complaint(name: str, text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        for found in findings(name.removeprefix("notes/"), text, media_type):
            assert 0 <= found.span.start <= found.span.end <= len(text)
