import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.directives.rules import DONE, OPEN, TRANSITIONS, Act, State, Tally, Timing, after, timing

DEADLINE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ACTS = st.lists(st.sampled_from(Act), max_size=40)


def _walk(acts: list[Act]) -> list[tuple[State, Act | None]]:
    """The states that acts lead through; one that cannot be done changes nothing."""
    state, path = State.ISSUED, [(State.ISSUED, None)]
    for act in acts:
        following = after(state, act)
        if following is not None:
            state = following
            path.append((state, act))
    return path


@given(ACTS)
def test_nothing_is_closed_without_verified_evidence(acts: list[Act]) -> None:
    path = _walk(acts)
    if path[-1][0] == State.CLOSED:
        done = [act for _state, act in path]
        assert path[-1][1] == Act.CLOSE
        last = [act for act in done if act in (Act.HAND_IN, Act.VERIFY, Act.CLOSE, Act.REOPEN)][-3:]
        assert last == [Act.HAND_IN, Act.VERIFY, Act.CLOSE]


@given(ACTS)
def test_evidence_waits_exactly_while_submitted(acts: list[Act]) -> None:
    waiting = 0
    for state, act in _walk(acts):
        waiting += (act == Act.HAND_IN) - (act in (Act.VERIFY, Act.RETURN))
        waiting = 0 if act == Act.WITHDRAW else waiting
        assert waiting == (state == State.SUBMITTED)


@given(ACTS)
def test_what_is_finished_stays_finished_until_it_is_reopened(acts: list[Act]) -> None:
    path = _walk(acts)
    for (before, _act), (following, act) in itertools.pairwise(path):
        assert before != State.WITHDRAWN
        assert before not in DONE or following in DONE or act == Act.REOPEN


@given(ACTS)
def test_only_what_was_refused_is_insisted_on_and_a_refusal_is_settled_by_the_issuing_unit(acts: list[Act]) -> None:
    for (before, _act), (following, act) in itertools.pairwise(_walk(acts)):
        assert (act == Act.INSIST) <= (before == State.REFUSED)
        if before == State.REFUSED and following != State.REFUSED:
            assert act in (Act.INSIST, Act.WITHDRAW)


def test_every_state_is_reached_and_only_a_withdrawal_is_final() -> None:
    assert {State.ISSUED, *TRANSITIONS.values()} == set(State)
    assert {state for state in State if not any(after(state, act) for act in Act)} == {State.WITHDRAWN}
    assert DONE | OPEN | {State.WITHDRAWN} == set(State)
    assert DONE.isdisjoint(OPEN)


@pytest.mark.parametrize(
    ("state", "handed_in", "now", "expected"),
    [
        (State.ISSUED, None, DEADLINE, Timing.OPEN_WITHIN_TIME),
        (State.IN_PROGRESS, None, DEADLINE + SECOND, Timing.OPEN_OVERDUE),
        (State.SUBMITTED, DEADLINE, DEADLINE + SECOND, Timing.OPEN_WITHIN_TIME),
        (State.SUBMITTED, DEADLINE + SECOND, DEADLINE + 2 * SECOND, Timing.OPEN_OVERDUE),
        (State.RETURNED, None, DEADLINE + SECOND, Timing.OPEN_OVERDUE),
        (State.VERIFIED, DEADLINE, DEADLINE + timedelta(days=9), Timing.DONE_ON_TIME),
        (State.CLOSED, DEADLINE + SECOND, DEADLINE + timedelta(days=9), Timing.DONE_LATE),
        (State.WITHDRAWN, None, DEADLINE + SECOND, None),
    ],
)
def test_the_deadline_itself_is_in_time(
    state: State, handed_in: datetime | None, now: datetime, expected: Timing | None
) -> None:
    assert timing(state, DEADLINE, handed_in, now) == expected


def test_the_public_figures_of_2017() -> None:
    tally = Tally(done_on_time=14_068, done_late=1_983, open_within_time=5_640, open_overdue=223)
    assert (tally.total, tally.done, tally.open, tally.due) == (21_914, 16_051, 5_863, 16_274)
    shares = (tally.completion, tally.overdue, tally.on_time_of_due, tally.on_time_of_done)
    assert [round(100 * share, 4) for share in shares if share is not None] == [98.6297, 1.3703, 86.4446, 87.6456]


def test_nothing_due_has_no_rate() -> None:
    tally = Tally(open_within_time=3)
    assert (tally.completion, tally.overdue, tally.on_time_of_due, tally.on_time_of_done) == (None,) * 4


@given(st.lists(st.sampled_from(Timing)))
def test_the_four_states_cover_everything(timings: list[Timing]) -> None:
    tally = Tally(**{str(kind): timings.count(kind) for kind in Timing})
    assert tally.total == len(timings)
    if tally.due:
        assert tally.completion is not None and tally.overdue is not None
        assert tally.completion + tally.overdue == pytest.approx(1)
