"""The parallel family: what is told of twins inside a document, of whom, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.engine import audit
from auditor.report import ReportedFinding
from auditor.settings import Settings

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
PARALLEL = Settings(select=("parallel",))

TEXT = """The Parties, namely the Kingdom of Syldavia and the Republic of Ruritania, have agreed as follows:

### Article 1

The Parties shall cooperate in the field of transport, and Ruritania shall keep its ports open.

1. The ships of Ruritania shall fly the flag of Ruritania.

2. Ruritania shall keep a list of its ships and publish it within 30 days.

### Article 2

Each Party shall inform the other of the measures which it takes under article 1 within its own territory.

### Article 3

This Treaty enters into force on 21 February 2022, once Ruritania has notified its consent, in accordance with
resolution A/RES/72/249 of the General Assembly.
"""


def both(change: Callable[[str], str] = lambda text: text) -> str:
    second = TEXT.replace("Ruritania", "Borduria")
    return f"## Annex I\n\n{TEXT}\n## Annex II\n\n{change(second)}"


def found_in(text: str, settings: Settings = PARALLEL) -> tuple[ReportedFinding, ...]:
    report = audit(text, settings)
    assert not report.errors
    return report.documents[0].findings


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def test_twins_that_differ_in_names_alone_are_silent() -> None:
    assert found_in(both()) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("cooperate in", "cooperate closely in", "parallel/wording", "warning"),
        ("transport, and", "transport and", "parallel/wording", "warning"),
        ("shall inform", "may inform", "parallel/wording", "error"),
        ("shall inform", "shall not inform", "parallel/wording", "error"),
        ("which it takes", "wbich it takes", "parallel/wording", "warning"),
        ("its own", "its  own", "", ""),
        ("30 days", "60 days", "parallel/number", "error"),
        ("21 February 2022", "22 February 2022", "parallel/date", "error"),
        ("under article 1", "under article 2", "parallel/reference", "error"),
        ("A/RES/72/249", "A/RES/72/294", "parallel/symbol", "error"),
        ("flag of Borduria", "flag of Ruritania", "parallel/name", "error"),
        ("Kingdom of Syldavia", "Kingdom of Illyria", "parallel/name", "error"),
        ("1. The ships of Borduria shall fly the flag of Borduria.\n\n", "", "parallel/missing-unit", "error"),
    ],
)
def test_one_change_gives_one_finding(old: str, new: str, rule: str, severity: str) -> None:
    text = both(replaced(old, new))
    found = found_in(text)
    assert [(f.rule, f.severity) for f in found] == ([(rule, severity)] if rule else [])
    for finding in found:
        assert finding.other is not None
        assert finding.other.excerpt is not None
        assert finding.data["pair"] == "Annex I / Annex II"
        second = text.index("## Annex II")
        sides = {finding.span.start >= second, finding.other.span.start >= second}
        assert sides == {True, False}


def test_a_finding_stands_where_something_is_missing_or_wrong() -> None:
    text = both(replaced("1. The ships of Borduria shall fly the flag of Borduria.\n\n", ""))
    (found,) = found_in(text)
    assert len(found.span) == 0
    assert text[found.span.start :].startswith("2. Borduria")
    assert found.other is not None
    assert found.other.span.of(text) == "1. The ships of Ruritania shall fly the flag of Ruritania."
    text = both(replaced("flag of Borduria", "flag of Ruritania"))
    (slip,) = found_in(text)
    assert slip.span.of(text) == "Ruritania"
    assert slip.span.start > text.index("## Annex II")
    assert slip.data["expected"] == "Borduria"


def test_a_lost_paragraph_and_the_gap_it_leaves_are_one_finding() -> None:
    text = both(replaced("1. The ships of Borduria shall fly the flag of Borduria.\n\n", ""))
    rules = [f.rule for f in found_in(text, Settings(select=("parallel", "numbering")))]
    assert rules == ["parallel/missing-unit"]


def test_a_heading_that_one_twin_lacks_is_told_by_the_rules_of_structure_alone() -> None:
    text = both(replaced("### Article 2\n\n", ""))
    assert found_in(text) == ()
    rules = [f.rule for f in found_in(text, Settings(select=("parallel", "structure")))]
    assert rules == ["structure/missing-heading"]


def test_a_last_heading_that_is_lost_is_told_since_no_series_shows_it() -> None:
    text = both(replaced("### Article 3\n\n", ""))
    assert [(f.rule, f.data["a"]) for f in found_in(text)] == [("parallel/missing-unit", "### Article 3")]


def test_both_names_in_both_texts_are_no_slip() -> None:
    line = "\n\nThis Treaty is open to Ruritania and Borduria alike.\n"
    text = f"## Annex I\n\n{TEXT}{line}\n## Annex II\n\n{TEXT.replace('Ruritania', 'Borduria')}{line}"
    assert found_in(text) == ()


def test_the_twins_own_numbers_are_expected() -> None:
    own = "\n\nThis Annex {n} is part of the letter.\n"
    second = TEXT.replace("Ruritania", "Borduria")
    text = f"## Annex I\n\n{TEXT}{own.format(n='I')}\n## Annex II\n\n{second}{own.format(n='II')}"
    assert found_in(text) == ()


def test_forms_of_quotation_marks_are_no_difference() -> None:
    quoted = "\n\nHereinafter referred to as {}the Parties{}.\n"
    second = TEXT.replace("Ruritania", "Borduria")
    curly, straight = quoted.format("“", "”"), quoted.format('"', '"')
    text = f"## Annex I\n\n{TEXT}{curly}\n## Annex II\n\n{second}{straight}"
    assert found_in(text) == ()


# --- the letter


def test_the_letter_gives_its_three_differences_and_nothing_for_names_numbers_and_stamps() -> None:
    text = LETTER.read_text(encoding="utf-8")
    found = found_in(text)
    assert [(f.rule, f.data["a"], f.data["b"]) for f in found] == [
        ("parallel/wording", "and", ","),
        ("parallel/wording", "the", "this"),
        ("parallel/wording", "and Ukrainian", ""),
    ]
    units = [f.data["unit"] for f in found]
    assert units == ["Article 22", "Article 29", "Article 31"]
    for finding in found:
        assert finding.span.of(text) == finding.data["a"]
        assert finding.other is not None
        assert finding.other.span.of(text) == finding.data["b"]


def test_the_twin_is_evidence_for_the_headings_that_the_letter_lacks() -> None:
    text = LETTER.read_text(encoding="utf-8")
    found = found_in(text, Settings(select=("structure/missing-heading",)))
    twin = {f.data["label"] for f in found if any("before the same text" in e.message for e in f.evidence)}
    assert twin == {"Article 25", "Article 26", "Article 27"}


def test_messages_name_both_sides() -> None:
    for finding in found_in(LETTER.read_text(encoding="utf-8")):
        assert re.search(r"Anexo I\b", finding.message)
        assert "Anexo II" in finding.message
        assert "“Donetsk” / “Lugansk” (12 times)" in finding.evidence[0].message
