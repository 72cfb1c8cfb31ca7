"""The language server, met over its streams by a client as an editor has one."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the extra 'lsp' is not installed")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from auditor.language_server import DECIDE, Columns

TEXT = "# 😀 Letter\n\n😀 See document $A_{76/740}$ of the Assembly, which was issued in March of that year.\n"


class Window:
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        self.client = LanguageClient("a test", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

    async def diagnostics(self) -> list[types.Diagnostic]:
        return list((await asyncio.wait_for(self.told.get(), 60)).diagnostics)


def in_a_window(session: Callable[[Window, str], Awaitable[None]], path: Path) -> None:
    async def run() -> None:
        window = Window()
        await window.client.start_io(sys.executable, "-m", "auditor", "lsp")
        await window.client.initialize_async(
            types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=path.parent.as_uri())
        )
        window.client.initialized(types.InitializedParams())
        uri = path.as_uri()
        window.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, path.read_text("utf-8")))
        )
        try:
            await session(window, uri)
        finally:
            await window.client.shutdown_async(None)
            window.client.exit(None)
            await window.client.stop()

    asyncio.run(run())


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_findings_come_with_ranges_reasons_remedies_and_decisions(letter: Path) -> None:
    async def session(window: Window, uri: str) -> None:
        (found,) = await window.diagnostics()
        assert (found.code, found.source) == ("references/symbol-damaged", "auditor")
        # "😀 See document " is sixteen units of UTF-16: the emoji is two.
        assert (found.range.start, found.range.end) == (types.Position(2, 16), types.Position(2, 28))

        identifier = types.TextDocumentIdentifier(uri)
        hover = await window.client.text_document_hover_async(types.HoverParams(identifier, found.range.start))
        assert hover is not None
        assert "Why it matters" in hover.contents.value  # type: ignore[union-attr]
        nothing = await window.client.text_document_hover_async(types.HoverParams(identifier, types.Position(0, 1)))
        assert nothing is None

        context = types.CodeActionContext([found])
        asked = types.CodeActionParams(identifier, found.range, context)
        actions: Any = await window.client.text_document_code_action_async(asked)
        # The client reads an action that carries a command as that command.
        edits = [action.edit.changes[uri] for action in actions if isinstance(action, types.CodeAction)]
        assert [(edit.range, edit.new_text) for (edit,) in edits] == [(found.range, "A/76/740")]

        assert "Right as it stands (references/symbol-damaged)" in [action.title for action in actions]
        arguments = [uri, found.data, "accepted", "The original has it so."]
        done = await window.client.workspace_execute_command_async(types.ExecuteCommandParams(DECIDE, arguments))
        assert done is True
        assert await window.diagnostics() == []

    in_a_window(session, letter)
    (line,) = (letter.parent / "auditor.decisions.jsonl").read_text("utf-8").splitlines()
    decision = json.loads(line)
    assert (decision["path"], decision["verdict"]) == ("letter.md", "accepted")


def test_what_is_typed_is_audited_and_a_closed_text_has_no_findings(letter: Path) -> None:
    async def session(window: Window, uri: str) -> None:
        assert len(await window.diagnostics()) == 1
        for number, text in enumerate((TEXT.replace("$A_{76/740}$", "A/76/740"), TEXT), 2):
            window.client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(number, uri),
                    [types.TextDocumentContentChangeWholeDocument(text)],
                )
            )
            assert len(await window.diagnostics()) == number - 2
        window.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await window.diagnostics() == []

    in_a_window(session, letter)


def test_settings_that_can_not_be_read_are_said_and_the_server_goes_on(letter: Path) -> None:
    settings = letter.parent / "auditor.toml"
    settings.write_text("selct = []\n", "utf-8")

    async def session(window: Window, uri: str) -> None:
        said: asyncio.Queue[types.ShowMessageParams] = asyncio.Queue()

        @window.client.feature(types.WINDOW_SHOW_MESSAGE)
        def show(params: types.ShowMessageParams) -> None:
            said.put_nowait(params)

        message = await asyncio.wait_for(said.get(), 60)
        assert "did you mean 'select'?" in message.message
        settings.unlink()
        window.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert len(await window.diagnostics()) == 1

    in_a_window(session, letter)


def test_positions_count_lines_and_units_as_the_protocol_does() -> None:
    text = "a\r\n😀é\rb\n"
    columns = Columns(text)
    places = [columns.position(at) for at in range(len(text) + 1)]
    assert [(p.line, p.character) for p in places] == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (1, 3), (2, 0), (2, 1), (3, 0),
    ]  # fmt: skip
    assert [columns.offset(place) for place in places] == list(range(len(text) + 1))
    assert columns.offset(types.Position(9, 0)) == len(text)
