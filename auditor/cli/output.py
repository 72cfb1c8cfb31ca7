"""Where reports go: standard output, or files that are replaced only when the reports are whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from auditor.whole_file import whole_file

if TYPE_CHECKING:
    from auditor.cli.options import ReportWanted
    from auditor.reporting import Writer
    from auditor.reporting.formats import Occasion


@contextmanager
def report_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file ``path`` when the block ends well; else nothing changes.

    What is no ordinary file (a pipe, ``/dev/stdout``) is written to directly. Raises click.ClickException, in
    an editor's words, when it can't be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        with whole_file(path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(
            f"the report can't be written to {str(path)!r} ({reason}). Name another file."
        ) from error


@contextmanager
def report_files(wanted: Sequence[ReportWanted], occasion: Occasion) -> Iterator[list[Writer]]:
    """A writer for each report that goes to a file; the files are replaced when the block ends well."""
    from auditor.reporting.formats import writer_of

    with ExitStack() as stack:
        yield [writer_of(each.form, stack.enter_context(report_file(each.path)).write, occasion) for each in wanted]


def step_summary() -> Callable[[str], object] | None:
    """What adds to the summary of a job of GitHub Actions; None outside of one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return None

    def add(text: str) -> None:
        try:
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"the summary of the job can't be written to {path!r} ({reason}). Check GITHUB_STEP_SUMMARY."
            raise click.ClickException(message) from error

    return add


def printable_line() -> Callable[[str], str]:
    """What makes a line fit to be printed: it holds no control characters, and a runner of GitHub Actions, which takes
    some lines for commands, finds none in it."""
    from auditor.reporting.visible import visible

    if os.environ.get("GITHUB_ACTIONS") != "true":
        return visible
    from auditor.reporting.github import without_commands

    return lambda line: without_commands(visible(line))


def print_trace(trace: str) -> None:
    """Show a trace on the error stream; it may quote the text that was worked on."""
    as_printed = printable_line()
    for line in trace.splitlines():
        click.echo(as_printed(line), err=True)
