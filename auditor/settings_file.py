"""Settings files: which keys there are, what they mean, and reading them.

``auditor.toml``, or ``[tool.auditor]`` in ``pyproject.toml``. The keys are listed once, in `KEYS`; the commented file
of ``auditor init`` and the JSON Schema (`auditor.settings_schema`) are made from the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomli

from auditor.findings import SEVERITIES
from auditor.settings import Parallel, SettingsError

Kind = Literal["words", "paths", "path", "flag", "share", "choice"]


class Key(msgspec.Struct, frozen=True):
    """A key of the settings: what it takes (``choices`` where these are few), and its meaning in an editor's words.

    ``everywhere`` is false for keys that hold for a whole run and can't differ between its texts.
    """

    name: str
    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()
    everywhere: bool = True


KEYS: tuple[Key, ...] = (
    Key(
        "select", "words", 'Run only these rules, families or severities; "all" is every rule. Empty: the default set.'
    ),
    Key("ignore", "words", "Leave out these rules, families or severities."),
    Key("preview", "flag", "Whether rules of the preview set run too."),
    Key("min-confidence", "share", "Leave out findings that are less sure than this (0 to 1)."),
    Key(
        "profile",
        "choice",
        '"default" reports what is surely wrong; "deep", for texts known to be raw OCR, what probably is.',
        ("default", "deep"),
    ),
    Key(
        "languages",
        "words",
        "The only languages that the texts are in, as codes (en, fr, ...). Empty: they are recognised.",
    ),
    Key("lexicon", "paths", "Files of words that are right in these texts, one word a line, in UTF-8."),
    Key(
        "fail-on",
        "choice",
        "The least severity of a finding that makes the exit status 1.",
        (*SEVERITIES, "never"),
        everywhere=False,
    ),
    Key(
        "include",
        "words",
        "Below a folder, read files that match these patterns, not those with a known suffix.",
        (),
        False,
    ),
    Key("exclude", "words", "Leave out files below a folder that match these patterns.", (), False),
    Key("decisions", "path", "The file of the editors' decisions.", (), False),
)
_KEY = {key.name: key for key in KEYS}
_TABLES = ("rules", "overrides", "parallel")
PAIR_KINDS = ("twins", "versions", "scans")


class Override(msgspec.Struct, frozen=True):
    """Settings for the texts whose paths, from the project's folder, match one of the patterns."""

    paths: tuple[str, ...]
    values: Mapping[str, Any]
    rules: Mapping[str, Mapping[str, Any]]


class SettingsFile(msgspec.Struct, frozen=True):
    """What a settings file says.

    path       where it is
    values     by key
    rules      of single rules, by the rule's name: ``severity``, and values for its options
    overrides  what holds for some texts only; later ones win
    parallel   texts that belong side by side
    """

    path: Path
    values: Mapping[str, Any] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}
    overrides: tuple[Override, ...] = ()
    parallel: tuple[Parallel, ...] = ()


def has_settings(path: Path) -> bool:
    """Whether a file that may hold other things too, such as ``pyproject.toml``, has settings of this program."""
    return "auditor" in _tables(path).get("tool", {})


def read_settings(path: Path) -> SettingsFile:
    """What the file at ``path`` says. Raises SettingsError that says what is wrong with them, and where."""
    tables = _tables(path)
    if path.name == "pyproject.toml":
        tables = tables.get("tool", {}).get("auditor", {})
        where = f"{path} [tool.auditor]"
    else:
        where = str(path)
    _check_keys(tables, (*_KEY, *_TABLES), where)
    return SettingsFile(
        path=path,
        values=_values(tables, _KEY, where),
        rules=_rules(tables.get("rules", {}), where),
        overrides=tuple(_override(table, f"{where} [[overrides]]") for table in _list(tables, "overrides", where)),
        parallel=tuple(_parallel(table, f"{where} [[parallel]]") for table in _list(tables, "parallel", where)),
    )


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"the settings {path} can't be read ({error.strerror}).") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings {path} are not valid TOML: {error}.") from error


