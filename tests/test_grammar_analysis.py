"""Grammar without a model: tags that keep ambiguity, patterns over them, forms of other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.grammar.english import compiled, english
from auditor.analysis.grammar.forms import forms
from auditor.analysis.grammar.french import contractions as french_contractions
from auditor.analysis.grammar.lexicon import BASE, NOUN, PLURAL, THIRD, bits_of, lexicon
from auditor.analysis.grammar.running import LANGUAGES, language_text
from auditor.analysis.grammar.russian import cases
from auditor.analysis.grammar.spanish import gender, number
from auditor.analysis.grammar.tagging import Tagged, english_tagged, guess
from auditor.document import Document, Source
from auditor.reading import read


def document(text: str) -> Document:
    return read(Source("text", text.encode("utf-8", "surrogatepass")))


def tagged(text: str) -> Tagged:
    return english_tagged(document(text))


def shown(text: str, pattern: str) -> list[str]:
    words = tagged(text)
    return [words.shown(*match.span()) for match in compiled(pattern).finditer(words.tags)]


def test_ambiguity_is_kept() -> None:
    words = lexicon("en").words
    assert words["report"] & NOUN
    assert words["report"] & BASE
    assert words["children"] == PLURAL
    assert bits_of("nz") == NOUN | THIRD


def test_a_name_in_a_pattern_says_how_sure_it_is() -> None:
    text = "The children of the country report that these measures are useful."
    assert shown(text, "THE PLURAL_ONLY OF THE SINGULAR") == ["The children of the country"]
    assert shown(text, "SINGULAR") == ["country"]  # "report" may be a verb
    assert shown(text, "(?:HEAD|SINGULAR)") == ["country", "report"]


def test_a_name_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        english().compile("NO_SUCH_NAME")


def test_words_lead_back_to_the_source() -> None:
    found = document("The **two** Parties\nhave agreed.\n\nThese *agreement* too.")
    words = english_tagged(found)
    match = next(compiled("THESE SINGULAR").finditer(words.tags))
    assert words.span(*match.span()).of(found.text) == "These *agreement"
    assert words.word(match.start()) == "These"
    assert words.block_of(match.start()).index == 1


def test_the_opening_of_a_sentence_is_seen_behind_its_number() -> None:
    words = tagged("(a) The State is bound. 2. The Party in Art. 5 is too.")
    places = [match.start() for match in compiled("THE|IS").finditer(words.tags)]
    assert [words.opens_sentence(place) for place in places] == [True, False, True, False]


@pytest.mark.parametrize(("word", "readings"), [("zorgling", "ngj"), ("zorgs", "nsz"), ("zorgation", "n")])
def test_unknown_words_are_read_by_their_endings(word: str, readings: str) -> None:
    assert guess(word) == bits_of(readings)


def test_capitals_and_symbols_are_no_words() -> None:
    assert shown("THESE AGREEMENT SHALL; A/RES/77/1 these; 5,354", "(?:CAPITALS|SYMBOL|NUMBER)") == [
        "THESE",
        "AGREEMENT",
        "SHALL",
        "A/RES/77/1",
        "5,354",
    ]


@given(st.text(alphabet=st.sampled_from("aThe s.,;’'-\n(1)ЯI“”"), max_size=60))
def test_there_is_a_tag_for_each_word(text: str) -> None:
    words = tagged("The Parties have agreed that these measures are in force.\n\n" + text)
    for index in range(len(words.tags)):
        if words.word(index):
            assert words.start(index) < words.end(index)
            assert words.shown(index, index + 1) == words.word(index)


def test_the_forms_of_other_languages() -> None:
    assert forms("fr").of("Accord") == {"nms"}
    assert forms("fr").of("brumplouf") == frozenset()
    assert "nam" in forms("ru").of("договор")


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        ("medidas", "fp"),
        ("acuerdo", "ms"),
        ("conferencia", "fs"),
        ("aplicaciones", "fp"),
        ("problema", "s"),
        ("mano", "s"),
        ("crisis", ""),
        ("agua", "s"),
    ],
)
def test_spanish_nouns_show_their_gender_by_their_ending_or_not_at_all(noun: str, wanted: str) -> None:
    assert gender(noun) + number(noun) == wanted


def test_slips_have_places_and_remedies() -> None:
    text = "Il appartient à le conseil."
    (slip,) = french_contractions(text)
    assert (text[slip.start : slip.end], slip.right) == ("à le", "au")
    text = "Это сделано для выполнению договора."
    (slip,) = cases(text)
    assert text[slip.start : slip.end] == "для выполнению"


def test_each_language_has_its_text() -> None:
    found = document(
        "The Parties have agreed that these measures are in force.\n\n"
        "Les Parties ont décidé que les mesures sont en vigueur dans tous les États.\n\n"
        "Las Partes han acordado que las medidas están en vigor en todos los Estados.\n\n"
        "Стороны договорились о том, что эти меры вступают в силу во всех государствах."
    )
    for language in LANGUAGES:
        text = language_text(found, language)
        assert len(text.blocks) == 1
        start = text.starts[0]
        assert text.span(start, start + 4).of(found.text) == text.text[start : start + 4]
