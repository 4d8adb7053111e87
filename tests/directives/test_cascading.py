"""A cascade: what every unit receives, what is refused before anything is issued, what is released."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from tests.directives.thread import Thread
from tests.ground import Organisation
from thammuu.directives import actions, queries, receiving
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.models import Assignment, AssignmentChange, Decision
from thammuu.directives.receiving import Cascade
from thammuu.journal import feed, links
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation
from thammuu.kernel.calendar import add_working_days, deadline_at
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org.planning import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
WHOLE = Cascade(
    title="Rà soát phương án",
    product="Báo cáo",
    levels=("province", "commune"),
    reviews={"ministry": 1, "province": 2},
    term_days=10,
)


def _cascade(thread: Thread, cascade: Cascade = WHOLE, **values: object) -> dict[UUID, Assignment]:
    given = {"actor": thread.organisation.chief, "now": thread.now, "decision": thread.decision, **values}
    actions.cascade_assignments(cascade=cascade, **given)  # type: ignore[arg-type]
    found = Assignment.objects.filter(decision=thread.decision, title=cascade.title)
    return {row.lead_unit_id: row for row in found}


def test_every_unit_receives_its_own_below_the_one_that_verifies_it(thread: Thread) -> None:
    organisation = thread.organisation
    rows = _cascade(thread)
    assert set(rows) == {organisation.hanoi, organisation.hue, organisation.commune}
    province, commune = rows[organisation.hanoi], rows[organisation.commune]
    assert (province.unit_id, province.parent_id, province.above) == (organisation.ministry, None, [])
    assert (commune.unit_id, commune.parent_id, commune.above) == (organisation.hanoi, province.id, [province.id])
    end = day_of(deadline_at(thread.now, 10))
    assert day_of(province.deadline) == add_working_days(end, -1)
    assert day_of(commune.deadline) == add_working_days(end, -3)
    assert commune.units == [organisation.ministry, organisation.hanoi, organisation.commune]
    told = {(edge.relation, edge.target[1]) for edge in links.around([commune.id]) if edge.source[1] == commune.id}
    assert told == {
        (Relation.ARISES_FROM, thread.decision),
        (Relation.ARISES_FROM, province.id),
        (Relation.ASSIGNED_TO, organisation.commune),
    }
    [entry] = feed.of_subjects([commune.id])
    assert (entry.kind, entry.units) == ("directives.assignment_issued", tuple(commune.units))
    assert set(Decision.objects.get(id=thread.decision).units) == {organisation.ministry, *rows}


def test_the_province_verifies_its_communes_and_the_ministry_the_province(thread: Thread) -> None:
    organisation = thread.organisation
    rows = _cascade(thread)
    waiting = {
        name: {each.wait for each in queries.waiting_for(getattr(organisation, name), thread.now)}
        for name in ("commune_officer", "hue_officer")
    }
    assert waiting == {"commune_officer": {"acknowledge"}, "hue_officer": {"acknowledge"}}
    with pytest.raises(Missing):
        queries.assignment(organisation.commune_officer, rows[organisation.hanoi].id)
    with pytest.raises(Missing):
        queries.assignment(organisation.hue_officer, rows[organisation.commune].id)
    commune = rows[organisation.commune].id
    actions.acknowledge_assignment(actor=organisation.commune_officer, now=thread.now, assignment=commune)
    evidence = actions.hand_in_evidence(
        actor=organisation.commune_officer, now=thread.now, assignment=commune, text="Đã rà soát"
    )
    with pytest.raises(Refused):
        actions.verify_evidence(actor=organisation.commune_officer, now=thread.now, evidence=evidence)
    actions.verify_evidence(actor=organisation.chief, now=thread.now, evidence=evidence)


def test_sent_twice_it_is_issued_once(thread: Thread) -> None:
    sending = Submission(new_id(), b"1" * 32)
    first = _cascade(thread, submission=sending)
    # The second sending comes when the units have changed: it is answered, not judged.
    again = actions.cascade_assignments(
        actor=thread.organisation.chief,
        now=thread.later(hours=1),
        decision=thread.decision,
        cascade=WHOLE,
        seen="another",
        submission=sending,
    )
    assert again in {row.id for row in first.values()}
    assert Assignment.objects.filter(title=WHOLE.title).count() == 3


@pytest.mark.parametrize("given", ["level", "region", "list"])
def test_units_are_chosen_by_level_by_region_and_by_list(thread: Thread, given: str) -> None:
    organisation = thread.organisation
    chief = organisation.chief
    cascade, expected = {
        "level": (replace(WHOLE, levels=("province",)), {organisation.hanoi, organisation.hue}),
        "region": (replace(WHOLE, regions=(organisation.hanoi,)), {organisation.hanoi, organisation.commune}),
        "list": (
            replace(WHOLE, levels=(), units=tuple(receiving.named(chief, [" xã Ba Đình", "46", "", "46"]))),
            {organisation.commune, organisation.hue},
        ),
    }[given]
    rows = _cascade(thread, cascade)
    assert set(rows) == expected
    if given == "list":
        # No province stands between: the ministry itself verifies.
        assert {row.unit_id for row in rows.values()} == {organisation.ministry}


def test_names_that_fit_nothing_or_several_units_are_refused(thread: Thread) -> None:
    organisation = thread.organisation
    for code, parent in (("00010", organisation.hanoi), ("00011", organisation.hue)):
        org.create_unit(
            actor=organisation.admin,
            now=thread.now,
            code=code,
            level="commune",
            name="Tân Tiến",
            parent=parent,
            starts_on=date(2026, 1, 1),
        )
    for line, words in (("Xã Không Có", "No unit"), ("Tân Tiến", "00010")):
        with translation.override("en"), pytest.raises(BadInput) as fault:
            receiving.named(organisation.chief, [line])
        assert (fault.value.field, words in fault.value.reason) == ("units", True)
    # What one may not see has no name.
    with pytest.raises(BadInput):
        receiving.named(organisation.hue_officer, ["00004"])


def test_closed_units_are_refused_by_name(thread: Thread) -> None:
    organisation = thread.organisation
    org.reorganise(
        actor=organisation.admin,
        now=thread.now,
        changes=[Change(1, "46", date(2026, 11, 1), closes=True, successors=("01",))],
    )
    with pytest.raises(BadInput) as fault:
        _cascade(thread, replace(WHOLE, units=(organisation.hue,)))
    assert "Huế" in fault.value.reason
    assert not Assignment.objects.filter(title=WHOLE.title).exists()
    assert set(_cascade(thread)) == {organisation.hanoi, organisation.commune}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"term_days": 2}, "deadline", "Commune"),
        ({"term_days": None}, "term_days", ""),
        ({"reviews": {"province": 400}}, "reviews", "250"),
        ({"levels": ()}, "levels", ""),
        ({"title": " "}, "task", ""),
    ],
)
def test_what_cannot_be_issued_is_refused_with_its_reason(
    thread: Thread, change: dict[str, object], field: str, words: str
) -> None:
    with translation.override("en"), pytest.raises(BadInput) as fault:
        _cascade(thread, replace(WHOLE, **change))
    assert fault.value.field == field
    assert words in fault.value.reason
    assert not Assignment.objects.filter(title=WHOLE.title).exists()


def test_who_may_not_assign_does_not_cascade_and_what_was_seen_is_what_is_issued(thread: Thread) -> None:
    organisation = thread.organisation
    for actor, fault in [(organisation.hanoi_officer, Refused), (organisation.hue_officer, Missing)]:
        with pytest.raises(fault):
            _cascade(thread, actor=actor)
    with pytest.raises(BadInput):
        _cascade(thread, replace(WHOLE, units=(organisation.ministry,)))
    decision = queries.decision(organisation.chief, thread.decision)
    final = deadline_at(thread.now, 10)
    plan = receiving.planned(organisation.chief, decision, WHOLE, final, thread.now)
    with pytest.raises(BadInput):
        _cascade(thread, replace(WHOLE, levels=("province",)), seen=plan.digest)
    assert len(_cascade(thread, seen=plan.digest)) == 3


def test_a_deadline_on_a_day_of_rest_ends_with_the_next_working_day(thread: Thread) -> None:
    # 24 November is a holiday from 2026 on; the 25th is a Wednesday.
    holiday = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    rows = _cascade(thread, replace(WHOLE, term_days=None, deadline=holiday, reviews={}))
    assert {row.deadline.isoformat() for row in rows.values()} == {"2026-11-25T10:00:00+00:00"}


def test_what_a_decision_left_open_is_released_in_one_act(thread: Thread) -> None:
    organisation = thread.organisation
    rows = _cascade(thread)
    thread.acknowledge()
    thread.hand_in()
    thread.verify()
    sending = Submission(new_id(), b"1" * 32)
    common = {"decision": thread.decision, "reason": "Có quyết định thay thế"}
    for actor, fault in [(organisation.hanoi_officer, Refused), (organisation.hue_officer, Refused)]:
        with pytest.raises(fault):
            actions.release_assignments(actor=actor, now=thread.now, **common)
    answers = {
        actions.release_assignments(actor=organisation.chief, now=thread.now, submission=sending, **common)
        for _again in range(2)
    }
    assert len(answers) == 1
    states = dict(Assignment.objects.filter(decision=thread.decision).values_list("id", "state"))
    assert states == {thread.assignment: "verified", **{row.id: "withdrawn" for row in rows.values()}}
    changes = AssignmentChange.objects.filter(act="withdraw")
    assert {(change.assignment_id, change.state_before, change.reason) for change in changes} == {
        (row.id, "issued", "Có quyết định thay thế") for row in rows.values()
    }
    with pytest.raises(Conflict):
        actions.release_assignments(actor=organisation.chief, now=thread.now, **common)


def test_withdrawing_an_assignment_takes_back_what_is_open_below_it(thread: Thread) -> None:
    organisation = thread.organisation
    rows = _cascade(thread)
    actions.withdraw_assignment(
        actor=organisation.chief, now=thread.now, assignment=rows[organisation.hanoi].id, reason="Hết cần"
    )
    states = dict(Assignment.objects.filter(title=WHOLE.title).values_list("lead_unit_id", "state"))
    assert states == {
        organisation.hanoi: "withdrawn",
        organisation.commune: "withdrawn",
        organisation.hue: "issued",
    }


def test_the_roll_up_counts_what_the_lists_hold(thread: Thread, organisation: Organisation) -> None:
    rows = _cascade(thread)
    actions.withdraw_assignment(
        actor=organisation.chief, now=thread.now, assignment=rows[organisation.hue].id, reason="Hết cần"
    )
    parts = queries.parts_of(organisation.chief, thread.decision)
    assert len(parts) == 4
    assert [part.id for part in queries.parts_of(organisation.chief, thread.decision, rows[organisation.hanoi].id)] == [
        rows[organisation.commune].id
    ]
    assert [part.lead for part in queries.parts_of(organisation.commune_officer, thread.decision)] == [
        organisation.commune
    ]
    late = thread.now + timedelta(days=60)
    assert not queries.parts_of(organisation.hue_officer, new_id())
    assert (
        queries.tally(organisation.chief, AssignmentFilters(within=rows[organisation.hanoi].id), late).open_overdue == 2
    )
