"""Alignment: units, which unit is which, learned substitutions, token edits, and twins found without being named."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.alignment.edits import edits
from auditor.alignment.matching import heaviest_chain, match_units
from auditor.alignment.modality import changed_modality
from auditor.alignment.pair import Pair, PairKind
from auditor.alignment.substitutions import Change, Folding, learn
from auditor.alignment.tokens import TOKEN, Alphabet, folded
from auditor.alignment.twins import twins
from auditor.alignment.units import all_units
from auditor.comparison import pair_of
from auditor.document import Document, Source
from auditor.reading import read

LETTER = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"


def document(text: str, name: str = "a.md") -> Document:
    return read(Source(name, text.encode(), "text/markdown"))


def pair(a: str, b: str, kind: PairKind | None = "twins") -> Pair:
    return pair_of(document(a, "a.md"), document(b, "b.md"), kind)


def told(found: Pair) -> list[tuple[str, str, str]]:
    return [(d.kind, d.text_a, d.text_b) for d in found.differences()]


PARAGRAPHS = [
    "The Parties shall cooperate in the field of transport and open their ports to each other's ships.",
    "Each Party shall inform the other of the measures which it takes within its own territory.",
    "Disputes about the application of this Treaty shall be settled by negotiation between governments.",
    "Nothing in this Treaty affects the obligations of either Party under the Charter of the organization.",
    "This Treaty is concluded for a period of ten years and is renewed for successive periods of five years.",
]
TREATY = "\n\n".join(f"## Article {n}\n\n{text}" for n, text in enumerate(PARAGRAPHS, start=1)) + "\n\n"


# --- tokens and units


@given(st.text())
def test_tokens_lie_in_order_and_hold_no_space(text: str) -> None:
    end = 0
    for match in TOKEN.finditer(text):
        assert match.start() >= end
        assert not any(character.isspace() for character in match.group())
        assert folded(match.group())
        end = match.end()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the year 1,234.5, ended", ["the", "year", "1,234.5", ",", "ended"]),
        ("A/RES/72", ["A", "/", "RES", "/", "72"]),
        ("l’accord", ["l", "'", "accord"]),
        ("第一条 条约", ["第", "一", "条", "条", "约"]),
        ("مُبرم", ["مُبرم"]),
        ("ﬁeld", ["field"]),
        ("Sea¹", ["Sea¹"]),
    ],
)
def test_what_a_token_is(text: str, tokens: list[str]) -> None:
    assert [folded(match.group()) for match in TOKEN.finditer(text)] == tokens


def test_units_leave_page_furniture_and_labels_out() -> None:
    letter = read(Source("letter.md", LETTER.read_bytes(), "text/markdown"))
    units = all_units(letter)
    assert not any("22-03357" in unit.span.of(letter.text) for unit in units)
    points = all_units(document("(a) The first point;\n\n(b) The second point.\n"))
    assert [(unit.label, unit.words[0]) for unit in points] == [("a", "The"), ("b", "The")]


def test_the_span_of_tokens_is_what_they_are() -> None:
    source = document("One *two* three &amp; four.\n")
    (unit,) = all_units(source)
    block = source.blocks[unit.block]
    spans = [unit.token_span(block, k, k + 1).of(source.text) for k in range(len(unit.words))]
    assert spans == ["One", "two", "three", "&amp;", "four", "."]
    assert len(unit.token_span(block, 2, 2)) == 0


def test_rows_of_a_table_are_units() -> None:
    found = all_units(document("| a | b |\n|---|---|\n| one | two |\n| three | four |\n"))
    assert [unit.words for unit in found] == [("a", "b"), ("one", "two"), ("three", "four")]
    assert {unit.kind for unit in found} == {"row"}


# --- matching


def test_a_lost_paragraph_stays_alone() -> None:
    for lost in range(len(PARAGRAPHS)):
        rest = [text for number, text in enumerate(PARAGRAPHS) if number != lost]
        matching = match_units(all_units(document("\n\n".join(PARAGRAPHS))), all_units(document("\n\n".join(rest))))
        assert matching.only_a == (lost,)
        assert matching.only_b == ()


def test_divisions_with_different_numbers_never_match() -> None:
    same = "The Contracting Parties will conclude a separate agreement on this matter."
    a = f"## Article 1\n\n{same}\n\n## Article 2\n\n{PARAGRAPHS[0]}\n\n## Article 3\n\n{PARAGRAPHS[1]}\n"
    b = f"## Article 1\n\n{PARAGRAPHS[2]}\n\n## Article 2\n\n{same}\n\n## Article 3\n\n{PARAGRAPHS[1]}\n"
    one, other = all_units(document(a)), all_units(document(b))
    matching = match_units(one, other)
    headings = [(one[m.a[0]].key, other[m.b[0]].key) for m in matching.matches if one[m.a[0]].kind == "heading"]
    assert headings == [(("article", n, ""),) * 2 for n in (1, 2, 3)]
    assert len(matching.moved) == 1


def test_a_paragraph_that_was_cut_in_two_is_no_loss() -> None:
    cut = PARAGRAPHS[4].replace(" and is renewed", "\n\nand is renewed")
    found = pair("\n\n".join(PARAGRAPHS), "\n\n".join([*PARAGRAPHS[:4], cut]))
    assert told(found) == []


def test_a_moved_paragraph_is_told_once() -> None:
    order = [PARAGRAPHS[k] for k in (1, 2, 3, 4, 0)]
    assert told(pair("\n\n".join(PARAGRAPHS), "\n\n".join(order))) == [("order", PARAGRAPHS[0], PARAGRAPHS[0])]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 5)), max_size=14))
def test_the_heaviest_chain_rises_on_both_sides_and_is_the_heaviest(points: list[tuple[int, int, int]]) -> None:
    points = sorted({(i, j): (i, j, weight) for i, j, weight in points}.values())
    weights = {(i, j): weight for i, j, weight in points}
    chain = heaviest_chain(points)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(chain))
    best: dict[tuple[int, int], int] = {}
    for i, j, weight in points:
        best[i, j] = weight + max((best[p] for p in best if p[0] < i and p[1] < j), default=0)
    assert sum(weights[point] for point in chain) == max(best.values(), default=0)


# --- edits


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12))
def test_edits_turn_the_one_into_the_other(a: list[str], b: list[str]) -> None:
    made: list[str] = []
    at = 0
    for edit in edits(a, b, Alphabet()):
        made += a[at : edit.a]
        made += b[edit.b : edit.b_end]
        at = edit.a_end
    assert made + a[at:] == b


# --- substitutions


def test_a_replacement_that_happens_once_is_never_learned() -> None:
    change = Change(("Donetsk",), ("Lugansk",))
    assert learn([change], [("Donetsk",)], [("Lugansk",)]) == ()
    (learned,) = learn([change] * 2, [("Donetsk",)] * 2, [("Lugansk",)] * 2)
    assert (learned.count, learned.shown) == (2, ("Donetsk", "Lugansk"))


def test_a_replacement_must_cover_four_fifths_on_both_sides() -> None:
    changes = [Change(("Donetsk",), ("Lugansk",))] * 8
    for others, known in ((2, True), (3, False)):
        texts_a = [("Donetsk",)] * (8 + others)
        texts_b = [("Lugansk",)] * 8 + [("Donetsk",)] * others
        assert bool(learn(changes, texts_a, texts_b)) is known


def test_figures_and_commanding_words_are_never_learned() -> None:
    for a, b in (("10", "20"), ("shall", "may"), (",", ";")):
        assert learn([Change((a,), (b,))] * 5, [(a,)] * 5, [(b,)] * 5) == ()


def test_inflected_names_are_learned_together() -> None:
    forms = [("Донецкая", "Луганская"), ("Донецкой", "Луганской"), ("Донецкую", "Луганскую")]
    changes = [Change((a,), (b,)) for a, b in forms]
    learned = learn(changes, [(a,) for a, _ in forms], [(b,) for _, b in forms])
    assert [(s.count, s.stems) for s in learned] == [(3, True)]
    folding = Folding(learned)
    one, other = folding.fold(("Донецкою",), "a"), folding.fold(("Луганскою",), "b")
    assert one[0].symbol == other[0].symbol


def test_a_name_of_several_words_is_learned_as_a_whole() -> None:
    a = "\n\n".join(f"{text} The Kingdom of Syldavia agrees to point {n}." for n, text in enumerate(PARAGRAPHS))
    b = a.replace("Kingdom of Syldavia", "People's Republic of North Borduria")
    assert told(pair(a, b)) == []


def test_the_inside_of_a_word_written_small_is_no_name() -> None:
    a = "\n\n".join(f"{text} The Fund pays from its funds in case {n}." for n, text in enumerate(PARAGRAPHS))
    assert told(pair(a, a.replace("Fund ", "Bank "))) == []


@pytest.mark.parametrize(
    ("a", "b", "language", "words"),
    [
        (["shall"], ["may"], "en", ("may", "shall")),
        (["shall", "not"], ["shall"], "en", ("not",)),
        (["the"], ["this"], "en", ()),
        (["podrá"], ["deberá"], "es", ("deberá", "podrá")),
        (["не", "может"], ["может"], "ru", ("не",)),
        (["not"], [], "xx", ()),
    ],
)
def test_words_that_command_allow_or_deny(a: list[str], b: list[str], language: str, words: tuple[str, ...]) -> None:
    assert changed_modality(a, b, language) == words


# --- twins


def test_the_twins_of_the_letter_are_found_without_being_named() -> None:
    letter = read(Source("letter.md", LETTER.read_bytes(), "text/markdown"))
    (found,) = twins(letter)
    assert found.name == "Anexo I / Anexo II"
    assert [s.shown for s in found.substitutions] == [("Donetsk", "Lugansk")]
    assert found.substitutions[0].count == 12


def _two_treaties(between: str) -> str:
    first = TREATY.replace("this Treaty", "this Treaty with Syldavia")
    return "A letter about two treaties.\n\n" + between.join((first, first.replace("Syldavia", "Borduria")))


@pytest.mark.parametrize("between", ["", "The Parties have agreed as follows:\n\n", "# Treaty\n\n", "PART II\n\n"])
def test_a_series_that_starts_again_is_a_twin_also_when_nothing_marks_it(between: str) -> None:
    (found,) = twins(document(_two_treaties(between)))
    assert len(found.matching.matches) >= 10
    assert told(found) == []


@pytest.mark.parametrize(
    "text",
    [
        TREATY,
        "# One\n\n" + TREATY + "\n# Two\n\nShort.\n",
        "## Annex I\n\n" + "\n\n".join(PARAGRAPHS) + "\n\n## Annex II\n\n" + "The tariff of the union. " * 40,
        "",
    ],
)
def test_documents_without_twins_have_none(text: str) -> None:
    assert twins(document(text)) == ()


def test_forms_that_are_filled_in_differently_are_no_twins() -> None:
    form = "Schedule {n}\n\n" + "".join(
        f"The applicant number {{k}}{k} of the office shall state the sum of {{k}}{k}00 units in the form.\n\n"
        for k in range(12)
    )
    text = "".join("## " + form.format(n=n, k=n) for n in ("1", "2"))
    assert twins(document(text)) == ()


def test_twins_in_different_languages_are_none() -> None:
    spanish = "Las Partes cooperarán en el ámbito del transporte y abrirán sus puertos a los buques de la otra Parte. "
    english = "The Parties shall cooperate in the field of transport and open their ports to the other's ships. "
    text = f"## Annex I\n\n{english * 8}\n\n## Annex II\n\n{spanish * 8}\n"
    assert twins(document(text)) == ()


# --- scans


def test_scans_are_compared_across_their_paragraphs() -> None:
    whole = " ".join(PARAGRAPHS)
    lines = whole.replace(". ", ".\n\n").replace("transport", "tran-\nsport").replace("Charter", "Cbarter")
    found = pair(whole, lines, "scans")
    assert [(d.kind, d.detail, d.text_a, d.text_b) for d in found.differences()] == [
        ("wording", "confusion", "Charter", "Cbarter")
    ]
    assert found.set_aside == {"hyphenation": 1}


def test_a_confusion_that_happens_throughout_is_told_once() -> None:
    text = "\n\n".join(PARAGRAPHS)
    found = pair(text, text.replace("shall", "sball"), "scans").differences()
    assert [(d.detail, d.words, len(d.places)) for d in found] == [("systematic", ("h", "b"), 2)]


def test_a_stretch_that_a_scan_lacks_is_told_with_its_place() -> None:
    text = "\n\n".join(PARAGRAPHS)
    found = pair(text, text.replace(PARAGRAPHS[2], ""), "scans").differences()
    assert [(d.kind, d.lacking, d.text_a) for d in found] == [("missing-unit", "b", PARAGRAPHS[2])]


@given(st.permutations(range(5)), st.integers(0, 4), st.sampled_from(["twins", "scans"]))
def test_the_places_of_a_difference_hold_what_it_quotes(order: list[int], lost: int, kind: PairKind) -> None:
    one = "\n\n".join(PARAGRAPHS)
    other = "\n\n".join(PARAGRAPHS[k].replace("Party", "Side") for k in order if k != lost)
    found = pair(one, other, kind)
    for difference in found.differences():
        for side, span, text in (
            (found.a, difference.a, difference.text_a),
            (found.b, difference.b, difference.text_b),
        ):
            shown = " ".join(span.of(side.document.text).split())
            assert shown == text or difference.kind == "label"


def test_vowel_signs_and_brackets_turned_round_are_presentation() -> None:
    text = "\n\n".join(f"تتعاون الأطرافُ (الموقّعة) في الموضوع رقم {n} من هذه القائمة." for n in range(20, 29))
    plain = text.replace("ُ", "").replace("ّ", "").replace("(", "\0").replace(")", "(").replace("\0", ")")
    found = pair(text, plain, "scans")
    assert told(found) == []
    assert found.set_aside["presentation"] >= 9


def test_numbers_of_paragraphs_that_a_scan_lacks_are_told_once() -> None:
    text = "\n\n".join(f"({n}) {line}" for n, line in enumerate(PARAGRAPHS, start=1))
    found = pair(text, "\n\n".join(PARAGRAPHS), "scans").differences()
    assert [(d.kind, d.detail, d.lacking, len(d.places)) for d in found] == [("label", "lost", "b", 4)]


def test_words_misread_side_by_side_are_told_apart() -> None:
    text = "\n\n".join(PARAGRAPHS)
    damaged = text.replace("settled by negotiation", "scttled hy negotiation").replace(
        "measures which", "mcasures wbich"
    )
    found = pair(text, damaged, "scans").differences()
    assert [(d.text_a, d.text_b) for d in found if len(d.places) == 0] == [
        ("measures", "mcasures"),
        ("which", "wbich"),
        ("settled", "scttled"),
        ("by", "hy"),
    ]


def test_the_noise_of_a_poor_reading_is_brought_together() -> None:
    text = "\n\n".join(f"{PARAGRAPHS[n % 5]} This is the paragraph number {n} of the list." for n in range(60))
    words = text.split(" ")
    for at in range(3, len(words), 6):
        words[at] += " ~" if at % 2 else " '|"
    found = pair(text, " ".join(words), "scans").differences()
    assert [d.detail for d in found] == ["specks"]
    assert len(found[0].places) > 100


# --- versions

ENGLISH = "".join(
    f"Article {n}\n\n1. Each Party shall take measures:\n\n(a) To protect its ports;\n\n"
    f"(b) To keep a list of ships;\n\n(c) To publish it.\n\n2. Paragraph 1 (a) applies to all ships.\n\n"
    for n in range(1, 8)
)
RUSSIAN = "".join(
    f"Статья {n}\n\n1. Каждая Сторона принимает меры:\n\nа) по защите своих портов;\n\nb) по ведению списка судов; "
    f"с) по его опубликованию.\n\n2. Пункт 1 а) применяется ко всем судам.\n\n"
    for n in range(1, 8)
)


def versions(a: str, b: str) -> Pair:
    one, other = (read(Source(name, text.encode(), "text/plain")) for name, text in (("en.txt", a), ("ru.txt", b)))
    return pair_of(one, other, encode=False)


def test_versions_are_recognised_and_matched_by_number() -> None:
    found = versions(ENGLISH, RUSSIAN)
    assert found.kind == "versions"
    assert (len(found.matching.matches), found.coverage) == (35, 1.0)
    assert told(found) == []


def test_a_label_that_one_version_lost_is_told_with_its_place() -> None:
    lost = RUSSIAN.replace("с) по его", "с по его", 3).replace("с по его", "с) по его", 2)
    found = versions(ENGLISH, lost)
    (difference,) = found.differences()
    assert (difference.kind, difference.text_a, difference.lacking) == ("label", "c", "b")
    assert found.address(difference) == "Article 3"
    start = lost.index("Статья 3")
    assert start < difference.b.start < lost.index("Статья 4")


def test_a_division_that_one_version_lost_is_told() -> None:
    english = ENGLISH + "".join(f"Article {n}\n\nText of the article number {n}.\n\n" for n in range(8, 30))
    russian = RUSSIAN + "".join(f"Статья {n}\n\nТекст статьи номер {n}.\n\n" for n in range(8, 30))
    found = versions(english, russian.replace("Статья 20\n\nТекст статьи номер 20.\n\n", ""))
    assert told(found) == [("missing-unit", "Article 20", "")]


def test_versions_without_common_structure_are_not_compared() -> None:
    assert versions(ENGLISH, "Просто текст без статей и пунктов. " * 40).coverage == 0


def test_a_label_lost_between_two_alphabets_is_told() -> None:
    chinese = "".join(
        f"第{n}条\n\n一、各缔约方应采取以下措施：\n\n（一）保护其港口；\n\n（二）保存船舶清单；\n\n（三）予以公布。\n\n"
        "二、第一款（一）项适用于所有船舶。\n\n"
        for n in "一二三四五六七"
    )
    assert told(versions(ENGLISH, chinese)) == []
    lost = chinese.replace("（二）保存", "保存", 3).replace("保存船舶", "（二）保存船舶", 2)
    (difference,) = versions(ENGLISH, lost).differences()
    assert (difference.kind, difference.text_a, difference.lacking) == ("label", "b", "b")
