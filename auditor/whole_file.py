"""Writing a file as a whole: whenever the program is stopped, the file is the old one or the new one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Make ``data`` the content of a file, which keeps its permissions; a link keeps pointing where it does.

    Raises OSError when it can't be written; the file is then as it was.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as stream:
            if target.exists():
                shutil.copymode(target, temporary)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
