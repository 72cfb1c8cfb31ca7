"""The kept reports: one JSON report for each fixture, made by `python tests/keep_reports.py` and read by people.

A difference between a kept report and today's is neither good nor bad: read it as an editor would. When the new
findings are right, run this, and commit the reports together with the change that made them differ.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from auditor.engine import make_report
from auditor.plugins import load_rules
from auditor.reading.discover import Found
from auditor.reporting.json import encode
from auditor.runs import audit_each
from auditor.settings import Settings, choose

ROOT = Path(__file__).parent.parent

#: Fixtures whose reports are kept, and where.
KEPT = {"fixtures/a-76-740/a-76-740.md": "reports/a-76-740.json"}


def report_of(fixture: str) -> bytes:
    """The report of a fixture, as ``auditor check --format json`` writes it from the folder of the project."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        settings = Settings()
        # Only the rules that come with auditor: what else is installed on a machine is no part of a kept report.
        book = load_rules()
        own = tuple(rule for rule in book.rules if rule.check.__module__.startswith("auditor_rules."))
        chosen = choose(type(book)(own, ()), settings)
        audited = list(audit_each([Found(fixture, fixture)], settings, chosen=chosen))
        report = make_report(audited, (), chosen, settings)
    finally:
        os.chdir(before)
    return encode(report)


def main() -> int:
    """Write every kept report anew; say which have changed."""
    for fixture, kept in KEPT.items():
        path = ROOT / kept
        new = report_of(fixture)
        old = path.read_bytes() if path.exists() else b""
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(new)
        print(
            f"{kept}: {'as it was' if new == old else 'changed: read the difference (git diff) before you commit it'}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
