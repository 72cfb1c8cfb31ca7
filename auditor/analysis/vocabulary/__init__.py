"""Is it a word: the words of a language, of institutions, of the user, and of the document itself."""

from auditor.analysis.vocabulary.vocabulary import WORD, Vocabulary, is_listed, vocabulary
from auditor.analysis.vocabulary.word_list import COVERED

__all__ = ["COVERED", "WORD", "Vocabulary", "is_listed", "vocabulary"]
