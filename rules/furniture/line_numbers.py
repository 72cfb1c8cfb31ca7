"""Line numbers of the margin run through the text.

Why it matters. In a numbered edition every fifth line bears its number in the margin. A converter that reads straight
across puts "5", "10", "15" between the words of the sentences, where they look like figures of the text.

How it decides. Numbers at the starts or ends of lines that rise by one, five or ten are line numbers when the lines
they stand on are as far apart. Inside a paragraph, where the lines are lost, they are known by their even distances.
At least four in a row are needed (eight where each line has one), and most of them must stand between words that
belong to one sentence. All of them are one finding, with their places.

When it stays silent. Numbered paragraphs and points, tables, lists of years, notes at the foot of the page, and
numbers that sentences need.

Sources. Layout of bills and of edited texts whose lines are numbered by fives.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.furniture.line_numbers import line_numbers
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

from ._print import listed

_RULE = "furniture/line-numbers"
_FIVES = (
    "⟦5⟧ shall be in writing and shall be signed\nby both of the parties to it, or by a person\n"
    "whom they have empowered to do so, in the\npresence of two witnesses, neither of whom\nmay be of their family, "
    "and the witnesses\n⟦10⟧ shall sign it in the presence of the parties\nand of each other. A deed that is not "
    "signed\n"
    "in this manner is void, save where the law\nprovides that it shall be upheld, or where\nthe parties have carried "
    "out what they had\n⟦15⟧ agreed upon in good faith and for value. It\nshall be entered in the register within the\n"
    "month that follows, by the officer in whose\ndistrict the land lies, upon payment of the\nfee that is laid down, "
    "and a note of it shall\n⟦20⟧ be given to whoever asks for one in writing.\n"
)


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [Example("1. A deed\n\nfor the sale of land and of what stands upon it,\n" + _FIVES, "en", "text/plain")]
    },
    good={
        "en": [
            "1. The Parties cooperate.\n\n2. The Parties consult.\n\n3. The Parties meet.\n",
            Example(
                "5 votes to 10 were cast, 15 members were absent, and 20 had left for the day.\n", "en", "text/plain"
            ),
        ]
    },
)
def line_numbers_rule(document: Document) -> Iterator[Finding]:
    """Report all line numbers of the document, once."""
    runs = line_numbers(document)
    if not runs:
        return
    spans = [span for run in runs for span in run.spans]
    steps = sorted({run.step for run in runs})
    yield Finding(
        _RULE,
        f"Line numbers of the margin run through the text: {listed(runs[0].numbers)}, {len(spans)} in all.",
        spans[0],
        confidence=0.9 if len(spans) >= 6 else 0.75,
        data={"steps": steps, "count": len(spans)},
        evidence=tuple(
            Evidence(f"every {'line' if run.step == 1 else f'{run.step} lines'}: {listed(run.numbers)}", run.spans[0])
            for run in runs[:8]
        ),
        places=tuple(spans[1:]),
        fixes=(Fix("Remove the numbers", tuple(_removal(document.text, span) for span in spans), "unsafe"),),
    )


def _removal(text: str, span: Span) -> Edit:
    """The number and the blanks on the side where it stands off from the words."""
    start, end = span.start, span.end
    while end < len(text) and text[end] in " \t":
        end += 1
    if end == span.end:
        while start > 0 and text[start - 1] in " \t":
            start -= 1
    return Edit(Span(start, end), "")
