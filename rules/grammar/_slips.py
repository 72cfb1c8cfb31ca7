"""From slips in a running text to findings in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.analysis.grammar.running import LanguageText
from auditor.analysis.grammar.slip import Slip
from auditor.findings import Finding, replace


def findings(name: str, text: LanguageText, slips: Iterable[Slip], confidence: float = 0.85) -> Iterator[Finding]:
    """A finding of the named rule for each slip that lies outside code."""
    for slip in slips:
        if text.in_code(slip.start, slip.end):
            continue
        span = text.span(slip.start, slip.end)
        yield Finding(
            rule=name,
            message=slip.message,
            span=span,
            confidence=confidence,
            data={"language": text.language},
            fixes=(replace(span, slip.right, f"Write “{slip.right}”"),) if slip.right else (),
        )
