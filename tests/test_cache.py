"""The cache: the same report as without it, for the same text, rules and settings, whatever befalls its file."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor.cache import Cache, Kept, cache_file, key_of
from auditor.cache_folder import FOLDER_VARIABLE
from auditor.cli import main
from auditor.document import Source
from auditor.engine import audit
from auditor.plugins import load_rules
from auditor.reading.discover import Found
from auditor.runs import audit_each
from auditor.settings import Settings, choose

DAMAGED = "# Letter\n\nSee document $A_{76/740}$ of the Assembly, which was issued in March of that year.\n"
BOOK = load_rules()
TWINS = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "letter.md"
    path.write_text(DAMAGED, "utf-8")
    return path


def report_of(text: str = DAMAGED) -> Kept:
    return Kept(audit(text).documents[0])


def test_what_is_kept_is_what_was_put_in(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "c.sqlite")
    assert kept.get(b"key") is None
    kept.put(b"key", report_of())
    assert kept.get(b"key") == report_of()
    kept.close()
    assert Cache(tmp_path / "c.sqlite").get(b"key") == report_of()


def test_a_second_run_gives_the_same_report_without_auditing(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Found(str(text), "letter.md"), Found(str(TWINS), "twins.md")]
    first = list(audit_each(found, Settings(), cache_at=cache_file()))
    monkeypatch.setattr("auditor.runs.audit_source", _never)
    second = list(audit_each(found, Settings(), cache_at=cache_file()))
    assert [(one.document, one.pairs) for one in first] == [(one.document, one.pairs) for one in second]


def _never(*_: object) -> None:
    raise AssertionError("it was audited again")


def test_the_report_has_the_name_that_the_text_has_now(text: Path) -> None:
    other = text.with_name("other.md")
    other.write_bytes(text.read_bytes())
    runs = audit_each([Found(str(path), path.name) for path in (text, other)], Settings(), cache_at=cache_file())
    assert [run.document.path for run in runs if run.document] == [str(text), str(other)]


def key(text: str = DAMAGED, settings: Settings | None = None, media: str = "text/markdown") -> bytes:
    settings = settings or Settings()
    source = Source("a", text.encode(), media)  # type: ignore[arg-type]
    return key_of(source, choose(BOOK, settings), settings)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda: key(DAMAGED + " "), id="another text"),
        pytest.param(lambda: key(media="text/plain"), id="another format"),
        pytest.param(lambda: key(settings=Settings(select=("numbering",))), id="other rules"),
        pytest.param(lambda: key(settings=Settings(profile="deep")), id="another profile"),
        pytest.param(lambda: key(settings=Settings(lexicon=frozenset({"x"}))), id="another lexicon"),
        pytest.param(lambda: key(settings=Settings(severities={"numbering/gap": "info"})), id="another severity"),
    ],
)
def test_whatever_a_report_depends_on_is_in_its_key(other) -> None:
    assert other() != key()


def test_a_new_version_of_a_rule_makes_another_key() -> None:
    source = Source("a", DAMAGED.encode(), "text/markdown")
    chosen = choose(BOOK, Settings())
    (first, options), *rest = chosen.rules
    newer = msgspec.structs.replace(
        chosen, rules=((msgspec.structs.replace(first, version=first.version + 1), options), *rest)
    )
    assert key_of(source, newer, Settings()) != key_of(source, chosen, Settings())


def test_what_does_not_matter_to_a_report_is_not_in_its_key() -> None:
    assert key(settings=Settings(fail_on="never")) == key()


def test_a_report_that_goes_with_a_fault_is_not_kept(text: Path) -> None:
    text.write_text("", "utf-8")
    for _ in range(2):
        (run,) = audit_each([Found(str(text), "letter.md")], Settings(), cache_at=cache_file())
        assert run.faults


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, None])
def test_a_damaged_file_heals_itself(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "c.sqlite"
    kept = Cache(path)
    for number in range(50):
        kept.put(bytes([number]), report_of())
    kept.close()
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2] if damage is None else damage)
    again = Cache(path)
    for number in range(50):  # some may be left; asking for them never fails
        again.get(bytes([number]))
    again.put(b"key", report_of())
    assert again.get(b"key") == report_of()
    assert again.trouble is None


def test_a_report_that_can_not_be_read_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    Cache(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO reports VALUES (?, ?, 0)", (b"key", b"no zlib"))
    kept = Cache(path)
    assert kept.get(b"key") is None
    assert kept.trouble is None
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM reports").fetchone() == (0,)


def test_it_is_bounded_and_what_was_not_used_goes_first(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "c.sqlite")
    for number in range(20):
        kept.put(bytes([number]), report_of(DAMAGED * (1 + number)))
    with sqlite3.connect(kept.path) as connection:
        connection.execute("UPDATE reports SET used = 1 WHERE key = ?", (bytes([19]),))
        total = connection.execute("SELECT SUM(LENGTH(report)) FROM reports").fetchone()[0]
    kept.bound(total // 2)
    assert kept.get(bytes([19])) is None
    with sqlite3.connect(kept.path) as connection:
        left, size = connection.execute("SELECT COUNT(*), SUM(LENGTH(report)) FROM reports").fetchone()
    assert left
    assert size <= total // 2


def test_a_folder_that_can_not_be_had_is_no_reason_to_stop(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "folder"))
    assert main(["check", str(text)]) == 1
    said = capsys.readouterr()
    assert "can't be used" in said.err
    assert "references/symbol-damaged" in said.out


def test_several_runs_at_once_share_it(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.md").write_text(DAMAGED + "More.\n" * number, "utf-8")
    command = [sys.executable, "-m", "auditor", "check", str(tmp_path), "--format", "json", "--jobs", "2"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [1, 1, 1], said[0][1]
    assert said[0][0] == said[1][0] == said[2][0]
    assert len(json.loads(said[0][0])["documents"]) == 12


def test_without_it_nothing_is_kept(text: Path) -> None:
    main(["check", str(text), "--no-cache", "--quiet"])
    assert not cache_file().exists()
    main(["check", str(text), "--quiet"])
    assert cache_file().exists()
