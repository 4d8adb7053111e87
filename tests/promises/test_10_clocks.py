"""Promise 10: the server's clock is put ahead and back; the order stays the journal's, and nothing is done twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.utils import translation

from tests.ground import Organisation, client_of
from tests.journal.proofs.ground import driver
from thammuu.config.observing.vitals import Vitals, read_vitals
from thammuu.journal import feed
from thammuu.journal.proofs.cosigning import CosigningKey
from thammuu.journal.proofs.faults import sentence
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import Signer
from thammuu.journal.proofs.verifying import Kept, verify
from thammuu.kernel import clock, ids
from thammuu.org.account import actions, rules
from thammuu.org.account.policies import Locked
from thammuu.org.authority import SYSTEM
from thammuu.watch import actions as watch
from thammuu.watch.models import LogEntry
from thammuu.watch.timeline import moments_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KEY = Signer("thammuu-test", bytes(range(32)))
WITNESS = CosigningKey("thammuu-witness", bytes(range(32)))


@pytest.fixture(autouse=True)
def _afterwards_by_the_clock_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", ids._last)


def write(organisation: Organisation, at: datetime, text: str, **more: Any) -> UUID:
    return watch.write_log_entry(
        actor=organisation.duty, now=at, at=at, text=text, unit=organisation.ministry, **more
    ).answer


def vitals() -> Vitals:
    connection.ensure_connection()
    own: psycopg.Connection[Any] = connection.connection
    return read_vitals(own)


def test_the_order_is_the_journals_when_the_clock_is_put_back(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    incident = watch.open_incident(
        actor=organisation.duty, now=now, at=now, title="Cháy kho", unit=organisation.ministry
    ).answer
    # Another process, whose clock was a day ahead, has recorded something; this one only reads it.
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(ids, "_last", ids._last + (round(DAY / timedelta(milliseconds=1)) << 80))
        first = write(organisation, now + DAY, "một", incident=incident)
    feed.of_subjects([first])
    second = write(organisation, now, "hai", incident=incident)
    third = write(organisation, now + timedelta(seconds=1), "ba", incident=incident)
    filed = [first, second, third]
    assert [entry.subject_id for entry in feed.of_subjects(filed)] == filed
    assert list(LogEntry.objects.order_by("id").values_list("id", flat=True)) == filed
    page = client_of(organisation.duty).get("/watch/log/").content.decode()
    assert sorted(filed, key=lambda id: -page.index(f"log-{id}")) == filed
    lines = [line for line in moments_of(organisation.duty, incident) if 'class="day"' not in line]
    places = [line.partition('data-sort="')[2].partition('"')[0] for line in lines]
    assert places == sorted(places, reverse=True)


def test_the_board_says_that_the_clock_lies_behind_what_was_recorded(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    client.cookies["django_language"] = "en"
    write(organisation, clock.now(), "đúng giờ")
    assert "clock is wrong" not in client.get("/watch/").content.decode()
    write(organisation, clock.now() + DAY, "nhanh một ngày")
    write(organisation, clock.now(), "sau khi đặt lại")
    assert "The server’s clock is wrong" in client.get("/watch/").content.decode()


def test_no_age_is_negative_and_no_stand_still_is_hidden(organisation: Organisation, seal: Callable[[], int]) -> None:
    seal()
    write(organisation, clock.now() + DAY, "nhanh")
    assert vitals().lag == 0
    seal()
    driver().execute("UPDATE journal_sealed SET sealed_at = clock_timestamp() + interval '1 day'")
    write(organisation, clock.now() - timedelta(minutes=7), "đợi")
    seen = vitals()
    assert seen.sealed is None
    assert 400 < seen.lag < 500
    assert seen.stuck == seen.lag


def test_verifying_says_which_checkpoints_are_of_a_time_that_has_not_come(
    organisation: Organisation, seal: Callable[[], int]
) -> None:
    write(organisation, clock.now(), "một")
    seal()
    note = Notary(KEY).sign_stored(driver())
    assert verify(driver(), {}, KEY.verifier, processes=1).notices == []
    driver().execute("UPDATE journal_checkpoint SET signed_at = signed_at + interval '1 day'")
    later = int((clock.now() + DAY).timestamp())
    cosigned = note + WITNESS.cosign(note.rpartition("\n\n")[0] + "\n", later)
    kept = Kept("Huế", cosigned, cosigner=WITNESS.cosigner)
    report = verify(driver(), {}, KEY.verifier, [kept], processes=1)
    assert report.sound
    assert [fault.code for fault in report.notices] == ["cosigned-ahead", "signed-ahead"]
    with translation.override("en"):
        said = [sentence(fault) for fault in report.notices]
    assert all("has not come yet" in each for each in said)


def test_a_clock_that_was_ahead_locks_nobody_out_for_longer(organisation: Organisation) -> None:
    now = clock.now()
    for _number in range(rules.FAILURES):
        attempt = actions.begin_attempt(actor=SYSTEM, now=now + DAY, name="duty", address="192.0.2.7")
        actions.fail_attempt(actor=SYSTEM, now=now + DAY, attempt=attempt)
    with pytest.raises(Locked):
        actions.begin_attempt(actor=SYSTEM, now=now + DAY, name="duty", address="192.0.2.7")
    assert actions.begin_attempt(actor=SYSTEM, now=now, name="duty", address="192.0.2.7").number == 1


def test_what_is_due_is_done_once_though_the_clock_goes_back_and_forth(organisation: Organisation) -> None:
    now = clock.now()
    entry = write(organisation, now, "báo tin")
    watch.give_contact(actor=organisation.duty, now=now, log_entry=entry, text="gọi lại số ở phòng trực")
    common: dict[str, Any] = {"actor": SYSTEM, "units": [organisation.ministry], "days": 30}
    due = now + timedelta(days=30)
    done = [watch.redact_due_contacts(now=at, **common) for at in (due - DAY, due, due - DAY, due, due + DAY)]
    assert done == [0, 1, 0, 0, 0]
