"""From the paths that somebody names to the sources to be read: files, folders, standard input.

Folders are walked in a fixed order, hidden files are skipped, and each folder's ``.gitignore`` holds for what is
below it, as with git. What can't be read is a value in the stream, so that the rest goes on.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from auditor.reading.sources import DOCUMENT_SUFFIXES, printable

if TYPE_CHECKING:
    from pathspec import PathSpec
    from pathspec.pattern import Pattern

STANDARD_INPUT = "-"


class Found(msgspec.Struct, frozen=True):
    """A place to read a document from: a path as the system knows it (``-``: standard input), and as it is shown."""

    path: str
    name: str


class Missed(msgspec.Struct, frozen=True):
    """A path that nothing can be read from: its printable name, what is wrong with it, and what to do."""

    name: str
    what: str
    remedy: str


class _Ignored(msgspec.Struct, frozen=True):
    """The patterns of one ``.gitignore``, which hold below ``folder``."""

    folder: str
    patterns: PathSpec[Pattern]


def discover(
    paths: Iterable[str | bytes | os.PathLike[str]],
    *,
    globs: Sequence[str] = (),
    excludes: Sequence[str] = (),
    gitignore: bool = True,
) -> Iterator[Found | Missed]:
    """What is found under ``paths``, one at a time, in order; each file once.

    globs      in folders, only files that match one of these patterns (as in ``.gitignore``); without any, files
               whose suffix says that they are Markdown or plain text
    excludes   files and folders that match one of these patterns are left out; a file that is named itself never is
    gitignore  whether ``.gitignore`` files are honoured

    Raises ValueError for a pattern that can't be understood.
    """
    wanted, unwanted = _patterns(globs), _patterns(excludes)
    seen: set[str] = set()
    for given in paths:
        path = os.fsdecode(given)
        found: Iterable[Found | Missed]
        if path == STANDARD_INPUT:
            found = (Found(path, path),)
        elif os.path.isdir(path):  # noqa: PTH112  (names that are not UTF-8 stay as they are)
            found = _in_folder(path, wanted, unwanted, gitignore)
        else:
            found = (_file(path),)
        for item in found:
            if isinstance(item, Found):
                real = path if item.path == STANDARD_INPUT else os.path.realpath(item.path)
                if real in seen:
                    continue
                seen.add(real)
            yield item


def _patterns(lines: Iterable[str]) -> PathSpec[Pattern] | None:
    """What the lines match, as in a ``.gitignore``; None where there are none (a plain run need not load pathspec)."""
    listed = tuple(lines)
    if not listed:
        return None
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", listed)


def _file(path: str) -> Found | Missed:
    name = printable(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError) as error:
        return Missed(name, *_reason(error))
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        return Missed(name, "this is neither a file nor a folder", "Name a text file.")
    return Found(path, name)


def _reason(error: OSError | ValueError) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder", "Check the path."
    if isinstance(error, PermissionError):
        return "no permission to read it", "Change its permissions, or exclude it."
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "its symbolic links go round in a circle", "Remove the link, or exclude it."
    return f"it can't be read ({getattr(error, 'strerror', None) or error})", "Check the path."


def _in_folder(
    top: str, wanted: PathSpec[Pattern] | None, unwanted: PathSpec[Pattern] | None, gitignore: bool
) -> Iterator[Found | Missed]:
    """The files below ``top``; one error if there are none."""
    anything = False
    visited: set[tuple[int, int]] = set()
    # Folders still to be visited, the next one last: path, the same below ``top``, what is ignored in it, the folders
    # that it stands in.
    outside = _ignored_outside(top) if gitignore else ()
    pending: list[tuple[str, str, tuple[_Ignored, ...], frozenset[tuple[int, int]]]] = [(top, "", outside, frozenset())]
    while pending:
        folder, below, ignored, above = pending.pop()
        try:
            status = os.stat(folder)  # noqa: PTH116
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            anything = True
            yield Missed(printable(folder), *_reason(error))
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in visited:
            if identity in above:
                anything = True
                what = "this symbolic link leads back to a folder that it stands in"
                yield Missed(printable(folder), what, "Remove the link, or exclude it.")
            continue
        visited.add(identity)
        if gitignore:
            patterns = _ignore_file(folder)
            if isinstance(patterns, Missed):
                yield patterns
            elif patterns is not None:
                ignored = (*ignored, _Ignored(os.path.abspath(folder), patterns))  # noqa: PTH100
        folders = []
        absolute = os.path.abspath(folder)  # noqa: PTH100
        for entry in inside:
            if entry.name.startswith("."):
                continue
            relative = below + entry.name
            try:
                directory = entry.is_dir()
            except OSError as error:
                anything = True
                yield Missed(printable(entry.path), *_reason(error))
                continue
            mark = "/" if directory else ""
            excluded = unwanted is not None and unwanted.match_file(_matchable(relative + mark))
            if excluded or _is_ignored(f"{absolute}/{entry.name}{mark}", ignored):
                continue
            if directory:
                folders.append((entry.path, relative + "/", ignored, above | {identity}))
            elif _is_document(entry.name, relative, wanted):
                anything = True
                yield _file(entry.path)
        pending.extend(reversed(folders))
    if not anything:
        kinds = "match the pattern" if wanted is not None else f"end in {', '.join(sorted(DOCUMENT_SUFFIXES))}"
        yield Missed(
            printable(top),
            f"this folder holds no files that {kinds}",
            "Name the files themselves, or give a pattern that matches them.",
        )


def _ignored_outside(top: str) -> tuple[_Ignored, ...]:
    """The ignore files of the folders above ``top``, if it stands in a git working tree."""
    found: list[_Ignored] = []
    folder = os.path.abspath(top)  # noqa: PTH100
    while not os.path.exists(os.path.join(folder, ".git")):  # noqa: PTH110, PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return ()
        folder = parent
        patterns = _ignore_file(folder)
        if patterns is not None and not isinstance(patterns, Missed):
            found.append(_Ignored(folder, patterns))
    return tuple(reversed(found))


def _is_document(name: str, relative: str, wanted: PathSpec[Pattern] | None) -> bool:
    if wanted is not None:
        return bool(wanted.match_file(_matchable(relative)))
    return os.path.splitext(name)[1].lower() in DOCUMENT_SUFFIXES  # noqa: PTH122


def _ignore_file(folder: str) -> PathSpec[Pattern] | Missed | None:
    from pathspec import PathSpec

    path = os.path.join(folder, ".gitignore")  # noqa: PTH118
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
            return PathSpec.from_lines("gitignore", file)
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError as error:
        what, remedy = _reason(error)
    except ValueError as error:
        what, remedy = f"a pattern in it can't be understood ({error})", "Correct it."
    return Missed(printable(path), f"{what}; nothing is left out because of it", remedy)


def _is_ignored(path: str, ignored: Sequence[_Ignored]) -> bool:
    """As with git: the deepest ignore file that says something of the path decides."""
    for level in reversed(ignored):
        verdict = level.patterns.check_file(_matchable(path[len(level.folder) :].lstrip("/"))).include
        if verdict is not None:
            return verdict
    return False


def _matchable(path: str) -> str:
    """A path that patterns can be held against: bytes that are not UTF-8 match any wildcard, and nothing else."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
