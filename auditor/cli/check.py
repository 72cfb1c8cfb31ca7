"""``auditor check``: audit texts and report what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import (
    Format,
    Given,
    ReportWanted,
    exit_status,
    project_from,
    report_and_rule_options,
    reports_wanted,
    settings_of,
)

if TYPE_CHECKING:
    from auditor.document import Profile
    from auditor.project import Project
    from auditor.report import Fault, PairReport
    from auditor.reporting import Writer
    from auditor.reporting.formats import Occasion
    from auditor.runs import Origin, Tally
    from auditor.settings import Chosen, FailOn, Settings


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
    reports: tuple[ReportWanted, ...],
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

    from auditor.cli.output import print_trace, printable_line, report_files, step_summary
    from auditor.cli.progress import Progress
    from auditor.cli.rulings import rulings_of
    from auditor.engine import make_report
    from auditor.plugins import load_rules
    from auditor.report import Fault
    from auditor.reporting.formats import Occasion, Several
    from auditor.reporting.texts import TextsOnDisk
    from auditor.runs import Tally, audit_each

    on_output, files = reports_wanted(form, output, reports)
    given = Given(select, ignore, preview, min_confidence, profile, fail_on, include, exclude, config, no_config)
    project = project_from(given, paths)
    book = load_rules()
    settings, chosen = settings_of(project, book)
    if not chosen.rules:
        raise click.UsageError(_no_rules(chosen, len(book.rules)))
    origins, faults = _origins(paths, project)
    if changed_since is not None:
        origins = _changed(origins, changed_since)
    rulings = None if no_config or not project.decisions.exists() else rulings_of(project, chosen)
    cache_at = _cache_at(say_once=not quiet) if cache and not statistics else None
    for wanted in files:
        _refuse_to_overwrite(wanted.path, origins)
    faults = [*(Fault(fault.message) for fault in book.faults), *faults]
    progress = Progress(len(origins), wanted=not quiet)
    tally = Tally()
    ran: set[str] = set()
    as_printed = printable_line()

    def say(new: Iterable[Fault]) -> tuple[Fault, ...]:
        """Tell the faults at once; what is kept for the report has no trace unless one was asked for."""
        kept = []
        for fault in new:
            progress.clear()
            click.echo(f"auditor: {as_printed(fault.message)}", err=True)
            if traceback and fault.detail:
                print_trace(fault.detail)
            kept.append(fault if traceback else replace(fault, detail=None))
        return tuple(kept)

    tally.faults.extend(say(faults))
    occasion = Occasion(
        make_report((), (), chosen, settings).tool,
        tuple(rule for rule, _ in chosen.rules),
        settings.fail_on,
        TextsOnDisk(origins),
        not quiet,
        step_summary(),
    )
    with ExitStack() as stack:
        writers = stack.enter_context(report_files(files, occasion))
        if on_output is not None:
            writers.append(stack.enter_context(_on_output(on_output, occasion, progress.clear)))
        writer = Several(writers)
        for audited in progress.over(
            audit_each(origins, settings, jobs=jobs, chosen=chosen, project=project, cache_at=cache_at)
        ):
            ruled = audited if rulings is None else rulings.on_text(audited)
            tally.add(replace(ruled, faults=say(ruled.faults)))
            if ruled.document is not None:
                ran.update(ruled.document.rules.run)
                writer.document(ruled.document)
        for pairs, new in _side_by_side(origins, project, chosen, settings):
            tally.add_pairs(pairs if rulings is None else rulings.on_pairs(pairs), say(new))
        progress.clear()
        writer.end(tally.faults, tally.summary, tally.pairs)
    if statistics:
        _show_statistics(tally, to_errors=on_output != "text")
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


def _side_by_side(
    origins: list[Origin], project: Project, chosen: Chosen, settings: Settings
) -> Iterator[tuple[tuple[PairReport, ...], tuple[Fault, ...]]]:
    """The texts that belong together by the settings or by their names, compared."""
    if len(origins) < 2 or not any(rule.scope == "pair" for rule, _ in chosen.rules):
        return
    from auditor.pairing import pairs_among
    from auditor.report import Fault

    groups, unpaired = pairs_among([project.name_of(origin.name) for origin in origins], settings.parallel)
    if unpaired:
        yield (), tuple(Fault(table.message) for table in unpaired)
    if groups:
        from auditor.side_by_side import compare_together

        yield from compare_together(groups, origins, chosen, settings)


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
            raise click.UsageError(f"the report {str(output)!r} is one of the texts to audit. Name another file.")


@contextmanager
def _on_output(form: Format, occasion: Occasion, before: Callable[[], None]) -> Iterator[Writer]:
    """A writer to standard output; ``before`` is called before each line that a terminal shows."""
    from auditor.reporting.formats import writer_of
    from auditor.reporting.text import PLAIN_WIDTH, Line, TextWriter

    if form != "text":
        sys.stdout.flush()
        yield writer_of(form, sys.stdout.buffer.write, occasion)
    elif sys.stdout.isatty():
        from auditor.reporting.terminal import terminal

        show, width = terminal(sys.stdout)

        def show_clear(line: Line) -> None:
            before()
            show(line)

        yield TextWriter(show_clear, line_width=width, underline=True, summarise=occasion.summarise)
    else:
        from auditor.cli.output import printable_line

        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # not every stream can hold every script
        write, as_printed = sys.stdout.write, printable_line()
        yield TextWriter(
            lambda line: write(as_printed(line.plain) + "\n"),
            line_width=PLAIN_WIDTH,
            underline=False,
            summarise=occasion.summarise,
        )
    sys.stdout.flush()


def _show_statistics(tally: Tally, *, to_errors: bool) -> None:
    from auditor.reporting.statistics import statistics_lines

    click.echo("", err=to_errors)
    for line in statistics_lines(tally.summary, tally.rule_seconds, tally.fact_seconds):
        click.echo(line, err=to_errors)
