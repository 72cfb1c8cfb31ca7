"""Comparisons: two or more documents held against each other, and the report of it.

The first document is compared with each of the others. The engine's rules of scope ``pair`` say what differs; this
module recognises what kind of pair two documents are, tells texts that do not belong together, and, of three or more,
which one stands alone.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import PurePath

import msgspec

from auditor.alignment.pair import Pair, PairKind, Side
from auditor.alignment.substitutions import Substitution
from auditor.alignment.twins import twins
from auditor.alignment.units import Unit, all_units
from auditor.alignment.versions import version_notes
from auditor.analysis.languages import document_languages
from auditor.analysis.outline import Division, outline
from auditor.contract import Rule, run_on_pair
from auditor.document import Document, Span
from auditor.engine import report_of
from auditor.findings import Finding
from auditor.installed import version_of
from auditor.merging import merge
from auditor.placing import place, place_findings
from auditor.plugins import load_rules
from auditor.report import (
    SCHEMA_VERSION,
    AlignedUnit,
    Fault,
    PairReport,
    PairSide,
    Replaced,
    Report,
    ReportedEvidence,
    ReportedFinding,
    ReportedUnit,
    RulesRun,
    Skipped,
    Tool,
    UnitTable,
    summarise,
)
from auditor.settings import Chosen, Settings

#: Least share of the one or the other text's words in matched paragraphs. Unrelated texts of one kind share formulas,
#: not paragraphs.
_LEAST_COVERAGE = 0.3

#: Names of two parties have at least so many letters (of Chinese ones two are enough) and are less alike than this.
_SHORTEST_NAME = 2
_ALIKE = 0.7

#: Least share of names among all that one text has throughout in the place of something else.
_NAMES_AMONG = 0.25


def pair_of(a: Document, b: Document, kind: PairKind | None = None, *, encode: bool = True) -> Pair:
    """Two documents as a pair; what kind it is follows from their languages and likeness where it is not said.

    ``encode``: whether an encoder may be asked about versions, where one is installed.
    """
    names = [PurePath(document.name).name for document in (a, b)]
    if names[0] == names[1]:
        names = [a.name, b.name]
    if kind is None:
        languages_a, languages_b = document_languages(a), document_languages(b)
        if languages_a and languages_b and languages_a[0] != languages_b[0]:
            kind = "versions"
    if kind in ("versions", "scans"):
        return Pair(kind, Side(a, _whole(a), names[0]), Side(b, _whole(b), names[1]), encode=encode)
    own_a, own_b = _own_division(a), _own_division(b)
    as_divisions = own_a is not None and own_b is not None and own_a.kind == own_b.kind
    twins = Pair(
        "twins",
        Side(a, _whole(a), names[0], own_a.label.split()[-1] if own_a and as_divisions else ""),
        Side(b, _whole(b), names[1], own_b.label.split()[-1] if own_b and as_divisions else ""),
        own_a.kind if own_a and as_divisions else "",
    )
    if kind == "twins" or _names_differ(twins.substitutions):
        return twins
    return pair_of(a, b, "scans")


def _names_differ(substitutions: Sequence[Substitution]) -> bool:
    """Whether names are a good part of what replaces what: in a scan all sorts of words are, some look like names."""
    names = sum(substitution.count for substitution in substitutions if _is_another_name(substitution))
    return names > 0 and names >= _NAMES_AMONG * sum(substitution.count for substitution in substitutions)


def _is_another_name(substitution: Substitution) -> bool:
    """Whether a replacement puts another name, and not the same words otherwise read: a space lost, a comma as a
    letter, a letter for its like. In a script without capitals any word may be a name."""
    from rapidfuzz.distance import Levenshtein

    one, other = ("".join(filter(str.isalpha, side)) for side in substitution.shown)
    long_enough = min(len(one), len(other)) >= _SHORTEST_NAME
    alike = Levenshtein.normalized_similarity(one.casefold(), other.casefold())
    return substitution.name and long_enough and alike < _ALIKE


def _whole(document: Document) -> Span:
    return Span(0, len(document.text))


def _own_division(document: Document) -> Division | None:
    """The numbered division that the whole document is (an annex in a file of its own), or None."""
    plan = outline(document).divisions
    units = all_units(document)
    if not plan or plan[0].number is None or not units or units[0].span.start != plan[0].start:
        return None
    return plan[0] if all(division.depth > plan[0].depth for division in plan[1:]) else None


def compare_documents(
    documents: Sequence[Document],
    chosen: Chosen,
    settings: Settings,
    kind: PairKind | None = None,
    faults: Sequence[Fault] = (),
    *,
    encode: bool = True,
) -> Report:
    """Compare the first document with each of the others, and report it. Raises ValueError for fewer than two.

    ``encode``: whether an encoder may be asked about versions, where one is installed.
    """
    if len(documents) < 2:
        raise ValueError("a comparison takes two documents or more")
    first, *others = documents
    found: list[Fault] = [*faults]
    results = [_compared(pair_of(first, other, kind, encode=encode), chosen, settings, found) for other in others]
    if len(results) > 1:
        results = _who_stands_alone(results)
    reported = tuple(report_of(document, RulesRun((), ()), ()) for document in documents)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("auditor", version_of("auditor"), chosen.digest(), settings.digest()),
        documents=reported,
        pairs=tuple(results),
        errors=tuple(found),
        summary=summarise(reported, tuple(found), tuple(results)),
    )


def _compared(pair: Pair, chosen: Chosen, settings: Settings, faults: list[Fault]) -> PairReport:
    findings: list[Finding] = []
    ran: list[str] = []
    book = load_rules()
    left_out = [(book.get(name), reason) for name, reason in chosen.left_out]
    skipped = [Skipped(rule.name, reason) for rule, reason in left_out if rule is not None and rule.scope == "pair"]
    rules = {rule.name: rule for rule, _ in chosen.rules if rule.scope == "pair"}
    apart = _in_one_language(pair) or pair.coverage < _LEAST_COVERAGE
    if apart:
        message = _apart(pair)
        faults.append(Fault(message, pair.b.label))
    for rule, options in chosen.rules:
        if rule.scope != "pair":
            continue
        if apart:
            skipped.append(Skipped(rule.name, "the two texts do not belong together"))
            continue
        reason = _why_not(rule, pair)
        if reason is not None:
            skipped.append(Skipped(rule.name, reason))
            continue
        try:
            found = run_on_pair(rule, pair, options)
        except Exception as error:  # a third party's rule may raise anything; the comparison goes on and says so
            message = (
                f"{pair.name}: rule {rule.name} failed ({type(error).__name__}: {error}) and found nothing here; "
                "the other rules ran. Report it to the rule's author, or leave it out with --ignore."
            )
            faults.append(Fault(message, pair.a.document.name, rule.name, traceback.format_exc()))
            skipped.append(Skipped(rule.name, f"failed: {type(error).__name__}"))
            continue
        ran.append(rule.name)
        findings.extend(found)
    kept = [found for found in merge(findings, rules) if found.confidence >= settings.min_confidence]
    return PairReport(
        kind=pair.kind,
        a=_side(pair.a),
        b=_side(pair.b),
        likeness=round(pair.likeness, 4),
        substitutions=tuple(Replaced(*s.shown, s.count) for s in pair.substitutions),
        set_aside=pair.set_aside,
        units=UnitTable((), (), (), ()) if apart else _unit_table(pair),
        rules=RulesRun(tuple(sorted(ran)), tuple(sorted(skipped, key=lambda s: s.rule))),
        findings=place_findings(pair.a.document, kept, rules, pair.b.document),
        notes=() if apart or pair.kind != "versions" else version_notes(pair),
    )


def _in_one_language(pair: Pair) -> bool:
    """Whether texts that are said to be versions are in one language."""
    a, b = document_languages(pair.a.document), document_languages(pair.b.document)
    return pair.kind == "versions" and bool(a and b) and a[0] == b[0]


def _apart(pair: Pair) -> str:
    """Why two texts were not compared."""
    names = f"{pair.a.label} and {pair.b.label}"
    if _in_one_language(pair):
        return (
            f"{names} are both in one language, so they are no versions of each other. Compare them as twins or scans "
            "(--kind), or check that these are the right files."
        )
    share = f"{100 * pair.coverage:.0f} %"
    if pair.kind == "versions":
        return (
            f"{names} do not belong together: they are in two languages, and too few of their numbered divisions, or "
            f"of the dates and numbers that they mention, agree ({share}). Check that these are the right files."
        )
    return (
        f"{names} do not belong together: only {share} of their words stand in paragraphs that match, so their "
        "differences were not listed. Check that these are the right files."
    )


def _why_not(rule: Rule, pair: Pair) -> str | None:
    languages = {*document_languages(pair.a.document), *document_languages(pair.b.document)}
    if rule.languages and not rule.languages.intersection(languages):
        covered = ", ".join(sorted(rule.languages))
        return f"language not covered (the rule covers {covered}; the texts are in {', '.join(sorted(languages))})"
    if rule.pairs and pair.kind not in rule.pairs:
        return f"not for {pair.kind} (the rule compares {' and '.join(sorted(rule.pairs))})"
    return None


def twin_reports(document: Document, rules: RulesRun) -> tuple[PairReport, ...]:
    """The twins that a document holds, as they stand in the report of a check: which unit is which.

    What differs is among the findings of the document, and not told once more.
    """
    return tuple(
        PairReport(
            kind=pair.kind,
            a=_side(pair.a, inside=True),
            b=_side(pair.b, inside=True),
            likeness=round(pair.likeness, 4),
            substitutions=tuple(Replaced(*s.shown, s.count) for s in pair.substitutions),
            set_aside=pair.set_aside,
            units=_unit_table(pair),
            rules=rules,
            findings=(),
            notes=("Both are parts of one document; what differs is among its findings.",),
        )
        for pair in twins(document)
    )


def _side(side: Side, *, inside: bool = False) -> PairSide:
    document = side.document
    if inside:
        return PairSide(document.name, document.source.sha256, len(side.units), side.label, side.span)
    return PairSide(document.name, document.source.sha256, len(side.units))


def _unit(side: Side, unit: Unit) -> ReportedUnit:
    document = side.document
    label = unit.label
    if not label and unit.key is not None:
        division = outline(document).division_at(unit.span.end)
        label = division.label if division is not None else ""
    found = place(document, unit.span)
    return ReportedUnit(unit.kind, label, found.span, found.range, outline(document).address_at(unit.span.start))


def _unit_table(pair: Pair) -> UnitTable:
    matching, a, b = pair.matching, pair.a, pair.b

    def hull_of(side: Side, indexes: Sequence[int]) -> Span:
        return Span(side.units[indexes[0]].span.start, side.units[indexes[-1]].span.end)

    return UnitTable(
        aligned=tuple(
            AlignedUnit(hull_of(a, m.a), hull_of(b, m.b), by) for m, by in zip_longest(matching.matches, matching.rungs)
        ),
        only_a=tuple(_unit(a, a.units[i]) for i in matching.only_a),
        only_b=tuple(_unit(b, b.units[j]) for j in matching.only_b),
        order=tuple(AlignedUnit(a.units[i].span, b.units[j].span) for i, j in matching.moved),
    )


def _who_stands_alone(results: Sequence[PairReport]) -> list[PairReport]:
    """Of three or more texts: what the first has against all others is told once, and what one of the others has
    against all is told as its own."""
    told: set[tuple[str, Span, str]] = set()
    changed = []
    for result in results:
        findings = []
        for found in result.findings:
            others = [other for other in results if other is not result]
            same = [o for o in others if any(_same(found, theirs) for theirs in o.findings)]
            agreeing = [o for o in others if not any(_meet(found, theirs) for theirs in o.findings)]
            if len(same) == len(others):
                key = (found.rule, found.span, str(found.data.get("b")))
                if key in told:
                    continue
                told.add(key)
                message = f"{result.a.path} stands alone: the other {len(results)} texts agree against it here."
            elif len(agreeing) == len(others):
                names = ", ".join(o.b.path for o in others)
                verb = "agrees" if len(others) == 1 else "agree"
                message = f"{result.b.path} stands alone: {names} {verb} with {result.a.path} here."
            else:
                message = "The texts differ from each other in more than one way here."
            evidence = (*found.evidence, ReportedEvidence(message))
            findings.append(msgspec.structs.replace(found, evidence=evidence))
        changed.append(msgspec.structs.replace(result, findings=tuple(findings)))
    return changed


def _meet(one: ReportedFinding, other: ReportedFinding) -> bool:
    return one.span == other.span or one.span.overlaps(other.span)


def _same(one: ReportedFinding, other: ReportedFinding) -> bool:
    return one.rule == other.rule and _meet(one, other) and one.data.get("b") == other.data.get("b")
