"""Policies of urging and what they send: rows, facts, denials, conflicts, and that nothing is sent twice."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.directives.thread import Thread
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.rules import Urgency
from thammuu.directives.urging import actions, queries
from thammuu.directives.urging.governing import governed
from thammuu.directives.urging.models import Urging, UrgingPolicy
from thammuu.directives.urging.rules import USUAL, Audience, Calendar, Ladder, Origin, Rung
from thammuu.directives.urging.working import Rounds
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import add_working_days
from thammuu.kernel.clock import ORGANISATION_ZONE, in_zone, start_of
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import directory
from thammuu.org.authority import SYSTEM, actor_of
from thammuu.org.models import Holding
from thammuu.org.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def policy(thread: Thread) -> UUID:
    """The ministry's, switched on."""
    chief = thread.organisation.chief
    id = actions.draw_up_policy(actor=chief, now=thread.now, unit=thread.organisation.ministry)
    actions.switch_policy(actor=chief, now=thread.now, policy=id, on=True, reason="Thay cho gọi điện")
    return id


def morning(thread: Thread, days: int, hour: int = 8) -> datetime:
    """A working day, counted from the assignment's deadline."""
    day = add_working_days(in_zone(thread.row().deadline).date(), days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=ORGANISATION_ZONE)


def colleague_at(unit: UUID, now: datetime) -> Actor:
    """Another officer of the unit."""
    began = in_zone(now).date()
    post = org.create_post(actor=SYSTEM, now=now, unit=unit, title="Cán bộ trực")
    name = {"sign_in_name": "dong.nghiep", "password": "dong.nghiep", "unit": unit, "language": "en"}
    account = org.create_account(actor=SYSTEM, now=now, **name)
    org.take_post(actor=SYSTEM, now=now, account=account, post=post, starts_on=began)
    org.grant_role(
        actor=SYSTEM, now=now, post=post, role=Role.UNIT_OFFICER, unit=unit, starts_at=start_of(began), reason="Thử"
    )
    found = actor_of(account)
    assert found is not None
    return found


def sent() -> list[tuple[str, int, UUID, bool]]:
    return [(row.rung, row.round, row.unit_id, row.heads) for row in Urging.objects.order_by("urged_at", "id")]


def test_the_ladder_climbs_and_each_urging_is_a_fact(thread: Thread, policy: UUID) -> None:
    organisation, rounds = thread.organisation, Rounds()
    assert rounds.go(thread.row().deadline - timedelta(minutes=1)) == 1
    assert [rounds.go(morning(thread, days)) for days in (1, 3, 7)] == [1, 2, 2]
    lead, ministry = organisation.hanoi, organisation.ministry
    assert sent() == [
        ("deadline+0:lead", 0, lead, False),
        ("deadline+1:lead_head", 0, lead, True),
        ("deadline+0:lead", 1, lead, False),
        ("deadline+3:issuer_head", 0, ministry, True),
        ("deadline+0:lead", 2, lead, False),
        ("deadline+7:above", 0, ministry, True),
    ]
    first = Urging.objects.earliest("id")
    (told,) = feed.of_subjects([first.id])
    assert told.kind == "directives.urging_sent" and told.body is not None
    assert told.body["links"] == [
        ["concerns", "assignment", str(thread.assignment)],
        ["assigned_to", "unit", str(organisation.hanoi)],
    ]
    assert told.say("en").startswith("Urged: Hà Nội · On the day of the deadline (")
    assert (first.policy_id, first.version, first.counted_from) == (policy, 1, thread.row().deadline)


