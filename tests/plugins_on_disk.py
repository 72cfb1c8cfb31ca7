"""Packages of rules written to disk as an installer would leave them, so that entry points really find them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

RULE = '''
    """A rule made for a test.

    When it stays silent. Never.
    """
    from auditor.findings import Finding
    from auditor.document import Span
    from auditor.contract import rule

    @rule({name!r}, severity="warning", bad={{"en": ["⟦x⟧"]}}, good={{"en": ["y"]}})
    def check(document):
        {body}
        yield Finding({name!r}, "Found by a test.", Span(0, 1), data={data})
'''


def rule_source(name: str, body: str = "pass", data: str = "{}") -> str:
    """A module with one rule, which runs ``body`` and then reports the first character."""
    return dedent(RULE).format(name=name, body=body, data=data)


def install(folder: Path, plugin: str, **modules: str) -> None:
    """Write a distribution ``plugin`` with an entry point, a package of the same name, and these modules in it."""
    package = folder / plugin
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    for name, source in modules.items():
        (package / f"{name}.py").write_text(source, encoding="utf-8")
    metadata = folder / f"{plugin}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {plugin}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[auditor.rules]\n{plugin} = {plugin}\n", encoding="utf-8")
