"""From the text of an issued document to assignments, with or without a decision behind it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.documents.desk import Desk
from tests.ground import NOW, Organisation, client_of, proved
from thammuu.directives import actions as directives
from thammuu.directives.actions import Order
from thammuu.directives.actions.from_texts import CarriedOut
from thammuu.directives.documents import actions
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import Effect
from thammuu.directives.documents.tasks import tasked
from thammuu.directives.filters import AssignmentFilters, selected
from thammuu.directives.followup.queries import documents_of, named
from thammuu.directives.models import Assignment, Decision
from thammuu.journal import links
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import authority
from thammuu.org.actions import grant_role
from thammuu.org.rules import Role
from thammuu.paper.clauses import Clause, ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
TASKS = (
    "Giao tỉnh Hà Nội chủ trì, phối hợp với Huế xây dựng Phương án phân luồng trước ngày 30/6/2027.",
    "Giao Cục Đường bộ lập danh sách điểm ngập trước ngày 01/11/2026.",
    "Giao xã Ba Đình lập biên bản trong 05 ngày làm việc kể từ ngày ký.",
    "Giữ vững kỷ cương.",
)


@pytest.fixture
def desk(organisation: Organisation) -> Desk:
    return Desk(organisation, clock.now())


def issued(desk: Desk, texts: Sequence[str] = TASKS, level: int = 0, **values: Any) -> Document:
    """A document of the ministry with nothing behind it."""
    staff, ministry = desk.organisation.staff, desk.organisation.ministry
    described = {"type": "CT", "abstract": "Ứng phó ngập", "recipients": (desk.organisation.hanoi,), **values}
    id = actions.draft_document(
        actor=staff, now=desk.now, unit=ministry,
        description=Description(**described), clauses=[Clause(ClauseKind.CLAUSE, text) for text in texts],
        classification=level,
    )  # fmt: skip
    desk.submit(id)
    desk.agree(id)
    desk.approve(id)
    return desk.issue(id)


def order(desk: Desk, clause: UUID | None, **values: Any) -> Order:
    given = {"lead_unit": desk.organisation.hanoi, "title": "Lập phương án", "product": "Phương án", "term_days": 5}
    return Order(clause=clause, **{**given, **values})


def assign(desk: Desk, row: Document, *orders: Order, actor: Actor | None = None, **more: Any) -> list[UUID]:
    return actions.assign_from_document(
        actor=actor or desk.organisation.staff, now=clock.now(), document=row.id, orders=orders, **more
    )


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(desk: Desk, key: str, **values: Any) -> dict[str, Any]:
    given = {
        "task": "Lập phương án", "product": "Phương án", "lead_units": [desk.organisation.hanoi], "term_days": 5,
        "urgency": "normal", **values,
    }  # fmt: skip
    return {f"{key}-{name}": value for name, value in given.items()}


def test_the_approval_goes_on_record_as_the_decision_with_the_first_assignment_and_only_then(desk: Desk) -> None:
    organisation, row = desk.organisation, issued(desk)
    assert documents_of(organisation.chief, AssignmentFilters(), untasked=True).get() == row
    first = assign(desk, row, order(desk, row.order[0]))
    second = assign(desk, row, order(desk, row.order[2], lead_unit=organisation.hue))
    decision = Decision.objects.get()
    assert {one.decision_id for one in Assignment.objects.all()} == {decision.id}
    assert (decision.post_id, decision.decided_at) == (organisation.chief.post, row.approved_at)
    assert (decision.arises_from_kind, decision.arises_from) == ("document", row.id)
    assert decision.title == f"Chỉ thị {row.symbol}: Ứng phó ngập"
    assert set(decision.units) == {organisation.ministry, organisation.hanoi, organisation.hue}
    edges = {(edge.relation, edge.source[1], edge.target[1]) for edge in links.around([decision.id, *first])}
    assert (Relation.ARISES_FROM, decision.id, row.id) in edges
    assert (Relation.ARISES_FROM, first[0], row.order[0]) in edges
    assert (Relation.ARISES_FROM, first[0], decision.id) in edges
    assert not documents_of(organisation.chief, AssignmentFilters(), untasked=True).exists()
    assert documents_of(organisation.chief, AssignmentFilters(decision=decision.id)).get() == row
    of_document = selected(organisation.chief, AssignmentFilters(document=row.id), clock.now())
    assert {one.id for one in of_document} == {*first, *second}
    assert named(organisation.chief, [decision.id])[decision.id].symbols == (row.symbol,)


def test_the_pages_lead_from_the_document_to_its_assignments_and_back(desk: Desk) -> None:
    row, staff = issued(desk), client_of(desk.organisation.staff)
    place = f"/documents/{row.id}/assignments/"
    assert f'href="{place}"' in page(staff, f"/documents/{row.id}/")
    [id] = assign(desk, row, order(desk, row.order[0]))
    decision = Decision.objects.get().id
    assert f"/decisions/{decision}/" in page(staff, f"/documents/{row.id}/")
    assert f"/assignments/{id}/" in page(staff, f"/documents/{row.id}/")
    assert f"/documents/{row.id}/" in page(staff, f"/decisions/{decision}/")
    shown = page(staff, f"/assignments/{id}/")
    assert f"/documents/{row.id}/#section-{row.order[0]}" in shown
    assert f'<option value="{row.order[1]}"' in shown
    gaps = page(staff, "/follow-up/gaps/")
    assert f"{place}?clause={row.order[1]}" in gaps
    assert f"?clause={row.order[0]}" not in gaps
    # Whoever is only given a task is offered no assigning.
    assert "/assignments/?clause=" not in page(client_of(desk.organisation.hanoi_officer), f"/documents/{row.id}/")


def test_each_recognised_task_is_prepared_corrected_or_struck_and_confirmed_at_once(desk: Desk) -> None:
    organisation, row = desk.organisation, issued(desk, urgency="urgent")
    staff, place = proved(organisation.staff), f"/documents/{row.id}/assignments/"
    shown = page(staff, place)
    keys = re.findall(r'name="proposal" value="([^"]+)"', shown)
    assert keys == [f"{section}-0" for section in row.order[:3]]
    first, second, third = shown.split('name="proposal"')[1:]
    assert "<mark>tỉnh Hà Nội</mark>" in first and 'value="2027-06-30T17:00"' in first
    for unit, name in ((organisation.hanoi, "lead_units"), (organisation.hue, "supporting_units")):
        assert re.search(rf'name="{keys[0]}-{name}" value="{unit}"[^>]*checked', first)
    assert "Not found among the units that take orders from here; choose: Cục Đường bộ" in second
    assert "The deadline lies before the day of signing." in second
    # A unit that stands further below is offered where it is named, and only there.
    assert re.search(rf'value="{organisation.commune}"[^>]*checked', third)
    assert str(organisation.commune) not in second
    assert "Giữ vững kỷ cương." in third.split("No task recognised")[1]
    assert '<option value="urgent" selected>' in first
    assert "the approval of this document goes on record" in shown

    data = {
        "proposal": keys, **sent(desk, keys[0], task="Lập phương án đã sửa"), f"{keys[1]}-strike": "on",
        **sent(desk, keys[2], lead_units=[organisation.commune, organisation.hue]),
    }  # fmt: skip
    assert staff.post(place, data)["Location"] == f"/documents/{row.id}/"
    made = {(one.clause_id, one.lead_unit_id, one.title) for one in Assignment.objects.all()}
    assert made == {
        (row.order[0], organisation.hanoi, "Lập phương án đã sửa"),
        (row.order[2], organisation.commune, "Lập phương án"),
        (row.order[2], organisation.hue, "Lập phương án"),
    }
    assert re.findall(r'name="proposal" value="([^"]+)"', page(staff, place)) == [keys[1]]
    assert "The assignments follow from the decision" in page(staff, place)


def test_one_wrong_form_holds_all_back_and_nothing_typed_is_lost(desk: Desk) -> None:
    row = issued(desk)
    staff, place = proved(desk.organisation.staff), f"/documents/{row.id}/assignments/"
    good, wrong = (f"{section}-0" for section in row.order[:2])
    late = {"term_days": "", "deadline": "2026-11-01T17:00", "task": "Lập danh sách đã sửa"}
    for fault, words in ((late, "The deadline must lie ahead."), ({"lead_units": []}, "This field is required.")):
        data = {"proposal": [good, wrong], **sent(desk, good), **sent(desk, wrong, **fault)}
        answer = staff.post(place, data)
        assert answer.status_code == 422
        before, after = answer.content.decode().split(f'value="{wrong}"')
        assert words in after and words not in before
        assert str(fault.get("task", "Lập phương án")) in after
    struck = staff.post(place, {"proposal": [good], f"{good}-strike": "on"})
    assert (struck.status_code, "there is nothing to assign" in struck.content.decode()) == (422, True)
    assert staff.post(place, {"proposal": ["x-0"]}).status_code == 400
    assert not Assignment.objects.exists() and not Decision.objects.exists()


def test_a_clause_that_was_assigned_meanwhile_is_not_assigned_again(desk: Desk) -> None:
    row = issued(desk)
    staff, place = proved(desk.organisation.staff), f"/documents/{row.id}/assignments/"
    key = f"{row.order[0]}-0"
    submission = new_id()
    data = {"proposal": [key], **sent(desk, key, task="Bản thứ hai"), "submission": submission}
    [first] = assign(desk, row, order(desk, row.order[0]), actor=desk.organisation.chief)
    answer = staff.post(place, data)
    assert answer.status_code == 409
    assert "Somebody was first" in answer.content.decode() and "Bản thứ hai" in answer.content.decode()
    assert Assignment.objects.get().id == first
    assert "This clause is carried out already" in page(staff, f"{place}?clause={row.order[0]}")
    with pytest.raises(CarriedOut):
        assign(desk, row, order(desk, row.order[1]), order(desk, row.order[0]))
    directives.withdraw_assignment(actor=desk.organisation.chief, now=clock.now(), assignment=first, reason="giao nhầm")
    assert staff.post(place, data).status_code == 302
    # Sent twice, it is stored once.
    assert staff.post(place, data).status_code == 302
    assert Assignment.objects.exclude(state="withdrawn").count() == 1
    assert staff.post(place, {**data, **sent(desk, key, task="Bản khác")}).status_code == 409


def test_a_sending_that_comes_twice_is_answered_the_same(desk: Desk) -> None:
    row, submission = issued(desk), Submission(new_id(), b"1")
    given = order(desk, row.order[0])
    assert assign(desk, row, given, submission=submission) == assign(desk, row, given, submission=submission)
    assert Assignment.objects.count() == 1


def test_one_clause_is_assigned_also_where_no_task_was_recognised(desk: Desk) -> None:
    row = issued(desk)
    staff, place = proved(desk.organisation.staff), f"/documents/{row.id}/assignments/"
    shown = page(staff, f"{place}?clause={row.order[3]}")
    key = f"{row.order[3]}-text"
    assert re.findall(r'name="proposal" value="([^"]+)"', shown) == [key]
    assert 'value="Giữ vững kỷ cương."' in shown and "No task was recognised in this clause" in shown
    assert staff.post(f"{place}?clause={row.order[3]}", {"proposal": key, **sent(desk, key)}).status_code == 302
    assert Assignment.objects.get().clause_id == row.order[3]
    assert staff.get(f"{place}?clause={new_id()}").status_code == 404
    none = issued(desk, ["Giữ vững kỷ cương."], abstract="Kỷ cương")
    assert "No task was recognised in this text" in page(staff, f"/documents/{none.id}/assignments/")


def test_nothing_is_assigned_from_a_draft_or_from_what_is_not_in_force_any_more(desk: Desk) -> None:
    row, draft = issued(desk), desk.row(desk.draft())
    staff = proved(desk.organisation.staff)
    assert staff.get(f"/documents/{draft.id}/assignments/").status_code == 409
    key = f"{row.order[0]}-0"
    issued(desk, ["Hết hiệu lực."], abstract="Thay thế", effect=Effect.REPLACES, alters=row.id)
    answer = staff.post(f"/documents/{row.id}/assignments/", {"proposal": [key], **sent(desk, key)})
    assert (answer.status_code, "not in force any more" in answer.content.decode()) == (409, True)
    assert f"/documents/{row.id}/assignments/" not in page(staff, f"/documents/{row.id}/")
    with pytest.raises(Conflict):
        assign(desk, row, order(desk, row.order[0]))
    assert not Assignment.objects.exists()


def test_who_may_not_is_refused_and_for_who_does_not_see_it_there_is_no_document(desk: Desk) -> None:
    organisation, row = desk.organisation, issued(desk)
    given = order(desk, row.order[0])
    with pytest.raises(Refused):
        assign(desk, row, given, actor=organisation.hanoi_officer)
    with pytest.raises(Missing):
        assign(desk, row, given, actor=organisation.hue_officer)
    other = issued(desk, abstract="Việc khác")
    for wrong in (other.order[0], None):
        with pytest.raises(BadInput) as fault:
            assign(desk, row, order(desk, wrong))
        assert fault.value.field == "clause"
    assert not Decision.objects.exists()


def test_the_level_of_the_document_goes_on_to_its_assignments(desk: Desk) -> None:
    organisation, staff = desk.organisation, desk.organisation.staff
    grant_role(
        actor=authority.SYSTEM, now=NOW, post=staff.post, role=Role.STAFF_OFFICER, unit=organisation.ministry,
        starts_at=NOW, reason="Được giao", classification=1,
    )  # fmt: skip
    cleared = authority.actor_of(UUID(str(staff.account)))
    assert cleared is not None
    desk = Desk(replace(organisation, staff=cleared), desk.now)
    row = issued(desk, level=1)
    assign(desk, row, order(desk, row.order[0]))
    assert (Decision.objects.get().classification, Assignment.objects.get().classification) == (1, 1)
    assert client_of(organisation.viewer).get(f"/documents/{row.id}/assignments/").status_code == 404


def test_a_letter_gives_tasks_once_some_were_assigned_from_it(desk: Desk) -> None:
    row, chief = issued(desk, type="CV", addressees=(desk.organisation.hue,)), desk.organisation.chief
    assert tasked(chief, [row])[row.id].missing == 0
    assign(desk, row, order(desk, row.order[0]))
    assert tasked(chief, [row])[row.id].missing == 2


def test_the_page_asks_the_database_no_more_for_more_proposals(desk: Desk) -> None:
    staff = client_of(desk.organisation.staff)

    def queries(texts: Sequence[str]) -> int:
        row = issued(desk, texts, abstract=f"{len(texts)} việc")
        page(staff, f"/documents/{row.id}/")
        with CaptureQueriesContext(connection) as found:
            page(staff, f"/documents/{row.id}/assignments/")
        return len(found)

    assert queries(TASKS[:1]) == queries(TASKS[:1] * 30)
