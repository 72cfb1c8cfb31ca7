"""The form of a verb does not go with the auxiliary before it.

Why it matters. "Shall ensures", "will concluded", "has establish", "is to held": a word was left over or lost in
editing, and it may have been "be" or "have", which changes what is owed by whom.

How it decides. In English, an auxiliary asks for one form of the verb behind it: "shall", "may", "to" and "do" for
the base form, "have" for the past participle, "be" for a participle. What follows, with adverbs and "not" passed
over, can be nothing but another form.

When it stays silent. Where the auxiliary may be a noun ("the will", "May"); on forms that are several things at once
("put", "set"); on "to" before nouns ("to acts of war").

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 3.21 to 3.56.
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

#: What may stand between the auxiliary and its verb.
_BETWEEN = "(?:ADVERB_ONLY|NOT){0,2}"
#: Behind an article or adjective "will", "may" and "can" are nouns.
_BEFORE_NOUN = "AN|THE|ADJ|POSSESSIVE|OWNER|THIS|THAT|EACH|ANY"
#: Behind these "to" may be left without its noun: "the version it refers to gives leave".
_STRANDING = (
    "refer", "relat", "contribut", "appl", "belong", "correspond", "subject", "entitl", "accord", "pertain", "amount",
    "consent", "acced", "adher", "respon", "due", "owing", "object", "react", "listen", "attach", "add", "agree",
)  # fmt: skip
#: A word that goes on behind a break or is damaged is another word.
_BROKEN = frozenset("-\u00ad\ufffd‐")
_NOUNS = frozenset({"will", "can", "might", "must", "may"})
_PATTERNS = (
    (
        f"(?P<at> (?P<first>MODAL) {_BETWEEN} (?P<verb>THIRD_ONLY|PAST_ONLY|PAST_FORM|BEEN|BEING|ARE|HAS|HAD"
        "|DOES|DID|AM) )",
        "the base form",
    ),
    (
        f"(?P<at> (?P<first>MODAL) {_BETWEEN} (?P<verb>THIRD_VERB) ) (?=THE|AN|ITS|THEIR|THAT|ANY|ALL|THIS)",
        "the base form",
    ),
    ("(?P<at> (?P<first>MODAL) (?P<verb>OF) (?:BEEN|PARTICIPLE_ONLY) )", "“have”"),
    (f"(?P<at> (?P<first>DOES|DID) {_BETWEEN} (?P<verb>THIRD_ONLY|PAST_ONLY) )", "the base form"),
    ("(?P<at> (?P<first>DOES|DID|DO) NOT (?:ADVERB_ONLY)? (?P<verb>THIRD_ONLY|PAST_FORM) )", "the base form"),
    ("(?P<at> (?P<first>TO) (?P<verb>THIRD_ONLY|BEEN|IS|ARE|HAS) )", "the base form"),
    (
        f"(?P<at> (?P<first>HAS|HAVE|HAD) {_BETWEEN} (?P<verb>PAST_ONLY|BASE_ONLY (?!NOUNISH)|THIRD_ONLY|BE) )",
        "a past participle",
    ),
    (f"(?P<at> (?P<first>IS|ARE|BE|BEEN) {_BETWEEN} (?P<verb>BASE_ONLY|PAST_ONLY|THIRD_ONLY) )", "a participle"),
    ("(?P<at> (?P<first>IS|ARE) (?:NOT)? (?P<verb>BEEN|IS|ARE|BE) )", "a participle"),
    ("(?P<at> (?:IS|ARE|BE) (?P<first>TO) (?P<verb>PAST_FORM) ) (?=PREPOSITION|END|AND)", "the base form"),
)


@rule(
    "grammar/modal-form",
    severity="warning",
    languages=["en"],
    explains=("grammar/parsed",),
    bad={
        "en": [
            "Each Party ⟦shall ensures⟧ that this is done.",
            "The agreement ⟦will concluded⟧ by the Parties.",
            "It ⟦must of been⟧ known, and it ⟦has establish⟧ a committee.",
            "The Secretariat ⟦did not informed⟧ the members, and the meeting ⟦is to held⟧ in May.",
            "The measures ⟦were adopt⟧ and are ⟦to ensures⟧ that all is well.",
            "The decision ⟦shall not been⟧ changed. The rules ⟦are been⟧ reviewed.",
        ]
    },
    good={
        "en": [
            "A will exists, the will supported by two witnesses; in May concluded talks were ended.",
            "It has proved to be useful; this shall not apply to acts of resale, to increased levels or as agreed.",
            "It shall thereafter be so; for the time being required; as it should, of course, and must of necessity.",
            "Have you put it there? They had set it out. The contrary is proved. What it does is useful.",
            "The States that do supported them. Directors who do specified things are liable.",
        ]
    },
)
def modal_form(document: Document) -> Iterator[Finding]:
    """Yield a finding for each auxiliary whose verb has another form than it asks for."""
    text = english_tagged(document)
    if len(text.tags) < 3:
        return
    seen: set[int] = set()
    for pattern, wanted in _PATTERNS:
        for match in places(text, compiled(pattern)):
            if match.start("verb") not in seen and _believed(text, match):
                seen.add(match.start("verb"))
                first, verb = words_of(text, match, "first"), words_of(text, match, "verb")
                yield Finding(
                    rule="grammar/modal-form",
                    message=f"“{first}” asks for {wanted}, not for “{verb}”; the form is wrong, or a word is missing.",
                    span=span_of(text, match),
                    confidence=0.9,
                    data={"auxiliary": first.lower(), "verb": verb},
                )


def _believed(text: Tagged, match: re.Match[str]) -> bool:
    """Neither word is part of a name, and no month or noun is taken for an auxiliary."""
    first, verb = words_of(text, match, "first"), words_of(text, match, "verb")
    if verb[0].isupper():
        return False
    block = text.block_of(match.start("verb"))
    if block.prose.text[text.end(match.end("verb") - 1) :][:1] in _BROKEN:
        return False
    if first.lower() == "to" and text.word(match.start("at") - 1).lower().startswith(_STRANDING):
        return False
    if first == "be" and text.word(match.start("at") - 1) == "may":
        return False  # "as soon as may be proceed to …"
    if first.lower() not in _NOUNS:
        return True
    return first[0].islower() and compiled(_BEFORE_NOUN).match(text.tags, match.start("first") - 1) is None
