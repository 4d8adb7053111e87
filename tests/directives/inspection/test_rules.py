from datetime import UTC, date, datetime, timedelta

import pytest

from thammuu.directives.inspection.rules import (
    GOING_ON,
    FindingState,
    InspectionState,
    Standing,
    Step,
    Task,
    after,
    is_late,
    is_settled,
    standing,
    unanswered,
)
from thammuu.directives.rules import State

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=3), NOW - timedelta(days=1)


def task(state: State, deadline: datetime = LATER, evidence: bool = False) -> Task:
    return Task(state, deadline, BEFORE if evidence else None)


def test_every_state_but_the_two_ends_can_be_left_and_only_reopening_leads_back() -> None:
    order = list(InspectionState)
    for state in order:
        following = [found for step in Step if step != Step.REOPEN and (found := after(state, step)) is not None]
        assert bool(following) == (state in GOING_ON)
        assert all(order.index(found) >= order.index(state) for found in following)
        assert (after(state, Step.REOPEN) is not None) == (state == InspectionState.CLOSED)


@pytest.mark.parametrize(
    ("state", "starts_in", "ends_in", "late"),
    [
        ("planned", 0, 1, False), ("announced", -1, 1, True), ("under_way", -3, 0, False),
        ("under_way", -3, -1, True), ("reported", -9, -8, False), ("cancelled", -9, -8, False),
    ],
)  # fmt: skip
def test_a_visit_is_late_once_its_day_is_over(state: str, starts_in: int, ends_in: int, late: bool) -> None:
    today = date(2026, 11, 20)
    days = (today + timedelta(days=starts_in), today + timedelta(days=ends_in))
    assert is_late(InspectionState(state), *days, today) is late


@pytest.mark.parametrize(
    ("states", "settled"),
    [
        ([], False), (["withdrawn"], False), (["closed"], True), (["closed", "withdrawn"], True),
        (["closed", "verified"], False), (["closed", "in_progress"], False),
    ],
)  # fmt: skip
def test_a_finding_is_settled_once_a_task_is_closed_and_none_is_left(states: list[str], settled: bool) -> None:
    assert is_settled([State(state) for state in states]) is settled


@pytest.mark.parametrize(
    ("tasks", "found"),
    [
        ([], Standing.NO_TASK),
        ([task(State.WITHDRAWN)], Standing.NO_TASK),
        ([task(State.IN_PROGRESS)], Standing.NO_EVIDENCE),
        ([task(State.IN_PROGRESS, NOW)], Standing.NO_EVIDENCE),
        ([task(State.IN_PROGRESS, BEFORE), task(State.CLOSED, evidence=True)], Standing.OVERDUE),
        ([task(State.SUBMITTED, evidence=True)], Standing.WORKED_ON),
        ([task(State.VERIFIED, evidence=True)], Standing.DONE),
        ([task(State.CLOSED, evidence=True), task(State.WITHDRAWN)], Standing.DONE),
    ],
)
def test_a_finding_stands_where_its_worst_task_does(tasks: list[Task], found: Standing) -> None:
    assert standing(FindingState.OPEN, True, tasks, NOW) == found
    assert standing(FindingState.OPEN, False, tasks, NOW) == Standing.UNCONCLUDED
    assert standing(FindingState.STRUCK, True, tasks, NOW) == Standing.STRUCK


def test_items_that_were_not_looked_at_are_counted() -> None:
    assert unanswered(["met", "", "not_applicable", ""]) == 2
