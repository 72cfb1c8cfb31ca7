"""``auditor lsp``: serve an editor's window."""

from __future__ import annotations

import click


@click.command("lsp")
def command() -> None:
    """Serve findings to an editor that speaks the Language Server Protocol, over standard input and output."""
    try:
        from auditor.language_server import server
    except ImportError as error:
        raise click.ClickException(
            f"the language server needs a package that is not installed ({error.name}). Install auditor[lsp]."
        ) from error
    server().start_io()
