"""Paragraphs of which so little was read rightly that the page should be scanned again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.confusions.suspects import PART, core, suspects
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document, Span
from auditor.findings import Finding

from ..markup.notation import is_technical

#: A paragraph has so many words at least, of which this share is none, and this share has signs or figures inside.
_LEAST_WORDS = 25
_NO_WORDS = 0.45
_DAMAGED = 0.08
#: In a whole text of which less than this is none there is no such paragraph worth looking for.
_IN_TEXT = 0.04
_DAMAGE = re.compile(r"[^\W_]\d[^\W\d_]|[^\W\d_]\d|[^\w\s'’.,-]|([^\W\d_])\1\1")


def rubble(document: Document) -> Iterator[Finding]:
    """One finding for each paragraph of rubble, with its words that are none."""
    found = suspects(document)
    if is_technical(document):
        return
    for language, forms in found.forms.items():
        bad = {form for form, kind in forms.items() if kind != "case"}
        if sum(found.counts[language][form] for form in bad) < max(
            _LEAST_WORDS * _NO_WORDS, _IN_TEXT * found.words[language]
        ):
            continue
        run = running_text(document)
        codes = languages(document)
        for place, block in enumerate(run.blocks):
            if codes[block.index] != language or len(block.prose.text) < 4 * _LEAST_WORDS:
                continue
            begin = run.starts[place]
            parts = list(PART.finditer(run.text, begin, begin + len(block.prose.text)))
            wrong = [part for part in parts if core(part.group()) in bad]
            damaged = sum(_DAMAGE.search(core(part.group())) is not None for part in wrong)
            if len(parts) >= _LEAST_WORDS and len(wrong) >= _NO_WORDS * len(parts) and damaged >= _DAMAGED * len(parts):
                spans = [run.span(part.start(), part.end()) for part in wrong]
                yield scan_again(spans, len(parts))


def scan_again(spans: list[Span], words: int) -> Finding:
    """The finding for a paragraph with these words misread."""
    return Finding(
        rule="characters/confused-word",
        message=f"{len(spans)} of the {words} words of this paragraph are misread; scan the page again.",
        span=spans[0],
        places=tuple(spans[1:]),
        severity="error",
        confidence=0.95,
        data={"rubble": True, "misread": len(spans), "words": words},
    )
