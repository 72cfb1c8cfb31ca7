"""A project: the folder whose settings and decisions hold for the texts below it.

It is looked for from the texts upwards, and the nearest holds: ``auditor.toml``, ``pyproject.toml`` with a table
``[tool.auditor]``, or ``auditor.decisions.jsonl``. What is said on the command line wins over the settings file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from auditor.settings import Settings
from auditor.settings_file import SettingsFile, has_settings, lexicon, read_settings

SETTINGS_FILE = "auditor.toml"
DECISIONS_FILE = "auditor.decisions.jsonl"
COMMAND_LINE = "the command line"


class Project(msgspec.Struct, frozen=True):
    """Where the settings of a run come from, and what they are.

    folder  the folder that paths in the project's files start from, absolute
    file    what its settings file says; None where there is none
    said    what was given on the command line, by key; it wins
    """

    folder: Path
    file: SettingsFile | None = None
    said: Mapping[str, Any] = {}

    @property
    def decisions(self) -> Path:
        """The file of decisions, whether it exists or not."""
        named = self.file.values.get("decisions") if self.file else None
        return self.folder / (named or DECISIONS_FILE)

    @property
    def includes(self) -> tuple[str, ...]:
        """Patterns of the files that are read below folders; empty: those with a known suffix."""
        return self._said_or_written("include")

    @property
    def excludes(self) -> tuple[str, ...]:
        """Patterns of the files that are left out below folders."""
        return self._said_or_written("exclude")

    def _said_or_written(self, key: str) -> tuple[str, ...]:
        written: tuple[str, ...] = self.file.values.get(key, ()) if self.file else ()
        return tuple(self.said.get(key, written))

    def name_of(self, path: str) -> str:
        """A text's path as the project's files give it: from its folder, with slashes; else absolute."""
        whole = os.path.realpath(path)
        inside = os.path.relpath(whole, self.folder)
        return (whole if inside.startswith(os.pardir) else inside).replace(os.sep, "/")

    def overrides_for(self, path: str) -> tuple[int, ...]:
        """Which overrides hold for a text, by number."""
        if self.file is None or not self.file.overrides:
            return ()
        from pathspec import PathSpec

        name = self.name_of(path)
        return tuple(
            number
            for number, override in enumerate(self.file.overrides)
            if PathSpec.from_lines("gitignore", override.paths).match_file(name)
        )

    def origins_for(self, path: str | None) -> dict[str, tuple[Any, str]]:
        """For every key that is set for a text, or without one for the whole run: its value, and where that was said.

        Words to ignore add up; of everything else the last word holds: the file's, the overrides', the command line's.
        """
        found: dict[str, tuple[Any, str]] = {}
        for values, where in self._layers(path):
            for key, value in values.items():
                if key == "ignore" and key in found:
                    found[key] = ((*found[key][0], *value), f"{found[key][1]}; {where}")
                else:
                    found[key] = (value, where)
        return found

    def _layers(self, path: str | None) -> list[tuple[Mapping[str, Any], str]]:
        layers: list[tuple[Mapping[str, Any], str]] = []
        if self.file is not None:
            source = str(self.file.path)
            layers.append((self.file.values, source))
            for number in self.overrides_for(path) if path is not None else ():
                override = self.file.overrides[number]
                layers.append((override.values, f"{source}, [[overrides]] for {', '.join(override.paths)}"))
        layers.append((self.said, COMMAND_LINE))
        return layers

    def rules_for(self, path: str | None) -> dict[str, dict[str, Any]]:
        """What is said of single rules for a text, by the rule's name."""
        if self.file is None:
            return {}
        found = {name: dict(values) for name, values in self.file.rules.items()}
        for number in self.overrides_for(path) if path is not None else ():
            for name, values in self.file.overrides[number].rules.items():
                found.setdefault(name, {}).update(values)
        return found

    def every_override(self) -> tuple[Settings, ...]:
        """The settings that each override makes by itself, so that they can be looked through before a run."""
        if self.file is None:
            return ()
        return tuple(
            msgspec.structs.replace(
                self, file=msgspec.structs.replace(self.file, overrides=(msgspec.structs.replace(o, paths=("*",)),))
            ).settings_for(str(self.folder / "text"))
            for o in self.file.overrides
        )

    def settings_for(self, path: str | None = None) -> Settings:
        """The settings that hold for a text, or without a path for the whole run.

        Raises `auditor.settings.SettingsError` for a lexicon that can't be read.
        """
        told = {key: value for key, (value, _) in self.origins_for(path).items()}
        rules = self.rules_for(path)
        usual = Settings()
        return Settings(
            select=tuple(told.get("select", ())),
            ignore=tuple(told.get("ignore", ())),
            preview=told.get("preview", usual.preview),
            min_confidence=float(told.get("min-confidence", usual.min_confidence)),
            fail_on=told.get("fail-on", usual.fail_on),
            options={
                name: options
                for name, values in rules.items()
                if (options := {key: value for key, value in values.items() if key != "severity"})
            },
            severities={name: values["severity"] for name, values in rules.items() if "severity" in values},
            profile=told.get("profile", usual.profile),
            languages=tuple(told.get("languages", ())),
            lexicon=lexicon(self.folder, tuple(told.get("lexicon", ()))),
            parallel=self.file.parallel if self.file else (),
        )


def find_project(paths: Sequence[str]) -> Project:
    """The project of the texts at ``paths``: the nearest folder, from the one that holds them all upwards, in which
    settings or decisions stand; without one, that folder with the default settings.

    Raises `auditor.settings.SettingsError` for settings that can't be read.
    """
    # A name with a zero byte is that of no file; it is told of when the texts are looked for.
    named = [os.path.realpath(path) for path in paths if path != "-" and "\0" not in path]
    start = _common_folder(named or [str(Path.cwd())])
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return project_with(folder / SETTINGS_FILE)
        shared = folder / "pyproject.toml"
        if shared.is_file() and has_settings(shared):
            return project_with(shared)
        if (folder / DECISIONS_FILE).is_file():
            return Project(folder)
    return Project(start)


def project_with(settings: Path) -> Project:
    """The project whose settings file is named. Raises `auditor.settings.SettingsError` where it can't be read."""
    return Project(Path(os.path.realpath(settings)).parent, read_settings(settings))


def _common_folder(paths: Sequence[str]) -> Path:
    try:
        common = Path(os.path.commonpath(paths))
    except ValueError:  # on several drives
        return Path.cwd()
    return common if common.is_dir() else common.parent
