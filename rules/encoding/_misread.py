"""UTF-8 that was read as another encoding, and what it said.

In UTF-8 every character beyond ASCII is a row of two to four bytes of which the first says how many follow. Read as a
code page, it is a row of two to four letters and signs that hardly any language writes side by side: "Ã©", "вЂ™",
"‚Äî". A row of them is turned back into bytes and read again; that it then is UTF-8 is evidence in itself. A single
pair may be chance ("Рё" in a Russian name): it needs other rows in the text, or a combination that the package ftfy
knows to be bad.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from unicodedata import category, name

import msgspec

#: Code pages by Python's names, in the order of how common the damage is, and what to call them.
CODE_PAGES = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1251": "Windows-1251",
    "macroman": "MacRoman",
    "cp1250": "Windows-1250",
    "iso-8859-2": "Latin-2",
    "koi8-r": "KOI8-R",
    "cp437": "CP437",
    "cp1254": "Windows-1254",
    "cp1253": "Windows-1253",
    "cp1257": "Windows-1257",
    "iso-8859-5": "ISO 8859-5",
    "cp866": "CP866",
    "cp850": "CP850",
}
#: A text may have gone through the same mistake so many times.
_TIMES = 3
#: A row may be so long; a document that is damaged throughout is one row a word.
_LONGEST = 4000
#: From so many certain rows on, rows like them are believed; so many are enough to stop asking.
_SOME = 3
_CERTAIN = 60
#: How much of a row is looked at, and the share of its letters that are of one script.
_LOOK = 80
_SAME = 0.8
#: Signs that stand beside words of any script: "«СССР»" is no damage.
_QUOTATION = frozenset("«»“”„‘’‚‹›—–…\xa0\u202f ")
#: Where this share of the rows is certain, all are believed.
_MOST = 0.3


class Misreading(msgspec.Struct, frozen=True, gc=False):
    """A row at ``[start, end)`` of a text, what it said, the code page that it was read in, and how often."""

    start: int
    end: int
    said: str
    code_page: str
    times: int
    units: int


class _Page(msgspec.Struct, frozen=True):
    """A code page: the byte of each character, those that begin and go on a row, and the pattern of rows."""

    name: str
    bytes: dict[str, int]
    first: frozenset[str]
    following: frozenset[str]
    pattern: re.Pattern[str]

    def said(self, row: str) -> str | None:
        """What a row of characters was before it was read in this code page; None where it was not UTF-8."""
        try:
            return bytes(map(self.bytes.__getitem__, row)).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None


@cache
def _page(code_page: str) -> _Page:
    characters = [_character(byte, code_page) for byte in range(256)]

    def letters(first: int, last: int) -> str:
        return "".join(characters[first : last + 1])

    two, three, four, after = letters(0xC2, 0xDF), letters(0xE0, 0xEF), letters(0xF0, 0xF4), letters(0x80, 0xBF)
    inside = f"[{re.escape(after)}]"
    kinds = (f"[{re.escape(two)}]{inside}", f"[{re.escape(three)}]{inside}{{2}}", f"[{re.escape(four)}]{inside}{{3}}")
    row = f"(?:{'|'.join(kinds)}){{1,{_LONGEST}}}"
    return _Page(
        code_page,
        {character: byte for byte, character in enumerate(characters)},
        frozenset(two + three + four),
        frozenset(after),
        re.compile(row),
    )


def _character(byte: int, code_page: str) -> str:
    """The character of a byte; where the code page has none, browsers and most programs take the control of Latin-1."""
    try:
        return bytes([byte]).decode(code_page)
    except UnicodeDecodeError:
        return chr(byte)


def possible(present: frozenset[str]) -> bool:
    """Whether a text of these characters can hold such rows at all: needs no pattern, and most texts fail it."""
    return any(present.intersection(_LEADS[page]) and present.intersection(_AFTER[page]) for page in _LEADS)


#: The commonest first and following characters of rows in the code pages that are met most, by kind of page. The
#: others share these: a text damaged in them has some of these too.
_LEADS = {
    "western": "ÃÂâÐÑØÙÎÏÄÅã",
    "cyrillic": "РСвВГ",
    "mac": "√¬‚ÿŸ–—",
    "central": "ĂÂâĐŃŘŮĎÄĹ",
    "dos": "├┬╨╤╬Γ╧╪┼Ç╟╩╞",
    "koi": "цбпя",
}
_AFTER = {
    "western": "".join(map(chr, range(0x80, 0xA0))) + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ¡¢£¤¥¦¨©ª¬®¯±²³´µ¶¸¹º¼½¾¿",
    "cyrillic": "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ•™љ›њќћџЎўЈ¤Ґ¦Ё§©Є¬®Ї°±Ііґµ¶·ѕї",
    "mac": "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø",
    "central": "€‚„…†‡‰Š‹ŚŤŽŹ•™š›śťžźˇ˘Ł¤Ą¦§¨©Ş¬®Ż°±˛łµ¶·¸ąş»Ľ˝ľż",
    "dos": "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп",
    "koi": "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥⌡÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬",
}


def misreadings(text: str, present: frozenset[str]) -> list[Misreading]:
    """The rows of a text that were UTF-8, in order; ``present``: its characters.

    The code page that explains most characters is asked first, and the others for what it leaves.
    """
    beyond = frozenset(c for c in present if c > "\x7f")
    by_page = {page: _believed(text, list(_rows(text, page))) for page in CODE_PAGES if _may_hold(page, beyond, text)}
    order = sorted(by_page, key=lambda page: -sum(row.end - row.start for row in by_page[page]))
    taken = bytearray(len(text))
    found: list[Misreading] = []
    for page in order:
        for row in by_page[page]:
            if not any(taken[row.start : row.end]):
                taken[row.start : row.end] = b"\x01" * (row.end - row.start)
                found.append(row)
    return sorted(found, key=lambda row: row.start)


def _may_hold(code_page: str, beyond: frozenset[str], text: str) -> bool:
    """Whether a first and a following character of the code page stand side by side: asked before the dear pattern."""
    page = _page(code_page)
    first, following = "".join(beyond & page.first), "".join(beyond & page.following)
    if not first or not following:
        return False
    return re.search(f"[{re.escape(first)}][{re.escape(following)}]", text) is not None


def _rows(text: str, code_page: str) -> Iterator[Misreading]:
    for match in _page(code_page).pattern.finditer(text):
        row = match.group()
        said, times = row, 0
        while times < _TIMES:
            further = _page(code_page).said(said)
            if further is None:
                break
            said, times = further, times + 1
            if said.isascii():
                break
        if times and not _QUOTATION.issuperset(row) and _is_text(said):
            yield Misreading(match.start(), match.end(), said, code_page, times, len(said))


def _is_text(said: str) -> bool:
    """Whether a row may have been written: no controls, no unassigned or private characters."""
    return not any(category(c) in ("Cc", "Cn", "Co", "Cs") for c in said)


def _believed(text: str, found: list[Misreading]) -> list[Misreading]:
    """Those rows that are no chance: known to be bad, at odds with the script of the word, or like many that are."""
    certain: list[Misreading] = []
    asked = 0
    for row in found:
        asked += 1
        if _at_odds(text, row) or _bad(text[max(0, row.start - 2) : min(row.end, row.start + 12) + 2]):
            certain.append(row)
            if len(certain) == _CERTAIN:
                break
    if not certain:
        return []
    if len(certain) < _SOME:
        return certain
    if len(certain) >= _MOST * asked:
        return found
    # Where some are certain, so are others that begin alike, and long ones.
    leads = {text[row.start] for row in certain}
    return [row for row in found if text[row.start] in leads or row.units > 1]


def _bad(stretch: str) -> bool:
    from ftfy.badness import badness

    return badness(stretch) > 0


def _at_odds(text: str, row: Misreading) -> bool:
    """Whether a row is no word of any script, and is one of a single script once it is read rightly: "rГ©solution".

    A row of one character takes its word's other letters for evidence; a longer one speaks for itself.
    """
    letters = [c for c in row.said[:_LOOK] if c.isalpha()]
    if 2 * len(letters) < len(row.said[:_LOOK]):
        return False
    beside = [c for c in (text[row.start - 1 : row.start], text[row.end : row.end + 1]) if c.isalpha()]
    if not beside and len(letters) < _SOME:
        return False
    scripts = Counter(map(_script, letters))
    script, most = scripts.most_common(1)[0]
    if most < _SAME * len(letters) or any(_script(c) != script for c in beside):
        return False
    written = text[row.start : row.end][:_LOOK]
    return any((_script(c) != script if c.isalpha() else c not in _QUOTATION) for c in written)


def _script(letter: str) -> str:
    return name(letter, "").partition(" ")[0]
