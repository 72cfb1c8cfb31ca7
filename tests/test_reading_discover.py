"""Paths become sources, and what can't be read becomes a message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.reading import Found, Missed, Unreadable, discover, read, source_from_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with ``files`` made by `write`, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, *names: str, text: str = "Text\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def names(found: object) -> list[str]:
    return [item.name for item in found if isinstance(item, Found)]  # type: ignore[attr-defined]


def errors(found: object) -> list[tuple[str, str]]:
    return [(item.name, item.what) for item in found if isinstance(item, Missed)]  # type: ignore[attr-defined]


def test_folders_are_walked_in_order_and_only_for_texts(folder: Path) -> None:
    write(folder, "b.md", "a/z.txt", "a/y.markdown", "a/picture.png", "c.TXT", ".hidden.md", ".git/x.md")
    assert names(discover(["."])) == ["./b.md", "./c.TXT", "./a/y.markdown", "./a/z.txt"]


def test_a_file_that_is_named_is_read_whatever_its_suffix_and_only_once(folder: Path) -> None:
    write(folder, "a/notes.xyz", "a/b.md")
    assert names(discover(["a/notes.xyz", "a/b.md", "a", "a/../a/b.md", "-"])) == ["a/notes.xyz", "a/b.md", "-"]


def test_globs_and_excludes(folder: Path) -> None:
    write(folder, "laws/a.md", "laws/b.txt", "laws/old/c.md", "laws/d.rst")
    assert names(discover(["laws"], globs=["*.md", "*.rst"])) == ["laws/a.md", "laws/d.rst", "laws/old/c.md"]
    assert names(discover(["laws"], excludes=["old/", "b.*"])) == ["laws/a.md"]


def test_gitignore_at_every_level(folder: Path) -> None:
    write(folder, "a.md", "draft.md", "sub/draft.md", "sub/keep.md", "sub/deep/x.md", "out/y.md")
    write(folder, ".gitignore", text="draft.md\n/out/\n")
    write(folder, "sub/.gitignore", text="!draft.md\ndeep/\n")
    assert names(discover(["."])) == ["./a.md", "./sub/draft.md", "./sub/keep.md"]
    assert len(names(discover(["."], gitignore=False))) == 6


def test_gitignore_of_the_working_tree_holds_in_its_folders(folder: Path) -> None:
    write(folder, ".git/HEAD", "docs/a.md", "docs/draft.md")
    write(folder, ".gitignore", text="draft.md\n")
    assert names(discover(["docs"])) == ["docs/a.md"]


def test_what_is_missing_is_said_and_the_rest_goes_on(folder: Path) -> None:
    write(folder, "a.md")
    (folder / "empty").mkdir()
    found = list(discover(["missing.md", "empty", "a.md"]))
    assert names(found) == ["a.md"]
    assert [name for name, _ in errors(found)] == ["missing.md", "empty"]
    assert "no such file" in errors(found)[0][1]
    assert "holds no files" in errors(found)[1][1]
    assert all(item.remedy.endswith(".") for item in found if isinstance(item, Missed))


def test_links_that_lead_back_are_said_once(folder: Path) -> None:
    write(folder, "a/b/x.md")
    (folder / "a/b/up").symlink_to(folder / "a", target_is_directory=True)
    found = list(discover(["a"]))
    assert names(found) == ["a/b/x.md"]
    assert [name for name, _ in errors(found)] == ["a/b/up"]


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    write(folder, "a.md")
    for paths in (["loop"], ["."]):
        found = list(discover(paths))
        assert [Path(name).name for name, _ in errors(found)] == ["loop"]
        assert "circle" in errors(found)[0][1]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(folder: Path) -> None:
    write(folder, "shut/a.md", "b.md")
    (folder / "shut").chmod(0)
    try:
        found = list(discover(["."]))
    finally:
        (folder / "shut").chmod(0o700)
    assert names(found) == ["./b.md"]
    assert "no permission" in errors(found)[0][1]


def test_no_permission_for_a_file_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unreadable, match=r"a\.md: no permission to read it\. Change its permissions"):
        source_from_path("a.md")


def test_names_with_line_breaks_and_bytes_that_are_no_utf8(folder: Path) -> None:
    odd = [b"two\nlines.md", b"caf\xe9.md"]
    try:
        for name in odd:
            Path(os.fsdecode(name)).write_text("# Title\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    found = [item for item in discover([os.fsencode(".")]) if isinstance(item, Found)]
    assert [item.name for item in found] == ["./caf\\xe9.md", "./two\\x0alines.md"]
    for item in found:
        source = source_from_path(item.path)
        assert source.name == item.name
        assert read(source).blocks[0].prose.text == "Title"


def test_media_types_by_suffix_and_by_look(folder: Path) -> None:
    write(folder, "a.md", "b.txt", "c")
    write(folder, "d", text="# Title\n\nText\n")
    kinds = [source_from_path(name).media_type for name in ("a.md", "b.txt", "c", "d")]
    assert kinds == ["text/markdown", "text/plain", "text/plain", "text/markdown"]
    assert source_from_path("a.md", "text/plain").media_type == "text/plain"


def test_a_folder_or_a_missing_file_is_no_source(folder: Path) -> None:
    with pytest.raises(Unreadable, match="folder"):
        source_from_path(str(folder))
    with pytest.raises(Unreadable, match="no such file"):
        source_from_path("missing.md")
    with pytest.raises(Unreadable, match="can't be read"):
        source_from_path("a\0b.md")


def test_a_pattern_that_says_nothing_is_refused(folder: Path) -> None:
    write(folder, "a.md")
    with pytest.raises(ValueError, match="!"):
        list(discover(["."], excludes=["!"]))
