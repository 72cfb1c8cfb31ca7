"""What is installed beside the program: its version, and the entry points that packages offer.

`importlib.metadata` says the same. It is asked only where packages are found in another way than in the folders of
``sys.path``: it brings the reading of e-mail along, which takes a tenth of the time that a letter may take.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path

import msgspec

_NAME = re.compile(r"[-_.]+")
_ENDINGS = (".dist-info", ".egg-info")


class Point(msgspec.Struct, frozen=True):
    """An entry point: its name, and what it names ("package.module:object")."""

    name: str
    value: str

    @property
    def module(self) -> str:
        """The module in which that is."""
        return self.value.partition(":")[0].strip()


def points_of(group: str) -> tuple[Point, ...]:
    """The entry points of a group, those of one package together, in the order of ``sys.path``."""
    if not _in_folders():
        from importlib.metadata import entry_points

        return tuple(Point(point.name, point.value) for point in entry_points(group=group))
    return tuple(
        point for folder in _packages().values() for point in _points(_content(folder, "entry_points.txt"), group)
    )


def version_of(package: str) -> str:
    """The version of an installed package; raises LookupError where none of that name is."""
    folder = _packages().get(_NAME.sub("-", package).lower()) if _in_folders() else None
    content = _content(folder, "METADATA") or _content(folder, "PKG-INFO") if folder is not None else ""
    for line in content.splitlines():
        if line.startswith("Version:"):
            return line.partition(":")[2].strip()
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError as error:
        raise LookupError(f"no package named {package!r} is installed") from error


def _in_folders() -> bool:
    """Whether all packages lie in folders: no archives on the path, no finders of another kind."""
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    return finders == [PathFinder] and not any(Path(place).is_file() for place in sys.path)


def _packages() -> dict[str, Path]:
    """The folders that describe the installed packages, by the packages' names; of one name the first."""
    found: dict[str, Path] = {}
    for place in dict.fromkeys(sys.path):
        try:
            names = sorted(os.listdir(place or "."))  # noqa: PTH208 (a path for each file takes ten times as long)
        except OSError:
            continue
        for name in names:
            if name.endswith(_ENDINGS):
                package = _NAME.sub("-", name.rpartition(".")[0].partition("-")[0]).lower()
                found.setdefault(package, Path(place, name))
    return found


def _content(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8")
    except OSError:
        return ""


def _points(content: str, group: str) -> Iterator[Point]:
    """The entry points of a group in the text of an ``entry_points.txt``."""
    section = ""
    for line in map(str.strip, content.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif section == group and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield Point(name.strip(), value.strip())
