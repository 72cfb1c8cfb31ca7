"""What patterns over English ask of a word of an open class: which readings it has, and which it has not.

`auditor.analysis.grammar.tagging` gives one tag to all words that no kind tells apart, which keeps the tags few.
"""

from __future__ import annotations

import msgspec

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


class Kind(msgspec.Struct, frozen=True):
    """Words with one of the readings ``any_of`` (0: whatever they are) and none of ``none_of``; in small letters or
    with a capital."""

    any_of: int = 0
    none_of: int = 0
    small: bool = True
    capital: bool = True

    def holds(self, bits: int) -> bool:
        """Whether a word with these readings is of the kind, its capital aside."""
        return bool((bits & self.any_of or not self.any_of) and not bits & self.none_of)


_VERB = BASE | THIRD | PAST
_NO_SINGULAR = PLURAL | _VERB | PARTICIPLE | GERUND | ADJECTIVE | ADVERB
_NO_PLURAL = NOUN | _VERB | ADJECTIVE | ADVERB | EITHER_NUMBER

#: The kinds by name.
KINDS: dict[str, Kind] = {
    "SINGULAR": Kind(NOUN, _NO_SINGULAR | MASS),
    "MASS_NOUN": Kind(MASS, _VERB),
    "HEAD": Kind(NOUN, (_NO_SINGULAR & ~BASE) | EITHER_NUMBER),
    "PLURAL_ONLY": Kind(PLURAL, _NO_PLURAL),
    "PLURAL_SMALL": Kind(PLURAL, _NO_PLURAL, capital=False),
    "PLURAL_HEAD": Kind(PLURAL, NOUN | BASE | PAST | ADJECTIVE | ADVERB | EITHER_NUMBER),
    "NOUNISH": Kind(NOUN | PLURAL),
    "ADJ": Kind(ADJECTIVE | PARTICIPLE, NOUN | PLURAL | BASE | THIRD),
    "ADJ_NOUN": Kind(ADJECTIVE, PLURAL | BASE | THIRD),
    "NOUN_ONLY": Kind(NOUN, _NO_SINGULAR),
    "BASE_ONLY": Kind(BASE, NOUN | PLURAL | PAST | PARTICIPLE | ADJECTIVE | ADVERB | THIRD),
    "BASE_VERB": Kind(BASE),
    "THIRD_ONLY": Kind(THIRD, NOUN | PLURAL | BASE | PAST | ADJECTIVE | ADVERB),
    "THIRD_VERB": Kind(THIRD, NOUN | BASE | PAST),
    "PAST_ONLY": Kind(PAST, NOUN | PLURAL | BASE | PARTICIPLE | ADJECTIVE | ADVERB | THIRD),
    "PAST_FORM": Kind(PAST | PARTICIPLE, NOUN | PLURAL | BASE | THIRD | ADVERB),
    "PARTICIPLE_ONLY": Kind(PARTICIPLE, NOUN | PLURAL | BASE | PAST | THIRD),
    "PARTICIPLE_FORM": Kind(PARTICIPLE),
    "THIRD_FORM": Kind(THIRD),
    "PLURAL_ANY": Kind(PLURAL),
    "SINGULAR_NAME": Kind(NOUN, PLURAL | THIRD | PAST),
    "PAST_ANY": Kind(PAST),
    "PURE_ADJ": Kind(ADJECTIVE, NOUN | PLURAL | _VERB | PARTICIPLE | GERUND | ADVERB),
    "COMPARABLE": Kind(ADJECTIVE),
    "GERUND_FORM": Kind(GERUND),
    "ADVERB_ONLY": Kind(ADVERB, NOUN | PLURAL | _VERB | PARTICIPLE | ADJECTIVE),
    "NO_FINITE": Kind(0, _VERB),
    "MODIFIER": Kind(ADJECTIVE | NOUN | PARTICIPLE | GERUND | ADVERB),
    "CAPITAL_WORD": Kind(small=False),
}
