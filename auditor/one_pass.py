"""Looking for the patterns of rules of scope ``text`` over the prose of a whole document.

Such a rule declares its patterns instead of searching. They are looked for in the running text (`running_text`): the
prose of all blocks in one string, with ``\\x00`` before, between and after them. What is found is remembered on the
document, so that a pattern that several rules declare is looked for once.

Why not in one automaton. Most patterns find nothing in most texts, so what counts is how quickly that is known. A
pattern that begins with one sign is looked for at the speed at which that sign is searched, and one whose sign is not
in the text at all (``needs``) is not looked for. Measured on treaties and resolutions (527,000 words, 42 patterns),
that takes 0.2 microseconds a word for all of them together; a `Set` of google-re2, which would only say where to look
and can't express the patterns that look behind themselves (a third of them), takes 0.07 for its pass alone. The
difference is below a fiftieth of what the default rules take, and the rule that a pattern finds the same alone and
with others (tests/test_one_pass.py) holds by construction. Where rules declare hundreds of patterns that begin with
anything, the automaton will pay; this module is the place for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from auditor.analysis.mentions.running_text import running_text
from auditor.contract import Pattern
from auditor.document import Document

_FACT = "one_pass"


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The pattern, compiled when a text first needs it."""
    return re.compile(source)


def look_for(document: Document, patterns: Iterable[Pattern]) -> dict[Pattern, list[re.Match[str]]]:
    """The matches of each pattern in the running text, in order, without overlaps; also of patterns asked for before.

    Raises re.error for a pattern that is none.
    """
    known: dict[Pattern, list[re.Match[str]]] = document.facts.setdefault(_FACT, {})
    text = running_text(document).text
    for pattern in patterns:
        if pattern not in known:
            wanted = not pattern.needs or any(sign in text for sign in pattern.needs)
            known[pattern] = list(compiled(pattern.source).finditer(text)) if wanted else []
    return known
