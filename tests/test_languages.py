"""The language of each block: by script, by small words, and by the blocks around it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import auditor.analysis.languages
from auditor.analysis.languages import document_languages, languages, latin_fit
from auditor.document import Document, Source
from auditor.reading import read

DATA = Path(auditor.analysis.languages.__file__).parent / "data" / "languages.toml"

#: The first article of the Universal Declaration of Human Rights, or a sentence of a treaty's kind.
SENTENCES = {
    "en": "All human beings are born free and equal in dignity and rights and should act in a spirit of brotherhood.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits et doivent agir dans un esprit commun.",  # noqa: E501
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y deben comportarse fraternalmente.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos e não devem agir uns contra os outros.",  # noqa: E501
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti e devono agire gli uni verso gli altri.",  # noqa: E501
    "ro": "Toate ființele umane se nasc libere și egale în demnitate și în drepturi și trebuie să se comporte frățește.",  # noqa: E501
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren und sollen einander im Geist begegnen.",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren en zij dienen zich zo te gedragen.",
    "da": "Alle mennesker er født frie og lige i værdighed og rettigheder, og de bør handle mod hverandre af broderskab.",  # noqa: E501
    "sv": "Alla människor är födda fria och lika i värde och rättigheter och de bör handla mot varandra med godhet.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina, ja heidän on toimittava sekä toistensa kanssa että muuten.",  # noqa: E501
    "et": "Kõik inimesed sünnivad vabadena ja võrdsetena ning nende suhtumine ei tohi olla vaenulik ega muu selline.",
    "lv": "Visi cilvēki piedzimst brīvi un ir vienlīdzīgi savā cieņā un tiesībās, un viņiem jāizturas ar labu prātu.",
    "lt": "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis, jiems suteiktas protas ir sąžinė, kad jie elgtųsi.",  # noqa: E501
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności, a także nie są od siebie zależni.",
    "cs": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv a mají spolu jednat v duchu bratrství.",
    "sk": "Všetci ľudia sa rodia slobodní a sebe rovní, čo sa týka ich dôstojnosti a práv, a majú konať podľa toho.",
    "sl": "Vsi ljudje se rodijo svobodni in imajo enako dostojanstvo ter pravice, zato morajo ravnati med seboj tako.",
    "hr": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima te bi trebala kao takva postupati.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van, és hogy egymással így kell bánniuk.",
    "mt": "Il-bnedmin kollha jitwieldu ħielsa u ndaqs fid-dinjità u d-drittijiet u għandhom iġibu ruħhom bejn xulxin.",
    "ga": "Saolaítear na daoine uile saor agus comhionann ina ndínit agus ina gcearta agus ba cheart dóibh sin a dhéanamh.",  # noqa: E501
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar ve birbirlerine karşı bu şekilde davranırlar.",  # noqa: E501
    "id": "Semua orang dilahirkan merdeka dan mempunyai martabat serta hak yang sama dan harus bergaul dengan baik.",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi của mình trong xã hội.",
    "cy": "Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Y mae ganddynt reswm ac y maent hwy.",
    "sq": "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet dhe në të drejta. Ata kanë arsye dhe ndërgjegje.",  # noqa: E501
    "af": "Alle menslike wesens word vry, met gelyke waardigheid en regte, gebore. Hulle het rede en die gewete is nie weg.",  # noqa: E501
    "lb": "All Mënsch kënnt fräi a mat der selwechter Dignitéit an dene selwechte Rechter op d'Welt an huet säi Verstand.",  # noqa: E501
    "gl": "Tódolos seres humanos nacen libres e iguais en dignidade e dereitos e, dotados como están de razón, deben ser unha familia coas súas xentes.",  # noqa: E501
    "gd": "Tha gach uile dhuine air a bhreith saor agus co-ionnan ann an urram is ann an còirichean, agus tha iad mar sin.",  # noqa: E501
    "az": "Bütün insanlar ləyaqət və hüquqlarına görə azad və bərabər doğulurlar. Onların şüurları və vicdanları var.",
    "uz": "Barcha odamlar erkin, qadr-qimmat va huquqlarda teng bo‘lib tug‘iladilar. Ular aql va vijdon bilan yashar.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах и должны поступать так, как надо.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах і повинні діяти у дусі братерства.",
    "be": "Усе людзі нараджаюцца свабоднымі і роўнымі ў сваёй годнасці і правах, яны не павінны быць ворагамі.",
    "bg": "Всички хора се раждат свободни и равни. Те са надарени с разум и това е, което ще ги отличава.",
    "sr": "Сва људска бића рађају се слободна и једнака у достојанству и правима и треба једни према другима да буду.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "ar": "يولد جميع الناس أحراراً ومتساوين في الكرامة والحقوق وقد وهبوا العقل والوجدان وعليهم أن يعاملوا بعضهم.",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابر هستند و باید این را رعایت کنند.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "hy": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.",
}


def markdown(text: str) -> Document:
    return read(Source("text.md", text.encode(), "text/markdown"))


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_alone(code: str) -> None:
    assert languages(markdown(SENTENCES[code])) == (code,)


@pytest.mark.parametrize(("one", "other"), [("en", "es"), ("de", "fr"), ("ru", "uk"), ("zh", "ja"), ("pl", "en")])
def test_languages_that_alternate(one: str, other: str) -> None:
    document = markdown("\n\n".join([SENTENCES[one], SENTENCES[other]] * 3))
    assert languages(document) == (one, other) * 3


LETTER = """Distr. general 7 de marzo de 2022

