"""The family numbering: one defect, one finding; silence where the text explains itself."""

from __future__ import annotations

from random import Random

import pytest

from auditor.analysis.enumerators.disorder import disorders
from auditor.analysis.enumerators.number_slips import number_slips, repaired
from auditor.contract import run
from auditor.document import Document, Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = tuple(rule for rule in load_rules().rules if rule.family == "numbering")


def document(text: str) -> Document:
    return read(Source("t", text.encode("utf-8"), "text/markdown"))


def findings(text: str) -> list[Finding]:
    """What the default rules of the family say."""
    doc = document(text)
    return [found for rule in RULES if not rule.preview for found in run(rule, doc, {})]


def said(text: str) -> list[tuple[str, str]]:
    return [(found.rule.partition("/")[2], text[found.span.start : found.span.end]) for found in findings(text)]


def blocks(*marks: str) -> str:
    return "\n\n".join(f"{mark} the text of an item;" for mark in marks) + "\n"


def test_the_family_is_complete() -> None:
    names = {rule.name.partition("/")[2] for rule in RULES}
    assert names == {
        "gap", "repeated", "out-of-order", "mixed-style", "lone-point", "character-slip", "detached-enumerator",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (("1.", "2.", "4.", "5."), [("gap", "4.")]),
        (("(a)", "(c)"), [("gap", "(c)")]),
        (("(a)", "(b)", "(c)", "(f)", "(g)"), [("gap", "(f)")]),
        (("1.", "2.", "2.", "4."), [("repeated", "2.")]),
        (("1.", "2.", "2.", "3."), [("repeated", "2.")]),
        (("1.", "3.", "2.", "4."), [("out-of-order", "3.")]),
        (("1.", "2.", "9.", "4.", "5."), [("out-of-order", "9.")]),
        (("(1)", "2)", "(3)", "(4)"), [("mixed-style", "2)")]),
        (("1.", "2.", "3", "4."), [("detached-enumerator", "3")]),
        (("l.", "2.", "3."), [("character-slip", "l")]),
        (("(k)", "(1)", "(m)"), [("character-slip", "1")]),
        (("(a)", "(b)", "(c)", "(d)", "(c)", "(f)"), [("character-slip", "c")]),
        (("8.", "9.", "1O.", "11."), [("character-slip", "1O")]),
    ],
)
def test_one_defect_is_one_finding(marks: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert said(blocks(*marks)) == expected


def test_the_data_name_what_is_missing() -> None:
    (found,) = findings(blocks("(a)", "(b)", "(e)", "(f)"))
    assert found.data["missing"] == ["c", "d"]
    assert found.evidence


@pytest.mark.parametrize(
    "text",
    [
        blocks("1.", "2.", "1.", "2.", "3."),
        blocks("1.", "1.", "1."),
        blocks("(e)", "(f)", "(g)"),
        blocks("1.", "2.", "2 bis.", "3."),
        blocks("1.", "2.", "2a.", "2b.", "3."),
        "1. One.\n\n2. to 4. (Repealed)\n\n5. Five.\n",
        "1. One.\n\n2. Two.\n\n. . . . . . .\n\n5. Five.\n",
        "1. One.\n\n2. Two; and 3. Three.\n\n4. Four.\n",
        "1. One.\n\n2. The following replaces paragraph 7:\n\n“7. The Board meets.”\n\n3. Three.\n",
        "h) one;\n\ni) two;\n\nl) three;\n\nm) four.\n",
    ],
)
def test_what_the_text_explains_is_not_reported(text: str) -> None:
    assert said(text) == []


def test_a_form_that_never_counts_is_not_believed() -> None:
    rng = Random(7)
    marks = [f"({rng.randrange(1, 30)})" for _ in range(60)]
    assert len([rule for rule, _ in said(blocks(*marks)) if rule == "gap"]) <= 3


def test_headings_that_stand_aside_of_their_series() -> None:
    def articles(*values: int) -> str:
        return "".join(f"## Article {value}\n\nThe text of an article.\n\n" for value in values)

    assert said(articles(1, 2, 2, 4, 5)) == [("repeated", "Article 2")]
    assert [rule for rule, _ in said(articles(1, 2, 4, 3, 5, 6))] == ["out-of-order"]
    assert said(articles(1, 2, 4, 5)) == []  # structure/missing-heading or missing-division


def test_tables_and_figures_count_too() -> None:
    text = "".join(f"Table {value}\n\nWords about it.\n\n" for value in (1, 2, 3, 5, 6, 7))
    assert said(text) == [("gap", "Table 5")]


def test_footnotes_count_too() -> None:
    def notes(*values: int) -> str:
        uses = " ".join(f"A word[^{value}]." for value in values)
        return uses + "\n\n" + "\n\n".join(f"[^{value}]: The text of a note." for value in values) + "\n"

    assert said(notes(1, 2, 3, 4, 5, 6)) == []
    assert [
        (rule, data) for rule, data in ((f.rule, f.data["missing"]) for f in findings(notes(1, 2, 3, 5, 6, 7)))
    ] == [("numbering/gap", ["4"])]


def test_a_confusion_that_runs_through_the_text_is_one_finding() -> None:
    text = "".join(f"## Article {value}\n\nl. One.\n\n2. Two.\n\n3. Three.\n\n" for value in range(1, 9))
    (found,) = findings(text)
    assert found.rule == "numbering/character-slip"
    assert found.data["count"] == 8
    assert [text[place.start : place.end] for place in found.places] == ["l"] * 7


def test_enumerators_that_all_stand_alone_are_the_layout() -> None:
    assert said("".join(f"({letter})\n\nthe text;\n\n" for letter in "abcdef")) == []


@pytest.mark.parametrize(
    ("token", "figures"), [("2O22", "2022"), ("l5", "15"), ("З", "3"), ("1б", "16"), ("3a", ""), ("S0", "50")]
)
def test_a_token_is_repaired_only_if_all_of_it_can_be(token: str, figures: str) -> None:
    assert repaired(token) == figures


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("as of 1O July 2O22 and article 3l, paragraph l(a)", ["1O", "2O22", "3l", "l"]),
        ("Article 1, Article 2, Article 3, Article 4, Article 5, and paragraphs 1, 2, I and 4", ["I"]),
        ("el l de julio de 199O y el artículo 2I", ["199O", "2I", "l"]),
        ("Article 16B, article 5a, Annex I, point l, 5 l of water, A/RES/2O/1, B2B, 3D", []),
        ("section 7A and section 7B and section 7S are repealed", ["7S"]),
        ("resolution 192 (III) and 41 (I)", []),
    ],
)
def test_slips_are_told_from_letters_that_are_meant(text: str, tokens: list[str]) -> None:
    doc = document(text + ".\n")
    prose = doc.blocks[0].prose.text
    # The running text has one character before its first block.
    found = sorted(prose[slip.start - 1 : slip.end - 1] for slip in number_slips(doc))
    assert found == sorted(tokens)


def test_points_taken_away_are_reported_in_nested_lists() -> None:
    def law(leave_out: tuple[int, int]) -> str:
        parts = []
        for article in range(1, 13):
            parts.append(f"## Article {article}")
            for paragraph in range(1, 4):
                parts.append(f"{paragraph}. The Board shall:")
                parts += [
                    f"({letter}) do what the law says;"
                    for at, letter in enumerate("abcd")
                    if (article * 3 + paragraph, at) != leave_out
                ]
        return "\n\n".join(parts) + "\n"

    assert said(law((0, 0))) == []
    for article in range(1, 13):
        for at in (1, 2):
            assert [rule for rule, _ in said(law((article * 3 + 2, at)))] == ["gap"]


def test_the_fact_grows_with_the_text_not_faster() -> None:
    """Measured in work, not in time: the number of places and series grows as the text does."""
    one = blocks(*(f"{value}." for value in range(1, 40)))
    twice = one + "\n## Annex I\n\n" + one
    assert len(disorders(document(twice))) == 2 * len(disorders(document(one))) == 0
