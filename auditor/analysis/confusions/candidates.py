"""The words that a wrong one may have been: those of the vocabulary that the known confusions lead to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.analysis.confusions.tables import Table, table
from auditor.analysis.vocabulary import Vocabulary

#: A word that the document itself has counts as this frequent at least (Zipf).
_ATTESTED = 4.0
#: Longer words have so many candidates that the search would take longer than it is worth.
_LONGEST = 40


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A word that may have been printed, and how likely it is.

    cost       of the confusions, in powers of ten
    frequency  of the word (Zipf), or what its place in the document makes of it
    attested   how often the document has the word
    """

    word: str
    cost: float
    frequency: float
    attested: int

    @property
    def weight(self) -> float:
        """How likely it is that this word was printed and read so, in powers of ten."""
        return self.frequency - self.cost


def readings(word: str, confusions: Table) -> Iterator[tuple[str, float]]:
    """What may have been printed where one confusion made the word: each form with its cost."""
    for at, character in enumerate(word):
        for entries in (confusions.letters.get(character, ()), confusions.signs.get(character, ())):
            for read, printed, cost in entries:
                if word.startswith(read, at):
                    yield word[:at] + printed + word[at + len(read) :], cost


def _in_case_of(word: str, form: str) -> str:
    """A form in the case of the word that was read: an l read for I makes no capital inside a word."""
    if word.islower():
        return form.lower()
    return form[:1].upper() + form[1:].lower() if word[:1].isupper() and not word.isupper() else form.upper()


def candidates(word: str, language: str, known: Vocabulary) -> list[Candidate]:
    """The words of a language that one confusion of its script may have made this one of.

    The likeliest first. Only words that are listed beyond doubt, or that the document or a lexicon has.
    """
    if not 2 <= len(word) <= _LONGEST:
        return []
    confusions = table(language)
    found: dict[str, float] = {}
    for read, cost in readings(word, confusions):
        form = read if read.islower() or read.istitle() or read.isupper() else _in_case_of(word, read)
        if cost < found.get(form, 9.0) and form.lower() != word.lower() and known.listed(form, language):
            found[form] = cost
    rated = []
    for form, cost in found.items():
        count = known.count(form)
        frequency = known.frequency(form, language)
        if count:
            frequency = max(frequency, _ATTESTED) + min(count, 9) / 9
        rated.append(Candidate(form, cost, frequency, count))
    rated.sort(key=lambda candidate: (-candidate.weight, candidate.word))
    return rated
