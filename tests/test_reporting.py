"""Reports written out: JSON that follows its schema, text that people can read and documents can't abuse."""

from __future__ import annotations

import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from auditor.document import Position, Span
from auditor.report import (
    SCHEMA_VERSION,
    DocumentReport,
    Excerpt,
    Fault,
    OutlineEntry,
    Place,
    Range,
    Report,
    ReportedEdit,
    ReportedEvidence,
    ReportedFinding,
    ReportedFix,
    RulesRun,
    Skipped,
    Tool,
    summarise,
)
from auditor.reporting.json import decode, encode, schema_faults, schema_text
from auditor.reporting.statistics import statistics_lines
from auditor.reporting.text import TextWriter, count, quoted_line, summary_line
from auditor.reporting.visible import keep_end, keep_start, units, visible, width

TOOL = Tool("auditor", "0.1.0", "0" * 12, "f" * 12)
HERE = Range(Position(3, 5), Position(3, 9))


def a_finding(**changed: Any) -> ReportedFinding:
    finding = ReportedFinding(
        rule="furniture/page-footer",
        severity="error",
        confidence=0.95,
        message="A page footer stands in the text.",
        status="open",
        span=Span(10, 14),
        range=HERE,
        page="3",
        address="Annex I, Article 4",
        excerpt=Excerpt("Before it ", "22-03357", " after it"),
        data={"label": "22-03357"},
        evidence=(ReportedEvidence("It returns on 12 pages.", Span(90, 98), HERE), ReportedEvidence("It counts.")),
        places=(Place(Span(90, 98), HERE),),
        other=None,
        fixes=(ReportedFix("unsafe", "Remove the footer", (ReportedEdit(10, 14, ""),)),),
        fingerprint="0123456789abcdef",
    )
    return msgspec.structs.replace(finding, **changed)


def a_document(*findings: ReportedFinding, **changed: Any) -> DocumentReport:
    document = DocumentReport(
        path="letter.md",
        sha256="a" * 64,
        media_type="text/markdown",
        encoding="utf-8",
        languages=("es", "en"),
        words=2000,
        pages=15,
        outline=(OutlineEntry("Article 1", "Scope", 0, Span(0, 9)),),
        rules=RulesRun(
            ("furniture/page-footer",), (Skipped("structure/stated-count", "preview: not in the default set"),)
        ),
        findings=findings,
    )
    return msgspec.structs.replace(document, **changed)


def a_report(*documents: DocumentReport, faults: tuple[Fault, ...] = ()) -> Report:
    return Report(SCHEMA_VERSION, TOOL, documents, (), faults, summarise(documents, faults))


def as_text(report: Report, line_width: int = 100, *, underline: bool = False) -> str:
    lines: list[str] = []
    writer = TextWriter(lambda line: lines.append(line.plain), line_width=line_width, underline=underline)
    for document in report.documents:
        writer.document(document)
    writer.end(report.errors, report.summary)
    return "\n".join(lines)


# --- JSON


def test_a_report_follows_the_schema() -> None:
    fault = Fault("x.md: no such file. Check the path.", "x.md", "furniture/page-footer", "Traceback")
    report = a_report(a_document(a_finding()), a_document(), faults=(fault, Fault("y")))
    assert schema_faults(json.loads(encode(report))) == []


def test_the_schema_is_itself_valid_and_describes_every_field() -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)

    def described(node: Any, where: str) -> list[str]:
        missing = []
        if isinstance(node, dict):
            for name, field in node.get("properties", {}).items():
                if "description" not in field:
                    missing.append(f"{where}.{name}")
            for key, value in node.items():
                missing += described(value, f"{where}.{key}")
        elif isinstance(node, list):
            for item in node:
                missing += described(item, where)
        return missing

    assert described(schema, "report") == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2.0"),
        (("surprise",), 1),
        (("documents", 0, "findings", 0, "severity"), "fatal"),
        (("documents", 0, "findings", 0, "confidence"), 1.5),
        (("documents", 0, "findings", 0, "span", "start"), -1),
        (("documents", 0, "findings", 0, "range", "start", "line"), 0),
        (("documents", 0, "findings", 0, "rule"), "no-family"),
        (("documents", 0, "findings", 0, "extra"), None),
        (("documents", 0, "sha256"), "abc"),
        (("summary", "findings"), "one"),
    ],
)
def test_the_schema_refuses_what_is_no_report(path: tuple[str | int, ...], value: Any) -> None:
    instance = json.loads(encode(a_report(a_document(a_finding()))))
    holder = instance
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    assert schema_faults(instance)


