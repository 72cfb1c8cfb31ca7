"""The language server: findings in an editor's window while the text is written (LSP 3.17, over standard streams).

Diagnostics with their ranges, the explanation of a rule on hovering, and code actions that carry a remedy out or decide
a finding. Needs the extra ``lsp``. Positions are those of the protocol: lines from 0, columns in UTF-16 units.
"""

from __future__ import annotations

import asyncio
import datetime
from bisect import bisect_right
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import msgspec
from lsprotocol import types
from pygls.lsp.server import LanguageServer

from auditor.cli.audits import Desk
from auditor.decisions.decision import VERDICTS, decision_on, encode_decisions
from auditor.document import Source, Span
from auditor.plugins import load_rules
from auditor.project import find_project
from auditor.reading import Unreadable, read
from auditor.reading.sources import media_type
from auditor.report import DocumentReport, ReportedFinding
from auditor.settings import SettingsError
from auditor.whole_file import write_whole

DECIDE = "auditor.decide"

#: How long nothing must have been typed before the text is audited, in seconds.
_PAUSE = 0.3

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_TITLES = {
    "accepted": "Right as it stands",
    "false-alarm": "False alarm",
    "later": "To be mended later",
}


class Columns:
    """Offsets of a text (code points) as the protocol's positions, and back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for at, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
                self._starts.append(at + 1)

    def position(self, offset: int) -> types.Position:
        """The position of a code point."""
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset]
        return types.Position(line, len(before) + sum(character > "\uffff" for character in before))

    def range(self, span: Span) -> types.Range:
        """A span as a range."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The code point at a position; past the end of its line, the line's end."""
        if position.line >= len(self._starts):
            return len(self._text)
        at, units = self._starts[position.line], 0
        end = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self._text)
        while at < end and units < position.character:
            units += 2 if self._text[at] > "\uffff" else 1
            at += 1
        return at


class Audited(msgspec.Struct, frozen=True):
    """What is known of an open text: its report, and how its offsets are positions."""

    version: int | None
    path: str
    report: DocumentReport
    columns: Any


def path_of(uri: str) -> str:
    """The path of a file by its URI; of a text that is no file yet, a name by which settings can be looked up."""
    parts = urlparse(uri)
    return unquote(parts.path) if parts.scheme == "file" else str(Path.cwd() / "untitled.md")


