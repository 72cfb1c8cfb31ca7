"""What the commands that run rules have in common: their options, and the exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args

import click
import msgspec

if TYPE_CHECKING:
    from auditor.document import Profile
    from auditor.plugins import RuleBook
    from auditor.project import Project
    from auditor.report import Summary
    from auditor.settings import Chosen, FailOn, Settings

Format = Literal["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html"]
STANDARD_OUTPUT = Path("-")
F = TypeVar("F", bound=Callable[..., Any])


class ReportWanted(msgspec.Struct, frozen=True):
    """A further report: its format, and where it goes."""

    form: Format
    path: Path


def _read_reports(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[ReportWanted, ...]:
    """``FORMAT=PATH``, each."""
    known = get_args(Format)
    wanted = []
    for text in given:
        form, _, path = text.partition("=")
        if form not in known:
            raise click.BadParameter(f"{form!r} is no format. The formats are {', '.join(known)}.", ctx, param)
        if not path:
            raise click.BadParameter(f"{text!r} does not say where the report goes: {form}=PATH.", ctx, param)
        wanted.append(ReportWanted(cast("Format", form), Path(path)))
    return tuple(wanted)


def reports_wanted(
    form: Format, output: Path | None, reports: tuple[ReportWanted, ...]
) -> tuple[Format | None, tuple[ReportWanted, ...]]:
    """The format of what goes to standard output (None: nothing does), and the reports that go to files.

    ``--report FORMAT=-`` takes the place of the text on standard output. Raises click.UsageError where two reports
    would go to one place.
    """
    on_output = [wanted.form for wanted in reports if wanted.path == STANDARD_OUTPUT]
    files = [wanted for wanted in reports if wanted.path != STANDARD_OUTPUT]
    if output is not None:
        files.insert(0, ReportWanted(form, output))
    elif not on_output or form != "text":
        on_output.append(form)
    if len(on_output) > 1:
        raise click.UsageError("two reports can't both go to standard output. Give one of them a file.")
    for number, wanted in enumerate(files):
        if any(wanted.path.resolve() == other.path.resolve() for other in files[:number]):
            raise click.UsageError(f"two reports can't both go to {str(wanted.path)!r}. Name another file.")
    return (on_output[0] if on_output else None), tuple(files)


_REPORT = (
    click.option(
        "--format",
        "form",
        type=click.Choice(get_args(Format)),
        default="text",
        show_default=True,
        help="Text for people, HTML for editors, JSON for programs ('auditor schema' describes it), the rest for CI.",
    ),
    click.option(
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the report to this file, which is replaced only when the report is whole.",
    ),
    click.option(
        "--report",
        "reports",
        multiple=True,
        callback=_read_reports,
        metavar="FORMAT=PATH",
        help="Write the report in this format to this file as well (may be repeated; - is standard output).",
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
    click.option("--preview/--no-preview", default=None, help="Run the rules of the preview set too."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        help="Leave out findings that are less sure than this.  [default: 0.5]",
    ),
    click.option(
        "--profile",
        type=click.Choice(["default", "deep"]),
        help="'deep' is for texts known to be raw OCR: it reports what is probably wrong too.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        help="The least severity of a finding that makes the exit status 1.  [default: warning]",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Take the settings from this file, not from the auditor.toml or pyproject.toml nearest to the texts.",
    ),
    click.option("--no-config", is_flag=True, help="Use no settings file and no decisions."),
)


def report_and_rule_options(command: F) -> F:
    """Add ``--format``, ``--output`` and the options that say which rules run and what counts."""
    for option in reversed((*_REPORT, *_RULES)):
        command = option(command)
    return command


def words(given: tuple[str, ...]) -> tuple[str, ...]:
    """The words of options that may be repeated and may hold several words with commas between them."""
    return tuple(word.strip() for text in given for word in text.split(",") if word.strip())


class Given(msgspec.Struct, frozen=True):
    """What was said on the command line of the settings; None and empty where nothing was."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool | None = None
    min_confidence: float | None = None
    profile: Profile | None = None
    fail_on: FailOn | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    config: Path | None = None
    no_config: bool = False

    def by_key(self) -> dict[str, Any]:
        """What was said, by the keys of the settings file."""
        said = {
            "select": words(self.select),
            "ignore": words(self.ignore),
            "preview": self.preview,
            "min-confidence": self.min_confidence,
            "profile": self.profile,
            "fail-on": self.fail_on,
            "include": self.include,
            "exclude": self.exclude,
        }
        return {key: value for key, value in said.items() if value is not None and value != ()}


def project_from(given: Given, paths: tuple[str, ...]) -> Project:
    """The project of the texts at ``paths``, with what was said on the command line; raises click.UsageError for
    settings that can't be used."""
    from auditor.project import Project, find_project, project_with
    from auditor.settings import SettingsError

    if given.config is not None and given.no_config:
        raise click.UsageError("--config names settings, and --no-config asks for none. Give one of them.")
    try:
        if given.no_config:
            project = Project(Path.cwd())
        elif given.config is not None:
            project = project_with(given.config)
        else:
            project = find_project(paths)
        return msgspec.structs.replace(project, said=given.by_key())
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def settings_of(project: Project, book: RuleBook) -> tuple[Settings, Chosen]:
    """The settings of a run and the rules that they select; raises click.UsageError where they, or those that a part
    of the project has, name what does not exist."""
    from auditor.settings import SettingsError, choose

    try:
        settings = project.settings_for()
        chosen = choose(book, settings)
        for own in project.every_override():
            choose(book, own)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    return settings, chosen


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
