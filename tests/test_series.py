"""Series: the cheapest account of a text's numbers, and what it leaves unexplained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.analysis.outline.series import Candidate, Ordinal, Run, find_runs, follows, suffix_rank


def runs_of(values: list[int], *, weight: float = 1.6, boundaries: tuple[int, ...] = ()) -> tuple[Run, ...]:
    return find_runs([Candidate((Ordinal(value),), weight, at in boundaries) for at, value in enumerate(values)])


def numbers(run: Run) -> list[int]:
    return [member.ordinal.value for member in run.members]


def absent(run: Run) -> list[int]:
    return [value for hole in run.holes for value in hole.values]


@given(st.integers(1, 60), st.integers(1, 40))
def test_a_series_that_counts_has_no_holes(first: int, length: int) -> None:
    values = list(range(first, first + length))
    (run,) = runs_of(values)
    assert numbers(run) == values
    assert absent(run) == list(range(1, first))
    assert run.asides == ()


@given(st.integers(4, 60), st.data())
def test_a_number_taken_away_is_the_hole(length: int, data: st.DataObject) -> None:
    lost = data.draw(st.integers(2, length - 1))
    (run,) = runs_of([n for n in range(1, length + 1) if n != lost])
    assert absent(run) == [lost]


def test_five_of_thirty_may_be_lost_at_once() -> None:
    (run,) = runs_of([n for n in range(1, 31) if n not in (4, 5, 6, 7, 20)])
    assert absent(run) == [4, 5, 6, 7, 20]


def test_a_quotation_inside_the_series_stands_aside() -> None:
    (run,) = runs_of([1, 2, 15, 16, 3, 4])
    assert numbers(run) == [1, 2, 3, 4]
    assert absent(run) == []
    longer = [1, 2, 3, *range(15, 22), 4, 5, 6, 7, 8]
    assert [numbers(run) for run in runs_of(longer)] == [[1, 2, 3, 4, 5, 6, 7, 8]]


def test_two_annexes_count_each_for_itself() -> None:
    runs = runs_of([1, 2, 3, 5, 1, 2, 4, 5], boundaries=(4,))
    assert [numbers(run) for run in runs] == [[1, 2, 3, 5], [1, 2, 4, 5]]
    assert [absent(run) for run in runs] == [[4], [3]]


def test_a_repeated_number_names_the_one_its_place_asks_for() -> None:
    (run,) = runs_of([1, 2, 3, 3, 5])
    (aside,) = run.asides
    assert (aside.kind, aside.expected) == ("repeated", 4)


def test_the_first_number_repeated_is_no_new_series() -> None:
    (run,) = runs_of([1, 1, 3, 4])
    (aside,) = run.asides
    assert (aside.kind, aside.expected) == ("repeated", 2)


def test_swapped_numbers_are_one_misplaced_one() -> None:
    (run,) = runs_of([1, 2, 4, 3, 5, 6])
    (aside,) = run.asides
    assert aside.kind == "misplaced"
    assert aside.home is not None


def test_a_range_covers_its_numbers() -> None:
    candidates = [Candidate((Ordinal(1),), 1.6), Candidate((Ordinal(2, last=4),), 1.6), Candidate((Ordinal(5),), 1.6)]
    (run,) = find_runs(candidates)
    assert run.holes == ()


@pytest.mark.parametrize("between", ["bis", "A", "a", "1"])
def test_inserted_numbers_leave_no_hole(between: str) -> None:
    ordinals = [Ordinal(1), Ordinal(2), Ordinal(2, between), Ordinal(3)]
    (run,) = find_runs([Candidate((ordinal,), 1.6) for ordinal in ordinals])
    assert run.holes == ()


def test_a_bare_number_absent_before_its_lettered_one_is_a_hole() -> None:
    ordinals = [Ordinal(1), Ordinal(2), Ordinal(3, "A"), Ordinal(4)]
    (run,) = find_runs([Candidate((ordinal,), 1.6) for ordinal in ordinals])
    assert absent(run) == [3]


def test_the_reading_that_fits_is_chosen() -> None:
    """ "l4" may be a damaged 14; among 13 and 15 it is."""
    candidates = [
        Candidate((Ordinal(13),), 1.6),
        Candidate((Ordinal(12, "4"), Ordinal(14, cost=0.35)), 1.6),
        Candidate((Ordinal(15),), 1.6),
    ]
    run = find_runs(candidates)[-1]
    assert numbers(run) == [13, 14, 15]


def test_huge_numbers_cost_neither_time_nor_memory() -> None:
    runs = runs_of([1, 2, 20_220_131, 3])
    assert [numbers(run) for run in runs] == [[1, 2, 3]]


def test_suffixes_sort_as_drafters_use_them() -> None:
    order = ["", "bis", "ter", "quater", "quinquies"]
    assert sorted(["quater", "bis", "", "quinquies", "ter"], key=suffix_rank) == order
    assert follows(Ordinal(5, "a"), Ordinal(5, "b"))
    assert not follows(Ordinal(5, "b"), Ordinal(5, "a"))


def test_weak_candidates_however_many_do_not_hide_a_strong_one() -> None:
    """Twelve articles of a quoted code stand in Article 2; the one that follows is Article 7."""
    weights = [1.6, 1.6, *[0.14] * 12, 1.6, 1.6]
    values = [1, 2, 1, *range(301, 311), 2, 7, 8]
    candidates = [Candidate((Ordinal(v),), w) for v, w in zip(values, weights, strict=True)]
    run = max(find_runs(candidates), key=lambda run: len(run.members))
    assert [member.candidate for member in run.members] == [0, 1, 14, 15]
    assert absent(run) == [3, 4, 5, 6]


def test_a_run_does_not_go_on_in_an_annex_past_its_own_members() -> None:
    values = [*range(1, 10), 11, 12, 13, 15, *range(1, 16)]
    runs = runs_of(values, boundaries=(13,))
    assert [absent(run) for run in runs] == [[10, 14], []]
