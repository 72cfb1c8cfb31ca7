"""Footnotes: notes, their markers, and which belongs to which.

Notes are known by their place: Markdown definitions (``[^1]: …``), what stands under a rule of underscores, blocks
that open with a raised number, a number in brackets or an asterisk, where these labels rise through the document as
a series of footnotes does and paragraph numbers don't.

Markers are known by their form: Markdown references, raised or bracketed numbers, asterisks; and, where a converter
lost the raising, a number glued to a word or its punctuation ("conference,2"). A glued number is believed only with
a second sign: its note stands where its turn comes, or it is one of a series that rises by one through the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.furniture.pages import pages
from auditor.analysis.labels import label_at
from auditor.analysis.mentions import MentionKind, mentions
from auditor.analysis.mentions.running_text import SEPARATOR, RunningText, running_text, shape
from auditor.analysis.scripts import beyond_latin
from auditor.document import Document, Span

NoteForm = Literal["markdown", "ruled", "raised", "bracketed", "star"]
MarkerForm = Literal["markdown", "raised", "bracketed", "star", "glued", "loose"]


class Note(msgspec.Struct, frozen=True, gc=False):
    """A footnote: ``span`` of its label, ``at`` its offset in the running text (in the source for Markdown notes)."""

    label: str
    span: Span
    form: NoteForm
    at: int


class Marker(msgspec.Struct, frozen=True, gc=False):
    """A marker in the text; ``note`` is the index of its note in `Footnotes.notes`, or None.

    word  of a glued marker: the word it is glued to, with its punctuation
    """

    label: str
    span: Span
    form: MarkerForm
    at: int
    note: int | None = None
    word: str = ""


class Footnotes(msgspec.Struct, frozen=True, gc=False):
    """Notes and markers in the order of the text.

    orphans    indexes of notes for which no marker can be found, not even a number that might be one
    dangling   indexes of markers that belong to a series whose notes are there, and whose own is not
    """

    notes: tuple[Note, ...]
    markers: tuple[Marker, ...]
    orphans: tuple[int, ...]
    dangling: tuple[int, ...]


# ------------------------------------------------------------------------------------------------ Markdown

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]{1,60})\]:", re.MULTILINE)
_USE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")


def _markdown(document: Document) -> tuple[list[Note], list[Marker], list[int], list[int]]:
    text = document.text
    if document.source.media_type != "text/markdown" or "[^" not in text:
        return [], [], [], []
    in_code = [b.span for b in document.blocks if b.kind in ("code", "front_matter", "html")]
    in_code += [i.span for b in document.blocks for i in b.inlines if i.kind == "code"]
    in_code.sort()
    starts = [span.start for span in in_code]

    def shown(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at < 0 or offset >= in_code[at].end

    notes = [
        Note(m.group(1), Span(m.start(), m.end() - 1), "markdown", m.start())
        for m in _DEFINITION.finditer(text)
        if shown(m.start())
    ]
    where = {note.label.casefold(): index for index, note in reversed(list(enumerate(notes)))}
    heads = {note.span.end for note in notes}
    markers = [
        Marker(m.group(1), Span(m.start(), m.end()), "markdown", m.start(), where.get(m.group(1).casefold()))
        for m in _USE.finditer(text)
        if shown(m.start()) and m.end() not in heads and text[m.start() - 1 : m.start()] != "\\"
    ]
    used = {marker.note for marker in markers}
    orphans = [
        index for index in range(len(notes)) if index not in used and where[notes[index].label.casefold()] == index
    ]
    return notes, markers, orphans, [index for index, marker in enumerate(markers) if marker.note is None]


# ------------------------------------------------------------------------------------------------ numbered notes

_RULE = re.compile(r"_____+|[‾―─][‾―─]{4,}")
_FIRST_LABEL = re.compile(r"[\s\x00]{0,4}(\d{1,3})(?=[\s\x00.)]|[^\W\d_])")
#: How far the notes under one rule may reach, and how many there may be.
_LONGEST_GROUP = 12_000
_LONGEST_NOTE = 2_500
_MOST_NOTES = 60


class _Group(msgspec.Struct):
    """The notes under one rule: where the text before it begins and ends, in the running text."""

    text_start: int
    text_end: int
    end: int
    notes: list[Note]


def _rules(document: Document, run: RunningText) -> list[int]:
    """Where, in the running text, a line of underscores ends. In Markdown it is a break between blocks."""
    found = []
    for match in _RULE.finditer(document.text):
        line_start = document.text.rfind("\n", 0, match.start()) + 1
        block = document.block_at(match.start())
        if block is not None and block.kind in ("code", "front_matter", "table"):
            continue
        at = bisect_left(run.blocks, match.end(), key=lambda b: b.span.end)
        if at == len(run.blocks):
            continue
        offset = run.starts[at]
        if run.blocks[at].span.start < match.end():
            offset += run.blocks[at].prose.prose_offset(match.end())
        elif document.text[line_start : match.start()].strip():
            continue
        found.append(offset)
    return found


def _ruled_groups(document: Document, run: RunningText) -> list[_Group]:
    if "_____" not in document.text and not any(sign in document.text for sign in "‾―─"):
        return []
    text = run.text
    openings: list[tuple[int, re.Match[str]]] = []
    for rule in _rules(document, run):
        first = _FIRST_LABEL.match(text, max(rule - 1, 0)) or _FIRST_LABEL.match(text, rule)
        if first is not None:
            openings.append((rule, first))
    groups: list[_Group] = []
    for order, (rule, first) in enumerate(openings):
        if groups and rule < groups[-1].end:
            continue
        limit, below = min(rule + _LONGEST_GROUP, len(text)), 1 << 30
        if order + 1 < len(openings):
            limit = min(limit, openings[order + 1][0])
            if (next_first := int(openings[order + 1][1].group(1))) > int(first.group(1)):
                below = next_first
        notes = [Note(first.group(1), run.span(*first.span(1)), "ruled", first.start(1))]
        style = _style(text, first.end(1))
        end = first.end(1)
        while len(notes) < _MOST_NOTES and (number := int(notes[-1].label) + 1) < below:
            following = _next_label(text, end, min(limit, end + _LONGEST_NOTE), str(number), style)
            if following is None:
                break
            notes.append(Note(str(number), run.span(*following), "ruled", following[0]))
            end = following[1]
        groups.append(_Group(groups[-1].end if groups else 0, rule, end, notes))
    return groups


def _style(text: str, end: int) -> str:
    """What stands behind a label: a stop or bracket, a line end, or a space. All notes of a group are alike in it; the
    numbered paragraphs that follow them on the next page usually aren't."""
    following = text[end]
    return following if following in ".)" else ("line" if following in "\n\x00" else "space")


