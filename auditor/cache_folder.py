"""The folder in which the program keeps what saves it time, and which may be thrown away at any moment."""

from __future__ import annotations

import os
from pathlib import Path

#: Names the folder, where the usual one will not do.
FOLDER_VARIABLE = "AUDITOR_CACHE_DIR"


def cache_folder() -> Path:
    """The folder that AUDITOR_CACHE_DIR names, or the user's own for this program."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("auditor", appauthor=False)
