"""The family encoding: damage found and undone, and silence on clean text in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.contract import run
from auditor.document import Document, Source
from auditor.findings import Finding
from auditor.plugins import load_rules
from auditor.reading import read

RULES = {rule.name.partition("/")[2]: rule for rule in load_rules().rules if rule.family == "encoding"}

CLEAN = {
    "ar": "تتعهد الأطراف المتعاقدة بأن تتعاون فيما بينها وفقا لأحكام هذا الاتفاق؛ المادة ٥.",
    "bg": "Договарящите се страни си сътрудничат съгласно разпоредбите на настоящото споразумение — чл. 5.",
    "cs": "Smluvní strany budou spolupracovat podle ustanovení této dohody; příští schůze se koná ve čtvrtek.",
    "da": "De kontraherende parter samarbejder efter bestemmelserne i denne aftale på Færøerne og Grønland.",
    "de": "Die Vertragsparteien arbeiten gemäß den Bestimmungen dieses Übereinkommens zusammen; § 5 „Länder“.",
    "el": "Τα συμβαλλόμενα μέρη συνεργάζονται σύμφωνα με τις διατάξεις της παρούσας συμφωνίας· άρθρο 5.",
    "en": "The Parties shall co-operate – “naïve” façades, Brontë, São Tomé, 5 °C, £3, €4, § 7, ½ of it…",
    "es": "Las Partes cooperarán según las disposiciones del Acuerdo; el 1.º de mayo, ¿qué año? «Sí».",
    "et": "Lepinguosalised teevad koostööd vastavalt käesoleva lepingu sätetele; õigus ja kohtumõistmine.",
    "fi": "Sopimuspuolet toimivat yhteistyössä tämän sopimuksen määräysten mukaisesti; päätös tehdään yöllä.",
    "fr": "Les Parties coopèrent à l’île « Noël », où l’œuvre, âtre et ça ; nº 5, 20 °C, l’été dernier…",
    "ga": "Comhoibreoidh na Páirtithe de réir fhorálacha an Chomhaontaithe seo; tá sé éigeantach.",
    "he": "הצדדים המתקשרים ישתפו פעולה בהתאם להוראות הסכם זה; סעיף 5.",
    "hu": "A Szerződő Felek együttműködnek e megállapodás rendelkezéseivel összhangban; őrült űrhajó.",
    "is": "Samningsaðilar skulu eiga samstarf í samræmi við ákvæði þessa samnings; Þór og Ægir.",
    "it": "Le Parti cooperano conformemente al presente accordo; perché così è, più o meno, città e virtù.",
    "ja": "締約国は、この協定の規定に従って協力する。「第五条」は、二〇二二年に発効した。",
    "ko": "당사국은 이 협정의 규정에 따라 협력한다. 제5조는 2022년에 발효하였다.",
    "lt": "Šalys bendradarbiauja pagal šio susitarimo nuostatas; ąžuolas, ėdžios, įstatymas, ūkis, žmonės.",
    "lv": "Puses sadarbojas saskaņā ar šā nolīguma noteikumiem; ķermenis, ļaudis, ģimene, ūdens, žurnāls.",
    "mt": "Il-Partijiet għandhom jikkooperaw skont id-dispożizzjonijiet ta’ dan il-Ftehim; ċertifikat, ġurnata.",
    "nl": "De Partijen werken samen overeenkomstig deze overeenkomst; geïnteresseerd, coöperatie, één.",
    "pl": "Strony współpracują zgodnie z postanowieniami niniejszej umowy; źdźbło, ćma, łąka, „Żółw”.",
    "pt": "As Partes cooperam nos termos do presente acordo; ações, NÃO, ÀS, SÃO, coração, três, pôr.",
    "ro": "Părțile cooperează în conformitate cu dispozițiile prezentului acord; țară, școală, înțelegere.",
    "ru": "Стороны сотрудничают согласно положениям настоящего Соглашения. «СССР» — Рёрих, ёлка, № 5…",
    "sk": "Zmluvné strany spolupracujú podľa ustanovení tejto dohody; ľahký, kôň, ŕba, päť, žltý.",
    "sl": "Pogodbenice sodelujejo v skladu z določbami tega sporazuma; čas, šola, žena.",
    "sv": "Parterna ska samarbeta i enlighet med bestämmelserna i detta avtal; Åland, Örebro, Älvsjö.",
    "th": "ภาคีจะร่วมมือกันตามบทบัญญัติของความตกลงนี้ ข้อ 5",
    "tr": "Taraflar bu Anlaşma hükümleri uyarınca iş birliği yapar; ığdır, İstanbul, şöyle, çünkü, ağaç.",
    "uk": "Сторони співпрацюють відповідно до положень цієї Угоди; її, ґанок, єдність, «Київ».",
    "vi": "Các Bên hợp tác theo các quy định của Hiệp định này; điều 5 có hiệu lực từ năm 2022.",
    "zh": "缔约国应当依照本协定的规定进行合作。第五条（一）于二〇二二年生效：“Ａ类”。",
}


def document(text: str) -> Document:
    return read(Source("t", text.encode("utf-8", "surrogatepass"), "text/plain"))


def findings(text: str, *names: str) -> list[Finding]:
    doc = document(text)
    return [found for name in names or RULES for found in run(RULES[name], doc, {})]


def repaired(text: str, found: list[Finding]) -> str:
    edits = {(e.span.start, e.span.end): e.text for finding in found for fix in finding.fixes for e in fix.edits}
    for (start, end), new in sorted(edits.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def test_the_family_is_complete() -> None:
    assert set(RULES) == {
        "mojibake", "control-character", "replacement-character", "mixed-script", "invisible-character",
        "presentation-form", "not-normalised", "private-use", "lookalike-sign",
    }  # fmt: skip


@pytest.mark.parametrize("language", CLEAN)
def test_clean_text_is_not_reported(language: str) -> None:
    assert [(f.rule, f.message) for f in findings(CLEAN[language] + "\n\n" + CLEAN[language])] == []


def _read_as(text: str, code_page: str) -> str:
    """The text's bytes in UTF-8 read in a code page; bytes that it lacks are taken for controls, as programs do."""
    characters = []
    for byte in text.encode("utf-8"):
        try:
            characters.append(bytes([byte]).decode(code_page))
        except UnicodeDecodeError:
            characters.append(chr(byte))
    return "".join(characters)


