from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.directives.documents.desk import Desk
from tests.directives.incoming.counter import CLAUSES, Counter
from tests.paper.files import photo, upload
from thammuu.directives import actions as directives
from thammuu.directives.documents.models import NumberSeries
from thammuu.directives.incoming import actions, queries, registers
from thammuu.directives.incoming.actions import Charge, Duplicate
from thammuu.directives.incoming.models import IncomingDocument, IncomingText
from thammuu.directives.incoming.queries import Asked
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.directives.incoming.waiting import WORDS, waiting_incoming
from thammuu.directives.rules import Timing
from thammuu.journal import feed, links
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org.policies import can_view
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_arrivals_are_numbered_without_a_gap_by_unit_and_year(counter: Counter) -> None:
    organisation = counter.organisation
    first = counter.register()
    with transaction.atomic():
        counter.register(symbol="13/CĐ-TTg")
        transaction.set_rollback(True)
    with pytest.raises(Duplicate), transaction.atomic():
        counter.register()
    second = counter.register(symbol="14/CĐ-TTg")
    of_hanoi = actions.register_incoming(
        actor=organisation.hanoi_officer, now=counter.now, unit=organisation.hanoi, arrival=counter.arrival()
    )
    year = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    next_year = Counter(organisation, year).register(symbol="15/CĐ-TTg")
    found = [(counter.row(id).year, counter.row(id).number) for id in (first, second, of_hanoi, next_year)]
    assert found == [(2026, 1), (2026, 2), (2026, 1), (2027, 1)]
    assert NumberSeries.objects.filter(series="văn bản đến").count() == 3
    text = IncomingText.objects.get(document=first)
    assert [(one["label"], one["text"]) for one in text.clauses][1:3] == [
        ("Điều 1.", "Tăng cường tuần tra"),
        ("1.", "Tuần tra ban đêm"),
    ]
    assert len({one["id"] for one in text.clauses}) == len(CLAUSES)


def test_a_second_copy_is_confirmed_and_the_first_is_named(counter: Counter) -> None:
    first = counter.register()
    with pytest.raises(Duplicate) as found, transaction.atomic():
        counter.register(issuer="VĂN PHÒNG chính phủ", symbol="Số 12/cđ-ttg", dated=None)
    assert found.value.earlier.id == first
    second = counter.register(more={"second_copy": True})
    third = counter.register(more={"second_copy": True})
    assert [counter.row(id).copy_of for id in (first, second, third)] == [None, first, first]
    for other in ({"dated": counter.today - timedelta(days=400)}, {"issuer": "Bộ Y tế"}, {"symbol": ""}):
        counter.register(**other)
    counter.register(symbol="")
    shown = {row.id for row in queries.copies_of(counter.organisation.viewer, counter.row(second), counter.now)}
    assert shown == {first, third}


def test_what_cannot_be_is_refused_and_nothing_is_registered(counter: Counter) -> None:
    tomorrow = counter.today + timedelta(days=1)
    for field, value in (("arrived_on", tomorrow), ("dated", tomorrow), ("issuer", " "), ("abstract", "\u00d0")):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            counter.register(**{field: value})
        assert refused.value.field == field
    for actor in (counter.organisation.viewer, counter.organisation.duty, counter.organisation.hue_officer):
        with pytest.raises(Refused):
            actions.register_incoming(
                actor=actor, now=counter.now, unit=counter.organisation.ministry, arrival=counter.arrival()
            )
    assert not IncomingDocument.objects.exists()


def test_sent_twice_it_is_registered_once(counter: Counter) -> None:
    sending = {"submission": Submission(new_id(), b"1" * 32)}
    first = counter.register(more=sending)
    entries = Entry.objects.count()
    assert counter.register(more=sending) == first
    assert (IncomingDocument.objects.count(), Entry.objects.count()) == (1, entries)


def test_it_is_passed_on_with_its_text_and_files_acknowledged_and_passed_further(counter: Counter) -> None:
    organisation = counter.organisation
    document = counter.register(more={"files": [take_in(upload(photo(), "a.jpg"))]})
    row = counter.row(document)
    assert not can_view(organisation.hanoi_officer, row)
    counter.pass_on(document)
    row = counter.row(document)
    for seen in (row, row.text, Attachment.objects.get(id=row.attachments[0])):
        assert can_view(organisation.hanoi_officer, seen)
        assert not can_view(organisation.hue_officer, seen)
    with pytest.raises(Refused):
        actions.acknowledge_incoming(actor=organisation.viewer, now=counter.now, document=document)
    with pytest.raises(Missing):
        actions.acknowledge_incoming(actor=organisation.hue_officer, now=counter.now, document=document)
    actions.acknowledge_incoming(actor=organisation.hanoi_officer, now=counter.now, document=document)
    with pytest.raises(Conflict):
        actions.acknowledge_incoming(actor=organisation.hanoi_officer, now=counter.now, document=document)
    counter.pass_on(document, organisation.hue)
    row = counter.row(document)
    assert (row.state, row.lead_unit_id, row.acknowledged_at) == ("passed_on", organisation.hue, None)
    assert can_view(organisation.hue_officer, row)
    with pytest.raises(Refused):
        actions.acknowledge_incoming(actor=organisation.hanoi_officer, now=counter.now, document=document)
    told = [entry.say("en") for entry in feed.of_subjects([document])]
    assert told[1:] == [
        "Passed on to Hà Nội. Tham mưu văn bản trả lời",
        "Received by the unit that deals with it",
        "Passed on to Huế. Tham mưu văn bản trả lời",
    ]


