"""``auditor decide``: rule on findings, one by one or many at once, and keep the decisions."""

from __future__ import annotations

import datetime
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from auditor.cli.options import Given, project_from, settings_of, words
from auditor.report import ReportedFinding

if TYPE_CHECKING:
    from auditor.cli.audits import Desk
    from auditor.decisions.decision import Decision, Verdict

_BASELINE = "Was there when the baseline was taken."
_KEYS: dict[str, Verdict] = {"a": "accepted", "f": "false-alarm", "l": "later"}
_QUESTION = "[a]ccept as it stands, [f]alse alarm, [l]ater, [s]kip, [q]uit"


@click.command("decide")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--baseline", is_flag=True, help="Decide all open findings at once, as 'later' or as --verdict says.")
@click.option(
    "--verdict",
    type=click.Choice(["accepted", "false-alarm", "later"]),
    help="Decide all that are named by --rule and --finding, or all with --baseline, without asking.",
)
@click.option("--reason", help="Why. Every decision has a reason.")
@click.option("--rule", "rules", multiple=True, metavar="WORDS", help="Only findings of these rules or families.")
@click.option("--finding", "fingerprints", multiple=True, metavar="FINGERPRINT", help="Only the findings named so.")
@click.option("--author", help="Who decides. Without it: git's user.name, or the name of the account.")
@click.option("--expire", metavar="DATE", help="The last day on which the decisions hold, as YYYY-MM-DD.")
@click.option("--prune", is_flag=True, help="Take out decisions that meet nothing in these texts any more.")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The settings file.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    baseline: bool,
    verdict: Verdict | None,
    reason: str | None,
    rules: tuple[str, ...],
    fingerprints: tuple[str, ...],
    author: str | None,
    expire: str | None,
    prune: bool,
    config: Path | None,
) -> None:
    """Go through the open findings of the texts at each PATH and say of each what it is.

    Decisions are kept in the project's file of decisions, beside its settings. A decided finding stays in the
    report with its status and does not count. Exit status 0: done; 2: not all that was asked for could be done.
    """
    from auditor.cli.audits import Desk
    from auditor.plugins import load_rules

    wholesale = baseline or verdict is not None
    if not wholesale and not prune and not sys.stdin.isatty():
        raise click.UsageError(
            "there is no terminal to ask on. Say --verdict and --reason (with --rule or --finding), or --baseline."
        )
    if verdict is not None and not baseline and not (rules or fingerprints):
        raise click.UsageError("--verdict decides what --rule or --finding names; --baseline is for everything.")
    if wholesale and not baseline and not (reason or "").strip():
        raise click.UsageError("a decision needs a reason: say it with --reason.")
    if expire is not None:
        _check_date(expire)
    project = project_from(Given(config=config), paths)
    book = load_rules()
    settings_of(project, book)
    desk = Desk(project, book)
    named = words(rules)
    known = {name for rule in book.rules for name in (rule.name, rule.family)}
    if unknown := [name for name in named if name not in known]:
        raise click.UsageError(f"there is no rule or family named {unknown[0]!r}; 'auditor rules' lists them all.")
    signature: dict[str, Any] = {
        "author": author or _author(project.folder),
        "date": datetime.date.today().isoformat(),
        "expires": expire,
    }
    session = _Session(desk, named, frozenset(fingerprints), signature)
    if prune:
        session.prune(paths)
    elif wholesale:
        session.decide_all(paths, verdict or "later", (reason or "").strip() or _BASELINE)
    else:
        session.ask(paths, reason)
    ctx.exit(2 if desk.faults else 0)


def _check_date(day: str) -> None:
    try:
        datetime.date.fromisoformat(day)
    except ValueError as error:
        raise click.UsageError(f"--expire takes a day such as 2027-01-31, not {day!r}.") from error


def _author(folder: Path) -> str | None:
    """Who decides, as git knows it, else as the machine does."""
    import subprocess

    try:
        asked = subprocess.run(
            ["git", "-C", str(folder), "config", "user.name"], capture_output=True, text=True, check=False
        )
        named = asked.stdout.strip()
    except OSError:
        named = ""
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None  # nobody knows; a decision need not say


class _Asked(msgspec.Struct, frozen=True):
    """A finding that is asked about: how its text is called, its path in the project (of a finding between two texts
    also that of the second one), and the finding."""

    name: str
    path: str
    other: str | None
    finding: ReportedFinding


