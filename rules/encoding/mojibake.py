"""Text was read in the wrong encoding, so that letters and signs became rows of others.

Why it matters. "rÃ©solution", "Stateâ€™s" and "Р’РµСЃСЊ" can't be searched, sorted or read. The damage is done once for
a whole file, often long before anybody looks, and comes back with every copy.

How it decides. Rows of characters that are valid UTF-8 when they are turned back into the bytes of a code page
(Windows-1252, Latin-1, Windows-1251, MacRoman and ten more), once or several times over. A row must be one that no
language writes, or stand among such. What it said is given as the repair.

When it stays silent. Where the row can be meant ("«СССР»", "Рёрих", "NÃO"), where it gives no text, and in code. Text
that lost bytes on the way is repaired only where all of them are left.

Sources. R. Speer, ftfy (its measure of badness decides on single rows); the definition of UTF-8, RFC 3629.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.mentions.running_text import running_text
from auditor.contract import Example, rule
from auditor.document import Document, Span
from auditor.findings import Finding

from ._misread import CODE_PAGES, misreadings, possible
from ._places import characters, told


@rule(
    "encoding/mojibake",
    severity="error",
    explains=(
        "encoding/control-character",
        "encoding/invisible-character",
        "characters/stray-mark",
        "characters/confused-word",
        "encoding/mixed-script",
        "encoding/lookalike-sign",
    ),
    bad={
        "en": [
            "The State⟦â€™⟧s obligations under the Convention.",
            "A price of ⟦Â£⟧5 and 20 ⟦Â°⟧C.",
            Example("The State⟦â\x80\x99⟧s obligations.", "en"),
            "The State⟦‚Äô⟧s obligations ⟦‚Äî⟧ all of them.",
        ],
        "fr": ["La r⟦Ã©⟧solution a ⟦Ã©⟧t⟦Ã©⟧ prise.", "L’assembl⟦ÃƒÂ©⟧e est cl⟦ÃƒÂ´⟧tur⟦ÃƒÂ©⟧e."],
        "ru": ["⟦Р’РµСЃСЊ⟧ текст ⟦СЃРѕРіР»Р°С€РµРЅРёСЏ⟧."],
        "de": ["Die L⟦Ã¤⟧nder erf⟦Ã¼⟧llen ihre Pflichten."],
    },
    good={
        "en": ["The State’s obligations – at 20 °C and £5.", "Brontë, naïve, Ångström, façade, São Tomé, Ærø."],
        "fr": ["L’âge « à » l’île, le nº 5, où il gèle à 5 °C ; Noël, œuvre, âtre."],
        "ru": ["«СССР» и Рёрих — «Россия»."],
        "de": ["Die Länder erfüllen ihre Pflichten gemäß § 5; NÃO."],
    },
)
def mojibake(document: Document) -> Iterator[Finding]:
    """One finding for each damaged row, or one for all rows of one code page where they are many."""
    if document.text.isascii() or not possible(characters(document)):
        return
    run = running_text(document)
    pages: dict[str, list[tuple[Span, str | None]]] = {}
    most: dict[str, int] = {}
    for row in misreadings(run.text, frozenset(run.text)):
        span = run.span(row.start, row.end)
        if not run.in_code(row.start, row.end):
            pages.setdefault(row.code_page, []).append((span, row.said))
            most[row.code_page] = max(most.get(row.code_page, 0), row.times)
    for name, found in pages.items():
        times = most[name]
        page = CODE_PAGES[name]
        often = "" if times == 1 else f", {'twice' if times == 2 else 'three times'} over"
        written = found[0][0].of(document.text)[:40]
        said = (found[0][1] or "")[:40]
        yield from told(
            "encoding/mojibake",
            found,
            f"“{written}” is “{said}” read in the wrong encoding ({page} for UTF-8{often}).",
            f"Text was read in the wrong encoding ({page} for UTF-8{often}) at {{count}} places; here “{written}” is "
            f"“{said}”.",
            remedy="Put what the bytes said",
            data={"code_page": page, "times": times, "said": said},
        )
