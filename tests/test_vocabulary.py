"""Is it a word: lists, lexicons, composition, and what the document and the user add."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.vocabulary import COVERED, Vocabulary, vocabulary
from auditor.analysis.vocabulary.forms import folded
from auditor.analysis.vocabulary.word_list import word_list
from auditor.document import Guidance, Source
from auditor.reading import read

DATA = Path(__file__).parent.parent / "auditor" / "analysis" / "vocabulary"


def of(text: str = "A text.", lexicon: frozenset[str] = frozenset()) -> Vocabulary:
    data = text.encode("utf-8", "surrogatepass")
    return vocabulary(read(Source("t", data, "text/plain"), Guidance(lexicon=lexicon)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "the State State's State’s Secretary-General's arbitral depositary mutatis non-signatory thereunto",
        ),
        ("fr", "l’accord d'État aujourd’hui qu'elles lorsqu’il dépositaire étoit enfans naturalisations"),
        ("es", "artículo prestaren instalare archipelágicas dimanantes decreto-ley"),
        ("de", "Bundesverwaltungsgericht Strasse Straße leistungspflichtige Ratifikationsurkunde Theil"),
        ("ru", "соглашение соглашением всё все секторального транспарентными"),
        ("it", "dell’accordo transfrontaliere predetta"),
        ("pt", "alíneas transfronteiriço plenipotenciários"),
        ("nl", "verdragsluitende grondwet inwerkingtreding"),
        ("pl", "niniejsza umawiające transgraniczna"),
        ("ar", "الاتفاقية والأطراف الأرخبيلية"),
    ],
)
def test_words_of_law_are_known(language: str, words: str) -> None:
    known = of()
    assert [word for word in words.split() if not known.known(word, language)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "tbe ofthe govemment conveniion implementa tion erent advioes sueh"),
        ("fr", "gouvemement décidc parlcs"),
        ("de", "Beslimmung bcschliesst undder"),
        ("ru", "соответ-ствии тельство соглашсние"),
    ],
)
def test_what_scanners_make_of_words_is_not_known(language: str, words: str) -> None:
    known = of()
    assert [word for word in words.split() if known.known(word, language)] == []


def test_names_are_known_by_their_capital() -> None:
    known = of()
    assert known.known("Robertson", "en")
    assert known.known("Deschamps", "fr")
    assert not known.listed("Deschamps", "fr")


def test_the_users_lexicon_counts_in_every_language_and_case() -> None:
    known = of(lexicon=frozenset({"Zygoball", "free zygosphere"}))
    for language in (*COVERED, "fi"):
        assert known.known("zygoball", language)
        assert known.known("Zygosphere", language)
    assert not of().known("zygoball", "en")


def test_a_lexicon_of_a_million_words_is_folded_once() -> None:
    words = frozenset(f"Word{number}x" for number in range(1_000_000))
    assert of(lexicon=words).known("word999999X", "en")
    assert of("Another text.", lexicon=words).known("Word5x", "fr")


def test_counts_are_those_of_the_document_in_any_case() -> None:
    known = of("The Parties and the PARTIES; one party’s (parties).")
    assert known.count("parties") == 3
    assert known.count("The") == 2
    assert known.count("nothing") == 0


def test_frequencies_are_on_the_zipf_scale() -> None:
    known = of()
    assert 7 < known.frequency("the", "en") < 8
    assert known.frequency("The", "en") == known.frequency("the", "en")
    assert known.frequency("zygoball", "en") == 0.0
    assert known.frequency("the", "fi") == 0.0


def test_languages_without_a_list_are_said_not_to_be_covered() -> None:
    assert Vocabulary.covers("en")
    assert not Vocabulary.covers("fi")
    assert not Vocabulary.covers("und")
    with pytest.raises(KeyError):
        word_list("fi")


def test_a_foreign_word_has_its_languages() -> None:
    assert "fr" in of().languages_of("gouvernement")
    assert "en" not in of().languages_of("gouvernement")


@pytest.mark.parametrize(
    ("one", "other"),
    [("STRASSE", "Straße"), ("всё", "Все"), ("l’État", "L'ÉTAT"), ("re\u0301solution", "résolution"), ("مُبرم", "مبرم")],
)
def test_forms_that_are_one_word_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.sampled_from(sorted(COVERED)))
def test_any_string_can_be_asked_for(word: str, language: str) -> None:
    known = of()
    assert known.known(word, language) in (True, False)
    assert 0.0 <= known.frequency(word, language) < 9.0


def test_long_strings_are_refused_quickly() -> None:
    assert not of().known("a" * 1_000_000, "de")


def test_the_lists_are_shipped_with_their_source() -> None:
    readme = (DATA / "data" / "README.md").read_text("utf-8")
    assert "CC BY-SA 4.0" in readme
    assert "wordfreq" in readme
    for language in COVERED:
        listed = word_list(language)
        assert len(listed.trie) == len((DATA / "data" / f"{language}.zipf").read_bytes()) > 100_000
        assert (DATA / "lexicon" / f"{language}.txt").read_text("utf-8").startswith("#")
