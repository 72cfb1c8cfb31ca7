"""Number slips in running text: letters that were read for figures where only a number can stand.

``Article 3l``, ``paragraph l(a)``, ``1O July``, ``2O22``. A slot is known by what stands around it: a label word
before it, a month beside it, the shape of a year. Whether a letter is meant (Article 16B, Annex I, point l) is asked
of the document: how it writes the other numbers of that kind. Slips in the enumerators and headings of the text
itself are for their series to find (`auditor.analysis.enumerators.disorder`, `auditor.analysis.outline`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property

import msgspec

from auditor.analysis.enumerators.marks import conjunctions
from auditor.analysis.labels import label_at
from auditor.analysis.mentions.dates import months
from auditor.analysis.mentions.reference_words import data_of_references
from auditor.analysis.mentions.references import references
from auditor.analysis.mentions.running_text import running_text, shape
from auditor.analysis.outline import outline
from auditor.analysis.scripts import beyond_latin
from auditor.document import Document

FIGURES = {
    "l": "1", "I": "1", "|": "1", "І": "1", "O": "0", "o": "0", "О": "0", "о": "0", "S": "5", "Z": "2", "B": "8",
    "З": "3", "з": "3", "б": "6",
}  # fmt: skip
_SURE = frozenset("lI|ІOoОо")
_LETTERS = "".join(FIGURES)
_MIXED = re.compile(rf"\d(?:[{_LETTERS}]|(?<=[{_LETTERS}]\d))")
_ASCII_MIXED = re.compile(rf"[0-9](?:[{_LETTERS}]|(?<=[{_LETTERS}][0-9]))")
_MIXED_SHAPE = re.compile(rb"0(?:(?=[aA|?])|(?<=[aA|?].))")
#: By the space before it: a pattern that begins with a literal passes over the text quickly.
_SINGLE = tuple(re.compile(rf"{space}([lIІSЗзб](?:er)?)(?=[ \xa0\n,.;:()\x00])") for space in " \xa0\n")
_POINT = re.compile(r"\(([lSЗзб|]|[\dlO|]{2,3})\)")
_JOINTS = re.compile(
    r"(?<!\w)([^\W\d_]{1,24}\.?|§{1,2})[ \xa0\n]*"
    r"(?:\(?(?:\d{1,4}|[IVXivx]{1,5}|[a-z])[a-z]?\)?(?:[ \xa0]?\(\w{1,4}\)){0,3}(?:,[ \xa0\n]|[ \xa0\n-]|–)"
    r"(?:[^\W\d_]{1,4}[ \xa0\n])?){0,6}\(?$"
)
_MONTH_AFTER = re.compile(r"\.?[ \xa0\n]+(?:of[ \xa0]|de[ \xa0]|d['’])?([^\W\d_]{2,14})(?:[ \xa0]([^\W\d_]{5,6}))?")
_SPANISH_DATE = re.compile(r"[ \xa0\n]+de[ \xa0\n]+[^\W\d_]{4,10}[ \xa0\n]+del?[ \xa0\n]+[12]\d{3}(?!\w)")
_YEAR_AFTER = re.compile(r"\.?,?[ \xa0\n]+(?:de[ \xa0]|del[ \xa0])?[12lI][\dlIOoSZBЗзбО]{3}(?!\w)")
_MONTH_BEFORE = re.compile(r"([^\W\d_]{3,14})\.?,?[ \xa0\n]+(?:de[ \xa0]|del[ \xa0])?$")
_DAY_BEFORE = re.compile(r"([^\W\d_]{3,14})[ \xa0\n]+[\dlIOo]{1,2},?[ \xa0\n]+$")
_SHORT_WORD_BEFORE = re.compile(r"(?:(?<!\w)[^\W\d_A-Z]{1,6}[ \xa0\n]+|[12]\d{3}[-–—]|\()$")
#: Names of months that are other words too, in small letters.
_OTHER_WORDS = ("may", "march", "mars", "mai")
#: Kinds whose members are letters as often as figures.
_LETTERED = frozenset({"point", "item", "letter", "subparagraph", "indent", "form", "table", "figure", "box", "map"})
_NARROW = frozenset({"article", "paragraph", "section", "rule", "regulation", "clause", "subsection", "recital"})


class NumberSlip(msgspec.Struct, frozen=True, gc=False):
    """A slip at ``[start, end)`` of the running text; ``correct`` is the number that is meant, ``reason`` says what
    only a number can do there."""

    start: int
    end: int
    correct: str
    reason: str
    confidence: float


def repaired(token: str) -> str:
    """The figures that a token stands for; "" where it has other letters."""
    figures = [c if c.isdecimal() else FIGURES.get(c, "") for c in token]
    return "" if "" in figures else "".join(figures)


_LIST_GOES_ON = re.compile(r"(?:,|[ \xa0][^\W\d_]{1,3})[ \xa0]\d")
_WITH_LETTER = re.compile(r"(?<![\w/.-])\d{1,4}[A-Za-z](?!\w)")
_WORDS = re.compile(r"[^\W\d_]+")
_LABEL_WORDS = re.compile(r"[^\W\d_]+|§")


@cache
def _joining() -> frozenset[str]:
    """Words that stand between the numbers of a list or range."""
    ranges = {word for table in data_of_references().values() for word in table.get("range", ())}
    return conjunctions() | ranges | {"bis", "ter", "quater", "i", "ii", "iii", "iv", "vi", "vii", "viii", "ix"}


@cache
def _is_month(word: str) -> bool:
    return word.casefold() in months()


class _Habits:
    """How the document writes the numbers of each kind of division, asked for only when there is something to judge."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """By kind: numbers in figures, in letters or Roman figures, and with a letter behind the figures."""
        figures: Counter[str] = Counter()
        letters: Counter[str] = Counter()
        suffixed: Counter[str] = Counter()
        for mention in references(self.document):
            for target in mention.targets:
                for step in target:
                    if step.label.isdecimal():
                        figures[step.unit] += 1
                    elif step.label[:1].isdecimal():
                        suffixed[step.unit] += not repaired(step.label)
                        figures[step.unit] += 1
                    elif step.label not in FIGURES or step.label in "IІ":
                        letters[step.unit] += 1
        plan = outline(self.document)
        for series in plan.series:
            counted = figures if series.style.startswith("arabic") else letters
            counted[series.kind] += len(series.members)
            suffixed[series.kind] += sum(bool(member.ordinal.suffix) for member in series.run.members)
        return figures, letters, suffixed

    def in_figures(self, kind: str, least: int = 2) -> bool:
        """Whether the kind's numbers are written in figures throughout."""
        figures, letters, _ = self._counts
        return figures[kind] >= least and max(letters[kind] - 1, 0) * 20 <= figures[kind]

    def suffixed(self, kind: str) -> bool:
        """Whether the kind has numbers with letters (16A, 5b), or the text has some of any kind."""
        return self._counts[2][kind] > 0 or self._lettered

    @cached_property
    def _lettered(self) -> bool:
        return any(token[-1] in "ABCDEabcde" for token in self.with_letter)

    @cached_property
    def with_letter(self) -> frozenset[str]:
        """Every number of the text that has a letter behind it: "16A", "5b"."""
        return frozenset(_WITH_LETTER.findall(running_text(self.document).text))

    @cached_property
    def points_in_figures(self) -> bool:
        """Whether what stands in brackets behind a number is a figure, as in "5(2)"."""
        text = running_text(self.document).text
        figures = len(re.findall(r"\d ?\(\d{1,2}\)", text))
        letters = len(re.findall(r"\d ?\([a-z]\)", text))
        return figures > 3 * letters and "(k)" not in text and "(m)" not in text


