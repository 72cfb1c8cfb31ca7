"""A preposition stands twice, or two stand together that never do.

Why it matters. "In in accordance", "by of the Council": one of the two is left over from an edit, or the word between
them is lost.

How it decides. In English, the same preposition twice, where the first can't belong to a verb before it; or a
preposition before "of" that never stands there. In French, Spanish and Russian, the same preposition twice.

When it stays silent. Behind a verb, which may bring a particle of its own ("carried on on the high seas", "come in in
time"); across a mark or a line's end with a hyphen.

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 9.1 to 9.11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.running import language_text
from auditor.analysis.grammar.slip import Slip
from auditor.analysis.grammar.tagging import Tagged, english_tagged
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Finding, Fix

from ._places import places, span_of
from ._slips import findings

#: Behind a verb the first of the two may be its particle.
_TWO = "(?P<before>.) (?P<at> (?:PREP|OF|TO) (?:PREP|OF|TO) )"
_VERBS = "BASE_VERB|PARTICIPLE_FORM|GERUND_FORM|PAST_FORM|THIRD_FORM"
#: Verbs that have particles.
_PHRASAL = (
    "carr", "com", "cam", "go", "went", "bring", "brought", "tak", "took", "hand", "log", "giv", "gave", "turn", "mov",
    "look", "check", "call", "sign", "settl", "break", "brok", "join", "opt", "step", "fill", "draw", "drew", "set",
    "put", "pay", "paid", "hold", "held", "send", "sent", "pass", "follow", "keep", "kept", "hang", "cut", "get",
    "got", "buil", "phas", "liv", "lay", "lie", "lean", "stay", "stand", "stood", "sit", "sat", "feed", "fed", "trad",
)  # fmt: skip
#: Those that a verb may leave without their noun.
_STRANDED = frozenset({"for", "with", "at", "upon", "to", "against", "on", "about"})
#: Those that take no verb with them, wherever they stand.
_NO_PARTICLES = frozenset({"of", "from", "into", "between", "among", "during"})
_NEVER_BEFORE_OF = frozenset({"by", "with", "at", "into", "between", "for", "upon", "under", "of", "to"})


#: The same preposition twice, in languages whose prepositions are no particles of verbs.
_SAME = {
    "es": "de|en|por|para|con|a|sobre|entre|según|contra|desde|hasta|sin|ante|del|al",
    "fr": "de|à|dans|par|pour|sur|sous|avec|sans|entre|vers|chez|contre|selon|du|des|au|aux",
    "ru": "в|на|с|к|по|о|об|от|до|из|для|при|за|под|над|без|через|между|у",
}


@rule(
    "grammar/preposition-doubled",
    severity="warning",
    languages=["en", "es", "fr", "ru"],
    explains=("repetition/repeated-word",),
    bad={
        "en": [
            "They shall act ⟦in in⟧ accordance with the law ⟦of of⟧ the State.",
            "It was adopted ⟦by of⟧ the Council in the month of May.",
        ],
        "es": ["La aplicación ⟦de de⟧ las normas se hará ⟦por por⟧ los Estados."],
        "fr": ["La mise en œuvre ⟦de de⟧ cette convention se fait ⟦dans dans⟧ les États."],
        "ru": ["Это делается ⟦в в⟧ соответствии ⟦с с⟧ Уставом."],
    },
    good={
        "en": [
            "The trade carried on on the high seas; they came in in time; up to 5, from within, because of it.",
            "As provided for in article 5 and referred to in it, it consists of between 5 and 10 members.",
        ],
        "es": ["De la mesa de trabajo; en el de ellos; vino de donde estaba."],
        "fr": ["Il est à la tête de la commission; c’est de là que vient le nom de ce lieu."],
        "ru": ["Стороны решили, что в этом и в том, о том и об этом, с ним и с ней они согласны."],
    },
)
def preposition_doubled(document: Document) -> Iterator[Finding]:
    """Yield a finding for each pair of prepositions of which one is too many."""
    for language, prepositions in _SAME.items():
        running = language_text(document, language)
        if running.blocks:
            pattern = re.compile(rf" (?P<one>{prepositions}) (?P<two>(?P=one))(?= [^\W\d_])", re.IGNORECASE)
            slips = (
                Slip(match.start("one"), match.end(), f"“{match['one']}” stands twice.", match["one"])
                for match in pattern.finditer(running.level)
                if match["two"].islower() and (match["one"].islower() or len(match["one"]) > 1)
            )
            yield from findings("grammar/preposition-doubled", running, slips, 0.9)
    text = english_tagged(document)
    verb = compiled(_VERBS)
    for match in places(text, compiled(_TWO)):
        first = match.start("at")
        one, two = text.word(first), text.word(first + 1)
        if one.lower() != two.lower() and not (two == "of" and one.lower() in _NEVER_BEFORE_OF):
            continue
        before = text.word(match.start("before")).lower()
        same = one.lower() == two.lower()
        if two[0].isupper() or (
            same and one.lower() not in _NO_PARTICLES and _may_own(text, match, before, one.lower())
        ):
            continue
        if not same and one.lower() in ("for", "to", "with") and verb.match(text.tags, match.start("before")):
            continue  # "the matters provided for of course"
        span = span_of(text, match)
        yield Finding(
            rule="grammar/preposition-doubled",
            message=f"“{one}” stands twice." if same else f"“{one} {two}”: one of the two prepositions is too many.",
            span=span,
            confidence=0.9,
            data={"prepositions": [one, two]},
            fixes=(Fix(f"Keep one “{one}”", (Edit(span, one),), "unsafe"),) if same else (),
        )


def _may_own(text: Tagged, match: re.Match[str], before: str, preposition: str) -> bool:
    """Whether the word before may own the first of the two: "carried on on the high seas", "applied for for years"."""
    if before.startswith(_PHRASAL):
        return True
    verb = compiled(_VERBS).match(text.tags, match.start("before")) is not None
    return verb and preposition in _STRANDED
