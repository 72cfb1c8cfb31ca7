"""Text read in the wrong encoding, on purpose: how much of it the family encoding finds and repairs.

The bytes of clean texts in UTF-8 are read in a code page, once or twice over, throughout or in every third paragraph.
What counts is the distance of the repaired text from the clean one, in characters. The same texts as they are, and the
clean corpora, show false alarms: a finding in a text that nothing was done to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
from rapidfuzz.distance import Levenshtein

from auditor import Settings, audit
from auditor.document import Source
from benchmarks.corpora import Text, load
from benchmarks.table import percent, print_table

CODE_PAGES = {"cp1252": "Windows-1252", "latin-1": "Latin-1", "cp1251": "Windows-1251", "mac_roman": "MacRoman"}
DAMAGED = ("un-charter", "bbnj", "bbnj-other")
CLEAN = ("un-charter", "bbnj", "bbnj-other", "resolutions", "unsc", "ie-en", "lu-fr", "uy-es", "ch-de")
_LENGTH = 12_000
_SELECT = Settings(select=("encoding/mojibake",), min_confidence=0)


def read_as(text: str, code_page: str) -> str:
    """The bytes of a text in UTF-8 read in a code page; bytes that it lacks are taken for controls of Latin-1."""
    characters = {}
    for byte in range(256):
        try:
            characters[byte] = bytes([byte]).decode(code_page)
        except UnicodeDecodeError:
            characters[byte] = chr(byte)
    return "".join(map(characters.__getitem__, text.encode("utf-8")))


def _throughout(text: str, damage: Callable[[str], str]) -> str:
    return damage(text)


def _partly(text: str, damage: Callable[[str], str]) -> str:
    return "\n".join(damage(line) if at % 3 == 0 else line for at, line in enumerate(text.split("\n")))


def repaired(text: str) -> tuple[str, int]:
    """The text with the repairs that the auditor gives, and the number of findings."""
    (document,) = audit(Source("damaged", text.encode("utf-8"), "text/plain"), _SELECT).documents
    edits = [edit for finding in document.findings for fix in finding.fixes for edit in fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, len(document.findings)


def report(data: Path, *, limit: int | None = None) -> None:
    """Print how much of each kind of damage is undone, then the false alarms on clean texts."""
    texts = [text for corpus in DAMAGED for text in load(data, corpus, limit)]
    rows: list[tuple[object, ...]] = []
    for code_page, name in CODE_PAGES.items():
        for how, spread in (("throughout", _throughout), ("every third line", _partly)):
            for times in (1, 2):
                label = f"{name}, {how}, {times} ×"
                rows += [(label, *_undone(texts, code_page, spread, times))]
    print_table("UTF-8 read in a code page", ("damage", "texts", "found", "characters damaged", "undone"), rows)
    alarms: Counter[str] = Counter()
    words = 0
    settings = Settings(select=("encoding",), preview=True)
    for corpus in CLEAN:
        for text in load(data, corpus, limit):
            for document in audit(text.source(), settings).documents:
                words += document.words
                for finding in document.findings:
                    alarms[finding.rule] += 1
                    click.echo(f"  {document.path}:{finding.range.start.line} {finding.rule} {finding.message}")
    print_table("Findings of the family in clean texts", ("rule", "findings"), sorted(alarms.items()))
    click.echo(f"  {words:,} words")


def _undone(
    texts: list[Text], code_page: str, spread: Callable[[str, Callable[[str], str]], str], times: int
) -> tuple[object, ...]:
    damaged = found = distance = characters = 0
    for text in texts:
        clean = text.text[:_LENGTH]

        def damage(part: str) -> str:
            for _ in range(times):
                part = read_as(part, code_page)
            return part

        bad = spread(clean, damage)
        if bad == clean:
            continue
        after, findings = repaired(bad)
        damaged += 1
        found += findings > 0
        harm = (
            sum(c > "\x7f" for c in clean) if spread is _throughout else Levenshtein.distance(clean, bad) // (times + 1)
        )
        characters += harm
        distance += min(Levenshtein.distance(clean, after), harm)
    return damaged, found, characters, percent(characters - distance, characters)
