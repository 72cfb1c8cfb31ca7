"""A hyphen that broke a word at the end of a line is left inside the word.

Why it matters. "соответ-ствии" and "obliga- tions" are not found by any search, are counted and translated as two
words, and stop every reader.

How it decides. A hyphen stands between two parts of a word, with or without a space or line end behind it. Joined,
the parts make a word that the document has elsewhere or that is in the lexicon of its language; and the hyphen
cannot be meant: one of the parts is no word, or far rarer than the whole. Where ten or more of a document's hyphens
are such residues, the others whose parts could be words ("про-ведения") are believed as well, if the joined word
stands in the document and the hyphenated one hardly does. More than a handful in a document have one cause and are
one finding with all its places.

When it stays silent. At compounds whose parts are words ("co-operation", "sea-bed", "научно-технический"), which are
a matter of spelling; at parts that wait for another ("short- and long-term", "Ein- und Ausfuhr"); at names; where
neither the text nor a lexicon has the joined word.

Sources. Word lists and frequencies: auditor/analysis/vocabulary. Hyphenation at line ends is how every printed text
in these languages is set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import tomli

from auditor.analysis.enumerators.marks import conjunctions
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import Example, rule
from auditor.document import Document
from auditor.findings import Edit, Evidence, Finding, Fix, Severity

_RULE = "breaks/hyphen-residue"
#: Hyphens as they are typed, and what converters make of one at the end of a line.
_HYPHENS = "-\u2010¬\ufffe"
#: One pattern a sign: a pattern that begins with one sign is looked for several times as fast as one with a choice.
_BEHIND = [(sign, re.compile(f"{sign}(?<=[^\\W\\d_].)[ \\n]{{0,2}}(?=[^\\W\\d_])")) for sign in _HYPHENS]
_LETTERS = re.compile(r"[^\W\d_]+")
#: On the Zipf scale: from how much on the whole word is far more frequent than its rarer part.
_FAR = 0.7
_VERY_FAR = 1.5
_NOT_FAR_BELOW = -1.0
_RARE = 1.5
_OFTEN = 3
_SYSTEMATIC = 10
_MOST_FINDINGS = 5
_SHOWN = 5
_LONGEST_PART = 30


class _Broken(msgspec.Struct, frozen=True, gc=False):
    """A hyphen in a word: where word, hyphen, second part and its end stand in the running text; the parts and what
    is between them; and whether the word has other hyphens."""

    start: int
    hyphen: int
    goes_on: int
    end: int
    before: str
    after: str
    sign: str
    between: str
    language: str
    chained: bool

    @property
    def joined(self) -> str:
        return self.before + self.after

    @property
    def hyphenated(self) -> str:
        return f"{self.before}-{self.after}"


@rule(
    _RULE,
    severity="warning",
    explains=("encoding/control-character", "encoding/invisible-character", "characters/split-word"),
    bad={
        "en": [
            "The ⟦obliga- tions⟧ of each Party are set out in the annex.",
            Example(
                "The Parties to this Agreement undertake to inform the ⟦govern-\nment⟧ of the host State without delay "
                "of any\nsuch change, and to give reasons for it.\n",
                "en",
                "text/plain",
            ),
            "It shall be ⟦estab-lished⟧ by the Conference.",
        ],
        "ru": ["Стороны действуют в ⟦соответ-ствии⟧ с Конвенцией и берут на себя ⟦обяза- тельство⟧ сотрудничать."],
        "fr": ["Les Parties à l'Accord prennent les ⟦disposi- tions⟧ voulues pour le ⟦dévelop-pement⟧ des capacités."],
        "es": ["Las Partes adoptarán las medidas ⟦necesa- rias⟧ de conformidad con la ⟦legisla-ción⟧ nacional."],
        "de": ["Die Vertragsparteien teilen einander die ⟦Verwal- tungsvorschriften⟧ mit."],
    },
    good={
        "en": [
            "Short- and long-term measures for co-operation on the sea-bed, re-elected vice-presidents, e-mail.",
            "The Secretary-General met Mr. Boutros Boutros-Ghali in Port-au-Prince.",
            "A pre- or post-operational review of the sub-paragraph.",
        ],
        "ru": ["Научно-технический орган, какие-либо государства-участники, из-за этого, по-прежнему."],
        "fr": ["Celui-ci est peut-être au-dessus du grand-père, c'est-à-dire des avant- et arrière-gardes."],
        "es": ["El acuerdo franco-alemán y el comité político-militar."],
        "de": ["Die Ein- und Ausfuhr, die Kosten-Nutzen-Rechnung und der E-Mail-Verkehr."],
    },
)
def hyphen_residue(document: Document) -> Iterator[Finding]:
    """A finding for each word broken so, or one for all of them if they are many."""
    found = list(_broken_words(document))
    if not found:
        return
    judge = _Judge(vocabulary(document), found)
    sure = [item for item in found if judge.is_residue(item)]
    if len({item.joined for item in sure if not item.between}) >= _SYSTEMATIC:
        sure = [item for item in found if judge.is_residue(item) or judge.may_be(item)]
    if not sure:
        return
    if all("\n" in item.between for item in sure):
        # The text keeps the lines of the page, and its words are broken where they were broken in print.
        yield _finding(document, sure, judge, severity="info")
    elif len(sure) > _MOST_FINDINGS:
        yield _finding(document, sure, judge)
    else:
        for item in sure:
            yield _finding(document, [item], judge)


@cache
def _data() -> dict[str, dict[str, frozenset[str]]]:
    data = tomli.loads((Path(__file__).parent / "hyphen_heads.toml").read_text("utf-8"))
    return {name: {code: frozenset(words) for code, words in table.items()} for name, table in data.items()}


def _broken_words(document: Document) -> list[_Broken]:
    """Every hyphen between small letters or between capitals, but those in code and before "and"."""
    run = running_text(document)
    text = run.text
    found: list[_Broken] = []
    codes: tuple[str, ...] = ()
    ands: frozenset[str] = frozenset()
    for start, end in _hyphens(text):
        after = _LETTERS.match(text, end)
        begin = start - 1
        while text[begin].isalpha():
            begin -= 1
        head, tail = text[begin + 1 : start], after[0] if after else ""
        if not head or not tail or len(head) > _LONGEST_PART or len(tail) > _LONGEST_PART:
            continue
        if tail[0].isupper() and not (head.isupper() and tail.isupper() and len(head) > 2):
            continue
        if len(head) == 1 and text[begin] in "'’":
            continue
        if not codes:
            codes, ands = languages(document), conjunctions()
        between = text[start + 1 : end]
        language = codes[run.blocks[run.block_at(start)].index]
        if between and (tail.casefold() in ands or tail.casefold() in _data()["suspends"].get(language, ())):
            continue
        chained = text[begin] in _HYPHENS or text[end + len(tail)] in _HYPHENS
        found.append(
            _Broken(begin + 1, start, end, end + len(tail), head, tail, text[start], between, language, chained)
        )
    return found


def _hyphens(text: str) -> list[tuple[int, int]]:
    """Hyphens between letters, each with the white space behind it, in order."""
    found = [match.span() for sign, pattern in _BEHIND if sign in text for match in pattern.finditer(text)]
    found.sort()
    return found


class _Judge:
    """What the vocabulary and the other hyphens of a document say of a broken word. Answers are remembered."""

    def __init__(self, words: Vocabulary, found: Sequence[_Broken]) -> None:
        self.words = words
        self._hyphens = Counter(item.hyphenated.casefold() for item in found if not item.between)
        self._answers: dict[tuple[str, str, str, str, bool], bool] = {}

    def is_residue(self, item: _Broken) -> bool:
        """Whether the hyphen cannot be meant."""
        key = (item.before, item.after, item.between[:1], item.language, item.chained)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._is_residue(item)
        return answer

    def _is_residue(self, item: _Broken) -> bool:
        words, language = self.words, item.language
        if not words.covers(language):
            # Without a list only the text itself can tell: it has the whole often and neither part ever.
            return (
                words.count(item.joined) >= _OFTEN
                and not words.count(item.before)
                and not words.count(item.after)
                and not item.chained
            )
        prefixed = self.prefixed(item)
        weak = [part for part in (item.before, item.after) if not words.listed(part, language)]
        if item.between.startswith(" "):
            if prefixed and self._hyphens[item.hyphenated.casefold()]:
                return False
            return self._is_word(item, bool(weak))
        if prefixed and not (item.between and words.frequency(item.after, language) < _RARE):
            return False
        whole = words.frequency(item.joined, language)
        if not words.listed(item.joined, language):
            if not weak or item.chained or prefixed:
                return False
            if item.between and words.known(item.joined, language):
                return True
            return words.count(item.joined) >= max(2, 2 * self._hyphens[item.hyphenated.casefold()])
        rarer = min(words.frequency(part, language) for part in (item.before, item.after))
        if len(item.before) == 1 or len(item.after) == 1:
            return bool(weak) and whole - rarer >= _FAR and len(weak[-1]) > 1
        if item.between or item.sign in "¬\ufffe":
            return whole - rarer >= _NOT_FAR_BELOW and not words.count(item.hyphenated)
        return whole - rarer >= _VERY_FAR or (whole - rarer >= _FAR and words.count(item.joined) > 0)

    def prefixed(self, item: _Broken) -> bool:
        """Whether the first part stands before hyphens by right, and the second is no mere ending."""
        heads = _data()["heads"]
        head = item.before.casefold()
        return head in heads.get(item.language, ()) or head in heads["any"]

    def keeps_hyphen(self, item: _Broken) -> bool:
        """Whether only the space is to go: "non- transferable"."""
        words, language = self.words, item.language
        if not item.between.startswith(" ") or words.count(item.joined) or not words.covers(language):
            return False
        if not all(words.listed(part, language) for part in (item.before, item.after)):
            return False
        rarer = min(words.frequency(part, language) for part in (item.before, item.after))
        return self.prefixed(item) or words.frequency(item.joined, language) < rarer + _NOT_FAR_BELOW / 2

    def may_be(self, item: _Broken) -> bool:
        """Whether, in a text full of residues, this hyphen is one as well although its parts may be words."""
        words, language = self.words, item.language
        if item.between.startswith(" ") and self._is_word(item, weak=True):
            return True
        if self.prefixed(item) and not item.between and words.frequency(item.after, language) >= _RARE:
            return False
        hyphens = self._hyphens[item.hyphenated.casefold()]
        joined = words.count(item.joined)
        if joined >= 2 and joined > 2 * hyphens:
            return True
        if hyphens <= 2 and words.listed(item.joined, language):
            rarer = min(words.frequency(part, language) for part in (item.before, item.after))
            return words.frequency(item.joined, language) - rarer >= _NOT_FAR_BELOW
        # The lists don't have every form of every word; a part that is in none of them tells as well.
        nowhere = not all(words.frequency(part, language) for part in (item.before, item.after))
        return words.covers(language) and not joined and not item.chained and nowhere and hyphens <= 1

    def _is_word(self, item: _Broken, weak: bool) -> bool:
        """Whether the joined parts are a word: attested, listed, or put together of words where a part is none."""
        words, language = self.words, item.language
        if words.listed(item.joined, language) or words.count(item.joined):
            return True
        return weak and words.known(item.joined, language)


def _finding(document: Document, found: Sequence[_Broken], judge: _Judge, severity: Severity | None = None) -> Finding:
    run = running_text(document)
    first = found[0]
    places = [run.span(item.start, item.end) for item in found]
    distinct = {item.joined.casefold(): place for item, place in reversed(list(zip(found, places, strict=True)))}
    shown = ", ".join(f"“{' '.join(place.of(document.text).split())}”" for place in [*distinct.values()][::-1][:_SHOWN])
    mended = first.hyphenated if judge.keeps_hyphen(first) else first.joined
    if len(found) == 1:
        what = "space" if mended == first.hyphenated else "hyphen"
        message = f"{shown} is “{mended}” with the {what} of a line end."
    else:
        more = " …" if len(distinct) > _SHOWN else "."
        message = f"{len(found)} words have kept the hyphen of a line end: {shown}{more}"
    return Finding(
        _RULE,
        message,
        places[0],
        severity=severity,
        confidence=0.97 if len(found) > _MOST_FINDINGS else 0.9,
        data={"joined": [item.joined for item in found]},
        evidence=tuple(_reasons(first, judge.words)),
        places=tuple(places[1:]),
        fixes=(
            Fix(
                f"Join it: “{mended}”" if len(found) == 1 else "Join the words",
                tuple(Edit(run.span(item.hyphen + judge.keeps_hyphen(item), item.goes_on), "") for item in found),
                "unsafe",
            ),
        ),
    )


def _reasons(item: _Broken, words: Vocabulary) -> Iterator[Evidence]:
    count = words.count(item.joined)
    if count:
        times = f" {count} times" if count > 1 else ""
        yield Evidence(f"The text has “{item.joined}” without a hyphen{times}.")
    elif words.known(item.joined, item.language):
        yield Evidence(f"“{item.joined}” is a word.")
    for part in (item.before, item.after):
        if words.covers(item.language) and not words.listed(part, item.language):
            yield Evidence(f"“{part}” is none.")
