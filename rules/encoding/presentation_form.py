"""Letters are stored as they are printed: ligatures, wide Latin letters, Arabic letters by their shape.

Why it matters. "ﬁnancial" with one character for "fi" is not found by a search for "financial", nor sorted or read
aloud as it. Arabic stored by shape can't be searched at all.

How it decides. The presentation forms of Unicode (FB00–FB06, FB13–FB17, FB50–FDFF, FE70–FEFC) and the full-width Latin
letters and figures (FF01–FF5E) outside of Chinese, Japanese and Korean text. All of one kind are one finding. The fix
writes the letters that are meant.

When it stays silent. In East Asian paragraphs, for the Arabic phrases and ornate brackets that have no other form, and
in code.

Sources. Unicode Standard, compatibility decompositions (NFKC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from auditor.analysis.scripts import beyond_latin
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._places import characters, matches

_KINDS = {
    "ligature": ("\ufb00-\ufb06\ufb13-\ufb17", "A ligature is stored as one character"),
    "Arabic form": (
        "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf1\ufe70-\ufe74\ufe76-\ufefc",
        "Arabic letters are stored by their shape",
    ),
    "wide letter": ("\uff01-\uff5e", "Latin characters are stored in full width"),
}


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(f"[{_KINDS[kind][0]}]{{1,200}}")


@cache
def _east_asian() -> re.Pattern[str]:
    return re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


@rule(
    "encoding/presentation-form",
    severity="warning",
    explains=("characters/confused-word",),
    bad={
        "en": ["The ⟦ﬁ⟧nancial report.", "See ⟦Ａ⟧rticle 5."],
        "ar": ["⟦ﺍﻟﻤﺎﺩﺓ⟧ الأولى"],
    },
    good={
        "en": ["The financial report, œuvre, Æsop."],
        "ar": ["المادة الأولى ﷺ"],
        "zh": ["第一条（一）缔约国：Ａ类；１９９８年。"],
    },
)
def presentation_form(document: Document) -> Iterator[Finding]:
    """One finding for each kind of form, with its places."""
    if document.text.isascii() or not beyond_latin(document):
        return
    present = characters(document)
    if not any("\ufb00" <= c <= "\uff5e" for c in present):
        return
    for kind, (_, what) in _KINDS.items():
        spans = [Span(match.start(), match.end()) for match in matches(document, _pattern(kind))]
        if kind == "wide letter":
            spans = [span for span in spans if not _in_east_asian(document, span)]
        if not spans:
            continue
        written = spans[0].of(document.text)
        meant = normalize("NFKC", written)
        often = f" ({len(spans)} places)" if len(spans) > 1 else ""
        yield Finding(
            rule="encoding/presentation-form",
            message=f"{what}: “{written[:30]}” is “{meant[:30]}”{often}.",
            span=spans[0],
            places=tuple(spans[1:]),
            data={"kind": kind, "count": len(spans)},
            fixes=(
                Fix(
                    "Write the letters that are meant",
                    tuple(Edit(span, normalize("NFKC", span.of(document.text))) for span in spans),
                    "safe" if kind == "ligature" else "unsafe",
                ),
            ),
        )


def _in_east_asian(document: Document, span: Span) -> bool:
    block = document.block_at(span.start)
    if block is None:
        return True
    text = document.text
    inside = (max(block.span.start, span.start - 500), min(block.span.end, span.end + 500))
    return _east_asian().search(text, *inside) is not None
