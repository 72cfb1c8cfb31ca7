"""A heading stands twice.

Why it matters. The table of contents shows it twice, links lead to the empty one, and the number of divisions is
wrong; often it is the running title of the next page.

How it decides. Two headings with the same words follow each other with nothing between them, or the first paragraph
under a heading says the heading again and nothing else.

When it stays silent. Where the two differ by a number or by other words; where text stands between; at page furniture
that is known as such; at very short headings.

Sources. Seen in Markdown made from PDF files, where running titles become headings.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.furniture import furniture
from auditor.analysis.outline.stretches import heading_block_indexes
from auditor.contract import rule
from auditor.document import Block, Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

_RULE = "repetition/duplicated-heading"
_FEWEST_SIGNS = 4
_MARKS = " \t\n.:;,*_#—–-"


@rule(
    _RULE,
    severity="warning",
    explains=("numbering/repeated", "structure/heading-level"),
    bad={
        "en": [
            "# Report\n\n## General provisions\n\n⟦## General provisions⟧\n\nThe Parties cooperate.\n",
            "# Report\n\n## Article 5 Scope\n\n⟦Article 5 Scope⟧\n\nThis Agreement applies to the high seas.\n",
        ],
        "fr": ["# Loi\n\n## Dispositions générales\n\n⟦## Dispositions générales⟧\n\nLe fonds est créé.\n"],
        "zh": ["# 协定\n\n## 第一章 总则规定\n\n⟦## 第一章 总则规定⟧\n\n双方应合作。\n"],
    },
    good={
        "en": [
            "# Report\n\n## Article 1\n\n## Article 2\n\nText.\n\n## Article 1\n\nText.\n",
            "# Report\n\n## Scope\n\nText.\n\n## Scope\n\nText.\n",
        ],
        "fr": ["# Loi\n\n## Titre I\n\n### Titre\n\nTexte.\n"],
        "zh": ["# 协定\n\n## 总则\n\n双方应合作。\n"],
    },
)
def duplicated_heading(document: Document) -> Iterator[Finding]:
    """One finding for each heading that repeats the one before it."""
    known = furniture(document)
    heads: frozenset[int] | None = None
    before: Block | None = None
    said = ""
    for block in document.blocks:
        if not block.prose.text.strip() or known.is_furniture(block.index):
            continue
        if len(block.prose.text) > 300 or block.kind not in ("heading", "paragraph"):
            before = None
            continue
        now = " ".join(block.prose.text.casefold().split()).strip(_MARKS)
        if (
            before is not None
            and now == said
            and sum(map(str.isalnum, now)) >= _FEWEST_SIGNS
            and any(map(str.isalpha, now))
        ):
            heads = heading_block_indexes(document) if heads is None else heads
            if before.kind == "heading" or before.index in heads:
                yield _finding(document, before, block)
                continue
        before, said = block, now


def _finding(document: Document, before: Block, block: Block) -> Finding:
    between = document.text[before.span.end : block.span.start].strip()
    cut = Span(before.span.end, block.span.end)
    return Finding(
        _RULE,
        f"The heading “{' '.join(block.prose.text.split())}” stands twice, with nothing between.",
        block.span,
        confidence=0.9,
        evidence=(Evidence("Here it stands first.", before.span),),
        fixes=() if between else (Fix("Keep the first", (Edit(cut, ""),), "unsafe"),),
    )
