"""The text stops before its end.

Why it matters. A conversion that ran out of time, a page limit, a copy that was cut: the last sentence breaks off, or
the annexes that the text speaks of never come. A reader of the end sees it; nobody reads the end of ten thousand
texts.

How it decides. The last paragraph is looked at, notes and page furniture left out. It is unfinished if it ends in the
middle of a word (a hyphen; a fragment that the text has elsewhere only as the beginning of a longer word), in a word
that cannot end a sentence, with a comma, semicolon or colon, inside a bracket; or if it is a sentence of some length
without a stop in a document whose other sentences of that length have one. That last sign alone is reported with a
confidence of 0.45, below what is shown by default: writers forget the last stop of a text as often as copies lose its
end, and nothing in the words tells the one from the other. Where the last sentence is whole: the folios count at least
three pages more than there are ("44/80"); or the text refers more than once to its own annexes, none of them is there,
it has no closing formula and no signatures, and it ends with a sentence of its body.

When it stays silent. On texts that end with a heading, a table, a date, a name, a signature, a web or e-mail address,
a list of titles or votes, or in capitals; where a closing formula stands before a last line that breaks no word; on
very short texts.

Sources. Closing formulas of treaties and acts: auditor/analysis/data/closing.toml; words that cannot end a sentence:
auditor/analysis/data/open_endings.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from auditor.analysis.furniture import furniture
from auditor.analysis.furniture.pages import pages
from auditor.analysis.languages import languages
from auditor.analysis.mentions import mentions
from auditor.analysis.outline import outline
from auditor.analysis.outline.closing import closing_blocks, is_signature, opens_closing
from auditor.analysis.outline.endings import broken_word, open_bracket, open_word
from auditor.contract import rule
from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.findings import Evidence, Finding

_FEWEST_BLOCKS = 3
_SENTENCE = 12
_CLAUSE = 7
_FEWEST_SENTENCES = 5
_SHARE = 0.85
_TAIL = 4
_STOPS = ".!?。！？؟…"
_AFTER_STOP = " \t\n(»”\"’')]）*_¹²³⁴⁵⁶⁷⁸⁹⁰0123456789"
_CLOSED = _STOPS + ";:；：؛,،—–-"
_ENUMERATES = re.compile(r"[,;؛،]\s+[^\W\d_]{1,4}$")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"\S+\s*$")
_ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.[^\W\d_]{2,}[)>\]]?$")
_ANNEXES = frozenset({"annex", "appendix", "schedule"})
_FEWEST_REFERENCES = 3
_FEWEST_FOLIOS = 3
_FEWEST_PAGES = 3
#: Below the usual threshold: of the last sentences without a stop in whole texts, most have only lost the stop.
_WITHOUT_STOP = 0.45


class _Sign(msgspec.Struct, frozen=True):
    reason: str
    confidence: float


@rule(
    "structure/truncated",
    severity="error",
    bad={
        "en": [
            "# Agreement\n\nThe Parties have agreed.\n\n## Article 1\n\nThe Parties shall cooperate.\n\n"
            "## Article 2\n\n"
            "The Secretary-General shall be the depositary of this ⟦Agree-⟧\n",
            "# Report\n\nThe Committee met twice.\n\nIt adopted its agenda.\n\n"
            "The Committee shall submit to the Conference "
            "a report on its work and ⟦the⟧\n",
        ],
        "es": [
            "# Ley\n\nSe crea el fondo.\n\nEl fondo tendrá sede propia.\n\nLa Junta Directiva estará integrada por "
            "cinco "
            "miembros designados por el Poder Ejecutivo y ⟦por⟧\n"
        ],
        "fr": [
            "# Loi\n\nIl est créé un fonds pour la pêche.\n\nLe fonds est géré par un comité.\n\n"
            "Le comité est composé de cinq "
            "membres nommés par le ministre pour une durée ⟦de⟧\n"
        ],
        "ru": [
            "# Договор\n\nСтороны сотрудничают.\n\nСтороны обмениваются сведениями.\n\n"
            "Для выполнения настоящего Договора "
            "создается совместная комиссия, которая собирается ⟦в⟧\n"
        ],
        "zh": [
            "# 协定\n\n双方应加强合作。\n\n双方应定期协商。\n\n缔约双方设立联合委员会，负责监督本协定的执行情况，⟦并⟧\n"
        ],
        "ar": [
            "# اتفاق\n\nيتعاون الطرفان.\n\nيتشاور الطرفان كل سنة.\n\nتنشأ لجنة مشتركة تتولى الإشراف على تنفيذ هذا "
            "الاتفاق وتقدم "
            "تقريرا سنويا ⟦إلى⟧\n"
        ],
        "de": [
            "# Abkommen\n\nDie Parteien arbeiten zusammen.\n\nSie tauschen Angaben aus.\n\n"
            "Es wird ein gemischter Ausschuss "
            "eingesetzt; er überwacht die Durchführung dieses Abkommens ⟦und⟧\n"
        ],
    },
    good={
        "en": [
            "# Agreement\n\nThe Parties have agreed.\n\nThey cooperate.\n\nDONE at Geneva on 1 May 2020.\n\n"
            "For the Government of\n",
            "# Resolution\n\nThe Council decides.\n\nIt remains seized of the matter.\n\n58th plenary meeting\n"
            "4 March 2025\n",
            "# Page\n\nThe text is here.\n\nMore of the text is here.\n\nSee https://www.example.org/a-\n",
            "# Report\n\nText here.\n\nMore text.\n\n## Statement by the representatives of\n",
        ],
        "es": ["# Ley\n\nSe crea el fondo.\n\nComuníquese.\n\n**LACALLE - SANGUINETTI - DANIEL OLESKER**\n"],
        "fr": ["# Loi\n\nTexte.\n\nMandons et ordonnons.\n\nChâteau de Berg, le 2 mai 1997.\nJean\n"],
        "ru": ["# Договор\n\nТекст.\n\nСовершено в Москве 1 мая 2020 года.\n\nЗа Правительство\n"],
        "zh": ["# 协定\n\n双方应合作。\n\n本协定一式两份。\n\n第76次全体会议\n"],
        "ar": ["# اتفاق\n\nنص.\n\nحرر في جنيف.\n\nعن حكومة\n"],
        "de": ["# Abkommen\n\nText.\n\nGeschehen zu Bern am 1. Mai 2020.\n\nFür die Regierung:\n"],
    },
)
def truncated(document: Document) -> Iterator[Finding]:
    """At most one finding, at the last word of the text."""
    blocks = _blocks(document)
    if len(blocks) < _FEWEST_BLOCKS:
        return
    last = blocks[-1]
    sign = _unfinished(document, blocks) or _pages_to_come(document) or _promised(document, last)
    if sign is not None:
        yield Finding(
            rule="structure/truncated",
            message="The text stops before its end.",
            span=_last_word(last),
            confidence=sign.confidence,
            evidence=(Evidence(sign.reason, last.span),),
        )


def _blocks(document: Document) -> list[Block]:
    page_furniture = furniture(document)
    return [
        block
        for block in document.blocks
        if block.kind not in ("front_matter", "note")
        and block.prose.text.strip()
        and not page_furniture.is_furniture(block.index)
    ]


def _last_word(block: Block) -> Span:
    text = block.prose.text.rstrip()
    match = _LAST.search(text[-80:])
    start = len(text) - (len(text[-80:]) - match.start()) if match else 0
    if match and ord(text[-1]) >= 0x2E80:
        start = len(text) - 1
    return block.prose.source_span(start, len(text))


def _unfinished(document: Document, blocks: list[Block]) -> _Sign | None:
    """What shows that the last paragraph breaks off."""
    last = blocks[-1]
    if last.kind not in TEXT_KINDS or last.kind == "heading":
        return None
    text = last.prose.text.strip()
    if text.isupper() or "://" in text[-200:] or "www." in text[-200:] or "|" in text or _ADDRESS.search(text[-120:]):
        return None
    if text.rstrip(_AFTER_STOP)[-1:] in _STOPS:
        return None
    size = _size(text)
    formula = any(opens_closing(block.prose.text) for block in closing_blocks(document))
    signed = formula or is_signature(text)
    if size >= 4 and (part := broken_word(text)):
        return _Sign(f"It ends in the middle of a word: “{part}”.", 0.95)
    if (fragment := _fragment(document, text)) and size >= _CLAUSE:
        return _Sign(f"It ends in the middle of a word: “{fragment[0]}”, elsewhere “{fragment[1]}”.", 0.95)
    language = languages(document)[last.index]
    if size >= 5 and not formula and (word := open_word(text, language)):
        return _Sign(f"No sentence ends in “{word}”.", 0.95)
    if signed:
        return None
    end = text[-1]
    if size >= 5 and end in ",;，；،؛、":
        return _Sign(f"It ends with “{end}”.", 0.9)
    if size >= 8 and end in ":：":
        return _Sign("It ends with a colon, and nothing follows.", 0.85)
    if size >= 8 and (mark := open_bracket(text)) and not text.startswith(mark):
        return _Sign(f"“{mark}” is opened and not closed.", 0.8)
    if size >= _CLAUSE and _runs_on(text) and _usually_closed(blocks[:-1]):
        return _Sign("Its last sentence has no stop; the other sentences of the text have one.", _WITHOUT_STOP)
    return None


def _size(text: str) -> int:
    """Length in words; of Chinese, two characters count as one."""
    ideographs = sum("\u3400" <= c <= "\u9fff" for c in text)
    return max(len(text.split()), ideographs // 2)


def _runs_on(text: str) -> bool:
    """Whether what follows the last stop is running text, and not a list of names, a date or a remark. Letters without
    case show it by a comma, and lines that have none of it are a list of titles."""
    tail = re.split(r"[.!?。][\s»”\"]|。", text)[-1].strip()
    words = _WORD.findall(tail)
    clause = "\n" not in tail and any(comma in tail for comma in "，،,")
    small = sum(word[0].islower() or (clause and word[0].lower() == word[0].upper()) for word in words)
    return not is_signature(tail) and _size(tail) >= _TAIL and 2 * small > len(words) and text[-1].isalpha()


def _usually_closed(blocks: list[Block]) -> bool:
    closed = total = 0
    for block in blocks:
        if block.kind not in TEXT_KINDS or block.kind == "heading":
            continue
        text = block.prose.text.rstrip()
        if _size(text) >= _SENTENCE:
            total += 1
            closed += text.rstrip(_AFTER_STOP)[-1:] in _CLOSED or _ENUMERATES.search(text[-20:]) is not None
    return total >= _FEWEST_SENTENCES and closed >= _SHARE * total


def _fragment(document: Document, text: str) -> tuple[str, str] | None:
    """The last word and a longer one that begins with it, where the text has the longer one only."""
    match = re.search(r"[^\W\d_]{3,}$", text)
    if match is None or (len(match[0]) < 4 and not match[0].islower()):
        return None
    piece = match[0].casefold()
    longer: Counter[str] = Counter()
    last_start = document.blocks[-1].span.start
    for found in re.finditer(re.escape(piece) + r"[^\W\d_]*", document.text[:last_start].casefold()):
        if found.start() and document.text[found.start() - 1].isalpha():
            continue
        if found[0] == piece:
            return None
        if len(found[0]) > len(piece) + 1:  # not its plural
            longer[found[0]] += 1
    return (match[0], longer.most_common(1)[0][0]) if longer and sum(longer.values()) >= 2 else None


def _pages_to_come(document: Document) -> _Sign | None:
    """Pages that the folios count ("44/80") and that never come."""
    known = pages(document)
    numbers = [page.number for page in known.pages if page.number is not None]
    if known.total is None or len(numbers) < _FEWEST_FOLIOS or known.total - max(numbers) < _FEWEST_PAGES:
        return None
    if _counted_to(document, known.total) < _FEWEST_FOLIOS:
        return None
    return _Sign(f"Its folios count {known.total} pages, and the last one is {max(numbers)}.", 0.85)


def _counted_to(document: Document, total: int) -> int:
    """How many page numbers stand beside that total: in "Rev. 01/2022 Page 3 of 5" no number stands beside 2022 but
    the one of the revision, always the same."""
    beside = re.compile(rf"(\d+)\D{{1,12}}{total}(?!\d)")
    found: set[str] = set()
    for item in furniture(document).items:
        if item.total == total:
            found.update(match[1] for match in beside.finditer(document.text[item.span.start : item.span.end]))
    return len(found)


def _promised(document: Document, last: Block) -> _Sign | None:
    """Annexes that the text speaks of and does not have, where it has no closing part either and ends with a sentence:
    a date or a list of changes is an end."""
    if last.kind not in TEXT_KINDS or not last.prose.text.rstrip(_AFTER_STOP).endswith(tuple(_STOPS)):
        return None
    plan = outline(document)
    if any(division.kind in _ANNEXES for division in plan.divisions) or closing_blocks(document):
        return None
    named: Counter[str] = Counter()
    for mention in mentions(document).of("reference"):
        if mention.internal:
            named.update({str(target[0]) for target in mention.targets if target and target[0].unit in _ANNEXES})
    often = [name for name, count in named.items() if count >= 2]
    if not often or sum(named.values()) < _FEWEST_REFERENCES:
        return None
    names = ", ".join(sorted(often)[:4]) + (" and others" if len(often) > 4 else "")
    return _Sign(f"It refers to {names}, which are not there, and has neither closing formula nor signatures.", 0.75)
