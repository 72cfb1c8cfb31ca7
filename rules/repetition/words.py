"""The words of a document in a row, to be compared with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count, islice
from operator import eq

from auditor.analysis.fact import fact
from auditor.analysis.mentions.running_text import SEPARATOR, running_text
from auditor.document import Document


@fact
def words_in_a_row(document: Document) -> list[str]:
    """The words and marks of the running text, folded; ``\\x00`` between blocks.

    The marks that follow a word are set apart, so that "the the," is seen; nothing else is.
    """
    text = running_text(document).text.casefold().replace(SEPARATOR, f" {SEPARATOR} ")
    for mark in ",.;:)":
        if mark in text:
            text = text.replace(mark, f" {mark}")
    return text.split()


def same_again(words: Sequence[str], lag: int) -> Iterator[int]:
    """The places of words that stand again ``lag`` words later."""
    return compress(count(), map(eq, words, islice(words, lag, None)))
