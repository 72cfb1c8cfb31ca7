"""The value: one slip of grammar, found in the running text of a language."""

from __future__ import annotations

import msgspec


class Slip(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the running text, what is wrong with it in an editor's words, and what should stand there."""

    start: int
    end: int
    message: str
    right: str = ""
