"""``auditor check``: audit texts and report what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import Format, Given, exit_status, project_from, report_and_rule_options, settings_of

if TYPE_CHECKING:
    from auditor.document import Profile
    from auditor.engine import Audited
    from auditor.project import Project
    from auditor.report import Fault, Tool
    from auditor.reporting import Writer
    from auditor.runs import Origin, Tally
    from auditor.settings import Chosen, FailOn


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@report_and_rule_options
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Below a folder, read files that match this, not those whose suffix says Markdown or plain text.",
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files below a folder that match this.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Work on so many documents at a time.",
)
@click.option("--cache/--no-cache", default=True, help="Keep reports, and take those of texts that have not changed.")
@click.option(
    "--changed-since",
    metavar="REV",
    help="Of the texts in a git working tree only those that differ from this revision.",
)
@click.option("--statistics", is_flag=True, help="Say how often each rule reports, and where the time went.")
@click.option("--quiet", is_flag=True, help="Findings and errors only: no summary, no progress.")
@click.option("--traceback", is_flag=True, help="Show the program's own trace of what failed.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: Format,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    preview: bool | None,
    min_confidence: float | None,
    profile: Profile | None,
    fail_on: FailOn | None,
    config: Path | None,
    no_config: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    jobs: int,
    cache: bool,
    changed_since: str | None,
    statistics: bool,
    quiet: bool,
    traceback: bool,
) -> None:
    """Audit the texts at each PATH: files, folders with all that is below them, or - for standard input.

    Exit status 0: nothing found of the severity of --fail-on or above; 1: something found; 2: not all that
    was asked for could be done (the rest is reported all the same).
    """
    from msgspec.structs import replace

    from auditor.cli.progress import Progress
    from auditor.engine import make_report
    from auditor.plugins import load_rules
    from auditor.report import Fault
    from auditor.runs import Tally, audit_each

    given = Given(select, ignore, preview, min_confidence, profile, fail_on, include, exclude, config, no_config)
    project = project_from(given, paths)
    book = load_rules()
    settings, chosen = settings_of(project, book)
    if not chosen.rules:
        raise click.UsageError(_no_rules(chosen, len(book.rules)))
    origins, faults = _origins(paths, project)
    if changed_since is not None:
        origins = _changed(origins, changed_since)
    ruling = None if no_config else _ruling(project, chosen)
    cache_at = _cache_at(say_once=not quiet) if cache and not statistics else None
    if output is not None:
        _refuse_to_overwrite(output, origins)
    faults = [*(Fault(fault.message) for fault in book.faults), *faults]
    progress = Progress(len(origins), wanted=not quiet)
    tally = Tally()
    ran: set[str] = set()

    def say(new: Iterable[Fault]) -> tuple[Fault, ...]:
        """Tell the faults at once; what is kept for the report has no trace unless one was asked for."""
        kept = []
        for fault in new:
            progress.clear()
            click.echo(f"auditor: {fault.message}", err=True)
            if traceback and fault.detail:
                click.echo(fault.detail, err=True)
            kept.append(fault if traceback else replace(fault, detail=None))
        return tuple(kept)

    tally.faults.extend(say(faults))
    with _writer(form, output, make_report((), (), chosen, settings).tool, progress.clear, not quiet) as writer:
        for audited in progress.over(
            audit_each(origins, settings, jobs=jobs, chosen=chosen, project=project, cache_at=cache_at)
        ):
            ruled = audited if ruling is None else ruling(audited)
            tally.add(replace(ruled, faults=say(ruled.faults)))
            if ruled.document is not None:
                ran.update(ruled.document.rules.run)
                writer.document(ruled.document)
        progress.clear()
        writer.end(tally.faults, tally.summary)
    if statistics:
        _show_statistics(tally, to_errors=form == "json" or output is not None)
    if output is not None and not quiet:
        from auditor.reporting.text import summary_line

        said, _ = summary_line(tally.summary, len(ran))
        click.echo(f"{said} The report is in {output}.", err=True)
    ctx.exit(exit_status(tally.summary, settings.fail_on))


def _no_rules(chosen: Chosen, installed: int) -> str:
    """Why there is nothing to run."""
    if not installed:
        return "no rules are installed. Install auditor from its own files, or a package of rules."
    if chosen.left_out:
        names = ", ".join(name for name, _ in chosen.left_out[:3])
        return f"no rule is left to run: those selected are of the preview set ({names}). Add --preview."
    return "no rule is left to run. Change --select or --ignore; 'auditor rules' lists the rules."


def _cache_at(*, say_once: bool) -> Path | None:
    """The file of the cache, brought back to its size; None, with a word why, where it can't be used."""
    from auditor.cache import Cache, cache_file

    path = cache_file()
    kept = Cache(path)
    kept.bound()
    kept.close()
    if kept.trouble is None:
        return path
    if say_once:
        click.echo(f"auditor: the cache {path} can't be used ({kept.trouble}), so nothing is taken from it.", err=True)
    return None


