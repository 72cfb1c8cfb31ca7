"""Headings of one series carry different levels.

Why it matters. Levels are what navigation, tables of contents and programs go by. Where Article 3 stands at level 2
and Article 4 at level 4, Article 4 seems to be a part of Article 3; converters guess levels page by page, and guess
differently.

How it decides. Headings that count together (Article 1, Article 2 …) are read as a series from their numbers. Within
a series, those under headings of the same kind and level must carry the same level. The commonest one is taken for
right. One finding is given for a series, or for several series of the same label with the same fault, with every
heading that departs from it among its places.

When it stays silent. Where the level follows from the plan of the text: articles of chapters that are divided into
sections stand deeper than those of chapters that are not; final articles after the last chapter stand less deep.
Headings without any mark are for structure/heading-unmarked. Text without marks has no levels.

Sources. markdownlint MD001 (heading levels rise by one) and WCAG 2.2, technique G141, ask for levels that show the
plan of a text; that siblings agree is what both presuppose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.analysis.outline import Division, Outline, Series, outline
from auditor.analysis.outline.heading_levels import Siblings, block_span, level_edits, siblings, strays
from auditor.analysis.outline.headings import Heading
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Evidence, Finding, Fix

_FEWEST = 3


@rule(
    "structure/heading-level",
    severity="warning",
    bad={
        "en": [
            "# Treaty of Friendship\n\n⟦## Article 1⟧\n\nPeace shall reign.\n\n⟦#### Article 2⟧\n\n"
            "Trade shall be free.\n\n"
            "## Article 3\n\nDisputes shall be settled.\n\n## Article 4\n\nThis Treaty enters into force today.\n",
            "# Act\n\n⟦### 1 Definitions.⟧\n\nText.\n\n⟦##### 2 Expenses of the Minister.⟧\n\nText.\n\n"
            "### 3 Repeals.\n\n"
            "Text.\n\n### 4 Short title.\n\nText.\n",
            "# Rules\n\n⟦## CHAPTER I Court⟧\n\nText.\n\n## CHAPTER II Judges\n\nText.\n\n⟦### CHAPTER III Parties⟧\n\n"
            "Text.\n",
        ],
        "es": [
            "# Ley\n\n⟦##### Artículo 1⟧\n\nCréase el fondo.\n\n⟦### Artículo 2⟧\n\nEl fondo tendrá sede propia.\n\n"
            "##### Artículo 3\n\nComuníquese.\n"
        ],
        "fr": [
            "# Loi\n\n⟦### Art. 1er.⟧\n\nIl est créé un fonds.\n\n### Art. 2.\n\nLe fonds est géré par un comité.\n\n"
            "⟦#### Art. 3.⟧\n\nLa présente loi sera publiée.\n"
        ],
        "ru": [
            "# Договор\n\n⟦## Статья 1⟧\n\nСтороны сотрудничают.\n\n## Статья 2\n\nСтороны обмениваются сведениями.\n\n"
            "⟦### Статья 3⟧\n\nДоговор вступает в силу.\n"
        ],
        "zh": [
            "# 条约\n\n⟦## 第一条⟧\n\n双方应合作。\n\n⟦#### 第二条⟧\n\n双方应协商。\n\n## 第三条\n\n"
            "本条约自签字之日起生效。\n"
        ],
        "ar": [
            "# اتفاق\n\n⟦## المادة 1⟧\n\nيتعاون الطرفان.\n\n⟦### المادة 2⟧\n\nيتشاور الطرفان.\n\n## المادة 3\n\n"
            "يبدأ النفاذ.\n"
        ],
        "de": [
            "# Abkommen\n\n⟦##### **Art. 1**⟧\n\nDie Parteien arbeiten zusammen.\n\n⟦## **Art. 2**⟧\n\nSie beraten.\n\n"
            "##### **Art. 3**\n\nDas Abkommen tritt in Kraft.\n"
        ],
    },
    good={
        "en": [
            "# Act\n\n## Chapter 1 Scope\n\n### Article 1\n\nText.\n\n### Article 2\n\nText.\n\n"
            "## Chapter 2 Procedure\n\n"
            "### Section 1 Request\n\n#### Article 3\n\nText.\n\n#### Article 4\n\nText.\n\n## Chapter 3 Final\n\n"
            "### Article 5\n\nText.\n",
            "## Chapter 1\n\n### Article 1\n\nText.\n\n### Article 2\n\nText.\n\n## Article 3\n\n"
            "This Act enters into force.\n",
            "## Article 1\n\nText.\n\n## Article 2\n\nText.\n\n### Scope\n\nText.\n\n## Article 3\n\nText.\n",
        ],
        "es": ["## Artículo 1\n\nTexto.\n\n## Artículo 2\n\nTexto.\n\n## Artículo 3\n\nTexto.\n"],
        "fr": [
            "# Loi\n\n### Art. 1er.\n\nTexte.\n\n### Art. 2.\n\nTexte.\n\n## Dispositions finales\n\n#### Art. 3.\n\n"
            "Texte.\n\n"
            "#### Art. 4.\n\nTexte.\n"
        ],
        "ru": ["# Договор\n\n## Статья 1\n\nТекст.\n\n## Статья 2\n\nТекст.\n\n## Статья 3\n\nТекст.\n"],
        "zh": [
            "## 第一章 总则\n\n### 第一条\n\n文本。\n\n### 第二条\n\n文本。\n\n## 第二章 机构\n\n### 第三条\n\n文本。\n"
        ],
        "ar": ["## المادة 1\n\nنص.\n\n## المادة 2\n\nنص.\n\n## المادة 3\n\nنص.\n"],
        "de": [
            "## Abschnitt I Begriffe\n\n##### Art. 1\n\nText.\n\n## Abschnitt II Leistungen\n\n##### Art. 2\n\n"
            "Text.\n\n"
            "##### Art. 3\n\nText.\n"
        ],
    },
)
def heading_level(document: Document) -> Iterator[Finding]:
    """One finding for each label whose headings disagree in their levels."""
    plan = outline(document)
    mixed: dict[tuple[str, str], list[Siblings]] = {}
    for series in plan.series:
        for group in siblings(plan, series):
            marked = [level for level in group.counts if level]
            count = sum(group.counts[level] for level in marked)
            if len(marked) > 1 and count >= _FEWEST and not _ends_shallower(group):
                mixed.setdefault((series.kind, series.pattern), []).append(group)
    for groups in mixed.values():
        yield _finding(document, groups)
    for series in plan.series:
        found = strays(document, series, plan)
        if found and len(series.members) >= _FEWEST:
            yield _stray_finding(document, plan, series, found)


def _stray_finding(document: Document, plan: Outline, series: Series, found: tuple[Heading, ...]) -> Finding:
    """For series of bare numbers, whose level is all that holds them together."""
    first = plan.divisions[series.members[0]]
    places = tuple(document.blocks[heading.block].span for heading in found)
    levels = Counter([first.level] * len(series.members) + [heading.level for heading in found])
    edits = tuple(
        edit for heading in found for edit in level_edits(document, document.blocks[heading.block], first.level)
    )
    return Finding(
        rule="structure/heading-level",
        message=f"“{found[0].text}” stands at level {found[0].level}, its siblings at level {first.level}.",
        span=block_span(document, first),
        confidence=0.9,
        data={"levels": {str(level): count for level, count in sorted(levels.items())}, "usual": first.level},
        evidence=(Evidence(f"Number {found[0].text} is missing from the series otherwise.", found[0].span),),
        places=places,
        fixes=(Fix(f"Give all of them the level of their siblings ({first.level}).", edits, "safe"),),
    )


def _ends_shallower(group: Siblings) -> bool:
    """Whether only the end of the series stands apart, and less deep: final articles after the last chapter."""
    levels = [division.level for division in group.divisions if division.level]
    at = len(levels)
    while at and levels[at - 1] < group.usual:
        at -= 1
    return at < len(levels) and all(level == group.usual for level in levels[:at]) and 2 * at > len(levels)


def _finding(document: Document, groups: list[Siblings]) -> Finding:
    levels: Counter[int] = Counter()
    off: list[Division] = []
    edits: list[Edit] = []
    for group in groups:
        usual = _usual(groups, group)
        for division in group.divisions:
            if not division.level:
                continue
            levels[division.level] += 1
            if division.level != usual:
                off.append(division)
                edits.extend(level_edits(document, document.blocks[division.block], usual))
    first = min((d for group in groups for d in group.divisions if d.level), key=lambda d: d.start)
    span = block_span(document, first)
    off.sort(key=lambda d: d.start)
    edits.sort(key=lambda e: e.span)
    named = ", ".join(f"level {level} ({count})" for level, count in sorted(levels.items()))
    usual = _usual(groups, groups[0])
    example = off[0]
    return Finding(
        rule="structure/heading-level",
        message=f"The headings from “{first.label}” on are siblings, but stand at different levels: {named}.",
        span=span,
        confidence=0.95,
        data={"levels": {str(level): count for level, count in sorted(levels.items())}, "usual": usual},
        evidence=(
            Evidence(
                f"“{example.label}” stands at level {example.level}, most others at level {usual}.", example.heading
            ),
        ),
        places=tuple(place for d in off if (place := block_span(document, d)) != span),
        fixes=(Fix(f"Give all of them the level of their siblings ({usual}).", tuple(edits), "safe"),),
    )


def _usual(groups: list[Siblings], group: Siblings) -> int:
    """The level for a group: the commonest one of all groups, where the group has it, else the group's own."""
    counts: Counter[int] = Counter()
    for other in groups:
        counts.update({level: count for level, count in other.counts.items() if level})
    best = max(counts, key=lambda level: (counts[level], -level))
    return best if best in group.counts else group.usual
