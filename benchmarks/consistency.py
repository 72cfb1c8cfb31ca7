"""Contradictions injected into clean texts, and whether the family consistency finds them and nothing else.

python benchmarks/consistency.py DATA_FOLDER [--show N] [--list]

500 injections with a fixed seed, in English, French, Spanish, Russian and German texts: defined terms (in another
form, defined again, never used), abbreviations (another explanation, the same again, two letters exchanged, never
explained), words against figures, and dates (no such day, another day of the week, another date of one symbol). As
many sound ones are put in beside them: figures that agree with their words, right days of the week. A finding counts
when its rule is the one that was asked for and one of its places touches the injection; every finding that the
untouched text did not have and that no injection explains is wrong. Then the family runs over all clean texts.
"""

from __future__ import annotations

import datetime
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import click
import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from auditor import Source
from auditor.analysis.cardinals import cardinal_before
from auditor.analysis.definitions import defined_abbreviations
from auditor.analysis.languages import document_languages, languages
from auditor.analysis.mentions.abbreviations import abbreviations
from auditor.analysis.mentions.dates import dates
from auditor.analysis.mentions.symbols import symbols
from auditor.contract import Rule, run
from auditor.document import Document
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read
from benchmarks.corpora import CORPORA, CorpusError, Text, load

_SEED = 2022_740
_CASES = 125
_PER_TEXT = 3


class Edit(msgspec.Struct, frozen=True):
    """What is put in the place of ``[start, end)``; ``rule`` must speak of it, or must not where it is empty."""

    start: int
    end: int
    text: str
    kind: str
    rule: str


class Injection(msgspec.Struct, frozen=True):
    """Where an edit stands in the damaged text."""

    start: int
    end: int
    kind: str
    rule: str


Injector = Callable[[Document, str, random.Random], Iterator[Edit]]

# ------------------------------------------------------------------------------------------------ injectors

_CALLED = {
    "en": ' (hereinafter referred to as "{}")',
    "fr": " (ci-après dénommée « {} »)",
    "es": " (en lo sucesivo denominada «{}»)",
    "ru": " (именуемый в дальнейшем «{}»)",
    "de": " (im Folgenden «{}»)",
}
_NEVER_USED = {
    "en": ("the Coastal Registry", "the Tribunal of Weights", "the Quarry Bureau"),
    "fr": ("la Chambre des balances", "l’Agence des carrières", "le Registre côtier"),
    "es": ("la Oficina de Canteras", "el Registro Costero", "la Cámara de Balanzas"),
    "ru": ("Палата весов", "Береговой реестр", "Бюро карьеров"),
    "de": ("das Küstenregister", "die Waagenkammer", "das Steinbruchamt"),
}
_PARTIES = {"en": ("Contracting Parties", "Parties"), "es": ("Partes Contratantes", "Partes")}


def _paragraphs(document: Document, first: float, last: float) -> list[int]:
    """Ends of the paragraphs that end with a full stop, between two parts of the text."""
    size = len(document.text)
    return [
        block.span.end - 1
        for block in document.blocks
        if block.kind == "paragraph"
        and first * size <= block.span.start < last * size
        and len(block.prose.text) > 80
        and document.text[block.span.end - 1] == "."
    ]


def _terms(document: Document, language: str, chance: random.Random) -> Iterator[Edit]:
    text = document.text
    rule = "consistency/defined-term"
    early, late = _paragraphs(document, 0.0, 0.3), _paragraphs(document, 0.3, 0.95)
    if not early or not late or language not in _CALLED:
        return
    if language in _PARTIES:
        full, short = _PARTIES[language]
        article = "the " if language == "en" else "las "
        uses = list(re.finditer(rf"(?<=[a-zé,] ){article}{full}(?= [a-z])(?! to\b| of\b| in\b)", text))
        uses = [m for m in uses if m.start() > early[0]]
        if len(uses) >= 8:
            if not re.search(rf"(?:hereinafter|hereafter|en adelante|lo sucesivo)[^.]{{0,60}}{full}", text):
                yield Edit(early[0], early[0], _CALLED[language].format(article + full), "", "")
            use = chance.choice(uses)
            yield Edit(use.start(), use.end(), article + short, "term in another form", rule)
            place = chance.choice(late)
            yield Edit(place, place, _CALLED[language].format(article + full), "term defined again", rule)
    place = chance.choice(early)
    name = chance.choice(_NEVER_USED[language])
    yield Edit(place, place, _CALLED[language].format(name), "term never used", rule)


