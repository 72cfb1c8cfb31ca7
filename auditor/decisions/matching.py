"""Bringing the decisions of a project's file and the findings of a text together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from auditor.decisions.decision import CLOSE, OPEN, Decision
from auditor.decisions.use import Use
from auditor.document import Span
from auditor.report import ReportedEvidence, ReportedFinding, Ruling

#: What stands on either side of a finding is the same where so many characters of it are.
_SAME_SIDE = 16


class Decisions(msgspec.Struct, frozen=True):
    """The decisions of a project.

    by_path   those of texts that are where they were, by the text's path
    homeless  those whose texts are not there any more, by rule and fingerprint: the text may have been moved
    """

    by_path: Mapping[str, tuple[Decision, ...]] = {}
    homeless: Mapping[tuple[str, str], Decision] = {}


def arranged(decisions: Iterable[Decision], exists: Callable[[str], bool]) -> Decisions:
    """The decisions by the texts that they are of; ``exists`` says whether there is a text at a path."""
    by_path: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_path.setdefault(decision.path, []).append(decision)
    homeless = {
        (decision.rule, decision.fingerprint): decision
        for path, ones in by_path.items()
        if not exists(path)
        for decision in ones
    }
    return Decisions({path: tuple(ones) for path, ones in by_path.items() if exists(path)}, homeless)


def decide(
    findings: Sequence[ReportedFinding],
    decisions: Decisions,
    path: str,
    ran: Iterable[str],
    today: str,
    moved: Counter[tuple[str, str]],
    other: str | None = None,
) -> tuple[list[ReportedFinding], list[Use]]:
    """The findings of the text at ``path`` with what is decided of them, and what became of each decision.

    ``ran`` are the rules that ran on it, ``today`` is YYYY-MM-DD. ``moved`` counts how often each decision of a text
    that is gone was used in this run: it decides one finding, and no second one. ``other`` is the path of the second
    text, where the findings are between two. A finding whose neighbourhood was
    edited has another fingerprint; it is known by its own text together with its address or one of its sides.
    """
    decided = list(findings)
    names = frozenset(ran)
    own = [decision for decision in decisions.by_path.get(path, ()) if decision.other == other]
    by_key = {(d.rule, d.fingerprint): d for d in own}
    uses: list[Use] = []
    used: set[tuple[str, str]] = set()
    for number, finding in enumerate(decided):
        key = (finding.rule, finding.fingerprint)
        if finding.status != "open":
            continue
        if key in by_key:
            used.add(key)
            decided[number] = _ruled(finding, by_key[key], today, uses)
        elif key in decisions.homeless:
            decision = decisions.homeless[key]
            moved[key] += 1
            if moved[key] == 1:
                decided[number] = _ruled(finding, decision, today, uses)
            else:
                uses.append(_use(decision, decided=0, refused=1))
    left = [decision for key, decision in by_key.items() if key not in used and decision.rule in names]
    for group in _of_one_kind(left):
        alike = [
            number
            for number, finding in enumerate(decided)
            if finding.status == "open" and finding.rule == group[0].rule and _alike(finding, group[0])
        ]
        if len(alike) > len(group):  # which of them is meant can't be told
            uses += [_use(decision, decided=0, refused=len(alike)) for decision in group]
            continue
        for decision, number in zip(group, alike, strict=False):
            decided[number] = _ruled(decided[number], decision, today, uses)
        uses += [_use(decision, decided=0) for decision in group[len(alike) :]]
    return decided, uses


def _of_one_kind(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """The decisions in groups of those that say the same of the same words, as in near-identical texts."""
    groups: dict[tuple[str, str, str], list[Decision]] = {}
    for decision in sorted(decisions, key=lambda d: (d.rule, d.excerpt, d.address, d.fingerprint)):
        groups.setdefault((decision.rule, decision.excerpt, decision.verdict), []).append(decision)
    return list(groups.values())


def _alike(finding: ReportedFinding, decision: Decision) -> bool:
    before, _, rest = decision.excerpt.partition(OPEN)
    match, _, after = rest.partition(CLOSE)
    if finding.excerpt.match.casefold() != match.casefold():
        return False
    same_before = before[-_SAME_SIDE:].strip() != "" and finding.excerpt.before.endswith(before[-_SAME_SIDE:])
    same_after = after[:_SAME_SIDE].strip() != "" and finding.excerpt.after.startswith(after[:_SAME_SIDE])
    if not match.strip():  # a point: it has no text of its own
        return same_before or same_after
    return finding.address == decision.address or same_before or same_after


def _ruled(finding: ReportedFinding, decision: Decision, today: str, uses: list[Use]) -> ReportedFinding:
    if decision.expires is not None and today > decision.expires:
        uses.append(_use(decision, decided=1))
        reason = ReportedEvidence(f"A decision ({decision.verdict}: {decision.reason}) held until {decision.expires}.")
        return msgspec.structs.replace(finding, evidence=(*finding.evidence, reason))
    uses.append(_use(decision, decided=1))
    ruling = Ruling(decision.reason, decision.author, decision.date)
    return msgspec.structs.replace(finding, status=decision.verdict, decision=ruling)


def _use(decision: Decision, *, decided: int, refused: int = 0) -> Use:
    return Use(
        place=Span(0, 0),
        shown=f"the decision on {decision.rule} at “{decision.excerpt}”",
        rules=(decision.rule,),
        unknown=(),
        reason=decision.reason,
        ran=True,
        decided=decided,
        refused=refused,
    )
