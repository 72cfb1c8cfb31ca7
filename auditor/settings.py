"""Settings: what a run is asked to look for, and the rules that follow from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from auditor.contract import Rule
from auditor.document import Guidance, Profile
from auditor.findings import SEVERITIES, Severity
from auditor.plugins import RuleBook

FailOn = Literal["error", "warning", "info", "never"]


class SettingsError(ValueError):
    """Settings that cannot be carried out; the message says what, where and what to do."""


class Parallel(msgspec.Struct, frozen=True):
    """Texts that belong side by side: paths or patterns, and what kind of pair they are where that is said."""

    files: tuple[str, ...]
    kind: Literal["twins", "versions", "scans"] | None = None


class Settings(msgspec.Struct, frozen=True):
    """What to look for.

    select          names of rules, families or severities (or ``all``); empty: the default set
    ignore          the same words; taken away from what is selected
    preview         whether rules of the preview set are among the default ones
    min_confidence  findings below it are left out (0 to 1)
    fail_on         the least severity for which a run has exit status 1
    options         per rule, values for its options
    severities      per rule, a severity in the place of its own
    profile         how much doubt a finding may leave (`auditor.document.Guidance`)
    languages       the only languages that the texts may be in, as codes; empty: any
    lexicon         words that are right in these texts
    parallel        texts that belong side by side
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    min_confidence: float = 0.5
    fail_on: FailOn = "warning"
    options: Mapping[str, Mapping[str, Any]] = {}
    severities: Mapping[str, Severity] = {}
    profile: Profile = "default"
    languages: tuple[str, ...] = ()
    lexicon: frozenset[str] = frozenset()
    parallel: tuple[Parallel, ...] = ()

    @property
    def guidance(self) -> Guidance:
        """What is said of every document of the run."""
        return Guidance(self.profile, self.languages, self.lexicon)

    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever a setting that affects findings does."""
        relevant = msgspec.structs.asdict(self)
        del relevant["fail_on"], relevant["parallel"]
        relevant["lexicon"] = sorted(self.lexicon)
        return hashlib.sha256(msgspec.json.encode(relevant, order="sorted")).hexdigest()[:12]


class Chosen(msgspec.Struct, frozen=True):
    """The rules to run, with their options, and those of the book that are left out for a reason worth saying.

    ``known`` are the names of all rules and families of the book, chosen or not.
    """

    rules: tuple[tuple[Rule, Mapping[str, Any]], ...]
    left_out: tuple[tuple[str, str], ...]
    known: frozenset[str] = frozenset()

    def digest(self) -> str:
        """Twelve hexadecimal digits that name this set of rules and their versions."""
        names = [(rule.name, rule.version) for rule, _ in self.rules]
        return hashlib.sha256(msgspec.json.encode(names)).hexdigest()[:12]


def _matches(word: str, rule: Rule) -> bool:
    return word in ("all", rule.name, rule.family, rule.severity)


def _nearest(word: str, book: RuleBook) -> str:
    import difflib

    near = difflib.get_close_matches(word, [rule.name for rule in book.rules], n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def _check_words(words: tuple[str, ...], book: RuleBook) -> None:
    known = {"all", *SEVERITIES} | {r.name for r in book.rules} | {r.family for r in book.rules}
    for word in words:
        if word not in known:
            import difflib

            near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise SettingsError(
                f"there is no rule, family or severity named {word!r}; {hint}'auditor rules' lists them all"
            )


def _checked_options(rule: Rule, given: Mapping[str, Any]) -> Mapping[str, Any]:
    declared = {option.name: option for option in rule.options}
    for name, value in given.items():
        if name not in declared:
            names = ", ".join(sorted(declared)) or "none"
            raise SettingsError(f"rule {rule.name} has no option {name!r} (it has: {names})")
        wanted = type(declared[name].default)
        numeric = wanted is float and type(value) is int
        if type(value) is not wanted and not numeric:
            raise SettingsError(
                f"option {name!r} of rule {rule.name} takes a value of type {wanted.__name__}, not {value!r}"
            )
    return {name: given.get(name, option.default) for name, option in declared.items()}


def choose(book: RuleBook, settings: Settings) -> Chosen:
    """The rules that the settings select; raises SettingsError for unknown names and wrong options."""
    _check_words(settings.select + settings.ignore, book)
    if not 0 <= settings.min_confidence <= 1:
        raise SettingsError(f"the least confidence lies between 0 and 1, not {settings.min_confidence}")
    for name in (*settings.options, *settings.severities):
        if book.get(name) is None:
            raise SettingsError(f"settings are given for a rule {name!r}, which does not exist{_nearest(name, book)}")
    rules = []
    left_out = []
    for rule in book.rules:
        named = any(word in (rule.name, "all") for word in settings.select)
        if rule.name in settings.severities:
            rule = msgspec.structs.replace(rule, severity=settings.severities[rule.name])
        if settings.select and not any(_matches(word, rule) for word in settings.select):
            continue
        if any(_matches(word, rule) for word in settings.ignore):
            continue
        if rule.preview and not (settings.preview or named):
            left_out.append((rule.name, "preview: not in the default set (--preview adds it)"))
            continue
        rules.append((rule, _checked_options(rule, settings.options.get(rule.name, {}))))
    known = frozenset(name for rule in book.rules for name in (rule.name, rule.family))
    return Chosen(tuple(rules), tuple(left_out), known)
