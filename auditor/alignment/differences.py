"""Differences: what two matched texts do not share and no substitution explains, each with the rule it falls under."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from auditor.alignment.edits import Edit, Joined, edits
from auditor.alignment.matching import Match, following, runs_of
from auditor.alignment.modality import changed_modality
from auditor.alignment.substitutions import Change, Folding, Piece, Substitution, joins_names, learn
from auditor.alignment.tokens import Alphabet, is_name_like, is_number, is_word
from auditor.alignment.units import Unit
from auditor.analysis.labels import label_at
from auditor.analysis.languages import languages
from auditor.analysis.mentions import MentionKind, mentions
from auditor.document import Document, Span, hull, point

if TYPE_CHECKING:
    from auditor.alignment.pair import Pair, Side

#: A date or symbol is not longer than this on either side of what changed in it.
_NEAR = 30
Kind = Literal[
    "missing-unit",
    "order",
    "label",
    "wording",
    "name",
    "number",
    "date",
    "reference",
    "symbol",
    "currency-unit",
    "length",
    "untranslated",
    "repeated-rendering",
]
SideName = Literal["a", "b"]

#: Edits of one unit with so few equal tokens between them are one difference.
_APART = 1


class Difference(msgspec.Struct, frozen=True, gc=False):
    """One difference.

    kind      the rule that reports it (``parallel/<kind>``)
    a, b      the place on either side; a point where there is nothing
    text_a, text_b   what stands there
    lacking   the side that lacks a unit, or has the other's name; None where neither is known to be wrong
    detail    what kind of difference it is, within the rule
    words     the words that decide (commanding or denying ones, the expected name)
    unit      index of the unit on side a (on side b where a has none), for its address
    places    further places on side a, where one cause has many
    """

    kind: Kind
    a: Span
    b: Span
    text_a: str
    text_b: str
    lacking: SideName | None = None
    detail: str = ""
    words: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()


class Collation(msgspec.Struct, frozen=True):
    """The matched units of both texts token by token, before anything is told.

    folding  the learned substitutions
    edits    what they leave unexplained, each with the units it is in
    same     units that are the same on both sides, with the substitutions of which both names stand in them
    edited   how many tokens the edits concern
    """

    folding: Folding
    edits: tuple[tuple[Joined, Joined, Edit], ...]
    same: tuple[tuple[Joined, Joined, frozenset[int]], ...]
    edited: int


def collate(pair: Pair) -> Collation:
    """Match the tokens of matched units, and learn the pair's substitutions."""
    a, b = pair.a, pair.b
    joined = [
        (Joined(a.document, [a.units[i] for i in m.a]), Joined(b.document, [b.units[j] for j in m.b]))
        for m in pair.matching.matches
    ]
    alphabet = Alphabet()
    raw = [edits(one.words, other.words, alphabet) for one, other in joined]
    folding = Folding(_learned(joined, raw) if pair.kind == "twins" else ())
    found: list[tuple[Joined, Joined, Edit]] = []
    same: list[tuple[Joined, Joined, frozenset[int]]] = []
    edited = 0
    for (one, other), unexplained in zip(joined, raw, strict=True):
        if folding.substitutions:
            both = _both(folding, one, other)
            if not unexplained:
                same.append((one, other, both))
                continue
            pieces_a, pieces_b = folding.fold(one.words, "a", both), folding.fold(other.words, "b", both)
            folded = edits([p.symbol for p in pieces_a], [p.symbol for p in pieces_b], alphabet)
            unexplained = [_unfolded(edit, pieces_a, pieces_b) for edit in folded]
        for edit in _joined_edits(unexplained):
            if not pair.own_number(one, other, edit):
                edited += max(edit.a_end - edit.a, edit.b_end - edit.b)
                found.append((one, other, edit))
    return Collation(folding, tuple(found), tuple(same), edited)


def differences(pair: Pair, collation: Collation) -> tuple[Difference, ...]:
    """All differences of a pair, in the order of side a."""
    folding = collation.folding
    found = [_classified(pair, folding, one, other, edit) for one, other, edit in collation.edits]
    for one, other, both in collation.same:
        found.extend(_slips(folding, one, other, both))
    found.extend(_labels(pair))
    found.extend(_levels(pair))
    found.extend(_alone(pair))
    found.extend(_moved(pair))
    return tuple(sorted(found, key=lambda d: (d.a, d.b, d.kind)))


