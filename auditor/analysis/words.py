"""How many words a document has: the measure of length for noise and speed."""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.document import TEXT_KINDS, Document

_IDEOGRAPH = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@fact
def count_words(document: Document) -> int:
    """Stretches without white space in running text and tables; each ideograph or kana counts as a word."""
    words = 0
    for block in document.blocks:
        if block.kind in TEXT_KINDS or block.kind == "table":
            prose = block.prose.text
            words += len(prose.split())
            if not prose.isascii():
                words += sum(1 for _ in _IDEOGRAPH.finditer(prose))
    return words
