"""Pages: breaks, numbers, and what the numbers prove."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.analysis.furniture.pages import Pages, pages
from auditor.document import Document, Source
from auditor.document.source import MediaType
from auditor.reading import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = "The Parties shall cooperate in this field and shall exchange the experience that they have gained. " * 15


def document_of(text: str, media_type: MediaType = "text/markdown") -> Document:
    return read(Source("text", text.encode("utf-8"), media_type))


def pages_of(text: str, media_type: MediaType = "text/markdown") -> Pages:
    return pages(document_of(text, media_type))


def test_a_text_without_furniture_has_no_known_pages() -> None:
    known = pages_of(PAGE)
    assert not known.known
    assert len(known.pages) == 1
    assert known.number_at(10) is None


def test_form_feeds_are_breaks() -> None:
    text = f"{PAGE}\f{PAGE}\f{PAGE}"
    known = pages_of(text, "text/plain")
    assert [b.offset for b in known.breaks] == [len(PAGE) + 1, 2 * len(PAGE) + 2]
    assert all(b.feed for b in known.breaks)
    assert len(known.pages) == 3


def test_a_folio_at_the_end_of_the_text_ends_its_page() -> None:
    known = pages_of("".join(f"{PAGE}\n\n22-03357 {n}/3\n\n" for n in (1, 2, 3)))
    assert known.placing == "ends"
    assert [page.number for page in known.pages] == [1, 2, 3]
    assert known.total == 3
    assert known.unmarked == ()


def test_a_folio_with_a_page_before_number_two_begins_its_page() -> None:
    known = pages_of(PAGE + "".join(f"\n\n{n}/4\n\n{PAGE}" for n in (2, 3, 4)))
    assert known.placing == "begins"
    assert [page.number for page in known.pages] == [1, 2, 3, 4]
    assert known.pages[0].inferred


def test_lost_numbers_follow_from_their_neighbours() -> None:
    lines = ["22-03357 3/9", "22-03357", "22-03357", "22-03357 9/9"]
    known = pages_of("".join(f"{PAGE}\n\n{line}\n\n" for line in lines))
    assert [page.number for page in known.pages] == [3, 5, 7, 9]
    assert [page.inferred for page in known.pages] == [False, True, True, False]


def test_the_letter() -> None:
    path = FIXTURES / "a-76-740" / "a-76-740.md"
    known = pages_of(path.read_text(encoding="utf-8"))
    assert known.total == 15
    assert [number for stretch in known.unmarked for number in stretch.numbers] == [1, 2, 4, 6, 8, 10, 12, 14]
    # Article 9 ends page 3; page 4 begins behind its footer and is not marked at its end.
    assert known.number_at(6790) == "3"
    assert known.number_at(0) is None
    assert known.unmarked_between(9900, 9920) == (4, 6, 8)
    first = known.break_between(6700, 6900)
    assert first is not None
    assert first.number == 3


def test_the_report() -> None:
    path = FIXTURES / "prepcom" / "report.raw.txt"
    known = pages_of(path.read_text(encoding="utf-8"), "text/plain")
    assert known.placing == "begins"
    assert [page.number for page in known.pages] == [*range(1, 34), *range(35, 45)]
    assert [stretch.numbers for stretch in known.unmarked] == [(34,), tuple(range(45, 81))]


def test_head_and_foot_of_one_break_are_one_break() -> None:
    known = pages_of("".join(f"{PAGE}\n\n{n}/9 22-03357\n\nA/76/740\n\n" for n in range(1, 7)) + PAGE)
    assert len(known.breaks) == 6


@settings(deadline=None)
@given(st.lists(st.sampled_from(["22-03357 3/15", "4/15", "\f", "\n\n", PAGE, "Page 5", "- 6 -", "text"]), max_size=30))
def test_pages_cover_the_text_without_gap_or_overlap(pieces: list[str]) -> None:
    document = document_of("\n\n".join(pieces), "text/plain")
    known = pages(document)
    at = 0
    for page in known.pages:
        assert page.span.start == at
        assert page.span.end >= at
        at = page.span.end
    assert at == len(document.text)
    for offset in (0, len(document.text) // 2, len(document.text)):
        assert known.page_at(offset) in known.pages
