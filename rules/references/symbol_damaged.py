"""A document symbol no longer reads as one.

Why it matters. A document is found, cited and linked by its symbol. "$A_{76/740}$", "A/RES/7l/321" or "A / 76 /
740" cannot be searched for, and a program that follows citations loses the thread.

How it decides. Two things must hold. There is a sign of damage: formula marks round or inside the symbol, a slash
read as I, l, a bar or a backslash, a letter in the place of a digit or a digit in the place of a letter, a space
where none belongs. And once that damage is undone, what remains is a symbol by the grammar of United Nations
documents (body, components, numbers, session or year). Symbols joined by a dash, as in the masthead of a letter
circulated in two bodies, are repaired together. The finding gives the symbol.

When it stays silent. Where the stretch is a well-formed symbol already; where the repaired one would not be a
symbol; on words that merely contain a slash ("and/or", "HIV/AIDS", "I/O"), on addresses of web pages and on code. A
line break inside a symbol of a hard-wrapped text is no damage.

Sources. United Nations Editorial Manual, "Document symbols"; Dag Hammarskjöld Library, "UN document symbols". The
confusions are those of OCR; the formula marks are what converters with a formula model make of a masthead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.mentions.symbols import grammar, is_symbol, normal_form
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Evidence, Finding, Fix, replace

# --- formula marks -----------------------------------------------------------------------------------------------

_DASH = "[-‐-―−]"
_FORMULA = r"(?:\$\$?(?=[ {]{0,4}[A-Z\\])[^$\x00\n]{3,160}\$\$?|\\\((?=[ {]{0,4}[A-Z\\])[^$\x00\n]{3,160}?\\\))"
_FORMULAS = re.compile(rf"{_FORMULA}(?:[ \xa0]?(?:{_DASH}|--)?[ \xa0]?{_FORMULA}){{0,5}}")
#: A symbol in formula notation or with marks of a lowered figure that stands without dollars.
_LOWERED = re.compile(
    r"[\\A-Z](?<![\w/\\$].)(?:(?<=\\)[a-z]+ ?\{ ?[A-Z]|(?<=[A-Z]))[A-Z]{0,5}(?: ?\})?"
    r"(?:/?\\?_ ?\{|\\?\^ ?\{|/\\?_ ?\{|<su[bp]>)"
    r"[^{}<>$\x00\n]{2,60}(?:\}|</su[bp]>)(?:/[\w./]{1,40})?"
)
_COMMAND = re.compile(r"\\(?:slash|/)")
_STYLES = re.compile(r"\\[a-zA-Z]+\*?|\\[,;:! ]|[{}$~]|\\[()]|</?su[bp]>|\s+")
_SCRIPTS = re.compile(r"\\?[_^]|<su[bp]>")
_SLASHES = re.compile(r"/{2,}")
_JOINT = re.compile(rf"(?:{_DASH}|--)(?=[A-Z]{{1,6}}[/_^{{])|(?<=\d)(?=[A-Z]{{1,4}}/)")

# --- misread characters ------------------------------------------------------------------------------------------

#: A stretch in which a symbol may hide: capitals, then parts joined by a slash or by what slashes are read as.
_SLASHED = re.compile(
    r"[A-Z][A-Za-z0-5]{0,9}(?:\.[\dlIOo]{1,3})?"
    r"(?:[ \xa0]{0,2}[/\\|⁄∕][ \xa0]{0,2}[A-Za-z0-9][A-Za-z0-9.-]*){1,6}"
    r"(?:[ \xa0]\([12lI][\dOolI]{3}\))?"
)
#: One symbol of a stretch; a dash before a body and its slash joins two.
_PIECE = re.compile(r"(?:(?!-[A-Z]{1,5}[/\\|⁄∕]).)+|(?<=-).+", re.DOTALL)
_SPLIT = re.compile(r"[/\\|⁄∕]")
_DIGITS = str.maketrans("lI|OoSBZ", "11100582")
_LETTERS = str.maketrans("10582l", "IOSBZI")
_LIKE_DIGITS = frozenset("lIOoSBZ|")
_NUMBER_SLOT = re.compile(r"(?:[\dlI|OoSBZ]){1,11}$")
_GLUED_NUMBERS = re.compile(r"([\dOo]{1,4})([lI|])([\dOoLl]{1,5})$")


def _formula_symbol(stretch: str) -> str | None:
    """The symbol, or the symbols joined by a dash, that a stretch of formula notation shows; None if it is none."""
    plain = _COMMAND.sub("/", stretch)
    plain = _SCRIPTS.sub("/", plain)
    plain = _STYLES.sub("", plain).replace("--", "–").replace("−", "-")
    plain = _SLASHES.sub("/", plain).strip("-–—,.;:*")
    parts = [part for part in _JOINT.split(plain) if part]
    symbols = []
    for part in parts:
        part = re.sub(r"(?<=\d)\((\d{4})\)$", r" (\1)", part.strip("/"))
        repaired = part if is_symbol(part) else _repaired(part)
        if repaired is None:
            return None
        symbols.append(repaired)
    joints = [joint for joint in _JOINT.findall(plain) if joint] or ["-"] * (len(symbols) - 1)
    if not symbols or len(joints) != len(symbols) - 1:
        return None
    return "".join(part + joint for part, joint in zip(symbols, [*joints, ""], strict=True))


def _repaired(stretch: str) -> str | None:
    """The symbol that remains when misread characters and spaces are undone; None where there is none."""
    head, _, year = stretch.partition(" (")
    parts = [part.strip() for part in _SPLIT.split(head)]
    first = _first_part(parts[0])
    if first is None:
        return None
    repaired = [first, *(_later_part(part) for part in parts[1:])]
    symbol = "/".join(repaired)
    if year:
        symbol += f" ({year.translate(_DIGITS)}"
    return symbol if is_symbol(symbol) else None


def _first_part(part: str) -> str | None:
    """The body at the head of a symbol, with a component glued to it by a misread slash: AIRES is A/RES."""
    rules = grammar()
    if part in rules.bodies:
        return part
    for size in (1, 2, 3, 4):
        body, slash, rest = part[:size], part[size : size + 1], part[size + 1 :]
        if body in rules.bodies and slash and slash in "Il|1" and rest:
            later = _later_part(rest)
            if later.rstrip(".0123456789") in rules.words and len(later.rstrip(".0123456789")) > 1:
                return f"{body}/{later}"
            if size <= 2 and later.isdecimal() and rest[0].isdecimal() and slash != "1":
                return f"{body}/{later}"
    return None


def _later_part(part: str) -> str:
    """One component with its misread characters undone, or as it stands."""
    rules = grammar()
    word, dot, number = part.partition(".")
    if part in rules.words or (dot and word in rules.words and number.isdecimal()):
        return part
    if any(c.isdecimal() for c in part) or all(c in _LIKE_DIGITS for c in part):
        if part in rules.words:
            return part
        if _NUMBER_SLOT.match(part) and any(c.isdecimal() for c in part):
            glued = _GLUED_NUMBERS.match(part)
            if glued is not None and _two_numbers(glued):
                return f"{glued.group(1).translate(_DIGITS)}/{glued.group(3).translate(_DIGITS)}"
            return part.translate(_DIGITS)
    letters = word.translate(_LETTERS)
    if letters in rules.words and len(letters) > 1:
        return letters + dot + (number.translate(_DIGITS) if _NUMBER_SLOT.match(number) else number)
    return part


def _two_numbers(glued: re.Match[str]) -> bool:
    """Whether "76l740" is a session (or year) and a number with a misread slash, and not one number (1540)."""
    before, after = len(glued.group(1)), len(glued.group(3))
    return (before == 2 and after >= 2) or (before == 4 and glued.group(1)[:2] in ("19", "20"))


_SPACED = "there are spaces at its slashes"
#: From how many places on the spaces are reported together, and how many of these are listed as evidence.
_ONE_CAUSE = 4
_SHOWN = 10


class _Damaged(NamedTuple):
    span: Span
    symbol: str
    sign: str


# --- the rule ----------------------------------------------------------------------------------------------------


@rule(
    "references/symbol-damaged",
    severity="error",
    bad={
        "en": [
            "⟦$A_{76/740}$ - $S_{2022/179}$⟧\n\nGeneral Assembly, seventy-sixth session",
            "Letter dated 3 March 2022, ⟦$\\mathrm{A}/76/740-\\mathrm{S}/2022/179$⟧, by the Permanent Representative.",
            "Recalling its resolution ⟦A/RES/7l/321⟧ of 1 August 2023,",
            "See the report (⟦A / 76 / 740⟧).",
            "See ⟦AIRES/77/321⟧ and ⟦A/RES/77 /322⟧.",
            "Resolution ⟦S/RES/l540 (2004)⟧ was adopted unanimously.",
            "The letter was circulated as ⟦S/2O22/179⟧.",
        ],
        "es": ["La carta se distribuyó con la signatura ⟦A/76l740⟧.", "⟦$A_{75/12}$⟧\n\nAsamblea General"],
        "fr": ["Voir le document ⟦A/ RES/77/321⟧."],
        "ru": ["См. документ ⟦S/2O22/179⟧."],
        "ar": ["انظر الوثيقة ⟦S/2O22/179⟧."],
        "zh": ["见⟦A/RES/7l/321⟧号文件。"],
    },
    good={
        "en": [
            "See A/76/740-S/2022/179, A/RES/77/321, S/RES/1540 (2004) and A/HRC/RES/35/23.",
            "People living with HIV/AIDS and/or tuberculosis; ODA/GNI; input I/O 5; a 50/50 share.",
            "It is issued as A/76/740 / S/2022/179 in both bodies.",
            "Converters write `$A_{76/740}$` or `A / 76 / 740` for it.",
            "A/B testing, A/C units, S/he, and Section A / 76 of them.",
            "The cost was $5 and later $7 a unit; x_{1} and y_{2} are coordinates.",
            "A/CONF.62/122 and Corr.1, A/AC.296/2025/INF/3, E/CN.4/2003/1/Add.2.",
        ],
        "es": ["Véase el documento A/76/740."],
        "fr": ["Voir A/RES/77/321."],
        "ru": ["См. A/RES/77/321."],
        "ar": ["انظر A/RES/77/321."],
        "zh": ["见A/RES/77/321号文件。"],
    },
    explains=(
        "markup/math-residue",
        "characters/letter-in-number",
        "characters/digit-in-word",
        "numbering/character-slip",
    ),
)
def symbol_damaged(document: Document) -> Iterator[Finding]:
    """Yield a finding for each symbol, or masthead of symbols, that a repair makes readable."""
    text = document.text
    found: list[_Damaged] = []
    if "$" in text or "\\(" in text:
        found.extend(_formulas(document, _FORMULAS))
    if "_{" in text or "_ {" in text or "<su" in text:
        found.extend(_formulas(document, _LOWERED))
    found.extend(_misread(running_text(document)))
    found.sort(key=lambda item: (item.span.start, -item.span.end))
    apart: list[_Damaged] = []
    for item in found:
        if not apart or item.span.start >= apart[-1].span.end:
            apart.append(item)
    spaced = [item for item in apart if item.sign == _SPACED]
    if len(spaced) >= _ONE_CAUSE:
        yield _one_cause(spaced)
        apart = [item for item in apart if item.sign != _SPACED]
    for item in apart:
        yield Finding(
            rule="references/symbol-damaged",
            message=f"This is the document symbol {item.symbol}, damaged: {item.sign}.",
            span=item.span,
            confidence=0.97,
            data={"symbol": item.symbol},
            evidence=(Evidence(f"With the damage undone it is a symbol by its grammar: {item.symbol}.", item.span),),
            fixes=(replace(item.span, item.symbol, f"Write {item.symbol}"),),
        )


def _one_cause(spaced: list[_Damaged]) -> Finding:
    """Spaces at the slashes of many symbols come from one habit of the converter: one finding with its places."""
    first = spaced[0]
    return Finding(
        rule="references/symbol-damaged",
        message=f"{len(spaced)} document symbols are broken by spaces, as here {first.symbol}.",
        span=first.span,
        confidence=0.97,
        data={"symbol": first.symbol, "symbols": [item.symbol for item in spaced]},
        evidence=tuple(Evidence(f"{item.symbol}", item.span) for item in spaced[:_SHOWN]),
        places=tuple(item.span for item in spaced[1:]),
        fixes=(Fix("Take the spaces out", tuple(Edit(item.span, item.symbol) for item in spaced), "unsafe"),),
    )


def _formulas(document: Document, pattern: re.Pattern[str]) -> Iterator[_Damaged]:
    """Symbols in formula notation, which only the source shows."""
    for match in pattern.finditer(document.text):
        symbol = _formula_symbol(match.group())
        if symbol is None:
            continue
        block = document.block_at(match.start())
        span = Span(match.start(), match.end())
        quoted = block is not None and (
            block.kind in ("code", "front_matter")
            or any(inline.kind == "code" and inline.span.covers(span) for inline in block.inlines)
        )
        if not quoted:
            yield _Damaged(span, symbol, "formula marks stand in the place of its slashes or round it")


def _misread(run: RunningText) -> Iterator[_Damaged]:
    text = run.text
    marks = [re.escape(mark) for mark in "/\\|⁄∕" if mark in text]
    if not marks:
        return
    end = 0
    # A single mark is passed over to faster than a set of them.
    for slash in re.finditer(marks[0] if len(marks) == 1 else f"[{''.join(marks)}]", text):
        if slash.start() < end:
            continue
        match = _stretch_at(text, slash.start())
        if match is None:
            continue
        end = max(end, match.end())
        for piece in _PIECE.finditer(match.group().rstrip(".-")):
            sign = _damage(piece.group())
            symbol = _repaired(piece.group()) if sign is not None else None
            if sign is not None and symbol is not None and symbol != normal_form(piece.group()):
                start = match.start() + piece.start()
                end = start + len(piece.group())
                if not run.in_code(start, end):
                    yield _Damaged(run.span(start, end), symbol, sign)


def _stretch_at(text: str, slash: int) -> re.Match[str] | None:
    """The stretch of slash-joined parts whose first slash is at ``slash``."""
    start = slash
    while start > 0 and text[start - 1] in " \xa0" and slash - start < 2:
        start -= 1
    stop = max(0, start - 12)
    while start > stop and ((text[start - 1].isalnum() and text[start - 1].isascii()) or text[start - 1] == "."):
        start -= 1
    if start == stop or text[start - 1] in "/@&_:-" or (text[start - 1].isalnum() and text[start - 1].isascii()):
        return None
    while text[start] == ".":
        start += 1
    return _SLASHED.match(text, start)


def _damage(stretch: str) -> str | None:
    """What is wrong with a stretch, in words; None where nothing is."""
    if is_symbol(stretch):
        return None
    pieces = [piece.strip() for piece in re.split(r"[ \xa0]+/[ \xa0]+", stretch)]
    if len(pieces) > 1 and all(is_symbol(piece) for piece in pieces):
        return None  # two symbols with a slash between them
    if re.search(r"[ \xa0][/\\|⁄∕]|[/\\|⁄∕][ \xa0]", stretch):
        return _SPACED
    if re.search(r"[\\|⁄∕]", stretch):
        return "a slash was read as another mark"
    return "a character in it was misread"
