"""Abbreviations: words of capitals ("UNESCO", "ЮНЕСКО", "PCs"), with or without stops ("U.N.", "E.E.C.").

``style`` is "defined" where the abbreviation stands in parentheses after the words that it stands for, else "used".
Roman numerals, single capitals, and words in a line that is set in capitals throughout are none.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-ÞЀ-Я](?<![\w./&@-].)"
    r"(?:[A-ZÀ-ÖØ-ÞЀ-Я]{1,11}(?:[-&/][A-Z]{2,8})?s?|(?<=[A-ZА-Я])\.(?:[A-ZА-Я]\.){1,5})(?![\w/@])"
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
_NEIGHBOUR = re.compile(r"[^\W\d_]{2,}")


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words on either side are in capitals too."""
    before = _NEIGHBOUR.findall(text[max(0, start - 24) : start].rpartition("\x00")[2])
    after = _NEIGHBOUR.findall(text[end : end + 24].partition("\x00")[0])
    around = [word for word in (*before[-1:], *after[:1]) if len(word) > 3]
    return bool(around) and all(word.isupper() for word in around)


@fact
def abbreviations(document: Document) -> tuple[Mention, ...]:
    """The abbreviations of a document, in order; ``value`` has no stops and no plural s."""
    run = running_text(document)
    text = run.text
    found = []
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        written = match.group()
        value = written.replace(".", "").removesuffix("s") if not written.isupper() else written.replace(".", "")
        if _ROMAN.match(value) or _in_capitals(text, start, end):
            continue
        defined = text[start - 1] == "(" and text[end : end + 1] in ")," and text[start - 2 : start - 1].isspace()
        found.append(run.mention("abbreviation", start, end, value, style="defined" if defined else "used"))
    return tuple(found)
