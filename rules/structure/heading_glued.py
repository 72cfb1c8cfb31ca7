"""A heading is glued to text: it stands inside a paragraph, or before one on its line.

Why it matters. The division cannot be seen, linked or cut out: what Article 12 says seems to be the end of Article
11. Converters glue headings where the line before a heading is short or a page ends.

How it decides. Headings are read as series from their numbers. A number that its series lacks is looked for inside
the paragraphs between its neighbours, and the number after the last one in the last division: there it is a heading
if the sentence before it is closed and what follows opens a title, a sentence or paragraph 1. Where a heading opens
its block or a line of it and is followed by text, it is reported if at least seven tenths of its siblings (and no
fewer than three) stand apart from theirs.

When it stays silent. On references ("Article 12 of the Charter", "Article 12 (2)", "Artikel 12 Absatz 2"); where the
headings of a series are written before their text throughout ("Art. 5 The Board …"); inside quotations; on headings
with a short remark ("Article 7 (repealed)") or whose title stands in brackets; on running feet ("134 Chapter 18.").

Sources. Series of numbered divisions: UN Editorial Manual, "Format of resolutions and treaties"; Interinstitutional
Style Guide of the EU, part one, 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.outline import Outline, outline
from auditor.analysis.outline.glued import Glued, glued_headings
from auditor.analysis.outline.heading_levels import level_edits
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

#: Where the text of an article begins after a title: "Amendments 1. Any Party …".
_FIRST_PARAGRAPH = re.compile(r"[\s\xa0]+(?=[(（]?(?:1|١)[.)）][\s\xa0]|[一][、.])")
_LONGEST_TITLE = 120


@rule(
    "structure/heading-glued",
    severity="error",
    bad={
        "en": [
            "## Article 1\n\nThe Parties cooperate.\n\n## Article 2\n\nThe Parties consult every year. ⟦Article 3⟧ "
            "Settlement of "
            "disputes 1. Disputes are settled by negotiation.\n\n## Article 4\n\nThis Agreement may be amended.\n\n"
            "## Article 5\n\nDone in two copies.\n",
            "Article 1\n\nThe Fund is established in the capital.\n\nArticle 2\n\n"
            "Members pay a contribution each year.\n\n"
            "⟦Article 3⟧ The Board meets twice a year and elects its chair from among its members.\n\n"
            "Article 4\n\nDisputes are settled by arbitration.\n",
        ],
        "es": [
            "## Artículo 1\n\nCréase el fondo.\n\n## Artículo 2\n\nTendrá sede propia. ⟦Artículo 3⟧ La Junta estará "
            "integrada por "
            "cinco miembros.\n\n## Artículo 4\n\nPublíquese.\n\n## Artículo 5\n\nComuníquese.\n"
        ],
        "fr": [
            "## Article 1\n\nIl est créé un fonds.\n\n## Article 2\n\nIl a son siège à Genève.\n\n"
            "⟦Article 3⟧ Le comité se réunit deux "
            "fois par an et élit son président parmi ses membres.\n\n## Article 4\n\nTexte.\n"
        ],
        "ru": [
            "Статья 1\n\nСтороны сотрудничают.\n\nСтатья 2\n\nСтороны обмениваются сведениями. ⟦Статья 3⟧ Для "
            "выполнения Договора "
            "создается комиссия.\n\nСтатья 4\n\nДоговор подлежит ратификации.\n\nСтатья 5\n\nСовершено в Москве.\n"
        ],
        "zh": [
            "第一条\n\n双方应合作。\n\n第二条\n\n双方应每年协商。\n\n"
            "⟦第三条⟧适用范围本协定适用于国家管辖范围以外的区域，不适用于任何军舰、军机或海军辅助船，"
            "但各缔约方应确保其行事符合本协定。\n\n第四条\n\n本条约自签字之日起生效。\n"
        ],
        "ar": [
            "المادة 1\n\nيتعاون الطرفان.\n\nالمادة 2\n\nيتشاور الطرفان كل سنة. ⟦المادة 3⟧ تنشأ لجنة مشتركة لتنفيذ هذا "
            "الاتفاق.\n\n"
            "المادة 4\n\nيبدأ النفاذ عند التوقيع.\n\nالمادة 5\n\nيجوز تعديل الاتفاق.\n"
        ],
        "de": [
            "##### Art. 1\n\nDie Parteien arbeiten zusammen.\n\n##### Art. 2\n\n"
            "Sie tauschen Angaben aus. ⟦Art. 3⟧ Es wird ein "
            "gemischter Ausschuss eingesetzt.\n\n##### Art. 4\n\nDas Abkommen tritt in Kraft.\n\n##### Art. 5\n\n"
            "Text.\n"
        ],
    },
    good={
        "en": [
            "## Article 1\n\nText.\n\n## Article 2\n\nThe Court decides. Article 3 of the Statute applies. Article 4 "
            "(2) does not.\n\n"
            "## Article 5\n\nText. Article 6 shall not apply.\n\n## Article 6\n\nText.\n\n## Article 7\n\nText.\n",
            "Article 1. The Fund is established in the capital.\n\nArticle 2. Members pay a contribution each year.\n\n"
            "Article 3. The Board meets twice a year and elects its chair.\n\nArticle 4. Disputes go to arbitration.\n",
            "## Article 1. Scope\n\nText.\n\n## Article 2. Terms\n\nText.\n\n## Article 3. Costs\n\nText.\n\n"
            "## Article 4. – (Copies of documents that were issued on paper).\n\nText.\n",
            "## Article 1\n\nText.\n\n## Article 2\n\nText.\n\n## Article 3\n\nText.\n\nArticle 4 (repealed)\n\n"
            "## Article 5\n\nText.\n",
        ],
        "es": [
            "## Artículo 1\n\nTexto. Artículo 51 de la Carta.\n\n## Artículo 2\n\nTexto.\n\n## Artículo 3\n\nTexto.\n"
        ],
        "fr": ["## Article 1\n\nTexte.\n\n## Article 2\n\nTexte. Article 3 de la Charte.\n\n## Article 3\n\nTexte.\n"],
        "ru": ["Статья 1\n\nТекст.\n\nСтатья 2\n\nТекст. Статья 3 Устава применяется.\n\nСтатья 3\n\nТекст.\n"],
        "zh": ["第一条\n\n双方应合作。\n\n第二条\n\n双方应协商。第四条所称机构应予设立。\n\n第三条\n\n本条约生效。\n"],
        "ar": ["المادة 1\n\nنص.\n\nالمادة 2\n\nنص. المادة 4 من الميثاق تنطبق هنا على الطرفين.\n\nالمادة 3\n\nنص.\n"],
        "de": [
            "##### Art. 1\n\nText.\n\n##### Art. 2\n\nText. Artikel 4 Absatz 2 gilt.\n\n##### Art. 3\n\n"
            "Text. Art. 4 Abs. 2 gilt.\n"
        ],
    },
)
def heading_glued(document: Document) -> Iterator[Finding]:
    """One finding for each heading inside a paragraph, and one for all of a series that stand before text."""
    plan = outline(document)
    before_text: dict[int, list[Glued]] = {}
    for item in glued_headings(document):
        if item.opens:
            before_text.setdefault(item.series, []).append(item)
        else:
            yield _finding(document, plan, [item])
    for items in before_text.values():
        yield _finding(document, plan, items)


def _finding(document: Document, plan: Outline, items: list[Glued]) -> Finding:
    item = items[0]
    series = plan.series[item.series]
    evidence = []
    if item.after is not None:
        evidence.append(
            Evidence(f"“{item.after.label}”, which comes before it, stands apart from its text.", item.after.heading)
        )
    where = "before text on one line" if item.opens else "inside a paragraph"
    level = _level(plan, item)
    if len(items) == 1:
        message = f"The heading “{item.label}” stands {where}; its siblings stand alone."
    else:
        message = f"{len(items)} headings, the first of them “{item.label}”, stand {where}; their siblings stand alone."
    edits = tuple(edit for each in items for edit in _edits(document, each, level))
    return Finding(
        rule="structure/heading-glued",
        message=message,
        span=item.span,
        confidence=0.9,
        data={"label": item.label, "labels": [each.label for each in items], "kind": series.kind},
        evidence=tuple(evidence),
        places=tuple(each.span for each in items[1:]),
        fixes=(Fix("Set the heading apart from the text.", edits, "unsafe"),),
    )


def _level(plan: Outline, item: Glued) -> int:
    levels = [plan.divisions[member].level for member in plan.series[item.series].members]
    marked = [level for level in levels if level]
    return max(set(marked), key=marked.count) if 2 * len(marked) > len(levels) else 0


def _edits(document: Document, item: Glued, level: int) -> tuple[Edit, ...]:
    text = document.text
    block = document.blocks[item.block]
    edits: list[Edit] = []
    if item.opens:
        edits.extend(level_edits(document, block, level) if level and block.kind != "heading" else ())
    else:
        before = item.span.start
        while before > block.span.start and text[before - 1] in " \t\n\r\xa0\u3000":
            before -= 1
        mark = "#" * level + " " if level else ""
        edits.append(Edit(Span(before, item.span.start), f"\n\n{mark}"))
    end = item.span.end
    while end < block.span.end and text[end] in ".:：*_—–-":
        end += 1
    after = end
    while after < block.span.end and text[after] in " \t\n\r\xa0\u3000":
        after += 1
    edits.append(Edit(Span(end, after), "\n\n"))
    first = _FIRST_PARAGRAPH.search(text, after, min(block.span.end, after + _LONGEST_TITLE))
    if first is not None:
        edits.append(Edit(Span(first.start(), first.end()), "\n\n"))
    return tuple(edits)
