"""The page for editors: what is on it, and that nothing in a text is more than text on it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.document import Span
from auditor.findings import Evidence, Finding, replace
from auditor.report import AlignedUnit, Fault, UnitTable
from auditor.reporting.html.parallel import rows_of
from auditor.reporting.html.sheet import Mark, Sheet
from auditor.reporting.html.shown import direction, shown
from auditor.reporting.texts import TextsAtHand
from reports_made import Made, at, made, made_pair, written

#: What a page is made of. Nothing else stands on it, whatever a text holds.
_TAGS = """
    html head meta title style body a header p h1 h2 div ul ol li nav table thead tbody tr th td details summary kbd
    label input button output form fieldset legend span main section mark code pre blockquote figure figcaption bdi
    dl dt dd del ins strong br footer script
"""
TAGS = frozenset(_TAGS.split())
VOID = frozenset({"meta", "input", "br"})


class Element:
    """A tag with its attributes, its children, and the text in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self) -> list[Element]:
        below = [child for child in self.children if isinstance(child, Element)]
        return [self, *(each for child in below for each in child.all())]

    def of(self, tag: str, name: str = "") -> list[Element]:
        return [
            each
            for each in self.all()
            if each.tag == tag and (not name or name in each.attributes.get("class", "").split())
        ]

    def without(self, name: str) -> str:
        """The text, without that of elements of a class."""
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif name not in child.attributes.get("class", "").split():
                parts.append(child.without(name))
        return "".join(parts)


