"""The grammar of page furniture: lines told to be made of job numbers, folios, symbols, journal heads and the like.

The pieces are data (``data/furniture.toml``). A line is tiled with them from its start; what is left over, if anything,
is its own words. A piece's weight says how much it proves by itself.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import tomli

Kind = Literal["header", "footer", "folio", "stamp", "left_over"]

_DATA = Path(__file__).parents[1].joinpath("data") / "furniture.toml"

_BARCODE = re.compile(r"(?<![*\\])(\\?\*)([A-Z]?\d{6,9}[A-Z]?)(\\?\*)(?!\*)")
_COMMAND = re.compile(
    r"\\(?:math[a-z]{2,3}|text[a-z]{0,2}|bf|rm|it|quad|,|;|!)(?![a-z])|</?[A-Za-z][^<>\n]{0,60}>|&nbsp;"
)
_MAY_BE_DAMAGED = re.compile(r"[OolI][-\d]|\d[OolI]|[lIO] ?/ ?[\dlIO]")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Separators with which no piece begins.
_BLANKS = frozenset(" |:=()]<>►▼■●")
_BEGINNING = 4
_ROMAN = "[ivxlc]{1,7}"
_ROMAN_WORD = re.compile(_ROMAN)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ENDS_PROSE = frozenset('.,;:!?"”»')
_HAS_DIGIT = re.compile(r"\d")
#: A job number or a folio in which nearly every digit may have become a letter.
_DAMAGED_PAIR = re.compile(
    r"(?<![^\W_])(?:(?=[^\s-]*\d|[^\s]{3,8}\d)[\dOolI]{2}-[\dOolI]{5}|[\dOolI]{1,3} ?/ ?[\dOolI]{1,4})(?![^\W\d_])"
)
_DAMAGED_NUMBER = re.compile(
    r"(?<![^\W_])(?=[OolI]{1,6}\d|\d{1,6}[OolI])[\dOolI]{2,9}(?![^\W\d_])|(?<![^\W_])[lIO](?= ?/ ?\d)"
)
_DIGIT_FOR_LETTER = str.maketrans("OolI", "0011")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("*_$#>`\\{}\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\u200b\ufeff\u00ad\t\f\r", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        "\u2044": "/",
        "\u2215": "/",
        "\uff0f": "/",
    }
)
_SEPARATORS = frozenset(" |•·:-~=()[]<>►▼■●")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One kind of piece; see ``data/furniture.toml`` for the meaning of the fields.

    counting is its pattern with the counters named; compiled only for pieces that a document shows.
    """

    name: str
    kind: Kind
    weight: int
    joins: str
    whole: bool
    counting: str


class Tile(msgspec.Struct, frozen=True, gc=False):
    """A piece found at ``[start, end)`` of a prepared line, with its counter and stated total."""

    piece: Piece
    start: int
    end: int
    text: str
    number: int | None = None
    total: int | None = None


class Grammar(msgspec.Struct, frozen=True):
    """All pieces, compiled, and the pattern of converters' marks (``left_over``, over raw text).

    beginnings are the first letters of all words that occur in pieces: a word that begins otherwise starts none;
    of_whole those of the words in pieces that fill a line, whatever its end is like.
    """

    pieces: tuple[Piece, ...]
    any_piece: re.Pattern[str]
    beginnings: frozenset[str]
    of_whole: frozenset[str]
    left_over: re.Pattern[str]


def prepare(raw: str) -> str:
    """The line as the pieces expect it, of the same length: marks blanked, dashes and damaged digits made plain."""
    if "*" in raw:
        raw = _BARCODE.sub(lambda m: "¦".rjust(len(m[1])) + m[2] + "¦".ljust(len(m[3])), raw)
    if "\\" in raw or "<" in raw or "&" in raw:
        raw = _COMMAND.sub(lambda m: " " * len(m[0]), raw)
    line = raw.translate(_MARKS)
    if _MAY_BE_DAMAGED.search(line):
        line = _DAMAGED_PAIR.sub(lambda m: m[0].translate(_DIGIT_FOR_LETTER), line)
        line = _DAMAGED_NUMBER.sub(lambda m: m[0].translate(_DIGIT_FOR_LETTER), line)
    return line


