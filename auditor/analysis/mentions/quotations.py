"""Quotations: what stands between quotation marks within one block.

Marks of all styles are paired: “ ” „ “ « » ‹ › 「 」 『 』 and the straight ones. A mark without its partner in the
block makes no quotation; `punctuation/unpaired-quote` reports those.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

#: Longest believable quotation inside one block, in characters.
_LONGEST = 4000
_PATTERN = re.compile(
    rf"“([^“”\x00]{{1,{_LONGEST}}})”|„([^„“”\x00]{{1,{_LONGEST}}})[“”]|«([^«»\x00]{{1,{_LONGEST}}})»"
    rf"|»([^«»\x00]{{1,{_LONGEST}}})«|「([^「」\x00]{{1,{_LONGEST}}})」|『([^『』\x00]{{1,{_LONGEST}}})』"
    rf"|\"(?<!\w.)([^\"\x00]{{1,{_LONGEST}}})\"(?!\w)"
)
_OPENING = '“„«»「『"'
_SPACE = re.compile(r"\s+")


@fact
def quotations(document: Document) -> tuple[Mention, ...]:
    """The quotations of a document, marks included; ``value`` is the text between the marks."""
    run = running_text(document)
    text = run.text
    places: list[int] = []
    for mark in _OPENING:
        at = text.find(mark)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1)
    found = []
    end = 0
    for at in sorted(places):
        match = _PATTERN.match(text, at) if at >= end else None
        if match is None:
            continue
        end = match.end()
        inner = match.group(match.lastindex or 0)
        found.append(run.mention("quotation", match.start(), match.end(), _SPACE.sub(" ", inner).strip()))
    return tuple(found)
