"""``python -m benchmarks DATA_FOLDER [PART …]``: print the figures."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks import headings, noise, silence, speed
from benchmarks.corpora import CORPORA, CorpusError

#: Parts in modules of their own, each with a function ``report(data: Path) -> None``.
_PLAIN_PARTS = (
    "breaks",
    "furniture",
    "references",
    "structure",
    "character_slips",
    "characters",
    "encoding",
    "parallel",
    "versions",
    "fingerprints",
    "daily",
    "consistency",
    "grammar",
)
_PARTS = (*headings.KINDS, "silence", "noise", *_PLAIN_PARTS, "speed")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("parts", nargs=-1, type=click.Choice(_PARTS), metavar="[PART]...")
@click.option("--corpus", "corpora", multiple=True, type=click.Choice(tuple(CORPORA)), help="Only this corpus.")
@click.option("--limit", type=click.IntRange(1), help="Documents per corpus, from the first.")
@click.option("--rounds", type=click.IntRange(1), help="Times that each document is damaged.")
@click.option("--show", type=click.IntRange(0), default=0, help="Failing cases to print per row.")
@click.option("--list", "list_all", is_flag=True, help="Print every finding of 'noise' and 'silence'.")
@click.option("--megabytes", type=click.FloatRange(0.1), default=50.0, show_default=True, help="Size for 'speed'.")
def main(
    data: Path,
    parts: tuple[str, ...],
    corpora: tuple[str, ...],
    limit: int | None,
    rounds: int | None,
    show: int,
    list_all: bool,
    megabytes: float,
) -> None:
    """Measure auditor on the texts in the folder DATA.

    Parts: headings, articles, numbers (damage done on purpose), silence, noise, furniture, references, speed.
    Without any, all of them.
    """
    plan = headings.Plan(limit=limit, rounds=rounds, show=show, corpora=corpora)
    run: dict[str, Callable[[], None]] = {
        "silence": lambda: silence.report(data, limit=limit, corpora=corpora, list_all=list_all),
        "noise": lambda: noise.report(data, limit=limit, corpora=corpora, list_all=list_all),
        "speed": lambda: speed.report(data, megabytes=megabytes),
    }
    try:
        for part in parts or _PARTS:
            if part in headings.KINDS:
                headings.report(data, part, plan)
            elif part in run:
                run[part]()
            elif importlib.util.find_spec(f"benchmarks.{part}") is not None:
                importlib.import_module(f"benchmarks.{part}").report(data)
            elif parts:
                raise click.ClickException(f"the part {part!r} has not been written")
    except CorpusError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