def _mixed_places(document: Document) -> Iterator[re.Match[str]]:
    """Where a figure stands beside a letter that may be one."""
    text = running_text(document).text
    if beyond_latin(document):
        return _MIXED.finditer(text)
    # Of the digits only those of ASCII are among Latin letters.
    places = (found.start() for found in _MIXED_SHAPE.finditer(shape(document)))
    return filter(None, (_ASCII_MIXED.match(text, at) for at in places))


def number_slips(document: Document) -> Iterator[NumberSlip]:
    """The slips in the running text, in no order."""
    text = running_text(document).text
    habits = _Habits(document)
    done = 0
    for match in _mixed_places(document):
        if match.start() < done:
            continue
        start, end = match.start(), match.end()
        while text[start - 1].isalnum() or text[start - 1] == "|":
            start -= 1
        while text[end].isalnum() or text[end] == "|":
            end += 1
        done = end
        slip = _mixed(text, start, end, habits)
        if slip is not None:
            yield slip
    for match in (match for pattern in _SINGLE for match in pattern.finditer(text)):
        slip = _single(text, match.start(1), match.end(), habits)
        if slip is not None:
            yield slip
    for match in _POINT.finditer(text):
        correct = repaired(match[1])
        plain = match[1].isdecimal() or not text[match.start() - 2 : match.start()].rstrip(" \xa0")[-1:].isdecimal()
        if correct and not plain and (match[1] == "|" or len(match[1]) > 1 or habits.points_in_figures):
            yield NumberSlip(match.start(1), match.end(1), correct, "the number of a paragraph", 0.8)


