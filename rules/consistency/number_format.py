"""Numbers are written in several ways in one text.

Why it matters. "1,250,000" and "1.250.000" in one text leave a reader to guess what "1.250" is, and a program will
be wrong. Tables and annexes that were taken over from elsewhere bring their own marks.

How it decides. From the text's own counts, language by language. Only numbers that can be read in one way are
counted: thousands in two groups or before a decimal part, decimal parts before a per cent sign or a word such as
million, and per cent signs with and without a space. A way of writing that stands in a tenth of the places or less,
where the usual one stands five times or more, is reported, all of its places as one finding.

When it stays silent. On figures that can be read in both ways (1.000), on numbers of divisions, dates, times and
versions, in tables, headings and quotations, and where two ways are common.

Sources. Bureau international des poids et mesures, "The International System of Units" (decimal mark, spacing);
editorial manuals of the United Nations and the European Union.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

from ._variants import passages_of_others

_RULE = "consistency/number-format"
#: The usual way stands so often at least, another one in so small a part of the places at most.
_FEWEST = 5
_PART = 0.1

_THOUSANDS = re.compile(
    r"[1-9](?<![\w.,/:'’-].)\d{0,2}(?P<mark>[,.'’ \xa0\u202f])\d{3}"
    r"(?:(?:(?P=mark)\d{3})+(?:[.,]\d{1,2})?|(?!(?P=mark))[.,]\d{1,2})(?![\w/]|[.,:]\d)"
)
_UNITS = (
    r"%|per cent|percent|pour cent|por ciento|por cento|per cento|процент|Prozent|p\. 100"
    r"|[mb]illions?\b|millones|milhões|milioni|milliards?\b|Millionen|Milliarden|млн|млрд|миллион|миллиард"
)
_DECIMAL = re.compile(rf"\d(?<![\w.,/:'’-].)\d{{0,5}}(?P<mark>[.,])(?:\d{{1,2}}|\d{{4}})(?=[ \xa0\u202f]?(?:{_UNITS}))")
_PER_CENT = re.compile(r"%(?<=\d%)|%(?<=\d[ \xa0\u202f]%)")

_FIGURE_BEFORE = re.compile(r"\d[ \xa0\t]$")
_FIGURE = re.compile(r"[ \xa0\t]\d")

_NAMES = {
    ",": "a comma",
    ".": "a full stop",
    "'": "an apostrophe",
    "’": "an apostrophe",
    " ": "a space",
    "": "no space",
}


@rule(
    _RULE,
    severity="info",
    bad={
        "en": [
            "The budget was 1,250,000 dollars. Of this, 2,300,000 and 3,400,000 and 4,500,000 and 5,600,000 were spent "
            "in the first year, and 6,700,000 in the second; ⟦7.800.000⟧ were not spent.",
            "Shares of 3.5 per cent, 4.5 per cent, 5.5 per cent, 6.5 per cent and 7.5 per cent were held by the "
            "States, "
            "and a share of ⟦8,5⟧ per cent by others.",
        ],
    },
    good={
        "en": [
            "The budget was 1,250,000 dollars, and 2,300,000 dollars the next year; see 1.250 and 1.2.3 and 10.30.",
            "Shares of 3.5 per cent and 4,5 per cent were held by the States.",
        ],
    },
)
def number_format(document: Document) -> Iterator[Finding]:
    """Yield one finding for each way of writing numbers that is not the usual one of its language."""
    run = running_text(document)
    text = run.text
    codes = languages(document)
    quoted = passages_of_others(document)
    for what, pattern in (
        ("thousands", _THOUSANDS),
        ("decimals", _DECIMAL),
        ("per cent", _PER_CENT),
    ):
        if what == "per cent" and "%" not in text:
            continue
        ways: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for match in pattern.finditer(text):
            block = run.blocks[run.block_at(match.start())]
            if block.kind not in ("paragraph", "list_item", "note") or block.index in quoted:
                continue
            if what == "per cent":
                mark = "" if text[match.start() - 1].isdecimal() else " "
                start = match.start() - 1 - len(mark)
                while text[start - 1] in "0123456789.,":
                    start -= 1
                place = (start, match.end())
            else:
                mark, place = match["mark"], match.span()
                if mark.isspace() and (
                    _FIGURE_BEFORE.search(text, place[0] - 2, place[0]) or _FIGURE.match(text, place[1])
                ):
                    continue  # a row of figures
            ways[codes[block.index]][" " if mark in "\xa0\u202f" and mark else mark].append(place)
        for found in ways.values():
            yield from _unusual(run, what, found)


def _in_a_row(text: str, start: int, end: int) -> bool:
    """Whether figures stand before or behind a number, as in the rows of a table without lines."""
    return _FIGURE_BEFORE.search(text, start - 2, start) is not None or _FIGURE.match(text, end) is not None


def _unusual(run: RunningText, what: str, found: dict[str, list[tuple[int, int]]]) -> Iterator[Finding]:
    if len(found) < 2:
        return
    usual = max(found, key=lambda mark: len(found[mark]))
    most = found[usual]
    total = sum(map(len, found.values()))
    if len(most) < _FEWEST:
        return
    for mark, places in found.items():
        if mark == usual or len(places) > max(1, _PART * total):
            continue
        spans = [run.span(start, end) for start, end in places]
        if what == "per cent":
            said = (
                f"There is {_NAMES[mark]} before the per cent sign here, {_NAMES[usual]} in {len(most)} other places."
            )
        else:
            where = "separates thousands" if what == "thousands" else "is the decimal mark"
            said = f"{_NAMES[mark].capitalize()} {where} here, {_NAMES[usual]} in {len(most)} other places."
        yield Finding(
            rule=_RULE,
            message=said,
            span=spans[0],
            confidence=0.65,
            data={"what": what, "mark": mark, "usual": usual, "usual_times": len(most)},
            evidence=(Evidence("The usual way stands here.", run.span(*most[0])),),
            places=tuple(spans[1:]),
        )
