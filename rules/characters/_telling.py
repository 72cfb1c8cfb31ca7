"""Findings for words: one for each place of few, one with places for a form that stands in many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditor.analysis.confusions.suspects import Places
from auditor.analysis.vocabulary import WORD, Vocabulary
from auditor.findings import Applicability, Edit, Evidence, Finding, Fix

#: Up to so many places of one form are findings of their own.
FEW = 2
#: From so many findings of a rule on, a text has a systematic fault.
THROUGHOUT = 15

_SPACE = " \n\t\xa0\x00"
#: Between the halves of a broken word may stand the number of a note.
_BETWEEN = _SPACE + "0123456789*"
_HYPHENS = frozenset("-¬\u00ad‐")
#: So many words to either side say what a passage is.
_NEAR = 4
_IN_SENTENCE = 2
#: Languages with a word list.
COVERED = frozenset({"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru"})


def told(
    rule: str,
    where: Places,
    found: Sequence[tuple[int, int]],
    message: str,
    *,
    confidence: float,
    meant: str | None = None,
    applicability: Applicability = "display",
    data: Mapping[str, Any] | None = None,
    evidence: Sequence[Evidence] = (),
) -> Iterator[Finding]:
    """Findings for the places of one form in the running text, with what is meant as the fix where that is known."""
    spans = [where.span(start, end) for start, end in found]
    groups = [[span] for span in spans] if len(spans) <= FEW else [spans]
    for group in groups:
        first, *others = group
        often = f" ({len(group)} places)" if others else ""
        fixes: tuple[Fix, ...] = ()
        if meant is not None:
            fixes = (Fix(f"Write “{meant}”", tuple(Edit(span, meant) for span in group), applicability),)
        yield Finding(
            rule=rule,
            message=f"{message}{often}.",
            span=first,
            places=tuple(others),
            confidence=confidence,
            data=dict(data or {}),
            evidence=tuple(evidence),
            fixes=fixes,
        )


def gathered(findings: Iterable[Finding], many: str) -> Iterator[Finding]:
    """The findings as they are, or, where a text has more than a few, one with all their places.

    What runs through a text has one cause, and is told once; ``many`` says it, with ``{count}`` for their number.
    """
    found = sorted(findings, key=lambda finding: finding.span)
    spans = [span for finding in found for span in (finding.span, *finding.places)]
    if len(found) <= THROUGHOUT:
        yield from found
        return
    edits = sorted((e for finding in found for fix in finding.fixes for e in fix.edits), key=lambda edit: edit.span)
    shown = [str(finding.data["form"]) for finding in found[:3]]
    spans.sort()
    yield Finding(
        rule=found[0].rule,
        message=many.format(count=len(spans), shown=", ".join(f"“{form}”" for form in shown)),
        span=spans[0],
        places=tuple(spans[1:]),
        confidence=max(finding.confidence for finding in found),
        data={"count": len(spans), "forms": sorted({str(finding.data["form"]) for finding in found})},
        fixes=(
            Fix("Mend all places", tuple(sorted(edits, key=lambda edit: edit.span)), found[0].fixes[0].applicability),
        ),
    )


def like(written: str, correction: str) -> str:
    """The correction in the case of what is written."""
    if written.isupper() and len(written) > 1:
        return correction.upper()
    if written[:1].isupper() and correction[:1].islower():
        return correction[:1].upper() + correction[1:]
    return correction


def stands_among_words(text: str, start: int, end: int, language: str, known: Vocabulary) -> bool:
    """Whether most words around a place are words of the language; else it is a passage in another one, or rubble."""
    before = text[max(0, start - 60) : start].rpartition("\x00")[2]
    after = text[end : end + 60].partition("\x00")[0]
    around = [*WORD.findall(before)[-_NEAR:], *WORD.findall(after)[:_NEAR]]
    around = [word for word in around if len(word) > 1]
    known_ones = sum(map(bool, (known.known(word, language) for word in around)))
    return len(around) < _NEAR or 2 * known_ones >= len(around)


def stands_in_sentence(text: str, start: int, end: int) -> bool:
    """Whether words in small letters stand beside a place on its line: it is no entry in a list of names."""
    before = text[max(0, start - 40) : start].replace("\x00", "\n").rpartition("\n")[2]
    after = text[end : end + 40].replace("\x00", "\n").partition("\n")[0]
    around = [*WORD.findall(before)[-3:], *WORD.findall(after)[:3]]
    return len([word for word in around if word.islower() and len(word) > 1]) >= _IN_SENTENCE


def is_broken(text: str, start: int, end: int) -> bool:
    """Whether a hyphen and a space or line end stand before or after: a piece of a word, which is no word of itself."""
    before, after = text[max(0, start - 12) : start], text[end : end + 2]
    return (before[-1:] in _SPACE and before.rstrip(_BETWEEN)[-1:] in _HYPHENS) or (
        after[:1] in _HYPHENS and after[1:] in _SPACE
    )
