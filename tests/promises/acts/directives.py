"""Every action of decisions and assignments."""

from datetime import timedelta
from uuid import UUID

from tests.directives.thread import Thread
from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.directives import actions as directives
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.models import Document
from thammuu.directives.models import Assignment, Evidence
from thammuu.directives.receiving import Cascade
from thammuu.journal.subjects import Subject
from thammuu.paper.clauses import Clause, ClauseKind


def act(does: Replay, organisation: Organisation) -> None:
    chief, officer = organisation.chief, organisation.hanoi_officer
    thread = Thread(organisation, does.now)
    decision = does(
        directives.take_decision, actor=chief, unit=organisation.ministry, title="Tăng cường", reason="đông người",
        orders=[thread.order(), thread.order(title="Rà soát")],
    )  # fmt: skip
    does(
        directives.issue_assignments, actor=chief, decision=decision,
        orders=[thread.order(lead_unit=organisation.hue, title="Cứu thương")],
    )  # fmt: skip
    first, second = Assignment.objects.filter(decision=decision, lead_unit=organisation.hanoi).order_by("id")
    described = documents.Description(type="KH", abstract="Phân luồng")
    drafted = does(
        documents.draft_document, actor=chief, unit=organisation.ministry, description=described,
        clauses=[Clause(ClauseKind.CLAUSE, "Phân luồng")] * 2, carried=[[second.id]],
        arises_from=(Subject.DECISION, decision),
    )  # fmt: skip
    sections = Document.objects.get(id=drafted).order
    for clause in (sections[1], None, sections[0]):
        does(directives.name_clause, actor=chief, assignment=first.id, clause=clause)
    order = thread.order(title="Chốt chặn", clause=sections[1], watching_units=(organisation.hue,))
    does(directives.issue_assignments, actor=chief, decision=decision, orders=[order])
    does(directives.acknowledge_assignment, actor=officer, assignment=first.id)
    for post in (officer.post, None, officer.post):
        does(directives.name_post, actor=officer, assignment=first.id, post=post)
    does(directives.report_progress, actor=officer, assignment=first.id, percent=40, note="đang làm")
    does(
        directives.extend_deadline, actor=chief, assignment=first.id, deadline=first.deadline + timedelta(days=3),
        reason="mưa",
    )  # fmt: skip
    for text, verdict in (("Chưa đủ", directives.return_evidence), ("Đã đủ", directives.verify_evidence)):
        does(directives.hand_in_evidence, actor=officer, assignment=first.id, text=text)
        evidence = Evidence.objects.get(assignment=first.id, state="submitted")
        reason = {"reason": "thiếu ảnh"} if verdict is directives.return_evidence else {}
        does(verdict, actor=chief, evidence=evidence.id, **reason)
    does(directives.close_assignment, actor=chief, assignment=first.id)
    does(directives.reopen_assignment, actor=chief, assignment=first.id, reason="chưa xong")
    does(directives.withdraw_assignment, actor=chief, assignment=second.id, reason="không cần nữa")
    _dealings(does, organisation, decision, first)
    _taking_over(does, organisation)


def _taking_over(does: Replay, organisation: Organisation) -> None:
    open_ = directives.Followed(
        4, organisation.hanoi, "Trực Tết", "Báo cáo", does.now - timedelta(days=9),
        supporting_units=(organisation.hue,), percent=20, document="7/CĐ-X", words="Ghi chú: gấp",
    )  # fmt: skip
    done = directives.Followed(
        5, organisation.hanoi, "Tổng kết", "Báo cáo", does.now, done_at=does.now - timedelta(days=1)
    )
    undated = directives.Followed(6, organisation.hanoi, "Sơ kết", "Báo cáo", does.now, undated=True)
    does(
        directives.take_over_assignments, actor=organisation.chief, unit=organisation.ministry, title="Sổ cũ",
        reason="Theo dõi tiếp", file="so.xlsx", entries=[open_, done, undated],
    )  # fmt: skip


def _dealings(does: Replay, organisation: Organisation, decision: UUID, first: Assignment) -> None:
    chief, officer = organisation.chief, organisation.hanoi_officer
    asked = does(directives.ask_guidance, actor=officer, assignment=first.id, question="Chặn cả xe buýt?")
    does(directives.give_guidance, actor=chief, guidance=asked, answer="Không")
    for days, verdict in ((7, directives.refuse_extension), (10, directives.grant_extension)):
        request = does(
            directives.request_extension, actor=officer, assignment=first.id, reason="mưa",
            deadline=first.deadline + timedelta(days=days),
        )  # fmt: skip
        does(verdict, actor=chief, request=request, ruling="đã xem")
    does(
        directives.hand_on_assignment, actor=officer, assignment=first.id, unit=organisation.commune, title="Chốt",
        product="Ảnh", deadline=first.deadline,
    )  # fmt: skip
    whole = Cascade("Rà soát lại", "Báo cáo", levels=("province", "commune"), reviews={"province": 1}, term_days=20)
    does(directives.cascade_assignments, actor=chief, decision=decision, cascade=whole)
    third = Assignment.objects.get(decision=decision, title="Rà soát lại", lead_unit=organisation.hanoi)
    does(directives.ask_guidance, actor=officer, assignment=third.id, question="Rà soát cả xã?")
    later = third.deadline + timedelta(days=9)
    does(directives.request_extension, actor=officer, assignment=third.id, reason="mưa", deadline=later)
    does(directives.refuse_assignment, actor=officer, assignment=third.id, reason="không phải của Hà Nội")
    does(directives.insist_on_assignment, actor=chief, assignment=third.id, reason="phải")
    does(directives.release_assignments, actor=chief, decision=decision, reason="đã có quyết định khác")
