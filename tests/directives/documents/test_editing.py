from datetime import timedelta
from uuid import UUID

import pytest

from tests.directives.documents.desk import Desk
from tests.directives.thread import Thread
from tests.ground import Organisation
from thammuu.directives import actions as directives
from thammuu.directives import queries as reading
from thammuu.directives.documents import actions, queries
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.actions.editing import Outdated, TakenUp
from thammuu.directives.documents.from_decision import begun_from
from thammuu.directives.documents.models import Document, DocumentComment, DocumentSection
from thammuu.directives.models import Decision
from thammuu.journal import feed, links
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.policies import can_view
from thammuu.paper.clauses import ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def texts(desk: Desk, document: UUID) -> list[str]:
    return [section.text for section in desk.sections(document)]


def test_a_draft_keeps_its_sections_in_order_and_is_seen_by_its_own_units_only(desk: Desk) -> None:
    row = desk.row(desk.draft())
    organisation = desk.organisation
    assert (row.state, row.type_name, row.series, row.number, row.symbol) == ("draft", "Chỉ thị", "CT", None, "")
    assert texts(desk, row.id) == ["Căn cứ Kế hoạch năm", "Tăng cường tuần tra", "Báo cáo kết quả"]
    assert [entry.kind for entry in feed.of_subjects([row.id])] == ["directives.document_drafted"]
    assert row.units == [organisation.ministry]
    assert not can_view(organisation.hanoi_officer, row)
    [_ground, first, second] = queries.sections_of(organisation.viewer, row, desk.now)
    assert (first.label, second.label) == ("1.", "2.")


def test_sections_are_added_moved_and_struck_and_what_is_struck_stays_on_record(desk: Desk) -> None:
    document, staff = desk.draft(), desk.organisation.staff
    first = desk.sections(document)[0].id
    common = {"actor": staff, "now": desk.now}
    added = actions.add_section(document=document, kind=ClauseKind.ARTICLE, text="Phạm vi", after=first, **common)
    assert texts(desk, document)[:2] == ["Căn cứ Kế hoạch năm", "Phạm vi"]
    actions.move_section(section=added, places=9, **common)
    assert texts(desk, document)[-1] == "Phạm vi"
    actions.move_section(section=added, places=-1, **common)
    assert texts(desk, document)[-2] == "Phạm vi"
    actions.strike_section(section=added, version=1, **common)
    assert "Phạm vi" not in texts(desk, document)
    assert (DocumentSection.objects.get(id=added).struck, DocumentSection.objects.get(id=added).text) == (
        True,
        "Phạm vi",
    )
    with pytest.raises(Conflict):
        actions.change_section(section=added, version=2, kind=ClauseKind.CLAUSE, text="x", **common)


def test_saving_over_a_newer_version_changes_nothing(desk: Desk) -> None:
    document, organisation = desk.draft(), desk.organisation
    section = desk.sections(document)[1]
    given = {"now": desk.now, "section": section.id, "version": 1, "kind": ClauseKind.CLAUSE}
    actions.change_section(actor=organisation.chief, text="Của chỉ huy", **given)
    before = Entry.objects.count()
    with pytest.raises(Outdated):
        actions.change_section(actor=organisation.staff, text="Của tham mưu", **given)
    with pytest.raises(Outdated):
        actions.strike_section(actor=organisation.staff, now=desk.now, section=section.id, version=1)
    section.refresh_from_db()
    assert (section.text, section.version, Entry.objects.count()) == ("Của chỉ huy", 2, before)


def test_being_edited_warns_another_post_for_a_while_and_can_be_taken_over(desk: Desk) -> None:
    section, organisation = desk.sections(desk.draft())[1].id, desk.organisation
    actions.take_up_section(actor=organisation.staff, now=desk.now, section=section)
    actions.take_up_section(actor=organisation.staff, now=desk.now, section=section)
    with pytest.raises(TakenUp):
        actions.take_up_section(actor=organisation.chief, now=desk.now + timedelta(minutes=14), section=section)
    actions.take_up_section(actor=organisation.chief, now=desk.now, section=section, take_over=True)
    assert DocumentSection.objects.get(id=section).taken_by_id == organisation.chief.post
    actions.take_up_section(actor=organisation.staff, now=desk.now + timedelta(minutes=16), section=section)
    actions.change_section(
        actor=organisation.staff, now=desk.now, section=section, version=1, kind=ClauseKind.CLAUSE, text="Xong"
    )
    assert DocumentSection.objects.get(id=section).taken_by_id is None


