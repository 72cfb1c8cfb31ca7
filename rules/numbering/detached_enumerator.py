"""An enumerator stands apart from its text, or lost its brackets.

Why it matters. Converters put "(b)" on a line of its own when its column was narrow, and read "c)" as a word when it
was faint. The text is there, but its number is not where software and readers look for it.

How it decides. A member of a series that is alone in its block, and behind which a block without a number begins, is
reported; the fix joins the two. Where a series leaves a number out, and a block between the neighbours begins with
just that letter or figure, without its brackets (also in the wrong script: "с целевой фонд" for "c) целевой фонд"),
the fix gives the enumerator back.

When it stays silent. Texts in which most enumerators stand on lines of their own: that is their layout. Numbers of
headings.

Sources. Observed in texts extracted from PDF files of treaties and statutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.analysis.enumerators import Enumerator, Enumerators, enumerators
from auditor.analysis.enumerators.disorder import disorders
from auditor.analysis.outline.stretches import heading_block_indexes
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix, replace

from ._series import LEAST, neighbours, series_name, written

#: More than these of one form are reported as one finding with its places.
_MANY = 3


@rule(
    "numbering/detached-enumerator",
    severity="warning",
    explains=("numbering/gap",),
    bad={
        "en": [
            "(a) adopt its rules;\n\n⟦(b)⟧\n\nelect its officers;\n\n(c) report each year;\n\n(d) meet in June.\n",
            "1. The Fund is established.\n\n2. It has legal personality.\n\n⟦3⟧ It is audited every year.\n\n"
            "4. It reports to the Assembly.\n",
        ],
        "ru": [
            "Механизм включает в себя:\n\na) добровольные взносы;\n\nb) специальный фонд;\n\n⟦с⟧ целевой фонд;\n\n"
            "d) прочие средства.\n",
            "Механизм включает в себя:\n\na) целевой фонд;\n\nb) специальный фонд, который включает:\n\n"
            "i) взносы; ii) платежи; iii) средства; ⟦с⟧ целевой фонд экологического фонда.\n",
        ],
        "fr": ["a) adopte ;\n\nb) élit ;\n\n⟦c⟧ tient le registre ;\n\nd) fait rapport.\n"],
    },
    good={
        "en": [
            "(a)\n\nadopt its rules;\n\n(b)\n\nelect its officers;\n\n(c)\n\nreport each year.\n",
            "(a) adopt its rules;\n\n(b) elect its officers;\n\n(c) report each year.\n",
        ],
        "ru": ["а) правила;\n\nб) бюро;\n\nв) отчеты; с учетом этого созывается собрание.\n"],
        "fr": ["a) adopte ;\n\nb) élit ;\n\nc) tient.\n\nA tout moment, le comité se réunit.\n"],
    },
)
def detached_enumerator(document: Document) -> Iterator[Finding]:
    """One finding for each enumerator that is alone, or without brackets."""
    known = enumerators(document)
    for found in disorders(document):
        if found.kind != "detached" or found.confidence < LEAST or found.text_at is None:
            continue
        span = known.run.span(*found.text_at)
        due = written(known, found, found.expected)
        yield Finding(
            rule="numbering/detached-enumerator",
            message=f"“{span.of(document.text)}” is probably the enumerator “{due}”.",
            span=span,
            confidence=found.confidence,
            data={"expected": found.expected, "series": series_name(known, found)},
            evidence=neighbours(known, found),
            fixes=(replace(span, due, f"Write “{due}”."),),
        )
    yield from _alone(document, known)


def _alone(document: Document, known: Enumerators) -> Iterator[Finding]:
    """Enumerators that are all there is of their block."""
    alone: list[Enumerator] = []
    forms: Counter[tuple[str, str, str]] = Counter()
    for item in known.items:
        if item.place != "block":
            continue
        form = (item.reading.system, item.mark.opener, item.mark.closer)
        forms[form] += 1
        block = known.run.blocks[item.mark.where]
        if item.mark.closer and known.text(item.mark) == block.prose.text.strip() and block.kind != "heading":
            alone.append(item)
    shares = Counter((item.reading.system, item.mark.opener, item.mark.closer) for item in alone)
    headings = heading_block_indexes(document)
    opening = {item.mark.where for item in known.items} | {mark.where for mark in known.asides if mark.place == "block"}
    found: dict[tuple[str, str, str], list[tuple[Enumerator, Span]]] = {}
    for item in alone:
        form = (item.reading.system, item.mark.opener, item.mark.closer)
        if (
            3 * shares[form] > forms[form]
            or item.mark.weight < 1.2
            or item.reading.rank
            or len(known.series[item.series].members) < 3
        ):
            continue
        after = item.mark.where + 1
        if after >= len(known.run.blocks) or after in opening:
            continue
        block, following = known.run.blocks[item.mark.where], known.run.blocks[after]
        if following.index != block.index + 1 or following.index in headings:
            continue
        if following.kind in ("paragraph", "list_item"):
            gap = Span(block.span.end, following.span.start)
            found.setdefault(form, []).append((item, gap))
    for items in found.values():
        groups = [items] if len(items) > _MANY else [[item] for item in items]
        for group in groups:
            yield _alone_finding(known, group)


def _alone_finding(known: Enumerators, group: Sequence[tuple[Enumerator, Span]]) -> Finding:
    """One enumerator, or many of one form: the converter that set one apart set all of them apart."""
    spans = [known.span(item.mark) for item, _ in group]
    name = f"“{known.text(group[0][0].mark)}”"
    if len(group) == 1:
        message = f"{name} stands alone; its text is in the next block."
    else:
        message = f"{name} and {len(group) - 1} more enumerators stand alone; their texts are in the next blocks."
    return Finding(
        rule="numbering/detached-enumerator",
        message=message,
        span=spans[0],
        confidence=0.8,
        data={"count": len(group)},
        places=tuple(spans[1:]),
        fixes=(
            Fix(
                "Join it with its text." if len(group) == 1 else "Join each with its text.",
                tuple(Edit(gap, " ") for _, gap in group),
                "unsafe",
            ),
        ),
    )