def _mixed(text: str, start: int, end: int, habits: _Habits) -> NumberSlip | None:
    token = text[start:end]
    correct = repaired(token)
    if not correct or len(token) > 6:
        return None
    before, after = text[start - 1], text[end]
    if before in "/@_#&$=+*.'’" or after in "/@_'’":
        return None
    if after in "-.:" and text[end + 1].isalnum() and len(token) != 4:
        return None
    letters = {c for c in token if not c.isdecimal()}
    day = int(correct) if len(correct) <= 2 else 0
    if 1 <= day <= 31:
        if _month_behind(text, end, certain=True) or _SPANISH_DATE.match(text, end):
            return NumberSlip(start, end, correct, "the day of a date", 0.95)
        named = _MONTH_BEFORE.search(text, max(0, start - 30), start)
        if named and named[1][0].isupper() and _is_month(named[1]) and _YEAR_AFTER.match(text, end):
            return NumberSlip(start, end, correct, "the day of a date", 0.9)
    if len(token) == 4 and 1000 <= int(correct) <= 2100:
        slip = _year(text, start, end, correct, letters)
        if slip is not None:
            return slip
    kind = _label_before(text, start)
    if kind is None or kind in _LETTERED or correct.startswith("0"):
        return None
    tail = token[-1] if token[:-1].isdecimal() else ""
    if tail in ("o", "о", "B", "Z"):
        return None  # Spanish 2o; Article 16B
    if tail == "S" and (kind not in _NARROW or any(token[:-1] + c in habits.with_letter for c in "LMNOPQR")):
        return None
    if tail and tail != "S" and habits.suffixed(kind) and token[:-1] + chr(ord(tail) - 1) in habits.with_letter:
        return None
    if token[:-2].isdecimal() and token[-2:].isupper() and token[:-1] in habits.with_letter:
        return None  # Article 243ZB, after 243Z and 243ZA
    if not tail and not letters <= _SURE and not (kind in _NARROW and habits.in_figures(kind)):
        return None
    return NumberSlip(start, end, correct, f"the number of {_article(kind)}", 0.9)


def _year(text: str, start: int, end: int, correct: str, letters: set[str]) -> NumberSlip | None:
    true = sum(c.isdecimal() for c in text[start:end])
    named = _MONTH_BEFORE.search(text, max(0, start - 40), start) or _DAY_BEFORE.search(text, max(0, start - 40), start)
    dated = named is not None and _is_month(named[1])
    if correct[0] not in "12":
        return None
    if dated:
        return NumberSlip(start, end, correct, "a year", 0.95)
    likely = letters <= _SURE or _SHORT_WORD_BEFORE.search(text, max(0, start - 12), start) is not None
    if true >= 2 and likely and int(correct) >= 1500:
        return NumberSlip(start, end, correct, "a year", 0.85)
    return None


def _single(text: str, start: int, end: int, habits: _Habits) -> NumberSlip | None:
    token = text[start:end]
    letter = token[0]
    month = _month_behind(text, end)
    correct = FIGURES[letter] + token[1:]
    if month and (letter in "l|" or _YEAR_AFTER.match(text, month)):
        return NumberSlip(start, end, correct, "the day of a date", 0.9)
    if text[start - 2 : start].rstrip(" \xa0")[-1:].isdecimal():
        return None  # "Article 140 l": a suffix
    kind = _label_before(text, start)
    if kind is None or kind in _LETTERED or (token == "Ier"):
        return None
    if letter in "l|":
        if text[end] == "(" or token == "ler" or habits.in_figures(kind, 1) or kind in _NARROW:
            return NumberSlip(start, end, correct, f"the number of {_article(kind)}", 0.9)
        return None
    least = 5 if letter in "IІ" and not _LIST_GOES_ON.match(text, end) else 1
    if kind in _NARROW and habits.in_figures(kind, least):
        return NumberSlip(start, end, correct, f"the number of {_article(kind)}", 0.75)
    return None


def _month_behind(text: str, end: int, certain: bool = False) -> int:
    """Where the name of a month ends that follows a place; 0 where none does. ``certain``: what stands before it can
    be nothing but a number, so that a month's name may also be another word."""
    match = _MONTH_AFTER.match(text, end)
    if match is None:
        return 0
    word = match[1]
    if _is_month(word) and (word[0].isupper() or word not in (("may", "march") if certain else _OTHER_WORDS)):
        return match.end(1)
    if match[2] and _is_month(f"{word} {match[2]}"):
        return match.end(2)
    return 0


def _label_before(text: str, start: int) -> str | None:
    """The kind of division whose number a token is by the label word before it, or before the list it stands in."""
    low = max(0, start - 70)
    if not any(label_at(text, word.start()) for word in _LABEL_WORDS.finditer(text, low, start)):
        return None
    match = _JOINTS.search(text, low, start)
    while match is not None:
        word = match[1]
        label = label_at(text, match.start(1))
        if any(
            len(other) > 1 and other.casefold() not in _joining() and not other.isupper()
            for other in _WORDS.findall(text, match.end(1), start)
        ):
            return None
        if label is not None and not label.damaged and label.end <= match.end(1) + 1:
            return label.label.kind
        if word.casefold() not in conjunctions():
            return None
        match = _JOINTS.search(text, match.end(1), start)
    return None


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
