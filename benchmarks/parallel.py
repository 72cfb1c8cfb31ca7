"""Twins made from real texts, damaged on purpose: are the damages reported where they are, and nothing else?

A twin is the text itself with its commonest names replaced throughout. Into the twin go changes such as hurried
editing and scanning make, one to a block, at places drawn with fixed seeds.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import click
import msgspec

from auditor import Source
from auditor.alignment.differences import Difference
from auditor.alignment.pair import Pair
from auditor.analysis.labels import label_at
from auditor.analysis.outline import outline
from auditor.comparison import pair_of
from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.reading import read
from benchmarks.corpora import Text, load
from benchmarks.table import percent, print_table

_CHANGES = 2000
_PER_TEXT = 12
_NEAR = 12
_NAMES = ("Ruritania", "Borduria", "Syldavia")
_CORPORA = (("tota", "en", 50), ("bbnj", "en", 1), ("un-charter", "en", 1), ("uy-es", "es", 60))
_NAME = re.compile(r"(?<=[a-zñáéíóú,] )[A-Z][^\W\d_]{3,}(?![^\W\d_])")
_WORD = re.compile(r"(?<=[^\W\d_] )[^\W\d_]{2,}(?= [^\W\d_])")
_LONG = re.compile(r"(?<![^\W\d_])[a-z]{6,}(?![^\W\d_])")
_NUMBER = re.compile(r"(?<=[a-z] )\d{1,4}(?= [a-z])")
_DATE = re.compile(
    r"(?<![\w/.-])\d{1,2}(?= (?:January|March|April|June|July|August|October|December|de enero|de marzo|de julio) )"
)
_COMMANDS = {"en": (("shall", "may"), "not"), "es": (("deberá", "podrá"), "no")}
_CONFUSED = {"e": "c", "n": "u", "h": "b", "m": "n", "a": "o", "i": "l", "t": "f"}


class Change(msgspec.Struct, frozen=True):
    """A change: its kind, the place in the first text, and what stands there in the twin."""

    kind: str
    span: Span
    text: str


Maker = Callable[["Drawn"], Change | None]


class Drawn(msgspec.Struct):
    """A block that was drawn, and what the makers of changes need."""

    document: Document
    block: Block
    language: str
    names: dict[str, str]
    chance: random.Random

    def draw(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """One of the pattern's matches in the block's source."""
        span = self.block.span
        found = list(pattern.finditer(self.document.text, span.start + 4, span.end))
        return self.chance.choice(found) if found else None


def _word_deleted(drawn: Drawn) -> Change | None:
    match = drawn.draw(_WORD)
    if match is None or match.group() in drawn.names:
        return None
    return Change("word deleted", Span(match.start(), match.end() + 1), "")


def _negated(drawn: Drawn) -> Change | None:
    (_, _), word = _COMMANDS[drawn.language]
    match = drawn.draw(_WORD)
    return None if match is None else Change("“not” inserted", Span(match.start(), match.start()), word + " ")


def _commanded(drawn: Drawn) -> Change | None:
    (shall, may), _ = _COMMANDS[drawn.language]
    match = drawn.draw(re.compile(rf"(?<!\w){shall}(?!\w)"))
    return None if match is None else Change("shall to may", Span(*match.span()), may)


def _comma(drawn: Drawn) -> Change | None:
    match = drawn.draw(re.compile(r"(?<=[^\W\d_]),(?= )"))
    return None if match is None else Change("comma dropped", Span(*match.span()), "")


def _letter(drawn: Drawn) -> Change | None:
    match = drawn.draw(_LONG)
    if match is None:
        return None
    places = [at for at, letter in enumerate(match.group()) if letter in _CONFUSED]
    if not places:
        return None
    at = match.start() + drawn.chance.choice(places)
    return Change("letter confused", Span(at, at + 1), _CONFUSED[drawn.document.text[at]])


def _figure(drawn: Drawn) -> Change | None:
    match = drawn.draw(_DATE) or drawn.draw(_NUMBER)
    if match is None:
        return None
    number = str(int(match.group()) + drawn.chance.choice((1, 2, 5)))
    return Change("number or date", Span(*match.span()), number)


def _slip(drawn: Drawn) -> Change | None:
    match = drawn.draw(re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in drawn.names)))
    return None if match is None else Change("name slip", Span(*match.span()), match.group())


def _paragraph(drawn: Drawn) -> Change | None:
    if len(drawn.block.prose.text.split()) < 8 or drawn.block.kind == "heading":
        return None
    return Change("paragraph dropped", drawn.block.span, "")


_MAKERS: Sequence[Maker] = (_word_deleted, _negated, _commanded, _comma, _letter, _figure, _slip, _paragraph)


def _names_of(text: str) -> dict[str, str]:
    """The names to replace: the commonest words with a capital inside sentences that name no division and that no
    word written small begins like."""
    counts = Counter(_NAME.findall(text))
    small = {word[:5] for word in re.findall(r"(?<!\w)[a-zñáéíóú]{4,}", text)}
    begun: defaultdict[str, set[str]] = defaultdict(set)
    for word in re.findall(r"(?<!\w)[A-Z]\w{3,}", text):
        begun[word[:4].lower()].add(word.lower())
    common = [
        name
        for name, number in counts.most_common(60)
        if number >= 4
        and name[:5].lower() not in small
        and label_at(name, 0) is None
        and all(word.startswith(name.lower()) and len(word) - len(name) < 4 for word in begun[name[:4].lower()])
    ]
    return dict(zip(common, _NAMES, strict=False))


def _pattern(name: str) -> re.Pattern[str]:
    """The name with what is derived from it ("Egypt", "EGYPT", "Egyptian")."""
    return re.compile(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())}|{re.escape(name.title())})")


def _changes(document: Document, language: str, names: dict[str, str], chance: random.Random) -> list[Change]:
    headings = [
        division
        for division in outline(document).divisions
        if division.number is not None and division.source is not None and division.source.form in ("marked", "alone")
    ]
    found: list[Change] = []
    blocks = [b for b in document.blocks if b.kind in TEXT_KINDS and len(b.prose.text) > 60]
    blocks = [b for b in blocks if b.index not in {h.block for h in headings}]
    chance.shuffle(blocks)
    makers = list(_MAKERS)
    wanted = min(_PER_TEXT, len(blocks) // 3)
    for number, block in enumerate(blocks):
        if len(found) >= wanted:
            break
        change = makers[number % len(makers)](Drawn(document, block, language, names, chance))
        if change is not None:
            found.append(change)
    if len(headings) > 3 and found:
        division = chance.choice(headings[1:])
        found.append(Change("heading dropped", document.blocks[division.block].span, ""))
    return found


def _twin(text: str, names: dict[str, str], changes: Sequence[Change]) -> tuple[str, list[Span]]:
    """The twin, and where in it each change is."""
    edits: list[tuple[Span, str, int | None]] = [(c.span, c.text, number) for number, c in enumerate(changes)]
    taken = sorted(c.span for c in changes)
    for name, other in names.items():
        for match in _pattern(name).finditer(text):
            span = Span(*match.span())
            new = other.upper() if match.group().isupper() else other
            at = bisect_left(taken, span.start, key=lambda t: t.end)
            if at == len(taken) or not (taken[at].overlaps(span) or taken[at] == span):
                edits.append((span, new, None))
    edits.sort(key=lambda edit: edit[0])
    pieces: list[str] = []
    places = [Span(0, 0)] * len(changes)
    at = length = 0
    for span, new, number in edits:
        pieces += (text[at : span.start], new)
        length += span.start - at
        if number is not None:
            places[number] = Span(length, length + len(new))
        length += len(new)
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces), places


def _reported(difference: Difference, change: Change, place: Span) -> bool:
    """Whether a difference is where the change is, on either side."""
    return _near(difference.a, change.span) or _near(difference.b, place)


def _near(one: Span, other: Span) -> bool:
    return one.start <= other.end + _NEAR and other.start <= one.end + _NEAR


def _texts(data: Path) -> Iterator[tuple[str, str, Text]]:
    for corpus, language, limit in _CORPORA:
        texts = load(data, corpus)
        if limit == 1:
            texts = tuple(text for text in texts if text.name == "en.txt")
        for text in texts[:limit]:
            yield corpus, language, text


def report(data: Path, show: int = 0) -> None:
    """Print, by corpus and kind of change, how many were reported, and what was reported beyond them."""
    made: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    surplus: Counter[str] = Counter()
    seconds: defaultdict[str, float] = defaultdict(float)
    texts = [
        (corpus, language, text, document, names)
        for corpus, language, text in _texts(data)
        if len(names := _names_of(text.text)) >= 2 and (document := read(text.source()))
    ]
    number = 0
    round_ = 0
    while number < _CHANGES:
        round_ += 1
        for corpus, language, text, document, names in texts:
            if number >= _CHANGES:
                break
            chance = random.Random(f"{round_} {corpus} {text.name}")
            changes = _changes(document, language, names, chance)
            twin, places = _twin(text.text, names, changes)
            pair, spent = _compare(document, text.with_text(twin))
            seconds[corpus] += spent
            number += len(changes)
            explained: set[Difference] = set()
            for change, place in zip(changes, places, strict=True):
                made[corpus, change.kind] += 1
                hits = {d for d in pair.differences() if _reported(d, change, place)}
                found[corpus, change.kind] += bool(hits)
                explained |= hits
                if not hits and show:
                    click.echo(
                        f"missed: {corpus}/{text.name} {change.kind} {change.span} {change.span.of(text.text)[:80]!r}"
                    )
            beyond = [d for d in pair.differences() if d not in explained]
            surplus[corpus] += len(beyond)
            for difference in beyond[:show]:
                click.echo(f"surplus: {corpus}/{text.name} {difference}")
    _print(made, found, surplus, seconds)


def _compare(document: Document, twin: Text) -> tuple[Pair, float]:
    other = read(Source(f"{twin.corpus}/twin of {twin.name}", twin.text.encode("utf-8"), twin.media_type))
    started = perf_counter()
    pair = pair_of(document, other, "twins")
    pair.differences()
    return pair, perf_counter() - started


def _print(
    made: Counter[tuple[str, str]],
    found: Counter[tuple[str, str]],
    surplus: Counter[str],
    seconds: dict[str, float],
) -> None:
    rows: list[tuple[object, ...]] = []
    for kind in sorted({kind for _, kind in made}):
        of = sum(n for (_, k), n in made.items() if k == kind)
        hits = sum(n for (_, k), n in found.items() if k == kind)
        rows.append((kind, of, hits, percent(hits, of), "", ""))
    for corpus in sorted({corpus for corpus, _ in made}):
        of = sum(n for (c, _), n in made.items() if c == corpus)
        hits = sum(n for (c, _), n in found.items() if c == corpus)
        rows.append((f"in {corpus}", of, hits, percent(hits, of), surplus[corpus], round(seconds[corpus], 1)))
    of, hits = made.total(), found.total()
    rows.append(("all", of, hits, percent(hits, of), surplus.total(), round(sum(seconds.values()), 1)))
    print_table("Changes injected into twins", ("change", "made", "reported", "share", "beyond", "seconds"), rows)
