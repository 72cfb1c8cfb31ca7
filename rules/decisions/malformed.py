"""A remark that should silence a finding can't be followed: it gives no reason, or names no rule that there is.

Why it matters. Who wrote it believes the place is settled; it is not. And a silence without a reason is one that
nobody can judge later.

How it decides. A remark reads ``<!-- auditor: ignore FAMILY/RULE because REASON -->``; each name must be that of a rule
or a family, and the reason may not be empty.

When it stays silent. Comments that are not addressed to the auditor are none of its business.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.decisions.use import Use
from auditor.findings import Finding

NAME = "decisions/malformed"


@rule(
    NAME,
    severity="warning",
    scope="decision",
    bad={
        "en": [
            "⟦<!-- auditor: ignore numbering/gap -->⟧\n\nThe Committee shall adopt its own rules of procedure.\n",
            "⟦<!-- auditor: ignore numbering/holes because point (b) was struck out -->⟧\n\n"
            "The Committee shall adopt its own rules of procedure.\n",
        ],
    },
    good={
        "en": [
            "<!-- The auditor may ignore this. -->\n\nThe Committee shall adopt its own rules of procedure.\n",
        ],
    },
)
def malformed(use: Use) -> Iterator[Finding]:
    """A finding for a remark without a reason or with an unknown name."""
    if use.unknown:
        names = ", ".join(use.unknown)
        message = f"This remark names {names}, and there is no such rule or family; 'auditor rules' lists them."
        yield Finding(NAME, message, use.place)
    elif not use.rules:
        yield Finding(NAME, "This remark names no rule. Write: ignore FAMILY/RULE because REASON.", use.place)
    elif not use.reason:
        yield Finding(NAME, "This remark gives no reason, so it is not followed. Add: because REASON.", use.place)
