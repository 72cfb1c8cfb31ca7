"""Reports for build servers: GitHub annotations, GitLab Code Quality, JUnit, JSON lines."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Span
from auditor.findings import Evidence, Finding, replace
from auditor.report import Fault
from auditor.reporting.github import ANNOTATIONS, command, without_commands
from reports_made import Made, at, made, made_pair, written

TEXT = "One word, another word.\n\nThe last.\n"


def few(*decided: tuple[int, str, str]) -> Made:
    return made(
        TEXT,
        [
            Finding(
                "family/error",
                "First: wrong, 100 %.",
                at(TEXT, "word"),
                evidence=(Evidence("It says so."),),
                fixes=(replace(at(TEXT, "word"), "thing", "Write “thing”"),),
            ),
            Finding("family/warning", "Second.", at(TEXT, "another")),
            Finding("family/info", "Third.", at(TEXT, "last")),
        ],
        name="a,b:c.md",
        decided=decided,
    )


def many(number: int, rule: str = "family/error") -> Made:
    text = "word " * number + "\n"
    findings = [
        Finding(rule, f"Finding {n}.", Span(5 * n, 5 * n + 4), confidence=0.5 + n / (2 * number)) for n in range(number)
    ]
    return made(text, findings)


# --- GitHub


def commands(data: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as a runner reads them: name, properties, message."""
    found = []
    for line in data.decode("utf-8").split("\n")[:-1]:
        name, given_properties, message = re.fullmatch(r"::(\w+) ?([^:]*)::(.*)", line).groups()  # type: ignore[union-attr]
        pairs = (each.partition("=") for each in given_properties.split(",") if each)
        found.append((name, {key: unquote(value) for key, _, value in pairs}, unquote(message)))
    return found


def test_annotations_have_their_level_and_place() -> None:
    error, warning, notice = commands(written("github", few()))
    assert [each[0] for each in (error, warning, notice)] == ["error", "warning", "notice"]
    assert error[1] == {
        "file": "a,b:c.md",
        "line": "1",
        "endLine": "1",
        "col": "5",
        "endColumn": "9",
        "title": "family/error",
    }
    assert error[2] == "First: wrong, 100 %.\nBecause: It says so.\nRemedy: Write “thing”"


@given(st.text(), st.text())
def test_no_text_ends_its_command_or_adds_one(message: str, name: str) -> None:
    line = command("error", message, file=name)
    assert "\n" not in line
    assert "\r" not in line
    assert "##[" not in line
    head, _, rest = line[2:].partition("::")
    assert ":" not in head.replace("%3A", "")
    assert unquote(rest) == message.replace("##[", "#\\x23[")


def test_the_surest_ten_of_a_level_are_annotated_and_the_rest_is_in_the_summary() -> None:
    summary: list[str] = []
    shown = commands(written("github", many(40), many(3, "family/info"), step_summary=summary.append))
    errors = [message for name, _, message in shown if name == "error"]
    assert len(errors) == ANNOTATIONS
    assert errors[:2] == ["Finding 39.", "Finding 38."]
    assert sum(name == "notice" for name, _, _ in shown) == 3
    (said,) = summary
    assert said.count("| error |") == 40
    assert said.count("| info |") == 3
    assert "43 findings: 40 errors, 0 warnings, 3 info" in said


def test_a_summary_stays_below_what_github_takes() -> None:
    summary: list[str] = []
    written("github", many(2000), step_summary=summary.append)
    (said,) = summary
    assert len(said.encode("utf-8")) < 1_000_000
    assert "And 1,700 more findings" in said


def test_a_summary_holds_no_markup_of_a_text() -> None:
    text = "Word.\n"
    finding = Finding("family/error", "<img src=x> | [a](http://b.c) @someone `code`", at(text, "Word"))
    summary: list[str] = []
    written("github", made(text, [finding], name="<b>|.md"), step_summary=summary.append)
    (row,) = [line for line in summary[0].split("\n") if "Word" in line or "img" in line]
    assert "<img" not in row
    assert "<b>" not in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "\\[a\\]\\(" in row
    assert "\\@someone" in row


def test_decided_findings_are_not_annotated() -> None:
    shown = commands(written("github", few((0, "accepted", "It is so."), (2, "later", "Soon."))))
    assert [name for name, _, _ in shown] == ["warning"]


def test_what_could_not_be_done_is_an_error() -> None:
    shown = commands(written("github", faults=[Fault("b.md: gone. Check the path.")]))
    assert shown == [("error", {"title": "auditor"}, "b.md: gone. Check the path.")]


@pytest.mark.parametrize("line", ["::error::x", "   ::add-mask::x", "a ##[command]rm", "\t::set-output name=a::b"])
def test_lines_of_a_text_are_no_commands(line: str) -> None:
    printed = without_commands(line)
    assert not printed.lstrip().startswith("::")
    assert "##[" not in printed


def test_other_lines_are_printed_as_they_are() -> None:
    assert without_commands("  error  a::b  #1 [x]") == "  error  a::b  #1 [x]"


