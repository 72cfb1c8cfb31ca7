r"""Words, numbers or signs are wrapped in the marks of formulas.

Why it matters. A converter that knows formulas takes a masthead, an ordinal, a degree sign or a footnote mark for one
and writes "$5^{th}$" or "$\mathrm{km}$". Searches miss the words, and a reader without a formula renderer sees the
marks.

How it decides. A stretch in "$…$", "$$…$$", "\(…\)" or "\[…\]" is taken out of its marks; if what remains is plain
text (a word, a number, a degree, a raised ordinal or note mark, a symbol of a document), the marks are residue. So
are commands such as "\mathrm{…}" and braces such as "^{\circ}" outside any formula. Pieces that follow one another
are one finding, and the plain text is given as the remedy where it is sure.

When it stays silent. On sums of money ("$5 and $10", "US$ 3"), in code, and in a document with real mathematics (an
equation, an inequality, a fraction, a root or a sum), whose small formulas are meant.

Sources. The marks are those of LaTeX as Markdown converters write them; that an opening dollar sign has no space
after it and a closing one neither a space before it nor a figure behind it is Pandoc's rule (extension
tex_math_dollars).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Block, Document, Span
from auditor.findings import Evidence, Finding, replace

from .occurrences import Stretches, marked, one_finding

_DOLLARS = re.compile(r"(?<![A-Za-z0-9$\\])\$\$?(?=[^\s$])([^$\x00]{1,200}?)(?<=[^\s\\])\$\$?(?![\d$])")
_BRACKETS = re.compile(r"\\\((?=[^\s)])([^\x00]{1,200}?)\\\)|\\\[([^\x00]{1,200}?)\\\]")
#: Commands and braces outside a formula.
_COMMANDS = (
    r"mathrm|mathbf|mathit|mathsf|mathcal|mathbb|text|textbf|textit|textrm|textsuperscript|textsubscript|underline|emph"
    r"|operatorname|bf|rm|it|boldsymbol|overline"
)
_LOOSE = re.compile(
    rf"\\(?:{_COMMANDS})[ ]?\{{[^{{}}\x00\n]{{0,80}}\}}"
    r"|\\(?:circ|times|cdot|ldots|dots|quad|prime|pm|leq|geq|approx|rightarrow|degree|bullet)(?![A-Za-z])"
    r"|(?<=[\w).,])[_^]\{[^{}\x00\n]{1,40}\}"
)
#: What only a formula has.
_MATHEMATICS = re.compile(
    r"\\(?:frac|dfrac|tfrac|sum|int|prod|sqrt|lim|log|ln|sin|cos|partial|nabla|infty|forall|exists|in|cup|cap|subset|begin"
    r"|leq?|geq?|neq|approx|equiv|sim|propto|alpha|beta|gamma|delta|epsilon|lambda|mu|sigma|theta|phi|omega|pi)(?![A-Za-z])"
    r"|[=<>≤≥≈∑∫√]|(?<![A-Za-z])[a-z]\s*[+*/]\s*[a-z](?![A-Za-z])"
)
_VARIABLE = re.compile(r"(?<![A-Za-z\\{])[A-Za-z](?![A-Za-z])")
_FORMULA_MARK = re.compile(r"[_^]\s*\{?|\\[A-Za-z]+|\\[%,;:! ]")
_PLAIN_CONTENT = re.compile(
    r"\(?(?:\d{1,4}|[ivxlc]{1,5}|[A-Za-z])\)|\d{1,4}(?:[.,]\d+)?%?|\d{1,4}(?:[/-]\d{1,4}){1,2}|[A-Z]{1,4}(?:/[A-Z\d.]+)+"
    r"|[*†‡§¶°]{1,3}|\d{1,3}°"
)
_JOINT = re.compile(r"[ \u00a0]?(?:[-‐-―/]|--)?[ \u00a0]?\Z")

_WRAPPED = re.compile(rf"\\(?:{_COMMANDS}|mbox|hbox)\s*\{{([^{{}}]*)\}}")
_OLD_STYLE = re.compile(r"\{?\\(?:rm|bf|it)\s+([^{}]*)\}?")
_SIGNS = {
    "circ": "°", "degree": "°", "times": "×", "cdot": "·", "ldots": "…", "dots": "…", "prime": "′", "pm": "±",
    "bullet": "•", "quad": " ", "leq": "≤", "geq": "≥", "approx": "≈", "rightarrow": "→", "ast": "*", "dagger": "†",
    "ddagger": "‡", "S": "§", "P": "¶", "slash": "/", "textdegree": "°", "euro": "€", "pounds": "£", "cdots": "…",
    "sim": "~", "star": "*", "checkmark": "✓", "square": "□",
}  # fmt: skip
_SIGN = re.compile(r"\\([A-Za-z]+)(?![A-Za-z]) ?")
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@rule(
    "markup/math-residue",
    severity="error",
    bad={
        "en": [
            "On the ⟦$5^{th}$⟧ day of the month.",
            "Document ⟦$A_{76/740}$ - $S_{2022/179}$⟧ was circulated.",
            "Heated to 40⟦^{\\circ}⟧ for an hour.",
            "The ⟦$\\mathrm{Contracting~Parties}$⟧ agree.",
            "As provided in paragraph ⟦$(a)$⟧ above.",
            Example("An area of 5 ⟦\\(km^{2}\\)⟧ in all.", "en", "text/plain"),
        ],
        "fr": ["Le ⟦$1^{er}$⟧ janvier, les Parties conviennent."],
        "es": ["El ⟦$3^{\\circ}$⟧ informe se distribuye."],
        "ru": ["Температура 20⟦^{\\circ}⟧ по шкале."],
        "ar": ["درجة الحرارة ⟦$20^{\\circ}$⟧ مئوية."],
        "zh": ["温度为⟦$20^{\\circ}$⟧。"],
    },
    good={
        "en": [
            "A fee of $5 and $10, or US$ 3 and A$4.",
            "It rose from $1 trillion to $2 trillion.",
            "Let $x^{2} + y = 3$ hold; then $x_{1}$ and $20^{\\circ}$ follow.",
            "Write `$5^{th}$` for the ordinal.",
            "The sum of $ 200.000.00 (two hundred thousand) to $ 300.",
            Example("Between $200,000–$300,000 a year.", "en", "text/plain"),
        ],
        "fr": ["Une somme de 5 $ et de 10 $."],
        "es": ["La suma de $ 10.00 a $ 20.00 y de $ 30."],
        "ru": ["Сумма в $5 и $10."],
        "ar": ["مبلغ $5 و $10."],
        "zh": ["费用为$5至$10。"],
    },
)
def math_residue(document: Document) -> Iterator[Finding]:
    """A finding for each stretch of formula marks around plain text."""
    text = document.text
    if "$" not in text and "\\" not in text and "_{" not in text and "^{" not in text:
        return
    found: list[tuple[Span, str | None]] = []
    for block in document.blocks:
        if block.kind not in TEXT_KINDS and block.kind != "table":
            continue
        source = block.span.of(text)
        if "$" not in source and "\\" not in source and "_{" not in source and "^{" not in source:
            continue
        formulas = _formulas(text, block)
        if any(_is_mathematics(content) for _, content in formulas):
            return  # a document with real mathematics
        found.extend(_residue(text, block, formulas))
    many: list[Span] = []
    for span, plain in _joined(text, found):
        if plain is None:
            many.append(span)
            continue
        yield Finding(
            rule="markup/math-residue",
            message=f'Marks of a formula stand around plain text; it reads "{plain.strip()}"',
            span=span,
            confidence=0.95,
            data={"plain": plain},
            evidence=(Evidence("The text has no equation or other mathematics that the marks could belong to"),),
            fixes=(replace(span, plain, "Write it without the marks of a formula"),) if plain.strip() else (),
        )
    if many:
        yield one_finding("markup/math-residue", many, "Marks of a formula stand around plain text", confidence=0.9)


def _formulas(text: str, block: Block) -> list[tuple[Span, str]]:
    """Stretches between formula marks, with what they hold."""
    found = []
    code = marked(block, "code")
    for pattern in (_DOLLARS, _BRACKETS):
        for match in pattern.finditer(text, block.span.start, block.span.end):
            span = Span(*match.span())
            content = match[1] if match[1] is not None else match[2]
            if "\n\n" not in content and not code.overlap(span) and not _has_controls(content):
                found.append((span, content))
    return sorted(found)


def _has_controls(content: str) -> bool:
    return any(c < " " and c not in "\n\t\r" for c in content)


def _is_mathematics(content: str) -> bool:
    stripped = _WRAPPED.sub("", content)
    return bool(_MATHEMATICS.search(stripped)) and bool(_VARIABLE.search(stripped))


def _residue(text: str, block: Block, formulas: list[tuple[Span, str]]) -> Iterator[tuple[Span, str | None]]:
    """Formulas and loose commands of a block that hold plain text, with that text where it is sure."""
    taken: list[Span] = []
    for span, content in formulas:
        backslashed = text[span.start] == "\\"
        if _FORMULA_MARK.search(content):
            plain = _plain(content)
            if backslashed and plain is None:
                continue
            taken.append(span)
            yield span, plain
        elif not backslashed and _PLAIN_CONTENT.fullmatch(content.strip()):
            # "$5$" may be a sum of money only where a currency's letters stand before it; those were excluded.
            taken.append(span)
            yield span, content.strip()
    stretches, code = Stretches(taken), marked(block, "code")
    for match in _LOOSE.finditer(text, block.span.start, block.span.end):
        span = Span(*match.span())
        if code.overlap(span) or stretches.overlap(span):
            continue
        yield span, _plain(match.group())


def _plain(content: str) -> str | None:
    """What a formula shows, as plain text; None where that is not sure."""
    plain = content.replace("\\left", "").replace("\\right", "")
    plain = re.sub(r"\\[,;:! ]|~", " ", plain)
    plain = re.sub(r"\\([%$&#_{}])", r"\1", plain)
    for _ in range(3):
        plain = _WRAPPED.sub(r"\1", plain)
    plain = _OLD_STYLE.sub(r"\1", plain)
    plain = _SIGN.sub(lambda match: _SIGNS.get(match[1], match.group()), plain)
    plain = _SCRIPT.sub(_script, plain)
    plain = plain.replace("{", "").replace("}", "")
    if "\\" in plain or "^" in plain:
        return None
    return re.sub(r"[ \n]+", " ", plain)


def _script(match: re.Match[str]) -> str:
    """A raised or lowered stretch: figures become raised figures, words and signs stay as they are."""
    content = (match[2] if match[2] is not None else match[3]).strip()
    if content in ("°", "o", "\\circ") and match[1] == "^":
        return "°"
    if content and all(c in "0123456789+-" for c in content):
        return content.translate(_RAISED if match[1] == "^" else _LOWERED)
    if "/" in content and content[0].isdecimal():
        return "/" + content  # a document symbol: the slash before its number was lost
    return content


def _joined(text: str, found: list[tuple[Span, str | None]]) -> Iterator[tuple[Span, str | None]]:
    """Pieces that only a space or a dash parts are one."""
    found.sort(key=lambda piece: piece[0])
    at = 0
    while at < len(found):
        first, plain = found[at]
        end = first.end
        parts = [plain]
        at += 1
        while at < len(found):
            following, more = found[at]
            if following.start - end > 4 or _JOINT.match(between := text[end : following.start]) is None:
                break
            parts += [between, more]
            end = following.end
            at += 1
        sure = [part for part in parts if part is not None]
        yield Span(first.start, end), "".join(sure) if len(sure) == len(parts) else None
