"""``auditor explain``: what a rule is for, how it decides, and when it stays silent."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE: why it matters, how it decides, when it stays silent, with examples."""
    from auditor.plugins import load_rules
    from auditor.reporting.rule_page import rule_page

    book = load_rules()
    found = book.get(rule)
    if found is None:
        import difflib

        names = [known.name for known in book.rules]
        short = {name.partition("/")[2]: name for name in names}
        near = difflib.get_close_matches(rule, names, n=1, cutoff=0.5)
        near = near or [short[name] for name in difflib.get_close_matches(rule, list(short), n=1)]
        meant = f"Did you mean {near[0]!r}? " if near else ""
        raise click.UsageError(f"there is no rule named {rule!r}. {meant}'auditor rules' lists them all.")
    click.echo(rule_page(found, markdown=False), nl=False)
