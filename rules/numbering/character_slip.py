"""A letter stands in the place of a figure, or a figure in that of a letter, where a number is due.

Why it matters. "Article 3l", "paragraph l(a)", "1O July" and "(1)" between (k) and (m) look right on the page. They
break every link, every sorting and every comparison of the text.

How it decides. Three kinds of place can only hold a number: the enumerators of a series (what its neighbours count
says whether "l." is 1 and whether "(1)" is the letter l), the headings of divisions, and slots in running text:
behind a label word ("Article", "пункт"), beside a month, in the shape of a year. The confusions are those of OCR: l I
| for 1, O for 0, S for 5, З for 3, б for 6, and letters read for one another (c and e, f and t, h and b) in
enumerators.

When it stays silent. A true (l), (o) or (i) by its place in the series; Roman numbers; numbers with letters (Article
16B, 5a) in documents that have such; points and annexes, which are lettered; document symbols
(references/symbol-damaged) and words (characters/digit-in-word).

Sources. Confusions of OCR engines as reported for ABBYY FineReader and Tesseract; texts of treaties from scans.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.analysis.enumerators import enumerators
from auditor.analysis.enumerators.disorder import disorders
from auditor.analysis.enumerators.number_slips import number_slips
from auditor.analysis.numerals import write_numeral
from auditor.analysis.outline import Division, outline
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding, Fix, replace

from ._series import LEAST, neighbours, series_name, written

#: More than these of one confusion are reported as one finding with its places.
_MANY = 4


@rule(
    "numbering/character-slip",
    severity="error",
    explains=("numbering/repeated", "numbering/out-of-order"),
    bad={
        "en": [
            "⟦l⟧. The Fund is established.\n\n2. It has legal personality.\n\n3. It is audited.\n",
            "(j) fishing;\n\n(k) shipping;\n\n(⟦1⟧) mining;\n\n(m) research.\n",
            "## Article 1\n\nOne.\n\n## Article 2\n\nAs provided in Article ⟦3l⟧ and in paragraph ⟦l⟧(a) above.\n\n"
            "## Article 3\n\nThree, since ⟦1O⟧ July ⟦2O22⟧.\n",
            "(a) adopt rules;\n\n(b) elect;\n\n(c) report;\n\n(d) meet;\n\n(⟦c⟧) act;\n\n(f) publish.\n",
        ],
        "fr": ["Art. 1. Un.\n\nArt. 2. Le ⟦l5⟧ juin 1990, selon l’article ⟦2O⟧ et depuis le ⟦ler⟧ janvier.\n"],
        "es": ["Según el artículo ⟦l2⟧ y el artículo ⟦3O⟧, desde el ⟦l⟧ de julio de ⟦2OO3⟧.\n"],
        "ru": ["Согласно статье ⟦1З⟧ и статье 5, статье 6, статье 7 от ⟦1О⟧ июля 2003 года.\n"],
        "de": ["Nach Artikel ⟦l5⟧ und Artikel ⟦2O⟧, seit dem ⟦l⟧. Juli 1990.\n"],
    },
    good={
        "en": [
            "(j) one;\n\n(k) two;\n\n(l) three;\n\n(m) four;\n\n(n) five;\n\n(o) six;\n\n(p) seven.\n",
            "(a) one:\n\n(i) inner;\n\n(ii) inner;\n\n(b) two.\n",
            "I. Introduction\n\nText.\n\nII. Conclusions\n\nText, see Annex I, Article 16B, point l and table S.\n",
            "I may attend in May; resolution A/RES/76/240 of 2022, and 5 l of water at 10 °C.\n",
        ],
        "fr": ["L’article 1er et l’annexe I, le chapitre Ier, l’alinéa 2 o) du code.\n"],
        "es": ["El artículo 2o y el anexo I; 5o período de sesiones.\n"],
        "ru": ["Подпункт з) пункта 2 и подпункт б) пункта 3.\n"],
        "de": ["Artikel 5a und Anhang I, Ziffer 2 l.\n"],
    },
)
def character_slip(document: Document) -> Iterator[Finding]:
    """One finding for each slip, with the number that is meant; many of one confusion are one finding."""
    groups: dict[object, list[Finding]] = {}
    for slip in _slips(document):
        wrong, correct = slip.span.of(document.text), str(slip.data["expected"])
        if len(wrong) == len(correct):
            confusion: object = frozenset((w, c) for w, c in zip(wrong, correct, strict=True) if w != c)
        else:
            confusion = (wrong, correct)
        groups.setdefault(confusion, []).append(slip)
    for found in groups.values():
        if len(found) > _MANY:
            yield _throughout(document, found)
        else:
            yield from found


def _throughout(document: Document, found: list[Finding]) -> Finding:
    """One confusion that runs through the text."""
    found.sort(key=lambda slip: slip.span)
    first = found[0]
    wrong = first.span.of(document.text)
    return Finding(
        rule="numbering/character-slip",
        message=(
            f"“{wrong}” stands for “{first.data['expected']}”, and {len(found) - 1} more numbers show this confusion."
        ),
        span=first.span,
        confidence=max(slip.confidence for slip in found),
        data={"expected": first.data["expected"], "count": len(found)},
        evidence=first.evidence,
        places=tuple(slip.span for slip in found[1:]),
        fixes=(
            Fix(
                "Write the numbers that are meant.",
                tuple(edit for slip in found for fix in slip.fixes for edit in fix.edits),
                "unsafe",
            ),
        ),
    )


def _slips(document: Document) -> Iterator[Finding]:
    known = enumerators(document)
    places: set[int] = set()
    for found in disorders(document):
        if found.kind != "slip" or found.confidence < LEAST:
            continue
        span = known.token_span(found.mark)
        places.add(span.start)
        due = written(known, found, found.expected)
        yield Finding(
            rule="numbering/character-slip",
            message=f"“{known.text(found.mark)}” stands where “{due}” is due.",
            span=span,
            confidence=found.confidence,
            data={"expected": found.expected, "series": series_name(known, found)},
            evidence=neighbours(known, found),
            fixes=(replace(span, found.expected, f"Write “{due}”."),),
        )
    for division in outline(document).divisions:
        slip = _in_heading(document, division)
        if slip is not None:
            places.add(slip.span.start)
            yield slip
    for slip_found in number_slips(document):
        span = known.run.span(slip_found.start, slip_found.end)
        if span.start in places:
            continue
        wrong = span.of(document.text)
        yield Finding(
            rule="numbering/character-slip",
            message=f"“{wrong}” is {slip_found.reason}, and should be “{slip_found.correct}”.",
            span=span,
            confidence=slip_found.confidence,
            data={"expected": slip_found.correct},
            fixes=(replace(span, slip_found.correct, f"Write “{slip_found.correct}”."),),
        )


def _in_heading(document: Document, division: Division) -> Finding | None:
    """The damaged number of a heading whose series counts with the repaired one."""
    source, number = division.source, division.number
    if source is None or number is None or division.series is None:
        return None
    plan = outline(document)
    if len(plan.series[division.series].members) < 3:
        return None
    chosen = next((n for n in source.number.readings if n.value == number.value and n.suffix == number.suffix), None)
    if chosen is None or not chosen.damaged:
        return None
    prose = document.blocks[source.block].prose
    text = prose.text
    stop = chosen.end
    begin = stop
    while begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "|"):
        begin -= 1
    usual = plan.series[division.series].style
    style = usual if usual.startswith("roman") and chosen.style.startswith("roman") else chosen.style
    try:
        correct = write_numeral(chosen.value, style, chosen.suffix)
    except ValueError:
        return None
    span: Span = prose.source_span(begin, stop)
    if span.of(document.text) == correct:
        return None
    return Finding(
        rule="numbering/character-slip",
        message=f"The number “{span.of(document.text)}” of this heading should be “{correct}”.",
        span=span,
        confidence=0.9,
        data={"expected": correct},
        evidence=(Evidence(f"Its series counts it as {division.label}.", None),),
        fixes=(replace(span, correct, f"Write “{correct}”."),),
    )
