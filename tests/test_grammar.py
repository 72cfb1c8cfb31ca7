"""The family grammar on whole texts: what it must find, what it must leave alone, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Settings, Source, audit
from auditor.analysis.grammar import parsing
from auditor.document import Document, Guidance
from auditor.reading import read
from auditor.report import ReportedFinding

LETTER = Path(__file__).parent.parent / "fixtures"


def found_in(text: str, *rules: str, deep: bool = False) -> tuple[ReportedFinding, ...]:
    given_settings = Settings(select=rules or ("grammar",), profile="deep" if deep else "default")
    report = audit(Source("text", text.encode("utf-8", "surrogatepass"), "text/plain"), given_settings)
    assert not report.errors, report.errors
    return report.documents[0].findings


def words_of(text: str, *rules: str, deep: bool = False) -> list[tuple[str, str]]:
    return [(f.rule.partition("/")[2], text[f.span.start : f.span.end]) for f in found_in(text, *rules, deep=deep)]


def test_the_letter_has_its_slips_and_nothing_else() -> None:
    (path,) = LETTER.glob("*/a-76-740.md")
    text = path.read_text("utf-8")
    report = audit(Source("letter", text.encode(), "text/markdown"), Settings(select=("grammar",)))
    found = sorted((f.rule, text[f.span.start : f.span.end]) for f in report.documents[0].findings)
    assert found == [
        ("grammar/approximation", "More than 5,354"),
        ("grammar/determiner-noun", "the Russian languages"),
        ("grammar/missing-verb", "which a landmark event for us"),
        ("grammar/possessive", "its commitment"),
        ("grammar/possessive", "its commitment"),
        ("grammar/subject-verb", "have"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The measures taken by the State was useful to all of them.", ("subject-verb", "was")),
        ("They note that the report of the two Committees are late.", ("subject-verb", "are")),
        ("They have adopted these agreement in the course of the year.", ("determiner-noun", "these agreement")),
        ("Each State shall provides the information that is due.", ("modal-form", "shall provides")),
        ("They spoke of an treaty that was in force at that time.", ("article-form", "an treaty")),
        ("It was done in in accordance with the law of the State.", ("preposition-doubled", "in in")),
        ("It shall not not be held against them by the Council.", ("negation-doubled", "not not")),
        ("This is a more better way to deal with the matter at hand.", ("comparative-doubled", "more better")),
    ],
)
def test_a_slip_is_found_where_it_stands(text: str, wanted: tuple[str, str]) -> None:
    assert words_of(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Recalling its resolution 77/321,\n\nGuided by the purposes of the Charter,\n\nHave agreed as follows:",
        "In faith whereof the undersigned, being duly authorized thereto, have signed the present Treaty.",
        "Nothing contained in the present Charter shall authorize the United Nations to intervene.",
        "If any Party were to withdraw, the Conference shall decide whether the number of members be reduced.",
        "The Government of the United States of America and that of the Netherlands have agreed.",
        "Provided that the Commission have regard thereto, and that it be satisfied that such be the case.",
        "The following are members: one of their number; a series of measures; those present and voting.",
        "To him who has, more shall be given; a great many a man would be the happier for it.",
    ],
)
def test_the_language_of_treaties_is_no_slip(text: str) -> None:
    assert words_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "THESE AGREEMENT ARE THE ONLY ONES. A AGREEMENT IS AN TREATY. THE PARTIES HAS AGREED.",
        "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\nRough winds do shake",
        "Year   Imports   Exports\n2019   5,354   6,120\n2020   5,871   7,003\nTotal  11,225  13,123",
        "Tbe parlies hcreto agrcc tbat thc tcrms ol tbis agrccmcnt sliall bc bindmg upon tbcm ancl tbeir succcssors",
        "The Parties, les États membres y los gobiernos, стороны договора shall, en principe, acordar ceci.",
        "`these agreement` and ``an treaty`` are what the program prints",
        "",
        "\ufffd\ufffd \u200b",
    ],
)
def test_bad_input_gives_no_false_alarm(text: str) -> None:
    assert words_of(text) == []


def test_a_sentence_of_fifty_thousand_words_is_read_to_its_end() -> None:
    text = "The Parties agree that " + "the Council, which is in session, and " * 7_200 + "these agreement are void."
    assert words_of(text) == [("determiner-noun", "these agreement")]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "The",
                "parties",
                "these",
                "is",
                "are",
                "of",
                "and",
                "that",
                "which",
                "shall",
                ",",
                ".",
                "it",
                "a",
                "an",
            ]
        ),
        max_size=40,
    )
)
def test_what_is_reported_is_in_the_text(words: list[str]) -> None:
    text = "The Parties have agreed that the measures are in force. " + " ".join(words)
    for finding in found_in(text):
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        json.dumps(finding.data)


@pytest.mark.parametrize(
    "text",
    [
        "The Contracting Parties has agreed as follows.",
        "They spoke of an treaty that was in force at that time.",
        "It was done in in accordance with the law of the State.",
        "La aplicación de el acuerdo corresponde a los Estados que son Partes en la Convención.",
    ],
)
def test_a_remedy_removes_its_finding(text: str) -> None:
    (finding,) = found_in(text)
    (fix,) = finding.fixes
    for edit in sorted(fix.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert found_in(text) == ()


# ------------------------------------------------------------------------------------------- the deeper engine


def parsed_document(profile: str) -> Document:
    guidance = Guidance(profile="deep" if profile == "deep" else "default")
    return read(Source("text", b"The Parties have agreed."), guidance)


def test_without_the_profile_the_report_says_that_nothing_was_parsed() -> None:
    report = audit(Source("text", b"The Parties have agreed on all of this."), Settings(select=("grammar",)))
    skipped = {item.rule: item.reason for item in report.documents[0].rules.skipped}
    assert "profile deep" in skipped["grammar/parsed"]


def test_without_the_extra_the_report_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "find_spec", lambda _: None)
    reason = parsing.why_not(parsed_document("deep"))
    assert reason is not None
    assert "auditor[grammar]" in reason
    assert parsing.why_not(parsed_document("default")) != reason


def test_parsed_sentences_show_more() -> None:
    pytest.importorskip("spacy")
    text = "Christina have admired the work of the committees, and nobody else has."
    assert words_of(text) == []
    assert words_of(text, deep=True) == [("parsed", "have")]


def test_what_two_engines_see_is_told_once() -> None:
    pytest.importorskip("spacy")
    text = "The report of the two Committees were adopted in the course of the session."
    assert words_of(text, deep=True) == [("subject-verb", "were")]
