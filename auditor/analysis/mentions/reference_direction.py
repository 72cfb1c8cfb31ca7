"""Where a reference points: into the text that holds it, into another one, or nobody can say.

Judged by what stands directly behind the reference, then by what its sentence names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from auditor.analysis.mentions.instruments import instrument_follows, is_instrument
from auditor.analysis.mentions.reference_words import reference_words
from auditor.analysis.mentions.running_text import SEPARATOR

#: How far back and on a sentence is looked at.
_BEFORE = 400
_AFTER = 120

#: The end of a sentence, and what stands before it: not an ordinal ("11. März") or a short abbreviation ("Art. 5").
_SENTENCE_END = re.compile(r"[.!?;][\s\xa0]+(?=[A-ZА-ЯÀ-Ý«“(\d])|[。；]")
_ENDS_SENTENCE = re.compile(r"(?:[^\W\d_]{4}|\d{4}|.{0,3}[)»”\"’\]])\Z", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_\u3040-\u9fff]{2,}")
_OWN = re.compile(
    r"(?:this|the present|le présent|la présente|présente?s?|este|esta|presente|настоящ\w+|diese[rsmn]?"
    r"|vorliegende[nrsm]?|questa|questo|dit|deze|niniejsz\w+|本|هذا|هذه)[ \xa0\n]*$",
    re.IGNORECASE,
)
#: How the words above end, but for those that are stems.
_OWN_ENDINGS = (
    "this", "the present", "présent", "présente", "présents", "présentes", "este", "esta", "presente", "diese",
    "dieser", "dieses", "diesem", "diesen", "vorliegende", "vorliegenden", "vorliegender", "vorliegendes",
    "vorliegendem", "questa", "questo", "dit", "deze", "本", "هذا", "هذه",
)  # fmt: skip
_OPENED = re.compile(r"[«“„\"「][ \xa0\u202f]?$")
_TITLED = re.compile(r"[ \xa0]\([A-ZÀ-ÝА-Я][^\W\d_]")
_NEXT_WORD = re.compile(r"[ \xa0\n]+([^\W\d_]{4,})")
_ARTICLE_AND_CAPITAL = re.compile(r"(?:the|la|el|l['’]|die|das|het|lo|il)[ \xa0\n][A-ZÀ-Ý]")
#: An act cited by its date and number, whatever it calls itself: "D.Lgs. 13 dicembre 2017, n. 217".
_BY_NUMBER = re.compile(r"(?:1[89]|20)\d\d(?: г\.| года)?[,;]?[ \xa0\n]\(?(?:[nN][.°ºo]|[nN][or]\.|núm\.|№)[ \xa0]?\d")
_INITIALS = re.compile(r",?[ \xa0\n]+[A-ZÄÖÜÉÈÀ]{2,10}(?!\w)")


def _is_own(before: str) -> bool:
    """Whether the word that comes next is said to be the text itself: "this", "the present"."""
    small = before.rstrip(" \xa0\n").lower()
    return (small.endswith(_OWN_ENDINGS) or "настоящ" in small or "niniejsz" in small) and bool(_OWN.search(before))


class _Block:
    """What a block names: where its sentences begin, and where it names a text other than its own ("this Act")."""

    __slots__ = ("named", "sentences")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.sentences = [
            match.end()
            for match in _SENTENCE_END.finditer(text, start, end)
            if text[at := match.start()] in "。；" or _ENDS_SENTENCE.match(text[max(start, at - 4) : at])
        ]
        named = [
            match.start()
            for match in _WORDS.finditer(text, start, end)
            if is_instrument(match.group()) and not _is_own(text[max(start, match.start() - 24) : match.start()])
        ]
        if "第" in text[start:end]:
            nouns = reference_words().han_instruments
            named += [m.start() for m in nouns.finditer(text, start, end) if text[m.start() - 1] != "本"]
        named += [match.start() for match in _BY_NUMBER.finditer(text, start, end)]
        self.named = sorted(named)

    def names(self, low: int, high: int) -> bool:
        """Whether another text is named in ``[low, high)``."""
        at = bisect_left(self.named, low)
        return at < len(self.named) and self.named[at] < high


class Surroundings:
    """The sentences round the references of a running text; each block is read once, when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: dict[int, _Block] = {}

    def _block(self, start: int, end: int) -> _Block:
        if start not in self._blocks:
            self._blocks[start] = _Block(self._text, start, end)
        return self._blocks[start]

    def name_another(self, start: int, end: int, block_start: int, block_end: int) -> bool:
        """Whether the sentence round ``[start, end)`` names another text, 400 characters back and 120 on; where the
        block begins with that sentence and the block before ends in a colon, that one too."""
        block = self._block(block_start, block_end)
        at = bisect_right(block.sentences, start)
        low = block.sentences[at - 1] if at else block_start
        high = block.sentences[at] if at < len(block.sentences) else block_end
        if block.names(max(low, start - _BEFORE), start) or block.names(end, min(high, end + _AFTER)):
            return True
        if low > block_start or block_start < 3 or self._text[block_start - 2] not in ":：—–":
            return False
        before = self._text.rfind(SEPARATOR, 0, block_start - 2) + 1
        return self._block(before, block_start - 1).names(max(before, block_start - _BEFORE), block_start)

    def named_before(self, start: int, after: int, block_start: int, block_end: int) -> bool:
        """Whether "this Convention" is one that the block has named before ("the Convention of Bern … this
        Convention"); ``after`` is where "this" ends."""
        noun = _NEXT_WORD.match(self._text, after)
        if noun is None:
            return False
        stem = noun.group(1)[:6].casefold()
        block = self._block(block_start, block_end)
        first, last = bisect_left(block.named, start - _BEFORE), bisect_left(block.named, start)
        return any(self._text[at : at + 6].casefold() == stem for at in block.named[first:last])


