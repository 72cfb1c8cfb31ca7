"""A negation stands twice where one is meant.

Why it matters. "Shall not not be held", "shall not impose no restriction": read closely, the text says the contrary
of what is meant.

How it decides. In English, "not" or "never" twice in a row, adverbs passed over; or, behind "shall not", "do not" and
the like with a verb, an object that begins with "no".

When it stays silent. On "no later than", "no less", "no matter" and the like; where the second negation belongs to
another clause; on "not only" and "not … without".

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 10.54 to 10.70.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.tagging import english_tagged
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._places import places, span_of, words_of

_TWICE = "(?P<at> (?:NOT|NEVER) (?:ADVERB_ONLY)? (?:NOT|NEVER) )"
_OBJECT = (
    "(?P<at> (?:MODAL|DOES|DO|DID) (?:NOT|NEVER) (?:ADVERB_ONLY)? (?:BASE_VERB|HAVE) (?P<no>ANY) )"
    " (?=ADJ|ADJ_NOUN|NOUNISH)"
)
_NEGATED = "(?P<at> (?P<verb>MODAL|IS|ARE|DOES|DO|DID|HAS|HAVE|HAD) (?:NOT|NEVER) )"


@rule(
    "grammar/negation-doubled",
    severity="warning",
    languages=["en"],
    explains=("repetition/repeated-word",),
    bad={
        "en": [
            "The Parties ⟦shall not impose no⟧ restriction on trade, and it shall ⟦not not⟧ be held against them.",
            "It ⟦cannot not⟧ be seen that this is so.",
        ]
    },
    good={
        "en": [
            "It shall not only apply to them; it shall be sent no later than May; they do not say no.",
            "Not without reason; whether or not; it should not take no less than this; not one, not two.",
        ]
    },
)
def negation_doubled(document: Document) -> Iterator[Finding]:
    """Yield a finding for each negation that stands twice."""
    text = english_tagged(document)
    for match in places(text, compiled(_TWICE)):
        span = span_of(text, match)
        said = words_of(text, match)
        fixes = (Fix("Keep one “not”", (Edit(span, "not"),), "unsafe"),) if said.lower() == "not not" else ()
        yield _told(span, said, fixes)
    for match in places(text, compiled(_OBJECT)):
        if text.word(match.start("no")) == "no" and text.word(match.end("no")).lower() not in _COMPARED:
            yield _told(span_of(text, match), words_of(text, match), ())
    for match in places(text, compiled(_NEGATED)):
        if text.word(match.start("verb")).lower().replace("’", "'").endswith(("cannot", "n't")):
            yield _told(span_of(text, match), words_of(text, match), ())


#: Behind these "no" denies nothing.
_COMPARED = frozenset({"later", "less", "more", "longer", "fewer", "matter", "other", "earlier", "better", "sooner"})


def _told(span: Span, said: str, fixes: tuple[Fix, ...]) -> Finding:
    return Finding(
        rule="grammar/negation-doubled",
        message=f"“{said}” denies twice; one negation is too many.",
        span=span,
        confidence=0.9,
        data={"said": said},
        fixes=fixes,
    )
