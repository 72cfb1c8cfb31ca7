"""A number in words and the figures beside it differ.

Why it matters. "thirty (20) days" leaves open which of the two holds, and courts and depositaries have to decide. OCR
confuses figures and never words, so the words are usually what was meant.

How it decides. A cardinal number in words stands directly before or behind a number in parentheses: "thirty (20)",
"20 (thirty)", "twenty per cent (25 %)", "двадцати (30)". Both are read, and they differ.

When it stays silent. On ordinals, on fractions and decimals, where the words are no single number ("one and five
(5)"), behind a label ("article twenty (1)" counts paragraphs), and where the figures in parentheses count the items of
a list in the sentence.

Sources. The usage is that of contracts and statutes in all these languages; the words are those of
`auditor.analysis.cardinals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.analysis.cardinals import cardinal_before, cardinal_languages, per_cent, read_cardinal
from auditor.analysis.labels import label_at
from auditor.analysis.languages import languages
from auditor.analysis.mentions.numbers import value_of
from auditor.analysis.mentions.running_text import RunningText, running_text
from auditor.contract import rule
from auditor.document import Document
from auditor.findings import Finding, replace

_FIGURES = r"\d{1,3}(?:[ \xa0\u202f.,'’]\d{3})+|\d{1,9}"
#: Figures in parentheses behind a letter, a per cent sign or a currency among them.
_IN_PARENTHESES = re.compile(
    rf"[(（](?<=[^\W\d_][ \xa0\n(（][(（])[ ]?(?:(?:US|USD|EUR|CHF|GBP|R)?[$€£¥]? ?)?(?P<figures>{_FIGURES})"
    r"(?P<per>[ \xa0]?(?:%|٪|per cent|percent|p\. ?100|Prozent|процент\w{0,3}))?[ ]?[)）]"
)
_HAN_PARENTHESES = re.compile(r"[(（](?<=[一二三四五六七八九十百千万两〇][(（])(?P<figures>\d{1,7})[)）]")
#: Words in parentheses behind figures, and the figures.
_WORDS = re.compile(r"\((?:(?<=[\d%]\()|(?<=[\d%][ \xa0\n]\())(?P<words>[^\W\d_]{2}(?:[^\W\d_]|[ \xa0\n-]){1,80})\)")
_FIGURES_BEFORE = re.compile(rf"(?<![\w.,/-])(?<!\d[ \xa0\u202f])(?P<figures>{_FIGURES})(?:[ \xa0]?%)?[ \xa0\n]?$")
#: Figures up to this one may count the items of a list in the sentence.
_LAST_ENUMERATOR = 30
_WORD_BEFORE = re.compile(r"([^\W\d_]+\.?)[ \xa0\n]$")


@cache
def _per(language: str) -> re.Pattern[str] | None:
    forms = "|".join(re.escape(form).replace("\\ ", "[ \\xa0\\n]") for form in per_cent(language))
    return re.compile(rf"[ \xa0\n](?:{forms})$") if forms else None


@rule(
    "consistency/words-figures",
    severity="error",
    languages=cardinal_languages(),
    bad={
        "en": [
            "The notice is given ⟦thirty (20)⟧ days before.",
            "It shall have ⟦5 (six)⟧ members and a quorum of ⟦one hundred and twenty (102)⟧ votes.",
            "a share of ⟦twenty-five per cent (52%)⟧ of the stock",
        ],
        "fr": [
            "Le délai est de ⟦trente (20)⟧ jours, ou de ⟦15 (vingt-cinq)⟧ mois, pour ⟦quatre-vingt-dix (80)⟧ États."
        ],
        "es": ["El plazo será de ⟦treinta (20)⟧ días y de ⟦15 (veinticinco)⟧ meses."],
        "ru": ["в течение ⟦тридцати (20)⟧ дней и ⟦5 (шести)⟧ месяцев"],
        "de": ["innerhalb von ⟦dreißig (20)⟧ Tagen und ⟦fünfunddreißig (53)⟧ Monaten"],
        "it": ["entro ⟦trenta (20)⟧ giorni dalla notifica della presente decisione alle parti"],
        "pt": ["no prazo de ⟦trinta (20)⟧ dias a contar da data da notificação das partes"],
        "ar": ["خلال ⟦ثلاثين (20)⟧ يوما من تاريخ الإشعار"],
        "zh": ["应在⟦三十（20）⟧日内通知缔约各方。"],
    },
    good={
        "en": [
            "The notice is given thirty (30) days before, by two thousand (2,000) members and 5 (five) States.",
            "See article two (3) and section twenty (1)(a); between one and five (5) members, paragraph one (2).",
            "There are two kinds: (1) ships and (2) aircraft; of the two (1) is older.",
            "The Committee that was founded in 1990 (two years later) met with the members of the Council.",
            "a majority of two thirds (2/3), or one half (0.5), or twenty-five per cent (25 %)",
        ],
        "fr": ["Le délai est de trente (30) jours et de quatre-vingt-dix-sept (97) jours, article deux (1)."],
        "es": ["El plazo será de treinta y un (31) días, y 15 (quince) meses."],
        "ru": ["в течение тридцати пяти (35) дней, 5 (пяти) месяцев и сорока (40) часов"],
        "de": ["innerhalb von dreißig (30) Tagen und fünfunddreißig (35) Monaten"],
        "it": ["entro trenta (30) giorni e centottanta (180) giorni dalla notifica della presente decisione"],
        "pt": ["no prazo de trinta (30) dias a contar da data da notificação das partes"],
        "ar": ["خلال ثلاثين (30) يوما وخمسة وعشرين (25) يوما من تاريخ الإشعار"],
        "zh": ["应在三十（30）日内通知缔约各方，任期五（5）年。"],
    },
)
def words_figures(document: Document) -> Iterator[Finding]:
    """Yield each number whose words and figures differ."""
    run = running_text(document)
    text = run.text
    if "(" not in text and "（" not in text:
        return
    codes = languages(document)
    for match in _IN_PARENTHESES.finditer(text):
        yield from _words_before(run, match, codes[run.blocks[run.block_at(match.start())].index])
    for match in _WORDS.finditer(text):
        said = read_cardinal(match["words"], codes[run.blocks[run.block_at(match.start())].index])
        begin = max(0, match.start() - 20)
        figures = _FIGURES_BEFORE.search(text[begin : match.start()]) if said is not None else None
        if said is None or figures is None:
            continue
        written = _value(figures["figures"])
        if written is not None and said != written:
            yield _finding(run, begin + figures.start(), match.end(), said, written)
    if "zh" in codes:
        for match in _HAN_PARENTHESES.finditer(text):
            yield from _words_before(run, match, "zh")


def _value(figures: str) -> int | None:
    value = value_of(figures)
    return int(value) if value.isdecimal() else None


def _end_before(text: str, at: int) -> int:
    """The end of what stands before the blanks before ``at``."""
    while text[at - 1] in " \xa0\n":
        at -= 1
    return at


def _words_before(run: RunningText, match: re.Match[str], language: str) -> Iterator[Finding]:
    text = run.text
    end = _end_before(text, match.start())
    per = _per(language)
    if match.groupdict().get("per") and per is not None:
        at = max(0, end - 40)
        said_per = per.search(text[at:end])
        if said_per is not None:
            end = at + said_per.start()
    found = cardinal_before(text, end, language)
    written = _value(match["figures"])
    if found is None or written is None or found[0] == written:
        return
    said, start = found
    if _counts_something_else(text, start, match.end()) or _is_enumerator(text, match, written, language):
        return
    yield _finding(run, start, match.end(), said, written)


def _counts_something_else(text: str, start: int, end: int) -> bool:
    """Whether the words are the number of a division, or the figures an enumerator in the sentence."""
    before = _WORD_BEFORE.search(text[max(0, start - 30) : start])
    if before is not None and label_at(before.group(1)) is not None:
        return True
    # "article two (1)(a)", "(1) ships and (2) aircraft"
    return text[end : end + 1] in ("(", "[") or text[end : end + 2] == " ("


def _is_enumerator(text: str, match: re.Match[str], number: int, language: str) -> bool:
    """Whether the figures count with others of the same block that no words stand before: "(1) ships and (2) boats"."""
    if number > _LAST_ENUMERATOR or match.groupdict().get("per"):
        return False
    begin, end = text.rfind("\x00", 0, match.start()) + 1, text.find("\x00", match.end())
    for other in (number - 1, number, number + 1):
        at = text.find(f"({other})", begin, end)
        while at >= 0:
            if at != match.start() and cardinal_before(text, _end_before(text, at), language) is None:
                return True
            at = text.find(f"({other})", at + 1, end)
    return False


def _finding(run: RunningText, start: int, end: int, said: int, written: int) -> Finding:
    span = run.span(start, end)
    text = run.text[start:end]
    return Finding(
        rule="consistency/words-figures",
        message=f"The words say {said}, the figures {written}.",
        span=span,
        confidence=0.95,
        data={"words": said, "figures": written},
        fixes=(replace(span, text.replace(_figures_in(text), str(said)), f"Write {said} in figures.", "display"),),
    )


def _figures_in(text: str) -> str:
    found = re.search(_FIGURES, text)
    return found.group() if found is not None else text
