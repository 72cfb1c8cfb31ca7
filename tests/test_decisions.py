"""Decisions: what an editor ruled stays ruled, wherever the text moves, and says so when it means nothing any more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from auditor.decisions.decision import Decision, DecisionsError, decision_on, encode_decisions, read_decisions
from auditor.decisions.judging import with_decisions
from auditor.decisions.matching import Decisions, arranged
from auditor.decisions.remarks import remarks
from auditor.document import Source
from auditor.engine import audit
from auditor.plugins import load_rules
from auditor.reading import read
from auditor.report import DocumentReport, ReportedFinding
from auditor.settings import Settings, choose

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
POINTS = "Points:\n\n(a) the first text;\n\n(b) the second text;\n\n(d) the fourth text;\n\n(e) the fifth text.\n"
SETTINGS = Settings(select=("numbering", "references", "decisions"))
CHOSEN = choose(load_rules(), SETTINGS)


def report_on(text: str) -> DocumentReport:
    (document,) = audit(text, SETTINGS).documents
    return document


def ruled(text: str, *decisions: Decision, today: str = "2026-01-01", gone: bool = False) -> DocumentReport:
    known = arranged(decisions, lambda _: not gone)
    return with_decisions(report_on(text), known, "a.md", CHOSEN, today, Counter())


def gap_in(text: str = POINTS) -> ReportedFinding:
    (finding,) = (f for f in report_on(text).findings if f.rule == "numbering/gap")
    return finding


def accepted(text: str = POINTS, **more: str) -> Decision:
    return decision_on(gap_in(text), "a.md", "accepted", "Point (c) was struck out.", **more)


def statuses(report: DocumentReport) -> dict[str, str]:
    return {finding.rule: finding.status for finding in report.findings}


def test_a_decided_finding_stays_in_the_report_with_its_status_and_reason() -> None:
    report = ruled(POINTS, accepted(author="A. Editor", date="2026-01-01"))
    (finding,) = report.findings
    assert finding.status == "accepted"
    assert finding.decision is not None
    assert (finding.decision.reason, finding.decision.author) == ("Point (c) was struck out.", "A. Editor")


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param("An opening that was not there.\n\n" + POINTS, id="text before it"),
        pytest.param(POINTS + "\n\nMore text.\n", id="text after it"),
        pytest.param(POINTS.replace("first text", "very first text"), id="a word elsewhere"),
        pytest.param(POINTS.replace("the fourth text", "the\nfourth text"), id="lines wrapped anew"),
        pytest.param("## Article 1\n\n" + POINTS, id="under a heading"),
    ],
)
def test_a_decision_outlives_edits_elsewhere(edited: str) -> None:
    assert gap_in(edited).fingerprint == gap_in().fingerprint


def test_a_decision_outlives_an_edit_beside_its_finding() -> None:
    text = "The rules of A/76/74O shall apply to the work of the Committee.\n"
    before = report_on(text).findings[0]
    decision = decision_on(before, "a.md", "false-alarm", "It is printed so.")
    report = ruled(text.replace("shall apply", "do apply"), decision)
    assert statuses(report) == {before.rule: "false-alarm"}
    assert report.findings[0].fingerprint != before.fingerprint


def test_a_new_defect_is_not_covered_by_an_old_decision() -> None:
    more = POINTS + "\nThe rules of A/76/74O shall apply to the work of the Committee.\n"
    report = ruled(more, accepted())
    assert sorted(f.status for f in report.findings) == ["accepted", "open"]


def test_a_decision_whose_finding_is_gone_is_told() -> None:
    whole = POINTS.replace("(d)", "(c)").replace("(e)", "(d)")
    (finding,) = ruled(whole, accepted()).findings
    assert finding.rule == "decisions/unmatched"
    assert finding.severity == "info"
    assert "⟦" in finding.message


def test_a_decision_is_not_called_idle_where_its_rule_did_not_run() -> None:
    whole = POINTS.replace("(d)", "(c)").replace("(e)", "(d)")
    chosen = choose(load_rules(), Settings(select=("references", "decisions")))
    (report,) = audit(whole, Settings(select=("references", "decisions"))).documents
    known = arranged([accepted()], lambda _: True)
    assert with_decisions(report, known, "a.md", chosen, "2026-01-01", Counter()).findings == ()


def test_a_decision_of_another_text_decides_nothing_here() -> None:
    known = arranged([accepted()], lambda _: True)
    report = with_decisions(report_on(POINTS), known, "b.md", CHOSEN, "2026-01-01", Counter())
    assert statuses(report) == {"numbering/gap": "open"}


def test_a_decision_goes_with_its_text_when_the_text_is_moved_but_not_with_copies() -> None:
    known = arranged([accepted()], lambda _: False)
    moved: Counter[tuple[str, str]] = Counter()
    first = with_decisions(report_on(POINTS), known, "new/a.md", CHOSEN, "2026-01-01", moved)
    second = with_decisions(report_on(POINTS), known, "new/copy.md", CHOSEN, "2026-01-01", moved)
    assert statuses(first) == {"numbering/gap": "accepted"}
    assert statuses(second) == {"decisions/too-broad": "open", "numbering/gap": "open"}


def test_the_last_day_counts_and_the_next_one_does_not() -> None:
    decision = accepted(expires="2026-01-31")
    assert statuses(ruled(POINTS, decision, today="2026-01-31")) == {"numbering/gap": "accepted"}
    report = ruled(POINTS, decision, today="2026-02-01")
    assert statuses(report) == {"numbering/gap": "open"}
    assert "held until 2026-01-31" in report.findings[0].evidence[-1].message


def test_every_finding_of_the_letter_has_a_fingerprint_of_its_own_and_can_be_decided() -> None:
    (document,) = audit(LETTER.read_bytes()).documents
    assert len({f.fingerprint for f in document.findings}) == len(document.findings)
    known = arranged([decision_on(f, "a.md", "later", "x") for f in document.findings], lambda _: True)
    chosen = choose(load_rules(), Settings())
    after = with_decisions(document, known, "a.md", chosen, "2026-01-01", Counter())
    assert {f.status for f in after.findings} == {"later"}
    assert len(after.findings) == len(document.findings)


# --- the file


def test_the_file_is_sorted_one_decision_a_line_and_read_again(tmp_path: Path) -> None:
    one, other = accepted(), decision_on(gap_in(), "B.md", "later", "x")
    data = encode_decisions([one, other])
    assert data == encode_decisions([other, one])
    assert data.count(b"\n") == 2
    path = tmp_path / "d.jsonl"
    path.write_bytes(data)
    assert set(read_decisions(path)) == {one, other}


def test_deciding_again_replaces_the_decision() -> None:
    data = encode_decisions([accepted(), decision_on(gap_in(), "a.md", "later", "On second thoughts.")])
    assert data.count(b"\n") == 1
    assert b"On second thoughts." in data


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"<<<<<<< ours\n", "a merge that git left"),
        (b'{"path": "a.md"}\n', "missing required field"),
        (b"{\n", "this is no decision"),
        (encode_decisions([accepted()]).replace(b"Point (c) was struck out.", b" "), "has no reason"),
        (encode_decisions([accepted()]).replace(b'"accepted"', b'"fine"'), "Invalid enum value"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(encode_decisions([accepted()]) + line)
    with pytest.raises(DecisionsError, match="line 2") as error:
        read_decisions(path)
    assert said in str(error.value)


def test_no_file_is_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.jsonl") == ()
    assert arranged((), lambda _: True) == Decisions()


def test_a_decision_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        decision_on(gap_in(), "a.md", "accepted", "  ")


# --- remarks in the text


def with_remark(remark: str) -> str:
    return POINTS.replace("(d) the", f"{remark}\n\n(d) the")


def test_a_remark_decides_what_stands_in_the_next_paragraph() -> None:
    report = report_on(with_remark("<!-- auditor: ignore numbering/gap because (c) was struck out -->"))
    (finding,) = report.findings
    assert finding.status == "accepted"
    assert finding.decision is not None
    assert finding.decision.reason == "(c) was struck out"


def test_a_remark_may_stand_in_the_paragraph_itself_and_name_a_family() -> None:
    text = POINTS.replace("(d) the", "(d) <!-- auditor: ignore numbering - struck out --> the")
    assert statuses(report_on(text)) == {"numbering/gap": "accepted"}


def test_a_remark_without_a_reason_is_not_followed_and_is_told() -> None:
    report = report_on(with_remark("<!-- auditor: ignore numbering/gap -->"))
    assert statuses(report) == {"decisions/malformed": "open", "numbering/gap": "open"}


def test_remarks_work_in_plain_text_too() -> None:
    text = with_remark("<!-- auditor: ignore numbering/gap because (c) was struck out -->")
    document = read(Source("a.txt", text.encode(), "text/plain"))
    (report,) = audit(document, SETTINGS).documents
    assert [f.status for f in report.findings if f.rule == "numbering/gap"] == ["accepted"]


def test_comments_that_are_not_for_the_auditor_are_no_remarks() -> None:
    assert remarks(read(Source("a.md", b"<!-- the auditor: may ignore this -->\n\nText.\n"))) == ()


@pytest.mark.parametrize("mark", [" [sic]", " (sic)", " [*sic*]", " [sic!]"])
def test_sic_says_that_it_is_right_as_it_stands(mark: str) -> None:
    text = "The rules of A/76/74O{} shall apply to the work of the Committee.\n"
    (plain,) = report_on(text.format("")).findings
    assert plain.status == "open"
    (marked,) = report_on(text.format(mark)).findings
    assert marked.status == "accepted"
