"""Enumerators: the numbers and letters that open a paragraph, a point or an item of an inline run.

``(a)``, ``a)``, ``1.``, ``1.2.``, ``(iv)``, ``б)``, ``（一）``, ``أ)``. ``style`` is "opening" at the head of a block
or line and "inline" inside a sentence ("(i) …; (ii) …"). The value is the bare label.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import line_starts, running_text
from auditor.document import Document

_LABEL = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}(?:bis|ter)?|[^\W\d_]|[ivxlcdm]{1,7}|[IVXLCDM]{1,7}|[a-z]{2})"
_OPENING = re.compile(
    rf"[\n\x00][ \t\xa0\u3000]*(?:[(（](?P<both>{_LABEL}|[一二三四五六七八九十]{{1,3}})[)）]|(?P<close>{_LABEL})\)"
    rf"|(?P<stop>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[IVXLCDM]{{1,7}}|[A-Za-z])\.(?=[\s\xa0]|\x00)|(?P<han>[一二三四五六七八九十]{{1,3}})、)"
)
_INLINE = re.compile(r"\((?<=[ \xa0,;:].)(\d{1,2}|[a-zа-я]|[ivx]{2,5})\)(?=[ \xa0][^\W\d_])")


@fact
def enumerators(document: Document) -> tuple[Mention, ...]:
    """The enumerators of a document, in order."""
    run = running_text(document)
    text = run.text
    found = []
    for match in filter(None, (_OPENING.match(text, at) for at in line_starts(document))):
        label = match.group(match.lastgroup or 0)
        start = match.end() - len(match.group().lstrip("\n\x00 \t\xa0\u3000"))
        found.append(run.mention("enumerator", start, match.end(), label, style="opening"))
    if "(" in text:
        found.extend(
            run.mention("enumerator", match.start(), match.end(), match.group(1), style="inline")
            for match in _INLINE.finditer(text)
        )
    return tuple(sorted(found, key=lambda mention: mention.span.start))