def test_the_post_that_answers_is_urged_alone_while_somebody_holds_it(thread: Thread, policy: UUID) -> None:
    organisation, post = thread.organisation, thread.organisation.hanoi_officer.post
    assert post is not None
    to_post = Ladder(tuple(Rung(Origin.DEADLINE, days, Audience.LEAD_POST) for days in (0, 1, 2)))
    actions.change_ladder(
        actor=organisation.chief, now=thread.now, policy=policy, version=1, ladder=to_post, submission=None
    )
    colleague = colleague_at(organisation.hanoi, thread.now)
    directives.name_post(actor=organisation.hanoi_officer, now=thread.now, assignment=thread.assignment, post=post)
    now = morning(thread, 0)
    assert Rounds().go(now) == 1
    [row] = Urging.objects.all()
    assert (row.unit_id, row.told_post_id, row.heads) == (organisation.hanoi, post, False)
    [told] = feed.of_subjects([row.id])
    assert told.say("en").startswith(f"Urged: {directory.current().post_label(post)}, Hà Nội · On the day")
    assert [one.ids for one in queries.urged(organisation.hanoi_officer, now)] == [(row.id,)]
    assert queries.urged(colleague, now) == []
    with pytest.raises(Refused):
        actions.see_urgings(actor=colleague, now=now, urgings=[row.id])
    actions.see_urgings(actor=organisation.hanoi_officer, now=now, urgings=[row.id])
    holding = Holding.objects.get(post=post)
    org.leave_post(actor=SYSTEM, now=now, holding=holding.id, ends_on=in_zone(now).date())
    assert Rounds().go(morning(thread, 1)) == 1
    last = Urging.objects.latest("id")
    assert last.told_post_id is None and [one.ids for one in queries.urged(colleague, now)] == [(last.id,)]


def test_whether_the_posts_that_answer_are_held_is_asked_once_for_all(thread: Thread, policy: UUID) -> None:
    officer, ladder = thread.organisation.hanoi_officer, Ladder((Rung(Origin.DEADLINE, 0, Audience.LEAD_POST),))
    actions.change_ladder(
        actor=thread.organisation.chief, now=thread.now, policy=policy, version=1, ladder=ladder, submission=None
    )
    asked = []
    for count in (1, 3):
        ids = directives.issue_assignments(
            actor=thread.organisation.chief, now=thread.now, decision=thread.decision, orders=[thread.order()] * count
        )
        for id in ids:
            directives.name_post(actor=officer, now=thread.now, assignment=id, post=officer.post)
        sends = {"now": morning(thread, 0), "policy": policy, "assignments": ids, "calendar": Calendar()}
        with CaptureQueriesContext(connection) as found:
            assert actions.urge(actor=SYSTEM, **sends) == count
        asked.append(len([one for one in found if "org_holding" in one["sql"].lower()]))
    assert asked == [1, 1]


def test_without_a_post_that_answers_the_whole_lead_unit_is_urged(thread: Thread, policy: UUID) -> None:
    ladder = Ladder((Rung(Origin.DEADLINE, 0, Audience.LEAD_POST),))
    actions.change_ladder(
        actor=thread.organisation.chief, now=thread.now, policy=policy, version=1, ladder=ladder, submission=None
    )
    assert Rounds().go(morning(thread, 0)) == 1
    assert sent() == [("deadline+0:lead_post", 0, thread.organisation.hanoi, False)]
    assert Urging.objects.get().told_post_id is None


def test_whoever_goes_round_again_or_anew_sends_nothing_twice(thread: Thread, policy: UUID) -> None:
    now = morning(thread, 1)
    assert Rounds().go(now) == 2
    assert Rounds().go(now) == 0
    again = {"now": now, "policy": policy, "assignments": [thread.assignment], "calendar": Calendar()}
    assert actions.urge(actor=SYSTEM, **again) == 0
    actions.change_ladder(
        actor=thread.organisation.chief, now=now, policy=policy, version=1, ladder=USUAL, submission=None
    )
    assert Rounds().go(now) == 0, "a new version does not send anew"


def test_a_report_evidence_and_an_extension_stop_it(thread: Thread, policy: UUID) -> None:
    chief, officer = thread.organisation.chief, thread.organisation.hanoi_officer
    thread.acknowledge()
    now = morning(thread, 1)
    directives.report_progress(
        actor=officer, now=now - timedelta(minutes=5), assignment=thread.assignment, percent=5, note="Đang làm"
    )
    assert Rounds().go(now) == 0
    later = morning(thread, 5, 17)
    directives.extend_deadline(actor=chief, now=now, assignment=thread.assignment, deadline=later, reason="Mưa")
    assert Rounds().go(morning(thread, 0)) == 1 and sent()[0][0] == "deadline+0:lead"
    assert Urging.objects.get().counted_from == later
    thread.hand_in(morning(thread, 0, 9))
    assert Rounds().go(morning(thread, 3)) == 0