@cache
def grammar() -> Grammar:
    """The grammar, read and compiled on first use."""
    data = tomli.loads(_DATA.read_text(encoding="utf-8"))
    macros: dict[str, str] = data["macro"]
    pieces = []
    alternatives = []
    words: set[str] = set()
    whole: set[str] = set()
    for at, entry in enumerate(data["piece"]):
        body = _expand(entry["pattern"], macros)
        words.update(_LETTERS.findall(body))
        if entry.get("whole", False) or entry.get("open", False):
            whole.update(_LETTERS.findall(body))
        pieces.append(
            Piece(
                name=entry["name"],
                kind=entry["kind"],
                weight=entry["weight"],
                joins=entry.get("joins", "run"),
                whole=entry.get("whole", False),
                counting=_bounded(_numbered(body)) if "<n>" in body or "<r>" in body else "",
            )
        )
        plain = body.replace("<n>", r"\d{1,6}").replace("<m>", r"\d{1,6}").replace("<r>", _ROMAN)
        alternatives.append(f"(?P<p{at}>{_bounded(plain)})")
    marks = "|".join(f"(?P<{e['name'].replace('-', '_')}>{e['pattern']})" for e in data["left_over"])
    return Grammar(
        tuple(pieces),
        re.compile("|".join(alternatives)),
        frozenset(word.casefold()[:_BEGINNING] for word in words),
        frozenset(word.casefold()[:_BEGINNING] for word in whole),
        # Every mark begins with one of these characters: a cheap look ahead spares the alternatives.
        re.compile(rf"(?=[-\[(<!{{\\=_*#~→TtCcPp])(?:{marks})"),
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(2):
        for name, body in macros.items():
            pattern = pattern.replace(f"<{name}>", body)
    return (
        pattern.replace(" ?", " *")
        .replace(" (", " +(")
        .replace(" ", "\0")
        .replace("\0*", " *")
        .replace("\0+", " +")
        .replace("\0", " +")
    )


def _numbered(body: str) -> str:
    """Counters as named groups, each name once: n0, n1 … and m0, m1 … and r0, r1 …."""
    for sign, digits in (("n", r"\d{1,6}"), ("m", r"\d{1,6}"), ("r", _ROMAN)):
        at = 0
        while f"<{sign}>" in body:
            body = body.replace(f"<{sign}>", f"(?P<{sign}{at}>{digits})", 1)
            at += 1
    return body


def _bounded(body: str) -> str:
    return rf"(?<![^\W_])(?:{body})(?![^\W_])(?!/\d)"


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral of the sort that first pages bear, i to ccc; wrongly built ones are added up."""
    value = 0
    previous = 0
    for sign in reversed(numeral.casefold()):
        digit = _ROMAN_DIGITS[sign]
        value += digit if digit >= previous else -digit
        previous = max(previous, digit)
    return value


def _may_begin(line: str, at: int, beginnings: frozenset[str]) -> bool:
    """Whether a piece can begin here, as far as its first word tells; spares prose the whole grammar."""
    first = line[at]
    if not (first.islower() or first.isupper()):
        return True
    word = _LETTERS.match(line, at)
    if word is None or word[0][:_BEGINNING].casefold() in beginnings or len(word[0]) <= 2:
        return True
    if _ROMAN_WORD.fullmatch(word[0]):
        return True
    following = line[word.end() : word.end() + 2].lstrip()
    return following[:1] == "/" or following[:1].isdigit() or word[0].isupper()


def _tile(line: str, at: int) -> Tile | None:
    known = grammar()
    if not _may_begin(line, at, known.beginnings):
        return None
    found = known.any_piece.match(line, at)
    if found is None or found.lastgroup is None:
        return None
    end = found.end()
    piece = known.pieces[int(found.lastgroup[1:])]
    if piece.whole and line[end:].strip(" .*") != "":
        return None
    exact = _compiled(piece.counting).match(line, at) if piece.counting else None
    number = total = None
    if exact is not None:
        for name, value in exact.groupdict().items():
            if value is not None:
                if name[0] == "n" and number is None:
                    number = int(value)
                elif name[0] == "r" and number is None:
                    number = roman_value(value)
                elif name[0] == "m" and total is None:
                    total = int(value)
    return Tile(piece, at, end, line[at:end], number, total)


def tiles_from(line: str, at: int, end: int) -> tuple[list[Tile], int]:
    """The tiles that follow each other from ``at``, and where they stop: at ``end`` when they fill the stretch."""
    tiles: list[Tile] = []
    while at < end:
        if line[at] in _BLANKS:
            at += 1
            continue
        tile = _tile(line, at)
        if tile is not None and tile.end <= end:
            tiles.append(tile)
            at = tile.end
        elif line[at] in _SEPARATORS:
            at += 1
        else:
            break
    return tiles, at


def may_be_tiled(line: str) -> bool:
    """Whether a line may consist of pieces, as far as its ends tell; spares most prose everything else."""
    known = grammar()
    if line[:_BEGINNING].casefold() in known.of_whole:
        return True
    if line[0].isdigit() and (words := line.split(None, 2)[1:2]) and words[0][:_BEGINNING].casefold() in known.of_whole:
        return True
    if line[-1] in _ENDS_PROSE:
        return line.endswith("..")
    word = line.rsplit(None, 1)[-1]
    cased = len(word) > 2 and word.isalpha() and (word[0].islower() or word[0].isupper())
    if cased and word[:_BEGINNING].casefold() not in known.beginnings and _ROMAN_WORD.fullmatch(word) is None:
        return False
    return _may_begin(line, 0, known.beginnings)


def tile_line(line: str) -> tuple[Tile, ...]:
    """The tiles of a prepared line that consists of nothing else; empty when it has words of its own."""
    tiles, stopped = tiles_from(line, 0, len(line))
    return tuple(tiles) if stopped >= len(line) else ()


def own_words(line: str) -> tuple[int, int]:
    """The stretch of a prepared line that is left when the tiles at its two ends are taken off."""
    size = len(line)
    if not _HAS_DIGIT.search(line):
        return 0, size
    tiles, start = tiles_from(line, 0, size)
    while tiles and not tiles[-1].piece.weight:
        start = tiles.pop().start
    end = size
    tokens = [m.start() for m in re.finditer(r"\S+", line[start:])][-8:]
    for token in reversed(tokens):
        at = start + token
        tiles, stopped = tiles_from(line, at, size)
        if tiles and stopped >= size and tiles[0].piece.weight:
            end = at
    return start, max(start, len(line[:end].rstrip(" |•·,:;-~")))


def runs(line: str, first: int, last: int) -> list[tuple[Tile, ...]]:
    """Runs of adjacent tiles that begin between two places of a prepared line."""
    found = []
    at = first
    size = len(line)
    while at < last:
        if at and line[at].isalnum() and line[at - 1].isalnum():
            at += 1
            continue
        tiles, _stopped = tiles_from(line, at, size) if line[at] not in " ,;" else ([], at)
        if tiles:
            found.append(tuple(tiles))
            at = max(tiles[-1].end, at + 1)
        else:
            at += 1
    return found
