"""A footnote marker has no note, or a note has no marker.

Why it matters. A reader who follows a marker finds nothing, or a note hangs in the air and nobody knows what it
qualifies. Either way something was lost: a note at the foot of a page that the converter skipped, or a raised
number that it dropped.

How it decides. Notes and markers are gathered together: Markdown footnotes, notes under a rule of underscores,
raised or bracketed numbers, asterisks. In Markdown a missing partner is certain. Elsewhere the footnotes of the
document must have shown themselves to be a system (several notes with their markers, labels rising by one), and a
note counts as without a marker only when its number is nowhere in the text above it. Several with one cause are one
finding with its places.

When it stays silent. Raised numbers that number paragraphs; notes whose number stands loose in the text; an
asterisk on a document symbol (the document was reissued); a document with markers and no notes at all, except in
Markdown; asterisks used as bullets or as emphasis: behind a colon, and in plain text wherever a paragraph opens with
one that has neither a marker before it nor a rule above it, and does not stand alone at the foot of a page.

Sources. CommonMark's footnote extension (GitHub); United Nations Editorial Manual, "Footnotes and other notes".
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.footnotes import Footnotes, footnotes
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

#: From how many on they are reported together.
_ONE_CAUSE = 4


@rule(
    "references/footnote-unmatched",
    severity="error",
    bad={
        "en": [
            "The Convention⟦[^2]⟧ entered into force.[^1]\n\n[^1]: United Nations, Treaty Series, vol. 1833.",
            "The Convention entered into force.[^1]\n\n[^1]: Treaty Series.\n\n⟦[^2]⟧: Ibid.",
            "The parties met<sup>1</sup> and agreed<sup>2</sup> on terms<sup>3</sup>.\n\n<sup>1</sup> In Geneva.\n\n"
            "<sup>2</sup> By consensus.\n\n⟦<sup>4</sup>⟧ See the report.".replace(
                "terms<sup>3</sup>", "terms⟦<sup>3</sup>⟧"
            ),
        ],
        "es": ["El Convenio entró en vigor.\n\n⟦\\*⟧ Se distribuye únicamente en inglés."],
    },
    good={
        "en": [
            "The Convention[^1] entered into force.\n\n[^1]: United Nations, Treaty Series, vol. 1833.",
            "<sup>1</sup> The parties shall meet.\n\n<sup>2</sup> They shall agree.\n\n<sup>1</sup> Costs are shared.",
            "Issued as A/CONF.232/2023/4\\*.",
            "Two principles have guided its drafting:\n\n\\* firstly, that sources are free.\n",
            "The area is 20 km² and the code is `a[^1]`.",
        ],
        "es": ["Los anexos III y IV\\*.\n\n<sup>\\*</sup> Se distribuyen únicamente en ruso e inglés."],
    },
)
def footnote_unmatched(document: Document) -> Iterator[Finding]:
    """Yield the notes without marker and the markers without note."""
    found = footnotes(document)
    yield from _findings(_notes(found), "note", "no marker in the text points to it")
    yield from _findings(_markers(found), "marker", "there is no note with this label")


def _notes(found: Footnotes) -> list[tuple[str, Span]]:
    return [(found.notes[index].label, found.notes[index].span) for index in found.orphans]


def _markers(found: Footnotes) -> list[tuple[str, Span]]:
    return [(found.markers[index].label, found.markers[index].span) for index in found.dangling]


def _findings(items: list[tuple[str, Span]], what: str, lack: str) -> Iterator[Finding]:
    if len(items) >= _ONE_CAUSE:
        labels = [label for label, _ in items]
        shown = ", ".join(labels[:8]) + (" …" if len(labels) > 8 else "")
        partner = "marker" if what == "note" else "note"
        yield Finding(
            rule="references/footnote-unmatched",
            message=f"{len(items)} footnote {what}s have no {partner}: {shown}.",
            span=items[0][1],
            confidence=0.95,
            data={"missing": partner, "labels": labels},
            evidence=(Evidence(f"For the first of them, {lack}.", items[0][1]),),
            places=tuple(span for _, span in items[1:]),
        )
        return
    for label, span in items:
        yield Finding(
            rule="references/footnote-unmatched",
            message=f"Footnote {what} {label}: {lack}.",
            span=span,
            confidence=0.95,
            data={"missing": "marker" if what == "note" else "note", "labels": [label]},
        )
