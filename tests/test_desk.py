"""A day at the desk and a gate in CI, as a scripted session: from an empty folder to a text that stays mended."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(LETTER, tmp_path / "letter.md")
    return tmp_path


def auditor(*arguments: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        capture_output=True, encoding="utf-8", timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def open_findings() -> list[dict[str, str]]:
    report = json.loads(auditor("check", ".", "--format", "json", "--fail-on", "never").out)
    return [f for d in report["documents"] for f in d["findings"] if f["status"] == "open"]


def test_from_an_empty_folder_to_a_gate_that_fails_on_new_findings_alone(here: Path) -> None:
    assert auditor("init").status == 0
    assert (here / "auditor.toml").is_file()
    assert auditor("init").status == 2, "it does not write over what is there"
    assert auditor("check", ".").status == 1
    findings = open_findings()

    first = findings[0]
    one = auditor(
        "decide", ".", "--finding", first["fingerprint"], "--verdict", "accepted", "--reason", "As the original has it."
    )
    assert one.status == 0, one.err
    assert len(open_findings()) == len(findings) - 1
    assert auditor("decide", ".", "--baseline").status == 0
    decided = (here / "auditor.decisions.jsonl").read_text("utf-8").splitlines()
    assert len(decided) == len(findings)
    gate = auditor("check", ".")
    assert gate.status == 0, gate.out
    assert f"{len(findings)} findings decided before" in gate.out

    path = here / "letter.md"
    text = path.read_text("utf-8")
    at = text.index("(Firmado) Vassily Nebenzia")
    path.write_text(text[:at] + "Véase también $S_{2023/11}$.\n\n" + text[at:], "utf-8")
    assert auditor("check", ".").status == 1
    assert [f["rule"] for f in open_findings()] == ["references/symbol-damaged"]

    assert auditor("fix", ".", "--unsafe").status == 1
    assert auditor("fix", ".", "--unsafe", "--write").status == 0
    assert "Véase también S/2023/11." in path.read_text("utf-8")
    assert auditor("check", ".").status == 0
    assert auditor("decide", ".", "--prune").status == 0
    assert (here / "auditor.decisions.jsonl").read_text("utf-8").splitlines() == decided


def test_a_decision_whose_defect_was_mended_is_told_and_pruned_and_fails_no_gate(here: Path) -> None:
    path = here / "letter.md"
    path.write_text("See document $S_{2023/11}$ of the Council, which was issued in January.\n", "utf-8")
    assert auditor("decide", ".", "--baseline").status == 0
    path.write_text("See document S/2023/11 of the Council, which was issued in January.\n", "utf-8")
    gate = auditor("check", ".")
    assert gate.status == 0
    assert "decisions/unmatched" in gate.out
    assert "1 taken out, 0 kept" in auditor("decide", ".", "--prune").err
    assert "Nothing found" in auditor("check", ".").out


def test_what_differs_between_versions_is_decided_for_these_two_texts(here: Path) -> None:
    (here / "letter.md").unlink()
    english = "".join(f"Article {n}\n\nEach of the {n + 30} members shall pay {n * 7} euros.\n\n" for n in range(1, 9))
    french = english.replace("Each of the", "Chacun des").replace("members shall pay", "membres paie")
    (here / "law.en.txt").write_text(english, "utf-8")
    (here / "law.fr.txt").write_text(french.replace("paie 21 euros", "paie 12 euros"), "utf-8")
    assert auditor("check", ".").status == 1
    assert auditor("decide", ".", "--baseline").status == 0
    decisions = [json.loads(line) for line in (here / "auditor.decisions.jsonl").read_text("utf-8").splitlines()]
    assert {(d["path"], d["other"]) for d in decisions if d["rule"].startswith("parallel/")} == {
        ("law.en.txt", "law.fr.txt")
    }
    gate = auditor("check", ".")
    assert gate.status == 0, gate.out
    assert "decisions/unmatched" not in gate.out
    assert auditor("compare", "law.en.txt", "law.fr.txt").status == 0
    assert auditor("compare", "law.en.txt", "law.fr.txt", "--no-config").status == 1


def test_it_asks_on_a_terminal_and_keeps_each_answer_at_once(here: Path) -> None:
    (here / "letter.md").write_text(
        "See document $S_{2023/11}$ of the Council.\n\nSee document $S_{2023/12}$ of the Council.\n\n"
        "See document $S_{2023/13}$ of the Council.\n",
        "utf-8",
    )
    shown = _at_a_terminal(["decide", "letter.md"], ["a\n", "It is printed so.\n", "s\n", "q\n"])
    assert "3 of 3" in shown
    (line,) = (here / "auditor.decisions.jsonl").read_text("utf-8").splitlines()
    decision = json.loads(line)
    assert (decision["verdict"], decision["reason"]) == ("accepted", "It is printed so.")
    assert "⟦$S_{2023/11}$⟧" in decision["excerpt"]
    assert decision["author"]


def _at_a_terminal(arguments: list[str], answers: list[str]) -> str:
    """What the command shows on a terminal on which the answers are typed, each at its own question."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "auditor", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    shown, waiting = b"", list(answers)
    seen = 0
    while True:
        ready, _, _ = select.select([ours], [], [], 60)
        assert ready, f"nothing more is shown after {shown[-400:]!r}"
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        shown += piece
        if waiting and shown[seen:].endswith((b"uit: ", b"Why? ")):
            seen = len(shown)
            os.write(ours, waiting.pop(0).encode())
    assert run.wait(60) == 0
    os.close(ours)
    return shown.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["decide", "letter.md"], "there is no terminal to ask on"),
        (["decide", "letter.md", "--verdict", "later", "--reason", "x"], "--baseline is for everything"),
        (["decide", "letter.md", "--verdict", "later", "--rule", "numbering"], "a decision needs a reason"),
        (["decide", "letter.md", "--baseline", "--expire", "soon"], "takes a day such as 2027-01-31"),
        (["decide", "letter.md", "--baseline", "--rule", "numbring"], "no rule or family named 'numbring'"),
        (["decide", "none.md", "--baseline"], "none.md"),
        (["check", "letter.md", "--config", "none.toml"], "none.toml"),
        (["check", "letter.md", "--changed-since", "HEAD"], "git says"),
    ],
)
def test_what_can_not_be_done_is_said(here: Path, arguments: list[str], said: str) -> None:
    ran = auditor(*arguments)
    assert ran.status == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_file_of_decisions_that_git_left_in_conflict_is_an_error(here: Path) -> None:
    (here / "auditor.decisions.jsonl").write_text("<<<<<<< ours\n", "utf-8")
    ran = auditor("check", ".")
    assert ran.status == 2
    assert "auditor.decisions.jsonl, line 1" in ran.err


def test_of_a_working_tree_only_what_differs_is_checked(here: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], check=True)

    for name in ("same.md", "edited.md"):
        (here / name).write_text("See document $S_{2023/11}$ of the Council.\n", "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Texts")
    (here / "edited.md").write_text("See document $S_{2023/12}$ of the Council.\n", "utf-8")
    (here / "new é\n.md").write_text("See document $S_{2023/13}$ of the Council.\n", "utf-8")
    ran = auditor("check", ".", "--changed-since", "HEAD", "--format", "json")
    assert ran.status == 1
    assert [d["path"] for d in json.loads(ran.out)["documents"]] == ["./edited.md", "./new é\\x0a.md"]
