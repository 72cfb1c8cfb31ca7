"""Two marks of punctuation stand where one belongs.

Why it matters. ``,,`` and ``.,`` are left behind when the words between them are deleted or lost in a conversion, and
those words are sometimes missed.

How it decides. A comma, semicolon or colon next to another one, or next to a full stop, with nothing or one space
between them, in running text; two full stops; the same with the full-width marks of Chinese and Japanese and the
marks of Arabic.

When it stays silent. At a full stop that may belong to an abbreviation ("etc.,", "p. ex.,": a short word, a word
with capitals, one that the text writes with a stop elsewhere in a sentence); at three and more marks (an ellipsis, a
leader, a list of marks); at ",," before a word, which is how a low quotation mark is typed; in code, tables and
addresses.

Sources. None but reading: no language that we know of writes these pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.vocabulary import vocabulary
from auditor.contract import Pattern, rule
from auditor.document import Document
from auditor.findings import Edit, Finding, Fix

from .places import Prose

_RULE = "punctuation/doubled"
#: One pattern a sign: those that begin with one sign are looked for several times as fast as those with a choice.
_PAIRS = tuple(Pattern(rf"{mark}[ \u00a0]?[,;:.](?![,;:.\w])", needs=(mark,)) for mark in ",;:")
_STOP_FIRST = Pattern(r"\.(?<=[\w)\]].)[ \u00a0]?[.,](?![.,;:\w/\\\u00a0]| \.)", needs=(".",))
_FULL_WIDTH = Pattern(
    r"[，、；：](?<![，、；：。].)[，、；：。](?![，、；：。])|。(?<![，、；：。].)[，、；。](?![，、；：。])",
    needs=("，", "、", "；", "：", "。"),
)
_ARABIC = Pattern(r"[،؛][ \u00a0]?[،؛.](?![.\w])", needs=("،", "؛"))
_LAST_WORD = re.compile(r"[^\s\x00]+$")
_SHORTEST = 5
#: More of one kind than these are one finding.
_MOST_FINDINGS = 5


@rule(
    _RULE,
    severity="warning",
    scope="text",
    patterns=(*_PAIRS, _STOP_FIRST, _FULL_WIDTH, _ARABIC),
    bad={
        "en": [
            "The ministers met⟦,,⟧ and left.",
            "(a) Fisheries⟦; ;⟧\n\n(b) *Ports*⟦;;⟧ and",
            "The Committee adopted its report⟦..⟧ It met twice.",
            "The Parties⟦,;⟧ and the depositary, shall cooperate⟦.,⟧ as agreed.",
        ],
        "zh": ["缔约方应合作⟦，，⟧并定期协商⟦，。⟧"],
        "ar": ["تتعاون الأطراف⟦،،⟧ وتتشاور."],
    },
    good={
        "en": [
            "The ministers met, and left; ports, roads, etc., are covered (see para. 5, p.m., U.S., Corp., Jan.).",
            "He wrote ,,Treaty'' on it... and so on.... Contents ........ 5",
            "~~~\nfor (;;) { }\n~~~\n",
            "The characters .,;: and :: are not allowed; see ../file and C:.",
        ],
        "zh": ["缔约方应合作，并定期协商……。"],
        "ar": ["تتعاون الأطراف، وتتشاور."],
    },
)
def doubled(document: Document, *by_pattern: list[re.Match[str]]) -> Iterator[Finding]:
    """One finding for each pair of marks."""
    found = [match for matches in by_pattern for match in matches]
    if not found:
        return
    prose = Prose(document)
    kept: list[re.Match[str]] = []
    for match in prose.kept(found):
        text, start = match.string, match.start()
        before = text[start - 1]
        if before in "\x00\n,;:.\"'`“‘([" or (before == " " and text[start - 2 : start - 1] in ("", "\x00", "\n")):
            continue
        if match[0][0] == ":" and not (before.isalnum() and text[start - 2].isalnum()):
            continue  # "C:", "::" as a sign
        if match[0][0] == "." and _may_be_short(prose, start):
            continue
        if not prose.is_words(start, match.end()) and match[0].strip("，、；：。،؛"):
            token = prose.token(start, match.end())
            if any(sign in token for sign in "/\\@_=<>{}|#$^*+~`"):
                continue
        kept.append(match)
    by_marks: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for match in kept:
        by_marks[match[0]].append(match)
    for matches in by_marks.values():
        if len(matches) > _MOST_FINDINGS:
            yield _finding(prose, matches)
        else:
            for match in matches:
                yield _finding(prose, [match])


def _finding(prose: Prose, matches: Sequence[re.Match[str]]) -> Finding:
    marks = matches[0][0]
    first, second = marks[0], marks[-1]
    kept = second if second in ".。;؛" or first == second else first
    spans = [prose.span(match.start(), match.end()) for match in matches]
    stand = f"“{first}” stands twice" if first == second else f"“{first}” and “{second}” stand together"
    times = f" in {len(matches)} places" if len(matches) > 1 else ""
    return Finding(
        _RULE,
        f"{stand}{times}; something between may have been deleted.",
        spans[0],
        confidence=0.9,
        data={"marks": marks},
        places=tuple(spans[1:]),
        fixes=(Fix(f"Keep “{kept}”", tuple(Edit(span, kept) for span in spans), "unsafe"),),
    )


def _may_be_short(prose: Prose, stop: int) -> bool:
    """Whether the word before a full stop may be an abbreviation, so that the stop is its own."""
    match = _LAST_WORD.search(prose.text, max(stop - 40, 0), stop)
    word = match[0].lstrip("(\"'“‘«[") if match else ""
    twice = prose.text[stop + 1] == "."
    if len(word) < _SHORTEST or not word.isalpha() or not (word.islower() or twice):
        return True
    if not vocabulary(prose.document).listed(word.lower(), prose.language(stop)):
        return True
    return re.search(rf"(?<!\w){re.escape(word)}\. [^\W\d_A-ZА-Я]", prose.text) is not None
