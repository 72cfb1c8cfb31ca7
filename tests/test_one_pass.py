"""Rules of scope ``text``: their patterns are found the same alone and together, and never missed by their guards."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.mentions.running_text import running_text
from auditor.contract import Pattern, run
from auditor.document import Document, Source
from auditor.one_pass import look_for
from auditor.plugins import load_rules
from auditor.reading import read

RULES = [rule for rule in load_rules().rules if rule.scope == "text"]
PATTERNS = [pattern for rule in RULES for pattern in rule.patterns]

#: Pieces of which texts with many matches are made.
PIECES = [
    "the", "Party", "Être", "State", "l", "d", "s", "1", "2020", "Add.1", "a", "و", "条", "的", " ", "  ", "\u00a0",
    "\n", "\n\n", ",", ";", ":", ".", "،", "؛", "，", "。", "、", "(", ")", "[", "]",
    "（", "）", "“", "”", "„", "«", "»",
    "「", "」", '"', "'", "’", "''", "``", "-", "*", "|", "`",
]  # fmt: skip


def _document(text: str, media_type: str = "text/plain") -> Document:
    return read(Source("-", text.encode("utf-8"), media_type))  # type: ignore[arg-type]


texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def test_there_are_rules_of_this_scope() -> None:
    assert RULES
    assert all(rule.patterns for rule in RULES)


@given(texts)
def test_a_pattern_is_found_wherever_it_is_with_or_without_its_guard(text: str) -> None:
    document = _document(text)
    found = look_for(document, PATTERNS)
    prose = running_text(document).text
    for pattern in PATTERNS:
        unguarded = [match.span() for match in re.finditer(pattern.source, prose)]
        assert [match.span() for match in found[pattern]] == unguarded, pattern


@given(texts)
def test_findings_are_the_same_alone_and_together(text: str) -> None:
    together = _document(text)
    look_for(together, PATTERNS)
    for rule in RULES:
        alone = run(rule, _document(text), {})
        assert run(rule, together, {}) == alone


@given(texts)
def test_no_match_runs_from_one_block_into_the_next(text: str) -> None:
    document = _document(text)
    run_of_blocks = running_text(document)
    for matches in look_for(document, PATTERNS).values():
        for match in matches:
            assert "\x00" not in match[0]
            first, last = run_of_blocks.block_at(match.start()), run_of_blocks.block_at(match.end() - 1)
            assert first == last


def test_a_pattern_is_looked_for_once() -> None:
    document = _document("The State , the Party.")
    pattern = Pattern(",", needs=(",",))
    assert look_for(document, [pattern])[pattern] is look_for(document, [pattern, Pattern("x")])[pattern]


def test_a_pattern_that_is_none_is_an_error() -> None:
    with pytest.raises(re.error):
        look_for(_document("text"), [Pattern("(")])
