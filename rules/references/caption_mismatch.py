"""A reference names its target's title, and the title there is another.

Why it matters. "Article 12 (Settlement of disputes)" when article 12 is about amendments: either the number or the
title is wrong, usually since articles were renumbered, and readers will rely on the one or the other.

How it decides. The words in parentheses or quotation marks right after an internal reference are held against the
title of that division. They are taken for a title only with a further sign: they are the title of another division
of the document (then the number is probably wrong), or they nearly are this one's (then the wording is).

When it stays silent. External references; remarks in parentheses ("as amended", "(b)"); a title that is shortened
or differs only in case, punctuation or articles; targets without title.

Sources. Joint practical guide of the European Union institutions, guideline 16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.references import references
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.numerals import fold, read_numerals
from auditor.analysis.outline import Division, outline
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

_NAMED = re.compile(
    r"[ \xa0\n]?(?:\([“\"«„]?[ \xa0]?(?P<round>[^\W\d_][^()“”\"«»\x00]{3,120}?)[ \xa0]?[”\"»]?\)"
    r"|,?[ \xa0\n](?:on|entitled|intitulé|intitulée|titulado|titulada|betitelt|озаглавленн\w+)?[ \xa0\n]?"
    r"[“«„\"](?P<quoted>[^\W\d_][^()“”\"«»\x00]{3,120}?)[”»\"“])"
)
_WORD = re.compile(r"[^\W_]+")
_NEARLY = 0.75
_FEWEST_WORDS = 2


def _words(title: str) -> tuple[str, ...]:
    """The words of a title without case and accents."""
    return tuple(fold(word) for word in _WORD.findall(title))


@rule(
    "references/caption-mismatch",
    severity="warning",
    bad={
        "en": [
            "## Article 1 Use of terms\n\nAs used here.\n\n## Article 2 Settlement of disputes\n\nBy negotiation.\n\n"
            "## Article 3 Amendments\n\nSubject to ⟦article 3 (Settlement of disputes)⟧, a Party may propose one.\n",
            "## Article 1 Use of terms\n\nAs used here.\n\n## Article 2 Peaceful settlement of disputes\n\n"
            "By negotiation.\n\n"
            "## Article 3 Amendments\n\n"
            "Subject to ⟦article 2 (Peaceful settlement of claims)⟧, a Party may propose one.\n",
        ],
        "fr": [
            "## Article 1 Définitions générales\n\nUn.\n\n## Article 2 Règlement des différends\n\nDeux.\n\n"
            "## Article 3 Amendements\n\nSous réserve de l'⟦article 3 (Règlement des différends)⟧, trois.\n",
        ],
    },
    good={
        "en": [
            "## Article 1 Use of terms\n\nAs used here.\n\n## Article 2 Settlement of disputes\n\nBy negotiation.\n\n"
            "## Article 3 Amendments\n\n"
            "Subject to article 2 (settlement of disputes) and article 1 (as amended), see "
            "article 3 (second sentence).\n",
            "## Article 1 Use of terms\n\nOne.\n\n## Article 2 Disputes\n\nTwo.\n\n## Article 3 Final clauses\n\n"
            "Under Article 1 (Use of terms) of the Charter, three.\n",
        ],
        "fr": [
            "## Article 1 Définitions générales\n\nUn.\n\n## Article 2 Règlement des différends\n\nDeux.\n\n"
            "## Article 3 Amendements\n\nSous réserve de l'article 2 (Règlement des différends), trois.\n",
        ],
    },
)
def caption_mismatch(document: Document) -> Iterator[Finding]:
    """Yield the references whose named title is not that of the division they point to."""
    named = list(_named(document))
    if not named:
        return
    titled: dict[tuple[str, int], list[Division]] = {}
    owners: dict[tuple[str, ...], Division] = {}
    for division in outline(document).divisions:
        if division.number is None:
            continue
        titled.setdefault((division.kind, division.number.value), []).append(division)
        words = _words(division.title)
        if len(words) >= _FEWEST_WORDS:
            owners.setdefault(words, division)
    for mention, span, title in named:
        targets = titled.get(_key(mention), [])
        words = _words(title)
        if not targets or not all(_words(target.title) for target in targets):
            continue
        if any(_agree(words, _words(target.title)) for target in targets):
            continue
        finding = _judge(span, title, words, targets, owners)
        if finding is not None:
            yield finding


def _named(document: Document) -> Iterator[tuple[Mention, Span, str]]:
    """Internal references to one division with a title behind them: the mention, the whole span, the title."""
    run = running_text(document)
    for mention in references(document):
        if mention.internal is False or len(mention.targets) != 1 or len(mention.targets[0]) != 1:
            continue
        end = run.offset(mention) + mention.end - mention.start
        match = _NAMED.match(run.text, end)
        if match is None:
            continue
        title = match.group("round") or match.group("quoted")
        if len(_words(title)) >= _FEWEST_WORDS:
            yield mention, run.span(run.offset(mention), match.end()), " ".join(title.split())


def _key(mention: Mention) -> tuple[str, int]:
    step = mention.targets[0][0]
    readings = [r for r in read_numerals(step.label) if r.end == len(step.label) and not r.suffix]
    return step.unit, readings[0].value if readings else -1


def _agree(named: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """The same words, or one the beginning of the other, or one's words all in the other's."""
    joined, joined_title = "".join(named), "".join(title)
    if joined.startswith(joined_title) or joined_title.startswith(joined):
        return True  # "co-operation" and "cooperation"
    shorter, longer = sorted((named, title), key=len)
    return longer[: len(shorter)] == shorter or set(shorter) <= set(longer)


def _judge(
    span: Span,
    title: str,
    words: tuple[str, ...],
    targets: list[Division],
    owners: dict[tuple[str, ...], Division],
) -> Finding | None:
    target = targets[0]
    owner = owners.get(words)
    if owner is not None and owner.kind == target.kind and owner.number != target.number:
        return Finding(
            rule="references/caption-mismatch",
            message=f"{target.label} is “{target.title}”; “{title}” is the title of {owner.label}.",
            span=span,
            confidence=0.9,
            data={"title": target.title, "named": title, "owner": owner.label},
            evidence=(
                Evidence(f"{target.label} has this title.", target.heading),
                Evidence(f"{owner.label} has the title that is named.", owner.heading),
            ),
        )
    from difflib import SequenceMatcher

    likeness = max(SequenceMatcher(None, words, _words(t.title)).ratio() for t in targets)
    letters = max(SequenceMatcher(None, " ".join(words), " ".join(_words(t.title))).ratio() for t in targets)
    if max(likeness, letters) < _NEARLY:
        return None
    return Finding(
        rule="references/caption-mismatch",
        message=f"The title of {target.label} is “{target.title}”, not “{title}”.",
        span=span,
        confidence=0.85,
        data={"title": target.title, "named": title},
        evidence=(Evidence(f"{target.label} has this title.", target.heading),),
    )
