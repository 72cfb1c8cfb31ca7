"""``auditor validate``: check that files are reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_SHOWN = 20
_REASON_LENGTH = 300  # a reason quotes what is wrong, which may be a whole document


@click.command("validate")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.pass_context
def command(ctx: click.Context, reports: tuple[Path, ...]) -> None:
    """Check that each REPORT follows the JSON Schema of reports.

    Exit status 0: all do; 1: one does not; 2: one could not be read.
    """
    import json

    from auditor.reporting.json import schema_faults
    from auditor.reporting.visible import visible

    unreadable = invalid = False
    for path in reports:
        name = visible(str(path))
        try:
            data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            click.echo(f"auditor: {name}: it can't be read ({reason}). Check the path.", err=True)
            unreadable = True
            continue
        try:
            instance = json.loads(data)
        except (ValueError, RecursionError) as error:
            click.echo(f"{name}: not JSON: {visible(str(error))}")
            invalid = True
            continue
        faults = schema_faults(instance)
        for pointer, reason in faults[:_SHOWN]:
            short = reason if len(reason) <= _REASON_LENGTH else reason[: _REASON_LENGTH - 1] + "…"
            click.echo(f"{name}: at {visible(pointer)}: {visible(short)}")
        if len(faults) > _SHOWN:
            click.echo(f"{name}: and {len(faults) - _SHOWN:,} more departures from the schema")
        if faults:
            invalid = True
        else:
            click.echo(f"{name}: a valid report")
    ctx.exit(2 if unreadable else 1 if invalid else 0)
