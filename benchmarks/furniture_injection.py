"""Page furniture put into clean texts at known places, as converters leave it: the material of a benchmark."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ALL = ("block", "between", "glued", "line")
_APART = ("block", "between", "line")


@dataclass(frozen=True)
class Kind:
    """A kind of furniture: its lines on odd and on even pages, and the ways in which it may stand in the text.

    Templates know {n} (page), {m} (pages), {v} (page of the volume) and the constants of a document, see `_constants`.

    lost       share of pages on which ``without`` is printed in place of ``odd`` and ``even``
    confused   O is written for 0 and l for 1
    late       added when the search was thought finished; before anything was changed for them, recall over these
               was .820 and precision .998
    """

    name: str
    odd: tuple[str, ...]
    even: tuple[str, ...] | None = None
    ways: tuple[str, ...] = _APART
    lost: float = 0.0
    without: tuple[str, ...] = ()
    confused: bool = False
    late: bool = False

    def lines(self, number: int, total: int, rng: random.Random, kept: dict[str, str]) -> list[str]:
        """The lines of a page."""
        templates = self.odd if number % 2 or self.even is None else self.even
        if self.lost and rng.random() < self.lost and templates:
            templates = self.without
        values = {
            **kept,
            "n": str(number),
            "m": str(total),
            "v": str(int(kept["base"]) + number),
            "roman": _roman(number),
        }
        lines = [template.format(**values) for template in templates]
        return [line.replace("0", "O").replace("1", "l") for line in lines] if self.confused else lines


@dataclass(frozen=True)
class Injected:
    """A text with furniture in it, and where."""

    kind: Kind
    way: str
    text: str
    spans: tuple[tuple[int, int], ...]


_TITLES = (
    "Report of the Committee on Conferences",
    "Yearbook of the International Law Commission",
    "Manual on Treaty Practice",
    "Convention sur la circulation routière",
    "Colección de tratados vigentes",
    "Handbuch des Vertragsrechts",
)
_JOURNALS = (
    "FR Journal officiel de l’Union européenne",
    "ES Diario Oficial de la Unión Europea",
    "DE Amtsblatt der Europäischen Union",
    "IT Gazzetta ufficiale dell'Unione europea",
    "PL Dziennik Urzędowy Unii Europejskiej",
    "EL Επίσημη Εφημερίδα της Ευρωπαϊκής Ένωσης",
    "BG Официален вестник на Европейския съюз",
)
_PAGES_OF = (
    ("Page", "of"),
    ("Página", "de"),
    ("Seite", "von"),
    ("Page", "sur"),
    ("Страница", "из"),
    ("صفحة", "من"),
    ("Pagina", "di"),
    ("Strona", "z"),
)
_UNTS = "United Nations — Treaty Series • Nations Unies — Recueil des Traités"

KINDS: tuple[Kind, ...] = (
    Kind("UN job number and folio, odd and even sides", ("{job} {n}/{m}",), ("{n}/{m} {job}",), ways=_ALL),
    Kind("UN job number, odd sides only, some folios lost", ("{job} {n}/{m}",), (), lost=0.4, without=("{job}",)),
    Kind("UN symbol above, folio and job number below", ("{n}/{m} {job}", "{symbol}")),
    Kind("UN symbol alone", ("{symbol}",)),
    Kind("/... symbol, English, Page n", ("/...", "{symbol}", "English", "Page {n}")),
    Kind("/... English Page n, on one line", ("/... English Page {n}",), ways=_ALL),
    Kind("UN barcode and job number", ("{job} (E)", "*{barcode}*")),
    Kind("UNTS, both sides", ("{year} " + _UNTS + " {v}",), ("{v} " + _UNTS + " {year}",)),
    Kind("UNTS, volume and registration number", ("Vol. {volume}, I-27310",), ways=_ALL),
    Kind(
        "Official Journal, English",
        ("{date} EN Official Journal of the European Union L {series}/{v}",),
        ("L {series}/{v} EN Official Journal of the European Union {date}",),
        ways=_ALL,
    ),
    Kind(
        "Official Journal, other languages", ("{date} {journal} L {series}/{v}",), ("L {series}/{v} {journal} {date}",)
    ),
    Kind("Hansard column heads", ("{day} Oct {year} : Column {v}",), ways=_ALL),
    Kind("Page n of m, eight languages", ("{page} {n} {of} {m}",)),
    Kind("第 n 页 共 m 页", ("第 {n} 页 共 {m} 页",)),
    Kind("Page n of m, glued", ("Page {n} of {m}",), ways=("glued",)),
    Kind("bold", ("**{job}** **{n}/{m}**",), ways=_ALL),
    Kind("formula marks", ("${job}$ $\\mathbf{{{n}/{m}}}$",)),
    Kind("O for 0 and l for 1", ("{job} {n}/{m}",), confused=True),
    Kind("non-breaking hyphen", ("{soft_job} {n}/{m}",)),
    Kind("counters lost", ("{job} {n}/{m}",), ways=_ALL, lost=0.8, without=("{job}",)),
    Kind("folio n/m alone", ("{n}/{m}",), ways=_ALL),
    Kind("folio - n -", ("- {n} -",), ways=_ALL),
    Kind("bare page number", ("{n}",)),
    Kind("running title and number, both sides", ("{title} {v}",), ("{v} {title}",)),
    Kind("running title and number, glued", ("{title} {v}",), ways=("glued",)),
    Kind("running title, and folio - n -", ("– {n} –", "{title}")),
    Kind("download stamp", ("Downloaded from https://www.example.org on {date}",)),
    Kind(
        "Boletín Oficial del Estado",
        ("cve: BOE-A-{year}-{volume}", "BOLETÍN OFICIAL DEL ESTADO Núm. {base} Sec. I. Pág. {v}"),
    ),
    Kind("Congressional Record", ("CONGRESSIONAL RECORD — SENATE S{v}",), ways=_ALL),
    Kind(
        "Bundestag, Drucksache",
        ("Deutscher Bundestag – 17. Wahlperiode – {n} – Drucksache 17/{volume}",),
        ("Drucksache 17/{volume} – {n} – Deutscher Bundestag – 17. Wahlperiode",),
    ),
    Kind("WTO panel report", ("WT/DS{series}/R", "Page {n}")),
    Kind("court judgment, running title without number", ("{title} (JUDGMENT)",)),
    Kind("roman page numbers", ("{roman}",)),
    Kind(
        "Federal Register",
        ("{v} Federal Register / Vol. 75, No. {series} / Tuesday, June 28, {year} / Notices",),
    ),
    Kind(
        "Verbatim record",
        ("{day}/10/{year} {symbol}", "{job} {n}/{m}"),
        ("{symbol} {day}/10/{year}", "{n}/{m} {job}"),
    ),
    Kind("statute book, title and page between bars", ("{title} | {n}",), ("{n} | {title}",), ways=_ALL),
    Kind("legislation site, printed by a browser", ("https://www.example.org/act/{volume} {n}/{m}",)),
    Kind("page number and date", ("{date} Page: {n}",)),
    Kind("Commission document", ("EN {n} EN",), late=True),
    Kind("Council document", ("{series}/1/10 REV 1 AB/cd {n}", "DG C 1 EN"), late=True),
    Kind("Journal officiel", ("JOURNAL OFFICIEL DE LA RÉPUBLIQUE FRANÇAISE Texte {n} sur {m}",), late=True),
    Kind("command paper", ("Treaty Series No. {day} ({year}) Cm {volume}", "{n}"), late=True),
    Kind("CONFIDENTIAL and page", ("CONFIDENTIAL", "p. {n}"), late=True),
    Kind("path of the file and page", ("I:\\\\MSC\\\\{series}\\\\{volume}.DOC {n}",), late=True),
    Kind("n von m", ("{n} von {m}",), late=True),
    Kind("Hebrew", ("עמוד {n} מתוך {m}",), late=True),
    Kind(
        "International Court of Justice",
        ("{v} TERRITORIAL DISPUTE (JUDGMENT)",),
        ("TERRITORIAL DISPUTE (JUDGMENT) {v}",),
        ways=_ALL,
        late=True,
    ),
    Kind("law report, running title with section", ("[{year}] 2 AC {v}",), ("{v} Appeal Cases [{year}]",), late=True),
)


def _constants(rng: random.Random) -> dict[str, str]:
    """Job number, symbol, title … of a document."""
    year = rng.randint(1988, 2022)
    job = f"{rng.randint(10, 24)}-{rng.randint(10000, 69999)}"
    page, of = rng.choice(_PAGES_OF)
    return {
        "job": job,
        "soft_job": job.replace("-", "\u2011"),
        "barcode": job.replace("-", ""),
        "symbol": f"A/{rng.randint(40, 78)}/{rng.randint(10, 990)}",
        "year": str(year),
        "day": str(rng.randint(1, 28)),
        "date": f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{year}",
        "volume": str(rng.randint(900, 2900)),
        "series": str(rng.randint(1, 350)),
        "base": str(rng.randint(1, 900)),
        "title": rng.choice(_TITLES),
        "journal": rng.choice(_JOURNALS),
        "page": page,
        "of": of,
    }


def _roman(number: int) -> str:
    words = ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        words += sign * (number // value)
        number %= value
    return words


def inject(text: str, kind: Kind, way: str, seed: int) -> Injected:
    """The text with furniture of one kind at every page end; pages of 1,500 to 3,500 characters.

    way  ``block``: paragraphs of its own wherever the page ends, also within a sentence; ``between``: paragraphs of
         its own between two paragraphs; ``line``: lines of its own between two lines of a text that keeps its line
         ends; ``glued``: inside the sentence
    """
    rng = random.Random(f"{seed} {kind.name} {way}")
    size = rng.randint(1500, 3500)
    kept = _constants(rng)
    places = list(_places(text, way, size, rng))
    gap = {"glued": " ", "line": "\n"}.get(way, "\n\n")
    blanks = " " if way == "glued" else " \n"
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = at = 0
    for number, place in enumerate(places, start=1):
        lines = kind.lines(number, len(places) + 1, rng, kept)
        if not lines:
            continue
        for part in (text[at:place].rstrip(blanks), *(part for line in lines for part in (gap, line)), gap):
            if part in lines:
                spans.append((length, length + len(part)))
            parts.append(part)
            length += len(part)
        at = place + len(text[place : place + 50]) - len(text[place : place + 50].lstrip(blanks))
    parts.append(text[at:])
    return Injected(kind, way, "".join(parts), tuple(spans))


_INSIDE_SENTENCE = re.compile(r"(?<=[a-zà-ÿ,]) (?=[a-zà-ÿ]{2})")


def _places(text: str, way: str, size: int, rng: random.Random) -> Iterator[int]:
    """Where pages end."""
    ends = {"between": "\n\n", "line": "\n"}.get(way, " ")
    at = 0
    while True:
        at += int(size * rng.uniform(0.85, 1.15))
        if at >= len(text) - size // 2:
            return
        if way == "glued":
            inner = _INSIDE_SENTENCE.search(text, at)
            at = inner.start() if inner else -1
        else:
            at = text.find(ends, at)
        if at < 0:
            return
        yield at
