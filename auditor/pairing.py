"""Pairing: which of many texts belong side by side, by what the settings say and by how their files are named.

A name says a language where it ends in a language's code before its suffix (``treaty.en.md``, ``treaty_fr.md``), or
where a folder on its way is one (``en/treaty.md``, ``fr/treaty.md``); texts that are named alike but for that belong
together. What a table ``[[parallel]]`` names belongs together in any case, and by nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from functools import cache
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from auditor.settings import Parallel

Kind = Literal["twins", "versions", "scans"]

_REGION = r"(?:[-_](?:[A-Za-z]{2}|[A-Z][a-z]{3}|\d{3}))?"
#: One of them is among the languages of a group: "co.md" and "is.md" are no Corsican and Icelandic.
_COMMON = frozenset(
    {"en", "fr", "es", "ru", "ar", "zh", "de", "it", "pt", "nl", "pl"}
    | {"eng", "fra", "fre", "spa", "rus", "ara", "zho", "chi", "deu", "ger"}
)
_CODES_FILE = Path(__file__).parent / "alignment" / "data" / "language_codes.txt"
_IN_STEM = re.compile(rf"(.+?)[._-]([a-z]{{2,3}}{_REGION})", re.IGNORECASE)
_FOLDER = re.compile(rf"^[a-z]{{2,3}}{_REGION}$", re.IGNORECASE)


@cache
def language_codes() -> frozenset[str]:
    """The codes by which a file or folder may name a language."""
    lines = _CODES_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


class Together(msgspec.Struct, frozen=True):
    """Texts that belong together, by their places in the list that was asked about; the first is compared with each of
    the others.

    kind    what is said of them; None where it is to be recognised
    why     in words: the table that names them, or what is alike in their names
    languages   of texts that are named by language, the code of each
    """

    members: tuple[int, ...]
    kind: Kind | None
    why: str
    languages: tuple[str, ...] = ()


class Unpaired(msgspec.Struct, frozen=True):
    """A table that names no two texts of those at hand: what is wrong, in words."""

    message: str


def pairs_among(
    paths: Sequence[str], tables: Sequence[Parallel] = (), *, first: str = "en"
) -> tuple[tuple[Together, ...], tuple[Unpaired, ...]]:
    """Which of the paths belong together, and the tables that come to nothing.

    Paths have slashes, and start where the tables' patterns start. A group is told once, whatever names it; of texts
    that are named by language, the one in the language ``first`` comes first.
    """
    found: dict[frozenset[int], Together] = {}
    unpaired: list[Unpaired] = []
    by_table: set[int] = set()
    for number, table in enumerate(tables, start=1):
        members = tuple(dict.fromkeys(chain.from_iterable(_matching(paths, pattern) for pattern in table.files)))
        if len(members) < 2:
            named = ", ".join(repr(pattern) for pattern in table.files)
            some = "none" if not members else f"only {paths[members[0]]!r}"
            unpaired.append(
                Unpaired(
                    f"table {number} of [[parallel]] ({named}) needs two texts, and {some} of those at hand is named "
                    "by it, so it compares nothing. Check its paths; they start from the folder of the settings file."
                )
            )
            continue
        by_table.update(members)
        found.setdefault(frozenset(members), Together(members, table.kind, f"table {number} of [[parallel]]"))
    free = [at for at in range(len(paths)) if at not in by_table]
    for together in _by_name(paths, free, first):
        found.setdefault(frozenset(together.members), together)
    return tuple(sorted(found.values(), key=lambda group: group.members)), tuple(unpaired)


def _matching(paths: Sequence[str], pattern: str) -> Iterator[int]:
    """The places of the paths that a pattern names: a path, or one with ``*``, ``**``, ``?`` or ``[…]``."""
    plain = pattern.removeprefix("./")
    exact = [at for at, path in enumerate(paths) if path.removeprefix("./") == plain]
    if exact or not any(sign in plain for sign in "*?["):
        yield from exact
        return
    matches = _glob(plain)
    yield from (at for at, path in enumerate(paths) if matches.fullmatch(path.removeprefix("./")))


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    parts = [".*" if part == "**" else translate(part)[4:-3].replace(".*", "[^/]*") for part in pattern.split("/")]
    return re.compile("/".join(parts).replace(".*/", "(?:.*/)?"), re.DOTALL)


# ------------------------------------------------------------------------------------------------ by their names


def _by_name(paths: Sequence[str], free: Iterable[int], first: str) -> Iterator[Together]:
    """Texts that are named alike but for a language; a name that could be read in two ways goes with most others."""
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for at in free:
        for rest, code in _readings(paths[at]):
            groups[rest].setdefault(code, at)
    taken: set[int] = set()
    for rest, named in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        members = {code: at for code, at in named.items() if at not in taken}
        if len(members) < 2 or _COMMON.isdisjoint(map(_main, members)):
            continue
        taken.update(members.values())
        order = sorted(members, key=lambda code: (_main(code) != first, members[code]))
        alike = rest.replace("\0", "…")
        yield Together(
            tuple(members[code] for code in order),
            None,
            f"their names, alike but for the language: {alike}",
            tuple(map(_main, order)),
        )


def _readings(path: str) -> Iterator[tuple[str, str]]:
    """What is left of a path without a language, and the language; once for each place that may name one."""
    pure = PurePosixPath(path)
    parts = pure.parts
    for depth, part in enumerate(parts[:-1]):
        if _FOLDER.fullmatch(part) and _main(part) in language_codes():
            yield str(PurePosixPath(*parts[:depth], "\0", *parts[depth + 1 :])), part.lower()
    match = _IN_STEM.fullmatch(pure.stem)
    if match is not None and _main(match[2]) in language_codes():
        yield str(PurePosixPath(*parts[:-1], f"{match[1]}.\0{pure.suffix}")), match[2].lower()
    elif _FOLDER.fullmatch(pure.stem) and _main(pure.stem) in language_codes():
        yield str(PurePosixPath(*parts[:-1], f"\0{pure.suffix}")), pure.stem.lower()


def _main(code: str) -> str:
    return re.split("[-_]", code)[0].lower()
