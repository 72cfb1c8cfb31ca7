"""What the structure rules other than missing headings and divisions promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import Settings, Source, audit
from auditor.analysis.outline import outline
from auditor.analysis.outline.heading_levels import siblings
from auditor.document import MediaType
from auditor.reading import read
from auditor.report import ReportedFinding


def found(text: str, rule: str, media_type: MediaType = "text/markdown") -> tuple[ReportedFinding, ...]:
    report = audit(Source("text", text.encode("utf-8"), media_type), Settings(select=(f"structure/{rule}",)))
    assert not report.errors
    assert report.documents[0].rules.run == (f"structure/{rule}",)
    return report.documents[0].findings


def applied(text: str, finding: ReportedFinding) -> str:
    for edit in sorted(finding.fixes[0].edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def articles(*headings: str) -> str:
    return "".join(f"{heading}\n\nThe Parties shall cooperate in good faith.\n\n" for heading in headings)


# --- heading-level


def test_one_finding_for_all_headings_off_the_usual_level() -> None:
    text = articles("## Article 1", "#### Article 2", "## Article 3", "### Article 4", "## Article 5")
    (finding,) = found(text, "heading-level")
    assert text[finding.span.start : finding.span.end] == "## Article 1"
    assert [text[p.span.start : p.span.end] for p in finding.places] == ["#### Article 2", "### Article 4"]
    assert finding.data == {"levels": {"2": 3, "3": 1, "4": 1}, "usual": 2}


def test_two_series_with_the_same_fault_are_one_finding() -> None:
    series = articles("## Article 1", "#### Article 2", "#### Article 3")
    text = f"# Annex I\n\n{series}# Annex II\n\n{series}"
    (finding,) = found(text, "heading-level")
    assert finding.data["levels"] == {"2": 2, "4": 4}


def test_articles_of_chapters_with_and_without_sections_need_not_agree() -> None:
    deep = [f"#### Art. {n}. - Title" for n in range(1, 31)]
    flat = [f"### Art. {n}. - {'(Copies issued on paper).' if n in (32, 35) else 'Title'}" for n in range(31, 37)]
    text = "# Code\n\n## Capo I\n\n### On documents\n\n" + articles(*deep[:6]) + "### On copies\n\n"
    text += articles(*deep[6:]) + "## Capo II\n\n" + articles(*flat[:4]) + "## Capo III\n\n" + articles(*flat[4:])
    plan = outline(read(Source("text", text.encode("utf-8"), "text/markdown")))
    (series,) = (series for series in plan.series if series.kind == "article")
    assert [group.counts for group in siblings(plan, series)] == [{4: 30}, {3: 4}]


def test_the_level_fix_is_safe_and_changes_marks_only() -> None:
    text = articles("## Article 1", "#### Article 2 ####", "## Article 3", "## Article 4")
    (finding,) = found(text, "heading-level")
    assert finding.fixes[0].applicability == "safe"
    assert "\n## Article 2" in applied(text, finding)
    assert not found(applied(text, finding), "heading-level")


def test_underlined_headings_get_the_level_too() -> None:
    text = articles("### Article 1", "Article 2\n---------", "### Article 3", "### Article 4")
    (finding,) = found(text, "heading-level")
    assert applied(text, finding) == articles("### Article 1", "### Article 2", "### Article 3", "### Article 4")


@given(st.lists(st.integers(1, 6), min_size=3, max_size=12))
@settings(max_examples=60, deadline=None)
def test_after_the_fix_no_two_siblings_differ(levels: list[int]) -> None:
    text = articles(*(f"{'#' * level} Article {number}" for number, level in enumerate(levels, 1)))
    for finding in found(text, "heading-level"):
        text = applied(text, finding)
    assert not found(text, "heading-level")


# --- heading-unmarked


def test_unmarked_siblings_are_one_finding() -> None:
    text = articles("## Article 1", "Article 2", "## Article 3", "**Article 4**", "## Article 5")
    (finding,) = found(text, "heading-unmarked")
    assert finding.data["labels"] == ["Article 2", "Article 4"]
    assert "\n## **Article 4**" in applied(text, finding)


def test_a_text_without_marks_has_nothing_unmarked() -> None:
    assert not found(articles("Article 1", "Article 2", "Article 3"), "heading-unmarked", "text/plain")


def test_what_a_colon_introduces_is_a_quotation() -> None:
    text = articles("## Article 1") + "The following is inserted:\n\nArticle 2\n\nText.\n\n" + articles("## Article 3")
    assert not found(text + articles("## Article 4"), "heading-unmarked")


# --- heading-glued


def test_a_reference_is_no_glued_heading() -> None:
    text = (
        articles("## Article 1", "## Article 2")
        + "It applies. Article 3 of the Charter is kept. Article 3 (2) too.\n\n"
    )
    assert not found(text + articles("## Article 4", "## Article 5"), "heading-glued")


def test_the_heading_after_the_last_one_is_found_too() -> None:
    text = articles("## Article 1", "## Article 2", "## Article 3")
    text = text.rstrip() + " Article 4 Amendments 1. Any Party may propose amendments to this Agreement.\n"
    (finding,) = found(text, "heading-glued")
    assert finding.data["label"] == "Article 4"
    assert "\n\n## Article 4\n\nAmendments\n\n1. Any Party" in applied(text, finding)


RUNNING = "".join(f"CHAPTER {n}\n\nThe chapter says what is to be done by those concerned.\n\n" for n in (1, 2, 3))


@pytest.mark.parametrize(
    "foot", ["134Chapter 4. Ways of doing what is said above", "134 Chapter 4. Ways of doing it all"]
)
def test_a_running_foot_is_no_heading(foot: str) -> None:
    text = RUNNING.replace("CHAPTER", "Chapter") + f"{foot}\n\f\nThe page after it begins here, and it goes on.\n"
    assert not found(text, "heading-glued", "text/plain")


@pytest.mark.parametrize(
    "title", ["(Copies of documents that were issued on paper).", "((Copies of documents that were issued on paper.))"]
)
def test_a_title_in_brackets_is_a_title(title: str) -> None:
    headings = [f"#### Art. {n}. - Title of the article" for n in range(1, 8)]
    headings[4] = f"#### Art. 5. - {title}"
    assert not found(articles(*headings), "heading-glued")


def test_headings_written_before_their_text_throughout_are_no_fault() -> None:
    text = "".join(f"Article {n}. The Board shall meet twice a year in the capital.\n\n" for n in range(1, 9))
    assert not found(text, "heading-glued", "text/plain")


# --- heading-split


def test_label_and_number_are_joined() -> None:
    text = articles("Article 1", "Article 2", "Article\n\n3", "Article 4")
    (finding,) = found(text, "heading-split", "text/plain")
    assert applied(text, finding) == articles("Article 1", "Article 2", "Article 3", "Article 4")


@pytest.mark.parametrize("number", ["Exhibit A", "ATTACHMENT A", "Schedule A", "Annexe A", "Anexo Y", "Chapter IV"])
@pytest.mark.parametrize("mark", ["", "## "])
def test_label_and_number_alone_are_followed_by_their_title(number: str, mark: str) -> None:
    text = f"# Licence\n\nThe licence is granted.\n\n{mark}{number}\n\n{mark}Required Notices\n\nText follows.\n"
    assert not found(text, "heading-split", "text/markdown")
    assert not found(text, "heading-split", "text/plain")


def test_title_and_subtitle_are_two_headings() -> None:
    assert not found(
        "## CHAPTER IV\n\n## THE COURT\n\nText.\n\n## CHAPTER V\n\n## THE BUDGET\n\nText.\n", "heading-split"
    )


# --- paragraph-as-heading


@pytest.mark.parametrize(
    "heading",
    [
        "13 Amendment of section 7 of the Act of 1943.",
        "PART IV. Disqualifications for Pensions.",
        "What is law?",
        "(a) Scope",
    ],
)
def test_titles_with_stops_and_enumerators_are_headings(heading: str) -> None:
    assert not found(f"# Act\n\nText.\n\n## {heading}\n\nText.\n", "paragraph-as-heading")


def test_all_marked_paragraphs_are_one_finding_whose_fix_takes_the_marks_away() -> None:
    plain = (
        "The Board elects its chair. It adopts its rules of procedure.\n\n(a) decides on the budget of the Fund;\n\n"
    )
    text = "# Act\n\n" + "".join(f"### {line}\n\n" for line in plain.split("\n\n") if line)
    (finding,) = found(text, "paragraph-as-heading")
    assert finding.data["count"] == 2
    assert applied(text, finding) == "# Act\n\n" + plain


# --- truncated


WHOLE = "# Report\n\n" + "The Committee met twice in the course of the year and adopted its report.\n\n" * 6


@pytest.mark.parametrize(
    "ending",
    [
        "The Committee shall submit to the Conference of the Parties a comprehensive rep",
        "The Committee shall submit to the Conference a report on its work and the",
        "The Committee shall submit to the Conference of the Parties every year:",
        "The Committee shall submit to the Conference a report on its work;",
        "The Committee shall submit to the Conference (with the consent of the Par",
        "The Committee shall submit to the Confer-",
    ],
)
def test_an_unfinished_end_is_reported(ending: str) -> None:
    (finding,) = found(WHOLE + ending + "\n", "truncated")
    assert finding.span.end == len(WHOLE + ending)


@pytest.mark.parametrize(
    "ending",
    [
        "58th plenary meeting\n4 March 2025",
        "JOSE MUJICA - DANIEL OLESKER - AND",
        "| Total | 12 |\n| --- | --- |\n| Sum | 3 |",
        "## Annexes to the report of the",
        "See https://www.example.org/reports-and",
        "Done at Geneva.\n\nFor the Government of",
        "- one\n- two\n- three",
        "All questions concerning this report shall be directed to the address support@example.org",
        "Plans are made, and the plans are long.\n\nThe Committee shall submit to the Conference in each year its plan",
        "The Committee shall meet in the place that is named in part B and in Schedule A",
        "司法院釋字第687號解釋\n聯合國公民與政治權利國際公約第14條第7項\n美國憲法增補條款第5條\n德國基本法第103條第3項",
    ],
)
def test_a_legitimate_end_without_a_stop_is_not_reported(ending: str) -> None:
    assert not found(WHOLE + ending + "\n", "truncated")


def test_a_last_stop_that_is_missing_is_said_with_little_confidence() -> None:
    text = WHOLE + "The Committee shall submit to the Conference a summary of all that it has decided\n"
    assert not found(text, "truncated")
    chosen = Settings(select=("structure/truncated",), min_confidence=0.0)
    (finding,) = audit(Source("text", text.encode(), "text/markdown"), chosen).documents[0].findings
    assert finding.confidence < 0.5


def test_a_number_beside_each_page_number_is_no_total() -> None:
    pages = [
        "The Licensor answers within two days of a call.\n" * 30 + f"Rev. 01/2022 Page {n} of 5\n\f"
        for n in range(1, 6)
    ]
    assert not found("".join(pages) + "The end of the text is here.\n", "truncated", "text/plain")


def test_annexes_that_never_come_need_a_text_that_ends_in_a_sentence() -> None:
    body = "# Policy\n\n" + "Notices follow Appendix 2. Fees follow Appendix 3 of this Policy.\n\n" * 6
    assert found(body + "The rights are those of Appendix 2.\n", "truncated")
    assert not found(body + "The rights are those of Appendix 2.\n\nLast updated: 10 April 2019\n", "truncated")


@given(st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_a_cut_text_never_breaks_the_rule(at: int) -> None:
    for finding in found(WHOLE[:at], "truncated"):
        assert 0 <= finding.span.start <= finding.span.end <= at


# --- contents-mismatch


def with_contents(entries: list[str], headings: list[str]) -> str:
    return "# Rules\n\n## Contents\n\n" + "".join(f"- {e}\n" for e in entries) + "\n" + articles(*headings)


def test_case_punctuation_and_pages_do_not_matter() -> None:
    entries = ["Rule 1. SESSIONS ........ 1", "Rule 2 Agenda ........ 2", "Rule 3 Elections. ........ 4"]
    assert not found(
        with_contents(entries, ["## Rule 1 Sessions", "## Rule 2. Agenda", "## Rule 3 Elections"]), "contents-mismatch"
    )


def test_each_kind_of_disagreement_is_named() -> None:
    entries = [
        "Rule 1 Sessions",
        "Rule 2 Agendas",
        "Rule 3 Elections",
        "Rule 4 Voting",
        "Rule 6 Languages",
        "Rule 7 Records",
    ]
    names = ["1 Sessions", "2 Agenda", "4 Voting", "5 Quorum", "6 Languages", "7 Records"]
    text = with_contents(entries, [f"## Rule {name}" for name in names])
    kinds = {f.data["kind"]: text[f.span.start : f.span.end] for f in found(text, "contents-mismatch")}
    assert kinds == {
        "other wording": "Rule 2 Agendas",
        "entry without heading": "Rule 3 Elections",
        "heading without entry": "## Rule 5 Quorum",
    }


def test_a_list_that_matches_no_headings_is_no_table_of_contents() -> None:
    assert not found(
        with_contents(["Apples", "Pears", "Plums", "Figs"], ["## Rule 1", "## Rule 2"]), "contents-mismatch"
    )


# --- stated-count


@pytest.mark.parametrize(("count", "reported"), [("three", False), ("3", False), ("four", True), ("12 (twelve)", True)])
def test_a_stated_number_is_held_against_the_outline(count: str, reported: bool) -> None:
    text = f"This Agreement consists of {count} articles.\n\n" + articles(
        "## Article 1", "## Article 2", "## Article 3"
    )
    assert bool(found(text, "stated-count")) is reported


def test_statements_about_other_texts_are_not_counted() -> None:
    text = "The Charter of 1945 consists of 111 articles.\n\n" + articles("## Article 1", "## Article 2")
    assert not found(text, "stated-count")


# --- all of them


RULES = (
    "heading-glued",
    "heading-split",
    "heading-level",
    "paragraph-as-heading",
    "heading-unmarked",
    "contents-mismatch",
    "truncated",
    "stated-count",
)
_PIECES = st.sampled_from(
    [
        "## Article 1",
        "Article\n",
        "2",
        "\n\n",
        "Contents",
        " ..... 3",
        "The end. Article 3 Text 1. Go",
        "(",
        "第三条",
        "المادة 4",
        "### ",
        "1.",
        "-",
        "of the",
    ]
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("text", ["", "\n", "#", "Article", "\ufeff", "# \n\n## \n\n1.\n\n-"])
def test_scraps_are_no_trouble(rule: str, text: str) -> None:
    assert not found(text, rule)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=60, deadline=None)
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    report = audit(Source("text", text.encode("utf-8")), Settings(select=tuple(f"structure/{rule}" for rule in RULES)))
    assert not report.errors
    for finding in report.documents[0].findings:
        for span in (finding.span, *(place.span for place in finding.places)):
            assert 0 <= span.start <= span.end <= len(text)
