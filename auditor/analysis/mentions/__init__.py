"""Mentions: dates, numbers, document symbols, references … found once for everybody.

Each kind is a fact of its own, computed when somebody asks for it; `mentions` gives access to all of them by kind
and by block. See ``mention.py`` for the value and one module per kind for how it is recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import import_module
from types import MappingProxyType

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import KINDS, Mention, MentionKind, Step, Target
from auditor.analysis.mentions.quotations import quotations
from auditor.analysis.mentions.references import references
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.mentions.symbols import symbols
from auditor.document import Document

#: The module of each kind, which has a fact of the same name; loaded when the kind is first asked for.
_MODULES: MappingProxyType[MentionKind, str] = MappingProxyType(
    {
        "date": "dates",
        "number": "numbers",
        "enumerator": "enumerators",
        "symbol": "symbols",
        "reference": "references",
        "url": "urls",
        "abbreviation": "abbreviations",
        "name": "names",
        "term": "terms",
        "quotation": "quotations",
    }
)


def _find(kind: MentionKind, document: Document) -> tuple[Mention, ...]:
    name = _MODULES[kind]
    finder: Callable[[Document], tuple[Mention, ...]] = getattr(import_module(f"{__name__}.{name}"), name)
    return finder(document)


class Mentions:
    """All mentions of a document. A kind is looked for when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks: dict[MentionKind, dict[int, tuple[Mention, ...]]] = {}

    def of(self, kind: MentionKind) -> tuple[Mention, ...]:
        """The mentions of one kind, in order."""
        return _find(kind, self._document)

    def in_block(self, block: int, kinds: Iterable[MentionKind] = KINDS) -> tuple[Mention, ...]:
        """The mentions of these kinds in the block with this index, in order of their start."""
        found: list[Mention] = []
        for kind in kinds:
            found.extend(self._by_block(kind).get(block, ()))
        return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))

    def _by_block(self, kind: MentionKind) -> dict[int, tuple[Mention, ...]]:
        if kind not in self._blocks:
            gathered: dict[int, list[Mention]] = {}
            for mention in self.of(kind):
                gathered.setdefault(mention.block, []).append(mention)
            self._blocks[kind] = {block: tuple(found) for block, found in gathered.items()}
        return self._blocks[kind]

    @cached_property
    def all(self) -> tuple[Mention, ...]:
        """Every mention of every kind, in order of their start."""
        found = [mention for kind in KINDS for mention in self.of(kind)]
        return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


@fact
def mentions(document: Document) -> Mentions:
    """The mentions of a document."""
    return Mentions(document)


__all__ = [
    "KINDS",
    "Mention",
    "MentionKind",
    "Mentions",
    "RunningText",
    "Step",
    "Target",
    "mentions",
    "quotations",
    "references",
    "running_text",
    "symbols",
]
