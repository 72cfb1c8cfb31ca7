"""A comparative or superlative is formed twice.

Why it matters. "More better", "most poorest" are slips, mostly of a change of wording that was carried through by
half.

How it decides. In English, "more", "most", "less" or "least" before an adjective that has its ending already: what
remains without the ending is an adjective too ("great" of "greater"), or it is "better", "worse", "best", "worst".

When it stays silent. Where "more" may count what follows ("more younger people"); on adjectives that only look like
comparatives ("more proper", "most modest").

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 7.74 to 7.85.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.lexicon import ADJECTIVE, lexicon
from auditor.analysis.grammar.tagging import english_tagged
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Finding, Fix

from ._places import places, span_of

_PATTERN = "(?P<at> (?P<more>MORE) (?P<word>COMPARABLE) ) (?P<counted> (?:ADJ|ADJ_NOUN){0,2} PLURAL_ANY )?"
_IRREGULAR = frozenset({"better", "best", "worse", "worst"})
#: Look like comparatives of other adjectives, and are none.
_NONE = frozenset(
    {"modest", "honest", "inner", "upper", "outer", "former", "latter", "proper", "other", "earnest", "lesser", "utter"}
)


@rule(
    "grammar/comparative-doubled",
    severity="warning",
    languages=["en"],
    bad={
        "en": [
            "This is a ⟦more better⟧ way, and the ⟦most poorest⟧ of the countries need it.",
            "The region is ⟦more stronger⟧ than before, and ⟦less cheaper⟧ than the others.",
        ]
    },
    good={
        "en": [
            "More younger people and more lower incomes are seen in the most modest of houses; a more proper way.",
            "More interest, more power, the most honest of men; the more the better; one more best practice.",
        ]
    },
)
def comparative_doubled(document: Document) -> Iterator[Finding]:
    """Yield a finding for each comparison made twice."""
    text = english_tagged(document)
    for match in places(text, compiled(_PATTERN)):
        more, word = text.word(match.start("more")), text.word(match.start("word"))
        if not _compared(word.lower()) or (match["counted"] and word.lower() not in _IRREGULAR):
            continue
        if word.lower() == "best" and more.lower() == "more":
            continue  # "one more best practice"
        span = span_of(text, match)
        yield Finding(
            rule="grammar/comparative-doubled",
            message=f"“{word}” is compared already; “{more}” compares it again.",
            span=span,
            confidence=0.9,
            data={"word": word},
            fixes=(Fix(f"Keep “{word}”", (Edit(span, word),), "unsafe"),),
        )


def _compared(word: str) -> bool:
    """Whether a word is an adjective in the comparative or superlative."""
    if word in _IRREGULAR:
        return True
    ending = "est" if word.endswith("est") else "er"
    stem = word[: -len(ending)]
    if not word.endswith(ending) or word in _NONE or len(stem) < 3:
        return False
    words = lexicon("en").words
    bases = [stem, stem + "e"]
    if stem[-1] == stem[-2]:
        bases.append(stem[:-1])
    if stem[-1] == "i":
        bases.append(stem[:-1] + "y")
    return any(words.get(base, 0) & ADJECTIVE for base in bases)
