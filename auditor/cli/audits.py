"""What `fix`, `decide` and `lsp` have in common with `check`: texts, the settings that hold for them, and decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click
import msgspec

from auditor.decisions.decision import Decision, DecisionsError, read_decisions
from auditor.decisions.judging import with_decisions
from auditor.decisions.matching import arranged
from auditor.decisions.today import today
from auditor.document import Document, Source
from auditor.engine import Audited, audit_document
from auditor.plugins import RuleBook
from auditor.project import Project
from auditor.reading import Unreadable, read, source_from_path
from auditor.reading.discover import STANDARD_INPUT, Found, discover
from auditor.report import DocumentReport, Fault, PairReport
from auditor.settings import Chosen, Settings, choose


class Desk:
    """Texts with their settings and decisions, one at a time. ``faults`` gathers what could not be done."""

    def __init__(self, project: Project, book: RuleBook) -> None:
        self.project = project
        self.book = book
        self.faults: list[Fault] = [Fault(fault.message) for fault in book.faults]
        self._orders: dict[tuple[int, ...], tuple[Chosen, Settings]] = {}

    def orders_for(self, path: str) -> tuple[Chosen, Settings]:
        """The rules and settings that hold for the text at a path."""
        holds = self.project.overrides_for(path)
        if holds not in self._orders:
            settings = self.project.settings_for(path)
            self._orders[holds] = (choose(self.book, settings), settings)
        return self._orders[holds]

    def decisions(self) -> tuple[Decision, ...]:
        """The project's decisions; raises click.UsageError for a file that can't be used."""
        try:
            return read_decisions(self.project.decisions)
        except DecisionsError as error:
            raise click.UsageError(str(error)) from error

    def found(self, paths: Sequence[str]) -> Iterator[Found]:
        """The files at the paths; standard input is none."""
        for item in discover(paths, globs=self.project.includes, excludes=self.project.excludes):
            if not isinstance(item, Found):
                self.say(Fault(f"{item.name}: {item.what}. {item.remedy}", item.name))
            elif item.path == STANDARD_INPUT:
                raise click.UsageError("this command changes files or decides on them; standard input is none.")
            else:
                yield item

    def document(self, found: Found) -> Document | None:
        """The document in a file; None, with a fault, where it can't be read."""
        try:
            return read(source_from_path(found.path), self.orders_for(found.path)[1].guidance)
        except Unreadable as error:
            self.say(Fault(str(error), found.name))
            return None

    def audited(self, document: Document, path: str, decisions: Sequence[Decision]) -> DocumentReport | None:
        """The report on a document with the decisions on its findings; None where it could not be made."""
        chosen, settings = self.orders_for(path)
        result: Audited = audit_document(document, chosen, settings)
        for fault in result.faults:
            self.say(fault)
        if result.document is None or not decisions:
            return result.document
        known = arranged(decisions, lambda name: (self.project.folder / name).exists())
        name = self.project.name_of(path)
        return with_decisions(result.document, known, name, chosen, today(), Counter())

    def pairs(self, found: Sequence[Found]) -> Iterator[PairReport]:
        """The comparisons of those of the texts that belong together, with the decisions on their findings."""
        from auditor.cli.rulings import rulings_of
        from auditor.pairing import pairs_among
        from auditor.side_by_side import compare_together

        settings = self.project.settings_for()
        chosen = choose(self.book, settings)
        if len(found) < 2 or not any(rule.scope == "pair" for rule, _ in chosen.rules):
            return
        groups, unpaired = pairs_among([self.project.name_of(one.path) for one in found], settings.parallel)
        for table in unpaired:
            self.say(Fault(table.message))
        rulings = rulings_of(self.project, chosen)
        for pairs, faults in compare_together(groups, found, chosen, settings):
            for fault in faults:
                self.say(fault)
            yield from pairs if rulings is None else rulings.on_pairs(pairs)

    def again(self, document: Document, text: str, path: str, decisions: Sequence[Decision]) -> DocumentReport:
        """The report on what a document would be with another text."""
        data = text.encode("utf-8", "surrogatepass")
        source = Source(document.name, data, document.source.media_type)
        other = read(source, self.orders_for(path)[1].guidance)
        report = self.audited(other, path, decisions)
        assert report is not None, "a document that was read has a report"
        return report

    def say(self, fault: Fault) -> None:
        """Tell of something that could not be done, and count it."""
        self.faults.append(msgspec.structs.replace(fault, detail=None))
        click.echo(f"auditor: {fault.message}", err=True)
