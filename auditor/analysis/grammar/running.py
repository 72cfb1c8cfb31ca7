"""The running text of one language: the prose of its blocks in one string, and the way back to each."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from auditor.analysis.fact import fact
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import SEPARATOR
from auditor.document import TEXT_KINDS, Block, Document, Span

_BETWEEN = f" {SEPARATOR} "


class LanguageText:
    """``text`` is the prose of the blocks, a `SEPARATOR` between spaces before, between and after them."""

    def __init__(self, language: str, blocks: tuple[Block, ...]) -> None:
        self.language = language
        self.blocks = blocks
        self.text = _BETWEEN.join(["", *(block.prose.text.replace(SEPARATOR, "\ufffd") for block in blocks), ""])

    @cached_property
    def level(self) -> str:
        """The same text with a plain space for each line break and hard space; offsets are the same."""
        return self.text.replace("\n", " ").replace("\xa0", " ").replace("\u202f", " ")

    @cached_property
    def starts(self) -> list[int]:
        """Where the prose of each block begins in ``text``."""
        sizes = (len(block.prose.text) + len(_BETWEEN) for block in self.blocks)
        return list(accumulate(sizes, initial=len(_BETWEEN)))

    def span(self, start: int, end: int) -> Span:
        """Where ``[start, end)`` of the text stands in the source; both must lie in one block."""
        place = bisect_right(self.starts, start) - 1
        base = self.starts[place]
        return self.blocks[place].prose.source_span(start - base, end - base)

    def in_code(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` touches inline code, which is quoted and not said."""
        inlines = self.blocks[bisect_right(self.starts, start) - 1].inlines
        if not inlines:
            return False
        span = self.span(start, end)
        return any(inline.kind == "code" and inline.span.overlaps(span) for inline in inlines)


@fact
def blocks_by_language(document: Document) -> dict[str, tuple[Block, ...]]:
    """The blocks of running text of each language, in order."""
    found: dict[str, list[Block]] = {}
    for block, language in zip(document.blocks, languages(document), strict=True):
        if block.kind in TEXT_KINDS and block.prose.text:
            found.setdefault(language, []).append(block)
    return {language: tuple(blocks) for language, blocks in found.items()}


@fact
def _english(document: Document) -> LanguageText:
    return LanguageText("en", blocks_by_language(document).get("en", ()))


@fact
def _french(document: Document) -> LanguageText:
    return LanguageText("fr", blocks_by_language(document).get("fr", ()))


@fact
def _spanish(document: Document) -> LanguageText:
    return LanguageText("es", blocks_by_language(document).get("es", ()))


@fact
def _russian(document: Document) -> LanguageText:
    return LanguageText("ru", blocks_by_language(document).get("ru", ()))


_FACTS = {"en": _english, "fr": _french, "es": _spanish, "ru": _russian}
#: The languages whose grammar is known here.
LANGUAGES = tuple(_FACTS)


def language_text(document: Document, language: str) -> LanguageText:
    """The document's running text in one of `LANGUAGES`; tables and code are no part of it."""
    return _FACTS[language](document)