Tengo el honor de transmitir por la presente el Tratado de Amistad entre los dos Estados y un documento similar.

## Anexo I de la carta de fecha 3 de marzo de 2022 dirigida al Secretario General por el Representante Permanente

[Original: ruso]

# Treaty of Friendship, Cooperation and Mutual Assistance between the two Parties

Believing that the strengthening of friendly relations meets the interests of the peoples of both States,

## Article 1

The Contracting Parties shall develop their relations as friendly States, guided by the principles of respect.

22-03357 3/15

## Anexo II de la carta de fecha 3 de marzo de 2022

[Original: ruso]

# Treaty of Friendship

The Contracting Parties have agreed as follows and shall be bound by it.
"""


def test_a_letter_in_one_language_with_annexes_in_another() -> None:
    document = markdown(LETTER)
    of = {block.prose.text: code for block, code in zip(document.blocks, languages(document), strict=True)}
    spanish = [text for text, code in of.items() if code == "es"]
    assert [text[:20] for text in spanish if not text[0].isdigit()] == [
        "Distr. general 7 de ",
        "Tengo el honor de tr",
        "Anexo I de la carta ",
        "[Original: ruso]",
        "Anexo II de la carta",
    ]
    assert of["Article 1"] == of["Treaty of Friendship"] == "en"
    assert set(document_languages(document)) == {"en", "es"}


def test_headings_take_the_language_of_the_text_that_follows() -> None:
    text = f"{SENTENCES['fr']}\n\n## III\n\n{SENTENCES['de']}\n\n## 12/15\n"
    assert languages(markdown(text)) == ("fr", "de", "de", "de")


def test_what_says_nothing_is_unknown() -> None:
    assert languages(markdown("22-03357\n\n3/15\n")) == ("und", "und")
    assert languages(markdown("")) == ()
    assert document_languages(markdown("22-03357")) == ()


def test_code_and_front_matter_have_no_language() -> None:
    text = f"---\ntitle: the law of the land\n---\n\n{SENTENCES['en']}\n\n```\nif the end of it is\n```\n"
    assert languages(markdown(text)) == ("und", "en", "und")


def test_a_stray_word_does_not_bring_a_language_into_the_document() -> None:
    text = f"{SENTENCES['es']}\n\nLey de a Estado\n\n{SENTENCES['es']}"
    assert languages(markdown(text)) == ("es", "es", "es")


SERBIAN = """Svako ima pravo na rad, pre svega gde je mesto rada slobodno. Niko ne sme da bude bez lica koje ga brani.

Član 2. Posle svakog rada lice ima pravo na odmor, odnosno na platu prema uslovima zakona i prema vremenu."""


def test_serbian_in_the_latin_script_is_serbian() -> None:
    assert languages(markdown(SERBIAN)) == ("sr", "sr")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "es",
            "En caso de persecución, toda persona tiene derecho a buscar asilo, y a disfrutar de él, en cualquiera.",
        ),
        (
            "pt",
            "Toda a pessoa tem o direito de tomar parte livremente na vida cultural da comunidade, de fruir as artes.",
        ),
        ("hr", "Brak se sklapa samo uz slobodan i potpun pristanak onih koji namjeravaju stupiti u brak."),
    ],
)
def test_a_language_that_is_covered_goes_before_its_relatives(code: str, sentence: str) -> None:
    assert languages(markdown(sentence)) == (code,)


FIJIAN = """Era sucu ena galala na tamata yadua, era tautauvata ena nodra dokai kei na nodra dodonu. Sa solia vei ira na
vakasama kei na lewaeloma, ka dodonu mera veidokadokai ena yalo ni veitacini."""


def test_a_long_text_in_a_language_that_is_not_known_is_of_no_language() -> None:
    syllables = ("va", "ka", "tu", "ra", "ni", "lo", "mea", "wai")
    names = [f"{one}{two}{three}" for one in syllables for two in syllables for three in syllables[:4]]
    text = "\n\n".join(f"{FIJIAN} Na {' na '.join(names[n : n + 10])}." for n in range(0, 200, 10))
    assert set(languages(markdown(text))) == {"und"}


def test_a_long_text_that_says_the_same_over_and_over_keeps_its_language() -> None:
    text = "\n\n".join(f"## Article {n}\n\nText of the article number {n}." for n in range(1, 80))
    assert set(languages(markdown(text))) == {"en"}


def test_letters_with_marks_set_apart_are_read_as_one() -> None:
    assert languages(markdown(normalize("NFD", SENTENCES["vi"]))) == ("vi",)


def test_latin_fit_tells_readings_of_the_same_bytes_apart() -> None:
    data = "à l'égard de la loi".encode("cp1252")
    assert latin_fit(data.decode("cp1252"))[1] > latin_fit(data.decode("cp1250"))[1]


def test_the_data_file_is_well_formed() -> None:
    data = tomllib.loads(DATA.read_text("utf-8"))
    assert data
    for code, entry in data.items():
        assert set(entry) - {"behind"} == {"words", "letters", "endings"}, code
        words = entry["words"].split()
        assert len(words) >= 15, code
        assert all(word == word.lower() for word in words), code
        assert all(3 <= len(ending) <= 4 for ending in entry["endings"]), code


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*SENTENCES.values(), "# 1", "| a | b |\n|--|--|", "```\nx\n```", "é", "—"]), max_size=8)
)
def test_one_code_for_each_block(parts: list[str]) -> None:
    document = markdown("\n\n".join(parts))
    found = languages(document)
    assert len(found) == len(document.blocks)
    assert set(document_languages(document)) <= set(found)
