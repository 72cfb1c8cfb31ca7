"""``auditor rules``: list the rules that are installed."""

from __future__ import annotations

from typing import Any

import click


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the rules that are installed, with their severity and what they find."""
    from auditor.plugins import load_rules

    book = load_rules()
    if as_json:
        import json

        click.echo(json.dumps([_row(rule) for rule in book.rules], indent=2, ensure_ascii=False))
    else:
        family = ""
        wide = max((len(rule.name) for rule in book.rules), default=0)
        for rule in book.rules:
            if rule.family != family:
                click.echo(("\n" if family else "") + rule.family)
                family = rule.family
            severity = rule.severity + (" (preview)" if rule.preview else "")
            click.echo(f"  {rule.name:{wide}}  {severity:17}  {rule.summary}")
        if not book.rules:
            click.echo("No rules are installed. Install auditor from its own files, or a package of rules.", err=True)
    for fault in book.faults:
        click.echo(f"auditor: {fault.message}", err=True)
    ctx.exit(2 if book.faults or not book.rules else 0)


def _row(rule: Any) -> dict[str, Any]:
    return {
        "name": rule.name,
        "severity": rule.severity,
        "preview": rule.preview,
        "languages": sorted(rule.languages),
        "needs": sorted(rule.needs),
        "summary": rule.summary,
        "options": [{"name": o.name, "default": o.default, "meaning": o.meaning} for o in rule.options],
        "version": rule.version,
    }
