"""auditor finds what OCR, conversion and hurried editing did to a text, before its readers do.

>>> from auditor import audit
>>> report = audit("## Article 1\\n\\nText.\\n")
>>> report.summary.documents
1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.contract import Example, Option, rule
    from auditor.document import Document, Source, Span
    from auditor.engine import audit
    from auditor.findings import Edit, Evidence, Finding, Fix
    from auditor.report import Report
    from auditor.settings import Settings

# Loaded on first use, so that `import auditor` (and the command's --version and --help) cost nothing.
_HOMES = {
    "Document": "auditor.document",
    "Edit": "auditor.findings",
    "Evidence": "auditor.findings",
    "Example": "auditor.contract",
    "Finding": "auditor.findings",
    "Fix": "auditor.findings",
    "Option": "auditor.contract",
    "Report": "auditor.report",
    "Settings": "auditor.settings",
    "Source": "auditor.document",
    "Span": "auditor.document",
    "audit": "auditor.engine",
    "rule": "auditor.contract",
}

__all__ = [
    "Document",
    "Edit",
    "Evidence",
    "Example",
    "Finding",
    "Fix",
    "Option",
    "Report",
    "Settings",
    "Source",
    "Span",
    "audit",
    "rule",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'auditor' has no attribute {name!r}")
