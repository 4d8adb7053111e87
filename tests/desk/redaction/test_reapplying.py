"""A restore has lost a redaction: the list beside the backups says what it was, and it is done again."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from tests.desk.redaction.ground import KEY, SECRET, faults, follow, kinds_of, propose, redact, report
from tests.ground import Organisation
from tests.journal.proofs.ground import driver
from tests.watch.floor import write
from thammuu.desk.redaction import actions
from thammuu.desk.redaction.scanning import found_in
from thammuu.journal import fold
from thammuu.journal.models import Body, Redaction
from thammuu.journal.proofs.extracts import Choice, extract
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import BadNote, Signer
from thammuu.journal.proofs.offline import check
from thammuu.journal.redaction.listing import Listed, read_list, read_one, write_list
from thammuu.org.authority import SYSTEM

Seal = Callable[[], int]
pytestmark = pytest.mark.django_db
NUMBER = "0912345678"


@contextmanager
def lost() -> Iterator[None]:
    """What happens within is not in the backup."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.fixture
def entry(organisation: Organisation, now: datetime, seal: Seal) -> UUID:
    id = write(organisation, now, SECRET)
    seal()
    follow()
    return id


def listed() -> Listed:
    (one,) = read_list(write_list(driver(), KEY), KEY.verifier).redactions
    return one


def again(now: datetime, seal: Seal, told: Listed) -> None:
    assert actions.reapply_redaction(actor=SYSTEM, now=now, told=told)
    seal()
    assert actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=told.id)
    seal()


def test_done_again_with_the_proposal_lost_too(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    with lost():
        redact(organisation, now, seal, f"log_entry:{entry}")
        told = listed()
    assert dict(found_in([NUMBER])) and not Redaction.objects.exists()
    again(now, seal, told)
    follow()
    assert dict(found_in([NUMBER])) == {}
    assert faults() == set() and report().redacted == 1 and list(fold.differences()) == []
    assert kinds_of(told.id) == ["reapplied", "carried_out"]
    row = Redaction.objects.get()
    assert (row.state, row.account_id, row.remaining) == ("carried_out", organisation.staff.account, 0)
    assert not actions.reapply_redaction(actor=SYSTEM, now=now, told=told), "once"


def test_done_again_with_only_the_confirmation_lost(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    redaction = propose(organisation, now, f"log_entry:{entry}")
    seal()
    with lost():
        actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
        seal()
        told = listed()
    again(now, seal, told)
    assert dict(found_in([NUMBER])).keys() <= {"desk_search"}
    assert faults() == set() and list(fold.differences()) == []
    assert kinds_of(redaction) == ["proposed", "reapplied", "carried_out"]
    assert Redaction.objects.get().reason == "Có dữ liệu cá nhân"
    # What was done again stands in the next list, for the next restore.
    assert listed().accounts == told.accounts and listed().entries == told.entries


def test_what_was_never_there_is_left_alone(organisation: Organisation, now: datetime, seal: Seal) -> None:
    with lost():
        redact(organisation, now, seal, f"log_entry:{write(organisation, now, SECRET)}")
        told = listed()
    assert not actions.reapply_redaction(actor=SYSTEM, now=now, told=told)
    assert not Redaction.objects.exists()


def test_an_entry_of_the_same_id_that_says_something_else_is_left_alone(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    with lost():
        redact(organisation, now, seal, f"log_entry:{entry}")
        told = listed()
    other = {id: place._replace(digest="00" * 32) for id, place in told.entries.items()}
    assert not actions.reapply_redaction(actor=SYSTEM, now=now, told=replace(told, entries=other))
    assert Body.objects.filter(text__contains=NUMBER).exists()


def test_the_application_cannot_do_it_by_itself(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    """Only who signs in as the tables' owner: what the application says of two accounts carries nothing out."""
    with lost():
        redact(organisation, now, seal, f"log_entry:{entry}")
        told = listed()
    actions.reapply_redaction(actor=SYSTEM, now=now, told=told)
    seal()
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION thammuu_app")
        try:
            with pytest.raises(Error, match="no sealed proposal"), transaction.atomic():
                cursor.execute("SELECT journal_redact(%s)", [told.id])
        finally:
            cursor.execute("RESET SESSION AUTHORIZATION")
    assert Body.objects.filter(text__contains=NUMBER).exists()


def test_without_the_signature_the_body_is_missing(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    """A list that another key has signed, or one account alone, is no agreement of two."""
    with lost():
        redact(organisation, now, seal, f"log_entry:{entry}")
        (told,) = read_list(write_list(driver(), OTHER), OTHER.verifier).redactions
    again(now, seal, told)
    assert "body-missing" in faults()


def test_an_extract_tells_it_to_strangers(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    with lost():
        redact(organisation, now, seal, f"log_entry:{entry}")
        told = listed()
    again(now, seal, told)
    note = Notary(KEY).sign_stored(driver())
    text, count = extract(driver(), KEY, note, Choice(subject=entry))
    assert count == 2, "the entry, and the one that says why its body is gone"
    assert check(text, str(KEY.verifier))["redacted"] == 1
    forged = KEY.sign(KEY.verifier.text_of(text).replace(str(told.accounts[0]), str(told.accounts[1])))
    with pytest.raises(ValueError, match="body of entry"):
        check(forged, str(KEY.verifier))


OTHER = Signer(KEY.name, bytes(range(1, 33)))


def test_a_list_says_nothing_of_what_was_said(
    organisation: Organisation, now: datetime, seal: Seal, entry: UUID
) -> None:
    redact(organisation, now, seal, f"log_entry:{entry}")
    text = write_list(driver(), KEY)
    assert "Hoa" not in text and NUMBER not in text and "cá nhân" not in text
    found = read_list(text, KEY.verifier)
    assert [place.position <= found.at.size for place in found.redactions[0].entries.values()] == [True]


def test_a_list_that_is_not_believed(organisation: Organisation, now: datetime, seal: Seal, entry: UUID) -> None:
    redact(organisation, now, seal, f"log_entry:{entry}")
    text = write_list(driver(), KEY)
    for wrong in ("", text.replace("thammuu-redactions", "thammuu-redaction"), text[: len(text) // 2], listed().note):
        with pytest.raises(BadNote):
            read_list(wrong, KEY.verifier)
    with pytest.raises(BadNote, match="not signed"):
        read_list(text, OTHER.verifier)
    with pytest.raises(BadNote, match="another log"):
        body = KEY.verifier.text_of(text).replace(KEY.name, "thammuu-other")
        read_list(KEY.sign(body), KEY.verifier)
    whole = KEY.verifier.text_of(listed().note)
    *head, line = whole.removesuffix("\n").split("\n")
    told = json.loads(line)
    for name, value in {"accounts": [told["accounts"][0]] * 2, "entries": [], "units": None, "id": "x"}.items():
        changed = "\n".join([*head, json.dumps({**told, name: value})]) + "\n"
        with pytest.raises(BadNote):
            read_one(KEY.sign(changed), KEY.verifier)
