"""``auditor compare``: two texts or more held against each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from auditor.cli import commands
from auditor.reporting.json import schema_faults

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
LINES = [
    "The Parties shall cooperate in the field of transport and open their ports to each other's ships.",
    "Each Party shall inform the other of the measures which it takes within its own territory.",
    "Disputes about the application of this Treaty shall be settled by negotiation between governments.",
    "This Treaty is concluded for a period of 10 years and is renewed for successive periods of five years.",
]
TREATY = "\n\n".join(LINES) + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["compare", *arguments])


def written(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [f"{name}.md" for name in texts]


def compared(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert schema_faults(report) == []
    return report


def _the_two_treaties(folder: Path) -> tuple[list[str], list[int]]:
    text = LETTER.read_text(encoding="utf-8")
    starts = [text.index("## Anexo I de"), text.index("## Anexo II de"), text.index("## Anexo III de")]
    return written(folder, one=text[starts[0] : starts[1]], two=text[starts[1] : starts[2]]), starts


def test_the_two_treaties_of_the_letter_give_what_is_known_and_nothing_else(folder: Path) -> None:
    paths, starts = _the_two_treaties(folder)
    truth = json.loads(LETTER.with_name("truth.json").read_text(encoding="utf-8"))
    items = [item for item in truth["findings"] if item["rule"].startswith("parallel/")]
    (pair,) = compared(*paths)["pairs"]
    assert pair["kind"] == "twins"
    assert pair["substitutions"] == [{"a": "Donetsk", "b": "Lugansk", "count": 12}]
    assert len(pair["findings"]) == len(items) == 7
    for finding, item in zip(pair["findings"], items, strict=True):
        assert finding["rule"] == item["rule"]
        for span, place, start in (
            (finding["span"], item["where"], starts[0]),
            (finding["other"]["span"], item["other"], starts[1]),
        ):
            assert span["start"] + start <= place["end"] + 2
            assert place["start"] <= span["end"] + start + 2
    assert [unit["label"] for unit in pair["units"]["only_a"]] == ["Article 25", "Article 27"]
    assert [unit["label"] for unit in pair["units"]["only_b"]] == ["Article 26"]
    assert pair["units"]["order"] == []


def test_both_sides_are_shown_under_each_other(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY.replace("shall inform", "may inform"))
    result = run(*paths)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[3:9] == [
        "  error  parallel/wording  3:12",
        "    a.md has “shall” where b.md has “may”: they differ in what they command, allow or deny (“may”, “shall”).",
        "      Each Party shall inform the other of the measures which it takes within its …",
        "                 ^^^^^",
        "    Compare: b.md · 3:12",
        "      Each Party may inform the other of the measures which it takes within its …",
    ]


def test_two_copies_have_no_differences(folder: Path) -> None:
    result = run(*written(folder, a=TREATY, b=TREATY))
    assert result.exit_code == 0
    assert "Nothing found" in result.stdout
    assert "100.0 % of the words agree" in result.stdout


def test_texts_that_do_not_belong_together_give_one_clear_word(folder: Path) -> None:
    other = "The tariff of the customs union is laid down in a table.\n\nCoffee and tea are free of duty.\n"
    result = run(*written(folder, a=TREATY, b=other))
    assert result.exit_code == 2
    assert result.stderr.count("do not belong together") == 1
    assert "parallel/" not in result.stdout
    (pair,) = compared("a.md", "b.md")["pairs"]
    assert pair["findings"] == []
    assert pair["rules"]["run"] == []


def test_an_empty_text_is_named(folder: Path) -> None:
    result = run(*written(folder, a=TREATY, b=""))
    assert result.exit_code == 2
    assert "b.md: it holds no text" in result.stderr


def test_a_missing_file_is_named(folder: Path) -> None:
    result = run(*written(folder, a=TREATY), "nowhere.md")
    assert result.exit_code == 2
    assert "nowhere.md: there is no such file" in result.stderr


def test_a_text_is_not_compared_with_itself(folder: Path) -> None:
    written(folder, a=TREATY)
    for other in ("a.md", "./a.md"):
        result = run("a.md", other)
        assert result.exit_code == 2
        assert "Name each text once" in result.stderr


def test_one_text_alone_is_a_mistake(folder: Path) -> None:
    result = run(*written(folder, a=TREATY))
    assert result.exit_code == 2
    assert "two texts or more" in result.stderr


def test_a_report_does_not_take_the_place_of_a_text(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY)
    result = run(*paths, "--output", "b.md")
    assert result.exit_code == 2
    assert (folder / "b.md").read_text(encoding="utf-8") == TREATY


def test_the_report_is_written_to_a_file(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY.replace("10", "20"))
    assert run(*paths, "--format", "json", "--output", "out.json").exit_code == 1
    report = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert [f["rule"] for f in report["pairs"][0]["findings"]] == ["parallel/number"]
    assert report["summary"]["by_rule"] == {"parallel/number": 1}


def test_rules_are_chosen_as_for_a_check(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY.replace("10", "20").replace("closely ", "").replace("its own", "own"))
    assert compared(*paths, "--ignore", "parallel/number")["summary"]["by_rule"] == {"parallel/wording": 1}
    assert compared(*paths, "--select", "parallel/number")["summary"]["by_rule"] == {"parallel/number": 1}
    assert run(*paths, "--fail-on", "never").exit_code == 0
    assert run(*paths, "--select", "markup").exit_code == 2


def test_of_three_texts_the_one_that_stands_alone_is_named(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY.replace("10", "20"), c=TREATY)
    pairs = compared(*paths, "--kind", "scans")["pairs"]
    assert [len(pair["findings"]) for pair in pairs] == [1, 0]
    (evidence,) = pairs[0]["findings"][0]["evidence"]
    assert evidence["message"] == "b.md stands alone: c.md agrees with a.md here."


def test_a_first_text_that_stands_alone_is_told_once(folder: Path) -> None:
    other = TREATY.replace("10", "20")
    paths = written(folder, a=TREATY, b=other, c=other)
    pairs = compared(*paths, "--kind", "scans")["pairs"]
    assert [len(pair["findings"]) for pair in pairs] == [1, 0]
    assert "a.md stands alone" in pairs[0]["findings"][0]["evidence"][0]["message"]


@pytest.mark.parametrize(("kind", "found"), [("scans", "scans"), ("twins", "twins")])
def test_the_kind_can_be_said(folder: Path, kind: str, found: str) -> None:
    paths = written(folder, a=TREATY, b=TREATY)
    assert compared(*paths, "--kind", kind)["pairs"][0]["kind"] == found


def test_texts_in_one_language_are_no_versions(folder: Path) -> None:
    paths = written(folder, a=TREATY, b=TREATY.replace("Parties", "States"))
    result = run(*paths, "--kind", "versions")
    assert result.exit_code == 2
    assert result.stderr.count("are both in one language") == 1
    assert "parallel/" not in result.stdout


def test_what_a_scanner_reads_otherwise_are_no_names() -> None:
    """In a script without capitals any word may be a name; a scan of the same text has no other parties."""
    from auditor.alignment.substitutions import Substitution
    from auditor.comparison import _names_differ

    def replaced(a: str, b: str, count: int) -> Substitution:
        return Substitution((a,), (b,), count, shown=(a, b))

    scan = [replaced("أو دون", "أودون", 12), replaced("الصلة ،", "الصلةء", 6), replaced("عبر", "عبل", 2)]
    assert not _names_differ(scan)
    assert not _names_differ([])
    assert _names_differ([replaced("Donetsk", "Lugansk", 12)])
    assert _names_differ([replaced("مصر", "الأردن", 9), replaced("أو دون", "أودون", 3)])
