"""``auditor compare``: hold texts against each other and report what differs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from auditor.cli.options import Format, Given, exit_status, project_from, report_and_rule_options, settings_of

if TYPE_CHECKING:
    from auditor.document import Document, Guidance, Profile
    from auditor.report import Fault, Report
    from auditor.settings import FailOn

Kind = Literal["twins", "versions", "scans"]


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="A B [C...]")
@click.option(
    "--kind",
    type=click.Choice(["twins", "versions", "scans"]),
    help=(
        "What the texts are to each other: twins (one template, other names), versions (two languages) or scans "
        "(one text twice). Recognised when it is not said."
    ),
)
@report_and_rule_options
@click.option("--quiet", is_flag=True, help="Findings and errors only: no summary.")
@click.option("--traceback", is_flag=True, help="Show the program's own trace of what failed.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    kind: Kind | None,
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
    quiet: bool,
    traceback: bool,
) -> None:
    """Hold the text in file A against those in B, C and so on, and report what differs.

    Exit status 0: nothing found of the severity of --fail-on or above; 1: something found; 2: not all that
    was asked for could be done.
    """
    from auditor.comparison import compare_documents
    from auditor.plugins import load_rules
    from auditor.report import Fault

    _check_paths(paths, output)
    given = Given(select, ignore, preview, min_confidence, profile, fail_on, config=config, no_config=no_config)
    project = project_from(given, paths)
    book = load_rules()
    settings, chosen = settings_of(project, book)
    if not any(rule.scope == "pair" for rule, _ in chosen.rules):
        raise click.UsageError("none of the chosen rules compares texts. Those of the family 'parallel' do.")
    documents, faults = _documents(paths, settings.guidance)
    faults = [*(Fault(fault.message) for fault in book.faults), *faults]
    if len(documents) < 2:
        _say(faults, traceback)
        click.echo("auditor: there are not two texts to compare, so nothing was compared.", err=True)
        ctx.exit(2)
    report = compare_documents(documents, chosen, settings, kind, faults)
    _say(report.errors, traceback)
    _write(report, form, output, summarise=not quiet)
    ctx.exit(exit_status(report.summary, settings.fail_on))


def _check_paths(paths: tuple[str, ...], output: Path | None) -> None:
    """Each text is named once, and none is overwritten."""
    if len(paths) < 2:
        raise click.UsageError("a comparison takes two texts or more. Name another file.")
    known: dict[object, str] = {}
    for path in paths:
        identity: object = path
        try:
            status = Path(path).stat()
            identity = (status.st_dev, status.st_ino)
        except OSError:
            pass  # said when it is read
        if identity in known:
            raise click.UsageError(f"{path!r} is the same file as {known[identity]!r}. Name each text once.")
        known[identity] = path
    if output is not None and any(_is_same(output, path) for path in paths):
        raise click.UsageError(f"--output {str(output)!r} is one of the texts to compare. Name another file.")


def _is_same(output: Path, path: str) -> bool:
    try:
        return output.exists() and output.samefile(path)
    except OSError:
        return False


def _documents(paths: tuple[str, ...], guidance: Guidance) -> tuple[list[Document], list[Fault]]:
    """The texts that can be read and hold something, and a fault for each other one."""
    from auditor.alignment.units import all_units
    from auditor.reading import Unreadable, read, source_from_path
    from auditor.report import Fault

    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            document = read(source_from_path(path), guidance)
        except Unreadable as error:
            faults.append(Fault(str(error), path))
            continue
        if all_units(document):
            documents.append(document)
        else:
            message = (
                f"{document.name}: it holds no text, so there is nothing to compare. Check that it is the right file "
                "and that its conversion did not fail."
            )
            faults.append(Fault(message, document.name))
    return documents, faults


def _say(faults: Iterable[Fault], traceback: bool) -> None:
    for fault in faults:
        click.echo(f"auditor: {fault.message}", err=True)
        if traceback and fault.detail:
            click.echo(fault.detail, err=True)


def _write(report: Report, form: Format, output: Path | None, *, summarise: bool) -> None:
    if output is not None:
        from auditor.cli.output import report_file

        with report_file(output) as stream:
            stream.write(_encoded(report, form, summarise=summarise))
    elif form == "text" and sys.stdout.isatty():
        from auditor.reporting.pairs import comparison_lines
        from auditor.reporting.terminal import terminal

        show, width = terminal(sys.stdout)
        for line in comparison_lines(report, width, underline=True, summarise=summarise):
            show(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(report, form, summarise=summarise))
        sys.stdout.flush()


def _encoded(report: Report, form: Format, *, summarise: bool) -> bytes:
    if form == "json":
        from auditor.reporting.json import encode

        return encode(report)
    from auditor.reporting.pairs import comparison_lines
    from auditor.reporting.text import PLAIN_WIDTH

    lines = comparison_lines(report, PLAIN_WIDTH, underline=False, summarise=summarise)
    return "".join(line.plain + "\n" for line in lines).encode("utf-8", "backslashreplace")
