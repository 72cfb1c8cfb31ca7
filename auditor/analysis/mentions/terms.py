"""Defined terms: words that the text itself gives a meaning to.

“Vessel” means …; …, hereinafter referred to as “the Contracting Parties”; … (the “Agreement”); (ci-après « la Cour
»). A term stands in quotation marks, and a word of definition beside them (``data/mentions_terms.toml``). A
quotation in parentheses of its own, opened by an article, is one too: (the “Seller”). ``style`` says which.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.quotations import quotations
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

_DATA = Path(__file__).parent.parent / "data" / "mentions_terms.toml"
_LONGEST = 80
_ARTICLE = re.compile(
    r"\((?:the|each|together|collectively|le|la|les|l['’]|el|los|las|der|die|das|il|lo|o|a|de|het)?[, ]{0,2}(?:the )?$",
    re.I,
)


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))

    def pattern(name: str) -> str:
        forms = {re.escape(form) for table in data.values() for form in table[name]}
        return "|".join(sorted(forms, key=lambda form: (-len(form), form)))

    before = re.compile(
        rf"(?:{pattern('before')})[ \xa0\n:]*(?:as[ ]|the[ ]|la[ ]|le[ ]|l['’]|als[ ])?$", re.IGNORECASE
    )
    after = re.compile(rf"[ \xa0\n]*(?:\([^()\x00]{{1,40}}\)[ ])?(?:{pattern('after')})", re.IGNORECASE)
    return before, after


@fact
def terms(document: Document) -> tuple[Mention, ...]:
    """The defined terms of a document where they are defined, quotation marks included."""
    run = running_text(document)
    text = run.text
    before_cue, after_cue = _cues()
    found = []
    for quotation in quotations(document):
        if len(quotation.value) > _LONGEST:
            continue
        start = run.offset(quotation)
        end = start + quotation.end - quotation.start
        before = text[max(0, start - 60) : start].rpartition("\x00")[2]
        if after_cue.match(text, end):
            style = "means"
        elif before_cue.search(before):
            style = "called"
        elif _ARTICLE.search(before) and text[end : end + 1] in "),;":
            style = "parenthesis"
        else:
            continue
        found.append(run.mention("term", start, end, quotation.value.strip(" ,"), style=style))
    return tuple(found)
