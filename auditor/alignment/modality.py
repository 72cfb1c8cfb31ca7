"""Words that command, allow or deny: ``data/modality.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import tomli


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomli.loads((Path(__file__).parent / "data" / "modality.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in data.items()}


@cache
def modal_words(language: str) -> frozenset[str]:
    """The words of one language; of every language where it is not known, none where nobody listed any."""
    words = _words()
    if language == "und":
        return frozenset().union(*words.values())
    return words.get(language, frozenset())


def changed_modality(a: Iterable[str], b: Iterable[str], language: str) -> tuple[str, ...]:
    """The commanding, allowing or denying words that one of two sides has more often than the other."""
    known = modal_words(language)
    one = Counter(word for token in a if (word := token.casefold()) in known)
    other = Counter(word for token in b if (word := token.casefold()) in known)
    return tuple(sorted(((one - other) + (other - one)).keys()))
