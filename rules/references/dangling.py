"""A reference points to a division that the document does not have.

Why it matters. "In accordance with article 93" in an agreement of 76 articles is a wrong number or the trace of
something lost; whoever applies the text has to guess.

How it decides. Only references into the document itself are looked at: those that say so ("of this Agreement",
"above"), and those that name no other text where the sentence before them has named none either. The document must
number its divisions of that kind as a series of at least three that is complete, and the number must lie beyond its
end, in every series of that kind (main text and annexes). A paragraph is looked for in the article named, when the
paragraphs of that article are numbered 1 to n without a gap.

When it stays silent. References into other texts ("Article 51 of the Charter"), in quotations, and in provisions
that amend another act; references of which nobody can say where they point; series with gaps or damaged numbers; a
number in a gap (its heading is missing: `structure/missing-heading` takes the reference as evidence); inserted
numbers (16 A, 5 bis); a document in which many references go beyond the end, because it is then an extract or
speaks of another text; a section or clause whose bare number ("15.") opens a paragraph, as in a licence that is printed
within another one.

Sources. Joint practical guide of the European Union institutions for drafting legislation, guideline 16
(references).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import msgspec

from auditor.analysis.mentions import mentions
from auditor.analysis.mentions.mention import Mention, Step
from auditor.analysis.mentions.reference_direction import says_so
from auditor.analysis.mentions.references import references
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.numerals import read_numerals
from auditor.analysis.outline import Division, Outline, outline
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding

_FEWEST = 3
#: Kinds whose words different drafters use for the same division.
_SAME = {"article": ("article", "section"), "section": ("section", "article")}
_KINDS = frozenset(
    {"article", "section", "rule", "regulation", "clause", "chapter", "part", "title", "annex", "schedule", "appendix"}
)
#: Kinds that mostly belong to the text itself; chapters, parts and annexes are as often a tariff's or another act's.
_ENACTING = frozenset({"article", "section", "rule", "regulation", "clause"})
#: Kinds that texts name in references and leave out before their numbers: section 15 is headed "15. Warranty".
_BARE = frozenset({"section", "clause"})
#: From which share of the references of a kind on the document is taken to speak of another text.
_MOST_ASTRAY = 0.08
#: So many may go astray in any document.
_FEW = 3


class _Numbers(msgspec.Struct, frozen=True):
    """The numbers that a document's divisions of one kind have. ``last`` is the division with the highest, ``absent``
    how many are absent inside the series: as many may have been lost behind the last."""

    values: frozenset[int]
    highest: int
    last: Division
    absent: int


#: Within so many characters an article without its text's name is understood to be of the text that was named.
_SAME_PASSAGE = 1500
_OF_A_DATE = "of|du|de|del|vom|от|van|din|z"
#: The noun behind "of this": "Convention", "Übereinkommens".
_THIS = re.compile(r"[ \xa0\n](?:[^\W\d_]+[ \xa0\n]){1,3}?([A-ZÀ-ÖØ-ÞА-Я][^\W\d_]{3,})")


@rule(
    "references/dangling",
    severity="error",
    bad={
        "en": [
            "## Article 1\n\nThis Agreement applies to ships.\n\n## Article 2\n\nShips are defined in article 1.\n\n"
            "## Article 3\n\nDisputes are settled under ⟦article 7⟧ of this Agreement.\n\n## Article 4\n\n"
            "It enters into force.",
        ],
        "fr": [
            "## Article 1\n\nLe présent Accord s'applique aux navires.\n\n## Article 2\n\nVoir l'article 1.\n\n"
            "## Article 3\n\nLes différends sont réglés selon l'⟦article 7⟧ du présent Accord.\n\n"
            "## Article 4\n\nIl entre en vigueur.",
        ],
        "es": [
            "## Artículo 1\n\nEl presente Acuerdo se aplica a los buques.\n\n## Artículo 2\n\n"
            "Véase el artículo 1.\n\n"
            "## Artículo 3\n\nLas controversias se rigen por el ⟦artículo 7⟧ del presente Acuerdo.\n\n"
            "## Artículo 4\n\nEntra en vigor.",
        ],
        "de": [
            "## Artikel 1\n\nDieses Abkommen gilt für Schiffe.\n\n## Artikel 2\n\nSiehe Artikel 1.\n\n"
            "## Artikel 3\n\nStreitigkeiten werden nach ⟦Artikel 7⟧ dieses Abkommens beigelegt.\n\n"
            "## Artikel 4\n\nEs tritt in Kraft.",
        ],
        "ru": [
            "## Статья 1\n\nНастоящее Соглашение применяется к судам.\n\n## Статья 2\n\nСм. статью 1.\n\n"
            "## Статья 3\n\nСпоры разрешаются согласно ⟦статье 7⟧ настоящего Соглашения.\n\n## Статья 4\n\n"
            "Оно вступает в силу.",
        ],
    },
    good={
        "en": [
            "## Article 1\n\nSelf-defence under Article 51 of the Charter of the United Nations is not affected.\n\n"
            "## Article 2\n\nSee article 3.\n\n## Article 3\n\nEnd.\n\n## Article 4\n\n"
            "Section 9 of the Principal Act is repealed.",
            "## Article 1\n\nOne.\n\n## Article 2\n\nAs said in article 4.\n\n## Article 3\n\nThree.\n\n"
            "## Article 5\n\nFive.",
            "Considering articles 3 and 4 of the Treaty and article 99 of the Convention.",
            "## Section 1\n\nOne.\n\n## Section 2\n\nTwo.\n\n## Section 3\n\nThe licence reads:\n\n"
            "1. Terms. No warranty is given beyond that of section 5 of this License.\n\n2. Source.\n\n"
            "3. Copies.\n\n4. Patents.\n\n5. Warranty.\n",
        ],
        "fr": [
            "## Article 1\n\nUn.\n\n## Article 2\n\nVu l'article 39 de la loi du 5 mai 1980.\n\n## Article 3\n\nTrois."
        ],
        "es": ["En relación con el tema 73 del programa y el artículo 12 de la Carta."],
        "de": ["## Artikel 1\n\nGestützt auf Artikel 85 BV.\n\n## Artikel 2\n\nZwei.\n\n## Artikel 3\n\nDrei."],
        "it": [
            "## Art. 1\n\n1. Uno.\n\n2. Due.\n\n3. Tre.\n\n## Art. 2\n\nDue.\n\n## Art. 3\n\n"
            "Il D.Lgs. 13 dicembre 2017, n. 217 ha disposto (con l'art. 1, comma 6; con l'art. 65, comma 2) che il "
            "diritto è riconosciuto."
        ],
        "ru": ["## Статья 1\n\nРаз.\n\n## Статья 2\n\nСогласно статье 51 Устава.\n\n## Статья 3\n\nТри."],
    },
)
def dangling(document: Document) -> Iterator[Finding]:
    """Yield the internal references whose target lies beyond the end of a complete series."""
    found = [m for m in references(document) if m.internal and m.targets[0][0].unit in (*_KINDS, "paragraph")]
    if not found:
        return
    divisions = outline(document)
    known = {kind: numbers for kind in _KINDS if (numbers := _numbers(divisions, kind)) is not None}
    headings = sorted((d.heading.start, d.heading.end) for d in divisions.divisions if d.number is not None)
    paragraphs = _Paragraphs(document, divisions)
    elsewhere = {(m.targets[0][0].unit, _value(m.targets[0][0].label)) for m in references(document) if not m.internal}
    beyond = _Beyond(document, known)
    astray: dict[str, list[tuple[Mention, Step, _Numbers]]] = {}
    cited: Counter[str] = Counter()
    bare = {m.value for m in mentions(document).of("enumerator") if m.style == "opening"}
    for mention in _outside(found, headings):
        explicit = _says_so(document, mention)
        for target in mention.targets:
            step = target[0]
            numbers = known.get(step.unit)
            value = _value(step.label)
            cited[step.unit] += 1
            if numbers is not None and value is not None and value not in numbers.values:
                sure = explicit or (step.unit in _ENACTING and (step.unit, value) not in elsewhere)
                there = step.unit in _BARE and step.label in bare
                if (beyond.cited_before(mention, step.unit) and not explicit) or (
                    explicit and _of_another(document, mention)
                ):
                    break  # "article 60 of the said law", and two points below "article 72"
                if sure and not there and value > numbers.highest + numbers.absent:
                    astray.setdefault(step.unit, []).append((mention, step, numbers))
                break
            missing = paragraphs.absent(mention, target, explicit)
            if missing is not None:
                yield missing
                break
    for unit, items in astray.items():
        if len(items) > max(_FEW, _MOST_ASTRAY * cited[unit]):
            items = [item for item in items if _says_so(document, item[0])]
            if len(items) > max(_FEW, _MOST_ASTRAY * cited[unit]):
                continue
        for mention, step, numbers in items:
            yield Finding(
                rule="references/dangling",
                message=f"There is no {step} in this document; the last one is {numbers.last.label}.",
                span=mention.span,
                confidence=0.95 if _says_so(document, mention) else 0.85,
                data={"target": str(step), "last": numbers.last.label},
                evidence=(Evidence(f"{numbers.last.label} is the last of its kind.", numbers.last.heading),),
            )


def _numbers(divisions: Outline, kind: str) -> _Numbers | None:
    values: set[int] = set()
    last: Division | None = None
    absent = 0
    longest = 0
    for series in divisions.series:
        if series.kind not in _SAME.get(kind, (kind,)):
            continue
        members = [divisions.divisions[index] for index in series.members]
        longest = max(longest, len(members)) if series.kind == kind else longest
        absent += sum(len(hole.values) for hole in series.run.holes)
        for division in members:
            if division.number is None:
                continue
            values.update(range(division.number.value, division.number.end + 1))
            if last is None or last.number is None or division.number.end > last.number.end:
                last = division
    if last is None or last.number is None or longest < _FEWEST:
        return None
    return _Numbers(frozenset(values), last.number.end, last, absent)


def _value(label: str) -> int | None:
    """The number of a plain label; None for inserted numbers (16 A, 5 bis) and for what can be read in two ways."""
    readings = [r for r in read_numerals(label) if r.end == len(label) and not r.damaged]
    if not readings or any(reading.suffix for reading in readings):
        return None
    if readings[0].style == "arabic" or (readings[0].style.startswith("roman") and len(label) > 1):
        return readings[0].value
    return readings[0].value if len({reading.value for reading in readings}) == 1 else None


def _outside(found: list[Mention], headings: list[tuple[int, int]]) -> Iterator[Mention]:
    """The references that are not part of a heading."""
    at = 0
    for mention in found:
        while at < len(headings) and headings[at][1] <= mention.span.start:
            at += 1
        if at == len(headings) or not headings[at][0] <= mention.span.start < headings[at][1]:
            yield mention


def _says_so(document: Document, mention: Mention) -> bool:
    """Whether the reference says itself that it is internal: "of this Agreement", "above"."""
    run = running_text(document)
    after = run.offset(mention) + mention.end - mention.start
    return says_so(run.text, after)


def _of_another(document: Document, mention: Mention) -> bool:
    """Whether "this Convention" is one that was named shortly before with its date: "the Convention of 7 December 1944
    applies. Article 38 of this Convention …"."""
    run = running_text(document)
    start = run.offset(mention)
    noun = _THIS.match(run.text, start + mention.end - mention.start)
    if noun is None:
        return False
    named = re.compile(rf"{re.escape(noun[1][:8])}\w*[ \xa0\n](?:{_OF_A_DATE})[ \xa0\n]\d")
    return named.search(run.text, max(0, start - _SAME_PASSAGE // 2), start) is not None


class _Beyond:
    """The references to other texts whose numbers lie beyond the last one of this text."""

    def __init__(self, document: Document, known: dict[str, _Numbers]) -> None:
        self._places: dict[str, list[int]] = {}
        for mention in references(document):
            step = mention.targets[0][0] if mention.targets and mention.targets[0] else None
            if mention.internal is not False or step is None or step.unit not in known:
                continue
            value = _value(step.label)
            if value is not None and value > known[step.unit].highest:
                self._places.setdefault(step.unit, []).append(mention.span.start)

    def cited_before(self, mention: Mention, unit: str) -> bool:
        """Whether such a reference stands shortly before one that does not say whose article it means."""
        places = self._places.get(unit, [])
        at = bisect_left(places, mention.span.start) - 1
        return at >= 0 and mention.span.start - places[at] <= _SAME_PASSAGE


class _Paragraphs:
    """The numbered paragraphs of articles, where they are numbered 1 to n without a gap."""

    def __init__(self, document: Document, divisions: Outline) -> None:
        self._document = document
        self._divisions = divisions
        self._counts: dict[int, int] | None = None
        self._articles: dict[int, list[Division]] = {}

    def _count(self) -> dict[int, int]:
        """Number of paragraphs by division; divisions whose numbering isn't plain are left out."""
        if self._counts is None:
            labels: dict[int, list[int]] = {}
            for mention in mentions(self._document).of("enumerator"):
                if mention.style == "opening" and mention.value.isdecimal():
                    division = self._divisions.division_at(mention.span.start)
                    if division is not None and mention.span.start >= division.heading.end:
                        labels.setdefault(division.index, []).append(int(mention.value))
            self._counts = {
                index: len(values)
                for index, values in labels.items()
                if len(values) >= _FEWEST and values == list(range(1, len(values) + 1))
            }
            for division in self._divisions.divisions:
                if division.kind == "article" and division.number is not None:
                    self._articles.setdefault(division.number.value, []).append(division)
        return self._counts

    def absent(self, mention: Mention, target: tuple[Step, ...], explicit: bool) -> Finding | None:
        """The finding for "article 47, paragraph 9" where article 47 has six paragraphs."""
        if len(target) < 2 or target[0].unit != "article" or target[1].unit != "paragraph":
            return None
        article, paragraph = _value(target[0].label), _value(target[1].label)
        if article is None or paragraph is None:
            return None
        counts = self._count()
        candidates = self._articles.get(article, [])
        if len(candidates) != 1 or candidates[0].index not in counts:
            return None
        count = counts[candidates[0].index]
        if paragraph <= count:
            return None
        return Finding(
            rule="references/dangling",
            message=f"{candidates[0].label} has {count} paragraphs; there is no {target[1]}.",
            span=mention.span,
            confidence=0.9 if explicit else 0.8,
            data={"target": ", ".join(map(str, target[:2])), "last": f"paragraph {count}"},
            evidence=(
                Evidence(f"The paragraphs of {candidates[0].label} are numbered 1 to {count}.", candidates[0].heading),
            ),
        )
