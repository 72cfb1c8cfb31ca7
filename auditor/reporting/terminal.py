"""Lines in colour, for a terminal. Imported only when there is one: rich takes its time to load."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from auditor.reporting.text import Line

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "good": "bold green",
    "path": "bold underline",
    "rule": "bold",
    "place": "dim",
    "label": "dim",
    "context": "dim",
    "match": "underline red",
    "marks": "red",
}


def terminal(stream: TextIO) -> tuple[Callable[[Line], None], int]:
    """A function that shows a line on a terminal, and the terminal's width in cells."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)

    def show(line: Line) -> None:
        text = Text()
        for stretch, role in line.stretches:
            text.append(stretch, _STYLES.get(role, ""))
        for part in text.wrap(console, max(console.width - line.indent, 20)):
            part.rstrip()
            console.print(Text(" " * line.indent) + part, no_wrap=True, overflow="ignore", crop=False)

    return show, console.width
