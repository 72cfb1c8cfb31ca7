"""Punctuation: marks that stand alone, twice, in the wrong place or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.contract import run
from auditor.document import Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name: rule for rule in load_rules().rules if rule.family == "punctuation"}


def findings(name: str, text: str, media_type: str = "text/markdown") -> list[Finding]:
    document = read(Source("-", text.encode("utf-8", "surrogatepass"), media_type))  # type: ignore[arg-type]
    return run(RULES[f"punctuation/{name}"], document, {})


def fixed(text: str, found: Finding) -> str:
    for edit in sorted(found.fixes[0].edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# --- spacing


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Each State ,party to it, shall report.", "Each State, party to it, shall report."),
        ("The war was at an end.The Parties met.", "The war was at an end. The Parties met."),
        ("They cooperate,taking account of all needs.", "They cooperate, taking account of all needs."),
        ("The Party 's report is due in the month of May.", "The Party's report is due in the month of May."),
        ("Les dispositions de l’ article 3 sont en vigueur.", "Les dispositions de l’article 3 sont en vigueur."),
    ],
)
def test_spaces_are_put_where_they_belong(text: str, meant: str) -> None:
    (found,) = findings("spacing", text)
    assert fixed(text, found) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Elle décide : « Les Parties » ; est-ce vrai ? Oui ! Voilà la question de l’article.",
        "Elle décide\u00a0: «\u00a0Les Parties\u00a0»\u202f; est-ce vrai\u202f? Oui\u202f!",
        "¿Qué decide? ¡Nada! Los Estados, que son parte de este acuerdo.",
        "缔约方应合作，并定期协商；（第3条）。",
        "تتعاون الأطراف، وتتشاور؛ ثم تجتمع.",
        "See www.example.Com, Node.js and a,b,c in README.Md or 3,5 and 1.5, e.g. here.",
        "The rest ... is silence . . . . and ( ) is a form.",
        "Das «Amt», der „Rat“ und die »Partei«, z. B. hier; u. a. m.",
    ],
)
def test_the_usage_of_each_language_is_known(text: str) -> None:
    assert findings("spacing", text) == []


def test_one_fault_throughout_is_one_finding() -> None:
    text = "The State , the Party and the Court met, spoke, voted, left. " * 6
    (found,) = findings("spacing", text)
    assert len(found.places) == 5


def test_a_style_is_no_fault() -> None:
    assert findings("spacing", "The State ; the Party ; the Court ; the Council ; the Assembly met in Geneva.") == []


# --- doubled


def test_abbreviations_leaders_and_code_keep_their_marks() -> None:
    text = "Ports, roads, etc., are covered; see art. 5., Corp., p.m.; and so on... Contents ....... 5, ``a,,b`` x::y"
    assert findings("doubled", text) == []


# --- brackets


@pytest.mark.parametrize(
    "text",
    [
        "a) one; b) two; and iv) three (see 5 c) of it) or 1°) and l-bis) or 23.1.a) LIRPF.",
        "The values lie in [0, 1) or (0, 1]; it works :-) and ;) well :(",
        'Organs ("the organs": (a) one; (b) two) meet.',
        "联盟各机关（理事会、大会)举行会议。1）理事会",
        "[The Parties\n\n(a) shall\n\nmay] decide",
        "`(` and `]` are signs, and ( too.",
    ],
)
def test_brackets_with_a_partner_or_a_meaning_are_left_alone(text: str) -> None:
    assert findings("unpaired-bracket", text) == []


def test_ten_thousand_open_brackets_are_one_finding() -> None:
    text = "(word " * 10_000
    (found,) = findings("unpaired-bracket", text)
    assert len(found.places) + 1 == 10_000


def test_ten_thousand_quotation_marks_are_read() -> None:
    for mark in '“”«»"„':
        for found in findings("unpaired-quote", f"{mark}word " * 10_000):
            assert found.places == ()


# --- quotations


def test_a_quotation_may_open_each_of_its_paragraphs() -> None:
    text = "The text:\n\n“One is here.\n\n“Two is here.\n\n“Three is here.”\n\nThe term “Party” is used.\n"
    assert findings("unpaired-quote", text) == []
    (found,) = findings("unpaired-quote", text.replace("here.”", "here."))
    assert found.span.of(text) == "“"


def test_a_term_that_lost_its_mark_is_found_among_definitions() -> None:
    text = "1. “Party” means a State.\n\n2. “Area means the bed of the sea.\n\n3. “Organ” means the Council.\n"
    (found,) = findings("unpaired-quote", text)
    assert text[found.span.start : found.span.start + 5] == "“Area"


# --- properties


@given(st.lists(st.sampled_from([*"()[]“”«»\"'.,;: \n", "word", "Word", "a", "1", "\n\n"]), max_size=80))
@pytest.mark.parametrize(
    "name", ["spacing", "doubled", "unpaired-bracket", "unpaired-quote", "list-end", "missing-stop"]
)
def test_places_lie_in_the_text_and_edits_do_not_overlap(name: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    for found in findings(name, text, "text/plain"):
        for span in (found.span, *found.places):
            assert 0 <= span.start <= span.end <= len(text)
        for fix in found.fixes:
            edits = sorted(fix.edits, key=lambda edit: edit.span)
            for before, after in pairwise(edits):
                assert before.span.end <= after.span.start


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize(
    "text",
    ["", ",", "." * 5000, ",;" * 5000, "x" * 300000, "\u202e(a] ,b\n" * 500, "e\u0301 ,(" * 2000, "אב (ג ,ד\n\n" * 300],
    ids=["empty", "comma", "stops", "marks", "one word", "override", "combining", "hebrew"],
)
def test_odd_texts_are_read_without_complaint(name: str, text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        for found in findings(name.removeprefix("punctuation/"), text, media_type):
            assert 0 <= found.span.start <= found.span.end <= len(text)
