"""The markup family beyond its examples: what is one finding, what its fixes give, and what never happens."""

from __future__ import annotations

import importlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.contract import Rule, run
from auditor.document import Document, MediaType, Source, Span
from auditor.findings import Finding, Fix
from auditor.reading import read

NAMES = (
    "converter-fault",
    "emphasis-residue",
    "entity-residue",
    "escape-residue",
    "html-residue",
    "math-residue",
    "placeholder",
)
SEED = Path(__file__).parent.parent / "fixtures" / "a-76-740" / "a-76-740.md"


def rule_of(name: str) -> Rule:
    stem = name.replace("-", "_")
    module = importlib.import_module(f"auditor_rules.markup.{stem}")
    declared = getattr(module, stem).__auditor_rule__
    assert isinstance(declared, Rule)
    return declared


def document(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode(), media_type))


def check(name: str, text: str, media_type: MediaType = "text/markdown") -> list[Finding]:
    return run(rule_of(name), document(text, media_type), {})


def applied(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def mended(name: str, text: str, media_type: MediaType = "text/markdown") -> str:
    (finding,) = check(name, text, media_type)
    (fix,) = finding.fixes
    return applied(text, fix)


# ------------------------------------------------------------------------------------------------ the letter


def test_the_letter_has_one_tag_and_one_formula_and_nothing_else() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = [finding for name in NAMES for finding in check(name, text)]
    assert sorted((f.rule, f.span.of(text), len(f.places)) for f in found) == [
        ("markup/html-residue", "<sup>\\*</sup>", 0),
        ("markup/math-residue", "$A_{76/740}$ - $S_{2022/179}$", 0),
    ]


# -------------------------------------------------------------------------------------- one cause, one finding


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("html-residue", "One<br>two.\n\nThree<br>four.\n\nFive<br>six.", 3),
        ("entity-residue", "a&amp;nbsp;b\n\nc&amp;nbsp;d", 2),
        ("escape-residue", "1\\. One\n\n2\\. Two\n\n3\\. Three", 3),
        ("placeholder", "Done at [●], on [●].", 2),
        ("emphasis-residue", "The **Par**ties and the **Sta**tes.", 2),
    ],
)
def test_many_places_of_one_cause_are_one_finding(name: str, text: str, count: int) -> None:
    (finding,) = check(name, text)
    assert 1 + len(finding.places) == count
    assert f"{count} places" in finding.message


def test_different_tags_are_different_findings() -> None:
    found = check("html-residue", "One<br>two <u>three</u>.")
    assert {finding.data["tag"] for finding in found} == {"br", "u"}


# ------------------------------------------------------------------------------------------------ tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see annex I<sup>\\*</sup>.", "see annex I\\*."),
        ("each<br>and all", "each and all"),
        ('the <span class="a">Parties</span>', "the Parties"),
    ],
)
def test_taking_tags_out_keeps_what_they_hold(text: str, expected: str) -> None:
    assert mended("html-residue", text) == expected


def test_a_long_element_is_shown_by_its_tags() -> None:
    text = "<u>" + "The Contracting Parties agree as follows. " * 3 + "</u>"
    (finding,) = check("html-residue", "Now " + text)
    assert [span.of("Now " + text) for span in (finding.span, *finding.places)] == ["<u>", "</u>"]


@pytest.mark.parametrize("count", [1, 2])
def test_a_few_raised_note_marks_are_residue(count: int) -> None:
    text = "\n\n".join(f"Paragraph{n} text<sup>{mark})</sup>" for n, mark in enumerate("ab"[:count]))
    (finding,) = check("html-residue", text)
    assert 1 + len(finding.places) == count


def test_raised_note_marks_throughout_are_the_style_of_the_house() -> None:
    text = "\n\n".join(f"Paragraph text<sup>{n})</sup>" for n in range(1, 9))
    assert check("html-residue", text) == []


def test_in_plain_text_every_tag_is_seen() -> None:
    text = "Loi du 1<sup>er</sup> et du 2<sup>e</sup> et du 3<sup>e</sup> jour."
    assert len(check("html-residue", text, "text/plain")) == 1


def test_a_cell_outside_any_table_is_residue_and_one_inside_is_not() -> None:
    assert check("html-residue", "<table>\n<tr>\n<td>1</td>\n</tr>\n</table>\n\nText.") == []
    assert len(check("html-residue", "Text <td>1</td> text.")) == 1