def test_nobody_is_urged_at_night_on_days_of_rest_or_by_a_policy_that_is_off(thread: Thread, policy: UUID) -> None:
    rounds, friday = Rounds(), morning(thread, 1)
    while friday.weekday() != 4:
        friday += timedelta(days=1)
    for now in (friday.replace(hour=6, minute=59), friday.replace(hour=18), friday + timedelta(days=1)):
        assert rounds.go(now) == 0
    chief = thread.organisation.chief
    actions.switch_policy(actor=chief, now=friday, policy=policy, on=False, reason="Nghỉ lễ")
    assert rounds.go(friday) == 0
    assert actions.urge(
        actor=SYSTEM, now=friday, policy=policy, assignments=[thread.assignment], calendar=Calendar()
    ) == 0  # fmt: skip
    actions.switch_policy(actor=chief, now=friday, policy=policy, on=True, reason="Hết lễ")
    assert rounds.go(friday) == 3


def test_an_urgent_assignment_is_timed_in_minutes_until_it_is_acknowledged(thread: Thread, policy: UUID) -> None:
    organisation, rounds = thread.organisation, Rounds()
    urgent = thread.order(urgency=Urgency.IMMEDIATE, term_days=20)
    [id] = directives.issue_assignments(
        actor=organisation.chief, now=thread.now, decision=thread.decision, orders=[urgent]
    )
    assert [rounds.go(thread.later(minutes=minutes)) for minutes in (29, 30, 31, 60)] == [0, 1, 0, 2]
    directives.acknowledge_assignment(actor=organisation.hanoi_officer, now=thread.later(minutes=61), assignment=id)
    assert rounds.go(thread.later(minutes=200)) == 0
    assert {row.assignment_id for row in Urging.objects.all()} == {id}


def test_a_round_takes_the_same_statements_for_many_assignments(thread: Thread, policy: UUID) -> None:
    def statements(now: datetime) -> int:
        with CaptureQueriesContext(connection) as taken:
            Rounds().go(now)
        return len(taken)

    few = statements(morning(thread, 1))
    orders = [thread.order(title=f"Việc {number}") for number in range(10)]
    directives.issue_assignments(
        actor=thread.organisation.chief, now=thread.now, decision=thread.decision, orders=orders
    )
    assert statements(morning(thread, 3)) <= few + 4
    assert Urging.objects.count() > 20


def test_the_unit_that_was_urged_says_that_it_has_seen_it(thread: Thread, policy: UUID) -> None:
    organisation, now = thread.organisation, morning(thread, 1)
    Rounds().go(now)
    ids = list(Urging.objects.values_list("id", flat=True))
    sending = Submission(new_id(), b"1" * 32)
    for actor, fault in [
        (organisation.hue_officer, Missing),
        (organisation.commune_officer, Missing),
        (organisation.chief, Refused),
    ]:
        with pytest.raises(fault):
            actions.see_urgings(actor=actor, now=now, urgings=ids)
    with pytest.raises(BadInput):
        actions.see_urgings(actor=organisation.hanoi_officer, now=now, urgings=[])
    for minutes in range(2):
        at = now + timedelta(minutes=minutes)
        actions.see_urgings(actor=organisation.hanoi_officer, now=at, urgings=ids, submission=sending)
    post = organisation.hanoi_officer.post
    assert set(Urging.objects.values_list("seen_at", "seen_by")) == {(now, post)}
    assert [entry.kind for entry in feed.of_subjects([ids[0]])] == [
        "directives.urging_sent",
        "directives.urging_seen",
    ]


def test_what_went_to_the_head_is_not_for_the_other_posts(thread: Thread, policy: UUID) -> None:
    organisation, now = thread.organisation, morning(thread, 3)
    Rounds().go(now)
    to_head = Urging.objects.get(rung="deadline+3:issuer_head")
    with pytest.raises(Refused):
        actions.see_urgings(actor=organisation.staff, now=now, urgings=[to_head.id])
    actions.see_urgings(actor=organisation.chief, now=now, urgings=[to_head.id])


