"""Names: runs of two or more capitalised words inside a sentence, with the small words between them.

"Donetsk People's Republic", "Charter of the United Nations", in all languages with capitals. One capitalised word
may open a sentence or, in German, be any noun, so it is no name here. Scripts without capitals have none.
"""

from __future__ import annotations

import re

from auditor.analysis.fact import fact
from auditor.analysis.mentions.mention import Mention
from auditor.analysis.mentions.running_text import running_text
from auditor.document import Document

_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓĘĄŠČŘŽĐŐŰĂÂÎȘȚЀ-Я"
_REST = r"[^\W\d_]+(?:['’-][^\W\d_]+){0,3}"
_WORD = rf"[{_CAPITAL}]{_REST}"
_SMALL = (
    r"(?:of|the|and|for|on|in|de|du|des|la|le|les|et"
    r"|del|los|las|y|el|der|die|das|und|von|van|da|do|dos|e|di|della|и|по)"
)
_RUN = re.compile(rf"[{_CAPITAL}](?<![\w'’-].){_REST}(?:[ \xa0\n](?:{_SMALL}[ \xa0\n]){{0,2}}{_WORD}){{1,9}}")
_SPACE = re.compile(r"\s+")


@fact
def names(document: Document) -> tuple[Mention, ...]:
    """The names of two words or more, in order; ``value`` has single spaces."""
    run = running_text(document)
    return tuple(
        run.mention("name", match.start(), match.end(), _SPACE.sub(" ", match.group()))
        for match in _RUN.finditer(run.text)
    )
