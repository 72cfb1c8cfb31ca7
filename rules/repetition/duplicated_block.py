"""A paragraph, or a whole run of them, stands twice.

Why it matters. A page that was scanned or pasted twice doubles articles, points and amounts; whoever counts or cites
gets the wrong number.

How it decides. A paragraph of some length is followed by itself, or a run of blocks by the same run, word for word
and number for number; page furniture between the two is looked through. A sentence of some length that stands twice
in a row inside a paragraph is reported as well.

When it stays silent. At short lines, forms and signatures, at the same paragraph in another place (twin annexes,
standard clauses), at paragraphs that differ in their number, at headings (`repetition/duplicated-heading`) and at
what stands three times and more (`repetition/loop`).

Sources. Seen in scans whose pages were fed twice, and in texts that were put together from parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.analysis.mentions.running_text import running_text
from auditor.contract import rule
from auditor.document import Block, Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

from .blocks import Run, repeated_runs
from .loops import loops

_RULE = "repetition/duplicated-block"
_FEWEST_WORDS = 8
_FEWEST_LETTERS = 40
_SENTENCE = 60
#: A run of blocks may hold tables and headings, but as much text as this.
_RUN_WORDS = 20


@rule(
    _RULE,
    severity="error",
    explains=(
        "numbering/repeated",
        "numbering/out-of-order",
        "numbering/gap",
        "repetition/duplicated-heading",
        "structure/heading-level",
    ),
    bad={
        "en": [
            "# Report\n\n1. The Parties shall cooperate in the conservation of marine biological diversity.\n\n"
            "⟦1. The Parties shall cooperate in the conservation of marine biological diversity.⟧\n\n2. They meet.\n",
            "The depositary shall inform all the States of each signature. "
            "⟦The depositary shall inform all the States of each signature.⟧ It keeps a register.\n",
        ],
        "fr": [
            "# Loi\n\nLe comité est composé de cinq membres nommés par le ministre pour trois ans.\n\n"
            "Il se réunit deux fois par an sur convocation de son président.\n\n"
            "⟦Le comité est composé de cinq membres nommés par le ministre pour trois ans.\n\n"
            "Il se réunit deux fois par an sur convocation de son président.⟧\n\nIl fait rapport.\n",
        ],
        "zh": [
            "缔约方应合作养护海洋生物多样性，并应定期协商以审查本协定的执行情况，同时顾及发展中国家的特殊需要和能力。\n\n"
            "⟦缔约方应合作养护海洋生物多样性，并应定期协商以审查本协定的执行情况，同时顾及发展中国家的特殊需要和能力。⟧\n"
        ],
    },
    good={
        "en": [
            "# Report\n\n1. The Parties shall cooperate in the conservation of marine biological diversity.\n\n"
            "2. The Parties shall cooperate in the conservation of marine biological diversity.\n\n3. They meet.\n",
            "For the Government of\n\n__________\n\n__________\n\nSignature\n\nSignature\n",
            "Yes. Yes. The Council agreed. The Council agreed.\n",
        ],
        "fr": ["# Loi\n\nAbrogé.\n\nAbrogé.\n\nAbrogé.\n"],
        "zh": ["缔约方应合作。\n\n缔约方应协商。\n"],
    },
)
def duplicated_block(document: Document) -> Iterator[Finding]:
    """One finding for each stretch that stands twice."""
    looped = loops(document)
    for run in repeated_runs(document):
        if run.times == 2 and _is_text(run):
            span = Span(run.again[0].span.start, run.again[-1].span.end)
            if not any(found.overlaps(span) for found in looped):
                yield _finding(document, run, span)
    yield from _sentences(document, looped)


def _is_text(run: Run) -> bool:
    if len(run.first) == 1:
        return run.first[0].kind not in ("heading", "table") and _is_long(run.first[0])
    return run.words >= _RUN_WORDS and any(block.kind != "heading" and _is_long(block) for block in run.first)


def _is_long(block: Block) -> bool:
    text = block.prose.text
    letters = sum(map(str.isalpha, text[: 4 * _FEWEST_LETTERS]))
    ideographs = any("\u3400" <= sign <= "\u9fff" for sign in text[:40])
    return letters >= _FEWEST_LETTERS and (ideographs or len(text.split()) >= _FEWEST_WORDS)


def _finding(document: Document, run: Run, span: Span) -> Finding:
    first = Span(run.first[0].span.start, run.first[-1].span.end)
    begins = " ".join(run.first[0].prose.text.split()[:6])
    what = "paragraph" if len(run.first) == 1 else f"{len(run.first)} paragraphs"
    stand = "stands" if len(run.first) == 1 else "stand"
    cut = Span(first.end, span.end)
    between = document.text[first.end : span.start].strip()
    fixes = () if between else (Fix("Keep the first", (Edit(cut, ""),), "unsafe"),)
    return Finding(
        _RULE,
        f"The {what} that {'begins' if len(run.first) == 1 else 'begin'} “{begins}” {stand} twice in a row.",
        span,
        confidence=0.97 if run.words >= 2 * _FEWEST_WORDS else 0.9,
        data={"blocks": len(run.first), "words": run.words},
        evidence=(Evidence("Here it stands first." if len(run.first) == 1 else "Here they stand first.", first),),
        fixes=fixes,
    )


_HAN = re.compile("[\u3400-\u9fff]")


def _sentences(document: Document, looped: list[Span]) -> Iterator[Finding]:
    """Sentences that follow themselves inside a block."""
    run = running_text(document)
    text = run.text
    pieces = text.split(". ")
    at = 0
    for piece, following in pairwise(pieces):
        sentence = piece.rpartition("\x00")[2]
        start = at + len(piece) - len(sentence)
        again = at + len(piece) + 2
        at = again
        if len(sentence) < _SENTENCE or not (following == sentence or following.startswith(sentence + ".")):
            continue
        if 2 * sum(map(str.islower, sentence)) < len(sentence) and not _HAN.search(sentence):
            continue  # a table, a list in capitals
        if sentence.count(" ") < _FEWEST_WORDS - 2 or not text.startswith(sentence + ".", again):
            continue
        block = run.blocks[run.block_at(again)]
        span = run.span(again, again + len(sentence) + 1)
        if block.kind == "table" or any(found.overlaps(span) for found in looped):
            continue
        gap = run.span(start + len(sentence) + 1, again + len(sentence) + 1)
        yield Finding(
            _RULE,
            f"The sentence “{' '.join(sentence.split()[:6])} …” stands twice in a row.",
            span,
            confidence=0.95,
            data={"blocks": 0, "words": len(sentence.split())},
            evidence=(Evidence("Here it stands first.", run.span(start, start + len(sentence) + 1)),),
            fixes=(Fix("Keep the first", (Edit(gap, ""),), "unsafe"),),
        )
