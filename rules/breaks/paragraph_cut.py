"""A sentence is cut in two by a page break or the end of a paragraph.

Why it matters. Both halves are paragraphs to every program: numbered wrongly, aligned with nothing in another
version, read aloud with a stop in the middle of the sentence.

How it decides. A paragraph ends without a mark (in the middle of a word, with a word that ends no sentence, inside a
bracket, or simply so) and the next one begins with a small letter. Page furniture and footnotes between the two are
looked through: a page break is what cut them. In scripts without small letters only page breaks are looked at. All
sentences that page breaks cut are one finding with its places.

When it stays silent. At points and items of lists, which may begin with a small letter; at the text that follows the
last point of a list; at titles and lines in capitals, addresses and code; after a comma or semicolon, since
preambles and lists end their paragraphs so. Lines that were all kept as paragraphs are another rule's
(`breaks/line-breaks-kept`).

Sources. Words that cannot end a sentence: auditor/analysis/data/open_endings.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding, Fix

from .cuts import Cut, cuts, joined

_RULE = "breaks/paragraph-cut"
#: More single cuts than these have one cause, whatever it is.
_MOST_FINDINGS = 12


@rule(
    _RULE,
    severity="warning",
    explains=("punctuation/missing-stop",),
    bad={
        "en": [
            "# Report\n\nThe Parties shall cooperate in the conservation of marine ⟦biological\n\ndiversity⟧ of areas "
            "beyond national jurisdiction.\n\nThey meet every year.\n",
            "# Report\n\nThe depositary shall inform all States that have signed the ⟦Agree-\n\nment⟧ of each "
            "ratification.\n\nThey meet every year.\n",
        ],
        "fr": [
            "# Loi\n\nLe comité est composé de cinq membres nommés par le ministre pour une durée ⟦de\n\ntrois⟧ ans.\n",
        ],
        "es": [
            "# Ley\n\nLa Junta Directiva estará integrada por cinco miembros designados ⟦por\n\nel⟧ Poder Ejecutivo.\n"
        ],
        "ru": [
            "# Договор\n\nСтороны создают совместную комиссию для выполнения ⟦настоящего\n\nдоговора⟧ и протоколов.\n"
        ],
    },
    good={
        "en": [
            "# Report\n\nRecalling its resolution on the law of the sea,\n\nnoting with concern the loss of "
            "habitats,\n",
            "# Report\n\nThe Committee shall do the following without delay\n\n(a) adopt its rules;\n\n"
            "(b) elect its officers\n\nand shall report on both.\n",
            "# Report\n\nPlease see the text of the licence on its page\n\nhttps://example.org/licence\n",
        ],
        "fr": ["# Loi\n\nConsidérant la perte des habitats marins,\n\nreconnaissant la nécessité de les protéger,\n"],
        "es": [
            "# Ley\n\nLa Junta tendrá los cometidos que se indican:\n\na) aprobar el reglamento;\n\nb) rendir "
            "cuentas.\n"
        ],
        "ru": ["# Договор\n\nСсылаясь на резолюцию,\n\nотмечая с обеспокоенностью утрату,\n"],
    },
)
def paragraph_cut(document: Document) -> Iterator[Finding]:
    """One finding for what page breaks cut, and one for each other cut, or one for all if they are many."""
    at_pages = [cut for cut in cuts(document) if cut.cause == "page"]
    alone = [cut for cut in cuts(document) if cut.cause == "alone"]
    if at_pages:
        yield _finding(document, at_pages)
    if len(alone) > _MOST_FINDINGS:
        yield _finding(document, alone)
    else:
        for cut in alone:
            yield _finding(document, [cut])


def _finding(document: Document, found: Sequence[Cut]) -> Finding:
    first = found[0]
    cause = "a page break" if first.cause == "page" else "the end of a paragraph"
    if len(found) > 1:
        cause = "page breaks" if first.cause == "page" else "ends of paragraphs"
    mended = [edit for cut in found if (edit := joined(document, cut)) is not None]
    shown = mended[0][1] if mended and mended[0][0].span.start >= first.seam.before.span.end - 1 else ""
    begun = " ".join(first.seam.before.prose.text[-80:].split()[-3:])
    goes_on = " ".join(first.seam.after.prose.text[:80].split()[:3])
    said = f"“{begun}” goes on as “{goes_on}”"
    if len(found) == 1:
        message = f"The sentence is cut by {cause}: {said}."
    else:
        message = f"{len(found)} sentences are cut by {cause}; in the first, {said}."
    fixes: tuple[Fix, ...] = ()
    if len(mended) == len(found):
        words = f"Join the halves: “{shown}”" if len(found) == 1 else "Join the halves of each sentence"
        fixes = (Fix(words, tuple(edit for edit, _ in mended), "unsafe"),)
    return Finding(
        _RULE,
        message,
        _place(first),
        confidence=min(cut.confidence for cut in found) if len(found) < 3 else 0.95,
        data={"before": begun, "after": goes_on, "cause": first.cause, "count": len(found)},
        evidence=tuple(_reasons(first)),
        places=tuple(_place(cut) for cut in found[1:]),
        fixes=fixes,
    )


def _place(cut: Cut) -> Span:
    """From the last word before the cut to the first after it."""
    head, tail = cut.seam.before.prose, cut.seam.after.prose
    last = head.text.rstrip()
    begin = max(last.rfind(" "), last.rfind("\n"), len(last) - 40) + 1
    first = len(tail.text[:40].split(None, 1)[0]) if tail.text[:40].split() else 1
    return Span(head.source_span(begin, len(last)).start, tail.source_span(0, first).end)


def _reasons(cut: Cut) -> Iterator[Evidence]:
    seam = cut.seam
    if seam.ending == "open word":
        yield Evidence(f"No sentence ends in “{seam.last}”.", seam.before.span)
    elif seam.ending == "hyphen":
        yield Evidence(f"It ends in the middle of a word: “{seam.last}”.", seam.before.span)
    elif seam.ending == "open bracket":
        yield Evidence(f"“{seam.last}” is opened and not closed.", seam.before.span)
    else:
        yield Evidence("The first part ends without a mark.", seam.before.span)
    if seam.opening == "small":
        yield Evidence("The second part begins with a small letter.", seam.after.span)
    if seam.furniture:
        yield Evidence("Page furniture stands between the two.", seam.furniture[0].span)
