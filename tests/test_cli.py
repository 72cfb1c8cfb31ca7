"""The command line as its users meet it: what is printed where, and the exit status."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from auditor.cli import main
from plugins_on_disk import install, rule_source

ROOT = Path(__file__).parent.parent
DAMAGED = "# Letter\n\nSee document $A_{76/740}$ of the Assembly, which was issued in March of that year.\n"
CLEAN = "# Letter\n\nThe Assembly met in March and adopted its report without a vote.\n"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def letter(here: Path) -> str:
    (here / "letter.md").write_text(DAMAGED, encoding="utf-8")
    return "letter.md"


@pytest.fixture
def clean(here: Path) -> str:
    (here / "clean.md").write_text(CLEAN, encoding="utf-8")
    return "clean.md"


@pytest.fixture
def auditor(capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str) -> Ran:
        status = main(arguments)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    given = {"capture_output": True, "encoding": "utf-8", "timeout": 120, **options}
    return subprocess.run([sys.executable, "-m", "auditor", *arguments], **given)  # type: ignore[call-overload]


# --- check


def test_findings_are_shown_and_make_the_status_1(auditor, letter: str) -> None:
    ran = auditor("check", letter)
    assert ran.status == 1
    assert "references/symbol-damaged" in ran.out
    assert "A/76/740" in ran.out
    assert "^^^^" in ran.out
    assert ran.err == ""
    assert "\x1b" not in ran.out


def test_a_clean_text_says_that_rules_ran(auditor, clean: str) -> None:
    ran = auditor("check", clean)
    assert ran.status == 0
    assert ran.out.startswith("Nothing found: ")
    assert "1 document" in ran.out


def test_fail_on_sets_what_counts(auditor, letter: str) -> None:
    for fail_on, status in (("error", 1), ("warning", 1), ("info", 1), ("never", 0)):
        assert auditor("check", letter, "--fail-on", fail_on).status == status


def test_select_and_ignore_take_commas_and_repetition(auditor, letter: str) -> None:
    def rules(*arguments: str) -> list[str]:
        ran = auditor("check", letter, "--format", "json", *arguments)
        return json.loads(ran.out)["documents"][0]["rules"]["run"]

    both = rules("--select", "references/symbol-damaged,structure/missing-heading")
    assert both == ["references/symbol-damaged", "structure/missing-heading"]
    assert both == rules("--select", "references/symbol-damaged", "--select", "structure/missing-heading")
    assert not set(both) & set(rules("--ignore", ",".join(both)))
    assert "references/symbol-damaged" not in rules("--ignore", "references")


def test_a_rule_that_does_not_exist_is_named_with_the_nearest_one(auditor, letter: str) -> None:
    ran = auditor("check", letter, "--select", "references/symbol-damagd")
    assert ran.status == 2
    assert "'references/symbol-damagd'" in ran.err
    assert "did you mean 'references/symbol-damaged'" in ran.err
    assert "Traceback" not in ran.err


def test_no_rule_left_is_refused(auditor, letter: str) -> None:
    ran = auditor("check", letter, "--select", "references", "--ignore", "all")
    assert ran.status == 2
    assert "no rule is left to run" in ran.err


def test_json_follows_the_schema_and_names_paths_as_given(auditor, letter: str) -> None:
    ran = auditor("check", f"./{letter}", "--format", "json")
    report = json.loads(ran.out)
    assert [document["path"] for document in report["documents"]] == [f"./{letter}"]
    Path("report.json").write_text(ran.out, encoding="utf-8")
    assert auditor("validate", "report.json") == Ran(0, "report.json: a valid report\n", "")


def test_output_is_written_whole_and_leaves_nothing_else(auditor, letter: str) -> None:
    for form in ("json", "text"):
        ran = auditor("check", letter, "--format", form, "--output", "report.out")
        assert ran.status == 1
        assert ran.out == ""
        assert "The report is in report.out." in ran.err
        shown = auditor("check", letter, "--format", form).out
        assert Path("report.out").read_text(encoding="utf-8") == shown
    assert sorted(path.name for path in Path().iterdir()) == ["letter.md", "report.out"]


def test_output_takes_the_permissions_of_any_new_file(auditor, letter: str) -> None:
    auditor("check", letter, "--output", "report.txt")
    Path("plain.txt").touch()
    assert Path("report.txt").stat().st_mode == Path("plain.txt").stat().st_mode


@pytest.mark.parametrize("output", ["missing/report.json", "letter.md"])
def test_output_that_cannot_or_must_not_be_written(auditor, letter: str, output: str) -> None:
    ran = auditor("check", letter, "--output", output)
    assert ran.status == 2
    assert output in ran.err
    assert "Name another file" in ran.err
    assert Path(letter).read_text(encoding="utf-8") == DAMAGED


def test_output_through_a_link_changes_what_it_points_to(auditor, letter: str) -> None:
    Path("real.txt").write_text("old")
    Path("link.txt").symlink_to("real.txt")
    auditor("check", letter, "--output", "link.txt")
    assert Path("link.txt").is_symlink()
    assert "symbol-damaged" in Path("real.txt").read_text(encoding="utf-8")


def test_a_device_is_written_to_not_replaced(auditor, letter: str) -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("no /dev/null here")
    assert auditor("check", letter, "--output", "/dev/null").status == 1
    assert Path("/dev/null").is_char_device()


def test_quiet_shows_findings_only(auditor, letter: str, clean: str) -> None:
    assert auditor("check", clean, "--quiet") == Ran(0, "", "")
    ran = auditor("check", letter, "--quiet", "--select", "references/symbol-damaged")
    assert "symbol-damaged" in ran.out
    assert "1 finding" not in ran.out
    assert auditor("check", letter, "--quiet", "--output", "report.txt") == Ran(1, "", "")


def test_statistics_name_rules_and_analyses(auditor, letter: str) -> None:
    ran = auditor("check", letter, "--statistics")
    assert "Findings by rule" in ran.out
    assert "Time by analysis" in ran.out
    assert "Time by rule" in ran.out
    as_json = auditor("check", letter, "--statistics", "--format", "json")
    json.loads(as_json.out)
    assert "Time by rule" in as_json.err


def test_the_report_is_the_same_whatever_the_number_of_jobs(here: Path, auditor) -> None:
    for number in range(9):
        Path(f"{number}.md").write_text((DAMAGED if number % 2 else CLEAN) + f"\nNumber {number}.\n", encoding="utf-8")
    Path("3.md").write_bytes(b"%PDF-1.7 \x00\x01")
    arguments = ["check", *(f"{number}.md" for number in range(9)), "--format", "json"]
    alone = process(*arguments)
    together = process(*arguments, "--jobs", "3")
    assert alone.returncode == together.returncode == 2
    assert alone.stdout == together.stdout
    assert alone.stderr == together.stderr
    assert "3.md" in alone.stderr
    assert len(json.loads(alone.stdout)["documents"]) == 8


def test_folders_are_searched_and_excludes_left_out(here: Path, auditor) -> None:
    for name in ("in/a.md", "in/deep/b.md", "in/draft/c.md"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(CLEAN, encoding="utf-8")

    def found(*arguments: str) -> list[str]:
        report = json.loads(auditor("check", "in", "--format", "json", *arguments).out)
        return [document["path"] for document in report["documents"]]

    assert found() == ["in/a.md", "in/deep/b.md", "in/draft/c.md"]
    assert found("--exclude", "draft") == ["in/a.md", "in/deep/b.md"]
    assert found("--exclude", "draft", "--exclude", "b.md") == ["in/a.md"]
    assert found("--include", "deep/*") == ["in/deep/b.md"]


def test_standard_input_is_a_dash(here: Path) -> None:
    ran = process("check", "-", "--format", "json", input=DAMAGED, cwd=here)
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["documents"][0]["path"] == "-"


def test_standard_input_in_several_processes(letter: str, here: Path) -> None:
    ran = process("check", "-", letter, "--format", "json", "--jobs", "2", input=CLEAN, cwd=here)
    assert [document["path"] for document in json.loads(ran.stdout)["documents"]] == ["-", "letter.md"]


# --- what goes wrong


def test_one_faulty_document_does_not_stop_the_others(auditor, letter: str) -> None:
    Path("picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    ran = auditor("check", "missing.md", "picture.md", letter)
    assert ran.status == 2
    assert "symbol-damaged" in ran.out
    assert "missing.md" in ran.err
    assert "picture.md" in ran.err
    assert "Traceback" not in ran.out + ran.err


def _with_plugin(here: Path, body: str, data: str = "{}") -> dict[str, str]:
    install(here, "extra", m=rule_source("extra/rule", body, data))
    return {**os.environ, "PYTHONPATH": str(here)}


def test_a_rule_that_raises_is_named_and_the_others_run(here: Path, letter: str) -> None:
    environment = _with_plugin(here, "raise KeyError('oops')")
    ran = process("check", letter, "--format", "json", env=environment, cwd=here)
    assert ran.returncode == 2
    assert all(word in ran.stderr for word in ("letter.md", "extra/rule", "KeyError", "--ignore"))
    assert "Traceback" not in ran.stderr
    report = json.loads(ran.stdout)
    assert any(found["rule"] == "references/symbol-damaged" for found in report["documents"][0]["findings"])
    assert {"rule": "extra/rule", "reason": "failed: KeyError"} in report["documents"][0]["rules"]["skipped"]
    assert "detail" not in report["errors"][0]
    traced = process("check", letter, "--traceback", env=environment, cwd=here)
    assert "Traceback" in traced.stderr
    assert "oops" in traced.stderr


def test_data_that_json_cannot_hold_is_the_rules_fault(here: Path, letter: str) -> None:
    environment = _with_plugin(here, "pass", "{'what': object()}")
    ran = process("check", letter, "--format", "json", env=environment, cwd=here)
    assert ran.returncode == 2
    assert "extra/rule gave data that JSON cannot hold" in ran.stderr
    found = [finding["rule"] for finding in json.loads(ran.stdout)["documents"][0]["findings"]]
    assert "references/symbol-damaged" in found
    assert "extra/rule" not in found


def test_a_process_that_dies_costs_its_document_only(here: Path, letter: str, clean: str) -> None:
    environment = _with_plugin(here, "import os; os._exit(9) if document.name == 'clean.md' else None")
    ran = process("check", clean, letter, "--jobs", "2", env=environment, cwd=here)
    assert ran.returncode == 2
    assert "clean.md: the process that audited it ended with exit status 9" in ran.stderr
    assert "symbol-damaged" in ran.stdout


def test_two_plug_ins_with_one_rule_name_are_told(here: Path, clean: str) -> None:
    install(here, "aaa", m=rule_source("extra/rule"))
    install(here, "bbb", m=rule_source("extra/rule"))
    environment = {**os.environ, "PYTHONPATH": str(here)}
    ran = process("check", clean, "--select", "extra", env=environment, cwd=here)
    assert ran.returncode == 2
    assert all(word in ran.stderr for word in ("'bbb'", "'aaa'", "extra/rule", "Rename"))
    assert "extra/rule" in ran.stdout
    listed = process("rules", env=environment, cwd=here)
    assert listed.returncode == 2
    assert "Rename" in listed.stderr


def test_a_reader_that_stops_reading_ends_the_run_quietly(letter: str, here: Path) -> None:
    for number in range(300):
        Path(f"letter{number}.md").write_text(DAMAGED, encoding="utf-8")
    command = [sys.executable, "-m", "auditor", "check", "."]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here)
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.readline()
    started.stdout.close()
    errors = started.stderr.read()
    started.stderr.close()
    assert started.wait(60) == 141
    assert errors == b""


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="signals are sent differently there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_the_run_and_leaves_the_output_file(here: Path, letter: str, jobs: str) -> None:
    environment = _with_plugin(
        here, "import time, pathlib; pathlib.Path('begun').touch(); time.sleep(60 if document.name == 'slow.md' else 0)"
    )
    Path("slow.md").write_text(CLEAN, encoding="utf-8")
    Path("report.json").write_text("old")
    command = [sys.executable, "-m", "auditor", "check", "slow.md", letter, "--jobs", jobs, "--output", "report.json"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, cwd=here, start_new_session=True)
    assert started.stderr is not None
    until = time.monotonic() + 60
    while not Path("begun").exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(started.pid, signal.SIGINT)
    errors = started.stderr.read().decode()
    started.stderr.close()
    assert started.wait(60) == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert Path("report.json").read_text() == "old"
    assert not list(Path().glob(".report*"))


# --- the other commands


def test_the_version_is_printed_without_loading_the_engine() -> None:
    code = (
        "import sys; from auditor.cli import main; main(['--version']);"
        "loaded = {'auditor.engine', 'auditor.plugins', 'rich', 'regex', 'msgspec', 'jsonschema'} & set(sys.modules);"
        "sys.exit(', '.join(loaded) or None)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert ran.stdout.startswith("auditor 0.")
    assert ran.stderr == ""


def test_a_plain_run_loads_nothing_heavy(letter: str, here: Path) -> None:
    heavy = ("jsonschema", "rich.console", "numpy", "babel", "multiprocessing", "asyncio", "charset_normalizer")
    code = (
        f"import sys; from auditor.cli import main; main(['check', 'letter.md']);"
        f"sys.exit(', '.join(sorted(set({heavy!r}) & set(sys.modules))) or None)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, cwd=here)
    assert ran.stderr == ""


def test_every_command_has_help(auditor) -> None:
    listed = auditor("--help").out
    for name in ("check", "rules", "explain", "schema", "validate", "docs"):
        assert name in listed
        assert auditor(name, "--help").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek", "x"), "Did you mean 'check'"),
        (("letter.md",), "auditor check letter.md"),
        (("check",), "Missing argument"),
        (("check", "x", "--format", "yaml"), "yaml"),
        (("check", "x", "--min-confidence", "2"), "2"),
        (("check", "x", "--jobs", "0"), "0"),
        (("explain", "structure/missing-hedding"), "Did you mean 'structure/missing-heading'"),
        (("explain", "missing-heading"), "Did you mean 'structure/missing-heading'"),
    ],
)
def test_wrong_usage_is_told_with_a_way_out(auditor, here: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = auditor(*arguments)
    assert ran.status == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_rules_are_listed_for_people_and_programs(auditor) -> None:
    ran = auditor("rules")
    assert ran.status == 0
    assert "structure/missing-heading" in ran.out
    listed = {rule["name"]: rule for rule in json.loads(auditor("rules", "--json").out)}
    assert listed["structure/missing-heading"]["severity"] == "error"
    assert set(listed) == {line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")}


def test_a_rule_is_explained_with_examples(auditor) -> None:
    ran = auditor("explain", "structure/missing-heading")
    assert ran.status == 0
    assert ran.out.startswith("# structure/missing-heading\n")
    assert "silent" in ran.out
    assert "⟦⟧" in ran.out


def test_the_schema_is_printed_as_it_is_shipped(auditor) -> None:
    shipped = (ROOT / "auditor/reporting/report.schema.json").read_text(encoding="utf-8")
    assert auditor("schema") == Ran(0, shipped, "")


def test_validate_says_where_a_report_departs(auditor, here: Path) -> None:
    Path("bad.json").write_text('{"schema_version": "1.0"}')
    Path("broken.json").write_text("{")
    ran = auditor("validate", "bad.json", "broken.json")
    assert ran.status == 1
    assert "bad.json: at /: 'tool' is a required property" in ran.out
    assert "broken.json: not JSON" in ran.out
    missing = auditor("validate", "none.json")
    assert missing.status == 2
    assert "none.json" in missing.err


def test_the_rule_reference_is_written_kept_fresh_and_cleaned(auditor, here: Path) -> None:
    Path("rules/structure").mkdir(parents=True)
    Path("rules/structure/gone.md").write_text("# structure/gone\n\nA rule that is no more.\n")
    Path("rules/structure/notes.md").write_text("# Notes by hand\n")
    assert auditor("docs", "rules", "--check").status == 1
    assert auditor("docs", "rules").status == 0
    assert auditor("docs", "rules", "--check") == Ran(0, "", "")
    assert not Path("rules/structure/gone.md").exists()
    assert Path("rules/structure/notes.md").exists()
    page = Path("rules/structure/missing-heading.md")
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    ran = auditor("docs", "rules", "--check")
    assert ran.status == 1
    assert "not fresh: rules/structure/missing-heading.md" in ran.out
    assert auditor("docs", "rules", "--package", "nobody").status == 2


def test_the_rule_reference_in_the_repository_is_fresh(auditor) -> None:
    ran = auditor("docs", str(ROOT / "docs/rules"), "--package", "auditor_rules", "--check")
    assert ran.status == 0, ran.out + ran.err


# --- what the README promises


def _readme_block(language: str, number: int = 0) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = text.split(f"```{language}\n")
    return parts[number + 1].partition("```")[0]


def test_the_readmes_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(_readme_block("python"), "README.md", "exec"), {})
    assert "structure/missing-" in capsys.readouterr().out


def test_the_readmes_commands_are_commands(auditor, letter: str) -> None:
    """Each line of the README's examples is run, on a letter in the place of the files it names."""
    Path("drafts").mkdir()
    Path("texts").mkdir()
    for folder in ("drafts", "texts"):
        Path(folder, "a.md").write_text(CLEAN, encoding="utf-8")
    for block in (1, 2):
        for line in _readme_block("sh", block).splitlines():
            words = shlex.split(line, comments=True)
            assert words[0] == "auditor"
            ran = auditor(*words[1:])
            assert ran.status in (0, 1), ran.err
