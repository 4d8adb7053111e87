"""What an office followed before becomes assignments: rows, facts, denials, doubles, urging, figures of a cut-off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import translation

from tests.ground import Organisation, client_of
from thammuu.directives import actions, queries
from thammuu.directives.actions import Followed
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.incoming.actions import Arrival, register_incoming
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import Timing
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.models import Urging
from thammuu.directives.urging.working import Rounds
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Subject
from thammuu.kernel.calendar import add_working_days
from thammuu.kernel.clock import ORGANISATION_ZONE, day_of, start_of
from thammuu.kernel.errors import BadInput, Conflict, Refused
from thammuu.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def at(organisation: Organisation, now: datetime, **values: Any) -> dict[str, Any]:
    given = {"title": "Tiếp nhận sổ theo dõi", "reason": "Theo dõi tiếp", "file": "so-2026.xlsx", **values}
    return {"actor": organisation.staff, "now": now, "unit": organisation.ministry, **given}


def followed(organisation: Organisation, now: datetime, line: int, **values: Any) -> Followed:
    entry = Followed(line, organisation.hanoi, f"Rà soát {line}", "Báo cáo", now - timedelta(days=30))
    return replace(entry, **values)


def morning(now: datetime, days: int) -> datetime:
    day = add_working_days(day_of(now), days)
    return datetime(day.year, day.month, day.day, 8, tzinfo=ORGANISATION_ZONE)


def test_lines_become_assignments_as_they_stand_in_the_list(organisation: Organisation, now: datetime) -> None:
    arrival = Arrival(arrived_on=day_of(now), issuer="Sở A", abstract="Báo cáo", symbol="12/BC-SA")
    document = register_incoming(
        actor=organisation.staff, now=now, unit=organisation.ministry, arrival=arrival, clauses=()
    )
    saturday = datetime(2026, 10, 31, 17, tzinfo=ORGANISATION_ZONE)
    done = start_of(date(2026, 10, 30))
    entries = [
        followed(
            organisation, now, 5, deadline=saturday, supporting_units=(organisation.hue,), percent=60,
            document="12/BC-SA, Sở A", arises_from=(Subject.INCOMING_DOCUMENT, document), words="Ghi chú: gấp",
        ),
        followed(organisation, now, 6, deadline=saturday, done_at=done),
    ]  # fmt: skip
    sending = Submission(new_id(), b"1" * 32)
    common = at(organisation, now, entries=entries, submission=sending)
    id = actions.take_over_assignments(**common)
    assert actions.take_over_assignments(**common) == id
    assert Decision.objects.get().id == id
    first, second = Assignment.objects.order_by("taken_line")
    assert (first.state, first.percent, first.handed_in_at, first.issued_at) == ("issued", 60, None, now)
    assert (first.original_deadline, first.deadline) == (saturday, saturday), "a day of rest stays"
    assert first.units == [organisation.ministry, organisation.hanoi, organisation.hue]
    assert (first.taken_from, first.taken_line, first.taken_words) == ("so-2026.xlsx", 5, "Ghi chú: gấp")
    assert (first.arises_from_kind, first.arises_from) == ("incoming_document", document)
    assert (second.state, second.percent, second.handed_in_at, second.taken_done_at) == ("closed", 100, done, done)
    [told] = feed.of_subjects([first.id])
    assert told.kind == "directives.assignment_taken_over" and told.body is not None
    assert ["arises_from", "incoming_document", str(document)] in told.body["links"]
    assert told.say("en").startswith("Taken over from so-2026.xlsx, line 5: led by Hà Nội, due 31 Oct 2026 17:00")
    assert told.say("vi").startswith("Tiếp nhận từ so-2026.xlsx, dòng 5: Hà Nội chủ trì")
    assert not first.evidence.exists() and not second.evidence.exists(), "nothing was verified here"


def test_what_was_taken_over_before_is_refused_unless_it_is_wanted(organisation: Organisation, now: datetime) -> None:
    entry = followed(organisation, now, 5)
    actions.take_over_assignments(**at(organisation, now, entries=[entry]))
    again = replace(entry, line=9, title="  RÀ  SOÁT 5")
    with pytest.raises(Conflict, match="9"), transaction.atomic():
        actions.take_over_assignments(**at(organisation, now, entries=[again]))
    with pytest.raises(Conflict), transaction.atomic():
        actions.take_over_assignments(**at(organisation, now, entries=[followed(organisation, now, 7)] * 2))
    assert Assignment.objects.count() == 1 and Decision.objects.count() == 1
    actions.take_over_assignments(**at(organisation, now, entries=[replace(again, again=True)]))
    assert Assignment.objects.count() == 2


def test_what_cannot_be_is_refused_whole(organisation: Organisation, now: datetime) -> None:
    good = followed(organisation, now, 1)
    common = {**at(organisation, now), "entries": [good]}
    for values in ({"title": " "}, {"entries": []}, {"file": ""}):
        with pytest.raises(BadInput), transaction.atomic():
            actions.take_over_assignments(**{**common, **values})
    for wrong in (
        {"done_at": now + timedelta(days=1)}, {"supporting_units": (organisation.hanoi,)}, {"title": ""},
        {"arises_from": (Subject.INCOMING_DOCUMENT, new_id())}, {"arises_from": (Subject.UNIT, organisation.hue)},
    ):  # fmt: skip
        with pytest.raises(BadInput), transaction.atomic():
            actions.take_over_assignments(**{**common, "entries": [good, replace(good, line=2, **wrong)]})
    for actor in (organisation.viewer, organisation.hanoi_officer):
        with pytest.raises(Refused):
            actions.take_over_assignments(**{**common, "actor": actor})
    assert not Decision.objects.exists() and not Assignment.objects.exists()


def test_urging_counts_from_the_taking_over_and_makes_up_for_nothing(organisation: Organisation, now: datetime) -> None:
    chief = organisation.chief
    policy = urging.draw_up_policy(actor=chief, now=now, unit=organisation.ministry)
    urging.switch_policy(actor=chief, now=now, policy=policy, on=True, reason="Đôn đốc")
    overdue = [followed(organisation, now, line) for line in range(1, 40)]
    soon = followed(organisation, now, 90, deadline=morning(now, 5).replace(hour=17))
    done = followed(organisation, now, 91, done_at=now - timedelta(days=40))
    actions.take_over_assignments(**at(organisation, now, entries=[*overdue, soon, done]))
    rounds = Rounds()
    assert rounds.go(morning(now, 1)) == 0, "the first run sends nothing for what was overdue before"
    assert rounds.go(morning(now, 2)) == 39 + 1, "after the silence of the ladder, each once; and 3 days before"
    assert set(Urging.objects.values_list("rung", flat=True)) == {"deadline+0:lead", "deadline-3:lead"}
    assert not Urging.objects.filter(assignment__taken_line=91).exists()
    first = Assignment.objects.get(taken_line=1)
    actions.acknowledge_assignment(actor=organisation.hanoi_officer, now=morning(now, 2), assignment=first.id)
    actions.report_progress(
        actor=organisation.hanoi_officer, now=morning(now, 3), assignment=first.id, percent=50, note="đang làm"
    )
    assert rounds.go(morning(now, 4)) == 39 - 1 + 1, "a report answers; the day before is told for the other"


def test_figures_of_a_cut_off_know_what_was_taken_over_as_done(organisation: Organisation, now: datetime) -> None:
    in_time, late = now - timedelta(days=31), now - timedelta(days=29)
    entries = [followed(organisation, now, 1, done_at=in_time), followed(organisation, now, 2, done_at=late)]
    actions.take_over_assignments(**at(organisation, now, entries=entries))
    row, later = Assignment.objects.get(taken_line=1), now + timedelta(hours=2)
    for cut_off in (None, now + timedelta(hours=1)):
        tally = queries.tally(organisation.staff, AssignmentFilters(at=cut_off), later)
        assert (tally.done_on_time, tally.done_late, tally.open) == (1, 1, 0)
    actions.reopen_assignment(actor=organisation.chief, now=later, assignment=row.id, reason="thiếu ảnh")
    tally = queries.tally(organisation.staff, AssignmentFilters(at=now + timedelta(hours=1)), later)
    assert (tally.done_on_time, tally.done_late) == (1, 1), "then it had not been reopened"
    tally = queries.tally(organisation.staff, AssignmentFilters(), later)
    assert (tally.done, tally.open_overdue) == (1, 1)
    found = queries.assignments(organisation.staff, AssignmentFilters(timing=Timing.DONE_LATE), later)
    assert [row.taken_line for row in found] == [2]


def test_its_page_says_where_it_comes_from_and_that_nothing_was_verified(
    organisation: Organisation, now: datetime
) -> None:
    entries = [
        followed(organisation, now, 5, document="7/CĐ-X", words="Ghi chú: gấp", percent=30),
        followed(organisation, now, 6, done_at=now - timedelta(days=40)),
    ]
    id = actions.take_over_assignments(**at(organisation, now, entries=entries))
    officer = client_of(organisation.hanoi_officer)

    def page(line: int) -> str:
        return officer.get(f"/assignments/{_id(line)}/").content.decode()

    with translation.override("en"):
        opened, done = page(5), page(6)
    for words in ("so-2026.xlsx", "7/CĐ-X", "Ghi chú: gấp", "Followed here since it was taken over."):
        assert words in opened
    assert "assignment_acknowledgement" not in done and "It was not verified here." in done
    assert f"/assignments/{_id(5)}/acknowledgement/" in opened or "Acknowledge" in opened
    assert client_of(organisation.hue_officer).get(f"/assignments/{_id(5)}/").status_code == 404
    assert "Rà soát 5" in officer.get(f"/decisions/{id}/").content.decode()


def _id(line: int) -> UUID:
    return Assignment.objects.get(taken_line=line).id
