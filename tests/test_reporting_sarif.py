"""SARIF reports: held to the official schema, read by another program's reader, and right to the column."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pysarif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from auditor.document import Document, Source, Span
from auditor.engine import audit
from auditor.findings import Evidence, Finding, replace
from auditor.plugins import load_rules
from auditor.reading import read, source_from_path
from auditor.reading.discover import Found
from auditor.reading.sources import printable
from auditor.report import DocumentReport, Fault, summarise
from auditor.reporting.sarif import SarifWriter, Utf16
from auditor.reporting.texts import TextsAtHand, TextsOnDisk, uri
from reports_made import BY_NAME, TOOL, Made, at, made, made_pair, written

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "fixtures/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
_LINE_END = re.compile(r"\r\n|\n|\r")

TEXT = "# Letter\n\nThe 🕊️ of cafe\u0301 🇺🇳 met im May 2022.\n\nAnother 🎉🎉 line, here too.\n"


def parsed(data: bytes) -> dict[str, Any]:
    """A report, after the official schema was asked."""
    log: dict[str, Any] = json.loads(data)
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    return log


def stretch(text: str, region: dict[str, Any]) -> str:
    """What a region covers, read as SARIF has it: lines and columns of UTF-16 code units."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def offset(line: int, column: int) -> int:
        rest = text[starts[line - 1] :].encode("utf-16-le")
        return starts[line - 1] + len(rest[: 2 * (column - 1)].decode("utf-16-le"))

    start = offset(region["startLine"], region["startColumn"])
    return text[start : offset(region["endLine"], region["endColumn"])]


def letter(*decided: tuple[int, str, str]) -> Made:
    findings = [
        Finding(
            "family/error",
            "“im” stands for “in”.",
            at(TEXT, "im"),
            evidence=(Evidence("The text is English.", at(TEXT, "Letter")),),
            places=(at(TEXT, "here"),),
            fixes=(replace(at(TEXT, "im"), "in", "Write “in”"),),
        ),
        Finding("family/warning", "A party.", at(TEXT, "🎉🎉"), fixes=(replace(at(TEXT, "🎉🎉 "), "", "Out", "safe"),)),
        Finding("family/info", "Something is missing.", Span(at(TEXT, "met").end, at(TEXT, "met").end)),
    ]
    return made(TEXT, findings, decided=decided)


