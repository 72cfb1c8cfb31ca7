"""A decision of an editor meets nothing in the text any more.

Why it matters. A decision outlives what it was made of: the paragraph was mended, or taken out, or rewritten. It then
stands ready to silence something that nobody has looked at. Decisions that do nothing are taken out while somebody
still remembers what they were about.

How it decides. A decision of the project's file, or a remark in the text, names a rule; the rule ran on this text, and
found nothing that the decision is about. A finding is known by its fingerprint, and where its neighbourhood was edited
by its own text together with its address or what stands on one side of it.

When it stays silent. Where the rule did not run (it was left out, its language is not in the text, an extra is
missing), nothing can be said about its decisions, and nothing is.

Sources. Standard Ebooks' lint, which reports ignores that are not used.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import rule
from auditor.decisions.use import Use
from auditor.findings import Evidence, Finding, Fix, replace

NAME = "decisions/unmatched"


@rule(
    NAME,
    severity="info",
    scope="decision",
    bad={
        "en": [
            "⟦<!-- auditor: ignore numbering/gap because point (b) was struck out -->⟧\n\n"
            "The Committee shall adopt its own rules of procedure.\n"
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
def unmatched(use: Use) -> Iterator[Finding]:
    """A finding for a decision that decided nothing although what it names was looked for."""
    if use.unknown or not use.reason or not use.rules or not use.ran or use.decided or use.refused:
        return
    if use.in_text:
        fixes: tuple[Fix, ...] = (replace(use.place, "", "Take the remark out.", "display"),)
        message = f"This remark silences {' and '.join(use.rules)}, which reports nothing here any more."
    else:
        fixes = ()
        message = (
            f"{use.shown[0].upper()}{use.shown[1:]} meets nothing any more: take it out of the file of decisions "
            "('auditor decide --prune')."
        )
    yield Finding(NAME, message, use.place, 1.0, evidence=(Evidence(f"Its reason was: {use.reason}"),), fixes=fixes)
