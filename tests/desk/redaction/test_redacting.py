"""Two persons redact a log entry: its words are gone, everywhere, and the proof of it stays."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from tests.desk.redaction.ground import KEY, SECRET, faults, follow, kinds_of, propose, redact, report
from tests.ground import Organisation
from tests.journal.proofs.ground import driver
from tests.watch.floor import open_incident, write
from thammuu.desk.redaction import actions
from thammuu.desk.redaction.scanning import found_in
from thammuu.desk.searching import Asked, search
from thammuu.desk.time_machine import board_at
from thammuu.journal import feed, fold
from thammuu.journal.models import Body, Entry, Redaction, Restated
from thammuu.journal.proofs.extracts import Choice, Unproven, extract
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.offline import check
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.org.authority import SYSTEM
from thammuu.watch import actions as watch
from thammuu.watch.models import LogEntry

Seal = Callable[[], int]
pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(organisation: Organisation, now: datetime) -> UUID:
    id = write(organisation, now, SECRET, place_text="Ngõ 5 phố Huế")
    watch.strike_log_entry(actor=organisation.duty, now=now, entry=id, reason="Có tên người báo")
    return id


def test_the_words_are_gone_and_the_proof_stays(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    seal()
    follow()
    assert search(organisation.chief, Asked("0912345678")) != []
    assert dict(found_in(["0912345678"])).keys() == {"journal_body", "watch_log_entry", "desk_search"}
    redaction = redact(organisation, now, seal, f"log_entry:{entry}")
    follow()
    assert kinds_of(redaction) == ["proposed", "confirmed", "carried_out"]
    assert dict(found_in(["0912345678"])) == dict(found_in(["Trần Thị Hoa"])) == {}
    assert search(organisation.chief, Asked("0912345678")) == []
    assert report().redacted == 2 and faults() == set()
    assert list(fold.differences()) == []
    row = Redaction.objects.get()
    assert (row.state, row.remaining) == ("carried_out", 0)


def test_what_is_harmless_is_said_anew(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    later = now + timedelta(minutes=10)
    redact(organisation, later, seal, f"log_entry:{entry}")
    row = LogEntry.objects.get(id=entry)
    assert (row.text, row.place_text, row.struck_reason, row.unit_id) == ("", "", "", organisation.hanoi)
    written, struck = feed.of_subjects([entry])
    assert written.redaction and written.body and written.body["sets"]["unit_id"] == str(organisation.hanoi)
    assert written.say("en") == struck.say("en") == "Redacted by two persons"
    follow()
    board = board_at(organisation.chief, now + timedelta(minutes=1))
    assert [line.text for line in board.log] == [""]


def test_between_the_second_word_and_the_deed_nothing_reads_it_already(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    assert LogEntry.objects.get(id=entry).text == SECRET
    actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    assert LogEntry.objects.get(id=entry).text == ""
    assert SECRET not in str(feed.of_subjects([entry]))
    assert list(fold.differences()) == [] and faults() == set()
    assert not actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction), "not sealed yet"
    seal()
    assert faults() == set()
    assert actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction)
    assert not actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction), "once"


def test_one_person_is_not_enough(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    with pytest.raises(Refused, match="Another person"):
        actions.confirm_redaction(actor=organisation.staff, now=now, redaction=redaction)
    for actor in (organisation.duty, organisation.viewer, organisation.admin):
        with pytest.raises(Refused):
            actions.confirm_redaction(actor=actor, now=now, redaction=redaction)
    with pytest.raises(Missing):
        actions.confirm_redaction(actor=organisation.hue_officer, now=now, redaction=redaction)
    seal()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT journal_redact(%s)", [redaction])
    assert Body.objects.filter(text__contains="0912345678").count() == 2


def test_the_application_deletes_no_body_by_itself(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    redaction = redact(organisation, now, seal, f"log_entry:{entry}")
    tries = (
        "DELETE FROM journal_body",
        "UPDATE journal_restated SET text = ''",
        "DELETE FROM journal_restated",
        "UPDATE journal_body SET text = ''",
    )
    for statement in tries:
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE thammuu_app")
            cursor.execute(statement)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE thammuu_app")
        cursor.execute("SELECT journal_redact(%s)", [redaction])
        assert cursor.fetchone() == (0,), "what is gone is not gone twice"


def test_an_extract_shows_the_two_who_agreed(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    seal()
    before = Notary(KEY).sign_stored(driver())
    redact(organisation, now, seal, f"log_entry:{entry}")
    choice = Choice(subject=entry, until=now + timedelta(seconds=1))
    with pytest.raises(Unproven, match="not under a checkpoint yet"):
        extract(driver(), KEY, before, choice)
    text, count = extract(driver(), KEY, Notary(KEY).sign_stored(driver()), choice)
    told = check(text, str(KEY.verifier))
    assert (told["entries"], told["redacted"]) == (count, 2)
    magic, head, *entries = KEY.verifier.text_of(text)[:-1].split("\n")
    for kind in ("proposed", "confirmed"):
        # Whoever has the key may leave an entry out, and then nobody agreed.
        rest = [line for line in entries if f"journal.redaction_{kind}" not in line]
        about = json.dumps(json.loads(head) | {"entries": len(rest)})
        assert len(rest) == count - 1
        with pytest.raises(ValueError, match="no two persons redacted it"):
            check(KEY.sign("".join(f"{line}\n" for line in [magic, about, *rest])), str(KEY.verifier))


@pytest.mark.parametrize("end", [actions.refuse_redaction, actions.withdraw_redaction])
def test_what_was_ended_is_not_confirmed(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID, end: Callable[..., None]
) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    actor = organisation.chief if end is actions.refuse_redaction else organisation.staff
    with pytest.raises(BadInput):
        end(actor=actor, now=now, redaction=redaction, reason=" ")
    end(actor=actor, now=now, redaction=redaction, reason="Không cần")
    for again in (actions.confirm_redaction,):
        with pytest.raises(Conflict):
            again(actor=organisation.chief, now=now, redaction=redaction)
    with pytest.raises(Conflict):
        end(actor=actor, now=now, redaction=redaction, reason="Không cần")
    assert LogEntry.objects.get(id=entry).text == SECRET
    assert propose(organisation, now, f"log_entry:{entry}") != redaction
    assert list(fold.differences()) == []


def test_only_its_proposer_withdraws_and_never_refuses(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    with pytest.raises(Refused):
        actions.withdraw_redaction(actor=organisation.chief, now=now, redaction=redaction, reason="Không")
    with pytest.raises(Refused):
        actions.refuse_redaction(actor=organisation.staff, now=now, redaction=redaction, reason="Không")


def test_what_may_not_be_proposed(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    subject = f"log_entry:{entry}"
    with pytest.raises(BadInput, match="not sealed"):
        propose(organisation, now, subject)
    seal()
    with pytest.raises(BadInput, match="repeats"):
        propose(organisation, now, subject, reason="Gọi 0912 345 678")
    with pytest.raises(BadInput, match="repeats"):
        propose(organisation, now, subject, reason="Tên của Trần Thị Hoa")
    with pytest.raises(BadInput):
        propose(organisation, now, subject, reason="")
    with pytest.raises(BadInput):
        propose(organisation, now)
    for odd in ("", "log_entry", "log_entry:1", f"nothing:{entry}", f"unit:{organisation.hanoi}"):
        with pytest.raises(BadInput):
            propose(organisation, now, odd)
    with pytest.raises(Missing):
        propose(organisation, now, f"incident:{entry}")
    with pytest.raises(Refused):
        actions.propose_redaction(
            actor=organisation.duty, now=now, subjects=[subject], reason_class="personal", reason="x"
        )
    with pytest.raises(BadInput):
        actions.propose_redaction(
            actor=organisation.staff, now=now, subjects=[subject], reason_class="whim", reason="x"
        )
    assert not Redaction.objects.exists()


def test_not_a_redaction_and_not_twice(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    with pytest.raises(BadInput, match="kind"):
        propose(organisation, now, f"redaction:{redaction}")
    with pytest.raises(Conflict):
        propose(organisation, now, f"log_entry:{entry}")
    actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    seal()
    actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction)
    with pytest.raises(BadInput, match="nothing to redact"):
        propose(organisation, now, f"log_entry:{entry}")
    with pytest.raises(Conflict):
        actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)


def test_a_foreign_entry_does_not_exist(organisation: Organisation, now: datetime, seal: Seal) -> None:
    """A staff officer of one province, and what belongs to another."""
    id = write(organisation, now, SECRET)
    seal()
    with pytest.raises(Refused):
        actions.propose_redaction(
            actor=organisation.hue_officer, now=now, subjects=[f"log_entry:{id}"], reason_class="personal", reason="x"
        )


def test_what_was_said_after_the_proposal_needs_a_new_one(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    seal()
    redaction = propose(organisation, now, f"log_entry:{entry}")
    incident = open_incident(organisation, now)
    watch.attach_log_entry(actor=organisation.duty, now=now, entry=entry, incident=incident.id)
    with pytest.raises(Conflict, match="more was said"):
        actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    assert not Restated.objects.exists()


def test_what_is_said_afterwards_says_nothing(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    redact(organisation, now, seal, f"log_entry:{entry}")
    incident = open_incident(organisation, now)
    watch.attach_log_entry(actor=organisation.duty, now=now, entry=entry, incident=incident.id)
    assert dict(found_in(["0912345678"])) == {}
    assert list(fold.differences()) == []


TAMPERINGS = {
    "DELETE FROM journal_body WHERE entry = (SELECT entry FROM journal_sealed WHERE position = 3)": {"body-missing"},
    "UPDATE journal_restated SET text = replace(text, 'note', 'order')": {"restated-changed"},
    "DELETE FROM journal_restated": {"restated-changed"},
    "INSERT INTO journal_restated SELECT entry, gen_random_uuid(), '{}' FROM journal_sealed WHERE position = 3": {
        "restated-changed"
    },
    "INSERT INTO journal_body (entry, salt, text) SELECT entry, '', '' FROM journal_restated": {
        "body-changed",
        "body-kept",
    },
    "UPDATE journal_entry SET account = (SELECT account FROM journal_entry WHERE kind = 'journal.redaction_proposed')"
    " WHERE kind = 'journal.redaction_confirmed'": {"body-missing", "restated-changed"},
    "UPDATE journal_body b SET text = replace(text, '\"proposed\"', '\"propose\"') FROM journal_entry e"
    " WHERE e.id = b.entry AND e.kind = 'journal.redaction_proposed'": {
        "body-changed",
        "body-missing",
        "restated-changed",
    },
}


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_an_absence_without_two_persons_is_found(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID, statement: str
) -> None:
    redact(organisation, now, seal, f"log_entry:{entry}")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert faults() - {"entry-changed", "history-rewritten"} == TAMPERINGS[statement]


def test_the_entry_itself_is_as_it_was(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    before = list(Entry.objects.filter(subject_id=entry).values())
    redact(organisation, now, seal, f"log_entry:{entry}")
    assert list(Entry.objects.filter(subject_id=entry).values()) == before
