"""Where patterns over a tagged text match, less what is quoted code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.grammar.tagging import Tagged
from auditor.document import Span


def in_code(tagged: Tagged, first: int, last: int) -> bool:
    """Whether a stretch of words stands in inline code, which is quoted and not said."""
    inlines = tagged.block_of(first).inlines
    if not inlines:
        return False
    span = tagged.span(first, last)
    return any(inline.kind == "code" and inline.span.overlaps(span) for inline in inlines)


def places(tagged: Tagged, pattern: re.Pattern[str], group: str = "at") -> Iterator[re.Match[str]]:
    """The matches of a pattern whose named group lies outside code."""
    for match in pattern.finditer(tagged.tags):
        if not in_code(tagged, *match.span(group)):
            yield match


def span_of(tagged: Tagged, match: re.Match[str], group: str = "at") -> Span:
    """Where the words of a group stand in the source."""
    return tagged.span(*match.span(group))


def words_of(tagged: Tagged, match: re.Match[str], group: str = "at") -> str:
    """The words of a group as a reader sees them."""
    return tagged.shown(*match.span(group))
