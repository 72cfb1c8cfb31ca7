"""Furniture glued into sentences: the page break fell inside a paragraph, and head or foot were joined to its words.

Three ways lead to it. Known pieces that belong together stand in the middle of a line. What stands on lines of its own
elsewhere in the document turns up inside one. Or a stretch repeats with a rising number, a page apart, and cuts
sentences where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.analysis.furniture.grammar import Tile, prepare, runs
from auditor.analysis.furniture.items import Draft, grammar_of, kind_of, number_of, total_of, weight_of
from auditor.analysis.furniture.lines import ends_open, exact_key, letters_key, starts_open
from auditor.analysis.furniture.series import chains
from auditor.analysis.furniture.standing import Sightings, constant_of, names_division, signature
from auditor.analysis.scripts import beyond_latin
from auditor.analysis.shapes import source_shape, spaced_numbers
from auditor.document import Document, Span

_REACH = 110
_LONGEST_HEADING = 1000
#: Places worth a look: what running text hardly ever has. They are looked for in the shape of the text where it may be
#: (`auditor.analysis.shapes`).
_DASH_SHAPES = (re.compile(rb"-(?= ?0)"), re.compile(rb"\?(?= ?0)"))
_DASH = re.compile(r"[-\u2010-\u2015](?: ?(?P<page>\d{1,4}) ?[-\u2010-\u2015](?!\d)|(?<=\d\d.)\d{5}(?!\d))")
_SLASH = re.compile(r"/ ?(\d{1,4})(?![\d/]|\.\d)")
_CONTINUED = re.compile(r"/ ?(?:\.{2,3}|…|(?<=…/)|(?<=\.\.\./))")
_NAMES = (
    "Treaty Series", "Official Journal", "Journal officiel", "Amtsblatt der", "Diario Oficial", "CONGRESSIONAL RECORD",
    "Federal Register /", "Federal Register/", "BOE-",
)  # fmt: skip
_PAGE_WORDS = (
    "Column", "Col.", "COLUMN", "Page", "PAGE", "Página", "Pagina", "Sida", "Side", "Sivu", "Seite", "Strona", "Strana",
)  # fmt: skip
_PAGE_SHAPE = re.compile(rb" 0(?<=[aA.]..)")
_PAGE = re.compile(rf"(?:{'|'.join(map(re.escape, _PAGE_WORDS))}|Страница|Σελίδα|صفحة) \d")
_BEFORE_SLASH = re.compile(r"(?<![\d/.,\w-])([\dOolI]{1,4}) ?$")
_BARCODE = re.compile(r"\*[A-Z]?\d{6,9}[A-Z]?\\?\*")
_TREATY_VOLUME = re.compile(r"V(?:OL|ol)(?:\.|ume|UME) ?\d{1,4},? ?[IAB]{1,3} ?[-\u2010-\u2015] ?\d")
_DIGIT_FOR_LETTER = str.maketrans("OolI", "0011")
_SET_OFF = " |•·–—()[]"
_NUMBER = re.compile(r" (\d{1,4}) (?=[^\W\d_]|[|•·–—] )")
_TRIM = frozenset(
    {"number", "date", "month", "roman", "edition", "symbol", "registration", "volume", "language", "number-of"}
)
_TITLED = frozenset(
    {
        "official-journal",
        "treaty-series",
        "debates",
        "gazette",
        "column",
        "official-journal-act",
        "federal-register",
        "congressional-record",
        "treaty-volume",
    }
)


def find_inside(document: Document, seen: Sightings, marked: Sequence[Span]) -> list[Draft]:
    """Drafts of the stretches inside lines, not overlapping, in order."""
    drafts = list(_known(document, seen))
    drafts.extend(_learned(seen))
    drafts.extend(_repeated(document))
    drafts.sort(key=lambda draft: (draft.span.start, -len(draft.span)))
    kept: list[Draft] = []
    taken = sorted([*(d.span for d in seen.drafts.values()), *marked])
    at = 0
    for draft in drafts:
        while at < len(taken) and taken[at].end <= draft.span.start:
            at += 1
        if at < len(taken) and taken[at].overlaps(draft.span):
            continue
        if kept and kept[-1].span.overlaps(draft.span):
            continue
        kept.append(draft)
    return kept


class _Run:
    """Tiles that follow each other inside a line, with the place of the line's window in the text."""

    def __init__(self, tiles: Sequence[Tile], base: int, text: str) -> None:
        self.tiles = tiles
        self.span = _with_marks(text, base + tiles[0].start, base + tiles[-1].end)
        self.weight = weight_of(tiles)
        self.heavy = len({tile.piece.name for tile in tiles if tile.piece.weight})
        self.cut = cuts_sentence(text, self.span)


