"""``--report FORMAT=PATH``: several reports of one run, each whole or not there at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import main
from plugins_on_disk import install, rule_source

DAMAGED = "# Letter\n\nSee document $A_{76/740}$ of the Assembly, which was issued in March of that year.\n"
FORMS = ("json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "text")


@pytest.fixture(autouse=True)
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a letter in which something is wrong."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = tmp_path / "letter.md"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def files() -> set[str]:
    return {path.name for path in Path().iterdir()}


def test_every_format_at_once_beside_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [word for form in FORMS for word in ("--report", f"{form}=out.{form}")]
    assert main(["check", "letter.md", *wanted]) == 1
    assert "references/symbol-damaged" in capsys.readouterr().out
    assert files() == {"letter.md", *(f"out.{form}" for form in FORMS)}
    assert all(b"A/76/740" in Path(f"out.{form}").read_bytes() for form in FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_format_alone_is_the_same_as_beside_others(form: str) -> None:
    main(["check", "letter.md", "--report", f"{form}=one"])
    main(["check", "letter.md", "--format", form, "--output", "other"])
    assert Path("one").read_bytes() == Path("other").read_bytes()


def test_a_dash_is_standard_output_in_the_place_of_the_text(capfdbinary: Any) -> None:
    main(["check", "letter.md", "--report", "gitlab=-"])
    (issue,) = json.loads(capfdbinary.readouterr().out)
    assert issue["check_name"] == "references/symbol-damaged"


def test_a_comparison_has_reports_too() -> None:
    text = "The Parties shall meet each year in the capital of the country that holds the chair of the Council."
    Path("a.md").write_text(f"# Treaty\n\n{text}\n\nEach Party has one vote in the Council of the Parties.\n")
    Path("b.md").write_text(f"# Treaty\n\n{text}\n\nEach Party has two votes in the Council of the Parties.\n")
    wanted = [word for form in FORMS for word in ("--report", f"{form}=out.{form}")]
    assert main(["compare", "a.md", "b.md", *wanted]) == 1
    for form in FORMS:
        assert b"two votes" in Path(f"out.{form}").read_bytes() or b"two" in Path(f"out.{form}").read_bytes(), form


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--report", "pdf=x"], "'pdf' is no format"),
        (["--report", "html"], "does not say where the report goes"),
        (["--report", "html="], "does not say where the report goes"),
        (["--report", "html=x", "--report", "sarif=./x"], "two reports can't both go to 'x'"),
        (["--report", "html=-", "--report", "sarif=-"], "two reports can't both go to standard output"),
        (["--format", "json", "--report", "sarif=-"], "two reports can't both go to standard output"),
        (["--output", "x", "--report", "html=x"], "two reports can't both go to 'x'"),
        (["--report", "html=letter.md"], "is one of the texts to audit"),
    ],
)
def test_what_can_not_be_carried_out_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str, letter: Path
) -> None:
    assert main(["check", "letter.md", *words]) == 2
    assert said in capsys.readouterr().err
    assert files() == {"letter.md"}
    assert letter.read_text(encoding="utf-8") == DAMAGED


def test_a_report_is_never_half_written(tmp_path: Path, letter: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    body = "import os\n    if 'second' in document.name: os._exit(9)"
    install(site, "deadly", only=rule_source("deadly/rule", body))
    Path("second.md").write_text(DAMAGED, encoding="utf-8")
    Path("out.html").write_text("as it was", encoding="utf-8")
    words = [
        "check",
        "--no-cache",
        "letter.md",
        "second.md",
        "--report",
        "html=out.html",
        "--report",
        "sarif=new.sarif",
    ]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    ran = subprocess.run([sys.executable, "-m", "auditor", *words], env=environment, capture_output=True, timeout=120)
    assert ran.returncode == 9
    assert Path("out.html").read_text(encoding="utf-8") == "as it was"
    assert not Path("new.sarif").exists()


def test_a_report_that_can_not_be_written_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "letter.md", "--report", "html=nowhere/out.html"]) == 2
    assert "the report can't be written to 'nowhere/out.html'" in capsys.readouterr().err


def test_the_summary_of_a_job_is_added_to(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("summary.md").write_text("Before.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    main(["check", "letter.md", "--report", "github=-"])
    said = Path("summary.md").read_text(encoding="utf-8")
    assert said.startswith("Before.\n## auditor\n")
    assert "references/symbol\\-damaged" in said


def test_no_summary_without_the_report_that_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    main(["check", "letter.md", "--report", "html=out.html"])
    assert not Path("summary.md").exists()


def test_standard_input_is_laid_out_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "auditor", "check", "-", "--report", "html=out.html", "--report", "sarif=out.sarif"],
        input=DAMAGED.encode(),
        capture_output=True,
        timeout=120,
    )
    assert ran.returncode == 1
    assert "which was issued in March" in Path("out.html").read_text(encoding="utf-8")
    (result,) = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 14


def test_a_plain_run_loads_nothing_of_it() -> None:
    code = (
        "import sys; from auditor.cli import main; main(['check', 'letter.md']); "
        "print(sorted({'jinja2', 'auditor.reporting.html', 'auditor.reporting.sarif'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, encoding="utf-8")
    assert ran.stdout.splitlines()[-1] == "[]"


def test_an_error_that_quotes_the_text_drives_no_terminal(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    install(site, "quoting", only=rule_source("quoting/rule", "raise ValueError(document.text)"))
    Path("letter.md").write_text("\x1b[2J ##[command] bad\n", encoding="utf-8")
    words = ["check", "--no-cache", "letter.md", "--traceback", "--report", "html=out.html"]
    environment = {**os.environ, "PYTHONPATH": str(site), "GITHUB_ACTIONS": "true"}
    ran = subprocess.run([sys.executable, "-m", "auditor", *words], env=environment, capture_output=True, timeout=120)
    assert ran.returncode == 2
    said = ran.stdout + ran.stderr
    assert b"\\x1b[2J" in said
    assert b"\x1b" not in said
    assert b"##[" not in said