_OTHER_WORDS = (
    "Advisory Bureau Centre Directorate Executive Foundation General Humanitarian Institute Judicial Knowledge Library "
    "Monitoring Network Observatory Partnership Quality Register Secretariat Tribunal University Voluntary Water Youth "
    "Zone"
)
_WORDS_BY_LETTER = {word[0]: word for word in _OTHER_WORDS.split()}


def _abbreviations(document: Document, language: str, chance: random.Random) -> Iterator[Edit]:
    rule = "consistency/abbreviation"
    found = [
        d
        for d in defined_abbreviations(document)
        if 3 <= len(d.short) <= 6 and d.short.isalpha() and document.block_at(d.span.start) is not None
    ]
    found = [d for d in found if getattr(document.block_at(d.span.start), "kind", "") == "paragraph"]
    late = _paragraphs(document, 0.5, 0.98)
    if not found or not late or language != "en":
        return
    first = {d.short: d for d in reversed(found)}
    chosen = chance.choice(list(first.values()))
    place = chance.choice(late)
    if place > chosen.span.end:
        other = " ".join(_WORDS_BY_LETTER.get(letter, "Unit") for letter in chosen.short)
        yield Edit(place, place, f" of the {other} ({chosen.short})", "another explanation", rule)
    again = chance.choice(list(first.values()))
    place = chance.choice(late)
    if place > again.span.end and sum(d.short == again.short for d in found) == 1:
        yield Edit(place, place, f" of the {again.expansion} ({again.short})", "explained again", rule)
    used = defaultdict(list)
    for mention in abbreviations(document):
        if mention.style == "used" and mention.span.of(document.text) == mention.value:
            used[mention.value].append(mention)
    for short, definition in first.items():
        if short in (chosen.short, again.short):
            continue  # one injection an abbreviation
        if len(used[short]) >= 3 and len(short) >= 4 and chance.random() < 0.5:
            at = chance.randrange(len(short) - 1)
            swapped = short[:at] + short[at + 1] + short[at] + short[at + 2 :]
            if swapped != short and swapped not in used and swapped not in first:
                mention = chance.choice(used[short])
                yield Edit(mention.span.start, mention.span.end, swapped, "letters exchanged", rule)
                continue
        if len(first) >= 4 and len(used[short]) >= 2 and sum(d.short == short for d in found) == 1:
            start, end = definition.span.start, definition.span.end
            yield Edit(start, end, definition.expansion, f"never explained\t{short}", rule)


_NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten twelve fifteen twenty thirty forty sixty ninety",
    "fr": "deux trois quatre cinq six sept huit dix douze quinze vingt trente quarante soixante",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta sesenta noventa",
    "ru": "двух трех четырех пяти шести семи восьми девяти десяти двенадцати тридцати шестидесяти девяноста",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn zwölf dreissig dreißig sechzig neunzig",
}


def _numbers(document: Document, language: str, chance: random.Random) -> Iterator[Edit]:
    if language not in _NUMBER_WORDS:
        return
    words = _NUMBER_WORDS[language].replace(" ", "|")
    places = list(re.finditer(rf"(?<=[a-zа-яé] )({words})(?= [a-zа-яA-ZА-Я]{{4,}})", document.text))
    chance.shuffle(places)
    for turn, match in enumerate(places[:3]):
        read_back = cardinal_before(document.text, match.end(), language)
        if read_back is None or read_back[1] != match.start():
            continue
        value = read_back[0]
        if turn == 2:
            yield Edit(match.end(), match.end(), f" ({value})", "", "")
            continue
        wrong = chance.choice([value + 1, value * 10, value + 10, max(1, value - 1)])
        edit = Edit(
            match.start(), match.end(), f"{match.group()} ({wrong})", "words (figures)", "consistency/words-figures"
        )
        if turn == 1:
            edit = Edit(match.start(), match.end(), f"{wrong} ({match.group()})", "figures (words)", edit.rule)
        yield edit


_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
_SHORT_MONTHS = {4: 31, 6: 31, 9: 31, 11: 31, 2: 30}