def test_every_field_of_the_values_is_in_the_schema_and_the_reverse() -> None:
    schema = json.loads(schema_text())
    kinds = {
        "finding": ReportedFinding,
        "document": DocumentReport,
        "fault": Fault,
        "fix": ReportedFix,
        "edit": ReportedEdit,
        "evidence": ReportedEvidence,
        "excerpt": Excerpt,
        "division": OutlineEntry,
        "tool": Tool,
    }
    for name, kind in kinds.items():
        assert set(schema["$defs"][name]["properties"]) == {f.name for f in msgspec.structs.fields(kind)}, name


def test_what_is_written_is_read_back() -> None:
    report = a_report(
        a_document(a_finding(), a_finding(other=Place(Span(1, 2), HERE), page=None)), faults=(Fault("x"),)
    )
    assert decode(encode(report)) == report


def test_the_bytes_are_plain_utf8_indented_and_the_same_whatever_the_order_of_the_data() -> None:
    one = encode(a_report(a_document(a_finding(data={"b": 1, "a": "статья"}))))
    other = encode(a_report(a_document(a_finding(data={"a": "статья", "b": 1}))))
    assert one == other
    assert "статья".encode() in one
    assert one.endswith(b"}\n")
    assert json.dumps(json.loads(one), indent=2, ensure_ascii=False) + "\n" == one.decode()


@given(st.text())
def test_any_text_survives_json(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    report = a_report(a_document(a_finding(message=text, excerpt=Excerpt(text, text, text))))
    assert decode(encode(report)) == report


# --- text


def test_a_finding_shows_its_place_its_line_the_reason_and_the_remedy() -> None:
    text = as_text(a_report(a_document(a_finding())))
    assert text.splitlines() == [
        "letter.md  (2,000 words, 15 pages, languages es, en)",
        "",
        "  error  furniture/page-footer  3:5 · page 3 · Annex I, Article 4",
        "    A page footer stands in the text.",
        "      Before it 22-03357 after it",
        "                ^^^^^^^^",
        "    Also at: 3:5",
        "    Because: It returns on 12 pages. (3:5)",
        "    Because: It counts.",
        "    Remedy (look before you apply it): Remove the footer.",
        "",
        "1 finding: 1 error, 0 warnings, 0 info; 1 rule ran (1 document, 2,000 words).",
        "Not run: structure/stated-count: preview: not in the default set.",
    ]


def test_nothing_found_and_nothing_checked_look_different() -> None:
    clean = as_text(a_report(a_document()))
    skipped = as_text(a_report(a_document(rules=RulesRun((), (Skipped("a/b", "language not covered"),)))))
    empty = as_text(a_report(a_document(words=0)))
    none = as_text(a_report())
    assert clean.startswith("Nothing found: 1 rule ran (1 document, 2,000 words).")
    for text in (skipped, empty, none):
        assert "Nothing checked" in text
        assert "Nothing found" not in text
    assert "no rule could run" in skipped
    assert "a/b: language not covered" in skipped
    assert "no document could be read" in none


def test_long_lists_are_shortened_with_their_count() -> None:
    places = tuple(Place(Span(n, n + 1), Range(Position(n, 1), Position(n, 2))) for n in range(1, 41))
    evidence = tuple(ReportedEvidence(f"Reason {n}.") for n in range(20))
    text = as_text(a_report(a_document(a_finding(places=places, evidence=evidence))))
    assert "Also at: 1:1, 2:1, 3:1, 4:1, 5:1, 6:1 and 34 more" in text
    assert "and 12 more reasons" in text


def test_a_fix_says_what_to_write_unless_its_message_does() -> None:
    silent = ReportedFix("safe", "Write the symbol plainly", (ReportedEdit(10, 14, "A/76/740"),))
    saying = ReportedFix("display", "Insert “## Article 4”", (ReportedEdit(10, 10, "## Article 4\n\n"),))
    text = as_text(a_report(a_document(a_finding(fixes=(silent, saying)))))
    assert "(does not change what the text says): Write the symbol plainly. Write “A/76/740” here." in text
    assert "Suggestion: Insert “## Article 4”\n" in text


def test_nothing_from_a_document_reaches_the_terminal_raw() -> None:
    nasty = "\x1b[31mred\x07 \u202eevil\u2066 \x9b2J \r \x00 \ue000 \udcff \u2028 \u200f"
    finding = a_finding(
        message=nasty,
        address=nasty,
        excerpt=Excerpt(nasty, nasty, nasty),
        page=nasty,
        evidence=(ReportedEvidence(nasty),),
        fixes=(ReportedFix("safe", nasty, (ReportedEdit(0, 1, nasty),)),),
    )
    document = a_document(finding, path=nasty, notes=(nasty,), rules=RulesRun((), (Skipped("a/b", nasty),)))
    shown = as_text(a_report(document))
    assert "\\x1b[31mred\\x07 \\u202eevil\\u2066" in shown
    for character in "\x1b\x07\u202e\u2066\x9b\r\x00\ue000\udcff\u2028\u200f":
        assert character not in shown


@given(st.text())
def test_whatever_is_made_visible_is_printable_or_harmless(text: str) -> None:
    shown = visible(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c") & set(shown)
    shown.encode("utf-8")


def test_joiners_that_a_script_needs_stay() -> None:
    assert visible("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("excerpt", "expected"),
    [
        (Excerpt("before ", "match", " after"), "^^^^^"),
        (Excerpt("第三", "条", "之后"), "^^"),  # two cells a character
        (Excerpt("e\u0301e\u0301 ", "x", ""), "^"),  # combining marks take none
        (Excerpt("ends here.", "", "Begins here."), "^"),  # a point
        (Excerpt("", "a\x1bb", ""), "^^^^^^"),  # an escape takes four
    ],
)
def test_the_marks_stand_under_what_is_meant(excerpt: Excerpt, expected: str) -> None:
    line, marks = quoted_line(excerpt, 80, underline=False)
    ahead = width(visible(excerpt.before))
    assert marks.plain == " " * (6 + ahead) + expected
    assert line.plain.strip().startswith(visible(excerpt.before + excerpt.match).strip())


@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=80), st.integers(20, 120))
def test_the_line_never_outgrows_its_room(before: str, match: str, after: str, room: int) -> None:
    lines = quoted_line(Excerpt(before, match, after), room, underline=False)
    for line in lines:
        assert width(line.plain) <= 6 + room + 2  # two for the brackets around writing from right to left


