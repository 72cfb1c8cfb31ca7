"""What the rules of structure and numbering say of texts whose structure is believed clean.

Every finding is listed, for reading. Those that were read and are right stand in ``judged.toml``, with the reason; the
others count as false.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from auditor import audit
from auditor.report import ReportedFinding
from benchmarks.corpora import load
from benchmarks.headings import FAMILIES
from benchmarks.table import percent, print_table

#: Corpora, and the share of their documents that may have a false finding.
ALLOWED = {
    "uy-es": 0.05,
    "ie-en": 0.05,
    "lu-fr": 0.05,
    "un-charter": 0.05,
    "bbnj": 0.05,
    "resolutions": 0.05,
    "ch-de": 0.10,
}


def judged_right() -> dict[tuple[str, str], str]:
    """Findings that were read and found right: document and fingerprint, and the reason."""
    entries = tomllib.loads((Path(__file__).parent / "judged.toml").read_text("utf-8")).get("right", [])
    return {(entry["document"], entry["fingerprint"]): entry["reason"] for entry in entries}


def report(data: Path, *, limit: int | None = None, corpora: tuple[str, ...] = (), list_all: bool = True) -> None:
    """Print the table, and the findings before it: all of them, or those not judged right only."""
    right = judged_right()
    rows = []
    for corpus in corpora or ALLOWED:
        texts = load(data, corpus, limit)
        documents_with_false = findings = judged = 0
        for text in texts:
            result = audit(text.source())
            for fault in result.errors:
                click.echo(f"  fault: {fault.message}")
            false_here = 0
            for document in result.documents:
                for finding in document.findings:
                    if finding.rule.partition("/")[0] not in FAMILIES:
                        continue
                    findings += 1
                    reason = right.get((document.path, finding.fingerprint))
                    judged += reason is not None
                    false_here += reason is None
                    if list_all or reason is None:
                        _print(document.path, finding, reason)
            documents_with_false += false_here > 0
        rows.append(
            (
                corpus,
                len(texts),
                findings,
                judged,
                documents_with_false,
                percent(documents_with_false, len(texts)),
                percent(ALLOWED.get(corpus, 0.05), 1),
            )
        )
    header = ("corpus", "documents", "findings", "judged right", "documents with others", "share", "allowed")
    print_table("Silence on clean structure: findings of the families structure and numbering", header, rows)


def _print(path: str, finding: ReportedFinding, reason: str | None) -> None:
    verdict = "not judged" if reason is None else f"right: {reason}"
    click.echo(f"\n{path}:{finding.range.start.line} {finding.rule} ({finding.confidence}) [{verdict}]")
    click.echo(f"    {finding.message}")
    click.echo(f"    {finding.excerpt.before}⟦{finding.excerpt.match}⟧{finding.excerpt.after}")
    click.echo(f"    address: {finding.address or '–'}; fingerprint {finding.fingerprint}")
