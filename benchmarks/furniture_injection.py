"""Page furniture put into clean texts at known places, as converters leave it: the material of a benchmark."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: Lines of one page: its number, the number of pages, the chance to use, and what stays the same in a document.
Printer = Callable[[int, int, random.Random, dict[str, str]], list[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of furniture: its lines for a page, and the ways in which it may stand in the text."""

    name: str
    lines: Printer
    ways: tuple[str, ...] = ("block", "between")


@dataclass(frozen=True)
class Injected:
    """A text with furniture in it, and where."""

    kind: str
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


def _constants(rng: random.Random) -> dict[str, str]:
    """Job number, symbol, title … of a document."""
    year = rng.randint(1988, 2022)
    return {
        "job": f"{rng.randint(10, 24)}-{rng.randint(10000, 69999)}",
        "symbol": f"A/{rng.randint(40, 78)}/{rng.randint(10, 990)}",
        "year": str(year),
        "volume": str(rng.randint(900, 2900)),
        "date": f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{year}",
        "base": str(rng.randint(1, 900)),
        "title": rng.choice(_TITLES),
    }


def _confused(text: str) -> str:
    return text.replace("0", "O").replace("1", "l")


_JOURNALS = {
    "EN": "Official Journal of the European Union",
    "FR": "Journal officiel de l’Union européenne",
    "ES": "Diario Oficial de la Unión Europea",
    "DE": "Amtsblatt der Europäischen Union",
    "IT": "Gazzetta ufficiale dell'Unione europea",
    "PL": "Dziennik Urzędowy Unii Europejskiej",
    "EL": "Επίσημη Εφημερίδα της Ευρωπαϊκής Ένωσης",
    "BG": "Официален вестник на Европейския съюз",
}
_PAGE_OF = (
    "Page {n} of {m}",
    "Página {n} de {m}",
    "Seite {n} von {m}",
    "Page {n} sur {m}",
    "Страница {n} из {m}",
    "第 {n} 页 共 {m} 页",
    "صفحة {n} من {m}",
    "Pagina {n} di {m}",
    "Strona {n} z {m}",
)


def _journal(number: int, kept: dict[str, str], code: str) -> str:
    page = f"L {int(kept['volume']) % 350 + 1}/{int(kept['base']) + number}"
    if number % 2:
        return f"{kept['date']} {code} {_JOURNALS[code]} {page}"
    return f"{page} {code} {_JOURNALS[code]} {kept['date']}"


def _sides(number: int, one: str, other: str) -> str:
    return f"{one} {other}" if number % 2 else f"{other} {one}"


_ALL = ("block", "between", "glued")

