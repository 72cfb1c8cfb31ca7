"""Texts to measure on, read from a data folder, each corpus under a name. Nothing is shipped with the project.

A corpus is a sequence of `Text`: what `auditor` is given, with the media type that it would have as a file.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from auditor import Source
from auditor.document import MediaType


class Text(msgspec.Struct, frozen=True):
    """A text of a corpus.

    title_ends  for headings whose title stands on a line of its own and is known to be one: from the offset where
                the heading's line begins to the offset where its title ends
    """

    corpus: str
    name: str
    text: str
    media_type: MediaType
    title_ends: Mapping[int, int] = {}

    def source(self) -> Source:
        """What the auditor is given."""
        return Source(f"{self.corpus}/{self.name}", self.text.encode("utf-8"), self.media_type)

    def with_text(self, text: str) -> Text:
        """Another version of this text."""
        return Text(self.corpus, self.name, text, self.media_type)


class CorpusError(ValueError):
    """A corpus that does not exist, or is not in the data folder; the message says which."""


def load(data: Path, corpus: str, limit: int | None = None) -> tuple[Text, ...]:
    """The texts of a corpus, sorted by name; the first ``limit`` of them. Raises CorpusError."""
    if corpus not in CORPORA:
        raise CorpusError(f"there is no corpus named {corpus!r}; there are: {', '.join(CORPORA)}")
    texts = tuple(CORPORA[corpus](data, corpus))
    if not texts:
        raise CorpusError(f"the folder {data} holds no texts of the corpus {corpus!r}")
    return texts[:limit]


def _files(folder: str, pattern: str, media_type: MediaType) -> Callable[[Path, str], Iterator[Text]]:
    def texts(data: Path, corpus: str) -> Iterator[Text]:
        for path in sorted((data / folder).glob(pattern)):
            yield Text(corpus, path.name, _decoded(path), media_type)

    return texts


def _named(folder: str, *names: str) -> Callable[[Path, str], Iterator[Text]]:
    def texts(data: Path, corpus: str) -> Iterator[Text]:
        for name in names:
            path = data / folder / name
            if path.exists():
                yield Text(corpus, name, _decoded(path), "text/plain")

    return texts


def _decoded(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _resolutions(data: Path, corpus: str) -> Iterator[Text]:
    """Paragraphs as the collection has them, one a block, each with its number where it has one."""
    for path in sorted((data / "resolutions").glob("*.json")):
        paragraphs = json.loads(path.read_text("utf-8"))
        yield Text(corpus, path.stem, "\n\n".join(_numbered(paragraphs)) + "\n", "text/plain")


def _numbered(paragraphs: Iterable[Mapping[str, str | None]]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = (paragraph["text"] or "").strip()
        prefix = (paragraph.get("prefix") or "").strip()
        if prefix and not text.startswith(prefix):
            text = f"{prefix} {text}"
        if text:
            yield text


_SPACE = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n{3,}")


def _treaties(data: Path, corpus: str) -> Iterator[Text]:
    """Treaties with their articles' numbers and titles as the XML gives them.

    The collection does not say how a heading stood on the page, so the treaties take turns: number and title in blocks
    of their own, on two lines of one block, or on one line.
    """
    for turn, path in enumerate(sorted((data / "tota").glob("*.xml"))):
        body = ElementTree.parse(path).getroot().find("body")
        if body is not None:
            yield _treaty(corpus, path.stem, body, ("\n\n", "\n", " ")[turn % 3])


def _treaty(corpus: str, name: str, body: ElementTree.Element, between: str) -> Text:
    parts: list[str] = []
    length = 0
    title_ends: dict[int, int] = {}

    def add(block: str) -> None:
        nonlocal length
        parts.append(block)
        length += len(block) + 2

    for chapter in body:
        if chapter.get("number"):  # the others, "Preamble" and "Conclusion", are names given by the collection
            add("\n\n".join(_words(chapter.get(key)) for key in ("number", "name") if chapter.get(key)))
        for article in chapter:
            heading = [_words(article.get(key)) for key in ("number", "name") if article.get(key)]
            if article.get("number"):
                line = between.join(heading)
                title_ends[length] = length + len(line)
                add(line)
            lines = (_SPACE.sub(" ", line).strip() for line in (article.text or "").splitlines())
            text = _LINES.sub("\n\n", "\n".join(lines)).strip()
            if text:
                add(text)
    return Text(corpus, name, "\n\n".join(parts) + "\n", "text/plain", title_ends)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


#: Each corpus by name, and how its texts are read.
CORPORA: Mapping[str, Callable[[Path, str], Iterator[Text]]] = {
    "uy-es": _files("law/uy-es", "*.md", "text/markdown"),
    "ie-en": _files("law/ie-en", "*.md", "text/markdown"),
    "lu-fr": _files("law/lu-fr", "*.md", "text/markdown"),
    "ch-de": _files("law/ch-de", "*.md", "text/markdown"),
    "un-charter": _files("un-charter", "*.txt", "text/plain"),
    "bbnj": _named("bbnj", "en.txt", "es.txt", "fr.txt"),
    "bbnj-other": _named("bbnj", "ar.txt", "ru.txt", "zh.txt"),
    "bbnj-raw": _files("bbnj/raw", "*.txt", "text/plain"),
    "tota": _treaties,
    "resolutions": _resolutions,
    "unsc": _files("unsc", "*.txt", "text/plain"),
    "prepcom": _files("prepcom", "*.txt", "text/plain"),
    "un-resolutions-ga": _files("un-resolutions-ga", "*.txt", "text/plain"),
}
