"""Reasons for a hole: why a number may be absent from a series of enumerators although nothing is lost.

It stands there after all, in a form that the series did not take; it is covered by a range; a note says that it was
repealed, or dots that it was left out; the drafter's alphabet has no such letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.analysis.enumerators.marks import conjunctions, is_cited
from auditor.analysis.enumerators.readings import readings_of
from auditor.analysis.enumerators.series import Enumerator, Enumerators, EnumeratorSeries
from auditor.analysis.languages import languages
from auditor.analysis.numerals import write_numeral
from auditor.analysis.outline.omitted import omitted_words

#: In characters; what stands farther apart is not looked through.
FARTHEST = 60_000
_LONGEST_NOTE = 300
_SHORT_NOTE = 40
_RANGE = re.compile(
    r"[)\].°]?(?:[ \xa0]?[-–—,&、][ \xa0]?|[ \xa0](?:to|bis|à|au|a|al|до|and|et|y|und|e|и)[ \xa0]|[至和])"
    r"\(?(\d{1,3}|[^\W\d_]{1,2}|[ivxl]{1,5})(?=[).\]:, \x00])"
)
_DOTS = re.compile(r"[ \t\xa0\d]*[\[(]?[ \xa0]?(?:…|[.*_-](?:[ \xa0]?[.*_-]){2,})[ \xa0]?[\])]?[ \t\xa0.;]*")

_WORD = re.compile(r"[^\W\d_]+$")
#: Letters that Italian lists leave out, though later drafters have inserted some ("j-bis").
_NOT_ITALIAN = frozenset("jkwxy")


def number_of(value: int, system: str, like: str = "") -> str:
    """A number in the figures or letters of a series; ``like`` is a neighbour's token, for its kind of figures."""
    style = system
    if system == "digits":
        style = "arabic-indic" if like[:1] in "٠١٢٣٤٥٦٧٨٩" and like else "arabic"
    try:
        return write_numeral(value, style)
    except ValueError:
        return str(value)


def is_written(
    known: Enumerators, value: int, series: EnumeratorSeries, start: int, end: int, like: Enumerator
) -> bool:
    """Whether the number stands in a stretch of the running text as an enumerator that no series took: glued to a
    sentence, in a table, in brackets of another kind."""
    if end - start > FARTHEST:
        return True
    text = known.run.text
    token = re.escape(number_of(value, series.system, like.mark.token))
    pattern = re.compile(rf"(?<![\w.,/-])[(（\[«“\"]?{token}[ \xa0]?(?:[)）\]]|[.、．°](?!\d))")
    for match in pattern.finditer(text, start, end):
        before = text[max(0, match.start() - 40) : match.start()].rstrip(" \t\n\xa0")
        last = before[-1:]
        if not last or last in ".;:—–\x00؛；。：":
            return True
        if last.isdigit() and match.group()[-1] == "." and series.system != "digits":
            return True  # a note's number stands before it
        if last in ")]" or last.isdigit() or is_cited(before):
            continue
        word = _WORD.search(before)
        joined = word is not None and word.group().casefold() in conjunctions()
        if series.system != "digits" or last in ",،，" or joined:
            return True
    return False


def is_explained(
    known: Enumerators, missing: Sequence[int], series: EnumeratorSeries, before: Enumerator, after: Enumerator
) -> bool:
    """Whether a range, a note or the alphabet accounts for the numbers between two members."""
    text = known.run.text
    ranged = _RANGE.match(text[before.mark.end : before.mark.end + 40])
    if ranged is not None:
        readings = readings_of(ranged.group(1))
        if any(r.system == series.system and r.value >= missing[-1] for r in readings):
            return True
    if is_omitted(known, before.mark.start, after.mark.start, missing, series.system):
        return True
    return series.system.startswith("latin") and _has_no_such_letter(known, missing, series)


def is_omitted(known: Enumerators, start: int, end: int, missing: Sequence[int], system: str) -> bool:
    """Whether a note in a stretch says that numbers were repealed, or dots say that text was left out."""
    text = known.run.text
    tokens = "|".join(re.escape(number_of(value, system)) for value in missing)
    numbers = re.compile(rf"(?<!\w)(?:{tokens})(?!\w)")
    at = start
    while 0 <= at < end:
        stop = text.find("\x00", at, end)
        if stop < 0:
            stop = end
        part = text[at:stop]
        if len(part) < _LONGEST_NOTE:
            if any(map(_DOTS.fullmatch, part.split("\n"))):
                return True
            own = at > start and len(part) < _SHORT_NOTE
            if omitted_words().search(part) and (own or numbers.search(part)):
                return True
        at = stop + 1
    return False


def _has_no_such_letter(known: Enumerators, missing: Sequence[int], series: EnumeratorSeries) -> bool:
    """Alphabets without j, k, w, x or y (Italian, old Latin): none of the document's series has the letter."""
    letters = {number_of(value, series.system).casefold() for value in missing}
    first = known.run.blocks[known.items[series.members[0]].mark.where].index
    if languages(known.document)[first] == "it" and letters <= _NOT_ITALIAN:
        return True
    return letters in ({"j", "k"}, {"j"}, {"w"}, {"k"}, {"w", "x", "y"}) and not any(
        item.mark.token.casefold() in letters for item in known.items if item.reading.system == series.system
    )
