"""Occurrences of one cause: where a pattern stands in the prose, and one finding for all of its places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditor.analysis.mentions.running_text import running_text
from auditor.document import Block, Document, Span
from auditor.findings import Applicability, Edit, Evidence, Finding, Fix


class Stretches:
    """Stretches of a text, overlapping or not, that can be asked quickly whether they overlap another."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlap(self, span: Span) -> bool:
        """Whether one of them shares a character with ``span``."""
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._ends[at] > span.start


def marked(block: Block, *kinds: str) -> Stretches:
    """The stretches of a block that are marked as one of these kinds of inline ("code", "link", "html")."""
    return Stretches(inline.span for inline in block.inlines if inline.kind in kinds)


def in_prose(
    document: Document, pattern: re.Pattern[str], *, outside: tuple[str, ...] = ("code",)
) -> Iterator[tuple[Block, re.Match[str], Span]]:
    """Every match of a pattern in what a reader sees, with its block and its place in the source.

    Matches inside inlines of the kinds in ``outside`` are left out. A match is one in the running text of the document,
    where ``\\x00`` stands between blocks.
    """
    run = running_text(document)
    last = -1
    hidden = Stretches(())
    for match in pattern.finditer(run.text):
        block = run.blocks[run.block_at(match.start())]
        span = run.span(match.start(), match.end())
        if block.index != last:
            last, hidden = block.index, marked(block, *outside)
        if not hidden.overlap(span):
            yield block, match, span


def one_finding(
    rule: str,
    places: Sequence[Span],
    message: str,
    *,
    confidence: float = 1.0,
    data: Mapping[str, Any] | None = None,
    evidence: Sequence[Evidence] = (),
    edits: Sequence[Edit] = (),
    remedy: str = "",
    applicability: Applicability = "unsafe",
) -> Finding:
    """The finding for all places of one cause, and the fix that mends all of them at once.

    ``message`` is completed by the number of places where there are several.
    """
    first, *others = places
    if others:
        message = f"{message} ({len(places)} places)"
    return Finding(
        rule=rule,
        message=message,
        span=first,
        confidence=confidence,
        data=dict(data or {}),
        evidence=tuple(evidence),
        places=tuple(others),
        fixes=(Fix(remedy, tuple(edits), applicability),) if edits else (),
    )
