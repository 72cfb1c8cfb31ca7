"""Markdown becomes blocks whose places are exact."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.document import Block, Document, Source
from auditor.reading import read


def markdown(text: str) -> Document:
    return read(Source("text.md", text.encode(), "text/markdown"))


def shown(text: str) -> list[tuple[str, str]]:
    """Kind and prose of each block."""
    return [(block.kind, block.prose.text) for block in markdown(text).blocks]


def only(text: str) -> tuple[Document, Block]:
    document = markdown(text)
    assert len(document.blocks) == 1, document.blocks
    return document, document.blocks[0]


# What is a block


def test_headings_paragraphs_and_their_spans() -> None:
    document = markdown("# Treaty\n\nThe Parties,\nhaving met,\n\n#### **Article 8** ##\n")
    assert [(b.kind, b.level, b.span.of(document.text)) for b in document.blocks] == [
        ("heading", 1, "# Treaty"),
        ("paragraph", 0, "The Parties,\nhaving met,"),
        ("heading", 4, "#### **Article 8** ##"),
    ]
    assert [b.prose.text for b in document.blocks] == ["Treaty", "The Parties,\nhaving met,", "Article 8"]
    assert [b.index for b in document.blocks] == [0, 1, 2]


def test_an_empty_text_has_no_blocks() -> None:
    assert markdown("").blocks == ()
    assert markdown(" \n\n\t\n").blocks == ()


def test_the_number_of_an_item_is_prose_and_a_bullet_is_not() -> None:
    assert shown("1. One\n2. Two\n   lines\n\n- dash\n* star\n") == [
        ("list_item", "1. One"),
        ("list_item", "2. Two\nlines"),
        ("list_item", "dash"),
        ("list_item", "star"),
    ]


def test_an_item_s_span_begins_at_its_mark_also_when_it_is_set_in() -> None:
    document = markdown(" 1) Army\n 2) Navy\n  - a\n    - b\n")
    assert [b.span.of(document.text) for b in document.blocks] == ["1) Army", "2) Navy", "- a", "- b"]
    assert [b.level for b in document.blocks] == [1, 1, 1, 2]


def test_paragraphs_after_the_first_of_an_item_belong_to_the_list() -> None:
    assert shown("1. One\n\n   and more\n") == [("list_item", "1. One"), ("list_item", "and more")]


def test_an_item_without_content_is_an_empty_block_with_its_number() -> None:
    document = markdown("1. One\n2.\n- \n")
    assert [(b.kind, b.prose.text, b.span.of(document.text)) for b in document.blocks] == [
        ("list_item", "1. One", "1. One"),
        ("list_item", "2.", "2."),
        ("list_item", "", "-"),
    ]
    empty = document.blocks[2]
    assert empty.prose.source_span(0, 0).start == empty.span.end


def test_a_number_parted_from_its_text_by_a_line_break_keeps_a_space() -> None:
    assert shown("1.\n   One\n") == [("list_item", "1. One")]


def test_table_cells_are_parted_by_tabs_and_rows_by_line_breaks() -> None:
    _, block = only("| a | b |\n|---|---|\n| c\\|d | *e* |\n")
    assert (block.kind, block.prose.text) == ("table", "a\tb\nc|d\te")


def test_empty_table_cells_keep_their_place() -> None:
    _, block = only("|a||\n|-|-|\n||b|\n")
    assert block.prose.text == "a\t\n\tb"


def test_footnotes_are_notes_and_their_references_are_not_prose() -> None:
    document = markdown("Text[^1] on.\n\n[^1]: The note.\n")
    text, note = document.blocks
    assert text.prose.text == "Text on."
    assert [(i.kind, i.content.of(document.text)) for i in text.inlines] == [("note_reference", "1")]
    assert (note.kind, note.prose.text, note.span.of(document.text)) == ("note", "The note.", "[^1]: The note.")


def test_front_matter_only_at_the_start() -> None:
    assert [kind for kind, _ in shown("---\ntitle: x\n---\n# H\n")] == ["front_matter", "heading"]
    assert [kind for kind, _ in shown("---\n\nA: b\n\n---\n")] == ["paragraph"]
    assert "front_matter" not in [kind for kind, _ in shown("Text\n\n---\ntitle: x\n---\n")]


def test_quotations_begin_at_their_mark() -> None:
    document, block = only("> Said\n> he\n")
    assert (block.kind, block.prose.text, block.span.of(document.text)) == ("quotation", "Said\nhe", "> Said\n> he")


# Where the meaning wins over CommonMark


def test_text_set_in_by_four_spaces_is_a_paragraph_with_its_emphasis() -> None:
    document, block = only("    **The** Parties\n    have agreed\n")
    assert (block.kind, block.prose.text) == ("paragraph", "The Parties\nhave agreed")
    assert [(i.kind, i.content.of(document.text)) for i in block.inlines] == [("strong", "The")]
    assert block.span.of(document.text) == "**The** Parties\n    have agreed"


def test_a_first_line_that_is_set_in_stays_with_its_paragraph() -> None:
    assert shown("     The first line of\na paragraph.\n") == [("paragraph", "The first line of\na paragraph.")]


def test_a_title_that_is_set_in_stands_for_itself() -> None:
    assert shown("          Article 3\nThe Parties agree.\n") == [
        ("paragraph", "Article 3"),
        ("paragraph", "The Parties agree."),
    ]


def test_fenced_code_stays_code() -> None:
    document, block = only("```\n# not a heading\n```\n")
    assert (block.kind, block.span.of(document.text)) == ("code", "```\n# not a heading\n```")


def test_a_fence_around_markdown_is_no_code() -> None:
    assert shown("```markdown\n# Title\n\nText\n```\n\n```\ncode\n```\n") == [
        ("heading", "Title"),
        ("paragraph", "Text"),
        ("code", "code"),
    ]


def test_a_wrapped_paragraph_over_a_rule_is_no_heading() -> None:
    document, block = only("Total expenditure of the\nyear as agreed\n---\n")
    assert (block.kind, block.span.of(document.text)) == ("paragraph", "Total expenditure of the\nyear as agreed")
    assert shown("Preamble\n---\n") == [("heading", "Preamble")]
    assert shown("Preamble\n===\n") == [("heading", "Preamble")]


def test_lines_set_apart_by_deep_indentation_are_paragraphs_of_their_own() -> None:
    text = "(1) First paragraph.\n                    (2) **Second**, which\n                    goes on.\n"
    document = markdown(text)
    assert [b.prose.text for b in document.blocks] == ["(1) First paragraph.", "(2) Second, which\ngoes on."]
    assert [b.span.of(text).split()[0] for b in document.blocks] == ["(1)", "(2)"]
    assert [i.content.of(text) for i in document.blocks[1].inlines] == ["Second"]


def test_an_inline_across_such_a_boundary_is_cut() -> None:
    text = "**Done at Bern.\n                    The Mayor**\n"
    document = markdown(text)
    for block in document.blocks:
        assert all(block.span.covers(inline.span) for inline in block.inlines)


def test_points_at_the_starts_of_wrapped_lines_stay_in_one_block() -> None:
    text = "The funds are:\nA) What the State\n pays.\nB) What others pay."
    assert shown(text) == [("paragraph", "The funds are:\nA) What the State\npays.\nB) What others pay.")]


def test_a_form_feed_ends_a_block() -> None:
    document = markdown("cut in the\fmiddle\n\f# Next\n")
    assert [(b.kind, b.prose.text) for b in document.blocks] == [
        ("paragraph", "cut in the"),
        ("paragraph", "middle"),
        ("heading", "Next"),
    ]
    assert document.page_breaks == (10, 18)


def test_a_link_definition_without_an_address_is_text() -> None:
    assert shown("[Article 5]: deleted\n\n[a]: https://example.org/\n") == [("paragraph", "[Article 5]: deleted")]


# Prose and its map


def test_entities_escapes_and_tags() -> None:
    document, block = only(r"A &amp; B \* <sup>1</sup> C<br>D")
    assert block.prose.text == "A & B * 1 C\nD"
    at = block.prose.text.index("&")
    assert block.prose.source_span(at, at + 1).of(document.text) == "&amp;"
    at = block.prose.text.index("*")
    assert block.prose.source_span(at, at + 1).of(document.text) == "*"
    assert [(i.kind, i.content.of(document.text)) for i in block.inlines] == [("html", "1"), ("html", "")]


def test_inlines_in_the_order_of_their_starts() -> None:
    document, block = only("***a** b* `c` [d](e) ![f](g) ~~h~~ <https://i.example>")
    assert block.prose.text == "a b c d  h https://i.example"
    assert [(i.kind, i.content.of(document.text)) for i in block.inlines] == [
        ("emphasis", "**a** b"),
        ("strong", "a"),
        ("code", "c"),
        ("link", "d"),
        ("image", "f"),
        ("strikethrough", "h"),
        ("link", "https://i.example"),
    ]


def test_a_contiguous_paragraph_is_a_single_run() -> None:
    _, block = only("One line\nand another, é 中\nand a third")
    assert len(block.prose.runs) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(end: str) -> None:
    document = markdown(f"# Ä{end}{end}one{end}two{end}{end}three{end}")
    assert [(b.kind, b.prose.text) for b in document.blocks] == [
        ("heading", "Ä"),
        ("paragraph", "one\ntwo"),
        ("paragraph", "three"),
    ]
    assert document.blocks[1].span.of(document.text) == f"one{end}two"


# HTML


def test_html_paragraphs_and_headings_are_text() -> None:
    text = '<div align="center">\n<h2>Article&nbsp;5</h2>\n<p>One <b>two</b>\n   three</p>\n</div>\n'
    document = markdown(text)
    assert [(b.kind, b.level, b.prose.text) for b in document.blocks] == [
        ("heading", 2, "Article\N{NO-BREAK SPACE}5"),
        ("paragraph", 0, "One two\nthree"),
    ]


def test_html_tables_are_tables() -> None:
    _, block = only("<table>\n <tr><td>a\nb</td><td></td></tr>\n<tr><td>c &lt;</td><th>d</th></tr></table>\n")
    assert (block.kind, block.prose.text) == ("table", "a b\t\nc <\td")


def test_comments_pictures_and_scripts_stay_html() -> None:
    assert [kind for kind, _ in shown('<!-- x -->\n\n<img src="a">\n\n<script>\nvar a;\n</script>\n')] == ["html"] * 3


# Properties

_MARKS = ["\r\n", "\f", "    ", "\n\n", "1. ", "- ", "> ", "[^1]", "[^1]: ", "```", "---\n", "\n          ", "](x)"]
_TAGS = ["&amp;", "<b>", "</b>", "<p>", "</p>", "<td>", "<tr>", "<!--", "-->"]
_PIECES = st.lists(
    st.sampled_from([*"aé中 \n\t*_`[]()<>&\\#-+|~.1:^!'\"=", *_MARKS, *_TAGS]),
    max_size=40,
).map("".join)


def check(document: Document) -> None:
    """What holds of every document."""
    text, last = document.text, 0
    for index, block in enumerate(document.blocks):
        assert block.index == index
        assert last <= block.span.start <= block.span.end <= len(text)
        last = block.span.end
        covered = block.span.of(text)
        assert covered == covered.strip()
        place = block.span.start
        length = 0
        for run in block.prose.runs:
            assert run.prose == length
            assert place <= run.source
            if run.length == run.source_length > 1:
                assert block.prose.text[length : length + run.length] == text[run.source : run.source + run.length]
            length += run.length
            place = run.source + run.source_length
        assert length == len(block.prose.text)
        assert place <= block.span.end
        start = 0
        for inline in block.inlines:
            assert start <= inline.span.start
            start = inline.span.start
            assert block.span.covers(inline.span)
            assert inline.span.covers(inline.content)


@settings(max_examples=400, deadline=None)
@given(_PIECES)
def test_spans_and_runs_are_exact_whatever_the_text(text: str) -> None:
    check(markdown(text))


@settings(max_examples=100, deadline=None)
@example("`a\r\n`")
@example("`a\f`")
@given(_PIECES)
def test_prose_of_paragraphs_is_found_in_the_source_at_its_span(text: str) -> None:
    document = markdown(text)
    for block in document.blocks:
        for offset, character in enumerate(block.prose.text):
            if character in "aé中":
                assert block.prose.source_span(offset, offset + 1).of(document.text) == character


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Article 4", "The Parties agree.", "a) one", "2024", "é 中"]), min_size=1))
def test_no_word_is_lost(lines: list[str]) -> None:
    document = markdown("\n\n".join(lines))
    assert [block.prose.text for block in document.blocks] == lines


@pytest.mark.parametrize(
    "text",
    [
        "- " * 10_000 + "x",
        "".join(" " * (2 * depth) + "- x\n" for depth in range(1_000)),
        ">" * 10_000 + "x",
        "**a *b é " * 5_000,
        "<b>é" * 5_000 + "</b>" * 5_000,
        "é\f" * 20_000,
        "x.\n            y *z*.\n" * 10_000,
        "[x]: y\n\n" * 10_000,
        "<!-- " * 10_000,
        "<p><div " * 10_000,
        "```markdown\n" * 10_000,
        "    é\n\n" * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_deep_and_repetitive_texts_are_read(text: str) -> None:
    check(markdown(text))
