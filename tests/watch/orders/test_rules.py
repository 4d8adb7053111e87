"""How an order stands after each act, and its clocks; no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.watch.orders.rules import Act, Clock, Clocks, OrderState, after, is_late, overdue

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
SOON, PAST = NOW + timedelta(minutes=5), NOW - timedelta(minutes=5)
# A refusal against an acknowledgement or a report, and a return against what it returns: there the last one holds.
COMMUTING = [Act.ACKNOWLEDGE, Act.REPORT, Act.COMPLETE, Act.CONFIRM]


def _clocks(state: OrderState = OrderState.GIVEN, **said: Any) -> Clocks:
    usual: dict[str, Any] = {
        "acknowledge_by": PAST, "report_by": PAST, "answered_at": None, "reported_at": None, "ended": False,
    }  # fmt: skip
    return Clocks(state, **{**usual, **said})


@given(st.sampled_from(OrderState), st.sampled_from(COMMUTING), st.sampled_from(COMMUTING))
def test_what_two_officers_do_at_once_ends_the_same(state: OrderState, one: Act, other: Act) -> None:
    assert after(after(state, one), other) == after(after(state, other), one)


@given(st.sampled_from(OrderState), st.sampled_from([act for act in Act if act is not Act.RETURN]))
def test_what_is_done_stays_done_until_it_is_returned(state: OrderState, act: Act) -> None:
    if state in (OrderState.COMPLETED, OrderState.CONFIRMED):
        assert after(state, act) in (OrderState.COMPLETED, OrderState.CONFIRMED)
        assert after(state, Act.RETURN) is OrderState.IN_PROGRESS


@given(st.sampled_from(OrderState), st.sampled_from(Act))
def test_the_same_act_again_changes_nothing(state: OrderState, act: Act) -> None:
    assert after(after(state, act), act) is after(state, act)


@pytest.mark.parametrize(
    ("clocks", "found"),
    [
        (_clocks(), [Clock.ACKNOWLEDGEMENT, Clock.REPORT]),
        (_clocks(acknowledge_by=NOW, report_by=None), [Clock.ACKNOWLEDGEMENT]),
        (_clocks(acknowledge_by=SOON, report_by=SOON), []),
        (_clocks(OrderState.ACKNOWLEDGED, answered_at=PAST), [Clock.REPORT]),
        (_clocks(OrderState.IN_PROGRESS, answered_at=PAST, reported_at=PAST), []),
        (_clocks(OrderState.REFUSED, answered_at=PAST), []),
        (_clocks(OrderState.COMPLETED), []),
        (_clocks(ended=True), []),
    ],
)
def test_a_clock_runs_out_without_an_answer(clocks: Clocks, found: list[Clock]) -> None:
    assert overdue(clocks, NOW) == found


def test_an_answer_is_late_after_the_clock_that_it_stops() -> None:
    assert is_late(Act.ACKNOWLEDGE, _clocks(), NOW)
    assert not is_late(Act.ACKNOWLEDGE, _clocks(acknowledge_by=NOW, report_by=PAST), NOW)
    assert is_late(Act.REPORT, _clocks(answered_at=PAST), NOW)
    assert not is_late(Act.REPORT, _clocks(answered_at=PAST, reported_at=PAST), NOW)
    assert not is_late(Act.REFUSE, _clocks(answered_at=PAST), NOW)
