"""Numbers in figures that stand by themselves: 12, 1,000, 3.5, 2 000 000, 50 %.

The value is a plain decimal: separators of thousands are dropped, the decimal mark is a full stop. Where one mark
could be either ("1.000"), three digits after it make it a separator of thousands. Numbers inside words, symbols and
addresses ("B52", "A/76/740") are none.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

_NUMBER = re.compile(
    r"\d(?<![\w/.,:@-].)\d*(?:(?:[ \xa0\u202f]\d{3})+(?!\d)|(?:[.,'’]\d{3})+(?!\d))?(?:[.,]\d+)?"
    r"(?:[ \xa0]?%)?(?![\w/@]|[.,:]\d)"
)
_LAST_MARK = re.compile(r"[.,](\d+)$")


def value_of(figure: str) -> str:
    """A figure as a plain decimal; "%" is kept."""
    percent = "%" if figure.endswith("%") else ""
    plain = re.sub(r"[ \xa0\u202f'’%]", "", figure)
    marks = [character for character in plain if character in ".,"]
    last = _LAST_MARK.search(plain)
    if last is not None and (len(last.group(1)) != 3 or len(set(marks)) > 1):
        whole = re.sub(r"[.,]", "", plain[: last.start()])
        return f"{int(whole)}.{last.group(1)}{percent}"
    return f"{int(re.sub(r'[.,]', '', plain))}{percent}"


@fact
def numbers(document: Document) -> tuple[Mention, ...]:
    """The numbers of a document, in order."""
    run = running_text(document)
    return tuple(
        run.mention("number", match.start(), match.end(), value_of(match.group()))
        for match in _NUMBER.finditer(run.text)
        if len(match.group()) <= 40
    )