def results(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parsed(data)["runs"][0]["results"]
    return found


def test_regions_cover_what_was_found_counted_in_utf16() -> None:
    log = parsed(written("sarif", letter()))
    assert log["runs"][0]["columnKind"] == "utf16CodeUnits"
    regions = [each["locations"][0]["physicalLocation"]["region"] for each in log["runs"][0]["results"]]
    assert [stretch(TEXT, region) for region in regions] == ["im", "🎉🎉", ""]
    assert [region["snippet"]["text"] for region in regions] == ["im", "🎉🎉", ""]
    related = log["runs"][0]["results"][0]["relatedLocations"]
    assert [stretch(TEXT, place["physicalLocation"]["region"]) for place in related] == ["here", "Letter"]


@given(st.text(st.sampled_from("ab\n\r\u0301é🎉\U00010000 ")), st.data())
def test_every_region_is_right(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    document = Document(Source("a.txt", b""), text, ())
    assert stretch(text, Utf16(document).region(Span(start, end))) == text[start:end]


def test_fixes_carried_out_by_their_regions_do_what_the_edits_do() -> None:
    wanted = ["met in May", "Another line"]
    for each, result in zip(wanted, results(written("sarif", letter())), strict=False):
        (fix,) = result["fixes"]
        (change,) = fix["artifactChanges"]
        (replacement,) = change["replacements"]
        old = stretch(TEXT, replacement["deletedRegion"])
        new = replacement.get("insertedContent", {}).get("text", "")
        assert each in TEXT.replace(old, new, 1)


def test_a_suggestion_is_no_fix() -> None:
    text = "One word.\n"
    finding = Finding(
        "family/error", "Odd.", at(text, "word"), fixes=(replace(at(text, "word"), "", "Look", "display"),)
    )
    (result,) = results(written("sarif", made(text, [finding])))
    assert "fixes" not in result
    assert "Suggestion: Look" in result["message"]["text"]


def test_decided_findings_are_suppressed_with_their_reason() -> None:
    decided = [(0, "accepted", "As in the original."), (1, "false-alarm", "A name."), (2, "later", "Next edition.")]
    suppressions = [each["suppressions"] for each in results(written("sarif", letter(*decided)))]
    assert [each[0]["justification"] for each in suppressions] == [
        "accepted: As in the original.",
        "false-alarm: A name.",
        "later: Next edition.",
    ]
    assert {each[0]["kind"] for each in suppressions} == {"external"}
    assert [each["suppressions"] for each in results(written("sarif", letter()))] == [[], [], []]


def test_rules_bring_their_help_and_results_name_their_rule() -> None:
    run = parsed(written("sarif", letter()))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert "**Why it matters.** It does." in rules[0]["help"]["markdown"]
    assert "`code`" in rules[0]["help"]["markdown"]
    assert "Why it matters. It does." in rules[0]["help"]["text"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning", "note"]


def test_fingerprints_are_those_of_the_report() -> None:
    text = letter()
    prints = [each["partialFingerprints"]["auditor/v1"] for each in results(written("sarif", text))]
    assert prints == [finding.fingerprint for finding in text.report.findings]


def test_a_message_holds_no_link_and_no_control() -> None:
    text = "Word.\n"
    finding = Finding("family/error", "See [this](javascript:alert(1)) \x1b[31m.", at(text, "Word"))
    (result,) = results(written("sarif", made(text, [finding])))
    assert result["message"]["text"] == "See [this] (javascript:alert(1)) \\x1b[31m."


def test_what_could_not_be_done_and_what_did_not_run_is_told() -> None:
    (invocation,) = parsed(written("sarif", letter(), faults=[Fault("b.md: gone. Check the path.")]))["runs"][0][
        "invocations"
    ]
    assert invocation["executionSuccessful"] is False
    said = [(each["level"], each["message"]["text"]) for each in invocation["toolExecutionNotifications"]]
    assert said == [("error", "b.md: gone. Check the path."), ("note", "Not run: family/pages: pages not known.")]


def test_the_other_side_of_a_comparison_is_a_related_location() -> None:
    a, b = made("One 🎉 fish.\n", name="a.md"), made("Two 🎉🎉 fishes.\n", name="b.md")
    finding = Finding("family/error", "They differ.", Span(6, 10), other=Span(7, 13))
    log = parsed(written("sarif", pairs=[made_pair(a, b, [finding])], others=[a.document, b.document]))
    (result,) = log["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "b.md"
    assert stretch(b.document.text, related["physicalLocation"]["region"]) == "fishes"


def test_a_text_that_changed_since_has_lines_alone() -> None:
    (result, *_) = results(written("sarif", letter(), texts=TextsAtHand(())))
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "endLine": 3}
    assert "fixes" not in result


def test_the_same_report_is_the_same_bytes() -> None:
    assert written("sarif", letter()) == written("sarif", letter())


def test_a_report_without_texts_is_one_too() -> None:
    assert parsed(written("sarif"))["runs"][0]["results"] == []


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("a b.md", "a%20b.md"),
        ("./texts/é.md", "texts/%C3%A9.md"),
        ("javascript:alert(1).md", "javascript%3Aalert%281%29.md"),
        ("two\nlines.md", "two%0Alines.md"),
        (os.fsdecode(b"caf\xe9.md"), "caf%E9.md"),
        ("/elsewhere/a#b?.md", "file:///elsewhere/a%23b%3F.md"),
        ("../up.md", "../up.md"),
    ],
)
def test_paths_become_references(path: str, reference: str) -> None:
    assert uri(path) == reference


def test_a_path_below_the_working_folder_is_relative_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert uri(str(tmp_path / "texts" / "a.md")) == "texts/a.md"


def test_a_name_that_is_not_utf8_leads_to_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"caf\xe9.md")
    try:
        Path(name).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    report = audit(source_from_path(name)).documents[0]
    log = parsed(_from_disk(report, TextsOnDisk([Found(name, printable(name))])))
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "caf%E9.md"


def _from_disk(report: DocumentReport, texts: TextsOnDisk) -> bytes:
    pieces: list[bytes] = []
    writer = SarifWriter(pieces.append, TOOL, tuple(BY_NAME.values()), texts)
    writer.document(report)
    writer.end((), summarise((report,), ()))
    return b"".join(pieces)


def test_a_text_is_read_again_only_while_it_is_what_was_audited(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    texts = TextsOnDisk([Found(str(path), str(path))])
    audited = read(source_from_path(path)).source.sha256
    found = texts.document(str(path), audited)
    assert found is not None
    assert found.text == TEXT
    path.write_text(TEXT + "More.\n", encoding="utf-8")
    assert TextsOnDisk([]).document(str(path), audited) is None
    path.unlink()
    assert TextsOnDisk([]).document(str(path), audited) is None


def test_a_real_document_read_back_by_another_reader(tmp_path: Path) -> None:
    path = str(ROOT / "fixtures/a-76-740/a-76-740.md")
    report = audit(source_from_path(path))
    texts = TextsOnDisk([Found(path, path)])
    pieces: list[bytes] = []
    writer = SarifWriter(pieces.append, report.tool, load_rules().rules, texts)
    writer.document(report.documents[0])
    writer.end((), report.summary)
    parsed(b"".join(pieces))
    target = tmp_path / "report.sarif"
    target.write_bytes(b"".join(pieces))

    (run,) = pysarif.load_from_file(str(target)).runs
    found = report.documents[0].findings
    assert [each.rule_id for each in run.results] == [each.rule for each in found]
    assert {rule.id for rule in run.tool.driver.rules} >= {each.rule for each in found}
    text = Path(path).read_text(encoding="utf-8")
    document = read(source_from_path(path))
    for theirs, ours in zip(run.results, found, strict=True):
        region = theirs.locations[0].physical_location.region
        lines = document.lines.starts
        start = lines[region.start_line - 1] + region.start_column - 1  # it holds no character beyond two bytes
        end = lines[region.end_line - 1] + region.end_column - 1
        assert text[start:end] == ours.span.of(text)