def test_one_sending_is_one_section(desk: Desk) -> None:
    document, sending = desk.draft(), Submission(new_id(), b"1" * 32)
    given = {"actor": desk.organisation.staff, "now": desk.now, "document": document, "submission": sending}
    first = actions.add_section(kind=ClauseKind.CLAUSE, text="Một", **given)
    assert actions.add_section(kind=ClauseKind.CLAUSE, text="Một", **given) == first
    assert texts(desk, document).count("Một") == 1


def test_a_document_from_a_decision_holds_its_assignments_as_clauses(thread: Thread) -> None:
    organisation, decision = thread.organisation, Decision.objects.get(id=thread.decision)
    directives.issue_assignments(
        actor=organisation.chief, now=thread.now, decision=decision.id,
        orders=[thread.order(lead_unit=organisation.hue, title="Chốt chặn")],
    )  # fmt: skip
    issued = reading.issued_from(organisation.chief, decision.id)
    begun = begun_from(decision, issued, "KH")
    id = actions.draft_document(
        actor=organisation.chief, now=thread.now, unit=organisation.ministry, description=begun.description,
        clauses=begun.clauses, arises_from=(Subject.DECISION, decision.id),
    )  # fmt: skip
    row = Document.objects.get(id=id)
    assert set(row.recipients) == {organisation.hanoi, organisation.hue}
    assert [section.kind for section in DocumentSection.objects.filter(id__in=row.order)].count("clause") == 2
    assert {(edge.relation, edge.target[1]) for edge in links.around([id]) if edge.source[1] == id} == {
        (Relation.ARISES_FROM, decision.id)
    }
    letter = begun_from(decision, issued, "CV").description
    assert (letter.recipients, set(letter.addressees)) == ((), {organisation.hanoi, organisation.hue})


def test_what_stands_around_the_text_is_changed_until_it_is_submitted(desk: Desk) -> None:
    document, staff = desk.draft(), desk.organisation.staff
    given = {"actor": staff, "now": desk.now, "document": document}
    actions.describe_document(description=Description(type="KH", abstract="Phòng chống lụt bão"), **given)
    row = desk.row(document)
    assert (row.type_name, row.abstract, row.recipients) == ("Kế hoạch", "Phòng chống lụt bão", [])
    desk.submit(document)
    with pytest.raises(Conflict):
        actions.describe_document(description=Description(type="CT", abstract="x"), **given)
    with pytest.raises(Conflict):
        actions.add_section(kind=ClauseKind.CLAUSE, text="x", **given)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"type": "XX"}, "type"),
        ({"abstract": " "}, "abstract"),
        ({"abstract": "Ðề án"}, "abstract"),
        ({"recipients": (new_id(),)}, "addressees"),
        ({"effect": "revokes"}, "alters"),
        ({"effect": "revokes", "alters": new_id()}, "alters"),
    ],
)
def test_a_wrong_description_names_the_field(desk: Desk, values: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        desk.draft(**values)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Document.objects.exists()


def test_who_neither_assigns_nor_decides_does_not_draft(desk: Desk, organisation: Organisation) -> None:
    document = desk.draft()
    for name, fault in (("viewer", Refused), ("duty", Refused), ("hanoi_officer", Missing)):
        with pytest.raises(fault):
            actions.add_section(
                actor=getattr(organisation, name), now=desk.now, document=document, kind=ClauseKind.CLAUSE, text="x"
            )
    with pytest.raises(Refused):
        actions.draft_document(
            actor=organisation.hanoi_officer, now=desk.now, unit=organisation.hanoi,
            description=Description(type="BC", abstract="x"),
        )  # fmt: skip


def test_whoever_sees_a_section_comments_on_it_and_the_recipients_do_not_read_that(desk: Desk) -> None:
    document, organisation = desk.approved(), desk.organisation
    section = desk.sections(document)[1].id
    desk.issue(document)
    comment = actions.make_comment(actor=organisation.viewer, now=desk.now, section=section, text="Thiếu thời hạn")
    assert DocumentComment.objects.get(id=comment).units == [organisation.ministry]
    with pytest.raises(Missing):
        actions.make_comment(actor=organisation.hanoi_officer, now=desk.now, section=section, text="x")
