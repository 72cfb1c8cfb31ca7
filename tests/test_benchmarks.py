"""The benchmarks' own instruments: corpora, damage done on purpose, and the scoring of what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from auditor.document import Position, Span
from auditor.report import Excerpt, Range, ReportedFinding
from benchmarks import damage, headings, silence
from benchmarks.__main__ import main
from benchmarks.corpora import CorpusError, Text, load

LAW = "# Ley\n\n" + "".join(
    f"##### Artículo {number}\n\nTexto del artículo {number}.\n\nSegundo párrafo.\n\n" for number in range(1, 11)
)
POINTS = "The Parties shall:\n\n(a) agree;\n\n(b) ratify;\n\n(c) publish.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "law" / "uy-es").mkdir(parents=True)
    (tmp_path / "law" / "uy-es" / "ley.md").write_text(LAW, "utf-8")
    (tmp_path / "resolutions").mkdir()
    paragraphs = [
        {"text": "Decides to act;", "prefix": "1."},
        {"text": "2.\tDecides to remain seized.", "prefix": "2."},
        {"text": " ", "prefix": None},
    ]
    (tmp_path / "resolutions" / "A_RES_1.json").write_text(json.dumps(paragraphs), "utf-8")
    (tmp_path / "tota").mkdir()
    xml = """<treaty><body><chapter name="Preamble"><article>The Parties,</article></chapter>
    <chapter number="TITLE I" name="Trade"><article number="ARTICLE 1" name="Aims">1. To
      trade.


      2. \tFreely.</article><article number="ARTICLE 2">More.</article></chapter></body></treaty>"""
    for number in range(3):
        (tmp_path / "tota" / f"{number}.xml").write_text(xml, "utf-8")
    return tmp_path


def text(content: str = LAW, corpus: str = "uy-es") -> Text:
    return Text(corpus, "ley.md", content, "text/markdown")


def found(rule: str, label: str, start: int, candidates: tuple[int, ...] = ()) -> ReportedFinding:
    return ReportedFinding(
        rule=rule,
        severity="error",
        confidence=0.9,
        message="…",
        status="open",
        span=Span(start, start),
        range=Range(Position(1, 1), Position(1, 1)),
        page=None,
        address="",
        excerpt=Excerpt("", "", ""),
        data={"label": label, "candidates": [{"start": at, "confidence": 0.3} for at in candidates]},
        evidence=(),
        places=(),
        other=None,
        fixes=(),
        fingerprint=f"{start:016x}",
    )


def test_an_unknown_or_empty_corpus_is_named(data: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus named 'latin'"):
        load(data, "latin")
    with pytest.raises(CorpusError, match="holds no texts of the corpus 'unsc'"):
        load(data, "unsc")


def test_a_resolution_has_each_number_once(data: Path) -> None:
    assert load(data, "resolutions")[0].text == "1. Decides to act;\n\n2.\tDecides to remain seized.\n"


@pytest.mark.parametrize(("turn", "heading"), [(0, "ARTICLE 1\n\nAims"), (1, "ARTICLE 1\nAims"), (2, "ARTICLE 1 Aims")])
def test_treaties_take_turns_in_how_a_heading_stands(data: Path, turn: int, heading: str) -> None:
    treaty = load(data, "tota")[turn]
    body = "1. To\ntrade.\n\n2. Freely.\n\nARTICLE 2\n\nMore.\n"
    assert treaty.text == f"The Parties,\n\nTITLE I\n\nTrade\n\n{heading}\n\n{body}"
    start = treaty.text.index("ARTICLE 1")
    assert treaty.text[start : treaty.title_ends[start]] == heading


@pytest.mark.parametrize(
    ("corpus", "line", "value"),
    [
        ("uy-es", "##### Artículo 12", (12,)),
        ("ie-en", "##### 4. **Expenses.**", (4,)),
        ("lu-fr", "### Art. 1<sup>er</sup>.", (1,)),
        ("ch-de", "##### **Art. 7** Begriffe", (7,)),
        ("un-charter", "第一百零七条", (107,)),
        ("un-charter", "第十九条", (19,)),
        ("un-charter", "Статья 20", (20,)),
        ("tota", "ARTICLE 3.14 Origin", (3, 14)),
    ],
)
def test_headings_are_read_in_each_corpus(corpus: str, line: str, value: tuple[int, ...]) -> None:
    (heading,) = damage.article_headings(text(f"{line}\n\nText.\n", corpus))
    assert heading.value == value


@pytest.mark.parametrize(
    ("corpus", "line"),
    [("ch-de", "##### **Art. 5****<sup>bis</sup>**"), ("ch-de", "##### **Art. 23–38**"), ("bbnj", "Article 5 of it")],
)
def test_other_lines_are_not_headings(corpus: str, line: str) -> None:
    assert damage.article_headings(text(f"{line}\n\nText.\n", corpus)) == ()


def test_only_headings_between_their_neighbours_are_taken() -> None:
    law = text(LAW.replace("##### Artículo 5\n", "##### Artículo 5-BIS\n"))
    numbers = [damage.article_headings(law)[at].value[0] for at in damage.inner(damage.article_headings(law))]
    assert numbers == [2, 3, 7, 8, 9]


def test_a_heading_taken_away_leaves_one_blank_line_and_its_place() -> None:
    law = text()
    headed = damage.article_headings(law)
    damaged = damage.take_away(law, damage.line_cuts(law, headed, (3,)))
    (loss,) = damaged.losses
    assert loss.number == "4"
    assert "Artículo 4\n" not in damaged.text
    assert damaged.text[: loss.place].endswith("Segundo párrafo.\n\n")
    assert damaged.text[loss.place :].startswith("Texto del artículo 4.")
    assert loss.boundaries == 3  # the second paragraph of 3, and both of 4; not the first of 3


def test_an_article_taken_away_leaves_the_chapter_heading_after_it() -> None:
    law = text(LAW.replace("##### Artículo 6\n", "### CAPITULO II\n\n##### Artículo 6\n"))
    headed = damage.article_headings(law)
    damaged = damage.take_away(law, damage.article_cuts(law, headed, (4,)))
    assert "artículo 5" not in damaged.text
    assert damaged.text[damaged.losses[0].place :].startswith("### CAPITULO II")


def test_damage_is_the_same_every_time() -> None:
    headed = damage.article_headings(text())
    assert damage.chosen(headed, Random("a")) == damage.chosen(headed, Random("a"))
    assert set(damage.chosen(headed, Random("a"))) <= set(range(1, 9))


def test_numbers_change_places() -> None:
    law = text()
    headed = damage.article_headings(law)
    swapped = damage.article_headings(text(damage.swap_numbers(law, headed, 8).text))
    assert [heading.value[0] for heading in swapped] == [1, 2, 3, 4, 5, 6, 7, 8, 10, 9]
    repeated = damage.article_headings(text(damage.repeat_number(law, headed, 2).text))
    assert [heading.value[0] for heading in repeated[:4]] == [1, 2, 2, 4]


def test_a_point_goes_with_or_without_its_text() -> None:
    (point,) = damage.points(text(POINTS))
    assert damage.take_point(text(POINTS), point, keep_text=False).text == POINTS.replace("(b) ratify;\n\n", "")
    assert damage.take_point(text(POINTS), point, keep_text=True).text == POINTS.replace("(b) ", "")


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("Article 4", {(4,)}),
        ("Artículo 1.12", {(1, 12)}),
        ("第十九条", {(19,)}),
        ("Articles 4 to 6", {(4,), (5,), (6,)}),
        ("", set()),
    ],
)
def test_a_label_names_numbers(label: str, numbers: set[tuple[int, ...]]) -> None:
    assert headings.numbers_of(label) == numbers


def test_a_finding_answers_the_loss_of_its_number() -> None:
    law = text()
    headed = damage.article_headings(law)
    damaged = damage.take_away(law, damage.line_cuts(law, headed, (1, 4, 6)))
    second, fifth, seventh = (loss.place for loss in damaged.losses)
    findings = [
        found(headings.HEADING, "Artículo 2", second),
        found(headings.HEADING, "Artículo 5", fifth + 200, (fifth + 200, fifth)),
        found(headings.DIVISION, "Artículo 7", seventh),
    ]
    cases, taken = headings.match_labels(law, damaged, findings, headings.HEADING, headings.DIVISION)
    assert [case.exact for case in cases] == [True, False, False]
    assert [case.among_three for case in cases] == [True, True, False]
    assert [case.wrong_rule is not None for case in cases] == [False, False, True]
    assert taken == {0, 1, 2}


def test_places_are_the_same_over_white_space_and_marks_only() -> None:
    assert headings.same_place("one\n\n  - two", 3, 9)
    assert not headings.same_place("one, two", 3, 5)


def test_judged_findings_have_reasons() -> None:
    assert all(silence.judged_right().values())


def test_the_command_prints_a_table_per_part(data: Path) -> None:
    done = CliRunner().invoke(
        main, [str(data), "headings", "articles", "numbers", "silence", "--corpus", "uy-es", "--rounds", "1"]
    )
    assert done.exit_code == 0, done.output
    for title in ("Headings taken away", "Articles taken away", "Numbers swapped", "Silence on clean structure"):
        assert title in done.output


def test_the_command_names_what_is_not_there(data: Path) -> None:
    done = CliRunner().invoke(main, [str(data), "noise", "--corpus", "unsc"])
    assert done.exit_code == 1
    assert "holds no texts of the corpus 'unsc'" in done.output
