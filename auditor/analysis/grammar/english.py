"""The names that patterns over English use, and the patterns that several rules share.

How sure a name is of a word is in the name: ``SINGULAR`` words can be nothing but a singular noun, ``HEAD`` words are
a singular noun or a verb (a verb that follows at once decides), ``ADJ`` words are adjectives or participles and no
nouns.
"""

from __future__ import annotations

import re
from functools import cache

from auditor.analysis.grammar.lexicon import (
    ADJECTIVE,
    ADVERB,
    BASE,
    EITHER_NUMBER,
    GERUND,
    MASS,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    THIRD,
)
from auditor.analysis.grammar.tagging import Classes

_VERB = BASE | THIRD | PAST


@cache
def english() -> Classes:
    """The classes of English."""
    classes = Classes("en")
    singular_none = PLURAL | _VERB | PARTICIPLE | GERUND | ADJECTIVE | ADVERB
    classes.define(
        {
            "SINGULAR": classes.open(any_of=NOUN, none_of=singular_none | MASS),
            "MASS_NOUN": classes.open(any_of=MASS, none_of=_VERB),
            "HEAD": classes.open(any_of=NOUN, none_of=(singular_none & ~BASE) | EITHER_NUMBER),
            "PLURAL_ONLY": classes.open(any_of=PLURAL, none_of=NOUN | _VERB | ADJECTIVE | ADVERB | EITHER_NUMBER),
            "PLURAL_SMALL": classes.open(
                any_of=PLURAL, none_of=NOUN | _VERB | ADJECTIVE | ADVERB | EITHER_NUMBER, capital=False
            ),
            "PLURAL_HEAD": classes.open(any_of=PLURAL, none_of=NOUN | BASE | PAST | ADJECTIVE | ADVERB | EITHER_NUMBER),
            "NOUNISH": classes.open(any_of=NOUN | PLURAL),
            "ADJ": classes.open(any_of=ADJECTIVE | PARTICIPLE, none_of=NOUN | PLURAL | BASE | THIRD) + "|OTHER",
            "ADJ_NOUN": classes.open(any_of=ADJECTIVE, none_of=PLURAL | BASE | THIRD) + "|OTHER",
            "NOUN_ONLY": classes.open(any_of=NOUN, none_of=singular_none),
            "BASE_ONLY": classes.open(
                any_of=BASE, none_of=NOUN | PLURAL | PAST | PARTICIPLE | ADJECTIVE | ADVERB | THIRD
            ),
            "BASE_VERB": classes.open(any_of=BASE),
            "THIRD_ONLY": classes.open(any_of=THIRD, none_of=NOUN | PLURAL | BASE | PAST | ADJECTIVE | ADVERB),
            "THIRD_VERB": classes.open(any_of=THIRD, none_of=NOUN | BASE | PAST),
            "PAST_ONLY": classes.open(
                any_of=PAST, none_of=NOUN | PLURAL | BASE | PARTICIPLE | ADJECTIVE | ADVERB | THIRD
            ),
            "PAST_FORM": classes.open(any_of=PAST | PARTICIPLE, none_of=NOUN | PLURAL | BASE | THIRD | ADVERB),
            "PARTICIPLE_ONLY": classes.open(any_of=PARTICIPLE, none_of=NOUN | PLURAL | BASE | PAST | THIRD),
            "PARTICIPLE_FORM": classes.open(any_of=PARTICIPLE),
            "THIRD_FORM": classes.open(any_of=THIRD),
            "PLURAL_ANY": classes.open(any_of=PLURAL),
            "SINGULAR_NAME": classes.open(any_of=NOUN, none_of=PLURAL | THIRD | PAST),
            "PAST_ANY": classes.open(any_of=PAST),
            "PURE_ADJ": classes.open(any_of=ADJECTIVE, none_of=NOUN | PLURAL | _VERB | PARTICIPLE | GERUND | ADVERB),
            "COMPARABLE": classes.open(any_of=ADJECTIVE),
            "GERUND_FORM": classes.open(any_of=GERUND),
            "ADVERB_ONLY": classes.open(any_of=ADVERB, none_of=NOUN | PLURAL | _VERB | PARTICIPLE | ADJECTIVE)
            + "|ADVERB|NEVER",
            "NO_FINITE": classes.open(none_of=_VERB),
            "MODIFIER": classes.open(any_of=ADJECTIVE | NOUN | PARTICIPLE | GERUND | ADVERB)
            + "|OTHER|NAME|CAPITALS|POSSESSIVE|CARDINAL|NUMBER|ONE",
            "CAPITAL_WORD": classes.open(small=False) + "|NAME|CAPITALS",
        }
    )
    classes.define(
        {
            # Where a clause may begin: verified by `Tagged.opens_sentence`.
            "EDGE": '[.;:!)"0' + "\x00" + "]",
            "FINITE_PLURAL": "ARE|HAVE|DO",
            "FINITE_SINGULAR": "IS|HAS|DOES",
            "FINITE": "IS|ARE|AM|HAS|HAVE|DOES|DO|HAD|DID|MODAL",
            "SAID_OF_ONE": "THIS|EACH|EITHER|AN|ONE",
            "SAID_OF_MANY": "THESE|MANY|BOTH|CARDINAL",
            "OWNER": "ITS|THEIR|HIS",
            "DETERMINER": "THE|AN|THIS|THAT|THESE|EACH|EITHER|MANY|ALL|ANY|OWNER|CARDINAL|BOTH|SUCH",
            "PREPOSITION": "PREP|OF",
        }
    )
    classes.define(
        {
            # What shows that a noun phrase is over.
            "AFTER": "(?= END | PREPOSITION | TO | AS | REL | WHOM | SUB | BUT | FINITE | THAT"
            " | COMMA (?: THE|PREPOSITION|REL|WHOM|SUB|THAT|THIS|THESE|ITS|THEIR|AND|OR|BUT|IT|THEY)"
            " | (?:AND|OR) (?: THE|FINITE|TO|PREPOSITION|THAT|ITS|THEIR|IT|THEY|NOT) )",
            "AFTER_CLOSELY": "(?= END | PREPOSITION | TO | AS | REL | WHOM )",
            # A phrase such as "of the countries concerned", "on a large scale".
            "PHRASE": "(?: (?:TO)? PREPOSITION|TO ) (?: DETERMINER )? (?: ADJ|ADJ_NOUN|POSSESSIVE|ADVERB_ONLY ){0,3}"
            " (?: MODIFIER ){0,2} (?: NOUNISH|NAME|CAPITALS ) (?: NUMBER )?",
            # "adopted by …", "referred to in …"
            "TAKEN": "(?: (?:ADVERB_ONLY)? PARTICIPLE_FORM (?=PREPOSITION|TO) )",
            "ADVERBS": "(?: ADVERB_ONLY|NOT ){0,2}",
        }
    )
    return classes


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over English, ready to be looked for; compiled when it is first asked for."""
    return english().compile(pattern)
