"""The family consistency: what it says of a text at odds with itself, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Source
from auditor.analysis.calendar import days_in, is_day, weekday_of
from auditor.analysis.cardinals import cardinal_before, read_cardinal
from auditor.analysis.definitions import defined_abbreviations, defined_terms
from auditor.analysis.mentions.dates import dates
from auditor.analysis.spellings import is_one_letter, one_letter_apart, same_skeleton, skeleton
from auditor.contract import run
from auditor.document import Document
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name.partition("/")[2]: rule for rule in load_rules().rules if rule.family == "consistency"}
LETTER = Path(__file__).parent.parent / "fixtures"


def document(text: str, name: str = "text.md") -> Document:
    return read(Source(name, text.encode("utf-8"), "text/markdown"))


def found(rule: str, text: str) -> list[Finding]:
    return list(run(RULES[rule], document(text), {}))


def everything(text: str) -> list[Finding]:
    read_once = document(text)
    return [finding for rule in RULES.values() for finding in run(rule, read_once, {})]


# ------------------------------------------------------------------------------------------------ numbers in words


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "twenty-five", 25),
        ("en", "one hundred and eighty", 180),
        ("en", "two thousand and twenty-two", 2022),
        ("en", "five million", 5_000_000),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("es", "treinta y un", 31),
        ("es", "mil novecientos noventa", 1990),
        ("pt", "trinta e cinco", 35),
        ("it", "centottanta", 180),
        ("it", "trentotto", 38),
        ("ru", "тридцати пяти", 35),
        ("ru", "пять тысяч двести", 5200),
        ("de", "zweihundertfünfundzwanzig", 225),
        ("ar", "خمسة وعشرين", 25),
        ("ar", "خمسة عشر", 15),
        ("zh", "一百八十", 180),
    ],
)
def test_a_number_in_words_is_read(language: str, words: str, value: int) -> None:
    assert read_cardinal(words, language) == value
    before = "… "
    assert cardinal_before(before + words, len(before + words), language) == (value, len(before))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "nineteen ninety"), ("en", "and five"), ("en", "the"), ("en", ""), ("fr", "six deux"), ("xx", "one")],
)
def test_words_that_are_no_single_number_are_not_read(language: str, words: str) -> None:
    assert read_cardinal(words, language) is None


@given(st.integers(1, 99))
def test_what_two_digits_say_in_english_is_what_is_read(value: int) -> None:
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    low = [*ones.split(), "seventeen", "eighteen", "nineteen"]
    tens = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    said = low[value] if value < 20 else tens[value // 10] + (f"-{low[value % 10]}" if value % 10 else "")
    assert read_cardinal(said, "en") == value
    text = f"It has {said} ({value}) members, and the Council has {said} ({value + 1}) votes in the same matter."
    (finding,) = found("words-figures", text)
    assert finding.span.of(text) == f"{said} ({value + 1})"
    assert finding.data == {"words": value, "figures": value + 1}


def test_a_list_in_the_sentence_is_no_number_in_figures() -> None:
    assert not found("words-figures", "The Council has two (1) chambers and (2) a court, in the capital of the State.")


# ------------------------------------------------------------------------------------------------ dates


def test_the_calendar_knows_leap_years() -> None:
    assert (days_in(2, 2024), days_in(2, 2023), days_in(2, 1900), days_in(2, 2000), days_in(2, None)) == (
        29,
        28,
        28,
        29,
        29,
    )
    assert not is_day(2023, 2, 29)
    assert not is_day(2023, 13, 1)
    assert weekday_of(2022, 3, 3) == 3


@given(st.dates())
@settings(max_examples=60)
def test_a_real_date_with_its_own_weekday_is_never_reported(day: object) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    if day.year < 1000 or day.year > 2099:
        return
    text = f"The Council met on {day.strftime('%A')}, {day.day} {day.strftime('%B')} {day.year}, in the city of Geneva."
    assert not found("date", text)


def test_a_day_beyond_the_month_is_a_date_still() -> None:
    (mention,) = dates(document("It met on 35 May 2020 and left."))
    assert mention.value == "2020-05-35"
    assert not dates(document("See rule 45 May others."))


# ------------------------------------------------------------------------------------------------ definitions


@pytest.mark.parametrize(
    ("text", "term", "manner"),
    [
        ('The States, hereinafter referred to as "the Contracting Parties", agree.', "Contracting Parties", "called"),
        ("The States, hereinafter called the Contracting Parties, have agreed.", "Contracting Parties", "called"),
        ('"Vessel" means a ship of the State.', "Vessel", "entry"),
        ('(a) "Vessel" means a ship of the State.', "Vessel", "entry"),
        (
            "Les États, ci-après dénommés « les Parties contractantes », sont convenus de ce qui suit.",
            "Parties contractantes",
            "called",
        ),
        ("Los Estados, en lo sucesivo denominados «las Partes», han decidido.", "Partes", "called"),
        ("Государства, именуемые в дальнейшем «Стороны», согласились о том.", "Стороны", "called"),
    ],
)
def test_a_term_is_defined(text: str, term: str, manner: str) -> None:
    (definition,) = defined_terms(document(text))
    assert (definition.term, definition.manner) == (term, manner)
    assert term in definition.span.of(text)


def test_an_adjective_with_a_noun_is_no_definition_in_german() -> None:
    assert not defined_terms(document("Die im folgenden Absatz genannten Räume der Abfertigung sind zu nennen."))


def test_the_words_that_an_abbreviation_stands_for() -> None:
    text = "It thanked the Food and Agriculture Organization of the United Nations (FAO) and left."
    assert not defined_abbreviations(document(text))  # its letters are not those of the last words
    text = "It thanked the Food and Agriculture Organization (FAO), and Regulation (EEC) No 5 applies."
    (definition,) = defined_abbreviations(document(text))
    assert (definition.short, definition.expansion) == ("FAO", "Food and Agriculture Organization")
    assert definition.span.of(text) == "Food and Agriculture Organization (FAO)"


def test_a_definition_holds_in_its_annex() -> None:
    annex = (
        'The States, hereinafter referred to as "the Contracting Parties", agree.\n\n## Article 1\n\n'
        + "The Contracting Parties shall meet.\n\n" * 5
        + "{}\n\n"
    )
    text = "# Annex I\n\n" + annex.format("Both Parties shall leave.") + "# Annex II\n\n" + annex.format("All leave.")
    (finding,) = found("defined-term", text)
    assert finding.span.of(text) == "Both Parties"
    assert finding.data["uses"] == 6


# ------------------------------------------------------------------------------------------------ spellings


def test_forms_with_one_skeleton() -> None:
    assert skeleton("Régime") == skeleton("regime")
    assert same_skeleton(["Donbass", "Donbas", "Kiev"]) == [["Donbass", "Donbas"]]


@given(st.text("abcde", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from("xyz"))
def test_one_edit_is_one_letter_apart(word: str, at: int, letter: str) -> None:
    at %= len(word)
    for other in (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :]):
        assert is_one_letter(word, other)
        if other:
            assert (other, word) in list(one_letter_apart([other], [word]))
    assert not is_one_letter(word, word)


def test_the_fix_takes_the_variant_away() -> None:
    text = "The economy of Donbass is strong. The people of Donbass work. The river of Donbas is wide."
    (finding,) = found("name-variant", text)
    (edit,) = finding.fixes[0].edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert not found("name-variant", mended)


def test_cases_and_plurals_are_no_variants() -> None:
    assert not found("name-variant", "Город Донецк. Из Донецка. В Донецке. К Донецку. Донецк, Донецк, Донецк, Донецк.")
    assert not found(
        "name-variant", "The Roman left. The Romans came. The Romans saw. The Romans spoke. The Romans won."
    )


def test_what_a_quotation_spells_otherwise_is_left_alone() -> None:
    text = "The co-operation of States and the co-operation of peoples. He wrote: “Our cooperation is good.”"
    assert not found("spelling-variant", text)


def test_a_text_full_of_hyphens_from_line_ends_says_nothing_of_spelling() -> None:
    words = ["agree-ment", "obliga-tion", "govern-ment", "parlia-ment", "minis-ter", "cooperation", "co-operation"]
    joined = [word.replace("-", "") for word in words]
    assert not found("spelling-variant", "The " + ", the ".join([*words, *joined]) + ", and the minister of the state.")


# ------------------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    "text",
    [
        "",
        "((((((((((",
        "THE CONTRACTING PARTIES, HEREINAFTER REFERRED TO AS THE PARTIES, AGREE ON 3 MARCH 2022. " * 30,
        "| a | b |\n|---|---|\n| 1,000 | 1.000 |\n| 50 % | 50% |\n" * 5,
        "I t w a s s a i d tbat tlie 5 (~) l0 (ten l2 )( “ ” « hereinafter " * 40,
        "Der Vertrag, the Treaty, le Traité, el Tratado, Договор, 条约, المعاهدة. " * 20,
        "word " * 50_000,
        "“" * 3000,
        "(hereinafter " * 2000,
        "A-" * 3000 + "B",
        "İstanbul İZMİR ß ﬁ \u0301\u0301 " * 50,
    ],
    ids=range(11),
)
def test_no_text_makes_a_rule_fail_or_say_much(text: str) -> None:
    assert len(everything(text)) <= 2


@given(st.text("Aaé b(\n)“”0123456789.,-«»/x", max_size=200))
@settings(max_examples=80, deadline=None)
def test_what_is_reported_lies_in_the_text(text: str) -> None:
    size = len(document(text).text)
    for finding in everything(text):
        for span in (finding.span, *finding.places):
            assert 0 <= span.start <= span.end <= size
