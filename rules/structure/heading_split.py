"""One heading is broken over two blocks.

Why it matters. "CHAPTER IV OF THE" and "COURT", in two blocks, are two headings to every reader of marks: the table
of contents shows both, the link leads to half a name. Where "Article" stands in one block and "12" in the next, the
article is not found at all.

How it decides. Two ways of breaking are known. A label stands alone ("Article", "Глава") and the next block is its
number, with or without a title; other divisions of that kind in the document, or several such pairs that count on,
confirm it. Or a heading ends in a word that cannot end one (an article, a preposition, a conjunction), in a hyphen
inside a word or with a bracket left open, and the next block is a heading too, without a number of its own; or the
next heading, of the same level, goes on in lower case.

When it stays silent. On a number or letter and its title ("Article 12", "Use of terms"; "Exhibit A", where the A is
no article), on title and subtitle, on an annex without number, on a label in a table or a form, and where the text
goes on in a paragraph.

Sources. Chicago Manual of Style 17, 2.18, on run-over lines of headings; words that cannot end a title: the closed
word classes of each language (auditor/analysis/data/open_endings.toml).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from auditor.analysis.furniture import furniture
from auditor.analysis.labels import read_heading
from auditor.analysis.languages import document_languages
from auditor.analysis.outline import outline
from auditor.analysis.outline.endings import broken_word, open_bracket, open_word
from auditor.analysis.outline.split_labels import split_labels
from auditor.analysis.outline.stretches import opening_number
from auditor.analysis.quoted import quoted_blocks
from auditor.contract import rule
from auditor.document import Block, Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix

_LONGEST = 120
_STOPS = ".;:,!?。；：，"


class _Pair(msgspec.Struct, frozen=True):
    first: Block
    second: Block
    kind: str
    value: int
    reason: str


@rule(
    "structure/heading-split",
    severity="warning",
    bad={
        "en": [
            "## Article 11\n\nText.\n\n⟦## Article\n\n## 12⟧\n\nThe Court decides.\n\n## Article 13\n\nText.\n\n"
            "## Article 14\n\nText.\n",
            "## CHAPTER III PROCEDURE\n\nText.\n\n⟦## CHAPTER IV OF THE\n\n## COURT⟧\n\nThe Court sits in public.\n",
            "## Article 1 Use of terms\n\nText.\n\n⟦## Article 2 Relationship between this Agreement\n\n"
            "## and other instruments⟧\n\nText.\n",
        ],
        "es": [
            "## CAPÍTULO I\n\nCréase el fondo con los recursos que esta ley le asigna.\n\n"
            "⟦## CAPÍTULO II DISPOSICIONES RELATIVAS A LA\n\n## JUNTA DIRECTIVA⟧\n\nLa Junta se reunirá cada mes.\n",
        ],
        "fr": [
            "Article 1\n\nTexte.\n\nArticle 2\n\nTexte.\n\n⟦Article\n\n3⟧\n\nLe comité décide.\n\nArticle 4\n\nTexte.\n"
        ],
        "ru": ["Статья 1\n\nТекст.\n\nСтатья 2\n\nТекст.\n\n⟦Статья\n\n3⟧\n\nКомиссия решает.\n\nСтатья 4\n\nТекст.\n"],
        "de": [
            "## Abschnitt I Begriffe\n\nText.\n\n⟦## Abschnitt II Bestimmungen über die\n\n"
            "## Leistungen der Versicherung⟧\n\nText.\n"
        ],
        "ar": ["المادة 1\n\nنص.\n\nالمادة 2\n\nنص.\n\n⟦المادة\n\n3⟧\n\nتقرر اللجنة.\n\nالمادة 4\n\nنص.\n"],
        "zh": [
            "# 协定\n\n双方协议如下。\n\n⟦## 第一章 总则和\n\n## 定义⟧\n\n双方应合作。\n\n## 第二章 机构\n\n"
            "双方设立委员会。\n"
        ],
    },
    good={
        "en": [
            "## CHAPTER IV\n\n## THE COURT\n\n## Composition of the Court\n\nText.\n",
            "Annex\n\n1. The Board meets.\n\n2. It decides.\n",
            "## Article 1\n\n## Use of terms\n\nText.\n\n## Article 2\n\n## Scope\n\nText.\n",
            "# Report of the Committee\n\n## on its first session\n\nWhat the Committee is for:\n\nText.\n",
            "# Licence\n\nText.\n\n## Exhibit A\n\n## Use Restrictions\n\nText.\n\nATTACHMENT B\n\nREQUIRED NOTICES\n",
        ],
        "es": ["## CAPÍTULO I\n\n## DISPOSICIONES GENERALES\n\nTexto.\n\n## CAPÍTULO II\n\n## DE LA JUNTA\n\nTexto.\n"],
        "fr": ["## Chapitre Ier\n\n## Du comité\n\nTexte.\n"],
        "ru": ["## Глава I\n\n## О суде\n\nТекст.\n"],
        "de": ["## Abschnitt I\n\n## Begriffe\n\nText.\n"],
        "ar": ["الفصل 1\n\nأحكام عامة\n\nنص.\n"],
        "zh": ["## 第一章\n\n## 总则\n\n文本。\n"],
    },
)
def heading_split(document: Document) -> Iterator[Finding]:
    """One finding for each heading that two blocks share."""
    for label in split_labels(document):
        blocks = document.blocks
        reason = f"“{label.word}” stands alone, without a number."
        yield _finding(document, _Pair(blocks[label.first], blocks[label.second], label.kind, label.value, reason))
    yield from (_finding(document, pair) for pair in _title_pairs(document, _blocks(document)))


def _blocks(document: Document) -> list[Block]:
    page_furniture = furniture(document)
    return [
        block for block in document.blocks if block.prose.text.strip() and not page_furniture.is_furniture(block.index)
    ]


# --- a title in two halves


def _title_pairs(document: Document, blocks: Sequence[Block]) -> Iterator[_Pair]:
    plan = outline(document)
    numbered = {d.block for d in plan.divisions if d.number is not None}
    languages = document_languages(document)
    quoted = quoted_blocks(document)
    for first, second in pairwise(blocks):
        if not _is_title(first, first.index in numbered) or first.index in quoted or _number_alone(first):
            continue
        own_number = second.index in numbered and not second.prose.text.lstrip()[:1].islower()
        if own_number or not _is_continuation(first, second):
            continue
        reason = _left_open(first, second, languages)
        if reason:
            yield _Pair(first, second, "title", 0, reason)


def _is_title(block: Block, numbered: bool) -> bool:
    text = block.prose.text.strip()
    if len(text) > _LONGEST or text[-1] in _STOPS:
        return False
    if block.kind == "heading":
        return True
    return numbered and block.kind == "paragraph" and "\n" not in text


def _number_alone(block: Block) -> bool:
    """Whether the block is a label with its number and nothing else: what comes next is its title, and in
    "Exhibit A" the letter is no article."""
    text = block.prose.text.strip()
    number = read_heading(text)
    return number is not None and bool(number.readings) and number.label_before and not text[number.end :].strip()


def _is_continuation(first: Block, second: Block) -> bool:
    text = second.prose.text.strip()
    if len(text) > _LONGEST or text[-1] in _STOPS[1:] or opening_number(text)[0]:
        return False
    if read_heading(text) is not None and not text[0].islower():
        return False
    if first.kind == "heading":
        return second.kind == "heading" and second.level >= first.level
    if text[-1] == ".":
        return False
    return second.kind == "paragraph" and "\n" not in text and (first.prose.text.isupper() == text.isupper())


def _left_open(first: Block, second: Block, languages: Sequence[str]) -> str:
    text = first.prose.text.strip()
    for language in languages:
        word = open_word(text, language)
        if word and len(text.split()) + (language == "zh") > 1:
            return f"A heading cannot end in “{word}”."
    if part := broken_word(text):
        return f"The word “{part}” is cut."
    if mark := open_bracket(text):
        return f"“{mark}” is opened and not closed."
    after = second.prose.text.strip()
    goes_on = second.level == first.level and after[:1].islower() and len(after) > 3
    if first.kind == "heading" and goes_on and not after.endswith("."):
        return "The next heading goes on in lower case."
    return ""


def _finding(document: Document, pair: _Pair) -> Finding:
    first, second = pair.first, pair.second
    text = document.text
    start = second.prose.source_span(0, 0).start
    while start < second.span.end and text[start].isspace():
        start += 1
    while start > second.span.start and text[start - 1] in "*_":
        start -= 1
    end = first.span.end
    while end > first.span.start and text[end - 1].isspace():
        end -= 1
    joint = " " if ord(text[end - 1]) < 0x2E80 else ""
    quote = f"{' '.join(first.prose.text.split())} / {' '.join(second.prose.text.split())}"
    return Finding(
        rule="structure/heading-split",
        message=f"One heading stands in two blocks: “{quote}”.",
        span=Span(first.span.start, second.span.end),
        confidence=0.9,
        data={"kind": pair.kind, "number": pair.value},
        evidence=(Evidence(pair.reason, first.span),),
        fixes=(Fix("Join the two.", (Edit(Span(end, start), joint),), "unsafe"),),
    )