def test_who_decides_for_the_unit_sets_its_policy(thread: Thread) -> None:
    organisation, now = thread.organisation, thread.now
    for actor in (organisation.hanoi_officer, organisation.viewer, organisation.duty):
        with pytest.raises(Refused):
            actions.draw_up_policy(actor=actor, now=now, unit=organisation.ministry)
    sending = Submission(new_id(), b"2" * 32)
    ids = {
        actions.draw_up_policy(actor=organisation.staff, now=now, unit=organisation.ministry, submission=sending)
        for _ in range(2)
    }
    (id,) = ids
    with pytest.raises(Conflict):
        actions.draw_up_policy(actor=organisation.staff, now=now, unit=organisation.ministry)
    change = {"now": now, "policy": id, "version": 1, "ladder": Ladder((Rung(Origin.DEADLINE, 2, Audience.ISSUER),))}
    switch = {"now": now, "policy": id, "on": True, "reason": "Thử"}
    for actor, fault in [(organisation.hanoi_officer, Missing), (organisation.viewer, Refused)]:
        with pytest.raises(fault):
            actions.change_ladder(actor=actor, **change)
        with pytest.raises(fault):
            actions.switch_policy(actor=actor, **switch)
    actions.change_ladder(actor=organisation.chief, **change)
    row = UrgingPolicy.objects.get()
    assert (row.version, row.is_on, row.post_id) == (2, False, organisation.chief.post)
    assert row.ladder["rungs"] == [
        {"origin": "deadline", "offset": 2, "to": "issuer", "channels": [], "again": 0, "any_hour": False}
    ]
    with pytest.raises(Conflict):
        actions.change_ladder(actor=organisation.chief, **change)
    with pytest.raises(BadInput):
        actions.change_ladder(actor=organisation.chief, **{**change, "version": 2, "ladder": Ladder(())})
    with pytest.raises(BadInput):
        actions.switch_policy(actor=organisation.chief, **{**switch, "reason": " "})
    again = {**switch, "submission": Submission(new_id(), b"3" * 32)}
    for _ in range(2):
        assert actions.switch_policy(actor=organisation.chief, **again) == id
    with pytest.raises(Conflict):
        actions.switch_policy(actor=organisation.chief, **switch)
    assert [entry.kind for entry in feed.of_subjects([id])] == [
        "directives.urging_policy_drawn_up",
        "directives.urging_ladder_changed",
        "directives.urging_policy_switched_on",
    ]


def test_a_policy_urges_its_own_units_assignments_only(thread: Thread, policy: UUID) -> None:
    other = actions.draw_up_policy(
        actor=thread.organisation.chief, now=thread.now, unit=thread.organisation.hanoi
    )  # fmt: skip
    actions.switch_policy(actor=thread.organisation.chief, now=thread.now, policy=other, on=True, reason="Thử")
    now = morning(thread, 1)
    assert actions.urge(
        actor=SYSTEM, now=now, policy=other, assignments=[thread.assignment], calendar=Calendar()
    ) == 0  # fmt: skip


def test_what_is_handed_down_is_urged_by_the_nearest_policy_that_is_on(thread: Thread, policy: UUID) -> None:
    organisation = thread.organisation
    officer, deadline = organisation.hanoi_officer, thread.row().deadline
    directives.hand_on_assignment(
        actor=officer, now=thread.now, assignment=thread.assignment, unit=organisation.commune, title="Chốt chặn",
        product="Ảnh", deadline=deadline - timedelta(hours=2),
    )  # fmt: skip
    below = Assignment.objects.get(parent=thread.assignment)
    directives.hand_in_evidence(actor=officer, now=thread.now, assignment=thread.assignment, text="Xong")
    assert Rounds().go(morning(thread, 0)) == 1
    [row] = Urging.objects.all()
    assert (row.assignment_id, row.policy_id, row.unit_id) == (below.id, policy, organisation.commune)
    own = actions.draw_up_policy(actor=SYSTEM, now=thread.now, unit=organisation.hanoi)
    assert Rounds().go(morning(thread, 1)) == 1, "one that is not on chooses nothing"
    actions.switch_policy(actor=SYSTEM, now=thread.now, policy=own, on=True, reason="Tự đôn đốc")
    on = {organisation.ministry, organisation.hanoi}
    assert governed([(below.id, below.unit_id, below.above)], on) == {below.id: organisation.hanoi}
    assert Rounds().go(morning(thread, 3)) == 2
    assert set(Urging.objects.filter(rung="deadline+3:issuer_head").values_list("policy_id", "unit_id")) == {
        (own, organisation.hanoi)
    }
    actions.switch_policy(actor=SYSTEM, now=thread.now, policy=own, on=False, reason="Thôi")
    assert Rounds().go(morning(thread, 7)) == 2
    last = Urging.objects.get(rung="deadline+7:above")
    assert (last.policy_id, last.unit_id) == (policy, organisation.ministry)