def test_a_file_that_came_later_is_added_and_changes_nothing_that_was_registered(counter: Counter) -> None:
    organisation = counter.organisation
    document = counter.register(more={"files": [take_in(upload(photo(), "a.jpg"))]})
    counter.pass_on(document)
    before = IncomingDocument.objects.filter(id=document).values().get()
    given = {"now": counter.now + timedelta(hours=1), "document": document}
    later = [take_in(upload(photo(size=(320, 240)), "phụ lục.jpg"))]
    sending = Submission(new_id(), b"1" * 32)
    for _twice in range(2):
        actions.add_incoming_files(actor=organisation.staff, files=later, submission=sending, **given)
    after = IncomingDocument.objects.filter(id=document).values().get()
    assert len(after["attachments"]) == 2 and after["attachments"][0] == before["attachments"][0]
    assert {**after, "attachments": None} == {**before, "attachments": None}
    added = Attachment.objects.get(id=after["attachments"][1])
    assert added.name == "phụ lục.jpg" and added.stored_at == given["now"]
    assert can_view(organisation.hanoi_officer, added) and not can_view(organisation.hue_officer, added)
    assert [entry.say("en") for entry in feed.of_subjects([document])][-1] == "Files added: 1"
    for actor, refusal in ((organisation.hanoi_officer, Refused), (organisation.hue_officer, Missing)):
        with pytest.raises(refusal):
            actions.add_incoming_files(actor=actor, files=later, **given)
    for files in ([], later * 11):
        with pytest.raises(BadInput) as fault:
            actions.add_incoming_files(actor=organisation.staff, files=files, **given)
        assert fault.value.field == "received"
    actions.settle_incoming(actor=organisation.staff, now=counter.now, document=document, reason="để biết")
    with pytest.raises(Conflict):
        actions.add_incoming_files(actor=organisation.staff, files=later, **given)
    assert len(counter.row(document).attachments) == 2


def test_it_is_not_passed_on_upwards_or_with_a_deadline_that_is_over(counter: Counter) -> None:
    organisation = counter.organisation
    document = actions.register_incoming(
        actor=organisation.hanoi_officer, now=counter.now, unit=organisation.hanoi, arrival=counter.arrival()
    )
    yesterday = counter.today - timedelta(days=1)
    for field, charge in (
        ("unit", Charge(organisation.hue)),
        ("unit", Charge(new_id())),
        ("due_on", Charge(organisation.commune, yesterday)),
    ):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            actions.pass_on_incoming(
                actor=organisation.hanoi_officer, now=counter.now, document=document, charge=charge
            )
        assert refused.value.field == field


def test_an_issued_document_or_a_decision_answers_and_both_name_each_other(counter: Counter) -> None:
    organisation, desk = counter.organisation, Desk(counter.organisation, counter.now)
    document, other = counter.register(), counter.register(symbol="13/CĐ-TTg")
    counter.pass_on(document, organisation.ministry)
    given = {"actor": organisation.staff, "now": counter.now, "document": document}
    draft, early = desk.draft(), desk.issue(desk.approved(), counter.now - timedelta(days=3))
    for answer in ((Subject.DOCUMENT, draft), (Subject.DOCUMENT, early.id), (Subject.INCIDENT, new_id())):
        with pytest.raises(BadInput), transaction.atomic():
            actions.answer_incoming(answer=answer, **given)
    answer = desk.issue(desk.approved(), counter.now + timedelta(days=8))
    actions.answer_incoming(answer=(Subject.DOCUMENT, answer.id), **given)
    decision = directives.take_decision(
        actor=organisation.chief, now=counter.now, unit=organisation.ministry, title="Ứng phó", reason="mưa",
        arises_from=(Subject.INCOMING_DOCUMENT, other),
    )  # fmt: skip
    actions.answer_incoming(answer=(Subject.DECISION, decision), **{**given, "document": other})
    late, in_time = incoming_rows(organisation.staff, [counter.row(document), counter.row(other)], counter.now)
    assert (late.timing, late.answer and late.answer.title) == (Timing.DONE_LATE, "02/CT-VPB – Tăng cường tuần tra")
    assert (in_time.timing, in_time.answer and in_time.answer.title) == (None, "Ứng phó")
    ties = {(edge.relation, edge.source[1], edge.target[1]) for edge in links.around([document, other])}
    assert {
        (Relation.ANSWERED_BY, document, answer.id), (Relation.ANSWERED_BY, other, decision),
        (Relation.ARISES_FROM, decision, other),
    } <= ties  # fmt: skip
    assert [row.id for row in queries.answered_by(organisation.staff, answer.id, counter.now)] == [document]
    with pytest.raises(Conflict):
        actions.settle_incoming(reason="x", **given)
    actions.reopen_incoming(reason="Trả lời nhầm", **given)
    assert (counter.row(document).state, counter.row(document).answer) == ("registered", None)


