"""Addresses of web pages, of mail and of digital objects.

Punctuation that closes the sentence is not part of the address; a bracket is, where its partner is.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

_WEB = re.compile(r"(?:https?|ftp)://[^\s<>\"«»“”\x00]+|(?<![\w/@.])www\.[^\s<>\"«»“”\x00]+")
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}(?!\w)")
_OBJECT = re.compile(r"(?<![\w/])(?:doi:[ ]?)?10\.\d{4,9}/[^\s<>\"\x00]+")


def _trimmed(address: str) -> str:
    address = address.rstrip(".,;:!?'’*_")
    while address.endswith((")", "]")) and address.count("(") < address.count(")") + address.count("]"):
        address = address[:-1].rstrip(".,;:")
    return address


@fact
def urls(document: Document) -> tuple[Mention, ...]:
    """The addresses of a document, in order. ``style``: web, mail or doi."""
    run = running_text(document)
    text = run.text
    found = []
    for guards, pattern, style in (
        (("://", "www."), _WEB, "web"),
        (("@",), _MAIL, "mail"),
        (("10.",), _OBJECT, "doi"),
    ):
        if not any(guard in text for guard in guards):
            continue
        for match in pattern.finditer(text):
            address = _trimmed(match.group())
            if len(address) > 6:
                end = match.start() + len(address)
                found.append(run.mention("url", match.start(), end, address, style=style))
    return tuple(sorted(found, key=lambda mention: mention.span.start))
