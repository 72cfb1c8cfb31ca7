"""Words that say why a number is absent: repealed, reserved, deleted (``data/omitted.toml``)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import tomli

_DATA = Path(__file__).parents[1] / "data" / "omitted.toml"


@cache
def omitted_words() -> re.Pattern[str]:
    """The beginnings of these words in every language."""
    words = tomli.loads(_DATA.read_text("utf-8"))
    stems = sorted({stem for listed in words.values() for stem in listed}, key=lambda stem: (-len(stem), stem))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(stem) for stem in stems)})", re.IGNORECASE)
