"""``auditor config``: which settings hold, and where each was said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from auditor.cli.options import Given, project_from, settings_of


@click.command("config")
@click.argument("path", default=".", metavar="[PATH]")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The settings file.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(path: str, config: Path | None, as_json: bool) -> None:
    """Say which settings hold for the text at PATH (or this folder), and where each of them was said."""
    from auditor.plugins import load_rules
    from auditor.settings import SettingsError, choose

    project = project_from(Given(config=config), (path,))
    book = load_rules()
    settings_of(project, book)
    try:
        chosen = choose(book, project.settings_for(path))
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    said: dict[str, tuple[Any, str]] = project.origins_for(path)
    rules = project.rules_for(path)
    if as_json:
        told = {
            "folder": str(project.folder),
            "settings": str(project.file.path) if project.file else None,
            "decisions": str(project.decisions) if project.decisions.exists() else None,
            "values": {key: {"value": value, "from": where} for key, (value, where) in said.items()},
            "rules": rules,
            "run": [rule.name for rule, _ in chosen.rules],
        }
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.echo(f"Settings:  {project.file.path if project.file else 'none found; the usual ones hold'}")
    there = "" if project.decisions.exists() else " (not there yet)"
    click.echo(f"Decisions: {project.decisions}{there}")
    for key, (value, where) in said.items():
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        click.echo(f"{key} = {shown}   (from {where})")
    for name, values in rules.items():
        click.echo(f"{name}: " + ", ".join(f"{key} = {value}" for key, value in values.items()))
    click.echo(f"{len(chosen.rules)} rules run: 'auditor config --json' names them.")
