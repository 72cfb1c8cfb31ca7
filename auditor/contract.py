"""The contract between the engine and the rules.

A rule is a function with a declaration. It lives in a module of its own, whose docstring explains it to editors, and
which a plug-in package offers under the entry-point group ``auditor.rules``. See CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from auditor.document import Block, Document
from auditor.findings import Finding, Severity

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair

Scope = Literal["text", "block", "document", "pair", "decision"]

DocumentCheck = Callable[..., Iterable[Finding]]
F = TypeVar("F", bound=DocumentCheck)


class Example(msgspec.Struct, frozen=True):
    """A short text of which the rule must, or must not, report something.

    In a bad example ``⟦`` and ``⟧`` stand around what is to be reported, or ``⟦⟧`` at the place; every finding of the
    rule must be marked, and every mark found (as a finding's span or one of its places).

    other   for a rule of scope ``pair``: the text that it is compared with, where both are not in ``text``
    """

    text: str
    language: str
    media_type: Literal["text/markdown", "text/plain"] = "text/markdown"
    other: str = ""


class Option(msgspec.Struct, frozen=True):
    """A setting of a rule: its default (whose type is the setting's type) and what it means."""

    name: str
    default: int | float | str | bool
    meaning: str


class Pattern(msgspec.Struct, frozen=True):
    """A pattern of the module `re`, looked for in the running text of a document for a rule of scope ``text``.

    needs  signs or words of which at least one stands in every match; empty where nothing can be said
    """

    source: str
    needs: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True):
    """A rule as the engine sees it.

    name         ``family/rule``
    summary      first line of the module's docstring
    explanation  the rest of it
    languages    codes that the rule covers; empty: it does not depend on the language
    needs        facts without which it can't run, e.g. ``pages``; the report names the rule as skipped then
    preview      not in the default set: it does not keep to its share of the noise budget yet
    patterns     what a rule of scope ``text`` looks for
    pairs        kinds of pair that a rule of scope ``pair`` compares (twins, versions, scans); empty: all
    explains     rules whose findings at the same place say the same thing less well; merged into this rule's
    """

    name: str
    severity: Severity
    scope: Scope
    summary: str
    explanation: str
    check: DocumentCheck
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    languages: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    preview: bool = False
    options: tuple[Option, ...] = ()
    explains: tuple[str, ...] = ()
    version: int = 1
    pairs: frozenset[str] = frozenset()
    patterns: tuple[Pattern, ...] = ()

    @property
    def family(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]


Examples = Mapping[str, Sequence[str | Example]]


def _examples(given: Examples) -> tuple[Example, ...]:
    return tuple(
        text if isinstance(text, Example) else Example(text, language)
        for language, texts in given.items()
        for text in texts
    )


def rule(
    name: str,
    *,
    severity: Severity,
    scope: Scope = "document",
    bad: Examples,
    good: Examples,
    languages: Iterable[str] = (),
    needs: Iterable[str] = (),
    preview: bool = False,
    options: Iterable[Option] = (),
    explains: Iterable[str] = (),
    version: int = 1,
    pairs: Iterable[str] = (),
    patterns: Iterable[Pattern] = (),
) -> Callable[[F], F]:
    """Declare the decorated function a rule.

    A function of scope ``text`` takes the document and, for each of its patterns in the order of the declaration, the
    matches in the running text; the patterns of all such rules are looked for together (`auditor.one_pass`). One of
    scope ``document`` takes the document, one of scope ``block`` a block and its document, one of scope
    ``pair`` two texts side by side (`auditor.alignment.pair.Pair`: twins that the document holds, or the texts of a
    comparison), one of scope ``decision`` an editor's decision and what became of it (`auditor.decisions.use.Use`); all
    yield findings. Options are passed by keyword. Examples are given per language code, as text or as
    `Example`.

    The declaration is stored on the function (``__auditor_rule__``); `auditor.plugins` gathers it from there.
    Raises ValueError for a name that is not ``family/rule`` or a module without docstring.
    """
    if name.count("/") != 1:
        raise ValueError(f"a rule's name is family/rule, not {name!r}")

    def declare(check: F) -> F:
        import inspect
        import sys

        text = inspect.cleandoc(sys.modules[check.__module__].__doc__ or "")
        if not text:
            raise ValueError(f"{check.__module__} needs a docstring that explains {name}")
        summary, _, explanation = text.partition("\n\n")
        declared = Rule(
            name=name,
            severity=severity,
            scope=scope,
            summary=" ".join(summary.split()),
            explanation=explanation.strip(),
            check=check,
            bad=_examples(bad),
            good=_examples(good),
            languages=frozenset(languages),
            needs=frozenset(needs),
            preview=preview,
            options=tuple(options),
            explains=tuple(explains),
            version=version,
            pairs=frozenset(pairs),
            patterns=tuple(patterns),
        )
        check.__auditor_rule__ = declared  # type: ignore[attr-defined]
        return check

    return declare


def run(declared: Rule, document: Document, options: Mapping[str, Any]) -> list[Finding]:
    """All findings of one rule on one document, in the order the rule gives them."""
    if declared.scope == "document":
        return list(declared.check(document, **options))
    if declared.scope == "text":
        from auditor.one_pass import look_for

        found_by = look_for(document, declared.patterns)
        return list(declared.check(document, *(found_by[pattern] for pattern in declared.patterns), **options))
    if declared.scope == "pair":
        from auditor.alignment.twins import twins

        return [found for pair in twins(document) for found in run_on_pair(declared, pair, options)]
    found: list[Finding] = []
    check: Callable[..., Iterable[Finding]] = declared.check
    block: Block
    for block in document.blocks:
        found.extend(check(block, document, **options))
    return found


def run_on_pair(declared: Rule, pair: Pair, options: Mapping[str, Any]) -> list[Finding]:
    """All findings of one rule of scope ``pair`` on two texts."""
    return list(declared.check(pair, **options))
