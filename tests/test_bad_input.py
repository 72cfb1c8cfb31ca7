"""What nobody should have given us: each is told what, where and what to do; nothing hangs, nothing spoils the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import Settings, audit
from auditor.cli import main
from auditor.document import Source
from auditor.engine import Audited, audit_source
from auditor.plugins import load_rules
from auditor.settings import choose

GOOD = "# Letter\n\nThe Assembly met in March and adopted its report without a vote.\n"
EVERYTHING = Settings(select=("all",), min_confidence=0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, which holds one good text."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *paths: str) -> tuple[int, list[str], str]:
    """Exit status, the paths reported, and what was said on the error stream."""
    status = main(["check", *paths, "--format", "json"])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return status, [document["path"] for document in json.loads(said.out)["documents"]], said.err


def refused(capsys: pytest.CaptureFixture[str], path: str, *words: str) -> None:
    """The path is refused in these words, and the good text beside it is reported all the same."""
    status, reported, said = checked(capsys, path, "good.md")
    assert status == 2
    assert "good.md" in reported
    assert path.rstrip("/") in said
    for word in words:
        assert word in said


# --- files


def test_an_empty_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.md").touch()
    refused(capsys, "empty.md", "nothing was checked")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (bytes(range(256)) * 40, "text"),
        (os.urandom(1) + b"\x00\xff\x00\x01\x02\x03\x80\x81" * 500, "text"),
    ],
)
def test_a_binary_file(folder: Path, capsys: pytest.CaptureFixture[str], data: bytes, word: str) -> None:
    Path("binary.md").write_bytes(data)
    refused(capsys, "binary.md", word)


def test_zero_bytes_in_a_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("zeros.md").write_bytes(GOOD.encode() * 20 + b"one\0two\n")
    refused(capsys, "zeros.md")


def test_an_encoding_that_cannot_be_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cut.md").write_bytes(b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1])
    refused(capsys, "cut.md", "utf-16")


def test_a_path_that_does_not_exist(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "nowhere/none.md", "Check the path")


def test_a_name_that_is_no_path(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, reported, said = checked(capsys, "a\0b", "good.md")
    assert status == 2
    assert reported == ["good.md"]
    assert "a\\x00b" in said


def test_a_name_that_no_encoding_explains(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        Path(name).write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    status, reported, _ = checked(capsys, name)
    assert status == 0
    assert reported == ["caf\\xe9.md"]


def test_a_file_without_permission(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is acted: whoever runs the tests as root is never refused."""
    Path("secret.md").write_text(GOOD, encoding="utf-8")
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "secret.md":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    refused(capsys, "secret.md", "no permission")


