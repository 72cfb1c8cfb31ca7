"""The engine: what runs, what is skipped and why, merging, and that nothing it reports is beside the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor import Settings, audit
from auditor.contract import Option, Rule
from auditor.contract import rule as declare_rule
from auditor.document import Block, Document, Source, Span
from auditor.engine import audit_source
from auditor.findings import Evidence, Finding, Fix, replace
from auditor.plugins import PluginFault, RuleBook, load_rules
from auditor.report import DocumentReport, Report
from auditor.reporting.json import encode, schema_faults
from auditor.runs import Tally, audit_origin
from auditor.settings import SettingsError, choose

ROOT = Path(__file__).parent.parent
TEXT = "# Title\n\nThe quick brown fox jumps over the lazy dog, and then it sleeps.\n"


def made(name: str, *findings: Finding, **declared: Any) -> Rule:
    """A rule that reports just these findings."""

    def check(document: Document) -> Iterator[Finding]:
        yield from findings

    check.__module__ = __name__
    given = {"severity": "warning", "bad": {}, "good": {}, **declared}
    declare_rule(name, **given)(check)
    rule: Rule = check.__auditor_rule__  # type: ignore[attr-defined]
    return rule


def found(rule: str, start: int, end: int, **more: Any) -> Finding:
    return Finding(rule, f"{rule} at {start}.", Span(start, end), **more)


def run(*rules: Rule, text: str = TEXT, **chosen: Any) -> DocumentReport:
    report = audit(text, Settings(**chosen), book=RuleBook(rules, ()))
    assert not report.errors, report.errors
    return report.documents[0]


# --- what runs


def test_the_default_set_leaves_preview_rules_out_and_says_so() -> None:
    early = made("a/early", preview=True)
    steady = made("a/steady")
    assert run(early, steady).rules.run == ("a/steady",)
    assert [s.rule for s in run(early, steady).rules.skipped] == ["a/early"]
    assert run(early, steady, preview=True).rules.run == ("a/early", "a/steady")
    assert run(early, steady, select=("a/early",)).rules.run == ("a/early",)
    assert run(early, steady, select=("a",)).rules.run == ("a/steady",)


def test_a_rule_for_another_language_is_skipped_with_the_reason() -> None:
    document = run(made("a/spanish", languages=("es",)), made("a/any"))
    assert document.rules.run == ("a/any",)
    (skipped,) = document.rules.skipped
    assert skipped.rule == "a/spanish"
    assert "language not covered" in skipped.reason
    assert "es" in skipped.reason


def test_a_rule_that_needs_pages_is_skipped_without_them() -> None:
    (skipped,) = run(made("a/pages", needs=("pages",))).rules.skipped
    assert "pages not known" in skipped.reason


def test_a_rule_that_raises_is_a_fault_and_the_others_run() -> None:
    def breaks(document: Document) -> Iterator[Finding]:
        yield found("a/breaks", 0, 1)
        raise ValueError("no good")

    breaking = msgspec.structs.replace(made("a/breaks"), check=breaks)
    report = audit(TEXT, book=RuleBook((breaking, made("a/sound", found("a/sound", 2, 7))), ()))
    (fault,) = report.errors
    assert fault.rule == "a/breaks"
    assert fault.path == "-"
    assert "ValueError: no good" in fault.message
    assert fault.detail is not None
    assert "Traceback" in fault.detail
    assert report.summary.faults == 1
    assert [f.rule for f in report.documents[0].findings] == ["a/sound"]
    assert [(s.rule, s.reason) for s in report.documents[0].rules.skipped] == [("a/breaks", "failed: ValueError")]


def test_faults_of_plug_ins_are_in_the_report() -> None:
    report = audit(TEXT, book=RuleBook((made("a/sound"),), (PluginFault("p", "plug-in p is broken."),)))
    assert [fault.message for fault in report.errors] == ["plug-in p is broken."]


def test_a_block_rule_is_called_for_each_block() -> None:
    def each(block: Block, document: Document) -> Iterator[Finding]:
        yield Finding("a/each", "A block.", block.span)

    rule = msgspec.structs.replace(made("a/each", scope="block"), check=each)
    assert [f.excerpt.match for f in run(rule, text="# One\n\nTwo.\n").findings] == ["# One", "Two."]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"select": ("a/rul",)}, "did you mean 'a/rule'"),
        ({"ignore": ("nothing",)}, "'nothing'"),
        ({"options": {"a/none": {}}}, "'a/none'"),
        ({"options": {"a/rule": {"size": 1, "sise": 2}}}, "no option 'sise' (it has: size)"),
        ({"options": {"a/rule": {"size": "big"}}}, "takes a value of type int"),
        ({"min_confidence": 2}, "between 0 and 1"),
    ],
)
def test_settings_that_cannot_be_carried_out_are_refused(chosen: dict[str, Any], said: str) -> None:
    rule = made("a/rule", options=(Option("size", 3, "How big."),))
    with pytest.raises(SettingsError) as refused:
        audit(TEXT, Settings(**chosen), book=RuleBook((rule,), ()))
    assert said in str(refused.value)


def test_options_reach_the_rule() -> None:
    def sized(document: Document, *, size: int) -> Iterator[Finding]:
        yield found("a/rule", 0, size)

    rule = msgspec.structs.replace(made("a/rule", options=(Option("size", 3, "How big."),)), check=sized)
    assert run(rule).findings[0].span == Span(0, 3)
    assert run(rule, options={"a/rule": {"size": 5}}).findings[0].span == Span(0, 5)


def test_what_is_less_sure_than_asked_for_is_left_out() -> None:
    rule = made("a/rule", found("a/rule", 0, 1, confidence=0.4), found("a/rule", 2, 3, confidence=0.9))
    assert len(run(rule).findings) == 1
    assert len(run(rule, min_confidence=0.1).findings) == 2
    assert len(run(rule, min_confidence=0.95).findings) == 0


# --- what becomes of findings


def test_a_finding_is_placed_with_position_excerpt_and_fingerprint() -> None:
    span = Span(TEXT.index("fox"), TEXT.index("fox") + 3)
    fix = replace(span, "vixen", "Write vixen", "safe")
    rule = made(
        "a/rule", Finding("a/rule", "A fox.", span, 0.876, evidence=(Evidence("It jumps.", span),), fixes=(fix,))
    )
    (finding,) = run(rule).findings
    assert (finding.range.start.line, finding.range.start.column) == (3, 17)
    assert (finding.range.end.line, finding.range.end.column) == (3, 20)
    assert finding.excerpt.before == "The quick brown "
    assert finding.excerpt.match == "fox"
    assert finding.excerpt.after.startswith(" jumps over")
    assert finding.confidence == 0.88
    assert finding.fixes[0].edits[0].text == "vixen"
    assert len(finding.fingerprint) == 16


def test_the_fingerprint_survives_moving_and_not_rewriting() -> None:
    def fingerprint(text: str) -> str:
        at = text.index("fox")
        return run(made("a/rule", Finding("a/rule", "A fox.", Span(at, at + 3))), text=text).findings[0].fingerprint

    assert fingerprint(TEXT) == fingerprint("# Title\n\nA new paragraph before it.\n\n" + TEXT.split("\n\n")[1])
    assert fingerprint(TEXT) != fingerprint(TEXT.replace("brown", "red"))


def test_equal_findings_have_different_fingerprints() -> None:
    rule = made("a/rule", found("a/rule", 0, 1), found("a/rule", 9, 10))
    prints = [f.fingerprint for f in run(rule, text="x\n\nSame.\n\nx\n").findings]
    assert len(set(prints)) == 2


def test_a_finding_that_another_explains_becomes_its_evidence() -> None:
    cause = made("a/cause", found("a/cause", 4, 9), explains=("a/symptom",))
    symptom = made("a/symptom", found("a/symptom", 5, 7), found("a/symptom", 20, 22))
    findings = run(cause, symptom).findings
    assert [f.rule for f in findings] == ["a/cause", "a/symptom"]
    assert [e.message for e in findings[0].evidence] == ["a/symptom at 5."]
    assert findings[1].span == Span(20, 22)


def test_places_that_are_explained_are_taken_out_of_a_finding() -> None:
    cause = made("a/cause", found("a/cause", 4, 9), explains=("a/symptom",))
    symptom = made("a/symptom", found("a/symptom", 5, 7, places=(Span(20, 22), Span(30, 31))))
    cause_found, symptom_found = run(cause, symptom).findings
    assert cause_found.rule == "a/cause"
    assert symptom_found.span == Span(20, 22)
    assert [place.span for place in symptom_found.places] == [Span(30, 31)]


def test_the_same_finding_twice_is_one() -> None:
    rule = made("a/rule", found("a/rule", 4, 9, confidence=0.6), found("a/rule", 4, 9, confidence=0.9))
    assert [f.confidence for f in run(rule).findings] == [0.9]


def test_findings_come_in_the_order_of_the_text() -> None:
    one = made("b/one", found("b/one", 30, 31), found("b/one", 5, 6))
    other = made("a/other", found("a/other", 12, 13))
    assert [f.span.start for f in run(one, other).findings] == [5, 12, 30]


# --- sources


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\ufeff"])
def test_a_text_without_words_is_not_passed_as_clean(text: str) -> None:
    settings = Settings()
    audited = audit_origin(Source("empty.md", text.encode()), choose(load_rules(), settings), settings)
    (fault,) = audited.faults
    assert "nothing was checked" in fault.message
    assert fault.path == "empty.md"


def test_a_text_on_which_no_rule_can_run_is_not_passed_as_clean() -> None:
    chosen = choose(RuleBook((made("a/spanish", languages=("es",)),), ()), Settings())
    (fault,) = audit_origin(Source("english.md", TEXT.encode()), chosen, Settings()).faults
    assert "none of the chosen rules could run" in fault.message


def test_a_tally_adds_up_to_the_summary_of_the_whole() -> None:
    chosen = choose(load_rules(), Settings())
    tally = Tally()
    documents = []
    for text in (TEXT, "See $A_{76/740}$ and A/RES/7l/321 in the annex of the letter.\n", ""):
        audited = audit_source(Source("x.md", text.encode()), chosen, Settings())
        tally.add(audited)
        documents.append(audited.document)
    assert tally.summary.documents == 3
    assert tally.summary.words == sum(d.words for d in documents if d)
    assert tally.summary.findings == sum(len(d.findings) for d in documents if d)
    assert sum(tally.summary.by_rule.values()) == tally.summary.findings


# --- whatever the text


def _fixtures() -> list[str]:
    paths = [path for path in sorted((ROOT / "fixtures").glob("*/*.md")) if path.name != "README.md"]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    return [text[at : at + 4000] for text in texts for at in range(0, min(len(text), 40_000), 4000)]


PIECES = _fixtures()
JUNK = [
    "\n", "\r\n", "\n\n", " ", "\t", "\f", "#", "## ", "- ", "1. ", "(a) ", "Article 7", "$", "**", "*", "`", "```\n",
    "<b>", "&amp;", "[", "](", "|", "\\", "\u202e", "\u00ad", "\ufeff", "é", "第三条", "المادة ٤", "😀", "22-03357 ",
    "l", "0",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A piece of a fixture, cut, doubled, swapped about, and with junk put in."""
    text = draw(st.sampled_from(PIECES))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 200)))
        what = draw(st.sampled_from(["cut", "double", "junk", "move", "case"]))
        piece = text[start:end]
        if what == "cut":
            text = text[:start] + text[end:]
        elif what == "double":
            text = text[:end] + piece + text[end:]
        elif what == "junk":
            text = text[:start] + draw(st.sampled_from(JUNK)) + text[start:]
        elif what == "move":
            rest = text[:start] + text[end:]
            to = draw(st.integers(0, len(rest)))
            text = rest[:to] + piece + rest[to:]
        else:
            text = text[:start] + piece.swapcase() + text[end:]
    return text.removeprefix("\ufeff")  # at the start it is a mark of the encoding, and no part of the text


