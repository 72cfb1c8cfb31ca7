"""Fixes: applied whole or not at all, until nothing is left, and nothing else of the file changes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli import main
from auditor.document import Position, Source, Span
from auditor.engine import audit
from auditor.fixing import applied, compatible, fixes_of, mend
from auditor.reading import read
from auditor.reading.decode import encode_as
from auditor.report import Excerpt, Range, ReportedEdit, ReportedFinding, ReportedFix
from auditor.whole_file import write_whole

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
DAMAGED = "# Letter\n\nSee document $A_{76/740}$ of the Assembly, which was issued in March of that year.\n"


def finding(*edits: tuple[int, int, str], confidence: float = 1.0, applicability: str = "safe") -> ReportedFinding:
    fix = ReportedFix(applicability, "Mend it.", tuple(ReportedEdit(*edit) for edit in edits))  # type: ignore[arg-type]
    top = Position(1, 1)
    return ReportedFinding(
        "a/b", "error", confidence, "m", "open", Span(edits[0][0], edits[0][1]), Range(top, top), None, "",
        Excerpt("", "", ""), {}, (), (), None, (fix,), "0" * 16,
    )  # fmt: skip


def taken(*findings: ReportedFinding) -> list[ReportedFinding]:
    return [found for found, _ in compatible(fixes_of(findings, ("safe",)))]


def test_of_two_fixes_that_meet_the_surer_one_is_taken() -> None:
    weak, strong = finding((0, 4, "x"), confidence=0.6), finding((3, 6, "y"), confidence=0.9)
    assert taken(weak, strong) == [strong]


def test_a_fix_of_several_edits_is_taken_whole_or_not_at_all() -> None:
    joined = finding((0, 1, ""), (10, 11, ""), confidence=0.6)
    assert taken(joined, finding((10, 12, "z"))) == [finding((10, 12, "z"))]


def test_two_insertions_at_one_point_are_not_made_in_one_pass() -> None:
    assert len(taken(finding((5, 5, "a")), finding((5, 5, "b")))) == 1


def test_what_is_for_show_is_never_applied() -> None:
    assert fixes_of([finding((0, 1, "x"), applicability="display")], ("safe", "unsafe")) == []


def test_line_ends_that_are_put_in_are_those_of_the_text() -> None:
    fix = finding((3, 3, "## Article 2\n\n")).fixes[0]
    assert applied("A\r\nB\r\n", [fix]) == "A\r\n## Article 2\r\n\r\nB\r\n"


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=4)), max_size=8)
)
def test_what_no_edit_names_stays_as_it_is(text: str, edits: list[tuple[int, int, str]]) -> None:
    text = text.replace("\r", "")
    findings = [finding((min(at, len(text)), min(at + long, len(text)), put)) for at, long, put in edits]
    chosen = compatible(fixes_of(findings, ("safe",)))
    after = applied(text, [fix for _, fix in chosen])
    kept = len(text) - sum(edit.end - edit.start for _, fix in chosen for edit in fix.edits)
    assert len(after) == kept + sum(len(edit.text) for _, fix in chosen for edit in fix.edits)


def test_the_letter_is_clean_of_what_was_mended_and_a_second_run_changes_nothing() -> None:
    def report(text: str):
        return audit(text).documents[0]

    text = LETTER.read_text("utf-8")
    mended = mend(text, report, ("safe", "unsafe"))
    assert not mended.unsettled
    assert len(mended.findings) >= 10
    assert fixes_of(report(mended.text).findings, ("safe", "unsafe")) == []
    assert mend(mended.text, report, ("safe", "unsafe")).text == mended.text


@pytest.mark.parametrize(
    "data",
    [
        "é\r\nü\n".encode(),
        b"\xef\xbb\xbf" + "é\n".encode(),
        b"\xff\xfe" + "é\n".encode("utf-16-le"),
        "Les États de l’Union européenne ont été réunis à Genève.\n".encode("cp1252"),
    ],
)
def test_a_document_is_written_in_its_own_encoding(data: bytes) -> None:
    document = read(Source("a.txt", data, "text/plain"))
    assert encode_as(document, document.text) == data
    assert encode_as(document, document.text + "x")[: len(data)] == data


# --- the command


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "letter.md"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_the_difference_is_shown_and_nothing_is_written(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "letter.md", "--unsafe"]) == 1
    shown = capsys.readouterr().out
    assert "-See document $A_{76/740}$ of the Assembly" in shown
    assert "+See document A/76/740 of the Assembly" in shown
    assert letter.read_text("utf-8") == DAMAGED


def test_written_files_keep_their_permissions_and_audit_clean(letter: Path) -> None:
    letter.chmod(0o640)
    assert main(["fix", "letter.md", "--unsafe", "--write", "--quiet"]) == 0
    assert "A/76/740" in letter.read_text("utf-8")
    assert stat.S_IMODE(letter.stat().st_mode) == 0o640
    assert main(["check", "letter.md", "--quiet"]) == 0
    assert main(["fix", "letter.md", "--unsafe", "--quiet"]) == 0


def test_without_unsafe_only_safe_remedies_are_carried_out(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "letter.md", "--write"]) == 0
    assert letter.read_text("utf-8") == DAMAGED
    assert "--unsafe takes them in" in capsys.readouterr().err


def test_what_was_decided_is_left_as_it_is(letter: Path) -> None:
    assert main(["decide", "letter.md", "--baseline"]) == 0
    assert main(["fix", "letter.md", "--unsafe", "--write"]) == 0
    assert letter.read_text("utf-8") == DAMAGED


def test_an_unknown_rule_is_an_error(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "letter.md", "--rule", "reference"]) == 2
    assert "no rule or family named 'reference'" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_leaves_the_file_as_it_was(letter: Path) -> None:
    letter.parent.chmod(0o500)
    try:
        assert main(["fix", "letter.md", "--unsafe", "--write"]) == 2
    finally:
        letter.parent.chmod(0o700)
    assert letter.read_text("utf-8") == DAMAGED


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_pointing_where_it_does(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_whole(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_killed_at_any_moment_the_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    old, new = b"old " * 500_000, b"new " * 500_000
    script = (
        "import sys, itertools; from pathlib import Path; from auditor.whole_file import write_whole\n"
        "print('ready', flush=True)\n"
        "for n in itertools.count(): write_whole(Path(sys.argv[1]), (b'old ', b'new ')[n % 2] * 500_000)\n"
    )
    for moment in range(8):
        path.write_bytes(old)
        with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == b"ready\n"
            threading.Event().wait(0.003 * moment)
            run.kill()
        assert path.read_bytes() in (old, new)
    write_whole(path, b"what is left of the killed ones is in nobody's way")
