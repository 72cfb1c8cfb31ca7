"""Facts: what is known of a document, computed at most once and only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import perf_counter
from typing import TypeVar, cast

from auditor.document import Document

T = TypeVar("T")


def fact(compute: Callable[[Document], T]) -> Callable[[Document], T]:
    """Make a function of a document remember its result on the document.

    The time it took, without that of the facts it asked for, is added to ``document.fact_seconds`` under the
    function's name, for the benchmark.
    """
    name = f"{compute.__module__.removeprefix('auditor.analysis.')}.{compute.__name__}"

    @wraps(compute)
    def remembered(document: Document) -> T:
        facts = document.facts
        if name in facts:
            return cast(T, facts[name])
        asked, document.asked_seconds = document.asked_seconds, 0.0
        started = perf_counter()
        try:
            facts[name] = result = compute(document)
        finally:
            elapsed = perf_counter() - started
            document.fact_seconds[name] = elapsed - document.asked_seconds
            document.asked_seconds = asked + elapsed
        return result

    return remembered
