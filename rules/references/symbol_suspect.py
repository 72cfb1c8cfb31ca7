"""A document symbol is at odds with itself or with the rest of the document.

Why it matters. A wrong figure in a symbol sends the reader to another document, and no spelling check will ever see
it.

How it decides. Only by contradictions that the document itself shows:

- the year of the date beside a symbol is not the year of its session: General Assembly resolutions of session n are
  adopted in 1945 + n or 1946 + n; a Security Council resolution carries its year
- the form belongs to another body: "S/RES/77/321" (the Council numbers 1540 (2004)), "Security Council resolution
  77/321"
- the document cites one symbol again and again, and once, with the same date, a symbol that differs from it by two
  neighbouring figures exchanged (78/650 beside 78/560)
- the document's own symbol, alone on a line of its head or page heads, differs in one figure from the other places

When it stays silent. Resolutions of other bodies (the Human Rights Council numbers in the same way: 35/23 of 2017);
two resolutions of one day whose numbers merely resemble each other; dates that belong to something else in the
sentence; the Economic and Social Council, whose sessions cross the years.

Sources. Dag Hammarskjöld Library, "UN document symbols"; rules of procedure of the General Assembly, rule 1
(sessions open in September).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.mentions import mentions
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.mentions.symbols import symbols
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

_DATA = Path(__file__).with_name("symbol_bodies.toml")

_ASSEMBLY = re.compile(r"A/RES/(\d{2})/(\d{1,3})[A-Z]?$")
_COUNCIL = re.compile(r"(?:S/RES/)?(\d{1,4}) \(((?:19|20)\d\d)\)$")
_SESSION_NUMBER = re.compile(r"(\d{2})/(\d{1,3})$")
_COUNCIL_MISFORMED = re.compile(r"S/RES/\d{2}/\d{1,3}$")
_BLANK = " \t\x0c*_"
_OF = re.compile(r",?[ \xa0\n]+(?:of|du|de|от|vom|del|в|المؤرخ)?[ \xa0\n]*$")
#: The first session numbered session/number is the thirty-first, of 1976.
_FIRST_SESSION = 31


@cache
def _bodies() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for the body named directly before and after "resolution n": Assembly and Council."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))

    def before(body: str) -> re.Pattern[str]:
        forms = "|".join(re.escape(form) for form in (*data[body]["en"], *data[body]["zh"]))
        return re.compile(rf"(?:{forms})[ \xa0\n]*(?:resolutions?|decisions?|第)?[ \xa0\n]*$")

    def after(body: str) -> re.Pattern[str]:
        forms = "|".join(re.escape(f) for code, fs in data[body].items() if code not in ("en", "zh") for f in fs)
        return re.compile(rf"[ \xa0\n]*(?:{forms})")

    return before("assembly"), after("assembly"), before("council"), after("council")


@rule(
    "references/symbol-suspect",
    severity="warning",
    bad={
        "en": [
            "Recalling ⟦A/RES/77/321⟧ of 1 August 1995,",
            "Recalling General Assembly resolution ⟦77/321⟧ of 1 August 1995,",
            "Security Council resolution ⟦1540 (2004)⟧ of 28 April 2014",
            "See ⟦S/RES/77/321⟧ on the matter.",
            "Recalling Security Council resolution ⟦77/321⟧ on the matter,",
            "Recalling decision 78/560 of 13 August 2024, and in accordance with decision 78/560, and with decision "
            "⟦78/650⟧ of 13 August 2024,",
        ],
    },
    good={
        "en": [
            "Recalling A/RES/77/321 of 1 August 2023 and General Assembly resolution 60/251 of 15 March 2006,",
            "Human Rights Council resolution 35/23 of 23 June 2017 and resolution 5/1 of 18 June 2007,",
            "Security Council resolutions 1325 (2000) of 31 October 2000 and 2282 (2016) of 27 April 2016,",
            "Recalling resolutions 72/249 of 24 December 2017 and 72/294 of 24 December 2017,",
            "General Assembly and Security Council resolutions 70/262 and 2282 (2016)",
        ],
    },
)
def symbol_suspect(document: Document) -> Iterator[Finding]:
    """Yield the symbols that contradict their date, their body or the other places of the document."""
    found = [m for m in symbols(document) if m.style in ("un", "un-number")]
    if not found:
        return
    run = running_text(document)
    dated = _dates_after(document, run, found)
    for mention in found:
        reason = _wrong_year(run, mention, dated.get(mention.span.start)) or _wrong_body(run, mention)
        if reason is not None:
            yield _finding(mention, reason, 0.9)
    yield from _exchanged(found, dated)
    yield from _own_symbol(document, found)


def _finding(mention: Mention, reason: str, confidence: float, evidence: Sequence[Evidence] = ()) -> Finding:
    return Finding(
        rule="references/symbol-suspect",
        message=reason,
        span=mention.span,
        confidence=confidence,
        data={"symbol": mention.value},
        evidence=tuple(evidence),
    )


def _dates_after(document: Document, run: RunningText, found: Sequence[Mention]) -> dict[int, Mention]:
    """The date that follows a symbol directly ("of 1 August 2023"), by the symbol's place."""
    dated: dict[int, Mention] = {}
    following = iter(mentions(document).of("date"))
    date = next(following, None)
    for mention in found:
        while date is not None and date.span.start < mention.span.end:
            date = next(following, None)
        if date is None:
            break
        if date.block == mention.block and date.start - mention.end <= 14:
            end = run.offset(mention) + mention.end - mention.start
            if _OF.match(run.text[end : run.offset(date)]):
                dated[mention.span.start] = date
    return dated


