"""A determiner and its noun differ in number.

Why it matters. "These agreement", "each Parties", "one of the country" leave open whether one or several are meant;
in a treaty that is a question of substance.

How it decides. In English, a determiner that goes with one thing only ("this", "each", "a") before a word that can be
nothing but a plural, or one that goes with several ("these", "many", "three") before a word that can be nothing but a
singular noun. Between them stand adjectives only, and behind them something that ends the noun phrase. The plural in
"one of the …", "each of the …" is held to the same. Where one language is named, "the Russian languages" is not one.

When it stays silent. On words that are singular and plural alike ("means", "series", "data") or that stand for
several ("staff"); before another noun, where the plural belongs to a compound ("a human rights expert"); on "that",
which is rarely a determiner, unless the phrase ends the sentence; where a letter, a number or a mark intervenes.

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 5.10 to 5.25; United Nations Editorial Manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.tagging import Tagged, english_tagged
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._places import places, span_of, words_of

#: One thing, and a plural.
_ONE = (
    "(?P<at> (?P<word>THIS|EACH|AN|ONE) (?:ADJ){0,3} (?P<noun>PLURAL_ONLY) ) AFTER",
    "(?P<at> (?P<word>THIS) (?:ADJ){1,3} (?P<noun>PLURAL_HEAD) ) AFTER_CLOSELY",
    "(?P<at> (?P<word>THIS) (?:ADJ_NOUN){1,3} (?P<noun>PLURAL_HEAD) ) (?=END)",
    "(?P<at> (?P<word>THIS|EACH|AN|ONE) (?:ADJ|ADJ_NOUN){0,2} NOUN_ONLY (?P<noun>PLURAL_ONLY) ) (?=END)",
    "(?P<at> (?P<word>THAT) (?:ADJ|ADJ_NOUN|NOUN_ONLY){0,3} (?P<noun>PLURAL_ONLY) ) (?=STOP)",
    "(?P<at> (?P<word>THAT) (?:ADJ){1,3} (?P<noun>PLURAL_HEAD) ) (?=STOP)",
)
#: Several, and a singular.
_MANY = (
    "(?P<at> (?P<word>THESE|MANY|CARDINAL) (?:ADJ|ADJ_NOUN){0,3} (?P<noun>SINGULAR) ) AFTER",
    "(?P<at> (?P<word>THESE|MANY|CARDINAL) (?:ADJ|ADJ_NOUN){0,3} (?P<noun>HEAD) ) (?=STOP)",
    "(?P<at> (?P<word>BOTH) (?:ADJ){0,3} (?P<noun>SINGULAR) ) AFTER_CLOSELY",
    "(?P<at> (?P<word>THESE|MANY) (?:ADJ|ADJ_NOUN){0,3} (?P<noun>MASS_NOUN) ) AFTER",
)
_OF = (
    "(?P<at> (?P<word>ONE|EACH|EITHER|MANY|CARDINAL) OF (?:THE|THESE|OWNER) (?:ADJ|ADJ_NOUN){0,3} (?P<noun>SINGULAR) )"
    " AFTER"
)
#: Nouns of an unstated number, of which there may be one or several: "one of their number", "two of the crew".
_OF_SEVERAL = frozenset({"number", "body", "set", "kind"})

_ORDINALS = frozenset(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "half", "quarter")
)

#: Languages that a treaty is drawn up in; "the Slavic languages" are several, "the Russian languages" are not.
_LANGUAGE = (
    r"\b(?:the|in) (Arabic|Armenian|Azerbaijani|Belarusian|Bulgarian|Chinese|Croatian|Czech|Danish|Dutch|English"
    r"|Estonian|Finnish|French|Georgian|German|Greek|Hebrew|Hindi|Hungarian|Icelandic|Indonesian|Italian|Japanese|Kazakh|Korean"
    r"|Kyrgyz|Latvian|Lithuanian|Macedonian|Malay|Maltese|Mongolian|Norwegian|Persian|Polish|Portuguese|Romanian|Russian"
    r"|Serbian|Slovak|Slovenian|Spanish|Swedish|Tajik|Thai|Turkish|Turkmen|Ukrainian|Urdu|Uzbek|Vietnamese) languages\b"
)


@rule(
    "grammar/determiner-noun",
    severity="warning",
    languages=["en"],
    explains=("grammar/parsed",),
    bad={
        "en": [
            "The States have signed ⟦these agreement⟧ and the annexes to it.",
            "Each of them was done in duplicate, each in ⟦the Russian languages⟧, both texts being authentic.",
            "The Committee studied ⟦several treaty⟧ of that kind.",
            "The Council took note of ⟦this important reports⟧.",
            "It shall be open to ⟦each contracting parties⟧ to propose changes.",
            "A request may be made by ⟦one of the country⟧ that have signed the Convention.",
            "The Conference received ⟦many information⟧ from the regions.",
        ]
    },
    good={
        "en": [
            "These include the following measures: this means that a series of steps is due.",
            "A human rights expert and a Contracting Parties meeting; each three weeks; many a State.",
            "He said that doctors agree. Those present and those concerned were informed of these data.",
            "One of their number shall be chairman. One of the staff; these personnel; both trade and investment.",
            "Done in the English and French languages, and in the Arabic and Russian languages.",
            "These wage and price controls, and those country reports that were sent by twelve-month periods.",
        ]
    },
)
def determiner_noun(document: Document) -> Iterator[Finding]:
    """Yield a finding for each determiner that does not go with its noun."""
    text = english_tagged(document)
    if len(text.tags) < 3:
        return
    seen: set[int] = set()
    for patterns, many in ((_ONE, False), (_MANY, True)):
        for pattern in patterns:
            for match in places(text, compiled(pattern)):
                if match.end("noun") not in seen and not _name(text, match):
                    seen.add(match.end("noun"))
                    yield _told(text, match, many=many)
    for match in places(text, compiled(_OF)):
        if words_of(text, match, "noun").lower() not in _OF_SEVERAL and not _name(text, match):
            yield _told(text, match, many=True)
    if " languages" in document.text:
        yield from _languages(text)


def _name(text: Tagged, match: re.Match[str]) -> bool:
    """Whether the noun begins or continues a name, of which anything may be part ("six International Organization")."""
    word = words_of(text, match, "noun")
    if _ORDINALS.intersection(words_of(text, match).lower().split()[1:]):
        return True  # "the twenty first day"
    return word[0].isupper() and word not in ("Party", "Parties", "State", "Member", "Members", "Government")


def _told(text: Tagged, match: re.Match[str], *, many: bool) -> Finding:
    word, noun = words_of(text, match, "word"), words_of(text, match, "noun")
    if " of " in words_of(text, match) and many:
        message = f"“{noun}” is singular, but “{word} of …” is said of several."
    elif many:
        message = f"“{noun}” is singular or has no plural, but “{word}” is said of several."
    else:
        message = f"“{noun}” is plural, but “{word}” is said of one."
    return Finding(
        rule="grammar/determiner-noun",
        message=message,
        span=span_of(text, match),
        confidence=0.9,
        data={"determiner": word.lower(), "noun": noun},
    )


def _languages(text: Tagged) -> Iterator[Finding]:
    named = re.compile(_LANGUAGE)
    for block in text.blocks:
        prose = block.prose.text
        if " languages" not in prose:
            continue
        for match in named.finditer(prose):
            before = prose[max(0, match.start() - 40) : match.start()].rstrip()
            if before.endswith((",", " and", " or", " und")) or prose[match.end() : match.end() + 5] == " and ":
                continue
            yield Finding(
                rule="grammar/determiner-noun",
                message=f"Only one language is named ({match[1]}), but “languages” is plural; a language is missing, "
                "or the plural is wrong.",
                span=block.prose.source_span(match.start(), match.end()),
                confidence=0.9,
                data={"determiner": "the", "noun": "languages"},
            )
