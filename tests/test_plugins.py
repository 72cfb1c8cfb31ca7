"""Finding rules by entry point: what one plug-in does wrong never takes another's rules away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from auditor.contract import rule
from auditor.plugins import GROUP, RuleBook, gather, load_rules
from plugins_on_disk import install, rule_source


@pytest.fixture(autouse=True)
def _forget_modules() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


def _gathered(*plugins: str) -> RuleBook:
    return gather(EntryPoint(name, name, GROUP) for name in plugins)


def test_the_built_in_rules_are_found_as_a_plug_in() -> None:
    modules = {found.check.__module__.partition(".")[0] for found in load_rules().rules}
    assert "auditor_rules" in modules


def test_rules_are_found_at_any_depth_and_sorted_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "deep", z=rule_source("test/z"), a=rule_source("test/a"))
    inner = tmp_path / "deep" / "inner"
    inner.mkdir()
    (inner / "__init__.py").write_text("")
    (inner / "m.py").write_text(rule_source("test/m"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    book = _gathered("deep")
    assert [found.name for found in book.rules] == ["test/a", "test/m", "test/z"]
    assert book.faults == ()
    assert book.get("test/m") is not None
    assert book.get("test/none") is None


def test_a_rule_imported_by_another_module_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "again", one=rule_source("test/one"), two="from again.one import check\n")
    monkeypatch.syspath_prepend(tmp_path)
    book = _gathered("again")
    assert [found.name for found in book.rules] == ["test/one"]
    assert book.faults == ()


def test_two_plug_ins_with_one_rule_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "first", m=rule_source("test/same"))
    install(tmp_path, "second", m=rule_source("test/same"), other=rule_source("test/other"))
    monkeypatch.syspath_prepend(tmp_path)
    book = _gathered("second", "first")
    assert [(found.name, found.check.__module__) for found in book.rules] == [
        ("test/other", "second.other"),
        ("test/same", "first.m"),
    ]
    (fault,) = book.faults
    assert fault.plugin == "second"
    assert all(word in fault.message for word in ("test/same", "'first'", "'second'", "Rename"))


@pytest.mark.parametrize(
    ("source", "said"),
    [("raise RuntimeError('broken')", "RuntimeError: broken"), ("import no_such_module_at_all", "ModuleNotFoundError")],
)
def test_a_module_that_cannot_be_imported_costs_its_own_rules_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, said: str
) -> None:
    install(tmp_path, "half", good=rule_source("test/good"), bad=source)
    monkeypatch.syspath_prepend(tmp_path)
    book = _gathered("half")
    assert [found.name for found in book.rules] == ["test/good"]
    (fault,) = book.faults
    assert said in fault.message
    assert "half.bad" in fault.message


def test_a_package_that_is_gone_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "there", m=rule_source("test/there"))
    monkeypatch.syspath_prepend(tmp_path)
    book = _gathered("no_such_package", "there")
    assert [found.name for found in book.rules] == ["test/there"]
    (fault,) = book.faults
    assert "no_such_package" in fault.message


def test_a_rule_needs_a_family_and_a_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="family/rule"):
        rule("lonely", severity="info", bad={}, good={})
    install(
        tmp_path,
        "mute",
        m=rule_source("test/mute").replace('"""', "#", 1).replace('"""', "#", 1).replace("When", "# When"),
    )
    monkeypatch.syspath_prepend(tmp_path)
    (fault,) = _gathered("mute").faults
    assert "needs a docstring that explains test/mute" in fault.message
