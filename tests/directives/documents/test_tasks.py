"""Which clause of an issued document gives which task, and which clause has no assignment."""

import re
from uuid import UUID

import pytest

from tests.directives.documents.desk import Desk
from tests.directives.thread import Thread
from tests.ground import client_of, proved
from thammuu.directives import actions
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.from_decision import begun_from
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.tasks import named, tasked
from thammuu.directives.models import Assignment, Decision
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Refused
from thammuu.paper.clauses import ClauseKind

TASK = "Hà Nội chủ trì rà soát các điểm ngập, báo cáo kết quả trước ngày 30/12/2026."
WORDS = "Nước còn lên đến nửa đêm; lực lượng tại chỗ không đủ xuồng."


def drafted(thread: Thread, *further: str) -> UUID:
    """A plan from the decision and its assignments, with further clauses."""
    staff, decision = thread.organisation.staff, Decision.objects.get(id=thread.decision)
    begun = begun_from(decision, Assignment.objects.filter(decision=decision).order_by("id"), "KH")
    id = documents.draft_document(
        actor=staff, now=thread.now, unit=decision.unit_id, description=begun.description, clauses=begun.clauses,
        carried=begun.carried, arises_from=(Subject.DECISION, decision.id),
    )  # fmt: skip
    for text in further:
        documents.add_section(actor=staff, now=thread.now, document=id, kind=ClauseKind.CLAUSE, text=text)
    return id


def issued(thread: Thread, id: UUID) -> Document:
    desk = Desk(thread.organisation, clock.now())
    for step in (desk.submit, desk.agree, desk.approve):
        step(id)
    return desk.issue(id)


def test_a_document_names_its_clauses_in_the_assignments_that_it_puts_into_words(thread: Thread) -> None:
    row = issued(thread, drafted(thread))
    carrying = Assignment.objects.get(id=thread.assignment)
    assert carrying.clause_id == row.order[-1]
    text = tasked(thread.organisation.chief, [row])[row.id]
    assert [[task.title for task in clause.tasks] for clause in text.clauses] == [[], ["Phân luồng tại nút giao"]]
    assert text.missing == 0
    words, address = named(thread.organisation.chief, carrying)
    assert words.startswith(f"{row.symbol}: 1. Hà Nội chủ trì") and address.endswith(f"#section-{row.order[-1]}")
    page = client_of(thread.organisation.chief).get(f"/assignments/{carrying.id}/").content.decode()
    assert f'href="{address}"' in page


def test_a_clause_keeps_its_task_until_the_document_is_abandoned(thread: Thread) -> None:
    first = drafted(thread)
    clause = Document.objects.get(id=first).order[-1]
    second = drafted(thread)
    assert Assignment.objects.get(id=thread.assignment).clause_id == clause
    for id in (first, second):
        documents.abandon_document(actor=thread.organisation.staff, now=thread.now, document=id, reason="viết lại")
    third = Document.objects.get(id=drafted(thread))
    assert Assignment.objects.get(id=thread.assignment).clause_id == third.order[-1]


def test_a_clause_without_an_assignment_is_told_of_until_it_is_assigned_from_the_text(thread: Thread) -> None:
    row = issued(thread, drafted(thread, TASK, WORDS))
    organisation = thread.organisation
    text = tasked(organisation.chief, [row])[row.id]
    assert [clause.gap for clause in text.clauses] == [False, False, True, False] and text.missing == 1
    chief = client_of(organisation.chief)
    shown = chief.get(f"/documents/{row.id}/").content.decode()
    assert (
        "1 clause gives tasks that no assignment carries out, or not all of them." in shown and "No assignment" in shown
    )
    listed = chief.get("/follow-up/gaps/").content.decode()
    place = f"/documents/{row.id}/assignments/"
    assert f"#section-{row.order[2]}" in listed and f"{place}?clause={row.order[2]}" in listed
    assert row.symbol not in chief.get("/follow-up/gaps/?until=2020-01-01").content.decode()
    assert f"{place}?clause={row.order[2]}" in shown

    key = f"{row.order[2]}-0"
    order = {"task": "Rà soát", "product": "Báo cáo", "lead_units": [organisation.hanoi], "term_days": 3}
    sent = {f"{key}-{name}": value for name, value in {**order, "urgency": "normal"}.items()}
    answer = proved(organisation.chief).post(place, {**sent, "proposal": key})
    assert answer["Location"] == f"/documents/{row.id}/"
    assert tasked(organisation.chief, [row])[row.id].missing == 0
    made = Assignment.objects.get(clause=row.order[2])
    assert (made.title, made.decision_id) == ("Rà soát", thread.decision)
    assert "Every task that was recognised in it is assigned." in chief.get("/follow-up/gaps/?all=on").content.decode()


TWO = "Giao tỉnh Hà Nội lập phương án phân luồng.\nGiao tỉnh Huế lập báo cáo điểm ngập."


