"""A footnote stands in the middle of the text.

Why it matters. The sentence that it interrupts can't be read, and the note is taken for part of it.

How it decides. A paragraph that begins with a number and then as footnotes do ("1 See", "2 Ibid.", "3 United
Nations, Treaty Series") stands between two halves of a sentence: the first ends without a mark, the second begins
with a small letter.

When it stays silent. At notes that stand under a rule or at the end of a page, where the text goes on with a new
sentence; at numbered paragraphs; at references in brackets.

Sources. How notes begin: rules/notes/note_openings.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tomli

from auditor.analysis.furniture import furniture
from auditor.contract import rule
from auditor.document import Block, Document, Span
from auditor.findings import Evidence, Finding

_RULE = "notes/note-in-text"
_TEXT = frozenset({"paragraph", "list_item", "quotation"})
_STOPS = ".!?…;:,。；：，؛،"
_CLOSERS = "\"'”’»)]›」』）"
_SMALL = re.compile(r"[“«„\"'(]?[^\W\d_]")


@rule(
    _RULE,
    severity="warning",
    explains=("breaks/paragraph-cut", "breaks/sentence-unfinished", "numbering/gap", "numbering/out-of-order"),
    bad={
        "en": [
            "# Report\n\nThe Assembly recalls the work of the conference on the law of the\n\n"
            "⟦2 See resolutions 75/239 and 77/248.⟧\n\nsea and the agreement that it adopted.\n",
        ],
        "fr": [
            "# Rapport\n\nL'Assemblée rappelle les travaux de la conférence sur le droit de la\n\n"
            "⟦2 Voir les résolutions 75/239 et 77/248.⟧\n\nmer et l'accord qu'elle a adopté.\n",
        ],
        "es": [
            "# Informe\n\nLa Asamblea recuerda la labor de la conferencia sobre el derecho del\n\n"
            "⟦2 Véanse las resoluciones 75/239 y 77/248.⟧\n\nmar y el acuerdo que aprobó.\n",
        ],
        "ru": [
            "# Доклад\n\nАссамблея ссылается на работу конференции по морскому праву и\n\n"
            "⟦2 См. резолюции 75/239 и 77/248.⟧\n\nпринятое ею соглашение.\n",
        ],
    },
    good={
        "en": [
            "# Report\n\nThe Assembly recalls the work of the conference.\n\n2 See resolutions 75/239 and 77/248.\n\n"
            "It also recalls the agreement.\n",
            "# Report\n\n1. See the annex.\n\n2. See also the list.\n",
        ],
        "fr": [
            "# Rapport\n\nL'Assemblée rappelle les travaux.\n\n2 Voir les résolutions.\n\nElle rappelle l'accord.\n"
        ],
        "es": ["# Informe\n\nLa Asamblea recuerda la labor.\n\n2 Véanse las resoluciones.\n\nRecuerda el acuerdo.\n"],
        "ru": ["# Доклад\n\nАссамблея ссылается на работу.\n\n2 См. резолюции.\n\nОна ссылается на соглашение.\n"],
    },
)
def note_in_text(document: Document) -> Iterator[Finding]:
    """One finding for each note, or run of notes, that stands between the halves of a sentence."""
    known = furniture(document)
    before: Block | None = None
    notes: list[Block] = []
    for block in document.blocks:
        if known.blocks and block.index in known.blocks:
            continue
        if block.kind not in _TEXT:
            before, notes = None, []
            continue
        text = block.prose.text
        if text[:1] in "0123456789[¹²³⁴⁵⁶⁷⁸⁹*<" and _note().match(text):
            notes.append(block)
            continue
        if before is not None and notes and _open(before.prose.text) and _goes_on(text):
            span = Span(notes[0].span.start, notes[-1].span.end)
            begins = " ".join(text[:60].split()[:4])
            last = " ".join(before.prose.text[-60:].split()[-4:])
            yield Finding(
                _RULE,
                f"A footnote stands in the middle of a sentence: “{last}” goes on as “{begins}”.",
                span,
                confidence=0.9,
                data={"notes": len(notes)},
                evidence=(
                    Evidence("Here the sentence is left open.", before.span),
                    Evidence("Here it goes on.", block.span),
                ),
            )
        before, notes = block, []


@cache
def _note() -> re.Pattern[str]:
    data = tomli.loads((Path(__file__).parent / "note_openings.toml").read_text("utf-8"))
    openings = "|".join(re.escape(words) for listed in data.values() for words in listed)
    return re.compile(rf"(?:\[?\d{{1,3}}\]?|[¹²³⁴⁵⁶⁷⁸⁹⁰]{{1,3}}|\*{{1,3}})[ \u00a0\n\t]?[“«\"]?(?:{openings})")


def _open(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSERS)[-1:] not in _STOPS and len(text.split()) > 3


def _goes_on(text: str) -> bool:
    match = _SMALL.match(text)
    return match is not None and match[0][-1].islower()
