"""The references family beyond its examples: the letter, the resolutions, what is one finding, what is never said."""

from __future__ import annotations

import importlib
import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis.footnotes import footnotes
from auditor.contract import run
from auditor.document import Document, MediaType, Source, Span
from auditor.findings import Finding
from auditor.reading import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = ("caption-mismatch", "dangling", "footnote-glued", "footnote-unmatched", "symbol-damaged", "symbol-suspect")


def document(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode(), media_type))


def check(name: str, parsed: Document) -> list[Finding]:
    stem = name.replace("-", "_")
    module = importlib.import_module(f"auditor_rules.references.{stem}")
    return run(getattr(module, stem).__auditor_rule__, parsed, {})


def fixture(name: str, media_type: MediaType) -> Document:
    return document((FIXTURES / name).read_text(encoding="utf-8"), media_type)


# ------------------------------------------------------------------------------------------------ the letter


def test_the_letters_masthead_is_given_as_its_two_symbols() -> None:
    (finding,) = check("symbol-damaged", fixture("a-76-740/a-76-740.md", "text/markdown"))
    truth = json.loads((FIXTURES / "a-76-740" / "truth.json").read_text(encoding="utf-8"))["findings"]
    item = next(item for item in truth if item["rule"] == "references/symbol-damaged")
    assert finding.span == Span(item["where"]["start"], item["where"]["end"])
    assert finding.data["symbol"] == item["gives"]
    assert finding.fixes[0].edits[0].text == item["gives"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "symbol-damaged"])
def test_nothing_else_is_said_of_the_letter(name: str) -> None:
    assert check(name, fixture("a-76-740/a-76-740.md", "text/markdown")) == []


# ------------------------------------------------------------------------------------------------ symbols


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("$A_{76/740}$", "A/76/740"),
        ("$A_{/76/740}$", "A/76/740"),
        ("$A _ { 7 6 / 7 4 0 }$", "A/76/740"),
        ("A_{76/740}", "A/76/740"),
        ("$\\mathbf{S}/2022/179$", "S/2022/179"),
        ("\\( A_{76/740} \\)", "A/76/740"),
        ("A<sub>76/740</sub>", "A/76/740"),
        ("$A_{76/740}$–$S_{2022/179}$", "A/76/740–S/2022/179"),
        ("$A_{76/740}-S_{2022/179}$", "A/76/740-S/2022/179"),
        ("A/RES/7l/123", "A/RES/71/123"),
        ("A/RES/77 /321", "A/RES/77/321"),
        ("S/RES/l540 (2004)", "S/RES/1540 (2004)"),
        ("A / 76 / 740", "A/76/740"),
        ("AIRES/77/321", "A/RES/77/321"),
        ("A/76l740", "A/76/740"),
        ("S/2O22/179", "S/2022/179"),
        ("E/CN.4/2OO3/1/Add.2", "E/CN.4/2003/1/Add.2"),
        ("A\\76\\740", "A/76/740"),
        ("A/RE5/77/321", "A/RES/77/321"),
    ],
)
def test_a_damaged_symbol_is_given_back(written: str, symbol: str) -> None:
    text = f"As the report {written} says."
    (finding,) = check("symbol-damaged", document(text, "text/plain"))
    assert finding.data["symbol"] == symbol
    assert finding.span.of(text) == written


def test_a_symbol_behind_a_price_is_still_seen() -> None:
    (finding,) = check("symbol-damaged", document("It costs $5; see $A_{76/740}$ for more.", "text/plain"))
    assert finding.data["symbol"] == "A/76/740"


def test_spaces_in_many_symbols_are_one_finding_with_its_places() -> None:
    text = " ".join(f"See A/AC.296/2026/CRP.{n}/ Rev.1." for n in range(1, 7))
    (finding,) = check("symbol-damaged", document(text, "text/plain"))
    assert [s.of(text) for s in (finding.span, *finding.places)] == [
        f"A/AC.296/2026/CRP.{n}/ Rev.1" for n in range(1, 7)
    ]
    assert finding.data["symbols"][5] == "A/AC.296/2026/CRP.6/Rev.1"


def test_a_line_break_inside_a_symbol_of_wrapped_text_is_no_damage() -> None:
    assert check("symbol-damaged", document("the working document\n(A/AC.296/2026/\nCRP.1), which", "text/plain")) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="AESRCN./\\|$_{}0127lIO ()-", max_size=60))
def test_whatever_is_repaired_has_become_a_symbol(text: str) -> None:
    from auditor.analysis.mentions.symbols import is_symbol

    for finding in check("symbol-damaged", document(text, "text/plain")):
        for part in str(finding.data["symbol"]).replace("–", "-").split("-"):
            assert is_symbol(part) or is_symbol(str(finding.data["symbol"]))


def test_sessions_and_years_agree_for_every_session() -> None:
    for session in range(31, 90):
        autumn, summer = f"3 December {1945 + session}", f"2 July {1946 + session}"
        good = f"Recalling A/RES/{session}/12 of {autumn}, and A/RES/{session}/300 of {summer},"
        assert check("symbol-suspect", document(good)) == []
        (finding,) = check("symbol-suspect", document(f"Recalling A/RES/{session}/12 of 3 December {1950 + session},"))
        assert str(1945 + session) in finding.message


