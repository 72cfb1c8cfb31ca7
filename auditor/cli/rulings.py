"""What a project decided, brought to the reports of a run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from msgspec.structs import replace

from auditor.decisions.decision import DecisionsError, read_decisions
from auditor.decisions.judging import pair_with_decisions, with_decisions
from auditor.decisions.matching import Decisions, arranged
from auditor.decisions.today import today
from auditor.engine import Audited
from auditor.project import Project
from auditor.report import PairReport
from auditor.settings import Chosen


class Rulings:
    """The decisions of a project during one run, which counts what decisions of texts that were moved are used for."""

    def __init__(self, project: Project, decisions: Decisions, chosen: Chosen) -> None:
        self._project = project
        self._decisions = decisions
        self._chosen = chosen
        self._moved: Counter[tuple[str, str]] = Counter()
        self._today = today()

    def on_text(self, audited: Audited) -> Audited:
        """The result of one text with what is decided of its findings."""
        if audited.document is None:
            return audited
        path = self._project.name_of(audited.document.path)
        document = with_decisions(audited.document, self._decisions, path, self._chosen, self._today, self._moved)
        return replace(audited, document=document)

    def on_pairs(self, pairs: tuple[PairReport, ...]) -> tuple[PairReport, ...]:
        """Comparisons with what is decided of their findings; a finding is of the first text."""
        return tuple(
            pair_with_decisions(pair, self._decisions, self._names(pair), self._today, self._moved) for pair in pairs
        )

    def _names(self, pair: PairReport) -> tuple[str, str]:
        return self._project.name_of(pair.a.path), self._project.name_of(pair.b.path)


def rulings_of(project: Project, chosen: Chosen) -> Rulings | None:
    """The decisions of a project; None where there are none. Raises click.UsageError for a file that can't be used."""
    try:
        found = read_decisions(project.decisions)
    except DecisionsError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        return None
    folder: Path = project.folder
    return Rulings(project, arranged(found, lambda path: (folder / path).exists()), chosen)
