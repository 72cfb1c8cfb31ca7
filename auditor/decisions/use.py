"""What became of a decision when a text was audited: the subject of rules of scope ``decision``."""

from __future__ import annotations

import msgspec

from auditor.document import Span


class Use(msgspec.Struct, frozen=True):
    """One decision, and what it met in one text.

    place       where the remark stands in the text; an empty span at 0 for a decision of the project's file
    shown       how the decision is called in a message
    rules       the names that it gives (rules, and in remarks also families)
    unknown     those of them that name nothing
    reason      its reason; empty where it has none
    ran         whether all that it names was looked for in this text
    decided     how many findings it decided
    refused     how many more findings are like the one that it decides, and stay open
    in_text     whether it is a remark in the text
    """

    place: Span
    shown: str
    rules: tuple[str, ...]
    unknown: tuple[str, ...]
    reason: str
    ran: bool
    decided: int
    refused: int = 0
    in_text: bool = False
