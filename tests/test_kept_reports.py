"""The fixtures: their reports are the ones that were read and kept, and find what is known to be wrong."""

from __future__ import annotations

import json
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from auditor.plugins import load_rules
from auditor.reporting.json import decode, schema_faults
from keep_reports import KEPT, LETTER, excerpt_of, report_of, with_excerpt

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(("fixture", "kept"), list(KEPT.items()))
def test_the_report_is_the_kept_one(fixture: str, kept: str) -> None:
    old = (ROOT / kept).read_text(encoding="utf-8")
    new = report_of(fixture).decode()
    difference = "\n".join(unified_diff(old.splitlines(), new.splitlines(), "kept", "now", lineterm="", n=8))
    assert new == old, (
        f"{kept} is not what a run gives now. Read the difference as an editor would, finding by finding. If the "
        "new report is the better one, run 'python tests/keep_reports.py' and commit it with your change.\n"
        + difference[:6000]
    )


@pytest.mark.parametrize("kept", list(KEPT.values()))
def test_kept_reports_follow_the_schema(kept: str) -> None:
    report = json.loads((ROOT / kept).read_text(encoding="utf-8"))
    assert schema_faults(report) == []
    assert report["errors"] == []


def test_the_readme_shows_what_is_printed_today() -> None:
    """Refreshed by 'python tests/keep_reports.py'."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    excerpt = excerpt_of(decode(report_of(LETTER)))
    assert len(excerpt.splitlines()) > 15
    assert readme == with_excerpt(readme, excerpt)


# --- the letter, against what people found in it


def _truth() -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((ROOT / LETTER).with_name("truth.json").read_text(encoding="utf-8"))
    return truth


def _findings() -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(report_of(LETTER))["documents"][0]["findings"]
    return findings


def _finds(finding: dict[str, Any], item: dict[str, Any]) -> bool:
    """Whether a finding reports a known defect: same rule, same label, and one of its places meets it.

    A place where something is missing is met within two characters.
    """
    if finding["rule"] != item["rule"] or ("label" in item and finding["data"].get("label") != item["label"]):
        return False
    wanted = [item["where"], *([item["other"]] if item.get("other") else [])]
    for span in (finding["span"], *(place["span"] for place in finding["places"])):
        for where in wanted:
            if where["start"] == where["end"]:
                if abs(span["start"] - where["start"]) <= 2:
                    return True
            elif span["start"] < where["end"] and span["end"] > where["start"]:
                return True
    return False


def test_the_places_of_the_known_defects_are_where_the_text_says() -> None:
    text = (ROOT / LETTER).read_text(encoding="utf-8")
    for item in _truth()["findings"]:
        assert text[item["where"]["start"] : item["where"]["end"]] == item["where"]["text"]


def test_every_required_defect_of_the_families_that_exist_is_found() -> None:
    families = {rule.family for rule in load_rules().rules}
    required = [i for i in _truth()["findings"] if i["required"] and i["rule"].partition("/")[0] in families]
    findings = _findings()
    missed = [
        f"{item['rule']} line {item['where']['line']} {item.get('label', '')}"
        for item in required
        if not any(_finds(finding, item) for finding in findings)
    ]
    assert missed == []
    assert len(required) >= 15


def test_what_is_found_beyond_the_known_defects_is_little_and_listed() -> None:
    """Each finding that no known defect explains has been looked at, and stands in the fixture's own notes."""
    known = _truth()["findings"]
    notes = (ROOT / LETTER).with_name("README.md").read_text(encoding="utf-8")
    beyond = [finding for finding in _findings() if not any(_finds(finding, item) for item in known)]
    unlisted = [
        f"{finding['rule']} line {finding['range']['start']['line']}: {finding['message']}"
        for finding in beyond
        if f"`{finding['rule']}`, line {finding['range']['start']['line']}:" not in notes
    ]
    assert unlisted == []
    assert len(beyond) <= 3
