"""``auditor fix``: show what the remedies of a text's findings would change, and carry them out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import Given, project_from, settings_of, words

if TYPE_CHECKING:
    from auditor.cli.audits import Desk
    from auditor.decisions.decision import Decision
    from auditor.findings import Applicability
    from auditor.fixing import Mended
    from auditor.reading.discover import Found


@click.command("fix")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--unsafe", is_flag=True, help="Carry out remedies too that are very probably right and want a look.")
@click.option("--rule", "rules", multiple=True, metavar="WORDS", help="Only those of these rules or families.")
@click.option("--write", is_flag=True, help="Change the files. Without it the differences are shown and nothing is.")
@click.option("--diff", is_flag=True, help="Show the differences, with --write too.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The settings file.")
@click.option("--no-config", is_flag=True, help="Use no settings file and no decisions.")
@click.option("--quiet", is_flag=True, help="Differences and errors only.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    unsafe: bool,
    rules: tuple[str, ...],
    write: bool,
    diff: bool,
    config: Path | None,
    no_config: bool,
    quiet: bool,
) -> None:
    """Mend what has a sure remedy in the texts at each PATH: show it as a difference, or --write it.

    A remedy is safe (it does not change what the text says) or unsafe (very probably right, to be looked at).
    Findings that were decided are left as they are. Encoding, line ends and permissions stay.

    Exit status 0: there was nothing to change, or it was written; 1: there is something to change; 2: not all that
    was asked for could be done.
    """
    from auditor.cli.audits import Desk
    from auditor.plugins import load_rules

    project = project_from(Given(config=config, no_config=no_config), paths)
    book = load_rules()
    settings_of(project, book)
    named = words(rules)
    known = {name for rule in book.rules for name in (rule.name, rule.family)}
    for name in named:
        if name not in known:
            raise click.UsageError(f"there is no rule or family named {name!r}; 'auditor rules' lists them all.")
    desk = Desk(project, book)
    decisions = () if no_config else desk.decisions()
    applicabilities: tuple[Applicability, ...] = ("safe", "unsafe") if unsafe else ("safe",)
    texts = changes = 0
    for found in desk.found(paths):
        number = _mend(desk, found, decisions, applicabilities, named, show=diff or not write, write=write)
        texts += number > 0
        changes += number
    if not quiet:
        click.echo(_said(texts, changes, write=write, unsafe=unsafe), err=True)
    ctx.exit(2 if desk.faults else 1 if changes and not write else 0)


def _said(texts: int, changes: int, *, write: bool, unsafe: bool) -> str:
    if not changes:
        more = "" if unsafe else " Remedies that want a look are left out; --unsafe takes them in."
        return f"Nothing to mend.{more}"
    findings = "1 finding" if changes == 1 else f"{changes:,} findings"
    where = "1 text" if texts == 1 else f"{texts:,} texts"
    return f"{findings} mended in {where}." if write else f"{findings} can be mended in {where}: --write changes them."


def _mend(
    desk: Desk,
    found: Found,
    decisions: tuple[Decision, ...],
    applicabilities: tuple[Applicability, ...],
    rules: tuple[str, ...],
    *,
    show: bool,
    write: bool,
) -> int:
    """Mend one text; returns how many of its findings."""
    from auditor.fixing import mend
    from auditor.reading.decode import encode_as
    from auditor.report import Fault
    from auditor.whole_file import write_whole

    document = desk.document(found)
    if document is None:
        return 0
    mended: Mended = mend(
        document.text, lambda text: desk.again(document, text, found.path, decisions), applicabilities, rules
    )
    if mended.unsettled:
        desk.say(Fault(f"{found.name}: the remedies undo each other, so the text is left as it is.", found.name))
        return 0
    if mended.text == document.text:
        return 0
    try:
        data = encode_as(document, mended.text)
    except ValueError as error:  # UnicodeEncodeError is one
        what = f"the mended text can't be written as {document.encoding} ({error}). Save the file as UTF-8 first."
        desk.say(Fault(f"{found.name}: {what}", found.name))
        return 0
    if show:
        for line in _difference(document.text, mended.text, document.name):
            click.echo(line, nl=False)
    if write:
        try:
            write_whole(Path(found.path), data)
        except OSError as error:
            reason = error.strerror or str(error)
            desk.say(Fault(f"{found.name}: it can't be written ({reason}); it is as it was.", found.name))
            return 0
    return len(mended.findings)


def _difference(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of a unified difference; on a terminal what could steer it is made visible."""
    from difflib import unified_diff

    from auditor.reporting.visible import visible

    shown = visible if sys.stdout.isatty() else str
    path = name.lstrip("/")
    for line in unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}"):
        body = line.rstrip("\r\n")
        yield shown(body) + "\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines of a text as diff and patch count them: they end with a line feed and nothing else."""
    lines = text.split("\n")
    return [*(line + "\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
