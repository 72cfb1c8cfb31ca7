"""Grammar: minimal pairs, slips put into clean legal sentences, noise, and what the family costs.

Minimal pairs (``grammar/blimp.jsonl``): of each pair the bad sentence is to be flagged, the good one never. Slips:
one in each of a number of clean sentences, ten kinds in English, beside as many sentences left as they are; a slip is
found when a finding of the family lies within a few words of it, and every other finding is false. Seeds are fixed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import click

from auditor import Settings, Source, audit
from auditor.analysis.sentences import sentences
from auditor.document import Profile
from auditor.reading import read
from auditor.report import ReportedFinding
from benchmarks.corpora import load
from benchmarks.grammar_slips import ENGLISH, FRENCH, RUSSIAN, SPANISH, Change, slip
from benchmarks.table import percent, print_table

_NEAR = 40
_SEED = 20_260
_CLEAN = ("bbnj", "resolutions", "un-charter", "unsc")
_SOURCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (("resolutions", ""), ("unsc", ""), ("bbnj", "en"), ("un-charter", "en"), ("tota", "")),
    "es": (("bbnj", "es"), ("un-charter", "es"), ("uy-es", "")),
    "fr": (("bbnj", "fr"), ("un-charter", "fr"), ("lu-fr", "")),
    "ru": (("bbnj-other", "ru"), ("un-charter", "ru")),
}
_KINDS: Mapping[str, Mapping[str, tuple[re.Pattern[str], Change]]] = {
    "en": ENGLISH, "es": SPANISH, "fr": FRENCH, "ru": RUSSIAN,
}  # fmt: skip
_COUNTS = {"en": 1000, "es": 300, "fr": 300, "ru": 300}


def report(data: Path, profile: Profile = "default") -> None:
    """Print all figures for a profile."""
    settings = Settings(select=("grammar",), profile=profile)
    _pairs(data, settings)
    for language in _KINDS:
        _injected(data, language, settings)
    if profile == "default":
        _noise(data, settings)


def _findings(text: str, settings: Settings) -> tuple[ReportedFinding, ...]:
    made = audit(Source("-", text.encode("utf-8"), "text/plain"), settings)
    for fault in made.errors:
        click.echo(f"  fault: {fault.message}")
    return made.documents[0].findings


def _by_sentence(given: list[str], settings: Settings) -> dict[int, list[tuple[int, int, ReportedFinding]]]:
    """Findings of each sentence, every sentence a paragraph, with offsets in the sentence."""
    starts: list[int] = []
    at = 0
    for sentence in given:
        starts.append(at)
        at += len(sentence) + 2
    found: dict[int, list[tuple[int, int, ReportedFinding]]] = {}
    for finding in _findings("\n\n".join(given), settings):
        place = bisect_right(starts, finding.span.start) - 1
        start, end = finding.span.start - starts[place], finding.span.end - starts[place]
        found.setdefault(place, []).append((start, end, finding))
    return found


def _pairs(data: Path, settings: Settings) -> None:
    path = data / "grammar" / "blimp.jsonl"
    if not path.exists():
        return
    pairs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    flagged: dict[str, Counter[str]] = {}
    for side in ("bad", "good"):
        found = _by_sentence([pair[side] for pair in pairs], settings)
        flagged[side] = Counter(pairs[place]["kind"] for place in found)
    kinds = Counter(pair["kind"] for pair in pairs)
    rows: list[tuple[object, ...]] = [
        (kind, percent(flagged["bad"][kind], count), percent(flagged["good"][kind], count))
        for kind, count in sorted(kinds.items())
    ]
    rows.append(("all", *(percent(flagged[side].total(), len(pairs)) for side in ("bad", "good"))))
    print_table(f"Minimal pairs, profile {settings.profile}", ("kind", "bad flagged", "good flagged"), rows)


def _clean_sentences(data: Path, language: str) -> list[str]:
    """Sentences of the language in the clean corpora, on one line each, in a fixed order."""
    found: list[str] = []
    for corpus, start in _SOURCES[language]:
        texts = [text for text in load(data, corpus) if text.name.startswith(start)]
        for text in texts[:80]:
            document = read(text.source())
            for item in sentences(document):
                shown = " ".join(item.text(document).split())
                if item.language == language and 60 <= len(shown) <= 400 and shown.endswith((".", ";")):
                    found.append(shown)
    found = sorted(set(found))
    Random(_SEED).shuffle(found)
    return found


def _injected(data: Path, language: str, settings: Settings) -> None:
    random = Random(_SEED)
    pool = _clean_sentences(data, language)
    kinds = _KINDS[language]
    wanted = _COUNTS[language]
    each = wanted // len(kinds)
    made: list[tuple[str, int, int, str]] = []
    for kind, how in kinds.items():
        left: list[str] = []
        count = 0
        for sentence in pool:
            changed = slip(sentence, how, random) if count < each else None
            if changed is None:
                left.append(sentence)
            else:
                made.append((*changed, kind))
                count += 1
        pool = left
    untouched = pool[:wanted]
    found = _by_sentence([item[0] for item in made], settings)
    hits: Counter[str] = Counter()
    false = 0
    for place, (_, start, end, kind) in enumerate(made):
        near = [f for f in found.get(place, ()) if f[0] <= end + _NEAR and f[1] >= start - _NEAR]
        hits[kind] += bool(near)
        false += len(found.get(place, ())) - len(near)
    clean = _by_sentence(untouched, settings)
    false += sum(len(items) for items in clean.values())
    totals = Counter(item[3] for item in made)
    rows: list[tuple[object, ...]] = [(kind, totals[kind], percent(hits[kind], totals[kind])) for kind in kinds]
    rows.append(("all", len(made), percent(hits.total(), len(made))))
    rows.append(("precision", hits.total() + false, percent(hits.total(), hits.total() + false)))
    print_table(
        f"Slips in {language}, profile {settings.profile}; {len(untouched)} untouched", ("kind", "of", "found"), rows
    )
    for place, items in clean.items():
        for start, end, finding in items:
            click.echo(f"  false: {finding.rule} “{untouched[place][max(0, start - 40) : end + 30]}”")


def _noise(data: Path, settings: Settings) -> None:
    words = 0
    found: Counter[str] = Counter()
    for corpus in _CLEAN:
        for text in load(data, corpus):
            made = audit(text.source(), settings)
            words += made.documents[0].words
            for finding in made.documents[0].findings:
                found[finding.rule] += 1
                shown = finding.excerpt
                click.echo(f"  {text.name}: {finding.rule} {shown.before[-50:]}⟦{shown.match}⟧{shown.after[:40]}")
    rows: list[tuple[object, ...]] = [
        (rule, count, f"{1000 * count / max(words, 1):.4f}") for rule, count in found.items()
    ]
    rows.append(("all", found.total(), f"{1000 * found.total() / max(words, 1):.4f}"))
    print_table("Grammar on clean texts (budget: 0.05 per 1,000 words)", ("rule", "findings", "per 1,000"), rows)


if __name__ == "__main__":
    import sys

    report(Path(sys.argv[1]), "deep" if "deep" in sys.argv else "default")
