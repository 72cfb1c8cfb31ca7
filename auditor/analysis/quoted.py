"""Blocks that lie inside a quotation: the text of an amended law has numbers and headings of its own."""

from __future__ import annotations

from auditor.analysis.fact import fact
from auditor.document import TEXT_KINDS, Document

_PAIRS = {"«": "»", "“": "”", "„": "“”", "「": "」", "『": "』"}
_CLOSING = {"»", "”", "」", "』"}
#: A quotation that is never closed is not believed beyond this many blocks.
_LONGEST = 200


@fact
def quoted_blocks(document: Document) -> frozenset[int]:
    """Indexes of the blocks that a quotation covers: it opens at the beginning of its first block or earlier in it,
    is not closed there, and is closed in a later one. Blocks that open with a quotation mark of their own (each
    paragraph of a long quotation, as printers set it) are among them."""
    inside: set[int] = set()
    if "&" not in document.text and not any(opener in document.text for opener in _PAIRS):
        return frozenset()
    opened_at: int | None = None
    opener = ""
    pending: list[int] = []
    for block in document.blocks:
        if block.kind not in TEXT_KINDS:
            continue
        text = block.prose.text
        if opened_at is not None:
            pending.append(block.index)
            if _closes(text, opener):
                inside.update(pending)
                opened_at, pending = None, []
            elif len(pending) > _LONGEST:
                opened_at, pending = None, []
            continue
        mark = _left_open(text)
        if mark:
            opened_at, opener = block.index, mark
            pending = [block.index] if text.lstrip()[:1] == mark else []
        elif text.lstrip()[:1] in _PAIRS and text.rstrip(" .;,")[-1:] in _CLOSING:
            inside.add(block.index)
    return frozenset(inside)


def _left_open(text: str) -> str:
    """The quotation mark that opens the text, or follows a colon in it, and is not closed, if any."""
    for opener, closers in _PAIRS.items():
        last = text.rfind(opener)
        if last < 0 or any(text.find(closer, last + 1) >= 0 for closer in closers):
            continue
        if not text[:last].strip() or text[:last].rstrip()[-1:] in (":", "："):
            return opener
    return ""


def _closes(text: str, opener: str) -> bool:
    closers = _PAIRS[opener]
    closed = sum(text.count(closer) for closer in closers)
    return closed > text.count(opener) or (closed > 0 and text.rstrip(" .;,)")[-1:] in closers)
