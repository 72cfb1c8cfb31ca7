"""Headings, articles, numbers and points damaged on purpose, and whether the auditor says so.

Four tables. *Headings taken away*: reported under the right number, placed exactly, among the first three candidates,
and what a blind guess among the block starts between the neighbours would place. *Articles taken away*, heading and
text. *Numbers* swapped or repeated, *points* (b) taken away. "Surplus" counts findings of the families structure and
numbering that the untouched text does not have and that no damage explains.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import click
import msgspec

from auditor import audit
from auditor.report import ReportedFinding
from benchmarks import damage
from benchmarks.corpora import Text, load
from benchmarks.damage import Damaged, Loss
from benchmarks.table import percent, print_table

FAMILIES = frozenset({"structure", "numbering"})
HEADING = "structure/missing-heading"
DIVISION = "structure/missing-division"
_CASES = 200
_FEWEST_ARTICLES = 8
_NUMBERS = re.compile(r"\d+(?:\.\d+)*|[一二三四五六七八九十百零〇]+")


class Plan(msgspec.Struct, frozen=True):
    """What the benchmark is to do.

    limit   documents per corpus, from the first; None: all
    rounds  times that each document is damaged, every time elsewhere; None: as many as give some 200 cases
    show    failing cases to print per row of a table
    corpora names of the corpora; empty: all that have a pattern for their headings
    """

    limit: int | None = None
    rounds: int | None = None
    show: int = 0
    corpora: tuple[str, ...] = ()


class Case(msgspec.Struct):
    """One loss, and what was said of it."""

    text: Text
    damaged: str
    loss: Loss
    found: ReportedFinding | None = None
    wrong_rule: ReportedFinding | None = None
    near: tuple[ReportedFinding, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the finding's place is where the loss is."""
        return self.found is not None and same_place(self.damaged, self.found.span.start, self.loss.place)

    @property
    def among_three(self) -> bool:
        """Whether the place is among the finding's first three candidates."""
        if self.found is None:
            return False
        starts = [candidate["start"] for candidate in self.found.data.get("candidates", ())[:3]]
        return self.exact or any(same_place(self.damaged, start, self.loss.place) for start in starts)


class Outcome(msgspec.Struct):
    """The cases of one row, and the findings that nothing explains."""

    cases: list[Case] = []
    surplus: list[tuple[Text, ReportedFinding]] = []
    faults: list[str] = []
    runs: int = 0


def same_place(text: str, first: int, second: int) -> bool:
    """Whether only white space and marks of a list or heading stand between two places."""
    low, high = sorted((first, second))
    return high - low < 40 and not text[low:high].strip(" \t\r\n\u3000\xa0#-*>")


def numbers_of(label: object) -> set[tuple[int, ...]]:
    """The numbers that a label names: "Article 4" has one, "Articles 4 to 6" three."""
    numbers = [damage.value_of(number) for number in _NUMBERS.findall(str(label))]
    if len(numbers) == 2 and numbers[0][:-1] == numbers[1][:-1] and numbers[0] < numbers[1]:
        return {(*numbers[0][:-1], last) for last in range(numbers[0][-1], numbers[1][-1] + 1)}
    return set(numbers)


def findings_of(text: Text, outcome: Outcome | None = None) -> list[ReportedFinding]:
    """What the default rules of structure and numbering say of a text."""
    report = audit(text.source())
    if outcome is not None:
        outcome.faults.extend(fault.message.removeprefix(f"{fault.path}: ") for fault in report.errors)
    return [
        finding
        for document in report.documents
        for finding in document.findings
        if finding.rule.partition("/")[0] in FAMILIES
    ]


def _key(finding: ReportedFinding) -> tuple[str, str, str, str]:
    label = str(finding.data.get("label", ""))
    return finding.rule, label, finding.excerpt.match, finding.excerpt.after[:20]


