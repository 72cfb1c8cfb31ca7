"""Finding the rules: every installed package that offers some under the entry-point group ``auditor.rules``.

An entry point names a package; each module in it (at any depth) that declares rules with `auditor.contract.rule` offers
them. The built-in rules are found in just this way.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from auditor.contract import Rule
from auditor.installed import Point, points_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "auditor.rules"


class PluginFault(msgspec.Struct, frozen=True):
    """A plug-in, or a part of it, that could not be used: which, why, and what to do."""

    plugin: str
    message: str


class RuleBook(msgspec.Struct, frozen=True):
    """All rules found, sorted by name, and what went wrong on the way."""

    rules: tuple[Rule, ...]
    faults: tuple[PluginFault, ...]

    def get(self, name: str) -> Rule | None:
        """The rule of that name, or None."""
        return next((rule for rule in self.rules if rule.name == name), None)


def _modules(package: ModuleType) -> Iterator[str]:
    yield package.__name__
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), package.__name__ + "."):
        yield found.name


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    for value in vars(module).values():
        declared = getattr(value, "__auditor_rule__", None)
        if isinstance(declared, Rule) and getattr(value, "__module__", None) == module.__name__:
            yield declared


def gather(points: Iterable[Point | EntryPoint]) -> RuleBook:
    """The rules that the entry points offer. One plug-in's failure leaves the others' rules in place.

    Of two rules with one name the first plug-in's (by name, the built-in ones before all others) is kept.
    """
    rules: dict[str, tuple[str, Rule]] = {}
    faults: list[PluginFault] = []
    for entry in sorted(points, key=lambda e: (e.name != "builtin", e.name, e.value)):
        try:
            names = list(_modules(importlib.import_module(entry.module)))
        except Exception as error:
            faults.append(PluginFault(entry.name, _cannot_import(entry.name, entry.module, error)))
            continue
        for name in names:
            try:
                module = importlib.import_module(name)
            except Exception as error:
                faults.append(PluginFault(entry.name, _cannot_import(entry.name, name, error)))
                continue
            for rule in _rules_of(module):
                owner, _ = rules.setdefault(rule.name, (entry.name, rule))
                if rules[rule.name][1] is not rule:
                    faults.append(
                        PluginFault(
                            entry.name,
                            f"plug-in {entry.name!r} offers a rule named {rule.name}, which plug-in {owner!r} has "
                            f"already; the one of {owner!r} is used. Rename the rule or remove one plug-in.",
                        )
                    )
    return RuleBook(tuple(rules[name][1] for name in sorted(rules)), tuple(faults))


def _cannot_import(plugin: str, module: str, error: Exception) -> str:
    return (
        f"plug-in {plugin!r}: module {module} could not be imported ({type(error).__name__}: {error}); its rules did "
        "not run. Repair the plug-in or uninstall it."
    )


@cache
def load_rules() -> RuleBook:
    """The rules of every installed plug-in, looked up once a process."""
    collecting = gc.isenabled()
    gc.disable()  # what is loaded here stays, and looking through it for garbage takes its time
    try:
        return gather(points_of(GROUP))
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
