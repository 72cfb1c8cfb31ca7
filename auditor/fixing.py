"""Carrying fixes out: which of a report's fixes can be applied together, and the text that they make.

A fix is applied whole or not at all. What one pass leaves (a fix that overlaps another one's place, or one that shows
only in the mended text) is taken up by the next; it ends when a pass changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from auditor.findings import Applicability
from auditor.report import DocumentReport, ReportedFinding, ReportedFix

#: More passes than this are not a text becoming right, but rules at odds with each other.
_MOST_PASSES = 10


class Mended(msgspec.Struct, frozen=True):
    """A text after its fixes, the findings that were mended, in the order in which they were, and whether a further
    pass would still have changed it."""

    text: str
    findings: tuple[ReportedFinding, ...]
    unsettled: bool


def mend(
    text: str,
    audit: Callable[[str], DocumentReport],
    applicabilities: Collection[Applicability],
    rules: Collection[str] = (),
) -> Mended:
    """Apply the fixes of a text's open findings until none is left.

    audit            gives the report on a text
    applicabilities  which fixes may be applied
    rules            names of rules or families; empty: all
    """
    mended: list[ReportedFinding] = []
    seen = {text}
    for _ in range(_MOST_PASSES):
        chosen = compatible(fixes_of(audit(text).findings, applicabilities, rules))
        if not chosen:
            return Mended(text, tuple(mended), False)
        after = applied(text, [fix for _, fix in chosen])
        if after in seen:
            return Mended(text, tuple(mended), after != text)
        seen.add(after)
        text = after
        mended += [finding for finding, _ in chosen]
    return Mended(text, tuple(mended), True)


def fixes_of(
    findings: Iterable[ReportedFinding], applicabilities: Collection[Applicability], rules: Collection[str] = ()
) -> list[tuple[ReportedFinding, ReportedFix]]:
    """For each open finding its first fix that may be applied."""
    found = []
    for finding in findings:
        named = not rules or finding.rule in rules or finding.rule.partition("/")[0] in rules
        if finding.status != "open" or not named:
            continue
        fix = next((f for f in finding.fixes if f.edits and f.applicability in applicabilities), None)
        if fix is not None:
            found.append((finding, fix))
    return found


def compatible(fixes: Sequence[tuple[ReportedFinding, ReportedFix]]) -> list[tuple[ReportedFinding, ReportedFix]]:
    """Those fixes whose edits do not meet, the more certain first; of two equally certain ones the earlier."""
    order = sorted(range(len(fixes)), key=lambda n: (-fixes[n][0].confidence, fixes[n][0].span.start, n))
    taken: list[tuple[int, int]] = []
    kept = []
    for number in order:
        _, fix = fixes[number]
        stretches = [(edit.start, edit.end) for edit in fix.edits]
        if any(_meets(taken, start, end) for start, end in stretches):
            continue
        for stretch in stretches:
            insort(taken, stretch)
        kept.append(number)
    return [fixes[number] for number in sorted(kept)]


def _meets(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch touches one of those taken, which are in order and apart; the order of two edits at one point
    can't be told, so that points meet too."""
    at = bisect_left(taken, (start, end))
    before = at > 0 and taken[at - 1][1] >= start
    return before or (at < len(taken) and taken[at][0] <= end)


def applied(text: str, fixes: Iterable[ReportedFix]) -> str:
    """The text with fixes carried out whose edits do not overlap; line ends put in are those of the text."""
    line_end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    pieces: list[str] = []
    at = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: (edit.start, edit.end)):
        put_in = edit.text.replace("\r\n", "\n").replace("\n", line_end) if "\n" in edit.text else edit.text
        pieces += (text[at : edit.start], put_in)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)
