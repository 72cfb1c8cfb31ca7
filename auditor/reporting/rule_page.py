"""A rule explained, as Markdown: the page of the rule reference, and what ``auditor explain`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.contract import Example, Rule

_CODE = re.compile(r"``([^`\n]+)``")
_TITLE = re.compile(r"^(Why it matters|How it decides|When it stays silent|Sources)\.", re.MULTILINE)
_MARKUP = re.compile(r"([\\`<*_$\[\]])")
_MEANING = {
    "error": "error (the text is damaged or wrong)",
    "warning": "warning (the text is very probably wrong)",
    "info": "info (worth a look)",
}


def _markdown(docstring: str) -> str:
    """A docstring as Markdown: what would be markup in it is text, code stands between single backquotes."""
    pieces = _CODE.split(docstring)
    pieces[::2] = [_TITLE.sub(r"**\1.**", _MARKUP.sub(r"\\\1", piece)) for piece in pieces[::2]]
    pieces[1::2] = [f"`{code}`" for code in pieces[1::2]]
    return "".join(pieces)


def _text(docstring: str) -> str:
    return _CODE.sub(r"`\1`", docstring)


def _facts(rule: Rule) -> Iterator[str]:
    yield f"- Severity: {_MEANING[rule.severity]}"
    languages = ", ".join(sorted(rule.languages)) or "any; it does not depend on the language"
    yield f"- Languages: {languages}"
    if rule.preview:
        yield "- Not in the default set yet: it runs with `--preview`, or when it is selected by name"
    if rule.needs:
        yield f"- Needs: {', '.join(sorted(rule.needs))}; without them it is skipped, and the report says so"
    if rule.explains:
        explained = ", ".join(f"`{name}`" for name in rule.explains)
        yield f"- Takes in, at the same place, what is found by: {explained}"


def _fenced(example: Example) -> Iterator[str]:
    runs = [len(run) for run in re.findall("`+", example.text)]
    fence = "`" * max(3, max(runs, default=0) + 1)
    yield f"{fence}{'text' if example.media_type == 'text/plain' else 'markdown'}"
    yield example.text.strip("\n")
    yield fence
    if example.other:
        yield ""
        yield "compared with"
        yield ""
        yield fence
        yield example.other.strip("\n")
        yield fence


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    language = ""
    for example in examples:
        if example.language != language:
            language = example.language
            yield f"In `{language}`:"
            yield ""
        yield from _fenced(example)
        yield ""


def rule_page(rule: Rule, *, markdown: bool = True) -> str:
    """The page of one rule, all of it from the rule's own module, as Markdown or for reading as it stands."""
    said = _markdown if markdown else _text
    lines = [f"# {rule.name}", "", said(rule.summary), "", *_facts(rule), ""]
    if rule.explanation:
        lines += [said(rule.explanation), ""]
    if rule.options:
        lines += ["## Options", ""]
        lines += [f"- `{o.name}` (default `{o.default!r}`): {o.meaning}" for o in rule.options]
        lines += [""]
    lines += ["## Reported", "", "The marks ⟦ ⟧ are not part of the text; they show what is reported.", ""]
    lines += _examples(rule.bad)
    lines += ["## Not reported", ""]
    lines += _examples(rule.good)
    return "\n".join(lines).rstrip("\n") + "\n"


def index_page(rules: Iterable[Rule]) -> str:
    """The list of all rules, family by family, with links to their pages."""
    lines = [
        "# Rules",
        "",
        "Written by `auditor docs` from the rules themselves; change the rules, not these pages.",
    ]
    families: dict[str, list[Rule]] = {}
    for rule in rules:
        families.setdefault(rule.family, []).append(rule)
    for family, members in sorted(families.items()):
        lines += ["", f"## {family}", "", "| rule | severity | finds |", "| --- | --- | --- |"]
        for rule in members:
            severity = f"{rule.severity}, preview" if rule.preview else rule.severity
            summary = _markdown(rule.summary).replace("|", "\\|")
            lines.append(f"| [{rule.name}]({rule.name}.md) | {severity} | {summary} |")
    return "\n".join(lines) + "\n"
