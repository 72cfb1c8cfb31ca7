"""``auditor compare``: hold texts against each other and report what differs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

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
    from auditor.document import Document, Guidance, Profile
    from auditor.report import Fault, Report
    from auditor.reporting import Writer
    from auditor.reporting.formats import Occasion
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
@click.option(
    "--encoder/--no-encoder",
    "encode",
    default=True,
    help=(
        "Whether a multilingual encoder decides which paragraph of a version is which where nothing else does "
        "(the extra auditor[align])."
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
    encode: bool,
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
    quiet: bool,
    traceback: bool,
) -> None:
    """Hold the text in file A against those in B, C and so on, and report what differs.

    Exit status 0: nothing found of the severity of --fail-on or above; 1: something found; 2: not all that
    was asked for could be done.
    """
    from auditor.cli.output import step_summary
    from auditor.cli.rulings import rulings_of
    from auditor.comparison import compare_documents
    from auditor.plugins import load_rules
    from auditor.report import Fault, summarise
    from auditor.reporting.formats import Occasion
    from auditor.reporting.texts import TextsAtHand

    on_output, files = reports_wanted(form, output, reports)
    _check_paths(paths, [wanted.path for wanted in files])
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
    report = compare_documents(documents, chosen, settings, kind, faults, encode=encode)
    rulings = None if no_config or not project.decisions.exists() else rulings_of(project, chosen)
    if rulings is not None:
        pairs = rulings.on_pairs(report.pairs)
        summary = summarise(report.documents, report.errors, pairs)
        report = msgspec.structs.replace(report, pairs=pairs, summary=summary)
    _say(report.errors, traceback)
    rules = tuple(rule for rule, _ in chosen.rules if rule.scope == "pair")
    texts = TextsAtHand(documents, paths)
    occasion = Occasion(report.tool, rules, settings.fail_on, texts, not quiet, step_summary())
    _write(report, on_output, files, occasion)
    ctx.exit(exit_status(report.summary, settings.fail_on))


def _check_paths(paths: tuple[str, ...], outputs: Iterable[Path]) -> None:
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
    for output in outputs:
        if any(_is_same(output, path) for path in paths):
            raise click.UsageError(f"the report {str(output)!r} is one of the texts to compare. Name another file.")


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
    from auditor.cli.output import print_trace, printable_line

    as_printed = printable_line()
    for fault in faults:
        click.echo(f"auditor: {as_printed(fault.message)}", err=True)
        if traceback and fault.detail:
            print_trace(fault.detail)


def _write(report: Report, on_output: Format | None, files: Sequence[ReportWanted], occasion: Occasion) -> None:
    from auditor.cli.output import printable_line, report_files
    from auditor.reporting.formats import Several

    with report_files(files, occasion) as writers:
        _put(report, Several(writers))
    if on_output is None:
        return
    sys.stdout.flush()
    if on_output != "text":
        from auditor.reporting.formats import writer_of

        _put(report, writer_of(on_output, sys.stdout.buffer.write, occasion))
    else:
        from auditor.reporting.text import PLAIN_WIDTH, Line, TextWriter

        width, underline = PLAIN_WIDTH, False
        as_printed = printable_line()
        show: Callable[[Line], object]
        if sys.stdout.isatty():
            from auditor.reporting.terminal import terminal

            show, width = terminal(sys.stdout)
            underline = True
        else:

            def show(line: Line) -> None:
                sys.stdout.buffer.write(as_printed(line.plain).encode("utf-8", "backslashreplace") + b"\n")

        _put(report, TextWriter(show, line_width=width, underline=underline, summarise=occasion.summarise))
    sys.stdout.flush()


def _put(report: Report, writer: Writer) -> None:
    for document in report.documents:
        writer.document(document)
    writer.end(report.errors, report.summary, report.pairs)
