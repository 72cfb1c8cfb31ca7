"""Which texts differ from a revision, asked of git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence

from auditor.reading.discover import Found


class ChangedError(ValueError):
    """git can't say what has changed; the message says why and what to do."""


def changed_since(found: Sequence[Found], revision: str) -> list[Found]:
    """Those of the texts that are new or differ from ``revision``, in their order. Raises ChangedError."""
    folders = {os.path.dirname(os.path.realpath(one.path)) for one in found}  # noqa: PTH120
    changed: set[bytes] = set()
    asked: set[bytes] = set()
    for folder in sorted(folders):
        top = _git(folder, ["rev-parse", "--show-toplevel"]).rstrip(b"\n")
        if top in asked:
            continue
        asked.add(top)
        names = _lines(_git(folder, ["diff", "--name-only", "-z", "--no-ext-diff", "--end-of-options", revision]))
        new = _lines(_git(os.fsdecode(top), ["ls-files", "--others", "--exclude-standard", "-z"]))
        changed |= {os.path.join(top, name) for name in (*names, *new)}  # noqa: PTH118
    return [one for one in found if os.fsencode(os.path.realpath(one.path)) in changed]


def _lines(output: bytes) -> Iterable[bytes]:
    return (name for name in output.split(b"\0") if name)


def _git(folder: str, arguments: Sequence[str]) -> bytes:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ChangedError(f"--changed-since asks git, which can't be run ({error.strerror}). Install it.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ChangedError(f"--changed-since: git says of {folder}: {said[0] if said else 'nothing'}")
    return done.stdout