@pytest.mark.parametrize("code_page", ["cp1252", "latin-1", "cp1251", "mac_roman"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ru", "zh"])
def test_damage_is_found_and_undone(language: str, times: int, code_page: str) -> None:
    # NEL and the like break lines when a text is read, and are no part of its prose then.
    clean = "".join(c for c in CLEAN[language] if c not in "\u0085\u2028")
    damaged = clean
    for _ in range(times):
        damaged = _read_as(damaged, code_page)
    doc = document(damaged)
    found = list(run(RULES["mojibake"], doc, {}))
    assert found
    assert {finding.rule for finding in found} == {"encoding/mojibake"}
    left = repaired(doc.text, found)
    wrong = sum(1 for character in clean if character > "\x7f" and character not in left)
    assert wrong <= 2, left


def test_partly_damaged_text_is_repaired_where_it_is_damaged() -> None:
    text = "La résolution a été prise, et la dÃ©cision du ComitÃ© reste. L’État décide."
    found = findings(text, "mojibake")
    assert repaired(text, found) == "La résolution a été prise, et la décision du Comité reste. L’État décide."


def test_damage_throughout_is_one_finding() -> None:
    text = _read_as(CLEAN["fr"], "cp1252")
    (found,) = findings(text, "mojibake")
    assert found.places
    assert found.data["count"] == 1 + len(found.places)


def test_seven_control_characters_are_one_finding_with_its_places() -> None:
    text = "Договор и\x12или протокол. " * 7
    (found,) = findings(text, "control-character")
    assert [text[span.start : span.end] for span in (found.span, *found.places)] == ["\x12"] * 7
    assert "и/или" in repaired(text, [found])


def test_page_breaks_are_no_control_characters() -> None:
    assert findings("One page.\n\x0cAnother page.\n", "control-character") == []


def test_half_a_character_is_reported() -> None:
    doc = Document(Source("t", b""), "A b\ud83d c.", read(Source("t", b"A b\xef\xbf\xbd c.", "text/plain")).blocks)
    assert [found.rule for found in run(RULES["control-character"], doc, {})] == ["encoding/control-character"]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("The Соnvention of 1990.", "The Convention of 1990."),
        ("Code s2a5Β of the text.", "Code s2a5B of the text."),
        ("Стороны дoговариваются о мире.", "Стороны договариваются о мире."),
        ("Работать c целью мира.", "Работать с целью мира."),
    ],
)
def test_words_of_two_scripts_are_put_in_one(text: str, fixed: str) -> None:
    assert repaired(text, findings(text, "mixed-script")) == fixed


@pytest.mark.parametrize("text", ["5 µm", "IP-адрес сети", "β-Carotin und α-Teilchen", "c) целевой фонд", "1 μT field"])
def test_words_that_are_meant_to_mix_are_left_alone(text: str) -> None:
    assert findings(text, "mixed-script") == []


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧 ❤\ufe0f 🏴\U000e0067\U000e0062\U000e007f",
        "می\u200cروند",
        "क्\u200dष",
        "ข้อ\u200bความ",
        "a\u200fעברית",
    ],
)
def test_invisible_characters_in_their_place_are_left_alone(text: str) -> None:
    assert findings(text, "invisible-character") == []


def test_fixes_that_are_safe_take_the_finding_away() -> None:
    text = "A \ufb01nal Con\u00advention, ré\u200bsolution re\u0301gime."
    found = findings(text)
    assert repaired(text, found) == "A final Convention, résolution régime."
    assert findings(repaired(text, found)) == []


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301" * 100_000,
        "\u202e" * 50_000 + "x",
        "\ufffd" * 50_000,
        "Ã©" * 50_000,
        "(cid:1)" * 20_000,
        "a?" * 50_000,
        "\x01" * 50_000,
        "Аa" * 20_000,
    ],
)
def test_bad_input_is_reported_and_not_feared(text: str) -> None:
    for found in findings(text):
        assert found.message


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=(), exclude_characters="\x00"), max_size=120))
def test_any_text_can_be_looked_at_and_findings_lie_in_it(text: str) -> None:
    doc = document(text)
    for rule in RULES.values():
        for found in run(rule, doc, {}):
            for span in (found.span, *found.places):
                assert 0 <= span.start < span.end <= len(doc.text)
