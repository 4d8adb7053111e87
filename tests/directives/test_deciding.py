import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.directives.thread import Thread
from tests.ground import Organisation
from thammuu.directives import actions, policies
from thammuu.directives.models import Assignment, Decision
from thammuu.journal import feed, links
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission, SubmissionConflict
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Scope
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.policies import can_view

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_a_decision_says_what_why_and_by_which_post(thread: Thread) -> None:
    organisation = thread.organisation
    row = Decision.objects.get(id=thread.decision)
    assert (row.title, row.reason, row.post_id) == ("Phân luồng từ xa", "Ùn tắc kéo dài", organisation.chief.post)
    [entry] = feed.of_subjects([row.id])
    assert entry.kind == "directives.decision_taken"
    assert entry.say("en") == "Decision taken: Phân luồng từ xa"
    assert set(entry.units) == {organisation.ministry, organisation.hanoi}


def test_an_assignment_keeps_its_original_deadline_at_the_end_of_the_working_day(thread: Thread) -> None:
    row = thread.row()
    # Given on Friday 20 November 2026 at 21:05 in Hà Nội: one working day ends on Monday.
    assert row.deadline == row.original_deadline
    assert row.deadline == datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (row.state, row.percent, row.extensions, row.term_days) == ("issued", 0, 0, 1)


def test_the_thread_can_be_walked_both_ways(thread: Thread) -> None:
    following = actions.take_decision(
        actor=thread.organisation.chief,
        now=thread.now,
        unit=thread.organisation.ministry,
        title="Bổ sung lực lượng",
        reason="Chưa đủ",
        arises_from=(Subject.DECISION, thread.decision),
    )
    ends = {(edge.source[1], edge.target[1]) for edge in links.reach(thread.assignment, [Relation.ARISES_FROM])}
    assert ends == {(thread.assignment, thread.decision), (following, thread.decision)}


def test_two_units_each_receive_their_own_and_see_only_that(thread: Thread) -> None:
    organisation = thread.organisation
    [added] = actions.issue_assignments(
        actor=organisation.chief,
        now=thread.now,
        decision=thread.decision,
        orders=[thread.order(lead_unit=organisation.hue)],
    )
    own = Assignment.objects.get(id=added)
    assert own.units == [organisation.ministry, organisation.hue]
    assert own.supporting_units == []
    assert can_view(organisation.hue_officer, own)
    assert can_view(organisation.hue_officer, Decision.objects.get(id=thread.decision))
    assert not can_view(organisation.hue_officer, thread.row())
    seen = [entry for entry in feed.of_subjects([thread.assignment]) if organisation.hue in entry.units]
    assert seen == []
    kinds = [entry.kind for entry in feed.of_subjects([thread.decision])]
    assert kinds == ["directives.decision_taken", "directives.decision_shared"]


def test_a_lead_unit_that_would_support_itself_is_told(thread: Thread) -> None:
    organisation = thread.organisation
    with pytest.raises(BadInput) as fault:
        actions.issue_assignments(
            actor=organisation.chief,
            now=thread.now,
            decision=thread.decision,
            orders=[thread.order(supporting_units=(organisation.hue, organisation.hanoi))],
        )
    assert fault.value.field == "supporting_units"
    assert "Hà Nội" in fault.value.reason
    assert Assignment.objects.filter(decision=thread.decision).count() == 1


def test_supporting_units_see_the_assignment_and_are_linked(thread: Thread) -> None:
    organisation = thread.organisation
    [added] = actions.issue_assignments(
        actor=organisation.chief,
        now=thread.now,
        decision=thread.decision,
        orders=[thread.order(supporting_units=(organisation.hue,))],
    )
    assert can_view(organisation.hue_officer, Assignment.objects.get(id=added))
    told = {(edge.relation, edge.target[1]) for edge in links.around([added])}
    assert told == {
        (Relation.ARISES_FROM, thread.decision),
        (Relation.ASSIGNED_TO, organisation.hanoi),
        (Relation.SUPPORTED_BY, organisation.hue),
    }


def test_watching_units_see_the_assignment_and_its_decision_and_do_nothing(thread: Thread) -> None:
    organisation, own = thread.organisation, thread.organisation.hanoi_officer.post
    order = thread.order(watching_units=(organisation.hue, organisation.hanoi), lead_post=own)
    given = {"actor": organisation.chief, "now": thread.now, "decision": thread.decision}
    [added] = actions.issue_assignments(orders=[order], **given)
    row = Assignment.objects.get(id=added)
    assert (row.watching_units, row.lead_post_id) == ([organisation.hue], own)
    assert can_view(organisation.hue_officer, row) and can_view(organisation.hue_officer, row.decision)
    assert not policies.may_execute(organisation.hue_officer, row)
    told = {(edge.relation, edge.target[1]) for edge in links.around([added])}
    assert (Relation.WATCHED_BY, organisation.hue) in told
    with pytest.raises(Refused):
        actions.acknowledge_assignment(actor=organisation.hue_officer, now=thread.now, assignment=added)
    with pytest.raises(BadInput) as fault:
        actions.issue_assignments(orders=[thread.order(lead_post=organisation.hue_officer.post)], **given)
    assert fault.value.field == "lead_post"


