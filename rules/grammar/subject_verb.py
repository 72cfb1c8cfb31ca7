"""A verb differs in number from its subject.

Why it matters. "The infrastructure, the main source of drinking water, have been damaged": either the verb is wrong,
or a second subject was lost in editing.

How it decides. A clause begins (a sentence, or a word such as "that" or "where" before it) with a noun phrase whose
head is known for sure: the last noun before the verb, before a preposition, before a relative clause or before an
apposition. The number of that head, and that of the finite verb that follows, are held against each other. Between
head and verb stand only phrases with prepositions, a relative clause that has its own verb, or an apposition between
commas; there is no "and".

When it stays silent. Where any of the words may be read in another way; on nouns that go with both numbers ("number",
"majority", "committee", "staff"); on what may be a subjunctive ("if it were", "that the State have"); after a
preposition; on subjects joined by "and" or a comma; on names.

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 10.34 to 10.50.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.tagging import Tagged, english_tagged
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding, replace

from ._places import places, span_of, words_of

_ONE = "(?:THE|THIS|AN|EACH|ANY|OWNER) (?:MODIFIER){0,5} (?P<head>HEAD)"
_SEVERAL = "(?:THE|THESE|MANY|ALL|BOTH|ANY|OWNER|CARDINAL) (?:ADJ|ADJ_NOUN|NOUN_ONLY){0,4} (?P<head>PLURAL_ONLY)"
_BARE_SEVERAL = "(?:ADJ|ADJ_NOUN|NOUN_ONLY){0,3} (?P<head>PLURAL_ONLY)"
_PLURAL = "ADVERBS (?P<at>ARE|HAVE|DO)"
_SINGULAR = "ADVERBS (?P<at>IS|HAS|DOES)"
#: A relative clause with its verb at once, and nothing in it that could begin another clause.
_CLAUSE = "(?:(?!STOP|COMMA|AND|OR|THAT|REL|WHOM|SUB|FINITE|MODAL).){0,6}"
_OBJECT = "(?=END|THE|THAT|PREPOSITION|TO|AN|MANY|ALL|ANY|NAME|ITS|THEIR)"
_FIRM_OBJECT = "(?=THE|AN|THAT|ITS|THEIR|MANY|ALL|THIS|THESE|ANY)"
#: Between commas, a phrase that begins with an article and has no verb: ", the main source of water for the region,".
_APPOSITION = "COMMA (?:THE|AN) (?:MODIFIER){0,4} NOUNISH (?:PHRASE){0,4} COMMA"

#: The determiner just read does not stand behind what would make its phrase part of another.
_FREE = "(?<!(?:PREPOSITION|TO|AND|OR|COMMA|AS).)"

#: At the beginning of a sentence.
_OPENING = (
    f"EDGE (?P<subject>{_ONE}) (?:TAKEN)? (?:PHRASE){{0,3}} (?:{_APPOSITION})? {_PLURAL}",
    f"EDGE (?P<subject>THAT (?:MODIFIER){{0,4}} (?P<head>HEAD)) {_PLURAL}",
    f"EDGE (?P<subject>(?:THE|THIS|EACH|AN|ANY) (?:MODIFIER){{0,4}} (?P<head>HEAD)) (?:PHRASE){{0,3}}"
    f" (?P<at>BASE_ONLY) {_OBJECT}",
    "EDGE (?P<subject>(?:THE|THIS|EACH|AN|ANY|THAT) (?:MODIFIER){0,4} (?P<head>HEAD)) (?:THAT|REL)"
    f" (?:FINITE|THIRD_VERB|PAST_FORM|THIRD_ONLY) {_CLAUSE} PLURAL_HEAD (?P<at>ARE|HAVE|DO)",
    f"EDGE (?P<subject>{_SEVERAL}) (?:TAKEN)? (?:PHRASE){{0,3}} (?:{_APPOSITION})? {_SINGULAR}",
    f"EDGE (?P<subject>{_BARE_SEVERAL}) {_SINGULAR}",
    f"EDGE (?P<subject>{_SEVERAL}) (?:TAKEN)? (?:PHRASE){{0,3}} (?P<at>THIRD_ONLY) {_OBJECT}",
    f"EDGE (?P<subject>{_SEVERAL}) (?P<at>THIRD_VERB) {_FIRM_OBJECT}",
    f"EDGE (?P<subject>{_SEVERAL}) (?:THAT|REL) (?:FINITE|BASE_VERB|PAST_FORM) {_CLAUSE} (?P<at>IS|HAS|DOES)",
    "EDGE (?P<subject>(?P<head>IT)) ADVERBS (?P<at>ARE|HAVE|DO)",
    "EDGE (?P<subject>(?P<head>EACH|EITHER|ONE) OF (?:THE|THESE|OWNER) (?:ADJ|ADJ_NOUN|NOUN_ONLY){0,3} PLURAL_HEAD)"
    " ADVERBS (?P<at>ARE|HAVE|DO)",
)
#: After a word that begins a clause.
_INSIDE = (
    f"(?:THAT|SUB) (?P<subject>{_ONE}) (?:TAKEN)? (?:PHRASE){{0,2}} {_PLURAL}",
    f"(?:THAT|SUB) (?P<subject>{_SEVERAL}) (?:TAKEN)? (?:PHRASE){{0,2}} {_SINGULAR}",
    f"(?:THAT|SUB) (?P<subject>{_BARE_SEVERAL}) {_SINGULAR}",
    f"COMMA (?<!(?:PREPOSITION|TO).) (?P<subject>{_SEVERAL}) {_SINGULAR}",
    f"COMMA (?<!(?:PREPOSITION|TO).) (?P<subject>(?:THE|THIS|EACH|ANY) (?:MODIFIER){{0,4}} (?P<head>HEAD)) {_PLURAL}",
    "(?:THAT|SUB) (?P<subject>(?P<head>IT)) ADVERBS (?P<at>ARE|HAVE|DO)",
    "(?P<subject>(?P<head>THEY)) ADVERBS (?P<at>IS|HAS|DOES)",
    f"(?:PREPOSITION|TO) REL (?P<subject>{_ONE}) (?:TAKEN)? (?:PHRASE){{0,2}} {_PLURAL}",
    f"(?:PREPOSITION|TO) REL (?P<subject>{_SEVERAL}) (?:TAKEN)? (?:PHRASE){{0,2}} {_SINGULAR}",
    f"(?P<subject>(?:AN|ANY|EACH) {_FREE} (?:ADJ|ADJ_NOUN){{0,3}} (?P<head>HEAD)) THAT {_PLURAL}",
    f"PREPOSITION (?<!(?:PLURAL_ANY|NAME).) (?P<subject>(?:AN|ANY|EACH) (?:ADJ|ADJ_NOUN){{0,2}} (?P<head>HEAD)) THAT"
    f" {_PLURAL}",
    "(?:BASE_ONLY|THIRD_ONLY) (?P<subject>(?:ADJ|ADJ_NOUN|NOUN_ONLY){0,3} (?P<head>PLURAL_ONLY)) (?:THAT|REL)"
    " ADVERBS (?P<at>IS|HAS|DOES)",
    "NOUN_ONLY (?P<subject>(?P<head>IT)) ADVERBS (?P<at>ARE|HAVE)",
    "THERE ADVERBS (?P<at>IS) NOT? (?P<subject>(?P<head>MANY|THESE|BOTH) )",
    "THERE ADVERBS (?P<at>ARE) (?P<subject>(?:AN|EACH|ONE|THIS) (?:ADJ|ADJ_NOUN){0,2} (?P<head>HEAD))",
    f"(?P<subject>(?:THE|THESE|THAT|ALL) {_FREE} (?:ADJ|ADJ_NOUN){{0,3}} (?P<head>PLURAL_ONLY)) (?:REL|THAT)"
    f" {_SINGULAR}",
    f"(?P<subject>(?:AN|THIS|THE|ANY|EACH) {_FREE} (?:ADJ|ADJ_NOUN){{0,3}} (?P<head>HEAD)) REL {_PLURAL}",
)

#: The other number of each verb that has a form of its own for it.
_OTHER = {
    "is": "are", "was": "were", "has": "have", "does": "do", "are": "is", "were": "was", "have": "has", "do": "does",
    "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't", "aren't": "isn't",
    "weren't": "wasn't", "haven't": "hasn't", "don't": "doesn't",
}  # fmt: skip
_SUBJUNCTIVE = frozenset({"were", "have", "do", "weren't", "haven't", "don't"})
#: Capitalised plurals that are no names.
_COMMON = frozenset({"Parties", "States", "Members", "Governments", "Countries", "Nations", "Articles", "Participants"})


@rule(
    "grammar/subject-verb",
    severity="warning",
    languages=["en"],
    explains=("grammar/parsed",),
    bad={
        "en": [
            "The water supply infrastructure, the main source of drinking water for the region, ⟦have⟧ been damaged.",
            "The report of the two Committees ⟦were⟧ adopted.",
            "The Contracting Parties ⟦has⟧ agreed as follows.",
            "It noted that the measures taken in those countries ⟦was⟧ useful, and that these measures ⟦is⟧ in force.",
            "Each of the Parties ⟦have⟧ the right to withdraw.",
            "The rights of the child ⟦is⟧ protected by law.",
            "Every person that supports those institutions ⟦are⟧ welcome.",
            "There ⟦is⟧ many reasons for this, and they ⟦has⟧ been given.",
            "They accepted the measures which ⟦was⟧ announced.",
        ]
    },
    good={
        "en": [
            "A number of States have acted; the majority of the members are present; the Committee are agreed.",
            "If the Party were to withdraw, it is requested that the State have regard to this and that it do so.",
            "The Minister for Foreign Affairs and the Ambassador have met. The cost of goods and the price are stated.",
            "The United Nations is at work, and the Netherlands has signed. What the Parties need is time.",
            "The members of each Party are elected, and the effect of these measures is known.",
            "The amount of contributions that Members have paid is known. The poor are with us.",
            "The President, the Prime Minister, the judges, have been informed. Be it known that the rules are good.",
            "Providing services to States is useful. Five years is a long time. The news is good.",
        ]
    },
)
def subject_verb(document: Document) -> Iterator[Finding]:
    """Yield a finding for each verb whose number is not that of its subject."""
    text = english_tagged(document)
    if len(text.tags) < 3:
        return
    seen: set[int] = set()
    for patterns, opening in ((_OPENING, True), (_INSIDE, False)):
        for pattern in patterns:
            for match in places(text, compiled(pattern)):
                at = match.start("at")
                if at not in seen and _believed(text, match, opening=opening):
                    seen.add(at)
                    yield _told(text, match)


def _believed(text: Tagged, match: re.Match[str], *, opening: bool) -> bool:
    """What a pattern can't see: whether a sentence begins there, subjunctives, names."""
    first = match.start("subject")
    verb = words_of(text, match).lower()
    head = words_of(text, match, "head")
    if head[0].isupper() and verb in ("is", "was", "has", "does"):
        before = text.word(match.start("head") - 1)
        if before == "United" or (head not in _COMMON and not (opening and first == match.start("head"))):
            return False
    if opening:
        return text.opens_sentence(first) and not (verb in _SUBJUNCTIVE and text.word(first)[0].islower())
    opener = text.word(match.start()).lower()
    if verb not in _SUBJUNCTIVE:
        return True
    if opener != "that" or verb == "were":
        return opener not in ("that", "if", "unless", "whether", "though", "lest", "so", "until", "as", "than")
    # "considers that the State have" is a slip; "requests that the State have" is none.
    return text.word(match.start() - 1).lower().startswith(_INDICATIVE)


