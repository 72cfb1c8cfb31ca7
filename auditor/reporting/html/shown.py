"""Characters as a page may show them: nothing in a text can turn a line around, and what is invisible is to be seen."""

from __future__ import annotations

import re

from auditor.reporting.visible import visible

#: What is shown as an escape: controls, embeddings, overrides and isolates, tags, lone surrogates, private use,
#: noncharacters. The joiners, marks of direction, soft hyphens and spaces without width that belong to a writing stay.
_ESCAPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_WRITTEN_FROM_RIGHT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})


def shown(text: str) -> str:
    """The text with escapes (``\\u202e``) for what would not be seen, or would change how the rest is seen."""
    if text.isascii() and text.isprintable():
        return text
    return _ESCAPED.sub(lambda match: _escape(match[0]), text.replace("\r\n", "\n").replace("\r", "\n"))


def _escape(character: str) -> str:
    escaped = visible(character)
    if escaped != character:
        return escaped
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def direction(language: str) -> str:
    """The direction of a language's writing: ``rtl``, ``ltr``, or ``auto`` where it is not known."""
    if language in ("", "und"):
        return "auto"
    return "rtl" if language.partition("-")[0] in _WRITTEN_FROM_RIGHT else "ltr"
