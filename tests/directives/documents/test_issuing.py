from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tests.directives.documents.desk import Desk
from thammuu.directives.documents import actions, queries
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.labels import EFFECTS
from thammuu.directives.documents.models import Document, DocumentVersion, NumberSeries, UnitSymbol
from thammuu.directives.documents.rules import Effect
from thammuu.directives.documents.waiting import WORDS, waiting_documents
from thammuu.journal import feed, links
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation
from thammuu.kernel.actor import Scope
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.policies import can_view
from thammuu.paper.clauses import ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_each_submission_freezes_the_text_and_a_return_lets_it_be_changed(desk: Desk) -> None:
    document, organisation = desk.draft(), desk.organisation
    desk.submit(document)
    actions.return_document(actor=organisation.chief, now=desk.now, document=document, reason="Thiếu thời hạn")
    section = desk.sections(document)[1].id
    actions.change_section(
        actor=organisation.staff, now=desk.now, section=section, version=1, kind=ClauseKind.CLAUSE, text="Trước 30/6"
    )
    desk.submit(document)
    first, second = DocumentVersion.objects.filter(document=document).order_by("number")
    assert [one["text"] for one in first.clauses][1:2] == ["Tăng cường tuần tra"]
    assert second.clauses[1] == {"section": str(section), "kind": "clause", "label": "1.", "text": "Trước 30/6"}
    steps = [(str(change.word), change.reason) for change in queries.changes_of(organisation.viewer, document)]
    assert [reason for _word, reason in steps] == ["", "Thiếu thời hạn", ""]


def test_another_post_reviews_and_only_who_decides_approves(desk: Desk) -> None:
    document, organisation = desk.draft(), desk.organisation
    desk.submit(document)
    with pytest.raises(Refused):
        actions.agree_to_document(actor=organisation.staff, now=desk.now, document=document)
    with pytest.raises(Conflict):
        desk.approve(document)
    desk.agree(document)
    with pytest.raises(Refused):
        actions.approve_document(actor=organisation.duty, now=desk.now, document=document, reason="x")
    with pytest.raises(BadInput):
        actions.approve_document(actor=organisation.chief, now=desk.now, document=document, reason=" ")
    desk.approve(document)
    row = desk.row(document)
    assert (row.state, row.approved_by_id, row.number) == ("approved", organisation.chief.post, None)
    actions.return_document(actor=organisation.chief, now=desk.now, document=document, reason="Sửa nơi nhận")
    assert desk.row(document).approved_by_id is None


def test_an_issued_document_has_its_number_and_is_seen_by_its_recipients(desk: Desk) -> None:
    row = desk.issued()
    organisation = desk.organisation
    assert (row.symbol, row.number, row.issued_year, row.standing) == ("01/CT-VPB", 1, 2026, "in_force")
    assert set(row.units) == {organisation.ministry, organisation.hanoi}
    assert can_view(organisation.hanoi_officer, row)
    assert not can_view(organisation.hue_officer, row)
    assert queries.text_of(organisation.hanoi_officer, row)[0].text == "Căn cứ Kế hoạch năm"
    assert queries.sections_of(organisation.hanoi_officer, row, desk.now) == []
    assert queries.changes_of(organisation.hanoi_officer, row.id) == []
    told = [entry.say("en") for entry in feed.of_subjects([row.id]) if organisation.hanoi in entry.units]
    assert told == ["Document issued: 01/CT-VPB – Tăng cường tuần tra"]
    with pytest.raises(Missing):
        actions.issue_document(actor=organisation.hue_officer, now=desk.now, document=row.id)
    with pytest.raises(Conflict):
        actions.issue_document(actor=organisation.staff, now=desk.now, document=row.id)


def test_each_type_counts_by_itself_and_begins_anew_with_the_year_of_the_organisations_zone(desk: Desk) -> None:
    assert [desk.issued(type).symbol for type in ("CT", "CT", "KH", "CV")] == [
        "01/CT-VPB",
        "02/CT-VPB",
        "01/KH-VPB",
        # The abbreviation of a unit is typed once and remembered: the drafting unit is the issuing one here.
        "01/VPB-VPB",
    ]
    assert UnitSymbol.objects.count() == 1
    # Half past midnight on 1 January in Hà Nội.
    newyear = desk.issue(desk.approved(), datetime(2026, 12, 31, 17, 30, tzinfo=UTC))
    assert (newyear.symbol, newyear.issued_year) == ("01/CT-VPB", 2027)


def test_a_series_goes_on_after_the_numbers_that_were_given_elsewhere(desk: Desk) -> None:
    given = {"actor": desk.organisation.admin, "now": desk.now, "unit": desk.organisation.ministry}
    actions.continue_series(type="KH", last=56, **given)
    assert desk.issued("KH").symbol == "57/KH-VPB"
    for type, fault in (("KH", Conflict), ("XX", BadInput)):
        with pytest.raises(fault):
            actions.continue_series(type=type, last=60, **given)
    for last in (0, 100_000):
        with pytest.raises(BadInput):
            actions.continue_series(type="CT", last=last, **given)
    with pytest.raises(Refused):
        actions.continue_series(type="CT", last=1, **{**given, "actor": desk.organisation.staff})


def test_an_issue_that_is_undone_gives_its_number_back(desk: Desk) -> None:
    desk.issued()
    undone = desk.approved()
    with transaction.atomic():
        assert desk.issue(undone).number == 2
        transaction.set_rollback(True)
    assert desk.row(undone).number is None
    assert desk.issued().number == 2
    assert NumberSeries.objects.get().last == 2


