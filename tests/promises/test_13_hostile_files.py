"""Promise 13: hostile files are refused with a reason or made harmless; none runs, none brings the product down.

Sent through the real pages. THAMMUU_FILES sets the scale: 150 here and in CI, 1,000 for a release.
"""

import os
import re
import resource
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.test import Client
from django.urls import reverse

from tests.ground import Organisation, client_of
from tests.org.files import csv_of
from tests.paper.files import upload
from tests.promises.hostile import CANARY, MARK, Hostile, hostile_files
from thammuu.interop.models import Alert, InboundFile
from thammuu.kernel.ids import new_id
from thammuu.org.models import Unit
from thammuu.paper import storage
from thammuu.paper.models import Attachment
from thammuu.paper.rules import SUFFIXES, MediaType
from thammuu.paper.sandbox import running
from thammuu.watch.models import LogEntry

FILES = int(os.environ.get("THAMMUU_FILES", "150"))
MEMORY = 400 * 1024  # KiB by which the serving process may grow at its highest
JSON = {"Accept": "application/json"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    settings.HOME = home  # type: ignore[attr-defined]
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield home, temporary


def test_hostile_files_are_refused_or_made_harmless(organisation: Organisation, folders: tuple[Path, Path]) -> None:
    home, temporary = folders
    running.warm_up()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    duty, admin = client_of(organisation.duty), client_of(organisation.admin)
    units = Unit.objects.count()
    faults, taken = [], 0
    for number, file in enumerate(hostile_files(FILES)):
        try:
            was_taken = _send(duty, admin, file)
        except AssertionError as fault:
            faults.append(f"{number} {file.family}: {str(fault)[:300]}")
            continue
        taken += was_taken
        if was_taken and file.refused:
            faults.append(f"{number} {file.family}: was taken")
    assert faults == []
    assert 0 < taken < FILES, "some are made harmless, most are refused"
    assert not Path(CANARY).exists()
    assert list(temporary.rglob("*")) == [], "nothing is left behind"
    assert Unit.objects.count() == units
    _the_store_holds_what_the_rows_say(home)
    process = running._server._process
    assert process is not None
    assert psutil.wait_procs(psutil.Process(process.pid).children(), timeout=20)[1] == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY


def _send(duty: Client, admin: Client, file: Hostile) -> bool:
    """Send a file through its page; whether it was taken."""
    sent = upload(file.content, file.name)
    if file.place == "attachment":
        return _attach(duty, sent)
    if file.place == "alert":
        return _alert(duty, sent, file)
    form = {"starts_on": "2026-12-01", "file": sent}
    if file.place == "boundaries":
        form |= {"file": upload(csv_of("79,province,Thành phố Hồ Chí Minh,B"), "units.csv"), "provinces": sent}
    answer = admin.post(reverse("unit_import"), form)
    assert answer.status_code in (302, 422), answer.status_code
    if answer.status_code == 302:
        # Lines with faults become a plan that only shows them; nothing is saved by it.
        return "unit-plan" not in answer["Location"] and "/units/" not in answer["Location"]
    _is_plain(_words(answer.content.decode()))
    return False


def _attach(client: Client, sent: object) -> bool:
    answer = client.post(reverse("log"), {"text": "Ảnh", "submission": str(new_id()), "files": sent}, headers=JSON)
    assert answer.status_code in (201, 400), (answer.status_code, answer.content[:200])
    if answer.status_code == 400:
        assert len(answer.json()["reason"]) > 20
        _is_plain(answer.json()["reason"])
        return False
    attached = LogEntry.objects.order_by("-id")[0].attachments
    if not attached:
        return False
    row = Attachment.objects.get(id=attached[0])
    _is_harmless(row)
    got = client.get(reverse("attachment", args=[row.id]))
    assert got["Content-Disposition"].startswith("attachment; ")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert "default-src 'none'" in got["Content-Security-Policy"]
    assert got["Cross-Origin-Resource-Policy"] == "same-origin"
    assert got["Content-Type"].split(";")[0] == row.media_type
    assert len(b"".join(got)) == row.size  # type: ignore[arg-type]
    return True


def _alert(client: Client, sent: object, file: Hostile) -> bool:
    before = Alert.objects.count()
    answer = client.post(reverse("alert_intake"), {"unit": _unit_of(client), "uploads": sent})
    assert answer.status_code == 302, answer.status_code
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "root:x:0" not in page.content.decode()
    row = InboundFile.objects.order_by("-id")[0]
    assert row.size == len(file.content) or answer["Location"].count("again=")
    return Alert.objects.count() > before


def _unit_of(client: Client) -> str:
    found = re.search(r'<option value="([0-9a-f-]{36})"', client.get(reverse("alert_intake")).content.decode())
    assert found
    return found[1]


def _is_harmless(row: Attachment) -> None:
    content = storage.path_of(row.digest).read_bytes()
    kind = MediaType(row.media_type)
    _is_plain(row.name)
    assert row.name.endswith(SUFFIXES[kind])
    if kind == MediaType.TEXT:
        assert b"<script" not in content.lower()
        assert b"=cmd" not in content or row.name.endswith(".txt")
    else:
        assert MARK.encode() not in content
        assert MARK.encode("utf-16-le") not in content


def _is_plain(words: str) -> None:
    strange = {sign for sign in words if unicodedata.category(sign)[0] == "C"}
    assert not strange, f"{strange} in {words[:200]!r}"


def _words(page: str) -> str:
    """The messages of a form that was refused."""
    found = re.search(r'class="error-summary".*?</(?:div|section)>', page, re.S)
    return " ".join(found[0].split()) if found else ""


def _the_store_holds_what_the_rows_say(home: Path) -> None:
    kept = {path.name.removesuffix(".thumbnail") for path in home.rglob("*") if path.is_file()}
    assert kept == set(Attachment.objects.values_list("digest", flat=True))
