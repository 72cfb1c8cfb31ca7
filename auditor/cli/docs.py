"""``auditor docs``: write the rule reference, or check that it is fresh."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("docs")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--package", metavar="NAME", help="Only the rules of this Python package.")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 when a page is missing or not fresh.")
@click.pass_context
def command(ctx: click.Context, folder: Path, package: str | None, check: bool) -> None:
    """Write one page a rule, and an index, into FOLDER, from the rules themselves."""
    from auditor.plugins import load_rules
    from auditor.reporting.rule_page import index_page, rule_page

    book = load_rules()
    rules = [rule for rule in book.rules if package is None or f"{rule.check.__module__}.".startswith(f"{package}.")]
    if not rules:
        raise click.UsageError(f"no rule comes from a package {package!r}." if package else "no rules are installed.")
    pages = {folder / f"{rule.name}.md": rule_page(rule) for rule in rules}
    pages[folder / "README.md"] = index_page(rules)
    stale = [path for path in sorted(folder.glob("*/*.md")) if path not in pages and _is_page(path)]
    changed = [path for path, text in pages.items() if _content(path) != text]
    for path in (*changed, *stale):
        click.echo(f"{'not fresh' if check else 'removed' if path in stale else 'written'}: {path}")
    if check:
        if changed or stale:
            only = f" --package {package}" if package else ""
            click.echo(f"Run 'auditor docs {folder}{only}' and look at what it changes.", err=True)
        ctx.exit(1 if changed or stale else 0)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8", newline="\n")
    for path in stale:
        path.unlink()


def _content(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _is_page(path: Path) -> bool:
    """Whether a file is a rule's page, perhaps of one that is gone; other files are left alone."""
    return (_content(path) or "").startswith(f"# {path.parent.name}/{path.stem}\n")
