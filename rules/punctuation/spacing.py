"""A space stands before a mark that takes none, or is missing behind one that needs it.

Why it matters. "State ,party" and "end.The" are what OCR and copying leave of narrow spaces; the two words of
"end.The" are one to every search, and sentences are no longer told apart.

How it decides. A space before a comma, a full stop, a closing bracket or (outside French) a semicolon or colon, or
behind an opening bracket; no space between two words of small letters and the mark between them; a space inside
"Party 's" or "l' article". What a text does throughout is said once: more than a handful of places of one kind are
one finding.

When it stays silent. At the spaces that French sets before ; : ! ? » and after «; at an ellipsis, a decimal, a name
of a file or address, symbols, code, tables; where a text sets half of its marks of a kind so, which is its style;
in languages whose usage we don't know.

Sources. Lexique des règles typographiques en usage à l'Imprimerie nationale; Ortografía de la lengua española;
Duden, Textverarbeitung; Chicago Manual of Style 17, 2.9 and 6.7.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from auditor.analysis.vocabulary import vocabulary
from auditor.contract import Pattern, rule
from auditor.document import Document, Span
from auditor.findings import Edit, Finding, Fix

from .places import Prose

_RULE = "punctuation/spacing"
#: More places of one kind than these are one finding.
_MOST_FINDINGS = 3
#: Where so large a share of a mark is set so, it is the text's style.
_STYLE = 0.5

#: A mark behind a space. The patterns begin with one sign each: that is what is looked for quickly.
_BEFORE = tuple(
    Pattern(
        rf"{re.escape(mark)}(?<=[^\W_][ \u00a0].|[)\]”»\"’][ \u00a0].)(?![\w.,;:)(=\-/\\'\"’*])",
        needs=(mark,),
    )
    for mark in ",;:.)]"
)
_BEFORE_GLUED = Pattern(r",(?<=[\w)] ,)(?=[^\W\d_]{2})", needs=(",",))
_AFTER_OPENING = tuple(Pattern(rf"{re.escape(mark)}[ \u00a0](?=[\w“«\"])", needs=(mark,)) for mark in "([")
_COMMA = Pattern(r",(?<=[^\W\d_]{2}.)(?=[^\W\d_]{2})")
_SEMICOLON = Pattern(r";(?<=[^\W\d_]{2}.)(?=[^\W\d_]{2})")
_STOP = Pattern(r"\.(?<=[^\W\d_A-Z]{2}.)(?=[A-ZÀ-ÞА-Я][^\W\d_A-ZА-Я])")
_GENITIVE = tuple(Pattern(rf"{mark}s(?<=[^\W\d_] ..)(?!\w)", needs=(mark,)) for mark in "'’")
_ELISION = tuple(
    Pattern(rf"{mark} (?<=[\s\x00(][lLdDnNsSjJmMtTcC]. )(?=[aeiouyhàâéèêëîïôùûœAEIOUYHÀÂÉÈÊÎÔŒ])", needs=(mark,))
    for mark in "'’"
)
_ARABIC = Pattern(r" [،؛](?=\s)", needs=("،", "؛"))

_KNOWN = frozenset({"en", "fr", "es", "it", "pt", "de", "nl", "pl", "ru", "ar", "ca", "da", "sv", "cs", "uk", "ro"})
_ELIDES = frozenset({"fr", "it", "ca"})
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")


class _Place(msgspec.Struct, frozen=True, gc=False):
    """A place of one kind: where, what stands in its place, and the words shown."""

    kind: str
    at: int
    span: Span
    gap: Span
    text: str


@rule(
    _RULE,
    severity="warning",
    scope="text",
    languages=_KNOWN & {"en", "fr", "es", "de", "ru", "it"},
    explains=("characters/glued-words", "characters/split-word"),
    patterns=(
        _COMMA,
        _SEMICOLON,
        _STOP,
        *_GENITIVE,
        *_ELISION,
        *_AFTER_OPENING,
        *_BEFORE,
        _BEFORE_GLUED,
        _ARABIC,
    ),
    bad={
        "en": [
            "Each State⟦ ,⟧party to the Convention, and each organization⟦ ,⟧ shall report⟦ .⟧ It does so each year.",
            "The war was at an end⟦.⟧The Parties decided to cooperate⟦,⟧taking account of the needs of all States.",
            "The Party⟦ 's⟧ report on the work of the year ⟦( ⟧the first of its kind) is due in the month of May.",
        ],
        "fr": ["Les dispositions de l⟦’ ⟧article 3⟦ ,⟧ et de l'annexe s'appliquent : elles sont en vigueur."],
        "es": ["Los Estados⟦ ,⟧ por consiguiente, cooperan entre sí y se consultan⟦.⟧Las Partes informan de ello."],
        "de": ["Die Parteien⟦ ,⟧ vertreten durch ihre Regierungen⟦ ;⟧ handeln gemeinsam und mit Bedacht."],
        "ru": [
            "Государства⟦ ,⟧ являющиеся участниками Конвенции, сотрудничают между собой⟦.⟧Они встречаются каждый год."
        ],
        "it": ["Le disposizioni dell'articolo 3⟦ ,⟧ nonché dell’allegato, si applicano a tutte le Parti."],
    },
    good={
        "en": [
            "Each State party, and each organization of which it is a member; see A/RES/76/1, para. 3 (b), 1,000 km, "
            ".NET and example.Com.",
            "He said: “No” ... and left the room . . . . The rest of it is 10 : 3 and (s)he knew ( ) it.",
            "It is signed by \\_\\_\\_\\_ , the depositary of the treaty, and i,j are integers in the annex to it.",
        ],
        "fr": ["Elle décide : « Les Parties » ; est-ce vrai ? Oui ! L’article 3, l'annexe ; d'autres dispositions."],
        "es": ["¿Qué decide? ¡Nada! Los Estados, que son parte de este acuerdo; los demás: ninguno de ellos."],
        "de": ["Die Parteien, vertreten durch ihre Regierungen; z. B. «so», „so“ und »so« in den Anhängen."],
        "ru": ["Государства, являющиеся участниками Конвенции, — все; т. е. так, как это предусмотрено в ней."],
        "it": ["Le disposizioni dell'articolo 3, nonché dell’allegato: si applicano a tutte le Parti."],
    },
)
def spacing(document: Document, *found: list[re.Match[str]]) -> Iterator[Finding]:
    """One finding for each place, or for all of one kind where they are many."""
    if not any(found):
        return
    prose = Prose(document)
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    comma, semicolon, stop, *others = found
    genitive, elision, opening = chain(*others[:2]), chain(*others[2:4]), chain(*others[4:6])
    before = chain(*others[6:])
    for match in before:
        _add(places, _space_before(prose, match))
    for match in opening:
        _add(places, _space_inside(prose, match))
    for match in (*comma, *semicolon, *stop):
        _add(places, _nothing_behind(prose, match))
    for match in genitive:
        start = match.start() - 1
        if prose.language(start) == "en" and prose.holds(start, match.end()):
            _add(places, _place(prose, "before ’s", start, match.end(), start, start + 1, ""))
    for match in elision:
        if prose.language(match.start()) in _ELIDES and prose.holds(*match.span()):
            _add(
                places,
                _place(prose, "behind an apostrophe", match.start(), match.end(), match.end() - 1, match.end(), ""),
            )
    for kind, listed in places.items():
        listed.sort(key=lambda place: place.at)
        if _is_style(prose, kind, len(listed)):
            continue
        if len(listed) > _MOST_FINDINGS:
            yield _finding(prose, kind, listed)
        else:
            for place in listed:
                yield _finding(prose, kind, [place])


def _add(places: defaultdict[str, list[_Place]], place: _Place | None) -> None:
    if place is not None:
        places[place.kind].append(place)


def _place(prose: Prose, kind: str, start: int, end: int, gap_start: int, gap_end: int, text: str) -> _Place:
    return _Place(kind, start, prose.span(start, end), prose.span(gap_start, gap_end), text)


def _space_before(prose: Prose, match: re.Match[str]) -> _Place | None:
    start, end = match.start() - (not match[0][0].isspace()), match.end()
    mark = match[0][-1]
    language = prose.language(start)
    if language not in _KNOWN or (mark in ";:" and language in ("fr", "ca")) or not prose.holds(start, end):
        return None
    text = prose.text
    if prose.document.text[prose.span(start, end).start - 1] == ">":
        return None  # a raised number was there
    if mark in ")]" and _is_spacious(text, start, "(" if mark == ")" else "["):
        return None
    if mark == ":" and (text[start - 1].isdigit() or language == "ru"):
        return None
    if mark == "." and (".." in text[max(start - 200, 0) : end + 200] or not text[start - 2].isalnum()):
        return None
    if mark == "." and text[end : end + 4].strip(" \n\x00")[:1].islower():
        return None  # a stop that is spoken of: "the characters . and +"
    if mark == ")" and _is_enumerator(text, start):
        return None
    glued = end < len(text) and text[end].isalpha()
    return _place(prose, f"before “{mark}”", start, end, start, end, f"{mark} " if glued else mark)


def _is_enumerator(text: str, start: int) -> bool:
    """Whether what stands before a bracket is the letter or number of a point: "a )"."""
    word = text[max(start - 6, 0) : start].rpartition(" ")[2]
    return len(word.strip("\x00\n(")) <= 3


def _is_spacious(text: str, start: int, opener: str) -> bool:
    """Whether the bracket that closes behind a space is empty, or opened with a space as well."""
    opened = text.rfind(opener, max(start - 300, 0), start)
    return opened < 0 or not text[opened + 1 : start].strip() or text[opened + 1].isspace()


def _space_inside(prose: Prose, match: re.Match[str]) -> _Place | None:
    start, end = match.span()
    if prose.language(start) not in _KNOWN or not prose.holds(start, end):
        return None
    bracket = match[0][0]
    if prose.text[start - 1] == bracket:
        return None  # "((…))" marks what an amendment put in
    closer = prose.text.find(")" if bracket == "(" else "]", end, end + 80)
    if closer >= 0 and (closer - end <= 4 or prose.text[closer - 1] in " \u00a0_"):
        return None  # "( a )", "[ x ]": a form, or one style throughout the bracket
    return _place(prose, f"behind “{bracket}”", start, end, start + 1, end, "")


def _nothing_behind(prose: Prose, match: re.Match[str]) -> _Place | None:
    start, end = match.span()
    language = prose.language(start)
    text = prose.text
    if language not in _KNOWN:
        return None
    head, tail = _WORD_BEFORE.search(text, max(start - 40, 0), start), _WORD_AFTER.match(text, end, end + 40)
    if head is None or tail is None or not prose.is_words(start, end):
        return None
    first, second, mark = head[0], tail[0], match[0]
    token = prose.token(start, end)
    if (
        token.rstrip(".,;:)”»\"'’").count(mark) > 1
        or len(second) < 2
        or token[-1:] in "-("
        or "&" in token[: token.find(mark)]
    ):
        return None
    words = vocabulary(prose.document)
    if mark == ".":
        if not (words.listed(first, language) and words.listed(second.lower(), language)) or len(first) < 3:
            return None
        if second.lower() in _SUFFIXES or text[end + len(second) : end + len(second) + 1] in ("(", ".", ":"):
            return None
    elif not (_is_word(first, language, prose) and _is_word(second, language, prose)):
        return None
    if not prose.holds(start, end):
        return None
    return _place(prose, f"missing behind “{mark}”", start, end, start, end, f"{mark} ")


_SUFFIXES = frozenset({"com", "net", "org", "js", "de", "fr", "it", "es", "exe", "dll", "pdf", "doc", "xml"})


def _is_word(word: str, language: str, prose: Prose) -> bool:
    return vocabulary(prose.document).known(word, language)


def _is_style(prose: Prose, kind: str, count: int) -> bool:
    """Whether half of the marks of a kind are set so."""
    if count < 3:
        return False
    mark = kind.partition("“")[2][:1]
    if not mark:
        return False
    return count >= _STYLE * prose.text.count(mark)


def _finding(prose: Prose, kind: str, places: Sequence[_Place]) -> Finding:
    first = places[0]
    around = prose.text[max(first.at - 14, 0) : first.at + 16].replace("\x00", " ").replace("\n", " ")
    shown = around[around.find(" ") + 1 : around.rfind(" ")] or around
    missing = kind.startswith("missing")
    what = f"A space is {kind}" if missing else f"A space stands {kind}"
    if len(places) > 1:
        what = f"{what}, {len(places)} times"
    return Finding(
        _RULE,
        f"{what}: “{shown}”.",
        first.span,
        confidence=0.9 if len(places) <= _MOST_FINDINGS else 0.95,
        data={"kind": kind, "count": len(places)},
        places=tuple(place.span for place in places[1:]),
        fixes=(
            Fix(
                "Put a space there" if missing else "Take it out",
                tuple(Edit(place.gap, place.text) for place in places),
                "unsafe",
            ),
        ),
    )
