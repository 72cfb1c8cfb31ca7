"""The command line. Each command lives in a module of its own, which is imported only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from auditor.cache_folder import cache_folder
from auditor.kept_patterns import kept_patterns, patterns_file

# Modules of this package, in the order in which --help lists their commands.
_COMMANDS = (
    "check",
    "compare",
    "fix",
    "decide",
    "init",
    "config",
    "lsp",
    "rules",
    "explain",
    "schema",
    "validate",
    "docs",
)
_INTERRUPTED = 130
_NOBODY_READS = 141


class _Commands(click.Group):
    """The commands, by the names of their modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"auditor.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the output has stopped. What is still in the buffer must not complain at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_NOBODY_READS)
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            meant = f"Did you mean {near[0]!r}?" if near else f"A document is audited with 'auditor check {args[0]}'."
            raise click.UsageError(f"there is no command {args[0]!r}. {meant}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="auditor", message="%(prog)s %(version)s")
def commands() -> None:
    """Finds what OCR, conversion and hurried editing did to a text, before its readers do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry a command line out and return its exit status.

    0: nothing found; 1: something found; 2: not all that was asked for could be done; 130: interrupted; 141:
    whoever read the output stopped reading.
    """
    try:
        with kept_patterns(patterns_file(cache_folder())):
            status = commands.main(arguments, prog_name="auditor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("auditor: interrupted. A file named with --output was left as it was.", err=True)
        return _INTERRUPTED
    return status if isinstance(status, int) else 0
