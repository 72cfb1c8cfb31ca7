"""Figures exchanged for the letters that OCR takes them for, and whether numbering/character-slip says so.

In clean texts one figure of a number is exchanged: 1 for l or I, 0 for O, 5 for S, and in Cyrillic texts 3 for З and
6 for б. Four kinds of place: numbers of article headings, numbers of references, days and years of dates,
enumerators. The places are found with plain patterns, not with auditor. Several exchanges are made in one copy of a
text, far from each other; lengths stay the same, so findings can be held against the places exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import click
import msgspec

from auditor import Settings, audit
from auditor.document import Span
from benchmarks.corpora import Text, load
from benchmarks.table import percent, print_table

CORPORA = ("bbnj", "bbnj-other", "un-charter", "uy-es", "ie-en", "lu-fr", "resolutions")
RULE = "numbering/character-slip"
_WANTED = 1000
_APART = 2500
_LATIN = {"1": "lI", "0": "O", "5": "S"}
_CYRILLIC = {**_LATIN, "3": "З", "6": "б", "0": "О"}
_LABELS = (
    r"Articles?|articles?|Art\.|Artículos?|artículos?|paragraphs?|Paragraphs?|párrafos?|paragraphes?|sections?|Sections?|"
    r"subsections?|стать[яеиюй]|Стать[яеиюй]|пункт(?:а|е|ы|ов|ом)?|المادة"
)
_MONTHS = (
    r"January|February|March|April|June|July|August|September|October|November|December|janvier|février|mars|avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|setiembre|"
    r"septiembre|octubre|noviembre|diciembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|"
    r"декабря"
)
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.S)
#: Kinds of place; group 1 of each pattern is the number.
PLACES = {
    "heading": re.compile(r"^#{0,6} ?\**(?:Article|Artículo|Art\.|Статья|ARTICLE) (\d{1,3})\.?\**[ \t]*$", re.M),
    "reference": re.compile(rf"(?<!^)(?<![#*\n] )(?<!\w)(?:{_LABELS})[ \xa0](\d{{1,3}})(?=[ ,.;)])(?!\.\d)"),
    "day": re.compile(rf"(?<![\w.,/-])(\d{{1,2}})[ \xa0](?:de )?(?:{_MONTHS})\b"),
    "year": re.compile(rf"(?:{_MONTHS}),?[ \xa0](?:de )?((?:1[89]|20)\d\d)(?!\w)"),
    "enumerator": re.compile(r"^[ \t]*(?:- )?\(?(\d{1,2})[.)](?=[ \t])", re.M),
}


class Exchange(msgspec.Struct, frozen=True):
    """A figure exchanged at an offset, inside the number ``[start, end)``."""

    kind: str
    offset: int
    start: int
    end: int
    letter: str


def exchanges(text: str, rng: Random) -> tuple[Exchange, ...]:
    """Exchanges of one copy: at random places, far from each other."""
    figures = _CYRILLIC if len(re.findall("[а-я]", text[:5000])) > 500 else _LATIN
    body = _FRONT_MATTER.match(text)
    begin = body.end() if body is not None else 0
    possible: list[Exchange] = []
    for kind, pattern in PLACES.items():
        for match in pattern.finditer(text, begin):
            start, end = match.span(1)
            offsets = [at for at in range(start, end) if text[at] in figures]
            if offsets:
                at = rng.choice(offsets)
                possible.append(Exchange(kind, at, start, end, rng.choice(figures[text[at]])))
    # Each kind in turn, so that the frequent ones don't crowd out the others.
    rng.shuffle(possible)
    ranks: Counter[str] = Counter()
    order: list[tuple[int, int, Exchange]] = []
    for number, exchange in enumerate(possible):
        order.append((ranks[exchange.kind], number, exchange))
        ranks[exchange.kind] += 1
    chosen: list[Exchange] = []
    for _, _, exchange in sorted(order, key=lambda entry: entry[:2]):
        if all(abs(exchange.start - other.start) > _APART for other in chosen):
            chosen.append(exchange)
        if len(chosen) == 10:
            break
    return tuple(chosen)


def exchanged(text: str, made: Sequence[Exchange]) -> str:
    """The text with the exchanges made."""
    letters = list(text)
    for exchange in made:
        letters[exchange.offset] = exchange.letter
    return "".join(letters)


def _found(text: Text) -> set[Span]:
    report = audit(text.source(), Settings(select=(RULE,)))
    return {
        span
        for document in report.documents
        for finding in document.findings
        for span in (finding.span, *(place.span for place in finding.places))
    }


def report(data: Path, *, show: int = 0) -> None:
    """Print recall by kind of place and the precision of all; with ``show`` that many misses and false ones."""
    made: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    false = 0
    texts = [text for corpus in CORPORA for text in load(data, corpus)]
    untouched: dict[str, set[Span]] = {}
    turn = 0
    while sum(made.values()) < _WANTED and turn < 20:
        turn += 1
        for text in texts:
            if sum(made.values()) >= _WANTED:
                break
            rng = Random(f"{text.corpus}/{text.name}/{turn}")
            if rng.random() > 0.35:
                continue
            chosen = exchanges(text.text, rng)
            if not chosen:
                continue
            key = f"{text.corpus}/{text.name}"
            if key not in untouched:
                untouched[key] = _found(text)
            damaged = exchanged(text.text, chosen)
            found = _found(text.with_text(damaged)) - untouched[key]
            for exchange in chosen:
                number = Span(exchange.start, exchange.end)
                hits = {span for span in found if span.overlaps(number)}
                made[exchange.kind] += 1
                reported[exchange.kind] += bool(hits)
                found -= hits
                if not hits and show > 0:
                    show -= 1
                    around = damaged[max(0, exchange.start - 50) : exchange.end + 30]
                    click.echo(f"  missed {exchange.kind} in {key}: {around!r}")
            false += len(found)
            for span in found:
                if show > 0:
                    show -= 1
                    click.echo(f"  false in {key}: {damaged[max(0, span.start - 50) : span.end + 30]!r}")
    rows: list[tuple[object, ...]] = [
        (kind, made[kind], reported[kind], percent(reported[kind], made[kind])) for kind in PLACES
    ]
    total, right = sum(made.values()), sum(reported.values())
    rows.append(("all", total, right, percent(right, total)))
    print_table("Figures exchanged for letters", ("place", "made", "reported", "recall"), rows)
    click.echo(f"  precision {percent(right, right + false)} ({false} findings beyond the exchanges)")
