"""How a stretch of text ends: closed, or so that it must go on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import tomli

_LAST_WORD = re.compile(r"([^\W\d_]+)['’]?\s*$")
_HYPHEN = re.compile(r"[^\W\d_]{2,}(?:-|\u00ad|¬)\s*$")
_PAIRS = {"(": ")", "[": "]", "（": "）", "«": "»", "“": "”", "「": "」", "《": "》"}


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomli.loads((Path(__file__).parents[1] / "data" / "open_endings.toml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in data.items()}


def open_word(text: str, language: str) -> str:
    """The article, preposition or conjunction that the text ends in; "" where it ends otherwise.

    A single capital is none in a text that has small letters. For a language without data, the words of all languages
    of the same script are not tried: the answer is "".
    """
    words = _words().get(language)
    if words is None:
        return ""
    match = _LAST_WORD.search(text[-60:])
    if match is None:
        return ""
    if len(match[1]) == 1 and match[1].isupper() and not text.isupper():
        return ""  # "Schedule A", "vitamin A": the letter is a number or a name
    word = match[1].casefold()
    if word in words:
        return match[1]
    if language == "zh":
        return next((w for w in words if len(w) > 1 and word.endswith(w)), "") or (
            word[-1] if word[-1] in words else ""
        )
    return ""


def broken_word(text: str) -> str:
    """The part of a word that a hyphen at the end of the text leaves; "" where there is none."""
    match = _HYPHEN.search(text[-40:])
    return match[0].strip() if match else ""


def open_bracket(text: str) -> str:
    """The bracket or quotation mark that is opened last and never closed; "" where all are closed."""
    stack: list[str] = []
    closers = {closer: opener for opener, closer in _PAIRS.items()}
    for character in text:
        if character in _PAIRS:
            stack.append(character)
        elif character in closers and stack and stack[-1] == closers[character]:
            stack.pop()
    return stack[-1] if stack else ""
