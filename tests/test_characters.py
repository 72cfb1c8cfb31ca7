"""The family characters: what is reported, what is left alone, and what is one finding."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis.confusions import candidates, table
from auditor.analysis.confusions.signs import likelihoods
from auditor.analysis.confusions.suspects import suspects
from auditor.analysis.vocabulary import vocabulary
from auditor.contract import run
from auditor.document import Document, Guidance, Profile, Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name.partition("/")[2]: rule for rule in load_rules().rules if rule.family == "characters"}

ENGLISH = (
    "The Parties shall take all measures that are necessary for the protection of the environment, and they shall "
    "report to the Conference on the measures which they have taken under this Agreement. "
)


def document(
    text: str, profile: Profile = "default", lexicon: frozenset[str] = frozenset(), media: str = "text/plain"
) -> Document:
    source = Source("t", text.encode("utf-8", "surrogatepass"), media)  # type: ignore[arg-type]
    return read(source, Guidance(profile=profile, lexicon=lexicon))


def findings(doc: Document, *names: str) -> list[Finding]:
    return [found for name in names or RULES for found in run(RULES[name], doc, {})]


def said(text: str, *names: str, lexicon: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    doc = document(text, lexicon=lexicon)
    return [
        (found.rule.partition("/")[2], doc.text[span.start : span.end])
        for found in findings(doc, *names)
        for span in (found.span, *found.places)
    ]


def test_the_family_is_complete() -> None:
    assert set(RULES) == {
        "digit-in-word", "letter-in-number", "confused-word", "wrong-word", "glued-words", "split-word", "case-slip",
        "stray-mark",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Artic1e applies", ("digit-in-word", "Artic1e")),
        ("a distance of 1O km", ("letter-in-number", "1O")),
        ("the govemment decides", ("confused-word", "govemment")),
        ("in the modem world", ("wrong-word", "modem")),
        ("the report ofthe Board", ("glued-words", "ofthe")),
        ("under theFirearms Act", ("glued-words", "theFirearms")),
        ("the implementa tion of it", ("split-word", "implementa tion")),
        ("in di ff erent forms", ("split-word", "di ff erent")),
        ("each pArty to it", ("case-slip", "pArty")),
        ("they shall | meet each year", ("stray-mark", "|")),
    ],
)
def test_a_slip_is_reported_by_the_rule_that_explains_it(words: str, expected: tuple[str, str]) -> None:
    assert expected in said(f"{ENGLISH}\n\nIt is said that {words}. {ENGLISH}")


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "The Koevoet unit, Linggadjati, Pushilin and Pasechnik were named in it by the Council of the State.",
        "UNESCO, NGOs, PhD, iPhone, GmbH, McDonald, eBay, MHz and CO2 are words of which the text speaks here.",
        "The 1st, 2nd and 57th meetings of A/RES/76/240, paragraph 5a, G20 and 3D, at https://example.org/ofthe/tbe.",
        "The zygoball is round. A zygoball rolls. Each zygoball is a zygoball, as the Parties have agreed in it.",
        "Home | About | Contact and the rest of the page that they have made for all of us in the year.",
        "We, the Governments, undertake inter alia to act mutatis mutandis, pari passu and bona fide in this.",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_languages_without_a_word_list_are_left_alone() -> None:
    finnish = (
        "Sopimuspuolet toimivat yhteistyössä tämän sopimuksen määräysten mukaisesti ja päättävät asiasta yhdessä. "
    )
    doc = document(finnish * 20)
    assert suspects(doc).forms == {}
    assert findings(doc) == []


def test_old_spelling_is_no_error() -> None:
    text = "Les enfans étoient dans le pays, et ils avoient le droit de la loi que le roi leur donnoit en ce tems. "
    assert said(text * 3) == []


def test_the_users_lexicon_is_kept() -> None:
    text = f"{ENGLISH} The govemment decides. {ENGLISH}"
    assert said(text, "confused-word") == [("confused-word", "govemment")]
    assert said(text, "confused-word", lexicon=frozenset({"Govemment"})) == []


def test_a_form_in_many_places_is_one_finding() -> None:
    doc = document(f"{ENGLISH} The report ofthe Board and ofthe Fund and ofthe State. {ENGLISH}")
    (found,) = findings(doc, "glued-words")
    assert len(found.places) == 2


def test_pieces_of_hyphenated_words_are_for_others_to_report() -> None:
    assert said(f"{ENGLISH} They met in its delibera-\ntions and re- laxation of it. {ENGLISH}", "confused-word") == []


def test_a_passage_in_another_language_is_left_alone() -> None:
    text = (
        f"{ENGLISH} He said: Wszyscy ludzie rodza sie wolni i rowni pod wzgledem swej godnosci i swych praw. {ENGLISH}"
    )
    assert said(text) == []


def test_a_fix_takes_its_finding_away() -> None:
    text = f"{ENGLISH} The Govemment and the Government ofthe State agre ement. {ENGLISH}"
    doc = document(text)
    for found in findings(doc):
        for fix in found.fixes:
            after = text
            for edit in sorted(fix.edits, key=lambda edit: -edit.span.start):
                after = after[: edit.span.start] + edit.text + after[edit.span.end :]
            assert len(findings(document(after), found.rule.partition("/")[2])) < len(
                findings(doc, found.rule.partition("/")[2])
            )


def test_a_page_of_rubble_is_one_finding() -> None:
    rng = Random(5)
    signs = "bcdfghklmnprstvwxz01358^|~"
    rubble = " ".join("".join(rng.choice(signs) for _ in range(rng.randrange(3, 9))) for _ in range(60))
    text = "\n\n".join([ENGLISH * 3, f"The State of the law in the {rubble} and of the Board that is", ENGLISH * 3])
    for profile in ("default", "deep"):
        found = [f for f in findings(document(text, profile), "confused-word") if f.data.get("rubble")]  # type: ignore[arg-type]
        assert len(found) == 1
        assert "scan" in found[0].message


def test_the_deep_profile_reports_more_and_says_how_likely() -> None:
    text = f"{ENGLISH} Tbe tho aud whioh ia iu tbe advioe ot thc oommittee, wbich bas beon givcn. {ENGLISH}"
    default = findings(document(text), "confused-word")
    deep = findings(document(text, "deep"), "confused-word")
    assert len(deep) > len(default)
    assert all(0.5 <= found.confidence <= 1.0 for found in deep)
    assert all(fix.applicability == "display" for found in deep for fix in found.fixes)


def test_the_likelihood_of_words_in_good_order_is_low() -> None:
    tokens = ENGLISH.split()
    known = vocabulary(document(ENGLISH))
    assert max(likelihoods(tokens, "en", known)) < 0.35
    damaged = ["govemment" if at == 9 else token for at, token in enumerate(tokens)]
    assert likelihoods(damaged, "en", known)[9] > 0.5


@pytest.mark.parametrize(
    ("read_as", "language", "printed"),
    [
        ("govemment", "en", "government"),
        ("tbe", "en", "the"),
        ("gouvemement", "fr", "gouvernement"),
        ("соглашсние", "ru", "соглашение"),
    ],
)
def test_the_likeliest_correction_comes_first(read_as: str, language: str, printed: str) -> None:
    assert candidates(read_as, language, vocabulary(document("A text.")))[0].word == printed


def test_what_the_document_has_is_preferred() -> None:
    known = vocabulary(document("The hearing was heard. A bearing. " + "The tearing went on. " * 9))
    ranked = candidates("lcaring", "en", known)
    assert all(candidate.word != "lcaring" for candidate in ranked)
    assert candidates("fearing", "en", known)[0].word == "tearing"


def test_the_tables_are_well_formed() -> None:
    for language in ("en", "ru", "ar"):
        for entries in (table(language).letters, table(language).signs):
            for first, rows in entries.items():
                assert all(read[0] == first and read != printed and 0 < cost < 4 for read, printed, cost in rows)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "ofthe" * 100_000,
        "1O" * 100_000,
        "a b " * 50_000,
        "A " * 100_000,
        "e\u0301\u0302" * 50_000,
        "👩\u200d👩\u200d👧 " * 5_000,
        "| " * 50_000,
        "\ud800 the of and \udfff " * 100,
        "המדינה והעם " * 2_000,
        "-" * 100_000,
        "x'" * 50_000,
    ],
)
def test_bad_input_is_not_feared(text: str) -> None:
    for profile in ("default", "deep"):
        doc = document(ENGLISH + text, profile)  # type: ignore[arg-type]
        for found in findings(doc):
            assert found.message


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=(), exclude_characters="\x00"), max_size=80),
    st.sampled_from(["default", "deep"]),
)
def test_findings_lie_in_the_text_and_quote_it(text: str, profile: Profile) -> None:
    doc = document(f"{ENGLISH} {text} {ENGLISH}", profile)
    for found in findings(doc):
        for span in (found.span, *found.places):
            assert 0 <= span.start < span.end <= len(doc.text)
        if "form" in found.data and not found.places:
            assert found.span.of(doc.text) == found.data["form"]
