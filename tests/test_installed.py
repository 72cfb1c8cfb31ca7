"""What is installed is read from the folders of packages just as `importlib.metadata` reads it."""

from __future__ import annotations

import sys
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

from auditor.installed import Point, points_of, version_of


def _package(folder: Path, name: str, number: str, points: str = "") -> None:
    described = folder / f"{name}-{number}.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n", encoding="utf-8")
    if points:
        (described / "entry_points.txt").write_text(points, encoding="utf-8")


@pytest.mark.parametrize("group", ["auditor.rules", "console_scripts", "pytest11", "no.such.group"])
def test_the_entry_points_are_those_of_the_standard_library(group: str) -> None:
    expected = {(point.name, point.value) for point in entry_points(group=group)}
    assert {(point.name, point.value) for point in points_of(group)} == expected


@pytest.mark.parametrize("package", ["auditor", "click", "msgspec"])
def test_versions_are_those_of_the_standard_library(package: str) -> None:
    assert version_of(package) == version(package)


def test_a_package_that_is_not_installed_has_no_version() -> None:
    with pytest.raises(LookupError, match="no-such-package"):
        version_of("no-such-package")


def test_comments_and_other_groups_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "[other]\na = b\n\n[some.group]\n# a comment\nfirst = one.two\nsecond=three:thing\n\n[third]\nc = d\n"
    _package(tmp_path, "extra", "1.0", content)
    monkeypatch.syspath_prepend(tmp_path)
    assert points_of("some.group") == (Point("first", "one.two"), Point("second", "three:thing"))
    assert [point.module for point in points_of("some.group")] == ["one.two", "three"]


def test_of_two_packages_with_one_name_the_first_on_the_path_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, number in (("later", "1.0"), ("sooner", "2.0")):
        _package(tmp_path / place, "twice_over", number, f"[some.group]\n{place} = module\n")
        monkeypatch.syspath_prepend(tmp_path / place)
    assert version_of("twice-over") == "2.0"
    assert [point.name for point in points_of("some.group")] == ["sooner"]


def test_packages_in_archives_are_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "packages.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("packed-3.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: packed\nVersion: 3.0\n")
        packed.writestr("packed-3.0.dist-info/entry_points.txt", "[some.group]\nzipped = module\n")
    monkeypatch.setattr(sys, "path", [str(archive), *sys.path])
    assert [point.name for point in points_of("some.group")] == ["zipped"]
    assert version_of("packed") == "3.0"
