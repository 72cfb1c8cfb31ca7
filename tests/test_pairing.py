"""Which of many texts belong side by side, and a check of a folder that compares them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from auditor.cli import commands
from auditor.pairing import pairs_among
from auditor.reporting.json import schema_faults
from auditor.settings import Parallel


def members(paths: list[str], *tables: Parallel) -> list[tuple[int, ...]]:
    groups, unpaired = pairs_among(paths, tables)
    assert unpaired == ()
    return [group.members for group in groups]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["treaty.en.md", "treaty.fr.md", "notes.md"], [(0, 1)]),
        (["treaty_fr.md", "treaty_en.md"], [(1, 0)]),
        (["law-de.txt", "law-zh-Hans.txt", "law-pt-BR.txt"], [(0, 1, 2)]),
        (["en/a.md", "fr/a.md", "en/b.md", "fr/c.md"], [(0, 1)]),
        (["x/en/a.md", "x/fr/a.md", "y/en/a.md"], [(0, 1)]),
        (["en.txt", "ru.txt"], [(0, 1)]),
        (["treaty.en.md", "treaty.en.txt"], []),
        (["co.md", "is.md"], []),
        (["treaty.md", "treaty.v2.md"], []),
        ([f"document {n}.md" for n in range(1000)], []),
    ],
)
def test_texts_that_are_named_alike_but_for_a_language(paths: list[str], expected: list[tuple[int, ...]]) -> None:
    assert members(paths) == expected


def test_tables_name_texts_by_path_and_by_pattern() -> None:
    paths = ["a/one.md", "a/two.md", "b/deep/three.md", "c.md"]
    assert members(paths, Parallel(("a/one.md", "c.md"))) == [(0, 3)]
    assert members(paths, Parallel(("a/*.md",))) == [(0, 1)]
    assert members(paths, Parallel(("**/*.md",))) == [(0, 1, 2, 3)]
    assert members(paths, Parallel(("./c.md", "b/**/three.md"))) == [(2, 3)] or members(
        paths, Parallel(("./c.md", "b/**/three.md"))
    ) == [(3, 2)]


def test_what_a_table_says_holds_against_names() -> None:
    groups, _ = pairs_among(["a.en.md", "a.fr.md", "b.md"], [Parallel(("a.en.md", "b.md"), "scans")])
    assert [(group.members, group.kind) for group in groups] == [((0, 2), "scans")]


def test_a_pair_that_is_named_twice_is_compared_once() -> None:
    tables = (Parallel(("a.en.md", "a.fr.md")), Parallel(("a.fr.md", "a.en.md")))
    assert members(["a.en.md", "a.fr.md"], *tables) == [(0, 1)]


@pytest.mark.parametrize("files", [("nowhere.md", "a.md"), ("a.md",), ("x/*.md",)])
def test_a_table_that_names_no_two_texts_is_told(files: tuple[str, ...]) -> None:
    groups, unpaired = pairs_among(["a.md", "b.md"], [Parallel(files)])
    assert groups == ()
    assert "table 1 of [[parallel]]" in unpaired[0].message
    assert "compares nothing" in unpaired[0].message


# --- a check of a folder

ENGLISH = "".join(
    f"Article {n}\n\nThe Party number {n} shall pay {n * 137} euros within {n + 20} days of its notification.\n\n"
    for n in range(1, 10)
)
FRENCH = "".join(
    f"Article {n}\n\nLa Partie numéro {n} verse {n * 137} euros dans les {n + 20} jours de sa notification.\n\n"
    for n in range(1, 10)
)


def checked(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    command = ["check", str(folder), "--select", "parallel", "--no-cache", "--format", "json", *arguments]
    result = CliRunner().invoke(commands, command)
    report: dict[str, Any] = json.loads(result.stdout)
    assert schema_faults(report) == []
    return result.exit_code, report, result.stderr


def written(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_check_of_a_folder_compares_what_belongs_together(tmp_path: Path) -> None:
    written(
        tmp_path, treaty_en_txt=ENGLISH, treaty_fr_txt=FRENCH.replace("411 euros", "414 euros"), notes_txt="Notes.\n"
    )
    status, report, _ = checked(tmp_path, "--no-config")
    (pair,) = report["pairs"]
    assert (status, pair["kind"]) == (1, "versions")
    assert [(f["rule"], f["data"]["a"], f["data"]["b"]) for f in pair["findings"]] == [
        ("parallel/number", "411", "414")
    ]
    assert report["summary"]["by_rule"] == {"parallel/number": 1}
    assert "their names" in pair["notes"][0]
    assert {unit["by"] for unit in pair["units"]["aligned"]} <= {"numbers", "values", "lengths", "words"}


def test_texts_in_folders_by_language_are_compared(tmp_path: Path) -> None:
    written(tmp_path, en__treaty_txt=ENGLISH, fr__treaty_txt=FRENCH)
    status, report, _ = checked(tmp_path, "--no-config")
    assert status == 0
    assert [len(pair["units"]["aligned"]) for pair in report["pairs"]] == [18]


def test_the_settings_say_what_belongs_together(tmp_path: Path) -> None:
    written(tmp_path, one_txt=ENGLISH, two_txt=FRENCH)
    (tmp_path / "auditor.toml").write_text('[[parallel]]\nfiles = ["one.txt", "two.txt"]\n', encoding="utf-8")
    _, report, _ = checked(tmp_path)
    assert [pair["kind"] for pair in report["pairs"]] == ["versions"]


def test_a_table_without_texts_is_a_fault(tmp_path: Path) -> None:
    written(tmp_path, one_txt=ENGLISH, two_txt=FRENCH)
    (tmp_path / "auditor.toml").write_text('[[parallel]]\nfiles = ["one.txt", "three.txt"]\n', encoding="utf-8")
    status, report, said = checked(tmp_path)
    assert status == 2
    assert report["pairs"] == []
    assert said.count("table 1 of [[parallel]]") == 1


def test_texts_that_are_only_named_alike_give_one_word_and_no_fault(tmp_path: Path) -> None:
    other = "".join(f"Paragraphe {n * 7}. La ville de {1800 + n * 3} avait {n * 41} maisons.\n\n" for n in range(1, 30))
    written(tmp_path, treaty_en_txt=ENGLISH, treaty_fr_txt=other)
    status, report, said = checked(tmp_path, "--no-config")
    (pair,) = report["pairs"]
    assert pair["findings"] == []
    assert {skipped["reason"] for skipped in pair["rules"]["skipped"]} >= {"the two texts do not belong together"}
    assert (status, said.count("do not belong")) == (0, 0)


def test_a_text_in_the_wrong_language_gives_one_word(tmp_path: Path) -> None:
    written(tmp_path, treaty_en_txt=ENGLISH, treaty_fr_txt=ENGLISH)
    status, report, said = checked(tmp_path, "--no-config")
    assert (status, report["pairs"]) == (2, [])
    assert said.count("is named as a text in 'fr' and written in 'en'") == 1


def test_a_pattern_that_names_a_whole_folder_is_told_and_nothing_compared(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"text{number}.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "auditor.toml").write_text('[[parallel]]\nfiles = ["*.txt"]\n', encoding="utf-8")
    status, report, said = checked(tmp_path)
    assert (status, report["pairs"]) == (2, [])
    assert said.count("30 texts belong together") == 1


def test_twins_inside_a_document_are_listed_with_their_units(tmp_path: Path) -> None:
    letter = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
    (tmp_path / "letter.md").write_bytes(letter.read_bytes())
    _, report, _ = checked(tmp_path, "--no-config")
    (pair,) = report["pairs"]
    assert (pair["a"]["label"], pair["b"]["label"]) == ("Anexo I", "Anexo II")
    assert pair["findings"] == []
    assert [unit["label"] for unit in pair["units"]["only_a"]] == ["Article 25", "Article 27"]
    assert report["summary"]["by_rule"] == {"parallel/wording": 3}
