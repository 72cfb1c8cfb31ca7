"""What is said when a source can't be read."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818  (what it says of a source)
    """A source that can't be read as text.

    what    what is wrong with it
    where   the source's name, and the place in it if one is known
    remedy  what the reader of the message can do
    """

    def __init__(self, what: str, where: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.what = what
        self.where = where
        self.remedy = remedy