def _ruling(project: Project, chosen: Chosen) -> Callable[[Audited], Audited] | None:
    """What brings the project's decisions to a text's report; None where there are none. Raises click.UsageError for
    a file of decisions that can't be used."""
    from auditor.decisions.decision import DecisionsError, read_decisions
    from auditor.decisions.matching import arranged

    try:
        found = read_decisions(project.decisions)
    except DecisionsError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        return None
    from collections import Counter

    from msgspec.structs import replace

    from auditor.decisions.judging import with_decisions
    from auditor.decisions.today import today

    decisions = arranged(found, lambda path: (project.folder / path).exists())
    moved: Counter[tuple[str, str]] = Counter()
    day = today()

    def rule(audited: Audited) -> Audited:
        if audited.document is None:
            return audited
        path = project.name_of(audited.document.path)
        return replace(audited, document=with_decisions(audited.document, decisions, path, chosen, day, moved))

    return rule


def _changed(origins: list[Origin], revision: str) -> list[Origin]:
    from auditor.cli.changed import ChangedError, changed_since
    from auditor.reading.discover import Found

    try:
        return [*changed_since([origin for origin in origins if isinstance(origin, Found)], revision)]
    except ChangedError as error:
        raise click.UsageError(str(error)) from error


def _origins(paths: tuple[str, ...], project: Project) -> tuple[list[Origin], list[Fault]]:
    """The texts that the paths stand for, in order, and what could not be found."""
    from auditor.reading import source_from_standard_input
    from auditor.reading.discover import STANDARD_INPUT, Found, discover
    from auditor.report import Fault

    origins: list[Origin] = []
    faults: list[Fault] = []
    for item in discover(paths, globs=project.includes, excludes=project.excludes):
        if not isinstance(item, Found):
            faults.append(Fault(f"{item.name}: {item.what}. {item.remedy}", item.name))
        elif item.path == STANDARD_INPUT:
            origins.append(source_from_standard_input())  # only this process has it
        else:
            origins.append(item)
    return origins, faults


def _refuse_to_overwrite(output: Path, origins: Sequence[Origin]) -> None:
    """A report must not take the place of a text that it is about."""
    from auditor.reading.discover import Found

    for origin in origins:
        try:
            same = isinstance(origin, Found) and output.exists() and output.samefile(origin.path)
        except OSError:
            same = False
        if same:
            raise click.UsageError(f"--output {str(output)!r} is one of the texts to audit. Name another file.")


@contextmanager
def _writer(
    form: Format, output: Path | None, tool: Tool, before: Callable[[], None], summarise: bool
) -> Iterator[Writer]:
    """A writer of the report, as asked for; ``before`` is called before each line it shows."""
    if output is not None:
        from auditor.cli.output import report_file

        with report_file(output) as stream:
            if form == "json":
                yield _json_writer(stream.write, tool)
            else:
                yield _plain_writer(lambda text: stream.write(text.encode("utf-8")), summarise)
        return
    if form == "json":
        yield _json_writer(sys.stdout.buffer.write, tool)
    elif sys.stdout.isatty():
        from auditor.reporting.terminal import terminal
        from auditor.reporting.text import Line, TextWriter

        show, width = terminal(sys.stdout)

        def show_clear(line: Line) -> None:
            before()
            show(line)

        yield TextWriter(show_clear, line_width=width, underline=True, summarise=summarise)
    else:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # not every stream can hold every script
        yield _plain_writer(sys.stdout.write, summarise)
    sys.stdout.flush()


def _json_writer(write: Callable[[bytes], object], tool: Tool) -> Writer:
    from auditor.reporting.json import JsonWriter

    return JsonWriter(write, tool)


def _plain_writer(write: Callable[[str], object], summarise: bool) -> Writer:
    from auditor.reporting.text import PLAIN_WIDTH, TextWriter

    return TextWriter(
        lambda line: write(line.plain + "\n"), line_width=PLAIN_WIDTH, underline=False, summarise=summarise
    )


def _show_statistics(tally: Tally, *, to_errors: bool) -> None:
    from auditor.reporting.statistics import statistics_lines

    click.echo("", err=to_errors)
    for line in statistics_lines(tally.summary, tally.rule_seconds, tally.fact_seconds):
        click.echo(line, err=to_errors)
