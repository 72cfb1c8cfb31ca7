"""A defined term stands in another form than defined, is defined twice, or is never used.

Why it matters. A text that calls the parties "the Contracting Parties" and then says "the Parties" leaves open
whether others are meant. A second definition may say something else than the first, and a term that is never used
once stood in a provision that is gone.

How it decides. Definitions are read from the text: quoted terms behind "hereinafter referred to as", before "means",
or in parentheses. Where a term of several capitalised words ("Contracting Parties") is used at least four times, its
last word (in Romance languages its first) standing alone with a capital, as the sentence wants it ("either of the
Parties"), is another form of it, if that is rare beside the full one. A term that is defined again in the same
article, or given as a name again, is defined twice. A term that occurs nowhere outside its definition is not used.

When it stays silent. Where the short form is a defined term itself, or common; where other words qualify it ("the
States Parties", "the Parties to the Convention"); on the same definition in another annex, and on definitions for
one article or chapter alone; in quoted provisions of other laws; on terms that are used in another number, case or
gender, and on definitions at the end of a text.

Sources. Drafting manuals of the United Nations Treaty Section and of the European Union ("Joint Practical Guide",
guideline 14): a defined term is used throughout in the same form, and only terms that are used are defined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from auditor.analysis.definitions import DefinedTerm, defined_terms
from auditor.analysis.languages import languages
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.analysis.outline import outline
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Evidence, Finding, Fix

from ._inflection import occurs_loosely
from ._short_forms import ShortForms, short_forms
from ._stretches import stretch_at, stretches
from ._variants import passages_of_others

#: A definition behind this part of the text is not expected to be used.
_NEAR_END = 0.9
#: Two entries for one term in the same list of definitions stand so near to each other, in characters.
_ONE_LIST = 6000
#: So many terms that differ in their last word alone are a series, of which some members need not be used.
_SERIES = 3
_SMALLER = frozenset({"article", "section", "rule", "regulation", "clause"})


@rule(
    "consistency/defined-term",
    severity="warning",
    bad={
        "en": [
            'The two States, hereinafter referred to as "the Contracting Parties", have agreed. The Contracting '
            "Parties "
            "shall meet. The Contracting Parties shall vote. Each Contracting Party shall pay. The Contracting Parties "
            "shall rest, and ⟦either of the Parties⟧ may leave. The Contracting Parties shall sign.",
            'The ministers, hereinafter referred to as "the Council", met. The Council voted. The members, hereinafter '
            'referred to as ⟦"the Council"⟧, left the Council.',
            'The two States (hereinafter "the Allies") and their agency, hereinafter called ⟦"the Bureau"⟧, have '
            "agreed "
            "to trade.\n\nThe Allies shall meet in the city each year.\n\nThe Allies shall vote there.\n\nThe Allies "
            "shall "
            "pay for it.\n\nThe Allies shall sign the protocol.",
        ],
        "fr": [
            "Les deux États, ci-après dénommés « les Parties contractantes », sont convenus. Les Parties "
            "contractantes se "
            "réunissent. Les Parties contractantes votent. Chaque Partie contractante paie. Les Parties contractantes "
            "signent, et ⟦les Parties⟧ votent de nouveau. Les Parties contractantes partent."
        ],
        "es": [
            "Los dos Estados, en lo sucesivo denominados «las Partes Contratantes», han convenido. Las Partes "
            "Contratantes se reunirán. Las Partes Contratantes votarán. Cada Parte Contratante pagará. Las Partes "
            "Contratantes firmarán, y ⟦las Partes⟧ votarán de nuevo. Las Partes Contratantes saldrán."
        ],
        "ru": [
            "Два государства, именуемые в дальнейшем «Договаривающиеся Стороны», согласились о нижеследующем. "
            "Договаривающиеся Стороны встречаются. Договаривающиеся Стороны голосуют. Каждая Договаривающаяся Сторона "
            "платит. Договаривающиеся Стороны подписывают, и ⟦Стороны⟧ уходят. Договаривающиеся Стороны отдыхают."
        ],
    },
    good={
        "en": [
            'The two States, hereinafter referred to as "the Contracting Parties", have agreed. The Contracting '
            "Parties "
            "shall meet. The Contracting Parties shall vote. Each Contracting Party shall pay. The States Parties to "
            "the "
            "Convention and the Parties to the Protocol may join the Contracting Parties. Each Contracting Party "
            "signs.",
            '"Vessel" means a ship.\n\n"Port" means a place for vessels.\n\nVessels enter ports.\n\nThe vessels leave.',
            'The two States (hereinafter "the Allies") have agreed to trade. The Allies shall meet.',
        ],
        "fr": ["Les deux États, ci-après dénommés « les Parties », sont convenus. Chaque Partie vote."],
        "es": ["Los dos Estados, en lo sucesivo denominados «las Partes», han convenido. Cada Parte votará."],
        "ru": ["Два государства, именуемые в дальнейшем «Стороны», согласились. Каждая Сторона голосует."],
    },
)
def defined_term(document: Document) -> Iterator[Finding]:
    """Yield the defined terms that the text does not keep to."""
    found = defined_terms(document)
    if not found:
        return
    run = running_text(document)
    quoted = passages_of_others(document)
    found = tuple(d for d in found if run.blocks[run.block_at(d.start)].index not in quoted)
    starts = stretches(document, run)
    codes = languages(document)
    lower = run.text.lower()
    names = {definition.term.casefold() for definition in found}
    alike = Counter(_series(definition) for definition in found if " " in definition.term)
    by_term: dict[str, list[DefinedTerm]] = defaultdict(list)
    for definition in found:
        by_term[definition.term.casefold()].append(definition)
    for definitions in by_term.values():
        yield from _twice(document, definitions, starts)
        language = codes[run.blocks[run.block_at(definitions[0].start)].index]
        if len(lower) == len(run.text):
            yield from _unused(run, lower, definitions, language, alike[_series(definitions[0])])
        for begin, end in dict.fromkeys(stretch_at(starts, d.start) for d in definitions):
            definition = next(d for d in definitions if begin <= d.start < end)
            use = short_forms(run.text, definition, (begin, end), language, names)
            if use is not None:
                yield _in_another_form(run, definition, use)


#: A second name beside the first: “Massive Multiauthor Collaboration Site” (or “MMC Site”).
_ALIAS = re.compile(r"[ \xa0\n]*(?:\(|(?:or|and|ou|et|o|y|или)[ \xa0\n]+[“\"«„])")

# ------------------------------------------------------------------------------------------------ twice


def _twice(document: Document, definitions: Sequence[DefinedTerm], starts: Sequence[int]) -> Iterator[Finding]:
    if len(definitions) < 2:
        return
    plan = outline(document)
    seen: dict[tuple[object, ...], DefinedTerm] = {}
    again: dict[tuple[object, ...], list[DefinedTerm]] = defaultdict(list)
    for definition in definitions:
        if definition.manner not in ("called", "entry"):
            continue  # often for one provision alone
        place: tuple[object, ...] = (definition.manner, stretch_at(starts, definition.start))
        if definition.manner != "called":
            division = plan.division_at(definition.span.start)
            while division is not None and division.kind not in _SMALLER and division.parent is not None:
                division = plan.divisions[division.parent]
            place = (*place, division.index if division is not None else None)
        first = seen.setdefault(place, definition)
        if first is definition or definition.start - first.end < 2:
            continue
        if definition.manner == "entry" and (definition.start - first.end > _ONE_LIST or len(definitions) > 2):
            continue
        again[place].append(definition)
    for place, repeated in again.items():
        yield Finding(
            rule="consistency/defined-term",
            message=f"“{repeated[0].term}” has been defined before.",
            span=repeated[0].span,
            confidence=0.75,
            data={"term": repeated[0].term, "why": "twice"},
            evidence=(Evidence("It is defined here first.", seen[place].span),),
            places=tuple(definition.span for definition in repeated[1:]),
        )


# ------------------------------------------------------------------------------------------------ never used


def _series(definition: DefinedTerm) -> str:
    """A term without its last word: "year one", "year two" … are defined as a series."""
    return definition.term.casefold().rpartition(" ")[0]


def _unused(
    run: RunningText, lower: str, definitions: Sequence[DefinedTerm], language: str, alike: int
) -> Iterator[Finding]:
    first = definitions[0]
    if "(" in first.term or _ALIAS.match(run.text, first.end):
        return
    if first.manner not in ("called", "entry") or alike >= _SERIES:
        return
    if first.start > _NEAR_END * len(lower) or len(run.blocks) < 5:
        return
    wanted = first.term.lower().partition(" (")[0]
    own = [(definition.start, definition.end) for definition in definitions]
    at = lower.find(wanted)
    while at >= 0:
        if not any(start <= at < end for start, end in own):
            return
        at = lower.find(wanted, at + 1)
    if occurs_loosely(wanted, lower, own, language):
        return
    yield Finding(
        rule="consistency/defined-term",
        message=f"“{first.term}” is defined and does not occur again.",
        span=first.span,
        confidence=0.65,
        severity="info",
        data={"term": first.term, "why": "unused"},
    )


# ------------------------------------------------------------------------------------------------ other form


def _in_another_form(run: RunningText, definition: DefinedTerm, use: ShortForms) -> Finding:
    first, *more = [run.span(start, end) for start, end in use.places]
    times = f"in {len(use.places)} places" if more else "once"
    return Finding(
        rule="consistency/defined-term",
        message=f"“{definition.term}” is defined and used {use.full} times; {times} it is only “{use.written}”.",
        span=first,
        confidence=0.75,
        data={"term": definition.term, "why": "other form", "uses": use.full},
        evidence=(Evidence("The term is defined here.", definition.span),),
        places=tuple(more),
        fixes=(Fix(f"Write “{definition.term}” here too.", ()),),
    )
