"""Mentions: what is recognised, in which normal form, and where a reference points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis.mentions import KINDS, MentionKind, mentions, references, running_text, symbols
from auditor.analysis.mentions.numbers import value_of
from auditor.document import Document, MediaType, Source
from auditor.reading import read


def document(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode(), media_type))


def values(kind: MentionKind, text: str) -> list[str]:
    return [mention.value for mention in mentions(document(text)).of(kind)]


# ------------------------------------------------------------------------------------------------ symbols


@pytest.mark.parametrize(
    "symbol",
    [
        "A/76/740",
        "S/2022/179",
        "A/RES/77/321",
        "S/RES/1540 (2004)",
        "E/CN.4/2003/1/Add.2",
        "A/HRC/RES/35/23",
        "A/AC.296/2025/INF/3",
        "A/CONF.62/122",
        "ST/SGB/2003/13",
        "TD/B/C.I/15",
        "A/S-10/4",
        "A/78/L.41",
        "S/PV.9000",
        "COM(2011) 137 final",
        "2008/123/EC",
        "ECLI:EU:C:2014:317",
        "ISO 9001:2015",
        "(EU) No 1093/2010",
    ],
)
def test_a_symbol_is_recognised_whole(symbol: str) -> None:
    assert values("symbol", f"As stated in {symbol}, the work goes on.") == [symbol]


@pytest.mark.parametrize(
    "text",
    [
        "and/or he/she; HIV/AIDS; ODA/GNI; 24/7; 3/4 of them; A/B tests; S/he",
        "in 2024/25 and 1/2 of the members",
        "See https://example.org/A/76/740/page and the file a/b/c.",
    ],
)
def test_other_slashes_are_no_symbols(text: str) -> None:
    assert values("symbol", text) == []


def test_resolutions_cited_by_number_are_listed_with_their_dates_between() -> None:
    text = (
        "Recalling its resolutions 46/182 of 19 December 1991, 61/185 of 20 December 2006 and S-12/1, decision 78/560"
    )
    assert values("symbol", text) == ["46/182", "61/185", "S-12/1", "78/560"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("в своей резолюции 78/272", ["78/272"]),
        ("sa résolution 78/272 et", ["78/272"]),
        ("su resolución 1540 (2004), de", ["1540 (2004)"]),
        ("在第78/272号决议中", ["78/272"]),
        ("في قرارها 78/272 المؤرخ", ["78/272"]),
    ],
)
def test_resolutions_in_the_six_languages(text: str, expected: list[str]) -> None:
    assert values("symbol", text) == expected


def test_chinese_sets_no_space_round_a_symbol() -> None:
    assert values("symbol", "见A/RES/77/321号文件") == ["A/RES/77/321"]


def test_symbols_joined_by_a_dash_are_two() -> None:
    assert values("symbol", "A/76/740-S/2022/179") == ["A/76/740", "S/2022/179"]


# ------------------------------------------------------------------------------------------------ references


@pytest.mark.parametrize(
    ("text", "value", "internal"),
    [
        ("in accordance with article 12, paragraph 3 (b).", "article 12, paragraph 3, point b", True),
        ("pursuant to section 4(1)(a) of this Act.", "section 4, paragraph 1, point a", True),
        ("under Articles 5 to 8.", "article 5; article 6; article 7; article 8", True),
        ("under articles 3, 4 and 6.", "article 3; article 4; article 6", True),
        ("see paragraph 2 above.", "paragraph 2", True),
        ("see paragraph 3 of article 7 of this Agreement.", "article 7, paragraph 3", True),
        ("Self-defence under Article 51 of the Charter of the United Nations.", "article 51", False),
        ("the provisions of section 9 of the Principal Act.", "section 9", False),
        ("conforme al artículo 5 del presente Acuerdo.", "article 5", True),
        ("conforme al artículo 12 de la Carta.", "article 12", False),
        ("visés à l'article 12 de la présente Convention.", "article 12", True),
        ("en vertu de l'article 39 de la loi du 5 mai 1980.", "article 39", False),
        ("en application de l'article 287 de celle-ci.", "article 287", False),
        ("в соответствии с пунктом 3 статьи 5 настоящего Соглашения.", "article 5, paragraph 3", True),
        ("согласно статье 51 Устава.", "article 51", False),
        ("根据第五条第三款。", "article 5, paragraph 3", True),
        ("《公约》第二百八十七条适用。", "article 287", False),
        ("وفقا للمادة 5 من هذا الاتفاق.", "article 5", True),
        ("وفقا للمادة 51 من الميثاق.", "article 51", False),
        ("nach Artikel 3 Absatz 2 dieses Abkommens.", "article 3, paragraph 2", True),
        ("gestützt auf Art. 5 Abs. 3 BV.", "article 5, paragraph 3", False),
        ("ai sensi dell'articolo 4 della presente legge.", "article 4", True),
        ("nos termos do artigo 4 da Constituição.", "article 4", False),
        ("bedoeld in artikel 4 van deze wet.", "article 4", True),
        ("zgodnie z art. 4 niniejszej ustawy.", "article 4", True),
    ],
)
def test_a_reference_says_what_it_points_to_and_where(text: str, value: str, internal: bool) -> None:
    found = references(document(text))
    assert [(mention.value, mention.internal) for mention in found] == [(value, internal)]


@pytest.mark.parametrize(
    "text",
    [
        "Parties to the Convention on the Law of the Sea shall apply article 76.",  # named before
        "The rate is fixed by articles 489 and following of the Civil Code.",  # named after
        "In article 4 the words “under article 9” are replaced.",  # amends
        "He wrote: “as article 12 says”.",  # quotation
        "The amount mentioned in the said article 7.",
    ],
)
def test_where_nobody_can_say_a_reference_is_neither(text: str) -> None:
    assert all(mention.internal is not True for mention in references(document(text)))
    assert references(document(text))


def test_references_listed_together_point_into_the_same_text() -> None:
    found = references(document("under article 3, article 5 and articles 7 and 8 of the Charter."))
    assert [mention.internal for mention in found] == [False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "## Article 12\n\nText.",
        "Article 12. The Parties shall meet.",
        "Artículo 5 - Definiciones",
        "tema 73 del programa",
        "interest of 5 per cent; part of 20 members; notify the Party 60 days before",
        "Douglas D.C.2 of the year",
    ],
)
def test_headings_and_counts_are_no_references(text: str) -> None:
    assert references(document(text)) == ()


def test_targets_are_paths_from_the_outermost_to_the_innermost() -> None:
    (mention,) = references(document("see article 12, paragraph 3 (b)."))
    assert [[(step.unit, step.label) for step in path] for path in mention.targets] == [
        [("article", "12"), ("paragraph", "3"), ("point", "b")]
    ]


# ------------------------------------------------------------------------------------------------ the others


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 3 March 2022", "2022-03-03"),
        ("on March 3, 2022", "2022-03-03"),
        ("de fecha 3 de marzo de 2022", "2022-03-03"),
        ("le 1er août 2023", "2023-08-01"),
        ("3 марта 2022 года", "2022-03-03"),
        ("am 11. März 1961", "1961-03-11"),
        ("il 3 marzo 2022", "2022-03-03"),
        ("em 3 de março de 2022", "2022-03-03"),
        ("op 3 maart 2022", "2022-03-03"),
        ("dnia 3 marca 2022 r.", "2022-03-03"),
        ("2022年3月3日", "2022-03-03"),
        ("في 3 مارس 2022", "2022-03-03"),
        ("on 2022-03-03", "2022-03-03"),
        ("in March 2022", "2022-03"),
        ("on 3 March", "--03-03"),
        ("on 03/04/2022", "?03/04/2022"),
    ],
)
def test_dates_in_many_languages(text: str, value: str) -> None:
    assert values("date", f"It was so {text}") == [value]


@pytest.mark.parametrize("text", ["A Party may withdraw.", "He may 5 times.", "On mars and after.", "In 2022."])
def test_a_months_bare_name_is_no_date(text: str) -> None:
    assert [v for v in values("date", text) if not v.startswith("--")] == []


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("1,000", "1000"),
        ("1.000", "1000"),
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        ("1,234.5", "1234.5"),
        ("50 %", "50%"),
        ("007", "7"),
    ],
)
def test_numbers_have_a_plain_value(figure: str, value: str) -> None:
    assert value_of(figure) == value


def test_the_remaining_kinds() -> None:
    text = (
        "(a) The United Nations Environment Programme (UNEP), hereinafter referred to as “the Programme”, see "
        "https://www.unep.org/a_(b). “Vessel” means a ship."
    )
    assert values("enumerator", text) == ["a"]
    assert values("url", text) == ["https://www.unep.org/a_(b)"]
    assert "UNEP" in values("abbreviation", text)
    assert values("term", text) == ["the Programme", "Vessel"]
    assert values("quotation", text) == ["the Programme", "Vessel"]
    assert values("name", text)[0] == "The United Nations Environment Programme"


def test_a_block_gives_its_mentions_in_order() -> None:
    parsed = document("# Title\n\nSee article 4 and A/76/740 of 3 March 2022.\n\nSee article 5.")
    found = mentions(parsed).in_block(1, ("symbol", "reference", "date"))
    assert [mention.kind for mention in found] == ["reference", "symbol", "date"]


def test_a_kind_is_computed_only_when_asked_for() -> None:
    parsed = document("See article 4 and A/76/740.")
    symbols(parsed)
    assert not any("references" in name for name in parsed.facts)


def test_places_are_those_of_the_source_under_markup() -> None:
    text = "See **article 12**, *paragraph 3*, and A/RES/77\\/321 &amp; A/76/740."
    parsed = document(text)
    (reference,) = references(parsed)
    assert reference.span.of(text).startswith("article 12")
    assert symbols(parsed)[-1].span.of(text) == "A/76/740"


PIECES = st.sampled_from(
    [
        "article 5", "Article 12, paragraph 3 (b)", " of this Act", " of the Charter", "A/76/740", "A/RES/77/321",
        "$A_{7}$", "resolution 78/272", " and ", ", ", "\n\n", "\n", "1 May 2020",
        "“", "”", "(a) ", "第五条", "статьи 5", "المادة 5", "* ",
        "**", "§ 5", "/", "http://a.b/c", "UNEP", "NO_", "9", " ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_every_mention_lies_in_its_block_and_in_its_prose(pieces: list[str]) -> None:
    parsed = document("".join(pieces))
    run = running_text(parsed)
    for mention in mentions(parsed).all:
        block = parsed.blocks[mention.block]
        assert block.span.start <= mention.span.start < mention.span.end <= block.span.end
        assert 0 <= mention.start < mention.end <= len(block.prose.text)
        at = run.offset(mention)
        assert run.text[at : at + mention.end - mention.start] == block.prose.text[mention.start : mention.end]
        assert mention.kind in KINDS


@pytest.mark.parametrize("text", ["", "\n\n", "```\narticle 5 of A/76/740\n```"])
def test_a_text_without_prose_has_no_mentions(text: str) -> None:
    assert mentions(document(text)).all == ()
