"""The forms in which a report can be written, by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from auditor.contract import Rule
from auditor.report import DocumentReport, Fault, PairReport, Summary, Tool
from auditor.reporting import Writer
from auditor.reporting.texts import Texts
from auditor.settings import FailOn

Form = Literal["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "html"]


class Occasion(msgspec.Struct, frozen=True):
    """What a run is, apart from what it finds.

    tool          the program, and which rules and settings it runs with
    rules         the rules that were chosen
    fail_on       the least severity that makes a run fail
    texts         where its texts are to be had
    summarise     whether a text says at the end what the run came to
    step_summary  takes the summary of a job of GitHub Actions; None where nobody wants one
    """

    tool: Tool
    rules: Sequence[Rule]
    fail_on: FailOn
    texts: Texts
    summarise: bool = True
    step_summary: Callable[[str], object] | None = None


def writer_of(form: Form, write: Callable[[bytes], object], occasion: Occasion) -> Writer:
    """A writer of a report in one of the forms; each is loaded when it is first asked for."""
    if form == "json":
        from auditor.reporting.json import JsonWriter

        return JsonWriter(write, occasion.tool)
    if form == "jsonl":
        from auditor.reporting.jsonl import JsonLinesWriter

        return JsonLinesWriter(write)
    if form == "sarif":
        from auditor.reporting.sarif import SarifWriter

        return SarifWriter(write, occasion.tool, occasion.rules, occasion.texts)
    if form == "github":
        from auditor.reporting.github import GithubWriter

        return GithubWriter(write, occasion.texts, occasion.step_summary)
    if form == "gitlab":
        from auditor.reporting.gitlab import GitlabWriter

        return GitlabWriter(write, occasion.texts)
    if form == "junit":
        from auditor.reporting.junit import JunitWriter

        return JunitWriter(write, occasion.fail_on)
    if form == "html":
        from auditor.reporting.html import HtmlWriter

        return HtmlWriter(write, occasion.tool, occasion.texts)
    from auditor.reporting.text import PLAIN_WIDTH, TextWriter

    return TextWriter(
        lambda line: write(line.plain.encode("utf-8", "backslashreplace") + b"\n"),
        line_width=PLAIN_WIDTH,
        underline=False,
        summarise=occasion.summarise,
    )


class Several:
    """Writes one report in several forms at once."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self._writers = tuple(writers)

    def document(self, document: DocumentReport) -> None:
        """Write one document's part."""
        for writer in self._writers:
            writer.document(document)

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write what stands at the end."""
        faults, pairs = tuple(faults), tuple(pairs)
        for writer in self._writers:
            writer.end(faults, summary, pairs)
