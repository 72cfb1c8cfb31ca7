"""French: articles, nouns, adjectives and verbs that do not agree; contractions and elisions that were not made.

A form counts only where all its readings are known and all of them disagree. Clitics ("la traiter", "les adopte")
look like articles, so behind "le", "la", "les" and "leur" a word that may be a verb is not held against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.grammar.forms import forms
from auditor.analysis.grammar.slip import Slip
from auditor.analysis.grammar.word_lists import word_lists

_LISTS = word_lists("french")

_BOTH_S, _BOTH_P = frozenset({"ms", "fs"}), frozenset({"mp", "fp"})
_DETERMINERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("un", "ce", "cet", "au", "du", "aucun", "quel", "ledit", "dudit"), frozenset({"ms"})),
    **dict.fromkeys(("audit", "le"), frozenset({"ms"})),
    **dict.fromkeys(["une", "cette", "ma", "ta", "aucune", "quelle", "ladite", "la", "sa"], frozenset({"fs"})),
    **dict.fromkeys(["mon", "ton", "son", "notre", "votre", "leur", "chaque"], _BOTH_S),
    **dict.fromkeys(("ces", "mes", "tes", "ses", "nos", "vos", "leurs", "aux", "des", "plusieurs"), _BOTH_P),
    **dict.fromkeys(("quelques", "les"), _BOTH_P),
    **dict.fromkeys(["certains", "quels", "lesdits", "desdits", "auxdits"], frozenset({"mp"})),
    **dict.fromkeys(["certaines", "quelles", "lesdites", "desdites", "auxdites"], frozenset({"fp"})),
}  # fmt: skip
#: May be pronouns before a verb.
_CLITICS = frozenset({"le", "la", "les", "leur"})
_PREPOSITIONS = frozenset(_LISTS["prepositions"].split())
_NUMBERS = frozenset(_LISTS["numbers"].split())
_COLLECTIVE = frozenset(_LISTS["collective"].split())
_LETTERS = "a-zà-öø-ÿœæ"
_WORD = f"[A-ZÀ-ÖØ-ÞŒ]?[{_LETTERS}]+(?:-[{_LETTERS}]+)*"


@cache
def _phrases() -> re.Pattern[str]:
    known = sorted(_DETERMINERS, key=len, reverse=True)
    determiners = "|".join([*known, *(word.capitalize() for word in known)])
    return re.compile(
        rf" (?P<determiner>{determiners}) +(?P<noun>{_WORD})(?![\w’'-])"
        rf"(?: (?P<adjective>{_WORD})(?![\w’'-]))?"
    )


@cache
def _subjects() -> re.Pattern[str]:
    articles = "Les|Ces|Leurs|Lesdites|Lesdits|Le|La|Cette|Ce|Cet|Chaque|Toute|Un|Une|Aucune|Aucun"
    # "ainsi que" and the like join a second subject.
    joining = "".join(rf"(?<!{word} )" for word in ("ainsi", "même", "tant", "aussi", "plus", "moins"))
    opened = rf"(?:[.;:)\x00—–-]|{joining}\b(?:que|lorsque|si|quand|où|puisque)) +"
    clitic = r"(?:(?:ne|se|en|y) +|n['’]|s['’])?"
    return re.compile(
        rf"{opened}(?P<determiner>{articles}|{articles.lower()}) +(?P<noun>{_WORD}) "
        rf"{clitic}(?P<first>{_WORD})(?![\w’'-])"
        rf"(?: {clitic}(?P<second>{_WORD})(?![\w’'-]))?"
    )


def _agreeing(codes: frozenset[str], kinds: str) -> frozenset[str]:
    """Genders and numbers of the readings of these kinds."""
    return frozenset(code[1:] for code in codes if code[0] in kinds)


def disagreements(text: str) -> Iterator[Slip]:
    """Determiners, nouns, adjectives and verbs that do not agree. ``text`` has plain spaces only."""
    known = forms("fr")
    taken: set[int] = set()
    for match in _phrases().finditer(text):
        determiner, noun = match["determiner"], match["noun"]
        small = determiner.lower()
        if determiner.isupper() and len(determiner) > 1:
            continue  # "CE" of a directive's number
        codes = known.of(noun)
        shapes = _agreeing(codes, "na")
        if not shapes or "o" in codes or noun.lower() in _NUMBERS:
            continue
        if noun[0].isupper() and (len(noun) < 5 or (shapes & _BOTH_P and noun.endswith("s") is False)):
            continue
        wanted = _DETERMINERS[small]
        verb = any(code[0] == "v" for code in codes)
        if small in ("mon", "ton", "son") and not _vowel(noun):
            wanted = frozenset({"ms"})
        if not shapes & wanted:
            if (small in _CLITICS and verb) or (noun[0].isupper() and not _number_only(shapes, wanted)):
                continue
            if small == "leur" and shapes <= _BOTH_P and text[match.start() - 3 : match.start()] in ("les", "aux"):
                continue
            after = text[match.end("noun") : match.end("noun") + 4]
            if _number_only(shapes, wanted) and after.startswith((" et ", " ou ", ",", " ni ", "/", " (", "(")):
                continue  # "les nom et prénom", "les deuxième, troisième et quatrième phrases"
            if after.startswith(".") and len(noun) < 5:
                continue  # an abbreviation: "aux art. 5 et 6"
            taken.add(match.start("noun"))
            yield Slip(match.start("determiner"), match.end("noun"), f"“{determiner}” and “{noun}” do not agree.")
        elif match["adjective"] and not codes & {"v3s", "v3p"}:
            slip = _adjective(text, match, shapes & wanted)
            if slip is not None:
                yield slip
    yield from _verbs(text, taken)


def _number_only(shapes: frozenset[str], wanted: frozenset[str]) -> bool:
    """Whether the two differ in number, whatever the gender: a name may have any gender."""
    return not {shape[1] for shape in shapes} & {shape[1] for shape in wanted}


def _adjective(text: str, match: re.Match[str], shapes: frozenset[str]) -> Slip | None:
    """Noun and adjective, where the noun is not itself part of a longer phrase or of a list."""
    adjective = match["adjective"]
    codes = forms("fr").of(adjective)
    own = _agreeing(codes, "na") if _agreeing(codes, "a") else frozenset()
    participle = adjective.endswith(("é", "ée", "és", "ées"))
    if not own or own & shapes or _agreeing(forms("fr").of(match["noun"]), "a") or adjective[0].isupper():
        return None
    if "o" in codes or (any(code[0] == "n" for code in codes) and not _number_only(own, shapes)):
        return None
    if any(code[0] == "v" for code in codes) and not participle:
        return None
    before = re.split(r"[^\w]+", text[max(0, match.start() - 24) : match.start()].rstrip(" ’'"))[-1].lower()
    after = text[match.end() : match.end() + 4]
    joined = (
        text[: match.start()].rstrip()[-1:]
        if match.start() < 400
        else text[match.start() - 3 : match.start()].rstrip()[-1:]
    )
    if before in _PREPOSITIONS or joined == "," or match["determiner"].lower() in ("du", "des", "au", "aux"):
        return None
    if after.startswith((" et ", " ou", ",", " ni")):
        return None
    return Slip(match.start("noun"), match.end("adjective"), f"“{match['noun']}” and “{adjective}” do not agree.")


def _verbs(text: str, taken: set[int]) -> Iterator[Slip]:
    """Verbs that differ in number from the noun before them."""
    known = forms("fr")
    for match in _subjects().finditer(text):
        noun = match["noun"]
        shapes = _agreeing(known.of(noun), "n")
        if not shapes or match.start("noun") in taken or noun.lower() in _COLLECTIVE:
            continue
        # The verb stands behind the noun, or behind one adjective.
        place = "first"
        if match["second"] and _agreeing(known.of(match["first"]), "a") & shapes:
            place = "second"
        verb = match[place]
        readings = known.of(verb)
        plural = match["determiner"].lower() in ("les", "ces", "leurs", "lesdites", "lesdits")
        if plural and not (_only(readings, "v3s") and shapes <= _BOTH_P):
            continue
        if not plural and not (_only(readings, "v3p") and shapes <= _BOTH_S):
            continue
        number = ("singular", "plural") if plural else ("plural", "singular")
        message = f"The verb “{verb}” is {number[0]}, but its subject, “{noun}”, is {number[1]}."
        yield Slip(match.start(place), match.end(place), message)


def _only(readings: frozenset[str], person: str) -> bool:
    """Whether a form is a verb in this person, or also the first person or an imperative, and nothing else."""
    return person in readings and readings <= {person, "v"}


# --- contractions and elisions -----------------------------------------------------------------------------------

_CONTRACTED = {
    "de le": "du", "de les": "des", "à le": "au", "à les": "aux", "de du": "du", "de des": "des", "à au": "au",
    "à aux": "aux", "du le": "du", "du la": "de la", "au le": "au", "du les": "des",
}  # fmt: skip
_PAIRS = re.compile(
    r"(?<![\w’'-])(?P<pair>(?i:de le|de les|à le|à les|de du|de des|à au|à aux|du le|du la|au le|du les))"
    rf" (?P<next>[{_LETTERS}]+)"
)
_FULL = re.compile(
    r" (?P<full>le|la|de|que|ne|se|me|te|je|jusque|lorsque|puisque|quoique|Le|La|De|Que|Ne|Se|Je|Lorsque|Puisque) "
    rf"(?P<next>(?:il|on|en|[aeiouàâéèêëîïôûüœAEIOUÉÈÊÎÔ][{_LETTERS}]{{2,}}))(?![\w’'-])"
)
#: Before these the vowel stays.
_STAYS = frozenset(["onze", "onzième", "oui", "ouistiti", "uhlan", "un", "une", "yacht", "ouate"])
_PRONOUNS = frozenset({"il", "on", "en"})
_SHOWN_VOWEL = re.compile(r"[aeiouyàâéèêëîïôûüœh]", re.IGNORECASE)


def _vowel(word: str) -> bool:
    return _SHOWN_VOWEL.match(word) is not None


def contractions(text: str) -> Iterator[Slip]:
    """Prepositions and articles that should be one word, and vowels that should be left out."""
    known = forms("fr")
    for match in _PAIRS.finditer(text):
        pair = match["pair"].lower()
        codes = known.of(match["next"])
        clitic = pair in ("de le", "de les", "à le", "à les", "du la", "du le", "du les", "au le")
        if clitic and (not _agreeing(codes, "na") or any(code[0] == "v" for code in codes)):
            continue
        if match["next"] in ("moins", "plus"):
            continue  # "égal à au moins deux"
        right = _CONTRACTED[pair]
        yield Slip(match.start(), match.end("pair"), f"“{match['pair']}” is written “{right}”.", right)
    for match in _FULL.finditer(text):
        full, word = match["full"], match["next"]
        if (
            word.lower() in _STAYS
            or not (known.of(word) or word in _PRONOUNS)
            or (full.lower() in ("le", "la") and word[0].isupper())
        ):
            continue
        if full[0].isupper() and full.isupper() and len(full) > 1:
            continue
        right = full[:-1] + "’"
        yield Slip(match.start("full"), match.end(), f"Before “{word}”, “{full}” is written “{right}”.", right + word)
