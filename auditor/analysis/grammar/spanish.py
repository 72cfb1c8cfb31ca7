"""Spanish: articles, nouns, participles and verbs that do not agree; contractions that were not made.

Gender and number come from the endings that show them without exception, less the words known to be exceptions; a
noun whose ending tells nothing is passed over. "La", "los" and "las" may be pronouns before a verb ("los adopta"), so
they count only behind a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.grammar.slip import Slip
from auditor.analysis.grammar.word_lists import word_lists

_LISTS = word_lists("spanish")

_FEMININE = tuple(_LISTS["feminine"].split())
_MASCULINE = tuple(_LISTS["masculine"].split())
_NOT_FEMININE = frozenset(_LISTS["not_feminine"].split())
_NOT_MASCULINE = frozenset(_LISTS["not_masculine"].split())
_NUMERALS = frozenset(_LISTS["numerals"].split())
_SINGULAR_S = frozenset(_LISTS["singular_s"].split())
_STRESSED = frozenset(_LISTS["stressed"].split())
_SINGULAR_DETERMINERS = {
    **dict.fromkeys(["el", "del", "al", "un", "este", "ese", "aquel", "dicho", "ningún", "algún", "nuestro"], "m"),
    **dict.fromkeys(["una", "esta", "esa", "aquella", "dicha", "ninguna", "alguna", "nuestra"], "f"),
}
_PLURAL_DETERMINERS = {
    **dict.fromkeys(
        ["unos", "estos", "esos", "aquellos", "dichos", "algunos", "nuestros", "varios", "ambos", "todos"], "m"
    ),
    **dict.fromkeys(
        ["unas", "estas", "esas", "aquellas", "dichas", "algunas", "nuestras", "varias", "ambas", "todas"], "f"
    ),
}
_PREPOSITIONS = "de|en|por|para|con|a|sobre|entre|según|contra|desde|hasta|sin|tras|mediante|durante|ante|bajo"
_BEFORE_LIST = frozenset([*_PREPOSITIONS.split("|"), "del", "al", "y", "e", "o", "u", "ni", "que"])
_LETTERS = "a-záéíóúüñ"
_WORD = f"[A-ZÁÉÍÓÚÑ]?[{_LETTERS}]{{3,}}"
_COMMON = frozenset(_LISTS["common"].split())


def gender(noun: str) -> str:
    """``m`` or ``f`` where the noun's form shows it, else empty. Of a plural, that of its singular."""
    word = noun.lower()
    if word.endswith("s") and word not in _SINGULAR_S:
        single = word[:-1] if word[-2] in "aeo" else word
        if word.endswith("iones"):
            single = word[:-5] + "ión"
        elif word.endswith(("dades", "tades", "tudes")):
            single = word[:-2]
        word = single
    if word in _STRESSED or word.endswith(("ista", "cida", "ama", "ema", "oma", "igma", "asma", "nauta", "crata")):
        return ""
    if word.endswith(_FEMININE) and word not in _NOT_FEMININE:
        return "f"
    if word.endswith(_MASCULINE) and word not in _NOT_MASCULINE:
        return "m"
    return ""


def number(noun: str) -> str:
    """``p`` for a form in -s that is a plural, ``s`` for one without, empty where it does not show."""
    word = noun.lower()
    if not word.endswith("s"):
        return "s"
    if word in _SINGULAR_S or word[-2:-1] not in "aeo" or word.endswith(("és", "ás", "ís", "ós", "ús")):
        return ""
    return "p"


@cache
def _phrases() -> re.Pattern[str]:
    known = [*_SINGULAR_DETERMINERS, *_PLURAL_DETERMINERS]
    sure = "|".join([*known, *(word.capitalize() for word in known)])
    return re.compile(
        rf" (?:(?P<determiner>{sure})|(?:{_PREPOSITIONS}) (?P<article>la|los|las))"
        rf" (?P<noun>{_WORD})(?![\w-])"
    )


_PARTICIPLES = re.compile(
    rf" (?P<determiner>las|los|la|el|unas|unos|una|un|Las|Los|La|El|Una|Un) (?P<noun>[{_LETTERS}]{{4,}})"
    rf" (?P<participle>[{_LETTERS}]{{2,}}(?:ad|id)(?:os|as|o|a))(?![\w-])(?P<after>,| [yeou] )?"
)
_PLURAL_VERBS = (
    r"(?:[a-záéíóú]{2,}rán|son|han|están|pueden|deben|tienen|fueron|hayan|sean|podrán|deberán|adoptan|reafirman"
    r"|acuerdan|convienen|reconocen|consideran|declaran|deciden)"
)
_SINGULAR_VERBS = (
    r"(?:[a-záéíóú]{2,}rá|es|ha|está|puede|debe|tiene|fue|haya|sea|reafirma|reconoce|considera|declara|decide|conviene)"
)
_SUBJECT = re.compile(
    rf"(?:[.;:)\x00—–-]|\b(?:que|si|cuando|donde)) +"
    rf"(?:(?P<one>(?i:el|la|este|esta|cada|dicho|dicha|un|una)) (?P<singular>{_WORD})(?: (?P<adjective>{_WORD}))?"
    rf" (?:no |se |les? ){{0,2}}(?P<plural_verb>{_PLURAL_VERBS})"
    rf"|(?P<many>(?i:los|las|estos|estas|dichos|dichas)) (?P<plural>{_WORD})(?: (?P<adjectives>{_WORD}))?"
    rf" (?:no |se |les? ){{0,2}}(?P<singular_verb>{_SINGULAR_VERBS}))(?![\w-])"
)
_COLLECTIVE = frozenset(_LISTS["collective"].split())


