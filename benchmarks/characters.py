"""Misread words: what the family characters finds of them in raw OCR, held against the true text.

``python -m benchmarks DATA characters`` prints precision, recall and F for both profiles, by collection and language.
``python -m benchmarks.characters DATA --fit WEIGHTS.toml`` fits the weights of the deep profile anew on the training
files (needs scikit-learn).

Data: ``ocr/*.jsonl``, each line with ``ocr_text``, ``ground_truth`` and ``language``. Tokens are counted as in the
ICDAR competitions on post-OCR correction: what stands between white space in the OCR; a token is wrong if it differs
from the truth that it is aligned with, punctuation included. The figures marked "letters" leave punctuation aside,
since marks that were misread are the business of other families: there a token is wrong if its letters and figures
differ. Hyphens at line ends count alike whatever sign is used for them. "P places": a reported place is right if any of
its tokens is wrong (a broken word's second half, "ment" of "agree ment", is right by itself).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import click
import msgspec
from rapidfuzz.distance import Levenshtein

from auditor import Settings, audit
from auditor.document import Profile, Source
from benchmarks.table import percent, print_table

#: Files that nothing was fitted on, then those that the weights of the deep profile were fitted on.
DEVELOPMENT = ("icdar2017_dev.jsonl", "overproof-combined_dev.jsonl", "impresso-snippets_dev.jsonl")
TRAINING = {
    "icdar2017_train.jsonl": 120,
    "overproof-combined_train.jsonl": 70,
    "impresso-snippets_train.jsonl": 150,
    "impresso-nzz_train.jsonl": 90,
}
_SEED = 1
_TOKEN = re.compile(r"\S+")
_NO_WORD = re.compile(r"\W|_")
_SPACE = re.compile(r"\s+")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token of the OCR at ``[start, end)``, and what the truth has in its place."""

    start: int
    end: int
    read: str
    true: str

    @property
    def is_wrong(self) -> bool:
        """Whether it differs from the truth in any character."""
        return self.read != self.true

    @property
    def has_wrong_letters(self) -> bool:
        """Whether it differs in its letters or figures."""
        return _NO_WORD.sub("", self.read) != _NO_WORD.sub("", self.true)


def tokens(read: str, true: str) -> list[Token]:
    """The tokens of an OCR text, each with what the true text has there, by the cheapest alignment of characters."""
    read = _alike(read)
    true = _SPACE.sub(" ", _alike(true))
    ahead = [0] * (len(read) + 1)
    for step in Levenshtein.opcodes(read, true):
        for at in range(step.src_start, step.src_end):
            ahead[at] = step.dest_start + min(at - step.src_start, step.dest_end - step.dest_start)
        ahead[step.src_end] = step.dest_end
    ahead[len(read)] = len(true)
    found = []
    for match in _TOKEN.finditer(read):
        start, end = ahead[match.start()], ahead[match.end()]
        while start > 0 and true[start - 1] != " ":
            start -= 1
        if end > 0 and true[end - 1] != " ":
            while end < len(true) and true[end] != " ":
                end += 1
        found.append(Token(match.start(), match.end(), match.group(), true[start:end].strip()))
    return found


def _alike(text: str) -> str:
    return text.replace("¬", "-").replace("\u00ad", "-").replace("\n", " ")


def records(path: Path, limit: int | None = None) -> list[Mapping[str, Any]]:
    """The pairs of a file; with ``limit`` so many of them for each language, chosen once for all."""
    with path.open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    if limit is None:
        return found
    chosen = []
    for language in sorted({str(record["language"]) for record in found}):
        of_language = [record for record in found if record["language"] == language]
        Random(_SEED).shuffle(of_language)
        chosen += of_language[:limit]
    return chosen


def _reported(text: str, profile: Profile) -> list[tuple[int, int]]:
    result = audit(
        Source("ocr", text.encode("utf-8"), "text/plain"),
        Settings(select=("characters",), profile=profile, min_confidence=0.5),
    )
    spans = [
        (span.start, span.end)
        for document in result.documents
        for finding in document.findings
        for span in (finding.span, *(place.span for place in finding.places))
    ]
    return sorted(spans)


def _marked(found: Sequence[Token], spans: Sequence[tuple[int, int]], length: int) -> list[bool]:
    covered = bytearray(length + 1)
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return [1 in covered[token.start : token.end] for token in found]


