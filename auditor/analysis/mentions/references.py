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
import tomllib
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention, Step, Target
from auditor.analysis.mentions.quotations import quotations
from auditor.analysis.mentions.running_text import SEPARATOR, RunningText, running_text
from auditor.analysis.numerals import read_numerals
from auditor.analysis.quoted import quoted_blocks
from auditor.document import Document

_DATA = Path(__file__).parent.parent / "data"

#: Kinds of division from the widest to the narrowest; a reference's path goes from left to right.
RANKS = MappingProxyType(
    {
        kind: rank
        for rank, kinds in enumerate(
            (
                ("protocol", "annex", "schedule", "addendum"),
                ("appendix",),
                ("book", "volume"),
                ("part",),
                ("title", "division", "subdivision"),
                ("chapter", "subchapter"),
                ("section",),
                ("subsection",),
                ("article", "rule", "regulation", "clause", "principle", "guideline", "recital"),
                ("table", "figure", "box", "form", "map", "footnote"),
                ("paragraph",),
                ("subparagraph",),
                ("sentence",),
                ("point", "item"),
                ("indent",),
            )
        )
        for kind in kinds
    }
)
_LONGEST_WORD = 26
_LONGEST_LIST = 160
_MOST_TARGETS = 60
_SENTENCE = 400

_ANCHOR = re.compile(r"[ \n\xa0\u202f\u2009.§¶](?=\(?(?:\d|[IVXLCDM]+(?!\w)|[A-Z](?![\w'’]))|\([a-zа-я]{1,4}\))")
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
_HAN = re.compile(
    r"第(?P<number>[〇零一二三四五六七八九十百千\d]{1,8})(?P<kind>条|條|款|项|項|章|节|節|部分|编|編)"
    r"(?:之(?P<suffix>[一二三四五六七八九十]))?|(?P<kind2>附件|附录|附錄|表|图)(?P<number2>[一二三四五六七八九十]{1,3}|\d{1,3}|[IVX]{1,5}(?!\w))"
)


class ReferenceWords(msgspec.Struct, frozen=True):
    """The words of all languages, as one lookup and a few patterns."""

    labels: dict[str, str]
    han: dict[str, str]
    within: re.Pattern[str]
    next_item: re.Pattern[str]
    list_joint: re.Pattern[str]
    range_joint: re.Pattern[str]
    internal_after: re.Pattern[str]
    external_after: re.Pattern[str]
    tail: re.Pattern[str]
    counted: re.Pattern[str]
    genitive_after: re.Pattern[str]
    genitives: frozenset[str]
    external_before: re.Pattern[str]
    instrument_after: re.Pattern[str]
    instrument_word: re.Pattern[str]
    amending: re.Pattern[str]


def _any(words: set[str]) -> str:
    return "|".join(sorted((re.escape(w).replace(r"\ ", r"[ \xa0\n]+") for w in words), key=lambda w: (-len(w), w)))


