"""Orders given, answered, controlled and ended: rows, the exact facts, the fold, denials, and two officers at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.ground import Organisation
from tests.watch.floor import open_incident, write
from tests.watch.orders.giving import addressee_of, give, told
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, Scope
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.authority import SYSTEM
from thammuu.org.planning import Change
from thammuu.org.rules import Role
from thammuu.watch.orders import actions
from thammuu.watch.orders.actions import Outcome
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.receivers import Addressee
from thammuu.watch.orders.rules import Clock, OrderState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
MINUTE = timedelta(minutes=1)


def said(order: Order) -> str:
    return feed.of_subjects([addressee_of(order).id])[-1].say("en")


def test_an_order_is_one_order_with_a_state_for_each_addressee(organisation: Organisation, now: datetime) -> None:
    to = [Addressee(organisation.hanoi), Addressee(organisation.hue), Addressee(organisation.hanoi)]
    order = give(organisation, now, to=to)
    assert told(order) == ["given", "addressed", "addressed"]
    assert (order.unit_id, order.post_id) == (organisation.ministry, organisation.duty.post)
    assert order.acknowledge_by == now + 15 * MINUTE
    assert set(order.units) == {organisation.ministry, organisation.hanoi, organisation.hue}
    actions.acknowledge_order(
        actor=organisation.hanoi_officer, now=now, addressee=addressee_of(order, organisation.hanoi).id
    )
    states = dict(order.addressees.values_list("unit_id", "state"))
    assert states == {organisation.hanoi: OrderState.ACKNOWLEDGED, organisation.hue: OrderState.GIVEN}


def test_the_whole_loop_is_told(organisation: Organisation, now: datetime) -> None:
    order = give(organisation, now, wants_read_back=True, report_by=now + 30 * MINUTE)
    to, officer, duty = addressee_of(order).id, organisation.hanoi_officer, organisation.duty
    with pytest.raises(BadInput, match="Read the order back"):
        actions.acknowledge_order(actor=officer, now=now, addressee=to)
    actions.acknowledge_order(actor=officer, now=now, addressee=to, read_back="Chốt cổng 3")
    assert actions.rule_read_back(actor=duty, now=now, addressee=to, correction="Cổng số 2, không phải 3")
    with pytest.raises(BadInput, match="Read the order back"):
        actions.acknowledge_order(actor=officer, now=now, addressee=to)
    actions.acknowledge_order(actor=officer, now=now, addressee=to, read_back="Chốt cổng 2")
    assert actions.rule_read_back(actor=duty, now=now, addressee=to)
    assert not actions.rule_read_back(actor=duty, now=now, addressee=to)
    actions.report_on_order(actor=officer, now=now, addressee=to, report="Đã có 10 người")
    actions.complete_order(actor=officer, now=now, addressee=to, report="Xong")
    assert actions.return_completion(actor=duty, now=now, addressee=to, reason="Cổng còn mở")
    actions.complete_order(actor=officer, now=now, addressee=to, report="Đã đóng cổng")
    assert actions.confirm_completion(actor=duty, now=now, addressee=to)
    assert not actions.confirm_completion(actor=duty, now=now, addressee=to)
    assert told(order) == [
        "given", "addressed", "acknowledged", "read_back_corrected", "acknowledged", "read_back_confirmed",
        "progress_reported", "completed", "completion_returned", "completed", "completion_confirmed",
    ]  # fmt: skip
    row = addressee_of(order)
    assert (row.state, row.report, row.read_back) == (OrderState.CONFIRMED, "Đã đóng cổng", "Chốt cổng 2")


def test_a_refusal_has_a_reason_and_may_be_taken_back(organisation: Organisation, now: datetime) -> None:
    to = addressee_of(order := give(organisation, now)).id
    with pytest.raises(BadInput, match="Say why"):
        actions.refuse_order(actor=organisation.hanoi_officer, now=now, addressee=to, reason=" ")
    actions.refuse_order(actor=organisation.hanoi_officer, now=now, addressee=to, reason="Không còn xe")
    assert "refused. Reason: Không còn xe" in said(order)
    assert addressee_of(order).state == OrderState.REFUSED
    actions.acknowledge_order(actor=organisation.hanoi_officer, now=now, addressee=to)
    assert addressee_of(order).state == OrderState.ACKNOWLEDGED


def test_two_acknowledgements_at_once_are_one(organisation: Organisation, now: datetime) -> None:
    to = addressee_of(order := give(organisation, now)).id
    outcomes = [
        actions.acknowledge_order(actor=organisation.hanoi_officer, now=now, addressee=to) for _twice in range(2)
    ]
    assert outcomes == [Outcome.TAKEN, Outcome.KNOWN]
    assert told(order) == ["given", "addressed", "acknowledged"]


def test_other_words_of_a_second_officer_are_kept(organisation: Organisation, now: datetime) -> None:
    to = addressee_of(order := give(organisation, now, wants_read_back=True)).id
    for words in ("Chốt cổng 2", "Chốt cổng hai, 10 người"):
        actions.acknowledge_order(actor=organisation.hanoi_officer, now=now, addressee=to, read_back=words)
    assert told(order) == ["given", "addressed", "acknowledged", "acknowledged"]


def test_an_acknowledgement_after_a_report_changes_no_state(organisation: Organisation, now: datetime) -> None:
    to, officer = addressee_of(order := give(organisation, now)).id, organisation.hanoi_officer
    actions.report_on_order(actor=officer, now=now, addressee=to, report="Đang đi")
    assert actions.acknowledge_order(actor=officer, now=now, addressee=to) is Outcome.KNOWN
    assert addressee_of(order).state == OrderState.IN_PROGRESS


def test_an_answer_after_the_end_is_kept_and_changes_nothing(organisation: Organisation, now: datetime) -> None:
    to, officer = addressee_of(order := give(organisation, now)).id, organisation.hanoi_officer
    assert actions.withdraw_order(actor=organisation.duty, now=now, order=order.id, reason="Đã rõ")
    assert not actions.withdraw_order(actor=organisation.chief, now=now, order=order.id, reason="Nhầm")
    assert actions.acknowledge_order(actor=officer, now=now, addressee=to) is Outcome.AFTER_END
    assert addressee_of(order).state == OrderState.GIVEN
    assert told(order) == ["given", "addressed", "withdrawn", "answer_kept"]
    assert "acknowledged, after the order had ended" in said(order)


def test_a_late_answer_is_marked(organisation: Organisation, now: datetime) -> None:
    to = addressee_of(order := give(organisation, now)).id
    actions.acknowledge_order(actor=organisation.hanoi_officer, now=now + 16 * MINUTE, addressee=to)
    assert said(order).endswith("acknowledged · late")


def test_the_same_sending_counts_once(organisation: Organisation, now: datetime) -> None:
    to, officer = addressee_of(order := give(organisation, now)).id, organisation.hanoi_officer
    sending = Submission(uuid4(), b"x" * 32)
    for _twice in range(2):
        actions.report_on_order(
            actor=officer, now=now, addressee=to, report="Đang đi", submission=sending
        )  # fmt: skip
    assert told(order).count("progress_reported") == 1
    draft = actions.Draft("Về", [Addressee(organisation.hue)])
    given = [
        actions.give_order(actor=organisation.duty, now=now, draft=draft, submission=(one := Submission(uuid4(), b"y")))
        for _once in range(1)
    ]
    again = actions.give_order(actor=organisation.duty, now=now, draft=draft, submission=one)
    assert (again.answer, again.replayed) == (given[0].answer, True)
    assert Order.objects.count() == 2


def test_a_corrected_order_takes_the_place_of_the_first(organisation: Organisation, now: datetime) -> None:
    old = give(organisation, now, to=[Addressee(organisation.hue)])
    draft = actions.Draft("Chốt cổng số 3", [Addressee(organisation.hanoi)])
    recorded = actions.correct_order(actor=organisation.duty, now=now, order=old.id, draft=draft)
    old.refresh_from_db()
    new = Order.objects.get(id=recorded.answer)
    assert (old.end, old.superseded_by_id, new.supersedes_id) == ("superseded", new.id, old.id)
    assert told(old) == ["given", "addressed", "superseded"]
    # Whoever was addressed by the first one learns that it ended, and does not see the other.
    assert organisation.hue not in new.units
    # Corrected by a second officer too: nobody's order is lost.
    actions.correct_order(actor=organisation.chief, now=now, order=old.id, draft=draft)
    assert Order.objects.count() == 3


def test_an_order_belongs_to_its_incident(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    entry = write(organisation, now)
    order = give(organisation, now, incident=incident.id, log_entry=entry)
    [item] = [one for one in feed.of_subjects([order.id]) if one.kind == "watch.order_given"]
    assert item.body is not None
    assert sorted(item.body["links"]) == [
        ["arises_from", "incident", str(incident.id)],
        ["arises_from", "log_entry", str(entry)],
    ]


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("text", {"text": " "}),
        ("text", {"text": "x" * 2001}),
        ("units", {"to": []}),
        ("units", {"to": [Addressee(uuid4())]}),
        ("urgency", {"urgency": "soon"}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 3000}),
    ],
)
def test_bad_input_is_said(organisation: Organisation, now: datetime, field: str, draft: dict[str, Any]) -> None:
    if draft.get("minutes") == 0:
        draft = {"minutes": -1}
    with pytest.raises(BadInput) as fault:
        give(organisation, now, **draft)
    assert fault.value.field == field


def test_nobody_is_ordered_who_is_not_there(organisation: Organisation, now: datetime) -> None:
    closing = Change(1, "46", date(2026, 11, 1), closes=True, successors=("01",))
    org.reorganise(actor=organisation.admin, now=now, changes=[closing])
    authority.forget()
    with pytest.raises(BadInput, match=r"Huế is closed\. Give the order to Hà Nội"):
        give(organisation, now, to=[Addressee(organisation.hue)])
    with pytest.raises(BadInput, match="Nobody has this role at Hà Nội"):
        give(organisation, now, to=[Addressee(organisation.hanoi, role="duty_officer")])
    with pytest.raises(BadInput, match="no such post"):
        give(organisation, now, to=[Addressee(organisation.hanoi, post=organisation.staff.post)])
    with pytest.raises(BadInput, match="passed already"):
        give(organisation, now, report_by=now)


def test_who_gives_and_who_answers(organisation: Organisation, now: datetime) -> None:
    narrow = {"order_give": Scope(frozenset({organisation.hanoi}))}
    to_hue = [Addressee(organisation.hanoi), Addressee(organisation.hue)]
    with pytest.raises(Refused, match="gives no orders"):
        give(organisation, now, organisation.hanoi_officer, to=[Addressee(organisation.commune)])
    with pytest.raises(Refused, match="no orders to this unit"):
        give(organisation, now, replace(organisation.duty, permits=organisation.duty.permits | narrow), to=to_hue)
    to = addressee_of(order := give(organisation, now)).id
    for actor in (organisation.chief, organisation.duty, organisation.viewer):
        with pytest.raises(Refused, match="Only the addressee"):
            actions.acknowledge_order(actor=actor, now=now, addressee=to)
    with pytest.raises(Missing):
        actions.acknowledge_order(actor=organisation.hue_officer, now=now, addressee=to)
    with pytest.raises(Refused, match="Only the watch floor"):
        actions.withdraw_order(actor=organisation.hanoi_officer, now=now, order=order.id, reason="Thôi")


def test_an_order_to_a_post_and_to_a_role(organisation: Organisation, now: datetime) -> None:
    chief, duty, staff = organisation.chief, organisation.duty, organisation.staff
    to_post = addressee_of(give(organisation, now, chief, to=[Addressee(organisation.ministry, post=staff.post)])).id
    to_role = addressee_of(
        give(organisation, now, chief, to=[Addressee(organisation.ministry, role="duty_officer")])
    ).id
    refused: list[tuple[Actor, Any]] = [(duty, to_post), (staff, to_role)]
    for actor, addressee in refused:
        with pytest.raises(Refused, match="Only the addressee"):
            actions.acknowledge_order(actor=actor, now=now, addressee=addressee)
    assert actions.acknowledge_order(actor=staff, now=now, addressee=to_post) is Outcome.TAKEN
    assert actions.acknowledge_order(actor=duty, now=now, addressee=to_role) is Outcome.TAKEN


def test_a_substitute_answers_on_behalf_of_the_post(organisation: Organisation, now: datetime) -> None:
    chief, staff = organisation.chief, organisation.staff
    org.name_substitutes(actor=chief, now=now, post=chief.post, substitutes=[staff.post])
    org.announce_substitution(
        actor=chief, now=now, post=chief.post, substitute=staff.post, ends_at=now + timedelta(days=900)
    )
    authority.forget()
    assert staff.account is not None
    acting = authority.actor_of(staff.account)
    assert acting is not None
    to = addressee_of(order := give(organisation, now, to=[Addressee(organisation.ministry, post=chief.post)])).id
    actions.acknowledge_order(actor=acting, now=now, addressee=to)
    assert feed.of_subjects([to])[-1].behalf == chief.post
    assert addressee_of(order).state == OrderState.ACKNOWLEDGED


def test_a_clock_that_ran_out_is_told_once_and_raises_one_order(organisation: Organisation, now: datetime) -> None:
    order = give(organisation, now, to=[Addressee(organisation.commune)], report_by=now + 20 * MINUTE)
    to = addressee_of(order).id
    assert actions.note_overdue(actor=SYSTEM, now=now + 14 * MINUTE, addressee=to) == 0
    assert actions.note_overdue(actor=SYSTEM, now=now + 15 * MINUTE, addressee=to) == 1
    assert actions.note_overdue(actor=SYSTEM, now=now + 16 * MINUTE, addressee=to) == 0
    raised = Order.objects.get(raised_by_id=to)
    assert (raised.raised_for, raised.post_id, raised.unit_id) == (Clock.ACKNOWLEDGEMENT, None, organisation.ministry)
    assert addressee_of(raised).unit_id == organisation.hanoi
    assert str(order.number) in raised.text
    assert organisation.commune not in raised.units
    actions.acknowledge_order(actor=organisation.commune_officer, now=now + 17 * MINUTE, addressee=to)
    assert actions.note_overdue(actor=SYSTEM, now=now + 21 * MINUTE, addressee=to) == 1
    assert Order.objects.filter(raised_by_id=to, raised_for=Clock.REPORT).exists()
    assert told(order) == ["given", "addressed", "acknowledgement_missed", "acknowledged", "report_missed"]


def test_it_goes_up_step_by_step_to_whoever_gave_it_and_no_further(organisation: Organisation, now: datetime) -> None:
    row = addressee_of(give(organisation, now, to=[Addressee(organisation.commune)]))
    found = []
    for step in range(1, 5):
        actions.note_overdue(actor=SYSTEM, now=now + step * 20 * MINUTE, addressee=row.id)
        raised = Order.objects.filter(raised_by_id=row.id).first()
        if raised is None:
            break
        row = addressee_of(raised)
        found.append((row.unit_id, row.role))
    # The unit above Hà Nội is the ministry, which has duty officers.
    assert found == [(organisation.hanoi, ""), (organisation.ministry, "duty_officer")]


def test_within_the_unit_that_gave_it_nobody_stands_above(organisation: Organisation, now: datetime) -> None:
    to = addressee_of(give(organisation, now, organisation.chief, to=[Addressee(organisation.ministry)])).id
    assert actions.note_overdue(actor=SYSTEM, now=now + 15 * MINUTE, addressee=to) == 1
    assert Order.objects.count() == 1


def test_a_role_counts_where_it_was_granted_wherever_its_post_stands(organisation: Organisation, now: datetime) -> None:
    """The ministry's watch sits in a command centre below it, and nobody has a post in the ministry itself."""
    started = date(2026, 1, 1)
    top = org.create_unit(actor=SYSTEM, now=now, code="T", level="ministry", name="Bộ", parent=None, starts_on=started)
    centre, far = (
        org.create_unit(actor=SYSTEM, now=now, code=code, level="x", name=code, parent=top, starts_on=started)
        for code in ("TT", "XA")
    )
    post = org.create_post(actor=SYSTEM, now=now, unit=centre, title="Trực ban trung tâm")
    account = org.create_account(
        actor=SYSTEM, now=now, sign_in_name="tt", password="x", unit=centre, language="en"
    )  # fmt: skip
    org.take_post(actor=SYSTEM, now=now, account=account, post=post, starts_on=started)
    order = give(organisation, now, replace(SYSTEM, unit=centre, account=account, post=post), to=[Addressee(far)])
    actions.note_overdue(actor=SYSTEM, now=now + 20 * MINUTE, addressee=addressee_of(order).id)
    raised = addressee_of(Order.objects.get(raised_by_id=addressee_of(order).id))
    assert (raised.unit_id, raised.role) == (centre, "")
    org.grant_role(
        actor=SYSTEM, now=now, post=post, role=Role.DUTY_OFFICER, unit=top, starts_at=clock.start_of(started),
        reason="Phân công",
    )  # fmt: skip
    authority.forget()
    officer = authority.actor_of(account)
    assert officer is not None
    order = give(organisation, now, officer, to=[Addressee(far)])
    actions.note_overdue(actor=SYSTEM, now=now + 20 * MINUTE, addressee=addressee_of(order).id)
    raised = addressee_of(Order.objects.get(raised_by_id=addressee_of(order).id))
    assert (raised.unit_id, raised.role) == (top, "duty_officer")
    assert actions.acknowledge_order(actor=officer, now=now, addressee=raised.id) is Outcome.TAKEN


def test_whoever_opened_it_by_a_link_answers_for_this_addressee_alone(
    organisation: Organisation, now: datetime
) -> None:
    one, other = addressee_of(give(organisation, now)), addressee_of(give(organisation, now))
    scope = replace(organisation.viewer.scope, units=frozenset(), opened=frozenset({one.id}))
    guest = Actor(account=None, post=None, unit=one.unit_id, scope=scope)
    with pytest.raises(BadInput, match="Say who answers"):
        actions.acknowledge_order(actor=guest, now=now, addressee=one.id)
    actions.acknowledge_order(actor=guest, now=now, addressee=one.id, by_link="Trung úy An")
    assert "by link, as said: Trung úy An" in said(one.order)
    with pytest.raises(Missing):
        actions.acknowledge_order(actor=guest, now=now, addressee=other.id, by_link="Trung úy An")
    assert OrderAddressee.objects.get(id=other.id).answered_at is None
