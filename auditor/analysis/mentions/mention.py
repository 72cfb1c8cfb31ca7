"""The value: one mention, with its place and its normal form."""

from __future__ import annotations

from typing import Literal

import msgspec

from auditor.document import Span

MentionKind = Literal[
    "date",
    "number",
    "enumerator",
    "symbol",
    "reference",
    "url",
    "abbreviation",
    "name",
    "term",
    "quotation",
]

KINDS: tuple[MentionKind, ...] = (
    "date",
    "number",
    "enumerator",
    "symbol",
    "reference",
    "url",
    "abbreviation",
    "name",
    "term",
    "quotation",
)


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of a target's address: a kind of division and its label, as in article, ``12``."""

    unit: str
    label: str

    def __str__(self) -> str:
        return f"{self.unit} {self.label}"


#: What a reference points to, from the outermost division named to the innermost.
Target = tuple[Step, ...]


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text that names something.

    span      in the source
    block     index of the block that holds it
    start     offset of its first character in that block's prose, ``end`` the one after its last
    value     normal form: two mentions of one thing have one value
    internal  of a reference: whether it points into the document that holds it; None where the text does not say
    targets   of a reference: what it points to, each as a path of steps
    style     how it is written, where a kind has several ways (a symbol's "un", "eu"; a date's "iso", "long")
    """

    kind: MentionKind
    span: Span
    block: int
    start: int
    end: int
    value: str
    internal: bool | None = None
    targets: tuple[Target, ...] = ()
    style: str = ""
