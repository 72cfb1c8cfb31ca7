"""The JSON Schema of settings files, and the commented file to begin with: both made from `settings_file.KEYS` and the
rules that are installed."""

from __future__ import annotations

from typing import Any

from auditor.contract import Option, Rule
from auditor.findings import SEVERITIES
from auditor.plugins import RuleBook
from auditor.settings_file import KEYS, PAIR_KINDS, Key

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def settings_schema(book: RuleBook) -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``auditor.toml``, for editors that complete and check it."""
    words = sorted({"all", *SEVERITIES, *(r.name for r in book.rules), *(r.family for r in book.rules)})
    keys = {key.name: _key(key, words) for key in KEYS}
    everywhere = {key.name: keys[key.name] for key in KEYS if key.everywhere}
    rules = {"$ref": "#/$defs/rules"}
    texts = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of auditor",
        "type": "object",
        "properties": {
            **keys,
            "rules": rules,
            "overrides": {
                "description": "What holds for some texts only; later ones win.",
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "paths": {"description": "Patterns of the texts' paths, as in .gitignore.", **texts},
                        **everywhere,
                        "rules": rules,
                    },
                    "required": ["paths"],
                    "additionalProperties": False,
                },
            },
            "parallel": {
                "description": "Texts that belong side by side.",
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "files": {"description": "Their paths, or patterns.", **texts},
                        "kind": {"description": "What they are to each other.", "enum": list(PAIR_KINDS)},
                    },
                    "required": ["files"],
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
        "$defs": {
            "rules": {
                "description": "What holds for single rules.",
                "type": "object",
                "properties": {rule.name: _rule(rule) for rule in book.rules},
                "additionalProperties": False,
            }
        },
    }


def _key(key: Key, words: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"description": key.meaning}
    if key.kind in ("words", "paths"):
        item: dict[str, Any] = {"type": "string"}
        if key.name in ("select", "ignore"):
            item["enum"] = words
        return {**said, "type": "array", "items": item}
    if key.kind == "flag":
        return {**said, "type": "boolean"}
    if key.kind == "share":
        return {**said, "type": "number", "minimum": 0, "maximum": 1}
    if key.kind == "choice":
        return {**said, "enum": list(key.choices)}
    return {**said, "type": "string", "minLength": 1}


def _rule(rule: Rule) -> dict[str, Any]:
    severity = {"description": f"In the place of {rule.severity}.", "enum": list(SEVERITIES)}
    return {
        "description": rule.summary,
        "type": "object",
        "properties": {"severity": severity, **{option.name: _option(option) for option in rule.options}},
        "additionalProperties": False,
    }


def _option(option: Option) -> dict[str, Any]:
    return {"description": option.meaning, "type": _TYPES[type(option.default)], "default": option.default}


_EXAMPLES = {
    "select": '["structure", "numbering", "error"]',
    "ignore": '["markup/escape-residue"]',
    "preview": "true",
    "min-confidence": "0.7",
    "profile": '"deep"',
    "languages": '["en", "fr"]',
    "lexicon": '["lexicon.txt"]',
    "fail-on": '"error"',
    "include": '["**/*.md"]',
    "exclude": '["drafts/**"]',
    "decisions": '"auditor.decisions.jsonl"',
}


def beginning(book: RuleBook) -> str:
    """A settings file in which every key stands with its meaning, commented out."""
    lines = [
        "# Settings of auditor for the texts in this folder and below it.",
        "# A line that begins with # says nothing; take the # away to make it hold.",
        "",
    ]
    for key in KEYS:
        lines += [f"# {key.meaning}", f"# {key.name} = {_EXAMPLES[key.name]}", ""]
    option = next(((rule, rule.options[0]) for rule in book.rules if rule.options), None)
    lines += ["# Single rules: another severity, and their own options ('auditor explain RULE' lists them).", "#"]
    if option is not None:
        rule, first = option
        value = str(first.default).lower() if isinstance(first.default, bool) else repr(first.default).replace("'", '"')
        lines += [f'# [rules."{rule.name}"]', '# severity = "info"', f"# {first.name} = {value}"]
    lines += [
        "",
        "# What holds for some texts only; the last one that matches wins.",
        "#",
        "# [[overrides]]",
        '# paths = ["annexes/**"]',
        '# ignore = ["structure/heading-level"]',
        "",
        "# Texts that belong side by side: language versions, twins, scans of one text.",
        "#",
        "# [[parallel]]",
        '# files = ["treaty.en.md", "treaty.fr.md"]',
        '# kind = "versions"',
        "",
    ]
    return "\n".join(lines)
