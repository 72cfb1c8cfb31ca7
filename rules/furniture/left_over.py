"""A converter or a transcriber left its own marks in the text: page breaks, blank pages, picture placeholders.

Why it matters. `-----File: 012`, `<!-- PageBreak -->`, `![](img-12.jpeg)` or the address from which a program fetched
the file are no part of the document. Some show up in print; others point to pictures that are not there.

How it decides. The marks are known by their form, one pattern a tool, on lines of their own; see the `left_over`
entries of `auditor/analysis/data/furniture.toml`. A kind of mark at more than eight places is one finding with all
its places.

When it stays silent. Code, front matter, pictures with a name or a description of their own, links in running text,
and words in brackets that the text may want.

Sources. Output of the tools named with each pattern.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.furniture import Item, furniture
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding, Fix

from ._print import shown, whole_lines

_RULE = "furniture/left-over"
#: More marks of one kind are one finding with its places.
_FEW = 2
_PICTURES = frozenset({"image-placeholder", "image-tag"})


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            "The Parties shall\n\n⟦-----File: 012.png---------⟧\n\ncooperate.\n",
            "The Parties cooperate.\n\n⟦[Blank page]⟧\n\nThe Parties consult.\n",
            "The Parties cooperate.\n\n⟦<!-- PageBreak -->⟧\n\nThe Parties consult.\n",
            "The Parties cooperate.\n\n⟦![img-12.jpeg](img-12.jpeg)⟧\n\nThe Parties consult.\n",
        ]
    },
    good={
        "en": [
            "See ![Map of the zone](maps/zone.png) and the [register](https://www.example.org/register/12).\n",
            "The file is closed. The page is blank. Content types are listed in annex 3.\n",
            "```\n<!-- PageBreak -->\n```\n",
        ]
    },
    explains=("markup/html-residue", "markup/placeholder"),
)
def left_over(document: Document) -> Iterator[Finding]:
    """Report converters' marks."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in furniture(document).items:
        if item.kind == "left_over":
            groups[item.grammar].append(item)
    for name, group in groups.items():
        if len(group) <= _FEW and name != "transfer":
            for item in group:
                yield _finding(document, name, [item], len(group))
        else:
            yield _finding(document, name, group, len(group))


def _finding(document: Document, name: str, places: Sequence[Item], size: int) -> Finding:
    first = places[0].span
    words = f"A mark of the conversion stands in the text: “{shown(document, first)}”"
    if len(places) > 1:
        words += f" and {len(places) - 1} more"
    picture = name in _PICTURES
    message = "Remove it; look first what the picture showed" if picture else "Remove it"
    return Finding(
        _RULE,
        words + ".",
        first,
        confidence=min(item.confidence for item in places),
        data={"mark": name, "count": len(places)},
        evidence=(Evidence(f"marks of this kind in the document: {size}"),) if size > 1 else (),
        places=tuple(item.span for item in places[1:]),
        fixes=(
            Fix(
                message,
                tuple(whole_lines(document, Span(item.span.start, item.span.end)) for item in places),
                "unsafe" if picture else "safe",
            ),
        ),
    )
