"""Two columns of a page were read line by line across.

Why it matters. Every line is half of one sentence and half of another; no word of it can be quoted.

How it decides. Two ways are known. Lines with a wide gap at the same place, six or more in a row, whose left halves
read on from line to line, and whose right halves do: most halves begin in small letters and few end with a stop. Or
words that are broken at the ends of lines and go on not in the next line but in the one after it, three times or
more, while the next line does not fit.

When it stays silent. At tables, whose cells are short and begin with capitals or figures; at contents, signatures in
two columns and addresses.

Sources. Seen in texts that a converter took from a page in two columns without knowing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from auditor.analysis.languages import document_languages
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

_RULE = "breaks/columns-interleaved"
_GAP = re.compile(r"   [ \t]*(?=\S)|\t[ \t]*(?=\S)")
#: Fewer characters than these before a gap are a number, a name or a cell.
_SHORTEST_HALF = 12
_BROKEN = re.compile(r"-(?<=[^\W\d_]{2}.)\n")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[ \t>]*([^\W\d_]+)")
_FEWEST_LINES = 6
_FEWEST_LETTERS = 14
_DRIFT = 4
_FEWEST_WORDS = 3

_COLUMNS = (
    "The Parties shall cooperate in        consent of the State in whose\n"
    "the conservation of marine life       territory the work is to be\n"
    "and shall promote the sharing of      carried out, and the results\n"
    "benefits that arise from all the      are made known to the public\n"
    "activities that are described in      without delay and without any\n"
    "this part and in the annexes to       charge, unless the Conference\n"
    "it, taking account of the needs       of the Parties has decided for\n"
    "of developing States as well as       good reasons to keep back such\n"
    "those of the other Parties.           parts of them as it thinks fit."
)


class _Halves(msgspec.Struct, frozen=True, gc=False):
    """A line with a gap: where the line begins and ends, where the gap ends in it, and the two halves."""

    start: int
    end: int
    column: int
    left: str
    right: str


@rule(
    _RULE,
    severity="warning",
    bad={
        "en": [
            Example(f"Annex\n\n⟦{_COLUMNS}⟧\n\nThe end.\n", "en", "text/plain"),
        ],
    },
    good={
        "en": [
            Example(
                "Country        Votes\nChile          120\nEgypt          250\nJapan          310\nKenya          410\n"
                "Malta          510\nNepal          610\nTotal          2210\n",
                "en",
                "text/plain",
            ),
            "The Parties shall cooperate.\n\nThey meet.\n",
        ],
    },
)
def columns_interleaved(document: Document) -> Iterator[Finding]:
    """One finding for each stretch of lines."""
    text = document.text
    if "   " in text or "\t" in text:
        stretch: list[_Halves] = []
        for line in _lines(document):
            if stretch and (line.start != stretch[-1].end + 1 or abs(line.column - stretch[-1].column) > _DRIFT):
                yield from _of_gap(stretch)
                stretch = []
            stretch.append(line)
        yield from _of_gap(stretch)
    yield from _of_broken_words(document)


def _lines(document: Document) -> Iterator[_Halves]:
    """The lines of the text that have one wide gap."""
    text = document.text
    for match in _GAP.finditer(text):
        if match.start() == 0 or text[match.start() - 1].isspace():
            continue
        start = text.rfind("\n", max(match.start() - 300, 0), match.start()) + 1
        if match.start() - start < _SHORTEST_HALF:
            continue
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        left, right = text[start : match.start()].strip(), text[match.end() : end].strip()
        if start == 0 and match.start() > 300:
            continue
        if end - start > 300 or _GAP.search(right) or not left or _GAP.search(left):
            continue
        yield _Halves(start, end, match.end() - start, left, right)


def _of_gap(stretch: Sequence[_Halves]) -> Iterator[Finding]:
    if len(stretch) < _FEWEST_LINES:
        return
    for side in ([line.left for line in stretch], [line.right for line in stretch]):
        small = sum(half[:1].islower() for half in side[1:])
        letters = sum(sum(map(str.isalpha, half)) for half in side)
        if 2 * small < len(side) - 1 or letters < _FEWEST_LETTERS * len(side):
            return
        if any(".." in half or "|" in half for half in side):
            return
    first, last = stretch[0], stretch[-1]
    yield Finding(
        _RULE,
        f"{len(stretch)} lines hold two columns side by side; each was read across.",
        Span(first.start, last.end),
        confidence=0.85,
        data={"lines": len(stretch)},
        evidence=(
            Evidence(_reading("left", first.left, stretch[1].left)),
            Evidence(_reading("right", first.right, stretch[1].right)),
        ),
    )


def _reading(side: str, line: str, following: str) -> str:
    """What a column says over its first line end."""
    words = " ".join((*line.split()[-2:], *following.split()[:2]))
    return f"The {side} column reads “{words}”."


def _of_broken_words(document: Document) -> Iterator[Finding]:
    """Words that go on in the line after the next one."""
    text = document.text
    found = list(_BROKEN.finditer(text))
    if len(found) < _FEWEST_WORDS:
        return
    codes = document_languages(document)
    words = vocabulary(document)
    skipped: list[tuple[Span, str]] = []
    fitting = 0
    for match in found:
        part = _LAST.search(text, max(match.start() - 40, 0), match.start())
        next_line = match.end()
        after = text.find("\n", next_line) + 1
        if part is None or not after:
            continue
        near, far = _FIRST.match(text, next_line), _FIRST.match(text, after)
        if near is None or far is None or not far[1][:1].islower():
            continue
        if any(words.listed(part[0] + near[1], code) for code in codes) or words.count(part[0] + near[1]):
            fitting += 1
        elif any(words.listed(part[0] + far[1], code) for code in codes) and not any(
            words.listed(part[0], code) for code in codes
        ):
            skipped.append((Span(part.start(), far.end(1)), part[0] + far[1]))
    if len(skipped) < _FEWEST_WORDS or fitting > len(skipped):
        return
    yield Finding(
        _RULE,
        f"{len(skipped)} words go on in the line after the next, as “{skipped[0][1]}”; two columns were read across.",
        skipped[0][0],
        confidence=0.8,
        data={"words": [word for _, word in skipped]},
        places=tuple(span for span, _ in skipped[1:]),
    )