@cache
def data_of_references() -> dict[str, dict[str, list[str]]]:
    """``data/mentions_references.toml``."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        (_DATA / "mentions_references.toml").read_text(encoding="utf-8")
    )
    return data


def _nouns(language: str, forms: list[str]) -> str:
    """A pattern for the nouns of a language. English writes the texts it means with a capital; German and Dutch
    compound ("Bundesgesetz"); Slavonic and Arabic nouns are given by their stems."""
    words = _any(set(forms))
    if language == "en":
        capitals = _any({form[0].upper() + form[1:] for form in forms})
        return rf"(?:{capitals})s?(?!\w)"
    if language in ("de", "nl"):
        return rf"\w{{0,30}}?(?i:{words})(?:e?s|en?)?(?!\w)"
    if language == "zh":
        return rf"[\u4e00-\u9fff]{{0,12}}(?:{words})"
    if language in ("ru", "pl", "ar"):
        return rf"(?i:{words})"
    return rf"(?i:{words})e?s?(?!\w)"


def _ends(words: set[str]) -> str:
    """As `_any`, each form a whole word unless it ends in ``*``; scripts without spaces have no word ends."""
    whole = {w for w in words if not w.endswith("*") and not "\u4e00" <= w[0] <= "\u9fff"}
    begun = {w.rstrip("*") for w in words - whole}
    return rf"(?:{_any(whole)})(?!\w)|(?:{_any(begun)})"


def _labels() -> tuple[dict[str, str], dict[str, str]]:
    """Label words, case-folded, and the kinds that most languages give them."""
    data = tomllib.loads((_DATA / "labels.toml").read_text(encoding="utf-8"))
    votes: dict[str, dict[str, float]] = {}
    han: dict[str, str] = {}
    preferred = ("en", "fr", "es", "ru", "ar", "de", "it", "pt", "nl", "pl")
    for language, tables in data.items():
        if not isinstance(tables, dict):
            continue
        for name in ("heading", "reference"):
            for kind, forms in tables.get(name, {}).items():
                for form in forms:
                    word = form.casefold()  # with its stop, where it needs one
                    if language == "zh":
                        han[form] = kind
                    elif " " not in word and kind in RANKS and not (len(word.rstrip(".")) == 1 and word[0].isascii()):
                        weight = 10.0 - preferred.index(language) * 0.1 if language in preferred else 1.0
                        kinds = votes.setdefault(word, {})
                        kinds[kind] = kinds.get(kind, 0.0) + weight
    labels = {word: max(kinds, key=lambda kind: kinds[kind]) for word, kinds in votes.items()}
    labels["§"] = labels["§§"] = "article"
    for word in data_of_references()["not_labels"]["words"]:
        labels.pop(word, None)
    return labels, han


@cache
def reference_words() -> ReferenceWords:
    """Label words and the words around references, read on first use."""
    data = {language: table for language, table in data_of_references().items() if len(language) == 2}
    words: dict[str, set[str]] = {}
    for table in data.values():
        for name, forms in table.items():
            words.setdefault(name, set()).update(forms)
    labels, han = _labels()
    listed = _any(words["list"])
    ranged = _any(words["range"])
    space = r"[ \xa0\n\u202f]"
    # No word boundary where the form ends in an apostrophe, or in a script without spaces.
    within = "|".join(w if w.endswith(("'", "’", "的")) else rf"{w}(?!\w)" for w in _any(words["within"]).split("|"))
    nouns = "|".join(_nouns(language, table["instruments"]) for language, table in data.items())
    compounds = _any({noun for language in ("de", "nl") for noun in data[language]["instruments"]})
    han_nouns = _any(set(data["zh"]["instruments"]))
    return ReferenceWords(
        labels=labels,
        han=han,
        within=re.compile(rf",?{space}*(?:(?:{within}){space}*)?(?:the{space})?", re.IGNORECASE),
        next_item=re.compile(
            rf"(?:,{space}?|,?{space}(?:{listed}){space}|/|{space}?、{space}?)(?=\(?\w)", re.IGNORECASE
        ),
        list_joint=re.compile(
            rf"[,;]?{space}*(?:(?:{listed}){space}*)?(?:the{space}|les{space}|l['’]|los{space}|las{space}|el{space}|la{space}"
            rf"|le{space}|de{space}|du{space}|des{space}|of{space}|in{space}|en{space}|dans{space}|в{space}|nel{space}|em{space}|den{space}|der{space}|von{space})*",
            re.IGNORECASE,
        ),
        range_joint=re.compile(
            rf"{space}?[-–—]{space}?(?=\(?\w)|{space}(?:{ranged}){space}(?=\(?[\dIVXLC])", re.IGNORECASE
        ),
        internal_after=re.compile(rf",?{space}*(?:{_ends(words['internal'])})", re.IGNORECASE),
        external_after=re.compile(rf",?{space}*(?:{_ends(words['external'])})", re.IGNORECASE),
        # "Article 36 letter f ICA", "Artikel 68 [45] AHVG": what may stand before the other text's name
        tail=re.compile(
            rf"(?:{space}+(?:Buchstaben?|Bst\.|lit\.?|lettre|let\.|letter|letra|literal|lett\.|litera){space}+[a-z]{{1,2}}(?!\w)\)?"
            rf"|{space}[a-z](?={space}(?:[A-ZÄÖÜ]|des{space}|der{space}))|(?:{space}(?:{listed}))?{space}+\d{{1,4}}(?![\w.]))+"
        ),
        counted=re.compile(rf"{space}?(?:{_ends(set(data_of_references()['counted']['words']))})"),
        genitive_after=re.compile(rf",?{space}*(?:{within}){space}*", re.IGNORECASE),
        genitives=frozenset(data_of_references()["genitives"]["words"]),
        external_before=re.compile(rf"(?<!\w)(?:{_any(words['external_before'])})\w{{0,3}}{space}+$", re.IGNORECASE),
        instrument_after=re.compile(rf"[,(«“\"„]*{space}*[«“\"„]?(?i:{nouns})"),
        # of a single word: compounds by their end, Chinese runs by what they hold
        instrument_word=re.compile(rf"(?:{nouns})|.*(?i:{compounds})(?:e?s|en?)?$|.*(?:{han_nouns})"),
        amending=re.compile(rf"(?<!\w)(?:{_any(words['amending'])})", re.IGNORECASE),
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
        points = _POINT.findall(only)
        return (Step(kind, points[0]), *(_point(kind, point) for point in points[1:]))
    base = re.sub(r"(?<=\d)(?:er|ère|re|º|ª|°|\.º)$", "", match.group("base"))
    base = re.sub(r"[ \xa0]+", " ", base)
    return (Step(kind, base), *(_point(kind, point) for point in _POINT.findall(match.group("points"))))


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


def _atoms(run: RunningText) -> list[_Atom]:
    text = run.text
    words = reference_words()
    labels = words.labels
    atoms: list[_Atom] = []
    cursor = 0
    for anchor in _ANCHOR.finditer(text):
        at = anchor.start()
        if at < cursor:
            continue
        # the label ends at the anchor; a stop or a sign may be the anchor itself
        label_end = at + 1 if text[at] in ".§¶" else at
        start = _word_start(text, label_end)
        form = text[start:label_end].casefold()
        kind = labels.get(form)
        if kind is None and form.endswith("."):
            kind = labels.get(form[:-1])
        elif kind is None and text[at] != "." and text[label_end - 1] != "." and len(form) > 3:
            kind = labels.get(f"{form}.")
        if kind is None:
            continue
        found = _numbers(text, anchor.end(), kind, words)
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


# ------------------------------------------------------------------------------------------------ internal or not


def _direction(text: str, atom: _Atom, quoted: bool) -> bool | None:
    """Whether a reference is internal: True, False, or None where nobody can say."""
    words = reference_words()
    after_at = atom.end
    if text[after_at : after_at + 1] == ")":
        after_at += 1
    own = words.internal_after.match(text, after_at)
    if own is not None:
        return None if quoted or _named_before(text, atom.start, own.end()) else True
    tail = words.tail.match(text, after_at)
    after_at = tail.end() if tail is not None else after_at
    # A number, a dash or the end of a block that is no end of a sentence: the other text's name may come after it.
    unclear = (
        text[after_at] == SEPARATOR
        or text[atom.end : after_at].strip(" \xa0\n)").isdecimal()
        or text[after_at : after_at + 1] in "-–—"
    )
    if words.external_after.match(text, after_at) or text[atom.start - 1] == "》":
        return False
    genitive = words.genitive_after.match(text, after_at)
    rest_at = genitive.end() if genitive is not None else after_at
    named = words.instrument_after.match(text, rest_at)
    if named is not None and (genitive is not None or text[after_at : after_at + 1] in " \xa0\n"):
        return False
    if genitive is not None:
        nearby = text[rest_at : rest_at + 60]
        if nearby[:1].isupper() or re.match(r"(?:the|la|el|l['’]|die|das|het|lo|il)[ \xa0\n][A-ZÀ-Ý]", nearby):
            return False
        if genitive.group().strip(" ,\xa0\n\u202f").casefold() in words.genitives:
            return None
    if re.match(r",?[ \xa0\n]+[A-ZÄÖÜÉÈÀ]{2,10}(?!\w)", text[after_at : after_at + 14]):
        return False  # "Art. 5 BV", "Article 6 TEU"
    if quoted or unclear or words.external_before.search(text[max(0, atom.start - 24) : atom.start]):
        return None
    if _OPENED.search(text[max(0, atom.start - 3) : atom.start]) or _TITLED.match(text, after_at):
        return None
    around = (*_context_before(text, atom.start), _sentence_after(text, after_at))
    if any(_names_text(part) for part in around):
        return None
    return True


_NEXT_WORD = re.compile(r"[ \xa0\n]+([^\W\d_]{4,})")


def _named_before(text: str, start: int, after: int) -> bool:
    """Whether "this Convention" is one that the block has named before ("the Convention of Bern … this Convention")."""
    noun = _NEXT_WORD.match(text, after)
    if noun is None:
        return False
    stem = noun.group(1)[:6].casefold()
    block = text[max(text.rfind(SEPARATOR, 0, start) + 1, start - _SENTENCE) : start]
    at = block.casefold().find(stem)
    while at >= 0:
        if not _OWN.search(block[max(0, at - 24) : at]) and _is_instrument(_WORDS.match(block, at).group()):  # type: ignore[union-attr]
            return True
        at = block.casefold().find(stem, at + 1)
    return False


_OPENED = re.compile(r"[«“„\"「][ \xa0\u202f]?$")
_TITLED = re.compile(r"[ \xa0]\([A-ZÀ-ÝА-Я][^\W\d_]")
#: The end of a sentence: not after an ordinal ("11. März") or a short abbreviation ("Art. 5").
_SENTENCE_END = re.compile(r"(?:[^\W\d_]{4}|\d{4}|[)»”\"’\]])[.!?;][\s\xa0]+(?=[A-ZА-ЯÀ-Ý«“(\d])|[。；]")


def _context_before(text: str, start: int) -> tuple[str, ...]:
    """What precedes in the same sentence, at most 400 characters; and the block before where it ends in a colon."""
    low = max(0, start - _SENTENCE)
    block = text.rfind(SEPARATOR, low, start)
    low = max(low, block + 1)
    stretch = text[low:start]
    last = 0
    for match in _SENTENCE_END.finditer(stretch):
        last = match.end()
    if last == 0 and block > 1 and text[block - 1] in ":：—–":
        return stretch, text[max(text.rfind(SEPARATOR, 0, block - 1) + 1, block - _SENTENCE) : block]
    return (stretch[last:],)


def _sentence_after(text: str, end: int) -> str:
    """What follows in the same sentence, at most 120 characters."""
    stop = text.find(SEPARATOR, end, end + 120)
    stretch = text[end : stop if stop >= 0 else end + 120]
    match = _SENTENCE_END.search(stretch)
    return stretch if match is None else stretch[: match.start() + 4]


_OWN = re.compile(
    r"(?:this|the present|le présent|la présente|présente?s?|este|esta|presente|настоящ\w+|diese[rsmn]?"
    r"|vorliegende[nrsm]?|questa|questo|dit|deze|niniejsz\w+|本|هذا|هذه)[ \xa0\n]*$",
    re.IGNORECASE,
)


_WORDS = re.compile(r"[^\W\d_]{2,}")


@lru_cache(maxsize=20_000)
def _is_instrument(word: str) -> bool:
    """Whether a word names a kind of text that has articles; see `_nouns` for how languages differ."""
    return reference_words().instrument_word.match(word) is not None


def _names_text(sentence: str) -> bool:
    """Whether the sentence names a text other than its own ("this Act" is its own)."""
    for match in _WORDS.finditer(sentence):
        if _is_instrument(match.group()) and not _OWN.search(sentence[max(0, match.start() - 24) : match.start()]):
            return True
    return False


@fact
def references(document: Document) -> tuple[Mention, ...]:
    """The references of a document, in order; headings are none."""
    run = running_text(document)
    text = run.text
    words = reference_words()
    atoms = [atom for atom in _join(_atoms(run), text) if not _is_heading(text, atom)]
    if not atoms:
        return ()
    quotes = sorted((run.offset(q), run.offset(q) + q.end - q.start) for q in quotations(document))
    opened = [start for start, _ in quotes]
    in_quotation = quoted_blocks(document)
    amending: dict[int, bool] = {}
    directions: list[bool | None] = []
    external_in = -1
    for atom in atoms:
        block = run.block_at(atom.start)
        at = bisect_right(opened, atom.start) - 1
        quoted = at >= 0 and quotes[at][0] <= atom.start < quotes[at][1]
        quoted = quoted or run.blocks[block].index in in_quotation or run.blocks[block].kind == "note"
        direction = _direction(text, atom, quoted)
        if direction and not words.internal_after.match(text, atom.end):
            if block not in amending:
                amending[block] = words.amending.search(run.blocks[block].prose.text) is not None
            # once a block has cited another text, its bare references may mean that one
            direction = None if amending[block] or block == external_in else True
        elif direction is False:
            external_in = block
        directions.append(direction)
    for at in range(1, len(atoms)):
        gap = text[atoms[at - 1].end : atoms[at].start]
        if directions[at - 1] is None and directions[at] and len(gap) <= 24 and words.list_joint.fullmatch(gap):
            if not words.internal_after.match(text, atoms[at].end):
                directions[at] = None
    for at in range(len(atoms) - 2, -1, -1):
        gap = text[atoms[at].end : atoms[at + 1].start]
        if len(gap) <= 24 and directions[at] is not False and words.list_joint.fullmatch(gap):
            following = directions[at + 1]
            if following is not True and not words.internal_after.match(text, atoms[at].end):
                directions[at] = following
    return tuple(
        run.mention(
            "reference",
            atom.start,
            atom.end,
            "; ".join(", ".join(map(str, target)) for target in atom.targets),
            internal=direction,
            targets=tuple(atom.targets),
        )
        for atom, direction in zip(atoms, directions, strict=True)
    )