def server() -> LanguageServer:
    """The server, ready to be started."""
    serving = LanguageServer("auditor", version("auditor"))
    known: dict[str, Audited] = {}
    pending: dict[str, asyncio.Task[None]] = {}

    def desk_of(path: str) -> Desk:
        return Desk(find_project([path]), load_rules())

    def audit(uri: str) -> Audited | None:
        document = serving.workspace.get_text_document(uri)
        path = path_of(uri)
        data = document.source.encode("utf-8", "surrogatepass")
        desk = desk_of(path)
        kind = media_type(path, data)
        if document.language_id == "markdown":
            kind = "text/markdown"
        parsed = read(Source(path, data, kind), desk.orders_for(path)[1].guidance)
        report = desk.audited(parsed, path, desk.decisions())
        return None if report is None else Audited(document.version, path, report, Columns(parsed.text))

    async def refresh(uri: str, *, pause: float = 0.0) -> None:
        await asyncio.sleep(pause)
        try:
            audited = await asyncio.to_thread(audit, uri)
        except (Unreadable, SettingsError, OSError) as error:
            serving.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"auditor: {error}"))
            return
        if audited is None:
            return
        known[uri] = audited
        findings = [finding for finding in audited.report.findings if finding.status == "open"]
        serving.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri, [_diagnostic(finding, audited.columns, uri) for finding in findings], audited.version
            )
        )

    def schedule(uri: str, pause: float) -> None:
        if uri in pending:
            pending[uri].cancel()
        pending[uri] = asyncio.ensure_future(refresh(uri, pause=pause))

    @serving.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(_: LanguageServer, params: types.DidOpenTextDocumentParams) -> None:
        schedule(params.text_document.uri, 0)

    @serving.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(_: LanguageServer, params: types.DidChangeTextDocumentParams) -> None:
        schedule(params.text_document.uri, _PAUSE)

    @serving.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(_: LanguageServer, params: types.DidSaveTextDocumentParams) -> None:
        schedule(params.text_document.uri, 0)

    @serving.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(_: LanguageServer, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if uri in pending:
            pending.pop(uri).cancel()
        known.pop(uri, None)
        serving.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @serving.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(_: LanguageServer, params: types.HoverParams) -> types.Hover | None:
        audited = known.get(params.text_document.uri)
        if audited is None:
            return None
        at = audited.columns.offset(params.position)
        here = [finding for finding in _open(audited) if any(span.touches(at) for span in _spans(finding))]
        if not here:
            return None
        text = "\n\n---\n\n".join(_explained(finding) for finding in here)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))

    @serving.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def actions(_: LanguageServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        audited = known.get(uri)
        if audited is None:
            return []
        start, end = audited.columns.offset(params.range.start), audited.columns.offset(params.range.end)
        meant = Span(start, max(start, end))
        found = [f for f in _open(audited) if any(_meets(span, meant) for span in _spans(f))]
        return [action for finding in found for action in _actions(finding, audited, uri)]

    @serving.command(DECIDE)
    async def decide(_: LanguageServer, uri: str, fingerprint: str, verdict: str, reason: str) -> bool:
        audited = known.get(uri)
        finding = next((f for f in _open(audited) if f.fingerprint == fingerprint), None) if audited else None
        if audited is None or finding is None or verdict not in VERDICTS:
            return False
        desk = desk_of(audited.path)
        name = desk.project.name_of(audited.path)
        day = datetime.date.today().isoformat()
        new = decision_on(finding, name, verdict, reason, date=day)
        write_whole(desk.project.decisions, encode_decisions((*desk.decisions(), new)))
        await refresh(uri)
        return True

    return serving


def _open(audited: Audited) -> list[ReportedFinding]:
    return [finding for finding in audited.report.findings if finding.status == "open"]


def _spans(finding: ReportedFinding) -> list[Span]:
    return [finding.span, *(place.span for place in finding.places)]


def _meets(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _diagnostic(finding: ReportedFinding, columns: Columns, uri: str) -> types.Diagnostic:
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, columns.range(evidence.span)), evidence.message)
        for evidence in finding.evidence
        if evidence.span is not None
    ]
    related += [
        types.DiagnosticRelatedInformation(types.Location(uri, columns.range(place.span)), "The same here.")
        for place in finding.places
    ]
    return types.Diagnostic(
        columns.range(finding.span),
        finding.message,
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source="auditor",
        related_information=related,
        data=finding.fingerprint,
    )


def _explained(finding: ReportedFinding) -> str:
    """A finding with its reasons, and what its rule is about."""
    rule = load_rules().get(finding.rule)
    reasons = "".join(f"\n- {evidence.message}" for evidence in finding.evidence)
    about = f"\n\n{rule.explanation}" if rule is not None else ""
    return f"**{finding.rule}**: {finding.message}\n{reasons}{about}"


def _actions(finding: ReportedFinding, audited: Audited, uri: str) -> list[types.CodeAction]:
    diagnostic = _diagnostic(finding, audited.columns, uri)
    remedies = [
        types.CodeAction(
            fix.message,
            types.CodeActionKind.QuickFix,
            [diagnostic],
            is_preferred=fix.applicability == "safe",
            edit=types.WorkspaceEdit(
                {
                    uri: [
                        types.TextEdit(audited.columns.range(Span(edit.start, edit.end)), edit.text)
                        for edit in fix.edits
                    ]
                }
            ),
        )
        for fix in finding.fixes
        if fix.edits
    ]
    rulings = [
        types.CodeAction(
            f"{title} ({finding.rule})",
            types.CodeActionKind.QuickFix,
            [diagnostic],
            command=types.Command(title, DECIDE, arguments=[uri, finding.fingerprint, verdict, f"{title}."]),
        )
        for verdict, title in _TITLES.items()
    ]
    return [*remedies, *rulings]
