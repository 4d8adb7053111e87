"""The calendar of deadlines: its spans, and that each day counts the rows it leads to."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.directives.thread import Thread
from tests.ground import Organisation, client_of
from thammuu.directives import actions
from thammuu.directives.followup.spans import FIRST, LAST, Length, span_of
from thammuu.kernel import clock


@given(st.sampled_from(Length), st.dates())
def test_spans_follow_each_other_without_a_gap(length: Length, day: date) -> None:
    span = span_of(length, day)
    assert span.first <= min(max(day, FIRST), LAST) <= span.last
    if span.first > FIRST and span.last < LAST:
        assert span_of(length, span.before).last + timedelta(days=1) == span.first
        assert span_of(length, span.after).first - timedelta(days=1) == span.last
    days = [day for week in span.weeks() for day in week]
    assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
    assert days[0].weekday() == 0
    assert days[0] <= span.first < days[7 - 1] + timedelta(days=1)
    assert days[-7] <= span.last <= days[-1]


@pytest.mark.django_db
def test_each_day_leads_to_what_it_counts(thread: Thread, organisation: Organisation) -> None:
    path, due = "/follow-up/calendar/", clock.day_of(thread.row().deadline)
    client = client_of(organisation.hanoi_officer)
    month = client.get(path, {"day": due.isoformat()}).content.decode()
    [(url, count)] = re.findall(r'<a class="figure" href="(\?[^"]+)"[^>]*><strong>(\d+)<', month)
    asked = CaptureQueriesContext(connection)
    with asked:
        day = client.get(path + url.replace("&amp;", "&")).content.decode()
    assert day.count('<li id="assignment-') == month.count('<li id="assignment-') == int(count) == 1
    actions.issue_assignments(
        actor=organisation.chief, now=thread.now, decision=thread.decision,
        orders=[thread.order(title="Gác cầu"), thread.order(lead_unit=organisation.hue)],
    )  # fmt: skip
    with CaptureQueriesContext(connection) as again:
        day = client.get(path + url.replace("&amp;", "&")).content.decode()
    assert day.count('<li id="assignment-') == 2
    assert len(again) == len(asked)
    chief = client_of(organisation.chief)
    for given_, count_ in (({"whose": "all"}, 3), ({}, 0)):
        week = chief.get(path, {"length": "week", "day": due.isoformat(), **given_}).content.decode()
        assert week.count('<li id="assignment-') == count_
    assert chief.get(path, {"length": "year", "day": "0001-01-01", "page": "x"}).status_code == 200
