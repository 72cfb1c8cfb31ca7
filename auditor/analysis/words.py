"""How many words a document has: the measure of length for noise and speed."""

from __future__ import annotations

import re
from functools import cache

from auditor.analysis.fact import fact
from auditor.analysis.scripts import east_asian
from auditor.document import TEXT_KINDS, Document


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@fact
def count_words(document: Document) -> int:
    """Stretches without white space in running text and tables; each ideograph or kana counts as a word."""
    proses = [block.prose.text for block in document.blocks if block.kind in TEXT_KINDS or block.kind == "table"]
    words = sum(len(prose.split()) for prose in proses)
    if east_asian(document):
        words += sum(len(_ideograph().findall(prose)) for prose in proses)
    return words
