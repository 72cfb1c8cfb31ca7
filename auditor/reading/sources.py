"""Sources from files and standard input, with their media type."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from auditor.document import MediaType, Source
from auditor.reading.unreadable import Unreadable

_BY_SUFFIX: dict[str, MediaType] = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".mdown": "text/markdown",
    ".mkd": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
}

#: Suffixes of the files that are looked for in folders.
DOCUMENT_SUFFIXES = frozenset(_BY_SUFFIX)

#: Signs of Markdown, any of which decides: a heading, a table's delimiter row, a fence, a link, front matter, or
#: text between two pairs of asterisks.
_MARKDOWN = re.compile(
    rb"^#{1,6} \S|^\|?[ ]*:?-{3,}:?[ ]*\||^```|\]\((?:https?:|#|/|\w)|\A---\r?\n\w+:|\*\*\S[^*\n]{0,200}\*\*",
    re.MULTILINE,
)

#: How much of a source is looked at to tell Markdown from plain text, in bytes.
_LOOK = 256 * 1024


def media_type(name: str, data: bytes) -> MediaType:
    """The media type of a source: by the suffix of its name, else by the look of its content."""
    known = _BY_SUFFIX.get(os.path.splitext(name)[1].lower())  # noqa: PTH122  (names need not be paths)
    if known is not None:
        return known
    return "text/markdown" if _MARKDOWN.search(data[:_LOOK]) else "text/plain"


def printable(name: str) -> str:
    """A name as it can be shown on one line: undecodable bytes and control characters are written ``\\\\xNN``."""
    if name.isprintable():
        return name
    return "".join(
        character if character.isprintable() else "".join(f"\\x{byte:02x}" for byte in os.fsencode(character))
        for character in name
    )


def source_from_path(path: str | os.PathLike[str], declared: MediaType | None = None) -> Source:
    """The source in a file; ``-`` is standard input. ``declared`` overrides the media type told by the suffix.

    Raises `Unreadable` for a file that does not exist or can't be opened.
    """
    given = os.fspath(path)
    if given == "-":
        return source_from_standard_input(declared)
    name = printable(given)
    try:
        data = Path(given).read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("there is no such file", name, "Check the path.") from error
    except IsADirectoryError as error:
        raise Unreadable("this is a folder, not a file", name, "Name the files in it.") from error
    except PermissionError as error:
        raise Unreadable("no permission to read it", name, "Change its permissions.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"it can't be read ({reason})", name, "Check the path.") from error
    return Source(name, data, declared or media_type(given, data))


def source_from_standard_input(declared: MediaType | None = None) -> Source:
    """The source on standard input, named ``-``."""
    data = sys.stdin.buffer.read()
    return Source("-", data, declared or media_type("-", data))