# ------------------------------------------------------------------------------------------------ formulas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the $5^{th}$ day", "the 5th day"),
        ("at $20^{\\circ}$ C", "at 20° C"),
        ("the $\\mathrm{Contracting~Parties}$ agree", "the Contracting Parties agree"),
        ("an area of 5 $\\text{km}^{2}$ only", "an area of 5 km² only"),
        ("note $^{3}$ below", "note ³ below"),
        ("symbol $A_{76/740}$ here", "symbol A/76/740 here"),
        ("about $50\\%$ of it", "about 50% of it"),
    ],
)
def test_the_plain_text_is_given(text: str, expected: str) -> None:
    assert mended("math-residue", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "It costs $5, then $6.",
        "US$5 to US$7 million",
        "$ 10.00 a $ 20.00",
        "A$5$ is odd",
        "The area is $a = b^{2}$ and then $5^{th}$.",
        "Write `x_{1}` for it.",
    ],
)
def test_money_and_mathematics_are_left_alone(text: str) -> None:
    assert check("math-residue", text) == []


# ------------------------------------------------------------------------------------------------ escapes and entities


def test_needed_escapes_are_left_alone() -> None:
    for text in ("\\* note", "\\# 5 of the list", "a \\*b\\* c", "\\- item", "x \\[y\\](z)", "\\_a\\_"):
        assert check("escape-residue", text) == [], text


def test_removing_a_needless_escape_leaves_the_prose_as_it_was() -> None:
    text = "The text of section 5\\. Then\\: the-word and file\\_name."
    before = document(text).blocks[0].prose.text
    for finding in check("escape-residue", text):
        for fix in finding.fixes:
            assert document(applied(text, fix)).blocks[0].prose.text == before


def test_an_entity_becomes_its_character() -> None:
    assert mended("entity-residue", "Caf&eacute; Royal", "text/plain") == "Café Royal"
    assert mended("entity-residue", "R &amp; D", "text/plain") == "R & D"
    assert mended("entity-residue", "5&nbsp;km", "text/plain") == "5\u00a0km"


# ------------------------------------------------------------------------------------------------ placeholders


@pytest.mark.parametrize("text", ["Chapter XX", "resolution 3437 (XXX)", "[the Parties]", "[…]", "[sic]", "[1]", "[ ]"])
def test_what_is_no_placeholder(text: str) -> None:
    assert check("placeholder", f"See {text} of the text.") == []


def test_a_form_has_blanks() -> None:
    form = "\n\n".join(f"The applicant ____ of the State number {n}." for n in range(5))
    assert check("placeholder", form) == []
    assert len(check("placeholder", "Done on the ____ day of May.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        'Substitutions look like "${key}". One is ${foo}, which is expanded.',
        "Write `{{ name }}` for it; {{ name }} is filled in.",
        "This work [*] is free.\n\n[*] In some countries only.",
        "[name withheld] of [Address Unknown Street] and F3[date] and n[year]",
    ],
)
def test_what_a_text_shows_or_explains_is_no_placeholder(text: str) -> None:
    assert check("placeholder", text, "text/plain") == []


def test_all_that_a_template_asks_for_is_one_finding_of_low_weight() -> None:
    text = "Copyright (C) <year> <name of\nauthor>\n\nCopyright [yyyy] [Name of copyright owner], [Your name], <OWNER>."
    (finding,) = check("placeholder", text, "text/plain")
    assert finding.severity == "info"
    assert [span.of(text) for span in (finding.span, *finding.places)] == [
        "<year>",
        "<name of\nauthor>",
        "[yyyy]",
        "[Name of copyright owner]",
        "[Your name]",
        "<OWNER>",
    ]


def test_what_is_told_as_missing_is_not_told_again_as_asked_for() -> None:
    (finding,) = check("placeholder", "Copyright (C) [Insert\nyear(s)], all rights reserved.", "text/plain")
    assert finding.severity is None
    assert finding.data["written"] == "[Insert year(s)]"


# ------------------------------------------------------------------------------------------------ texts about programs

MANUAL = """The files stand in these folders.

    $ tar --list -f archive.tar | more
    $ dpkg --info file.deb

The order "key" is kept in the file.

{
"title": "A law of 1988",
"html": "<div class=\\"body\\">\\n <br>\\n </div>",
"year": 1988
},

    /usr/share/doc/policy.txt -> /usr/share/policy.txt

The pattern is /closes:\\s*(?:bug)?\\#?\\s?\\d+/ and a variable is ${name}.
"""


@pytest.mark.parametrize("name", ["escape-residue", "html-residue", "placeholder"])
def test_code_in_a_manual_is_shown_and_not_left_over(name: str) -> None:
    assert check(name, MANUAL, "text/plain") == []


