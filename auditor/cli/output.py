"""Where a report goes: standard output, or a file that is replaced only when the report is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click


@contextmanager
def report_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file ``path`` when the block ends well; else nothing changes.

    What is no ordinary file (a pipe, ``/dev/stdout``) is written to directly. Raises click.ClickException, in
    an editor's words, when it can't be written.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                yield stream
            return
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with temporary.open("xb") as stream:
                yield stream
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.ClickException(
            f"the report can't be written to {str(path)!r} ({reason}). Name another file with --output."
        ) from error
