"""The package as it is installed: nothing left out, nothing claimed that is not ours."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def _folders_with_code() -> set[str]:
    folders = set()
    for name, folder in SETUPTOOLS["package-dir"].items():
        for path in (ROOT / folder).rglob("*.py"):
            folders.add(".".join([name, *path.parent.relative_to(ROOT / folder).parts]))
    return folders


def test_every_folder_with_code_is_packaged() -> None:
    assert set(SETUPTOOLS["packages"]) == _folders_with_code()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a wheel built from a copy of the project's own files."""
    import shutil

    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for folder in SETUPTOOLS["package-dir"].values():
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("wheel")
    code = f"from setuptools.build_meta import build_wheel; build_wheel({str(target)!r})"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=source, check=True, capture_output=True, timeout=300
    )
    (path,) = target.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_wheel_holds_code_schema_and_data_and_nothing_else(wheel: list[str]) -> None:
    assert "auditor/reporting/report.schema.json" in wheel
    assert "auditor/py.typed" in wheel
    for name, folder in SETUPTOOLS["package-dir"].items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                assert f"{name}/{path.relative_to(ROOT / folder).as_posix()}" in wheel
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"auditor", "auditor_rules"}


def test_the_rules_come_by_entry_point() -> None:
    found = {point.name: point.value for point in entry_points(group="auditor.rules")}
    assert found["builtin"] == "auditor_rules"


def test_the_package_is_typed() -> None:
    for package in ("auditor", "auditor_rules"):
        spec = find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations is not None
        assert (Path(spec.submodule_search_locations[0]) / "py.typed").exists()


def test_the_public_names_are_there() -> None:
    import auditor

    for name in auditor.__all__:
        assert callable(getattr(auditor, name)), f"auditor.{name} is {getattr(auditor, name)!r}"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        auditor.nothing  # noqa: B018