def test_the_lead_unit_names_which_of_its_posts_answers(thread: Thread) -> None:
    organisation = thread.organisation
    given = {"now": thread.now, "assignment": thread.assignment}
    own = organisation.hanoi_officer.post
    actions.name_post(actor=organisation.hanoi_officer, post=own, **given)
    assert Assignment.objects.get(id=thread.assignment).lead_post_id == own
    with pytest.raises(BadInput):
        actions.name_post(actor=organisation.hanoi_officer, post=organisation.chief.post, **given)
    with pytest.raises(Refused):
        actions.name_post(actor=organisation.chief, post=own, **given)
    actions.name_post(actor=organisation.hanoi_officer, post=None, **given)
    assert Assignment.objects.get(id=thread.assignment).lead_post_id is None


def test_a_decision_sent_twice_is_taken_once(organisation: Organisation, now: datetime, thread: Thread) -> None:
    sending = Submission(new_id(), b"1" * 32)
    values = {"now": now, "unit": organisation.ministry, "reason": "r", "orders": [thread.order()]}
    before = Entry.objects.count()
    first = actions.take_decision(actor=organisation.chief, title="t", submission=sending, **values)
    after = Entry.objects.count()
    assert actions.take_decision(actor=organisation.chief, title="t", submission=sending, **values) == first
    assert (after - before, Entry.objects.count()) == (2, after)
    with pytest.raises(SubmissionConflict):
        other = Submission(sending.id, b"2" * 32)
        actions.take_decision(actor=organisation.chief, title="another", submission=other, **values)
    assert Decision.objects.filter(title="another").count() == 0


def test_assignments_sent_twice_are_issued_once(thread: Thread) -> None:
    sending = Submission(new_id(), b"1" * 32)
    values = {"actor": thread.organisation.chief, "now": thread.now, "decision": thread.decision}
    first = actions.issue_assignments(orders=[thread.order()], submission=sending, **values)
    assert actions.issue_assignments(orders=[thread.order()], submission=sending, **values) == first
    assert Assignment.objects.filter(decision=thread.decision).count() == 2


@pytest.mark.parametrize("name", ["duty", "hanoi_officer", "viewer"])
def test_who_may_not_decide_is_told_so(organisation: Organisation, now: datetime, name: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.take_decision(
            actor=getattr(organisation, name), now=now, unit=organisation.ministry, title="t", reason="r"
        )
    assert refused.value.reason


def test_assigning_needs_authority_over_the_unit(thread: Thread) -> None:
    organisation = thread.organisation
    values = {"now": thread.now, "decision": thread.decision}
    with pytest.raises(Refused):
        actions.issue_assignments(actor=organisation.hanoi_officer, orders=[thread.order()], **values)
    with pytest.raises(Missing):
        actions.issue_assignments(actor=organisation.hue_officer, orders=[thread.order()], **values)


def test_only_units_below_ones_own_take_orders(thread: Thread) -> None:
    organisation = thread.organisation
    within = {organisation.ministry, organisation.hanoi}
    narrow = dataclasses.replace(
        organisation.chief, permits={**organisation.chief.permits, "assign": Scope(frozenset(within))}
    )
    for order in (
        thread.order(lead_unit=organisation.hue),
        thread.order(supporting_units=(organisation.hue,)),
    ):
        with pytest.raises(Refused) as refused:
            actions.issue_assignments(actor=narrow, now=thread.now, decision=thread.decision, orders=[order])
        assert "Huế" in refused.value.reason


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "task"),
        ({"product": ""}, "product"),
        ({"title": "Ðưa lực lượng"}, "task"),
        ({"term_days": None}, "term_days"),
        ({"term_days": -1}, "term_days"),
        ({"term_days": 100_000}, "term_days"),
        ({"term_days": 1, "deadline": "tomorrow"}, "term_days"),
        ({"term_days": None, "deadline": "now"}, "deadline"),
    ],
)
def test_a_wrong_order_names_the_field_and_issues_nothing(
    thread: Thread, values: dict[str, object], field: str
) -> None:
    instants = {"now": thread.now, "tomorrow": thread.now + timedelta(days=1)}
    if isinstance(values.get("deadline"), str):
        values = {**values, "deadline": instants[str(values["deadline"])]}
    with pytest.raises(BadInput) as refused:
        actions.issue_assignments(
            actor=thread.organisation.chief,
            now=thread.now,
            decision=thread.decision,
            orders=[thread.order(lead_unit=thread.organisation.hue), thread.order(**values)],
        )
    assert refused.value.field == field
    assert Assignment.objects.count() == 1
    assert len(Decision.objects.get(id=thread.decision).units) == 2


def test_an_origin_that_one_may_not_see_does_not_exist(thread: Thread) -> None:
    for origin in [(Subject.DECISION, new_id()), (Subject.UNIT, thread.organisation.hanoi)]:
        with pytest.raises(BadInput) as refused:
            actions.take_decision(
                actor=thread.organisation.chief,
                now=thread.now,
                unit=thread.organisation.ministry,
                title="t",
                reason="r",
                arises_from=origin,
            )
        assert refused.value.field == "arises_from"


def test_a_decision_is_not_taken_in_the_future(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(BadInput):
        actions.take_decision(
            actor=organisation.chief,
            now=now,
            unit=organisation.ministry,
            title="t",
            reason="r",
            decided_at=now + timedelta(minutes=1),
        )