def direction(
    text: str, start: int, end: int, *, block: tuple[int, int], quoted: bool, around: Surroundings
) -> bool | None:
    """Whether the reference at ``[start, end)`` is internal: True, False, or None where nobody can say.

    ``block`` is where the block that holds it begins and ends, ``quoted`` whether it stands in a quotation or note.
    """
    words = reference_words()
    after = end + 1 if text[end] == ")" else end
    own = words.internal_after.match(text, after)
    if own is not None:
        return None if quoted or around.named_before(start, own.end(), *block) else True
    if text[start - 1] not in SEPARATOR + " \n" and words.han_own.search(text, max(block[0], start - 12), start):
        return None if quoted else True
    tail = words.tail.match(text, after)
    after = tail.end() if tail is not None else after
    if words.external_after.match(text, after) or text[start - 1] == "》":
        return False
    genitive = words.genitive_after.match(text, after)
    rest = genitive.end() if genitive is not None else after
    if instrument_follows(text, rest) and (genitive is not None or text[after] in " \xa0\n"):
        return False
    if genitive is not None:
        if text[rest : rest + 1].isupper() or _ARTICLE_AND_CAPITAL.match(text, rest):
            return False
        if genitive.group().strip(" ,\xa0\n\u202f").casefold() in words.genitives:
            return None
    if _INITIALS.match(text, after):
        return False  # "Art. 5 BV", "Article 6 TEU"
    # A number, a dash or the end of a block that is no end of a sentence: the other text's name may come after it.
    unclear = text[after] == SEPARATOR or text[after] in "-–—" or text[end:after].strip(" \xa0\n)").isdecimal()
    if quoted or unclear or words.external_before.search(text, max(block[0], start - 24), start):
        return None
    if _OPENED.search(text, max(0, start - 3), start) or _TITLED.match(text, after):
        return None
    return None if around.name_another(start, after, *block) else True


def says_so(text: str, end: int) -> bool:
    """Whether a reference that ends there says itself that it is internal: "of this Agreement", "above"."""
    return reference_words().internal_after.match(text, end) is not None
