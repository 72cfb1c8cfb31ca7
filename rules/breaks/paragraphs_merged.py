"""Two numbered paragraphs were run together.

Why it matters. "… in force. 3. The Parties shall …" in one paragraph hides paragraph 3 from every list, reference and
comparison with other versions.

How it decides. The number of a paragraph stands inside another one, behind the end of a sentence; it is the next
number of its series, and two or more other members of that series, one of them before and one behind it, begin
paragraphs of their own.

When it stays silent. Where most of a series runs inside one paragraph ("(i) …; (ii) …"), which is its layout; at
numbers of dates, references and notes; at headings inside a paragraph (`structure/heading-glued`).

Sources. Seen where converters lose a line break at the foot of a page or column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.analysis.enumerators import Enumerator, Enumerators, EnumeratorSeries, enumerators
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Edit, Evidence, Finding, Fix

_RULE = "breaks/paragraphs-merged"
_FEWEST = 2
_STOPS = ".!?;:。；：؛،,"
_CLOSERS = "\"'”’»)]›」』）"
_HEADS = frozenset({"block", "line"})


@rule(
    _RULE,
    severity="warning",
    explains=("numbering/gap",),
    bad={
        "en": [
            "1. The Fund is established.\n\n2. It has legal personality. ⟦3.⟧ It is audited every year.\n\n"
            "4. It reports to the Assembly.\n\n5. It meets in June.\n",
        ],
        "fr": [
            "1. Le fonds est créé.\n\n2. Il a la personnalité juridique. ⟦3.⟧ Il est contrôlé chaque année.\n\n"
            "4. Il fait rapport à l'Assemblée.\n\n5. Il se réunit en juin.\n",
        ],
        "ru": [
            "1. Создается фонд.\n\n2. Он является юридическим лицом. ⟦3.⟧ Он проверяется ежегодно.\n\n"
            "4. Он отчитывается перед Ассамблеей.\n\n5. Он собирается в июне.\n",
        ],
    },
    good={
        "en": [
            "1. The Fund is established.\n\n2. It has legal personality, see article 3. It is audited.\n\n3. It "
            "reports.\n",
            "The Committee shall: (i) adopt its rules; (ii) elect its officers; (iii) report.\n",
        ],
        "fr": ["1. Le fonds est créé.\n\n2. Il a la personnalité juridique.\n\n3. Il fait rapport.\n"],
        "ru": ["1. Создается фонд.\n\n2. Он отчитывается.\n\n3. Он собирается.\n"],
    },
)
def paragraphs_merged(document: Document) -> Iterator[Finding]:
    """One finding for each number inside a paragraph."""
    known = enumerators(document)
    text = known.run.text
    for series in known.series:
        if len(series.members) < _FEWEST + 1:
            continue
        members = [known.items[index] for index in series.members]
        inside = [at for at, item in enumerate(members) if item.place == "inline"]
        heads = sum(item.place in _HEADS for item in members)
        if heads < _FEWEST or len(inside) > heads:
            continue
        for at in inside:
            if 0 < at < len(members) - 1 and _is_merged(members, at, text):
                mark = members[at].mark
                yield _finding(known, mark.start, mark.end, members[at].value)
        if series.system == "digits":
            yield from _unread(known, series, members)


def _is_merged(members: list[Enumerator], at: int, text: str) -> bool:
    item, before, after = members[at], members[at - 1], members[at + 1]
    if before.place not in _HEADS or after.place not in _HEADS or item.value != before.value + 1:
        return False
    if after.value != item.value + 1 or before.mark.where != item.mark.where:
        return False
    if not text[item.mark.start - 1].isspace():
        return False
    said = text[before.mark.end : item.mark.start].rstrip()
    if (item.mark.opener, item.mark.closer) != (before.mark.opener, before.mark.closer):
        return False
    return len(said.split()) >= 3 and said.rstrip(_CLOSERS)[-1:] in _STOPS


def _unread(known: Enumerators, series: EnumeratorSeries, members: list[Enumerator]) -> Iterator[Finding]:
    """Numbers that are missing between two members, and stand inside the paragraph of the first."""
    text = known.run.text
    for before, after in pairwise(members):
        if after.value != before.value + 2 or before.place not in _HEADS or after.place not in _HEADS:
            continue
        block = known.run.blocks[before.mark.where]
        end = min(after.mark.start, known.run.starts[before.mark.where] + len(block.prose.text))
        written = re.escape(f"{series.opener}{before.value + 1}{series.closer}")
        match = re.search(
            rf"(?<=[.;:!?。；»”)])[ \u00a0\n]{{1,3}}({written})[ \u00a0\n]+[^\W\d_a-zа-я]", text[before.mark.end : end]
        )
        if match is not None:
            start = before.mark.end + match.start(1)
            yield _finding(known, start, before.mark.end + match.end(1), before.value + 1)


def _finding(known: Enumerators, start: int, end: int, value: int) -> Finding:
    text = known.run.text
    span = known.run.span(start, end)
    written = text[start:end]
    begins = " ".join(text[end : end + 50].split()[:4])
    before = start
    while text[before - 1].isspace():
        before -= 1
    gap = known.run.span(before, start)
    return Finding(
        _RULE,
        f"“{written} {begins}” stands inside the paragraph before it; its siblings begin paragraphs of their own.",
        span,
        confidence=0.85,
        data={"number": value},
        evidence=(Evidence(f"Its number is the next of the series, after {value - 1}."),),
        fixes=(Fix("Begin a paragraph", (Edit(gap, "\n\n"),), "unsafe"),),
    )
