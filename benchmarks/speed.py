"""Words per second on one core, memory, where the time goes, start-up, and whether time grows with the text.

The texts are those of the noise benchmark, repeated to the size asked for, document by document, so that memory shows
what one document needs.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from time import perf_counter

import click

from auditor.document import Source
from auditor.engine import Audited, audit_source
from auditor.plugins import load_rules
from auditor.settings import Chosen, Settings, choose
from benchmarks.corpora import Text, load
from benchmarks.noise import CORPORA
from benchmarks.table import percent, print_table

_LETTER = Path("seed") / "a-76-740.md"
_STARTS = 9


def report(data: Path, *, megabytes: float = 50.0) -> None:
    """Print the tables."""
    texts = [text for corpus in CORPORA for text in load(data, corpus)]
    Random(0).shuffle(texts)  # so that a small size, too, has something of each corpus
    settings = Settings()
    chosen = choose(load_rules(), settings)
    _through_put(texts, megabytes, chosen, settings)
    _growth(texts, chosen, settings)
    _start_up(data)


def _until(texts: Sequence[Text], megabytes: float) -> Iterator[Source]:
    """Documents of natural size, the corpora's over and over, until their sum is reached."""
    left = megabytes * 1e6
    for number, text in enumerate(cycle(texts)):
        source = text.source()
        yield Source(f"{number}-{source.name}", source.data, source.media_type)
        left -= len(source.data)
        if left <= 0:
            return


def _peak() -> float:
    """Most memory that the process has used so far, in MB (Linux counts in KB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _through_put(texts: Sequence[Text], megabytes: float, chosen: Chosen, settings: Settings) -> None:
    before = _peak()
    words = documents = size = largest = 0
    seconds = 0.0
    shares: defaultdict[str, float] = defaultdict(float)
    after_tenth = 0.0
    for source in _until(texts, megabytes):
        started = perf_counter()
        audited: Audited = audit_source(source, chosen, settings)
        seconds += perf_counter() - started
        documents += 1
        size += len(source.data)
        largest = max(largest, len(source.data))
        words += audited.document.words if audited.document else 0
        for name, spent in audited.fact_seconds.items():
            shares[name if name == "reading" else f"fact {name}"] += spent
        for name, spent in audited.rule_seconds.items():
            shares[f"rule {name}"] += spent
        if not after_tenth and size >= megabytes * 1e5:
            after_tenth = _peak()
    rows: list[tuple[object, ...]] = [
        ("documents", documents),
        ("megabytes", size / 1e6),
        ("words", words),
        ("seconds", seconds),
        ("words per second", round(words / seconds)),
        ("MB per second", size / 1e6 / seconds),
        ("largest document, KB", largest // 1000),
        ("memory before, MB", before),
        ("memory peak after a tenth, MB", after_tenth),
        ("memory peak, MB", _peak()),
    ]
    print_table("Speed, one core", ("", ""), rows)
    known = sum(shares.values())
    shares["engine: merging, placing, the rest"] = seconds - known
    parts = [(name, shares[name], percent(shares[name], seconds)) for name in sorted(shares, key=lambda n: -shares[n])]
    print_table("Where the time goes", ("part", "seconds", "share"), parts)


def _growth(texts: Sequence[Text], chosen: Chosen, settings: Settings) -> None:
    """One document ever twice as long, as text and as one line: seconds per MB must stay what they are."""
    body = "\n\n".join(text.text for text in texts if text.corpus == "resolutions")
    rows = []
    for name, whole in (("paragraphs", body), ("one line", " ".join(body.split()))):
        first = 0.0
        for power in range(5):
            length = 125_000 * 2**power
            data = (whole * (length // len(whole) + 1))[:length].encode()
            gc.collect()
            started = perf_counter()
            audit_source(Source(f"{length}", data, "text/plain"), chosen, settings)
            per_megabyte = (perf_counter() - started) / (len(data) / 1e6)
            first = first or per_megabyte
            rows.append((name, len(data) // 1000, per_megabyte, per_megabyte / first))
    print_table("Growth: one document, ever twice as long", ("as", "KB", "seconds per MB", "to the first"), rows)


def _start_up(data: Path) -> None:
    """The whole process, from the shell's point of view, on one letter."""
    command = [str(Path(sys.executable).with_name("auditor")), "check", str(data / _LETTER), "--fail-on", "never"]
    seconds = []
    for _ in range(_STARTS):
        started = perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        seconds.append(perf_counter() - started)
        if done.returncode != 0:
            raise click.ClickException(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    rows = [("median", statistics.median(seconds)), ("fastest", min(seconds)), ("slowest", max(seconds))]
    print_table(f"auditor check {_LETTER.name}: whole process, {_STARTS} times", ("", "seconds"), rows)
