"""``auditor schema``: print the JSON Schema of reports, or of settings."""

from __future__ import annotations

import click


@click.command("schema")
@click.argument("what", type=click.Choice(["report", "settings"]), default="report")
def command(what: str) -> None:
    """Print the JSON Schema (2020-12) that every JSON report follows, or that of auditor.toml."""
    if what == "report":
        from auditor.reporting.json import schema_text

        click.echo(schema_text(), nl=False)
        return
    import json

    from auditor.plugins import load_rules
    from auditor.settings_schema import settings_schema

    click.echo(json.dumps(settings_schema(load_rules()), indent=2, ensure_ascii=False))
