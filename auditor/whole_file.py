"""Writing a file as a whole: whenever the program is stopped, the file is the old one or the new one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; else the file is as it was.

    The file keeps its permissions, and a link keeps pointing where it does. Raises OSError when it can't be written.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{token_hex(6)}.part")
    try:
        with temporary.open("xb") as stream:
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Make ``data`` the content of a file; see `whole_file`."""
    with whole_file(path) as stream:
        stream.write(data)
