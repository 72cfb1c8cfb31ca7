"""The ordered map over processes: order, a worker's death, and no running ahead."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from auditor.processes import ordered_map


def double(item: int) -> int:
    if item == 3:
        os._exit(7)
    if item == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2


def start_doubling() -> Callable[[int], int]:
    return double


def start_and_die() -> Callable[[int], int]:
    os._exit(4)


def lost(item: int, status: int | None) -> int:
    return -1000 - (status or 0)


def test_results_come_in_the_order_of_the_items_and_a_death_costs_one_item() -> None:
    results = list(ordered_map(start_doubling, range(20), 2, lost))
    expected = [item * 2 for item in range(20)]
    expected[3] = -1007
    expected[5] = -1000 + signal.SIGKILL
    assert results == expected


def test_processes_that_cannot_start_cost_every_item_but_end() -> None:
    assert list(ordered_map(start_and_die, range(3), 2, lost)) == [-1004] * 3


def test_nothing_is_given_out_far_ahead_of_what_is_taken() -> None:
    asked: list[int] = []

    class Watched(list[int]):
        def __getitem__(self, at: int) -> int:  # type: ignore[override]
            asked.append(at)
            return super().__getitem__(at)

    results: Iterator[int] = ordered_map(start_doubling, Watched([1] * 1000), 2, lost)
    next(results)
    assert max(asked) <= 2 * 4 + 2
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 4])
def test_no_items_no_processes(jobs: int) -> None:
    assert list(ordered_map(start_and_die, [], jobs, lost)) == []
