"""Settings: where they are found, what they may say, which one holds for a text, and what is wrong with bad ones."""

from __future__ import annotations

import json
import tomllib
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from auditor.plugins import load_rules
from auditor.project import find_project, project_with
from auditor.settings import Parallel, SettingsError, choose
from auditor.settings_file import KEYS
from auditor.settings_schema import beginning, settings_schema


def _project(folder: Path, text: str, name: str = "auditor.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_usual_settings_hold(tmp_path: Path) -> None:
    project = find_project([str(tmp_path)])
    assert project.file is None
    assert project.settings_for(str(tmp_path / "a.md")) == project.settings_for()


def test_the_nearest_settings_above_all_texts_hold(tmp_path: Path) -> None:
    _project(tmp_path, "preview = true\n")
    _project(tmp_path / "laws", "preview = false\n")
    inner = [str(tmp_path / "laws" / name) for name in ("a.md", "b.md")]
    assert find_project(inner).folder == (tmp_path / "laws").resolve()
    assert find_project([*inner, str(tmp_path / "c.md")]).settings_for().preview


def test_a_pyproject_counts_only_with_a_table_of_ours(tmp_path: Path) -> None:
    _project(tmp_path, "preview = true\n")
    _project(tmp_path / "code", "[tool.other]\nx = 1\n", "pyproject.toml")
    assert find_project([str(tmp_path / "code")]).settings_for().preview
    _project(tmp_path / "code", '[tool.auditor]\nfail-on = "error"\n', "pyproject.toml")
    assert find_project([str(tmp_path / "code")]).settings_for().fail_on == "error"


def test_a_file_of_decisions_marks_a_project_too(tmp_path: Path) -> None:
    _project(tmp_path, "", "auditor.decisions.jsonl")
    (tmp_path / "deep").mkdir()
    assert find_project([str(tmp_path / "deep")]).folder == tmp_path.resolve()


def test_overrides_hold_for_their_texts_and_the_last_one_wins(tmp_path: Path) -> None:
    path = _project(
        tmp_path,
        'ignore = ["markup"]\nmin-confidence = 0.6\n'
        '[rules."markup/html-residue"]\nseverity = "info"\n'
        '[[overrides]]\npaths = ["annexes/**"]\nignore = ["numbering"]\nprofile = "deep"\n'
        '[[overrides]]\npaths = ["*.txt"]\nmin-confidence = 0.9\n'
        '[overrides.rules."markup/html-residue"]\nseverity = "error"\n',
    )
    project = project_with(path)
    plain = project.settings_for(str(tmp_path / "a.md"))
    assert (plain.ignore, plain.profile, plain.min_confidence) == (("markup",), "default", 0.6)
    assert plain.severities == {"markup/html-residue": "info"}
    both = project.settings_for(str(tmp_path / "annexes" / "b.txt"))
    assert (both.ignore, both.profile, both.min_confidence) == (("markup", "numbering"), "deep", 0.9)
    assert both.severities == {"markup/html-residue": "error"}
    origins = project.origins_for(str(tmp_path / "annexes" / "b.txt"))
    assert "[[overrides]] for annexes/**" in origins["ignore"][1]


def test_a_severity_of_the_settings_is_the_rules(tmp_path: Path) -> None:
    path = _project(tmp_path, '[rules."numbering/gap"]\nseverity = "info"\n')
    chosen = choose(load_rules(), project_with(path).settings_for())
    assert next(rule.severity for rule, _ in chosen.rules if rule.name == "numbering/gap") == "info"


def test_parallel_texts_are_named(tmp_path: Path) -> None:
    path = _project(tmp_path, '[[parallel]]\nfiles = ["t.en.md", "t.fr.md"]\nkind = "versions"\n')
    assert project_with(path).settings_for().parallel == (Parallel(("t.en.md", "t.fr.md"), "versions"),)


def test_a_lexicon_is_read_from_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("# names\nNebenzia\n\nDebaltsevo\n", "utf-8")
    path = _project(tmp_path, 'lexicon = ["words.txt"]\n')
    assert project_with(path).settings_for().lexicon == {"Nebenzia", "Debaltsevo"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["numbering"]\n', "there is no key 'selct'; did you mean 'select'?"),
        ("min_confidence = 1\n", "did you mean 'min-confidence'?"),
        ("min-confidence = 2\n", "takes a number from 0 to 1, not 2"),
        ('select = "numbering"\n', "takes a list of texts"),
        ('preview = "yes"\n', "takes true or false"),
        ('profile = "thorough"\n', 'one of "default", "deep"'),
        ("[[overrides]]\nignore = []\n", "'paths' says for which texts it holds"),
        ('[[overrides]]\npaths = ["a"]\nfail-on = "error"\n', "there is no key 'fail-on'"),
        ('[rules."numbering/gap"]\nseverity = "fatal"\n', "the severity of rule numbering/gap is one of"),
        ('[[parallel]]\nfiles = ["a", "b"]\nkind = "copies"\n', "'kind' is one of"),
        ("select = [\n", "are not valid TOML"),
    ],
)
def test_settings_that_cannot_hold_say_where_and_why(tmp_path: Path, text: str, said: str) -> None:
    path = _project(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        project_with(path)
    assert said in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules."numbering/gaps"]\nseverity = "info"\n', "did you mean 'numbering/gap'?"),
        ('[rules."numbering/gap"]\ndepth = 3\n', "rule numbering/gap has no option 'depth'"),
        ('[[overrides]]\npaths = ["x"]\nselect = ["numbring"]\n', "did you mean 'numbering'?"),
    ],
)
def test_names_are_held_against_the_rules_before_a_run(tmp_path: Path, text: str, said: str) -> None:
    project = project_with(_project(tmp_path, text))
    every = (project.settings_for(), *project.every_override())
    with pytest.raises(SettingsError) as error:
        list(map(partial(choose, load_rules()), every))
    assert said in str(error.value)


def test_a_lexicon_that_is_not_utf_8_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"fine\nca\xe9\n")
    project = project_with(_project(tmp_path, 'lexicon = ["words.txt"]\n'))
    with pytest.raises(SettingsError, match="not UTF-8 \\(line 2\\)"):
        project.settings_for()


def test_the_file_to_begin_with_holds_nothing_and_all_its_lines_hold(tmp_path: Path) -> None:
    text = beginning(load_rules())
    assert project_with(_project(tmp_path, text)).settings_for() == find_project([str(tmp_path)]).settings_for()
    said = "\n".join(line[2:] for line in text.splitlines() if line.startswith(("# [", "# ")) and _is_setting(line))
    tables = tomllib.loads(said)
    assert {key.name for key in KEYS} <= set(tables)
    jsonschema.validate(tables, settings_schema(load_rules()))


def _is_setting(line: str) -> bool:
    return line.startswith("# [") or (" = " in line and line[2].islower())


def test_the_schema_of_settings_takes_good_ones_and_refuses_bad_ones() -> None:
    schema = json.loads(json.dumps(settings_schema(load_rules())))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"select": ["numbering"], "rules": {"numbering/gap": {"severity": "info"}}}, schema)
    for bad in ({"selct": []}, {"select": ["numbring"]}, {"rules": {"numbering/gap": {"depth": 1}}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)
