"""Texts and file names that would like to be commands, markup or code: in every form of a report they are text."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

from auditor.cli import main
from auditor.reporting.json import schema_faults
from test_reporting_html import in_browser, notes, opened, page
from test_reporting_sarif import SCHEMA

#: What the rule finds in each text: a document symbol that a converter damaged.
DAMAGE = "see document $A_{76/740}$ here"
RUN = "document.documentElement.setAttribute('data-ran','1')"

TEXTS: dict[str | bytes, str] = {
    "script.md": (
        f'<script>{RUN}</script> {DAMAGE} <img src=x onerror="{RUN}">\n\n</pre></main><script>{RUN}</script>\n'
    ),
    "links.md": (
        f"[{DAMAGE}](javascript:{RUN}) and ![x](data:text/html,<script>{RUN}</script>)\n\n"
        f"<a href='javascript:{RUN}'>x</a>\n"
    ),
    "escapes.md": f"\x1b[2J\x1b]0;owned\x07 {DAMAGE} \x1b[31m\x9b1m and \x08\x08\n",
    "bidi.md": f"\u202e{DAMAGE} \u2066reversed\u2069 \u202d \u200f end\n",
    "line.md": "word " * 210_000 + DAMAGE + " 🎉 " + "word " * 10 + "\n",
    "commands.md": (
        f"::error file=x::{DAMAGE}\n\n::add-mask::{DAMAGE}\n\n##[command]{DAMAGE}\n\n%0A::warning::{DAMAGE}\n"
    ),
    "markup.md": f"]]> --> {{{{ 7*7 }}}} {{% raw %}} &lt;b&gt; &#60;script&#62; {DAMAGE} | @all `x` <!-- \n",
    "../up/../in.md": f"A path that goes up and comes back: {DAMAGE}.\n",
    "a name with spaces, commas: and 100%.md": f"Plain text: {DAMAGE}.\n",
    "two\nlines\r::error::x.md": f"Plain text: {DAMAGE}.\n",
    b"caf\xe9 <script>.md": f"Plain text: {DAMAGE}.\n",
}

#: Where a control character is a danger. Line feeds are how lines end.
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_HARMLESS = frozenset("\n\u200c\u200d")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the texts, which is the working folder, and with a report in every form."""
    top = tmp_path_factory.mktemp("hostile")
    inside = top / "in"
    inside.mkdir()
    (top / "up").mkdir()
    before = Path.cwd()
    os.chdir(inside)
    for name, text in TEXTS.items():
        try:
            Path(os.fsdecode(name)).write_text(text, encoding="utf-8", newline="")
        except OSError:
            pytest.skip(f"this file system has no such name as {name!r}")
    yield inside
    os.chdir(before)


FORMS = ("json", "jsonl", "sarif", "github", "gitlab", "junit", "html", "text")


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, bytes]:
    names = [os.fsdecode(name) for name in TEXTS]
    wanted = [word for form in FORMS for word in ("--report", f"{form}=../out.{form}")]
    status = main(["check", "--no-config", "--quiet", "--select", "references/symbol-damaged", *wanted, "--", *names])
    assert status == 1
    return {form: (folder.parent / f"out.{form}").read_bytes() for form in FORMS}


def unsafe(text: str) -> set[str]:
    """Characters that move a cursor, or turn a line around."""
    return {c for c in set(text) if unicodedata.category(c) in _CONTROLS and c not in _HARMLESS}


def found_in(reports: dict[str, bytes]) -> list[tuple[str, str]]:
    report = json.loads(reports["json"])
    return [(text["path"], each["fingerprint"]) for text in report["documents"] for each in text["findings"]]


def test_every_text_is_audited_and_something_is_found_in_each(reports: dict[str, bytes]) -> None:
    report = json.loads(reports["json"])
    assert schema_faults(report) == []
    assert report["errors"] == []
    assert len({path for path, _ in found_in(reports)}) == len(TEXTS)


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "junit"])
def test_what_is_shown_on_a_terminal_holds_no_control(reports: dict[str, bytes], form: str) -> None:
    assert unsafe(reports[form].decode("utf-8")) == set()


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif"])
def test_no_terminal_is_driven_by_json(reports: dict[str, bytes], form: str) -> None:
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", reports[form])


def test_what_a_runner_takes_for_commands_are_ours(
    folder: Path, reports: dict[str, bytes], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = reports["github"].decode("utf-8").splitlines()
    assert 0 < len(lines) <= 30
    assert all(
        re.match(r"::(error|warning|notice) file=[^:]*,title=references/symbol-damaged::", line) for line in lines
    )
    assert not any("##[" in line for line in lines)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    names = [os.fsdecode(name) for name in TEXTS]
    main(["check", "--no-config", "--select", "references/symbol-damaged", "--", *names])
    printed = "".join(capfd.readouterr())
    assert "\\x3a:error" in printed
    for line in re.split(r"[\r\n]", printed):
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_sarif_is_sarif_and_leads_to_the_files(reports: dict[str, bytes]) -> None:
    log = json.loads(reports["sarif"])
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []
    references = [each["location"]["uri"] for each in log["runs"][0]["artifacts"]]
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", reference) for reference in references)
    assert all(os.path.exists(unquote_to_bytes(reference)) for reference in references)  # noqa: PTH110
    assert len(log["runs"][0]["results"]) == len(found_in(reports))


def test_gitlab_and_json_lines_hold_every_finding(reports: dict[str, bytes]) -> None:
    issues = json.loads(reports["gitlab"])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(found_in(reports))
    lines = [json.loads(line) for line in reports["jsonl"].splitlines()]
    assert [(line["path"], line["fingerprint"]) for line in lines] == found_in(reports)


def test_junit_is_xml(reports: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(reports["junit"])
    assert len(root) == len(TEXTS)
    assert sum(int(suite.get("failures", "")) for suite in root) == len(TEXTS)


def test_the_page_is_made_of_its_own_markup(reports: dict[str, bytes]) -> None:
    root = page(reports["html"])
    assert len(notes(root)) == len(found_in(reports))
    shown = "".join(each.text for each in root.of("main"))
    assert "caf\\xe9 <script>.md" in shown
    assert "{{ 7*7 }}" in shown
    assert unsafe(reports["html"].decode("utf-8")) <= {"\u200f"}  # a mark that belongs to its writing


def test_the_same_texts_give_the_same_bytes(folder: Path, reports: dict[str, bytes]) -> None:
    names = [os.fsdecode(name) for name in TEXTS]
    wanted = [word for form in FORMS for word in ("--report", f"{form}=../again.{form}")]
    main(
        [
            "check",
            "--no-config",
            "--quiet",
            "--jobs",
            "2",
            "--select",
            "references/symbol-damaged",
            *wanted,
            "--",
            *names,
        ]
    )
    for form in FORMS:
        assert (folder.parent / f"again.{form}").read_bytes() == reports[form], form


@in_browser
def test_nothing_on_the_page_runs(tmp_path: Path, reports: dict[str, bytes]) -> None:
    root = opened(tmp_path, reports["html"])
    (html,) = root.of("html")
    assert "data-ran" not in html.attributes
    assert "scripted" in html.attributes["class"]
