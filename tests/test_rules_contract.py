"""Every rule keeps the contract: examples, explanation, fixes, name, and what it may import."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import contract
from auditor.contract import Example, Rule
from auditor.plugins import load_rules

ROOT = Path(__file__).parent.parent
BOOK = load_rules()
RULES = [rule for rule in BOOK.rules if rule.check.__module__.startswith("auditor_rules.")]


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{example.language}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind))
    ]


each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES])


def test_the_plug_ins_load_without_faults() -> None:
    assert [fault.message for fault in BOOK.faults] == []
    assert RULES


@pytest.mark.parametrize(("rule", "example"), _examples("bad"))
def test_what_is_marked_is_reported_and_nothing_else(rule: Rule, example: Example) -> None:
    contract.check_bad_example(rule, example)


@pytest.mark.parametrize(("rule", "example"), _examples("good"))
def test_good_texts_stay_silent(rule: Rule, example: Example) -> None:
    contract.check_good_example(rule, example)


@pytest.mark.parametrize(("rule", "example"), _examples("bad"))
def test_fixes_do_what_they_say(rule: Rule, example: Example) -> None:
    contract.check_fixes(rule, example)


@each_rule
def test_there_are_examples_in_every_language_claimed(rule: Rule) -> None:
    contract.check_examples_cover(rule)


@each_rule
def test_the_explanation_says_what_an_editor_needs(rule: Rule) -> None:
    contract.check_words(rule)


@each_rule
def test_the_name_is_the_path_of_the_module(rule: Rule) -> None:
    expected = "auditor_rules." + rule.name.replace("/", ".").replace("-", "_")
    assert rule.check.__module__ == expected
    assert (ROOT / "rules" / (rule.name.replace("-", "_") + ".py")).is_file()


@each_rule
def test_rules_named_by_others_are_well_formed(rule: Rule) -> None:
    for name in rule.explains:
        assert name.count("/") == 1
        assert name != rule.name


def test_every_module_of_a_family_is_a_rule_or_serves_one() -> None:
    """A module in which no rule is found is a mistake, unless the family's rules import it."""
    modules = {rule.check.__module__ for rule in RULES}
    for family in sorted((ROOT / "rules").iterdir()):
        imported = {name for path in family.glob("*.py") for name in _imports(path, f"auditor_rules.{family.name}")}
        for path in sorted(family.glob("*.py")):
            name = f"auditor_rules.{family.name}.{path.stem}"
            assert path.stem == "__init__" or name in modules or name in imported, path


# --- who may import whom


def _imports(path: Path, package: str) -> Iterator[str]:
    """The full names of all modules that a file imports, and of the names it imports from them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).rstrip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def _all_imports(folder: str, package: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        inner = ".".join([package, *path.relative_to(ROOT / folder).parent.parts])
        for name in _imports(path, inner):
            yield path, name


def test_the_engine_knows_no_rule() -> None:
    for path, name in _all_imports("auditor", "auditor"):
        assert not _within(name, "auditor_rules", "rules"), f"{path} imports {name}"


def test_a_rule_knows_no_file_format_and_no_output() -> None:
    forbidden = [
        f"auditor.{name}"
        for name in ("reading", "reporting", "cli", "engine", "runs", "processes", "report", "settings", "plugins")
    ]
    for path, name in _all_imports("rules", "auditor_rules"):
        assert not _within(name, *forbidden), f"{path} imports {name}"
        assert not _within(name, "rules"), f"{path} imports {name}: within rules/ import relatively"


@pytest.mark.parametrize("layer", ["document", "analysis"])
def test_lower_layers_do_not_look_up(layer: str) -> None:
    """Values know nothing but values; analysis knows documents, and neither rules nor output."""
    upper = ["reading", "reporting", "cli", "engine", "runs", "report", "settings", "plugins", "rule", "merging"]
    if layer == "document":
        upper.append("analysis")
    for path, name in _all_imports(f"auditor/{layer}", f"auditor.{layer}"):
        assert not _within(name, *(f"auditor.{word}" for word in upper)), f"{path} imports {name}"


# --- CONTRIBUTING.md, whose rule is a real one


def _contributed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rule:
    """The rule that CONTRIBUTING.md shows, as a plug-in package of its own."""
    shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    begin = shown.index("```python\n") + len("```python\n")
    code = shown[begin : shown.index("\n```\n", begin)] + "\n"
    package = tmp_path / "contributed_rules" / "punctuation"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "doubled_comma.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("contributed_rules.punctuation.doubled_comma")
    for name in [name for name in sys.modules if name.startswith("contributed_rules")]:
        monkeypatch.delitem(sys.modules, name)
    declared = [value.__auditor_rule__ for value in vars(module).values() if hasattr(value, "__auditor_rule__")]
    assert len(declared) == 1
    rule: Rule = declared[0]
    return rule


def test_the_rule_that_contributing_shows_keeps_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = _contributed(tmp_path, monkeypatch)
    contract.check_words(rule)
    contract.check_examples_cover(rule)
    for example in rule.bad:
        contract.check_bad_example(rule, example)
    for example in rule.good:
        contract.check_good_example(rule, example)
    assert sum(contract.check_fixes(rule, example) for example in rule.bad)
