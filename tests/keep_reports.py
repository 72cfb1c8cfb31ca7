"""What is kept of reports, made by `python tests/keep_reports.py` and read by people.

Kept are one JSON report for each fixture, and the excerpt in README.md of what an editor sees of the letter.

A difference between a kept report and today's is neither good nor bad: read it as an editor would. When the new
findings are right, run this, and commit the reports together with the change that made them differ.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

from auditor.engine import make_report
from auditor.plugins import load_rules
from auditor.reading.discover import Found
from auditor.report import Report
from auditor.reporting.json import decode, encode
from auditor.reporting.text import PLAIN_WIDTH, TextWriter
from auditor.runs import audit_each
from auditor.settings import Settings, choose

ROOT = Path(__file__).parent.parent

#: Fixtures whose reports are kept, and where.
KEPT = {
    "fixtures/a-76-740/a-76-740.md": "reports/a-76-740.json",
    "fixtures/prepcom/report.raw.txt": "reports/prepcom.json",
    "fixtures/un-resolutions-ga/A-RES-77-321.raw.txt": "reports/A-RES-77-321.raw.json",
    "fixtures/un-resolutions-ga/A-RES-78-272.raw.txt": "reports/A-RES-78-272.raw.json",
    "fixtures/un-resolutions-ga/A-RES-78-272.txt": "reports/A-RES-78-272.json",
}


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


#: The findings that README.md shows, by rule and line; the others stand for an ellipsis.
SHOWN = (("structure/missing-heading", 56), ("furniture/page-footer", 90), ("structure/missing-heading", 180))
LETTER = "fixtures/a-76-740/a-76-740.md"


def excerpt_of(report: Report) -> str:
    """What a plain stream gets of a report of one document, with the findings of `SHOWN` alone."""
    (document,) = report.documents
    shown = tuple(f for f in document.findings if (f.rule, f.range.start.line) in SHOWN)
    lines: list[str] = []
    writer = TextWriter(lambda line: lines.append(line.plain), line_width=PLAIN_WIDTH, underline=False)
    writer.document(msgspec.structs.replace(document, findings=shown))
    lines += ["  …", ""]
    writer.end(report.errors, report.summary)
    return "\n".join(lines) + "\n"


def with_excerpt(readme: str, excerpt: str) -> str:
    """The text of README.md with this excerpt in its first block of plain text."""
    begin = readme.index("```text\n") + len("```text\n")
    return readme[:begin] + excerpt + readme[readme.index("```", begin) :]


def _keep(path: Path, new: bytes) -> None:
    old = path.read_bytes() if path.exists() else b""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(new)
    how = "as it was" if new == old else "changed: read the difference (git diff) before you commit it"
    print(f"{path.relative_to(ROOT)}: {how}")


def main() -> int:
    """Write everything that is kept anew; say what has changed."""
    for fixture, kept in KEPT.items():
        _keep(ROOT / kept, report_of(fixture))
    readme = ROOT / "README.md"
    excerpt = excerpt_of(decode(report_of(LETTER)))
    _keep(readme, with_excerpt(readme.read_text(encoding="utf-8"), excerpt).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
