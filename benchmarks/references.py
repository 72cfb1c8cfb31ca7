"""How well damaged symbols and references into nowhere are found, and how seldom something else is taken for one.

    python benchmarks/references.py DATA_FOLDER

Damage is done to untouched texts at random places with a fixed seed: 300 document symbols in ten ways, and 300
references to articles that the text does not have, in three ways. A finding counts when it overlaps the damage and,
for symbols, gives the symbol that stood there. What else is found in the damaged texts and was not in the untouched
ones is counted as wrong. Then the rules of the family run over all clean texts and every finding is listed, for
reading.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from auditor import Source
from auditor.analysis.mentions.symbols import symbols
from auditor.analysis.outline import outline
from auditor.contract import Rule, run
from auditor.document import Document
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read
from benchmarks.corpora import CORPORA, CorpusError, Text, load

_SEED = 2022_179
_CASES = 300
_PER_TEXT = 6


class Damage(msgspec.Struct, frozen=True):
    """A place in the damaged text, what was done there, and what should be said of it."""

    kind: str
    start: int
    end: int
    answer: str


# ------------------------------------------------------------------------------------------------ symbols


def _first_slash(symbol: str) -> tuple[str, str]:
    head, _, tail = symbol.partition("/")
    return head, tail


def _replace_one(symbol: str, old: str, new: str, chance: random.Random) -> str | None:
    """One figure of a numeric component replaced; None where there is none to replace."""
    places = [m.start() for m in re.finditer(rf"(?<=[/.\d]){old}", symbol)]
    if not places:
        return None
    at = chance.choice(places)
    return symbol[:at] + new + symbol[at + len(old) :]


def _glued_slash(symbol: str, sign: str, chance: random.Random) -> str | None:
    places = [
        m.start() for m in re.finditer(r"(?<=\d{2})/(?=\d{2})" if sign == "l" else r"(?<=^[AES])/(?=[A-Z]{2})", symbol)
    ]
    if not places:
        return None
    at = chance.choice(places)
    return symbol[:at] + sign + symbol[at + 1 :]


SYMBOL_DAMAGE: dict[str, Callable[[str, random.Random], str | None]] = {
    "$A_{76/740}$": lambda s, _: "${}_{{{}}}$".format(*_first_slash(s)),
    "A_{76/740}": lambda s, _: "{}_{{{}}}".format(*_first_slash(s)),
    "$\\mathrm{A}/76/740$": lambda s, _: "$\\mathrm{{{}}}/{}$".format(*_first_slash(s)),
    "$A/76/740$": lambda s, _: f"${s}$",
    "A / 76 / 740": lambda s, _: s.replace("/", " / "),
    "A/76 /740": lambda s, r: (lambda at: s[:at] + " " + s[at:])(r.choice([m.start() for m in re.finditer("/", s)])),
    "A\\76\\740": lambda s, _: s.replace("/", "\\"),
    "AIRES/77/321": lambda s, r: _glued_slash(s, "I", r),
    "A/76l740": lambda s, r: _glued_slash(s, "l", r),
    "l for 1": lambda s, r: _replace_one(s, "1", "l", r),
    "O for 0": lambda s, r: _replace_one(s, "0", "O", r),
}


def damaged_symbols(texts: Sequence[Text]) -> Iterator[tuple[Text, str, list[Damage]]]:
    """Texts with up to six symbols damaged each, 300 in all."""
    chance = random.Random(_SEED)
    kinds = list(SYMBOL_DAMAGE)
    left = _CASES
    order = list(texts)
    chance.shuffle(order)
    for text in (*order, *order, *order):
        document = read(text.source())
        found = [m for m in symbols(document) if m.style == "un" and m.value.count("/") >= 2 and " " not in m.value]
        found = [m for m in found if m.span.of(document.text) == m.value]
        chance.shuffle(found)
        edits: list[tuple[int, int, str, str]] = []
        for mention in found[: min(_PER_TEXT, left)]:
            for kind in chance.sample(kinds, len(kinds)):
                written = SYMBOL_DAMAGE[kind](mention.value, chance)
                if written is not None:
                    edits.append((mention.span.start, mention.span.end, written, f"{kind}\t{mention.value}"))
                    break
        if edits:
            left -= len(edits)
            yield (text, *_edited(document.text, edits))
        if left <= 0:
            return


def _edited(text: str, edits: list[tuple[int, int, str, str]]) -> tuple[str, list[Damage]]:
    """The text with the edits done, and where they stand in it; an edit's note is its kind and answer."""
    parts: list[str] = []
    damage: list[Damage] = []
    at = size = 0
    for start, end, written, note in sorted(edits):
        parts += [text[at:start], written]
        size += start - at
        kind, _, answer = note.partition("\t")
        damage.append(Damage(kind, size, size + len(written), answer))
        size += len(written)
        at = end
    parts.append(text[at:])
    return "".join(parts), damage


