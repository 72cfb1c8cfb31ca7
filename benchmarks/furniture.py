"""How well page furniture is found, how seldom something else is taken for it, and how fast.

    python benchmarks/furniture.py DATA_FOLDER

DATA_FOLDER holds the folders that the project's data note describes (prepcom, bbnj, un-charter, unsc, resolutions, law,
converters); what is missing there is left out and said.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import click

from auditor.analysis.furniture import Furniture, furniture
from auditor.document import Document, Source
from auditor.document.source import MediaType
from auditor.reading import read

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.furniture_injection import KINDS, Injected, inject  # noqa: E402

FIXTURE = ROOT / "fixtures" / "prepcom"


def document_of(text: str, name: str, media_type: MediaType = "text/plain") -> Document:
    """A document of a text."""
    return read(Source(name, text.encode(), media_type))


def clean_texts(data: Path) -> Iterator[tuple[str, str, MediaType]]:
    """Texts without page furniture: group, name and all."""
    for folder in ("bbnj", "un-charter", "unsc"):
        for path in sorted((data / folder).glob("*.txt")):
            yield f"{folder}/{path.name}", path.read_text(encoding="utf-8"), "text/plain"
    for path in sorted((data / "resolutions").glob("*.json")):
        paragraphs = json.loads(path.read_text(encoding="utf-8"))
        text = "\n\n".join(f"{p.get('prefix') or ''} {p['text']}".strip() for p in paragraphs)
        yield f"resolutions/{path.name}", text, "text/plain"
    for path in sorted((data / "law").glob("*/*.md")):
        yield f"law/{path.parent.name}/{path.name}", path.read_text(encoding="utf-8"), "text/markdown"


def score(found: Sequence[tuple[int, int]], truth: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Truth spans found (half of their characters covered), truth spans, right items (half inside truth), items."""

    def covered(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
        hits = at = 0
        for start, end in one:
            while at < len(other) and other[at][1] <= start:
                at += 1
            shared, look = 0, at
            while look < len(other) and other[look][0] < end:
                shared += min(end, other[look][1]) - max(start, other[look][0])
                look += 1
            hits += shared * 2 >= end - start
        return hits

    return covered(truth, found), len(truth), covered(found, truth), len(found)


def spans_of(known: Furniture) -> list[tuple[int, int]]:
    """Spans of all items."""
    return [(item.span.start, item.span.end) for item in known.items]


def labelled() -> None:
    """(a) The report of the Preparatory Commission, labelled by hand."""
    text = (FIXTURE / "report.raw.txt").read_text(encoding="utf-8")
    truth = [(f["start"], f["end"]) for f in json.loads((FIXTURE / "furniture.json").read_text())["furniture"]]
    hit, of, right, items = score(spans_of(furniture(document_of(text, "report.raw.txt"))), truth)
    click.echo("\n(a) fixtures/prepcom/report.raw.txt, labelled by hand")
    click.echo(f"    recall {hit}/{of} = {hit / of:.3f}   precision {right}/{items} = {right / items:.3f}")


def injected_texts(data: Path, seeds: int) -> Iterator[tuple[Injected, str, MediaType]]:
    """Every kind in every way, each in several clean texts of at least five pages.

    Lines of their own inside a text that keeps its line ends are put into the report of (a), its own furniture taken
    out, which is the only long text of that kind here.
    """
    texts = [t for t in clean_texts(data) if len(t[1]) > 15_000 and "/ar." not in t[0] and "<!--" not in t[1]]
    wrapped = [(f"prepcom without its furniture, from {at}", text, "text/plain") for at, text in _wrapped_texts()]
    for number, kind in enumerate(KINDS):
        for way in kind.ways:
            suitable = wrapped if way == "line" else texts
            for seed in range(seeds if suitable else 0):
                name, text, media_type = suitable[(number * 31 + seed * 17 + len(way) * 7) % len(suitable)]
                yield inject(text, kind, way, seed), name, media_type


def _wrapped_texts() -> Iterator[tuple[int, str]]:
    text = (FIXTURE / "report.raw.txt").read_text(encoding="utf-8")
    for label in reversed(json.loads((FIXTURE / "furniture.json").read_text(encoding="utf-8"))["furniture"]):
        text = text[: label["start"]] + text[label["end"] + 1 :]
    for at in range(0, 100_000, 20_000):
        yield at, text[at : at + 30_000]


def injected(data: Path, seeds: int, verbose: bool) -> None:
    """(b) Furniture put into clean texts."""
    click.echo(f"\n(b) furniture put into clean texts, {seeds} texts each: recall and precision by kind")
    click.echo("    * kinds added when the search was thought finished")
    rows: dict[tuple[str, str], list[int]] = {}
    sums = {"all": [0, 0, 0, 0], "those with *": [0, 0, 0, 0]}
    for case, name, media_type in injected_texts(data, seeds):
        if not case.spans:
            continue
        document = document_of(case.text, name, media_type)
        if document.text != case.text:
            raise click.ClickException(f"{name}: reading changed the text")
        result = score(spans_of(furniture(document)), case.spans)
        label = ("* " if case.kind.late else "  ") + case.kind.name
        totals = [rows.setdefault((label, case.way), [0, 0, 0, 0]), sums["all"]]
        if case.kind.late:
            totals.append(sums["those with *"])
        for total in totals:
            for at, value in enumerate(result):
                total[at] += value
        if verbose and (result[0] < result[1] or result[2] < result[3]):
            click.echo(f"    {case.kind.name} [{case.way}] {name}: {result}")
    for (name, way), (hit, of, right, items) in [*rows.items(), *(((f"  {n}", ""), s) for n, s in sums.items())]:
        if of:
            recall, precision = hit / of, right / max(items, 1)
            click.echo(f"    {name:58} {way:8} {hit:5}/{of:<5} {recall:.3f}   {right:5}/{items:<5} {precision:.3f}")


def converters(data: Path) -> None:
    """(c) What a converter must leave out, standing on a page after all."""
    path = data / "converters" / "olmocr-bench-sample.jsonl"
    if not path.exists():
        click.echo("\n(c) left out: converters/olmocr-bench-sample.jsonl is not there")
        return
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    strings = [case["text"] for case in cases if case["type"] == "absent"]
    sentences = " ".join(
        f"The {name} report was taken up by the committee, which held that the matter should be looked into further, "
        "and that no measures should be decided upon before the board had been heard."
        for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
        for _ in range(5)
    )
    pages = [sentences[at : at + 1400] for at in range(0, 5 * 1400, 1400)]
    once, often = [], []
    for string in strings:
        single = (f"{string}\n\n{pages[0]}\n", f"{pages[0]}\n\n{string}\n")
        if all(furniture(document_of(text, "page.txt")).items for text in single):
            once.append(string)
        heads = [str(int(string) + at) if string.isdecimal() else string for at in range(5)]
        several = "\n\n".join(f"{head}\n\n{page}" for head, page in zip(heads, pages, strict=True))
        if len(furniture(document_of(several, "pages.txt")).items) >= 4:
            often.append(string)
    click.echo(f"\n(c) {len(strings)} strings of olmOCR-bench that must not be in the text, put on a page")
    click.echo(f"    recognised on a single page, at its top and at its bottom: {len(once)}/{len(strings)}")
    click.echo(f"    recognised at the top of each of five pages: {len(often)}/{len(strings)}")
    click.echo(f"    not even then: {', '.join(repr(s) for s in strings if s not in often)}")


def clean(data: Path) -> None:
    """(d) Clean texts: everything found, and how long it took."""
    click.echo("\n(d) clean texts: everything found")
    documents = items = size = 0
    furniture(document_of("Page 1 of 2", "warm-up.txt"))
    seconds = 0.0
    for name, text, media_type in clean_texts(data):
        document = document_of(text, name, media_type)
        before = process_time()
        known = furniture(document)
        seconds += process_time() - before
        size += len(document.source.data)
        documents += 1
        items += len(known.items)
        for item in known.items:
            line = document.position(item.span.start).line
            click.echo(f"    {name}:{line}: {item.kind} {' '.join(item.span.of(text).split())[:90]!r}")
    click.echo(f"    {items} items in {documents} documents; {size / 1e6:.1f} MB, {size / 1e6 / seconds:.1f} MB/s")


def report(data: Path, seeds: int = 6, verbose: bool = False) -> None:
    """Print all four parts."""
    labelled()
    injected(data, seeds, verbose)
    converters(data)
    clean(data)


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seeds", default=6, show_default=True, help="Texts for each kind and way.")
@click.option("--verbose", is_flag=True, help="Name the texts in which something was missed or wrong.")
def main(data: Path, seeds: int, verbose: bool) -> None:
    """Measure the search for page furniture against DATA."""
    report(data, seeds, verbose)


if __name__ == "__main__":
    main()