def test_the_documents_own_symbol_is_held_against_its_page_heads() -> None:
    text = "A/RES/78/272\n\nOne.\n\nA/RES/78/272\n\nTwo.\n\nA/RES/78/273\n\nThree.\n\nSee also A/RES/78/274."
    (finding,) = check("symbol-suspect", document(text))
    assert finding.span.of(text) == "A/RES/78/273"


# ------------------------------------------------------------------------------------------------ references


def articles(count: int, language: str = "en") -> list[str]:
    word, body = {
        "en": ("Article", "The Parties shall apply this provision in good faith."),
        "es": ("Artículo", "Las Partes aplicarán esta disposición de buena fe."),
    }[language]
    return [f"## {word} {n}\n\n{body}" for n in range(1, count + 1)]


@pytest.mark.parametrize("seed", range(12))
def test_a_reference_beyond_the_last_article_is_found_wherever_it_stands(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(4, 40)
    number = count + chance.randint(1, 60)
    parts = articles(count)
    parts[chance.randrange(count)] += f" This is subject to article {number}."
    (finding,) = check("dangling", document("\n\n".join(parts)))
    assert finding.data["target"] == f"article {number}"


@pytest.mark.parametrize("number", range(1, 10))
def test_a_reference_to_an_article_that_stands_there_is_never_reported(number: int) -> None:
    parts = articles(9)
    parts[3] += f" This is subject to article {number} of this Agreement."
    assert check("dangling", document("\n\n".join(parts))) == []


def test_a_reference_to_a_number_in_a_gap_is_left_to_the_rule_on_headings() -> None:
    parts = articles(12)
    parts[5] = "The Parties shall apply this provision in good faith."
    parts[7] += " This is subject to article 6 of this Agreement."
    assert check("dangling", document("\n\n".join(parts))) == []


def test_lost_headings_make_room_behind_the_last() -> None:
    parts = articles(12)
    parts[5] = "The Parties shall apply this provision in good faith."
    parts[7] += " This is subject to article 13 of this Agreement."
    assert check("dangling", document("\n\n".join(parts))) == []


def test_many_references_beyond_the_end_mean_another_text() -> None:
    parts = [part + f" This is subject to article {100 + n}." for n, part in enumerate(articles(10))]
    assert check("dangling", document("\n\n".join(parts))) == []


def test_a_paragraph_beyond_those_of_its_article() -> None:
    numbered = "## Article 2\n\n1. One thing.\n\n2. Another thing.\n\n3. A third thing."
    text = "\n\n".join(
        ["## Article 1\n\nOne.", numbered, "## Article 3\n\nSee article 2, paragraph 7, of this Agreement."]
    )
    (finding,) = check("dangling", document(text))
    assert finding.data["target"] == "article 2, paragraph 7"
    assert check("dangling", document(text.replace("paragraph 7", "paragraph 3"))) == []


# ------------------------------------------------------------------------------------------------ footnotes


@pytest.mark.parametrize("name", ["A-RES-78-272.raw.txt", "A-RES-78-272.txt"])
def test_every_glued_number_of_a_resolution_is_found(name: str) -> None:
    parsed = fixture(f"un-resolutions-ga/{name}", "text/plain")
    (finding,) = check("footnote-glued", parsed)
    words = [f"{word}{label}" for word, label in zip(finding.data["words"], finding.data["labels"], strict=True)]
    assert words == ["Sea1", "conference,2", "Jurisdiction,3", "helpful,4", "summits,5", "commissions6"]
    assert [s.of(parsed.text) for s in (finding.span, *finding.places)] == list("123456")


@pytest.mark.parametrize("name", ["A-RES-78-272.raw.txt", "A-RES-78-272.txt", "A-RES-77-321.raw.txt"])
@pytest.mark.parametrize("rule", [name for name in NAMES if name != "footnote-glued"])
def test_the_resolutions_have_no_other_fault_of_this_family(name: str, rule: str) -> None:
    assert check(rule, fixture(f"un-resolutions-ga/{name}", "text/plain")) == []


def test_notes_of_a_resolution_are_matched_with_their_markers() -> None:
    found = footnotes(fixture("un-resolutions-ga/A-RES-77-321.raw.txt", "text/plain"))
    assert [note.label for note in found.notes] == ["1", "2", "3", "4"]
    assert [m.note for m in found.markers if m.form == "glued"] == [0, 1, 2, 3]
    assert found.orphans == ()


def test_a_note_whose_marker_is_gone_is_unmatched() -> None:
    text = (FIXTURES / "un-resolutions-ga" / "A-RES-77-321.raw.txt").read_text(encoding="utf-8")
    assert text.count("consensus,3") == 1
    (finding,) = check("footnote-unmatched", document(text.replace("consensus,3", "consensus,"), "text/plain"))
    assert finding.data == {"missing": "marker", "labels": ["3"]}


@pytest.mark.parametrize(
    "text",
    [
        "CO2, NO3, SO4 and H2O fell; the G20 met after Covid19 and the B52 flew.",
        "Windows10, Python3 and HTML5 are used; test1, test2, test3, test4, test5.",
        "Annex1, annex2, annex3, annex4 and Table5, see para.6 and Rev.7.",
        "Schools A1, B2, C3, D4, E5 and F6; 10m2, 20m2, 30km2.",
        "Words at the end.1\n\nA lone number glued to a word: something2.",
    ],
)
def test_names_labels_and_formulas_with_numbers_are_no_footnotes(text: str) -> None:
    assert check("footnote-glued", document(text, "text/plain")) == []


def test_the_fix_raises_the_numbers() -> None:
    text = "The views of Brazil,1 Japan,2 Indonesia,3 Chile4 and Egypt5 were heard."
    (plain,) = check("footnote-glued", document(text, "text/plain"))
    assert [edit.text for edit in plain.fixes[0].edits] == list("¹²³⁴⁵")
    (marked,) = check("footnote-glued", document(text))
    assert marked.fixes[0].edits[0].text == "<sup>1</sup>"


def test_paragraph_numbers_that_begin_anew_are_no_footnotes() -> None:
    text = "\n\n".join(f"## Art. {n}\n\n<sup>1</sup> One.\n\n<sup>2</sup> Two<sup>{n}</sup>." for n in range(1, 6))
    assert check("footnote-unmatched", document(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The licence was drafted on two principles:\n\n  * firstly, that the\n    sources are free.\n\nIt is free.\n",
        "You may not\n\n* reverse engineer the software, or otherwise\nattempt to copy it.\n\nThat is all.\n",
        "Please note:\n\n* Users read Part A.\n\nText.\n\n* Makers read Part B.\n\nText.\n",
        "Change log\n\n   * Version 1.1, April 2013\n\n    A term has been changed\n",
    ],
)
def test_an_asterisk_that_is_a_bullet_is_no_note(text: str) -> None:
    assert footnotes(document(text, "text/plain")).notes == ()
    assert check("footnote-unmatched", document(text, "text/plain")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The annexes are long.\n\n_____________\n\n* Issued in English only.\n\nThe text goes on here.\n",
        "The annexes are long.\n\n* Issued in English only.\n\f\nThe text goes on here.\n",
        "The annexes are long.\n\n† Issued in English only.\n\nThe text goes on here.\n",
    ],
)
def test_a_note_of_plain_text_is_known_by_its_place(text: str) -> None:
    (finding,) = check("footnote-unmatched", document(text, "text/plain"))
    assert finding.data["missing"] == "marker"


