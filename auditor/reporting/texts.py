"""The texts of a run, for reports that show them.

A report holds places and excerpts; a text itself is read again from where it came, one at a time, and only for a
document that needs it. So a run over many documents never holds more than the largest of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote

from auditor.document import Document, Source
from auditor.reading.discover import STANDARD_INPUT, Found
from auditor.reading.sources import printable


class Texts(Protocol):
    """Where the texts of a report are to be had."""

    def path(self, name: str) -> str:
        """The path that a document's name in the report stands for, as the system knows it."""

    def document(self, name: str, sha256: str) -> Document | None:
        """The document of that name; None where its bytes are no longer those that were audited."""


class TextsOnDisk:
    """Texts that are read again from their files; those that can't be (standard input) are kept.

    A text whose bytes have changed since it was audited is not shown: its places would be wrong.
    """

    def __init__(self, origins: Iterable[Found | Source]) -> None:
        self._sources: dict[str, Source] = {}
        self._paths: dict[str, str] = {}
        for origin in origins:
            if isinstance(origin, Source):
                self._sources[origin.name] = origin
            elif origin.path != origin.name:  # a name that can't be shown as it is
                self._paths[origin.name] = origin.path
        self._last: Document | None = None

    def path(self, name: str) -> str:
        """The path that a document's name in the report stands for."""
        return self._paths.get(name, name)

    def document(self, name: str, sha256: str) -> Document | None:
        """The document of that name, if it is still what was audited. The last one asked for is kept."""
        from auditor.reading import Unreadable, read, source_from_path

        last = self._last
        if last is not None and last.name == name and last.source.sha256 == sha256:
            return last
        self._last = None
        try:
            source = self._sources.get(name)
            if source is None:
                if name == STANDARD_INPUT:
                    return None
                source = source_from_path(self.path(name))
            if source.sha256 != sha256:
                return None
            self._last = read(source)
        except Unreadable:
            return None
        return self._last


class TextsAtHand:
    """Texts that are held anyway, as those of a comparison are."""

    def __init__(self, documents: Iterable[Document], paths: Iterable[str] = ()) -> None:
        self._documents = {(document.name, document.source.sha256): document for document in documents}
        self._paths = {printable(path): path for path in paths}

    def path(self, name: str) -> str:
        """The path that a document's name in the report stands for."""
        return self._paths.get(name, name)

    def document(self, name: str, sha256: str) -> Document | None:
        """The document of that name."""
        return self._documents.get((name, sha256))


def relative(path: str) -> str:
    """A path as other programs expect it: from the working folder where it is below it, with ``/`` between its parts,
    and without ``./`` before them."""
    if os.path.isabs(path):  # noqa: PTH117  (names that are not UTF-8 stay as they are)
        inside = os.path.relpath(path)
        path = path if inside.startswith(os.pardir) else inside
    path = path.replace(os.sep, "/")
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path


def uri(path: str) -> str:
    """A path as a reference in the sense of RFC 3986: relative paths stay so, bytes that are not UTF-8 are kept."""
    path = relative(path)
    if path[1:3] == ":/":  # a drive
        return "file:///" + quote(path, safe="/:")
    quoted = quote(os.fsencode(path), safe="/")
    return "file://" + quoted if path.startswith("/") else quoted