def test_a_clause_with_two_tasks_is_carried_out_in_part_until_both_are_assigned(thread: Thread) -> None:
    row = issued(thread, drafted(thread, TWO))
    organisation, clause = thread.organisation, row.order[-1]
    chief, place = client_of(organisation.chief), f"/documents/{row.id}/assignments/"

    def stands() -> tuple[bool, int, int]:
        one = tasked(organisation.chief, [row])[row.id].clauses[-1]
        return one.gap, one.assigned, one.recognised

    def give(number: int, title: str) -> int:
        key = f"{clause}-{number}"
        order = {"task": title, "product": "Báo cáo", "lead_units": [organisation.hanoi], "term_days": 3}
        sent = {f"{key}-{name}": value for name, value in {**order, "urgency": "normal"}.items()}
        return proved(organisation.chief).post(place, {**sent, "proposal": key}).status_code

    assert stands() == (True, 0, 2)
    assert give(0, "Lập phương án, sửa lời") == 302
    assert stands() == (True, 1, 2)
    for address in (f"/documents/{row.id}/", "/follow-up/gaps/"):
        assert "In part: 1 of 2 tasks assigned" in chief.get(address).content.decode()
    offered = proved(organisation.chief).get(f"{place}?clause={clause}").content.decode()
    assert f'id="proposal-{clause}-1"' in offered and f'id="proposal-{clause}-0"' not in offered
    assert give(0, "Lập phương án lần nữa") == 409
    assert give(1, "Lập báo cáo") == 302
    assert stands() == (False, 2, 2)
    second = Assignment.objects.get(title="Lập báo cáo")
    actions.withdraw_assignment(actor=organisation.chief, now=clock.now(), assignment=second.id, reason="thôi")
    assert stands() == (True, 1, 2)
    first = Assignment.objects.get(title="Lập phương án, sửa lời")
    actions.name_clause(actor=organisation.chief, now=clock.now(), assignment=first.id, clause=clause)
    assert stands()[0] is False


def test_a_second_document_of_the_decision_shows_what_the_first_ones_assignments_carry_out(thread: Thread) -> None:
    first, second = (issued(thread, drafted(thread)) for _ in range(2))
    chief = thread.organisation.chief
    texts = tasked(chief, [first, second])
    for row in (first, second):
        assert [task.title for task in texts[row.id].clauses[-1].tasks] == ["Phân luồng tại nút giao"]
        assert texts[row.id].missing == 0
    for clause, gaps in ((second.order[-1], (0, 0)), (None, (1, 1)), (first.order[-1], (0, 0))):
        actions.name_clause(actor=chief, now=clock.now(), assignment=thread.assignment, clause=clause)
        texts = tasked(chief, [first, second])
        assert (texts[first.id].missing, texts[second.id].missing) == gaps


def test_documents_without_a_gap_are_counted_and_listed_on_demand(thread: Thread) -> None:
    row = issued(thread, drafted(thread))
    chief = client_of(thread.organisation.chief)
    page = chief.get("/follow-up/gaps/").content.decode()
    assert row.symbol not in page and "1 of them has no gap." in page
    assert row.symbol in chief.get("/follow-up/gaps/?all=on").content.decode()


def test_a_withdrawn_assignment_carries_nothing_out(thread: Thread) -> None:
    row = issued(thread, drafted(thread))
    actions.withdraw_assignment(
        actor=thread.organisation.chief, now=thread.now, assignment=thread.assignment, reason="thôi"
    )
    assert tasked(thread.organisation.chief, [row])[row.id].missing == 1


def test_a_clause_is_named_by_hand_by_who_assigns_and_only_of_a_document_of_the_decision(thread: Thread) -> None:
    row = issued(thread, drafted(thread, TASK))
    chief, address = client_of(thread.organisation.chief), f"/assignments/{thread.assignment}/"
    shown = chief.get(address).content.decode()
    offered = re.findall(r'<option value="([0-9a-f-]{36})"', shown[shown.index("clause-clause") :])
    assert offered[: len(row.order)] == [str(id) for id in row.order]
    assert chief.post(f"{address}clause/", {"clause-clause": row.order[2]}).status_code == 302
    assert Assignment.objects.get(id=thread.assignment).clause_id == row.order[2]
    assert chief.post(f"{address}clause/", {"clause-clause": ""}).status_code == 302
    assert Assignment.objects.get(id=thread.assignment).clause_id is None
    other = Desk(thread.organisation, thread.now).issued()
    refused = chief.post(f"{address}clause/", {"clause-clause": other.order[1]})
    assert refused.status_code == 422
    assert "No document from this decision has such a clause." in refused.content.decode()
    given = {"now": thread.now, "assignment": thread.assignment, "clause": row.order[2]}
    with pytest.raises(Refused):
        actions.name_clause(actor=thread.organisation.hanoi_officer, **given)
    order = thread.order(clause=other.order[1])
    with pytest.raises(BadInput) as fault:
        actions.issue_assignments(
            actor=thread.organisation.chief, now=thread.now, decision=thread.decision, orders=[order]
        )
    assert fault.value.field == "clause"


def test_whoever_does_not_see_the_document_is_told_of_no_clause(thread: Thread) -> None:
    row = issued(thread, drafted(thread))
    Document.objects.filter(id=row.id).update(units=[thread.organisation.ministry])
    carrying = Assignment.objects.get(id=thread.assignment)
    assert named(thread.organisation.hanoi_officer, carrying) == ("", "")
