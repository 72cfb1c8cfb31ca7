"""Russian: prepositions and the case behind them, adjectives and their nouns, verbs and their subjects.

A form counts only where all its readings are known and none of them fits. Cases are written as in the data: n
nominative, g genitive, d dative, a accusative, i instrumental, l prepositional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.grammar.forms import forms
from auditor.analysis.grammar.slip import Slip
from auditor.analysis.grammar.word_lists import word_lists

_LISTS = word_lists("russian")

_CASES: dict[str, str] = {
    **dict.fromkeys(("без", "для", "до", "из", "от", "у", "около", "после", "среди", "против", "вместо"), "g"),
    **dict.fromkeys(("ввиду", "вследствие", "кроме", "помимо", "вне"), "g"),
    **dict.fromkeys(["к", "ко", "благодаря", "вопреки"], "d"),
    **dict.fromkeys(["через", "про", "сквозь"], "a"),
    **dict.fromkeys(["над", "перед"], "i"),
    **dict.fromkeys(["в", "во", "на", "о", "об"], "al"),
    **dict.fromkeys(["за", "под"], "ai"),
    "при": "l",
    "согласно": "d",
    "между": "gi",
    "по": "dal",
    "с": "gai",
    "со": "gai",
}  # fmt: skip
#: Phrases that stand for a preposition, and their case; the first word is matched by its preposition.
_LONG: dict[str, str] = {
    **dict.fromkeys(
        (
            "в отношении", "в целях", "в случае", "в рамках", "с учетом", "с учётом", "на основе", "в течение",
            "в качестве", "за исключением", "в интересах", "по мере", "в области", "в ходе", "во время", "с помощью",
            "при условии", "на основании", "в результате", "в порядке", "со стороны", "в пользу", "в сфере", "с целью",
            "в период", "на предмет", "в продолжение", "в силу", "во исполнение", "на протяжении", "в развитие",
        ),
        "g",
    ),
    **dict.fromkeys(("в соответствии с", "в соответствии со", "в связи с", "по сравнению с", "наряду с"), "i"),
    **dict.fromkeys(("по отношению к", "применительно к"), "d"),
}  # fmt: skip
_NAMES = {
    "n": "nominative", "g": "genitive", "d": "dative", "a": "accusative", "i": "instrumental", "l": "prepositional",
}  # fmt: skip
_WORD = "[А-ЯЁ]?[а-яё]+"
#: Adjectives that do not take a noun of their own in some case: relational ones.
_RELATIONAL = re.compile(
    r"(?:ск|альн|ональн|ивн|ионн|арн|ичн|онн|учн|одн|евн|рск|овн|очн|астн|итн|ьн)"
    r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ую|юю|ых|их|ыми|ими|ом|ем|ей)$|^настоящ|^нов|^кажд|^люб"
)
_GOVERNING = re.compile(
    r"^(?:свободн|равн|подобн|необходим|доступн|известн|полн|верн|годн|трудн|благодарн|аналогичн|выгодн|"
    r"обязательн|эквивалентн|идентичн|адекватн|смежн|общ|благоприятн|соразмерн|достаточн|нужн|угодн|"
    r"опасн|важн|видн|сходн|родствен|родн|виновн|способн|склонн|признательн|ответственн|пригодн)"
)
_BEFORE = frozenset(_LISTS["before"].split())


@cache
def _prepositions() -> re.Pattern[str]:
    long = "|".join(sorted((*_LONG, *_CASES), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?P<preposition>(?i:{long})) (?P<word>{_WORD})(?![\w-])(?P<after> {_WORD}(?![\w-]))?"
    )


@cache
def _pairs() -> re.Pattern[str]:
    endings = "ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ую|юю|ых|их|ыми|ими|ом|ем|ей"
    return re.compile(
        rf"(?<![\w-])(?P<before>[\w,]+) (?P<adjective>[А-ЯЁ]?[а-яё]{{3,}}(?:{endings}))"
        rf" (?P<noun>{_WORD})(?![\w-])(?P<after>,| и | или )?"
    )


@cache
def _subjects() -> re.Pattern[str]:
    opened = r"(?:[.;:)\x00—–-]|\b(?:что|если|когда|где)) +"
    return re.compile(
        rf"{opened}(?P<first>{_WORD}) (?:не )?(?P<second>{_WORD})(?: (?:не )?(?P<third>[а-яё]{{3,}}))?(?![\w-])"
    )


def cases(text: str) -> Iterator[Slip]:
    """Words behind a preposition that can't be in a case it goes with. ``text`` has plain spaces only."""
    known = forms("ru")
    for match in _prepositions().finditer(text):
        preposition, word = match["preposition"].lower(), match["word"]
        readings = known.of(word)
        if word in ("друг", "самом", "себя") or not readings or any(code[0] not in "nar" for code in readings):
            continue
        wanted = _LONG.get(preposition) or _CASES[preposition]
        if any(code[1].lower() in wanted for code in readings):
            continue
        # "с Сторонами согласованных": what follows may be the word that the preposition belongs to.
        after = known.of((match["after"] or "").strip())
        if any(code[0] in "ar" and code[1].lower() in wanted for code in after):
            continue
        if word[0].isupper() and text[match.end("word") : match.end("word") + 1] == ".":
            continue
        named = " or ".join(_NAMES[case] for case in wanted)
        yield Slip(
            match.start(),
            match.end("word"),
            f"“{match['preposition']}” goes with the {named}; “{word}” can't be that.",
        )


