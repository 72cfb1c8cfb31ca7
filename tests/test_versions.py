"""Versions: one text in two languages; which unit is which, which values differ, and what is told of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.alignment import encoder
from auditor.alignment.number_words import han_value, spelled_numbers
from auditor.alignment.pair import Pair
from auditor.alignment.values import number_value, same_date, values
from auditor.comparison import pair_of
from auditor.document import Document, Source
from auditor.reading import read

ENGLISH = [
    "Each Party shall inform the other Party of the measures which it takes within its own territory.",
    "The Parties shall keep their ports open to all ships and publish a list of their fees.",
    "The fees shall not exceed 500 euros for each ship, and shall be paid within 30 days of its arrival.",
    "Sailors in distress are helped, whatever the flag of the ship on which they were found, and brought to a port.",
    "Disputes are settled by negotiation.",
    "This Treaty replaces the Treaty of 12 March 1998 and is concluded for ten years.",
    "Each Party may denounce this Treaty by a notification addressed to the other, under article 3, paragraph 2.",
]
FRENCH = [
    "Chaque Partie informe l'autre Partie des mesures qu'elle prend sur son propre territoire.",
    "Les Parties tiennent leurs ports ouverts à tous les navires et publient la liste de leurs taxes.",
    "Les taxes n'excèdent pas 500 euros par navire et sont acquittées dans les 30 jours de son arrivée.",
    "Il est porté secours aux marins en détresse, quel que soit le pavillon du navire où ils sont trouvés, et ils sont "
    "conduits dans un port.",
    "Les différends sont réglés par négociation.",
    "Le présent Traité remplace le Traité du 12 mars 1998 et est conclu pour dix ans.",
    "Chaque Partie peut dénoncer le présent Traité par une notification adressée à l'autre, selon l'article 3, "
    "paragraphe 2.",
]


def document(text: str, name: str = "a.txt") -> Document:
    return read(Source(name, text.encode(), "text/plain"))


def versions(english: list[str], french: list[str]) -> Pair:
    """Both as texts without numbers, so that nothing but the paragraphs says which is which."""
    a, b = (document("\n\n".join(text) + "\n", name) for text, name in ((english, "en.txt"), (french, "fr.txt")))
    return pair_of(a, b, "versions", encode=False)


def told(pair: Pair) -> list[tuple[str, str, str]]:
    return [(d.kind, d.text_a, d.text_b) for d in pair.differences()]


def found_values(text: str) -> list[tuple[str, str]]:
    return [(value.kind, value.value) for value in values(document(text))]


# --- values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 12 March 2022", "2022-3-12"),
        ("on March 12, 2022", "2022-3-12"),
        ("le 1er janvier 2020", "2020-1-1"),
        ("12 марта 2022 года", "2022-3-12"),
        ("am 3. März 2022", "2022-3-3"),
        ("في 10 كانون الأول/ديسمبر 1982", "1982-12-10"),
        ("в ١٢ марта 2022 года", "2022-3-12"),
        ("一九八二年十二月十日", "1982-12-10"),
        ("公历一千九百四十五年六月二十六日", "1945-6-26"),
        ("2022年3月3日", "2022-3-3"),
        ("２０２２年３月３日", "2022-3-3"),
        ("2022-03-03", "2022-3-3"),
    ],
)
def test_a_date_is_year_month_and_day_in_every_language(text: str, value: str) -> None:
    assert found_values(text) == [("date", value)]


@pytest.mark.parametrize("text", ["Under article 12, may States act.", "They march 12 miles.", "in May"])
def test_a_bare_word_is_no_month(text: str) -> None:
    assert not any(kind == "date" for kind, _ in found_values(text))


def test_figures_that_countries_read_differently_may_be_either_day() -> None:
    ((kind, value),) = found_values("am 3/4/2022")
    assert kind == "date"
    assert same_date(value, "2022-4-3")
    assert same_date(value, "2022-3-4")
    assert not same_date(value, "2022-4-4")
    assert same_date("2022-4-?", "2022-4-3")


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("1,000", "1000"),
        ("1.000", "1000"),
        ("1 000", "1000"),
        ("1'000", "1000"),
        ("١٬٠٠٠", "1000"),
        ("2,5", "2.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("0.125", "0.125"),
        ("007", "7"),
    ],
)
def test_a_number_is_the_same_whatever_marks_it_is_written_with(figure: str, value: str) -> None:
    assert number_value(figure) == value


@given(st.integers(0, 10**12))
def test_separators_of_thousands_change_no_number(number: int) -> None:
    for mark in ",. '":
        assert number_value(f"{number:,}".replace(",", mark)) == str(number)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("two hundred and fifty days", "en", 250),
        ("within thirty-one days", "en", 31),
        ("one thousand nine hundred and forty-five", "en", 1945),
        ("quatre-vingt-dix jours", "fr", 90),
        ("einundzwanzig Tage", "de", 21),
        ("ciento veinte días", "es", 120),
        ("до двадцать первого дня", "ru", 21),
        ("خمسة وعشرون يوما", "ar", 25),
        ("ثلاثين يوما", "ar", 30),
        ("三十日内", "zh", 30),
    ],
)
def test_numbers_are_read_in_words(text: str, language: str, number: int) -> None:
    assert spelled_numbers(text, language)[number] >= 1


@pytest.mark.parametrize(
    ("figures", "value"), [("二百五十万", 2_500_000), ("一九八二", 1982), ("十", 10), ("廿三", 23)]
)
def test_chinese_figures(figures: str, value: int) -> None:
    assert han_value(figures) == value


@given(st.text(alphabet="0123456789.,-/ 年月日第条IVXm(a)", max_size=40))
def test_values_lie_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for value in values(document(text)):
        assert value.span.start >= end
        end = value.span.end


# --- which unit is which


def test_texts_that_say_the_same_give_nothing() -> None:
    assert told(versions(ENGLISH, FRENCH)) == []


@pytest.mark.parametrize("lost", range(len(FRENCH)))
def test_a_lost_paragraph_is_told_and_nothing_else(lost: int) -> None:
    rest = [text for number, text in enumerate(FRENCH) if number != lost]
    assert told(versions(ENGLISH, rest)) == [("missing-unit", ENGLISH[lost], "")]
    rest = [text for number, text in enumerate(ENGLISH) if number != lost]
    assert told(versions(rest, FRENCH)) == [("missing-unit", "", FRENCH[lost])]


def test_a_paragraph_in_two_is_no_loss() -> None:
    cut = ENGLISH[2].index(", and shall")
    english = [*ENGLISH[:2], ENGLISH[2][:cut], ENGLISH[2][cut + 2 :], *ENGLISH[3:]]
    assert [d.kind for d in versions(english, FRENCH).differences() if d.kind == "missing-unit"] == []


def test_kinds_of_divisions_may_have_different_names() -> None:
    english = "".join(f"Section {n}\n\n{text}\n\n" for n, text in enumerate(ENGLISH, start=1))
    french = "".join(f"Article {n}\n\n{text}\n\n" for n, text in enumerate(FRENCH, start=1))
    pair = pair_of(document(english), document(french), encode=False)
    assert pair.kind == "versions"
    assert pair.coverage == 1.0
    assert told(pair) == []


def test_texts_that_say_other_things_do_not_belong_together() -> None:
    other = [f"En {1900 + n}, la ville comptait {n * 137} habitants et {n * 11} maisons." for n in range(1, 12)]
    assert versions(ENGLISH * 2, other).coverage < 0.3


def test_each_match_says_what_decided_it() -> None:
    matching = versions(ENGLISH, FRENCH).matching
    assert len(matching.rungs) == len(matching.matches)
    assert set(matching.rungs) <= {"numbers", "values", "lengths", "words"}


def test_nobody_asks_for_an_encoder_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "installed", lambda: False)
    a, b = document("\n\n".join(ENGLISH)), document("\n\n".join([*FRENCH[:3], *FRENCH[4:]]))
    assert told(pair_of(a, b, "versions", encode=True)) == [("missing-unit", ENGLISH[3], "")]


# --- values that differ


@pytest.mark.parametrize(
    ("old", "new", "kind", "a", "b"),
    [
        ("500", "600", "number", "500", "600"),
        ("30 jours", "20 jours", "number", "30", "20"),
        ("12 mars 1998", "13 mars 1998", "date", "12 March 1998", "13 mars 1998"),
        ("12 mars", "12 mai", "date", "12 March 1998", "12 mai 1998"),
        ("article 3", "article 4", "reference", "3", "4"),
    ],
)
def test_a_value_that_was_changed_is_told_with_both_sides(old: str, new: str, kind: str, a: str, b: str) -> None:
    french = [text.replace(old, new) for text in FRENCH]
    assert told(versions(ENGLISH, french)) == [(kind, a, b)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("30 jours", "trente jours"), ("12 mars 1998", "12.03.1998"), ("dix ans", "10 ans"), ("500", "500,00")],
)
def test_a_value_that_is_written_otherwise_is_the_same(old: str, new: str) -> None:
    assert told(versions(ENGLISH, [text.replace(old, new) for text in FRENCH])) == []


def test_a_number_in_the_next_paragraph_is_not_lost() -> None:
    french = list(FRENCH)
    french[2] = french[2].replace(" et sont acquittées dans les 30 jours de son arrivée", "")
    french[3] = "Elles sont acquittées dans les 30 jours. " + french[3]
    assert [d.kind for d in versions(ENGLISH, french).differences("number")] == []


def test_a_number_that_reads_as_another_in_its_language_is_a_difference_of_form() -> None:
    english = [*ENGLISH, "A register of 1,500 ships is kept."]
    french = [*FRENCH, "Un registre de 1,500 navires est tenu."]
    (difference,) = versions(english, french).differences()
    assert (difference.kind, difference.detail) == ("number", "format")


def test_currencies_and_units_are_compared() -> None:
    french = [text.replace("500 euros", "500 dollars des États-Unis") for text in FRENCH]
    (difference,) = versions(ENGLISH, french).differences()
    assert (difference.kind, difference.words) == ("currency-unit", ("EUR", "USD"))


@given(st.integers(0, len(FRENCH) - 1), st.sampled_from(["500", "30", "12", "3"]), st.integers(5, 99))
def test_places_hold_what_is_quoted(lost: int, old: str, new: int) -> None:
    french = [text.replace(old, str(new)) for number, text in enumerate(FRENCH) if number != lost]
    pair = versions(ENGLISH, french)
    for difference in pair.differences():
        for side, span, text in ((pair.a, difference.a, difference.text_a), (pair.b, difference.b, difference.text_b)):
            assert text in ("", " ".join(span.of(side.document.text).split()))


# --- renderings


def test_a_paragraph_left_in_the_other_language_is_told() -> None:
    french = [*FRENCH[:4], ENGLISH[4], *FRENCH[5:]]
    assert told(versions(ENGLISH, french)) == [("untranslated", ENGLISH[4], ENGLISH[4])]


def test_one_sentence_in_two_renderings_is_told_once() -> None:
    english, french = (
        [*ENGLISH, ENGLISH[0]],
        [*FRENCH, "Les mesures que prend une Partie sont portées à sa connaissance."],
    )
    assert [d.detail for d in versions(english, french).differences("repeated-rendering")] == ["otherwise"]


def test_a_list_sorted_by_another_alphabet_is_matched_as_a_set() -> None:
    terms = [
        (
            "“Area” means a place of 12 miles around a port.",
            "« Zone » s'entend d'un lieu de 12 milles autour d'un port.",
        ),
        ("“Fee” means a sum of 500 euros.", "« Taxe » s'entend d'une somme de 500 euros."),
        ("“Port” means one of the 41 harbours in the list.", "« Port » s'entend d'un des 41 havres de la liste."),
        ("“Ship” means a vessel of more than 99 tons.", "« Navire » s'entend d'un bâtiment de plus de 99 tonneaux."),
        ("“Treaty” means the Treaty of 1998.", "« Traité » s'entend du Traité de 1998."),
        ("“Year” means 365 days.", "« Année » s'entend de 365 jours."),
    ]
    english = [*(ENGLISH * 2), *(a for a, _ in terms)]
    french = [*(FRENCH * 2), *sorted(b for _, b in terms)]
    kinds = [(d.kind, d.detail) for d in versions(english, french).differences()]
    assert [kind for kind in kinds if kind[0] != "repeated-rendering"] == [("order", "set")]