def _next_label(text: str, start: int, limit: int, label: str, style: str) -> tuple[int, int] | None:
    """The label of the next note: at the head of a line, or inside a line after the end of a sentence."""
    pattern = re.compile(
        rf"(?<=[\n\x00])[ \t]*(?P<line>{label})(?=[ \t\xa0]*[\n\x00]|[.)]?[ \t\xa0]*[^\W\d]|[.)]?[ \t\xa0]+[“\"«(])"
        rf"|(?<=[.)”\"»][ ])(?P<inside>{label})(?=[ ][^\W\d_a-zа-я])"
    )
    for match in pattern.finditer(text, start, limit):
        place = match.span(match.lastgroup or 0)
        found = _style(text, place[1])
        if found == style or {found, style} == {"line", "space"}:
            return place
    return None


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(
    r"<sup>\s*(?:\*\*|\*|_)?(\d{1,3})(?:\*\*|\*|_)?\s*</sup>|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\$\s*\^\s*\{?(\d{1,3})\}?\s*\$|\[(\d{1,3})\]"
)
_UNIT_BEFORE = re.compile(r"(?:\d|(?<![^\W\d_])(?:[kcdm]?m|ft|in|yd|mi|s|h|л|м|км|см|x|y|R|r))$")


def _raised(document: Document) -> tuple[list[Note], list[Marker]]:
    """Raised and bracketed numbers: at the head of a block they may be notes, elsewhere markers."""
    text = document.text
    notes: list[Note] = []
    markers: list[Marker] = []
    if not any(mark in text for mark in ("<sup", "[1]", "^{1", "^1")) and not any(c in text for c in "¹²³"):
        return notes, markers
    for match in _RAISED.finditer(text):
        block = document.block_at(match.start())
        if block is None or block.kind in ("code", "front_matter", "table", "html"):
            continue
        label = next(group for group in match.groups() if group).translate(_SUPERSCRIPTS)
        bracketed = match.group(4) is not None
        if bracketed and text[match.end() : match.end() + 1] in ("(", "["):
            continue  # a link
        opening = not text[block.span.start : match.start()].strip("#*_>-+ \t\n")
        span = Span(match.start(), match.end())
        if opening:
            notes.append(Note(label, span, "bracketed" if bracketed else "raised", span.start))
        elif not (match.group(2) and _UNIT_BEFORE.search(text[max(0, span.start - 4) : span.start])):
            markers.append(Marker(label, span, "bracketed" if bracketed else "raised", span.start))
    return notes, markers


