"""A mark that belongs to no sentence stands alone in one.

Why it matters. Specks, margin rules and folds of a page come out of OCR as |, ~, ^, \\ or a middle dot. They break
sentences for search, and may stand for a letter or word that was lost.

How it decides. The mark stands alone between two words of running text, in a paragraph that has it once or twice.

When it stays silent. In tables, code and formulas, beside figures and signs, at the beginning of a line (a bullet), and
where a paragraph uses the mark again and again to part things ("Home | About | Contact").

Sources. None but reading: the marks are those that OCR engines give for dirt and rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from auditor.analysis.confusions.suspects import places
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Document
from auditor.findings import Edit, Finding, Fix

from ..markup.notation import is_technical

_MARKS = "|~·^\\¦¬■►◄▌"
#: A paragraph that has a mark so often uses it.
_USED = 3
#: A document with so many is one with a systematic fault, or uses the mark: one finding.
_FEW = 4


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[^\W\d_][,;.:)”’\"' ])(?<![.:!?] )[ ]?([{re.escape(_MARKS)}]{{1,3}})(?=[ ][^\W\d_(“\"«])"
        rf"|(?<=[^\W\d_] )([{re.escape(_MARKS)}]{{1,3}})(?=[ ][^\W\d_(“\"«])"
    )


@rule(
    "characters/stray-mark",
    severity="warning",
    bad={
        "en": [
            "The Parties ⟦|⟧ shall meet each year, and ⟦~⟧ report.",
            Example("The Board shall ⟦\\⟧ decide on the matter.", "en", "text/plain"),
        ]
    },
    good={
        "en": [
            "Home | About | Contact | Imprint",
            "a ~ b and 5 ~ 10; x ^ y.",
            "| a | b |\n|---|---|\n| c | d |\n",
            "· the first item\n\n· the second item",
            Example("Run `a | b` to see, or cat file | sort | uniq now.", "en"),
        ]
    },
)
def stray_mark(document: Document) -> Iterator[Finding]:
    """One finding for each stray mark, or one for all of a kind where they are many."""
    tokens = vocabulary(document).tokens
    if not any(token[0] in _MARKS and len(token) < 4 and not token.strip(_MARKS) for token in tokens):
        return
    if is_technical(document):
        return
    run = running_text(document)
    where = places(document)
    used: Counter[tuple[int, str]] = Counter()
    found: list[tuple[int, int, int]] = []
    for match in _pattern().finditer(run.text):
        which = 1 if match[1] is not None else 2
        start, end = match.span(which)
        block = run.blocks[run.block_at(start)]
        if block.kind in TEXT_KINDS and not where.masked(start, end) and not _is_meant(run.text, start, end):
            used[block.index, match[which][0]] += 1
            found.append((start, end, block.index))
    by_mark: dict[str, list[tuple[int, int]]] = {}
    for start, end, index in found:
        mark = run.text[start]
        if used[index, mark] < _USED and run.blocks[run.block_at(start)].prose.text.count(mark) < _USED:
            by_mark.setdefault(mark, []).append((start, end))
    for mark, at in by_mark.items():
        spans = [where.span(begin, finish) for begin, finish in at]
        for group in [[span] for span in spans] if len(spans) <= _FEW else [spans]:
            often = f" ({len(group)} places)" if len(group) > 1 else ""
            yield Finding(
                rule="characters/stray-mark",
                message=f"“{mark}” stands alone in a sentence and belongs to nothing{often}.",
                span=group[0],
                places=tuple(group[1:]),
                confidence=0.8,
                data={"mark": mark, "count": len(group)},
                fixes=(Fix("Take it away", tuple(Edit(span, "") for span in group), "display"),),
            )


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether single letters or operators stand beside a mark, or it parts names ("Home | About")."""
    before, after = (
        text[max(0, start - 12) : start].rpartition("\x00")[2].split(),
        text[end : end + 12].partition("\x00")[0].split(),
    )
    beside = [*before[-1:], *after[:1]]
    if beside and all(word[:1].isupper() for word in beside):
        return True
    return any(len(word) == 1 and word not in "aAI" for word in beside) or any(c in "=+<>{}$_" for c in "".join(beside))
