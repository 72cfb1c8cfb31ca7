"""Sentences that stand in two blocks: which seams of a document cut one, and what cut it.

Three causes are told apart. A page break, where furniture lies between the halves. Lines that were kept as
paragraphs, where several seams in a row cut sentences, or most of the document's do. And a single break, as a hand
or a converter makes it.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.labels import label_at
from auditor.analysis.seams import Seam, seams
from auditor.document import Block, Document, Span
from auditor.findings import Edit

Cause = Literal["page", "line", "alone"]

#: So many cuts one right after the other are lines that were kept.
_RUN = 4
_FEWEST_WORDS = 6
_SHORT_LEAD_IN = 8
_HAN_LINE = 20
#: What no sentence goes on with: addresses, paths, code, commands.
_NO_WORD = re.compile(
    r"(?:[\"'“(<\[]?(?:https?:|www\.|[\w.-]+@|[\w-]*[/{}=_\\<>|]|--?\w))|\w+ --?\w|\w+\(\)|[a-z]+[A-Z]\w|\w+:(?!\s*$)"
)
_LABELLED = re.compile(r"[^\W\d_.]{3,12}\.? (?:\d{1,3}|[IVXLC]{1,6})(?:[.:]?(?=\n)|[.:]?$)")
_FIRST_WORD = re.compile(r"[^\W_]+")
_POINT = re.compile(r"[(\[]?\w{1,5}[)\]][ \u00a0]?|[-–—•·▪*]")
_LETTERS = re.compile(r"[^\W\d_]")


class Cut(msgspec.Struct, frozen=True, gc=False):
    """A sentence in two blocks, what cut it, and how sure it is that it is one sentence."""

    seam: Seam
    cause: Cause
    confidence: float


@fact
def cuts(document: Document) -> tuple[Cut, ...]:
    """The cut sentences of a document, in order."""
    found = [(seam, confidence) for seam in seams(document) if (confidence := _sureness(seam, document))]
    causes: list[Cause] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end][0].before is found[end - 1][0].after:
            end += 1
        lines = end - at >= _RUN and sum(bool(seam.furniture) for seam, _ in found[at:end]) * 2 < end - at
        causes += ["page" if seam.furniture else "line" if lines else "alone" for seam, _ in found[at:end]]
        at = end
    return tuple(Cut(seam, cause, sure) for (seam, sure), cause in zip(found, causes, strict=True))


def _sureness(seam: Seam, document: Document) -> float:
    """How sure it is that one sentence runs across a seam; 0 where nothing says so."""
    if seam.item:
        return 0
    head, tail = seam.before.prose.text, seam.after.prose.text
    if seam.opening == "caseless":
        return 0.75 if seam.furniture and seam.ending in ("word", "open word") and _long_caseless(head, tail) else 0
    if seam.opening == "capital" and seam.ending == "open word" and seam.words >= _FEWEST_WORDS:
        return 0.8 if is_sentence(head) and not tail.isupper() and _goes_on(seam, document) else 0
    if not seam.runs_on or seam.words < _FEWEST_WORDS or _NO_WORD.match(tail):
        return 0
    if head.isupper() or (head.startswith("(") and head.endswith(")")) or _is_marked(seam.before):
        return 0
    lead_in = tail.rstrip()[-1:] in (":", "：") and len(tail.split()) <= _SHORT_LEAD_IN
    if seam.ending == "hyphen":
        return 0.95
    if seam.ending == "open word":
        return 0 if lead_in else 0.95
    if lead_in or _is_label(head):
        return 0
    if seam.furniture or seam.ending == "open bracket":
        return 0.9
    if tail.rstrip()[-1:] == ";" and not _is_item(seam):
        return 0  # "You may not", and a list that shows no marks
    if _is_item(seam) and not _item_follows(seam, document):
        return 0
    return 0.8 if is_sentence(head) else 0


def _goes_on(seam: Seam, document: Document) -> bool:
    """Whether the second block may go on with a capital: its first word has one inside sentences of the text too."""
    word = _FIRST_WORD.match(seam.after.prose.text)
    if is_label(seam.after.prose.text):
        return False
    if word is None or len(seam.after.prose.text.split()) < _FEWEST_WORDS:
        return False
    return re.search(rf"[^\W\d_A-ZА-Я],? {re.escape(word[0])}(?!\w)", document.text) is not None


def is_label(text: str) -> bool:
    """Whether a block opens as a heading does: "Article 45", "Annex II"."""
    return _LABELLED.match(text) is not None and label_at(text, 0) is not None


def _long_caseless(head: str, tail: str) -> bool:
    """Whether both blocks of a text without small letters are long enough to be halves of a sentence."""
    ideographs = "\u3400" <= head[-1] <= "\u9fff"
    length = len(head) if ideographs else 4 * len(head.split())
    return length >= _HAN_LINE * (1 if ideographs else 2) and (tail.rstrip()[-1:] in "。.；;،，؛:" or len(tail) > 60)


def _is_label(head: str) -> bool:
    """Whether a block is "name: value", as forms and lists of terms have them."""
    name, colon, _ = head.partition(":")
    return bool(colon) and len(name.split()) <= 3 and len(head) < 100


def _is_item(seam: Seam) -> bool:
    """Whether the first block is a point of a list; flush text after the last point goes on in small letters."""
    return seam.before.kind == "list_item" or _POINT.match(seam.before.prose.text) is not None


def _is_marked(block: Block) -> bool:
    """Whether a block is emphasised as a whole, as titles are that nobody marked as headings."""
    return any(
        inline.kind in ("strong", "emphasis") and 2 * len(inline.content) > len(block.span) for inline in block.inlines
    )


def _item_follows(seam: Seam, document: Document) -> bool:
    """Whether a point follows the second block too: then that one is the rest of a point, and no flush text."""
    following = document.blocks[seam.after.index + 1 : seam.after.index + 2]
    return bool(following) and _POINT.match(following[0].prose.text) is not None


def is_sentence(head: str) -> bool:
    """Whether a block looks like text and not like a title or an entry: most of its words are written small."""
    words = [word for word in head[-300:].split() if _LETTERS.match(word)]
    small = sum(word[0].islower() for word in words)
    return small * 2 > len(words)


def joined(document: Document, cut: Cut) -> tuple[Edit, str] | None:
    """The edit that makes one block of the two, and how the words read then; None where something lies between."""
    seam = cut.seam
    gap = Span(seam.before.span.end, seam.after.span.start)
    if gap.of(document.text).strip() or (seam.ending == "hyphen" and not seam.after.prose.text[:1].islower()):
        return None
    if seam.ending == "hyphen":
        return Edit(Span(gap.start - 1, gap.end), ""), _ends(seam, "", 1)
    return Edit(gap, " "), _ends(seam, " ", 0)


def _ends(seam: Seam, between: str, dropped: int) -> str:
    head, tail = seam.before.prose.text, seam.after.prose.text
    head = head[: len(head) - dropped]
    return f"{' '.join(head[-80:].split()[-3:])}{between}{' '.join(tail[:80].split()[:3])}"
