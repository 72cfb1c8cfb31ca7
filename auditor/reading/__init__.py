"""From bytes to documents: one module per input format."""

from __future__ import annotations

import re

from auditor.document import UNGUIDED, Block, Document, Guidance, Source
from auditor.reading.decode import byte_span, decode
from auditor.reading.discover import Found, Missed, discover
from auditor.reading.sources import source_from_path, source_from_standard_input
from auditor.reading.unreadable import Unreadable

__all__ = [
    "Found",
    "Missed",
    "Unreadable",
    "byte_span",
    "discover",
    "read",
    "source_from_path",
    "source_from_standard_input",
]


def read(source: Source, guidance: Guidance = UNGUIDED) -> Document:
    """The document that a source holds; an empty source is a document without blocks.

    Raises `Unreadable` for a source that is not text, or whose encoding can't be told.
    """
    decoded = decode(source.data, source.name)
    text = decoded.text
    page_breaks = tuple(m.start() for m in re.finditer("\f", text)) if "\f" in text else ()
    blocks: tuple[Block, ...]
    if source.media_type == "text/markdown":
        from auditor.reading.markdown import markdown_blocks

        blocks = markdown_blocks(text, page_breaks)
    else:
        from auditor.reading.plain import plain_blocks

        blocks = plain_blocks(text)
    return Document(
        source,
        text,
        blocks,
        encoding=decoded.encoding,
        encoding_note=decoded.note,
        page_breaks=page_breaks,
        guidance=guidance,
    )
