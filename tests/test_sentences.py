"""Sentences: where they end, and where a full stop ends none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.sentences import boundaries, sentences
from auditor.document import Document, Source
from auditor.reading import read


def document(text: str) -> Document:
    return read(Source("text", text.encode("utf-8", "surrogatepass")))


def parts(text: str, language: str) -> list[str]:
    ends = [0, *boundaries(text, language), len(text)]
    return [text[a:b].strip() for a, b in pairwise(ends)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Under Art. 5 of the Treaty, para. 2 applies, cf. No. 7 and p. 12 of vol. XII."),
        ("en", "Mr. Smith and Dr. J. R. Jones met Mrs. Brown in St. Petersburg at 10 a.m. Moscow time."),
        ("en", "The U.N. Secretariat of the U.S. Department wrote to the D.R.C. Government."),
        ("en", "1. The Parties shall meet."),
        ("en", "The following shall apply: 2. Goods in transit."),
        ("en", "It rose by 3.5 per cent in 2021 ... and fell again."),
        ("fr", "M. Dupont cite l'art. 5, al. 2, et le par. III du chap. IV."),
        ("es", "El Sr. Pérez y la Sra. Gómez citan el art. 5, núm. 3, y la pág. 12."),
        ("ru", "Согласно ст. 5 и п. 3, т.е. в г. Москве, это г-н И. И. Иванов и др. лица."),
        ("de", "Am 3. Mai 1999 trat Art. 4 Abs. 2 Ziff. 1 in Kraft, vgl. Nr. 7 usw. im Anhang."),
    ],
)
def test_a_stop_of_an_abbreviation_or_a_number_ends_no_sentence(language: str, text: str) -> None:
    assert parts(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "It was adopted in 1999. The Parties met.", 2),
        ("en", "They export wheat, maize, etc. The Committee noted it.", 2),
        ("en", "The answer was No. Peace is possible! Who says so? “Nobody.” They left…", 5),
        ("en", "1. The Parties shall meet. 2. They shall report.", 2),
        ("en", "It is set out in annex A. The list follows.", 2),
        ("fr", "La Convention entre en vigueur en 1999. Elle est ouverte. Sont Parties les États.", 3),
        ("es", "Se reunirán en Madrid. ¿Quién lo dice? ¡Nadie!", 3),
        ("ru", "Стороны встретились в 1999 г. Они решили. «Мы готовы». Он ушёл.", 4),
        ("zh", "本协定生效。缔约方应当执行！（完。）", 3),
        ("ar", "تدخل الاتفاقية حيز النفاذ. هل توافقون؟ نعم.", 3),
        ("hi", "यह समझौता लागू होगा। पक्ष मिलेंगे।", 2),
    ],
)
def test_an_end_is_seen(language: str, text: str, count: int) -> None:
    assert len(parts(text, language)) == count


def test_a_sentence_knows_its_block_its_language_and_its_place_in_the_source() -> None:
    found = document("# Title of the treaty\n\nThe **Parties** met. They\nsaw Art. 5.\n\n- One. Two.\n")
    texts = [(item.block, item.text(found), item.span.of(found.text)) for item in sentences(found)]
    assert texts == [
        (0, "Title of the treaty", "Title of the treaty"),
        (1, "The Parties met.", "The **Parties** met."),
        (1, "They\nsaw Art. 5.", "They\nsaw Art. 5."),
        (2, "One.", "One."),
        (2, "Two.", "Two."),
    ]
    assert {item.language for item in sentences(found)} == {"en"}


def test_tables_and_code_have_no_sentences() -> None:
    assert sentences(document("| One. Two. | Three |\n|---|---|\n| Four. | Five. |\n\n```\nA. B.\n```\n")) == ()


def test_a_very_long_sentence_is_one() -> None:
    assert len(sentences(document("whereas the Parties agree, " * 20_000))) == 1


@given(st.text(alphabet=st.sampled_from("aB1.!? \n。…)“”*-:Я"), max_size=80))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    found = document(text)
    shown = "".join("".join(item.text(found).split()) for item in sentences(found))
    whole = "".join("".join(b.prose.text.split()) for b in found.blocks if b.kind not in ("table", "code", "html"))
    assert shown == whole