def test_writing_from_right_to_left_is_bracketed_not_underlined() -> None:
    lines = quoted_line(Excerpt("تنص ", "المادة", " ٤"), 80, underline=False)
    assert [line.plain.strip() for line in lines] == ["تنص ⟦المادة⟧ ٤"]


def test_a_terminal_underlines_and_needs_no_marks() -> None:
    lines = quoted_line(Excerpt("before ", "match", " after"), 80, underline=True)
    assert len(lines) == 1
    assert ("match", "match") in lines[0].stretches


def test_lines_on_a_terminal_hold_the_documents_text_unchanged() -> None:
    from auditor.reporting.terminal import terminal

    stream = io.StringIO()
    show, _ = terminal(stream)
    lines = quoted_line(Excerpt("a [bold]b[/] ", ":smile: x", ""), 80, underline=True)
    show(lines[0])
    assert "a [bold]b[/] :smile: x" in stream.getvalue()


@given(st.text(max_size=60), st.integers(1, 40))
def test_what_is_kept_fits(text: str, cells: int) -> None:
    shown = units(text)
    assert width(keep_start(shown, cells)) <= cells
    assert width(keep_end(shown, cells)) <= cells
    if width("".join(shown)) <= cells:
        assert keep_start(shown, cells) == keep_end(shown, cells) == "".join(shown)


def test_counts_have_their_noun() -> None:
    assert count(1, "word") == "1 word"
    assert count(1204, "word") == "1,204 words"


def test_the_summary_counts_each_severity() -> None:
    report = a_report(a_document(a_finding(), a_finding(severity="info"), a_finding(severity="warning")))
    said, _ = summary_line(report.summary, 12)
    assert said == "3 findings: 1 error, 1 warning, 1 info; 12 rules ran (1 document, 2,000 words)."


def test_statistics_give_density_and_the_share_of_time() -> None:
    report = a_report(a_document(a_finding(), a_finding()))
    lines = list(statistics_lines(report.summary, {"furniture/page-footer": 0.25}, {"outline": 0.75, "pages": 0.25}))
    assert any(line.split() == ["furniture/page-footer", "2", "1.000"] for line in lines)
    assert any(line.split() == ["outline", "0.750", "75%", "2,667"] for line in lines)
