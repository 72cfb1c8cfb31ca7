"""Two forms of one word in a text: which is meant, and where the other one stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from auditor.analysis.fact import fact
from auditor.analysis.languages import languages
from auditor.analysis.mentions.quotations import quotations
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.quoted import quoted_blocks
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix, Severity


def places_of(text: str, form: str) -> Iterator[int]:
    """Where a form stands as a word of its own."""
    at = text.find(form)
    size = len(form)
    while at >= 0:
        before, after = text[at - 1], text[at + size]  # NUL stands at either end of the running text
        in_address = (before == "." and text[at - 2].isalnum()) or (after == "." and text[at + size + 1].isalnum())
        if not (before.isalnum() or after.isalnum() or before in "-‑@/_" or after in "-‑@_/" or in_address):
            yield at
        at = text.find(form, at + size)


def passages_of_others(document: Document) -> frozenset[int]:
    """Indexes of the blocks that quote; none where a text is a quotation almost throughout, as a statement that is read
    out and printed is."""
    quoted = quoted_blocks(document)
    return frozenset() if 2 * len(quoted) > len(document.blocks) else quoted


def own_places(document: Document, form: str) -> list[int]:
    """Where a form stands in what the text itself says: not in a quotation, nor in a quoted provision, nor in code."""
    run = running_text(document)
    found = list(places_of(run.text, form))
    if not found:
        return []
    quoted = passages_of_others(document)
    starts, ends = _quotations(document)
    return [
        at
        for at in found
        if run.blocks[run.block_at(at)].index not in quoted
        and not _holds(starts, ends, at)
        and not run.in_code(at, at + len(form))
    ]


@fact
def _quotations(document: Document) -> tuple[list[int], list[int]]:
    """Where the quotations of a document begin and end in the running text."""
    run = running_text(document)
    found = quotations(document)
    starts = [run.offset(quotation) for quotation in found]
    return starts, [start + q.end - q.start for start, q in zip(starts, found, strict=True)]


def _holds(starts: list[int], ends: list[int], at: int) -> bool:
    place = bisect_right(starts, at) - 1
    return place >= 0 and at < ends[place]


def languages_at(document: Document, places: Sequence[int]) -> set[str]:
    """The languages of the blocks in which the places lie."""
    run = running_text(document)
    codes = languages(document)
    return {codes[run.blocks[run.block_at(at)].index] for at in places}


def variant(
    rule: str,
    document: Document,
    places: Sequence[int],
    rare: str,
    usual: tuple[str, int, int],
    confidence: float,
    *,
    severity: Severity | None = None,
) -> Finding:
    """The finding for a rare form; ``usual`` is the other form, how often it stands, and where first."""
    run: RunningText = running_text(document)
    form, count, first = usual
    spans = [run.span(at, at + len(rare)) for at in places]
    times = "once" if len(spans) == 1 else f"{len(spans)} times"
    message = (
        f"“{rare}” stands here {times}, “{form}” {count} times."
        if count > 1
        else f"“{rare}” and “{form}” both stand here."
    )
    edits = tuple(Edit(span, form) for span in spans if span.of(document.text) == rare)
    evidence_span: Span = run.span(first, first + len(form))
    return Finding(
        rule=rule,
        message=message,
        span=spans[0],
        confidence=confidence,
        severity=severity,
        data={"form": rare, "usual": form, "times": len(spans), "usual_times": count},
        evidence=(Evidence(f"“{form}” stands here.", evidence_span),),
        places=tuple(spans[1:]),
        fixes=(Fix(f"Write “{form}”.", edits, "unsafe"),) if edits else (),
    )
