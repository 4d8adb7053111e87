"""What units say to each other while an assignment is carried out: guidance, time, refusal, handing on, reopening."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.directives.thread import Thread
from thammuu.directives import actions, queries
from thammuu.directives.models import Assignment, AssignmentChange, Decision, Evidence, ExtensionRequest, Guidance
from thammuu.directives.timeline import moments_of
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def _waits(thread: Thread, name: str) -> list[str]:
    return [each.wait for each in queries.waiting_for(getattr(thread.organisation, name), thread.now)]


def _kinds(*subjects: UUID) -> list[str]:
    return [entry.kind.partition(".")[2] for entry in feed.of_subjects(subjects)]


def test_a_question_waits_for_the_issuing_unit_until_it_is_answered_once(thread: Thread) -> None:
    organisation = thread.organisation
    sending = Submission(new_id(), b"1" * 32)
    answers = {
        actions.ask_guidance(
            actor=organisation.hanoi_officer,
            now=thread.now,
            assignment=thread.assignment,
            question="Chặn cả xe buýt không?",
            submission=sending,
        )
        for _again in range(2)
    }
    [asked] = answers
    row = Guidance.objects.get()
    assert (row.id, row.unit_id, row.answered_at, row.units) == (asked, organisation.hanoi, None, thread.row().units)
    assert (_waits(thread, "chief"), _waits(thread, "hanoi_officer")) == (["guide"], ["acknowledge"])
    for actor, fault in [(organisation.hanoi_officer, Refused), (organisation.hue_officer, Missing)]:
        with pytest.raises(fault):
            actions.give_guidance(actor=actor, now=thread.now, guidance=asked, answer="Có")
    actions.give_guidance(actor=organisation.chief, now=thread.now, guidance=asked, answer="Không chặn xe buýt")
    with pytest.raises(Conflict) as first:
        actions.give_guidance(actor=organisation.staff, now=thread.now, guidance=asked, answer="Chặn")
    assert "Chánh Văn phòng" in str(first.value)
    row.refresh_from_db()
    assert (row.answer, row.answered_by_id) == ("Không chặn xe buýt", organisation.chief.post)
    assert _waits(thread, "chief") == []
    assert _kinds(asked) == ["guidance_asked", "guidance_given"]
    assert thread.row().state == "issued"


def test_a_later_deadline_is_asked_for_once_at_a_time_and_granted(thread: Thread) -> None:
    organisation = thread.organisation
    original = thread.row().deadline
    # The 28th of November 2026 is a Saturday.
    wanted = original + timedelta(days=5)
    common = {"assignment": thread.assignment, "now": thread.now, "reason": "Mưa lũ"}
    request = actions.request_extension(actor=organisation.hanoi_officer, deadline=wanted, **common)
    asked = ExtensionRequest.objects.get()
    assert (asked.state, asked.unit_id, asked.deadline.isoformat()) == (
        "open",
        organisation.hanoi,
        "2026-11-30T10:00:00+00:00",
    )
    with pytest.raises(Conflict):
        actions.request_extension(actor=organisation.hanoi_officer, deadline=wanted, **common)
    assert _waits(thread, "chief") == ["decide_request"]
    with pytest.raises(Refused):
        actions.grant_extension(actor=organisation.hanoi_officer, now=thread.now, request=request)
    actions.grant_extension(actor=organisation.chief, now=thread.now, request=request)
    row = thread.row()
    assert (row.deadline, row.original_deadline, row.extensions) == (asked.deadline, original, 1)
    change = AssignmentChange.objects.get(assignment=row.id)
    assert (change.act, change.deadline_before, change.deadline_after, change.reason) == (
        "extend",
        original,
        asked.deadline,
        "Mưa lũ",
    )
    assert _kinds(request) == ["extension_requested", "extension_granted"]
    with pytest.raises(Conflict):
        actions.refuse_extension(actor=organisation.staff, now=thread.now, request=request, ruling="Không")


def test_a_later_deadline_is_refused_with_a_reason_and_can_be_asked_for_again(thread: Thread) -> None:
    organisation = thread.organisation
    original = thread.row().deadline
    common = {"assignment": thread.assignment, "now": thread.now, "reason": "Thiếu xe"}
    officer = organisation.hanoi_officer
    for deadline in (original, original - timedelta(days=1)):
        with pytest.raises(BadInput):
            actions.request_extension(actor=officer, deadline=deadline, **common)
    with pytest.raises(Refused):
        actions.request_extension(actor=organisation.chief, deadline=original + timedelta(days=2), **common)
    request = actions.request_extension(actor=officer, deadline=original + timedelta(days=2), **common)
    with pytest.raises(BadInput):
        actions.refuse_extension(actor=organisation.chief, now=thread.now, request=request, ruling=" ")
    actions.refuse_extension(actor=organisation.chief, now=thread.now, request=request, ruling="Việc gấp")
    row = ExtensionRequest.objects.get()
    assert (row.state, row.ruling, row.decided_by_id) == ("refused", "Việc gấp", organisation.chief.post)
    assert (thread.row().deadline, thread.row().extensions) == (original, 0)
    actions.request_extension(actor=officer, deadline=original + timedelta(days=2), **common)
    assert sorted(ExtensionRequest.objects.values_list("state", flat=True)) == ["open", "refused"]


def test_a_refused_assignment_is_taken_back_or_insisted_on(thread: Thread) -> None:
    organisation = thread.organisation
    common = {"assignment": thread.assignment, "now": thread.now}
    with pytest.raises(Refused):
        actions.refuse_assignment(actor=organisation.chief, reason="x", **common)
    with pytest.raises(BadInput):
        actions.refuse_assignment(actor=organisation.hanoi_officer, reason=" ", **common)
    actions.refuse_assignment(actor=organisation.hanoi_officer, reason="Thuộc Huế", **common)
    assert (thread.row().state, _waits(thread, "chief"), _waits(thread, "hanoi_officer")) == ("refused", ["settle"], [])
    with pytest.raises(Conflict):
        thread.acknowledge()
    with pytest.raises(Refused):
        actions.insist_on_assignment(actor=organisation.hanoi_officer, reason="x", **common)
    actions.insist_on_assignment(actor=organisation.chief, reason="Tuyến của Hà Nội", **common)
    assert thread.row().state == "issued"
    thread.acknowledge()
    actions.refuse_assignment(actor=organisation.hanoi_officer, reason="Vẫn thuộc Huế", **common)
    actions.withdraw_assignment(actor=organisation.chief, reason="Đúng là của Huế", **common)
    assert _kinds(thread.assignment)[1:] == [
        "assignment_refused",
        "assignment_insisted_on",
        "assignment_acknowledged",
        "assignment_refused",
        "assignment_withdrawn",
    ]


def test_an_assignment_is_handed_on_to_a_unit_below_with_an_earlier_deadline(thread: Thread) -> None:
    organisation = thread.organisation
    officer, deadline = organisation.hanoi_officer, thread.row().deadline
    given = {
        "now": thread.now,
        "assignment": thread.assignment,
        "unit": organisation.commune,
        "title": "Chốt chặn",
        "product": "Ảnh",
        "deadline": deadline - timedelta(hours=2),
    }
    for actor, fault in [(organisation.chief, Refused), (organisation.hue_officer, Missing)]:
        with pytest.raises(fault):
            actions.hand_on_assignment(actor=actor, **given)
    for change, field in [
        ({"unit": organisation.hue}, "unit"),
        ({"unit": organisation.hanoi}, "unit"),
        ({"deadline": deadline}, "deadline"),
        ({"deadline": thread.now}, "deadline"),
    ]:
        with pytest.raises(BadInput) as fault:
            actions.hand_on_assignment(actor=officer, **{**given, **change})
        assert fault.value.field == field
    sending = Submission(new_id(), b"1" * 32)
    for _again in range(2):
        actions.hand_on_assignment(actor=officer, submission=sending, **given)
    assert thread.row().state == "in_progress"
    child = Assignment.objects.get(parent=thread.assignment)
    assert (child.lead_unit_id, child.unit_id, child.above) == (
        organisation.commune,
        organisation.hanoi,
        [thread.assignment],
    )
    assert (child.decision_id, child.state, child.deadline) == (thread.decision, "issued", given["deadline"])
    assert organisation.commune in Decision.objects.get(id=thread.decision).units
    actions.acknowledge_assignment(actor=organisation.commune_officer, now=thread.now, assignment=child.id)
    # What waits for a part cannot end before it.
    with pytest.raises(BadInput):
        actions.extend_deadline(
            actor=organisation.chief,
            now=thread.now,
            assignment=child.id,
            deadline=deadline + timedelta(days=1),
            reason="x",
        )


def test_a_closed_assignment_is_reopened_with_a_reason_and_the_clock_runs_again(thread: Thread) -> None:
    organisation = thread.organisation
    common = {"now": thread.now, "assignment": thread.assignment}
    with pytest.raises(Conflict):
        actions.reopen_assignment(actor=organisation.chief, reason="x", **common)
    thread.acknowledge()
    evidence = thread.hand_in()
    thread.verify()
    actions.close_assignment(actor=organisation.chief, **common)
    with pytest.raises(Refused):
        actions.reopen_assignment(actor=organisation.hanoi_officer, reason="x", **common)
    actions.reopen_assignment(actor=organisation.chief, reason="Biển báo đã bị dỡ", **common)
    row = thread.row()
    assert (row.state, row.handed_in_at) == ("in_progress", None)
    assert Evidence.objects.get(id=evidence).state == "verified"
    assert AssignmentChange.objects.get(act="reopen").reason == "Biển báo đã bị dỡ"
    thread.hand_in()
    thread.verify()
    assert thread.row().state == "verified"


def test_nothing_is_asked_about_what_is_done(thread: Thread) -> None:
    organisation = thread.organisation
    thread.acknowledge()
    thread.hand_in()
    thread.verify()
    common = {"actor": organisation.hanoi_officer, "now": thread.now, "assignment": thread.assignment}
    for act in (
        lambda: actions.ask_guidance(question="Gì nữa?", **common),
        lambda: actions.request_extension(deadline=thread.later(days=9), reason="x", **common),
        lambda: actions.refuse_assignment(reason="x", **common),
    ):
        with pytest.raises(Conflict):
            act()


def _ask(thread: Thread) -> tuple[UUID, UUID]:
    officer, row = thread.organisation.hanoi_officer, thread.row()
    asked = actions.ask_guidance(actor=officer, now=thread.now, assignment=row.id, question="Chặn xe buýt không?")
    wanted = actions.request_extension(
        actor=officer, now=thread.now, assignment=row.id, deadline=row.deadline + timedelta(days=5), reason="Mưa"
    )
    return asked, wanted


@pytest.mark.parametrize("end", ["verified", "withdrawn", "released", "refused"])
def test_what_waits_for_an_answer_ends_with_its_assignment(thread: Thread, end: str) -> None:
    chief, officer = thread.organisation.chief, thread.organisation.hanoi_officer
    answered = actions.ask_guidance(actor=officer, now=thread.now, assignment=thread.assignment, question="Mấy giờ?")
    actions.give_guidance(actor=chief, now=thread.now, guidance=answered, answer="Bảy giờ")
    asked, wanted = _ask(thread)
    common = {"now": thread.now, "assignment": thread.assignment}
    if end == "verified":
        thread.acknowledge()
        thread.hand_in()
        assert Guidance.objects.get(id=asked).ended_at is None
        thread.verify()
    elif end == "withdrawn":
        actions.withdraw_assignment(actor=chief, reason="Thay đổi", **common)
    elif end == "released":
        actions.release_assignments(actor=chief, now=thread.now, decision=thread.decision, reason="Thay đổi")
    else:
        actions.refuse_assignment(actor=officer, reason="Thuộc Huế", **common)
    question, request = Guidance.objects.get(id=asked), ExtensionRequest.objects.get(id=wanted)
    assert (question.ended_at, question.answered_at, request.state) == (thread.now, None, "ended")
    assert Guidance.objects.get(id=answered).ended_at is None
    assert _kinds(asked, wanted)[2:] == ["guidance_ended", "extension_ended"]
    told = [moment.text for moment in moments_of(officer, thread.assignment)]
    assert sum("ended with the assignment" in text for text in told) == 2
    with pytest.raises(Conflict, match="hỏi lại"):
        actions.give_guidance(actor=chief, now=thread.now, guidance=asked, answer="Không")
    with pytest.raises(Conflict, match="hỏi lại"):
        actions.refuse_extension(actor=chief, now=thread.now, request=wanted, ruling="Không")
    for ask in (actions.ask_guidance, actions.request_extension):
        given = {"question": "?"} if ask is actions.ask_guidance else {"deadline": thread.later(days=90), "reason": "?"}
        with pytest.raises(Conflict):
            ask(actor=officer, **common, **given)


def test_reopening_brings_no_question_back(thread: Thread) -> None:
    chief = thread.organisation.chief
    asked, _wanted = _ask(thread)
    thread.acknowledge()
    thread.hand_in()
    thread.verify()
    actions.close_assignment(actor=chief, now=thread.now, assignment=thread.assignment)
    actions.reopen_assignment(actor=chief, now=thread.now, assignment=thread.assignment, reason="Chưa xong")
    assert Guidance.objects.get(id=asked).ended_at == thread.now
    assert _waits(thread, "chief") == []
    _ask(thread)
    assert _waits(thread, "chief") == ["guide"]
