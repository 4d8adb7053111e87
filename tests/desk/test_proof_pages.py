"""The auditor's pages: what they show, to whom, and that the proof shown is one."""

import html
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.chain import write
from tests.ground import Organisation, client_of
from tests.journal.proofs.ground import driver, fill
from thammuu.journal.models import Checkpoint, Entry, Sealed
from thammuu.journal.proofs import offline
from thammuu.journal.proofs.merkle import leaf_hash, root_from_inclusion
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import Signer

pytestmark = pytest.mark.django_db
KEY = Signer("thammuu-test", bytes(range(32)))


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "journal.vkey").write_text(f"{KEY.verifier}\n")
    return tmp_path


def test_before_the_first_checkpoint(organisation: Organisation, now: datetime, home: Path) -> None:
    client = client_of(organisation.chief)
    assert "No checkpoint has been signed yet" in client.get("/proofs/").content.decode()
    assert "No checkpoint was signed" in client.get("/proofs/sheet/").content.decode()
    assert client.get("/proofs/checkpoint/").status_code == 302
    entry = Entry.objects.get(subject_id=write(organisation, now, "Mất điện"))
    assert "not under a checkpoint yet" in client.get("/proofs/", {"entry": str(entry.id)}).content.decode()


def test_the_proof_shown_is_one(organisation: Organisation, now: datetime, seal: Callable[[], int], home: Path) -> None:
    entry = Entry.objects.get(subject_id=write(organisation, now, "Mất điện"))
    fill(300)
    seal()
    note = Notary(KEY).sign_stored(driver())
    position = Sealed.objects.get(entry=entry.id).position
    client = client_of(organisation.chief)
    page = client.get("/proofs/", {"position": str(position)}).content.decode()
    assert note.split("\n")[2] in client.get("/proofs/", {"entry": str(entry.id)}).content.decode()
    leaf = html.unescape(re.findall(r"data-leaf>(.*?)</textarea>", page, re.S)[0])
    data = json.loads(re.findall(r'id="proof-data" type="application/json">(.*?)</script>', page)[0])
    assert (json.loads(leaf)["id"], data["position"], data["note"]) == (str(entry.id), position, note)
    size, root = offline.checkpoint(note, data["verifier"])
    path = [bytes.fromhex(step) for step in data["path"]]
    assert root_from_inclusion(leaf_hash(leaf.encode()), position - 1, size, path) == root
    assert client.get("/proofs/checkpoint/").content.decode() == note


def test_what_the_reader_may_not_see_has_no_proof_for_him(
    organisation: Organisation, now: datetime, seal: Callable[[], int], home: Path
) -> None:
    entry = Entry.objects.get(subject_id=write(organisation, now, "Mất điện"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET classification = 9 WHERE id = %s", [entry.id])
    seal()
    Notary(KEY).sign_stored(driver())
    position = Sealed.objects.get(entry=entry.id).position
    client = client_of(organisation.chief)
    for asked in ({"position": str(position)}, {"entry": str(entry.id)}, {"position": "99999"}):
        assert client.get("/proofs/", asked).status_code == 404
    for address in ("/proofs/", "/proofs/sheet/", "/proofs/checkpoint/", "/proofs/checker/"):
        assert client_of(organisation.duty).get(address).status_code == 403


def test_the_sheet_of_a_day(organisation: Organisation, now: datetime, seal: Callable[[], int], home: Path) -> None:
    seal()
    note = Notary(KEY).sign_stored(driver())
    client = client_of(organisation.chief)
    today = client.get("/proofs/sheet/").content.decode()
    assert html.escape(note.split("\n")[2]) in html.unescape(today) and "<svg" in today
    signed = Checkpoint.objects.get().signed_at
    before = (signed - timedelta(days=2)).date().isoformat()
    assert "No checkpoint was signed" in client.get("/proofs/sheet/", {"day": before}).content.decode()
    assert client.get("/proofs/sheet/", {"day": "2026-99-99"}).status_code == 200


def test_the_program_is_handed_out_as_it_is(organisation: Organisation, home: Path) -> None:
    answer = client_of(organisation.chief).get("/proofs/checker/")
    assert answer.content == Path(str(offline.__file__)).read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_number_of_statements_does_not_grow_with_the_journal(
    organisation: Organisation, now: datetime, seal: Callable[[], int], home: Path
) -> None:
    entry = Entry.objects.get(subject_id=write(organisation, now, "Mất điện"))
    client = client_of(organisation.chief)

    def statements() -> int:
        seal()
        Notary(KEY).sign_stored(driver())
        with CaptureQueriesContext(connection) as told:
            assert client.get("/proofs/", {"entry": str(entry.id)}).status_code == 200
        return len(told)

    first = statements()
    fill(600)
    assert statements() <= first
