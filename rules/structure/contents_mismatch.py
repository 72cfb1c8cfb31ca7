"""Table of contents and text disagree.

Why it matters. A table of contents is made once and seldom made again. Where it names a division that the text does
not have, the division was lost, or renamed; where it lacks one, a reader will not find it; where it words a title
otherwise, one of the two was not corrected.

How it decides. A table of contents is known by its heading word, in some thirty languages, or by lines with dot
leaders and rising page numbers. Its entries are matched with the headings of the text, by label and number where they
have them and by wording where not. If most of them match, what does not is reported: an entry without a heading, a
heading without an entry (where the table lists nearly all headings of that kind), a title worded otherwise.

When it stays silent. On differences of case, accents, punctuation, spaces, numbering style and page numbers; on
titles that the table cuts short; on kinds of headings that the table leaves out throughout; where fewer than three
fifths of the entries match, since then the list is something else.

Sources. ISO 18:1981, contents lists of periodicals; Chicago Manual of Style 17, 1.38: titles in the contents "must
match".
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from auditor.analysis.numerals import fold
from auditor.analysis.outline import Division, outline
from auditor.analysis.outline.contents import Contents, Entry, contents
from auditor.analysis.outline.headings import Heading, headings, is_title_like
from auditor.contract import rule
from auditor.document import Document, Span
from auditor.findings import Evidence, Finding

_MATCHING = 0.6
_LISTED = 0.8
_FEWEST = 3
_APART = frozenset({"marked", "alone", "titled"})
_ALIKE = 0.6
#: So many headings are compared with one entry.
_REACH = 60
_WORDS = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")


class _Heading(msgspec.Struct, frozen=True):
    """A heading of the text: key of kind and number, its title as words, its class, its place."""

    key: str
    number: str
    title: str
    words: tuple[str, ...]
    group: tuple[str, int]
    span: Span
    label: str


@rule(
    "structure/contents-mismatch",
    severity="warning",
    bad={
        "en": [
            "# Rules\n\n## Contents\n\n- Rule 1 Sessions\n- Rule 2 Agenda\n- ⟦Rule 3 Officers⟧\n- Rule 4 Voting\n\n"
            "## Rule 1 Sessions\n\nText.\n\n## Rule 2 Agenda\n\nText.\n\n## Rule 4 Voting\n\nText.\n",
            "# Agreement\n\n## Contents\n\nArticle 1 Use of terms ........ 3\n"
            "⟦Article 2 Scope of aplication ........ 4⟧\n"
            "Article 3 Final clauses ........ 9\n\n## Article 1 Use of terms\n\nText.\n\n"
            "## Article 2 Scope of application\n\n"
            "Text.\n\n## Article 3 Final clauses\n\nText.\n",
            "# Report\n\nI. Introduction ........ 1\nII. Findings ........ 2\nIII. Conclusions ........ 7\n\n"
            "## I. Introduction\n\n"
            "Text.\n\n## II. Findings\n\nText.\n\n## III. Conclusions\n\nText.\n\n⟦## IV. Recommendations⟧\n\nText.\n",
        ],
        "es": [
            "# Ley\n\n## Índice\n\n- Capítulo I Objeto\n- Capítulo II Órganos\n- ⟦Capítulo III Recursos⟧\n"
            "- Capítulo IV "
            "Sanciones\n\n## Capítulo I Objeto\n\nTexto.\n\n## Capítulo II Órganos\n\nTexto.\n\n"
            "## Capítulo IV Sanciones\n\nTexto.\n"
        ],
        "fr": [
            "# Loi\n\n## Table des matières\n\n- Chapitre I Objet\n- Chapitre II Organes\n"
            "- ⟦Chapitre III Ressources⟧\n\n"
            "## Chapitre I Objet\n\nTexte.\n\n## Chapitre II Organes\n\nTexte.\n\n"
            "## Chapitre III Moyens financiers\n\nTexte.\n"
        ],
        "ru": [
            "# Договор\n\n## Содержание\n\n- Глава I Предмет\n- Глава II Органы\n- ⟦Глава III Средства⟧\n"
            "- Глава IV Споры\n\n"
            "## Глава I Предмет\n\nТекст.\n\n## Глава II Органы\n\nТекст.\n\n## Глава IV Споры\n\nТекст.\n"
        ],
        "de": [
            "# Verordnung\n\n## Inhaltsverzeichnis\n\n- 1. Abschnitt Zweck\n- 2. Abschnitt Begriffe\n"
            "- ⟦3. Abschnitt Verfahren⟧\n"
            "- 4. Abschnitt Strafen\n\n## 1. Abschnitt Zweck\n\nText.\n\n## 2. Abschnitt Begriffe\n\nText.\n\n"
            "## 4. Abschnitt Strafen\n\nText.\n"
        ],
        "zh": [
            "# 协定\n\n## 目录\n\n- 第一章 总则\n- 第二章 机构\n- ⟦第三章 争端⟧\n- 第四章 附则\n\n## 第一章 总则\n\n"
            "文本。\n\n## 第二章 机构\n\n文本。\n\n"
            "## 第四章 附则\n\n文本。\n"
        ],
        "ar": [
            "# اتفاق\n\n## المحتويات\n\n- الفصل 1 الأهداف\n- الفصل 2 الأجهزة\n- ⟦الفصل 3 الموارد⟧\n"
            "- الفصل 4 أحكام ختامية\n\n"
            "## الفصل 1 الأهداف\n\nنص.\n\n## الفصل 2 الأجهزة\n\nنص.\n\n## الفصل 4 أحكام ختامية\n\nنص.\n"
        ],
    },
    good={
        "en": [
            "# Rules\n\n## Contents\n\nRule 1 SESSIONS ........ 1\nRule 2 Agenda. ........ 2\n"
            "Rule 3 Officers ........ 3\n\n"
            "## Rule 1\n\n## Sessions\n\nText.\n\n### Place\n\nText.\n\n## Rule 2 Agenda\n\nText.\n\n"
            "## Rule 3 Officers\n\nText.\n",
            "# Prices\n\nApples ........ 60\nPears ........ 55\nPlums ........ 44\n\n## Remarks\n\nText.\n",
            "# Shopping\n\n## Contents\n\n- One box\n- Two bags\n- Three nets\n\n## Delivery\n\nText.\n\n"
            "## Returns\n\nText.\n",
        ],
        "es": [
            "## Índice\n\n- Capítulo I Objeto\n- Capítulo II Fin\n- Capítulo III Otros\n\n## CAPÍTULO I OBJETO\n\n"
            "Texto.\n\n"
            "## CAPÍTULO II FIN\n\nTexto.\n\n## CAPÍTULO III OTROS\n\nTexto.\n"
        ],
        "fr": [
            "## Sommaire\n\n- Chapitre I Objet\n- Chapitre II Fin\n- Chapitre III Autres\n\n## Chapitre I. Objet\n\n"
            "Texte.\n\n"
            "## Chapitre II. Fin\n\nTexte.\n\n## Chapitre III. Autres\n\nTexte.\n"
        ],
        "ru": [
            "## Содержание\n\n- Глава I Предмет\n- Глава II Органы\n- Глава III Споры\n\n## Глава I. Предмет\n\n"
            "Текст.\n\n"
            "## Глава II. Органы\n\nТекст.\n\n## Глава III. Споры\n\nТекст.\n"
        ],
        "de": [
            "## Inhalt\n\n- 1. Abschnitt: Zweck\n- 2. Abschnitt: Begriffe\n- 3. Abschnitt: Strafen\n\n"
            "## 1. Abschnitt Zweck\n\n"
            "Text.\n\n## 2. Abschnitt Begriffe\n\nText.\n\n## 3. Abschnitt Strafen\n\nText.\n"
        ],
        "zh": [
            "## 目录\n\n- 第一章 总则\n- 第二章 机构\n- 第三章 附则\n\n## 第一章 总则\n\n文本。\n\n## 第二章 机构\n\n"
            "文本。\n\n## 第三章 附则\n\n文本。\n"
        ],
        "ar": [
            "## المحتويات\n\n- الفصل 1 الأهداف\n- الفصل 2 الأجهزة\n- الفصل 3 أحكام\n\n## الفصل 1 الأهداف\n\nنص.\n\n"
            "## الفصل 2 الأجهزة\n\nنص.\n\n## الفصل 3 أحكام\n\nنص.\n"
        ],
    },
)
def contents_mismatch(document: Document) -> Iterator[Finding]:
    """One finding for each entry or heading that has no counterpart, or another wording."""
    table = contents(document)
    if table is None:
        return
    found = _headings(document, table)
    pairs, lone = _match(table.entries, found)
    if len(pairs) < _FEWEST or len(pairs) < _MATCHING * len(table.entries):
        return
    for entry in lone:
        yield Finding(
            rule="structure/contents-mismatch",
            message=f"The table of contents lists “{_shown(entry)}”, but the text has no such heading.",
            span=entry.span,
            confidence=0.85,
            data={"kind": "entry without heading"},
        )
    for entry, heading in pairs:
        if entry.title and heading.title and not _same(entry.title, heading.title):
            yield Finding(
                rule="structure/contents-mismatch",
                message=f"The table of contents says “{entry.title}”, the heading “{heading.title}”.",
                span=entry.span,
                confidence=0.85,
                data={"kind": "other wording"},
                evidence=(Evidence(f"“{heading.title}” stands here.", heading.span),),
                other=heading.span,
            )
    matched = {heading.span for _, heading in pairs}
    yield from _unlisted(found, matched, table)


def _unlisted(found: Sequence[_Heading], matched: set[Span], table: Contents) -> Iterator[Finding]:
    groups: dict[tuple[str, int], list[_Heading]] = defaultdict(list)
    for heading in found:
        groups[heading.group].append(heading)
    for members in groups.values():
        listed = sum(h.span in matched for h in members)
        if listed < _FEWEST or len(members) - listed > max(1, (1 - _LISTED) * len(members)):
            continue
        for heading in members:
            if heading.span not in matched and heading.group[0] != "aside":
                yield Finding(
                    rule="structure/contents-mismatch",
                    message=f"The table of contents does not list “{heading.label}”.",
                    span=heading.span,
                    confidence=0.8,
                    data={"kind": "heading without entry"},
                    evidence=(Evidence(f"It lists {listed} of {len(members)} headings of this kind.", table.span),),
                )


def _shown(entry: Entry) -> str:
    number = entry.bare.rpartition(" ")[2]
    if entry.number is not None:
        number = (
            f"{entry.number.label_text} {number}"
            if entry.number.label_before
            else f"{number} {entry.number.label_text}"
        )
    return f"{number} {entry.title}".strip()


# --- the headings of the text


def _headings(document: Document, table: Contents) -> list[_Heading]:
    divisions = outline(document).divisions
    found = [_heading(document, d) for d in divisions if not table.span.overlaps(d.heading)]
    known = {division.block for division in divisions}
    found.extend(
        _aside(document, line)
        for line in headings(document)
        if line.block not in known and line.form in _APART and not table.span.overlaps(line.span)
    )
    return sorted(found, key=lambda heading: heading.span)


def _aside(document: Document, line: Heading) -> _Heading:
    """A line that reads like a heading and counts in no series: an entry may mean it, but it needs none."""
    number = ""
    if line.number.readings:
        number = f"{line.number.readings[0].value}{line.number.readings[0].suffix.casefold()}"
    key = f"{line.number.kind} {number}".strip() if line.number.label_text else number
    label = " ".join(line.span.of(document.text).split())
    return _Heading(key, number, line.title, _tokens(line.title), ("aside", 0), line.span, label)


def _heading(document: Document, division: Division) -> _Heading:
    block = document.blocks[division.block]
    key = number = ""
    title = division.title
    if division.number is not None:
        value = f"{division.number.value}{division.number.suffix.casefold()}"
        number = value
        bare = division.source is None or not division.source.number.label_text
        key = value if bare else f"{division.kind} {value}"
        if not title:
            title = _title_below(document, division)
    elif division.kind != "heading":
        key = division.kind
        title = title or _title_below(document, division)
    else:
        title = title or block.prose.text.strip()
    group = (division.kind, division.level if division.number is None else 0)
    span = block.span if block.kind == "heading" else division.heading
    return _Heading(key, number, title, _tokens(title), group, span, f"{division.label} {division.title}".strip())


def _title_below(document: Document, division: Division) -> str:
    """The title that stands in the block, or on the line, after the number."""
    block = document.blocks[division.block]
    rest = document.text[division.heading.end : block.span.end].strip()
    if rest:
        line = rest.split("\n")[0].strip(" *_#.:")
        return line if is_title_like(line) else ""
    if division.block + 1 < len(document.blocks):
        after = document.blocks[division.block + 1]
        if after.kind in ("heading", "paragraph") and is_title_like(after.prose.text):
            return after.prose.text.strip()
    return ""


# --- matching


def _tokens(text: str) -> tuple[str, ...]:
    folded = fold(text)
    if _IDEOGRAPH.search(folded):
        return tuple(c for c in folded if c.isalnum())
    return tuple(_WORDS.findall(folded))


def _same(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but case, accents, signs and where they are cut short."""
    first, second = _tokens(one), _tokens(other)
    short = min(len(first), len(second))
    return first[:short] == second[:short] or "".join(first) == "".join(second)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return 0.0
    return len(set(one) & set(other)) / max(len(set(one)), len(set(other)))


