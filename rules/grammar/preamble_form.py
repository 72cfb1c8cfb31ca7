"""A paragraph of a preamble, or of the operative part, opens with a verb in another form than its neighbours.

Why it matters. In a resolution, "Recalls" among "Recalling", "Noting", "Reaffirming" makes an operative paragraph of
a preambular one, or the reverse: it says something else.

How it decides. In English, paragraphs in a row that open with a participle ("Recalling", "Guided by") and end in a
comma are a preamble. One among them that opens with the finite form of such a verb ("Recalls") and ends in a comma
too, with at least two participles before it and one behind, is at odds with them. In the operative part, numbered
paragraphs that open with a finite verb ("Decides", "Requests"), two before and one behind, are held against one that
opens with a participle.

When it stays silent. On preambles with finite verbs throughout, on paragraphs that open with an adverb, on lists of
actions.

Sources. United Nations Editorial Manual, "Resolutions and other formal decisions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.languages import languages
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Block, Document
from auditor.findings import Finding, replace

_NUMBER = r"\s*(?:\d{1,3}[.)]?\s+)"
#: Verbs that open paragraphs of resolutions, by their stem: with -ing in the preamble, with -s in the operative part.
_VERBS = {
    "Recall": "Recalls", "Reaffirm": "Reaffirms", "Affirm": "Affirms", "Not": "Notes", "Recogniz": "Recognizes",
    "Recognis": "Recognises", "Welcom": "Welcomes", "Stress": "Stresses", "Emphasiz": "Emphasizes",
    "Emphasis": "Emphasises", "Underlin": "Underlines", "Acknowledg": "Acknowledges", "Reiterat": "Reiterates",
    "Consider": "Considers", "Declar": "Declares", "Condemn": "Condemns", "Request": "Requests", "Decid": "Decides",
    "Urg": "Urges", "Invit": "Invites", "Encourag": "Encourages", "Express": "Expresses", "Commend": "Commends",
    "Endors": "Endorses", "Call": "Calls", "Tak": "Takes", "Observ": "Observes", "Deplor": "Deplores",
    "Underscor": "Underscores", "Highlight": "Highlights",
}  # fmt: skip
_FINITE = {finite: stem + "ing" for stem, finite in _VERBS.items()}
_PARTICIPLE = {stem + "ing": finite for stem, finite in _VERBS.items()}
_WORD = re.compile(rf"(?P<number>{_NUMBER})?(?P<verb>[A-Z][a-z]+)\b")


@rule(
    "grammar/preamble-form",
    severity="warning",
    languages=["en"],
    bad={
        "en": [
            "The General Assembly,\n\nRecalling its resolution 77/321,\n\nNoting the report of its Committee,\n\n"
            "⟦Reaffirms⟧ the purposes of the Charter,\n\nRecognizing the role of the Council,\n\n1. Decides to meet;",
            "1. Takes note of the report;\n\n2. Requests the Secretary-General to report;\n\n"
            "3. ⟦Inviting⟧ States to contribute;\n\n4. Decides to remain seized of the matter.",
        ]
    },
    good={
        "en": [
            "The General Assembly,\n\nRecalling its resolution 77/321,\n\nNoting it,\n\nGuided by the Charter,\n\n"
            "1. Reaffirms its commitment to peace;\n\n2. Decides to meet.",
            "1. Noting the report;\n\n2. Inviting the States;\n\n3. Requests of the States to be heard.",
        ]
    },
)
def preamble_form(document: Document) -> Iterator[Finding]:
    """Yield a finding for each paragraph that opens with the other form."""
    if "ing " not in document.text:
        return
    known = languages(document)
    openings: list[tuple[Block, re.Match[str] | None]] = []
    for block in document.blocks:
        if block.kind in TEXT_KINDS and block.prose.text.strip():
            english = known[block.index] == "en" and block.kind != "heading"
            openings.append((block, _WORD.match(block.prose.text) if english else None))
    for at, (block, match) in enumerate(openings):
        if match is None or not 2 <= at < len(openings) - 1:
            continue
        verb = match["verb"]
        right = ""
        if match["number"] is None and verb in _FINITE and _ends(block, ","):
            if all(_is_participle(openings[at + step]) for step in (-2, -1, 1)):
                right = _FINITE[verb]
        elif match["number"] and verb in _PARTICIPLE and all(_is_finite(openings[at + step]) for step in (-2, -1, 1)):
            right = _PARTICIPLE[verb]
        if right:
            span = block.prose.source_span(match.start("verb"), match.end("verb"))
            yield Finding(
                rule="grammar/preamble-form",
                message=f"The paragraphs before and behind open in another form than “{verb}”.",
                span=span,
                confidence=0.85,
                data={"verb": verb},
                fixes=(replace(span, right, f"Write “{right}”"),),
            )


def _ends(block: Block, mark: str) -> bool:
    return block.prose.text.rstrip().endswith(mark)


def _is_participle(opening: tuple[Block, re.Match[str] | None]) -> bool:
    block, match = opening
    if match is None or match["number"] or not _ends(block, ","):
        return False
    return match["verb"].endswith("ing") or match["verb"] in ("Guided", "Convinced", "Mindful", "Aware", "Determined")


def _is_finite(opening: tuple[Block, re.Match[str] | None]) -> bool:
    _, match = opening
    return match is not None and match["number"] is not None and match["verb"] in _FINITE
