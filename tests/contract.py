"""What every rule owes its users, as functions that raise AssertionError: used on the rules, and on CONTRIBUTING.md."""

from __future__ import annotations

import msgspec

from auditor.comparison import compare_documents
from auditor.contract import Example, Rule
from auditor.document import Document, Guidance, Source, Span
from auditor.engine import audit
from auditor.plugins import RuleBook
from auditor.reading import read
from auditor.report import Report, ReportedFinding, ReportedFix
from auditor.settings import Settings, choose

OPEN, CLOSE = "⟦", "⟧"


def unmarked(text: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the spans that they stood around; raises ValueError for unpaired marks."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    begun: int | None = None
    for character in text:
        if character == OPEN:
            if begun is not None:
                raise ValueError(f"{OPEN} inside {OPEN} {CLOSE}")
            begun = length
        elif character == CLOSE:
            if begun is None:
                raise ValueError(f"{CLOSE} without {OPEN}")
            spans.append(Span(begun, length))
            begun = None
        else:
            pieces.append(character)
            length += 1
    if begun is not None:
        raise ValueError(f"{OPEN} without {CLOSE}")
    return "".join(pieces), spans


def document_of(text: str, example: Example) -> Document:
    """An example's text, read as a source of its media type."""
    return read(Source("example", text.encode("utf-8"), example.media_type))


def report_of(rule: Rule, document: Document, example: Example) -> Report:
    """The report of a run of this rule alone, or of the comparison with the example's other text."""
    alone = RuleBook((msgspec.structs.replace(rule, preview=False),), ())
    if "parser" in rule.needs:  # asked for by the profile alone
        document = read(document.source, Guidance(profile="deep"))
    if example.other:
        settings = Settings(min_confidence=0)
        other = read(Source("other", example.other.encode("utf-8"), example.media_type))
        report = compare_documents([document, other], choose(alone, settings), settings)
        (pair,) = report.pairs
        one = msgspec.structs.replace(report.documents[0], rules=pair.rules, findings=pair.findings)
        return msgspec.structs.replace(report, documents=(one,))
    if rule.scope == "decision":  # it speaks of decisions on what others find
        return _only(audit(document, Settings(min_confidence=0)), rule)
    return audit(document, Settings(min_confidence=0), book=alone)


def _only(report: Report, rule: Rule) -> Report:
    (of_all,) = report.documents
    ran = msgspec.structs.replace(of_all.rules, run=tuple(name for name in of_all.rules.run if name == rule.name))
    findings = tuple(finding for finding in of_all.findings if finding.rule == rule.name)
    return msgspec.structs.replace(report, documents=(msgspec.structs.replace(of_all, rules=ran, findings=findings),))


def findings_of(rule: Rule, document: Document, example: Example) -> tuple[ReportedFinding, ...]:
    """What a run of this rule alone reports; the rule must have run."""
    report = report_of(rule, document, example)
    assert not report.errors, report.errors[0].detail or report.errors[0].message
    assert report.documents[0].rules.run == (rule.name,), report.documents[0].rules.skipped
    return report.documents[0].findings


def spans_of(findings: tuple[ReportedFinding, ...]) -> list[Span]:
    """Every place of the findings, in order."""
    return sorted(span for f in findings for span in (f.span, *(place.span for place in f.places)))


def quoted(text: str, spans: list[Span]) -> list[tuple[int, int, str]]:
    """Spans with what they cover, for messages."""
    return [(span.start, span.end, span.of(text) or text[span.start : span.start + 30] + " (point)") for span in spans]


def check_bad_example(rule: Rule, example: Example) -> None:
    """The rule reports what is marked and nothing else, with reasons to believe it and words to read."""
    text, marks = unmarked(example.text)
    assert marks, f"a bad example needs a mark {OPEN} {CLOSE}"
    found = findings_of(rule, document_of(text, example), example)
    spans = spans_of(found)
    assert quoted(text, spans) == quoted(text, sorted(marks)), "reported (left) is not what is marked (right)"
    for finding in found:
        assert finding.rule == rule.name
        assert finding.message.strip()
        assert 0 < finding.confidence <= 1
        msgspec.json.encode(finding.data)


def check_good_example(rule: Rule, example: Example) -> None:
    """The rule reports nothing, and not because it did not run (unless what it needs is not there)."""
    text, marks = unmarked(example.text)
    assert not marks, "a good example has no marks"
    document = document_of(text, example)
    report = report_of(rule, document, example)
    assert not report.errors, report.errors[0].detail or report.errors[0].message
    found = report.documents[0].findings
    assert quoted(text, spans_of(found)) == [], [finding.message for finding in found]
    if not rule.needs:
        assert report.documents[0].rules.run == (rule.name,), report.documents[0].rules.skipped


def applied(text: str, fix: ReportedFix) -> str:
    """The text with a fix carried out; raises AssertionError where its edits overlap or leave the text."""
    edits = sorted(fix.edits, key=lambda edit: (edit.start, edit.end))
    pieces: list[str] = []
    at = 0
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(text), "an edit lies outside the text"
        assert edit.start >= at, "edits of one fix overlap"
        assert text[edit.start : edit.end] != edit.text, "an edit that changes nothing"
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def check_fixes(rule: Rule, example: Example) -> int:
    """Each fix can be carried out, and what is not only for show takes its finding away and brings no other.

    Returns how many fixes were carried out.
    """
    text, _ = unmarked(example.text)
    found = findings_of(rule, document_of(text, example), example)
    number = 0
    for finding in found:
        for fix in finding.fixes:
            assert fix.message.strip()
            after = applied(text, fix)
            if fix.applicability == "display":
                continue
            assert fix.edits, "a fix that is not only for show has edits"
            number += 1
            left = findings_of(rule, document_of(after, example), example)
            assert len(left) < len(found), (
                f"after {fix.message!r} the rule still reports "
                f"{quoted(after, spans_of(left))}; it reported {quoted(text, spans_of(found))}"
            )
    return number


def check_words(rule: Rule) -> None:
    """The docstring tells an editor what is found, why it matters and when the rule stays silent."""
    assert rule.summary.endswith("."), "the summary is a sentence"
    assert len(rule.summary) <= 120, "the summary is short"
    assert len(rule.explanation.split()) >= 25, "the explanation explains"
    assert "silent" in rule.explanation, "the explanation says when the rule stays silent"
    assert "!" not in rule.summary, "no exclamation marks"


def check_examples_cover(rule: Rule) -> None:
    """There is an example of either kind, and one in each language that the rule claims."""
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        assert examples, f"there is no {kind} example"
        missing = rule.languages - {example.language for example in examples}
        assert not missing, f"there is no {kind} example in {', '.join(sorted(missing))}"