def test_a_file_that_vanishes_on_the_way(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("brief.md").write_text(GOOD, encoding="utf-8")
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "brief.md":
            raise FileNotFoundError(2, "No such file or directory")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    refused(capsys, "brief.md")


# --- folders


def test_a_folder_without_readable_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("pictures").mkdir()
    Path("pictures/a.png").write_bytes(b"\x89PNG")
    refused(capsys, "pictures", "holds no files that end in")


def test_symbolic_links_that_go_round(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("round/inner").mkdir(parents=True)
    Path("round/a.md").write_text(GOOD, encoding="utf-8")
    Path("round/inner/back").symlink_to("..")
    status, reported, said = checked(capsys, "round")
    assert status == 2
    assert reported == ["round/a.md"]
    assert "round/inner/back" in said
    Path("self.md").symlink_to("self.md")
    refused(capsys, "self.md")


def test_a_broken_link_in_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("links").mkdir()
    Path("links/gone.md").symlink_to("nowhere.md")
    refused(capsys, "links/", "links/gone.md")


# --- texts that are too much of something


def audited(text: str, media_type: str = "text/markdown") -> Audited:
    result = audit_source(
        Source("much", text.encode("utf-8"), media_type),  # type: ignore[arg-type]
        choose(load_rules(), EVERYTHING),
        EVERYTHING,
    )
    assert result.faults == ()
    assert result.document is not None
    return result


@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain"])
@pytest.mark.parametrize("piece", ["word ", "x", "(", "1.", "**a** "])
def test_very_long_lines(media_type: str, piece: str) -> None:
    """Two megabytes on one line (a hundred were tried by hand)."""
    document = audited(piece * (2_000_000 // len(piece)), media_type).document
    assert document is not None
    assert document.rules.run


def test_twenty_thousand_headings() -> None:
    """Five times as many were tried by hand."""
    text = "".join(f"## Article {number}\n\nText of it.\n\n" for number in range(1, 20_001))
    document = audited(text).document
    assert document is not None
    assert len(document.outline) >= 20_000
    assert [f for f in document.findings if f.rule.startswith(("structure/missing", "numbering"))] == []


def test_lists_nested_ten_thousand_deep() -> None:
    audited("\n".join("  " * depth + f"- item {depth}" for depth in range(3000)))
    audited("- " * 10_000 + "deep\n")


@pytest.mark.parametrize("mark", ["> ", "#", "*", "_", "[", "![", "<b>", "`", "~", "|", "\\", "&", "(", "«", "“", "$"])
def test_ten_thousand_of_one_mark(mark: str) -> None:
    audited(mark * 10_000 + " text\n\n" + "Another paragraph.\n")


# --- time grows with the length, and no faster

AWKWARD: dict[str, Callable[[int], str]] = {
    "words": lambda n: "and the said Party shall " * n,
    "a sentence": lambda n: "The Assembly (a) adopted its report, document A/76/740, in March 2022. " * (4 * n),
    "headings": lambda n: "".join(f"## Article {k}\n\nText {k} of it.\n\n" for k in range(n)),
    "headings that repeat": lambda n: "## Article 7\n\nText.\n\n" * n,
    "headings with holes": lambda n: "".join(f"## Article {3 * k}\n\nText {k}.\n\nMore.\n\n" for k in range(n)),
    "references": lambda n: "in accordance with Article 51 (2) (b) of the Charter and articles 3 to 9, " * n,
    "points": lambda n: "".join(f"({chr(97 + k % 26)}) a point; and\n\n" for k in range(n)),
    "points in a line": lambda n: "(a) one; (b) two; (i) three; " * n,
    "paragraph numbers": lambda n: "".join(f"{k}. A paragraph of its own.\n\n" for k in range(n)),
    "brackets": lambda n: "(" * n + "x" + ")" * n,
    "open brackets": lambda n: "see [1 and (2 " * n,
    "dollars": lambda n: "$A_{7} " * n,
    "asterisks": lambda n: "**a* b_ *" * n,
    "tags": lambda n: "<sup>1<sub> <b " * n,
    "backslashes": lambda n: "\\* \\\\ \\a " * n,
    "entities": lambda n: "&amp;amp; &#x41 &lt " * n,
    "digits": lambda n: "1234567890" * n,
    "digits with stops": lambda n: "1.1.1.1.1." * n,
    "symbols": lambda n: "A/RES/76/" * n + " S/2022/l79 " * n,
    "slashes": lambda n: "/ / A /" * n,
    "footers": lambda n: "".join(f"Some text.\n\n22-03357 **{k}/{n}**\n\n" for k in range(n)),
    "footers in a line": lambda n: "".join(f"some text 22-03357 {k}/{n} " for k in range(n)),
    "form feeds": lambda n: "".join(f"Page text.\n\n{k}\n\f" for k in range(n)),
    "dashes": lambda n: "-" * n + "\n\n" + "- " * n,
    "short lines": lambda n: "a\n" * n,
    "blank lines": lambda n: "\n" * (10 * n) + "end",
    "spaces": lambda n: "a" + " " * (10 * n) + "b",
    "notes": lambda n: "".join(f"text[^{k}] " for k in range(n)) + "".join(f"\n\n[^{k}]: note" for k in range(n)),
    "note signs": lambda n: "word<sup>1</sup> conference,2 " * n,
    "tables": lambda n: "| a | b |\n| --- | --- |\n" + "| 1 | 2 |\n" * n,
    "quotations": lambda n: "“he said ‘so” " * n,
    "names": lambda n: "hereinafter referred to as “the Party”, Annex II, " * n,
    "russian": lambda n: "".join(f"Статья {k}\n\nТекст статьи {k} и пункт а) части 1.\n\n" for k in range(n)),
    "chinese": lambda n: "".join(f"第{k}条\n\n条约的文本。\n\n" for k in range(n)),
    "arabic": lambda n: "".join(f"المادة {k}\n\nنص المادة.\n\n" for k in range(n)),
    "long tokens": lambda n: "Aa1" * n + " " + "l1I|" * n,
}
SMALL, TIMES = 300, 16
#: A text sixteen times as long takes sixteen times as long where time is linear, and 256 times where it is quadratic.
#: The bound lies three times above the one and five times below the other: a machine that stumbles does not fail the
#: test, a loop within a loop does.
BOUND = 48
#: What takes fewer seconds than this at the larger size is too quick to be measured.
NEGLIGIBLE = 0.3


def _seconds(text: str) -> dict[str, float]:
    """The time that each rule and each analysis took by itself."""
    result = audited(text)
    return {**result.rule_seconds, **result.fact_seconds}


def _quicker(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: min(spent, other.get(name, spent)) for name, spent in one.items()}


@pytest.mark.parametrize("kind", list(AWKWARD))
def test_no_rule_and_no_analysis_takes_more_than_linear_time(kind: str) -> None:
    """A pause of the machine is in one measurement only: the quickest of several tells what the work is."""
    make = AWKWARD[kind]
    _seconds(make(1))  # what is loaded once is no part of the work
    small = _quicker(_seconds(make(SMALL)), _seconds(make(SMALL)))
    large = _seconds(make(SMALL * TIMES))

    def grew() -> dict[str, str]:
        return {
            name: f"{small.get(name, 0.0):.4f} s became {spent:.4f} s"
            for name, spent in large.items()
            if spent > NEGLIGIBLE and spent > BOUND * small.get(name, 0.0)
        }

    for _ in range(3):
        if grew():
            large = _quicker(large, _seconds(make(SMALL * TIMES)))
    assert grew() == {}


def test_memory_is_bounded_by_the_largest_document(folder: Path) -> None:
    """Twenty-four documents take hardly more memory than one of them."""

    def most(*paths: str) -> int:
        code = (
            "import resource, sys; from auditor.cli import main; main(['check', '--quiet', *sys.argv[1:]]);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        ran = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, timeout=300)
        return int(ran.stdout.splitlines()[-1])

    paragraph = "The Assembly met in March and adopted its report without a vote. " * 8 + "\n\n"
    paths = [f"long{number}.md" for number in range(24)]
    for path in paths:
        Path(path).write_text(paragraph * 400, encoding="utf-8")
    assert most(*paths) < 1.5 * most(paths[0])


def test_text_that_is_not_unicode_can_be_audited_from_python() -> None:
    """A lone surrogate is no text: it becomes a fault, not an exception."""
    report = audit("a \udcff b")
    assert report.documents == () or report.documents[0].encoding != "utf-8"