# ------------------------------------------------------------------------------------------------ references

#: Sentences of the kind that drafters write: with and without "of this Agreement".
SENTENCES = {
    "en": ("This is done in accordance with article {} of this Agreement.", "This is subject to article {}."),
    "fr": (
        "Il y est procédé conformément à l'article {} du présent Accord.",
        "Ceci s'entend sous réserve de l'article {}.",
    ),
    "es": (
        "Ello se hará de conformidad con el artículo {} del presente Acuerdo.",
        "Se aplicará lo dispuesto en el artículo {}.",
    ),
    "ru": ("Это делается в соответствии со статьей {} настоящего Соглашения.", "При этом применяется статья {}."),
    "de": ("Dies geschieht nach Artikel {} dieses Abkommens.", "Vorbehalten bleibt Artikel {}."),
    "ie": ("This is done under section {} of this Act.", "This is subject to section {}."),
}
_BARE = re.compile(
    r"(?<=[a-zà-ÿа-я][ ’'])([Aa]rticle|[Aa]rtículo|[Ss]ection|Artikel|стать[еёиюя]й?) (\d{1,3})(?=[.;:)](?:\s|$))"
)


def _language(corpus: str, name: str) -> str:
    if corpus.startswith("ie"):
        return "ie"
    for code in ("en", "fr", "es", "ru", "de"):
        if code in (corpus.rpartition("-")[2], name.partition(".")[0], corpus.partition("-")[2]):
            return code
    return {"uy-es": "es", "lu-fr": "fr", "ch-de": "de"}.get(corpus, "en")


def _last_article(document: Document) -> int:
    numbers = [
        d.number.end for d in outline(document).divisions if d.number is not None and d.kind in ("article", "section")
    ]
    return max(numbers, default=0) if len(numbers) >= 5 else 0


def dangling_references(texts: Sequence[Text]) -> Iterator[tuple[Text, str, list[Damage]]]:
    """Texts with up to three references that point beyond their last article, 300 in all."""
    chance = random.Random(_SEED)
    left = _CASES
    order = list(texts)
    chance.shuffle(order)
    for text in (*order, *order, *order, *order):
        document = read(text.source())
        last = _last_article(document)
        blocks = [
            b
            for b in document.blocks
            if b.kind == "paragraph" and len(b.prose.text) > 80 and b.prose.text.endswith(".")
        ]
        if not last or len(blocks) < 5:
            continue
        sentences = SENTENCES[_language(text.corpus, text.name)]
        edits: list[tuple[int, int, str, str]] = []
        for kind, sentence in zip(("of this Agreement", "bare sentence"), sentences, strict=True):
            number = last + chance.randint(2, 40)
            place = chance.choice(blocks).span.end
            edits.append((place, place, " " + sentence.format(number), f"{kind}\t{number}"))
        changeable = [m for m in _BARE.finditer(document.text) if int(m.group(2)) <= last]
        if changeable:
            match = chance.choice(changeable)
            number = last + chance.randint(2, 40)
            edits.append((*match.span(), f"{match.group(1)} {number}", f"number changed\t{number}"))
        edits = edits[:left]
        left -= len(edits)
        yield (text, *_edited(document.text, edits))
        if left <= 0:
            return


# ------------------------------------------------------------------------------------------------ measuring


def _findings(rule: Rule, text: Text, written: str) -> list[Finding]:
    return run(rule, read(Source(text.name, written.encode(), text.media_type)), {})


def _places(finding: Finding) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (finding.span, *finding.places)]


def _answers(finding: Finding) -> list[str]:
    symbols_given = finding.data.get("symbols") or [finding.data.get("symbol", "")]
    return [str(item) for item in symbols_given]