#: Behind these "that" states a fact, and no subjunctive follows.
_INDICATIVE = (
    "consider", "not", "recogni", "state", "stating", "find", "found", "believ", "know", "show", "conclud",
    "acknowledg", "observ", "report", "mean", "establish", "determin", "prov", "aware", "convinced", "indicat",
    "declar", "fact", "view", "information", "evidence", "say", "said", "thought", "think", "argu", "claim", "confirm",
    "certif",
)  # fmt: skip


def _told(text: Tagged, match: re.Match[str]) -> Finding:
    verb, head = words_of(text, match), words_of(text, match, "head")
    other = _OTHER.get(verb.lower().replace("’", "'"))
    span = span_of(text, match)
    number = "singular" if verb.lower() in ("is", "was", "has", "does") or verb.endswith("s") else "plural"
    opposite = "plural" if number == "singular" else "singular"
    return Finding(
        rule="grammar/subject-verb",
        message=f"The verb “{verb}” is {number}, but its subject, “{head}”, is {opposite}.",
        span=span,
        confidence=0.85,
        data={"verb": verb, "subject": head},
        evidence=(Evidence(f"The subject is “{words_of(text, match, 'subject')}”.", span_of(text, match, "subject")),),
        fixes=(replace(span, other, f"Write “{other}”"),) if other else (),
    )
