"""A comparison as text: what each two texts are to each other, and their differences with both sides shown."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.report import PairReport, Report
from auditor.reporting.text import Line, count, finding_lines, summary_line
from auditor.reporting.visible import visible

_KINDS = {
    "twins": "twins: one template, other names",
    "versions": "versions in two languages",
    "scans": "one text twice",
}
_SUBSTITUTIONS_SHOWN = 6


def _line(indent: int, *stretches: tuple[str, str]) -> Line:
    return Line(indent, stretches)


def pair_lines(pair: PairReport, line_width: int, *, underline: bool) -> Iterator[Line]:
    """One comparison as lines."""
    if pair.a.path == pair.b.path and not pair.findings:
        return  # twins inside a document, whose differences were shown with it
    names = f"{visible(pair.a.path)}  |  {visible(pair.b.path)}"
    if not pair.rules.run:
        yield _line(0, (names, "path"))
        yield _line(2, ("Nothing compared", "warning"), (f": {_last_reason(pair)}.", ""))
        for note in pair.notes:
            yield _line(2, ("note  ", "label"), (visible(note), ""))
        yield _line(0)
        return
    yield _line(0, (names, "path"), (f"  ({_KINDS[pair.kind]})", "place"))
    units = pair.units
    aligned = f"{count(len(units.aligned), 'unit')} aligned"
    alone = f"{len(units.only_a):,} only in the first, {len(units.only_b):,} only in the second"
    moved = f", {len(units.order):,} in another order" if units.order else ""
    share = "" if pair.kind == "versions" else f"; {100 * pair.likeness:.1f} % of the words agree"
    yield _line(2, (f"{aligned}, {alone}{moved}{share}.", ""))
    if pair.substitutions:
        shown = ", ".join(
            f"“{visible(s.a)}” / “{visible(s.b)}” ({count(s.count, 'time')})"
            for s in pair.substitutions[:_SUBSTITUTIONS_SHOWN]
        )
        more = len(pair.substitutions) - _SUBSTITUTIONS_SHOWN
        yield _line(2, ("Replaced throughout: ", "label"), (shown + (f" and {more:,} more" if more > 0 else ""), ""))
    if pair.set_aside:
        told = ", ".join(f"{number:,} of {name}" for name, number in sorted(pair.set_aside.items()))
        yield _line(2, ("Not told: ", "label"), (f"differences of nothing but spaces and hyphens ({told}).", ""))
    for note in pair.notes:
        yield _line(2, ("note  ", "label"), (visible(note), ""))
    yield _line(0)
    for finding in pair.findings:
        yield from finding_lines(finding, line_width, underline=underline)
        yield _line(0)


def _last_reason(pair: PairReport) -> str:
    return visible(pair.rules.skipped[-1].reason) if pair.rules.skipped else "no rule was chosen"


def comparison_lines(report: Report, line_width: int, *, underline: bool, summarise: bool = True) -> Iterator[Line]:
    """A report of comparisons as lines."""
    for pair in report.pairs:
        yield from pair_lines(pair, line_width, underline=underline)
    if not summarise:
        return
    ran = {name for pair in report.pairs for name in pair.rules.run}
    said, role = summary_line(report.summary, len(ran))
    yield _line(0, (said, role))
    number = len(report.errors)
    if number:
        message = f"{count(number, 'thing')} could not be done: see the messages on the error stream."
        yield _line(0, (message, "error"))
