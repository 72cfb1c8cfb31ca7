"""Page furniture was glued into a sentence.

Why it matters. "for the purpose of achieving /... English Page 8 compatible standards" cannot be read, quoted or
translated; a reader who does not know the layout may take the words for part of the sentence.

How it decides. Three ways lead to it. Pieces of furniture that belong together stand in the middle of a line ("/..."
with "English Page 8", a job number with its folio, a complete head of the Official Journal). What stands on lines of
its own elsewhere in the document turns up inside a line. Or words with a number that rises, a page apart, stand again
and again between words that belong to one sentence.

When it stays silent. Symbols, fractions, dates and page numbers that a sentence cites; numbers that rise in headings
and enumerations; a single job number or folio inside a line of a document that shows no other furniture.

Sources. United Nations Editorial Manual; official layouts of the publications named in
`auditor/analysis/data/furniture.toml`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.furniture import Item, furniture
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from ._print import MOST_FINDINGS, Printed, reasons, shown

_RULE = "furniture/inside-text"


@rule(
    _RULE,
    severity="error",
    bad={
        "en": [
            "The Parties shall cooperate for the purpose of achieving ⟦/... English Page 8⟧ compatible standards.\n",
            "Each Party shall recognize documents ⟦22-03357 3/15⟧ issued by the other Party.\n",
            "The rules apply ⟦L 123/45 EN Official Journal of the European Union 12.5.2010⟧ from the day of entry.\n",
        ],
        "es": ["Cada Parte reconocerá los documentos ⟦22-03357 **3/15**⟧ expedidos por la otra Parte.\n"],
    },
    good={
        "en": [
            "See document A/76/740, page 8, and resolution 78/272 of 24 April 2024.\n",
            "Of the members, 3/15 voted for the proposal, and 4/15 against it; 5/15 abstained.\n",
            "The rules were published in Official Journal L 123/45 of 12 May 2010 and apply since.\n",
        ],
        "es": ["Véase el documento A/76/740, página 8, y la resolución 78/272.\n"],
    },
    explains=("references/symbol-damaged", "markup/math-residue", "markup/emphasis-residue", "markup/escape-residue"),
)
def inside_text(document: Document) -> Iterator[Finding]:
    """Report furniture that shares its line with text."""
    groups: dict[int, list[Item]] = defaultdict(list)
    for item in furniture(document).items:
        if item.inside:
            groups[item.series].append(item)
    for group in groups.values():
        if len(group) <= MOST_FINDINGS:
            for item in group:
                yield _finding(document, [item], group)
        else:
            yield _finding(document, group, group)


def _finding(document: Document, places: Sequence[Item], series: Sequence[Item]) -> Finding:
    first = places[0]
    text = document.text
    edits = tuple(Edit(*_without(text, item.span)) for item in places)
    joined = _joined(text, edits[0])
    words = f"Page furniture inside the text: “{shown(document, first.span)}”"
    if len(places) > 1:
        words += f" and {len(places) - 1} more of its series"
    return Finding(
        _RULE,
        f"{words}; without it the text reads “{joined}”.",
        first.span,
        confidence=min(item.confidence for item in places),
        data={
            "text": first.span.of(text),
            "series": furniture(document).series[first.series].constant,
            "pages": [item.number for item in places if item.number is not None],
            "joined": joined,
        },
        evidence=reasons(document, [Printed((item,), item.span) for item in series]),
        places=tuple(item.span for item in places[1:]),
        fixes=(Fix(f"Remove it: “{joined}”", edits, "unsafe"),),
    )


def _without(text: str, span: Span) -> tuple[Span, str]:
    """The stretch to take out and what to put in its place: one space between the words that come together."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1] in " \t*_$":
        start -= 1
    while end < len(text) and text[end] in " \t*_$":
        end += 1
    line_edge = start == 0 or text[start - 1] == "\n" or end == len(text) or text[end] == "\n"
    return Span(start, end), "" if line_edge or text[start - 1] == "-" or text[end] in ",.;:)" else " "


def _joined(text: str, edit: Edit) -> str:
    before = text[max(0, edit.span.start - 40) : edit.span.start].split("\n")[-1].split()
    after = text[edit.span.end : edit.span.end + 40].split("\n")[0].split()
    return f"… {' '.join(before[-4:])}{edit.text}{' '.join(after[:4])} …"