# --- GitLab


def test_issues_have_what_gitlab_asks_for() -> None:
    issues = json.loads(written("gitlab", few()))
    assert [issue["severity"] for issue in issues] == ["critical", "major", "info"]
    assert issues[0]["description"] == "First: wrong, 100 %."
    assert issues[0]["check_name"] == "family/error"
    assert issues[0]["location"] == {"path": "a,b:c.md", "lines": {"begin": 1, "end": 1}}
    assert all(re.fullmatch("[0-9a-f]{64}", issue["fingerprint"]) for issue in issues)


def test_fingerprints_differ_between_texts_that_are_the_same() -> None:
    one, other = many(20), many(20)
    twice = [made(each.document.text, (), name) for each, name in ((one, "a.md"), (other, "b.md"))]
    assert json.loads(written("gitlab", *twice)) == []
    issues = json.loads(written("gitlab", one, few()))
    copy = json.loads(written("gitlab", few()))
    assert len({issue["fingerprint"] for issue in issues}) == 23
    assert {issue["fingerprint"] for issue in copy} < {issue["fingerprint"] for issue in issues}


def test_decided_findings_are_no_issues() -> None:
    assert len(json.loads(written("gitlab", few((1, "false-alarm", "No."))))) == 2


def test_a_report_without_issues_is_an_empty_list() -> None:
    assert written("gitlab") == b"[]\n"


# --- JUnit


def suites(data: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(data))


def test_a_suite_is_a_document_and_a_test_a_rule() -> None:
    (suite,) = suites(written("junit", few()))
    assert suite.attrib == {"name": "a,b:c.md", "tests": "4", "failures": "2", "errors": "0", "skipped": "1"}
    cases = {case.get("name"): case for case in suite}
    failure = cases["family/error"].find("failure")
    assert failure is not None
    assert failure.get("message") == "First: wrong, 100 %."
    assert "1:5" in (failure.text or "")
    skipped = cases["family/pages"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "pages not known"


def test_what_is_less_severe_than_fail_on_fails_no_test() -> None:
    (suite,) = suites(written("junit", few()))
    info = next(case for case in suite if case.get("name") == "family/info")
    assert info.find("failure") is None
    assert "Third." in (info.findtext("system-out") or "")
    (lenient,) = suites(written("junit", few(), fail_on="never"))
    assert lenient.get("failures") == "0"


def test_decided_findings_fail_no_test_and_are_told() -> None:
    (suite,) = suites(written("junit", few((0, "accepted", "It is so."))))
    assert suite.get("failures") == "1"
    told = next(case for case in suite if case.get("name") == "family/error").findtext("system-out") or ""
    assert "accepted: It is so." in told


def test_faults_are_errors_of_a_suite_of_their_own() -> None:
    (suite,) = suites(written("junit", faults=[Fault("b.md: gone.", "b.md")]))
    assert suite.get("errors") == "1"
    error = suite[0].find("error")
    assert error is not None
    assert error.get("message") == "b.md: gone."


@given(st.text())
def test_any_message_makes_good_xml(message: str) -> None:
    finding = Finding("family/error", message, at(TEXT, "word"))
    (suite,) = suites(written("junit", made(TEXT, [finding])))
    assert suite.get("failures") == "1"


# --- JSON lines


def test_each_line_is_a_finding_with_its_text() -> None:
    text = few((0, "accepted", "It is so."))
    lines = [json.loads(line) for line in written("jsonl", text).splitlines()]
    assert [line["rule"] for line in lines] == ["family/error", "family/warning", "family/info"]
    assert {line["path"] for line in lines} == {"a,b:c.md"}
    assert {line["sha256"] for line in lines} == {text.document.source.sha256}
    whole = json.loads(written("json", text))["documents"][0]["findings"]
    assert [{key: value for key, value in line.items() if key not in ("path", "sha256")} for line in lines] == whole


def test_what_could_not_be_done_follows() -> None:
    last = written("jsonl", few(), faults=[Fault("b.md: gone.", "b.md")]).splitlines()[-1]
    assert json.loads(last) == {"fault": {"message": "b.md: gone.", "path": "b.md"}}


# --- all of them


@pytest.mark.parametrize("form", ["github", "gitlab", "junit", "jsonl", "text"])
def test_comparisons_are_reported_too(form: str) -> None:
    a, b = made("One fish.\n", name="a.md"), made("Two fish.\n", name="b.md")
    finding = Finding("family/error", "“One” or “Two”?", Span(0, 3), other=Span(0, 3))
    pair = made_pair(a, b, [finding])
    data = written(form, pairs=[pair], others=[a.document, b.document]).decode()  # type: ignore[arg-type]
    assert "a.md" in unquote(data)
    assert "“One” or “Two”?" in unquote(data)


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "text"])
def test_the_same_report_is_the_same_bytes(form: str) -> None:
    faults = [Fault("b.md: gone.", "b.md")]
    assert written(form, few(), faults=faults) == written(form, few(), faults=faults)  # type: ignore[arg-type]
