"""Promise 8: whatever officers do to documents, in whatever order, what stands in them is what was agreed to.

Officers of a ministry and of two provinces do all that can be done, allowed or not, to documents of two units. Beside
them a model keeps what each text must be; each third act is sent twice. What is refused must have changed nothing.
"""

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.ground import NOW, Organisation
from thammuu.directives.documents import actions, queries
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.actions.drafting import digest_of
from thammuu.directives.documents.actions.editing import TakenUp
from thammuu.directives.documents.actions.importing import digest_of_text
from thammuu.directives.documents.models import Document, DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import EDITING, Effect
from thammuu.journal import fold
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.policies import visible_to
from thammuu.org.rules import Role
from thammuu.paper.clauses import Clause, ClauseKind

RUNS = int(os.environ.get("THAMMUU_RUNS", "4"))
STEPS = 14 if RUNS < 100 else 50
TOLD = (
    Subject.DOCUMENT, Subject.DOCUMENT_SECTION, Subject.DOCUMENT_VERSION, Subject.DOCUMENT_CHANGE,
    Subject.DOCUMENT_COMMENT, Subject.DOCUMENT_TYPE, Subject.NUMBER_SERIES, Subject.UNIT_SYMBOL,
)  # fmt: skip
FROM = {
    "submit": {"draft"}, "abandon": {"draft"}, "agree": {"in_review"}, "approve": {"reviewed"}, "issue": {"approved"},
    "return": {"in_review", "reviewed", "approved"},
}  # fmt: skip
ACTS: dict[str, Callable[..., UUID]] = {
    "submit": actions.submit_document, "abandon": actions.abandon_document, "agree": actions.agree_to_document,
    "approve": actions.approve_document, "issue": actions.issue_document, "return": actions.return_document,
}  # fmt: skip
NEXT = {"draft": "submit", "in_review": "agree", "reviewed": "approve", "approved": "issue"}
REFUSALS = (BadInput, Conflict, Missing, Refused)
WHICH = st.integers(0, 200)
WORKERS = ("chief", "staff", "hanoi_officer")
WHO = st.sampled_from([*WORKERS, *WORKERS, "hue_officer", "viewer", "admin"])
TEXT = st.sampled_from(["Tuần tra ban đêm", "Báo cáo", "Trực đủ quân số", " ", "Ðưa dân", "x" * 20_001])
KIND = st.sampled_from([ClauseKind.GROUND, ClauseKind.ARTICLE, ClauseKind.CLAUSE, ClauseKind.POINT])
TYPE = st.sampled_from(["CT", "CV", "HDNV", "KH", "XX"])
Words = tuple[UUID, str, str]


