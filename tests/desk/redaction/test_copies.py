"""After a redaction no copy is found: not in any table, file, export, page in memory, or what the stream tells anew."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.desk.redaction.ground import KEY, SECRET, faults, follow, propose, redact
from tests.ground import Organisation, client_of
from tests.journal.proofs.ground import driver
from tests.paper.files import upload
from tests.watch.floor import open_incident, write
from thammuu.config.backup.verifying import inspect_attachments
from thammuu.config.live.hub import Hub
from thammuu.config.live.rendering import Batch
from thammuu.desk.redaction import actions, working
from thammuu.desk.redaction.rules import repeated
from thammuu.desk.redaction.scanning import found_in
from thammuu.journal import feed, fold
from thammuu.journal.models import Redaction
from thammuu.journal.presentation import fragments_of
from thammuu.journal.proofs import offline
from thammuu.journal.proofs.extracts import Choice, Unproven, extract
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.redaction import registry
from thammuu.org.authority import SYSTEM
from thammuu.paper.actions import remove_unnamed
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment
from thammuu.watch import actions as watch
from thammuu.watch.models import LogEntry

Seal = Callable[[], int]
WORDS = ("0912345678", "Trần Thị Hoa")
pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def files_with(folder: Path, word: str) -> list[str]:
    found = [Path(at) / name for at, _folders, names in os.walk(folder) for name in names]
    return [str(file) for file in found if word.encode() in file.read_bytes() or word in file.name]


def subjects_of(entry: UUID) -> list[str]:
    row = LogEntry.objects.get(id=entry)
    return [f"log_entry:{entry}", *(f"attachment:{id}" for id in row.attachments)]


@pytest.mark.usefixtures("home")
def test_no_table_file_page_or_export_holds_it(
    organisation: Organisation, now: datetime, seal: Seal, home: Path
) -> None:
    incident = open_incident(organisation, now, f"Cháy, {SECRET}", place_text=SECRET)
    document = upload(f"Người báo: {SECRET}".encode(), "Trần Thị Hoa.txt")
    entry = write(organisation, now, SECRET, incident=incident.id, files=[take_in(document)])
    watch.share_incident(actor=organisation.duty, now=now, incident=incident.id, units=[organisation.hue])
    watch.close_incident(actor=organisation.duty, now=now, incident=incident.id, outcome=f"Đã gọi {SECRET}")
    seal()
    follow()
    assert all(dict(found_in([word])) for word in WORDS) and files_with(home, WORDS[0])
    changes = [f"incident_change:{row.id}" for row in incident.changes.all()]
    redact(organisation, now, seal, *subjects_of(entry), f"incident:{incident.id}", *changes)
    follow()
    for word in WORDS:
        assert dict(found_in([word])) == {} and files_with(home, word) == [], word
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE pg_stats::text LIKE ANY(%s)", [[f"%{w}%" for w in WORDS]])
        assert cursor.fetchone() == (0,), "samples of the planner"
    assert list(fold.differences()) == [] and faults() == set()
    duty = client_of(organisation.duty)
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.digest) == ("", "")
    assert duty.get(f"/attachments/{attachment.id}/").status_code == 404
    pages = (
        *(f"/incidents/{incident.id}/", "/incidents/", f"/thread/incident/{incident.id}/", "/time-machine/"),
        *(f"/watch/log/{entry}/", "/map/incidents.json", "/search/suggest/?q=Hoa", "/"),
    )
    for page in pages:
        answer = duty.get(page)
        assert answer.status_code == 200 and all(word not in answer.content.decode() for word in WORDS), page
    told = json.dumps([str(piece) for piece in fragments_of(feed.after(0), "vi").values()], ensure_ascii=False)
    assert all(word not in told for word in WORDS), "what the stream replays from the table"


def test_an_extract_shows_who_agreed_and_is_proven(organisation: Organisation, now: datetime, seal: Seal) -> None:
    entry = write(organisation, now, SECRET)
    redact(organisation, now, seal, f"log_entry:{entry}")
    note = Notary(KEY).sign_stored(driver())
    text, count = extract(driver(), KEY, note, Choice(subject=entry))
    assert count == 3 and all(word not in text for word in WORDS), "with the proposal and the confirmation"
    verifier = str(KEY.verifier)
    assert offline.check(text, verifier)["redacted"] == 1

    def forged(change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> str:
        magic, head, *lines = text.rpartition("\n\n")[0].split("\n")
        kept = [line for line in (change(json.loads(line)) for line in lines) if line is not None]
        told = {**json.loads(head), "entries": len(kept)}
        return KEY.sign("".join(f"{line}\n" for line in (magic, *map(json.dumps, (told, *kept)))))

    assert offline.check(forged(lambda line: line), verifier)["redacted"] == 1
    for missing in ("redaction_proposed", "redaction_confirmed"):
        with pytest.raises(ValueError, match="no two persons"):
            offline.check(forged(lambda line, kind=missing: None if kind in line["leaf"] else line), verifier)  # type: ignore[misc]
    without = forged(lambda line: {**line, "body": None} if "redaction_confirmed" in line["leaf"] else line)
    with pytest.raises(ValueError, match="no two persons"):
        offline.check(without, verifier)


def test_a_body_that_somebody_took_is_not_exported(organisation: Organisation, now: datetime, seal: Seal) -> None:
    entry = write(organisation, now, SECRET)
    seal()
    note = Notary(KEY).sign_stored(driver())
    driver().execute(
        "DELETE FROM journal_body b USING journal_entry e WHERE e.id = b.entry AND e.subject_id = %s", [entry]
    )
    with pytest.raises(Unproven, match="no redaction"):
        extract(driver(), KEY, note, Choice(subject=entry))


@pytest.mark.usefixtures("home")
def test_a_content_that_another_names_stays(organisation: Organisation, now: datetime, seal: Seal, home: Path) -> None:
    first, second = (
        write(organisation, now, text, files=[take_in(upload(b"bien ban", "a.txt"))]) for text in (SECRET, "Khác")
    )
    seal()
    redact(organisation, now, seal, *subjects_of(first))
    assert len(files_with(home, "bien ban")) == 1
    redact(organisation, now, seal, *subjects_of(second))
    assert files_with(home, "bien ban") == []


@pytest.mark.usefixtures("home")
def test_a_restore_brings_no_redacted_file_back(
    organisation: Organisation, now: datetime, seal: Seal, home: Path
) -> None:
    """The folder of backups holds the file still and puts it back; no row names it, so it goes before anybody reads."""
    kept = take_in(upload(b"con lai", "b.txt"))
    entry = write(organisation, now, SECRET, files=[take_in(upload(SECRET.encode(), "a.txt"))])
    write(organisation, now, "Khác", files=[kept])
    seal()
    [file] = files_with(home, WORDS[0])
    content = Path(file).read_bytes()
    redact(organisation, now, seal, *subjects_of(entry))
    Path(file).write_bytes(content)
    assert remove_unnamed() == 1
    assert inspect_attachments() == (1, []), "what was redacted is not missed"
    assert files_with(home, WORDS[0]) == [] and len(files_with(home, "con lai")) == 1


@pytest.mark.usefixtures("home")
def test_what_broke_off_is_done_again(
    organisation: Organisation, now: datetime, seal: Seal, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes after the file is gone and before the bodies are: nothing is committed, and all is done anew."""
    entry = write(organisation, now, SECRET, files=[take_in(upload(SECRET.encode(), "a.txt"))])
    seal()
    redaction = propose(organisation, now, *subjects_of(entry))
    seal()
    actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    seal()
    for file in (home / "attachments").glob("??/*"):
        file.unlink()
    assert dict(found_in([WORDS[0]])).keys() == {"journal_body"}
    assert working.carry_out_confirmed() == 1
    assert working.carry_out_confirmed() == 0
    assert dict(found_in([WORDS[0]])) == {} and Redaction.objects.get().remaining == 0