def test_without_an_answer_there_is_a_reason(counter: Counter) -> None:
    document = counter.register()
    given = {"actor": counter.organisation.staff, "now": counter.now, "document": document}
    with pytest.raises(BadInput):
        actions.settle_incoming(reason=" ", **given)
    actions.settle_incoming(reason="Để biết", **given)
    row = counter.row(document)
    assert (row.state, row.reason, row.settled_on) == ("settled", "Để biết", counter.today)


def test_a_correction_keeps_the_number_and_what_stood_before(counter: Counter) -> None:
    document, other = counter.register(), counter.register(symbol="13/CĐ-TTg")
    given = {"actor": counter.organisation.staff, "now": counter.now, "document": other}
    last_year = counter.today.replace(year=counter.today.year - 1)
    for fault, arrival in (
        (Duplicate, counter.arrival()),
        (BadInput, counter.arrival(arrived_on=last_year, symbol="1/X", dated=None)),
    ):
        with pytest.raises(fault), transaction.atomic():
            actions.correct_incoming(arrival=arrival, reason="nhầm", **given)
    actions.correct_incoming(arrival=counter.arrival(), reason="gõ nhầm số", second_copy=True, **given)
    row = counter.row(other)
    assert (row.symbol, row.number, row.copy_of) == ("12/CĐ-TTg", 2, document)
    said = [entry.say("en") for entry in feed.of_subjects([other])]
    assert said[0].startswith("Incoming document 2 registered: 13/CĐ-TTg of Văn phòng Chính phủ")
    assert said[1].endswith("Reason: gõ nhầm số")


def test_what_waits_is_shown_to_the_unit_whose_turn_it_is(counter: Counter) -> None:
    organisation, document = counter.organisation, counter.register()

    def waits() -> dict[str, list[object]]:
        names = ("staff", "hanoi_officer", "hue_officer", "viewer", "admin")
        found = {n: [one.what for one in waiting_incoming(getattr(organisation, n), counter.now)] for n in names}
        return {name: words for name, words in found.items() if words}

    registered, passed_on, acknowledged = WORDS.values()
    assert waits() == {"staff": [registered]}
    counter.pass_on(document)
    assert waits() == {"hanoi_officer": [passed_on]}
    actions.acknowledge_incoming(actor=organisation.hanoi_officer, now=counter.now, document=document)
    assert waits() == {"hanoi_officer": [acknowledged]}
    actions.settle_incoming(actor=organisation.hanoi_officer, now=counter.now, document=document, reason="Để biết")
    assert waits() == {}


def test_the_registers_have_the_decrees_columns_and_the_filter_says_what_the_rule_says(counter: Counter) -> None:
    organisation = counter.organisation
    ids = [counter.register(symbol=f"{number}/X") for number in range(1, 5)]
    for id, days in zip(ids, (0, 5, 5, None), strict=True):
        counter.pass_on(id, organisation.ministry, days)
    actions.settle_incoming(actor=organisation.staff, now=counter.now, document=ids[1], reason="Để biết")
    later = counter.now + timedelta(days=1)
    today = counter.today + timedelta(days=1)
    rows = incoming_rows(organisation.viewer, IncomingDocument.objects.all(), later)
    counted = queries.counts_by_timing(organisation.viewer, Asked(counter.today.year, due=True), today)
    assert counted == {timing: sum(row.timing == timing for row in rows) for timing in Timing}
    for timing in Timing:
        found = queries.incoming(organisation.viewer, Asked(counter.today.year, timing=timing, due=True), today)
        assert {one.id for one in found} == {row.id for row in rows if row.timing == timing}
    cells = registers.incoming_cells(next(row for row in rows if row.id == ids[0]))
    day = f"{counter.today:%d/%m/%Y}"
    assert (len(cells), cells[:2], cells[3]) == (len(registers.INCOMING.columns), (day, "01"), "1/X")
    cells = registers.follow_up_cells(next(row for row in rows if row.id == ids[1]))
    assert (len(cells), cells[0], cells[5]) == (len(registers.FOLLOW_UP.columns), "02", "Để biết")