def measure(
    rule: Rule, cases: Iterator[tuple[Text, str, list[Damage]]], right: Callable[[Finding, int, Damage], bool]
) -> tuple[dict[str, list[int]], list[str], list[str]]:
    """Found and all by kind of damage; the damage missed; and findings that nothing explains, as lines to read."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    missed: list[str] = []
    wrong: list[str] = []
    for text, written, damage in cases:
        before = Counter(f.message for f in _findings(rule, text, text.text))
        found = _findings(rule, text, written)
        explained: set[tuple[int, int]] = set()
        for item in damage:
            tally[item.kind][1] += 1
            hit = False
            for finding in found:
                for at, (start, end) in enumerate(_places(finding)):
                    if start < item.end and end > item.start:
                        explained.add((start, end))
                        hit = hit or right(finding, at, item)
            tally[item.kind][0] += hit
            if not hit:
                around = written[max(0, item.start - 40) : item.end + 40].replace("\n", " ")
                missed.append(f"{text.corpus}/{text.name} {item.kind} ({item.answer}): {around}")
        for finding in found:
            extra = [place for place in _places(finding) if place not in explained]
            if extra and not before[finding.message] and len(extra) == len(_places(finding)):
                wrong.append(f"{text.corpus}/{text.name}: {finding.message}")
    return tally, missed, wrong


def _print(title: str, tally: dict[str, list[int]], missed: list[str], wrong: list[str], show: int) -> None:
    found, all_of = (sum(column) for column in zip(*tally.values(), strict=True))
    click.echo(f"\n{title}")
    for kind, (hits, of) in sorted(tally.items()):
        click.echo(f"  {hits:4} of {of:4}  {kind}")
    precision = found / (found + len(wrong)) if found else 0.0
    click.echo(f"  {found:4} of {all_of:4}  recall {found / all_of:.3f}, precision {precision:.3f}")
    for line in missed[:show]:
        click.echo(f"    missed  {line}")
    for line in wrong[:show]:
        click.echo(f"    wrong   {line}")


def _available(data: Path, prefixes: Sequence[str]) -> list[Text]:
    texts: list[Text] = []
    for corpus in CORPORA:
        if corpus.startswith(tuple(prefixes)):
            try:
                texts += load(data, corpus)
            except CorpusError as error:
                click.echo(f"left out: {error}")
    return texts


def report(data: Path, show: int = 0, list_all: bool = False) -> None:
    """Print recall and precision on damage, and what the family says of untouched texts."""
    book = {rule.name: rule for rule in load_rules().rules if rule.family == "references"}
    everything = _available(data, ("",))
    with_symbols = [t for t in everything if re.search(r"(?<!\w)[AES]/[A-Z\d]+/", t.text)]
    tally, missed, wrong = measure(
        book["references/symbol-damaged"],
        damaged_symbols(with_symbols),
        lambda finding, at, item: len(_answers(finding)) > at and _answers(finding)[at] == item.answer,
    )
    _print("references/symbol-damaged, symbols damaged at random", tally, missed, wrong, show)
    tally, missed, wrong = measure(
        book["references/dangling"],
        dangling_references(everything),
        lambda finding, _, item: item.answer in finding.message,
    )
    _print("references/dangling, references beyond the last article", tally, missed, wrong, show)
    words = 0
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for text in everything:
        document = read(text.source())
        words += len(text.text.split())
        for rule in book.values():
            for finding in run(rule, document, {}):
                counts[rule.name] += 1
                around = document.text[max(0, finding.span.start - 60) : finding.span.end + 40].replace("\n", " ")
                lines.append(f"    {text.corpus}/{text.name} {rule.name}: {finding.message} | {around}")
    click.echo(f"\nUntouched texts: {len(everything)}, {words:,} words")
    for name in sorted(book):
        click.echo(f"  {counts[name]:4}  {1000 * counts[name] / words:.4f} per 1,000 words  {name}")
    for line in lines if list_all else ():
        click.echo(line)


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--show", type=click.IntRange(0), default=0, help="Missed and wrong cases to print.")
@click.option("--list", "list_all", is_flag=True, help="Print every finding in the untouched texts.")
def main(data: Path, show: int, list_all: bool) -> None:
    """Measure the family references on the texts in the folder DATA."""
    report(data, show, list_all)


if __name__ == "__main__":
    main()
