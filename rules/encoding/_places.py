"""Where characters stand in a document, and findings for one cause with many places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditor.analysis.fact import fact
from auditor.document import Document, Span
from auditor.findings import Applicability, Edit, Evidence, Finding, Fix

#: Up to so many places of one cause are findings of their own; more are one finding with its places.
FEW = 3


@fact
def characters(document: Document) -> frozenset[str]:
    """The characters that occur in a document: says in one look what need not be searched for."""
    return frozenset(document.text)


def matches(document: Document, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Every match of a pattern in the source, outside of code."""
    hidden = _code(document)
    for match in pattern.finditer(document.text):
        at = bisect_right(hidden, match.start(), key=lambda span: span.start) - 1
        if at < 0 or hidden[at].end <= match.start():
            yield match


@fact
def _code(document: Document) -> tuple[Span, ...]:
    blocks = tuple(block.span for block in document.blocks if block.kind == "code")
    inlines = (i.span for block in document.blocks for i in block.inlines if i.kind == "code")
    return tuple(sorted((*blocks, *inlines)))


def around(text: str, span: Span, width: int = 24) -> str:
    """A place in its line, for messages."""
    before = text[max(0, span.start - width) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + width].partition("\n")[0]
    return f"{before}{span.of(text)}{after}".strip()


def told(
    rule: str,
    found: Sequence[tuple[Span, str | None]],
    one: str,
    many: str,
    *,
    remedy: str,
    applicability: Applicability = "unsafe",
    confidence: float = 1.0,
    data: Mapping[str, Any] | None = None,
    evidence: Iterable[Evidence] = (),
) -> Iterator[Finding]:
    """Findings for places of one cause, each with what should stand there (None: not known).

    Few places are a finding each, with the message ``one``; more are one finding with ``many``, in which ``{count}`` is
    their number. The fix mends all places of its finding whose remedy is known.
    """
    groups = [[place] for place in found] if len(found) <= FEW else [list(found)]
    for group in groups:
        edits = tuple(Edit(span, text) for span, text in group if text is not None)
        first, *others = (span for span, _ in group)
        yield Finding(
            rule=rule,
            message=many.format(count=len(group)) if others else one,
            span=first,
            places=tuple(others),
            confidence=confidence,
            data={**(data or {}), "count": len(group)},
            evidence=tuple(evidence),
            fixes=(Fix(remedy, edits, applicability),) if edits else (),
        )
