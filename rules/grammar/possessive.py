"""A possessive or reflexive differs in number from the subject that it belongs to.

Why it matters. "The Russian Federation and the Republic, … Reaffirming its commitment": whose commitment is it? In a
preamble that was made from an older one, "its" is what was left of a single party.

How it decides. In English, in two kinds of place where nothing else can own. In a preamble, a paragraph that opens
with a participle and "its", while the parties named before it are several and other paragraphs of the same preamble
say "their". In a sentence, a plural subject with its verb and, at once behind it, "its", "itself", "himself" or
"herself"; or a singular one introduced by "this" or "each" and "themselves".

When it stays silent. Where a noun stands between the verb and "its"; in the preamble of one body ("The General
Assembly"); on "their" for one person of unstated sex, or for a body of several.

Sources. Quirk et al., A Comprehensive Grammar of the English Language, 6.22 to 6.31; 10.46.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.grammar.english import compiled
from auditor.analysis.grammar.tagging import english_tagged
from auditor.analysis.languages import languages
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Block, Document
from auditor.findings import Evidence, Finding, replace

from ._places import places, span_of, words_of

_SUBJECT = "EDGE (?P<subject>(?:THE|THESE|MANY|ALL|BOTH) (?:ADJ|ADJ_NOUN|NOUN_ONLY){0,3} (?P<head>PLURAL_ONLY))"
_SENTENCE = (
    f"{_SUBJECT} (?:MODAL|HAVE|ARE)? ADVERBS (?:BASE_VERB|PARTICIPLE_FORM|PAST_FORM) (?P<at> ITS NOUNISH )",
    f"{_SUBJECT} (?:(?!STOP|COMMA|AND|OR|THAT|REL|WHOM|SUB|TO|OF|THE|AN|NOUN_ONLY|PLURAL_ONLY).){{1,4}}"
    " (?P<at> SELF ) (?=STOP)",
)
_OPENING = re.compile(
    r"\s*(?P<participle>[A-Z][a-z]+ing|Guided by|Determined to [a-z]+|Convinced of|Mindful of)\s+"
    r"(?P<own>its|their)\b(?P<noun> [a-z]+)?"
)
_PREAMBLE = re.compile(
    r"\s*(?:[A-Z][a-z]+ing|Guided|Determined|Convinced|Mindful|Desirous|Aware|Conscious|Deeply|Alarmed)\b"
)
#: Who speaks: one paragraph before the participles, that ends in a comma.
_SEVERAL = re.compile(r"\band\b|\bParties\b|\bStates\b|\bGovernments\b|\bMembers\b|\bpeoples\b|\bRepublics\b")
_NOT_SEVERAL = re.compile(r"\b(?:Assembly|Council|Conference|Committee|Commission|Board|Congress|Meeting)\b")


@rule(
    "grammar/possessive",
    severity="warning",
    languages=["en"],
    explains=("grammar/parsed",),
    bad={
        "en": [
            "The Russian Federation and the Republic of Belarus,\n\nBuilding on the ties between their peoples,\n\n"
            "Reaffirming ⟦its commitment⟧ to the Charter of the United Nations,\n\n"
            "Wishing to elevate their relations to a new level,\n\nHave agreed as follows:",
            "The Contracting Parties shall inform ⟦its nationals⟧ of the rules.",
            "Many women hired ⟦herself⟧. It was so.",
        ]
    },
    good={
        "en": [
            "The General Assembly,\n\nRecalling its resolution 77/321,\n\nReaffirming its commitment to peace,\n\n"
            "Noting with concern their effect,\n\n1. Decides to act;",
            "The Contracting Parties shall inform the Secretariat and its members. Each Party informs their people.",
            "The Parties to the Treaty and its protocols have agreed. The members saw the State itself.",
        ]
    },
)
def possessive(document: Document) -> Iterator[Finding]:
    """Yield a finding for each possessive at odds with its owner."""
    text = english_tagged(document)
    for pattern in _SENTENCE:
        for match in places(text, compiled(pattern)):
            if not text.opens_sentence(match.start("subject")):
                continue
            span = span_of(text, match)
            said = words_of(text, match)
            yield Finding(
                rule="grammar/possessive",
                message=f"“{said.split()[0]}” is said of one, but the subject, “{words_of(text, match, 'head')}”, is "
                "plural.",
                span=span,
                confidence=0.85,
                data={"said": said},
            )
    if "ing its " in document.text or "by its " in document.text or "of its " in document.text:
        yield from _preambles(document)


def _preambles(document: Document) -> Iterator[Finding]:
    """Paragraphs of preambles that say "its" of several."""
    known = languages(document)
    run: list[Block] = []
    opener: Block | None = None
    last: Block | None = None
    for block in document.blocks:
        if block.kind not in TEXT_KINDS or block.kind == "heading" or known[block.index] != "en":
            yield from _preamble(opener, run)
            opener, run, last = None, [], None
            continue
        if _PREAMBLE.match(block.prose.text):
            if not run:
                opener = last
            run.append(block)
        else:
            yield from _preamble(opener, run)
            opener, run = None, []
        last = block
    yield from _preamble(opener, run)


def _preamble(opener: Block | None, run: list[Block]) -> Iterator[Finding]:
    if opener is None or len(run) < 2:
        return
    subject = opener.prose.text.strip()
    if not subject.startswith(("The ", "THE ", "We, ")) or not subject.endswith((",", ":")) or len(subject) > 600:
        return
    if not _SEVERAL.search(subject) or _NOT_SEVERAL.search(subject):
        return
    others = [block for block in run if re.search(r"\btheir\b", block.prose.text)]
    if not others:
        return
    for block in run:
        match = _OPENING.match(block.prose.text)
        if match is not None and match["own"] == "its":
            start = match.start("own")
            end = match.end("noun") if match["noun"] else match.end("own")
            yield Finding(
                rule="grammar/possessive",
                message="“its” is said of one, but those who speak in this preamble are several.",
                span=block.prose.source_span(start, end),
                confidence=0.85,
                data={"said": block.prose.text[start:end]},
                evidence=(
                    Evidence("The parties are named here.", opener.span),
                    Evidence("Another paragraph says “their”.", others[0].span),
                ),
                fixes=(replace(block.prose.source_span(start, start + 3), "their", "Write “their”"),),
            )