def test_a_copy_that_was_left_out_is_counted(organisation: Organisation, now: datetime, seal: Seal) -> None:
    entry = write(organisation, now, SECRET)
    open_incident(organisation, now, SECRET)
    redact(organisation, now, seal, f"log_entry:{entry}")
    assert Redaction.objects.get().remaining == 2, "the incident's row and its entry"


def test_open_pages_and_processes_forget(organisation: Organisation, now: datetime, seal: Seal) -> None:
    incident = open_incident(organisation, now, SECRET)
    seal()
    assert WORDS[0] in str(fragments_of(feed.of_subjects([incident.id]), "vi"))
    redaction = propose(organisation, now, f"incident:{incident.id}")
    seal()
    actions.confirm_redaction(actor=organisation.chief, now=now, redaction=redaction)
    seal()
    hub, confirmed = Hub(), feed.of_subjects([redaction])[-1:]
    hub.history.add(Batch(confirmed))
    hub.forget()
    assert hub.history.after(0) is None
    pieces = fragments_of(confirmed, "vi")[confirmed[0].id]
    assert {piece.target for piece in pieces} >= {"board", "map"}
    assert all(word not in str(pieces) for word in WORDS)
    registry.forget()
    assert actions.carry_out_redaction(actor=SYSTEM, now=now, redaction=redaction)


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        ("Có dữ liệu cá nhân của người báo tin", ""),
        ("gọi 0912.345.678", "0912345678"),
        ("tên Trần Thị", "Trần Thị"),
        ("số 12 ngõ 5", "số 12 ngõ 5"),
        ("năm 2026", ""),
    ],
)
def test_a_reason_does_not_repeat_what_goes(reason: str, again: str) -> None:
    assert repeated(reason, [SECRET]) == again
