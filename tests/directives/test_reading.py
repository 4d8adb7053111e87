"""Lists, counts, cards, live fragments and what waits for whom."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from tests.directives.thread import Thread
from tests.ground import Organisation
from thammuu.directives import actions, queries, rules
from thammuu.directives.filters import AssignmentFilters, in_timing
from thammuu.directives.models import Assignment, Evidence
from thammuu.directives.rules import State, Tally, Timing
from thammuu.journal import feed
from thammuu.journal.presentation import cards_of, fragments_of
from thammuu.journal.subjects import Subject

pytestmark = pytest.mark.django_db


def test_the_filter_on_timing_equals_the_rule(thread: Thread) -> None:
    """Every state × every order of deadline, hand-in and now, equal instants included."""
    template = thread.row()
    instants = [thread.now + timedelta(hours=hour) for hour in range(3)]
    Assignment.objects.all().delete()
    number = 0
    for state in State:
        for deadline in instants:
            for handed_in in (None, *instants):
                number += 1
                template.pk = template.id = type(template.id)(int=number)
                template.state, template.deadline, template.handed_in_at = state.value, deadline, handed_in
                template.save(force_insert=True)
    for now in instants:
        for timing in Timing:
            found = set(Assignment.objects.filter(in_timing(timing, now)).values_list("id", flat=True))
            assert found == {
                row.id
                for row in Assignment.objects.all()
                if rules.timing(State(row.state), row.deadline, row.handed_in_at, now) == timing
            }
        tally = queries.tally(thread.organisation.chief, AssignmentFilters(), now)
        assert tally.total == Assignment.objects.exclude(state="withdrawn").count()


@pytest.mark.usefixtures("fold_equals_tables")
def test_counts_and_lists_show_only_what_one_may_see(thread: Thread, organisation: Organisation) -> None:
    own = thread.order(lead_unit=organisation.hue)
    actions.issue_assignments(actor=organisation.chief, now=thread.now, decision=thread.decision, orders=[own])
    for actor, count in [(organisation.chief, 2), (organisation.hue_officer, 1), (organisation.commune_officer, 0)]:
        assert queries.tally(actor, AssignmentFilters(), thread.now) == Tally(open_within_time=count)
        assert queries.assignments(actor, AssignmentFilters(), thread.now).count() == count
        rows = queries.decision_rows(queries.decisions(actor))
        assert [row.assignments for row in rows] == [count] * (count > 0)


def test_what_waits_goes_to_whom_it_waits_for(thread: Thread, organisation: Organisation) -> None:
    officers = {"hanoi": organisation.hanoi_officer, "chief": organisation.chief, "hue": organisation.hue_officer}

    def waits(at: datetime = thread.now) -> dict[str, str]:
        found = {name: queries.waiting_for(actor, at) for name, actor in officers.items()}
        return {name: rows[0].wait for name, rows in found.items() if rows}

    assert waits() == {"hanoi": "acknowledge"}
    late = thread.row().deadline + timedelta(minutes=1)
    assert waits(late) == {"hanoi": "acknowledge", "chief": "urge"}
    thread.acknowledge()
    assert waits() == {"hanoi": "report"}
    evidence = thread.hand_in()
    assert waits() == {"chief": "verify"}
    actions.return_evidence(actor=organisation.chief, now=thread.now, evidence=evidence, reason="Mờ")
    assert waits() == {"hanoi": "report"}
    thread.hand_in()
    thread.verify()
    assert waits() == {"chief": "close"}
    actions.close_assignment(actor=organisation.chief, now=thread.now, assignment=thread.assignment)
    assert waits(late) == {}


def test_cards_show_themselves_to_their_scope_only(thread: Thread, organisation: Organisation) -> None:
    thread.acknowledge()
    report = actions.report_progress(
        actor=organisation.hanoi_officer, now=thread.now, assignment=thread.assignment, percent=5, note="Đến nơi"
    )
    evidence = thread.hand_in()
    subjects = [
        (Subject.DECISION, thread.decision),
        (Subject.ASSIGNMENT, thread.assignment),
        (Subject.PROGRESS, report),
        (Subject.EVIDENCE, evidence),
    ]
    found = cards_of(subjects, organisation.chief.scope, "en")
    assert [found[id].title for _kind, id in subjects] == [
        "Phân luồng từ xa",
        "Phân luồng tại nút giao",
        "Đến nơi",
        "Đã phân luồng xong",
    ]
    assert found[thread.assignment].state.startswith("To be verified")
    assert cards_of(subjects, organisation.hue_officer.scope, "en") == {}


@pytest.mark.parametrize(("language", "words"), [("vi", "Chờ xác nhận"), ("en", "To be verified")])
def test_open_pages_hear_of_each_step(thread: Thread, seal: Callable[[], int], language: str, words: str) -> None:
    thread.acknowledge()
    thread.hand_in()
    seal()
    entries = [entry for entry in feed.after(0) if entry.kind.startswith("directives.")]
    found = fragments_of(entries, language)
    by_kind = {entry.kind.partition(".")[2]: found.get(entry.id, []) for entry in entries}
    [row] = by_kind["assignment_submitted"]
    assert (row.target, row.key) == ("assignments", f"assignment-{thread.assignment}")
    assert words in row.html
    [line] = by_kind["evidence_handed_in"]
    assert line.target == f"timeline-{thread.assignment}"
    assert "Đã phân luồng xong" in line.html
    assert {piece.target for piece in by_kind["assignment_issued"]} == {"assignments", line.target}


def test_the_live_row_is_the_page_s_row(thread: Thread, seal: Callable[[], int], client: object) -> None:
    client.post("/sign-in/", {"username": "chief", "password": "chief"})  # type: ignore[attr-defined]
    page = client.get("/assignments/").content.decode()  # type: ignore[attr-defined]
    seal()
    issued = [entry for entry in feed.after(0) if entry.kind == "directives.assignment_issued"]
    [pieces] = fragments_of(issued, "en").values()
    with translation.override("en"):
        assert next(piece.html for piece in pieces if piece.target == "assignments").strip() in page


def test_waiting_evidence_is_one_at_most(thread: Thread) -> None:
    thread.acknowledge()
    thread.hand_in()
    assert Evidence.objects.filter(assignment=thread.assignment, state="submitted").count() == 1
