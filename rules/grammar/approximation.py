"""A word of approximation stands before an exact figure.

Why it matters. "More than 5,354 people": either the figure is exact and "more than" is wrong, or it was rounded once
and the rounding is lost. Editors ask the author.

How it decides. "About", "more than", "nearly" and the like, in English, French, Spanish and Russian, directly before
a figure of four digits or more in groups whose last two digits are not both round.

When it stays silent. Behind "not" and "no", and in what may be a threshold ("if more than", "where more than");
before money and percentages; before round figures, years and numbers without a mark between their groups.

Sources. United Nations Editorial Manual, "Numbers, dates and time".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import running_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

_WORDS: dict[str, str] = {
    "en": r"more than|about|approximately|around|nearly|almost|roughly|some|well over|over|close to|circa",
    "fr": r"plus de|environ|près de|quelque|presque|approximativement",
    "es": r"más de|cerca de|aproximadamente|alrededor de|casi|unos|unas|en torno a",
    "ru": r"более|около|примерно|приблизительно|почти|свыше|порядка",
}
#: A threshold or a comparison, not an estimate.
_THRESHOLD = re.compile(
    r"\b(?:no|not|if|where|than|when|any|unless|si|ne|pas|non|cuando|не|если)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
_FIGURE = re.compile(
    r"[0-9]{1,3}(?:[,. \u00a0\u202f’'][0-9]{3})+(?![\d.,]*\d)(?! ?(?:%|per cent|pour cent|por ciento|процент))"
)


@rule(
    "grammar/approximation",
    severity="info",
    languages=["en", "es", "fr", "ru"],
    bad={
        "en": ["⟦More than 5,354⟧ people were killed in the region, and ⟦about 12,347⟧ were wounded there."],
        "fr": ["Il y avait ⟦plus de 5 354⟧ personnes dans la région et les villes."],
        "es": ["Había ⟦más de 5.354⟧ personas en la región y en las ciudades."],
        "ru": ["В этом регионе погибло ⟦более 5 354⟧ человек, и это не всё."],
    },
    good={
        "en": [
            "More than 5,000 people and about 12,300 tonnes; not more than 5,354 votes; some 1,250 of them.",
            "If more than 1,907 members vote for it; about $5,354; over 5,354 per cent; in about 1999.",
        ],
        "fr": ["Il y avait plus de 5 000 personnes et environ 12 300 tonnes dans la région."],
        "es": ["Había más de 5.000 personas y cerca de 12.300 toneladas en la región."],
        "ru": ["В этом регионе погибло более 5 000 человек, и это не всё."],
    },
)
def approximation(document: Document) -> Iterator[Finding]:
    """Yield a finding for each exact figure that is called approximate."""
    run = running_text(document)
    known = languages(document)
    for match in _FIGURE.finditer(run.text):
        digits = [character for character in match.group() if character.isdecimal()]
        if digits[-2:] in (["0", "0"], ["5", "0"]) or digits[-1] == "0" or match.start() < 2:
            continue
        block = run.blocks[run.block_at(match.start())]
        language = known[block.index]
        if language not in _WORDS or block.kind == "table":
            continue
        before = run.text[max(0, match.start() - 60) : match.start()]
        said = _said(language).search(before)
        if said is None or _THRESHOLD.search(before[: said.start()]) or run.in_code(match.start(), match.end()):
            continue
        start = match.start() - len(before) + said.start("said")
        if "\x00" in run.text[start : match.start()]:
            continue
        yield Finding(
            rule="grammar/approximation",
            message=f"“{said['said']}” calls the figure {match.group()} an estimate, but it is exact.",
            span=run.span(start, match.end()),
            confidence=0.7,
            data={"figure": match.group()},
        )


@cache
def _said(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<said>{_WORDS[language]})\s+$", re.IGNORECASE)
