"""A date that does not exist, falls on another day of the week, or differs from the same date elsewhere.

Why it matters. "31 June 2022" or "Monday, 3 March 2022" (a Thursday) has a wrong figure in it, and periods are counted
from it. A resolution that is dated 2022 in six places and 2012 in one cannot be of both years.

How it decides. By the calendar: a day that its month does not have, a day of the week that does not belong to the
date. And by the text itself: one symbol with two dates; one and the same name, word for word, with one date again and
again and once with a date that differs from it in a figure of its year; a year in the far future that is another year,
one figure apart, in the same date elsewhere.

When it stays silent. On dates in figures that one country's order makes possible (02/13/2022), on days of the week
before the year 1919 (calendars differed), on the leap day without a year, on the same day of different years behind
different words, and on the ends and beginnings of months, which recur from year to year.

Sources. The Gregorian calendar; names of the days from Unicode CLDR.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from auditor.analysis.calendar import days_in, is_day, weekday_names, weekday_of, weekdays
from auditor.analysis.languages import languages
from auditor.analysis.mentions.dates import dates
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.mentions.symbols import symbols
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding, Fix, replace

#: Before this year texts of some countries follow another calendar.
_COMMON_CALENDAR = 1919
_FIGURES = re.compile(r"\?(\d+)[./-](\d+)[./-](\d{4})$")
_WEEKDAY_BEFORE = re.compile(
    r"([^\W\d_]+(?:[-'’][^\W\d_]+)?)[,.]?[ \xa0\n]+(?:(?:the|le|el|den|dem|am|a|il|يوم)[ \xa0])?$"
)
_WEEKDAY_BEHIND = re.compile(r"[ \xa0]?[(（]([^\W\d_]+(?:[-'’][^\W\d_]+)?)[)）]|[ ]?[(（]?((?:星期|周).)")
#: Words that lead from a name to its date.
_OF = re.compile(
    r"[ \xa0\n,(]*(?:(?:of|dated|du|en date du|de fecha|de|del|от|vom|المؤرخ|المؤرخة|в редакции от)[ \xa0\n]*)?$"
)
_WORD = re.compile(r"[\w/.-]*\w")
_SAME_WORDS = 5
_LONG_AGO, _FAR_AHEAD = 1500, 2100


@rule(
    "consistency/date",
    severity="error",
    bad={
        "en": [
            "It met on ⟦31 June 2022⟧ and on ⟦30 February 2021⟧; see the list of ⟦35 May 2020⟧.",
            "It shall enter into force on ⟦29 February 2023⟧.",
            "Done on ⟦Monday, 3 March 2022⟧, at Geneva, in the presence of the members of the Council.",
            "received on ⟦31.02.2022⟧ and ⟦2022-02-30⟧",
            "Recalling resolution A/RES/70/1 of 25 September 2015, and resolution A/RES/70/1 of 25 September 2015, "
            "and in accordance with resolution A/RES/70/1 of ⟦25 October 2015⟧,",
            "the Agreement on Trade between the two States of 21 May 2019 and the Agreement on Trade between the two "
            "States of 21 May 2019, but the Agreement on Trade between the two States of ⟦21 May 2010⟧",
            "It met on 4 May 2022 and reported on 4 May 2022; it meets again on ⟦4 May 2202⟧.",
        ],
        "fr": ["La réunion du ⟦jeudi 4 mars 2022⟧ a été reportée au ⟦31 avril 2022⟧ par le Conseil."],
        "es": ["La reunión del ⟦lunes 3 de marzo de 2022⟧ se aplazó al ⟦31 de abril de 2022⟧."],
        "ru": ["Заседание в ⟦понедельник, 3 марта 2022⟧ года перенесено на ⟦31 апреля 2022⟧ года."],
        "de": ["Die Sitzung vom ⟦Montag, 3. März 2022⟧, wurde auf den ⟦31. April 2022⟧ verschoben."],
        "ar": ["عقد الاجتماع يوم ⟦الاثنين 3 مارس 2022⟧ في مقر الأمم المتحدة"],
        "zh": ["会议于⟦2022年3月3日星期一⟧举行，⟦2022年2月30日⟧结束。"],
    },
    good={
        "en": [
            "It met on 30 June 2022, 29 February 2024, 29 February and 31 March; see 02/13/2022 and 13/02/2022.",
            "Thursday, 3 March 2022, and Monday 28 February to Friday 4 March 2022; on Monday, 3 March 1800.",
            "The report of 3 May 2021 and the report of 3 May 2022, the budget as at 31 December 2020 and of 2021.",
            "Recalling resolution A/RES/70/1 of 25 September 2015 and A/RES/70/2 of 25 October 2015,",
            "the fiscal year that ends on 31 December 2019 in all Member States and on 31 December 2010",
        ],
        "fr": ["La réunion du jeudi 3 mars 2022 a été reportée au 30 avril 2022."],
        "es": ["La reunión del jueves 3 de marzo de 2022 se aplazó al 30 de abril de 2022."],
        "ru": ["Заседание в четверг, 3 марта 2022 года, перенесено на 30 апреля 2022 года."],
        "de": ["Die Sitzung vom Donnerstag, 3. März 2022, wurde auf den 30. April 2022 verschoben."],
        "ar": ["عقد الاجتماع يوم الخميس 3 مارس 2022 في مقر الأمم المتحدة"],
        "zh": ["会议于2022年3月3日星期四举行，2022年2月28日结束。"],
    },
)
def date(document: Document) -> Iterator[Finding]:
    """Yield the dates that the calendar or the rest of the text contradicts."""
    found = dates(document)
    if not found:
        return
    run = running_text(document)
    sound: list[Mention] = []
    for mention in found:
        impossible = _impossible(mention)
        if impossible:
            yield Finding(
                rule="consistency/date", message=impossible, span=mention.span, confidence=0.95, data=_data(mention)
            )
        elif _is_full(mention):
            sound.append(mention)
    for mention in sound:
        yield from _wrong_weekday(document, run, mention)
    yield from _at_odds(document, run, sound)


def _data(mention: Mention) -> dict[str, str]:
    return {"date": mention.value}


def _is_full(mention: Mention) -> bool:
    return len(mention.value) == 10 and mention.value[0].isdecimal()


def _impossible(mention: Mention) -> str:
    """What to say of a date that there is not; "" where there is such a day."""
    figures = _FIGURES.match(mention.value)
    if figures is not None:
        first, second, year = (int(part) for part in figures.groups())
        if is_day(year, second, first) or is_day(year, first, second) or not (first and second):
            return ""  # noughts stand for what is not known
        return "There is no such day, in whichever order day and month are read."
    parts = mention.value.rsplit("-", 2)
    if len(parts) != 3 or len(mention.value) < 7 or not parts[1]:
        return ""
    year_said = int(parts[0]) if parts[0].isdecimal() else None
    month, day = int(parts[1]), int(parts[2])
    if is_day(year_said, month, day):
        return ""
    length = days_in(month, year_said)
    return f"There is no such day: the month has {length} days." if length else "There is no such month."


def _wrong_weekday(document: Document, run: RunningText, mention: Mention) -> Iterator[Finding]:
    year, month, day = (int(part) for part in mention.value.split("-"))
    if year < _COMMON_CALENDAR:
        return
    start = run.offset(mention)
    end = start + mention.end - mention.start
    known = weekdays()
    begin = max(0, start - 28)
    named = _WEEKDAY_BEFORE.search(run.text[begin:start])
    if named is not None and (said := known.get(named.group(1).casefold())) is not None:
        word, place = named.group(1), (begin + named.start(1), end)
    else:
        named = _WEEKDAY_BEHIND.match(run.text, end)
        if named is None:
            return
        word = named.group(1) or named.group(2)
        number = known.get(word.casefold())
        if number is None:
            return
        said, place = number, (start, named.end())
    right = weekday_of(year, month, day)
    if said == right:
        return
    names = weekday_names(languages(document)[mention.block])
    name = names[right] if names else weekday_names("en")[right]
    shown = name.capitalize() if word[0].isupper() else name
    at = run.text.index(word, place[0])
    yield Finding(
        rule="consistency/date",
        message=f"This date is a {weekday_names('en')[right].capitalize()}, not a "
        f"{weekday_names('en')[said].capitalize()}; the day of the week or a figure of the date is wrong.",
        span=run.span(*place),
        confidence=0.9,
        data=_data(mention),
        fixes=(replace(run.span(at, at + len(word)), shown, f"Write “{shown}”.", "display"),),
    )


# ------------------------------------------------------------------------------------------------ other dates


def _at_odds(document: Document, run: RunningText, found: list[Mention]) -> Iterator[Finding]:
    """The dates that differ from what the text says of the same thing elsewhere."""
    if len(found) < 2:
        return
    told: set[int] = set()
    for finding in (*_of_one_symbol(document, run, found), *_of_one_name(run, found), *_far_off(found)):
        if finding.span.start not in told:
            told.add(finding.span.start)
            yield finding


def _of_one_symbol(document: Document, run: RunningText, found: list[Mention]) -> Iterator[Finding]:
    by_end = {(m.block, m.end): m for m in symbols(document)}
    if not by_end:
        return
    dated: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        start = run.offset(mention)
        before = run.text[max(0, start - 24) : start].rpartition("\x00")[2]
        led = _OF.search(before)
        if led is not None and (of := by_end.get((mention.block, mention.start - len(led.group())))) is not None:
            dated[of.value].append(mention)
    for symbol, mentioned in dated.items():
        # A symbol with letters or a slash names one document; "70/1" alone may be of several bodies, but not on days
        # of one month or year that differ in one part.
        yield from _minority(mentioned, f"{symbol} is dated", fewest=2)


def _of_one_name(run: RunningText, found: list[Mention]) -> Iterator[Finding]:
    named: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    years = Counter(mention.value[4:] for mention in found)
    for mention in found:
        month_and_day = mention.value[4:]
        if years[month_and_day] < 3 or _recurs(month_and_day):
            continue
        start = run.offset(mention)
        before = run.text[max(0, start - 120) : start].rpartition("\x00")[2]
        led = _OF.search(before)
        if led is None or not led.group().strip():
            continue
        words = _WORD.findall(before[: led.start()])[-_SAME_WORDS:]
        if len(words) == _SAME_WORDS and sum(word[0].isupper() for word in words) >= 2:
            named[month_and_day, " ".join(words)].append(mention)
    for (_, name), mentioned in named.items():
        yield from _minority(mentioned, f"“… {name}” is dated", fewest=2, year_only=True)


def _far_off(found: list[Mention]) -> Iterator[Finding]:
    """Years that nobody means, where the same day stands elsewhere with a year that differs in figures alone."""
    for mention in found:
        year = mention.value[:4]
        if _LONG_AGO < int(year) <= _FAR_AHEAD:
            continue
        for other in found:
            if (
                other.value[4:] == mention.value[4:]
                and _LONG_AGO < int(other.value[:4]) <= _FAR_AHEAD
                and (_figures_apart(year, other.value[:4]) == 1 or sorted(year) == sorted(other.value[:4]))
            ):
                yield _finding(mention, other, "The same day stands elsewhere as", 1)
                break


def _recurs(month_and_day: str) -> bool:
    """Whether a day is the first or the last of a month, as periods begin and end."""
    _, month, day = month_and_day.split("-")
    return int(day) == 1 or int(day) >= days_in(int(month), None) - 1


def _minority(mentioned: list[Mention], said: str, fewest: int, *, year_only: bool = False) -> Iterator[Finding]:
    counts = Counter(mention.value for mention in mentioned)
    if len(counts) < 2:
        return
    (usual, most), *_ = counts.most_common(1)
    first = next(mention for mention in mentioned if mention.value == usual)
    if most < fewest:
        return
    for mention in mentioned:
        value = mention.value
        if value == usual or counts[value] * 2 > most:
            continue
        parts = sum(a != b for a, b in zip(value.split("-"), usual.split("-"), strict=True))
        if parts == 1 and (not year_only or _figures_apart(value[:4], usual[:4]) == 1):
            yield _finding(mention, first, said, most)


def _figures_apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _finding(mention: Mention, other: Mention, said: str, times: int) -> Finding:
    places = f"in {times} other places" if times > 1 else "in another place"
    remedy = Fix(f"The other places say {other.value}.", ())
    return Finding(
        rule="consistency/date",
        message=f"{said} {other.value} {places}; here it is {mention.value}.",
        span=mention.span,
        confidence=0.85,
        severity="warning",
        data={"date": mention.value, "elsewhere": other.value},
        evidence=(Evidence("The other date stands here.", other.span),),
        fixes=(remedy,),
    )
