"""Figures in columns, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a title: the first column to the left, the others to the right."""
    cells = [tuple(header), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    click.echo(f"\n{title}")
    for row in cells:
        aligned = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        click.echo("  " + "  ".join(aligned).rstrip())


def percent(part: float, whole: float) -> str:
    """A share as a percentage; a dash where there is nothing to take a share of."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
