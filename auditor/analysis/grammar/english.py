"""The names that patterns over English use, and the patterns that several rules share.

How sure a name is of a word is in the name: ``SINGULAR`` words can be nothing but a singular noun, ``HEAD`` words are
a singular noun or a verb (a verb that follows at once decides), ``ADJ`` words are adjectives or participles and no
nouns.
"""

from __future__ import annotations

import re
from functools import cache

from auditor.analysis.grammar.tagging import Classes


@cache
def english() -> Classes:
    """The classes of English."""
    classes = Classes("en")
    classes.define(
        {
            # Kinds of words of open classes, with closed classes that count among them.
            "ADJ": "ADJ|OTHER",
            "ADJ_NOUN": "ADJ_NOUN|OTHER",
            "ADVERB_ONLY": "ADVERB_ONLY|ADVERB|NEVER",
            "MODIFIER": "MODIFIER|OTHER|NAME|CAPITALS|POSSESSIVE|CARDINAL|NUMBER|ONE",
            "CAPITAL_WORD": "CAPITAL_WORD|NAME|CAPITALS",
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
