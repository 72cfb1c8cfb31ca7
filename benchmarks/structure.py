"""The structure rules on damage done on purpose: recall and precision of each, over clean texts.

A place is damaged, the text is audited, and what the rule reports that it did not report of the undamaged text is held
against the place. Missing headings and divisions are measured in `benchmarks.headings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import msgspec

from auditor import Settings, audit
from auditor.document import Span
from benchmarks.corpora import Text, load
from benchmarks.damage import Heading, article_headings, inner
from benchmarks.table import percent, print_table

ROUNDS = 100
SEED = 20_240
_LONGEST = 150_000
_MARKED = ("uy-es", "ch-de", "ie-en")
_PLAIN = ("un-charter", "bbnj", "tota")


class Injury(msgspec.Struct, frozen=True):
    """A damaged text, and the span of the damage in it.

    clean  what to compare with, where it is not the text as it was: the same with a right table of contents
    """

    text: str
    place: Span
    clean: str = ""


Injure = Callable[[Text, Sequence[Heading], Random], Injury | None]


class Kind(msgspec.Struct, frozen=True):
    """A way to damage texts, the corpora that it suits, and the rule that is to see it."""

    name: str
    rule: str
    corpora: tuple[str, ...]
    injure: Injure


def _replace(text: str, start: int, end: int, by: str) -> Injury:
    return Injury(text[:start] + by + text[end:], Span(start, start + len(by)))


def _pick(headings: Sequence[Heading], rng: Random) -> int | None:
    candidates = inner(headings)
    return rng.choice(candidates) if len(headings) >= 5 and candidates else None


# --- levels and marks


def other_level(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """One heading gets another level."""
    at = _pick(headings, rng)
    if at is None:
        return None
    start = headings[at].start
    marks = len(text.text[start:]) - len(text.text[start:].lstrip("#"))
    wanted = rng.choice([level for level in range(2, 7) if level != marks])
    injury = _replace(text.text, start, start + marks, "#" * wanted)
    return Injury(injury.text, Span(start, start + wanted + 4))


def unmarked(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """One heading loses its marks, and may become bold."""
    at = _pick(headings, rng)
    if at is None:
        return None
    heading = headings[at]
    line = text.text[heading.start : heading.end].lstrip("# ").strip()
    return _replace(text.text, heading.start, heading.end, f"**{line.strip('*')}**" if rng.random() < 0.5 else line)


# --- glued and split


def _text_after(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def glued_inside(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """A heading between two paragraphs is drawn into one with them."""
    at = _pick(headings, rng)
    if at is None:
        return None
    heading = headings[at]
    before = len(text.text[: heading.start].rstrip())
    after = _text_after(text.text, heading.end)
    if (
        text.text[before - 1] not in ".。"
        or not _is_sentence(_line(text.text, after))
        or "|" in _line(text.text, before - 1)
    ):
        return None
    label = text.text[heading.start : heading.end].lstrip("# ").strip()
    return _replace(text.text, before, after, f" {label} ")


def glued_before(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """A heading is drawn onto the line of the text that follows it."""
    at = _pick(headings, rng)
    if at is None:
        return None
    heading = headings[at]
    after = _text_after(text.text, heading.end)
    if not _is_sentence(_line(text.text, after)):
        return None
    label = text.text[heading.start : heading.end].lstrip("# ").strip()
    return _replace(text.text, heading.start, after, f"{label} ")


def split_label(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """Label and number come to stand in two blocks."""
    at = _pick(headings, rng)
    if at is None:
        return None
    heading = headings[at]
    line = text.text[heading.start : heading.end]
    match = re.fullmatch(r"(#* ?)(\**)([^\W\d_]+\.?) ([^\s*]+)\**", line.strip())
    if match is None:
        return None
    marks, _, label, number = match.groups()
    return _replace(text.text, heading.start, heading.end, f"{marks}{label}\n\n{marks}{number}")


def split_title(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """A title on the line of its number is broken after a small word."""
    titled = [
        (h, m)
        for h in headings
        if (
            m := re.match(r"(#+ ).{8,60}? (?:of|and|the|to|for|und|der|die|des|von) (?=\w)", text.text[h.start : h.end])
        )
    ]
    if not titled:
        return None
    heading, match = rng.choice(titled)
    at = heading.start + match.end()
    injury = _replace(text.text, at - 1, at, f"\n\n{match[1]}")
    return Injury(injury.text, Span(heading.start, heading.end + 4))


# --- paragraphs as headings


_PARAGRAPH = re.compile(r"(?<=\n\n)(?![#|>\-*\d\s\[<«“(])[^\n|]{90,700}[.;](?=\n\n)")


def marked_paragraph(text: Text, _: Sequence[Heading], rng: Random) -> Injury | None:
    """A paragraph gets the marks of a heading."""
    paragraphs = list(_PARAGRAPH.finditer(text.text))
    if not paragraphs:
        return None
    chosen = rng.choice(paragraphs)
    return _replace(text.text, chosen.start(), chosen.end(), "#" * rng.randint(2, 5) + " " + chosen[0])


# --- the end


def cut_off(text: Text, _: Sequence[Heading], rng: Random) -> Injury | None:
    """The text stops somewhere inside a paragraph of its last two thirds."""
    paragraphs = [m for m in _SENTENCES.finditer(text.text) if m.start() > len(text.text) // 3]
    if not paragraphs:
        return None
    chosen = rng.choice(paragraphs)
    at = chosen.start() + rng.randint(60, len(chosen[0]) - 2)
    kept = text.text[:at].rstrip()
    if kept[-1] in ".!?。":
        return None
    return Injury(kept + "\n", Span(max(0, len(kept) - 30), len(kept) + 1))


_SENTENCES = re.compile(r"(?<=\n\n)(?![#|>\s\[])[^\n|]{120,}(?=\n\n)")

# --- contents and counts

_HEADING_WORDS = {"uy-es": "Índice", "ch-de": "Inhaltsverzeichnis", "ie-en": "Contents"}


def _with_contents(text: Text, lines: Sequence[str], wrong: int) -> Injury:
    """The text with a table of contents before its first heading of an article."""
    headings = article_headings(text)
    title = f"## {_HEADING_WORDS[text.corpus]}\n\n"
    begin = headings[0].start
    offset = begin + len(title) + sum(len(line) + 1 for line in lines[:wrong])
    table = title + "\n".join(lines) + "\n\n"
    return Injury(text.text[:begin] + table + text.text[begin:], Span(offset, offset + len(lines[max(wrong, 0)])))


def _contents_lines(text: Text, headings: Sequence[Heading], rng: Random) -> list[str]:
    leaders = rng.random() < 0.5
    page = 1
    lines = []
    for heading in headings:
        name = re.sub(r"[#*_\[\]]", "", text.text[heading.start : heading.end]).strip()
        page += rng.randint(0, 2)
        lines.append(f"- {name} {'.' * 12} {page}" if leaders else f"- {name}")
    return lines


def entry_too_many(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """The table of contents lists an article that the text does not have."""
    if len(headings) < 6:
        return None
    lines = _contents_lines(text, headings, rng)
    last = headings[-1]
    written = text.text[slice(*last.written)]
    extra = lines[-1].replace(written, str(last.value[-1] + 1), 1)
    injury = _with_contents(text, [*lines, extra], len(lines))
    return Injury(injury.text, injury.place, _with_contents(text, lines, 0).text)


def entry_too_few(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """The table of contents leaves an article out."""
    at = _pick(headings, rng)
    if at is None or len(headings) < 6:
        return None
    lines = _contents_lines(text, headings, rng)
    clean = _with_contents(text, lines, 0).text
    del lines[at]
    injury = _with_contents(text, lines, 0)
    shift = len(injury.text) - len(text.text)
    return Injury(injury.text, Span(headings[at].start + shift, headings[at].end + shift), clean)


_STATEMENTS = {
    "uy-es": "La presente ley consta de {} artículos.",
    "ch-de": "Dieses Abkommen besteht aus {} Artikeln.",
    "un-charter": "This Agreement consists of {} articles.",
    "bbnj": "This Agreement comprises {} articles.",
    "tota": "This Agreement consists of {} articles.",
}


def wrong_count(text: Text, headings: Sequence[Heading], rng: Random) -> Injury | None:
    """A sentence states a wrong number of articles."""
    if len(headings) < 3:
        return None
    last = max(heading.value[-1] for heading in headings)
    number = last + rng.choice([-1, 2, 5, 10])
    if number < 2 or number in (last, len(headings)):
        return None
    statement = _STATEMENTS[text.corpus].format(number)
    begin = headings[0].start
    return Injury(text.text[:begin] + statement + "\n\n" + text.text[begin:], Span(begin, begin + len(statement)))


KINDS = (
    Kind("another level", "structure/heading-level", _MARKED, other_level),
    Kind("marks lost", "structure/heading-unmarked", _MARKED, unmarked),
    Kind("glued inside a paragraph", "structure/heading-glued", ("uy-es", "ch-de", *_PLAIN), glued_inside),
    Kind("glued before text", "structure/heading-glued", ("uy-es", "ch-de", *_PLAIN), glued_before),
    Kind("label and number apart", "structure/heading-split", ("uy-es", "ch-de", *_PLAIN), split_label),
    Kind("title broken", "structure/heading-split", ("ie-en", "ch-de"), split_title),
    Kind("paragraph marked", "structure/paragraph-as-heading", _MARKED, marked_paragraph),
    Kind("cut off", "structure/truncated", (*_MARKED, "bbnj", "un-charter"), cut_off),
    Kind("entry too many", "structure/contents-mismatch", _MARKED, entry_too_many),
    Kind("entry too few", "structure/contents-mismatch", _MARKED, entry_too_few),
    Kind("wrong count", "structure/stated-count", tuple(_STATEMENTS), wrong_count),
)


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[max(start, 0) : end if end >= 0 else len(text)]


def _is_sentence(line: str) -> bool:
    return len(line) > 45 and line.rstrip()[-1:] in ".;:。" and not line.startswith(("#", "|", "-", "*", ">"))


def _findings(text: Text, name: str) -> list[list[Span]]:
    """The places of each finding of one rule."""
    report = audit(text.source(), Settings(select=(name,), preview=True))
    return [
        [finding.span, *(place.span for place in finding.places)]
        for document in report.documents
        for finding in document.findings
    ]


def report(data: Path, *, rounds: int = ROUNDS, show: int = 0) -> None:
    """Damage ``rounds`` texts in each way, and print how much of it is found and how much of what is found is true."""
    rows = []
    for number, kind in enumerate(KINDS):
        rng = Random(SEED + number)
        texts = [t for corpus in kind.corpora for t in load(data, corpus) if len(t.text) < _LONGEST]
        known: dict[tuple[str, str], int] = {}
        done = found = false = 0
        attempts = 0
        while done < rounds and attempts < 30 * rounds:
            attempts += 1
            text = rng.choice(texts)
            injury = kind.injure(text, article_headings(text), rng)
            if injury is None:
                continue
            done += 1
            if injury.clean:
                before = len(_findings(text.with_text(injury.clean), kind.rule))
            else:
                key = (text.corpus, text.name)
                if key not in known:
                    known[key] = len(_findings(text, kind.rule))
                before = known[key]
            findings = _findings(text.with_text(injury.text), kind.rule)
            hits = sum(
                any(span.start <= injury.place.end and injury.place.start <= span.end for span in f) for f in findings
            )
            found += hits > 0
            false += max(0, len(findings) - hits - before)
            if hits == 0 and show > 0:
                show -= 1
                print(
                    kind.name,
                    text.corpus,
                    text.name,
                    repr(injury.text[max(0, injury.place.start - 80) : injury.place.end + 80]),
                )
        rows.append((kind.name, kind.rule, done, percent(found, done), percent(found, found + false)))
    print_table("Structure, damage done on purpose", ("damage", "rule", "places", "recall", "precision"), rows)