def _series_of_notes(notes: Sequence[Note], markers: Sequence[Marker]) -> bool:
    """Whether labels at the heads of blocks number footnotes: they rise by one through the document without
    beginning anew, and most of them have been announced by a marker."""
    labels = [int(note.label) for note in notes]
    if len(labels) < 2 or labels[0] > 3:
        return False
    steps = sum(after - before == 1 for before, after in pairwise(labels))
    falls = sum(after <= before for before, after in pairwise(labels))
    first_marker: dict[str, int] = {}
    for marker in markers:
        first_marker.setdefault(marker.label, marker.at)
    announced = sum(first_marker.get(note.label, note.at + 1) < note.at for note in notes)
    return falls == 0 and steps >= 0.5 * (len(labels) - 1) and announced >= max(2, 0.6 * len(notes))


# ------------------------------------------------------------------------------------------------ glued markers

# What stands before is looked at behind the first figure, so that the text is passed over quickly.
_TOUCHING = re.compile(r"\d(?<=[^\W\d_]\d|[.,;:!?)\]»”\"’]\d)\d{0,2}(?![\w/%°§@\-–]|[.,:]\d)")
_TOUCHING_SHAPE = re.compile(rb"0(?<=[aA?.,;:!)\]\xbb\"'].)")
_ASCII_TOUCHING = re.compile(r"[0-9](?<=[^\W\d_].|[.,;:!?)\]»”\"’].)[0-9]{0,2}(?![\w/%°§@\-–]|[.,:][0-9])")


class _Glued(msgspec.Struct):
    label: int
    start: int
    end: int
    word: str
    between: str
    strong: bool  # lower-case end of a word of some length: no identifier, no formula


def _touching(document: Document) -> Iterator[re.Match[str]]:
    """Numbers of up to three figures that touch the word or mark before them."""
    text = running_text(document).text
    if beyond_latin(document):
        return _TOUCHING.finditer(text)
    # Of the digits only those of ASCII are among Latin letters.
    places = (found.start() for found in _TOUCHING_SHAPE.finditer(shape(document)))
    return filter(None, (_ASCII_TOUCHING.match(text, at) for at in places))


def _glued_candidates(document: Document) -> list[_Glued]:
    """Numbers that touch the word or mark before them and look like nothing else."""
    text = running_text(document).text
    found: list[_Glued] = []
    for match in _touching(document):
        start, end = match.span()
        mark_at = start
        while mark_at > 0 and text[mark_at - 1] in '.,;:!?)]»”"’' and start - mark_at < 3:
            mark_at -= 1
        word_at = mark_at
        while text[word_at - 1].isalpha() or (text[word_at - 1] in "'’-" and text[word_at - 2].isalpha()):
            word_at -= 1
        word, between = text[word_at:mark_at], text[mark_at:start]
        if match.group()[0] == "0" or len(word) < 2 or text[word_at - 1] in "/@\\_.&" or text[word_at - 1].isdecimal():
            continue
        head = text[word_at - 1] in "\n\x00" or text[word_at - 2 : word_at] in ("\n(", "\x00(")
        if between.startswith(")") and word.isupper() and text[word_at - 1] == "(":
            continue
        if (head and text[end] in ".)") or (between.endswith(")") and text[end] == "."):
            continue  # "(ALL)1. The rules …" numbers a paragraph
        if text[end] == "." and not (text[end + 1].isspace() or text[end + 1] == SEPARATOR):
            continue
        if between.startswith((".", ":")) and (len(word) < 5 or not word[1:].islower()):
            continue  # "Rev.1", "para.5", "Art.7"
        if not between and label_at(f"{word} 1") is not None:
            continue  # "Annex1": a label that lost its space
        strong = len(word) >= 3 and word[-2:].islower()
        if word[-1].isupper() and not between:
            strong = False
        found.append(_Glued(int(match.group()), start, end, word, between, strong))
    return _without_identifiers(found)


