"""Values: sources, documents, blocks, prose, spans. Nothing here decides anything."""

from auditor.document.block import TEXT_KINDS, Block, BlockKind, Inline
from auditor.document.document import Document
from auditor.document.prose import Prose, Run, plain_prose
from auditor.document.source import MediaType, Source
from auditor.document.spans import LineIndex, Position, Span, hull, point

__all__ = [
    "TEXT_KINDS",
    "Block",
    "BlockKind",
    "Document",
    "Inline",
    "LineIndex",
    "MediaType",
    "Position",
    "Prose",
    "Run",
    "Source",
    "Span",
    "hull",
    "plain_prose",
    "point",
]