class Untouched:
    """Findings in the texts as they are, each text audited once."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], Counter[tuple[str, str, str, str]]] = {}

    def new(self, text: Text, findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
        """The findings that the untouched text does not have."""
        name = (text.corpus, text.name)
        if name not in self._keys:
            self._keys[name] = Counter(_key(finding) for finding in findings_of(text))
        left = self._keys[name].copy()
        new = []
        for finding in findings:
            if left[_key(finding)] > 0:
                left[_key(finding)] -= 1
            else:
                new.append(finding)
        return new


def match_labels(
    text: Text, damaged: Damaged, findings: Sequence[ReportedFinding], right: str, wrong: str
) -> tuple[list[Case], set[int]]:
    """The cases of one damaged text, and which findings (by index) they explain.

    A finding answers a loss when it names its number; among several the nearest.
    """
    taken: set[int] = set()
    cases = []
    for loss in damaged.losses:
        case = Case(text, damaged.text, loss)
        answers = {
            rule: [
                at
                for at, finding in enumerate(findings)
                if finding.rule == rule and loss.value in numbers_of(finding.data.get("label", ""))
            ]
            for rule in (right, wrong)
        }
        for rule, indexes in answers.items():
            unused = [at for at in indexes if at not in taken] or indexes
            if unused:
                nearest = min(unused, key=lambda at: abs(findings[at].span.start - loss.place))
                taken.add(nearest)
                if rule == right:
                    case.found = findings[nearest]
                else:
                    case.wrong_rule = findings[nearest]
                break
        case.near = tuple(sorted(findings, key=lambda f: abs(f.span.start - loss.place))[:3])
        cases.append(case)
    return cases, taken


def match_places(
    text: Text, damaged: Damaged, new: Sequence[ReportedFinding], rules: frozenset[str], reach: int
) -> tuple[Case, set[int]]:
    """The case of a text with one damage, answered by any new finding of the rules at the losses' places.

    At a place means: its span or one of its places begins less than ``reach`` characters away, or a span contains it.
    """
    near = [at for at, finding in enumerate(new) if any(_at(finding, loss, reach) for loss in damaged.losses)]
    case = Case(text, damaged.text, damaged.losses[0], near=tuple(new[at] for at in near[:3]))
    for at in near:
        if new[at].rule in rules:
            case.found = case.found or new[at]
        else:
            case.wrong_rule = case.wrong_rule or new[at]
    return case, set(near)


def _at(finding: ReportedFinding, loss: Loss, reach: int) -> bool:
    spans = [finding.span, *(place.span for place in finding.places)]
    return any(span.touches(loss.place) or abs(span.start - loss.place) < reach for span in spans)


def _corpora(plan: Plan) -> list[str]:
    return [corpus for corpus in damage.PATTERNS if not plan.corpora or corpus in plan.corpora]


def _texts(corpus: str, data: Path, plan: Plan) -> list[Text]:
    texts = load(data, corpus)
    with_articles = [t for t in texts if len(damage.article_headings(t)) >= _FEWEST_ARTICLES]
    return with_articles[: plan.limit]


def _rounds(texts: Sequence[Text], plan: Plan, cases_a_run: int) -> Iterator[tuple[Text, Random]]:
    rounds = plan.rounds or max(1, -(-_CASES // (cases_a_run * max(len(texts), 1))))
    for number in range(rounds):
        for text in texts:
            yield text, Random(f"{text.corpus}/{text.name}/{number}")


def _label_row(
    texts: Sequence[Text],
    plan: Plan,
    choice: damage.Choice,
    which: Callable[[Sequence[damage.Heading], Random], Sequence[int]],
    rules: tuple[str, str],
    untouched: Untouched,
    cases_a_run: int = 3,
) -> Outcome:
    outcome = Outcome()
    for text, rng in _rounds(texts, plan, cases_a_run):
        headings = damage.article_headings(text)
        chosen = which(headings, rng)
        if not chosen:
            continue
        damaged = damage.take_away(text, choice(text, headings, chosen))
        new = untouched.new(text, findings_of(text.with_text(damaged.text), outcome))
        cases, taken = match_labels(text, damaged, new, *rules)
        outcome.runs += 1
        outcome.cases.extend(cases)
        outcome.surplus.extend((text, finding) for at, finding in enumerate(new) if at not in taken)
    return outcome


def _one_opening(headings: Sequence[damage.Heading], rng: Random) -> Sequence[int]:
    openings = damage.openings(headings)
    return (rng.choice(openings),) if openings else ()


def _variants(corpus: str) -> Iterator[tuple[str, damage.Choice]]:
    if corpus in ("un-charter", "bbnj"):
        yield "heading", damage.number_line_cuts
        return
    yield "heading", damage.line_cuts
    if corpus == "tota":
        yield "title kept", damage.number_line_cuts
    if corpus == "ie-en":
        yield "number in text too", damage.bare_cuts


def headings_table(data: Path, plan: Plan) -> None:
    """Headings taken away, the text kept."""
    untouched = Untouched()
    rows = []
    shown: list[tuple[str, Outcome]] = []
    for corpus in _corpora(plan):
        texts = _texts(corpus, data, plan)
        for variant, choice in _variants(corpus):
            for series, which, cases_a_run in (("", damage.chosen, 3), ("first of its series", _one_opening, 1)):
                if series and variant != "heading":
                    continue
                outcome = _label_row(texts, plan, choice, which, (HEADING, DIVISION), untouched, cases_a_run)
                name = f"{corpus}: {series or variant}"
                rows.append(_heading_row(name, outcome))
                shown.append((name, outcome))
    header = ("corpus", "texts", "cases", "right label", "exact", "in first 3", "chance", "as division", "surplus/run")
    print_table("Headings taken away, text kept", header, rows)
    for name, outcome in shown:
        _show(f"headings, {name}", outcome, plan.show, lambda case: case.exact)


def _heading_row(name: str, outcome: Outcome) -> tuple[object, ...]:
    cases = outcome.cases
    chance = sum(1 / case.loss.boundaries for case in cases)
    return (
        name,
        len({case.text.name for case in cases}),
        len(cases),
        percent(sum(case.found is not None for case in cases), len(cases)),
        percent(sum(case.exact for case in cases), len(cases)),
        percent(sum(case.among_three for case in cases), len(cases)),
        percent(chance, len(cases)),
        percent(sum(case.wrong_rule is not None for case in cases), len(cases)),
        len(outcome.surplus) / max(outcome.runs, 1),
    )


def divisions_table(data: Path, plan: Plan) -> None:
    """Articles taken away, heading and text."""
    untouched = Untouched()
    rows = []
    shown: list[tuple[str, Outcome]] = []
    for corpus in _corpora(plan):
        texts = _texts(corpus, data, plan)
        outcome = _label_row(texts, plan, damage.article_cuts, damage.chosen, (DIVISION, HEADING), untouched)
        cases = outcome.cases
        rows.append(
            (
                corpus,
                len({case.text.name for case in cases}),
                len(cases),
                percent(sum(case.found is not None for case in cases), len(cases)),
                percent(sum(case.wrong_rule is not None for case in cases), len(cases)),
                len(outcome.surplus) / max(outcome.runs, 1),
            )
        )
        shown.append((corpus, outcome))
    header = ("corpus", "texts", "cases", "right label", "as heading", "surplus/run")
    print_table("Articles taken away, heading and text", header, rows)
    for name, outcome in shown:
        _show(f"articles, {name}", outcome, plan.show, lambda case: case.found is not None)


_NUMBER_DAMAGE: tuple[tuple[str, frozenset[str]], ...] = (
    ("swapped", frozenset({"numbering/out-of-order"})),
    ("repeated", frozenset({"numbering/repeated"})),
    ("point (b) gone", frozenset({"numbering/gap", "numbering/lone-point"})),
    ("mark (b) gone", frozenset({"numbering/gap", "numbering/lone-point", "numbering/detached-enumerator"})),
)


def _number_damage(kind: str, text: Text, rng: Random) -> tuple[Damaged, int] | None:
    """The damaged text and how far from the place a finding may begin."""
    if kind in ("swapped", "repeated"):
        headings = damage.article_headings(text)
        candidates = [at for at in damage.inner(headings) if at + 1 in set(damage.inner(headings))]
        if len(headings) < _FEWEST_ARTICLES or not candidates:
            return None
        at = rng.choice(candidates)
        if kind == "swapped":
            return damage.swap_numbers(text, headings, at), 40
        return damage.repeat_number(text, headings, at), 40
    points = damage.points(text)
    if not points:
        return None
    point = rng.choice(points)
    damaged = damage.take_point(text, point, keep_text=kind.startswith("mark"))
    return damaged, point.end - point.before + 80


def numbers_table(data: Path, plan: Plan) -> None:
    """Numbers swapped and repeated, points taken away; one damage a text."""
    untouched = Untouched()
    rows = []
    shown: list[tuple[str, Outcome]] = []
    for corpus in _corpora(plan):
        texts = load(data, corpus, plan.limit)
        for kind, rules in _NUMBER_DAMAGE:
            outcome = Outcome()
            able = [text for text in texts if _number_damage(kind, text, Random(0)) is not None]
            for text, rng in _rounds(able, plan, 2):
                made = _number_damage(kind, text, rng)
                if made is None:
                    continue
                damaged, reach = made
                new = untouched.new(text, findings_of(text.with_text(damaged.text), outcome))
                case, explained = match_places(text, damaged, new, rules, reach)
                outcome.runs += 1
                outcome.cases.append(case)
                outcome.surplus.extend((text, f) for at, f in enumerate(new) if at not in explained)
            cases = outcome.cases
            if not cases:
                continue
            answered = sum(case.found is not None or case.wrong_rule is not None for case in cases)
            others = Counter(c.wrong_rule.rule for c in cases if c.found is None and c.wrong_rule is not None)
            rows.append(
                (
                    f"{corpus}: {kind}",
                    len(able),
                    len(cases),
                    percent(sum(case.found is not None for case in cases), len(cases)),
                    percent(answered, len(cases)),
                    len(outcome.surplus) / max(outcome.runs, 1),
                    ", ".join(f"{rule} {count}" for rule, count in others.most_common(3)) or "–",
                )
            )
            shown.append((f"{corpus}: {kind}", outcome))
    header = ("corpus", "texts", "cases", "right rule", "any rule", "surplus/run", "other rules instead")
    print_table("Numbers swapped or repeated, points taken away", header, rows)
    for name, outcome in shown:
        _show(f"numbers, {name}", outcome, plan.show, lambda case: case.found is not None)


def _show(title: str, outcome: Outcome, most: int, well: Callable[[Case], bool]) -> None:
    """Failing cases and surplus findings, for reading; faults always."""
    for fault, count in Counter(outcome.faults).most_common(5):
        click.echo(f"  fault ({count} times), {title}: {fault}")
    if not most:
        return
    failing = [case for case in outcome.cases if not well(case)]
    for case in failing[:most]:
        click.echo(f"\n--- {title}: {case.text.name}, {_what(case)}")
        click.echo(f"    lost: {case.loss.number}, {case.loss.boundaries} starts of blocks to choose from")
        click.echo(f"    before: {_around(case.damaged, case.loss.place - 160, case.loss.place)}")
        click.echo(f"    after:  {_around(case.damaged, case.loss.place, case.loss.place + 160)}")
        answers = [case.found] if case.found else list(case.near)
        for finding in answers:
            click.echo(f"    {_described(finding, case.damaged)}")
    for text, finding in outcome.surplus[:most]:
        click.echo(f"\n--- {title}: surplus in {text.name}")
        click.echo(f"    {_described(finding, None)}")


def _what(case: Case) -> str:
    if case.found is not None:
        return "among the first three" if case.among_three else "placed elsewhere"
    return f"reported as {case.wrong_rule.rule}" if case.wrong_rule is not None else "not reported; nearest findings:"


def _described(finding: ReportedFinding, damaged: str | None) -> str:
    around = f"{finding.excerpt.before}⟦{finding.excerpt.match}⟧{finding.excerpt.after}"
    lines = [
        f"{finding.rule} {finding.data.get('label', '')} ({finding.confidence}) line {finding.range.start.line}: "
        f"{finding.message}",
        f"  at: {around}",
    ]
    lines.extend(f"  because: {evidence.message}" for evidence in finding.evidence)
    if damaged is not None:
        lines.extend(
            f"  candidate {c['confidence']}: {_around(damaged, c['start'], c['start'] + 60)}"
            for c in finding.data.get("candidates", ())[:4]
        )
    return "\n      ".join(lines)


def _around(text: str, start: int, end: int) -> str:
    return repr(text[max(start, 0) : max(end, 0)])


#: The tables by name.
KINDS: dict[str, Callable[[Path, Plan], None]] = {
    "headings": headings_table,
    "articles": divisions_table,
    "numbers": numbers_table,
}


def report(data: Path, kind: str, plan: Plan) -> None:
    """Print one of the tables."""
    KINDS[kind](data, plan)
