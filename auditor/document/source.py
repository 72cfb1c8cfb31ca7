"""Sources: bytes as they came, and what was needed to read them."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal

MediaType = Literal["text/markdown", "text/plain"]


class Source:
    """Bytes with a name. ``name`` is what reports show: a path as given, or ``-`` for standard input."""

    def __init__(self, name: str, data: bytes, media_type: MediaType = "text/markdown") -> None:
        self.name = name
        self.data = data
        self.media_type: MediaType = media_type

    @cached_property
    def sha256(self) -> str:
        """Digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.data)} bytes, {self.media_type})"