def _rows(path: Path, limit: int | None) -> Iterator[tuple[object, ...]]:
    for profile in ("default", "deep"):
        counts: dict[str, Counter[str]] = {}
        for record in records(path, limit):
            found = tokens(record["ocr_text"], record["ground_truth"])
            count = counts.setdefault(str(record["language"]), Counter())
            spans = _reported(record["ocr_text"], profile)
            count["places"] += len(spans)
            count["right places"] += sum(
                any(token.is_wrong and token.start < end and start < token.end for token in found)
                for start, end in spans
            )
            marks = _marked(found, spans, len(record["ocr_text"]))
            for token, mark in zip(found, marks, strict=True):
                count["tokens"] += 1
                count["reported"] += mark
                for kind, wrong in (("", token.is_wrong), (" letters", token.has_wrong_letters)):
                    count["wrong" + kind] += wrong
                    count["right" + kind] += int(wrong and mark)
        for language, count in sorted(counts.items()):
            figures: list[object] = []
            for kind in ("", " letters"):
                right, wrong = count["right" + kind], count["wrong" + kind]
                f = 2 * right / max(count["reported"] + wrong, 1)
                figures += [percent(right, count["reported"]), percent(right, wrong), f]
            yield (
                path.stem,
                language,
                profile,
                count["tokens"],
                count["wrong"],
                *figures,
                percent(count["right places"], count["places"]),
            )


def report(data: Path, *, limit: int | None = None) -> None:
    """Print precision, recall and F of both profiles on the development files."""
    rows: list[tuple[object, ...]] = []
    for name in DEVELOPMENT:
        if (data / "ocr" / name).exists():
            rows += _rows(data / "ocr" / name, limit)
    header = (
        "file",
        "language",
        "profile",
        "tokens",
        "wrong",
        "P",
        "R",
        "F",
        "P letters",
        "R letters",
        "F letters",
        "P places",
    )
    print_table("Misread words of raw OCR (tokens as in ICDAR; then without punctuation)", header, rows)


def fit(data: Path, weights: Path) -> None:
    """Fit the weights of the signs on the training files, by language and for all, and write them."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    from auditor.analysis.confusions.signs import all_signs
    from auditor.analysis.vocabulary import vocabulary
    from auditor.reading import read

    signs: dict[str, list[dict[str, float]]] = {}
    wrong: dict[str, list[bool]] = {}
    for name, limit in TRAINING.items():
        for record in records(data / "ocr" / name, limit):
            language = str(record["language"])
            document = read(Source("ocr", record["ocr_text"].encode("utf-8"), "text/plain"))
            found = tokens(record["ocr_text"], record["ground_truth"])
            for group in (language, "all"):
                signs.setdefault(group, []).extend(
                    all_signs([token.read for token in found], language, vocabulary(document))
                )
                wrong.setdefault(group, []).extend(token.is_wrong for token in found)
    lines = [
        "# Weights of the signs by which a word of raw OCR is told to be misread (signs.py), by language; `all` for",
        "# the others. Logistic regression (L2, C = 0.5), fitted by benchmarks/characters.py on the training parts of",
        "# the collections ICDAR 2017 (English, French), Overproof (English) and Impresso (English, French, German).",
    ]
    for group, values in signs.items():
        vectors = DictVectorizer()
        model = LogisticRegression(max_iter=300, C=0.5).fit(vectors.fit_transform(values), wrong[group])
        lines += ["", f"[{group}]", f"start = {model.intercept_[0]:.3f}"]
        named = sorted(zip(vectors.feature_names_, model.coef_[0], strict=True))
        lines += [f'"{sign}" = {weight:.3f}' for sign, weight in named if abs(weight) >= 0.02]
    weights.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"wrote {weights}")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--fit", "weights", type=click.Path(dir_okay=False, path_type=Path), help="Fit the weights; write them here."
)
@click.option("--limit", type=click.IntRange(1), help="Pairs of each file and language.")
def main(data: Path, weights: Path | None, limit: int | None) -> None:
    """Measure the family characters on the folder DATA, or fit the weights of its deep profile."""
    if weights is not None:
        fit(data, weights)
    else:
        report(data, limit=limit)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.characters")
