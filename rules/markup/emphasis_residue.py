"""Marks of emphasis are left over: unpaired, in the middle of a word, or seen as they are.

Why it matters. "**Article 8" without an end shows its asterisks to the reader, and bold type that ends inside a word
comes from a converter that lost its edge, or the space beside it.

How it decides. Two asterisks that Markdown did not take for emphasis, and that nobody escaped, are seen in the text.
A word of which only some letters are bold or italic is a slip: letters must stand on both sides of the edge. In plain
text, pairs of double asterisks around words are marks of Markdown. A number alone in bold, in one of several headings
of its kind that are otherwise without bold, is reported too. Many places of one sort are one finding.

When it stays silent. On note marks (a text that has a note beginning with "**"), on rows of asterisks, on powers
(2**3) and masked names (N***), on a figure followed by an emphasised letter ("5*a*"), on emphasis that covers whole
words, and in code.

Sources. CommonMark, "Emphasis and strong emphasis".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.labels import read_heading
from auditor.analysis.numerals import read_numerals
from auditor.contract import Example, rule
from auditor.document import TEXT_KINDS, Block, Document, Inline, Span, point
from auditor.findings import Edit, Finding

from .occurrences import in_prose, one_finding

# What may not stand before is looked for behind the first characters: the other way round is ten times slower.
_STARS = re.compile(r"\*\*(?<!\*\*\*)(?!\*)")
_PAIR = re.compile(r"\*\*(?<![\w*]\*\*)(?=[^\s*])([^*\x00]{1,200}?)(?<=[^\s*])\*\*(?![\w*])")
#: From so many headings of a kind on, one that differs from them differs.
_SIBLINGS = 3


@rule(
    "markup/emphasis-residue",
    severity="info",
    bad={
        "en": [
            "⟦**⟧Article 8 Amendments",
            "⟦**Art**⟧icle 8 is amended.",
            "The ⟦*Contract*⟧ing Parties agree.",
            "as amended by⟦*section 28*⟧of the Act",
            "## Article 1\n\n## Article 2\n\n## Article ⟦**3**⟧\n\n## Article 4",
            Example("⟦**Article 8**⟧ is amended, see ⟦**annex**⟧.", "en", "text/plain"),
        ],
        "fr": ["Les ⟦**Par**⟧ties conviennent."],
        "es": ["Las ⟦**Par**⟧tes convienen."],
        "ru": ["⟦**Сто**⟧роны договорились."],
        "ar": ["⟦**⟧المادة 8 تعديلات"],
        "zh": ["⟦**⟧第八条 修正"],
    },
    good={
        "en": [
            "#### **Article 8**",
            "**1.** The Parties, in point (*a*), in Article 5*a* and in Section I*b*, agree.",
            "Adopted by consensus.** See also annex II.\n\n** Available in English only.",
            "The value 2**3 and the name of Mr. N***.",
            "Write `**bold**` and \\*\\* for two asterisks.",
            "## Article **1**\n\n## Article **2**\n\n## Article **3**",
            Example("Adopted.**\n\n** Available in English only.", "en", "text/plain"),
        ],
        "fr": ["Les **Parties** conviennent."],
        "es": ["Las **Partes** convienen."],
        "ru": ["**Стороны** договорились."],
        "ar": ["**المادة 8** تعديلات"],
        "zh": ["**第八条** 修正"],
    },
)
def emphasis_residue(document: Document) -> Iterator[Finding]:
    """Asterisks that show, words in part bold, and a number bold alone."""
    if "*" not in document.text and "_" not in document.text:
        return
    if document.source.media_type == "text/plain":
        yield from _shown_pairs(document)
    else:
        yield from _shown_stars(document)
        yield from _parts_of_words(document)
        yield from _numbers_alone(document)


def _shown_pairs(document: Document) -> Iterator[Finding]:
    found = [(match, span) for _, match, span in in_prose(document, _PAIR)]
    if found:
        yield one_finding(
            "markup/emphasis-residue",
            [span for _, span in found],
            "Marks of bold type are seen in a plain text",
            confidence=0.9,
            edits=[Edit(span, match[1]) for match, span in found],
            remedy="Take out the asterisks",
            applicability="safe",
        )


def _shown_stars(document: Document) -> Iterator[Finding]:
    text = document.text
    places: list[Span] = []
    for block, match, span in in_prose(document, _STARS):
        before = match.string[match.start() - 1]
        after = match.string[match.end()]
        if span.of(text) != "**" or text[span.start - 1 : span.start] == "\\" or block.kind == "table":
            continue
        if before.isdigit() and (after.isdigit() or after.isspace()):
            continue
        if before.isspace() and after.isspace():
            continue
        places.append(span)
    if not places or any(_begins_note(block) for block in document.blocks):
        return
    yield one_finding(
        "markup/emphasis-residue",
        places,
        "Two asterisks are seen in the text: no bold type follows, as an end is missing or a space is in the way",
        confidence=0.85,
        edits=[Edit(span, "") for span in places],
        remedy="Take out the asterisks",
    )


def _begins_note(block: Block) -> bool:
    return block.prose.text.startswith(("** ", "**\u00a0", "**\t"))


def _parts_of_words(document: Document) -> Iterator[Finding]:
    text = document.text
    parts: list[Span] = []
    glued: list[Span] = []
    part_edits: list[Edit] = []
    spaces: list[Edit] = []
    words: frozenset[str] | None = None
    for block in document.blocks:
        if block.kind not in TEXT_KINDS:
            continue
        for inline in block.inlines:
            if inline.kind not in ("strong", "emphasis"):
                continue
            span, content = inline.span, inline.content
            if len(content) == 0 or text[span.start] == "_" or _scriptless(text[content.start]):
                continue
            opens = text[span.start - 1 : span.start].isalpha() and text[content.start].isalpha()
            closes = text[span.end : span.end + 1].isalpha() and text[content.end - 1].isalpha()
            if not (opens or closes) or (
                len(content) == 1 and _NUMBERED.search(text, max(0, span.start - 9), span.start)
            ):
                continue
            if words is None:
                words = _words_alone(text)
            if _space_lost(text, inline, opens, words):
                glued.append(span)
                spaces += [Edit(point(span.start), " ")] if opens else []
                spaces += [Edit(point(span.end), " ")] if closes else []
            else:
                parts.append(span)
                part_edits.append(Edit(Span(span.start, content.start), ""))
                part_edits.append(Edit(Span(content.end, span.end), ""))
    if parts:
        yield one_finding(
            "markup/emphasis-residue",
            parts,
            "Bold or italic type begins or ends inside a word",
            confidence=0.85,
            edits=part_edits,
            remedy="Take the marks of emphasis away",
        )
    if glued:
        yield one_finding(
            "markup/emphasis-residue",
            glued,
            "The space between a word and the bold or italic words beside it is lost",
            confidence=0.85,
            edits=spaces,
            remedy="Put the space back",
        )


def _space_lost(text: str, inline: Inline, opens: bool, words: frozenset[str]) -> bool:
    """Whether emphasis joined to a letter was a word of its own. What the document writes elsewhere decides."""
    span, content = inline.span, inline.content
    if (opens and text[content.start].isupper()) or _SEVERAL.search(text, content.start, content.end):
        return True
    if not opens and any(len(n.suffix) > 2 for n in read_numerals(f"1 {content.of(text)}")):
        return True  # "4*bis*de"
    if opens:
        before, after = _word_before(text, span.start), _word_after(text, content.start)
    else:
        before, after = _word_before(text, content.end), _word_after(text, span.end)
    return before + after not in words and all(len(piece) > 1 and piece in words for piece in (before, after))


def _word_before(text: str, end: int) -> str:
    found = _LAST_WORD.search(text, max(0, end - 30), end)
    return found.group() if found else ""


def _word_after(text: str, start: int) -> str:
    found = _FIRST_WORD.match(text, start, start + 30)
    return found.group() if found else ""


def _words_alone(text: str) -> frozenset[str]:
    """The words of a text that neither letters nor asterisks touch."""
    return frozenset(_WORD_ALONE.findall(text))


_WORD_ALONE = re.compile(r"[^\W\d_](?<![\w*].)[^\W\d_]*+(?![\w*])")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: A Roman number, whose suffix letter is set in italics ("Ia"); several words, or a word and a number.
_NUMBERED = re.compile(r"(?<![^\W_])[IVXLC]+\Z")
_SEVERAL = re.compile(r"[^\W_][ \u00a0]\S")


def _scriptless(character: str) -> bool:
    """Whether a script writes words without blanks, so that emphasis inside a line covers whole words."""
    return "\u0e00" <= character <= "\u0eff" or "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3"


def _numbers_alone(document: Document) -> Iterator[Finding]:
    """Headings of one kind of which a few have their number, and only it, in bold."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    if not any(inline.kind == "strong" for block in headings for inline in block.inlines):
        return
    plain: dict[str, int] = {}
    alone: dict[str, list[tuple[Span, Span]]] = {}
    for block in headings:
        number = read_heading(block.prose.text)
        if number is None or not number.readings:
            continue
        strong = [inline for inline in block.inlines if inline.kind == "strong"]
        if not strong:
            plain[number.kind] = plain.get(number.kind, 0) + 1
        elif len(strong) == 1:
            shown = strong[0].content.of(document.text).strip(" .:")
            if shown and shown[0].isalnum() and " " not in shown and read_heading(shown) is None:
                label_end = block.prose.text.find(shown)
                if label_end >= len(number.label_text):
                    alone.setdefault(number.kind, []).append((strong[0].span, strong[0].content))
    for kind, found in alone.items():
        if plain.get(kind, 0) >= max(_SIBLINGS, 2 * len(found)):
            edits = [
                edit
                for span, content in found
                for edit in (Edit(Span(span.start, content.start), ""), Edit(Span(content.end, span.end), ""))
            ]
            yield one_finding(
                "markup/emphasis-residue",
                [span for span, _ in found],
                "The number alone of a heading is bold, among headings without bold type",
                confidence=0.7,
                edits=edits,
                remedy="Take the marks of emphasis away",
                applicability="safe",
            )
