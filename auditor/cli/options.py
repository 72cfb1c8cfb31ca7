"""What the commands that run rules have in common: their options, and the exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

if TYPE_CHECKING:
    from auditor.plugins import RuleBook
    from auditor.report import Summary
    from auditor.settings import Chosen, FailOn, Settings

Format = Literal["text", "json"]
F = TypeVar("F", bound=Callable[..., Any])

_REPORT = (
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Text for people, JSON for programs ('auditor schema' describes it).",
    ),
    click.option(
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the report to this file, which is replaced only when the report is whole.",
    ),
)

_RULES = (
    click.option(
        "--select",
        multiple=True,
        metavar="WORDS",
        help="Run only these rules, families or severities (with commas, or repeated); 'all' is every rule.",
    ),
    click.option("--ignore", multiple=True, metavar="WORDS", help="Leave out these rules, families or severities."),
    click.option("--preview", is_flag=True, help="Run the rules of the preview set too."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.5,
        show_default=True,
        help="Leave out findings that are less sure than this.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        default="warning",
        show_default=True,
        help="The least severity of a finding that makes the exit status 1.",
    ),
)


def report_and_rule_options(command: F) -> F:
    """Add ``--format``, ``--output`` and the options that say which rules run and what counts."""
    for option in reversed((*_REPORT, *_RULES)):
        command = option(command)
    return command


def words(given: tuple[str, ...]) -> tuple[str, ...]:
    """The words of options that may be repeated and may hold several words with commas between them."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


def settings_from(
    select: tuple[str, ...], ignore: tuple[str, ...], preview: bool, min_confidence: float, fail_on: FailOn
) -> Settings:
    """The settings that the options stand for."""
    from auditor.settings import Settings

    return Settings(
        select=words(select),
        ignore=words(ignore),
        preview=preview,
        min_confidence=min_confidence,
        fail_on=fail_on,
    )


def chosen_rules(book: RuleBook, settings: Settings) -> Chosen:
    """The rules that the settings select; raises click.UsageError for words that name none."""
    from auditor.settings import SettingsError, choose

    try:
        return choose(book, settings)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def exit_status(summary: Summary, fail_on: FailOn) -> int:
    """2: not all that was asked for could be done; 1: something of the severity or above was found; 0: nothing."""
    if summary.faults:
        return 2
    counted = {
        "error": summary.errors,
        "warning": summary.errors + summary.warnings,
        "info": summary.findings,
        "never": 0,
    }
    return 1 if counted[fail_on] else 0
