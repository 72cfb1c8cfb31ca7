"""One text in two languages, damaged on one side: is what is missing or changed reported, and nothing else?

Two texts whose paragraphs are known to correspond: a contract in eight languages, whose HTML gives its paragraphs ids,
and the Charter of the United Nations, whose articles have as many paragraphs in most languages. From the one side
paragraphs are taken away, or numbers and dates in it are changed, at places drawn with fixed seeds. Labels of lists
are left out, so that nothing but the text itself says which paragraph is which. And the contract as it is: how many
paragraphs that bear numbers are flagged.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter

import click

from auditor import Source
from auditor.alignment.encoder import installed
from auditor.alignment.pair import Pair
from auditor.alignment.values import values
from auditor.comparison import pair_of
from auditor.document import Document
from auditor.reading import read
from benchmarks.table import percent, print_table

_CONTRACT = ("ar", "de", "es", "fr", "pl", "ru", "zh-Hans")
_CHARTER = ("ar", "es", "fr", "ru", "zh")
_ROUNDS = 6
_TAKEN = 5
_VALUE_KINDS = ("number", "date", "reference", "symbol", "currency-unit")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "div", "ol", "ul", "td"})
_HEADING = re.compile(
    r"(?:Article|Artículo|Статья|المادة|Section|Sección|Abschnitt|Paragraf|Раздел|القسم|Chapter|Chapitre|Capítulo"
    r"|Глава|الفصل)\s.{1,150}|第[一二三四五六七八九十百零]+[条章].{0,40}"
)
_ARTICLE = re.compile(r"(?:Article|Artículo|Статья|المادة)\s\d+|第[一二三四五六七八九十百零]+条")

Text = Sequence[str]


class _Paragraphs(HTMLParser):
    """The texts of the smallest blocks of a page, and which have an id of the contract."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._id = ""
        self._text = ""
        self._silent = False

    def _end(self) -> None:
        text = " ".join(self._text.split())
        if text:
            self.found.append((self._id, text))
        self._id = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end()
            self._id = dict(attrs).get("id") or ""
        self._silent = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        self._text += "" if self._silent else data


def contract(data: Path, language: str) -> Text:
    """The paragraphs of the contract: the same number in every language."""
    parser = _Paragraphs()
    parser.feed((data / "cc-by-4.0" / f"{language}.html").read_text("utf-8"))
    own = [n for n, (name, _) in enumerate(parser.found) if re.fullmatch(r"s\d\w*", name)]
    return [text for _, text in parser.found[own[0] : own[-1] + 1]]


