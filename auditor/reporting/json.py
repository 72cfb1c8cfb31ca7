"""The report as JSON: the same bytes for the same report, in UTF-8, indented by two spaces.

The form is laid down in ``report.schema.json`` beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from auditor.report import SCHEMA_VERSION, DocumentReport, Fault, PairReport, Report, Summary, Tool

SCHEMA_PATH = Path(__file__).with_name("report.schema.json")


def schema_text() -> str:
    """The JSON Schema (2020-12) of reports, as it is shipped."""
    return SCHEMA_PATH.read_text(encoding="utf-8")


def schema_faults(instance: Any) -> list[tuple[str, str]]:
    """Where a decoded report departs from the schema: JSON pointer and reason, in the order of the report."""
    import json

    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(schema_text()))
    errors = sorted(validator.iter_errors(instance), key=lambda error: [str(part) for part in error.absolute_path])
    return [("/" + "/".join(str(part) for part in error.absolute_path), error.message) for error in errors]


def _indented(value: Any, depth: int) -> bytes:
    """``value`` as JSON whose lines after the first are indented by ``depth`` steps."""
    compact = msgspec.json.encode(value, order="deterministic")
    # A line feed inside a string is escaped in JSON, so that every one seen here is the formatter's.
    return msgspec.json.format(compact, indent=2).replace(b"\n", b"\n" + b"  " * depth)


class JsonWriter:
    """Writes a report piece by piece; what `encode` returns, written at once, is the same bytes."""

    def __init__(self, write: Callable[[bytes], object], tool: Tool) -> None:
        self._write = write
        self._documents = 0
        write(b'{\n  "schema_version": %s,\n' % _indented(SCHEMA_VERSION, 0))
        write(b'  "tool": %s,\n  "documents": [' % _indented(tool, 1))

    def document(self, document: DocumentReport) -> None:
        """Write one document's part."""
        self._write(b"%s\n    %s" % (b"," if self._documents else b"", _indented(document, 2)))
        self._documents += 1

    def end(self, faults: Iterable[Fault], summary: Summary, pairs: Iterable[PairReport] = ()) -> None:
        """Write what stands at the end of a report."""
        self._write(b"%s],\n" % (b"\n  " if self._documents else b""))
        self._write(b'  "pairs": %s,\n' % _indented(tuple(pairs), 1))
        self._write(b'  "errors": %s,\n' % _indented(tuple(faults), 1))
        self._write(b'  "summary": %s\n}\n' % _indented(summary, 1))


def encode(report: Report) -> bytes:
    """The report as JSON."""
    pieces: list[bytes] = []
    writer = JsonWriter(pieces.append, report.tool)
    for document in report.documents:
        writer.document(document)
    writer.end(report.errors, report.summary, report.pairs)
    return b"".join(pieces)


def decode(data: bytes) -> Report:
    """The report that ``data`` holds; raises msgspec.DecodeError when it holds none."""
    return msgspec.json.decode(data, type=Report)
