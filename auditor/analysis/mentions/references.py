"""References: where a text points to one of its own divisions or to another text's.

A reference is found by its number: before each number the word is looked up among the label words of all languages
(``data/labels.toml``). Neighbouring references are then joined to one path ("article 12, paragraph 3 (b)", "пункта
3 статьи 5", "Artikel 3 Absatz 2"), and what stands after and before decides whether it is internal
(``data/mentions_references.toml``):

- "of this Agreement", "hereof", "above": internal, True
- "of the Charter", "de la loi du …", "der Verordnung", "Устава": external, False
- nothing of the kind: internal, unless the sentence has named another text before it, or the block amends one, or
  the reference stands in a quotation: then nobody can say, None

References that are listed together ("articles 3, 5 and article 7 of the Charter") point into the same text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention, Step, Target
from auditor.analysis.mentions.quotations import quotations
from auditor.analysis.mentions.reference_direction import Surroundings, direction, says_so
from auditor.analysis.mentions.reference_words import RANKS, ReferenceWords, reference_words
from auditor.analysis.mentions.running_text import SEPARATOR, running_text, shape
from auditor.analysis.numerals import read_numerals
from auditor.analysis.quoted import quoted_blocks
from auditor.analysis.scripts import beyond_latin
from auditor.document import Document

_LONGEST_WORD = 26
_LONGEST_LIST = 160
_MOST_TARGETS = 60

_ANCHOR = re.compile(
    r"[ \n\xa0\u202f\u2009.§¶](?=[\d(A-Z])(?=\(?(?:\d|[IVXLCDM]+(?!\w)|[A-Z](?![\w'’]))|\([a-zа-я]{1,4}\))"
)
#: The same in a shape in which a blank stands for all that it may begin with; no label ends in a figure.
_ANCHOR_SIGNS = bytes.maketrans(b"\n.?\xa7\xb6", b"     ")
_ANCHOR_SHAPES = tuple(map(re.compile, (rb" 0(?<![0)]..)", rb" \((?<![0)]..)", rb" A(?!a)(?<![0)]..)")))
_SUFFIX = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|бис|مكررا?)"
_BASE = (
    rf"(?:\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}(?:[ \xa0]?{_SUFFIX}\b(?![ \xa0]\d)|(?:er|ère|re|º|ª|°|\.º|ο)(?!\w)"
    r"|[A-Za-z]{1,2}(?!\w)|[ \xa0][A-Z](?=[,.;:)\x00]))?"
    r"|[IVXLCDM]{1,8}(?!\w)|[A-Z](?![\w'’]))"
)
_POINTS = r"(?:[ \xa0]?\((?:\d{1,3}(?:bis)?|[a-zа-яα-ωا-ي]{1,4})\)){0,5}"
_NUMBER = re.compile(
    rf"(?P<base>{_BASE})(?P<points>{_POINTS})|(?P<only>\((?:\d{{1,3}}|[a-zа-я]{{1,4}})\)(?:{_POINTS}))"
)
_POINT = re.compile(r"\(([^)]+)\)")
_ORDINAL = re.compile(r"(?<=\d)(?:er|ère|re|º|ª|°|\.º)$")
_BLANKS = re.compile(r"[ \xa0]+")
_HAN = re.compile(
    r"第(?P<number>[〇零一二三四五六七八九十百千\d]{1,8})(?P<kind>条|條|款|项|項|章|节|節|部分|编|編)"
    r"(?:之(?P<suffix>[一二三四五六七八九十]))?|(?P<kind2>附件|附录|附錄|表|图)(?P<number2>[一二三四五六七八九十]{1,3}|\d{1,3}|[IVX]{1,5}(?!\w))"
)


class _Atom(msgspec.Struct):
    """A label word with its numbers; ``start`` and ``end`` in the running text."""

    kind: str
    start: int
    end: int
    targets: list[Target]
    plural: bool = False


# ------------------------------------------------------------------------------------------------ numbers


def _steps(kind: str, match: re.Match[str]) -> Target:
    """A number with the points in parentheses behind it: 4(1)(a) is section 4, paragraph 1, point a."""
    only = match.group("only")
    if only is not None:
        first, *others = _POINT.findall(only)
        return (Step(kind, first), *(_point(kind, point) for point in others))
    base, points = match.group("base", "points")
    if not base.isalnum() or not base.isascii() or base.endswith(("er", "re")):
        base = _BLANKS.sub(" ", _ORDINAL.sub("", base))
    if not points:
        return (Step(kind, base),)
    return (Step(kind, base), *(_point(kind, point) for point in _POINT.findall(points)))


def _point(kind: str, label: str) -> Step:
    if label[0].isdecimal() and RANKS[kind] < RANKS["paragraph"]:
        return Step("paragraph", label)
    return Step("point", label)


def _value(label: str) -> int | None:
    if label.isdecimal():
        return int(label)
    if label and all(c in "IVXLCDM" for c in label):
        readings = read_numerals(label)
        return next((r.value for r in readings if r.style.startswith("roman")), None)
    return None


def _between(first: Target, last: Target) -> list[Target]:
    """The targets of "articles 5 to 8", both ends included."""
    low, high = _value(first[-1].label), _value(last[-1].label)
    if low is None or high is None or not low < high <= low + _MOST_TARGETS or not first[-1].label.isdecimal():
        return [first, last]
    kind = first[-1].unit
    return [first, *((*first[:-1], Step(kind, str(n))) for n in range(low + 1, high)), last]


def _numbers(text: str, at: int, kind: str, words: ReferenceWords) -> tuple[list[Target], int] | None:
    """The numbers after a label word, lists and ranges included, and where they end."""
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    targets = [_steps(kind, match)]
    end = match.end()
    limit = at + _LONGEST_LIST
    committed_targets, committed_end = list(targets), end
    while end < limit:
        joint = words.range_joint.match(text, end)
        if joint is not None:
            match = _NUMBER.match(text, joint.end())
            if match is not None and _alike(targets[-1][0].label, match):
                last = _steps(kind, match)
                if match.group("only") is None:
                    first = targets.pop()
                    targets += _between(first, last)
                end = match.end()
                committed_targets, committed_end = list(targets), end
                continue
        joint = words.next_item.match(text, end)
        if joint is None:
            break
        match = _NUMBER.match(text, joint.end())
        if match is None or not _alike(targets[0][0].label, match):
            break
        if match.group("only") is not None and targets[-1][-1].unit != kind:
            # "paragraph 2 (a) and (b)": the second point belongs to the same paragraph
            targets.append((*targets[-1][:-1], Step(targets[-1][-1].unit, _POINT.findall(match.group("only"))[0])))
        elif match.group("only") is not None and RANKS[kind] < RANKS["point"]:
            break
        else:
            targets.append(_steps(kind, match))
        end = match.end()
        # "5, 2 years": an item after a mere comma counts only when the list is closed by "and"
        if joint.group().strip(" \xa0\n\u202f") not in (",", "/"):
            committed_targets, committed_end = list(targets), end
    return committed_targets, committed_end


def _alike(label: str, match: re.Match[str]) -> bool:
    other = match.group("base") or match.group("only").strip("()")
    return label[:1].isdecimal() == other[:1].isdecimal() or match.group("only") is not None


# ------------------------------------------------------------------------------------------------ finding


def _anchors(document: Document) -> Iterable[int]:
    """Where a number may begin behind its label word: at the space or the stop between them."""
    text = running_text(document).text
    if beyond_latin(document):  # other figures, other letters
        return (anchor.start() for anchor in _ANCHOR.finditer(text))
    signs = shape(document).translate(_ANCHOR_SIGNS)
    return sorted(found.start() for pattern in _ANCHOR_SHAPES for found in pattern.finditer(signs))


def _atoms(document: Document) -> list[_Atom]:
    text = running_text(document).text
    words = reference_words()
    labels, endings = words.labels, words.endings
    atoms: list[_Atom] = []
    cursor = 0
    for at in _anchors(document):
        if at < cursor:
            continue
        # the label ends at the anchor; a stop or a sign may be the anchor itself
        label_end = at + 1 if text[at] in ".§¶" else at
        if text[label_end - 2 : label_end].lower() not in endings or _ANCHOR.match(text, at) is None:
            continue
        start = _word_start(text, label_end)
        form = text[start:label_end].casefold()
        kind = labels.get(form)
        if kind is None and form.endswith("."):
            kind = labels.get(form[:-1])
        elif kind is None and text[at] != "." and text[label_end - 1] != "." and len(form) > 3:
            kind = labels.get(f"{form}.")
        if kind is None:
            continue
        found = _numbers(text, at + 1, kind, words)
        if found is None:
            continue
        targets, end = found
        if not _believable(kind, form, text, start, targets, end):
            continue
        atoms.append(_Atom(kind, start, end, targets))
        cursor = end
    if "第" in text or "附件" in text:
        atoms += _han_atoms(text, words)
        atoms.sort(key=lambda atom: atom.start)
    return atoms


def _word_start(text: str, end: int) -> int:
    """Where the label word that ends at ``end`` begins (its stop or sign included); ``end`` where there is none."""
    at = end
    if text[at - 1] in "§¶":
        while text[at - 1] in "§¶":
            at -= 1
        return at
    if text[at - 1] == ".":
        at -= 1
    low = at - _LONGEST_WORD
    word = text[max(low, 0) : at].rpartition(" ")[2]
    if word.isalpha() and len(word) < _LONGEST_WORD:
        return at - len(word)
    while at > low and (text[at - 1].isalpha() or (text[at - 1] == "-" and text[at - 2].isalpha())):
        at -= 1
    return end if text[at - 1].isdecimal() or text[at - 1] == "_" else at


#: Kinds whose words are common nouns too; a single capital or small number after them may be anything.
_WEAK = frozenset(
    {
        "part",
        "form",
        "point",
        "item",
        "title",
        "map",
        "box",
        "book",
        "volume",
        "division",
        "principle",
        "sentence",
        "protocol",
        "addendum",
        "regulation",
        "guideline",
    }
)


def _believable(kind: str, form: str, text: str, start: int, targets: list[Target], end: int) -> bool:
    label = targets[0][0].label
    if len(label) == 1 and label.isalpha() and label.isupper() and not text[start].isupper():
        # "the section I mentioned", "article A", "part C": a letter needs a capital before it or a break behind it
        return kind not in _WEAK and label not in "AI" and (end >= len(text) or text[end] in ",.;:)( \n\x00")
    if kind in _WEAK and len(form) <= 2 and not label[0].isdecimal():
        return False
    if label[0].isdecimal() and reference_words().counted.match(text, end):
        return False
    return not (label.isdecimal() and len(label) == 4 and label[:2] in ("18", "19", "20"))


def _han_atoms(text: str, words: ReferenceWords) -> list[_Atom]:
    atoms = []
    for match in _HAN.finditer(text):
        kind = words.han.get(match.group("kind") or match.group("kind2"))
        number = match.group("number") or match.group("number2")
        readings = read_numerals(number)
        if kind is None or not readings:
            continue
        label = str(readings[0].value)
        atoms.append(_Atom(kind, match.start(), match.end(), [(Step(kind, label),)]))
    return atoms


def _join(atoms: list[_Atom], text: str) -> list[_Atom]:
    """Neighbouring label words become one path."""
    words = reference_words()
    joined: list[_Atom] = []
    for atom in atoms:
        before = joined[-1] if joined else None
        if before is None or atom.start - before.end > 16:
            joined.append(atom)
            continue
        gap = text[before.end : atom.start]
        last = before.targets[-1]
        narrower = RANKS[atom.kind] > RANKS[last[-1].unit]
        wider = RANKS[atom.kind] < RANKS[last[0].unit]
        if narrower and (gap.strip(" \xa0\n\u202f") in ("", ",") or gap in ("的",)):
            heads = before.targets if len(before.targets) == 1 else [last]
            kept = [] if len(before.targets) == 1 else before.targets[:-1]
            targets = kept + [(*head, *target) for head in heads for target in atom.targets]
            joined[-1] = _Atom(before.kind, before.start, atom.end, targets)
        elif wider and (gap == " " or words.within.fullmatch(gap)) and len(atom.targets) == 1:
            targets = [(*atom.targets[0], *target) for target in before.targets]
            joined[-1] = _Atom(atom.kind, before.start, atom.end, targets)
        else:
            joined.append(atom)
    return joined


_SPACES = " \t\xa0\u3000"


def _is_heading(text: str, atom: _Atom) -> bool:
    """Whether the words head a division: they open a line and close it, or a stop or dash comes after them."""
    before = atom.start
    while text[before - 1] in _SPACES + "#*_":
        before -= 1
    if text[before - 1] not in "\n" + SEPARATOR:
        return False
    after = atom.end
    while text[after] in _SPACES + "*_":
        after += 1
    if text[after] in "\n" + SEPARATOR:
        return True
    if text[after] in ".:—–-" or (text[after] == ")" and text[after + 1] in _SPACES):
        return True
    # "Article 12 Amendments", "第五条　…": a capital, or no case, right after it at the head of a block
    rest = text[after : after + 1]
    return (
        text[before - 1] == SEPARATOR and (rest.isupper() or (rest.isalpha() and rest.lower() == rest.upper()))
    ) or (after - atom.end >= 2)


@fact
def references(document: Document) -> tuple[Mention, ...]:
    """The references of a document, in order; headings are none."""
    run = running_text(document)
    text = run.text
    words = reference_words()
    atoms = [atom for atom in _join(_atoms(document), text) if not _is_heading(text, atom)]
    if not atoms:
        return ()
    quotes = sorted((run.offset(q), run.offset(q) + q.end - q.start) for q in quotations(document))
    opened = [start for start, _ in quotes]
    around = Surroundings(text)
    in_quotation = quoted_blocks(document)
    amending: dict[int, bool] = {}
    directions: list[bool | None] = []
    external_in = -1
    for atom in atoms:
        block = run.block_at(atom.start)
        at = bisect_right(opened, atom.start) - 1
        quoted = at >= 0 and quotes[at][0] <= atom.start < quotes[at][1]
        quoted = quoted or run.blocks[block].index in in_quotation or run.blocks[block].kind == "note"
        place = (run.starts[block], run.starts[block] + len(run.blocks[block].prose.text))
        points = direction(text, atom.start, atom.end, block=place, quoted=quoted, around=around)
        if points and not says_so(text, atom.end):
            if block not in amending:
                amending[block] = words.amends(run.blocks[block].prose.text)
            # once a block has cited another text, its bare references may mean that one
            points = None if amending[block] or block == external_in else True
        elif points is False:
            external_in = block
        directions.append(points)
    for at in range(1, len(atoms)):
        gap = text[atoms[at - 1].end : atoms[at].start]
        listed = len(gap) <= 24 and words.list_joint.fullmatch(gap) is not None
        if listed and directions[at - 1] is None and directions[at]:
            directions[at] = True if says_so(text, atoms[at].end) else None
    for at in range(len(atoms) - 2, -1, -1):
        gap = text[atoms[at].end : atoms[at + 1].start]
        if len(gap) <= 24 and directions[at] is not False and words.list_joint.fullmatch(gap):
            following = directions[at + 1]
            if following is not True and not says_so(text, atoms[at].end):
                directions[at] = following
    return tuple(
        run.mention(
            "reference",
            atom.start,
            atom.end,
            "; ".join(", ".join(map(str, target)) for target in atom.targets),
            internal=points,
            targets=tuple(atom.targets),
        )
        for atom, points in zip(atoms, directions, strict=True)
    )