def charter(data: Path, language: str) -> Text:
    """The lines of the Charter."""
    lines = (data / "un-charter" / f"{language}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def document(paragraphs: Iterable[str], name: str) -> Document:
    """The paragraphs as a document."""
    return read(Source(name, "\n\n".join(paragraphs).encode("utf-8"), "text/plain"))


def counterparts(a: Text, b: Text) -> dict[int, int]:
    """Which paragraph of the first is which of the second, so far as that is known."""
    if len(a) == len(b):
        return dict(zip(range(len(a)), range(len(b)), strict=True))
    heads_a, heads_b = ([n for n, line in enumerate(text) if _ARTICLE.fullmatch(line)] for text in (a, b))
    if len(heads_a) != len(heads_b):
        return {}
    edges_a, edges_b = [0, *heads_a, len(a)], [0, *heads_b, len(b)]
    found: dict[int, int] = {}
    for at in range(len(edges_a) - 1):
        part_a, part_b = (range(e[at], e[at + 1]) for e in (edges_a, edges_b))
        if len(part_a) == len(part_b):
            found.update(zip(part_a, part_b, strict=True))
    return found


def _pairs(data: Path) -> Iterator[tuple[str, str, Text, Text]]:
    for name, load, others in (("contract", contract, _CONTRACT), ("charter", charter, _CHARTER)):
        one = load(data, "en")
        for language in others:
            yield name, language, one, load(data, language)


# ------------------------------------------------------------------------------------------------ lost paragraphs


def lost_paragraphs(data: Path, *, encode: bool, rounds: int = _ROUNDS, show: int = 0) -> None:
    """Take paragraphs from the second side; print precision and recall."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for name, language, one, other in _pairs(data):
        first = document(one, "en.txt")
        same = counterparts(one, other)
        back = {j: i for i, j in same.items()}
        long = 12 if language.startswith("zh") else 30
        may = [j for j in back if len(other[j]) > long and not _HEADING.fullmatch(other[j])]
        count = counted.setdefault((name, language), Counter())
        for turn in range(rounds):
            gone = set(random.Random(f"{name} {language} {turn}").sample(may, _TAKEN))
            second = document([text for j, text in enumerate(other) if j not in gone], f"{language}.txt")
            started = perf_counter()
            matching = (pair := pair_of(first, second, "versions", encode=encode)).matching
            count["milliseconds"] += round(1000 * (perf_counter() - started))
            wanted = {back[j] for j in gone}
            reported = {pair.a.units[i].block for i in matching.only_a}
            count["found"] += len(wanted & reported)
            count["missed"] += len(wanted - reported)
            count["beyond"] += len(reported - wanted) + len(matching.only_b)
            for block in [*(wanted - reported), *(reported - wanted)][:show]:
                click.echo(f"{'missed' if block in wanted else 'beyond'}: {name}/{language} {block} {one[block][:90]}")
            for j in matching.only_b[:show]:
                click.echo(f"beyond: {name}/{language} {pair.b.units[j].span.of(second.text)[:90]}")
    title = "Paragraphs taken from one version" + (", with the encoder" if encode else "")
    rows = [(f"{name}/{language}", *_row(count)) for (name, language), count in counted.items()]
    for name in ("contract", "charter"):
        total = sum((count for (n, _), count in counted.items() if n == name), Counter[str]())
        rows.append((name, *_row(total)))
    rows.append(("all", *_row(sum(counted.values(), Counter[str]()))))
    print_table(title, ("texts", "taken", "found", "beyond", "precision", "recall", "seconds"), rows)


def _row(count: Counter[str]) -> tuple[object, ...]:
    found, missed, beyond = count["found"], count["missed"], count["beyond"]
    return (
        found + missed,
        found,
        beyond,
        percent(found, found + beyond),
        percent(found, found + missed),
        round(count["milliseconds"] / 1000, 1),
    )


# ------------------------------------------------------------------------------------------------ changed values


def changed_values(data: Path, rounds: int = _ROUNDS, show: int = 0) -> None:
    """Change numbers and dates of the second side; print precision and recall by paragraph."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for name, language, one, other in _pairs(data):
        first = document(one, "en.txt")
        plain = document(other, f"{language}.txt")
        places = [v for v in values(plain) if v.written in ("digits", "figures", "words", "han")]
        places = [v for v in places if not _HEADING.fullmatch(other[v.block])]
        before = _flagged(pair_of(first, plain, "versions", encode=False))
        count = counted.setdefault((name, language), Counter())
        for turn in range(rounds):
            chance = random.Random(f"{name} {language} {turn} values")
            drawn = {v.block: v for v in chance.sample(places, min(len(places), _TAKEN))}
            texts = list(other)
            for block, value in drawn.items():
                changed = _changed(value.span.of(plain.text), chance)
                start = value.span.start - plain.blocks[block].span.start
                texts[block] = texts[block][:start] + changed + texts[block][start + len(value.span) :]
            second = document(texts, f"{language}.txt")
            flagged = _flagged(pair_of(first, second, "versions", encode=False))
            count["found"] += len(flagged & set(drawn))
            count["missed"] += len(set(drawn) - flagged)
            count["beyond"] += len(flagged - set(drawn))
            for block in [*(set(drawn) - flagged), *(flagged - set(drawn))][:show]:
                label = "missed" if block in drawn else "beyond"
                click.echo(f"{label}: {name}/{language} {block} {texts[block][:200]}")
        count["before"] = len(before)
    rows = [(f"{name}/{language}", *_row(count)[:-1], count["before"]) for (name, language), count in counted.items()]
    rows.append(("all", *_row(sum(counted.values(), Counter[str]()))[:-1], ""))
    print_table(
        "Numbers and dates changed in one version",
        ("texts", "changed", "found", "beyond", "precision", "recall", "flagged before"),
        rows,
    )


def _changed(written: str, chance: random.Random) -> str:
    """One of its figures, another one."""
    places = [at for at, c in enumerate(written) if c.isdecimal() or c in "一二三四五六七八九"]
    at = places[-1] if places else 0
    digits = "一二三四五六七八九" if written[at] in "一二三四五六七八九" else "123456789"
    if written[at].isdecimal() and not written[at].isascii():
        digits = "".join(chr(ord(written[at]) - int(written[at]) + n) for n in range(1, 10))
    return written[:at] + chance.choice([c for c in digits if c != written[at]]) + written[at + 1 :]


def _flagged(pair: Pair) -> set[int]:
    """Blocks of side b at which a value is reported."""
    found = set()
    for difference in pair.differences(*_VALUE_KINDS):
        block = pair.b.document.block_at(difference.b.start)
        found.add(block.index if block is not None else -1)
    return found


def untouched(data: Path, show: int = 0) -> None:
    """The contract as it is: paragraphs that bear numbers, and how many of them are flagged."""
    rows: list[tuple[object, ...]] = []
    bearing = flagged = 0
    one = contract(data, "en")
    for language in _CONTRACT:
        first, second = document(one, "en.txt"), document(contract(data, language), f"{language}.txt")
        pair = pair_of(first, second, "versions", encode=False)
        bear = {v.block for v in values(first)} | {v.block for v in values(second)}
        found = _flagged(pair)
        bearing, flagged = bearing + len(bear), flagged + len(found)
        other = len(pair.differences()) - len(pair.differences(*_VALUE_KINDS))
        rows.append((language, len(bear), len(found), percent(len(found), len(bear)), other))
        for difference in pair.differences()[: show or None] if show else ():
            click.echo(f"{language}: {difference.kind} {difference.detail} {difference.text_a!r} {difference.text_b!r}")
    rows.append(("all", bearing, flagged, percent(flagged, bearing), ""))
    print_table("The contract as it is", ("against English", "bear numbers", "flagged", "share", "other"), rows)


def treaty(data: Path, show: int = 0) -> None:
    """The six versions of a treaty against the English one: what is reported, by rule."""
    from auditor.analysis.words import count_words

    rows: list[tuple[object, ...]] = []
    for language in ("ar", "es", "fr", "ru", "zh"):
        first, second = (
            read(Source(f"{code}.txt", (data / "bbnj" / f"{code}.txt").read_bytes(), "text/plain"))
            for code in ("en", language)
        )
        started = perf_counter()
        pair = pair_of(first, second, "versions", encode=False)
        found = pair.differences()
        seconds = perf_counter() - started
        words = count_words(first)
        kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(d.kind for d in found).items()))
        rows.append((language, len(found), round(10_000 * len(found) / words, 1), kinds, round(seconds, 2)))
        for difference in found[:show]:
            click.echo(
                f"{language}: {difference.kind} {difference.detail} [{pair.address(difference)}] "
                f"{difference.text_a[:200]!r} | {difference.text_b[:200]!r}"
            )
    print_table(
        "A treaty in six languages", ("against English", "reported", "in 10,000 words", "by rule", "seconds"), rows
    )


def report(data: Path) -> None:
    """Print all of it."""
    lost_paragraphs(data, encode=False)
    if installed():
        lost_paragraphs(data, encode=True, rounds=2)
    changed_values(data)
    untouched(data)
    treaty(data)
