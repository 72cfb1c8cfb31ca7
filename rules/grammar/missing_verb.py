"""A clause that needs a finite verb has none.

Why it matters. ", which a landmark event for us": a word is lost, and with it what the sentence says.

How it decides. In English, three kinds of clause in which only the verb can be missing: a relative clause (", which a
…") that ends the sentence and holds no word that could be a verb; a sentence that begins with "it" or "they" and goes
on with what can't follow but a verb ("It necessary to …"); an auxiliary whose subject stands before it, and an
article behind it ("The Parties shall the measures").

When it stays silent. On headings and lists, on participles and titles, which have no verb and need none; in
preambles; where any word might be a verb.

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 10.1 to 10.12.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.tagging import english_tagged
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._places import places, span_of

_NO_VERB = "(?:(?!FINITE|MODAL|BE|BASE_VERB|THIRD_FORM|PAST_ANY|STOP|POSSESSIVE|SYMBOL|QUOTE).)"
_RELATIVE = f"COMMA (?P<at> REL AN (?:ADJ|SINGULAR_NAME){{0,3}} SINGULAR_NAME {_NO_VERB}{{0,30}} ) (?=[.;])"
_PRONOUN = "EDGE (?P<at> (?:IT|THEY) (?:AN|THE|PURE_ADJ (?=TO|THAT|PREPOSITION)) )"
_EXISTS = (
    "EDGE (?P<at> THERE (?:AN|ANY|MANY) (?:ADJ|ADJ_NOUN){0,2} (?:SINGULAR_NAME|PLURAL_ONLY) ) (?=PREPOSITION|TO|END)"
)
_AUXILIARY = "EDGE (?P<at> (?:THE|EACH|AN|ANY|ALL) (?:MODIFIER){0,3} (?:NOUNISH|NAME) MODAL (?:THE|AN|ITS|THEIR) )"


@rule(
    "grammar/missing-verb",
    severity="warning",
    languages=["en"],
    bad={
        "en": [
            "I thank you for the decision to recognize the Republic, ⟦which a landmark event for us⟧.",
            "⟦It necessary⟧ to take measures at once. ⟦They responsible⟧ for the safety of the ships.",
            "⟦The Parties shall the⟧ measures that are needed.",
            "⟦There no doubt⟧ about this. It is clear to all.",
        ]
    },
    good={
        "en": [
            "The Conference, which a State may attend, is open. It also necessitates care. There the Parties met.",
            "In no case shall the Parties act alone, nor shall the measures taken be changed.",
            "It deems it necessary to act, and they, responsible for this, agree. They alone know it.",
            "Recalling its resolution, and in accordance with the Charter of the United Nations,",
        ]
    },
)
def missing_verb(document: Document) -> Iterator[Finding]:
    """Yield a finding for each clause whose verb is missing."""
    text = english_tagged(document)
    if len(text.tags) < 3:
        return
    for match in places(text, compiled(_RELATIVE)):
        yield Finding(
            rule="grammar/missing-verb",
            message="This relative clause has no verb.",
            span=span_of(text, match),
            confidence=0.9,
        )
    for pattern, message in (
        (_PRONOUN, "Behind the subject there is no verb."),
        (_EXISTS, "Behind “there” there is no verb."),
        (_AUXILIARY, "Behind the auxiliary there is no verb."),
    ):
        for match in places(text, compiled(pattern)):
            if text.opens_sentence(match.start("at")) and text.word(match.start("at"))[0].isupper():
                yield Finding(rule="grammar/missing-verb", message=message, span=span_of(text, match), confidence=0.85)
