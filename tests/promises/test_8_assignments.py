"""Promise 8: whatever officers do to assignments, in whatever order, their invariants hold after every step.

Four officers do all that can be done, allowed or not, to an assignment, to what is handed on below it and to what is
cascaded beside it. What is refused must have changed nothing.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.ground import NOW, Organisation
from thammuu.directives import actions, queries, rollup
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.models import Assignment, AssignmentChange, Evidence, ExtensionRequest, Guidance
from thammuu.directives.receiving import Cascade
from thammuu.directives.rules import OPEN, State
from thammuu.journal import fold
from thammuu.journal.models import Entry
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused

RUNS = int(os.environ.get("THAMMUU_RUNS", "4"))
STEPS = 12 if RUNS < 100 else 40
TOLD = (
    Subject.DECISION, Subject.ASSIGNMENT, Subject.ASSIGNMENT_CHANGE, Subject.PROGRESS, Subject.EVIDENCE,
    Subject.GUIDANCE, Subject.EXTENSION_REQUEST,
)  # fmt: skip
WHICH = st.integers(0, 50)
WHO = st.sampled_from(["chief", "hanoi_officer", "hanoi_officer", "commune_officer", "hue_officer"])
DAYS = st.integers(-1, 12)


class Assignments(RuleBasedStateMachine):
    organisation: Organisation

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now: datetime = NOW
        self.original: dict[UUID, datetime] = {}
        self.decision = UUID(int=0)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    @initialize()
    def decide(self) -> None:
        order = actions.Order(
            lead_unit=self.organisation.hanoi, title="Phân luồng", product="Báo cáo", term_days=8,
            supporting_units=(self.organisation.hue,),
        )  # fmt: skip
        self.decision = actions.take_decision(
            actor=self.organisation.chief, now=self.now, unit=self.organisation.ministry, title="Lệnh", reason="x",
            orders=[order],
        )  # fmt: skip
        self._learn()

    def does(self, who: str, act: Callable[..., object], **said: object) -> None:
        before = Entry.objects.count()
        try:
            with transaction.atomic():
                act(actor=self._actor(who), now=self.now, **said)
        except (BadInput, Conflict, Missing, Refused):
            assert Entry.objects.count() == before
        else:
            assert Entry.objects.count() > before
        self._learn()

    @rule(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=WHICH, who=WHO)
    def acknowledge(self, which: int, who: str) -> None:
        self.does(who, actions.acknowledge_assignment, assignment=self._one(which).id)

    @rule(which=WHICH, who=WHO, percent=st.integers(-5, 105))
    def report(self, which: int, who: str, percent: int) -> None:
        self.does(who, actions.report_progress, assignment=self._one(which).id, percent=percent, note="đang làm")

    @rule(which=WHICH, who=WHO)
    def hand_in(self, which: int, who: str) -> None:
        self.does(who, actions.hand_in_evidence, assignment=self._one(which).id, text="đã xong")

    @precondition(lambda self: Evidence.objects.exists())
    @rule(which=WHICH, who=st.sampled_from(["chief", "chief", "hanoi_officer"]), good=st.booleans())
    def judge(self, which: int, who: str, good: bool) -> None:
        ids = list(Evidence.objects.order_by("-id").values_list("id", flat=True))
        evidence = ids[which % len(ids)]
        if good:
            self.does(who, actions.verify_evidence, evidence=evidence)
        else:
            self.does(who, actions.return_evidence, evidence=evidence, reason="thiếu")

    @rule(which=WHICH, who=WHO, act=st.sampled_from(["close", "reopen", "refuse", "insist", "withdraw"]))
    def change(self, which: int, who: str, act: str) -> None:
        if act == "close":
            self.does(who, actions.close_assignment, assignment=self._one(which).id)
            return
        does = {
            "reopen": actions.reopen_assignment,
            "refuse": actions.refuse_assignment,
            "insist": actions.insist_on_assignment,
            "withdraw": actions.withdraw_assignment,
        }[act]
        self.does(who, does, assignment=self._one(which).id, reason="có lý do")

    @rule(which=WHICH, who=WHO, days=DAYS, asks=st.booleans())
    def later(self, which: int, who: str, days: int, asks: bool) -> None:
        row = self._one(which)
        act = actions.request_extension if asks else actions.extend_deadline
        deadline = row.deadline + timedelta(days=days)
        self.does(who, act, assignment=row.id, deadline=deadline, reason="mưa")

    @precondition(lambda self: ExtensionRequest.objects.exists())
    @rule(which=WHICH, who=WHO, grants=st.booleans())
    def decide_request(self, which: int, who: str, grants: bool) -> None:
        ids = list(ExtensionRequest.objects.order_by("-id").values_list("id", flat=True))
        act = actions.grant_extension if grants else actions.refuse_extension
        self.does(who, act, request=ids[which % len(ids)], ruling="đã xem")

    @rule(which=WHICH, who=WHO)
    def ask(self, which: int, who: str) -> None:
        self.does(who, actions.ask_guidance, assignment=self._one(which).id, question="làm thế nào?")

    @precondition(lambda self: Guidance.objects.exists())
    @rule(which=WHICH, who=WHO)
    def answer(self, which: int, who: str) -> None:
        ids = list(Guidance.objects.order_by("-id").values_list("id", flat=True))
        self.does(who, actions.give_guidance, guidance=ids[which % len(ids)], answer="như thế")

    @rule(which=WHICH, who=WHO, days=st.integers(-3, 5))
    def hand_on(self, which: int, who: str, days: int) -> None:
        row = self._one(which)
        deadline = row.deadline - timedelta(days=days)
        said = {"unit": self.organisation.commune, "title": "Chốt", "product": "Ảnh", "deadline": deadline}
        self.does(who, actions.hand_on_assignment, assignment=row.id, **said)

    @rule(days=st.integers(1, 12), reviews=st.integers(0, 4))
    def cascade(self, days: int, reviews: int) -> None:
        whole = Cascade("Rà soát", "x", ("province", "commune"), reviews={"province": reviews}, term_days=days)
        self.does("chief", actions.cascade_assignments, decision=self.decision, cascade=whole)

    @rule()
    def release(self) -> None:
        self.does("chief", actions.release_assignments, decision=self.decision, reason="thay thế")

    @invariant()
    def evidence_waits_exactly_where_it_is_to_be_verified(self) -> None:
        waiting = sorted(Evidence.objects.filter(state="submitted").values_list("assignment_id", flat=True))
        assert waiting == sorted(row.id for row in self._rows() if row.state == State.SUBMITTED)
        for row in self._rows():
            if row.state != State.WITHDRAWN:
                done_or_waits = row.state in (State.SUBMITTED, State.VERIFIED, State.CLOSED)
                assert (row.handed_in_at is not None) == done_or_waits

    @invariant()
    def one_request_is_open_at_a_time(self) -> None:
        open_ones = list(ExtensionRequest.objects.filter(state="open").values_list("assignment_id", flat=True))
        assert len(open_ones) == len(set(open_ones))

    @invariant()
    def the_original_deadline_stays_and_extensions_are_counted(self) -> None:
        extended = Counter(AssignmentChange.objects.filter(act="extend").values_list("assignment_id", flat=True))
        for row in self._rows():
            changes = extended[row.id]
            assert row.original_deadline == self.original[row.id]
            assert row.extensions == changes
            assert (row.deadline > row.original_deadline) == (changes > 0)
            assert 0 <= row.percent <= 100

    @invariant()
    def what_is_above_never_changes_and_rolls_up_what_is_below(self) -> None:
        chief = self.organisation.chief
        parts = {part.id: part for part in queries.parts_of(chief, self.decision)}
        rows = {row.id: row for row in self._rows()}
        for row in rows.values():
            parent = rows.get(row.parent_id) if row.parent_id else None
            assert row.above == ([parent.id, *parent.above] if parent else [])
            assert row.unit_id == (parent.lead_unit_id if parent else self.organisation.ministry)
        for top in {row.parent_id for row in rows.values() if row.parent_id}:
            below = queries.parts_of(chief, self.decision, top)
            branches = rollup.grouped(below, lambda part: rollup.branch_of(part, top, parts), self.now)  # noqa: B023
            assert set(branches) == {row.id for row in rows.values() if row.parent_id == top}
            whole = rollup.summed(below, self.now)
            assert sum(branches.values(), rollup.summed([], self.now)) == whole
            assert queries.tally(chief, AssignmentFilters(below=top), self.now) == whole.tally

    @invariant()
    def what_lies_with_somebody_is_open(self) -> None:
        parts = queries.parts_of(self.organisation.chief, self.decision)
        assert {part.id for part in parts if part.holder} == {part.id for part in parts if part.state in OPEN}

    @invariant()
    def the_fold_equals_the_tables(self) -> None:
        assert list(fold.differences(TOLD)) == []

    def _actor(self, who: str) -> Actor:
        actor = getattr(self.organisation, who)
        assert isinstance(actor, Actor)
        return actor

    def _rows(self) -> list[Assignment]:
        return list(Assignment.objects.order_by("id"))

    def _one(self, which: int) -> Assignment:
        rows = self._rows()
        return rows[which % len(rows)]

    def _learn(self) -> None:
        for id, deadline in Assignment.objects.values_list("id", "original_deadline"):
            self.original.setdefault(id, deadline)


@pytest.mark.django_db
def test_assignments_keep_their_invariants_whatever_is_done_to_them(organisation: Organisation) -> None:
    class Here(Assignments):
        pass

    Here.organisation = organisation
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