def _with_marks(text: str, start: int, end: int) -> Span:
    """A stretch with the emphasis and formula marks that touch it."""
    while start > 0 and text[start - 1] in "*_$":
        start -= 1
    while end < len(text) and text[end] in "*_$}":
        end += 1
    return Span(start, end)


def cuts_sentence(text: str, span: Span) -> bool:
    """Whether what stands before and after a stretch of a line is one sentence; not in a heading."""
    line = text.rfind("\n", max(0, span.start - _LONGEST_HEADING), span.start) + 1
    if text.startswith("#", line):
        return False
    before = text[max(line, span.start - 14) : span.start].rstrip(" \t(")
    after = text[span.end : span.end + 14].lstrip(" \t)")
    return bool(before) and bool(after) and after[0] != "\n" and ends_open(before) and starts_open(after)


def _windows(document: Document, seen: Sightings) -> Iterator[tuple[int, int]]:
    """Spans of text around places worth a look."""
    text = document.text
    if beyond_latin(document):
        yield from (found.span() for found in _PAGE.finditer(text))
    else:
        for space in (found.start() for found in _PAGE_SHAPE.finditer(source_shape(document))):
            if text.endswith(_PAGE_WORDS, 0, space):
                word = next(word for word in _PAGE_WORDS if text.endswith(word, 0, space))
                yield space - len(word), space + 2
    names = (re.compile(name) for name in _NAMES if name in text)
    for pattern in (*names, _CONTINUED, _BARCODE, _TREATY_VOLUME):
        for found in pattern.finditer(text):
            yield found.span()
    dashed = []
    for found in _dashes(document):
        if found["page"] is None:
            yield found.start() - 2, found.end()
        elif not text[max(0, found.start() - 1)].isdigit():
            dashed.append(found)
    for chain in chains([int(found["page"]) for found in dashed], [found.start() for found in dashed], 6, 3):
        yield from (dashed[i].span() for i in chain.members)
    standing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _, draft in sorted(seen.drafts.items()):
        if draft.total is not None and draft.number is not None:
            standing[draft.total].append((draft.span.start, draft.number))
    yield from _folios(text, standing)


def _dashes(document: Document) -> Iterator[re.Match[str]]:
    """Dashes around a page number, or inside a job number."""
    text = document.text
    if beyond_latin(document):
        yield from _DASH.finditer(text)
        return
    signs = source_shape(document)
    end = 0
    for at in sorted(found.start() for pattern in _DASH_SHAPES for found in pattern.finditer(signs)):
        found = _DASH.match(text, at) if at >= end else None
        if found is not None:
            end = found.end()
            yield found


