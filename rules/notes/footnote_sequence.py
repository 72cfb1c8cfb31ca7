"""Footnotes are misnumbered: a number is missing, or one stands twice.

Why it matters. A note that is missing was lost in the conversion, and with it the source that it cited; two notes of
one number can't be told apart.

How it decides. In Markdown, two notes of one name. Elsewhere, the notes at the feet of pages, or at the end, are read
in order. They must have shown themselves to be a series: four or more, rising by one. A step of two or three, or the
same number twice in a row, is then reported, all such steps of a document in one finding.

When it stays silent. Where the numbers begin anew on each page or chapter, where the missing number stands elsewhere
as a note, at asterisks and letters, at gaps in the numbers of
Markdown's notes, which are names, and where one in ten steps or more
is wrong, so that the notes are no series.

Sources. United Nations Editorial Manual, "Footnotes and other notes".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from auditor.analysis.footnotes import Note, footnotes
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

_RULE = "notes/footnote-sequence"
_FEWEST = 4
_LONGEST_STEP = 3
_ONE_IN = 8


@rule(
    _RULE,
    severity="warning",
    explains=("numbering/gap", "numbering/repeated", "references/footnote-unmatched"),
    bad={
        "en": [
            "The Sea<sup>1</sup> and the conference<sup>2</sup> and Brazil<sup>3</sup> and Japan<sup>4</sup> and "
            "Chile<sup>5</sup> met.\n\n<sup>1</sup> Treaty Series.\n\n<sup>2</sup> Resolution 75/239.\n\n"
            "<sup>3</sup> Ibid.\n\n⟦<sup>5</sup>⟧ See the report.\n",
            "The Convention[^1] is in force.[^2]\n\n[^1]: See the report.\n\n[^2]: Ibid.\n\n⟦[^2]⟧: See the annex.\n",
        ],
    },
    good={
        "en": [
            "The Sea<sup>1</sup> and the conference<sup>2</sup> and Brazil<sup>3</sup> and Japan<sup>4</sup> met.\n\n"
            "<sup>1</sup> Treaty Series.\n\n<sup>2</sup> Resolution 75/239.\n\n<sup>3</sup> Ibid.\n\n<sup>4</sup> "
            "Ibid.\n",
            "The Convention[^1] is in force.[^3]\n\n[^1]: See the report.\n\n[^3]: Ibid.\n",
        ],
    },
)
def footnote_sequence(document: Document) -> Iterator[Finding]:
    """One finding for the series, and one for each note of Markdown whose name is taken."""
    yield from _taken(document)
    notes = [note for note in footnotes(document).notes if note.form != "markdown" and note.label.isdecimal()]
    notes.sort(key=lambda note: note.at)
    if len(notes) < _FEWEST:
        return
    steps = [(a, b, int(b.label) - int(a.label)) for a, b in pairwise(notes)]
    usual = sum(step == 1 for _, _, step in steps)
    counts = Counter(note.label for note in notes)
    wrong = [(a, b) for a, b, step in steps if _is_wrong(a, b, step, counts)]
    others = sum(step != 1 for _, _, step in steps) - len(wrong)
    if not wrong or usual < 2 or len(wrong) > max(1, usual // _ONE_IN) or others > max(1, usual // 4):
        return
    before, after = wrong[0]
    yield Finding(
        _RULE,
        _said(before, after) + (f" There are {len(wrong) - 1} more such places." if len(wrong) > 1 else ""),
        after.span,
        confidence=0.8,
        data={"steps": [[int(a.label), int(b.label)] for a, b in wrong]},
        evidence=(Evidence(f"Note {before.label}.", before.span),),
        places=tuple(b.span for _, b in wrong[1:]),
    )


def _taken(document: Document) -> Iterator[Finding]:
    """Markdown shows the first of two notes of one name and drops the other."""
    first: dict[str, Note] = {}
    for note in footnotes(document).notes:
        if note.form != "markdown":
            continue
        name = note.label.casefold()
        if name in first:
            yield Finding(
                _RULE,
                f"Two footnotes have the name “{note.label}”; readers are shown the first only.",
                note.span,
                confidence=0.95,
                data={"label": note.label},
                evidence=(Evidence("The first.", first[name].span),),
            )
        else:
            first[name] = note


def _is_wrong(before: Note, after: Note, step: int, counts: Counter[str]) -> bool:
    if before.form != after.form:
        return False
    if step == 0:
        return counts[after.label] == 2 and before.form != "star"
    if not 1 < step <= _LONGEST_STEP:
        return False
    return not any(counts[str(number)] for number in range(int(before.label) + 1, int(after.label)))


def _said(before: Note, after: Note) -> str:
    first, second = int(before.label), int(after.label)
    if first == second:
        return f"Two footnotes have the number {first}."
    if second == first + 2:
        return f"Footnote {first + 1} is missing between {first} and {second}."
    return f"Footnotes {first + 1} to {second - 1} are missing between {first} and {second}."
