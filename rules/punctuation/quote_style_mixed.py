"""Quotation marks of two styles stand in one text.

Why it matters. A text that quotes with “ ” in most places and with " " or « » in some was put together from several
sources; the odd places are where something was pasted, retyped or read by another machine.

How it decides. Quotations of each language of the text are counted by style. Where one style has nine of ten and ten
at least, the others are told, in one finding.

When it stays silent. At quotations inside quotations, which take another style by right; in other languages; where
two styles are about equally frequent, which is a matter of convention; in code and tables.

Sources. Unicode Common Locale Data Repository, delimiters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditor.analysis.languages import languages
from auditor.analysis.mentions import mentions
from auditor.analysis.mentions.mention import Mention
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

_RULE = "punctuation/quote-style-mixed"
_FEWEST = 10
_ONE_IN = 10
_NAMES = {"“": "“ ”", "„": "„ “", "«": "« »", "»": "» «", "「": "「 」", "『": "『 』", '"': '" "'}


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            " ".join(f"The term “{name}” is used in this Agreement." for name in "abcdefghijkl")
            + ' The term ⟦"Party"⟧ is used as well.\n'
        ],
        "fr": [
            " ".join(f"Le terme « {name} » est employé dans cet accord." for name in "abcdefghijkl")
            + " Le terme ⟦“Partie”⟧ est employé aussi.\n"
        ],
    },
    good={
        "en": [
            'The term “Party” is used; the term "State" is used as well.',
            " ".join(f"The term “{name}” is used." for name in "abcdefghijkl") + " He said: “It is «so» here.”\n",
        ],
        "fr": ["Le terme « Partie » et le terme « État “membre” » sont employés."],
    },
)
def quote_style_mixed(document: Document) -> Iterator[Finding]:
    """At most one finding for each language."""
    text = document.text
    if sum(mark in text for mark in '“„«「"') < 2:
        return
    codes = languages(document)
    by_style: defaultdict[str, defaultdict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    end = -1
    for found in mentions(document).of("quotation"):
        if found.span.start < end or document.blocks[found.block].kind == "table":
            continue
        end = found.span.end
        mark = "«" if text[found.span.start] == "»" and "«" in by_style[codes[found.block]] else text[found.span.start]
        by_style[codes[found.block]][mark].append(found)
    for styles in by_style.values():
        usual, many = max(styles.items(), key=lambda item: len(item[1]))
        others = sorted(
            (found for style, listed in styles.items() if style != usual for found in listed), key=lambda f: f.span
        )
        if not others or len(many) < _FEWEST or _ONE_IN * len(others) > len(many):
            continue
        odd = text[others[0].span.start]
        times = f"in {len(others)} places" if len(others) > 1 else "once"
        yield Finding(
            _RULE,
            f"The text quotes with {_NAMES.get(usual, usual)}, and {times} with {_NAMES.get(odd, odd)}.",
            others[0].span,
            confidence=0.8,
            data={"usual": _NAMES.get(usual, usual), "count": len(many), "others": len(others)},
            places=tuple(found.span for found in others[1:]),
        )
