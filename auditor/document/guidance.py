"""What those who audit a text know of it, and the text itself does not say."""

from __future__ import annotations

from typing import Literal

import msgspec

#: ``default`` reports what is surely wrong; ``deep`` is for texts known to be raw OCR, and reports what probably is.
Profile = Literal["default", "deep"]


class Guidance(msgspec.Struct, frozen=True):
    """Said of a document by its settings; the same for all documents of a run.

    profile    how much doubt a finding may leave
    languages  the only languages that the text may be in, as codes; empty: any
    lexicon    words that are right in these texts (names, terms), as they are written
    """

    profile: Profile = "default"
    languages: tuple[str, ...] = ()
    lexicon: frozenset[str] = frozenset()


#: Where nothing is said.
UNGUIDED = Guidance()