class Documents(RuleBasedStateMachine):
    organisation: Organisation

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now, self.done = NOW, 0
        self.words: dict[UUID, tuple[str, str]] = {}
        self.order: dict[UUID, list[UUID]] = {}
        self.frozen: dict[tuple[UUID, int], list[Words]] = {}
        self.taken: dict[UUID, tuple[UUID | None, object]] = {}
        self.began: dict[tuple[UUID, str, int], int] = defaultdict(int)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    @initialize()
    def begin(self) -> None:
        given = {"unit": self.organisation.ministry, "name": "Hướng dẫn nghiệp vụ", "abbreviation": "HDNV"}
        assert self.does("admin", actions.add_type, series="CT", **given)
        # One that is issued, one that replaced it, one that would revoke it besides, and is never issued.
        for place, effect in enumerate((Effect.NONE, Effect.REPLACES, Effect.REVOKES)):
            self.draft("staff", "CT", effect, place - 1, True, True)
            for who in ("staff", "staff", "chief", "staff", "staff")[: 5 if effect != Effect.REVOKES else 4]:
                self.pass_on(0, who)

    def does(self, who: str, act: Callable[..., UUID], sees: bool = True, **said: object) -> UUID | None:
        """Do it, perhaps send it again, and return the answer; None if it was refused."""
        before = Entry.objects.count()
        sending = Submission(new_id(), b"1" * 32)
        given = {"actor": self._actor(who), "now": self.now, "submission": sending, **said}
        try:
            answer = act(**given)
        except REFUSALS as refusal:
            assert sees or isinstance(refusal, Missing)
            assert Entry.objects.count() == before
            return None
        after, self.done = Entry.objects.count(), self.done + 1
        assert sees and after > before
        if self.done % 3 == 0:
            assert (act(**given), Entry.objects.count()) == (answer, after)
        return answer

    def works(self, who: str, act: Callable[..., UUID], row: Document, **said: object) -> UUID | None:
        """Do what only those do who work on documents of the unit, and what others may not even know of."""
        answer = self.does(who, act, row.id in self._seen(who), **said)
        assert answer is None or who in self._workers(row.unit_id)
        return answer

    @rule(minutes=st.sampled_from([1, 10, 16, 60, 60 * 24 * 20]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(
        who=WHO, type=TYPE, effect=st.sampled_from(list(Effect)), which=WHICH, ours=st.booleans(), filled=st.booleans()
    )
    def draft(self, who: str, type: str, effect: Effect, which: int, ours: bool, filled: bool) -> None:
        unit = self.organisation.ministry if ours else self.organisation.hanoi
        clauses = [Clause(ClauseKind.GROUND, "Căn cứ"), Clause(ClauseKind.CLAUSE, "Tuần tra")] if filled else []
        said = {"unit": unit, "description": self._description(type, effect, which), "clauses": clauses}
        id = self.does(who, actions.draft_document, **said)
        if id is not None:
            assert who in self._workers(unit)
            self._written(self._row(id), [], clauses)

    @rule(
        which=WHICH, who=WHO, type=TYPE, effect=st.sampled_from(list(Effect)), seen=st.sampled_from(["", "x", "fresh"])
    )
    def describe(self, which: int, who: str, type: str, effect: Effect, seen: str) -> None:
        row = self._document(which)
        said = {
            "description": self._description(type, effect, which),
            "seen": digest_of(row) if seen == "fresh" else seen,
        }
        if self.works(who, actions.describe_document, row, document=row.id, **said):
            assert row.state == "draft" and seen != "x"

    @rule(which=WHICH, who=WHO, kind=KIND, text=TEXT, after=WHICH)
    def add(self, which: int, who: str, kind: ClauseKind, text: str, after: int) -> None:
        row, place = self._document(which), self._section(after)
        said = {"document": row.id, "kind": kind, "text": text, "after": place.id}
        id = self.works(who, actions.add_section, row, **said)
        if id is not None:
            order = self.order[row.id]
            order.insert(order.index(place.id) + 1 if place.id in order else len(order), id)
            self._changed(row, id, kind, text)

    @rule(which=WHICH, who=WHO, over=st.booleans())
    def take_up(self, which: int, who: str, over: bool) -> None:
        one = self._section(which)
        post, at = self.taken.get(one.id, (None, self.now))
        others = post not in (None, self._actor(who).post) and self.now - at < EDITING and not over  # type: ignore[operator]
        if others and who in self._workers(one.document.unit_id) and self._open(one):
            with pytest.raises(TakenUp):
                actions.take_up_section(actor=self._actor(who), now=self.now, section=one.id)
        elif self.works(who, actions.take_up_section, one.document, section=one.id, take_over=over):
            assert self._open(one)
            self.taken[one.id] = (self._actor(who).post, self.now)

    @rule(which=WHICH, who=WHO, kind=KIND, text=TEXT, late=st.integers(0, 1))
    def change(self, which: int, who: str, kind: ClauseKind, text: str, late: int) -> None:
        one = self._section(which)
        said = {"section": one.id, "version": one.version - late, "kind": kind, "text": text}
        if self.works(who, actions.change_section, one.document, **said):
            assert not late and self._open(one)
            self.taken.pop(one.id, None)
            self._changed(one.document, one.id, kind, text)

    @rule(which=WHICH, who=WHO, places=st.integers(-3, 3))
    def move(self, which: int, who: str, places: int) -> None:
        one = self._section(which)
        if self.works(who, actions.move_section, one.document, section=one.id, places=places):
            assert self._open(one)
            order = self.order[one.document_id]
            place = order.index(one.id)
            order.insert(max(place + places, 0), order.pop(place))

    @rule(which=WHICH, who=WHO, late=st.integers(0, 1))
    def strike(self, which: int, who: str, late: int) -> None:
        one = self._section(which)
        if self.works(who, actions.strike_section, one.document, section=one.id, version=one.version - late):
            assert not late and self._open(one)
            self.order[one.document_id].remove(one.id)

    @rule(which=WHICH, who=WHO, texts=st.lists(TEXT, max_size=3), replacing=st.booleans(), late=st.booleans())
    def take_in(self, which: int, who: str, texts: list[str], replacing: bool, late: bool) -> None:
        row = self._document(which)
        clauses = [Clause(ClauseKind.CLAUSE, text) for text in texts]
        seen = "x" if late else digest_of_text([DocumentSection.objects.get(id=id) for id in row.order])
        said = {"document": row.id, "clauses": clauses, "replacing": replacing, "seen": seen}
        if self.works(who, actions.import_sections, row, **said):
            assert row.state == "draft" and not (replacing and late)
            self._written(row, [] if replacing else self.order[row.id], clauses)

    @rule(which=WHICH, who=WHO, text=TEXT)
    def comment(self, which: int, who: str, text: str) -> None:
        one = self._section(which)
        drafted = {one.document.unit_id, one.document.drafting_unit_id}
        self.does(who, actions.make_comment, bool(drafted & self._reach(who)), section=one.id, text=text)

    @rule(which=WHICH, who=WHO, step=st.sampled_from(sorted(FROM)), reason=st.sampled_from(["Đúng thẩm quyền", " "]))
    def step(self, which: int, who: str, step: str, reason: str) -> None:
        self.take_step(self._document(which), who, step, reason)

    def take_step(self, row: Document, who: str, step: str, reason: str) -> None:
        said = {"document": row.id}
        if step in ("issue", "submit"):
            said |= {"issuer": "VPB", "drafter": "TM"} if step == "issue" else {}
        else:
            said |= {"reason": reason}
        if self.works(who, ACTS[step], row, **said) is None:
            return
        assert row.state in FROM[step]
        if step == "submit":
            self.frozen[row.id, row.version + 1] = [(id, *self.words[id]) for id in self.order[row.id]]
        elif step == "agree":
            assert row.submitted_by_id != self._actor(who).post

    @rule(which=WHICH, who=st.sampled_from(["", "", "staff", "hanoi_officer"]))
    def pass_on(self, which: int, who: str) -> None:
        """Take the next step on a document's way, mostly as whoever may: histories would seldom get there by chance."""
        on_its_way = list(Document.objects.filter(state__in=NEXT).order_by("-id"))
        if on_its_way:
            row = on_its_way[which % len(on_its_way)]
            other = "chief" if row.submitted_by_id == self.organisation.staff.post else "staff"
            self.take_step(row, who or (other if row.version else "staff"), NEXT[row.state], "Đúng thẩm quyền")

    @rule(who=WHO, type=TYPE, last=st.integers(0, 3), ours=st.booleans())
    def go_on(self, who: str, type: str, last: int, ours: bool) -> None:
        unit, year = self.organisation.ministry if ours else self.organisation.hanoi, clock.day_of(self.now).year
        if self.does(who, actions.continue_series, unit=unit, type=type, last=last):
            assert who == "admin"
            self.began[unit, "CT" if type == "HDNV" else type, year] = last

    @invariant()
    def numbers_have_no_gap_and_no_double(self) -> None:
        found: dict[tuple[UUID, str, int], list[int]] = defaultdict(list)
        for row in Document.objects.filter(state="issued"):
            assert row.number and row.issued_year == clock.day_of(row.issued_at).year  # type: ignore[arg-type]
            found[row.unit_id, row.series, row.issued_year].append(row.number)  # type: ignore[index]
        for series, numbers in found.items():
            first = self.began[series] + 1
            assert sorted(numbers) == list(range(first, first + len(numbers)))
        assert not Document.objects.exclude(state="issued").exclude(number=None, symbol="", issued_at=None).exists()

    @invariant()
    def every_text_is_what_was_written_and_what_was_frozen_stays(self) -> None:
        sections = {one.id: (one.kind, one.text) for one in DocumentSection.objects.all()}
        assert sections == self.words
        assert dict(Document.objects.values_list("id", "order")) == self.order
        kept = {(one.document_id, one.number): one.clauses for one in DocumentVersion.objects.all()}
        told = {key: [(UUID(one["section"]), one["kind"], one["text"]) for one in said] for key, said in kept.items()}
        assert told == self.frozen

    @invariant()
    def what_is_submitted_approved_or_issued_is_its_frozen_version(self) -> None:
        for row in Document.objects.exclude(state__in=("draft", "abandoned")):
            frozen = self.frozen[row.id, row.version]
            assert frozen == [(id, *self.words[id]) for id in row.order]
            read = queries.text_of(self.organisation.chief, row)
            assert [(str(one.kind), one.text) for one in read] == [(kind, text) for _id, kind, text in frozen]
            assert (row.approved_by_id is not None) == (row.state in ("approved", "issued"))

    @invariant()
    def one_successor_at_most_ended_what_stands_ended(self) -> None:
        issued = list(Document.objects.filter(state="issued"))
        for row in issued:
            ends = [one.effect for one in issued if one.alters == row.id and one.effect in ("replaces", "revokes")]
            amended = any(one.alters == row.id and one.effect == "amends" for one in issued)
            ended = {"replaces": "replaced", "revokes": "revoked"}.get(ends[0], "") if ends else ""
            assert len(ends) <= 1
            assert row.standing == (ended or ("amended" if amended else "in_force"))
        assert not Document.objects.exclude(state="issued").exclude(standing="").exists()

    @invariant()
    def each_sees_what_its_units_see(self) -> None:
        rows = list(Document.objects.all())
        for who in ("staff", "hanoi_officer", "hue_officer", "commune_officer"):
            actor, seen, reach = self._actor(who), self._seen(who), self._reach(who)
            assert set(queries.documents(actor, queries.DocumentFilters()).values_list("id", flat=True)) == seen
            drafted = {row.id for row in rows if reach & {row.unit_id, row.drafting_unit_id}}
            issued = {(row.id, row.version) for row in rows if row.id in seen and row.state == "issued"}
            versions = DocumentVersion.objects.filter(visible_to(actor)).values_list("document", "number")
            assert set(versions) == {key for key in self.frozen if key[0] in drafted} | issued
            sections = DocumentSection.objects.filter(visible_to(actor)).values_list("document", flat=True)
            assert set(sections) == {one.document_id for one in DocumentSection.objects.all()} & drafted

    @invariant()
    def the_fold_equals_the_tables(self) -> None:
        assert list(fold.differences(TOLD)) == []

    def _actor(self, who: str) -> Actor:
        actor = getattr(self.organisation, who)
        assert isinstance(actor, Actor)
        return actor

    def _workers(self, unit: UUID) -> tuple[str, ...]:
        return WORKERS if unit == self.organisation.hanoi else ("chief", "staff")

    def _reach(self, who: str) -> set[UUID]:
        """Return the units whose documents the officer sees."""
        ours = self.organisation
        below = {
            "hanoi_officer": {ours.hanoi, ours.commune},
            "hue_officer": {ours.hue},
            "commune_officer": {ours.commune},
        }
        return below.get(who, {ours.ministry, ours.hanoi, ours.hue, ours.commune})

    def _seen(self, who: str) -> set[UUID]:
        found = set()
        for row in Document.objects.all():
            known = {*row.addressees, *row.recipients} if row.state == "issued" else set()
            if self._reach(who) & {row.unit_id, row.drafting_unit_id, *known}:
                found.add(row.id)
        return found

    def _description(self, type: str, effect: Effect, which: int) -> Description:
        earlier = self._document(which).id if effect != Effect.NONE else None
        to = (self.organisation.hue, self.organisation.commune)[which % 2]
        return Description(type, "Tăng cường tuần tra", addressees=(to,), effect=effect, alters=earlier)

    def _document(self, which: int) -> Document:
        rows = list(Document.objects.order_by("-id"))
        return rows[which % len(rows)]

    def _row(self, id: UUID) -> Document:
        return Document.objects.get(id=id)

    def _section(self, which: int) -> DocumentSection:
        rows = list(DocumentSection.objects.select_related("document").order_by("-id"))
        return rows[which % len(rows)]

    def _open(self, one: DocumentSection) -> bool:
        return one.document.state == "draft" and not one.struck

    def _changed(self, row: Document, section: UUID, kind: ClauseKind, text: str) -> None:
        assert row.state == "draft"
        self.words[section] = (str(kind), text)

    def _written(self, row: Document, kept: list[UUID], clauses: list[Clause]) -> None:
        """Learn the ids of what was written, which only the document knows, and what each must say."""
        new = self._row(row.id).order[len(kept) :]
        self.order[row.id] = [*kept, *new]
        for id, clause in zip(new, clauses, strict=True):
            self.words[id] = (str(clause.kind), clause.text)


@pytest.mark.django_db
def test_documents_keep_their_invariants_whatever_is_done_to_them(organisation: Organisation) -> None:
    officer = organisation.hanoi_officer
    org.grant_role(
        actor=authority.SYSTEM, now=NOW, post=officer.post, role=Role.STAFF_OFFICER, unit=organisation.hanoi,
        starts_at=NOW, reason="Soạn văn bản", classification=0,
    )  # fmt: skip
    drafts = authority.actor_of(UUID(str(officer.account)))
    assert drafts is not None

    class Here(Documents):
        pass

    Here.organisation = replace(organisation, hanoi_officer=drafts)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.reuse, Phase.generate),  # a history of a dozen steps is read as it is
        ),
    )