def _wrong_year(run: RunningText, mention: Mention, date: Mention | None) -> str | None:
    if date is None or not date.value[:4].isdecimal():
        return None
    year = int(date.value[:4])
    council = _COUNCIL.match(mention.value)
    if council is not None:
        stated = int(council.group(2))
        return None if year == stated else f"The symbol says {stated}, the date beside it {year}."
    assembly = _ASSEMBLY.match(mention.value)
    if assembly is None and mention.style == "un-number":
        assembly = _SESSION_NUMBER.match(mention.value)
        if assembly is not None and not _said_to_be(run, mention, 0):
            return None
    if assembly is None or int(assembly.group(1)) < _FIRST_SESSION:
        return None
    session = int(assembly.group(1))
    if year in (1945 + session, 1946 + session):
        return None
    years = f"{1945 + session}–{1946 + session}"
    return f"Session {session} of the General Assembly was in {years}; the date beside it is of {year}."


def _said_to_be(run: RunningText, mention: Mention, body: int) -> bool:
    """Whether the text names the General Assembly (0) or the Security Council (2) directly beside a bare number."""
    patterns = _bodies()
    start = run.offset(mention)
    end = start + mention.end - mention.start
    before = run.text[max(0, start - 60) : start]
    joined = re.search(r"(?:and|, |и|et|y)[ \xa0\n]+(?:the[ \xa0\n]+)?(?:Security Council|General Assembly)", before)
    return (patterns[body].search(before) is not None and joined is None) or patterns[body + 1].match(
        run.text, end
    ) is not None


def _wrong_body(run: RunningText, mention: Mention) -> str | None:
    if _COUNCIL_MISFORMED.match(mention.value):
        return "Security Council resolutions are numbered in one series with the year, not by session."
    if mention.style == "un-number" and _SESSION_NUMBER.match(mention.value) and _said_to_be(run, mention, 2):
        return (
            "Security Council resolutions are numbered in one series with the year; this is a number of the Assembly."
        )
    return None


def _exchanged(found: Sequence[Mention], dated: dict[int, Mention]) -> Iterator[Finding]:
    """A number cited once beside one cited more often, with two neighbouring figures exchanged and the same date."""
    counts = Counter(mention.value for mention in found)
    with_date: dict[str, Mention] = {}
    date_of: dict[str, str] = {}
    for mention in found:
        date = dated.get(mention.span.start)
        if date is not None:
            date_of[mention.value] = date.value
            with_date.setdefault(mention.value, mention)
    for mention in found:
        if counts[mention.value] != 1 or mention.value not in date_of:
            continue
        for other in _neighbours(mention.value):
            if counts[other] >= 2 and date_of.get(other) == date_of[mention.value]:
                reason = f"Cited once; {other} is cited {counts[other]} times and has the same date."
                yield _finding(mention, reason, 0.7, [Evidence(f"{other} stands here.", with_date[other].span)])
                break


def _neighbours(value: str) -> Iterator[str]:
    for at in range(len(value) - 1):
        if value[at].isdecimal() and value[at + 1].isdecimal() and value[at] != value[at + 1]:
            yield value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _own_symbol(document: Document, found: Sequence[Mention]) -> Iterator[Finding]:
    """The document's own symbol, alone in its block or line, where one place differs from the others by one figure."""
    alone = [m for m in found if m.style == "un" and _alone(document, m)]
    counts = Counter(m.value for m in alone)
    for mention in alone:
        if counts[mention.value] != 1:
            continue
        for other, count in counts.most_common(3):
            if count >= 2 and _one_figure_apart(mention.value, other):
                first = next(m for m in alone if m.value == other)
                reason = f"The document's symbol is {other} in {count} other places."
                yield _finding(mention, reason, 0.85, [Evidence(f"{other} stands here.", first.span)])
                break


def _alone(document: Document, mention: Mention) -> bool:
    prose = document.blocks[mention.block].prose.text
    start, end = mention.start, mention.end
    while start > 0 and prose[start - 1] in _BLANK:
        start -= 1
    while end < len(prose) and prose[end] in _BLANK:
        end += 1
    return (start == 0 or prose[start - 1] == "\n") and (end == len(prose) or prose[end] == "\n")


def _one_figure_apart(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if not differ or not all(one[at].isdecimal() and other[at].isdecimal() for at in differ):
        return False
    return len(differ) == 1 or (len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other))
