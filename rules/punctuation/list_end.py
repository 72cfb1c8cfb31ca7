"""The points of a list end differently: one of them with another mark than its siblings, or with none.

Why it matters. "(a) …; (b) …; (c) …" tells by its marks where a point ends and whether all points count or any. A
point that ends with a full stop in the middle, or with nothing, is where an editor cut or a converter lost a line.

How it decides. In a list of four points or more whose points end with one mark (a semicolon, or a comma), the point
that ends with a full stop, another mark or a letter although points follow is reported.

When it stays silent. At the last point and, for "and" and "or", the last but one; at points that have points of their
own or further paragraphs; where two points or more deviate; at points of more than one sentence.

Sources. United Nations Editorial Manual, "Lists"; Interinstitutional style guide of the European Union, 5.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from auditor.analysis.enumerators import Enumerators, EnumeratorSeries, enumerators
from auditor.analysis.enumerators.marks import conjunctions
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Evidence, Finding, Fix

_RULE = "punctuation/list-end"
_FEWEST = 4
_LAST_WORD = re.compile(r"[ \n](\w{1,6})$")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?][ \n]+[A-ZÀ-ÞА-Я]")
_MARKS = ";,；，、؛،"
_ODD = (".", ",", ";", "", "。", "，", "；", "،", "؛")


class _End(msgspec.Struct, frozen=True, gc=False):
    """How a point ends: its mark ("" for a letter); where its text starts and ends in the running text."""

    mark: str
    start: int
    at: int


#: The number of a note, or a closing quotation mark, behind the mark that ends a point.
_BEHIND = re.compile(r"[;,.:] ?(?:\d{1,3}|[”»\"’'*†])+$")


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "The Committee shall:\n\n(a) adopt its rules;\n\n(b) elect its officers⟦⟧\n\n(c) keep a register;\n\n"
            "(d) review the list;\n\n(e) report each year.\n",
            "The Committee shall:\n\n(a) adopt its rules;\n\n(b) elect its officers;\n\n(c) keep a register⟦.⟧\n\n"
            "(d) review the list; and\n\n(e) report each year.\n",
        ],
        "fr": [
            "Le comité :\n\na) adopte son règlement ;\n\nb) élit son bureau⟦,⟧\n\nc) tient un registre ;\n\n"
            "d) examine la liste ;\n\ne) fait rapport.\n",
        ],
    },
    good={
        "en": [
            "The Committee shall:\n\n(a) adopt its rules;\n\n(b) elect its officers;\n\n(c) keep a register; and\n\n"
            "(d) report each year.\n",
            "The Committee shall:\n\n(a) adopt its rules:\n\n(i) of procedure;\n\n(ii) of finance;\n\n(b) elect;\n\n"
            "(c) keep a register;\n\n(d) report.\n",
            "The Committee shall:\n\n(a) adopt its rules;\n\n(b) elect its officers;20\n\n(c) keep “a register;”\n\n"
            "(d) report each year.\n",
        ],
        "fr": [
            "Le comité :\n\na) adopte son règlement\n\nb) élit son bureau\n\nc) tient un registre\n\nd) fait rapport\n"
        ],
    },
)
def list_end(document: Document) -> Iterator[Finding]:
    """One finding for each list of which one point ends otherwise."""
    known = enumerators(document)
    for series in known.series:
        if len(series.members) < _FEWEST:
            continue
        ends = _ends(known, series)
        if len(ends) < _FEWEST - 1:
            continue
        marks = [end.mark for end in ends]
        usual = max(set(marks), key=marks.count)
        odd = [end for end in ends if end.mark != usual]
        if usual not in _MARKS or not usual or len(odd) != 1 or odd[0].mark not in _ODD:
            continue
        if odd[0] is ends[-1] and odd[0].mark != ".":
            continue  # "…, and" before the last point
        if any(_SENTENCE.search(known.run.text, end.start, end.at) for end in ends):
            continue
        yield _finding(document, usual, odd[0], len(ends))


def _ends(known: Enumerators, series: EnumeratorSeries) -> list[_End]:
    """How the points of a list end, the last one left out; empty where any of them is more than one block."""
    text = known.run.text
    ends: list[_End] = []
    for index, following in pairwise(series.members):
        mark, after = known.items[index].mark, known.items[following].mark
        if following != index + 1 or after.where != mark.where + 1 or after.place != "block":
            return []
        at = after.start
        while at > mark.end and text[at - 1] in "\x00 \n\t":
            at -= 1
        if at == mark.end:
            return []
        behind = _BEHIND.search(text, max(mark.end, at - 8), at)
        if behind is not None:
            at = behind.start() + 1
        last = text[at - 1]
        if last in "…]":
            continue  # deleted, reserved
        if last.isalpha():
            word = _LAST_WORD.search(text, max(mark.end, at - 9), at)
            if word is not None and word[1].casefold() in conjunctions():
                at = word.start()
                while at > mark.end and text[at - 1].isspace():
                    at -= 1
                last = text[at - 1]
        ends.append(_End(last if not last.isalnum() and last not in ')”»"’]' else "", mark.end, at))
    return ends


def _finding(document: Document, usual: str, odd: _End, count: int) -> Finding:
    run = enumerators(document).run
    if odd.mark:
        span = run.span(odd.at - 1, odd.at)
        message = f"This point ends with “{odd.mark}”, the others of the list with “{usual}”."
    else:
        end = run.span(odd.at - 1, odd.at).end
        span = type(run.span(odd.at - 1, odd.at))(end, end)
        message = f"This point ends without a mark, the others of the list with “{usual}”."
    return Finding(
        _RULE,
        message,
        span,
        confidence=0.7 if count < 6 else 0.8,
        data={"usual": usual, "mark": odd.mark},
        evidence=(Evidence(f"{count - 1} points of the list end with “{usual}”."),),
        fixes=(Fix(f"End it with “{usual}”", (Edit(span, usual),), "unsafe"),),
    )
