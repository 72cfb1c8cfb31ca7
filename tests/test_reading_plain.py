"""Plain text becomes paragraphs, wrapped or not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.document import Document, Source
from auditor.reading import read


def plain(text: str) -> Document:
    return read(Source("text.txt", text.encode(), "text/plain"))


def paragraphs(text: str) -> list[str]:
    return [block.prose.text for block in plain(text).blocks]


REPORT = """Report of the Preparatory Commission
I. Introduction
1. In its resolution of 24 April, the General Assembly decided to establish a
Preparatory Commission to prepare for the entry into force of the Agreement and
to prepare for the convening of the first meeting of the Conference of the
Parties to the Agreement.
2. In accordance with paragraph 13 of the resolution, support and secretariat
services were provided to the Commission by the Division for Ocean Affairs and
the Law of the Sea.
B. Election of officers
2/80
4. During the organizational meeting, the Commission elected, at its first
plenary meeting, two Co-Chairs of the Commission, whose task it was to see in
__________________
1
United Nations, Treaty Series, vol. 1833.
A/RES/78/272
which order the items of the agenda would be taken up in due course in paragraphs
17, 18 and 19 of the resolution, and to report on it to the Assembly in time.
"""


def test_wrapped_text_without_blank_lines() -> None:
    assert [text.replace("\n", " ") for text in paragraphs(REPORT)] == [
        "Report of the Preparatory Commission",
        "I. Introduction",
        "1. In its resolution of 24 April, the General Assembly decided to establish a Preparatory Commission to "
        "prepare for the entry into force of the Agreement and to prepare for the convening of the first meeting of "
        "the Conference of the Parties to the Agreement.",
        "2. In accordance with paragraph 13 of the resolution, support and secretariat services were provided to the "
        "Commission by the Division for Ocean Affairs and the Law of the Sea.",
        "B. Election of officers",
        "2/80",
        "4. During the organizational meeting, the Commission elected, at its first plenary meeting, two Co-Chairs of "
        "the Commission, whose task it was to see in",
        "__________________",
        "1",
        "United Nations, Treaty Series, vol. 1833.",
        "A/RES/78/272",
        "which order the items of the agenda would be taken up in due course in paragraphs 17, 18 and "
        "19 of the resolution, and to report on it to the Assembly in time.",
    ]


def test_wrapped_text_with_blank_lines() -> None:
    text = """The Security Council,

Having accepted General Assembly resolution 41 (1)
of 14 December 1946, and recognizing that the general
regulation of armaments constitutes a most important
measure for strengthening international peace,

Resolves:

To work out the practical measures for giving effect
to that resolution without delay and to report on it.
"""
    assert [len(text.split("\n")) for text in paragraphs(text)] == [1, 4, 1, 2]


UNWRAPPED = """Chapter I: Purposes and Principles
Article 1
The Purposes of the United Nations are:
To maintain international peace and security, and to that end to take effective collective measures; and
To be a centre for harmonizing the actions of nations in the attainment of these common ends.
Article 2
The Organization is based on the principle of the sovereign equality of all its Members.
"""


def test_unwrapped_text_has_a_paragraph_a_line() -> None:
    assert paragraphs(UNWRAPPED) == UNWRAPPED.splitlines()


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Article 4", "Exceptions This Agreement does not apply to any warship or military aircraft."),
        ("PART I", "GENERAL PROVISIONS"),
        ("Chapter II: Membership", "The original Members shall be the states which have signed the Charter."),
        ("Статья 4", "Настоящее Соглашение не применяется к любым военным кораблям."),
        ("第一条", "联合国之宗旨为："),
        ("المادة 4", "لا ينطبق هذا الاتفاق على أي سفينة حربية أو طائرة عسكرية"),
        ("Article premier", "Le présent Accord s'applique aux zones suivantes."),
        ("§ 5", "Das Gesetz tritt am Tage nach der Verkündung in Kraft."),
    ],
)
def test_headings_on_a_line_of_their_own_are_blocks_of_their_own(label: str, text: str) -> None:
    before = "The provisions before it end here, as they should."
    assert paragraphs(f"{before}\n{label}\n{text}\n") == [before, label, text]


def test_chinese_wrapped_lines() -> None:
    text = (
        "认识到需要以协调一致及合作的方式处理海洋生物多样性丧失和生态系统退\n"
        "化问题，此种问题特别是由气候变化对海洋生态系统产生的影响，如变暖和\n"
        "脱氧以及海洋酸化，\n"
        "意识到需要根据公约制定全面的全球制度，以更好地处理国家管辖范围以外\n"
        "区域海洋生物多样性的养护和可持续利用，回顾联合国土著人民权利宣言并\n"
        "确认本协定的任何规定均不得理解为削弱。\n"
        "第二条\n"
        "本协定的目标是通过有效执行公约的相关规定以及加强国际合作和协调以确\n"
        "保国家管辖范围以外区域。\n"
    )
    assert [len(text.split("\n")) for text in paragraphs(text)] == [3, 3, 1, 2]


def test_form_feeds_are_page_breaks_and_end_blocks() -> None:
    document = plain("The first page ends in mid\fsentence on the second.")
    assert [b.prose.text for b in document.blocks] == ["The first page ends in mid", "sentence on the second."]
    assert document.page_breaks == (26,)


def test_prose_leaves_out_indentation_and_trailing_space() -> None:
    document = plain("1. The Parties which \r\n   have agreed to this \r\n   treaty.\r\n")
    (block,) = document.blocks
    assert block.prose.text == "1. The Parties which\nhave agreed to this\ntreaty."
    at = block.prose.text.index("have")
    assert block.prose.source_span(at, at + 4).of(document.text) == "have"


def test_all_blocks_are_paragraphs() -> None:
    assert {block.kind for block in plain(REPORT + "# not Markdown\n").blocks} == {"paragraph"}


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Article 4", "The Parties", "agree,", "to", "(a)", "1.", "中文", " ", "\n", "\n\n", "\r\n", "\r", "\f"]
        )
    ).map("".join)
)
def test_nothing_visible_is_lost_and_places_are_exact(text: str) -> None:
    document = plain(text)
    last = 0
    for block in document.blocks:
        assert not text[last : block.span.start].strip()
        covered = block.span.of(text)
        assert covered
        assert covered == covered.strip()
        for run in block.prose.runs:
            if run.length == run.source_length > 1:
                shown = block.prose.text[run.prose : run.prose + run.length]
                assert shown == text[run.source : run.source + run.length]
        assert block.prose.text.split() == covered.split()
        last = block.span.end
    assert not text[last:].strip()