def _dates(document: Document, language: str, chance: random.Random) -> Iterator[Edit]:
    rule = "consistency/date"
    text = document.text
    full = [
        m
        for m in dates(document)
        if m.style == "long" and m.value[0].isdecimal() and re.match(r"\d{1,2}(?!\d)", text[m.span.start :])
    ]
    chance.shuffle(full)
    if full:
        mention = full[0]
        day = _SHORT_MONTHS.get(int(mention.value[5:7]), chance.randint(32, 39))
        size = 2 if text[mention.span.start : mention.span.start + 2].isdecimal() else 1
        yield Edit(mention.span.start, mention.span.start + size, str(day), "no such day", rule)
    for turn, mention in enumerate(full[1:3]):
        year, month, day = (int(part) for part in mention.value.split("-"))
        if year < 1930 or language not in _WEEKDAYS or text[mention.span.start - 1] != " ":
            continue
        names = _WEEKDAYS[language].split()
        right = datetime.date(year, month, day).weekday()
        said = names[right] if turn else names[(right + chance.randint(1, 6)) % 7]
        kind, asked = ("", "") if turn else ("another day of the week", rule)
        yield Edit(
            mention.span.start, mention.span.start, f"{said}, " if language in ("en", "de") else f"{said} ", kind, asked
        )
    dated = defaultdict(list)
    ends = {m.span.end: m.value for m in symbols(document)}
    for mention in dates(document):
        for gap in (" of ", " du ", " de ", " от "):
            value = ends.get(mention.span.start - len(gap))
            if value is not None and text[mention.span.start - len(gap) : mention.span.start] == gap:
                dated[value, mention.value].append(mention)
    for mentions in dated.values():
        if len(mentions) >= 3 and mentions[0].value[0].isdecimal():
            mention = chance.choice(mentions)
            written = mention.value[:4]
            at = mention.span.of(text).find(written)
            if at >= 0:
                other = written[:2] + str((int(written[2]) + 1) % 10) + written[3]
                yield Edit(
                    mention.span.start + at, mention.span.start + at + 4, other, "another date of one symbol", rule
                )


FAMILIES: dict[str, Injector] = {
    "defined terms": _terms,
    "abbreviations": _abbreviations,
    "words and figures": _numbers,
    "dates": _dates,
}

# ------------------------------------------------------------------------------------------------ measuring


def _carried_out(text: str, edits: Sequence[Edit]) -> tuple[str, list[Injection]]:
    parts: list[str] = []
    done: list[Injection] = []
    at = size = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start < at:
            continue
        parts += [text[at : edit.start], edit.text]
        size += edit.start - at
        done.append(Injection(size, size + len(edit.text), edit.kind, edit.rule))
        size += len(edit.text)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts), done


def _places(finding: Finding) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (finding.span, *finding.places)]


def _findings(rules: Sequence[Rule], text: Text, written: str) -> list[Finding]:
    document = read(Source(text.name, written.encode(), text.media_type))
    return [finding for rule in rules for finding in run(rule, document, {})]


def _hit(finding: Finding, injection: Injection) -> bool:
    if finding.rule != injection.rule:
        return False
    kind, _, short = injection.kind.partition("\t")
    if kind == "never explained":
        return finding.data.get("abbreviation") == short
    return any(start < injection.end and end > injection.start for start, end in _places(finding))