class _Session:
    """Decisions being made: each is written as soon as it is made."""

    def __init__(
        self, desk: Desk, rules: Sequence[str], fingerprints: frozenset[str], signature: dict[str, Any]
    ) -> None:
        self._desk = desk
        self._rules = rules
        self._fingerprints = fingerprints
        self._signature = signature
        self._kept = list(desk.decisions())

    def _open(self, paths: Sequence[str]) -> list[_Asked]:
        """The open findings that are asked about: those of each text, then those between texts that belong together."""
        found = list(self._desk.found(paths))
        asked = []
        for one in found:
            document = self._desk.document(one)
            report = None if document is None else self._desk.audited(document, one.path, self._kept)
            if report is not None:
                path = self._desk.project.name_of(one.path)
                asked += [_Asked(one.name, path, None, f) for f in report.findings if self._wanted(f)]
        for pair in self._desk.pairs(found):
            path, other = (self._desk.project.name_of(side.path) for side in (pair.a, pair.b))
            name = f"{pair.a.path} and {pair.b.path}"
            asked += [_Asked(name, path, other, f) for f in pair.findings if self._wanted(f)]
        return asked

    def _wanted(self, finding: ReportedFinding) -> bool:
        family = finding.rule.partition("/")[0]
        if finding.status != "open" or family == "decisions":  # what is about decisions, --prune answers
            return False
        named = not self._rules or finding.rule in self._rules or family in self._rules
        return named and (not self._fingerprints or finding.fingerprint in self._fingerprints)

    def _keep(self, decisions: Sequence[Decision]) -> None:
        from auditor.decisions.decision import encode_decisions
        from auditor.whole_file import write_whole

        path = self._desk.project.decisions
        self._kept.extend(decisions)
        try:
            write_whole(path, encode_decisions(self._kept))
        except OSError as error:
            raise click.ClickException(
                f"the decisions can't be written to {path} ({error.strerror or error}); the file is as it was."
            ) from error

    def decide_all(self, paths: Sequence[str], verdict: Verdict, reason: str) -> None:
        """The same decision for all."""
        from auditor.decisions.decision import decision_on

        new = [
            decision_on(asked.finding, asked.path, verdict, reason, other=asked.other, **self._signature)
            for asked in self._open(paths)
        ]
        if new:
            self._keep(new)
        number = "1 finding" if len(new) == 1 else f"{len(new):,} findings"
        click.echo(f"{number} decided as {verdict}, in {self._desk.project.decisions}.", err=True)

    def prune(self, paths: Sequence[str]) -> None:
        """Take out what meets nothing."""
        from auditor.decisions.decision import encode_decisions
        from auditor.decisions.matching import arranged, decide
        from auditor.decisions.today import today
        from auditor.whole_file import write_whole

        idle: set[tuple[str, str, str]] = set()
        for found in self._desk.found(paths):
            document = self._desk.document(found)
            report = None if document is None else self._desk.audited(document, found.path, ())
            if report is None:
                continue
            path = self._desk.project.name_of(found.path)
            for decision in self._kept:
                if decision.path != path or decision.other is not None or decision.rule not in report.rules.run:
                    continue
                alone = arranged([decision], lambda _: True)
                _, uses = decide(report.findings, alone, path, report.rules.run, today(), _none_moved())
                if not any(use.decided or use.refused for use in uses):
                    idle.add((decision.path, decision.rule, decision.fingerprint))
        left = [d for d in self._kept if (d.path, d.rule, d.fingerprint) not in idle]
        if idle:
            write_whole(self._desk.project.decisions, encode_decisions(left))
        click.echo(f"{len(self._kept) - len(left):,} taken out, {len(left):,} kept.", err=True)

    def ask(self, paths: Sequence[str], reason: str | None) -> None:
        """Show each finding and ask."""
        from auditor.decisions.decision import decision_on
        from auditor.reporting.terminal import terminal
        from auditor.reporting.text import finding_lines

        show, width = terminal(sys.stdout)
        last = reason or ""
        all_asked = self._open(paths)
        total = len(all_asked)
        for number, asked in enumerate(all_asked, 1):
            click.echo(f"\n{number} of {total}  {click.format_filename(asked.name)}")
            for line in finding_lines(asked.finding, width, underline=True):
                show(line)
            key = self._key()
            if key == "q":
                return
            if key == "s":
                continue
            last = self._reason(last)
            new = decision_on(asked.finding, asked.path, _KEYS[key], last, other=asked.other, **self._signature)
            self._keep([new])
        click.echo("\nThat was the last one." if total else "There is nothing to decide.")

    @staticmethod
    def _key() -> str:
        while True:
            key: str = click.prompt(_QUESTION, prompt_suffix=": ").strip().lower()[:1]
            if key in (*_KEYS, "s", "q"):
                return key

    @staticmethod
    def _reason(last: str) -> str:
        while True:
            reason: str = click.prompt("Why", default=last or None, prompt_suffix="? ").strip()
            if reason:
                return reason


def _none_moved() -> Any:
    from collections import Counter

    return Counter()
