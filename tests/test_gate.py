"""The gate: what the action's script does where a runner calls it, and that the hooks name what there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "tools" / "github_action.sh"
DAMAGED = "See document $S_{2023/11}$ of the Council, which was issued in January.\n"


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone of a repository in which one text is damaged, with another one damaged in a branch of its own."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / "old.md").write_text(DAMAGED, "utf-8")
    (origin / "a text.md").write_text("A text without any damage.\n", "utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "Texts")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    (clone / "a text.md").write_text(DAMAGED, "utf-8")
    git(clone, "commit", "-qam", "An edit")
    return clone


def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's script as the runner calls it."""
    here = str(Path(sys.executable).parent)
    environment = {
        "PATH": f"{here}:{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "AUDITOR_CACHE_DIR": os.environ["AUDITOR_CACHE_DIR"],
        "GITHUB_OUTPUT": str(folder.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary"),
        **inputs,
    }
    return subprocess.run([SCRIPT], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120)


def test_in_a_pull_request_only_what_it_changes_is_audited(checkout: Path) -> None:
    ran = run(checkout, INPUT_PATHS=".", INPUT_CHANGED_ONLY="true", GITHUB_BASE_REF="main")
    assert ran.returncode == 1, ran.stderr
    assert "::error file=a text.md" in ran.stdout.replace("./", "")
    assert "old.md" not in ran.stdout
    assert (checkout.parent / "output").read_text("utf-8") == "sarif=auditor.sarif\n"
    assert json.loads((checkout / "auditor.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert "1 finding: 1 error" in (checkout.parent / "summary").read_text("utf-8")


def test_paths_may_hold_spaces_and_nothing_in_them_is_carried_out(checkout: Path) -> None:
    ran = run(checkout, INPUT_PATHS="'a text.md' '$(touch hit)'", INPUT_SARIF="out.sarif", INPUT_FAIL_ON="never")
    assert ran.returncode == 2
    assert "::error file=a text.md" in ran.stdout
    assert not (checkout / "hit").exists()
    assert (checkout / "out.sarif").is_file()


def test_the_severity_that_fails_may_be_said(checkout: Path) -> None:
    assert run(checkout, INPUT_PATHS=".", INPUT_FAIL_ON="never").returncode == 0


def test_the_action_and_the_hook_name_what_there_is() -> None:
    action = (ROOT / "action.yml").read_text("utf-8")
    assert "$GITHUB_ACTION_PATH/tools/github_action.sh" in action
    assert os.access(SCRIPT, os.X_OK)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: auditor check" in hooks
