"""Texts of a run that belong side by side, compared after each was checked by itself.

Which they are, `auditor.pairing` says. Texts that a table of the settings names are compared as they are named, and it
is a fault where they can't be; texts that are only named alike are compared where they turn out to belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from auditor.analysis.languages import document_languages
from auditor.comparison import compare_documents
from auditor.document import Document, Source
from auditor.pairing import Together
from auditor.reading import Unreadable, read, source_from_path
from auditor.report import Fault, PairReport
from auditor.runs import Origin
from auditor.settings import Chosen, Settings

#: Of more texts than these none is compared: a pattern that names a whole folder is rather a slip.
MOST_TOGETHER = 24


def compare_together(
    groups: Sequence[Together], origins: Sequence[Origin], chosen: Chosen, settings: Settings
) -> Iterator[tuple[tuple[PairReport, ...], tuple[Fault, ...]]]:
    """For each group what its comparison gave, and what could not be done."""
    for group in groups:
        if len(group.members) > MOST_TOGETHER:
            message = (
                f"{len(group.members):,} texts belong together by {group.why}; more than {MOST_TOGETHER} are not "
                "compared. Name those that belong together in tables of their own."
            )
            yield (), (Fault(message),)
            continue
        documents = [document for at in group.members if (document := _read(origins[at], settings)) is not None]
        if len(documents) < 2:
            continue  # what could not be read, or holds nothing, was said when it was checked
        if len(documents) == len(group.members) and (wrong := _in_wrong_language(group, documents)):
            yield (), tuple(map(Fault, wrong))
            continue
        report = compare_documents(documents, chosen, settings, group.kind)
        why = f"Compared because of {group.why}."
        pairs = tuple(msgspec.structs.replace(pair, notes=(why, *pair.notes)) for pair in report.pairs)
        said_so = group.why.startswith("table ")
        yield pairs, tuple(fault for fault in report.errors if said_so or fault.rule is not None)


def _in_wrong_language(group: Together, documents: Sequence[Document]) -> list[str]:
    """What is to be said of texts that are named as one language and written in that of another text of the group."""
    said = []
    for code, document in zip(group.languages, documents, strict=False):
        written = document_languages(document)
        if written and written[0] != code and written[0] in group.languages:
            said.append(
                f"{document.name} is named as a text in {code!r} and written in {written[0]!r}, as another of the "
                "texts that it belongs to is, so these were not compared. Check that it is the right file."
            )
    return said


def _read(origin: Origin, settings: Settings) -> Document | None:
    from auditor.alignment.units import all_units

    try:
        document = read(origin if isinstance(origin, Source) else source_from_path(origin.path), settings.guidance)
    except Unreadable:
        return None
    return document if all_units(document) else None
