"""A table has no caption among tables that have one.

Why it matters. "See Table 3" leads nowhere; the numbers of the tables that follow may be wrong by one.

How it decides. At least three tables of the document have a caption ("Table 2 – Votes") right above or below them,
and they are four of five or more. The others are reported, in one finding.

When it stays silent. Where few tables have captions; at a table that is the rest of the one before it; at tables
inside a form or list.

Sources. United Nations Editorial Manual, "Tables".
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.furniture import furniture
from auditor.analysis.labels import label_at
from auditor.contract import rule
from auditor.document import Block, Document
from auditor.findings import Evidence, Finding

_RULE = "notes/caption-missing"
_FEWEST = 3
_SHARE = 0.8
_LONGEST = 300
_KINDS = frozenset({"table", "figure", "form", "box", "chart"})


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "\n\n".join(
                f"Table {n}: Votes in 202{n}\n\n| Year | Votes |\n|---|---|\n| 202{n} | 1{n} |" for n in (1, 2, 3, 4)
            )
            + "\n\nText in between.\n\n⟦| Year | Seats |\n|---|---|\n| 2025 | 15 |⟧\n",
        ],
    },
    good={
        "en": [
            "| Year | Votes |\n|---|---|\n| 2020 | 12 |\n\nText.\n\nTable 1\n\n| Year | Seats |\n|---|---|\n| 2021 "
            "| 5 |\n"
        ],
    },
)
def caption_missing(document: Document) -> Iterator[Finding]:
    """At most one finding."""
    known = furniture(document)
    shown = [b for b in document.blocks if not known.is_furniture(b.index) and b.prose.text.strip()]
    places = [at for at, block in enumerate(shown) if block.kind == "table"]
    if len(places) <= _FEWEST:
        return
    without: list[Block] = []
    captions: list[Block] = []
    for at in places:
        beside = [shown[near] for near in (at - 1, at + 1, at - 2) if 0 <= near < len(shown)]
        caption = next((block for block in beside if block.kind != "table" and _is_caption(block)), None)
        if caption is not None:
            captions.append(caption)
        elif at == 0 or shown[at - 1].kind != "table":
            without.append(shown[at])
    if not without or len(captions) < _FEWEST or len(captions) < _SHARE * len(places):
        return
    many = f"{len(without)} tables have" if len(without) > 1 else "This table has"
    yield Finding(
        _RULE,
        f"{many} no caption; the other {len(captions)} tables have one.",
        without[0].span,
        confidence=0.7,
        data={"captions": len(captions), "without": len(without)},
        evidence=(Evidence("A caption of another table.", captions[0].span),),
        places=tuple(block.span for block in without[1:]),
    )


def _is_caption(block: Block) -> bool:
    text = block.prose.text.lstrip("*_ ")
    if len(text) > _LONGEST:
        return False
    label = label_at(text, 0)
    return label is not None and label.label.kind in _KINDS
