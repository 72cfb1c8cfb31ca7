"""The cache: reports of texts that were audited before, with the same rules, settings and program.

One sqlite file in the user's cache folder, which several runs may use at once. A report is kept under a digest of all
that it depends on, so that it is never out of date; what was not used for longest goes when the file grows too large.
A cache that can't be used costs time and nothing else: the run goes on without it, and says so.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from auditor.cache_folder import cache_folder
from auditor.document import Source
from auditor.report import DocumentReport, PairReport
from auditor.settings import Chosen, Settings

#: The size that the file is brought back to when it has grown beyond it, in bytes.
_LARGEST = 256 * 1024 * 1024
_A_DAY = 86_400
_WAIT_SECONDS = 5
_LAYOUT = "CREATE TABLE IF NOT EXISTS reports (key BLOB PRIMARY KEY, report BLOB NOT NULL, used INTEGER NOT NULL)"


def cache_file() -> Path:
    """Where the cache is."""
    return cache_folder() / "reports.sqlite"


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a text: its report, and the twins that it holds."""

    document: DocumentReport
    pairs: tuple[PairReport, ...] = ()

    def under(self, name: str) -> Kept:
        """The same of a text that has this name."""
        pairs = tuple(
            msgspec.structs.replace(
                pair,
                a=msgspec.structs.replace(pair.a, path=name),
                b=msgspec.structs.replace(pair.b, path=name),
            )
            for pair in self.pairs
        )
        return Kept(msgspec.structs.replace(self.document, path=name), pairs)


class Cache:
    """Reports by what they depend on. ``trouble`` says why the cache is not used any more, once it is not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble: str | None = None
        self._connection: sqlite3.Connection | None = None
        try:
            self._open()
        except (sqlite3.DatabaseError, OSError) as error:
            self._heal(error)

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
        self._connection = connection
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_LAYOUT)

    def _heal(self, error: Exception) -> None:
        """Begin anew where the file is damaged; do without where it can't be used at all."""
        self.close()
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if damaged and self.trouble is None:
            try:
                for suffix in ("", "-wal", "-shm"):
                    self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
                self._open()
            except (sqlite3.DatabaseError, OSError) as second:
                error = second
            else:
                return
        self.close()
        self.trouble = str(error)

    def get(self, key: bytes) -> Kept | None:
        """What is kept under a key, or None."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT report, used FROM reports WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            now = int(time.time())
            if now - row[1] > _A_DAY:
                self._connection.execute("UPDATE reports SET used = ? WHERE key = ?", (now, key))
            return msgspec.json.decode(zlib.decompress(row[0]), type=Kept)
        except sqlite3.DatabaseError as error:
            self._heal(error)
        except (zlib.error, msgspec.DecodeError):
            self._forget(key)
        return None

    def put(self, key: bytes, kept: Kept) -> None:
        """Keep what a text gave."""
        if self._connection is None:
            return
        packed = zlib.compress(msgspec.json.encode(kept), 1)
        try:
            self._connection.execute("INSERT OR REPLACE INTO reports VALUES (?, ?, ?)", (key, packed, int(time.time())))
        except sqlite3.DatabaseError as error:
            self._heal(error)

    def _forget(self, key: bytes) -> None:
        if self._connection is not None:
            try:
                self._connection.execute("DELETE FROM reports WHERE key = ?", (key,))
            except sqlite3.DatabaseError as error:
                self._heal(error)

    def bound(self, largest: int = _LARGEST) -> None:
        """Take out what was not used for longest, where all reports together are larger than ``largest`` bytes."""
        if self._connection is None:
            return
        try:
            total = self._connection.execute("SELECT COALESCE(SUM(LENGTH(report)), 0) FROM reports").fetchone()[0]
            if total <= largest:
                return
            doomed = []
            for key, size in self._connection.execute("SELECT key, LENGTH(report) FROM reports ORDER BY used, key"):
                doomed.append((key,))
                total -= size
                if total <= largest * 3 // 4:
                    break
            self._connection.execute("BEGIN")
            self._connection.executemany("DELETE FROM reports WHERE key = ?", doomed)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._heal(error)

    def close(self) -> None:
        """Let the file go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def key_of(source: Source, chosen: Chosen, settings: Settings) -> bytes:
    """A digest of all that a text's report depends on: its bytes and kind, the rules with their versions and options,
    the settings, and the program itself with the packages that the rules come from."""
    packages = tuple(sorted({"auditor", *(rule.check.__module__.partition(".")[0] for rule, _ in chosen.rules)}))
    parts = (source.sha256, source.media_type, chosen.digest(), settings.digest(), _code(packages))
    return hashlib.sha256("\0".join(parts).encode()).digest()


@cache
def _code(packages: tuple[str, ...]) -> str:
    """A digest of the names, sizes and times of the packages' files: another program gives other reports."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for package in packages:
        module = sys.modules.get(package)
        for folder in sorted(getattr(module, "__path__", ())):
            for name, size, changed in sorted(_files(folder)):
                digest.update(f"{name}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: str, above: str = "") -> Iterable[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(entry.path, f"{above}{entry.name}/")
            else:
                status = entry.stat()
                yield above + entry.name, status.st_size, status.st_mtime_ns