class Page(HTMLParser):
    """A page as elements; raises for tags that are not closed in their order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(data.decode("utf-8"))
        self.close()
        assert self._open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, (tag, self._open[-1].tag)
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def page(data: bytes) -> Element:
    """A page, after it was looked at for what none may have."""
    root = Page(data).root
    identities = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert len(identities) == len(set(identities))
    for each in root.all()[1:]:
        assert each.tag in TAGS
        assert not [name for name in each.attributes if name.startswith("on") or name in ("style", "src", "srcset")]
        if "href" in each.attributes:
            assert each.attributes["href"].removeprefix("#") in identities
    (policy,) = [e for e in root.of("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.attributes["content"].split(";"))
    assert directives["default-src"] == "'none'"
    for tag in ("style", "script"):
        (inline,) = root.of(tag)
        digest = base64.b64encode(hashlib.sha256(inline.text.encode()).digest()).decode()
        assert directives[f"{tag}-src"] == f"'sha256-{digest}'"
    return root


TEXT = (
    "# The *Treaty*\n\nThe Parties met im May, and wnt home.\n\n- One point\n\n| a | b |\n| --- | --- |\n| c | im |\n\n"
    "See [the site](http://example.invalid/) here.\n"
)


def treaty(*decided: tuple[int, str, str]) -> Made:
    return made(
        TEXT,
        [
            Finding("family/warning", "Whole.", at(TEXT, "met im May, and wnt")),
            Finding(
                "family/error",
                "“im” stands for “in”.",
                at(TEXT, "im"),
                evidence=(Evidence("The text is English."), Evidence("It has a table.", at(TEXT, "| c"))),
                places=(at(TEXT, "im", 2),),
                fixes=(replace(at(TEXT, "im"), "in", "Write “in”"),),
            ),
            Finding("family/info", "Something is missing.", Span(at(TEXT, "home").start, at(TEXT, "home").start)),
            Finding("family/info", "An address that leads nowhere.", at(TEXT, "http://example.invalid/")),
        ],
        decided=decided,
    )


def notes(root: Element) -> list[Element]:
    return root.of("li", "note")


# --- what is on the page


def test_the_text_stands_there_as_it_reads() -> None:
    root = page(written("html", treaty()))
    passages = [child.without("sign").strip() for each in root.of("div", "passage") for child in each.all()[1:2]]
    assert passages[0] == "The Treaty"
    (heading,) = [e for e in root.all() if e.attributes.get("role") == "heading"]
    assert heading.attributes["aria-level"] == "3"
    assert [cell.without("sign") for cell in root.of("td") if cell.attributes == {}][-4:] == ["a", "b", "c", "im"]


def test_marks_cover_what_was_found_and_its_further_places() -> None:
    root = page(written("html", treaty()))
    marked: dict[str, str] = {}
    for mark in root.of("mark"):
        for number in mark.attributes["data-n"].split():
            marked[number] = marked.get(number, "") + mark.text
    assert marked["2"] == "imim"
    assert marked["1"] == "met im May, and wnt"
    (unseen,) = root.of("code", "unseen")
    assert unseen.text == "http://example.invalid/"
    points = root.of("a", "point")
    assert [point.attributes["href"] for point in points] == ["#f3"]


def test_a_note_has_message_reason_remedy_and_address() -> None:
    note = next(each for each in notes(page(written("html", treaty()))) if each.attributes["id"] == "f2")
    assert note.attributes["data-rule"] == "family/error"
    assert "“im” stands for “in”." in note.text
    assert "The text is English." in note.text
    assert "look before you apply it" in note.text
    (change,) = note.of("pre", "change")
    assert [each.text for each in change.of("del")] == ["im"]
    assert [each.text for each in change.of("ins")] == ["in"]
    assert "line 3, column 17" in note.text


def test_a_decided_finding_shows_its_status_and_reason() -> None:
    note = notes(page(written("html", treaty((0, "false-alarm", "German <b>text</b>.")))))[0]
    assert note.attributes["data-status"] == "false-alarm"
    assert "decided" in note.attributes["class"].split()
    assert "False alarm" in note.text
    assert "German <b>text</b>." in note.text


def test_a_twin_is_shown_beside_with_the_difference() -> None:
    text = "Article 1. The Parties shall meet here each year.\n\nArticle 2. The Parties may meet here each year.\n"
    finding = Finding("family/error", "“shall” or “may”?", at(text, "shall"), other=at(text, "may"))
    (note,) = notes(page(written("html", made(text, [finding]))))
    here, there = note.of("figure")
    assert [each.text for each in here.of("strong")] == ["shall"]
    assert [each.text for each in there.of("strong")] == ["may"]
    assert [each.text for each in here.of("del")] == ["1"]
    assert len(there.of("a")) == 1


def batched(cells: list[str]) -> list[list[str]]:
    return [cells[at : at + 2] for at in range(0, len(cells), 2)]


def test_two_texts_stand_side_by_side() -> None:
    a = made("# One\n\nThe same.\n\nOnly here.\n", name="a.md")
    b = made("# One\n\nOnly there.\n\nThe same.\n", name="b.md")
    finding = Finding("family/error", "Only in the first.", at(a.document.text, "Only"), other=Span(7, 11))
    units = UnitTable(
        (AlignedUnit(Span(0, 5), Span(0, 5)), AlignedUnit(at(a.document.text, "The same."), Span(20, 29))), (), (), ()
    )
    root = page(written("html", pairs=[made_pair(a, b, [finding], units)], others=[a.document, b.document]))
    cells = [cell.without("sign").strip() for cell in root.of("div", "passage")]
    rows = [["One", "One"], ["", "Only there."], ["The same.", "The same."], ["Only here.", ""]]
    assert list(batched(cells)) == rows
    assert [cell.without("sign").strip() for cell in root.of("div", "alone")] == ["Only there.", "Only here."]
    assert len(notes(root)) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), unique_by=(lambda m: m[0], lambda m: m[1])))
def test_every_block_of_two_texts_stands_there_once(matched: list[tuple[int, int]]) -> None:
    text = "".join(f"Paragraph {number}.\n\n" for number in range(6))
    a, b = made(text).document, made(text).document
    units = UnitTable(tuple(AlignedUnit(a.blocks[i].span, b.blocks[j].span) for i, j in matched), (), (), ())
    rows = list(rows_of(units, Sheet(a), Sheet(b)))
    assert [index for row in rows for index in row.a] == list(range(6))
    assert sorted(index for row in rows for index in row.b) == list(range(6))
    assert {(row.a[0], row.b[0]) for row in rows if row.a and row.b} == set(matched)


def test_several_texts_are_listed_with_what_was_found_in_each() -> None:
    root = page(written("html", treaty(), made("Good.\n", name="good.md"), faults=[Fault("c.md: gone.", "c.md")]))
    rows = [
        [cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in root.of("table", "texts")[0].of("tr")
    ]
    assert [row[:2] for row in rows[1:]] == [["text.md", "1 error, 1 warning, 2 info"]]
    (clean,) = [each for each in root.of("details", "how") if "nothing was found" in each.text]
    assert "good.md (1 word" in clean.text
    assert "c.md: gone." in root.of("div", "faults")[0].text
    assert len(root.of("section", "text")) == 1


def test_pages_stand_on_leaves_of_their_own() -> None:
    text = "One.\n\n\f\n\nTwo.\n\n\f\n\nThree.\n"
    root = page(written("html", made(text, [Finding("family/error", "Wrong.", at(text, "Two"))])))
    assert len(root.of("section", "leaf")) == 3


def test_a_text_that_changed_since_shows_its_findings_alone() -> None:
    root = page(written("html", treaty(), texts=TextsAtHand(())))
    assert len(notes(root)) == 4
    assert not root.of("mark")
    assert "could not be read again" in root.text
    assert "im" in root.of("p", "quoted")[1].text


def test_the_filter_counts_what_it_filters() -> None:
    root = page(written("html", treaty((1, "later", "Soon."))))
    groups = {each.attributes["data-filter"]: each for each in root.of("fieldset")}
    boxes = {name: [box.attributes["value"] for box in group.of("input")] for name, group in groups.items()}
    assert boxes == {
        "severity": ["error", "warning", "info"],
        "status": ["open", "later"],
        "rule": ["family/error", "family/info", "family/warning"],
    }
    assert [each.text for each in groups["rule"].of("span", "many")] == ["1", "2", "1"]


def test_keys_are_told_on_the_page() -> None:
    root = page(written("html", treaty()))
    assert [each.text for each in root.of("kbd")] == ["n", "j", "p", "k", "Enter", "t", "Esc"]


def test_a_run_that_found_nothing_says_so() -> None:
    root = page(written("html", made("Good.\n")))
    assert "Nothing found" in root.text
    assert not root.of("section", "text")


# --- directions and what is not seen


def test_blocks_have_their_language_and_direction() -> None:
    text = "المادة الأولى من هذه الاتفاقية بين الطرفين.\n\nThe first article of this agreement between the parties.\n"
    root = page(written("html", made(text, [Finding("family/error", "Wrong.", Span(0, 6))])))
    blocks = [each.attributes for each in root.of("p", "paragraph")]
    assert [(each["lang"], each["dir"]) for each in blocks] == [("ar", "rtl"), ("en", "ltr")]


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("und", "auto"), ("", "auto")]
)
def test_directions(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x1b", "\x00", "\ue000", "\U000e0041", "\ufeff", "\u2028"])
def test_what_would_not_be_seen_is_shown_as_an_escape(hidden: str) -> None:
    assert re.fullmatch(r"a\\(x..|u....|U........)b", shown(f"a{hidden}b"))


@pytest.mark.parametrize("kept", ["\n", "\t", "\u00ad", "\u200d", "\u200f", "é", "中", "🎉"])
def test_what_belongs_to_a_writing_is_shown_as_it_is(kept: str) -> None:
    assert shown(f"a{kept}b") == f"a{kept}b"


# --- whatever a text holds


@given(st.text(st.sampled_from("ab <>&\"'*_`#|[]()!\n\r\t\u202e\x1b🎉é-1.\u05d0"), max_size=60), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_text_with_any_findings_makes_a_good_page(text: str, data: st.DataObject) -> None:
    bounds = data.draw(
        st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=4)
    )
    text = text.encode("utf-8", "replace").decode("utf-8")
    spans = [Span(*sorted(each)) for each in bounds]
    findings = [Finding("family/error", text, span, places=tuple(spans)) for span in spans]
    one = made(text, findings)
    if one.document.text != text:  # a line end that the reader changes moves what stands after it
        return
    root = page(written("html", one))
    assert len(notes(root)) == len(one.report.findings)
    for block, passage in zip(one.document.blocks, _blocks(root), strict=True):
        if block.kind != "table":
            assert _unseen(passage) == shown(block.prose.text)


def _blocks(root: Element) -> list[Element]:
    """The blocks on the page, in their order."""
    found = []
    for passage in root.of("div", "passage"):
        found += [child for child in passage.children if isinstance(child, Element)]
    return found


def _unseen(passage: Element) -> str:
    inner = passage.of("blockquote")[0].of("p")[0] if passage.tag == "blockquote" else passage
    return "".join(
        child if isinstance(child, str) else child.text
        for child in inner.children
        if isinstance(child, str) or child.tag not in ("a", "code")
    )


@given(st.text(st.sampled_from("ab *_\n"), min_size=1, max_size=40), st.data())
def test_pieces_of_a_block_are_its_text(text: str, data: st.DataObject) -> None:
    document = made(text).document
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    sheet = Sheet(document, [Mark(1, "error", Span(start, end), True)])
    for block in document.blocks:
        pieces = [piece for row in sheet.block(block.index).rows for cell in row for piece in cell]
        if block.kind != "table":
            assert "".join(piece.text for piece in pieces) == shown(block.prose.text)


# --- in a real browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium, which is not on this machine")
_SWITCHES = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --virtual-time-budget=5000 --dump-dom
"""


