"""A decision of an editor would silence more than the one thing that it was made of.

Why it matters. A decision says of one place that somebody has looked at it. One that takes in its neighbours as well
hides what nobody has seen.

How it decides. A remark in the text decides every finding of the rules it names in its paragraph: where these are more
than one, it is told. A decision of the project's file is made of one finding: where several are like it and none is
the same, or where its text was moved and copied, it decides none of the others, and says so.

When it stays silent. Where a decision meets one finding, however many places that finding has.

Sources. Standard Ebooks' lint, which reports ignores that are too broad.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.decisions.use import Use
from auditor.findings import Evidence, Finding

NAME = "decisions/too-broad"


@rule(
    NAME,
    severity="info",
    scope="decision",
    bad={
        "en": [
            "⟦<!-- auditor: ignore references because the annexes are printed elsewhere -->⟧\n\n"
            "The rules of A/76/7 4O and S/2O22/179, and those of S/2022/18l, apply.\n"
        ],
    },
    good={
        "en": [
            "Points:\n\n(a) the first text;\n\n(b) the second text;\n\n(c) the third text;\n\n"
            "<!-- auditor: ignore numbering/gap because point (d) was struck out -->\n\n"
            "(e) the fifth text;\n\n(f) the sixth text.\n",
        ],
    },
)
def too_broad(use: Use) -> Iterator[Finding]:
    """A finding for a decision that meets more than one."""
    reason = (Evidence(f"Its reason is: {use.reason}"),)
    if use.in_text and use.decided > 1:
        message = (
            f"This remark silences {use.decided} findings. Name the one rule that is meant, or decide each with "
            "'auditor decide'."
        )
        yield Finding(NAME, message, use.place, 1.0, data={"findings": use.decided}, evidence=reason)
    elif use.refused:
        several = (
            "another finding is like it and stays"
            if use.refused == 1
            else f"{use.refused} findings are like it and stay"
        )
        message = f"{use.shown[0].upper()}{use.shown[1:]}: {several} open."
        yield Finding(NAME, message, use.place, 1.0, data={"findings": use.refused}, evidence=reason)
