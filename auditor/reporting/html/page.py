"""Writing the page: each text with its notes, then the head with the sums before them."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

import msgspec

from auditor.document import Document
from auditor.report import DocumentReport, Fault, PairReport, ReportedFinding, Summary, Tool
from auditor.reporting.html.notes import SEVERITY_NAMES, STATUS_NAMES, Anchors, Note, look_of, note
from auditor.reporting.html.parallel import Row, rows_of
from auditor.reporting.html.sheet import Laid, Mark, Sheet, leaves
from auditor.reporting.html.shown import shown
from auditor.reporting.text import Skips, count, summary_line
from auditor.reporting.texts import Texts

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
_IN_MEMORY = 8_000_000  # bytes of laid out texts, before they go to a file
_PIECE = 1 << 20
_LONGEST_ROW = 24  # blocks
_CLEAN_LISTED = 2000  # texts in which nothing was found that are named; of more there is a number


class Listed(msgspec.Struct, frozen=True):
    """A text in the list of texts. ``anchor`` is empty where nothing was found in it; ``clean``: rules ran."""

    name: str
    anchor: str
    facts: str
    said: str
    clean: bool


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"severity_names": SEVERITY_NAMES, "status_names": STATUS_NAMES}
    environment.filters["count"] = count
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """What a content security policy knows an inline script or style by."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii") + "'"