# --------------------------------------------------------------------------------------------- substitutions


def _learned(joined: Sequence[tuple[Joined, Joined]], raw: Sequence[list[Edit]]) -> tuple[Substitution, ...]:
    changes = [
        change
        for (one, other), found in zip(joined, raw, strict=True)
        for change in _name_changes(one.words, other.words, found)
    ]
    return learn(changes, [one.words for one, _ in joined], [other.words for _, other in joined])


def _name_changes(a: tuple[str, ...], b: tuple[str, ...], found: Sequence[Edit]) -> Iterator[Change]:
    """The edits as replacements, each by itself and, where they may be parts of one name, joined.

    What was only added to a name ("Democratic Republic of …") takes the rest of the name in.
    """
    grouped: list[Edit] = []
    for edit in found:
        if grouped:
            last = grouped[-1]
            between = a[last.a_end : edit.a]
            if (
                len(between) <= 3
                and joins_names(between)
                and joins_names(a[edit.a : edit.a_end] + b[edit.b : edit.b_end])
            ):
                grouped[-1] = Edit(last.a, edit.a_end, last.b, edit.b_end)
                continue
        grouped.append(edit)
    alone = set(found)
    for edit in [*found, *(edit for edit in grouped if edit not in alone)]:
        if edit.a < edit.a_end and edit.b < edit.b_end:
            yield Change(a[edit.a : edit.a_end], b[edit.b : edit.b_end])
            if edit.a_end - edit.a == edit.b_end - edit.b > 1 and edit in alone:  # two names side by side
                for one, other in zip(a[edit.a : edit.a_end], b[edit.b : edit.b_end], strict=True):
                    yield Change((one,), (other,))
            continue
        end = 0
        while end < 5 and edit.a_end + end < len(a) and edit.b_end + end < len(b):
            if a[edit.a_end + end] != b[edit.b_end + end] or not joins_names(
                a[edit.a_end + end : edit.a_end + end + 1]
            ):
                break
            end += 1
        while end and not is_name_like(a[edit.a_end + end - 1]):
            end -= 1
        if end:
            yield Change(a[edit.a : edit.a_end + end], b[edit.b : edit.b_end + end])


def _both(folding: Folding, one: Joined, other: Joined) -> frozenset[int]:
    """Substitutions of which both names stand on both sides: the unit lists both parties, and nothing is replaced."""
    a_in_a = folding.standing(one.words, "a")
    if not a_in_a:
        return frozenset()
    return (
        a_in_a
        & folding.standing(one.words, "b")
        & folding.standing(other.words, "a")
        & folding.standing(other.words, "b")
    )


def _slips(folding: Folding, one: Joined, other: Joined, both: frozenset[int]) -> Iterator[Difference]:
    """Names that were not replaced, in a unit that is the same on both sides."""
    wrong: tuple[tuple[SideName, SideName], ...] = (("b", "a"), ("a", "b"))
    for lacking, side in wrong:
        for piece in folding.hits(one.words, side, both):
            assert piece.by is not None
            substitution = folding.substitutions[piece.by]
            text = " ".join(one.words[piece.first : piece.last])
            yield Difference(
                "name" if substitution.name else "wording",
                one.span(piece.first, piece.last),
                other.span(piece.first, piece.last),
                text,
                text,
                lacking=lacking,
                detail="slip",
                words=substitution.shown if lacking == "b" else substitution.shown[::-1],
            )


def _unfolded(edit: Edit, pieces_a: Sequence[Piece], pieces_b: Sequence[Piece]) -> Edit:
    """An edit of pieces as an edit of tokens."""
    return Edit(*_tokens(pieces_a, edit.a, edit.a_end), *_tokens(pieces_b, edit.b, edit.b_end))


