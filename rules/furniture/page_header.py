"""The head of a page stands in the text: symbol, running title, journal head.

Why it matters. A running title in the middle of a paragraph repeats words that the text does not repeat there; it looks
like a heading, and outlines, contents and references built on headings go wrong.

How it decides. Known heads (`/... English Page 8`, the Official Journal of the European Union in its languages, the
United Nations Treaty Series, columns of parliamentary debates, national gazettes) are known by their pieces. A running
title with a page number is known by the number that rises from page to page; one without is known by its company: it
stands beside other furniture, or at form feeds, on page after page, or it cuts sentences again and again. Where a
document has more than eight heads and feet, each running head is one finding with all its places.

When it stays silent. Headings, whose numbers rise as well but which cut no sentence, also where a page opens with
one; items of lists; entries of contents; titles of articles; a symbol or
the name of a journal in running text or in a footnote; the masthead of the first page; formulas and signatures that
repeat.

Sources. United Nations Editorial Manual; official layouts of the publications named in
`auditor/analysis/data/furniture.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._print import HEADS, findings, printed


@rule(
    "furniture/page-header",
    severity="error",
    bad={
        "en": [
            "The Parties shall\n\n⟦L 123/45 EN Official Journal of the European Union 12.5.2010⟧\n\ncooperate.\n",
            "The deposit shall be\n\n⟦Vol. 2010, I-12345⟧\n\nmade with the depositary.\n",
            "Members rose to their\n\n⟦12 Oct 2010 : Column 345⟧\n\nfeet and applauded.\n",
        ],
        "fr": [
            "Les Parties\n\n⟦12.5.2010 FR Journal officiel de l’Union européenne L 123/45⟧\n\ncoopèrent.\n",
        ],
        "de": ["Die Parteien\n\n⟦L 123/46 DE Amtsblatt der Europäischen Union 12.5.2010⟧\n\nkooperieren.\n"],
    },
    good={
        "en": [
            "It shall be published in the Official Journal of the European Union. See OJ L 123, 12.5.2010, p. 45.\n",
            "Column 3 of the table shows the share of each Party.\n\nArticle 12\n\nEntry into force\n",
            "1 United Nations, *Treaty Series*, vol. 2010, No. 12345.\n",
        ],
        "fr": ["Le présent règlement est publié au Journal officiel de l’Union européenne.\n"],
        "de": ["Diese Verordnung wird im Amtsblatt der Europäischen Union veröffentlicht.\n"],
    },
    explains=("references/symbol-damaged", "markup/math-residue", "markup/emphasis-residue", "markup/escape-residue"),
)
def page_header(document: Document) -> Iterator[Finding]:
    """Report headers that stand on lines of their own."""
    yield from findings(document, "furniture/page-header", printed(document, HEADS), "Page header")
