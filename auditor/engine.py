"""The engine: reads a source, runs the chosen rules, merges what they say, and makes the report. It knows no rule."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from time import perf_counter

import msgspec

from auditor.analysis.furniture.pages import pages
from auditor.analysis.languages import document_languages
from auditor.analysis.outline import outline
from auditor.analysis.words import count_words
from auditor.contract import Rule, run
from auditor.decisions.judging import with_remarks
from auditor.document import Document, Source
from auditor.findings import Finding
from auditor.installed import version_of
from auditor.merging import merge
from auditor.placing import place_findings
from auditor.plugins import RuleBook, load_rules
from auditor.reading import Unreadable, read
from auditor.report import (
    SCHEMA_VERSION,
    DocumentReport,
    Fault,
    OutlineEntry,
    PairReport,
    Report,
    ReportedFinding,
    RulesRun,
    Skipped,
    Tool,
    summarise,
)
from auditor.settings import Chosen, Settings, choose


class Audited(msgspec.Struct, frozen=True):
    """What one source gave: a report unless it could not be read, what went wrong, seconds spent by rule, and the twins
    that it holds."""

    document: DocumentReport | None
    faults: tuple[Fault, ...]
    rule_seconds: dict[str, float]
    fact_seconds: dict[str, float]
    pairs: tuple[PairReport, ...] = ()


def _why_not(rule: Rule, document: Document, languages: tuple[str, ...]) -> str | None:
    """The reason why a rule has nothing to check in this document, or None."""
    if rule.languages and not rule.languages.intersection(languages):
        covered = ", ".join(sorted(rule.languages))
        present = ", ".join(languages) or "none recognised"
        return f"language not covered (the rule covers {covered}; the text is in {present})"
    if "pages" in rule.needs and not pages(document).known:
        return "pages not known: the text shows no page breaks and no page furniture"
    if "parser" in rule.needs:
        from auditor.analysis.grammar.parsing import why_not

        return why_not(document)
    return None


def audit_document(document: Document, chosen: Chosen, settings: Settings) -> Audited:
    """Run the chosen rules on a document that has been read."""
    languages = document_languages(document)
    findings: list[Finding] = []
    ran: list[str] = []
    skipped = [Skipped(name, reason) for name, reason in chosen.left_out]
    faults: list[Fault] = []
    rule_seconds: dict[str, float] = {}
    for rule, options in chosen.rules:
        if rule.scope == "decision":
            continue  # its turn comes when there are findings to decide
        reason = _why_not(rule, document, languages)
        if reason is not None:
            skipped.append(Skipped(rule.name, reason))
            continue
        document.asked_seconds = 0.0
        started = perf_counter()
        try:
            findings.extend(run(rule, document, options))
        except Exception as error:  # a third party's rule may raise anything; the run goes on and says so
            fault = (
                f"{document.name}: rule {rule.name} failed ({type(error).__name__}: {error}) and found nothing here; "
                "the other rules ran. Report it to the rule's author, or leave it out with --ignore."
            )
            faults.append(Fault(fault, document.name, rule.name, traceback.format_exc()))
            skipped.append(Skipped(rule.name, f"failed: {type(error).__name__}"))
            continue
        elapsed = perf_counter() - started
        rule_seconds[rule.name] = elapsed - document.asked_seconds
        ran.append(rule.name)
    rules = {rule.name: rule for rule, _ in chosen.rules}
    merged = [
        # A severity that the settings give a rule holds for all that it finds.
        msgspec.structs.replace(f, severity=None) if f.rule in settings.severities else f
        for f in merge(findings, rules)
        if f.confidence >= settings.min_confidence
    ]
    placed = with_remarks(document, place_findings(document, merged, rules), ran, chosen)
    ran += [rule.name for rule, _ in chosen.rules if rule.scope == "decision"]
    rules_run = RulesRun(tuple(sorted(ran)), tuple(sorted(skipped, key=lambda s: s.rule)))
    report = report_of(document, rules_run, placed)
    pairs = _twins(document, {rule.name for rule, _ in chosen.rules if rule.scope == "pair"} & {*ran})
    return Audited(report, tuple(faults), rule_seconds, dict(document.fact_seconds), pairs)


def _twins(document: Document, compared_by: set[str]) -> tuple[PairReport, ...]:
    """The twins inside a document, where rules compared them."""
    if not compared_by:
        return ()
    from auditor.alignment.twins import twins

    if not twins(document):
        return ()
    from auditor.comparison import twin_reports

    return twin_reports(document, RulesRun(tuple(sorted(compared_by)), ()))


def report_of(document: Document, rules: RulesRun, findings: tuple[ReportedFinding, ...]) -> DocumentReport:
    """What a report says of a document."""
    known_pages = pages(document)
    return DocumentReport(
        path=document.name,
        sha256=document.source.sha256,
        media_type=document.source.media_type,
        encoding=document.encoding,
        languages=document_languages(document),
        words=count_words(document),
        pages=len(known_pages.pages) if known_pages.known else None,
        outline=tuple(
            OutlineEntry(division.label, division.title, division.depth, division.heading)
            for division in outline(document).divisions
        ),
        rules=rules,
        findings=findings,
        notes=(document.encoding_note,) if document.encoding_note else (),
    )


def audit_source(source: Source, chosen: Chosen, settings: Settings) -> Audited:
    """Read a source and run the chosen rules on it; a source that can't be read becomes a fault."""
    try:
        started = perf_counter()
        document = read(source, settings.guidance)
        document.fact_seconds["reading"] = perf_counter() - started
    except Unreadable as error:
        return Audited(None, (Fault(str(error), source.name),), {}, {})
    return audit_document(document, chosen, settings)


def make_report(audited: Iterable[Audited], faults: Iterable[Fault], chosen: Chosen, settings: Settings) -> Report:
    """The report of a run, its documents in the order given."""
    results = list(audited)
    documents = tuple(result.document for result in results if result.document is not None)
    all_faults = (*faults, *(fault for result in results for fault in result.faults))
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("auditor", version_of("auditor"), chosen.digest(), settings.digest()),
        documents=documents,
        pairs=tuple(pair for result in results for pair in result.pairs),
        errors=all_faults,
        summary=summarise(documents, all_faults),
    )


def audit(
    source: Source | Document | str | bytes, settings: Settings | None = None, *, book: RuleBook | None = None
) -> Report:
    """Audit one text and return its report.

    A ``str`` or ``bytes`` is taken as Markdown named ``-``. Raises `auditor.settings.SettingsError` when the settings
    name a rule or option that does not exist; a source that can't be read is in the report's ``errors``.
    """
    settings = settings or Settings()
    book = book or load_rules()
    chosen = choose(book, settings)
    faults = [Fault(fault.message) for fault in book.faults]
    if isinstance(source, Document):
        result = audit_document(source, chosen, settings)
    else:
        if isinstance(source, str):
            source = source.encode("utf-8", "surrogatepass")
        if isinstance(source, bytes):
            source = Source("-", source)
        result = audit_source(source, chosen, settings)
    return make_report([result], faults, chosen, settings)