def _tokens(pieces: Sequence[Piece], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return pieces[first].first, pieces[last - 1].last
    at = pieces[first].first if first < len(pieces) else (pieces[-1].last if pieces else 0)
    return at, at


def _joined_edits(found: Sequence[Edit]) -> list[Edit]:
    joined: list[Edit] = []
    for edit in found:
        if joined and edit.a - joined[-1].a_end <= _APART and edit.b - joined[-1].b_end <= _APART:
            joined[-1] = Edit(joined[-1].a, edit.a_end, joined[-1].b, edit.b_end)
        else:
            joined.append(edit)
    return joined


# ----------------------------------------------------------------------------------------------- what an edit is


def _classified(pair: Pair, folding: Folding, one: Joined, other: Joined, edit: Edit) -> Difference:
    a, b = one.words[edit.a : edit.a_end], other.words[edit.b : edit.b_end]
    span_a, span_b = one.span(edit.a, edit.a_end), other.span(edit.b, edit.b_end)
    found = classify(pair, a, b, span_a, span_b, one.unit_at(edit.a).block, opening=edit.a == 0 or edit.b == 0)
    slip = _slip(folding, a, b)
    if slip is None:
        return found
    substitution, lacking = slip
    return msgspec.structs.replace(
        found,
        kind="name" if substitution.name else "wording",
        detail="slip",
        words=substitution.shown if lacking == "b" else substitution.shown[::-1],
        lacking=lacking,
    )


def classify(
    pair: Pair, a: Sequence[str], b: Sequence[str], span_a: Span, span_b: Span, block: int, *, opening: bool = False
) -> Difference:
    """The difference that an edit is: the tokens on both sides, their places, and the block on side a.

    ``opening``: the edit is at the head of a unit, where a capital says nothing.
    """
    text_a, text_b = _text(pair.a.document, span_a, a), _text(pair.b.document, span_b, b)

    def difference(kind: Kind, detail: str = "", words: tuple[str, ...] = ()) -> Difference:
        return Difference(kind, span_a, span_b, text_a, text_b, None, detail, words)

    if "".join(a).replace("-", "") == "".join(b).replace("-", ""):
        return difference("wording", "spacing")
    if _value_of(pair, "date", span_a, span_b):
        return difference("date")
    modal = changed_modality(a, b, languages(pair.a.document)[block])
    if modal:
        return difference("wording", "modality", modal)
    if _value_of(pair, "symbol", span_a, span_b) or _value_of(pair, "url", span_a, span_b):
        return difference("symbol")
    figures_a, figures_b = [w for w in a if is_number(w)], [w for w in b if is_number(w)]
    if _value_of(pair, "reference", span_a, span_b):
        return difference("reference")
    if figures_a != figures_b:
        return difference("number")
    if "".join(a).casefold() == "".join(b).casefold():
        return difference("wording", "case")
    if not any(map(is_word, a)) and not any(map(is_word, b)):
        return difference("wording", "punctuation")
    if not opening and _is_name(a, b):
        return difference("name", "other")
    return difference("wording")


def _text(document: Document, span: Span, words: Sequence[str]) -> str:
    """What stands at a place, as the source has it; its tokens where marks stand between them."""
    text = " ".join(span.of(document.text).split())
    return text if len(text) <= 3 * len("".join(words)) + 20 else " ".join(words)


def _slip(folding: Folding, a: Sequence[str], b: Sequence[str]) -> tuple[Substitution, SideName] | None:
    """The substitution that was not made at an edit, and the side that has the other's name."""
    if not a or not b:
        return None
    expected_a, expected_b = folding.standing(tuple(a), "a"), folding.standing(tuple(b), "b")
    for index in expected_a & folding.standing(tuple(b), "a"):
        return folding.substitutions[index], "b"
    for index in expected_b & folding.standing(tuple(a), "b"):
        return folding.substitutions[index], "a"
    return None


def _is_name(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one name was put in the place of another: capitals on both sides."""
    return all(side and joins_names(side) and any(word[0].isupper() for word in side) for side in (a, b))


def _value_of(pair: Pair, kind: MentionKind, span_a: Span, span_b: Span) -> bool:
    """Whether mentions of that kind at the two places say different things."""
    if kind != "reference" and not (_figures_near(pair.a.document, span_a) or _figures_near(pair.b.document, span_b)):
        return False
    one, other = _values(pair.a.document, kind, span_a), _values(pair.b.document, kind, span_b)
    return one != other


def _figures_near(document: Document, span: Span) -> bool:
    """Whether a numeral or a slash stands at or near a place: without one there is no date, symbol or address."""
    window = document.text[max(0, span.start - _NEAR) : span.end + _NEAR]
    return any(c.isnumeric() or c == "/" for c in window)


def _values(document: Document, kind: MentionKind, span: Span) -> list[str]:
    found = mentions(document).of(kind)
    at = bisect_left(found, span.start, key=lambda mention: mention.span.end)
    values = []
    while at < len(found) and found[at].span.start <= span.end:
        mention = found[at].span
        if mention.overlaps(span) or (len(span) == 0 and mention.start < span.start < mention.end):
            values.append(found[at].value)
        at += 1
    return values


# ------------------------------------------------------------------------------------------------ whole units


def _labels(pair: Pair) -> Iterator[Difference]:
    """Matched units whose numbers or letters differ; those that follow each other have one cause."""
    group: list[tuple[Unit, Unit]] = []
    for match in pair.matching.matches:
        one, other = pair.a.units[match.a[0]], pair.b.units[match.b[0]]
        if one.label.casefold() != other.label.casefold():
            group.append((one, other))
        elif one.label and group:
            yield _label_difference(group)
            group = []
    if group:
        yield _label_difference(group)


def _label_difference(group: Sequence[tuple[Unit, Unit]]) -> Difference:
    one, other = group[0]
    detail = "lost" if not one.label or not other.label else "other"
    return Difference(
        "label",
        one.label_span or point(one.span.start),
        other.label_span or point(other.span.start),
        one.label,
        other.label,
        lacking=None if detail == "other" else ("a" if not one.label else "b"),
        detail=detail,
        places=tuple(u.label_span or point(u.span.start) for u, _ in group[1:]),
    )


def _levels(pair: Pair) -> Iterator[Difference]:
    """Matched headings whose levels differ otherwise than throughout; inside one document other rules judge levels."""
    if pair.a.document is pair.b.document:
        return
    marked = [
        (one, other)
        for match in pair.matching.matches
        if (one := pair.a.units[match.a[0]]).level and (other := pair.b.units[match.b[0]]).level
    ]
    shifts = Counter(other.level - one.level for one, other in marked)
    if not shifts:
        return
    usual = shifts.most_common(1)[0][0]
    odd = [(one, other) for one, other in marked if other.level - one.level != usual]
    if odd:
        one, other = odd[0]
        yield Difference(
            "label",
            one.span,
            other.span,
            f"level {one.level}",
            f"level {other.level}",
            detail="level",
            places=tuple(unit.span for unit, _ in odd[1:]),
        )


def _alone(pair: Pair) -> Iterator[Difference]:
    """Units that one side lacks, those that follow each other together; each numbered heading begins anew."""
    sides: tuple[tuple[SideName, Side, Side, tuple[int, ...]], ...] = (
        ("b", pair.a, pair.b, pair.matching.only_a),
        ("a", pair.b, pair.a, pair.matching.only_b),
    )
    for lacking, having, other, alone in sides:
        for run in runs_of(alone):
            for group in by_headings(having.units, run):
                here = hull(having.units[i].span for i in group)
                there = point(_place_for(pair.matching.matches, other, "a" if lacking == "b" else "b", group[-1]))
                text = " ".join(having.units[group[0]].span.of(having.document.text).split())
                a, b = (here, there) if lacking == "b" else (there, here)
                text_a, text_b = (text, "") if lacking == "b" else ("", text)
                kinds = {having.units[i].kind for i in group}
                detail = "heading" if kinds == {"heading"} else having.units[group[0]].kind
                yield Difference("missing-unit", a, b, text_a, text_b, lacking, detail, words=(str(len(group)),))


def by_headings(units: Sequence[Unit], run: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """A run of units cut before each numbered heading."""
    group: list[int] = []
    for index in run:
        heads = units[index].kind == "heading" and units[index].key is not None
        if group and heads:
            yield tuple(group)
            group = []
        group.append(index)
    yield tuple(group)


def _place_for(matches: Sequence[Match], lacking: Side, having: SideName, index: int) -> int:
    """Where a unit that a side lacks would stand: before the unit that is matched next."""
    after = following(matches, having, index)
    if after is not None:
        return lacking.units[after].span.start
    return lacking.units[-1].span.end if lacking.units else lacking.span.end


def _moved(pair: Pair) -> Iterator[Difference]:
    for i, j in pair.matching.moved:
        one, other = pair.a.units[i], pair.b.units[j]
        text = " ".join(one.span.of(pair.a.document.text).split())
        yield Difference("order", one.span, other.span, text, " ".join(other.span.of(pair.b.document.text).split()))


def expected_label(pair: Pair, word: str) -> bool:
    """Whether a word names the kind of division that the twins are."""
    found = label_at(word, 0)
    return found is not None and found.label.kind == pair.division_kind
