"""The report as text, document by document: each finding with its place, its line, the reason and the remedy.

Lines are made as stretches with a role (`Line`); a plain stream gets their characters and a row of ``^``
under what is meant, a terminal gets colours and an underline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from auditor.report import (
    DocumentReport,
    Excerpt,
    Fault,
    PairReport,
    Place,
    ReportedEdit,
    ReportedFinding,
    ReportedFix,
    Summary,
)
from auditor.reporting.visible import keep_end, keep_start, runs_from_right, units, visible, width

PLAIN_WIDTH = 100
_PLACES_SHOWN = 6
_EVIDENCE_SHOWN = 8
_RULES_NAMED = 4
_WHERE_WIDTH = 80  # an address may hold a whole title
_REMEDY = {
    "safe": "Remedy (does not change what the text says): ",
    "unsafe": "Remedy (look before you apply it): ",
    "display": "Suggestion: ",
}


class Line(msgspec.Struct, frozen=True):
    """One line: its indentation in cells, and stretches of text with the role that decides their colour."""

    indent: int
    stretches: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """The line's characters."""
        return (" " * self.indent + "".join(text for text, _ in self.stretches)).rstrip()


def _line(indent: int, *stretches: tuple[str, str]) -> Line:
    return Line(indent, stretches)


_EMPTY = _line(0)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 finding", "1,204 findings"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quoted_line(excerpt: Excerpt, room: int, *, underline: bool) -> list[Line]:
    """The line a finding is on, cut to ``room`` cells around what is meant.

    What is meant is underlined where the stream can do that; else a row of ``^`` stands under it, or ``⟦ ⟧``
    around it in writing that runs from right to left, under which a row of marks would miss its place.
    """
    before, match, after = units(excerpt.before), units(excerpt.match), units(excerpt.after)
    meant = "".join(match)
    if width(meant) > room:
        meant = keep_start(match, room // 2) + keep_end(match, room - room // 2)
    spare = max(room - width(meant), 0)
    ahead = width("".join(before))
    behind = width("".join(after))
    left = keep_end(before, min(ahead, max(spare // 2, spare - behind)))
    right = keep_start(after, max(spare - width(left), 0))
    if runs_from_right(excerpt.before + excerpt.match + excerpt.after):
        return [_line(6, (left, "context"), (f"⟦{meant}⟧", "match"), (right, "context"))]
    shown = _line(6, (left, "context"), (meant, "match"), (right, "context"))
    if underline and meant:
        return [shown]
    return [shown, _line(6 + width(left), ("^" * max(width(meant), 1), "marks"))]


def _where(finding: ReportedFinding) -> str:
    start = finding.range.start
    parts = [f"{start.line}:{start.column}"]
    if finding.page is not None:
        parts.append(f"page {finding.page}")
    if finding.address:
        parts.append(finding.address)
    return keep_start(units(" · ".join(parts)), _WHERE_WIDTH)


def _edit_text(edit: ReportedEdit, finding: ReportedFinding, message: str) -> str:
    """What an edit puts in, where the fix's message does not say it already."""
    text = visible(edit.text.strip())
    if not text or text in message:
        return ""
    if len(text) > 120:
        text = text[:119] + "…"
    here = edit.start == finding.span.start and edit.end == finding.span.end
    return f" Write “{text}”{' here' if here and edit.start < edit.end else ''}."


def _fix(fix: ReportedFix, finding: ReportedFinding) -> Line:
    message = visible(fix.message)
    written = _edit_text(fix.edits[0], finding, message) if len(fix.edits) == 1 else ""
    if message and message[-1] not in ".!?”»":
        message += "."
    return _line(4, (_REMEDY[fix.applicability], "label"), (message + written, ""))


def _places(finding: ReportedFinding) -> Line:
    starts = [f"{place.range.start.line}:{place.range.start.column}" for place in finding.places]
    shown = ", ".join(starts[:_PLACES_SHOWN])
    more = len(starts) - _PLACES_SHOWN
    return _line(4, ("Also at: ", "label"), (shown + (f" and {more:,} more" if more > 0 else ""), ""))


def _other_side(other: Place, line_width: int, *, underline: bool) -> Iterator[Line]:
    """The other side of a comparison, under the line that the finding is on."""
    start = other.range.start
    parts = [f"{start.line}:{start.column}"]
    if other.path:
        parts.insert(0, visible(other.path))
    if other.address:
        parts.append(visible(other.address))
    yield _line(4, ("Compare: ", "label"), (keep_start(units(" · ".join(parts)), _WHERE_WIDTH), "place"))
    if other.excerpt is not None:
        yield from quoted_line(other.excerpt, max(line_width - 6, 20), underline=underline)


def finding_lines(finding: ReportedFinding, line_width: int, *, underline: bool) -> Iterator[Line]:
    """A finding as lines: place and rule, what is wrong, the line, further places, reasons, remedies."""
    yield _line(
        2,
        (finding.severity, finding.severity),
        ("  ", ""),
        (finding.rule, "rule"),
        ("  " + _where(finding), "place"),
        (f"  (confidence {finding.confidence:.2f})" if finding.confidence < 0.8 else "", "place"),
    )
    yield _line(4, (visible(finding.message), "message"))
    if finding.excerpt != Excerpt("", "", ""):
        yield from quoted_line(finding.excerpt, max(line_width - 6, 20), underline=underline)
    if finding.places:
        yield _places(finding)
    if finding.other is not None:
        yield from _other_side(finding.other, line_width, underline=underline)
    for evidence in finding.evidence[:_EVIDENCE_SHOWN]:
        at = f" ({evidence.range.start.line}:{evidence.range.start.column})" if evidence.range else ""
        yield _line(4, ("Because: ", "label"), (visible(evidence.message) + at, ""))
    if len(finding.evidence) > _EVIDENCE_SHOWN:
        yield _line(4, (f"and {count(len(finding.evidence) - _EVIDENCE_SHOWN, 'more reason')}", "label"))
    for fix in finding.fixes:
        yield _fix(fix, finding)


def _document_facts(document: DocumentReport) -> str:
    facts = [count(document.words, "word")]
    if document.pages is not None:
        facts.append(count(document.pages, "page"))
    if document.languages:
        facts.append("languages " + ", ".join(document.languages))
    if document.encoding.lower() not in ("utf-8", "ascii"):
        facts.append(document.encoding)
    return ", ".join(facts)


def document_lines(document: DocumentReport, line_width: int, *, underline: bool) -> Iterator[Line]:
    """A document as lines: nothing for one in which rules ran and found nothing."""
    unchecked = not document.rules.run or not document.words
    findings = [finding for finding in document.findings if finding.status == "open"]
    if not findings and not document.notes and not unchecked:
        return
    yield _line(0, (visible(document.path), "path"), (f"  ({_document_facts(document)})", "place"))
    for note in document.notes:
        yield _line(2, ("note  ", "label"), (visible(note), ""))
    if unchecked:
        why = "no rule could run on it" if document.words else "it holds no text"
        yield _line(2, (f"Nothing checked: {why}.", "warning"))
    yield _EMPTY
    for finding in findings:
        yield from finding_lines(finding, line_width, underline=underline)
        yield _EMPTY


class Skips:
    """Which rules did not run, gathered by reason over a run's documents."""

    def __init__(self) -> None:
        self._by_reason: dict[str, dict[str, int]] = {}

    def add(self, document: DocumentReport) -> None:
        """Take a document's skipped rules in."""
        for skipped in document.rules.skipped:
            # Each rule covers other languages, and each text is in others: told once, and in full in the JSON report.
            reason = "language not covered" if skipped.reason.startswith("language not covered") else skipped.reason
            rules = self._by_reason.setdefault(reason, {})
            rules[skipped.rule] = rules.get(skipped.rule, 0) + 1

    def lines(self, documents: int) -> Iterator[Line]:
        """One line a reason, the commonest first, at most eight."""
        ordered = sorted(self._by_reason.items(), key=lambda item: (-max(item[1].values()), item[0]))
        for reason, rules in ordered[:8]:
            names = sorted(rules)
            named = ", ".join(names[:_RULES_NAMED])
            if len(names) > _RULES_NAMED:
                named += f" and {len(names) - _RULES_NAMED:,} more"
            most = max(rules.values())
            on = "" if documents == 1 else f" on {most:,} of {count(documents, 'document')}"
            yield _line(0, ("Not run", "label"), (f"{on}: {named}: {visible(reason)}.", ""))
        if len(ordered) > 8:
            yield _line(0, (f"{count(len(ordered) - 8, 'more reason')}: see the JSON report.", "label"))


def summary_line(summary: Summary, rules: int) -> tuple[str, str]:
    """What a run came to, in one sentence, and the role it is shown in."""
    over = f"{count(summary.documents, 'document')}, {count(summary.words, 'word')}"
    if not summary.documents:
        return "Nothing checked: no document could be read.", "error"
    if not rules or not summary.words:
        why = "no rule could run" if summary.words else "there is no text"
        return f"Nothing checked: {why} ({over}).", "error"
    decided = f" {count(summary.decided, 'finding')} decided before." if summary.decided else ""
    if not summary.findings:
        return f"Nothing found: {count(rules, 'rule')} ran ({over}).{decided}", "good"
    kinds = [
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        f"{summary.infos:,} info",
    ]
    said = f"{count(summary.findings, 'finding')}: {', '.join(kinds)}; {count(rules, 'rule')} ran ({over}).{decided}"
    return said, "error" if summary.errors else "warning"


class TextWriter:
    """Writes a report as text, document by document.

    show       takes each line
    width      cells in a line
    underline  whether the stream can underline
    summarise  whether to say at the end what the run came to
    """

    def __init__(
        self, show: Callable[[Line], object], *, line_width: int, underline: bool, summarise: bool = True
    ) -> None:
        self._show = show
        self._width = line_width
        self._underline = underline
        self._summarise = summarise
        self._skips = Skips()
        self._ran: set[str] = set()

    def document(self, document: DocumentReport) -> None:
        """Write one document's findings; one side of a comparison has none of its own."""
        if not document.rules.run and not document.rules.skipped and not document.findings:
            return
        self._skips.add(document)
        self._ran.update(document.rules.run)
        for line in document_lines(document, self._width, underline=self._underline):
            self._show(line)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write what was found between two documents, and the summary."""
        from auditor.reporting.pairs import pair_lines

        for pair in pairs:
            self._ran.update(pair.rules.run)
            for line in pair_lines(pair, self._width, underline=self._underline):
                self._show(line)
        if not self._summarise:
            return
        said, role = summary_line(summary, len(self._ran))
        self._show(_line(0, (said, role)))
        for line in self._skips.lines(summary.documents):
            self._show(line)
        number = len(list(faults))
        if number:
            message = f"{count(number, 'thing')} could not be done: see the messages on the error stream."
            self._show(_line(0, (message, "error")))
