"""Kept patterns match as those do that are compiled anew, and a file that is of no use changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.kept_patterns import kept_patterns, patterns_file

PATTERNS = [
    (r"(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d_]+)", re.IGNORECASE),
    (r"[\u0400-\u04ffа-я]+(?<!ь)\b|第(?P<number>[一二三]+)条", 0),
    (r"(a)|(b)(?(1)c|d)", re.DOTALL | re.MULTILINE),
    (r"(?x) A / (\d+) # a session", 0),
]
TEXT = "12. März, 3 мая; 第三条 bd ac\nA/76/740 день дня"


def matches() -> list[object]:
    re.purge()
    return [
        [(match.span(), match.groupdict(), match.lastgroup) for match in re.compile(pattern, flags).finditer(TEXT)]
        for pattern, flags in PATTERNS
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return patterns_file(tmp_path)


def test_kept_patterns_match_as_new_ones_do(file: Path) -> None:
    anew = matches()
    with kept_patterns(file):
        assert matches() == anew
    kept = file.read_bytes()
    with kept_patterns(file):
        assert matches() == anew
    assert file.read_bytes() == kept, "nothing new, nothing written"
    assert any(anew)


def test_flags_and_groups_are_those_of_the_pattern(file: Path) -> None:
    for _ in range(2):
        with kept_patterns(file):
            re.purge()
            found = re.compile(*PATTERNS[0])
        assert found.pattern == PATTERNS[0][0]
        assert found.flags & re.IGNORECASE
        assert found.groupindex == {"day": 1, "month": 2}


@pytest.mark.parametrize("damage", [b"", b"\x00\xff garbage", None])
def test_a_damaged_file_costs_time_only(file: Path, damage: bytes | None) -> None:
    anew = matches()
    with kept_patterns(file):
        matches()
    data = file.read_bytes()
    file.write_bytes(
        bytes(byte ^ 1 if at % 7 == 3 else byte for at, byte in enumerate(data)) if damage is None else damage
    )
    if damage is None:
        file.write_bytes(data[: len(data) // 2])
    with kept_patterns(file):
        assert matches() == anew
    with kept_patterns(file):
        assert matches() == anew


def test_numbers_that_are_no_pattern_are_compiled_anew(file: Path) -> None:
    import marshal

    anew = matches()
    with kept_patterns(file):
        matches()
    kept = marshal.loads(file.read_bytes())
    broken = {
        key: (flags, code[:-8], groups, names, indexes) for key, (flags, code, groups, names, indexes) in kept.items()
    }
    file.write_bytes(marshal.dumps(broken))
    with kept_patterns(file):
        assert matches() == anew


def test_the_compiler_is_as_before_when_the_block_is_left(file: Path) -> None:
    import re._compiler as compiler  # type: ignore[import-not-found]

    before = compiler.compile
    with pytest.raises(RuntimeError, match="over"), kept_patterns(file):
        raise RuntimeError("over")
    assert compiler.compile is before


def test_patterns_of_bytes_are_others_than_those_of_text(file: Path) -> None:
    for _ in range(2):
        with kept_patterns(file):
            re.purge()
            assert re.findall(rb"\w+", "é a".encode()) == [b"a"]
            assert re.findall(r"\w+", "é a") == ["é", "a"]


def test_a_folder_that_can_not_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with kept_patterns(patterns_file(tmp_path / "file" / "folder")):
        assert matches() == matches()
