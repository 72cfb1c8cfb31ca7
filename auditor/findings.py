"""Findings: what a rule reports, before the engine places it in a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from auditor.document import Span

Severity = Literal["error", "warning", "info"]
Applicability = Literal["safe", "unsafe", "display"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Replace the characters of ``span`` by ``text``."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True, gc=False):
    """A remedy. ``safe`` never changes what the text says; ``unsafe`` is very probably right and wants a look;
    ``display`` shows what is meant and is never applied by the program."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = "display"


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One reason to believe the finding, in an editor's words, and where it is to be seen (if anywhere)."""

    message: str
    span: Span | None = None


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One defect of a document, or one cause with many places.

    message     what is wrong, in an editor's words; one sentence
    span        where; a point where something is missing
    confidence  how sure, 0 to 1
    severity    set only where it differs from the rule's own
    data        facts for programs, JSON values only
    places      further places of the same cause (``span`` is the first)
    other       the other side of a comparison
    """

    rule: str
    message: str
    span: Span
    confidence: float = 1.0
    severity: Severity | None = None
    data: Mapping[str, Any] = {}
    evidence: tuple[Evidence, ...] = ()
    places: tuple[Span, ...] = ()
    other: Span | None = None
    fixes: tuple[Fix, ...] = ()


def replace(span: Span, text: str, message: str, applicability: Applicability = "unsafe") -> Fix:
    """The fix that puts ``text`` in the place of ``span``."""
    return Fix(message, (Edit(span, text),), applicability)
