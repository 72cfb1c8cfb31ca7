"""Page furniture: what is told from the text, and what is left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis.furniture import furniture
from auditor.analysis.furniture.grammar import grammar, prepare, roman_value, tile_line
from auditor.analysis.furniture.items import Furniture
from auditor.analysis.furniture.series import chains, counter_of, filled, longest_chain
from auditor.document import Document, Source
from auditor.document.source import MediaType
from auditor.reading import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
SENTENCE = "The Parties shall cooperate in this field and shall exchange the experience that they have gained. "


def document_of(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode("utf-8"), media_type))


def found(text: str, media_type: MediaType = "text/markdown") -> list[str]:
    """What is taken for furniture, in order."""
    document = document_of(text, media_type)
    return [item.span.of(document.text) for item in furniture(document).items]


def paged(*heads: str, cut: bool = True) -> str:
    """Pages of 1,200 characters, each with a line at its top; with ``cut``, sentences run over the page ends."""
    page = SENTENCE * 12
    first, rest = ("It shall be carried out by the", "committee in due course. ") if cut else ("", "")
    return "\n\n".join(f"{head}\n\n{rest}{page}{first}" for head in heads)


# --- known pieces


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("22-03357 **3/15**", ["job-number", "folio"]),
        ("$22-03357$ $\\mathbf{3/15}$", ["job-number", "folio"]),
        ("22\u201103357", ["job-number"]),
        ("22-O3357 l/15", ["job-number", "folio"]),
        ("95-27467S (E) 271095", ["job-number"]),
        ("*2203357*", ["barcode"]),
        ("\\*2203357\\*", ["barcode"]),
        ("/... English Page 8", ["continued", "language", "page"]),
        ("A/76/740 S/2022/179", ["symbol", "symbol"]),
        ("第 3 页 共 10 页", ["page-of"]),
        ("صفحة 3 من 10", ["page-of"]),
        ("Стр. 3 из 10", ["page-of"]),
        ("—3-", ["dashed"]),
        ("- xii -", ["dashed-roman"]),
        ("Vol. 2010, I-12345", ["treaty-volume"]),
        ("12 Oct 2010 : Column 345", ["date", "column"]),
    ],
)
def test_a_line_of_known_pieces_is_told_apart(line: str, names: list[str]) -> None:
    assert [tile.piece.name for tile in tile_line(prepare(line))] == names


@pytest.mark.parametrize(
    "line",
    [
        "4. During the meeting",
        "4.",
        "(a)",
        "Article 4",
        "The text 3/15",
        "See document A/76/740.",
        "United Nations, Treaty Series, vol. 1833, No. 31363.",
        "042/009, 042/067, 048/004, 068/002.",
        "[Original: Russian]",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert tile_line(prepare(line)) == ()


def test_a_folio_carries_number_and_total() -> None:
    (tile,) = tile_line(prepare("3/15"))
    assert (tile.number, tile.total) == (3, 15)


@given(st.text(max_size=200))
def test_preparing_a_line_keeps_every_character_in_its_place(line: str) -> None:
    assert len(prepare(line)) == len(line)


def test_every_piece_compiles_with_its_counters() -> None:
    import re

    for piece in grammar().pieces:
        re.compile(piece.counting)


@pytest.mark.parametrize(("numeral", "value"), [("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("xlii", 42), ("xc", 90)])
def test_roman_page_numbers(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


# --- counters


def test_the_longest_chain_leaves_figures_of_the_text_out() -> None:
    chain = longest_chain([1, 77, 2, 3, 3, 4], [0, 900, 2000, 4000, 4100, 6000], 2)
    assert [(1, 77, 2, 3, 3, 4)[i] for i in chain.members] == [1, 2, 3, 4]


def test_numbers_close_together_are_no_pages() -> None:
    assert len(longest_chain([1, 2, 3], [0, 50, 100], 2)) == 1


def test_page_numbers_may_begin_anew() -> None:
    numbers = [1, 2, 3, 1, 2, 3, 4]
    lengths = [len(chain) for chain in chains(numbers, [at * 2000 for at in range(7)], 1, 3)]
    assert sorted(lengths) == [3, 4]


def test_the_number_that_changes_is_the_counter() -> None:
    assert counter_of([[1987, 120], [121, 1987], [1987, 122]]) == [120, 121, 122]


def test_a_counter_may_equal_a_constant_for_once() -> None:
    assert counter_of([[17, 15], [17, 16], [17, 17], [17, 18]]) == [15, 16, 17, 18]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([3, None, None, 9], [3, 5, 7, 9]),
        ([3, None, None, 6], [3, 4, 5, 6]),
        ([3, None, 9], [3, None, 9]),
        ([None, 3, None], [None, 3, None]),
        ([], []),
    ],
)
def test_lost_numbers_are_put_in_where_only_one_reading_fits(
    numbers: list[int | None], expected: list[int | None]
) -> None:
    assert filled(numbers) == expected


# --- whole documents


def test_the_letter_has_its_seven_footers_and_nothing_else() -> None:
    path = FIXTURES / "a-76-740" / "a-76-740.md"
    truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
    expected = [
        (item["where"]["start"], item["where"]["end"])
        for item in truth["findings"]
        if item["rule"] == "furniture/page-footer"
    ]
    items = furniture(document_of(path.read_text(encoding="utf-8"))).items
    assert [(item.span.start, item.span.end) for item in items] == sorted(expected)
    assert [item.number for item in items] == [3, None, None, 9, None, 13, 15]
    assert {item.series for item in items} == {0}


def test_the_report_has_what_was_labelled_by_hand() -> None:
    folder = FIXTURES / "prepcom"
    labels = json.loads((folder / "furniture.json").read_text(encoding="utf-8"))["furniture"]
    document = document_of((folder / "report.raw.txt").read_text(encoding="utf-8"), "text/plain")
    items = furniture(document).items
    assert [(i.span.start, i.span.end, i.kind) for i in items] == [(f["start"], f["end"], f["kind"]) for f in labels]


def test_a_running_title_is_known_by_its_number() -> None:
    heads = [f"Yearbook of the Commission {number}" for number in range(211, 216)]
    assert found(paged(*heads)) == heads


def test_left_and_right_pages_are_one_series() -> None:
    heads = ["Yearbook of the Commission 211", "212 Yearbook of the Commission"] * 3
    heads = [head.replace("211", str(211 + 2 * (at // 2))) for at, head in enumerate(heads)]
    heads = [head.replace("212", str(212 + 2 * (at // 2))) for at, head in enumerate(heads)]
    document = document_of(paged(*heads))
    assert {item.series for item in furniture(document).items} == {0}
    assert [item.number for item in furniture(document).items] == [211, 212, 213, 214, 215, 216]


def test_a_running_title_without_number_is_known_by_its_company() -> None:
    heads = [f"- {number} -\n\nManual on Treaty Practice" for number in range(2, 7)]
    assert found(paged(*heads)) == [line for head in heads for line in head.split("\n\n")]


def test_roman_page_numbers_count_pages_too() -> None:
    heads = ["iii", "iv", "v", "vi", "vii"]
    assert found(paged(*heads)) == heads


def test_mirrored_heads_at_form_feeds() -> None:
    pages = [
        "A/RES/78/272\nAgreement on the Sea\n24-07683\n2/4\n",
        "Agreement on the Sea A/RES/78/272\n3/4\n24-07683\n",
    ]
    text = "\f".join(["Masthead\n" + SENTENCE, *(page + SENTENCE * 5 for page in pages)])
    assert found(text, "text/plain") == [
        "A/RES/78/272",
        "Agreement on the Sea",
        "24-07683",
        "2/4",
        "Agreement on the Sea A/RES/78/272",
        "3/4",
        "24-07683",
    ]


def test_numbered_headings_are_no_furniture() -> None:
    for label in ("Article", "Rule", "Статья", "Artikel", "Recommendation", "Key finding"):
        assert found(paged(*(f"{label} {number}" for number in range(1, 9)), cut=False)) == []


def test_numbered_paragraphs_and_footnote_marks_are_no_furniture() -> None:
    paragraphs = "\n\n".join(f"{number}. {SENTENCE * (number % 4 + 1)}" for number in range(1, 30))
    assert found(paragraphs) == []
    marks = "\n".join(f"{SENTENCE.strip()}\n{number}\nThe committee met." for number in (4, 6, 7, 8, 13, 14, 15, 21))
    assert found(marks, "text/plain") == []


def test_formulas_that_repeat_are_no_furniture() -> None:
    letter = f"[Original: Russian]\n\nSir,\n\n{SENTENCE * 9}\n\n(Signed) A. Petrov\n\n22-03357\n\n"
    assert found(letter * 4) == ["22-03357"] * 4


def test_a_line_that_goes_on_below_furniture_belongs_to_the_text() -> None:
    page = (
        "22-03357 {0}/9\n\nThe benefits that officials of this section received\nunder the provisions in force. "
        + SENTENCE * 9
    )
    assert found("\n\n".join(page.format(number) for number in range(1, 9))) == [f"22-03357 {n}/9" for n in range(1, 9)]


def test_code_and_front_matter_are_left_alone() -> None:
    assert found("---\nfolio: |\n  22-03357\n---\n\n```\n22-03357 3/15\n```\n") == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("for the purpose of achieving /... English Page 8 compatible standards", "/... English Page 8"),
        ("documents issued by 22-03357 **3/15** national authorities", "22-03357 **3/15**"),
        (
            "shall apply L 123/45 EN Official Journal of the European Union 12.5.2010 from the day",
            "L 123/45 EN Official Journal of the European Union 12.5.2010",
        ),
    ],
)
def test_furniture_glued_into_a_sentence(text: str, inside: str) -> None:
    document = document_of(text)
    (item,) = furniture(document).items
    assert item.inside
    assert item.span.of(document.text) == inside


def test_a_counter_in_dashes_inside_sentences() -> None:
    text = " ".join(f"{SENTENCE * 8}The rights of (- {number} - indigenous peoples are kept." for number in range(2, 9))
    assert found(text) == [f"- {number} -" for number in range(2, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 78/272 of 24 April 2024 and decision 78/560, see A/76/740, page 3, and page 8 of 12.",
        "It shall be published in the Official Journal of the European Union L 123/45 of 12 May 2010 and apply.",
        "Of the members 3/15 were for it, 4/15 against it and 8/15 were absent.",
        "Call the secretariat at 22-03357 for the documents.",
    ],
)
def test_citations_are_no_furniture(text: str) -> None:
    assert found(text) == []


# --- pages of a converted PDF: lines kept, no blank lines, no form feeds

WORDS = ("Therefore", "Nevertheless, in the end,", "Der Rat und die Kommission", "Moreover", "In addition to this,")


def wrapped(sentences: int, seed: int) -> list[str]:
    """Lines of some 70 characters, as many as the sentences fill."""
    words = " ".join(f"{WORDS[(seed * 7 + n) % len(WORDS)]} {SENTENCE}" for n in range(sentences)).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def cut_into_pages(feet: Sequence[str], *, heads: Mapping[int, str] | None = None, size: int = 36) -> str:
    """Text that runs on, with a foot every ``size`` lines, and at the top of some pages a line of their own."""
    lines = wrapped(45 * len(feet), 1)
    found = []
    for page, foot in enumerate(feet):
        found.extend([heads[page]] if heads and page in heads else [])
        found.extend(lines[page * size : (page + 1) * size])
        found.append(foot)
    return "\n".join(found)


def test_bare_folios_at_even_distances_need_no_other_sign() -> None:
    folios = [str(number) for number in range(1, 10)]
    assert found(cut_into_pages(folios), "text/plain") == folios


def test_paragraph_numbers_alone_on_lines_rise_too_but_not_evenly() -> None:
    sizes = (9, 30, 14, 22, 11, 41, 17, 12, 27, 35, 10, 19)
    text = "\n".join(line for n, size in enumerate(sizes, 1) for line in (str(n), *wrapped(size, n)))
    assert found(text, "text/plain") == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("title", ["", "Of the rules hereof"])
def test_sections_of_one_length_with_their_numbers_above_them_are_no_pages(gap: str, title: str) -> None:
    text = gap.join(
        part
        for n in range(1, 15)
        for part in (str(n), title and f"{title} {chr(64 + n)}", "\n".join(wrapped(14, n)))
        if part
    )
    assert found(text, "text/plain") == []


def test_short_numbered_pieces_of_one_length_are_no_pages() -> None:
    stanzas = ("\n".join(f"and so the day goes on and on, {line}" for line in "abcdefghijklmn") for _ in range(20))
    assert found("\n".join(f"{n}\n{text}" for n, text in enumerate(stanzas, 1)), "text/plain") == []


def test_a_title_with_a_folio_beside_it_needs_no_form_feed() -> None:
    title = "Manual on Practice, Release 4.6.2.0"
    assert found(cut_into_pages([f"{n}\n{title}" for n in range(1, 10)]), "text/plain").count(title) == 9


def test_a_title_that_ends_with_the_page_number_wanted_there_is_taken() -> None:
    feet = ["1", "2 Chapter 2. Archives", "2.5. Priorities 3", "4", "3.3. Of maintainers 5", "6", "4.1. Rules 7", "8"]
    lines = found(cut_into_pages([f"{foot}\nManual on Practice" for foot in feet]), "text/plain")
    assert [line for line in lines if line != "Manual on Practice"] == feet


def test_a_heading_that_opens_the_text_of_a_page_is_no_running_title() -> None:
    feet = [*"1234", *(f"11.8. Programs for Windows {n}" for n in (5, 6, 7)), "8", "9"]
    text = cut_into_pages([f"{foot}\nManual on Practice" for foot in feet], heads={4: "11.8 Programs for Windows"})
    lines = found(text, "text/plain")
    assert "11.8 Programs for Windows" not in lines
    assert set(feet) <= set(lines)


def test_an_entry_of_a_list_is_no_running_title() -> None:
    item = "* must not be so bad that we refuse to support them, and"
    text = "\n\n".join(f"{SENTENCE * 8}They do so by the\n\n{item}\n\nrules that apply." for _ in range(9))
    assert found(text, "text/plain") == []


def test_a_licence_that_is_given_again_and_again_is_no_running_title() -> None:
    licence = "\n".join(wrapped(16, 2))
    assert found("\n".join(f"Copyright of firm {n}\n{licence}" for n in "ABCDEFGHIJKL"), "text/plain") == []


def test_a_heading_that_repeats_under_numbered_articles_is_no_running_title() -> None:
    text = "\n\n".join(f"Article {n}\n\nGeneral remarks hereto\n\n{SENTENCE * 12}" for n in range(1, 15))
    assert found(text, "text/plain") == []


def test_a_month_is_no_folio() -> None:
    foot = "Firm Ltd. – Rev. 01/2022 Page {} of 5"
    text = "\n".join(f"{SENTENCE * 6}\nand so it is with all {n}\n{foot.format(n)}\nof them, {n}." for n in (3, 4, 5))
    document = document_of(text, "text/plain")
    assert [(item.span.of(document.text), item.number) for item in furniture(document).items] == [
        (foot.format(n), n) for n in (3, 4, 5)
    ]


def test_a_fraction_that_does_not_rise_with_the_folios_is_no_folio() -> None:
    text = "".join(f"{SENTENCE * 9}\n\n22-03357 {n}/15\n\n" for n in range(2, 9))
    text += f"{SENTENCE * 9}Of the members 3/15 voted for it.\n\n22-03357 9/15\n"
    assert not any(item.inside for item in furniture(document_of(text)).items)


def test_blocks_of_furniture_are_known_to_others() -> None:
    document = document_of("Each Party shall\n\n22-03357 **3/15**\n\nrecognize documents.\n")
    known = furniture(document)
    assert [known.is_furniture(block.index) for block in document.blocks] == [False, True, False]
    (item,) = known.items
    assert known.within(document.blocks[1].span) == (item,)
    assert known.covers(item.span.start)
    assert not known.covers(item.span.end)


def test_nothing_in_nothing() -> None:
    assert furniture(document_of("")).items == ()
    assert Furniture().within(document_of("x").blocks[0].span) == ()


_PIECES = st.sampled_from(
    (
        *("22-03357", "3/15", "Page 3 of 9", "- 4 -", "/...", "*2203357*", "\f", "\n", "\n\n", " ", "Article 5"),
        *("<!-- PageBreak -->", "the Parties shall", "A/76/740", "![](img-1.jpeg)", "| a | b |", "**", "$", "English"),
        *("Treaty Series 12", "xii", "第3页"),
    )
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["text/markdown", "text/plain"]))
def test_items_lie_in_the_text_in_order_and_apart(pieces: list[str], media_type: MediaType) -> None:
    document = document_of("".join(pieces), media_type)
    known = furniture(document)
    end = 0
    for item in known.items:
        assert end <= item.span.start < item.span.end <= len(document.text)
        assert item.span.of(document.text).strip()
        assert 0 < item.confidence <= 1
        assert 0 <= item.series < len(known.series)
        end = item.span.end
    assert sum(series.size for series in known.series) == len(known.items)
