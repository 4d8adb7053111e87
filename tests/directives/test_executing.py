from datetime import datetime, timedelta

import pytest

from tests.directives.thread import Thread
from tests.paper.files import photo, upload
from thammuu.directives import actions
from thammuu.directives.models import AssignmentChange, Evidence, Progress
from thammuu.directives.rules import State, Timing, timing
from thammuu.journal import feed, links
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def _timing(thread: Thread, now: datetime) -> Timing | None:
    row = thread.row()
    return timing(State(row.state), row.deadline, row.handed_in_at, now)


def test_the_whole_way_to_verified_and_closed(thread: Thread) -> None:
    organisation = thread.organisation
    thread.acknowledge()
    actions.report_progress(
        actor=organisation.hanoi_officer,
        now=thread.now,
        assignment=thread.assignment,
        percent=60,
        note="Đã có mặt",
        obstacle="Mưa to",
    )
    thread.hand_in()
    thread.verify()
    actions.close_assignment(actor=organisation.chief, now=thread.now, assignment=thread.assignment)
    assert thread.row().state == "closed"
    assert [entry.kind.partition(".")[2] for entry in feed.of_subjects([thread.assignment])] == [
        "assignment_issued",
        "assignment_acknowledged",
        "assignment_advanced",
        "assignment_submitted",
        "assignment_verified",
        "assignment_closed",
    ]
    changes = AssignmentChange.objects.filter(assignment=thread.assignment).order_by("id")
    assert [(change.act, change.state_after, change.post_id) for change in changes] == [
        ("acknowledge", "acknowledged", organisation.hanoi_officer.post),
        ("report", "in_progress", organisation.hanoi_officer.post),
        ("hand_in", "submitted", organisation.hanoi_officer.post),
        ("verify", "verified", organisation.chief.post),
        ("close", "closed", organisation.chief.post),
    ]
    report = Progress.objects.get(assignment=thread.assignment)
    assert (report.percent, report.obstacle, report.unit_id) == (60, "Mưa to", organisation.hanoi)


def test_evidence_carries_its_photos_and_is_linked_both_ways(thread: Thread) -> None:
    thread.acknowledge()
    id = actions.hand_in_evidence(
        actor=thread.organisation.hanoi_officer,
        now=thread.now,
        assignment=thread.assignment,
        text="Ảnh hiện trường",
        files=[take_in(upload(photo(), "a.jpg")), take_in(upload(b"bien ban", "b.txt"))],
    )
    evidence = Evidence.objects.get(id=id)
    attached = [Attachment.objects.get(id=file) for file in evidence.attachments]
    assert [file.name for file in attached] == ["a.jpg", "b.txt"]
    assert all(file.units == thread.row().units for file in attached)
    told = {(edge.relation, edge.source[1], edge.target[1]) for edge in links.around([id])}
    assert told == {
        (Relation.EVIDENCE_FOR, id, thread.assignment),
        *((Relation.ATTACHED_TO, file.id, id) for file in attached),
    }


def test_evidence_sent_twice_from_a_phone_is_stored_once(thread: Thread) -> None:
    thread.acknowledge()
    sending = Submission(new_id(), b"1" * 32)
    answers = {
        actions.hand_in_evidence(
            actor=thread.organisation.hanoi_officer,
            now=thread.later(minutes=minute),
            assignment=thread.assignment,
            text="Xong",
            files=[take_in(upload(photo(), "a.jpg"))],
            submission=sending,
        )
        for minute in range(3)
    }
    assert answers == {Evidence.objects.get(assignment=thread.assignment).id}
    assert Attachment.objects.count() == 1


def test_evidence_in_time_stays_in_time_however_late_it_is_examined(thread: Thread) -> None:
    thread.acknowledge()
    deadline = thread.row().deadline
    thread.hand_in(deadline)
    late = deadline + timedelta(days=5)
    assert _timing(thread, late) == Timing.OPEN_WITHIN_TIME
    thread.verify(late)
    assert _timing(thread, late) == Timing.DONE_ON_TIME


def test_returned_evidence_starts_the_clock_again(thread: Thread) -> None:
    organisation = thread.organisation
    thread.acknowledge()
    first = thread.hand_in()
    actions.return_evidence(actor=organisation.chief, now=thread.now, evidence=first, reason="Thiếu ảnh")
    late = thread.row().deadline + timedelta(hours=1)
    assert (thread.row().state, _timing(thread, late)) == ("returned", Timing.OPEN_OVERDUE)
    second = thread.hand_in(late)
    thread.verify(late)
    assert _timing(thread, late) == Timing.DONE_LATE
    states = dict(Evidence.objects.values_list("id", "state"))
    assert states == {first: "returned", second: "verified"}
    assert Evidence.objects.get(id=first).reason == "Thiếu ảnh"


def test_of_two_officers_who_verify_at_once_the_second_is_told_who_was_first(thread: Thread) -> None:
    organisation = thread.organisation
    thread.acknowledge()
    evidence = thread.hand_in()
    actions.verify_evidence(actor=organisation.chief, now=thread.now, evidence=evidence)
    for judge in (
        lambda: actions.verify_evidence(actor=organisation.staff, now=thread.now, evidence=evidence),
        lambda: actions.return_evidence(actor=organisation.staff, now=thread.now, evidence=evidence, reason="Mờ"),
    ):
        with pytest.raises(Conflict) as moved_on:
            judge()
        assert "Chánh Văn phòng" in str(moved_on.value)
    assert Evidence.objects.get(id=evidence).judged_by_id == organisation.chief.post


