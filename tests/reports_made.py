"""Reports of texts and findings that a test makes up, placed as the engine places them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from auditor.contract import Rule
from auditor.document import Document, Source, Span
from auditor.engine import report_of
from auditor.findings import Finding
from auditor.placing import place_findings
from auditor.reading import read
from auditor.report import DocumentReport, PairReport, PairSide, RulesRun, Ruling, Skipped, Tool, UnitTable, summarise
from auditor.reporting.formats import Form, Occasion, writer_of
from auditor.reporting.texts import TextsAtHand

TOOL = Tool("auditor", "0.1.0", "0" * 12, "f" * 12)


def a_rule(name: str, **changed: Any) -> Rule:
    """A rule that finds nothing by itself."""
    rule = Rule(
        name=name,
        severity="error",
        scope="document",
        summary="Something is wrong.",
        explanation="Why it matters. It does.\n\nHow it decides. By ``code`` alone.",
        check=lambda _: (),
        bad=(),
        good=(),
    )
    return msgspec.structs.replace(rule, **changed)


RULES = (
    a_rule("family/error"),
    a_rule("family/warning", severity="warning"),
    a_rule("family/info", severity="info"),
)
BY_NAME = {rule.name: rule for rule in RULES}


def at(text: str, wanted: str, number: int = 1) -> Span:
    """Where ``wanted`` stands in the text."""
    start = -1
    for _ in range(number):
        start = text.index(wanted, start + 1)
    return Span(start, start + len(wanted))


class Made(msgspec.Struct, frozen=True):
    """A document, and the report of it."""

    document: Document
    report: DocumentReport


def made(
    text: str, findings: Iterable[Finding] = (), name: str = "text.md", decided: Sequence[tuple[int, str, str]] = ()
) -> Made:
    """A Markdown text with its findings; ``decided`` are their numbers, from 0, with a verdict and a reason."""
    document = read(Source(name, text.encode("utf-8")))
    placed = list(place_findings(document, findings, BY_NAME))
    for number, status, reason in decided:
        placed[number] = msgspec.structs.replace(placed[number], status=status, decision=Ruling(reason, "A. Editor"))
    rules = RulesRun(tuple(BY_NAME), (Skipped("family/pages", "pages not known"),))
    return Made(document, report_of(document, rules, tuple(placed)))


def made_pair(a: Made, b: Made, findings: Iterable[Finding], units: UnitTable | None = None) -> PairReport:
    """Two texts with what differs between them."""
    return PairReport(
        kind="twins",
        a=PairSide(a.document.name, a.document.source.sha256, 1),
        b=PairSide(b.document.name, b.document.source.sha256, 1),
        likeness=0.9,
        substitutions=(),
        set_aside={},
        units=units or UnitTable((), (), (), ()),
        rules=RulesRun(tuple(BY_NAME), ()),
        findings=place_findings(a.document, findings, BY_NAME, b.document),
    )


def written(
    form: Form,
    *texts: Made,
    pairs: Sequence[PairReport] = (),
    faults: Sequence[Any] = (),
    others: Sequence[Document] = (),
    **changed: Any,
) -> bytes:
    """A report in one of the forms, with the texts at hand."""
    documents = [*(text.document for text in texts), *others]
    occasion = Occasion(TOOL, RULES, "warning", TextsAtHand(documents))
    occasion = msgspec.structs.replace(occasion, **changed)
    pieces: list[bytes] = []
    writer = writer_of(form, pieces.append, occasion)
    for text in texts:
        writer.document(text.report)
    reports = tuple(text.report for text in texts)
    writer.end(faults, summarise(reports, tuple(faults), tuple(pairs)), pairs)
    return b"".join(pieces)
