"""Headings stand as plain or bold text although their siblings are marked.

Why it matters. What is not marked is not in the navigation, not in the table of contents, and not a target for links;
programs that cut a law into articles lose the article. Converters mark headings by their looks, and a smear, a page
break or a bracket is enough to make them miss one.

How it decides. Headings that count together are read as a series from their numbers, whatever form they stand in.
Where members of a series are marked as headings, and others that stand just as much alone on their line are not, the
latter are reported: one finding for a series, with every unmarked heading among its places.

When it stays silent. In texts without marks, and in series none of whose members is marked. On headings inside
quotations (the text of an amended law), after or with a colon that introduces one, in tables of contents, and on
references. Where a series is written before its text ("Art. 5 The Board …"), bold or not, by the drafter's choice,
and on headings glued to text, which are for structure/heading-glued.

Sources. WCAG 2.2, success criterion 1.3.1 and failure F2: what looks like a heading must be marked as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.analysis.outline import Division, outline
from auditor.analysis.outline.heading_levels import Siblings, block_span, level_edits, siblings, unmarked_numbers
from auditor.contract import rule
from auditor.document import Block, Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

_FEWEST_MARKED = 2
_ALONE = frozenset({"alone", "titled"})
_INTRODUCES = (":", "：")


@rule(
    "structure/heading-unmarked",
    severity="warning",
    bad={
        "en": [
            "## Article 1\n\nThe Parties shall cooperate.\n\n⟦**Article 2**⟧\n\nThe Parties shall consult.\n\n"
            "## Article 3\n\nThis Agreement may be amended.\n",
            "### 1 Definitions.\n\nText here.\n\n### 2 Grants.\n\nText here.\n\n⟦3 Expenses of the Minister.⟧\n\n"
            "3.—(1) The "
            "expenses are paid.\n\n### 4 Short title.\n\nText here.\n",
            "### Rule 1\n\nThe Court sits in public.\n\n### Rule 2\n\nIt keeps minutes.\n\n⟦Rule 3⟧\n\n"
            "It may adjourn.\n\n"
            "⟦Rule 4⟧\n\nIt decides by majority.\n",
        ],
        "es": [
            "## Artículo 1\n\nCréase el fondo.\n\n## Artículo 2\n\nEl fondo tendrá sede propia.\n\n⟦Artículo 3⟧\n\n"
            "Comuníquese.\n"
        ],
        "fr": [
            "### Art. 1er.\n\nIl est créé un fonds.\n\n⟦Art. 2.⟧\n\nLe fonds est géré par un comité.\n\n### Art. 3.\n\n"
            "La présente loi sera publiée.\n"
        ],
        "ru": [
            "## Статья 1\n\nСтороны сотрудничают.\n\n⟦**Статья 2**⟧\n\nСтороны обмениваются сведениями.\n\n"
            "## Статья 3\n\n"
            "Договор вступает в силу.\n"
        ],
        "zh": ["## 第一条\n\n双方应合作。\n\n⟦第二条⟧\n\n双方应协商。\n\n## 第三条\n\n本条约自签字之日起生效。\n"],
        "ar": ["## المادة 1\n\nيتعاون الطرفان.\n\n⟦المادة 2⟧\n\nيتشاور الطرفان.\n\n## المادة 3\n\nيبدأ النفاذ.\n"],
        "de": [
            "##### Art. 1\n\nDie Parteien arbeiten zusammen.\n\n⟦Art. 2⟧\n\nSie beraten.\n\n##### Art. 3\n\n"
            "Das Abkommen tritt in Kraft.\n"
        ],
    },
    good={
        "en": [
            "## Article 1\n\nText.\n\n## Article 2\n\nText as given in\n\nArticle 5\n\n## Article 3\n\nText.\n",
            "**Article 1**\n\nText.\n\n**Article 2**\n\nText.\n\n**Article 3**\n\nText.\n",
            "# Agreement\n\nArticle 1\n\nText.\n\nArticle 2\n\nText.\n\n# Annex\n\nArticle 1\n\nText.\n\nArticle 2\n\n"
            "Text.\n",
        ],
        "fr": [
            "### Art. 1er.\n\nL’article 2 est remplacé par le texte suivant :\n\n« Art. 2.\n\n"
            "Le comité siège à Luxembourg. »\n\n"
            "### Art. 2.\n\nTexte.\n\n### Art. 3.\n\nTexte.\n"
        ],
        "de": ["##### Art. 1\n\nText.\n\n##### Art. 2\n\nText nach Artikel 3.\n\n##### Art. 3\n\nText.\n"],
    },
)
def heading_unmarked(document: Document) -> Iterator[Finding]:
    """One finding for each series that has marked and unmarked headings side by side."""
    plan = outline(document)
    for series in plan.series:
        groups = siblings(plan, series)
        marked = [d for group in groups for d in group.divisions if d.level]
        if len(marked) < _FEWEST_MARKED:
            continue
        plain = [
            (d, group)
            for group in groups
            for d in group.divisions
            if not d.level and d.source is not None and d.source.form in _ALONE and _own_block(document, d)
        ]
        if plain:
            yield _finding(document, plain, marked)
        elif series.kind == "heading" and len(marked) > _FEWEST_MARKED:
            bare = unmarked_numbers(document, series, plan)
            if bare:
                yield _bare_finding(bare, marked)


def _bare_finding(found: Sequence[Block], marked: list[Division]) -> Finding:
    level = marked[0].level
    edits = tuple(Edit(Span(block.span.start, block.span.start), "#" * level + " ") for block in found)
    return Finding(
        rule="structure/heading-unmarked",
        message=f"“{found[0].prose.text.strip()}” is not marked as a heading, though its siblings are.",
        span=found[0].span,
        confidence=0.85,
        data={"labels": [block.prose.text.strip() for block in found], "marked": len(marked), "level": level},
        evidence=(Evidence("Its number is missing from the series of marked headings.", marked[0].heading),),
        places=tuple(block.span for block in found[1:]),
        fixes=(Fix("Mark them as headings of their siblings’ level.", edits, "safe"),),
    )


def _own_block(document: Document, division: Division) -> bool:
    block = document.blocks[division.block]
    after = document.text[division.heading.end : block.span.end]
    if block.kind != "paragraph" or after.strip("*_ \t"):
        return False
    if block.prose.text.rstrip().endswith(_INTRODUCES):
        return False
    before = document.blocks[block.index - 1].prose.text.rstrip() if block.index else ""
    return not before.endswith(_INTRODUCES)  # "The following is inserted:"


def _finding(document: Document, plain: list[tuple[Division, Siblings]], marked: list[Division]) -> Finding:
    usual = max({d.level for d in marked}, key=lambda level: sum(d.level == level for d in marked))
    spans = [block_span(document, division) for division, _ in plain]
    edits = tuple(
        edit
        for division, group in plain
        for edit in level_edits(document, document.blocks[division.block], group.usual or usual)
    )
    first = plain[0][0]
    what = (
        f"“{first.label}” is" if len(plain) == 1 else f"{len(plain)} headings, the first of them “{first.label}”, are"
    )
    return Finding(
        rule="structure/heading-unmarked",
        message=f"{what} not marked as a heading, though {len(marked)} of the same series are.",
        span=spans[0],
        confidence=0.95 if len(marked) >= len(plain) else 0.85,
        data={"labels": [division.label for division, _ in plain], "marked": len(marked), "level": usual},
        evidence=(Evidence(f"“{marked[0].label}” is marked, at level {marked[0].level}.", marked[0].heading),),
        places=tuple(spans[1:]),
        fixes=(Fix("Mark them as headings of their siblings’ level.", edits, "safe"),),
    )