#: The noun before is the object: "esta opción deberán ejercerla".
_FRONTED = re.compile(r" [a-záéíóúñ]+[aei]r(?:la|lo|las|los|le|les)(?!\w)")


def disagreements(text: str) -> Iterator[Slip]:
    """Articles, nouns, participles and verbs that do not agree. ``text`` has plain spaces only."""
    for match in _phrases().finditer(text):
        determiner = match["determiner"] or match["article"]
        noun = match["noun"]
        if (noun[0].isupper() and noun not in _COMMON) or noun.lower() in _NUMERALS:
            continue
        wanted = _wanted(determiner.lower())
        kind, count = gender(noun), number(noun)
        if not kind or not count:
            continue
        if (kind != wanted[0] and noun.lower() not in _STRESSED) or (count != wanted[1] and kind == wanted[0]):
            pass
        else:
            continue
        start = match.start("determiner") if match["determiner"] else match.start("article")
        yield Slip(start, match.end("noun"), f"“{determiner}” and “{noun}” do not agree.")
    yield from _participles(text)
    yield from _verbs(text)


def _wanted(determiner: str) -> str:
    if determiner in _SINGULAR_DETERMINERS:
        return _SINGULAR_DETERMINERS[determiner] + "s"
    if determiner in _PLURAL_DETERMINERS:
        return _PLURAL_DETERMINERS[determiner] + "p"
    return {"la": "fs", "los": "mp", "las": "fp"}[determiner]


def _participles(text: str) -> Iterator[Slip]:
    for match in _PARTICIPLES.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()].rpartition(" ")[2].lower()
        if before in _BEFORE_LIST or before.endswith(",") or match["after"]:
            continue
        noun, participle = match["noun"], match["participle"]
        kind, count = gender(noun), number(noun)
        if not kind or not count or _wanted_loose(match["determiner"].lower()) != kind + count:
            continue
        own = ("f" if participle.rstrip("s").endswith("a") else "m") + ("p" if participle.endswith("s") else "s")
        if own != kind + count:
            yield Slip(match.start("noun"), match.end("participle"), f"“{noun}” and “{participle}” do not agree.")


def _wanted_loose(determiner: str) -> str:
    return {"las": "fp", "los": "mp", "la": "fs", "el": "ms", "una": "fs", "un": "ms", "unas": "fp", "unos": "mp"}[
        determiner
    ]


def _verbs(text: str) -> Iterator[Slip]:
    for match in _SUBJECT.finditer(text):
        noun = match["singular"] or match["plural"]
        verb = "plural_verb" if match["plural_verb"] else "singular_verb"
        wanted = "s" if match["plural_verb"] else "p"
        adjective = match["adjective"] or match["adjectives"]
        if adjective and len(adjective) < 4:
            continue  # a pronoun: "las servidumbres las declarará el Poder Ejecutivo"
        if _FRONTED.match(text, match.end()):
            continue
        if noun.lower() in _COLLECTIVE or number(noun) != wanted or (adjective and number(adjective) != wanted):
            continue
        words = ("plural", "singular") if wanted == "s" else ("singular", "plural")
        message = f"The verb “{match[verb]}” is {words[0]}, but its subject, “{noun}”, is {words[1]}."
        yield Slip(match.start(verb), match.end(verb), message)


# --- contractions ------------------------------------------------------------------------------------------------

_PAIRS = re.compile(
    r"(?<![\w-])(?P<pair>[Dd]e el|[Aa] el|[Dd]el el|[Aa]l el|[Dd]el la|[Dd]el los|[Dd]el las|[Aa]l la) (?=[a-záéíóúñ])"
)
_RIGHT = {"de el": "del", "a el": "al", "del el": "del", "al el": "al", "del la": "de la", "del los": "de los",
          "del las": "de las", "al la": "a la"}  # fmt: skip
_AND = re.compile(rf"(?<=[{_LETTERS}] )(?P<and>y) (?P<next>(?:i|hi(?![aeo]))[{_LETTERS}]{{2,}})")
_OR = re.compile(rf"(?<=[{_LETTERS}] )(?P<or>o) (?P<next>h?o[{_LETTERS}]{{2,}})")


def contractions(text: str) -> Iterator[Slip]:
    """Prepositions and articles that should be one word, and "y", "o" before their own sound."""
    for match in _PAIRS.finditer(text):
        right = _RIGHT[match["pair"].lower()]
        yield Slip(match.start(), match.end("pair"), f"“{match['pair']}” is written “{right}”.", right)
    for pattern, group, right in ((_AND, "and", "e"), (_OR, "or", "u")):
        for match in pattern.finditer(text):
            message = f"Before “{match['next']}”, “{match[group]}” is written “{right}”."
            yield Slip(match.start(group), match.end(group), message, right)
