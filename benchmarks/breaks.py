"""Damage done on purpose to clean texts, for the families breaks, punctuation, repetition and notes.

Each rule has its own kind of damage, done in several places of a text at once, far apart. A damage is found if the
rule reports a place that touches it; everything else that the rule reports, and did not report of the untouched text,
is surplus. Choices are seeded by the rule's and the document's name.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

from auditor.contract import Rule, run
from auditor.document import Document, Span
from auditor.plugins import load_rules
from auditor.reading import read
from benchmarks.corpora import Text, load
from benchmarks.table import percent, print_table

_LEAST = 0.5
#: Damages done to one text, and the characters between them.
_MOST = 8
_APART = 600
#: What is told by what the rest of the text does is damaged once.
_ONCE = frozenset({"punctuation/missing-stop", "punctuation/list-end", "punctuation/unpaired-quote"})
_PLAIN = (("bbnj", 3), ("resolutions", 40), ("unsc", 20))
_MARKDOWN = (("ie-en", 12), ("ch-de", 12), ("lu-fr", 12), ("uy-es", 8))


class Damage(msgspec.Struct, frozen=True):
    """Replace ``[start, end)`` by ``text``."""

    start: int
    end: int
    text: str


#: A kind of damage: every place where it could be done to a text.
Kind = Callable[[str, Random], Iterator[Damage]]


def _between(pattern: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(pattern, text)


def hyphen_residue(text: str, rng: Random) -> Iterator[Damage]:
    """A long word with a hyphen, and perhaps a space, in the middle."""
    for match in _between(r"(?<= )[^\W\d_A-Z]{9,16}(?= )", text):
        at = match.start() + rng.randint(3, len(match[0]) - 4)
        yield Damage(at, at, rng.choice(("-", "- ")))


def paragraph_cut(text: str, _: Random) -> Iterator[Damage]:
    """A blank line between two words of a sentence."""
    for match in _between(
        r"(?<=[a-zà-ÿ] )(?:[a-zà-ÿ]{2,} ){12}[a-zà-ÿ]{2,}( )(?=[a-zà-ÿ]{2,} [a-zà-ÿ]{2,} [a-zà-ÿ])", text
    ):
        yield Damage(match.start(1), match.end(1), "\n\n")


def sentence_unfinished(text: str, _: Random) -> Iterator[Damage]:
    """The rest of a paragraph behind an article or preposition taken away."""
    pattern = (
        r"(?: [^\s.]+){12} (?:the|of|de|la|del|les|des)( [^\n.]+\.)(?=\n\n(?:Article|Art|Artículo|#|[A-Z][a-z]+ [a-z]))"
    )
    for match in _between(pattern, text):
        yield Damage(match.start(1), match.end(1), "")


def paragraphs_merged(text: str, _: Random) -> Iterator[Damage]:
    """The break before a numbered paragraph taken away."""
    for match in _between(r"(?<=\n)(\d)\. [A-ZÀ-Þ][^\n]{40,}[.](\n\n)(?=(\d)\. [A-ZÀ-Þ][^\n]{40,}\n\n(\d)\. )", text):
        if int(match[1]) + 2 == int(match[3]) + 1 == int(match[4]):
            yield Damage(match.start(2), match.end(2), " ")


def line_breaks_kept(text: str, _: Random) -> Iterator[Damage]:
    """A long paragraph as lines with blank lines between."""
    for match in _between(r"(?<=\n\n)[A-Z][^\n]{600,1500}[.](?=\n\n)", text):
        lines = textwrap.wrap(match[0], 90)
        if sum(line[0].islower() for line in lines) == len(lines) - 1:
            yield Damage(match.start(), match.end(), "\n\n".join(lines))


def columns_interleaved(text: str, _: Random) -> Iterator[Damage]:
    """Two paragraphs side by side."""
    for match in _between(r"(?<=\n\n)([A-Z][^\n]{400,900}[.])\n\n([^\n]{400,900}[.;,])(?=\n\n)", text):
        left, right = textwrap.wrap(match[1], 45), textwrap.wrap(match[2], 45)
        count = min(len(left), len(right))
        rows = [f"{a:<50}{b}" for a, b in zip(left, right, strict=False)]
        yield Damage(match.start(), match.end(), "\n".join([*rows, *left[count:], *right[count:]]))


def unpaired_bracket(text: str, rng: Random) -> Iterator[Damage]:
    """One bracket of a pair taken away."""
    for match in _between(r"\([^()\n]{5,80}[^\W\d_]{4}\)", text):
        yield Damage(match.start(), match.end(), rng.choice((match[0][1:], match[0][:-1])))


def unpaired_quote(text: str, rng: Random) -> Iterator[Damage]:
    """One quotation mark of a pair taken away."""
    for match in _between(r"“[^“”\n]{3,80}”|«[^«»\n]{3,80}»", text):
        yield Damage(match.start(), match.end(), rng.choice((match[0][1:], match[0][:-1])))


def spacing(text: str, rng: Random) -> Iterator[Damage]:
    """A space put before a comma, or taken from behind a comma or full stop."""
    for match in _between(r"(?<=[a-zà-ÿ]{4})([,.])( )(?=[A-Za-z][a-zà-ÿ]{3})", text):
        if match[1] == ",":
            yield rng.choice((Damage(match.start(), match.start(), " "), Damage(match.start(2), match.end(2), "")))
        elif text[match.end()].isupper():
            yield Damage(match.start(2), match.end(2), "")


def doubled(text: str, rng: Random) -> Iterator[Damage]:
    """A comma or semicolon written twice, or a full stop behind another mark."""
    for match in _between(r"(?<=[a-zà-ÿ]{5})[,;.](?=[ \n])", text):
        more = {",": ",,", ";": ";;", ".": ".."}[match[0]]
        yield Damage(
            match.start(), match.end(), rng.choice((more, f"{match[0]} {match[0]}" if match[0] != "." else more))
        )


def list_end(text: str, _: Random) -> Iterator[Damage]:
    """The semicolon of a point taken away, others before and behind it keeping theirs."""
    point = r"\n\n\([a-z]\) [^\n;]{20,}"
    for match in _between(rf"{point};{point}(;){point};(?={point};)", text):
        yield Damage(match.start(1), match.end(1), "")


def missing_stop(text: str, _: Random) -> Iterator[Damage]:
    """The full stop of a paragraph of several sentences taken away."""
    for match in _between(r"(?<=\n\n)[^\n]{80,}[a-z]{3}\. [A-Z][^\n]{40,}[a-z]{3}(\.)(?=\n\n[A-Z\d])", text):
        yield Damage(match.start(1), match.end(1), "")


def quote_style_mixed(text: str, _: Random) -> Iterator[Damage]:
    """A quotation in straight marks among others."""
    if len(re.findall("“[^“”\n]{1,80}”", text)) >= 12:
        for match in _between("“([^“”\n]{3,80})”", text):
            yield Damage(match.start(), match.end(), f'"{match[1]}"')
            return


def repeated_word(text: str, rng: Random) -> Iterator[Damage]:
    """A word, or two small ones, written twice."""
    for match in _between(
        r"(?<=[a-zà-ÿ] )(?:of the|in the|de la|the|of|and|to|de|les|los|con|par|por|pour|with|for)(?= [a-z])", text
    ):
        yield Damage(match.end(), match.end(), rng.choice((" ", "\n")) + match[0])


def duplicated_block(text: str, _: Random) -> Iterator[Damage]:
    """A paragraph repeated."""
    for match in _between(r"(?<=\n\n)[^\n#|]{100,}[.;,](?=\n\n)", text):
        yield Damage(match.end(), match.end(), f"\n\n{match[0]}")


def loop(text: str, rng: Random) -> Iterator[Damage]:
    """Some words repeated over and over."""
    for match in _between(r"(?<= )(?:[a-zà-ÿ]{2,} ){4}(?=[a-zà-ÿ])", text):
        yield Damage(match.end(), match.end(), match[0] * rng.randint(6, 30))


def duplicated_heading(text: str, _: Random) -> Iterator[Damage]:
    """A heading repeated."""
    for match in _between(r"(?<=\n)#{1,6} [^\n]{6,80}(?=\n\n[^#])", text):
        yield Damage(match.end(), match.end(), f"\n\n{match[0]}")


def note_in_text(text: str, rng: Random) -> Iterator[Damage]:
    """A footnote between two words of a sentence."""
    notes = {"the": "See resolution 75/239.", "la": "Voir la résolution 75/239.", "los": "Véase la resolución 75/239."}
    for word, note in notes.items():
        for match in _between(rf"(?<=[a-zà-ÿ] )(?:[a-zà-ÿ]{{2,}} ){{6}}{word}( )(?=[a-zà-ÿ]{{3,}} )", text):
            yield Damage(match.start(1), match.end(1), f"\n\n{rng.randint(1, 40)} {note}\n\n")


def table_ragged(text: str, _: Random) -> Iterator[Damage]:
    """A cell taken from a row."""
    for match in _between(r"(?<=\n)\|[^\n]*\|([^|\n]+\|)(?=\n)", text):
        if "--" not in match[0] and not text.startswith(("\n| --", "\n|--"), match.end()):
            yield Damage(match.start(1), match.end(1), "")


def table_split(text: str, _: Random) -> Iterator[Damage]:
    """A table ended and begun again with its head."""
    for match in _between(r"(?<=\n\n)(\|[^\n]+\|\n\|[ :|-]+\|\n)(?:\|[^\n]+\|\n){2,}(?=(?:\|[^\n]+\|\n){2})", text):
        yield Damage(match.end(), match.end(), f"\n{match[1]}")


_KINDS: dict[str, tuple[Kind, Sequence[tuple[str, int]]]] = {
    "breaks/hyphen-residue": (hyphen_residue, _PLAIN),
    "breaks/paragraph-cut": (paragraph_cut, _PLAIN),
    "breaks/sentence-unfinished": (sentence_unfinished, (*_PLAIN, *_MARKDOWN)),
    "breaks/paragraphs-merged": (paragraphs_merged, (*_PLAIN, *_MARKDOWN)),
    "breaks/line-breaks-kept": (line_breaks_kept, _PLAIN),
    "breaks/columns-interleaved": (columns_interleaved, _PLAIN),
    "punctuation/unpaired-bracket": (unpaired_bracket, _PLAIN),
    "punctuation/unpaired-quote": (unpaired_quote, _PLAIN),
    "punctuation/spacing": (spacing, _PLAIN),
    "punctuation/doubled": (doubled, _PLAIN),
    "punctuation/list-end": (list_end, _PLAIN),
    "punctuation/missing-stop": (missing_stop, _PLAIN),
    "punctuation/quote-style-mixed": (quote_style_mixed, _PLAIN),
    "repetition/repeated-word": (repeated_word, _PLAIN),
    "repetition/duplicated-block": (duplicated_block, _PLAIN),
    "repetition/loop": (loop, _PLAIN),
    "repetition/duplicated-heading": (duplicated_heading, _MARKDOWN),
    "notes/note-in-text": (note_in_text, _PLAIN),
    "notes/table-ragged": (table_ragged, _MARKDOWN),
    "notes/table-split": (table_split, _MARKDOWN),
}


class _Count(msgspec.Struct):
    texts: int = 0
    done: int = 0
    found: int = 0
    surplus: int = 0
    missed: list[str] = msgspec.field(default_factory=list)


def report(data: Path, *, show: int = 0) -> None:
    """Print recall and precision by rule; ``show`` missed damages and surplus findings of each."""
    rules = {rule.name: rule for rule in load_rules().rules}
    corpora: dict[tuple[str, int], tuple[Text, ...]] = {}
    rows: list[tuple[object, ...]] = []
    for name, (kind, wanted) in _KINDS.items():
        count = _Count()
        for corpus in wanted:
            if corpus not in corpora:
                corpora[corpus] = load(data, *corpus)
            for text in corpora[corpus]:
                _damage(rules[name], kind, text, count)
        recall, precision = percent(count.found, count.done), percent(count.found, count.found + count.surplus)
        rows.append((name, count.texts, count.done, recall, count.surplus, precision))
        for line in count.missed[:show]:
            print(f"  {name}: {line}")
    print_table(
        "Damage of the families breaks, punctuation, repetition, notes",
        ("rule", "texts", "damages", "recall", "surplus", "precision"),
        rows,
    )


def _damage(rule: Rule, kind: Kind, text: Text, count: _Count) -> None:
    rng = Random(f"{rule.name} {text.name}")
    candidates = list(kind(text.text, rng))
    rng.shuffle(candidates)
    chosen: list[Damage] = []
    for damage in candidates:
        if all(abs(damage.start - other.start) > _APART for other in chosen):
            chosen.append(damage)
        if len(chosen) == (1 if rule.name in _ONCE else _MOST):
            break
    if not chosen:
        return
    chosen.sort(key=lambda damage: damage.start)
    damaged, places = _done(text.text, chosen)
    before = {_words(document, span) for document, span in _found(rule, text)}
    after = list(_found(rule, text.with_text(damaged)))
    count.texts += 1
    count.done += len(chosen)
    hit = set()
    for document, span in after:
        near = [at for at, place in enumerate(places) if span.start <= place.end + 3 and place.start - 3 <= span.end]
        hit.update(near)
        if not near and _words(document, span) not in before:
            count.surplus += 1
            count.missed.append(f"surplus {text.name}: {document.text[max(span.start - 40, 0) : span.end + 40]!r}")
    count.found += len(hit)
    for at, place in enumerate(places):
        if at not in hit:
            count.missed.append(f"missed {text.name}: {damaged[max(place.start - 60, 0) : place.end + 60]!r}")


def _done(text: str, damages: Sequence[Damage]) -> tuple[str, list[Span]]:
    """The damaged text, and where in it each damage is."""
    pieces: list[str] = []
    places: list[Span] = []
    at = length = 0
    for damage in damages:
        kept = text[at : damage.start]
        pieces += (kept, damage.text)
        length += len(kept)
        places.append(Span(length, length + len(damage.text)))
        length += len(damage.text)
        at = damage.end
    pieces.append(text[at:])
    return "".join(pieces), places


def _found(rule: Rule, text: Text) -> Iterator[tuple[Document, Span]]:
    document = read(text.source())
    for finding in run(rule, document, {option.name: option.default for option in rule.options}):
        if finding.confidence >= _LEAST:
            for span in (finding.span, *finding.places):
                yield document, span


def _words(document: Document, span: Span) -> str:
    """What a place says with its neighbours, so that it is known again in the damaged text."""
    return document.text[max(span.start - 20, 0) : span.end + 20]
