"""Repetition: words, headings and blocks that stand twice, and converters that repeat themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.contract import run
from auditor.document import Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name: rule for rule in load_rules().rules if rule.family == "repetition"}
PARAGRAPH = "The Parties shall cooperate in the conservation of marine biological diversity, and they meet each year."


def findings(name: str, text: str, media_type: str = "text/markdown") -> list[Finding]:
    document = read(Source("-", text.encode("utf-8", "surrogatepass"), media_type))  # type: ignore[arg-type]
    return run(RULES[f"repetition/{name}"], document, {})


def fixed(text: str, found: Finding) -> str:
    for edit in sorted(found.fixes[0].edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The members of of the Council meet.", "The members of the Council meet."),
        ("The members of\nof the Council meet.", "The members of the Council meet."),
        ("The The Council meets each year.", None),
        ("The work of the of the Council is done.", "The work of the Council is done."),
        ("It shall report on the the, and meet.", "It shall report on the, and meet."),
        ("Les membres de la de la Commission se réunissent.", "Les membres de la Commission se réunissent."),
    ],
)
def test_a_repeated_word_is_taken_out(text: str, meant: str | None) -> None:
    found = findings("repeated-word", text)
    assert [fixed(text, f) for f in found] == ([meant] if meant else [])


@pytest.mark.parametrize(
    "text",
    [
        "He said that that had had no effect, very very rarely.",
        "Nous nous engageons, et vous vous réunissez avec nous dans la ville.",
        "Boutros Boutros-Ghali, Sirhan Sirhan and Baden Baden were there.",
        "Yes, yes. It is so. So it is. 5 5 10 10 and A A.",
        "They come from time to time to the city, one by one by the door.",
        "Anak-anak itu lari lari di taman, dan orang orang datang.",
        "他们常常看看书，天天想想办法。",
        "the the the the (a loop is another rule's)",
        "| the the |\n|---|\n| of of |\n",
        "`the the` is code.",
        "start\nstart the service, and go on with it as before",
    ],
)
def test_what_stands_twice_by_right_is_left_alone(text: str) -> None:
    assert findings("repeated-word", text) == []


def test_a_paragraph_that_stands_twice_is_found_through_page_furniture() -> None:
    pages = "".join(f"Sentence number {n} of the report stands here.\n\n22-03357 {n}/9\n\n" for n in range(1, 5))
    text = f"{pages}{PARAGRAPH}\n\n22-03357 5/9\n\n{PARAGRAPH}\n\n{pages.replace('/9', '/8')}"
    assert [f.span.of(text) for f in findings("duplicated-block", text, "text/plain")] == [PARAGRAPH]


def test_the_same_paragraph_elsewhere_is_no_duplicate() -> None:
    assert findings("duplicated-block", f"# A\n\n{PARAGRAPH}\n\n# B\n\nText.\n\n{PARAGRAPH}\n") == []


def test_a_page_that_stands_twice_is_one_finding() -> None:
    page = f"## Article 1\n\n{PARAGRAPH}\n\n(a) fisheries and ports;\n\n(b) roads and railways.\n\n"
    (found,) = findings("duplicated-block", page + page + "## Article 2\n\nEnd.\n")
    assert found.data["blocks"] == 4
    assert fixed(page + page + "## Article 2\n\nEnd.\n", found) == page + "## Article 2\n\nEnd.\n"


@given(period=st.integers(1, 40), times=st.integers(12, 30))
def test_a_loop_of_any_period_is_found_once(period: int, times: int) -> None:
    words = " ".join(f"w{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}x" for n in range(period))
    text = "The Committee adopted its report. " + " ".join([words] * times) + " and then it closed its session"
    (found,) = findings("loop", text)
    assert len(found.span) >= len(" ".join([words] * (times - 1)))


def test_forms_and_figures_are_no_loops() -> None:
    for text in ("____ " * 100, "0 1 " * 100, "- [ ]\n" * 50, "| a | b |\n|---|---|\n" + "| x | y |\n" * 50):
        assert findings("loop", text) == []


def test_a_heading_that_the_next_line_repeats() -> None:
    text = "# Report\n\n## Article 5 Scope\n\nArticle 5 Scope\n\nThis Agreement applies.\n"
    (found,) = findings("duplicated-heading", text)
    assert found.span.of(text) == "Article 5 Scope"
    assert findings("duplicated-heading", fixed(text, found)) == []


@pytest.mark.parametrize("name", sorted(RULES))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a " * 20000,
        "ab" * 100000,
        "the the " * 3000,
        "x\n\n" * 3000,
        "\u202ethe the\n" * 300,
        "אב אב\n\n" * 300,
    ],
    ids=["empty", "letter", "letters", "one word", "pairs", "lines", "override", "hebrew"],
)
def test_odd_texts_are_read_without_complaint(name: str, text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        for found in findings(name.removeprefix("repetition/"), text, media_type):
            assert 0 <= found.span.start <= found.span.end <= len(text)
