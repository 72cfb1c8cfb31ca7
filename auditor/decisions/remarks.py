"""Decisions that stand in the text itself: remarks for the auditor, and ``[sic]``.

A remark is a comment of HTML, in any format of text::

    <!-- auditor: ignore structure/missing-heading because Article 4 was never adopted -->

It holds for the paragraph in which it stands; where it is a paragraph of its own, for the one after it. ``[sic]``
behind a word says that it is right as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from auditor.decisions.use import Use
from auditor.document import Document, Span
from auditor.report import ReportedFinding, Ruling

_REMARK = re.compile(r"<!--\s{0,8}auditor:\s{0,8}ignore\b(?P<said>[^<>]{0,1000}?)-->", re.IGNORECASE)
_BECAUSE = re.compile(r"\s(?:because|:|--?|–|—)\s", re.IGNORECASE)
_SIC = re.compile(r"[\s*_»”\"’)]{0,4}[\[(](?:<i>|[*_])?sic!?(?:</i>|[*_])?!?[\])]", re.IGNORECASE)


class Remark(msgspec.Struct, frozen=True):
    """A remark: its own span, the span that it holds for, the rules and families it names, and its reason."""

    span: Span
    scope: Span
    names: tuple[str, ...]
    reason: str


def remarks(document: Document) -> tuple[Remark, ...]:
    """The remarks of a text, in order."""
    if "<!--" not in document.text:
        return ()
    found = []
    for match in _REMARK.finditer(document.text):
        span = Span(match.start(), match.end())
        names, _, reason = _split(match["said"].strip())
        found.append(Remark(span, _scope(document, span), tuple(names.replace(",", " ").split()), reason.strip()))
    return tuple(found)


def _split(said: str) -> tuple[str, str, str]:
    mark = _BECAUSE.search(f" {said} ")
    if mark is None:
        return said, "", ""
    return said[: max(0, mark.start() - 1)], mark.group(), f" {said} "[mark.end() :]


def _scope(document: Document, span: Span) -> Span:
    block = document.block_at(span.start)
    if block is not None and not _is_alone(document, block.span):
        return block.span
    for following in document.blocks[block.index + 1 :] if block is not None else document.blocks:
        if following.span.start >= span.end and not _is_alone(document, following.span):
            return following.span
    return span


def _is_alone(document: Document, span: Span) -> bool:
    """Whether a block holds remarks and nothing else."""
    return not _REMARK.sub("", span.of(document.text)).strip()


def honour(
    document: Document, findings: Sequence[ReportedFinding], ran: Collection[str], known: Collection[str]
) -> tuple[list[ReportedFinding], list[Use]]:
    """The findings with what the text itself decides of them, and what became of each remark.

    ``ran`` are the names of the rules that ran on this text, ``known`` all names of rules and families.
    """
    decided = [_sic(document, finding) for finding in findings]
    uses = []
    for remark in remarks(document):
        unknown = tuple(name for name in remark.names if name not in known)
        taken = 0
        if remark.reason and remark.names:
            for number, finding in enumerate(decided):
                if finding.status == "open" and _covers(remark, finding):
                    decided[number] = msgspec.structs.replace(
                        finding, status="accepted", decision=Ruling(remark.reason)
                    )
                    taken += 1
        rules_run = {name for name in ran if name in remark.names or name.partition("/")[0] in remark.names}
        uses.append(
            Use(
                place=remark.span,
                shown="this remark",
                rules=remark.names,
                unknown=unknown,
                reason=remark.reason,
                ran=all(any(name in (rule, rule.partition("/")[0]) for rule in rules_run) for name in remark.names),
                decided=taken,
                in_text=True,
            )
        )
    return decided, uses


def _covers(remark: Remark, finding: ReportedFinding) -> bool:
    named = finding.rule in remark.names or finding.rule.partition("/")[0] in remark.names
    return named and remark.scope.touches(finding.span.start) and not remark.span.overlaps(finding.span)


def _sic(document: Document, finding: ReportedFinding) -> ReportedFinding:
    if not len(finding.span) or finding.places:
        return finding
    mark = _SIC.match(document.text, finding.span.end) or _SIC.search(finding.span.of(document.text))
    if mark is None:
        return finding
    reason = f"The text says {mark.group().strip()} of it."
    return msgspec.structs.replace(finding, status="accepted", decision=Ruling(reason))
