"""Times of daily use: starting, the letter, and 1,000 documents audited anew and once more, on one core and on two.

Seconds on the wall; the letter and the start are the best of five.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.corpora import load
from benchmarks.table import print_table

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"
_DOCUMENTS = 1000
_CORPORA = ("unsc", "resolutions", "uy-es", "ie-en")
_BEST_OF = 5


def report(data: Path) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        sources = [text.source().data for corpus in _CORPORA for text in load(data, corpus, None)]
        for number in range(_DOCUMENTS):
            # Each text is another one: what repeats gets a line of its own.
            extra = b"" if number < len(sources) else b"\n\nCopy %d.\n" % number
            (texts / f"{number:04}.md").write_bytes(sources[number % len(sources)] + extra)
        rows: list[tuple[str, float]] = [
            ("auditor --version", min(_seconds(["--version"], folder) for _ in range(_BEST_OF))),
            (
                "the letter, not kept",
                min(_seconds(["check", str(LETTER), "--no-cache"], folder) for _ in range(_BEST_OF)),
            ),
            ("the letter, kept", min(_seconds(["check", str(LETTER)], folder) for _ in range(_BEST_OF))),
        ]
        for jobs in (1, 2):
            cache = str(Path(folder) / f"cache{jobs}")
            command = ["check", str(texts), "--format", "json", "--jobs", str(jobs)]
            for state in ("anew", "once more"):
                cores = "one core" if jobs == 1 else f"{jobs} cores"
                rows.append((f"{_DOCUMENTS:,} documents {state}, {cores}", _seconds(command, cache)))
    print_table("Daily use", ("what", "seconds"), rows)


def _seconds(arguments: list[str], cache: str) -> float:
    environment = {**os.environ, "AUDITOR_CACHE_DIR": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "auditor", *arguments], env=environment, capture_output=True, check=False
    )
    if ran.returncode not in (0, 1):
        raise RuntimeError(ran.stderr.decode("utf-8", "replace"))
    return perf_counter() - started
