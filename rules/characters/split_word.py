"""A word is broken by a space.

Why it matters. "agree ment", "di ff erent" and "D O N E" are found by no search, and a voice reads them as pieces.
Wide-set headings and ligatures come out like this, and words that were hyphenated and lost the hyphen.

How it decides. A piece that is no word stands beside another, and both together (or three) are a common word or one
that the document has. And four or more single letters in a row that spell a word.

When it stays silent. Where the pieces are words of their own, in lists of single letters, initials and formulas, and
where a hyphen stands (breaks/hyphen-residue).

Sources. Conversions of PDF files with ligatures as separate glyphs; letter-spaced headings of treaties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.analysis.confusions.suspects import Places, places, suspects
from auditor.analysis.mentions.running_text import running_text
from auditor.analysis.vocabulary import Vocabulary, vocabulary
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding

from ._examples import texts
from ._telling import COVERED, gathered, told

_BEFORE = re.compile(r"(?:(?<=[\s\x00(\[“\"«])|^)([^\W\d_]{1,24})[ \xa0]\Z")
_AFTER = re.compile(r"[ \xa0]([^\W\d_]{1,24})(?=[\s\x00.,;:!?)\]”\"»]|\Z)")
_TWO_BEFORE = re.compile(r"(?:(?<=[\s\x00(\[“\"«])|^)([^\W\d_]{1,16})[ \xa0]([^\W\d_]{1,3})[ \xa0]\Z")
_TWO_AFTER = re.compile(r"[ \xa0]([^\W\d_]{1,3})[ \xa0]([^\W\d_]{1,16})(?=[\s\x00.,;:!?)\]”\"»]|\Z)")
_SPACED = re.compile(r"(?<![^\s\x00(“\"])([^\W\d_](?:[ \xa0]{1,2}[^\W\d_]){3,24})(?![^\s\x00.,:;)”\"])")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÉÄÖÜÑАБВГДЕИКЛМНОПРСТУ"
#: A form that stands in more places is a word of the text and no piece.
_OWN = 40
#: A word of four letters has so many different ones at least, each alone between spaces.
_DIFFERENT = 3
_COMMON = 3.0
_COMMON_SHORT = 4.6


@rule(
    "characters/split-word",
    severity="warning",
    languages=COVERED - {"ar"},
    explains=("characters/confused-word",),
    bad=texts(
        en=["The ⟦agre ement⟧ on the ⟦implementa tion⟧ of it.", "⟦D O N E⟧ at Geneva, in ⟦di ff erent⟧ languages."],
        fr="La ⟦conven tion⟧ est ⟦appli quée⟧ ici.",
        es="La ⟦conven ción⟧ se aplica.",
        de="Die ⟦Verord nung⟧ gilt für alle.",
        it="La ⟦conven zione⟧ si applica.",
        pt="A ⟦conven ção⟧ aplica-se.",
        nl="De ⟦overeen komst⟧ geldt voor alle.".replace("overeen komst", "bepa lingen"),
        pl="Ta ⟦konwen cja⟧ obowiązuje.",
        ru="Эта ⟦конвен ция⟧ применяется.",
    ),
    good=texts(
        en="Points a b c d and J. K. Smith; plan A B C D E; the sub committee in to the fund; s i l a t.",
        fr="Les points a b c d et le sous comité.",
        es="Los puntos a b c d y el sub comité.",
        de="Die Punkte a b c d und die Unter Kommission.",
        it="I punti a b c d della sotto commissione.",
        pt="Os pontos a b c d da sub comissão.",
        nl="De punten a b c d van de sub commissie.",
        pl="Punkty a b c d oraz pod komisja.",
        ru="Пункты а б в г и под комиссия.",
    ),
)
def split_word(document: Document) -> Iterator[Finding]:
    """One finding for each broken word, or one for all places of one that is broken in many."""
    yield from gathered(_found(document), "Words are broken by spaces at {count} places: {shown} …")


def _found(document: Document) -> Iterator[Finding]:
    known = vocabulary(document)
    where = places(document)
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    text = running_text(document).text
    done: set[int] = set()
    counts = suspects(document).counts
    for language, form in suspects(document).of("word"):
        if not form.isalpha() or len(form) > 16 or counts[language][form] > _OWN:
            continue
        for start, end in where.of(language, form):
            joined = _joined(text, start, end, form, language, known)
            if joined is not None and done.isdisjoint(range(joined[0], joined[1])):
                begin, finish, word = joined
                done.update(range(begin, finish))
                found.setdefault((text[begin:finish], word), []).append((begin, finish))
    for begin, finish, word in _spelled(document, known, where):
        if not done.isdisjoint(range(begin, finish)):
            continue
        found.setdefault((text[begin:finish], word), []).append((begin, finish))
    for (written, word), at in found.items():
        attested = known.count(word) > 0
        yield from told(
            "characters/split-word",
            where,
            at,
            f"“{written}” is the word “{word}”, broken by a space",
            confidence=0.95 if attested else 0.88,
            meant=word,
            applicability="unsafe",
            data={"form": written, "meant": word},
        )


def _joined(
    text: str, start: int, end: int, form: str, language: str, known: Vocabulary
) -> tuple[int, int, str] | None:
    """The place of the whole word and the word, where the piece at ``[start, end)`` is one of a broken word."""
    before = _BEFORE.search(text, max(0, start - 26), start)
    after = _AFTER.match(text, end)
    if after is not None and before is not None:
        three = before[1] + form + after[1]
        if _is_word(three, language, known) and (
            not known.listed(before[1], language) or not known.listed(after[1], language) or len(form) < 3
        ):
            return before.start(1), after.end(1), three
    for pieces in (_TWO_BEFORE.search(text, max(0, start - 40), start), _TWO_AFTER.match(text, end)):
        if pieces is not None:
            ahead = pieces.end() <= start + 1
            three = pieces[1] + pieces[2] + form if ahead else form + pieces[1] + pieces[2]
            if min(len(pieces[1]), len(pieces[2])) < 4 and _is_word(three, language, known):
                return (pieces.start(1), end, three) if ahead else (start, pieces.end(2), three)
    options: list[tuple[float, int, int, str]] = []
    if before is not None and (start == end or form[0].islower()):
        two = before[1] + form
        if _is_word(two, language, known) and _is_piece(before[1], two, language, known):
            options.append((known.frequency(two, language), before.start(1), end, two))
    if after is not None and after[1][0].islower():
        two = form + after[1]
        if _is_word(two, language, known) and _is_piece(after[1], two, language, known):
            options.append((known.frequency(two, language), start, after.end(1), two))
    if not options:
        return None
    _, begin, finish, word = max(options)
    return begin, finish, word


def _is_word(word: str, language: str, known: Vocabulary) -> bool:
    if len(word) < 4 or not (word.islower() or word.isupper() or word.istitle()) or not known.listed(word, language):
        return False
    if known.count(word) > 0:
        return True
    return known.frequency(word, language) >= (_COMMON if len(word) > 5 else _COMMON_SHORT)


def _is_piece(piece: str, whole: str, language: str, known: Vocabulary) -> bool:
    """Whether the other part is rather a piece: no word, or not so much more frequent than the whole."""
    if not known.listed(piece, language) or len(piece) == 1:
        return True
    return len(piece) > 2 and known.frequency(piece, language) <= known.frequency(whole, language) + 1.6


def _spelled(document: Document, known: Vocabulary, where: Places) -> Iterator[tuple[int, int, str]]:
    """Single letters in a row that spell a word."""
    if sum(letter in known.tokens for letter in _LETTERS) < _DIFFERENT:
        return
    run = running_text(document)
    from auditor.analysis.languages import languages

    codes = languages(document)
    for match in _SPACED.finditer(run.text):
        code = codes[run.blocks[run.block_at(match.start())].index]
        word = "".join(match[1].split())
        if code not in COVERED or not (word.isupper() or word.istitle() or word.islower()):
            continue
        if known.frequency(word, code) >= _COMMON and known.listed(word, code) and not where.masked(*match.span(1)):
            yield match.start(1), match.end(1), word