def measure(
    name: str, injector: Injector, texts: Sequence[Text], rules: Sequence[Rule], show: int
) -> tuple[int, int, int]:
    """Found, injected and wrong of one family of injections, printed by kind."""
    chance = random.Random(_SEED)
    order = [text for _ in range(6) for text in chance.sample(list(texts), len(texts))]
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    wrong: list[str] = []
    missed: list[str] = []
    left = _CASES
    untouched: dict[str, Counter[tuple[str, str]]] = {}
    for text in order:
        if left <= 0:
            break
        document = read(text.source())
        if not document_languages(document):
            continue
        codes = Counter(languages(document))
        language = max(codes, key=codes.__getitem__)
        edits = list(injector(document, language, chance))
        asked = [edit for edit in edits if edit.rule]
        asked = sorted(asked, key=lambda edit: tally[edit.kind.partition("\t")[0]][1])[: min(_PER_TEXT, left)]
        if not asked:
            continue
        written, done = _carried_out(document.text, [*asked, *(edit for edit in edits if not edit.rule)])
        if text.name not in untouched:
            untouched[text.name] = Counter(
                (f.rule, f.span.of(document.text)) for f in _findings(rules, text, document.text)
            )
        found = _findings(rules, text, written)
        explained: set[int] = set()
        for injection in done:
            if not injection.rule:
                continue
            left -= 1
            kind = injection.kind.partition("\t")[0]
            hits = [at for at, finding in enumerate(found) if _hit(finding, injection)]
            explained.update(hits)
            tally[kind][0] += bool(hits)
            tally[kind][1] += 1
            if not hits:
                around = written[max(0, injection.start - 60) : injection.end + 40].replace("\n", " ")
                missed.append(f"{text.corpus}/{text.name} {injection.kind}: {around}")
        for at, finding in enumerate(found):
            key = (finding.rule, " ".join(finding.span.of(written).split()))
            before = {(rule, " ".join(said.split())) for rule, said in untouched[text.name]}
            if at not in explained and key not in before:
                wrong.append(f"{text.corpus}/{text.name} {finding.rule}: {finding.message} | {key[1][:80]}")
    number, of = sum(n for n, _ in tally.values()), sum(n for _, n in tally.values())
    click.echo(f"\n{name}")
    for kind, counted in sorted(tally.items()):
        click.echo(f"  {counted[0]:4} of {counted[1]:4}  {kind}")
    click.echo(
        f"  {number:4} of {of:4}  recall {number / max(of, 1):.3f}, "
        f"precision {number / max(number + len(wrong), 1):.3f}"
    )
    for line in missed[:show]:
        click.echo(f"    missed  {line}")
    for line in wrong[:show]:
        click.echo(f"    wrong   {line}")
    return number, of, len(wrong)


def _available(data: Path) -> list[Text]:
    texts: list[Text] = []
    for corpus in CORPORA:
        if corpus in ("bbnj-raw", "prepcom", "bbnj-other"):
            continue
        try:
            texts += load(data, corpus)
        except CorpusError as error:
            click.echo(f"left out: {error}")
    return texts


def report(data: Path, show: int = 0, list_all: bool = False) -> None:
    """Print recall and precision of the injections, and what the family says of the untouched texts."""
    rules = [rule for rule in load_rules().rules if rule.family == "consistency" and not rule.preview]
    texts = _available(data)
    totals = [measure(name, injector, texts, rules, show) for name, injector in FAMILIES.items()]
    hits, of, wrong = (sum(column) for column in zip(*totals, strict=True))
    click.echo(f"\nall: {hits} of {of}, recall {hits / max(of, 1):.3f}, precision {hits / max(hits + wrong, 1):.3f}")
    counts: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    seconds = 0.0
    lines: list[str] = []
    for text in texts:
        document = read(text.source())
        words[text.corpus] += len(document.text.split())
        languages(document)
        started = perf_counter()
        for rule in rules:
            for finding in run(rule, document, {}):
                counts[text.corpus, rule.name] += 1
                around = document.text[max(0, finding.span.start - 50) : finding.span.end + 40].replace("\n", " ")
                lines.append(f"  {text.corpus}/{text.name} {rule.name}: {finding.message} | {around}")
        seconds += perf_counter() - started
    click.echo(
        f"\nUntouched texts: {words.total():,} words, {1e6 * seconds / words.total():.2f} µs a word with its facts"
    )
    for corpus in words:
        total = sum(n for (name, _), n in counts.items() if name == corpus)
        click.echo(f"  {total:4}  {1000 * total / words[corpus]:.3f} per 1,000 words  {corpus}")
    for rule in rules:
        total = sum(n for (_, name), n in counts.items() if name == rule.name)
        click.echo(f"  {total:4}  {1000 * total / words.total():.4f} per 1,000 words  {rule.name}")
    for line in lines if list_all else ():
        click.echo(line)


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--show", type=click.IntRange(0), default=0, help="Missed and wrong cases to print.")
@click.option("--list", "list_all", is_flag=True, help="Print every finding in the untouched texts.")
def main(data: Path, show: int, list_all: bool) -> None:
    """Measure the family consistency on the texts in the folder DATA."""
    report(data, show, list_all)


if __name__ == "__main__":
    main()
