"""Do findings keep their fingerprints while the text around them is edited?

Each of 500 edits (fixed seed) changes a fixture in one place: a word is replaced, a paragraph put in, taken out or
moved, or the lines of one are wrapped anew. A finding counts where the edit left its defect alone: none of its spans is
in a changed paragraph, and the same rule still reports the same words as often as before.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from auditor import audit
from auditor.report import ReportedFinding
from benchmarks.table import percent, print_table

FIXTURES = Path(__file__).parent.parent / "fixtures"
_TEXTS = ("a-76-740/a-76-740.md", "un-resolutions-ga/A-RES-77-321.raw.txt", "un-resolutions-ga/A-RES-78-272.raw.txt")
_EDITS = 500
_NEW = "This paragraph was put in by an editor, who had something to add."


def report(_: Path) -> None:
    """Print for each kind of edit the share of findings that keep their fingerprint, and whether any two share one."""
    kept: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    shared = 0
    chance = random.Random(20)
    texts = [(FIXTURES / name).read_text("utf-8") for name in _TEXTS]
    before = [_findings(text) for text in texts]
    for number in range(_EDITS):
        at = number % len(texts)
        kind, edit = list(_KINDS.items())[number // len(texts) % len(_KINDS)]
        paragraphs = texts[at].split("\n\n")
        place = chance.randrange(len(paragraphs))
        after = _findings("\n\n".join(edit(paragraphs, place, chance)))
        alone = _left_alone(before[at], after, paragraphs[place])
        counted[kind] += len(alone)
        kept[kind] += len(alone & {found.fingerprint for found in after})
        shared += len(after) - len({found.fingerprint for found in after})
    rows = [(kind, counted[kind], percent(kept[kind], counted[kind])) for kind in _KINDS]
    rows.append(("all", counted.total(), percent(kept.total(), counted.total())))
    print_table(f"Fingerprints over {_EDITS} edits", ("edit", "findings", "kept"), rows)
    print(f"  findings of one text that share a fingerprint: {shared}")


def _findings(text: str) -> list[ReportedFinding]:
    return list(audit(text).documents[0].findings)


def _left_alone(before: list[ReportedFinding], after: list[ReportedFinding], paragraph: str) -> set[str]:
    there = Counter((found.rule, found.excerpt.match) for found in after)
    was = Counter((found.rule, found.excerpt.match) for found in before)
    words = " ".join(paragraph.split())
    return {
        found.fingerprint
        for found in before
        if there[found.rule, found.excerpt.match] == was[found.rule, found.excerpt.match]
        and (found.excerpt.match + found.excerpt.after[:40]).strip(" …") not in words
    }


def _word(paragraphs: list[str], place: int, chance: random.Random) -> list[str]:
    words = paragraphs[place].split(" ")
    words[chance.randrange(len(words))] = "otherwise"
    return [*paragraphs[:place], " ".join(words), *paragraphs[place + 1 :]]


def _put_in(paragraphs: list[str], place: int, _: random.Random) -> list[str]:
    return [*paragraphs[:place], _NEW, *paragraphs[place:]]


def _taken_out(paragraphs: list[str], place: int, _: random.Random) -> list[str]:
    return [*paragraphs[:place], *paragraphs[place + 1 :]]


def _moved(paragraphs: list[str], place: int, chance: random.Random) -> list[str]:
    rest = [*paragraphs[:place], *paragraphs[place + 1 :]]
    to = chance.randrange(len(rest) + 1)
    return [*rest[:to], paragraphs[place], *rest[to:]]


def _wrapped(paragraphs: list[str], place: int, _: random.Random) -> list[str]:
    import textwrap

    if paragraphs[place].lstrip().startswith(("#", "|", "-", "<")):
        return paragraphs
    wrapped = "\n".join(textwrap.wrap(paragraphs[place], 60, break_long_words=False, break_on_hyphens=False))
    return [*paragraphs[:place], wrapped, *paragraphs[place + 1 :]]


_KINDS: dict[str, Callable[[list[str], int, random.Random], list[str]]] = {
    "a word replaced": _word,
    "a paragraph put in": _put_in,
    "a paragraph taken out": _taken_out,
    "a paragraph moved": _moved,
    "lines wrapped anew": _wrapped,
}
