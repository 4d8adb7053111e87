"""Writing, striking and attaching entries of the duty log."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.recording import Submission, SubmissionConflict
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.watch import actions
from thammuu.watch.models import Incident, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def _write(organisation: Organisation, now: datetime, text: str = "Có khói ở tầng 3", **values: object) -> LogEntry:
    given: dict[str, object] = {"actor": organisation.hanoi_officer, "unit": organisation.hanoi, "at": now, "now": now}
    recorded = actions.write_log_entry(**{**given, "text": text, **values})  # type: ignore[arg-type]
    return LogEntry.objects.get(id=recorded.answer)


def test_an_entry_is_one_statement_with_its_fact(organisation: Organisation, now: datetime, tmp_path: Path) -> None:
    sending, server = Submission(new_id(), b"x" * 32), connection.connection.pgconn
    with (tmp_path / "trace").open("w+b") as sent:
        server.trace(sent.fileno())
        recorded = actions.write_log_entry(
            actor=organisation.duty,
            now=now,
            at=now - timedelta(minutes=5),
            text="  Có khói ở tầng 3 ",
            unit=organisation.hanoi,
            kind="report",
            place_text="số 5 ngõ 12",
            lat=21.03,
            lon=105.85,
            submission=sending,
        )
        server.untrace()
        sent.seek(0)
        # What went to the server, as libpq wrote it down: Django counts no statement of a cursor that is not its own.
        messages = [line.split(b"\t")[3] for line in sent if line.split(b"\t")[1] == b"F"]
    assert messages.count(b"Execute") + messages.count(b"Query") == 1
    row = LogEntry.objects.get(id=recorded.answer)
    assert (row.text, row.kind, row.place_text, row.lat, row.lon) == (
        "Có khói ở tầng 3", "report", "số 5 ngõ 12", 21.03, 105.85,
    )  # fmt: skip
    assert (row.unit_id, set(row.units)) == (organisation.hanoi, {organisation.hanoi, organisation.ministry})
    assert (row.happened_at, row.recorded_at) == (now - timedelta(minutes=5), now)
    assert (row.account_id, row.post_id) == (organisation.duty.account, organisation.duty.post)
    [told] = feed.of_subjects([row.id])
    assert (told.id, told.kind, told.claimed_at, told.say("en")) == (
        recorded.entries[0], "watch.log_entry_written", now - timedelta(minutes=5), "Có khói ở tầng 3",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [("text", "  "), ("text", "x" * 4001), ("kind", "gossip"), ("lat", (91.0, 0.0))]
)
def test_what_cannot_be_filed_names_its_field(
    organisation: Organisation, now: datetime, field: str, value: object
) -> None:
    given = {"lat": value[0], "lon": value[1]} if isinstance(value, tuple) else {field: value}
    with pytest.raises(BadInput) as told:
        _write(organisation, now, **given)
    assert (told.value.field, bool(told.value.reason)) == (field, True)
    assert not LogEntry.objects.exists()


def test_who_may_not_write_is_told_why(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(Refused) as told:
        _write(organisation, now, actor=organisation.viewer, unit=organisation.ministry)
    assert str(told.value) == "Your post does not write in the duty log."
    with pytest.raises(Refused) as told:
        _write(organisation, now, unit=organisation.hue)
    assert str(told.value) == "You may not file entries about this unit."


def test_sent_twice_it_is_written_once(organisation: Organisation, now: datetime) -> None:
    sending = Submission(new_id(), b"x" * 32)
    first = _write(organisation, now, submission=sending)
    assert _write(organisation, now, submission=sending).id == first.id
    with pytest.raises(SubmissionConflict):
        _write(organisation, now, submission=Submission(sending.id, b"y" * 32))
    assert LogEntry.objects.count() == 1
    assert len(list(feed.of_subjects([first.id]))) == 1


def test_an_entry_of_an_incident_is_seen_by_whom_the_incident_concerns(
    organisation: Organisation, now: datetime
) -> None:
    incident = actions.open_incident(
        actor=organisation.duty, now=now, at=now, title="Cháy kho", unit=organisation.hue
    ).answer
    with pytest.raises(Missing):
        _write(organisation, now, incident=incident)
    row = _write(organisation, now, actor=organisation.duty, incident=incident)
    assert (row.incident_id, organisation.hue in row.units) == (incident, True)
    [told] = feed.of_subjects([row.id])
    assert told.body is not None
    assert told.body["links"] == [["concerns", "incident", str(incident)]]


def test_an_entry_is_struck_once_with_its_reason(organisation: Organisation, now: datetime) -> None:
    row = _write(organisation, now)
    for actor, error in ((organisation.viewer, Refused), (organisation.hue_officer, Missing)):
        with pytest.raises(error):
            actions.strike_log_entry(actor=actor, now=now, entry=row.id, reason="Nhầm")
    with pytest.raises(BadInput):
        actions.strike_log_entry(actor=organisation.hanoi_officer, now=now, entry=row.id, reason="  ")
    later = now + timedelta(minutes=1)
    actions.strike_log_entry(actor=organisation.hanoi_officer, now=later, entry=row.id, reason=" Nhầm nơi ")
    actions.strike_log_entry(actor=organisation.duty, now=later, entry=row.id, reason="Lần nữa")
    row.refresh_from_db()
    assert (row.struck_at, row.struck_reason, row.struck_post_id, row.text) == (
        later, "Nhầm nơi", organisation.hanoi_officer.post, "Có khói ở tầng 3",
    )  # fmt: skip
    [_, told] = feed.of_subjects([row.id])
    assert told.say("en") == "Struck: “Có khói ở tầng 3”. Reason: Nhầm nơi"


def test_a_duty_officer_of_the_superior_may_strike(organisation: Organisation, now: datetime) -> None:
    row = _write(organisation, now)
    actions.strike_log_entry(actor=organisation.duty, now=now, entry=row.id, reason="Trùng")
    row.refresh_from_db()
    assert row.struck_post_id == organisation.duty.post


def test_an_attached_entry_is_seen_with_its_incident(organisation: Organisation, now: datetime) -> None:
    row = _write(organisation, now)
    incident = Incident.objects.get(
        id=actions.open_incident(
            actor=organisation.duty, now=now, at=now, title="Cháy kho", unit=organisation.hue
        ).answer
    )
    for actor in (organisation.hue_officer, organisation.hanoi_officer):
        with pytest.raises(Missing):
            actions.attach_log_entry(actor=actor, now=now, entry=row.id, incident=incident.id)
    with pytest.raises(Refused):
        actions.attach_log_entry(actor=organisation.viewer, now=now, entry=row.id, incident=incident.id)
    for _twice in range(2):
        actions.attach_log_entry(actor=organisation.duty, now=now, entry=row.id, incident=incident.id)
    row.refresh_from_db()
    assert (row.incident_id, organisation.hue in row.units) == (incident.id, True)
    [_, told] = feed.of_subjects([row.id])
    assert told.say("en") == f"Log entry “Có khói ở tầng 3” belongs to incident #{incident.number}"
