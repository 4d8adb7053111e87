"""A document of another office that comes as edXML: registered with its files, told its status, or refused."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.directives.documents.desk import Desk
from tests.ground import Organisation, client_of
from tests.paper.files import upload
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.interop.edxml import StatusReport, read, write
from thammuu.interop.edxml import message as m
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id

pytestmark = pytest.mark.django_db
ADDRESS = "/documents/incoming/edxml/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def sent(organisation: Organisation, now: datetime, settings: object, tmp_path: Path) -> bytes:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    row = Desk(organisation, now).issued(place="Hà Nội", urgency="urgent")
    return client_of(organisation.staff).get(f"/documents/{row.id}/edxml/").content


def test_a_message_is_registered_with_its_files(sent: bytes, organisation: Organisation) -> None:
    hanoi = client_of(organisation.hanoi_officer)
    look = hanoi.post(ADDRESS, {"file": upload(sent, "a.edxml"), "become": "register"})
    told = look.content.decode()
    for words in ('value="01/CT-VPB"', 'value="Văn phòng Bộ"', "01-CT-VPB.pdf", "Tăng cường tuần tra"):
        assert words in told
    given = {
        "read": told.partition('name="read" value="')[2].partition('"')[0], "submission": new_id(),
        "arrived_on": clock.day_of(clock.now()), "issuer": "Văn phòng Bộ", "symbol": "01/CT-VPB", "abstract": "Đêm",
        "urgency": "urgent",
    }  # fmt: skip
    assert hanoi.post("/documents/incoming/new/", given).status_code == 302
    row = IncomingDocument.objects.get()
    assert (row.unit_id, len(row.attachments), row.urgency) == (organisation.hanoi, 1, "urgent")
    assert any("Tăng cường tuần tra" in clause["text"] for clause in row.text.clauses)


def test_its_sender_is_told_what_became_of_it(sent: bytes, organisation: Organisation) -> None:
    hanoi = client_of(organisation.hanoi_officer)
    refusal = {"file": upload(sent, "a.edxml"), "become": "02"}
    assert hanoi.post(ADDRESS, refusal).status_code == 422
    answer = hanoi.post(ADDRESS, {**refusal, "file": upload(sent, "a.edxml"), "reason": "Gửi nhầm nơi nhận"})
    status = read(answer.content).message
    assert isinstance(status, StatusReport)
    assert (status.status, status.description, status.sender.id) == (m.Status.REFUSED, "Gửi nhầm nơi nhận", "01")
    assert (status.about.organ, status.about.code) == ("B", "01/CT-VPB")
    shown = hanoi.post(ADDRESS, {"file": upload(write(status), "s.edxml"), "become": "register"})
    assert "The file is a status, not a document" in shown.content.decode()
    assert not IncomingDocument.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"<edXML", b"<edXML", "OrganId"),
        (b"JVBER", b"*****", "no valid base64"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong_where(
    sent: bytes, organisation: Organisation, before: bytes, after: bytes, told: str
) -> None:
    broken = sent.replace(before, after)
    if told == "OrganId":
        start, end = broken.index(b"<edXML:OrganId>"), broken.index(b"</edXML:OrganId>") + len(b"</edXML:OrganId>")
        broken = broken[:start] + broken[end:]
    answer = client_of(organisation.staff).post(ADDRESS, {"file": upload(broken, "a.edxml"), "become": "register"})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert client_of(organisation.viewer).get(ADDRESS).status_code == 403