def test_evidence_that_no_longer_waits_is_not_judged_for_the_newest(thread: Thread) -> None:
    organisation = thread.organisation
    thread.acknowledge()
    first = thread.hand_in()
    actions.return_evidence(actor=organisation.chief, now=thread.now, evidence=first, reason="Thiếu ảnh")
    thread.hand_in()
    with pytest.raises(Conflict):
        actions.verify_evidence(actor=organisation.staff, now=thread.now, evidence=first)
    assert thread.row().state == "submitted"


def test_evidence_waits_alone_and_only_verified_work_is_closed(thread: Thread) -> None:
    organisation = thread.organisation
    with pytest.raises(Conflict):
        thread.hand_in()
    thread.acknowledge()
    with pytest.raises(Conflict):
        actions.close_assignment(actor=organisation.chief, now=thread.now, assignment=thread.assignment)
    thread.hand_in()
    with pytest.raises(Conflict):
        thread.hand_in()


def test_an_extension_keeps_the_original_deadline_and_is_counted(thread: Thread) -> None:
    original = thread.row().deadline
    later = original + timedelta(days=2)
    actions.extend_deadline(
        actor=thread.organisation.chief,
        now=thread.now,
        assignment=thread.assignment,
        deadline=later,
        reason="Bão",
    )
    row = thread.row()
    assert (row.deadline, row.original_deadline, row.extensions, row.state) == (later, original, 1, "issued")
    change = AssignmentChange.objects.get(assignment=row.id)
    assert (change.deadline_before, change.deadline_after, change.reason) == (original, later, "Bão")
    with pytest.raises(BadInput):
        actions.extend_deadline(
            actor=thread.organisation.chief,
            now=thread.now,
            assignment=thread.assignment,
            deadline=original,
            reason="Sớm hơn",
        )


def test_a_withdrawn_assignment_has_no_timing_and_takes_nothing_more(thread: Thread) -> None:
    actions.withdraw_assignment(
        actor=thread.organisation.chief, now=thread.now, assignment=thread.assignment, reason="Hết cần"
    )
    assert _timing(thread, thread.later(days=30)) is None
    with pytest.raises(Conflict):
        thread.acknowledge()


def test_each_step_belongs_to_its_unit(thread: Thread) -> None:
    organisation = thread.organisation
    values = {"now": thread.now, "assignment": thread.assignment}
    for actor, fault in [
        (organisation.hue_officer, Missing),
        (organisation.commune_officer, Missing),
        (organisation.chief, Refused),
        (organisation.viewer, Refused),
    ]:
        with pytest.raises(fault):
            actions.acknowledge_assignment(actor=actor, **values)
        with pytest.raises(fault):
            actions.report_progress(actor=actor, percent=1, note="x", **values)
        with pytest.raises(fault):
            actions.hand_in_evidence(actor=actor, text="x", **values)
    thread.acknowledge()
    evidence = thread.hand_in()
    for actor, fault in [(organisation.hue_officer, Missing), (organisation.hanoi_officer, Refused)]:
        with pytest.raises(fault):
            actions.verify_evidence(actor=actor, now=thread.now, evidence=evidence)
        with pytest.raises(fault):
            actions.return_evidence(actor=actor, now=thread.now, evidence=evidence, reason="x")
        with pytest.raises(fault):
            actions.close_assignment(actor=actor, **values)
        with pytest.raises(fault):
            actions.withdraw_assignment(actor=actor, reason="x", **values)


def test_a_supporting_unit_reports_but_does_not_acknowledge(thread: Thread) -> None:
    organisation = thread.organisation
    [assignment] = actions.issue_assignments(
        actor=organisation.chief,
        now=thread.now,
        decision=thread.decision,
        orders=[thread.order(supporting_units=(organisation.hue,))],
    )
    with pytest.raises(Refused):
        actions.acknowledge_assignment(actor=organisation.hue_officer, now=thread.now, assignment=assignment)
    actions.acknowledge_assignment(actor=organisation.hanoi_officer, now=thread.now, assignment=assignment)
    actions.report_progress(
        actor=organisation.hue_officer, now=thread.now, assignment=assignment, percent=10, note="Đang đến"
    )
    assert Progress.objects.get(assignment=assignment).unit_id == organisation.hue


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_a_percentage(thread: Thread, percent: int) -> None:
    thread.acknowledge()
    with pytest.raises(BadInput):
        actions.report_progress(
            actor=thread.organisation.hanoi_officer,
            now=thread.now,
            assignment=thread.assignment,
            percent=percent,
            note="x",
        )


def test_words_and_reasons_are_asked_for(thread: Thread) -> None:
    thread.acknowledge()
    officer, chief = thread.organisation.hanoi_officer, thread.organisation.chief
    for act in (
        lambda: actions.report_progress(
            actor=officer, now=thread.now, assignment=thread.assignment, percent=1, note=" "
        ),
        lambda: actions.hand_in_evidence(actor=officer, now=thread.now, assignment=thread.assignment, text=""),
        lambda: actions.withdraw_assignment(actor=chief, now=thread.now, assignment=thread.assignment, reason=" "),
    ):
        with pytest.raises(BadInput):
            act()
    assert thread.row().state == "acknowledged"
