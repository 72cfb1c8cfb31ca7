"""``auditor schema``: print the JSON Schema of reports."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (2020-12) that every JSON report follows."""
    from auditor.reporting.json import schema_text

    click.echo(schema_text(), nl=False)
