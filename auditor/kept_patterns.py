"""Compiled patterns, kept between runs: half of the time that a first report takes goes into compiling the same ones.

CPython compiles a pattern to a list of numbers and offers no way to keep it. Here the last step of `re.compile`
(handing these numbers to the matching engine, `_sre.compile`) is done with numbers that an earlier run has kept. The
engine checks them before it uses them; whatever does not fit (another Python, a damaged file, an interpreter without
these parts) is compiled as ever. Nothing but time depends on it, and only the commands use it.
"""

from __future__ import annotations

import importlib
import marshal
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Pattern and flags, and what `_sre.compile` takes beside the pattern.
_Key = tuple[str | bytes, int]
_Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]

#: Where there would be more, only those are kept that this run has used: the others were another version's.
_MOST = 3000

#: The file is written anew where more patterns than these were not in it. A few always come from the texts.
_FEW = 8


def patterns_file(folder: Path) -> Path:
    """Where the patterns of this Python are kept."""
    return folder / f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"


@contextmanager
def kept_patterns(path: Path, *, keep: bool = True) -> Iterator[None]:
    """Patterns that are compiled inside the block are taken from a file where it has them; with ``keep`` new ones are
    added to it at the end. A file that can't be read or written changes nothing but the time."""
    try:
        compiler: Any = importlib.import_module("re._compiler")
        engine: Any = compiler._sre
        compile_anew: Callable[[Any, int], re.Pattern[Any]] = compiler.compile
        words = f"{'I' if engine.CODESIZE == 4 else 'H'}"
    except (ImportError, AttributeError):  # another interpreter
        yield
        return
    known = _read(path)
    added: dict[_Key, _Parts] = {}
    used: set[_Key] = set()

    def compile_kept(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        if not isinstance(pattern, (str, bytes)):
            return compile_anew(pattern, flags)
        key = (pattern, int(flags))
        parts = known.get(key)
        if parts is not None:
            try:
                all_flags, code, groups, names, indexes = parts
                numbers = array(words, code).tolist()
                found: re.Pattern[Any] = engine.compile(pattern, all_flags, numbers, groups, names, indexes)
            except (RuntimeError, TypeError, ValueError, OverflowError):
                del known[key]
            else:
                used.add(key)
                return found
        compiled = compile_anew(pattern, flags)
        if keep and len(added) < _MOST:  # what a long run takes from its texts is not for ever
            added[key] = _parts(compiler, pattern, flags, words)
        return compiled

    compiler.compile = compile_kept
    try:
        yield
    finally:
        compiler.compile = compile_anew
        if len(added) > _FEW or (added and not known):
            left = known if len(known) + len(added) <= _MOST else {key: known[key] for key in used}
            _write(path, {**left, **added})


def _parts(compiler: Any, pattern: str | bytes, flags: int, words: str) -> _Parts:
    """What `re._compiler.compile` hands to the engine, as it can be kept."""
    parsed = compiler._parser.parse(pattern, flags)
    names: dict[str, int] = dict(parsed.state.groupdict)
    indexes: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        indexes[number] = name
    code = array(words, [int(number) for number in compiler._code(parsed, flags)]).tobytes()
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, names, tuple(indexes)


def _read(path: Path) -> dict[_Key, _Parts]:
    try:
        found = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, patterns: dict[_Key, _Parts]) -> None:
    from auditor.whole_file import write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, marshal.dumps(patterns))
    except OSError:
        return  # a folder that can't be written: the next run compiles again
