"""Lists of words that the rules of a language need, from ``data/<name>.toml``."""

from __future__ import annotations

from pathlib import Path

import tomli


def word_lists(name: str) -> dict[str, str]:
    """The lists by name, each as words with spaces between them. Raises FileNotFoundError for a name that has none."""
    return tomli.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text("utf-8"))
