"""Every action of incoming documents."""

from dataclasses import replace
from uuid import UUID

from tests.ground import Organisation
from tests.paper.files import photo, upload
from tests.promises.acts.replay import Replay
from thammuu.directives import actions as directives
from thammuu.directives.incoming import actions as incoming
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.models import Assignment
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import day_of
from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.intake import take_in


def act(does: Replay, organisation: Organisation) -> None:
    staff, ministry, day = organisation.staff, organisation.ministry, day_of(does.now)
    arrival = incoming.Arrival(arrived_on=day, issuer="Văn phòng Chính phủ", abstract="Ứng phó mưa lũ", symbol="12/CĐ")
    clauses = [Clause(ClauseKind.ARTICLE, "Trực ban"), Clause(ClauseKind.ARTICLE, "Báo cáo")]
    common = {"actor": staff, "unit": ministry, "arrival": arrival, "clauses": clauses}
    id = does(incoming.register_incoming, files=[take_in(upload(photo(), "a.jpg"))], **common)
    copy = does(incoming.register_incoming, second_copy=True, **common)
    entries = [incoming.Entry(replace(arrival, symbol=f"{number}/X"), number=number) for number in (20, 21)]
    does(incoming.import_incoming, actor=staff, unit=ministry, entries=entries, settled="sổ cũ")
    given = {"actor": staff, "document": id}
    does(incoming.correct_incoming, arrival=replace(arrival, symbol="13/CĐ"), reason="gõ nhầm", **given)
    does(incoming.add_incoming_files, files=[take_in(upload(photo(size=(320, 240)), "b.jpg"))], **given)
    decision = Assignment.objects.values_list("decision", flat=True).first()
    first, second = (UUID(clause["id"]) for clause in IncomingDocument.objects.get(id=id).text.clauses)
    link = does(incoming.link_measure, clauses=[first], measure=(Subject.DECISION, decision), **given)
    order = directives.Order(organisation.hue, "Báo cáo", "Báo cáo", term_days=3)
    does(incoming.assign_from_incoming, orders=[(second, order)], **given)
    does(incoming.pass_on_incoming, charge=incoming.Charge(organisation.hanoi, day, "Tham mưu"), **given)
    does(incoming.acknowledge_incoming, actor=organisation.hanoi_officer, document=id)
    does(incoming.strike_measure, actor=organisation.hanoi_officer, measure=link)
    decided = directives.take_decision(
        actor=staff, now=does.now, unit=ministry, title="Trực bão", reason="mưa",
        arises_from=(Subject.INCOMING_DOCUMENT, id),
    )  # fmt: skip
    does(incoming.answer_incoming, answer=(Subject.DECISION, decided), **given)
    does(incoming.reopen_incoming, reason="chưa đủ", **given)
    does(incoming.settle_incoming, actor=staff, document=copy, reason="để biết")
