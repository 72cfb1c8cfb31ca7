"""A decision, and the file in which the decisions of a project are kept.

The file holds JSON lines, sorted, one decision a line: so that two people's decisions merge, and a difference reads as
what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from auditor.report import ReportedFinding

Verdict = Literal["accepted", "false-alarm", "later"]
VERDICTS: tuple[Verdict, ...] = ("accepted", "false-alarm", "later")

#: What stands around a finding's own text in an excerpt.
OPEN, CLOSE = "⟦", "⟧"


class DecisionsError(ValueError):
    """A file of decisions that can't be used; the message says where, why, and what to do."""


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an editor decided of one finding.

    path         the text's path from the project's folder, with slashes
    rule, fingerprint, address, excerpt  which finding; the excerpt has marks around the finding's own text
    verdict      accepted (right as it stands), false-alarm (no defect), later (to be mended, not now)
    reason       why; never empty
    author, date  who, and when (YYYY-MM-DD), where that is known
    expires      the last day on which it holds (YYYY-MM-DD); None: it holds for good
    other        of a finding between two texts the path of the second one
    """

    path: str
    rule: str
    fingerprint: str
    address: str
    excerpt: str
    verdict: Verdict
    reason: str
    author: str | None = None
    date: str | None = None
    expires: str | None = None
    other: str | None = None


def decision_on(
    finding: ReportedFinding,
    path: str,
    verdict: Verdict,
    reason: str,
    *,
    author: str | None = None,
    date: str | None = None,
    expires: str | None = None,
    other: str | None = None,
) -> Decision:
    """The decision of a finding in the text at ``path``. Raises ValueError for an empty reason."""
    if not reason.strip():
        raise ValueError("a decision needs a reason")
    return Decision(
        path,
        finding.rule,
        finding.fingerprint,
        finding.address,
        excerpt_of(finding),
        verdict,
        reason.strip(),
        author,
        date,
        expires,
        other,
    )


def excerpt_of(finding: ReportedFinding) -> str:
    """A finding's text and what stands around it, on one line."""
    shown = finding.excerpt
    return f"{shown.before}{OPEN}{shown.match}{CLOSE}{shown.after}"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file, in its order; none where there is no file.

    Raises DecisionsError for a file that can't be read, or a line that holds no decision.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise DecisionsError(f"the decisions in {path} can't be read ({error.strerror}).") from error
    decoder = msgspec.json.Decoder(Decision)
    found = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            decision = decoder.decode(line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            what = "a mark of a merge that git left" if line[:7] in (b"<<<<<<<", b"=======", b">>>>>>>") else str(error)
            raise DecisionsError(
                f"{path}, line {number}: this is no decision ({what}). Correct the line or take it out."
            ) from error
        if not decision.reason.strip():
            raise DecisionsError(f"{path}, line {number}: the decision has no reason. Say why, or take it out.")
        found.append(decision)
    return tuple(found)


def encode_decisions(decisions: Iterable[Decision]) -> bytes:
    """The decisions as the file holds them: sorted by text, rule and fingerprint; of two of one finding the last."""
    kept = {(d.path, d.other or "", d.rule, d.fingerprint): d for d in decisions}
    return b"".join(msgspec.json.encode(kept[key]) + b"\n" for key in sorted(kept))