def _folios(text: str, standing: Mapping[int, Sequence[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    """Fractions with one denominator whose numerators rise page by page, by themselves or between folios that stand.

    standing  places and numbers of the folios that stand on lines of their own, in order, by the total they state
    """
    groups: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for found in _SLASH.finditer(text):
        before = _BEFORE_SLASH.search(text[max(0, found.start() - 6) : found.start()])
        if before is None:
            continue
        digits = before[1].translate(_DIGIT_FOR_LETTER)
        if int(digits) <= int(found[1]):
            groups[int(found[1])].append((int(digits), found.start() - len(before[0]), found.end()))
    for total, members in groups.items():
        if total in standing:
            yield from ((first, last) for number, first, last in members if _rises(standing[total], number, first))
            continue
        for chain in chains([m[0] for m in members], [m[1] for m in members], 6, 3):
            yield from (members[i][1:] for i in chain.members)


def _rises(standing: Sequence[tuple[int, int]], number: int, at: int) -> bool:
    """Whether a numerator lies between those of the folios before and after it."""
    where = bisect_left(standing, (at, 0))
    return (where == 0 or standing[where - 1][1] < number) and (where == len(standing) or number < standing[where][1])


def _known(document: Document, seen: Sightings) -> Iterator[Draft]:
    """Known pieces inside lines."""
    text, lines = seen.lines.text, seen.lines
    found: dict[Span, _Run] = {}
    at = 0
    for first, last in sorted(set(_windows(document, seen))):
        while at < len(lines) and lines.end[at] <= first:
            at += 1
        if at >= len(lines) or at in seen.drafts or lines.hidden[at] or lines.start[at] > first:
            continue
        base = max(lines.start[at], first - _REACH)
        window = prepare(text[base : min(lines.end[at], last + _REACH)])
        for tiles in runs(window, 0, last - base):
            trimmed = _trim(tiles)
            if trimmed and trimmed[-1].end > first - base and trimmed[0].start < last - base:
                run = _Run(trimmed, base, text)
                if lines.opaque[at] and not (run.cut and run.weight >= 3):
                    continue
                if run.span.start > lines.start[at] or run.span.end < lines.end[at]:
                    found[run.span] = run
    yield from _accepted(seen, [found[span] for span in sorted(found)])


def _trim(tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """The run without the light pieces at its ends, which may be part of the sentence; a titled head keeps them."""
    if any(tile.piece.name in _TITLED for tile in tiles) and len({tile.piece.name for tile in tiles}) > 1:
        return tuple(tiles)
    first, last = 0, len(tiles)
    symbols = any(tile.piece.name in ("page", "page-of", "continued", "job-number", "folio") for tile in tiles)
    while (
        first < last
        and tiles[first].piece.name in _TRIM
        and not (symbols and tiles[first].piece.name in ("symbol", "language"))
    ):
        first += 1
    while (
        last > first
        and tiles[last - 1].piece.name in _TRIM
        and not (symbols and tiles[last - 1].piece.name in ("symbol", "language"))
    ):
        last -= 1
    return tuple(tiles[first:last])


def _accepted(seen: Sightings, found: Sequence[_Run]) -> Iterator[Draft]:
    attested = {draft.key for draft in seen.drafts.values()}
    groups: dict[str, list[_Run]] = defaultdict(list)
    for run in found:
        groups[signature(run.tiles)].append(run)
    for key, members in groups.items():
        numbered = [run for run in members if number_of(run.tiles) is not None]
        chained: set[Span] = set()
        for chain in chains(
            [number_of(run.tiles) or 0 for run in numbered], [run.span.start for run in numbered], 8, 2
        ):
            inside = [numbered[i] for i in chain.members]
            cutting = sum(run.cut for run in inside)
            if (len(inside) >= 3 and cutting >= 0.2 * len(inside)) or cutting == len(inside):
                chained.update(run.span for run in inside)
        sure = {run.span for run in members if run.weight >= 4 and run.heavy >= 2}
        if key in attested:
            sure.update(r.span for r in members if r.weight >= 3 or number_of(r.tiles) is not None)
        cutting = sum(run.cut for run in members)
        if cutting >= 2 and cutting >= 0.4 * len(members):
            chained.update(run.span for run in members if run.weight >= 3)
        for run in members:
            if run.span in sure or run.span in chained:
                yield Draft(
                    run.span,
                    kind_of(run.tiles),
                    key,
                    constant_of(run.tiles),
                    0.95 if run.span in sure else 0.9,
                    inside=True,
                    grammar=grammar_of(run.tiles),
                    number=number_of(run.tiles),
                    total=total_of(run.tiles),
                )


def _learned(seen: Sightings) -> Iterator[Draft]:
    """What stands on lines of its own elsewhere, with words and a number, inside a line."""
    text = seen.lines.text
    titles = {
        draft.key: draft.constant
        for draft in seen.drafts.values()
        if draft.key.startswith("title") and "…" in draft.constant and len(draft.key) > 14
    }
    starts = {draft.span.start for draft in seen.drafts.values()}
    for key, constant in list(titles.items())[:20]:
        pattern = re.compile(
            r"\W{1,4}".join(
                re.escape(part).replace("…", r"(\d{1,5})", 1).replace("…", r"\d{1,5}") for part in constant.split()
            )
        )
        for found in pattern.finditer(text):
            span = Span(*found.span())
            if span.start not in starts and "\n" not in found[0]:
                yield Draft(
                    span,
                    "header",
                    key,
                    constant,
                    0.9,
                    inside=not _fills_line(text, span),
                    number=int(found[1]) if found.groups() and found[1] else None,
                )


def _fills_line(text: str, span: Span) -> bool:
    """Whether nothing else stands on the line of a span."""
    before = text[max(0, span.start - 40) : span.start].rstrip(" \t")
    after = text[span.end : span.end + 40].lstrip(" \t")
    return (span.start == 0 or before[-1:] in ("\n", "\f")) and after[:1] in ("", "\n", "\f", "\r")


def _repeated(document: Document) -> Iterator[Draft]:
    """Stretches with a rising number that cut sentences, a page apart, with words that are the same each time."""
    text = document.text
    before: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    after: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for found in filter(None, (_NUMBER.match(text, space) for space in spaced_numbers(document))):
        first, last = found.span(1)
        place = (int(found[1]), first, last)
        if text[first - 2].isalpha() or text[first - 2] in _SET_OFF:
            words = text[max(0, first - 24) : first - 1].rstrip(_SET_OFF).rsplit(None, 1)
            if words and (word := words[-1].strip(_SET_OFF)).isalpha():
                before[word].append(place)
        if text[last + 1].isupper() or text[last + 1] in _SET_OFF:
            words = text[last + 1 : last + 26].lstrip(_SET_OFF).split(None, 1)
            if words and words[0][0].isupper():
                after[words[0]].append(place)
    for groups, side in ((before, -1), (after, 1)):
        for key, members in groups.items():
            if len(members) < 4 or names_division(key):
                continue
            for chain in chains([m[0] for m in members], [m[1] for m in members], 4, 4):
                if len(chain) < 0.7 * len(members) or chain.page < 800 or chain.regular < 0.6:
                    continue
                yield from _grown(text, [members[i] for i in chain.members], side)


def _grown(text: str, members: Sequence[tuple[int, int, int]], side: int) -> Iterator[Draft]:
    """The members with as many words beside the number as they all share, where these cut sentences."""
    reach = 160
    if side < 0:
        contexts = [text[max(0, first - reach) : first].split("\n")[-1] for _, first, _ in members]
        shared = _shared_words([context.split()[::-1] for context in contexts])[::-1]
    else:
        contexts = [text[last : last + reach].split("\n")[0] for _, _, last in members]
        shared = _shared_words([context.split() for context in contexts])
    constant = " ".join(shared)
    if len(letters_key(constant)) < 8 or not constant.strip(_SET_OFF)[:1].isupper():
        return
    spans = []
    for (_, first, last), context in zip(members, contexts, strict=True):
        size = _reach_of(context, shared, side)
        spans.append(Span(first - size, last) if side < 0 else Span(first, last + size))
    cutting = sum(cuts_sentence(text, span) for span in spans)
    if cutting < 0.5 * len(spans):
        return
    named = f"{constant} …" if side < 0 else f"… {constant}"
    for (number, _, _), span in zip(members, spans, strict=True):
        yield Draft(span, "header", f"title {exact_key(constant)}", named, 0.8, inside=True, number=number)


def _shared_words(contexts: Sequence[Sequence[str]]) -> list[str]:
    """The words that all contexts begin with."""
    shared: list[str] = []
    for words in zip(*contexts, strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    return shared


def _reach_of(context: str, shared: Sequence[str], side: int) -> int:
    """How many characters of a context its shared words take up, the space to the number included."""
    if side < 0:
        start = len(context)
        for word in reversed(shared):
            start = context.rindex(word, 0, start)
        return len(context) - start
    end = 0
    for word in shared:
        end = context.index(word, end) + len(word)
    return end