def _without_identifiers(found: list[_Glued]) -> list[_Glued]:
    """Leave out "Covid19 … Covid19" (one word with one number in several places) and "test1, test2, test3"."""
    together = Counter((g.word.casefold(), g.label) for g in found if not g.between)
    numbers: dict[str, set[int]] = {}
    for g in found:
        if not g.between:
            numbers.setdefault(g.word.casefold(), set()).add(g.label)
    return [
        g
        for g in found
        if g.between or (together[g.word.casefold(), g.label] == 1 and len(numbers[g.word.casefold()]) == 1)
    ]


#: How many numbers of a series may be absent between two that are glued: others stand apart, or were lost.
_STEPS = (1, 2, 3, 4, 5, 6, 7, 8)


def _rising(found: Sequence[_Glued]) -> list[_Glued]:
    """The longest series of glued numbers that rises through the text, by one in most of its steps."""
    best: list[list[int]] = []  # chains of indexes, by their last label
    ends: dict[int, int] = {}
    for index, glued in enumerate(found):
        if not glued.strong and not glued.between:
            continue
        options = [ends[glued.label - step] for step in _STEPS if glued.label - step in ends]
        longest = max(options, key=lambda chain: len(best[chain]), default=None)
        if longest is not None:
            best[longest].append(index)
            ends[glued.label] = longest
        elif glued.label <= 3:
            best.append([index])
            ends[glued.label] = len(best) - 1
    if not best:
        return []
    series = [found[index] for index in max(best, key=len)]
    by_one = sum(b.label - a.label == 1 for a, b in pairwise(series))
    return series if len(series) >= 4 and by_one >= 0.7 * (len(series) - 1) else []


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (position, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= position < spans[at][1]


def _glued_markers(
    document: Document, run: RunningText, groups: Sequence[_Group]
) -> Iterator[tuple[_Glued, str | None]]:
    """Glued numbers with a second sign; with each, the label of its note where that is under a rule."""
    # Where markup stands between the word and the number in the source, the number is raised.
    candidates = [
        g
        for g in _glued_candidates(document)
        if len(run.span(g.start - 1, g.end)) == g.end - g.start + 1 and not run.in_code(g.start, g.end)
    ]
    if not candidates:
        return
    chosen: dict[int, str | None] = {}
    notes_at = sorted((group.text_end, group.end) for group in groups)
    in_text = [g for g in candidates if not _inside(g.start, notes_at)]
    starts = [g.start for g in in_text]
    for group in groups:
        low, high = bisect_left(starts, group.text_start), bisect_left(starts, group.text_end)
        labels = {int(note.label) for note in group.notes}
        last = group.text_start
        options = [g for g in in_text[low:high] if g.label in labels]
        best: dict[int, _Glued] = {}
        for g in options:
            rival = best.get(g.label)
            if rival is None or (g.strong, bool(g.between)) > (rival.strong, bool(rival.between)):
                best[g.label] = g
        for g in options:
            if g is best[g.label] and (g.strong or g.between) and g.start > last:
                chosen[g.start] = str(g.label)
                last = g.start
    for g in _rising(in_text):
        chosen.setdefault(g.start, None)
    for g in in_text:
        if g.start in chosen:
            yield g, chosen[g.start]


# ------------------------------------------------------------------------------------------------ asterisks

_STAR_MARKER = re.compile(
    r"([*†‡](?:(?<=[\w).,;:»”\"’\]].)|(?<=[\w).,;:»”\"’\]][ ].))(?:(?<=\*)\*{0,2}|(?<=[†‡])[†‡]?))(?=[\s.,;:)\]\x00])"
)
_STAR_NOTE = re.compile(r"[\n\x00][ \t]*(\*{1,3}|[†‡]{1,2})[ \t\xa0]?(?=[^\W\d_]|[“\"«])(?![^\n\x00]{0,80}\*)")
#: An emphasis that the reader did not take for one, as in "article 11*bis*".
_PAIR_BEFORE = re.compile(r"\*[^\s*][^*\n\x00]{0,60}$")
_MANY = 4
_BLANK = " \t\r\n\x00"


def _with_escape(text: str, span: Span) -> Span:
    """The place of asterisks in the source, with the backslash before them if there is one."""
    return Span(span.start - 1, span.end) if text[span.start - 1 : span.start] == "\\" else span


def _stars(document: Document, run: RunningText) -> tuple[list[Note], list[Marker]]:
    text = run.text
    if not any(mark in text for mark in "*†‡"):
        return [], []

    def sign(at: int) -> bool:
        """In Markdown a bare asterisk is the rest of an emphasis; a sign is escaped or raised."""
        source = run.span(at, at + 1)
        before = document.text[max(0, source.start - 1) : source.start + 1]
        return (
            document.source.media_type != "text/markdown" or text[at] != "*" or before[:1] in "\\>" or before == "\\*"
        )

    notes = [
        Note(m.group(1), _with_escape(document.text, run.span(*m.span(1))), "star", m.start(1))
        for m in _STAR_NOTE.finditer(text)
        if run.blocks[run.block_at(m.start(1))].kind != "list_item" and sign(m.start(1))
    ]
    if len(notes) > _MANY:  # bullets
        return [], []
    notes = [note for note in notes if text[: note.at].rstrip(_BLANK)[-1:] not in (":", "：")]
    taken = {note.at for note in notes}
    markers = [
        Marker(m.group(1), _with_escape(document.text, run.span(*m.span(1))), "star", m.start(1))
        for m in _STAR_MARKER.finditer(text)
        if m.start(1) not in taken
        and not _PAIR_BEFORE.search(text[max(0, m.start(1) - 64) : m.start(1)])
        and run.blocks[run.block_at(m.start(1))].kind != "table"
    ]
    if document.source.media_type == "text/plain":
        notes = _told_from_bullets(document, notes, markers)
    return notes, markers


def _told_from_bullets(document: Document, notes: list[Note], markers: Sequence[Marker]) -> list[Note]:
    """The asterisks at the heads of lines that are notes. In plain text an asterisk is a bullet as well, so a second
    sign is asked for: a marker before it, a rule above it, or the foot of a page below it and no other asterisk like
    it on that page."""
    if not notes:
        return []
    first: dict[str, int] = {}
    for marker in markers:
        first.setdefault(marker.label, marker.at)
    often = Counter((pages(document).page_at(note.span.start).span.start, note.label) for note in notes)
    kept: list[Note] = []
    foot = False
    for place in range(len(notes) - 1, -1, -1):
        note = notes[place]
        block = document.block_at(note.span.start)
        end = note.span.end if block is None else block.span.end
        below = notes[place + 1].span.start if place + 1 < len(notes) else len(document.text)
        foot = _page_ends_at(document, end) or (foot and end <= below and not document.text[end:below].strip())
        page = pages(document).page_at(note.span.start).span.start
        told = first.get(note.label, note.at) < note.at
        alone = often[page, note.label] == 1
        if note.label[0] in "†‡" or told or _rule_above(document, note.span.start) or (foot and alone):
            kept.append(note)
    return kept[::-1]


def _page_ends_at(document: Document, end: int) -> bool:
    """Whether only blanks stand between ``end`` and the next page break."""
    known = pages(document).break_between(end, len(document.text))
    return known is not None and not document.text[end : max(end, known.span.start)].strip()


def _rule_above(document: Document, start: int) -> bool:
    """Whether the line above, blank ones left out, is a rule."""
    before = document.text[: document.text.rfind("\n", 0, start) + 1].rstrip()
    return _RULE.fullmatch(before[before.rfind("\n") + 1 :].strip()) is not None


# ------------------------------------------------------------------------------------------------ all together


@fact
def footnotes(document: Document) -> Footnotes:
    """The footnotes of a document."""
    notes, markers, orphans, dangling = _markdown(document)
    run = running_text(document)
    _add_stars(document, run, notes, markers, orphans, dangling)
    raised_notes, raised_markers = _raised(document)
    if orphans:  # a converter may have kept the notes of a Markdown text and raised its markers
        raised = {note.label for note in raised_notes} | {marker.label for marker in raised_markers}
        orphans = [index for index in orphans if notes[index].label not in raised]
    if _series_of_notes(raised_notes, raised_markers):
        _add_raised(raised_notes, raised_markers, notes, markers, orphans, dangling)
        raised_markers = []
    groups = _ruled_groups(document, run)
    _add_ruled(document, run, groups, raised_markers, notes, markers, orphans)
    return Footnotes(tuple(notes), tuple(markers), tuple(orphans), tuple(dangling))


def _add_stars(
    document: Document,
    run: RunningText,
    notes: list[Note],
    markers: list[Marker],
    orphans: list[int],
    dangling: list[int],
) -> None:
    star_notes, star_markers = _stars(document, run)
    first = len(notes)
    notes += star_notes
    labels = {note.label: first + index for index, note in reversed(list(enumerate(star_notes)))}
    announced: set[str] = set()
    for marker in star_markers:
        own = labels.get(marker.label)
        announced.add(marker.label)
        markers.append(msgspec.structs.replace(marker, note=own))
        # A mark on a number or symbol ("A/CONF.232/2023/4*") says that the document was reissued.
        if own is None and not run.text[marker.at - 1].isdecimal() and star_notes:
            dangling.append(len(markers) - 1)
    for index, note in enumerate(star_notes):
        elsewhere = run.text.find(note.label, 0, note.at) >= 0
        if note.label not in announced and not elsewhere:
            orphans.append(first + index)


def _add_raised(
    found: list[Note],
    marks: list[Marker],
    notes: list[Note],
    markers: list[Marker],
    orphans: list[int],
    dangling: list[int],
) -> None:
    """Raised notes at the heads of blocks, with raised markers, over the whole document."""
    first = len(notes)
    notes += found
    by_label = {note.label: first + index for index, note in enumerate(found)}
    announced = {marker.label for marker in marks}
    highest = max(int(note.label) for note in found)
    for marker in marks:
        note = by_label.get(marker.label)
        markers.append(msgspec.structs.replace(marker, note=note))
        if note is None and int(marker.label) <= highest + 1:
            dangling.append(len(markers) - 1)
    orphans += [first + index for index, note in enumerate(found) if note.label not in announced]


def _add_ruled(
    document: Document,
    run: RunningText,
    groups: list[_Group],
    raised: list[Marker],
    notes: list[Note],
    markers: list[Marker],
    orphans: list[int],
) -> None:
    """Notes under rules: each is looked for in the text between the rule before and its own."""
    glued = list(_glued_markers(document, run, groups))
    index_of: dict[tuple[int, str], int] = {}
    for number, group in enumerate(groups):
        for note in group.notes:
            index_of[number, note.label] = len(notes)
            notes.append(note)
    ends = [group.text_end for group in groups]
    announced: set[int] = set()
    for g, _ in glued:
        number = bisect_left(ends, g.start)
        index = index_of.get((number, str(g.label)))
        word = g.word + g.between
        span = run.span(g.start, g.end)
        markers.append(Marker(str(g.label), span, "glued", g.start, index, word))
        if index is not None:
            announced.add(index)
    labels_raised = {marker.label for marker in raised}
    trusted = len(announced) + sum(note.label in labels_raised for group in groups for note in group.notes) >= 2
    for number, group in enumerate(groups):
        for note in group.notes:
            index = index_of[number, note.label]
            if index in announced or note.label in labels_raised or not trusted:
                continue
            if not _may_be_marked(document, run, group, note.label):
                orphans.append(index)


def _may_be_marked(document: Document, run: RunningText, group: _Group, label: str) -> bool:
    """Whether the label stands in the text above its rule as a number that may be a marker: not in a date, a reference,
    a symbol or at the head of a paragraph."""
    kinds: tuple[MentionKind, ...] = ("date", "reference", "symbol", "enumerator", "url")
    for match in re.compile(rf"(?<![\d/]){label}(?![\d/%])").finditer(run.text, group.text_start, group.text_end):
        at = run.block_at(match.start())
        offset = match.start() - run.starts[at]
        inside = mentions(document).in_block(run.blocks[at].index, kinds)
        if not any(mention.start <= offset < mention.end for mention in inside):
            return True
    return False