def _check_keys(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    names = list(known)
    for key in table:
        if key in names:
            continue
        import difflib

        near = difflib.get_close_matches(key.replace("_", "-"), names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"Known are {', '.join(sorted(names))}."
        raise SettingsError(f"{where}: there is no key {key!r}; {hint}")


def _values(table: Mapping[str, Any], keys: Mapping[str, Key], where: str) -> dict[str, Any]:
    return {name: _value(keys[name], value, where) for name, value in table.items() if name in keys}


def _value(key: Key, value: Any, where: str) -> Any:
    """The value of a key; raises SettingsError where it is of another kind than the key takes."""
    if key.kind in ("words", "paths"):
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            return tuple(value)
        wanted = 'a list of texts, such as ["..."]'
    elif key.kind == "flag":
        if isinstance(value, bool):
            return value
        wanted = "true or false"
    elif key.kind == "share":
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
            return value
        wanted = "a number from 0 to 1"
    elif key.kind == "choice":
        if value in key.choices:
            return value
        wanted = "one of " + ", ".join(f'"{choice}"' for choice in key.choices)
    else:
        if isinstance(value, str) and value:
            return value
        wanted = "a path, as text"
    raise SettingsError(f"{where}: {key.name!r} takes {wanted}, not {value!r}")


def _list(table: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise SettingsError(f"{where}: {name!r} is written as a table of its own, [[{name}]]")
    return found


def _rules(table: Any, where: str) -> dict[str, dict[str, Any]]:
    if not isinstance(table, dict) or not all(isinstance(values, dict) for values in table.values()):
        raise SettingsError(f'{where}: what holds for one rule stands in a table of its own, [rules."family/rule"]')
    for name, values in table.items():
        severity = values.get("severity")
        if severity is not None and severity not in SEVERITIES:
            wanted = ", ".join(f'"{word}"' for word in SEVERITIES)
            raise SettingsError(f"{where}: the severity of rule {name} is one of {wanted}, not {severity!r}")
    return {name: dict(values) for name, values in table.items()}


def _override(table: Mapping[str, Any], where: str) -> Override:
    keys = {name: key for name, key in _KEY.items() if key.everywhere}
    _check_keys(table, ("paths", "rules", *keys), where)
    paths = table.get("paths")
    if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
        raise SettingsError(f"{where}: 'paths' says for which texts it holds, such as paths = [\"annexes/**\"]")
    return Override(tuple(paths), _values(table, keys, where), _rules(table.get("rules", {}), where))


def _parallel(table: Mapping[str, Any], where: str) -> Parallel:
    _check_keys(table, ("files", "kind"), where)
    files, kind = table.get("files"), table.get("kind")
    if not isinstance(files, list) or not files or not all(isinstance(file, str) for file in files):
        raise SettingsError(f'{where}: \'files\' names the texts, such as files = ["treaty.en.md", "treaty.fr.md"]')
    if kind is not None and kind not in PAIR_KINDS:
        wanted = ", ".join(f'"{word}"' for word in PAIR_KINDS)
        raise SettingsError(f"{where}: 'kind' is one of {wanted}, not {kind!r}")
    return Parallel(tuple(files), kind)


def lexicon(folder: Path, files: Sequence[str]) -> frozenset[str]:
    """The words of lexicon files, whose paths start from ``folder``: one a line; lines that begin with # are comments.

    Raises SettingsError for a file that can't be read or is not UTF-8.
    """
    return frozenset(word for file in files for word in _words_of(folder / file))


def _words_of(path: Path) -> Iterable[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"the lexicon {path} can't be read ({reason}). Correct its name, or leave it out."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"the lexicon {path} is not UTF-8 (line {line}). Save it as UTF-8 text.") from error
    words = (line.strip() for line in text.splitlines())
    return (word for word in words if word and not word.startswith("#"))
