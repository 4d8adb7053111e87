"""Files that go with a line, and the map's forms: what is taken, what is refused by its name, and what is kept."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.ground import Organisation, client_of
from tests.paper.documents import pdf
from tests.paper.files import photo
from tests.watch.floor import open_incident
from thammuu.kernel.ids import new_id
from thammuu.paper.models import Attachment
from thammuu.watch import actions
from thammuu.watch.models import Boundary, Drawing, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]

JSON = {"Accept": "application/json"}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]


def _files(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"tệp {place}.jpg", content) for place, content in enumerate(contents)]


def test_photos_go_with_a_line_once(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now, unit=organisation.ministry)
    client, sent = client_of(organisation.duty), {"text": "Ảnh hiện trường", "submission": str(new_id())}
    contents = (photo(), pdf())
    for status in (201, 200):
        sending = {**sent, "incident": row.id, "files": _files(*contents)}
        assert client.post("/watch/log/", sending, headers=JSON).status_code == status
    other = client.post("/watch/log/", {**sent, "incident": row.id, "files": _files(b"y")}, headers=JSON)
    assert other.status_code == 409
    entry = LogEntry.objects.get()
    files = Attachment.objects.order_by("id")
    assert [file.id for file in files] == entry.attachments
    picture = files[0]
    for address in (f"/watch/log/{entry.id}/", f"/incidents/{row.id}/"):
        page = client.get(address).content.decode()
        assert f'src="/attachments/{picture.id}/thumbnail/"' in page
        assert f'href="/attachments/{files[1].id}/"' in page
    for address in ("/watch/", "/watch/log/"):
        assert "With attachment" in client.get(address).content.decode()
    assert client.get(f"/attachments/{picture.id}/thumbnail/").status_code == 200
    hue = client_of(organisation.hue_officer)
    assert hue.get(f"/attachments/{picture.id}/").status_code == 404
    actions.share_incident(actor=organisation.duty, now=now, incident=row.id, units=[organisation.hue])
    assert hue.get(f"/attachments/{picture.id}/").status_code == 200


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (_files(SVG), "can carry a script"),
        (_files(b"MZ\x90\x00"), "of a type that is not taken"),
        (_files(photo()[:200]), "is damaged"),
        (_files(b""), "is an empty file"),
        (_files(*(b"x",) * 11), "At most 10 files"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_line_kept(
    organisation: Organisation, files: list[SimpleUploadedFile], words: str
) -> None:
    client = client_of(organisation.duty)
    page = client.post("/watch/log/", {"text": "Ảnh hiện trường", "files": files})
    assert page.status_code == 422
    assert 'value="Ảnh hiện trường"' in page.content.decode()
    assert words in page.content.decode()
    for file in files:
        file.seek(0)
    told = client.post("/watch/log/", {"text": "Ảnh hiện trường", "files": files}, headers=JSON)
    assert told.status_code == 400
    assert words in told.json()["reason"]
    assert (LogEntry.objects.count(), Attachment.objects.count()) == (0, 0)


def test_fifty_megabytes_are_refused_with_the_limit(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    told = client.post("/watch/log/", {"text": "Phim", "files": _files(bytes(50 * 1024 * 1024))}, headers=JSON)
    assert told.status_code == 400
    assert "50.0 MB; at most 25 MB are taken" in told.json()["reason"]
    assert not LogEntry.objects.exists()


def test_a_drawing_is_made_by_form_and_gives_lines_their_place(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    area = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]]]}
    sent = {"name": "Sân Mỹ Đình", "kind": "site", "geometry": json.dumps(area), "submission": str(new_id())}
    for _twice in range(2):
        assert client.post("/map/", sent).status_code == 302
    drawing = Drawing.objects.get()
    assert client.get("/map/drawings.json").json()["features"][0]["geometry"] == area
    assert client.post("/watch/log/", {"text": "Đông người tại Sân Mỹ Đình"}).status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.place_text, entry.lat, entry.lon) == ("Sân Mỹ Đình", 21.5, 105.5)
    page = client.get(f"/incidents/new/?entry={entry.id}").content.decode()
    assert 'value="21.5"' in page
    assert client.post(f"/map/drawings/{drawing.id}/removal/").status_code == 302
    assert client.get("/map/drawings.json").json()["features"] == []


def test_boundaries_are_imported_by_form_and_broken_ones_named(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    shape = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 21]]]}
    feature = {"type": "Feature", "properties": {"code": "01", "name": "Hà Nội"}, "geometry": shape}
    good = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    for content, status in ((b"<kml/>", 422), (good, 302)):
        file = SimpleUploadedFile("b.json", content)
        assert client.post("/map/boundaries/", {"file": file, "level": "province"}).status_code == status
    assert Boundary.objects.get().name == "Hà Nội"
    address = "/map/boundaries.json?level=province"
    first = client.get(address)
    assert first.json()["features"][0]["properties"]["name"] == "Hà Nội"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/map/boundaries.json?level=commune").json()["features"] == []
