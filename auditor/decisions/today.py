"""The day of a run: the one thing in a report that does not come from the texts, the rules and the settings.

It matters only to decisions that have a last day.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

#: Seconds since 1970, as reproducible builds give them (reproducible-builds.org); else the clock of the machine.
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


def today() -> str:
    """The day as YYYY-MM-DD."""
    epoch = os.environ.get(EPOCH_VARIABLE, "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()