def disagreements(text: str) -> Iterator[Slip]:
    """Adjectives that do not agree with the noun behind them, and verbs with the subject before."""
    known = forms("ru")
    for match in _pairs().finditer(text):
        adjective, noun = match["adjective"], match["noun"]
        if match["before"].lower().strip(",") in _BEFORE or match["before"][0].isdecimal() or match["after"]:
            continue
        own, other = known.of(adjective), known.of(noun)
        if not own or not other or any(c[0] != "a" for c in own) or any(c[0] != "n" for c in other):
            continue
        if _RELATIONAL.search(adjective.lower()) is None or _GOVERNING.match(adjective.lower()):
            continue
        if {code[1:] for code in own} & {code[1:] for code in other}:
            continue
        yield Slip(match.start("adjective"), match.end("noun"), f"“{adjective}” and “{noun}” do not agree.")
    yield from _verbs(text)


def _verbs(text: str) -> Iterator[Slip]:
    known = forms("ru")
    for match in _subjects().finditer(text):
        # The subject is one word, or an adjective and a noun.
        noun, place = match["first"], "second"
        if match["third"] and any(code[0] in "ap" and code[1] == "n" for code in known.of(noun)):
            noun, place = match["second"], "third"
        verb = match[place]
        readings = known.of(verb)
        singular = bool(readings) and readings <= {"v3s", "vm", "vf", "vn"}
        plural = bool(readings) and readings <= {"v3p", "vp"}
        codes = known.of(noun)
        if not (singular or plural) or not codes or any(code[0] != "n" for code in codes):
            continue
        nominative = {code[2] for code in codes if code[1] == "n"}
        accusative = any(code[1] == "a" and code[2] in nominative for code in codes)
        reflexive = verb.endswith(("ся", "сь"))
        if not nominative or (accusative and not reflexive) or noun.lower() in _COLLECTIVE:
            continue
        if singular and nominative == {"p"} and not _singular_genitive(codes, verb):
            words = ("singular", "plural")
        elif plural and "p" not in nominative:
            words = ("plural", "singular")
        else:
            continue
        message = f"The verb “{verb}” is {words[0]}, but its subject, “{noun}”, is {words[1]}."
        yield Slip(match.start(place), match.end(place), message)


def _singular_genitive(codes: frozenset[str], verb: str) -> bool:
    """Whether the noun may be no subject at all but a genitive before an impersonal verb."""
    return any(code[1] == "g" for code in codes) and verb.endswith(("лось", "ло"))


_COLLECTIVE = frozenset(_LISTS["collective"].split())
