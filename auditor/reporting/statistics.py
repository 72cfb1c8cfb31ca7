"""What a run came to in figures: findings by rule, how dense they are, and where the time went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.report import Summary


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    yield title
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join(cells)


def _shares(title: str, seconds: Mapping[str, float], words: int) -> Iterator[str]:
    total = sum(seconds.values())
    rows = [("", "seconds", "share", "words/s")]
    for name, spent in sorted(seconds.items(), key=lambda item: (-item[1], item[0])):
        speed = f"{words / spent:,.0f}" if spent > 0 else "-"
        rows.append((name, f"{spent:.3f}", f"{spent / total:.0%}" if total else "-", speed))
    rows.append(("all", f"{total:.3f}", "", f"{words / total:,.0f}" if total else "-"))
    yield from _table(title, rows)


def statistics_lines(
    summary: Summary, rule_seconds: Mapping[str, float], fact_seconds: Mapping[str, float]
) -> Iterator[str]:
    """Tables of findings per rule and per 1,000 words, and of the time each analysis and rule took by itself.

    Times are wall-clock seconds, added over the documents; a fact's time is counted with the fact, not with
    the rule that asked for it first.
    """
    words = summary.words
    rows = [("", "findings", "per 1,000 words")]
    for name, number in sorted(summary.by_rule.items(), key=lambda item: (-item[1], item[0])):
        rows.append((name, f"{number:,}", f"{1000 * number / words:.3f}" if words else "-"))
    rows.append(("all", f"{summary.findings:,}", f"{1000 * summary.findings / words:.3f}" if words else "-"))
    yield from _table(f"Findings by rule ({words:,} words)", rows)
    yield ""
    yield from _shares("Time by analysis", fact_seconds, words)
    yield ""
    yield from _shares("Time by rule", rule_seconds, words)