def opened(folder: Path, data: bytes, fragment: str = "") -> Element:
    """The page as a browser has it after its script ran."""
    target = folder / "report.html"
    target.write_bytes(data)
    address = target.as_uri() + fragment
    profile = f"--user-data-dir={folder / 'profile'}"
    environment = {**os.environ, "HOME": str(folder)}
    ran = subprocess.run(
        [str(CHROMIUM), *_SWITCHES.split(), profile, address],
        capture_output=True,
        timeout=120,
        check=True,
        env=environment,
    )
    return Page(ran.stdout).root


@in_browser
def test_the_script_runs_under_its_policy_and_opens_the_note_of_the_address(tmp_path: Path) -> None:
    root = opened(tmp_path, written("html", treaty()), "#f2")
    (html,) = root.of("html")
    assert "scripted" in html.attributes["class"]
    note = next(each for each in notes(root) if each.attributes["id"] == "f2")
    assert "current" in note.attributes["class"].split()
    assert "open" in note.of("details")[0].attributes
    assert root.of("output")[0].text == "2 of 4"
    assert [mark.attributes["data-n"] for mark in root.of("mark", "lit")] == ["1 2", "2"]


@in_browser
def test_nothing_that_a_text_says_runs(tmp_path: Path) -> None:
    run = "document.documentElement.setAttribute('data-ran', '1')"
    text = (
        f'<script>{run}</script>\n\n<img src=x onerror="{run}">\n\n[link](javascript:{run})\n\n'
        f"</pre></main><script>{run}</script>\n\n`--><svg onload={run}>`\n"
    )
    finding = Finding("family/error", f"</summary><script>{run}</script>", Span(0, len(text)))
    name = f'"><script>{run}</script>.md'
    root = opened(tmp_path, written("html", made(text, [finding], name)))
    (html,) = root.of("html")
    assert "data-ran" not in html.attributes
    assert "scripted" in html.attributes["class"]
    assert len(root.of("script")) == 1


def test_the_counts_of_a_report_are_of_its_own(tmp_path: Path) -> None:
    changed: Any = msgspec.structs.replace(treaty().report, findings=treaty().report.findings[:1])
    root = page(written("html", Made(treaty().document, changed)))
    assert len(notes(root)) == 1
