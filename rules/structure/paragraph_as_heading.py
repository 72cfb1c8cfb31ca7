"""Full paragraphs or list items are marked as headings.

Why it matters. A sentence set as a heading appears in the navigation and in the table of contents, what follows it
seems to be subordinate to it, and a program that cuts the text at headings cuts a provision in two. Converters lose
count of levels after a quotation or a list, and from there on mark paragraph after paragraph.

How it decides. By what is marked as a heading: several sentences, or one long sentence that is closed by a stop; a
text that ends in a semicolon; one that begins in lower case after other text; an enumerator in brackets, alone
("(2)") or before a closed sentence; the opening of a quotation that goes on in the next paragraph. One weak sign is
not enough by itself. All of them are one finding, with their places.

When it stays silent. On long titles, on titles closed by a full stop ("13 Short title."), on the headings of numbered
divisions ("Article 12", "Part IV. Revenue"), on the title of the document, on sub-headings with an enumerator and no
stop ("a) Definitions"), and on running heads, which furniture/page-header reports.

Sources. WCAG 2.2, failure F43: marks of structure must not be used for what is not structure; CommonMark 0.31,
section 4.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.furniture import furniture
from auditor.analysis.labels import label_at
from auditor.analysis.outline import Division, Outline, outline
from auditor.analysis.outline.heading_levels import level_edits
from auditor.contract import rule
from auditor.document import Block, Document
from auditor.findings import Evidence, Finding, Fix

_LONG = 160
_RATHER_LONG = 80
_VERY_LONG = 400
_QUOTED = 80
_LABEL_WITHIN = 4
_FEWEST_SIBLINGS = 3
_ENUMERATED = re.compile(
    r"[«“\"]?\s*(?:\(\s*(?:\d{1,3}|[^\W\d_]{1,4})\s*\)|(?:\d{1,2}|[a-zа-яα-ω])\s*\)|[-–•]\s)\s*(?:bis|ter)?[.\s]*"
)
_ENDS_SENTENCE = re.compile(r"[.;!?。；؛؟]\s*[»”\"]?\s*\)?$")
_ENDS_ITEM = re.compile(r"[;；؛]\s*(?:[^\W\d_]{1,3})?$")
_INNER_STOP = re.compile(r"[^\W\d_]{4,}[»”\")\]]?[.!?](?:\s+|\n)[«“\"(]?[^\W\d_a-zа-я]|[。！？]\S")
_OPEN_QUOTE = re.compile(r"\s*[«“„「]")
_CLOSERS = {"«": "»", "“": "”", "„": "“", "「": "」"}
_CASED = re.compile(r"[a-zа-яà-öø-ÿα-ω]{2}")


@rule(
    "structure/paragraph-as-heading",
    severity="warning",
    bad={
        "en": [
            "## Article 1\n\n⟦### The Parties shall, in the spirit of this Agreement and with due regard to the needs "
            "of both, "
            "develop their cooperation in science, technology and trade, and shall meet once a year to that end.⟧\n\n"
            "## Article 2\n\nThe Parties consult. They meet once a year.\n",
            "## Article 1\n\nThe Board:\n\n⟦### (a) elects its chair;⟧\n\n⟦### (b) adopts its rules of procedure;⟧\n\n"
            "(c) decides on the budget.\n",
        ],
        "es": [
            "## Artículo 1\n\n⟦### Créase el fondo. El fondo tendrá personería jurídica y domicilio en la capital.⟧\n\n"
            "## Artículo 2\n\nComuníquese.\n"
        ],
        "fr": [
            "### Art. 1er.\n\nL’article est complété :\n\n⟦### (2)⟧\n\nLe comité siège à huis clos.\n\n⟦### (3)⟧\n\n"
            "Il délibère à la majorité.\n\n### Art. 2.\n\nTexte.\n",
        ],
        "ru": [
            "## Статья 1\n\n⟦### Стороны развивают сотрудничество. Они обмениваются сведениями каждый год.⟧\n\n"
            "## Статья 2\n\nДоговор вступает в силу.\n"
        ],
        "zh": [
            "## 第一条\n\n⟦### 缔约双方应加强合作。双方应每年会晤一次。⟧\n\n## 第二条\n\n本条约自签字之日起生效。\n"
        ],
        "ar": [
            "## المادة 1\n\n⟦### ينشأ صندوق لهذا الغرض. ويتولى إدارته مجلس من خمسة أعضاء ينتخبون كل سنة.⟧\n\n"
            "## المادة 2\n\nيبدأ النفاذ.\n"
        ],
        "de": [
            "##### Art. 1\n\n⟦##### Die Parteien arbeiten zusammen. Sie treffen sich jedes Jahr in einer der "
            "Hauptstädte.⟧\n\n"
            "##### Art. 2\n\nDas Abkommen tritt in Kraft.\n"
        ],
    },
    good={
        "en": [
            "# Agreement\n\n##### 13 Short title.\n\nText.\n\n##### 14 Amendment of section 7 of the Act of 1943.\n\n"
            "Text.\n",
            "## PART IV. Disqualifications for Pensions and Provisions in Relation to Commencement and Payment of "
            "Pensions, "
            "Allowances, Gratuities and other Benefits granted under the Principal Act as amended\n\nText.\n",
            "# Report\n\n### (a) Definitions\n\nText.\n\n### (b) Scope of application\n\nText.\n\n## What is law?\n\n"
            "Text.\n",
        ],
        "es": [
            "#### A) Disposiciones generales\n\nTexto.\n\n#### B) Régimen especial de préstamos del Banco "
            "Hipotecario\n\nTexto.\n"
        ],
        "fr": ["## Chapitre 1er. Définition et champ d’application\n\n### Art. 1er. Objet\n\nTexte.\n"],
        "ru": ["## Глава I. Общие положения\n\n### Статья 1. Предмет\n\nТекст.\n"],
        "zh": ["## 第一章 总则\n\n### 第一条 目的\n\n文本。\n"],
        "ar": ["## الفصل الأول\n\n### المادة 1 الأهداف\n\nنص.\n"],
        "de": [
            "## Abschnitt I Begriffsbestimmungen und Gesetzgebung\n\n##### a. Ausländische Luftfahrzeuge\n\nText.\n"
        ],
    },
)
def paragraph_as_heading(document: Document) -> Iterator[Finding]:
    """One finding for all paragraphs of the document that are marked as headings."""
    plan = outline(document)
    numbered = {
        d.block for d in plan.divisions if d.source is not None and (d.source.number.label_text or _counts(plan, d))
    }
    page_furniture = furniture(document)
    longest = _LONG if _stops_are_usual(document) else _RATHER_LONG
    found: list[tuple[Block, str]] = []
    seen_text = after_heading = False
    for block in document.blocks:
        if block.kind == "heading":
            first_title = not seen_text and block.level == 1
            if first_title or block.index in numbered or page_furniture.is_furniture(block.index):
                seen_text = after_heading = True
                continue
            sign = _sign(block, seen_text and not after_heading, longest)
            if sign:
                found.append((block, sign))
        if block.kind != "front_matter":
            seen_text = True
            after_heading = block.kind == "heading"
    if found:
        yield _finding(document, found)


def _counts(plan: Outline, division: Division) -> bool:
    """Whether a bare number has siblings enough to be believed the number of a section."""
    return division.series is not None and len(plan.series[division.series].members) >= _FEWEST_SIBLINGS


def _stops_are_usual(document: Document) -> bool:
    """Whether the document closes its short headings with a full stop."""
    short = [b.prose.text.rstrip() for b in document.blocks if b.kind == "heading" and len(b.prose.text) < _RATHER_LONG]
    labelled = [text for text in short if any(c.isalpha() for c in text) and " " in text.rstrip(".")]
    return 8 * sum(text.endswith(".") and len(text) > 20 for text in labelled) > len(labelled)


def _sign(block: Block, after_text: bool, longest: int) -> str:
    """What shows that a heading is none; "" where nothing does. ``longest``: length from which a stop is a sign."""
    text = block.prose.text.strip()
    if not text or _named(text):
        return ""
    ends = _ENDS_SENTENCE.search(text) is not None
    inner = _INNER_STOP.search(text) is not None
    enumerated = _ENUMERATED.match(text)
    if enumerated is not None and enumerated.end() == len(text):
        return "It is a number and nothing else."
    if _ENDS_ITEM.search(text):
        return "It ends with a semicolon."
    if inner and ends and len(text) >= _shortest(text):
        return "It consists of several sentences."
    if len(text) >= longest and ends:
        return "It is a sentence of some length, closed by a stop."
    if len(text) >= _VERY_LONG and _CASED.search(text):
        return "It is longer than a heading can be."
    if enumerated is not None and ends and len(text) >= 40:
        return "It is an item of a list, closed by a stop."
    body = text[enumerated.end() :] if enumerated is not None else text
    if after_text and body[:1].islower() and len(body) >= 25 and (ends or text[-1] in ",:"):
        return "It begins in lower case and ends like a sentence."
    if len(text) >= _QUOTED and _OPEN_QUOTE.match(text) and _CLOSERS[text.lstrip()[0]] not in text:
        return "It opens a quotation that goes on after it."
    return ""


def _named(text: str) -> bool:
    """Whether one of the first words is the label of a division ("FIRST SCHEDULE Text of the Convention.")."""
    if text[:1].islower():
        return False
    at = 0
    for _ in range(_LABEL_WITHIN):
        match = label_at(text, at)
        if match is not None and match.label.heading and text[at] != text[at].lower():
            return True
        at = text.find(" ", at) + 1
        if at <= 0 or at >= len(text):
            return False
    return False


def _shortest(text: str) -> int:
    """The length from which several sentences are no title; a character of Chinese says more."""
    return 40 if text.isascii() or text[0] < "\u2e80" else 14


def _finding(document: Document, found: list[tuple[Block, str]]) -> Finding:
    spans = [block.span for block, _ in found]
    edits = tuple(edit for block, _ in found for edit in level_edits(document, block, 0))
    if len(found) == 1:
        message = "A paragraph is marked as a heading."
    else:
        message = f"{len(found)} paragraphs or items of lists are marked as headings."
    return Finding(
        rule="structure/paragraph-as-heading",
        message=message,
        span=spans[0],
        confidence=0.95 if len(found) > 2 else 0.85,
        data={"count": len(found)},
        evidence=(Evidence(found[0][1], spans[0]),),
        places=tuple(spans[1:]),
        fixes=(Fix("Take the heading marks away.", edits, "safe"),),
    )
