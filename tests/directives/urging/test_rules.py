"""The laws of the ladder, for any ladder and any matter."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thammuu.directives.urging.rules import (
    USUAL,
    Audience,
    Calendar,
    Channel,
    Ladder,
    Matter,
    Origin,
    Rung,
    Sent,
    due,
    faults_of,
    is_open,
    ladder_of,
)
from thammuu.directives.urging.trial import Event, History, Turn, tried
from thammuu.kernel.clock import ORGANISATION_ZONE

CALENDAR = Calendar()
# A Monday without holidays near it: the deadline of most examples is Friday week, 5 pm.
MONDAY = datetime(2026, 6, 1, 9, tzinfo=ORGANISATION_ZONE)
FRIDAY = datetime(2026, 6, 12, 17, tzinfo=ORGANISATION_ZONE)


def at(day: int, hour: int = 7, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ORGANISATION_ZONE)


def run(ladder: Ladder, history: History, last: date = date(2026, 7, 10)) -> list[tuple[datetime, str, int]]:
    found = tried(ladder, history, date(2026, 6, 1), last, CALENDAR)
    return [(one.at, one.rung.key, one.round) for one in found]


def test_the_usual_ladder_climbs_as_the_field_does() -> None:
    told = run(USUAL, History(MONDAY, FRIDAY, False, ()))
    assert told[:5] == [
        (at(3), "deadline-7:lead", 0),
        (at(9), "deadline-3:lead", 0),
        (at(11), "deadline-1:lead", 0),
        (at(12), "deadline+0:lead", 0),
        (at(15), "deadline+1:lead_head", 0),
    ]
    assert (at(17), "deadline+3:issuer_head", 0) in told
    assert [when for when, rung, _round in told if rung == "deadline+7:above"] == [at(23), at(30), at(7, month=7)]
    assert [when for when, rung, _round in told if rung == "deadline+0:lead"][:3] == [at(12), at(16), at(18)]


def test_a_report_answers_what_was_reached_and_the_silence_begins_anew() -> None:
    told = run(USUAL, History(MONDAY, FRIDAY, False, (Event(at(15, 6), Turn.REPORTED),)))
    assert (at(15), "deadline+1:lead_head", 0) in told, "a report before a rung is reached does not answer it"
    told = run(
        USUAL, History(MONDAY, FRIDAY, False, (Event(at(12, 10), Turn.REPORTED), Event(at(16, 6), Turn.REPORTED)))
    )
    assert [when for when, rung, _round in told if rung == "deadline+0:lead"][:2] == [at(12), at(18)]


def test_what_waits_to_be_verified_is_not_urged_and_goes_on_when_it_comes_back() -> None:
    events = (Event(at(11, 10), Turn.DONE), Event(at(24, 10), Turn.RETURNED))
    told = run(USUAL, History(MONDAY, FRIDAY, False, events))
    between = [rung for when, rung, _round in told if at(11, 10) <= when <= at(25)]
    assert between == []
    assert next((when, rung) for when, rung, _round in told if when > at(25)) == (at(26), "deadline+0:lead")


def test_an_extension_starts_the_ladder_anew() -> None:
    later = datetime(2026, 6, 26, 17, tzinfo=ORGANISATION_ZONE)
    told = run(USUAL, History(MONDAY, FRIDAY, False, (Event(at(12, 10), Turn.EXTENDED, later),)), date(2026, 6, 26))
    assert [(when, rung) for when, rung, _round in told if when > at(12, 10)] == [
        (at(17), "deadline-7:lead"),
        (at(23), "deadline-3:lead"),
        (at(25), "deadline-1:lead"),
        (at(26), "deadline+0:lead"),
    ]


def test_a_short_term_is_not_urged_for_days_before_its_issue() -> None:
    told = run(USUAL, History(at(11, 9), FRIDAY, False, ()), date(2026, 6, 12))
    assert told == [(at(12), "deadline+0:lead", 0)]


def test_whoever_switches_on_late_sends_each_audience_one() -> None:
    matter = Matter(MONDAY, FRIDAY, MONDAY)
    keys = [one.rung.key for one in due(USUAL, matter, at(29, 8), CALENDAR)]
    assert keys == ["deadline+0:lead", "deadline+1:lead_head", "deadline+3:issuer_head", "deadline+7:above"]


def test_an_urgent_issue_is_timed_in_minutes_until_it_is_acknowledged() -> None:
    night = at(2, 23)
    events = (Event(night + timedelta(minutes=100), Turn.ACKNOWLEDGED),)
    told = run(USUAL, History(night, FRIDAY, True, events), date(2026, 6, 3))
    timers = [(when - night, rung, round) for when, rung, round in told if rung.startswith("issue")]
    assert timers == [
        (timedelta(minutes=30), "issue+30:lead", 0),
        (timedelta(minutes=60), "issue+30:lead", 1),
        (timedelta(minutes=60), "issue+60:lead_head", 0),
        (timedelta(minutes=90), "issue+30:lead", 2),
    ]
    assert run(USUAL, History(night, FRIDAY, False, events), date(2026, 6, 2)) == []


def test_a_timer_that_keeps_the_quiet_hours_waits_for_the_morning() -> None:
    ladder = Ladder((Rung(Origin.ISSUE, 30, Audience.LEAD),))
    told = run(ladder, History(at(5, 22), at(30, 17), True, ()))
    assert told == [(at(8), "issue+30:lead", 0)], "Friday night, so Monday morning"


@pytest.mark.parametrize(
    ("fault", "rungs"),
    [
        ("empty", []),
        ("twice", [Rung(Origin.DEADLINE, 1, Audience.LEAD), Rung(Origin.DEADLINE, 1, Audience.LEAD, again=2)]),
        ("many", [Rung(Origin.DEADLINE, number, Audience.LEAD) for number in range(21)]),
        ("range", [Rung(Origin.DEADLINE, 61, Audience.LEAD)]),
        ("range", [Rung(Origin.ISSUE, 0, Audience.LEAD)]),
        ("range", [Rung(Origin.ISSUE, 5, Audience.LEAD, again=4)]),
    ],
)
def test_a_ladder_that_cannot_be_is_said_to_be_so(fault: str, rungs: list[Rung]) -> None:
    assert list(faults_of(Ladder(tuple(rungs)))) == [fault]
    assert list(faults_of(USUAL)) == []


timers = st.builds(
    Rung,
    origin=st.just(Origin.ISSUE),
    offset=st.integers(1, 90),
    to=st.sampled_from(Audience),
    channels=st.lists(st.sampled_from(Channel), unique=True).map(tuple),
    again=st.just(0) | st.integers(600, 2880),
    any_hour=st.booleans(),
)
rungs = timers | st.builds(
    Rung, st.just(Origin.DEADLINE), st.integers(-8, 8), st.sampled_from(Audience), again=st.integers(0, 3)
)
hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
ladders = st.builds(
    Ladder,
    st.lists(rungs, min_size=1, max_size=6, unique_by=lambda rung: rung.key).map(tuple),
    hours,
    hours,
    st.booleans(),
)
instants = st.integers(0, 30 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
events = st.lists(st.builds(Event, instants, st.sampled_from([Turn.ACKNOWLEDGED, Turn.REPORTED])), max_size=3).map(
    lambda found: sorted(found, key=lambda event: event.at)
)
histories = st.builds(History, instants, instants, st.booleans(), events).map(
    lambda one: replace(
        one,
        deadline=max(one.deadline, one.issued_at + timedelta(hours=1)),
        events=[event for event in one.events if event.at > one.issued_at],
    )
)


@given(ladders)
def test_a_ladder_is_stored_and_read_as_it_is(ladder: Ladder) -> None:
    assert ladder_of(ladder.plain()) == ladder


@settings(max_examples=40, deadline=None)
@given(ladders, histories)
def test_nothing_in_quiet_hours_and_nothing_twice(ladder: Ladder, history: History) -> None:
    told = list(tried(ladder, history, date(2026, 6, 1), date(2026, 7, 10), CALENDAR))
    assert all(is_open(ladder, one.at, CALENDAR) or one.rung.any_hour for one in told)
    assert len({(one.rung.key, one.round) for one in told}) == len(told)
    assert told == list(tried(ladder, history, date(2026, 6, 1), date(2026, 7, 10), CALENDAR))


@settings(max_examples=40, deadline=None)
@given(ladders, histories, instants)
def test_nothing_after_it_is_done(ladder: Ladder, history: History, end: datetime) -> None:
    done = Event(max(end, history.issued_at), Turn.DONE)
    ended = replace(history, events=[*(one for one in history.events if one.at < done.at), done])
    told = tried(ladder, ended, date(2026, 6, 1), date(2026, 7, 10), CALENDAR)
    assert all(one.at < done.at for one in told)


@settings(max_examples=40, deadline=None)
@given(ladders, instants, instants, instants)
def test_what_was_sent_for_one_deadline_does_not_count_for_another(
    ladder: Ladder, issued: datetime, now: datetime, first: datetime
) -> None:
    deadline = max(first, issued + timedelta(hours=1))
    anew = Matter(issued, deadline, issued)
    rungs = [rung for rung in ladder.rungs if rung.origin is Origin.DEADLINE]
    for_another = [Sent(rung.key, deadline - timedelta(days=3), 0, issued) for rung in rungs]
    assert due(ladder, replace(anew, sent=for_another), now, CALENDAR) == due(ladder, anew, now, CALENDAR)


@settings(max_examples=40, deadline=None)
@given(ladders, instants, instants, st.booleans())
def test_what_was_just_sent_is_not_due_again(ladder: Ladder, issued: datetime, now: datetime, urgent: bool) -> None:
    matter = Matter(issued, issued + timedelta(days=5), issued, urgent)
    sent = [Sent(one.rung.key, one.counted_from, one.round, now) for one in due(ladder, matter, now, CALENDAR)]
    assert due(ladder, replace(matter, sent=sent), now, CALENDAR) == []


def test_times_may_be_of_any_zone() -> None:
    matter = Matter(MONDAY.astimezone(UTC), FRIDAY.astimezone(UTC), MONDAY.astimezone(UTC))
    for hour in range(24):
        now = at(12, hour)
        assert due(USUAL, matter, now.astimezone(UTC), CALENDAR) == due(USUAL, matter, now, CALENDAR)
