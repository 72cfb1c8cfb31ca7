"""Runs over many sources, one after the other or in several processes: one order, and the same results."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from auditor.cache import Cache, Kept, key_of
from auditor.document import Source
from auditor.engine import Audited, audit_source
from auditor.plugins import load_rules
from auditor.project import Project
from auditor.reading import Unreadable, source_from_path
from auditor.reading.discover import Found
from auditor.report import DocumentReport, Fault, PairReport, Summary, summarise
from auditor.settings import Chosen, Settings, choose

#: Where a text is: a file that was found, or a source that has been read already (standard input).
Origin = Found | Source


def _only(*faults: Fault) -> Audited:
    return Audited(None, faults, {}, {})


def _unencodable(document: DocumentReport) -> Fault | None:
    """The fault of a rule whose findings carry data that JSON can't hold."""
    for found in document.findings:
        try:
            msgspec.json.encode(found.data)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            message = (
                f"{document.path}: rule {found.rule} gave data that JSON cannot hold ({error}); its "
                "findings are left out here. Report it to the rule's author, or leave the rule out with --ignore."
            )
            return Fault(message, document.path, found.rule)
    return None


def _not_checked(document: DocumentReport) -> Fault | None:
    """The fault of a document about which a report without findings would say nothing."""
    if not document.words:
        message = (
            f"{document.path}: it holds no text, so nothing was checked. Check that it is the right file and "
            "that its conversion did not fail."
        )
    elif not document.rules.run:
        message = (
            f"{document.path}: none of the chosen rules could run on it, so nothing was checked. Choose "
            "other rules with --select; the report says why each was skipped."
        )
    else:
        return None
    return Fault(message, document.path)


def _sound(audited: Audited) -> Audited:
    """``audited`` without findings that no report can hold, and with a fault where nothing was checked."""
    document = audited.document
    faults = list(audited.faults)
    while document is not None and (fault := _unencodable(document)) is not None:
        faults.append(fault)
        kept = tuple(found for found in document.findings if found.rule != fault.rule)
        document = msgspec.structs.replace(document, findings=kept)
    if document is not None and (fault := _not_checked(document)) is not None:
        faults.append(fault)
    return msgspec.structs.replace(audited, document=document, faults=tuple(faults))


def audit_origin(origin: Origin, chosen: Chosen, settings: Settings, cache: Cache | None = None) -> Audited:
    """Audit the text at one place; whatever goes wrong becomes a fault that names it.

    Where the cache has its report, that is taken; a report that goes with faults is never kept.
    """
    name = origin.name
    try:
        source = origin if isinstance(origin, Source) else source_from_path(origin.path)
        if cache is None:
            return _sound(audit_source(source, chosen, settings))
        key = key_of(source, chosen, settings)
        known = cache.get(key)
        if known is not None:
            known = known.under(source.name)
            return Audited(known.document, (), {}, {}, known.pairs)
        audited = _sound(audit_source(source, chosen, settings))
        if audited.document is not None and not audited.faults:
            cache.put(key, Kept(audited.document, audited.pairs))
        return audited
    except Unreadable as error:
        return _only(Fault(str(error), name))
    except Exception as error:  # one document, whatever is in it, never stops the others
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = (
            f"{name}: its audit failed ({what}), so it is not in the report; the other documents are. This is "
            "a fault of the program: please report it, with the trace that --traceback shows."
        )
        return _only(Fault(message, name, None, traceback.format_exc()))


def _start(settings: Settings, project: Project | None, cache_at: Path | None) -> Callable[[Origin], Audited]:
    return _work(settings, project, cache_at, choose(load_rules(), settings))


def _work(
    settings: Settings, project: Project | None, cache_at: Path | None, chosen: Chosen
) -> Callable[[Origin], Audited]:
    """How one text is audited: with the settings that its project has for it."""
    cache = Cache(cache_at) if cache_at is not None else None
    orders: dict[tuple[int, ...], tuple[Chosen, Settings]] = {(): (chosen, settings)}

    def work(origin: Origin) -> Audited:
        holds = project.overrides_for(origin.path) if project is not None and isinstance(origin, Found) else ()
        if holds and holds not in orders and project is not None and isinstance(origin, Found):
            own = project.settings_for(origin.path)
            orders[holds] = (choose(load_rules(), own), own)
        return audit_origin(origin, *orders[holds], cache)

    return work


def _lost(origin: Origin, status: int | None) -> Audited:
    how = f"signal {-status}" if status is not None and status < 0 else f"exit status {status}"
    message = (
        f"{origin.name}: the process that audited it ended with {how}, so it is not in the report; the other "
        "documents are. It may have run out of memory: try it by itself, or with fewer --jobs."
    )
    return _only(Fault(message, origin.name))


def audit_each(
    origins: Sequence[Origin],
    settings: Settings,
    *,
    jobs: int = 1,
    chosen: Chosen | None = None,
    project: Project | None = None,
    cache_at: Path | None = None,
) -> Iterator[Audited]:
    """Audit each text, in the order given; no more documents are held than are being worked on.

    With ``jobs`` above 1 they are worked on in as many processes, which look the rules up themselves;
    ``chosen`` is for one process alone. ``project`` may have other settings for some of them; ``cache_at`` is the file
    of a cache. Raises `auditor.settings.SettingsError` for settings that name what
    does not exist.
    """
    jobs = min(jobs, len(origins))
    if jobs <= 1:
        chosen = chosen or choose(load_rules(), settings)
        yield from map(_work(settings, project, cache_at, chosen), origins)
        return
    from auditor.processes import ordered_map

    yield from ordered_map(partial(_start, settings, project, cache_at), origins, jobs, _lost)


class Tally:
    """The figures of a run, added up while its documents come in."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self.faults: list[Fault] = list(faults)
        self.pairs: list[PairReport] = []
        self.rule_seconds: dict[str, float] = {}
        self.fact_seconds: dict[str, float] = {}
        self._summary = summarise((), ())

    def add(self, audited: Audited) -> None:
        """Take the result of one source in."""
        self.faults.extend(audited.faults)
        self.pairs.extend(audited.pairs)
        if audited.document is not None:
            self._summary = _sum(self._summary, summarise((audited.document,), ()))
        for total, seconds in (
            (self.rule_seconds, audited.rule_seconds),
            (self.fact_seconds, audited.fact_seconds),
        ):
            for name, spent in seconds.items():
                total[name] = total.get(name, 0.0) + spent

    def add_pairs(self, pairs: Sequence[PairReport], faults: Sequence[Fault] = ()) -> None:
        """Take the comparisons of texts that belong together in."""
        self.pairs.extend(pairs)
        self.faults.extend(faults)
        self._summary = _sum(self._summary, summarise((), (), tuple(pairs)))

    @property
    def summary(self) -> Summary:
        """The counts so far."""
        return msgspec.structs.replace(self._summary, faults=len(self.faults))


def _sum(one: Summary, other: Summary) -> Summary:
    by_rule = dict(one.by_rule)
    for name, number in other.by_rule.items():
        by_rule[name] = by_rule.get(name, 0) + number
    return Summary(
        documents=one.documents + other.documents,
        words=one.words + other.words,
        findings=one.findings + other.findings,
        errors=one.errors + other.errors,
        warnings=one.warnings + other.warnings,
        infos=one.infos + other.infos,
        faults=one.faults + other.faults,
        by_rule=dict(sorted(by_rule.items())),
        decided=one.decided + other.decided,
    )
