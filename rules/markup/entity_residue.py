"""A character reference of HTML or XML stands in the text as it was typed.

Why it matters. "Smith &amp; Jones" in a printed treaty is a converter's slip that every reader sees, and "&nbsp;"
between a number and its unit keeps a search from finding either.

How it decides. What the reader sees is searched: in Markdown a reference such as "&amp;" is an ampersand to the
reader and in order, so that only one that was escaped twice ("&amp;amp;") or torn ("& nbsp;") remains; in plain text
each remains. A name counts only if HTML knows it.

When it stays silent. In code and in blocks of HTML, on names that HTML does not know ("R&D;"), on a reference that is
part of a web address, and where a backslash shows that the reference itself is meant.

Sources. HTML Living Standard, "Named character references".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding

from .occurrences import in_prose, one_finding

_REFERENCE = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,31}\d{0,2});"
    r"|&[ \u00a0]?(?:nbsp|amp|quot|apos|shy|laquo|raquo)[ \u00a0]?;"
    r"|&(?:nbsp|quot|amp|lt|gt)(?![\w;=])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\x00]*\Z|[?&][\w.-]+=[^\s\x00]*\Z")
#: How far before a reference the start of a web address is looked for, in characters.
_LOOK_BACK = 200


@rule(
    "markup/entity-residue",
    severity="warning",
    bad={
        "en": [
            "The firm Smith ⟦&amp;amp;⟧ Jones shall be the depositary.",
            Example("Within 30⟦&nbsp;⟧days the Secretary-General shall reply.", "en", "text/plain"),
            Example("The State⟦&#x27;⟧s obligations under this Agreement.", "en", "text/plain"),
        ],
        "fr": ["Les Parties d⟦&amp;eacute;⟧signent un d&eacute;positaire.", "Dans les 30⟦& nbsp;⟧jours."],
        "es": [Example("La Rep⟦&uacute;⟧blica notificará al depositario.", "es", "text/plain")],
        "ru": [Example("Стороны⟦&nbsp;⟧обязуются уведомить депозитария.", "ru", "text/plain")],
        "ar": [Example("الأطراف⟦&nbsp;⟧المتعاقدة", "ar", "text/plain")],
        "zh": [Example("缔约国⟦&nbsp;⟧应当通知保存人。", "zh", "text/plain")],
    },
    good={
        "en": [
            "Smith &amp; Jones, of 3&nbsp;Main Street, R&D; and AT&T.",
            "See https://www.un.org/search?q=treaty&amp;lang=en for the text.",
            "Write `&nbsp;` for a space that does not break.",
            Example("Smith & Jones; research & development", "en", "text/plain"),
            Example("See https://www.un.org/search?q=treaty&copy;lang=en", "en", "text/plain"),
        ],
        "fr": ["Recherche & développement ; R&D."],
        "es": ["Investigación & desarrollo."],
        "ru": ["Исследования & разработки."],
        "ar": ["البحث & التطوير."],
        "zh": ["研究 & 发展。"],
    },
)
def entity_residue(document: Document) -> Iterator[Finding]:
    """One finding for each reference, with all its places."""
    if "&" not in document.text:
        return
    places: dict[str, list[Span]] = {}
    for _, match, span in in_prose(document, _REFERENCE):
        written = match.group()
        if _character(written) is None:
            continue
        before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _ADDRESS.search(before.rpartition("\x00")[2]) or before.endswith("\\"):
            continue
        if document.text[span.start - 1 : span.start] == "\\" or document.text[span.start] == "\\":
            continue
        places.setdefault(written, []).append(span)
    for written, spans in places.items():
        shown = _character(written)
        assert shown is not None  # only such were kept
        # Bare "<" and "&" may begin markup of their own.
        harmless = shown not in "<>&"
        yield one_finding(
            "markup/entity-residue",
            spans,
            f'"{written}" stands in the text where "{shown if shown.strip() else "a space"}" is meant',
            data={"written": written, "meant": shown},
            edits=[Edit(span, shown) for span in spans],
            remedy=f"Put the character in the place of {written}",
            applicability="safe" if harmless else "unsafe",
        )


def _character(written: str) -> str | None:
    """The character that a reference, perhaps torn, stands for; None where HTML knows none of that name."""
    import html.entities

    name = written[1:].strip(" \u00a0;").strip()
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else None
    return html.entities.html5.get(f"{name};")