class _Unused:
    """The headings by key, by wording and without number; those used already are passed over."""

    def __init__(self, found: Sequence[_Heading]) -> None:
        self._used: set[int] = set()
        self._by_key: dict[str, deque[int]] = defaultdict(deque)
        self._by_title: dict[str, deque[int]] = defaultdict(deque)
        self._unnumbered: deque[int] = deque()
        for at, heading in enumerate(found):
            if heading.key:
                self._by_key[heading.key].append(at)
            if heading.words:
                self._by_title[" ".join(heading.words)].append(at)
            if not heading.number:
                self._unnumbered.append(at)

    def use(self, at: int) -> None:
        self._used.add(at)

    def with_key(self, key: str) -> list[int]:
        return self._some(self._by_key.get(key)) if key else []

    def with_title(self, words: Sequence[str]) -> list[int]:
        return self._some(self._by_title.get(" ".join(words))) if words else []

    def unnumbered(self) -> list[int]:
        return self._some(self._unnumbered)

    def _some(self, queue: deque[int] | None) -> list[int]:
        """The first few of a queue that are not used yet."""
        if queue is None:
            return []
        while queue and queue[0] in self._used:
            queue.popleft()
        return [at for at in islice(queue, _REACH) if at not in self._used]


def _match(entries: Sequence[Entry], found: Sequence[_Heading]) -> tuple[list[tuple[Entry, _Heading]], list[Entry]]:
    """Entries with their headings, and entries without."""
    unused = _Unused(found)
    pairs: list[tuple[Entry, _Heading]] = []
    lone: list[Entry] = []
    for entry in entries:
        at = _counterpart(entry, found, unused)
        if at is None:
            lone.append(entry)
        else:
            unused.use(at)
            pairs.append((entry, found[at]))
    return pairs, lone


def _counterpart(entry: Entry, found: Sequence[_Heading], unused: _Unused) -> int | None:
    words = _tokens(entry.title)
    keyed = unused.with_key(entry.bare)
    for at in keyed:
        if not words or not found[at].words or _same(entry.title, found[at].title):
            return at
    whole = _tokens(f"{entry.bare} {entry.title}") if entry.number is None else words
    for at in (*unused.with_title(words), *unused.with_title(whole)):
        return at
    if keyed:
        return keyed[0]
    if entry.bare or not words:
        return None
    near = unused.unnumbered()
    best = max(near, key=lambda at: _alike(words, found[at].words), default=None)
    if best is not None and _alike(words, found[best].words) >= _ALIKE:
        return best
    return None
