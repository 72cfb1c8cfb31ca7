"""Versions for the examples: a short treaty in English, and the same in French."""

from __future__ import annotations

from auditor.contract import Example

_ENGLISH = (
    "Each Party shall inform the other Party of the measures which it takes within its own territory.",
    "The Parties shall keep their ports open to all ships, and shall publish a list of their fees each year.",
    "The Parties shall help sailors in distress, whatever the flag of the ship on which they were found.",
    "Disputes about the application of this Treaty shall be settled by negotiation between both governments.",
    "Each Party may denounce this Treaty by a notification addressed to the government of the other Party.",
    "The texts of this Treaty in both languages are equally authentic, and neither shall prevail.",
)
_FRENCH = (
    "Chaque Partie informe l'autre Partie des mesures qu'elle prend sur son propre territoire.",
    "Les Parties tiennent leurs ports ouverts à tous les navires et publient chaque année la liste de leurs taxes.",
    "Les Parties portent secours aux marins en détresse, quel que soit le pavillon du navire où ils sont trouvés.",
    "Les différends sur l'application du présent Traité sont réglés par voie de négociation entre les gouvernements.",
    "Chaque Partie peut dénoncer le présent Traité par une notification adressée au gouvernement de l'autre Partie.",
    "Les textes du présent Traité dans les deux langues font également foi, et aucun ne prévaut sur l'autre.",
)
NUMBER_OF_ARTICLES = len(_ENGLISH)


def versions(english: str, french: str, *, times: int = 1) -> Example:
    """The treaty with one more article, in English and French; ``times``: how often its other articles stand."""
    one = _treaty(_ENGLISH * times, english)
    other = _treaty(_FRENCH * times, french)
    return Example(one, "en", "text/plain", other)


def _treaty(articles: tuple[str, ...], last: str) -> str:
    return "".join(f"Article {n}\n\n{text}\n\n" for n, text in enumerate((*articles, last), start=1))