def _check(text: str, report: Report) -> None:
    assert [fault.message for fault in report.errors] == []
    (document,) = report.documents
    last = -1
    for finding in document.findings:
        assert last <= finding.span.start, "findings are in the order of the text"
        last = finding.span.start
        spans = [finding.span, *(place.span for place in finding.places)]
        spans += [evidence.span for evidence in finding.evidence if evidence.span is not None]
        spans += [Span(edit.start, edit.end) for fix in finding.fixes for edit in fix.edits]
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text), f"{finding.rule}: {span} lies outside the text"
        quoted = " ".join(finding.span.of(text).split())
        shown = " ".join(finding.excerpt.match.split())
        assert shown == quoted or (" … " in shown and quoted.startswith(shown.partition(" … ")[0]))
        lines = text.replace("\r\n", "\n\n").replace("\r", "\n")[: finding.span.start].count("\n")
        if "\r" not in text:
            assert finding.range.start.line == lines + 1
    for division in document.outline:
        assert 0 <= division.span.start <= division.span.end <= len(text)


@given(mutated())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_place_in_a_report_is_in_the_text_and_two_runs_agree(text: str) -> None:
    everything = Settings(select=("all",), min_confidence=0)
    one = audit(text, everything)
    _check(text, one)
    raw = encode(one)
    assert raw == encode(audit(text, everything))
    assert schema_faults(json.loads(raw)) == []


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_a_rule_fail(text: str) -> None:
    text = text.replace("\0", "").encode("utf-8", "replace").decode().removeprefix("\ufeff")
    _check(text, audit(text, Settings(select=("all",), min_confidence=0)))


def test_a_safe_fix_is_never_for_show() -> None:
    """`Fix` defaults to what is never applied by itself."""
    assert Fix("Look.", ()).applicability == "display"
