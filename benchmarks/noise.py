"""Findings of the default rules per 1,000 words of clean texts: treaties, resolutions, the Charter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from auditor import audit
from benchmarks.corpora import load
from benchmarks.table import print_table

CORPORA = ("bbnj", "resolutions", "un-charter", "unsc")
BUDGET = 0.5


def report(data: Path, *, limit: int | None = None, corpora: tuple[str, ...] = (), list_all: bool = False) -> None:
    """Print findings per rule and per corpus; with ``list_all`` every finding before them."""
    names = corpora or CORPORA
    words: Counter[str] = Counter()
    found: Counter[tuple[str, str, str]] = Counter()
    for corpus in names:
        for text in load(data, corpus, limit):
            result = audit(text.source())
            for fault in result.errors:
                click.echo(f"  fault: {fault.message}")
            for document in result.documents:
                words[corpus] += document.words
                for finding in document.findings:
                    found[finding.rule, finding.severity, corpus] += 1
                    if list_all:
                        excerpt = finding.excerpt
                        click.echo(
                            f"{document.path}:{finding.range.start.line} {finding.rule} {finding.severity} "
                            f"({finding.confidence}) {finding.message}\n"
                            f"    {excerpt.before}⟦{excerpt.match}⟧{excerpt.after}"
                        )
    rules = sorted({(rule, severity) for rule, severity, _ in found})
    total_words = max(words.total(), 1)
    rows: list[tuple[object, ...]] = []
    for rule, severity in rules:
        counts = [found[rule, severity, corpus] for corpus in names]
        rows.append((rule, severity, *counts, sum(counts), f"{1000 * sum(counts) / total_words:.3f}"))
    rows.sort(key=lambda row: (-int(str(row[-2])), str(row[0])))
    counts = [sum(n for key, n in found.items() if key[2] == corpus) for corpus in names]
    rows.append(("all rules", "", *counts, sum(counts), f"{1000 * sum(counts) / total_words:.3f}"))
    rows.append(("words", "", *(words[corpus] for corpus in names), words.total(), ""))
    rates = [f"{1000 * n / max(words[corpus], 1):.3f}" for n, corpus in zip(counts, names, strict=True)]
    rows.append(("per 1,000 words", "", *rates, f"{1000 * sum(counts) / total_words:.3f}", ""))
    header = ("rule", "severity", *names, "all", "per 1,000 words")
    print_table(f"Noise of the default rules (budget: {BUDGET} findings per 1,000 words)", header, rows)
