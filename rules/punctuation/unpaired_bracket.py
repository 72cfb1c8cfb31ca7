"""A bracket is opened and not closed, or closed and not opened.

Why it matters. Where a bracket is missing, nobody can tell what belongs inside; and brackets are among the first
signs that OCR loses.

How it decides. Round, square and full-width brackets of running text are paired, also over the points of a list and
over several paragraphs. What is left is reported.

When it stays silent. At the brackets of points ("a)", "1)", "iv)"), of intervals ("[0, 1)"), of faces (":-)"), of
code and formulas; at square brackets in texts full of them (drafts, amended laws); where a quarter of a text's
brackets have no partner, which is said once; in tables.

Sources. Unicode Character Database, Bidi_Paired_Bracket.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.contract import Pattern, rule
from auditor.document import Document
from auditor.findings import Finding

from .pairs import Mark, excerpt, many, unpaired
from .places import Prose

_RULE = "punctuation/unpaired-bracket"
_BRACKETS = tuple(Pattern(re.escape(sign), needs=(sign,)) for sign in "()[]（）")
_PARTNERS = {"(": ")", "[": "]"}
_SIMPLE = str.maketrans("（）", "()")
#: How many blocks a bracket may span; square ones hold whole sections in drafts and amended laws.
_REACH = {"(": 12, "[": 300}
#: The letter or number of a point before its bracket: "a)", "1.2)", "iv)", "3°)", "B)", "*)".
_POINT = re.compile(
    r"(?<![\w/(])(?<![^\W\d_]\.)(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]{1,3}|\d{1,3}[a-z]|[ivxlcdmIVXLCDM]{1,7}|[*†‡]{1,3})"
    r"(?:-(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies))?[.°º]?[ \u00a0]?$"
)
_FACE = re.compile(r"[:;=8][-o^']?$")
_LOOKED_AT = 500
_INTERVAL = re.compile(r"[\[(]\s?[-−+]?(?:\d[\d.,]*|[∞a-z])\s?[,;]\s?[-−+]?(?:\d[\d.,]*|[∞a-z])\s?[)\]]")


@rule(
    _RULE,
    severity="warning",
    scope="text",
    patterns=_BRACKETS,
    explains=("structure/truncated",),
    bad={
        "en": [
            "The organs of the Union ⟦(⟧the Council, the Assembly and the Court of Justice meet each year.",
            "The Council, the Assembly and the Court of Justice⟦)⟧ meet each year.",
            "See the report of the Secretary-General (A/76/740 and Add.1)⟦)⟧ on it.",
        ],
        "fr": ["Les organes de l'Union ⟦(⟧le Conseil, l'Assemblée et la Cour se réunissent chaque année."],
        "zh": ["联盟各机关⟦（⟧理事会、大会和法院每年举行会议。"],
        "ar": ["تجتمع أجهزة الاتحاد ⟦(⟧المجلس والجمعية والمحكمة كل سنة."],
    },
    good={
        "en": [
            "a) the Council; b) the Assembly; and c) the Court (see 1) and 2)).",
            'The Union has organs (hereinafter "the organs":\n\n(a) the Council;\n\n(b) the Assembly) and a Court.',
            "The value lies in [0, 1) or (0, 1]. It works :-) and so on ;)",
            "1) First.\n\n2) Second, as in article 3(2)(b) and [the annex].",
        ],
        "fr": ["a) le Conseil ; b) l'Assemblée (voir 1°)."],
        "zh": ["联盟各机关（理事会、大会和法院)每年举行会议。1）理事会；2）大会。"],
        "ar": ["(أ) المجلس؛ (ب) الجمعية. أ) المحكمة."],
    },
)
def unpaired_bracket(document: Document, *by_sign: list[re.Match[str]]) -> Iterator[Finding]:
    """One finding for each bracket, or one for all where they are many."""
    found = sorted((match for matches in by_sign for match in matches), key=lambda match: match.start())
    if not found:
        return
    prose = Prose(document)
    text = prose.text
    inside = _intervals(text)
    marks: list[Mark] = []
    starts = prose.run.starts
    for match in found:
        at = match.start()
        sign = match[0].translate(_SIMPLE)
        if inside and any(a <= at < b for a, b in inside):
            continue
        opens = sign in "(["
        block = bisect_right(starts, at) - 1
        if (
            sign == ")"
            and marks
            and marks[-1].sign == "("
            and marks[-1].block == block
            and _is_plain(text, marks[-1].at, at)
        ):
            marks.pop()  # by far the most: nothing between them that could be a bracket's own
            continue
        soft = sign == ")" and (_POINT.search(text[max(at - 20, 0) : at]) or _FACE.search(text[max(at - 3, 0) : at]))
        marks.append(Mark(at, sign, block, opens, bool(soft)))
    lost = unpaired(marks, _PARTNERS, _REACH)
    # Where so many have none, the text is no prose, and it is said once whatever each of them is.
    lost = [mark for mark in lost[:_LOOKED_AT] if _counts(prose, mark)] + lost[_LOOKED_AT:]
    square = [mark for mark in lost if mark.sign in "[]"]
    if many(square, text.count("[") + text.count("]")):
        lost = [mark for mark in lost if mark.sign not in "[]"]
    if not lost:
        return
    if many(lost, len(found)) or len(lost) > 40:
        yield Finding(
            _RULE,
            f"{len(lost)} brackets have no partner; the first stands in “{excerpt(text, lost[0].at)}”.",
            prose.span(lost[0].at, lost[0].at + 1),
            severity="info",
            confidence=0.7,
            data={"count": len(lost)},
            places=tuple(prose.span(mark.at, mark.at + 1) for mark in lost[1:]),
        )
        return
    for mark in lost:
        what = "opened and never closed" if mark.opens else "closed and never opened"
        yield Finding(
            _RULE,
            f"A bracket is {what}: “{excerpt(text, mark.at)}”.",
            prose.span(mark.at, mark.at + 1),
            confidence=0.85,
            data={"sign": text[mark.at]},
        )


def _is_plain(text: str, opener: int, closer: int) -> bool:
    """Whether two brackets are surely a pair: "(a)", "(2019)", or with a word of some length before the second."""
    short = closer - opener <= 6 and " " not in text[opener:closer]
    return short or text[closer - 4 : closer].isalpha() or text[closer - 4 : closer].isdigit()


def _intervals(text: str) -> list[tuple[int, int]]:
    """Stretches that are intervals, whose brackets may be of two kinds."""
    if not ("[" in text and ("," in text or ";" in text)):
        return []
    return [match.span() for match in _INTERVAL.finditer(text) if (match[0][0] == "[") != (match[0][-1] == "]")]


def _counts(prose: Prose, mark: Mark) -> bool:
    """Whether a bracket without a partner is missed: it is text, and neither a point's nor a face's."""
    text, at = prose.text, mark.at
    if mark.opens and _FACE.search(text[max(at - 3, 0) : at]) and text[at + 1] in " \n\x00":
        return False
    if text[at - 1].isspace() and text[at + 1].isspace():
        return False  # a sign that is spoken of
    return prose.holds(at, at + 1)