def test_a_marker_before_it_tells_a_note_from_a_bullet() -> None:
    found = footnotes(document("The annexes* are long.\n\n* Issued in English only.\n\nText.\n", "text/plain"))
    assert [note.label for note in found.notes] == ["*"]
    assert [marker.note for marker in found.markers] == [0]


def test_a_section_of_a_licence_printed_inside_is_there() -> None:
    own = "".join(f"## Section {n}\n\nText of it.\n\n" for n in (1, 2, 3))
    inner = "".join(f"{n}. Terms of it.\n\n" for n in range(1, 6))
    text = f"{own}{inner}No warranty beyond section {{}} of this License.\n"
    assert check("dangling", document(text.format(5))) == []
    (finding,) = check("dangling", document(text.format(9)))
    assert finding.data["target"] == "section 9"


@pytest.mark.parametrize(
    ("act", "reported"),
    [("Il D.Lgs. 13 dicembre 2017, n. 217", False), ("The D.P.R. of 5 May 1980 (No. 12)", False), ("The Board", True)],
)
def test_an_act_cited_by_date_and_number_is_another_text(act: str, reported: bool) -> None:
    text = (
        "".join(f"## Article {n}\n\nText of it.\n\n" for n in (1, 2, 3)) + f"{act} decides under article 9 on costs.\n"
    )
    assert bool(check("dangling", document(text))) == reported


# ------------------------------------------------------------------------------------------------ all rules


SOUP = st.sampled_from(
    [
        "Article 1\n\n", "## Article 2\n\n", "see article 9", " of this Act.", "A/76 /740", "$A_{76/740}$", "word1",
        "word,2", "[^1]", "\n\n[^1]: note", "<sup>3</sup>", "\n\n____________\n\n1 Note.", "\\*", "\n\n\\* Note",
        "(Use of terms)", "\n\n", " ", ".", "resolution 78/650 of 1 May 1999", "“", "”", "第五条", "\n1\n",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(SOUP, max_size=25), st.sampled_from(["text/plain", "text/markdown"]))
def test_findings_lie_inside_the_text_and_fixes_do_not_overlap(pieces: list[str], media_type: MediaType) -> None:
    parsed = document("".join(pieces), media_type)
    for name in NAMES:
        for finding in check(name, parsed):
            spans = [finding.span, *finding.places, *(e.span for e in finding.evidence if e.span)]
            assert all(0 <= span.start <= span.end <= len(parsed.text) for span in spans)
            for fix in finding.fixes:
                edits = sorted(edit.span for edit in fix.edits)
                assert all(a.end <= b.start for a, b in pairwise(edits))