KINDS: tuple[Kind, ...] = (
    Kind("UN job number and folio, odd and even sides", (lambda n, m, r, k: [_sides(n, k["job"], f"{n}/{m}")]), _ALL),
    Kind(
        "UN job number and folio, odd sides only, some folios lost",
        (lambda n, m, r, k: [f"{k['job']} {n}/{m}" if r.random() < 0.6 else k["job"]] if n % 2 else []),
    ),
    Kind("UN symbol above, folio and job number below", (lambda n, m, r, k: [f"{n}/{m} {k['job']}", k["symbol"]])),
    Kind("UN symbol alone", (lambda n, m, r, k: [k["symbol"]])),
    Kind("/... symbol, English, Page n", (lambda n, m, r, k: ["/...", k["symbol"], "English", f"Page {n}"])),
    Kind("/... English Page n, on one line", (lambda n, m, r, k: [f"/... English Page {n}"]), _ALL),
    Kind("UN barcode and job number", (lambda n, m, r, k: [f"{k['job']} (E)", f"*{k['job'].replace('-', '')}*"])),
    Kind(
        "UNTS, both sides",
        (
            lambda n, m, r, k: [
                _sides(
                    n,
                    k["year"],
                    f"United Nations — Treaty Series • Nations Unies — Recueil des Traités {int(k['base']) + n}",
                )
            ]
        ),
    ),
    Kind("UNTS, volume and registration number", (lambda n, m, r, k: [f"Vol. {k['volume']}, I-{27310}"]), _ALL),
    Kind("Official Journal, English", (lambda n, m, r, k: [_journal(n, k, "EN")]), _ALL),
    Kind(
        "Official Journal, other languages",
        (lambda n, m, r, k: [_journal(n, k, list(_JOURNALS)[1 + int(k["base"]) % 7])]),
    ),
    Kind(
        "Hansard column heads",
        (lambda n, m, r, k: [f"{int(k['volume']) % 28 + 1} Oct {k['year']} : Column {int(k['base']) + n}"]),
        _ALL,
    ),
    Kind("Page n of m, nine languages", (lambda n, m, r, k: [_PAGE_OF[int(k["base"]) % 9].format(n=n, m=m)])),
    Kind("Page n of m, glued", (lambda n, m, r, k: [f"Page {n} of {m}"]), ("glued",)),
    Kind("bold", (lambda n, m, r, k: [f"**{k['job']}** **{n}/{m}**"]), _ALL),
    Kind("formula marks", (lambda n, m, r, k: [f"${k['job']}$ $\\mathbf{{{n}/{m}}}$"])),
    Kind("O for 0 and l for 1", (lambda n, m, r, k: [_confused(f"{k['job']} {n}/{m}")])),
    Kind("non-breaking hyphen", (lambda n, m, r, k: [f"{k['job'].replace('-', chr(0x2011))} {n}/{m}"])),
    Kind("counters lost", (lambda n, m, r, k: [k["job"] if r.random() < 0.8 else f"{k['job']} {n}/{m}"]), _ALL),
    Kind("folio n/m alone", (lambda n, m, r, k: [f"{n}/{m}"]), _ALL),
    Kind("folio - n -", (lambda n, m, r, k: [f"- {n} -"]), _ALL),
    Kind("bare page number", (lambda n, m, r, k: [f"{n}"])),
    Kind(
        "running title and number, both sides",
        (lambda n, m, r, k: [_sides(n, k["title"], str(int(k["base"]) + n))]),
    ),
    Kind("running title and number, glued", (lambda n, m, r, k: [f"{k['title']} {n}"]), ("glued",)),
    Kind("running title, and folio - n -", (lambda n, m, r, k: [f"– {n} –", k["title"]])),
    Kind("download stamp", (lambda n, m, r, k: [f"Downloaded from https://www.example.org on {k['date']}"])),
    Kind(
        "Boletín Oficial del Estado",
        (
            lambda n, m, r, k: [
                f"cve: BOE-A-{k['year']}-{k['volume']}",
                f"BOLETÍN OFICIAL DEL ESTADO Núm. {k['base']} Sec. I. Pág. {int(k['volume']) + n}",
            ]
        ),
    ),
    Kind(
        "Congressional Record",
        (lambda n, m, r, k: [f"CONGRESSIONAL RECORD — SENATE S{int(k['volume']) + n}"]),
        _ALL,
    ),
)


def inject(text: str, kind: Kind, way: str, seed: int) -> Injected:
    """The text with furniture of one kind at every page end; pages of 1,500 to 3,500 characters.

    way  ``block``: paragraphs of its own wherever the page ends, also within a sentence; ``between``: paragraphs of
         its own between two paragraphs; ``glued``: inside the sentence
    """
    rng = random.Random(f"{seed} {kind.name} {way}")
    size = rng.randint(1500, 3500)
    kept = _constants(rng)
    places = list(_places(text, way, size, rng))
    total = len(places) + 1
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0

    def add(part: str) -> None:
        nonlocal length
        parts.append(part)
        length += len(part)

    at = 0
    for number, place in enumerate(places, start=1):
        lines = kind.lines(number, total, rng, kept)
        if not lines:
            continue
        add(text[at:place].rstrip() if way != "glued" else text[at:place].rstrip(" "))
        add(" " if way == "glued" else "\n\n")
        if way == "glued":
            spans.append((length, length + len(lines[0])))
            add(lines[0] + " ")
            at = place + (len(text[place:]) - len(text[place:].lstrip(" ")))
            continue
        for line in lines:
            spans.append((length, length + len(line)))
            add(line)
            add("\n\n")
        at = place + (len(text[place : place + 50]) - len(text[place : place + 50].lstrip()))
    add(text[at:])
    return Injected(kind.name, way, "".join(parts), tuple(spans))


def _places(text: str, way: str, size: int, rng: random.Random) -> Iterator[int]:
    at = 0
    while True:
        at += int(size * rng.uniform(0.85, 1.15))
        if at >= len(text) - size // 2:
            return
        if way == "between":
            after = text.find("\n\n", at)
            if after < 0:
                return
            at = after
        elif way == "glued":
            inner = re.compile(r"(?<=[a-zà-ÿ,]) (?=[a-zà-ÿ]{2})").search(text, at)
            if inner is None:
                return
            at = inner.start()
        else:
            after = text.find(" ", at)
            if after < 0:
                return
            at = after
        yield at
