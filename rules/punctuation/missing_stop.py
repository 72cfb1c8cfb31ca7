"""A paragraph ends without its full stop.

Why it matters. Either a stop was lost, which is a slip, or the end of the sentence with it, which is worse; the eye
passes over both.

How it decides. A paragraph of two sentences or more ends in a letter, and the next one begins a new sentence; nearly
all paragraphs of its length in the document end with a stop, a comma, a semicolon or a colon.

When it stays silent. At single phrases, which may be titles, at list items and tables; at dates, names, signatures,
addresses and symbols; in texts that often leave the stop away; where the next paragraph goes on with the sentence or
the last word ends none (`breaks/paragraph-cut`, `breaks/sentence-unfinished`); at the end of the text
(`structure/truncated`).

Sources. None but the document's own usage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.outline.closing import closing_blocks, is_signature
from auditor.analysis.seams import Seam, seams
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Block, Document
from auditor.findings import Edit, Finding, Fix

_RULE = "punctuation/missing-stop"
_FEWEST_WORDS = 15
_SHORTEST_LINE = 3
#: Of so many paragraphs of that length all but one, and one in so many, have a stop.
_FEWEST_PARAGRAPHS = 10
_ONE_IN = 20
_ENDS = ".!?…。！？؟۔։।:;,؛،；：，–—-_*"
_CLOSERS = "\"'”’»)]›」』）†*"
_SENTENCE_BEFORE = re.compile(r"[^\W\d_A-ZА-Я]{3}[.!?][ \n\u00a0]+[“«\"]?[A-ZÀ-ÞА-Я]")
_BEHIND_NUMBER = re.compile(r"\d{1,3} [^\W\d_A-ZÀ-ÞА-Я]")
_NO_SENTENCE = re.compile(r"https?://|www\.|@|\|")


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            "".join(
                f"The Committee considered the {name} report of the Secretary-General and decided to transmit it to "
                f"the "
                "General Assembly for its consideration.\n\n"
                for name in (
                    "first",
                    "second",
                    "third",
                    "fourth",
                    "fifth",
                    "sixth",
                    "seventh",
                    "eighth",
                    "ninth",
                    "last",
                )
            )
            + "The Committee considered the others as well. It took note of the work of the Secretary-General and "
            "decided to transmit them to the General ⟦Assembly⟧\n\nIt met twice in the course of the year and "
            "adopted its programme of work.\n"
        ],
    },
    good={
        "en": [
            "The Committee considered the report of the Secretary-General and decided to transmit it to the General "
            "Assembly for its consideration\n\nIt met twice.\n",
            "Recalling its resolution on the report of the Secretary-General and the decision to transmit it to the "
            "General Assembly,\n\nNoting the report,\n",
        ],
    },
)
def missing_stop(document: Document) -> Iterator[Finding]:
    """One finding for each paragraph, in texts that close theirs."""
    candidates = [seam for seam in seams(document) if _may_lack(seam)]
    if not candidates:
        return
    closed = total = 0
    for block in document.blocks:
        if block.kind in TEXT_KINDS and block.kind != "heading" and _is_long(block):
            total += 1
            closed += block.prose.text.rstrip().rstrip(_CLOSERS)[-1:] in _ENDS
    if total < _FEWEST_PARAGRAPHS or (total - closed - 1) * _ONE_IN > total:
        return
    last = {block.index for block in closing_blocks(document)}
    for seam in candidates:
        if seam.before.index not in last and not is_signature(seam.before.prose.text):
            yield _finding(seam)


def _is_long(block: Block) -> bool:
    text = block.prose.text
    return len(text) > 4 * _FEWEST_WORDS and len(text.split()) >= _FEWEST_WORDS


def _may_lack(seam: Seam) -> bool:
    text = seam.before.prose.text.rstrip()
    if seam.ending != "word" or seam.words < _FEWEST_WORDS or seam.before.kind == "list_item":
        return False
    if seam.opening == "small" or seam.furniture or seam.between or not text[-1].isalpha():
        return False
    if (seam.item and seam.opening != "number") or _BEHIND_NUMBER.match(seam.after.prose.text):
        return False
    if seam.opening == "caseless" or _NO_SENTENCE.search(text[-120:]):
        return False
    line = text[text.rfind("\n") + 1 :]
    if len(line.split()) < _SHORTEST_LINE or "." in line.split()[-1]:
        return False  # a title on the last line, an address
    if not _SENTENCE_BEFORE.search(text):
        return False  # a title is one phrase
    words = text[-200:].split()[-8:]
    small = sum(word[0].islower() for word in words)
    return 2 * small >= len(words) and not text.isupper()


def _finding(seam: Seam) -> Finding:
    prose = seam.before.prose
    text = prose.text.rstrip()
    word = text.split()[-1]
    span = prose.source_span(len(text) - len(word), len(text))
    end = prose.source_span(len(text), len(text)) if len(text) < len(prose.text) else None
    at = span.end if end is None else end.start
    return Finding(
        _RULE,
        f"The paragraph ends in “{word}” without a stop; the other paragraphs of the text have one.",
        span,
        confidence=0.75,
        data={"word": word},
        fixes=(Fix("Put a full stop", (Edit(type(span)(at, at), "."),), "unsafe"),),
    )