def test_a_tag_in_the_prose_of_a_manual_is_left_over() -> None:
    text = MANUAL + "\nThe Parties<br>shall agree.\n"
    (finding,) = check("html-residue", text, "text/plain")
    assert finding.span.of(text) == "<br>"
    assert not finding.places


def test_words_in_angle_brackets_are_a_notation_where_html_does_not_know_their_like() -> None:
    text = "Pages stand in <mandir>/<locale>/man<section>. Here <section> is a number."
    assert check("html-residue", text, "text/plain") == []
    assert len(check("html-residue", "The number of the <section> is lost.", "text/plain")) == 1
    assert len(check("html-residue", text + "<br>See <b>below</b>.", "text/plain")) == 2


def test_escapes_of_prose_are_seen_and_told_together() -> None:
    text = 'This License (\\"License\\") is the Licensor\\\'s. A so-called "distribution,"\\" is not.'
    (finding,) = check("escape-residue", text, "text/plain")
    assert finding.data["written"] == ['\\"', "\\'"]
    assert len(finding.places) == 3
    (fix,) = finding.fixes
    assert applied(text, fix) == text.replace("\\", "")


# ------------------------------------------------------------------------------------------------ faults of a converter


def _shift(text: str, distance: int) -> str:
    lower = "abcdefghijklmnopqrstuvwxyz"
    turned = lower[distance:] + lower[:distance]
    return text.translate(str.maketrans(lower + lower.upper(), turned + turned.upper()))


_PROSE = "The Parties to the present Agreement shall co-operate in the maintenance of international peace and security."


@pytest.mark.parametrize("distance", [1, 3, 5, 7, 11, 13, 17, 23, 25])
def test_a_shifted_font_is_undone_whatever_the_distance(distance: int) -> None:
    (finding,) = check("converter-fault", f"{_PROSE}\n\n{_shift(_PROSE, distance)}\n\n{_PROSE}")
    assert finding.data["reads"].startswith("The Parties to the present")


def test_glyph_numbers_are_undone() -> None:
    shifted = "".join(chr(ord(c) - 29) for c in _PROSE[:60])
    (finding,) = check("converter-fault", f"{_PROSE}\n\n{shifted}", "text/plain")
    assert finding.data["reads"].startswith("The Parties to the present")


def test_only_the_lines_of_a_block_that_were_moved_are_moved_back() -> None:
    moved = "".join(chr(ord(c) - 29) for c in "NATIONS UNIES SUR LE DROIT DE LA MER")
    text = f"{_PROSE}\n\nLa Convention des\n{moved}"
    (finding,) = check("converter-fault", text, "text/plain")
    assert finding.data["reads"] == "La Convention des\nNATIONS UNIES SUR LE DROIT DE LA MER"


@pytest.mark.parametrize(
    "line", ["the situation as is {} 3", "3.1 rules of the port {} 12", "{} to be in the way as is {}"]
)
@pytest.mark.parametrize("leader", ["." * 90, ". " * 60, "_" * 40, "·" * 50])
def test_leader_dots_are_no_letters(line: str, leader: str) -> None:
    assert check("converter-fault", line.format(leader, leader), "text/plain") == []


def test_blocks_of_one_fault_are_one_finding() -> None:
    text = "\n\n".join([_shift(_PROSE, 1)] * 4)
    (finding,) = check("converter-fault", text)
    assert len(finding.places) == 3


def test_a_list_that_goes_on_is_no_fault() -> None:
    text = "\n\n".join(f"{n}. Notes item {n};\n\nwhich is annexed." for n in range(1, 8))
    assert check("converter-fault", text) == []


# ------------------------------------------------------------------------------------------------ any text


_PIECES = st.sampled_from(
    ["<br>", "<sup>", "</sup>", "$", "^{", "}", "\\", "**", "&amp;", "&#x", ";", "[", "]", "●", "1. ", "\n\n", "a", " ",
     "_{2}", "\\mathrm{", "<td", ">", "|", "Ж", "第", "\x03", "____", "{{x}}", "# "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(["text/markdown", "text/plain"]))
def test_every_place_lies_in_the_text_and_fixes_can_be_carried_out(text: str, media_type: MediaType) -> None:
    source = document(text, media_type)
    for name in NAMES:
        for finding in run(rule_of(name), source, {}):
            for span in (finding.span, *finding.places):
                assert 0 <= span.start < span.end <= len(source.text)
            for fix in finding.fixes:
                edits = sorted(edit.span for edit in fix.edits)
                assert all(one.end <= other.start for one, other in pairwise(edits))
                assert all(Span(0, len(source.text)).covers(edit) for edit in edits)
