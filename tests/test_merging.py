"""One defect, one finding."""

from __future__ import annotations

from auditor.contract import Rule
from auditor.document import Span, point
from auditor.findings import Finding
from auditor.merging import merge


def rule(name: str, *explains: str) -> Rule:
    return Rule(name, "error", "document", "", "", lambda _: (), (), (), explains=explains)


RULES = {"a/better": rule("a/better", "b/worse"), "b/worse": rule("b/worse")}


def test_what_a_better_finding_explains_becomes_its_evidence() -> None:
    better = Finding("a/better", "The symbol is damaged.", Span(2, 31))
    worse = Finding("b/worse", "Formula marks.", Span(2, 14))
    (merged,) = merge([worse, better], RULES)
    assert merged.rule == "a/better"
    assert [evidence.message for evidence in merged.evidence] == ["Formula marks."]


def test_only_the_places_that_are_explained_are_taken_away() -> None:
    better = Finding("a/better", "Here.", Span(10, 20))
    worse = Finding("b/worse", "Three of them.", Span(12, 14), places=(Span(30, 32), Span(40, 42)))
    merged = merge([better, worse], RULES)
    assert [(f.rule, f.span) for f in merged] == [("a/better", Span(10, 20)), ("b/worse", Span(30, 32))]
    assert merged[1].places == (Span(40, 42),)


def test_points_and_spans_meet_where_they_touch() -> None:
    better = Finding("a/better", "A heading is missing.", point(10))
    worse = Finding("b/worse", "Something is wrong.", Span(10, 15))
    (merged,) = merge([better, worse], RULES)
    assert merged.rule == "a/better"


def test_two_defects_at_one_place_both_stay() -> None:
    findings = [Finding("b/worse", f"Article {n} is missing.", point(10)) for n in (4, 5)]
    assert len(merge(findings, RULES)) == 2
    assert len(merge([findings[0], findings[0]], RULES)) == 1
