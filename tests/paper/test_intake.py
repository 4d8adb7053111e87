import io
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from tests.ground import Organisation
from tests.paper.files import bomb, photo, upload
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.paper import actions, queries, storage
from thammuu.paper.intake import take_in
from thammuu.paper.models import Attachment
from thammuu.paper.rules import MediaType

MEBIBYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def home(settings: object, tmp_path: Path) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def _files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", [MediaType.JPEG, MediaType.PNG, MediaType.WEBP])
def test_a_photo_is_kept_upright_and_without_its_position(kind: MediaType) -> None:
    before = photo(kind)
    assert b"SECRETMAKER" in before
    kept = take_in(upload(before, "hiện trường"))
    after = storage.path_of(kept.digest).read_bytes()
    assert b"SECRET" not in after
    assert b"GPS" not in after
    with Image.open(io.BytesIO(after)) as image:
        assert image.size == (kept.width, kept.height) == (480, 640)
        assert dict(image.getexif()) == {}
        assert not {"exif", "comment", "Comment", "icc_profile", "xmp"} & set(image.info)
        red, _green, blue = image.convert("RGB").getpixel((240, 10))  # type: ignore[misc]
        assert red > 200 > 50 > blue, "the red half must have come to the top"
    assert kept.media_type == kind


def test_a_photo_has_a_small_jpeg_beside_it() -> None:
    kept = take_in(upload(photo(size=(2000, 1000))))
    with Image.open(storage.path_of(kept.digest, thumbnail=True)) as small:
        assert (small.format, small.size) == ("JPEG", (240, 480))


def test_a_transparent_picture_stays_transparent() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(buffer, "PNG")
    with Image.open(storage.path_of(take_in(upload(buffer.getvalue())).digest)) as image:
        assert image.getpixel((5, 5)) == (255, 0, 0, 0)


def test_what_hides_behind_a_photo_is_gone() -> None:
    tail = b"<script>alert('polyglot')</script>PK\x03\x04"
    kept = take_in(upload(photo() + tail))
    assert b"polyglot" not in storage.path_of(kept.digest).read_bytes()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "so do.svg", "script"),
        (b"<!doctype html><script>alert(1)</script>", "anh.jpg", "script"),
        (b"\xff\xd8\xff" + b"not really" * 50, "a.jpg", "damaged"),
        (photo()[:2000], "a.jpg", "damaged"),
        (bomb(30_000, 30_000), "a.png", "64 million"),
        (bomb(2**31 - 1, 2**31 - 1), "a.png", "64 million"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "IMG_1.HEIC", "HEIC"),
        (b"", "a.jpg", "empty"),
    ],
)
def test_a_refused_file_is_named_and_leaves_nothing(
    home: Path, content: bytes, name: str, words: str, settings: object
) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    with pytest.raises(BadInput) as refused:
        take_in(upload(content, name))
    assert refused.value.field == "files"
    assert words in refused.value.reason
    assert name in refused.value.reason
    assert _files(home) == []


def test_50_megabytes_are_refused_unread_with_both_sizes(home: Path, settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    with pytest.raises(BadInput) as refused:
        take_in(upload(b"\xff\xd8\xff" + bytes(50 * MEBIBYTE - 3), "to.jpg"))
    assert "50.0 MB" in refused.value.reason
    assert "25 MB" in refused.value.reason
    assert _files(home) == []


def test_the_same_content_is_kept_once(home: Path) -> None:
    first, again = take_in(upload(b"bao cao", "a.txt")), take_in(upload(b"bao cao", "b.txt"))
    assert first.digest == again.digest
    assert [path.name for path in _files(home)] == [first.digest]


@pytest.mark.django_db
@pytest.mark.usefixtures("fold_equals_tables")
def test_an_attachment_is_recorded_and_seen_by_its_units_only(organisation: Organisation, now: datetime) -> None:
    kept = take_in(upload(photo(), "anh.jpg"))
    id = actions.store_attachment(actor=organisation.hue_officer, now=now, file=kept, units=[organisation.hue])
    [entry] = feed.of_subjects([id])
    assert (entry.kind, entry.units) == ("paper.attachment_stored", (organisation.hue,))
    for actor in (organisation.hue_officer, organisation.chief):
        assert queries.attachment(actor.scope, id).digest == kept.digest
    for actor in (organisation.hanoi_officer, organisation.commune_officer):
        with pytest.raises(Missing):
            queries.attachment(actor.scope, id)


@pytest.mark.django_db
@pytest.mark.usefixtures("fold_equals_tables")
def test_a_file_sent_twice_is_one_attachment(organisation: Organisation, now: datetime) -> None:
    kept = take_in(upload(b"bao cao", "a.txt"))
    sending = Submission(new_id(), b"d" * 32)
    ids = {
        actions.store_attachment(
            actor=organisation.duty, now=now, file=kept, units=[organisation.ministry], submission=sending
        )
        for _time in range(2)
    }
    with transaction.atomic():
        assert {row.id for row in Attachment.objects.all()} == ids
