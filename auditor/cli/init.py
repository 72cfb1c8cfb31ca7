"""``auditor init``: write a settings file to begin with."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--force", is_flag=True, help="Replace a settings file that is there.")
def command(folder: Path, force: bool) -> None:
    """Write auditor.toml into FOLDER: every key with its meaning, commented out. It asks nothing."""
    from auditor.plugins import load_rules
    from auditor.project import SETTINGS_FILE
    from auditor.settings_schema import beginning
    from auditor.whole_file import write_whole

    path = folder / SETTINGS_FILE
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already; --force replaces it.")
    try:
        write_whole(path, beginning(load_rules()).encode())
    except OSError as error:
        raise click.ClickException(f"{path} can't be written ({error.strerror or error}).") from error
    click.echo(f"{path} is written. Next: auditor check {folder}", err=True)
