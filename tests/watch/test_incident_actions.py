"""Opening incidents and changing where they stand; two officers at once."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.ground import Organisation
from thammuu.journal import feed, fold
from thammuu.journal.facts import Link
from thammuu.journal.links import around
from thammuu.journal.recording import Submission, SubmissionConflict
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.watch import actions
from thammuu.watch.models import Incident, IncidentChange, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def _open(organisation: Organisation, now: datetime, title: str = "Cháy kho xưởng", **values: object) -> Incident:
    given: dict[str, object] = {"actor": organisation.duty, "unit": organisation.hanoi, "at": now, "now": now}
    recorded = actions.open_incident(**{**given, "title": title, **values})  # type: ignore[arg-type]
    return Incident.objects.get(id=recorded.answer)


def _kinds(subject: UUID) -> list[str]:
    return [entry.kind.removeprefix("watch.") for entry in feed.of_subjects([subject])]


def test_an_incident_is_opened_with_everything_said(organisation: Organisation, now: datetime) -> None:
    source = new_id()
    row = _open(
        organisation,
        now,
        kind="fire",
        severity="serious",
        place_text="Chợ Đồng Xuân",
        lat=21.038,
        lon=105.849,
        mark="exercise",
        at=now - timedelta(hours=1),
        links=[Link(Relation.ARISES_FROM, Subject.ALERT, source)],
        units=[organisation.hue],
    )
    assert (row.title, row.kind, row.severity, row.status, row.mark) == (
        "Cháy kho xưởng", "fire", "serious", "reported", "exercise",
    )  # fmt: skip
    assert (row.place_text, row.lat, row.lon, row.opened_at) == (
        "Chợ Đồng Xuân", 21.038, 105.849, now - timedelta(hours=1),
    )  # fmt: skip
    assert set(row.units) == {organisation.hanoi, organisation.hue, organisation.ministry}
    assert _open(organisation, now).number > row.number
    [told] = feed.of_subjects([row.id])
    assert told.say("en") == f"EXERCISE · Incident #{row.number} opened: Cháy kho xưởng"
    edges = {(str(edge.relation), edge.target[1]) for edge in around([row.id])}
    assert edges == {("arises_from", source)}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 201}),
        ("kind", {"kind": "weather"}),
        ("severity", {"severity": "huge"}),
        ("status", {"status": "closed"}),
        ("mark", {"mark": "drill"}),
        ("lat", {"lat": 21.0}),
        ("lat", {"lat": 21.0, "lon": 181.0}),
    ],
)
def test_what_cannot_be_opened_names_its_field(
    organisation: Organisation, now: datetime, field: str, given: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as told:
        _open(organisation, now, **given)  # type: ignore[arg-type]
    assert (told.value.field, bool(told.value.reason)) == (field, True)
    assert not Incident.objects.exists()


def test_who_may_not_open_is_told_why(organisation: Organisation, now: datetime) -> None:
    for actor in (organisation.viewer, organisation.hue_officer):
        with pytest.raises(Refused) as told:
            _open(organisation, now, actor=actor)
        assert str(told.value) == "Your post does not open incidents of this unit."


def test_a_log_entry_becomes_an_incident_and_belongs_to_it(organisation: Organisation, now: datetime) -> None:
    entry = actions.write_log_entry(
        actor=organisation.hanoi_officer, now=now, at=now, text="Có khói", unit=organisation.hanoi
    ).answer
    with pytest.raises(Missing):
        _open(organisation, now, actor=organisation.hue_officer, unit=organisation.hue, log_entry=entry)
    row = _open(organisation, now, log_entry=entry)
    assert LogEntry.objects.get(id=entry).incident_id == row.id
    assert _kinds(entry) == ["log_entry_written", "log_entry_attached"]
    edges = {(str(edge.relation), edge.source[1], edge.target[1]) for edge in around([row.id])}
    assert edges == {("arises_from", row.id, entry), ("concerns", entry, row.id)}


def test_an_opening_sent_twice_leaves_the_log_entry_where_it_was_put(organisation: Organisation, now: datetime) -> None:
    entry = actions.write_log_entry(
        actor=organisation.duty, now=now, at=now, text="Có khói", unit=organisation.hanoi
    ).answer
    sending = Submission(new_id(), b"x" * 32)
    first = _open(organisation, now, log_entry=entry, submission=sending)
    other = _open(organisation, now, title="Cháy khác")
    actions.attach_log_entry(actor=organisation.duty, now=now, entry=entry, incident=other.id)
    assert _open(organisation, now, log_entry=entry, submission=sending).id == first.id
    assert LogEntry.objects.get(id=entry).incident_id == other.id
    assert Incident.objects.count() == 2
    assert _kinds(entry) == ["log_entry_written", "log_entry_attached", "log_entry_attached"]
    with pytest.raises(SubmissionConflict):
        _open(organisation, now, log_entry=entry, submission=Submission(sending.id, b"y" * 32))
    assert LogEntry.objects.get(id=entry).incident_id == other.id


def test_each_change_is_told_with_what_was_before(organisation: Organisation, now: datetime) -> None:
    row = _open(organisation, now)
    common = {"actor": organisation.chief, "incident": row.id}
    for _twice in range(2):
        actions.change_severity(**common, now=now, severity="critical", reason="Lan sang nhà bên")  # type: ignore[arg-type]
        actions.change_status(**common, now=now, status="in_progress")  # type: ignore[arg-type]
        actions.record_place(**common, now=now, place_text=" Ngõ 12 ", lat=21.0, lon=105.0)  # type: ignore[arg-type]
    for _twice in range(2):
        actions.close_incident(**common, now=now, outcome=" Đã dập tắt ")  # type: ignore[arg-type]
    row.refresh_from_db()
    assert (row.status, row.outcome, row.closed_at) == ("closed", "Đã dập tắt", now)
    for _twice in range(2):
        actions.reopen_incident(**common, now=now, reason="Bùng lại")  # type: ignore[arg-type]
    row.refresh_from_db()
    assert (row.severity, row.status, row.closed_at, row.outcome) == ("critical", "in_progress", None, "")
    assert (row.place_text, row.lat, row.lon) == ("Ngõ 12", 21.0, 105.0)
    said = [entry.say("en") for entry in feed.of_subjects([row.id])][1:]
    assert said == [
        "Severity changed from Normal to Critical. Lan sang nhà bên",
        "Status changed from Reported to In progress.",
        "Place: Ngõ 12",
        "Incident closed. Outcome: Đã dập tắt",
        "Incident reopened. Reason: Bùng lại",
    ]
    noted = IncidentChange.objects.filter(incident=row).order_by("id").values_list("field", "before", "after", "reason")
    assert list(noted) == [
        ("severity", "normal", "critical", "Lan sang nhà bên"),
        ("status", "reported", "in_progress", ""),
        ("place", "", "Ngõ 12", ""),
        ("status", "in_progress", "closed", "Đã dập tắt"),
        ("status", "closed", "in_progress", "Bùng lại"),
    ]


CHANGES: dict[str, Callable[..., None]] = {
    "severity": lambda **who: actions.change_severity(severity="critical", **who),
    "status": lambda **who: actions.change_status(status="contained", **who),
    "place": lambda **who: actions.record_place(place_text="Chợ", lat=None, lon=None, **who),
    "closing": lambda **who: actions.close_incident(outcome="Xong", **who),
    "reopening": lambda **who: actions.reopen_incident(reason="Lại", **who),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_needs_the_right_and_the_sight(organisation: Organisation, now: datetime, name: str) -> None:
    row = _open(organisation, now)
    for actor, error in ((organisation.viewer, Refused), (organisation.hue_officer, Missing)):
        with pytest.raises(error) as told:
            CHANGES[name](actor=actor, now=now, incident=row.id)
        assert str(told.value)
    assert _kinds(row.id) == ["incident_opened"]


def test_what_makes_no_sense_changes_nothing(organisation: Organisation, now: datetime) -> None:
    row = _open(organisation, now)
    common = {"actor": organisation.duty, "now": now, "incident": row.id}
    wrong: list[tuple[str, Callable[[], None]]] = [
        ("severity", lambda: actions.change_severity(severity="huge", **common)),  # type: ignore[arg-type]
        ("status", lambda: actions.change_status(status="closed", **common)),  # type: ignore[arg-type]
        ("lat", lambda: actions.record_place(place_text="", lat=1.0, lon=None, **common)),  # type: ignore[arg-type]
        ("outcome", lambda: actions.close_incident(outcome=" ", **common)),  # type: ignore[arg-type]
        ("reason", lambda: actions.reopen_incident(reason="", **common)),  # type: ignore[arg-type]
    ]
    for field, act in wrong:
        with pytest.raises(BadInput) as told:
            act()
        assert told.value.field == field
    actions.close_incident(outcome="Xong", **common)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as told:
        actions.change_status(status="contained", **common)  # type: ignore[arg-type]
    assert told.value.field == "status"
    assert _kinds(row.id) == ["incident_opened", "incident_closed"]


def test_what_stands_like_that_already_is_said_to(organisation: Organisation, now: datetime) -> None:
    row = _open(organisation, now)
    common: dict[str, Any] = {"actor": organisation.duty, "now": now, "incident": row.id}
    for first in (True, False):
        assert actions.change_severity(severity="critical", **common) is first
        assert actions.change_status(status="contained", **common) is first
        assert actions.record_place(place_text="Cổng 1", lat=None, lon=None, **common) is first


def test_of_two_who_close_at_once_both_outcomes_stand(organisation: Organisation, now: datetime) -> None:
    row, later = _open(organisation, now), now + timedelta(seconds=1)
    assert actions.close_incident(actor=organisation.duty, now=now, incident=row.id, outcome="Đã dập tắt")
    assert actions.close_incident(actor=organisation.chief, now=later, incident=row.id, outcome="Một người bị thương")
    assert not actions.close_incident(actor=organisation.chief, now=later, incident=row.id, outcome="Đã dập tắt")
    row.refresh_from_db()
    assert (row.closed_at, row.outcome) == (now, "Đã dập tắt; Một người bị thương")
    actions.reopen_incident(actor=organisation.duty, now=later, incident=row.id, reason="Bùng lại")
    assert not actions.reopen_incident(actor=organisation.duty, now=later, incident=row.id, reason="Bùng lại")
    with pytest.raises(BadInput) as told:
        actions.reopen_incident(actor=organisation.chief, now=later, incident=row.id, reason="Còn khói")
    assert told.value.field == "reason"


def test_a_shared_incident_is_seen_with_its_log(organisation: Organisation, now: datetime) -> None:
    row = _open(organisation, now)
    entry = actions.write_log_entry(
        actor=organisation.duty, now=now, at=now, text="Có khói", unit=organisation.hanoi, incident=row.id
    ).answer
    for _twice in range(2):
        actions.share_incident(actor=organisation.duty, now=now, incident=row.id, units=[organisation.hue])
    row.refresh_from_db()
    assert set(row.units) == {organisation.hanoi, organisation.hue, organisation.ministry}
    assert _kinds(row.id) == ["incident_opened", "incident_shared"]
    assert organisation.hue in LogEntry.objects.get(id=entry).units
    assert _kinds(entry) == ["log_entry_written", "log_entry_shared"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_both_hold(organisation: Organisation, now: datetime) -> None:
    row = _open(organisation, now)
    start, faults = threading.Barrier(3), list[BaseException]()

    def run(act: Callable[[int], None]) -> None:
        try:
            start.wait()
            for turn in range(10):
                act(turn)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    severities, statuses = ("critical", "serious"), ("in_progress", "contained")
    officers: list[Callable[[int], None]] = [
        lambda turn: actions.change_severity(
            actor=organisation.duty, now=now, incident=row.id, severity=severities[turn % 2]
        ),
        lambda turn: actions.change_status(
            actor=organisation.chief, now=now, incident=row.id, status=statuses[turn % 2]
        ),
        lambda turn: actions.record_place(
            actor=organisation.chief, now=now, incident=row.id, place_text=f"Cổng {turn}", lat=None, lon=None
        ),
    ]
    threads = [threading.Thread(target=run, args=[act]) for act in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    row.refresh_from_db()
    assert (row.severity, row.status, row.place_text) == ("serious", "contained", "Cổng 9")
    assert IncidentChange.objects.filter(incident=row).count() == 30
    assert len(_kinds(row.id)) == 31
    assert list(fold.differences()) == []


@pytest.mark.django_db(transaction=True)
def test_one_opening_sent_by_two_connections_opens_one(organisation: Organisation, now: datetime) -> None:
    entry = actions.write_log_entry(
        actor=organisation.duty, now=now, at=now, text="Có khói", unit=organisation.hanoi
    ).answer
    sending, start, answers = Submission(new_id(), b"x" * 32), threading.Barrier(4), list[UUID]()

    def send() -> None:
        try:
            start.wait()
            answers.append(
                actions.open_incident(
                    actor=organisation.duty,
                    now=now,
                    at=now,
                    title="Cháy",
                    unit=organisation.hanoi,
                    log_entry=entry,
                    submission=sending,
                ).answer
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [row] = Incident.objects.all()
    assert answers == [row.id] * 4
    assert LogEntry.objects.get(id=entry).incident_id == row.id
    assert _kinds(entry) == ["log_entry_written", "log_entry_attached"]
