"""Two parallel texts say the same thing in different words.

Why it matters. Texts made from one template, and two copies of one text, are meant to agree to the word. Where they
do not, one of them was changed by accident: a word lost or added, a comma dropped, a “not” or a “may” that makes
another obligation of it.

How it decides. Twins inside a document (annexes, parts or treaties of one template) are found by themselves and matched
article by article, paragraph by paragraph; two documents are matched the same way by “auditor compare”. What one text
systematically replaces (a party's name by the other's) is learned from the pair: at least twice, covering four fifths
of the places on both sides. Every difference of words or punctuation that this leaves is reported with both sides.
Where the difference is in a word that commands, allows or denies (shall, may, not, unless …), it is an error. A
difference in nothing but spaces, hyphens or capitals is for information.

When it stays silent. It is silent about the learned replacements, the twins' own numbers, page furniture, and the forms
of quotation marks and dashes. Differences of figures, dates, names and references have rules of their own.

Sources. The method follows the comparison of witnesses in textual criticism (collation); the edits are the shortest
ones (Levenshtein) over words.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.alignment.differences import Difference
from auditor.alignment.pair import Pair
from auditor.contract import rule
from auditor.findings import Finding, Severity

from ._telling import both_sides, quoted, told
from ._twins import SECOND, annexes

_RUSSIAN = (
    "## Приложение {0}\n\nСтороны, Королевство Сильдавия и Республика {1}, договорились о нижеследующем.\n\n"
    "### Статья 1\n\nРеспублика {1} держит свои порты открытыми для судов другой Стороны {2} для экипажей.\n\n"
    "### Статья 2\n\nКаждая Сторона сообщает другой Стороне о мерах, которые она принимает на своей территории "
    "в области перевозок пассажиров, грузов и почты.\n\nСтороны содействуют обмену опытом между портами, обучению "
    "моряков и развитию прибрежных районов.\n\n"
    "### Статья 3\n\nДоговор вступает в силу в день, когда Республика {1} сообщит о своём согласии.\n\n"
)


@rule(
    "parallel/wording",
    severity="warning",
    scope="pair",
    pairs=("twins", "scans"),
    bad={
        "en": [
            annexes(SECOND.replace("inform", "⟦promptly⟧ inform")),
            annexes(SECOND.replace("inform", "⟦not⟧ inform")),
            annexes(SECOND.replace("shall", "⟦may⟧")),
            annexes(
                SECOND.replace("Party shall", "Party⟦⟧ shall"), SECOND.replace("Party shall", "Party always shall")
            ),
            annexes(comma="⟦⟧"),
        ],
        "ru": [_RUSSIAN.format("I", "Руритания", "⟦и⟧") + _RUSSIAN.format("II", "Бордурия", "или")],
    },
    good={
        "en": [
            annexes(),
            "## Annex I\n\nThe ports of the Republic are open to all ships.\n\n## Annex II\n\nThe tariff of the "
            "customs union is laid down in the table below.\n",
        ]
    },
)
def wording(pair: Pair) -> Iterator[Finding]:
    """One finding for each difference of wording; none between versions in two languages."""
    for found in pair.differences("wording"):
        severity: Severity | None = None
        message = both_sides(pair, found)
        confidence = 0.9
        if found.detail == "modality":
            severity = "error"
            words = ", ".join(quoted(word) for word in found.words)
            message += f": they differ in what they command, allow or deny ({words})"
        elif found.detail == "slip":
            message = (
                f"{pair.b.label if found.lacking == 'b' else pair.a.label} has {quoted(found.words[0])}, "
                f"where {quoted(found.words[1])} stands elsewhere"
            )
        elif found.detail in ("confusion", "systematic"):
            if all(found.words) and found.detail == "confusion":
                message += f": {quoted(found.words[0])} was read as {quoted(found.words[1])}, or the other way round"
            if found.places:
                message = _throughout(pair, found)
        elif found.detail in ("spacing", "case"):
            severity = "info"
        elif found.detail in ("specks", "misreadings"):
            severity = "info"
            what = "stray marks and letters" if found.detail == "specks" else "misread or broken words"
            message = (
                f"{pair.a.label} and {pair.b.label} differ at {len(found.places) + 1} places by {what}, as here where "
                f"{message}; one of the two is a poor reading"
            )
        if found.detail == "punctuation" and found.places:
            message += f", and punctuation differs at {len(found.places)} more places"
        yield told(pair, found, message + ".", confidence=confidence, severity=severity)


def _throughout(pair: Pair, found: Difference) -> str:
    """What differs again and again between two scans."""
    a, b = found.words
    times = f"{len(found.places) + 1} times"
    if not a or not b:
        lacking, having = (pair.a.label, pair.b.label) if not a else (pair.b.label, pair.a.label)
        return f"{lacking} lacks {quoted(a or b)} of {having}, {times}"
    return f"{pair.a.label} has {quoted(a)} where {pair.b.label} has {quoted(b)}, {times}"
