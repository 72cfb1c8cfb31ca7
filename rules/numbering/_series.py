"""How findings of this family name a series of enumerators."""

from __future__ import annotations

from auditor.analysis.enumerators import Enumerator, Enumerators
from auditor.analysis.enumerators.disorder import Disorder
from auditor.findings import Evidence

#: Below this, what the document shows of its own habits doesn't carry a finding.
LEAST = 0.6


def series_name(known: Enumerators, found: Disorder) -> str:
    """ "1. to 14." """
    first, last = (known.items[found.series.members[at]] for at in (0, -1))
    return f"{known.text(first.mark)} to {known.text(last.mark)}"


def neighbours(known: Enumerators, found: Disorder) -> tuple[Evidence, ...]:
    """The members on either side, to be looked at."""
    evidence = []
    if found.before is not None:
        evidence.append(_at(known, found.before, "before"))
    if found.after is not None and found.after.mark.start != found.mark.start:
        evidence.append(_at(known, found.after, "after"))
    return tuple(evidence)


def _at(known: Enumerators, item: Enumerator, side: str) -> Evidence:
    return Evidence(f"“{known.text(item.mark)}” stands {side} it.", known.span(item.mark))


def written(known: Enumerators, found: Disorder, number: str) -> str:
    """A number as the series writes it: "(b)"."""
    return known.write(number, found.series)
