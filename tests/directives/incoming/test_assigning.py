"""From the text of an incoming document to assignments that carry its clauses out."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.directives.incoming.counter import CLAUSES, Counter
from tests.ground import client_of, proved
from thammuu.directives import actions as directives
from thammuu.directives.actions import Order
from thammuu.directives.actions.from_texts import CarriedOut, WrongOrder
from thammuu.directives.incoming import actions
from thammuu.directives.incoming.models import ClauseMeasure
from thammuu.directives.incoming.tracing import trace_of
from thammuu.directives.models import Assignment, Decision
from thammuu.journal import links
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import authority
from thammuu.org.actions import grant_role
from thammuu.org.rules import Role
from thammuu.paper.clauses import Clause, ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
TASKS = (
    Clause(ClauseKind.GROUND, "Căn cứ Luật"),
    Clause(ClauseKind.CLAUSE, "Giao tỉnh Hà Nội chủ trì xây dựng Phương án phân luồng trước ngày 30/6/2027."),
    Clause(ClauseKind.CLAUSE, "Bộ Y tế, tỉnh Huế lập danh sách trạm y tế."),
    Clause(ClauseKind.CLAUSE, "Giữ vững kỷ cương."),
)


@pytest.fixture
def now() -> datetime:
    return clock.now()


def order(counter: Counter, **values: Any) -> Order:
    given = {"lead_unit": counter.organisation.hanoi, "title": "Lập phương án", "product": "Phương án", "term_days": 5}
    return Order(**{**given, **values})


def assign(counter: Counter, document: UUID, *places: int, actor: Actor | None = None, **more: Any) -> list[UUID]:
    return actions.assign_from_incoming(
        actor=actor or counter.organisation.staff, now=clock.now(), document=document,
        orders=[(counter.clause(document, place), order(counter)) for place in places], **more,
    )  # fmt: skip


def test_the_assignments_carry_their_clauses_out_and_hang_on_a_decision_that_arose_from_the_document(
    counter: Counter,
) -> None:
    document, staff = counter.register(clauses=TASKS), counter.organisation.staff
    assert (trace_of(staff, document).asking, trace_of(staff, document).missing) == (3, 3)
    [first] = assign(counter, document, 1)
    [second] = assign(counter, document, 2)
    decision = Decision.objects.get()
    assert decision.title == "Công điện 12/CĐ-TTg: Ứng phó mưa lũ"
    assert (decision.arises_from_kind, decision.arises_from) == ("incoming_document", document)
    assert (decision.post_id, decision.unit_id) == (staff.post, counter.organisation.ministry)
    assert {one.decision_id for one in Assignment.objects.all()} == {decision.id}
    trace = trace_of(staff, document)
    assert [[one.url for one in clause.measures] for clause in trace.clauses] == [
        [], [f"/assignments/{first}/"], [f"/assignments/{second}/"], [],
    ]  # fmt: skip
    assert (trace.asking, trace.missing) == (3, 1)
    edges = {(edge.relation, edge.source[1], edge.target[1]) for edge in links.around([document, first])}
    assert {(Relation.ARISES_FROM, decision.id, document), (Relation.REFERENCES, document, first)} <= edges
    shown = client_of(staff).get(f"/assignments/{first}/").content.decode()
    assert f"/documents/incoming/{document}/trace/" in shown
    with pytest.raises(CarriedOut):
        assign(counter, document, 3, 1)


def test_a_clause_with_two_tasks_is_traced_in_part_until_both_are_assigned(counter: Counter) -> None:
    two = Clause(ClauseKind.CLAUSE, "Giao tỉnh Hà Nội lập phương án phân luồng.\nGiao tỉnh Huế lập báo cáo điểm ngập.")
    document, staff = counter.register(clauses=(*TASKS[:2], two)), counter.organisation.staff
    clause, address = counter.clause(document, 2), f"/documents/incoming/{document}/"

    def give(number: int) -> int:
        key = f"{clause}-{number}"
        given = {"task": "Lập", "product": "Báo cáo", "lead_units": [counter.organisation.hanoi], "term_days": 3}
        sent = {f"{key}-{name}": value for name, value in {**given, "urgency": "normal"}.items()}
        return proved(staff).post(f"{address}assignments/", {**sent, "proposal": key}).status_code

    assert give(1) == 302
    trace = trace_of(staff, document)
    assert (trace.missing, trace.clauses[2].assigned, trace.clauses[2].recognised) == (2, 1, 2)
    assert "In part: 1 of 2 tasks assigned" in client_of(staff).get(f"{address}trace/?gaps").content.decode()
    assert give(1) == 409
    assert give(0) == 302
    assert trace_of(staff, document).missing == 1


def test_a_withdrawn_assignment_carries_no_clause_out(counter: Counter) -> None:
    document, staff = counter.register(clauses=TASKS), counter.organisation.staff
    [first] = assign(counter, document, 1)
    directives.withdraw_assignment(actor=staff, now=clock.now(), assignment=first, reason="giao nhầm")
    trace = trace_of(staff, document)
    assert trace.missing == 3
    assert [len(clause.measures) for clause in trace.clauses] == [0, 1, 0, 0]
    assert len(assign(counter, document, 1)) == 1
    assert ClauseMeasure.objects.count() == 2


def test_a_decision_on_the_document_is_used_where_its_level_is_that_of_the_document(counter: Counter) -> None:
    document, organisation = counter.register(clauses=TASKS), counter.organisation
    taken: dict[str, Any] = {
        "actor": organisation.chief, "now": clock.now(), "unit": organisation.ministry, "reason": "mưa",
        "arises_from": (Subject.INCOMING_DOCUMENT, document),
    }  # fmt: skip
    decided = directives.take_decision(title="Thực hiện công điện", **taken)
    directives.take_decision(title="Mật", **{**taken, "now": clock.now()}, classification=1)
    [id] = assign(counter, document, 1, actor=organisation.chief)
    assert Assignment.objects.get(id=id).decision_id == decided


def test_the_unit_that_deals_with_the_document_assigns_as_itself(counter: Counter) -> None:
    organisation, officer = counter.organisation, counter.organisation.hanoi_officer
    document = counter.register(clauses=TASKS)
    counter.pass_on(document)
    with pytest.raises(Refused):
        assign(counter, document, 1, actor=officer)
    grant_role(
        actor=authority.SYSTEM, now=counter.now, post=officer.post, role=Role.STAFF_OFFICER, unit=organisation.hanoi,
        starts_at=counter.now - timedelta(days=1), reason="Được giao",
    )  # fmt: skip
    chief = authority.actor_of(UUID(str(officer.account)))
    assert chief is not None
    clause = counter.clause(document, 1)
    actions.assign_from_incoming(
        actor=chief, now=clock.now(), document=document,
        orders=[(clause, order(counter, lead_unit=organisation.commune))],
    )  # fmt: skip
    assert Decision.objects.get().unit_id == organisation.hanoi


def test_who_does_not_see_the_document_assigns_nothing_from_it(counter: Counter) -> None:
    document = counter.register(clauses=TASKS)
    with pytest.raises(Missing):
        assign(counter, document, 1, actor=counter.organisation.hue_officer)


def test_what_cannot_be_given_is_refused_and_nothing_is_kept(counter: Counter) -> None:
    document = counter.register(clauses=TASKS)
    given: dict[str, Any] = {"actor": counter.organisation.staff, "now": clock.now(), "document": document}
    with pytest.raises(BadInput):
        actions.assign_from_incoming(orders=[], **given)
    with pytest.raises(Missing):
        actions.assign_from_incoming(orders=[(new_id(), order(counter))], **given)
    late = order(counter, term_days=None, deadline=clock.now() - timedelta(days=1))
    with pytest.raises(WrongOrder) as fault:
        orders = [(counter.clause(document, 1), order(counter)), (counter.clause(document, 2), late)]
        actions.assign_from_incoming(orders=orders, **given)
    assert (fault.value.place, fault.value.field) == (1, "deadline")
    assert not Decision.objects.exists() and not ClauseMeasure.objects.exists()
    submission = Submission(new_id(), b"1")
    assert assign(counter, document, 1, submission=submission) == assign(counter, document, 1, submission=submission)


def test_in_pages_the_tasks_are_prepared_with_the_documents_deadline_and_who_is_unknown_is_told(
    counter: Counter,
) -> None:
    organisation = counter.organisation
    document = counter.register(clauses=TASKS)
    counter.pass_on(document, days=5)
    staff, home = proved(organisation.staff), f"/documents/incoming/{document}/"
    place = f"{home}assignments/"
    assert f'href="{place}"' in staff.get(home).content.decode()
    assert f"{place}?clause={counter.clause(document, 3)}" in staff.get(f"{home}trace/").content.decode()
    shown = staff.get(place).content.decode()
    keys = re.findall(r'name="proposal" value="([^"]+)"', shown)
    assert keys == [f"{counter.clause(document, number)}-0" for number in (1, 2)]
    first, second = shown.split('name="proposal"')[1:]
    due = counter.today + timedelta(days=5)
    assert 'value="2027-06-30T17:00"' in first
    assert f'value="{due}T17:00"' in second and "Offered is the deadline of the whole document." in second
    assert "choose: Bộ Y tế" in second
    assert "you take the decision to carry this document out" in shown
    data = {"task": "Lập danh sách", "product": "Danh sách", "lead_units": [organisation.hue], "urgency": "normal"}
    sent = {f"{keys[1]}-{name}": value for name, value in {**data, "term_days": 3}.items()}
    assert staff.post(place, {**sent, "proposal": keys, f"{keys[0]}-strike": "on"})["Location"] == home
    made = Assignment.objects.get()
    assert ClauseMeasure.objects.get().clause == counter.clause(document, 2)
    assert made.clause_id is None
    assert f"/assignments/{made.id}/" in staff.get(f"{home}trace/").content.decode()


def test_without_a_task_or_without_a_text_the_page_says_so(counter: Counter) -> None:
    staff = client_of(counter.organisation.staff)
    plain, silent = counter.register(clauses=CLAUSES[:3]), counter.register(clauses=(), symbol="13/X")
    shown = staff.get(f"/documents/incoming/{plain}/assignments/").content.decode()
    assert "No task was recognised in this text" in shown and "Tuần tra ban đêm" in shown
    assert "No text" in staff.get(f"/documents/incoming/{silent}/assignments/").content.decode()
    assert f"{silent}/assignments/" not in staff.get(f"/documents/incoming/{silent}/").content.decode()
