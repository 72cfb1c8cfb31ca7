"""Twins for the examples: two annexes, each the same short treaty with another party."""

from __future__ import annotations

_TREATY = """## Annex {number}

The Parties, namely the Kingdom of {crown} and the Republic of {party}, have agreed as follows:

### Article 1

The Parties shall cooperate in the field of transport{comma} and the Republic of {party} shall keep its ports open.
The ships of the Republic of {party} shall fly the flag of {party}, and {party} shall keep a list of them.

### Article 2

{second}

### Article 3

This Treaty shall enter into force {when}, once the Republic of {party} has notified its consent under {reference}.

"""
SECOND = "Each Party shall inform the other of the measures which it takes within its own territory."


def annexes(
    first: str = SECOND,
    second: str = SECOND,
    *,
    when: tuple[str, str] = ("on the day of signature", "on the day of signature"),
    reference: tuple[str, str] = ("article 2", "article 2"),
    party: str = "Ruritania",
    crown: str = "Syldavia",
    comma: str = ",",
) -> str:
    """Two annexes whose articles 2 are ``first`` and ``second``; the other texts are given for both in turn.

    ``party`` and ``crown`` are names in the first annex, ``comma`` stands in its article 1.
    """
    parts = (
        ("I", first, when[0], reference[0], party, crown, comma),
        ("II", second, when[1], reference[1], "Borduria", "Syldavia", ","),
    )
    return "".join(
        _TREATY.format(number=number, second=text, when=day, reference=where, party=name, crown=king, comma=mark)
        for number, text, day, where, name, king, mark in parts
    )
