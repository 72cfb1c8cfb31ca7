"""A quotation mark is opened and not closed, or closed and not opened.

Why it matters. Where a quotation ends decides what an amended law says; a mark that OCR lost moves that border.

How it decides. Quotation marks of each style are paired: “ ”, „ “, « », » «, 「 」, 『 』 and straight ones, also over
several paragraphs. What is left without a partner is reported, if the text pairs its marks otherwise.

When it stays silent. At the marks that printers set before each paragraph of a long quotation; at inches, seconds
and ditto marks; where another style closes what one has opened (`punctuation/quote-style-mixed`); where a tenth of a
text's marks have no partner; at single marks and apostrophes; in code and tables.

Sources. Chicago Manual of Style 17, 13.30; Unicode Standard, 6.2, on the quotation marks of languages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from auditor.contract import Pattern, rule
from auditor.document import Document
from auditor.findings import Finding

from .pairs import excerpt
from .places import Prose

_RULE = "punctuation/unpaired-quote"
_MARKS = tuple(Pattern(sign, needs=(sign[0],)) for sign in (*'“”„«»「」『』"', "''", "’’", "``"))
#: Styles that close each other's quotations in hurried texts, and those that don't.
_FAMILIES = ("“”„\"'’`", "«»", "「」", "『』")
#: How many blocks a quotation may span.
_REACH = 200
#: Where a larger share of the marks is without a partner, the text pairs them otherwise than we know.
_SHARE = 0.1
#: Straight marks don't show whether they open or close; fewer than these tell nothing.
_FEWEST = 4
_SHORTEST = 40
_SPACE = " \t\n\u00a0\u202f\u2009\x00([{—–/"
_DITTO = re.compile(r"(?:\.\.|\t|\x00|\n|  |\. )[ ]{0,4}$")


@rule(
    _RULE,
    severity="warning",
    scope="text",
    patterns=_MARKS,
    bad={
        "en": [
            "The term “Party” means a State. The term ⟦“⟧Assembly means the General Assembly. The term “Council” means "
            "the Security Council.",
            'The term "Party" means a State; the term Assembly⟦"⟧ means the Assembly, and "Council" the Council.',
        ],
        "fr": [
            "Le terme « Partie » désigne un État. Le terme ⟦«⟧ Assemblée désigne l'Assemblée. Le terme « Conseil » "
            "aussi."
        ],
        "de": ["Der Begriff «Partei» bezeichnet einen Staat; der Begriff ⟦«⟧Rat den Rat, der Begriff «Amt» das Amt."],
        "ru": [
            "Термин «Сторона» означает государство. Термин ⟦«⟧Ассамблея означает Ассамблею. Термин «Совет» — Совет."
        ],
        "zh": ["“缔约方”指国家。⟦“⟧大会指联合国大会。“理事会”指安全理事会。"],
    },
    good={
        "en": [
            "The term “Party” means a State.\n\n“The first paragraph of a quotation opens.\n\n“The second opens "
            "too.\n\n"
            "“The third closes.”\n\nThe term “Assembly” is used as well.",
            'A plate of 12" by 6" and 5\'10" tall. The term "Party" means a State.',
        ],
        "fr": ["Le terme « Partie » désigne un État dit « partie “au sens propre” »."],
        "de": ["Der Begriff „Partei“, der Begriff «Rat» und der Begriff »Amt« bezeichnen Organe."],
        "ru": ["Термин «Сторона» означает государство, а „Совет“ — Совет."],
        "zh": ["“缔约方”指国家；“大会”指「联合国大会」。"],
    },
)
def unpaired_quote(document: Document, *by_sign: list[re.Match[str]]) -> Iterator[Finding]:
    """One finding for each mark."""
    found = sorted((match for matches in by_sign for match in matches), key=lambda match: match.start())
    if not found:
        return
    prose = Prose(document)
    for family in _FAMILIES:
        places = [match.start() for match in found if match[0][0] in family]
        if not places or (len(places) < _FEWEST and all(prose.text[at] == '"' for at in places)):
            continue
        lost = _lost(prose, places)
        if not lost or len(lost) > max(1, _SHARE * len(places)):
            continue
        for at in lost:
            if not prose.holds(at, at + 1) or prose.text[at] in "'’`" or _is_alone(prose.text, at):
                continue
            opens = _opens(prose.text, at, within=False)
            what = "opened and never closed" if opens else "closed and never opened"
            yield Finding(
                _RULE,
                f"A quotation is {what}: “{excerpt(prose.text, at)}”.",
                prose.span(at, at + 1),
                confidence=0.85 if prose.text[at] != '"' else 0.75,
                data={"sign": prose.text[at]},
            )


def _opens(text: str, at: int, *, within: bool) -> bool:
    """Whether a mark opens, by its sign and by what stands beside it; ``within`` an open quotation it need not."""
    sign = text[at]
    if sign in "„「『`":
        return True
    if sign in "」』'’":
        return False
    apart, word = text[at - 1] in _SPACE, text[at + 1].isalnum()
    if sign in "“«":
        return apart or word
    if sign in "”»":
        return apart and word
    return apart if apart == word else not within


def _lost(prose: Prose, places: Sequence[int]) -> list[int]:
    """The marks of one family without a partner.

    Two that are left in one block are each other's: a space is missing beside one, or they are of two styles.
    """
    text = prose.text
    starts = prose.run.starts
    opened: list[tuple[int, int, bool]] = []
    lost: list[tuple[int, int]] = []
    for at in places:
        block = bisect_right(starts, at) - 1
        within = bool(opened and opened[-1][1] == block)
        if text[at] in '"”' and _is_sign(text, at, within):
            continue
        if _opens(text, at, within=within):
            heads = bool(opened) and not within and not text[starts[block] : at].strip(" *_(0123456789.)")
            opened.append((at, block, heads))
        elif opened and block - opened[-1][1] <= _REACH:
            _, begun, heads = opened.pop()
            # The mark at the end of the last paragraph of a quotation closes what each of them has opened.
            while heads and opened and opened[-1][1] < begun and _ends_block(text, at):
                _, begun, heads = opened.pop()
        elif text[at] not in "'’":
            lost.append((at, block))
    lost = sorted([*lost, *((at, block) for at, block, heads in opened if not heads)])
    alone: list[tuple[int, int]] = []
    for at, block in lost:
        if alone and alone[-1][1] == block:
            alone.pop()
        else:
            alone.append((at, block))
    return [at for at, _ in alone]


def _ends_block(text: str, at: int) -> bool:
    """Whether nothing but marks follows in the block."""
    return not text[at : text.find("\x00", at)].strip("\"”»’'」』.;,:!?)] \n*†0123456789") or text[at - 1] in ".!?"


def _is_alone(text: str, at: int) -> bool:
    """Whether a mark makes a block of its own, as behind a table that is quoted."""
    if text[at] in "«»" and text[at - 1] == "\x00" and text[at + 1] == " " and text.find("\x00", at) - at < _SHORTEST:
        return True  # an arrow: "« Back"
    return not text[max(text.rfind("\x00", 0, at), 0) : text.find("\x00", at)].strip('\x00"“”«».;, \n')


def _is_sign(text: str, at: int, within: bool) -> bool:
    """Whether a mark stands for inches, seconds or "the same as above"."""
    if text[at] == '"' and ((text[at - 1].isdigit() and not within) or (text[at - 1] == " " and text[at + 1] in " \n")):
        return True
    after = text[at + 1 : at + 4].lstrip(" ")[:1]
    ditto = _DITTO.search(text[max(at - 8, 0) : at]) is not None and (after.isdigit() or after in ("", "\x00", "\n"))
    return ditto and text[at + 1] in " \x00\n"
