"""Values: sources, documents, blocks, prose, spans. Nothing here decides anything."""

from auditor.document.block import TEXT_KINDS, Block, BlockKind, Inline
from auditor.document.document import Document
from auditor.document.guidance import UNGUIDED, Guidance, Profile
from auditor.document.prose import Prose, Run, plain_prose
from auditor.document.source import MediaType, Source
from auditor.document.spans import LineIndex, Position, Span, hull, point

__all__ = [
    "TEXT_KINDS",
    "UNGUIDED",
    "Block",
    "BlockKind",
    "Document",
    "Guidance",
    "Inline",
    "LineIndex",
    "MediaType",
    "Position",
    "Profile",
    "Prose",
    "Run",
    "Source",
    "Span",
    "hull",
    "plain_prose",
    "point",
]
