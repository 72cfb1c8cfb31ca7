"""Breaks: words, sentences, lines and columns that were broken or run together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.seams import seams
from auditor.contract import Rule, run
from auditor.document import Document, Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name: rule for rule in load_rules().rules if rule.family == "breaks"}


def document_of(text: str, media_type: str = "text/markdown") -> Document:
    return read(Source("-", text.encode("utf-8", "surrogatepass"), media_type))  # type: ignore[arg-type]


def findings(name: str, text: str, media_type: str = "text/markdown") -> list[Finding]:
    rule: Rule = RULES[f"breaks/{name}"]
    return run(rule, document_of(text, media_type), {})


def places(name: str, text: str, media_type: str = "text/markdown") -> list[str]:
    return [span.of(text) for f in findings(name, text, media_type) for span in (f.span, *f.places)]


# --- words


def test_a_residue_is_quoted_and_its_fix_joins_it() -> None:
    text = "The obliga- tions of each Party."
    (found,) = findings("hyphen-residue", text)
    assert found.span.of(text) == "obliga- tions"
    (edit,) = found.fixes[0].edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == "The obligations of each Party."


def test_where_the_hyphen_is_meant_only_the_space_goes() -> None:
    text = "a perpetual, non- transferable licence for the third- party software"
    spaces = [edit.span.of(text) for found in findings("hyphen-residue", text) for edit in found.fixes[0].edits]
    assert spaces == [" ", " "]


def test_the_document_itself_attests_a_word_that_no_list_has() -> None:
    text = "The Zorbulation begins. Zorbulation goes on. The Zorbula- tion ends."
    assert places("hyphen-residue", text) == ["Zorbula- tion"]


@pytest.mark.parametrize(
    "text",
    [
        "co-operation and the sea-bed",
        "short- and long-term measures",
        "from short- to medium-term",
        "die Ein- und Ausfuhr sowie die Kosten-Nutzen-Rechnung",
        "Boutros Boutros-Ghali met Jean-Luc in Port-au-Prince",
        "the e-mail of the vice-president",
        "the Zorbu- lation, which is nowhere else",
        "`obliga- tions`",
    ],
)
def test_hyphens_that_are_meant_or_not_understood_are_left_alone(text: str) -> None:
    assert places("hyphen-residue", text) == []


def test_hundreds_of_residues_are_one_finding_with_every_place() -> None:
    words = [
        "соответ-ствии",
        "обяза-тельство",
        "государ-ственный",
        "междуна-родный",
        "деятель-ность",
        "сотруд-ничество",
    ]
    text = " ".join(f"Стороны действуют в {word} с Конвенцией." for word in words * 20)
    (found,) = findings("hyphen-residue", text)
    assert len(found.places) + 1 == 20 * len(words)
    assert len(found.fixes[0].edits) == 20 * len(words)


def test_lines_kept_from_print_are_told_as_information() -> None:
    text = (
        "The Parties to this Agreement undertake to inform the govern-\nment of the host State without delay of any\n"
        "such change, and to give reasons for it.\n"
    )
    (found,) = findings("hyphen-residue", text, "text/plain")
    assert found.severity == "info"


# --- sentences and paragraphs


def test_a_cut_gives_both_ends_and_a_fix_that_joins_them() -> None:
    text = (
        "# T\n\nThe Parties shall cooperate in the conservation of marine life\n\nof areas beyond their jurisdiction.\n"
    )
    (found,) = findings("paragraph-cut", text)
    assert found.span.of(text) == "life\n\nof"
    (edit,) = found.fixes[0].edits
    assert "marine life of areas" in text[: edit.span.start] + edit.text + text[edit.span.end :]


def test_what_page_breaks_cut_is_one_finding() -> None:
    pages = [
        f"The {name} Committee shall consider all of the reports that it receives from the States in the course of\n\n"
        f"{number}/9\n\nits next session and shall transmit them to the Assembly without delay.\n\n"
        for number, name in enumerate(("First", "Second", "Third", "Fourth", "Fifth"), 1)
    ]
    found = findings("paragraph-cut", "".join(pages), "text/plain")
    assert len(found) == 1
    assert len(found[0].places) >= 3
    assert "page breaks" in found[0].message


def test_lines_kept_as_paragraphs_are_one_finding_and_no_cuts() -> None:
    line = "and the conservation of marine life in the areas that lie beyond the jurisdiction of all the States"
    text = "# T\n\nThe Parties promote\n\n" + "\n\n".join([line] * 8) + " of the world.\n"
    assert len(findings("line-breaks-kept", text)) == 1
    assert findings("paragraph-cut", text) == []


def test_points_preambles_and_titles_are_no_cuts() -> None:
    text = (
        "# T\n\nRecalling its resolution,\n\nnoting the loss of habitats,\n\n**Working hours per type of "
        "production**\n\n"
        "wheat and barley\n\nEach Party shall for its part undertake to do the following\n\n(a) report; and\n\n(b) "
        "meet.\n"
    )
    assert findings("paragraph-cut", text) == []
    assert findings("sentence-unfinished", text) == []


def test_a_seam_knows_what_lies_between() -> None:
    document = document_of("One sentence that goes on after the note[^1] and then\n\n[^1]: A note.\n\nends here.\n")
    (seam,) = [seam for seam in seams(document) if seam.runs_on]
    assert [document.blocks[index].kind for index in seam.between] == ["note"]


def test_a_merged_paragraph_is_parted_by_its_fix() -> None:
    text = "1. One is here.\n\n2. Two is here. 3. Three is here.\n\n4. Four is here.\n\n5. Five is here.\n"
    (found,) = findings("paragraphs-merged", text)
    (edit,) = found.fixes[0].edits
    assert "Two is here.\n\n3. Three" in text[: edit.span.start] + edit.text + text[edit.span.end :]


def test_a_table_in_columns_is_no_text_in_columns() -> None:
    text = "\n".join(f"{name:<20}{number}" for number, name in enumerate(("Chile", "Egypt", "Japan", "Kenya") * 5, 100))
    assert findings("columns-interleaved", text, "text/plain") == []


# --- bad input


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "- " * 5000,
        "a-" * 20000,
        "a-b " * 20000,
        "x" * 300000,
        "\u05d0\u05d1\u05d2 \u05d3\n\n" * 200,
        "\u202e" + "abc- def\n\n" * 300,
        "e\u0301" * 5000,
        "👩‍👩‍👧‍👦" * 2000,
        "(a) x\n\n" * 2000,
    ],
    ids=["empty", "hyphen", "hyphens", "chain", "pairs", "one word", "hebrew", "override", "marks", "emoji", "points"],
)
def test_odd_texts_are_read_without_complaint(name: str, text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        for found in findings(name.removeprefix("breaks/"), text, media_type):
            assert 0 <= found.span.start <= found.span.end <= len(text)


@given(
    st.lists(st.sampled_from(["obliga- tions", "govern-ment", "the", "co-operate", "\n", "\n\n", "1. ", "Party", "."]))
)
def test_every_edit_stands_inside_its_place(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in findings("hyphen-residue", text):
        spans = (found.span, *found.places)
        for edit in found.fixes[0].edits:
            assert any(span.start < edit.span.start and edit.span.end < span.end for span in spans)