class HtmlWriter:
    """Writes a report as one HTML file.

    write  takes the bytes, when the report is whole
    tool   the program, and which rules and settings it ran with
    texts  where the texts are
    """

    def __init__(self, write: Callable[[bytes], object], tool: Tool, texts: Texts) -> None:
        self._write = write
        self._tool = tool
        self._texts = texts
        self._environment = _environment()
        self._body = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (closed with the report)
        self._listed: list[Listed] = []
        self._skips = Skips()
        self._ran: set[str] = set()
        self._numbers = self._clean = 0
        self._sections = 0
        self._counts: dict[str, Counter[str]] = {"severity": Counter(), "status": Counter(), "rule": Counter()}

    # ------------------------------------------------------------------------------------------------ what comes in

    def document(self, document: DocumentReport) -> None:
        """Lay one document out, if anything was found in it."""
        if not document.rules.run and not document.rules.skipped and not document.findings:
            return  # one side of a comparison
        self._skips.add(document)
        self._ran.update(document.rules.run)
        self._sections += 1
        anchor = f"t{self._sections}" if document.findings else ""
        self._list(document.path, anchor, _facts(document), document.findings, _unchecked(document))
        if not document.findings:
            return
        text = self._texts.document(document.path, document.sha256)
        here = Anchors(f"b{self._sections}-", text)
        notes = self._notes(document.findings, text, here, text, here)
        if text is None:
            parts: Iterator[Mapping[str, Any]] = iter(())
            loose = notes
        else:
            sheet = Sheet(text, _marks(document.findings, notes))
            parts, loose = _parts(sheet, document.findings, notes, here)
        self._render(
            "document.html.jinja",
            anchor=anchor,
            name=shown(document.path),
            facts=_facts(document),
            remarks=[shown(remark) for remark in document.notes],
            found=len(document.findings),
            changed=text is None,
            plain=document.media_type == "text/plain",
            parts=parts,
            loose=loose,
        )

    def _pair(self, pair: PairReport) -> None:
        """Lay two texts out side by side."""
        self._sections += 1
        self._ran.update(pair.rules.run)
        anchor = f"t{self._sections}"
        name = f"{pair.a.path} | {pair.b.path}"
        said = "" if pair.rules.run else "Nothing compared."
        self._list(name, anchor if pair.findings else "", _pair_facts(pair), pair.findings, said)
        if not pair.findings:
            return
        one = self._texts.document(pair.a.path, pair.a.sha256)
        other = self._texts.document(pair.b.path, pair.b.sha256)
        here, there = Anchors(f"b{self._sections}-", one), Anchors(f"c{self._sections}-", other)
        notes = self._notes(pair.findings, one, here, other, there, same_language=pair.kind != "versions")
        rows: Iterator[Mapping[str, Any]] = iter(())
        loose = notes
        if one is not None and other is not None:
            left, right = Sheet(one, _marks(pair.findings, notes)), Sheet(other, _other_marks(pair.findings, notes))
            rows, loose = _pair_parts(rows_of(pair.units, left, right), left, right, pair.findings, notes, here, there)
        self._render(
            "pair.html.jinja",
            anchor=anchor,
            name=shown(name),
            names=(shown(pair.a.path), shown(pair.b.path)),
            facts=_pair_facts(pair),
            remarks=[shown(remark) for remark in pair.notes],
            replaced=[(shown(each.a), shown(each.b), each.count) for each in pair.substitutions],
            found=len(pair.findings),
            changed=one is None or other is None,
            rows=rows,
            loose=loose,
        )

    def _notes(
        self,
        findings: Sequence[ReportedFinding],
        document: Document | None,
        here: Anchors,
        other: Document | None,
        there: Anchors,
        *,
        same_language: bool = True,
    ) -> list[Note]:
        made = []
        for finding in findings:
            self._numbers += 1
            made.append(note(self._numbers, finding, document, here, other, there, same_language=same_language))
            for what, value in (("severity", finding.severity), ("status", finding.status), ("rule", finding.rule)):
                self._counts[what][value] += 1
        return made

    def _list(self, name: str, anchor: str, facts: str, findings: Sequence[ReportedFinding], instead: str) -> None:
        counts = Counter(look_of(finding) for finding in findings)
        parts = [count(counts["error"], "error"), count(counts["warning"], "warning"), f"{counts['info']:,} info"]
        parts = [part for part in parts if not part.startswith("0 ")]
        if counts["decided"]:
            parts.append(f"{counts['decided']:,} decided")
        said = ", ".join(parts) or instead or "Nothing found."
        clean = not findings and not instead
        self._clean += clean
        if clean and self._clean > _CLEAN_LISTED:
            return
        self._listed.append(Listed(shown(name), anchor, facts, said, clean))

    def _render(self, template: str, **values: Any) -> None:
        for piece in self._environment.get_template(template).generate(**values):
            self._body.write(piece.encode("utf-8", "backslashreplace"))

    # ------------------------------------------------------------------------------------------------ the whole page

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write the page."""
        for pair in pairs:
            if pair.findings or pair.a.path != pair.b.path:  # the findings of twins inside a text are the text's
                self._pair(pair)
        style, script = _asset("report.css"), _asset("report.js")
        said, role = summary_line(summary, len(self._ran))
        head = self._environment.get_template("head.html.jinja").generate(
            title=self._title(),
            policy=_policy(style, script),
            style=style,
            said=said,
            role=role,
            faults=[shown(fault.message) for fault in faults],
            skipped=[line.plain for line in self._skips.lines(summary.documents)],
            listed=[each for each in self._listed if not each.clean],
            clean=[each for each in self._listed if each.clean],
            clean_number=self._clean,
            alone=len(self._listed) == 1,
            total=self._numbers,
            severities=[(name, self._counts["severity"][name]) for name in SEVERITY_NAMES],
            statuses=[(name, self._counts["status"][name]) for name in STATUS_NAMES],
            rules=sorted(self._counts["rule"].items()),
        )
        for piece in head:
            self._write(piece.encode("utf-8", "backslashreplace"))
        self._body.seek(0)
        while laid := self._body.read(_PIECE):
            self._write(laid)
        self._body.close()
        foot = self._environment.get_template("foot.html.jinja")
        self._write(foot.render(tool=self._tool, script=script, ran=sorted(self._ran)).encode("utf-8"))

    def _title(self) -> str:
        names = [listed.name for listed in self._listed]
        return names[0] if len(names) == 1 else count(len(names) + max(0, self._clean - _CLEAN_LISTED), "text")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _facts(document: DocumentReport) -> str:
    facts = [count(document.words, "word")]
    if document.pages is not None:
        facts.append(count(document.pages, "page"))
    if document.languages:
        facts.append("languages " + ", ".join(document.languages))
    if document.encoding.lower() not in ("utf-8", "ascii"):
        facts.append(document.encoding)
    return ", ".join(facts)


_PAIR_KINDS = {
    "twins": "Twins: one template, other names",
    "versions": "Versions in two languages",
    "scans": "One text twice",
}


def _pair_facts(pair: PairReport) -> str:
    units = pair.units
    facts = [_PAIR_KINDS[pair.kind], f"{len(units.aligned):,} aligned"]
    facts += [f"{len(units.only_a):,} only in the first", f"{len(units.only_b):,} only in the second"]
    return ", ".join(facts)


def _unchecked(document: DocumentReport) -> str:
    if not document.words:
        return "Nothing checked: it holds no text."
    return "" if document.rules.run else "Nothing checked: no rule could run on it."


# ---------------------------------------------------------------------------------------------------- notes beside text


def _marks(findings: Sequence[ReportedFinding], notes: Sequence[Note]) -> Iterator[Mark]:
    for finding, made in zip(findings, notes, strict=True):
        yield Mark(made.number, made.look, finding.span, True)
        for place in finding.places:
            yield Mark(made.number, made.look, place.span, False)


def _other_marks(findings: Sequence[ReportedFinding], notes: Sequence[Note]) -> Iterator[Mark]:
    for finding, made in zip(findings, notes, strict=True):
        if finding.other is not None:
            yield Mark(made.number, made.look, finding.other.span, False)


def _by_block(
    sheet: Sheet, findings: Sequence[ReportedFinding], notes: Sequence[Note]
) -> tuple[dict[int, list[Note]], list[Note]]:
    """The notes by the blocks that they stand beside, and those of a text without blocks."""
    beside: dict[int, list[Note]] = {}
    loose: list[Note] = []
    for finding, made in zip(findings, notes, strict=True):
        index = sheet.block_of(finding.span.start)
        if index is None:
            loose.append(made)
        else:
            beside.setdefault(index, []).append(made)
    return beside, loose


def _rows(blocks: Sequence[int], beside: Mapping[int, Sequence[Note]]) -> Iterator[Sequence[int]]:
    """The blocks of a page in rows: one with notes, and those after it without, beside which the notes have room."""
    row: list[int] = []
    for index in blocks:
        if row and (index in beside or len(row) == _LONGEST_ROW):
            yield row
            row = []
        row.append(index)
    if row:
        yield row


def _parts(
    sheet: Sheet, findings: Sequence[ReportedFinding], notes: Sequence[Note], here: Anchors
) -> tuple[Iterator[Mapping[str, Any]], list[Note]]:
    """The pages of a text with their blocks and notes, made one block at a time; and notes that have no block."""
    beside, loose = _by_block(sheet, findings, notes)

    def laid(indexes: Sequence[int]) -> Iterator[tuple[Laid, str]]:
        for index in indexes:
            yield sheet.block(index), f"{here.prefix}{index}" if index in here.blocks else ""

    def row(indexes: Sequence[int], noted: Sequence[Note]) -> Mapping[str, Any]:
        first = 1 if noted else len(indexes)
        return {"first": laid(indexes[:first]), "notes": noted, "rest": laid(indexes[first:])}

    def parts() -> Iterator[Mapping[str, Any]]:
        for leaf in leaves(sheet.document):
            rows = (row(indexes, beside.get(indexes[0], ())) for indexes in _rows(leaf.blocks, beside))
            yield {"number": leaf.number, "inferred": leaf.inferred, "rows": rows}

    return parts(), loose


def _pair_parts(
    rows: Iterable[Row],
    left: Sheet,
    right: Sheet,
    findings: Sequence[ReportedFinding],
    notes: Sequence[Note],
    here: Anchors,
    there: Anchors,
) -> tuple[Iterator[Mapping[str, Any]], list[Note]]:
    """The rows of two texts side by side with their notes; and notes that have no block."""
    beside, loose = _by_block(left, findings, notes)

    def cell(sheet: Sheet, anchors: Anchors, indexes: Sequence[int]) -> list[tuple[Laid, str]]:
        return [(sheet.block(i), f"{anchors.prefix}{i}" if i in anchors.blocks else "") for i in indexes]

    def line(row: Row) -> Mapping[str, Any]:
        return {"a": cell(left, here, row.a), "b": cell(right, there, row.b)}

    def row_of(lines: Sequence[Row], noted: Sequence[Note]) -> Mapping[str, Any]:
        first = 1 if noted else len(lines)
        return {"first": map(line, lines[:first]), "notes": noted, "rest": map(line, lines[first:])}

    def made() -> Iterator[Mapping[str, Any]]:
        lines: list[Row] = []
        above: list[Note] = []
        for row in rows:
            below = [each for index in row.a for each in beside.get(index, ())]
            if lines and (below or len(lines) == _LONGEST_ROW):
                yield row_of(lines, above)
                lines, above = [], []
            lines.append(row)
            above += below
        if lines:
            yield row_of(lines, above)

    return made(), loose