def test_an_issue_without_the_abbreviation_asks_for_it(desk: Desk) -> None:
    document = desk.approved("CV")
    given = {"actor": desk.organisation.staff, "now": desk.now, "document": document}
    for issuer in ("", "V P", "V/P", "V" * 21):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            actions.issue_document(issuer=issuer, **given)
        assert refused.value.field == "issuer"
    assert not NumberSeries.objects.exists()


def test_an_issue_sent_twice_takes_one_number(desk: Desk) -> None:
    document, sending = desk.approved(), Submission(new_id(), b"1" * 32)
    given = {"actor": desk.organisation.staff, "now": desk.now, "document": document, "issuer": "VPB"}
    first = actions.issue_document(submission=sending, **given)
    entries = Entry.objects.count()
    assert actions.issue_document(submission=sending, **given) == first == document
    assert (NumberSeries.objects.get().last, Entry.objects.count()) == (1, entries)


def test_a_later_document_changes_an_earlier_one_when_it_is_issued_and_both_say_so(desk: Desk) -> None:
    earlier, organisation = desk.issued(), desk.organisation
    later = desk.approved(effect="revokes", alters=earlier.id)
    amending = desk.issued(effect="amends", alters=earlier.id)
    assert desk.row(earlier.id).standing == "amended"
    revoking = desk.issue(later)
    assert desk.row(earlier.id).standing == "revoked"
    shown_below = {row.symbol for _word, row in queries.altering(organisation.staff, earlier.id)}
    assert shown_below == {revoking.symbol, amending.symbol}
    word, shown = queries.altered(organisation.staff, revoking) or ("", None)
    assert (word, shown and shown.id) == (EFFECTS[Effect.REVOKES], earlier.id)
    ties = {(edge.relation, edge.source[1]) for edge in links.around([earlier.id]) if edge.target[1] == earlier.id}
    assert {(Relation.SUPERSEDES, revoking.id), (Relation.REFERENCES, amending.id)} <= ties
    assert feed.of_subjects([earlier.id])[-1].say("en") == f"Revoked by {revoking.symbol}"


def test_a_unit_does_not_change_the_documents_of_another(desk: Desk) -> None:
    organisation, earlier = desk.organisation, desk.issued()
    own = Scope(frozenset({organisation.hanoi}))
    narrow = replace(organisation.staff, permits={**organisation.staff.permits, "assign": own, "decide": own})
    with pytest.raises(BadInput) as refused:
        actions.draft_document(
            actor=narrow, now=desk.now, unit=organisation.hanoi,
            description=Description(type="CT", abstract="x", effect=Effect.REVOKES, alters=earlier.id),
        )  # fmt: skip
    assert refused.value.field == "alters"


def test_what_is_not_in_force_any_more_is_not_changed_again(desk: Desk) -> None:
    earlier = desk.issued()
    late = desk.approved(effect="amends", alters=earlier.id)
    desk.issued(effect="replaces", alters=earlier.id)
    with pytest.raises(Conflict), transaction.atomic():
        desk.issue(late)
    assert desk.row(late).state == "approved"
    assert desk.issued().number == 3


def test_an_abandoned_draft_stays_on_record(desk: Desk) -> None:
    document = desk.draft()
    given = {"actor": desk.organisation.staff, "now": desk.now, "document": document}
    actions.abandon_document(reason="Trùng", **given)
    assert desk.row(document).state == "abandoned"
    with pytest.raises(Conflict):
        actions.submit_document(**given)


def test_a_document_without_text_is_not_submitted(desk: Desk) -> None:
    empty = actions.draft_document(
        actor=desk.organisation.staff, now=desk.now, unit=desk.organisation.ministry,
        description=Description(type="CT", abstract="x"),
    )  # fmt: skip
    with pytest.raises(BadInput):
        desk.submit(empty)


def test_a_units_own_type_has_its_name_abbreviation_and_series(desk: Desk) -> None:
    admin, ministry = desk.organisation.admin, desk.organisation.ministry
    common = {"actor": admin, "now": desk.now, "unit": ministry}
    actions.add_type(name="Hướng dẫn nghiệp vụ", abbreviation="HDNV", series="HD", **common)
    actions.give_symbol(abbreviation="V01", **common)
    actions.give_symbol(abbreviation="V02", **common)
    assert [desk.issued(type).symbol for type in ("HD", "HDNV")] == ["01/HD-V02", "02/HDNV-V02"]
    for abbreviation in ("HDNV", "CT", "A B"):
        with pytest.raises(BadInput):
            actions.add_type(name="x", abbreviation=abbreviation, **common)
    for act, said in ((actions.add_type, {"name": "x"}), (actions.give_symbol, {})):
        with pytest.raises(Refused):
            act(abbreviation="X", **{**common, "actor": desk.organisation.staff}, **said)  # type: ignore[operator]
    assert Document.objects.filter(type_name="Hướng dẫn nghiệp vụ").count() == 1


def test_what_waits_is_shown_to_whoever_takes_the_next_step(desk: Desk) -> None:
    organisation, document = desk.organisation, desk.draft()

    def waits() -> dict[str, list[object]]:
        names = ("staff", "chief", "viewer")
        found = {name: [one.what for one in waiting_documents(getattr(organisation, name))] for name in names}
        return {name: words for name, words in found.items() if words}

    assert waits() == {}
    desk.submit(document)
    assert waits() == {"chief": [WORDS["review"]]}
    actions.return_document(actor=organisation.chief, now=desk.now, document=document, reason="Thiếu")
    assert waits() == {"staff": [WORDS["mend"]]}
    desk.submit(document)
    desk.agree(document)
    assert waits() == {"staff": [WORDS["approve"]], "chief": [WORDS["approve"]]}
    desk.approve(document)
    assert waits() == {"staff": [WORDS["issue"]], "chief": [WORDS["issue"]]}
    desk.issue(document)
    assert waits() == {}
