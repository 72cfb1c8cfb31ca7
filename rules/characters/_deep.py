"""Misread words in the deep profile: what is likely rather than what is sure, and pages of rubble."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from auditor.analysis.confusions import candidates
from auditor.analysis.confusions.signs import likelihoods
from auditor.analysis.confusions.suspects import Places, core, places
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.vocabulary import COVERED, Vocabulary, vocabulary
from auditor.document import Document
from auditor.findings import Finding

from ._rubble import scan_again
from ._telling import like, told

_RULE = "characters/confused-word"
#: What is this likely is reported: of equal worth are a misread word that is found and two findings of which one is
#: right, so that the line lies at about a third.
_LIKELY = 0.35
#: A paragraph of so many words of which this share is misread is rubble.
_LEAST_WORDS = 25
_RUBBLE = 0.55
_TOKEN = re.compile(r"[^\s\x00]+")


class _Token(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    likelihood: float
    block: int


def deep_findings(document: Document) -> Iterator[Finding]:
    """A finding for each form that is likely misread, with its places, and one for each paragraph of rubble."""
    run = running_text(document)
    known = vocabulary(document)
    where = places(document)
    for language, tokens in _tokens(document, run, known).items():
        likely = [token for token in tokens if token.likelihood >= _LIKELY and not where.masked(token.start, token.end)]
        rubble = _rubble(tokens, likely)
        forms: dict[str, list[_Token]] = {}
        for token in likely:
            if token.block not in rubble:
                forms.setdefault(run.text[token.start : token.end], []).append(token)
        for index, misread in rubble.items():
            spans = [where.span(token.start, token.end) for token in misread]
            yield scan_again(spans, sum(token.block == index for token in tokens))
        for form, found in forms.items():
            yield from _told(form, found, language, known, where)


def _tokens(document: Document, run: RunningText, known: Vocabulary) -> dict[str, list[_Token]]:
    """The tokens of each language that has a word list, in order, with how likely they are misread."""
    codes = languages(document)
    by_language: dict[str, list[tuple[int, int, int]]] = {}
    for place, block in enumerate(run.blocks):
        code = codes[block.index]
        if code in COVERED:
            begin = run.starts[place]
            finish = begin + len(block.prose.text)
            found = by_language.setdefault(code, [])
            found += [(m.start(), m.end(), block.index) for m in _TOKEN.finditer(run.text, begin, finish)]
    result = {}
    for code, spans in by_language.items():
        likely = likelihoods([run.text[start:end] for start, end, _ in spans], code, known)
        result[code] = [
            _Token(start, end, value, block) for (start, end, block), value in zip(spans, likely, strict=True)
        ]
    return result


def _rubble(tokens: list[_Token], likely: list[_Token]) -> dict[int, list[_Token]]:
    """The blocks of which most words are misread, with these."""
    total: dict[int, int] = {}
    for token in tokens:
        total[token.block] = total.get(token.block, 0) + 1
    misread: dict[int, list[_Token]] = {}
    for token in likely:
        misread.setdefault(token.block, []).append(token)
    return {
        index: found
        for index, found in misread.items()
        if total[index] >= _LEAST_WORDS and len(found) >= _RUBBLE * total[index]
    }


def _told(form: str, found: list[_Token], language: str, known: Vocabulary, where: Places) -> Iterator[Finding]:
    word = core(form.strip('()[]"“”„«»,;:*†‡§&+=<>‹›—–…/'))
    ranked = candidates(word, language, known) if len(word) > 1 else []
    best = ranked[0] if ranked and ranked[0].weight > 1.0 else None
    likelihood = max(token.likelihood for token in found)
    # Reported is what is likelier than a third; shown is 0.5 and above, which is where findings begin to be reported.
    confidence = 0.5 + 0.49 * (likelihood - _LIKELY) / (1.0 - _LIKELY)
    shown = word or form
    meant = like(word, best.word) if best is not None else None
    at = []
    for token in found:
        offset = form.find(shown)
        at.append((token.start + offset, token.start + offset + len(shown)))
    suggestion = f"; “{meant}” may be meant" if meant is not None else ""
    yield from told(
        _RULE,
        where,
        at,
        f"“{shown}” is probably misread{suggestion}",
        confidence=round(confidence, 3),
        meant=meant,
        applicability="display",
        data={"form": shown, "meant": meant or "", "likelihood": round(likelihood, 3)},
    )
