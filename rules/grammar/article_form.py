"""“a” stands before a vowel sound, or “an” before a consonant.

Why it matters. It is a slip that readers trip over, and often the trace of an edit: the word behind the article was
changed, or lost a letter in the scan ("a ssembly", "an ation").

How it decides. The sound that a word begins with, not its letter, asks for "a" or "an": "an hour", "a unit", "a
European", "a one-time". Letters and words are told apart by lists and by their beginnings.

When it stays silent. On abbreviations in capitals, which some spell and some pronounce; on single letters and figures
but 8, 11 and 18; on words with h whose stress lies further back ("an historic"), where usage is divided; where "a" is
the letter of a point or of an annex, or a word of another language.

Sources. United Nations Editorial Manual, "Articles"; Quirk et al., A Comprehensive Grammar of the English Language,
5.11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.grammar.lexicon import ADJECTIVE, ADVERB, GERUND, NOUN, PARTICIPLE, PLURAL, Lexicon, lexicon
from auditor.analysis.grammar.running import language_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding, replace

#: Words in vowel letters that begin with a consonant sound.
_CONSONANT = (
    r"eu|ew[ae]|one(?![a-z])|one-|once|oui|ouija|u(?:nani|ni(?!d|mp|mm|mag|n|rr|ss)"
    r"|s(?:[aeiu]|ed|ual|ur)(?!her)|t(?:[aeio](?!ter|most)|ter(?:us|ine))|ti|biq|kr|kul|ran|re[at]|ri[nc]|rol|gand|ruguay"
    r"|zb|k(?![a-z]))"
)
#: Words in consonant letters that begin with a vowel sound.
_VOWEL = r"hour|honest|honou?r|heir(?!l?arch)|8(?![\d.,]*\d)|8\d(?!\d)|8[.,]\d|11(?![\d.,]*\d)|18(?![\d.,]*\d)"
#: Words with h that "an" may stand before, the stress being further back, or in older usage.
_TOLERATED = (
    r"h(?:istori|abitu|otel|ero[iu]|ysteri|eredit|ypoth|allucin|armoni|arangu|erb|umble|umor|umour|omage|undred|ypno|abili"
    r"|orizon|orrif|eb|orr|ilari|egemon|omogen|ospit|umili|oli)"
)


#: Words of closed classes that an article may stand before.
_ARTICLED = frozenset(
    {"other", "one", "eight", "eleven", "eighteen", "eighty", "hundred", "thousand", "million", "few", "such"}
)
#: What an article may stand before, in the lexicon's readings.
_FOLLOWING = NOUN | PLURAL | ADJECTIVE | ADVERB | PARTICIPLE | GERUND


#: How names begin of which it is clear whether a vowel sounds first: "an Iranian", "a European".
_CLEAR = ("a", "e", "i", "b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z")


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """Each article, the other one, where it may be wrong, the sounds that make it so, and the word behind it."""
    mark = r"[\"“‘]?"
    before_a = rf"{mark}(?:(?!(?:{_CONSONANT}))[aeiou][a-z]|{_VOWEL})"
    before_an = rf"{mark}(?:(?!(?:{_VOWEL}|{_TOLERATED}))[bcdfghjklmnpqrstvwyz][a-z]|(?:{_CONSONANT})|[02-79])"
    behind = re.compile(rf"{mark}([A-Za-z]+(?:['’-][A-Za-z]+)*|[\d.,]*\d)")
    # A space first, which is found fast; then the few beginnings that are of interest.
    a = re.compile(rf" (?P<article>a|A) (?={mark}(?:[aeiouAEIOU]|[hH](?:o|e)|8|1[18]))")
    an = re.compile(rf" (?P<article>an|An) (?={mark}[^aioAIO\s])")
    ignore = re.IGNORECASE
    return (
        ("a", "an", a, re.compile(before_a, ignore), behind),
        ("an", "a", an, re.compile(before_an, ignore), behind),
    )


@rule(
    "grammar/article-form",
    severity="warning",
    languages=["en"],
    bad={
        "en": [
            "It is ⟦a agreement⟧ between them and ⟦an treaty⟧ in force.",
            "After ⟦a hour⟧ they saw ⟦an European⟧ delegate and ⟦a “eligible”⟧ one in the room.",
            "They said that there was ⟦a 8⟧ per cent rise in the price of it.",
        ]
    },
    good={
        "en": [
            "It took an hour, a unit, a European, a one-time user, a usual fee and an unusual, an unimportant one.",
            "An historic day, a UN body, an NGO, annex A is, (a) each Party, a b, an 11th and an 18 per cent share.",
            "This was a unanimous vote, a uniform, a union, an uninformed man, an undue delay, an honest heir.",
            "Such words as a priori are used by them; and the letter a in it is small.",
        ]
    },
)
def article_form(document: Document) -> Iterator[Finding]:
    """Yield a finding for each article in the wrong form."""
    run = language_text(document, "en")
    known = lexicon("en")
    text = run.level
    for article, other, candidates, sounds, behind in _patterns():
        for match in candidates.finditer(text):
            start = match.start("article")
            if not _is_article(text, start) or sounds.match(text, match.end()) is None:
                continue
            word = behind.match(text, match.end())
            if word is None:
                continue
            shown = word[1]
            if shown[:2].isupper() and len(shown) > 1:
                continue  # an abbreviation that some spell and some pronounce
            if "\n" in run.text[start : match.end()] and not shown[0].islower():
                continue  # something of the page may stand between
            if article == "an" and shown[0].isupper() and shown.lower() not in known.words and shown[:2] != "Eu":
                continue  # "An" opens names in Irish and elsewhere
            if shown[0].isalpha() and not _may_follow(shown, known):
                continue  # a word of another language, rubble; or "a" is a letter
            end = word.end() + (text[word.end()] in '”"’')
            if run.in_code(start, end):
                continue
            right = other if match["article"][0].islower() else other.capitalize()
            article_span = run.span(start, match.end("article"))
            yield Finding(
                rule="grammar/article-form",
                message=f"“{match['article']}” stands before “{shown}”, which begins with the sound of a "
                f"{'vowel' if article == 'a' else 'consonant'}.",
                span=run.span(start, end),
                confidence=0.9,
                data={"article": article, "word": shown},
                fixes=(replace(article_span, right, f"Write “{right}”"),),
            )


def _may_follow(shown: str, known: Lexicon) -> bool:
    """Whether an article may stand before a word of the language, or before a name whose sound is clear."""
    word = shown.lower()
    if word in _ARTICLED:
        return True
    first = word.partition("-")[0]
    closed = word == first and any(word in members for members in known.classes.values())
    if not closed and known.words.get(first, 0) & _FOLLOWING:
        return True
    return shown[0].isupper() and first not in known.words and not closed and word.startswith(_CLEAR)


def _is_article(text: str, start: int) -> bool:
    """Not the letter of a point or annex: a capital only where a sentence begins."""
    if text[start] != "A":
        return True
    earlier = text[max(0, start - 8) : start].rstrip()[-1:]
    return earlier in '.!?:;”"\x00'
