"""A tag of HTML is left over from the conversion.

Why it matters. The tag is either shown to the reader as it is, or it hides in the source and breaks searches,
quotations and comparisons of the text.

How it decides. In plain text a tag of HTML's own vocabulary is always seen, so it is residue; in Markdown so is one
that is escaped. Tags that take effect in Markdown are judged by what they do: `<br>`, `<span>`, `<font>`, `<a id>`,
`<p>`, `<b>` and their like do nothing there that Markdown has no mark for, or nothing at all. Raised and lowered
characters (`<sup>`, `<sub>`) are the one thing that Markdown cannot say: ordinals, exponents and formulas keep them,
and so does a document that uses them three times or more; a single note mark in such tags, in a document that
otherwise does without, is residue. All tags of one name are one finding.

When it stays silent. In code and front matter, on web and mail addresses in angle brackets, on comments (they belong
to `furniture/left-over`), on images, on whole tables in HTML with all that is in them, on line breaks inside table
cells, and on words in angle brackets that HTML does not know. In a plain text about programs it is silent in lines
of code, and where such words stand beside others in angle brackets that HTML does not know ("<locale>/<section>"),
on single ones that it does: there the brackets are a notation.

Sources. HTML Living Standard, "The elements of HTML"; CommonMark, "Raw HTML".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Block, Document, Inline, Span
from auditor.findings import Edit, Finding

from .notation import code_lines, is_technical
from .occurrences import in_prose, one_finding

#: Elements of HTML (current and of old) that converters leave behind; images and comments are looked for elsewhere.
_NAMES = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "body", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
    "i", "iframe", "input", "ins", "kbd", "label", "li", "link", "main", "mark", "meta", "nav", "nobr",
    "ol", "option", "p", "pre", "q", "s", "samp", "script", "section", "select", "small", "span", "strike",
    "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "title",
    "tr", "tt", "u", "ul", "var", "wbr",
))  # fmt: skip
_RAISED = frozenset({"sup", "sub"})
_TABLE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"))
#: Elements without an end tag.
_VOID = frozenset({"br", "hr", "col", "input", "link", "meta", "wbr"})
#: Elements without an end tag that stand without attributes too; "<link>" alone is none of them.
_BARE = frozenset({"br", "hr", "wbr"})
#: So many different words in angle brackets that HTML does not know are a notation of the document.
_NOTATION = 2
_WORD_ALONE = re.compile(r"<([A-Za-z][\w-]{0,30})>")
#: Elements whose removal leaves the look of the text as it was.
_WITHOUT_EFFECT = frozenset({"a", "abbr", "font", "nobr", "span", "wbr"})

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,9})(?=[\s/>])([^<>\x00]{0,300})>")
_ATTRIBUTES = re.compile(r"\s*(?:[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?\s*)*/?\s*")

#: From so many raised or lowered stretches on, they are the house style of a document.
_HOUSE_STYLE = 3
#: What is raised for good: endings of ordinals and abbreviations, unit powers, numbers behind a letter or number.
_ORDINAL_ENDING = re.compile(
    r"(?:e|er|ers|re|ère|ère?s|ème|èmes|eme|d|de|nd|nde|st|th|rd|o|os|a|as|bis|ter|quater|quinquies|sexies|septies|octies"
    r"|mo|ma|to|ta|vo|va|ro|ra|do|da|°|º|ª|TM|®|me|lle|r|te|ste|й|я|е|го)\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-–+−]?\d{1,3}[+-]?")
#: A matched pair is shown whole up to this length, longer ones by their tags.
_SHORT = 60


class _Element(msgspec.Struct, frozen=True):
    """A tag, or a pair of tags with what is between them."""

    name: str
    span: Span
    content: Span | None  # None: a tag without its partner
    block: Block


@rule(
    "markup/html-residue",
    severity="warning",
    bad={
        "en": [
            "The treaty is annexed to the present letter (see annex I)⟦<sup>\\*</sup>⟧.",
            "Each Party shall notify the other⟦<br>⟧and the depositary.",
            'The ⟦<span class="c5">Contracting Parties</span>⟧ agree.',
            "The total is 45 tons⟦</td>⟧ in all.",
            Example("The area is 5 km⟦<sup>2</sup>⟧ in all.", "en", "text/plain"),
            Example("shall enter into force⟦<br/>⟧on 1 May", "en", "text/plain"),
        ],
        "fr": ["Les Parties ⟦<u>conviennent</u>⟧ de ce qui suit."],
        "es": ["El Tratado se distribuye en ruso e inglés⟦<sup>\\*</sup>⟧."],
        "ru": ["Договор⟦<br>⟧вступает в силу в день подписания."],
        "ar": ["تدخل المعاهدة⟦<br>⟧حيز النفاذ."],
        "zh": ["本条约⟦<br>⟧自签署之日起生效。"],
    },
    good={
        "en": [
            "An area of 5 km<sup>2</sup> and CO<sub>2</sub>, on the 5<sup>th</sup> day.",
            "First<sup>a</sup>\n\nSecond<sup>b</sup>\n\nThird<sup>c</sup>",
            "See <https://www.un.org> or write to <office@un.org>.",
            "The tag `<br>` breaks a line.",
            "| Item | Sum |\n| --- | --- |\n| one<br>two | 3 |\n",
            "<table><tr><td>1</td><td>2</td></tr></table>",
            "<!-- PageBreak -->\n\nThe Parties agree.",
            Example("where a <b and c> d", "en", "text/plain"),
            Example("Pages are kept in <mandir>/<locale>/man<section>, as explained below.", "en", "text/plain"),
        ],
        "fr": ["Loi du 1<sup>er</sup> août 2001, art. 3<sup>bis</sup>."],
        "es": ["El artículo 1<sup>o</sup> de la ley."],
        "ru": ["Площадь 5 м<sup>2</sup>."],
        "ar": ["مساحة 5 م<sup>2</sup>."],
        "zh": ["面积5平方米（m<sup>2</sup>）。"],
    },
)
def html_residue(document: Document) -> Iterator[Finding]:
    """One finding for each name of a tag, with all its places."""
    if "<" not in document.text:
        return
    plain = document.source.media_type == "text/plain"
    elements = list(_in_plain_text(document) if plain else _in_markdown(document))
    if plain and elements:
        unknown = {match[1].lower() for match in _WORD_ALONE.finditer(document.text)} - _NAMES
        notation = len(unknown) >= _NOTATION
        elements = [element for element in elements if not _is_shown(document, element, notation)]
    raised = sum(element.name in _RAISED and element.content is not None for element in elements)
    by_name: dict[str, list[_Element]] = {}
    for element in elements:
        if plain or not _in_order(document, element, raised):
            by_name.setdefault(element.name, []).append(element)
    for name, found in by_name.items():
        yield _finding(document, name, found, plain)


def _finding(document: Document, name: str, found: list[_Element], plain: bool) -> Finding:
    places: list[Span] = []
    edits: list[Edit] = []
    for element in found:
        span, content = element.span, element.content
        if content is None:
            places.append(span)
            edits.append(Edit(span, " " if name in ("br", "p", "td") and _between_words(document.text, span) else ""))
            continue
        opening, closing = Span(span.start, content.start), Span(content.end, span.end)
        if len(span) <= _SHORT:
            places.append(span)
        else:
            places.extend((opening, closing))
        edits.extend((Edit(opening, ""), Edit(closing, "")))
    safe = name in _WITHOUT_EFFECT and not plain
    return one_finding(
        "markup/html-residue",
        places,
        f"The tag <{name}> is left over from the conversion",
        data={"tag": name},
        edits=edits,
        remedy=f"Take out the tag <{name}>" + ("" if name in _VOID else " and keep what stands in it"),
        applicability="safe" if safe else "unsafe",
    )


def _is_shown(document: Document, element: _Element, notation: bool) -> bool:
    """Whether a plain text shows a word in angle brackets for what it is, and not as a tag.

    ``notation``: whether the document writes words of its own in angle brackets.
    """
    if is_technical(document) and code_lines(document).overlap(element.span):
        return True
    if not notation or element.content is not None or element.name in _BARE:
        return False
    return _WORD_ALONE.fullmatch(element.span.of(document.text)) is not None


def _between_words(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isalnum() and text[span.end : span.end + 1].isalnum()


# ------------------------------------------------------------------------------------------------ finding the tags


def _in_plain_text(document: Document) -> Iterator[_Element]:
    """Tags as the reader sees them, paired within their block."""
    open_tags: dict[tuple[int, str], list[Span]] = {}
    found: list[_Element] = []
    for block, match, span in in_prose(document, _TAG):
        closing, name, rest = match[1], match[2].lower(), match[3]
        if name not in _NAMES or _ATTRIBUTES.fullmatch(rest) is None or (rest.strip("/ ") and "=" not in rest):
            continue
        waiting = open_tags.setdefault((block.index, name), [])
        if closing and waiting:
            first = waiting.pop()
            found.append(_Element(name, Span(first.start, span.end), Span(first.end, span.start), block))
        elif closing or name in _VOID or rest.endswith("/"):
            found.append(_Element(name, span, None, block))
        else:
            waiting.append(span)
    blocks = {block.index: block for block in document.blocks}
    for (index, name), waiting in open_tags.items():
        found.extend(_Element(name, span, None, blocks[index]) for span in waiting)
    yield from sorted(found, key=lambda element: element.span)


def _in_markdown(document: Document) -> Iterator[_Element]:
    """Tags that take effect, and those that an escape makes visible."""
    tables = 0
    for block in document.blocks:
        if block.kind == "html":
            names = [_name(document.text, inline) for inline in block.inlines]
            tables += names.count("table")
            inside = tables > 0
            tables -= names.count("/table")
            tables = max(tables, 0)
            for inline, name in zip(block.inlines, names, strict=True):
                bare = name.lstrip("/")
                if bare in _NAMES and not (inside or (bare in _TABLE and "table" in names)):
                    yield _Element(bare, inline.span, None, block)
        elif block.kind in TEXT_KINDS or block.kind == "table":
            for inline in block.inlines:
                if inline.kind != "html":
                    continue
                name = _name(document.text, inline)
                bare = name.lstrip("/")
                if bare not in _NAMES or (tables and bare in _TABLE):
                    continue
                paired = inline.content.end < inline.span.end
                yield _Element(bare, inline.span, inline.content if paired else None, block)
    if "\\<" in document.text or "&lt;" in document.text:
        yield from _in_plain_text(document)


def _name(text: str, inline: Inline) -> str:
    """Name of a tag in lower case, with its slash if it closes; empty for comments and the like."""
    match = _TAG.match(text, inline.span.start)
    return match[1] + match[2].lower() if match is not None else ""


def _in_order(document: Document, element: _Element, raised: int) -> bool:
    """Whether a tag does in Markdown what no mark of Markdown does."""
    name, block = element.name, element.block
    if name == "br" and block.kind == "table":
        return True
    if name not in _RAISED or element.content is None:
        return False
    if raised >= _HOUSE_STYLE:
        return True
    content = element.content.of(document.text).strip()
    before = document.text[element.span.start - 1 : element.span.start]
    if _ORDINAL_ENDING.fullmatch(content):
        return before.isalnum() or before in " ." or not before
    # A unit's power, a chemical index, a power of ten; a note's number behind a word of letters is none of them.
    tail = document.text[max(0, element.span.start - 4) : element.span.start]
    return _NUMBER.fullmatch(content) is not None and _UNIT.search(tail) is not None


_UNIT = re.compile(r"(?:(?<![^\W\d_])(?:[a-zµμ]?m|ha|s|kg|[A-Z][a-z]?|м|км|م|كم)|\d|\))\Z")
