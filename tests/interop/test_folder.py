"""The watched folder on a real disk: partial writes wait, files move, reasons lie beside."""

import os
import threading
from pathlib import Path

import pytest

from tests.ground import Organisation
from tests.interop.messages import message
from thammuu.interop import folder
from thammuu.interop.folder import WatchedFolder
from thammuu.interop.models import Alert, InboundFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def watched(organisation: Organisation, tmp_path: Path) -> WatchedFolder:
    return WatchedFolder(tmp_path, organisation.ministry)


def names(path: Path) -> set[str]:
    return {str(item.relative_to(path)) for item in path.rglob("*") if not item.is_dir()}


def test_a_file_is_read_only_once_it_has_rested(watched: WatchedFolder) -> None:
    path, text = watched.path / "a.cap", message()
    path.write_text(text[:100])
    assert watched.look() == 0
    path.write_text(text)
    assert watched.look() == 0
    assert watched.look() == 1
    assert names(watched.path) == {"taken/a.cap"}
    assert (Alert.objects.count(), InboundFile.objects.get().source) == (1, "folder")
    assert watched.look() == 0


def test_unfinished_names_links_and_folders_are_left_alone(watched: WatchedFolder) -> None:
    secret = watched.path.parent / "secret.cap"
    secret.write_text(message())
    (watched.path / "link.cap").symlink_to(secret)
    (watched.path / "b.cap.part").write_text(message())
    (watched.path / ".c.cap").write_text(message())
    (watched.path / "folder").mkdir()
    os.mkfifo(watched.path / "pipe.cap")
    assert [watched.look(), watched.look()] == [0, 0]
    (watched.path / "b.cap.part").rename(watched.path / "b.cap")
    assert [watched.look(), watched.look()] == [0, 1]
    assert "taken/b.cap" in names(watched.path)


def test_a_bad_file_is_refused_with_its_reason_beside(watched: WatchedFolder) -> None:
    (watched.path / "bad.cap").write_text(message(status="Real"))
    (watched.path / "mixed.cap").write_text(message(identifier="VN-2") + message(identifier="VN-3", status="Real"))
    assert [watched.look(), watched.look()] == [0, 2]
    assert names(watched.path) == {
        "refused/bad.cap", "refused/bad.cap.reason.txt", "refused/mixed.cap", "refused/mixed.cap.reason.txt",
    }  # fmt: skip
    told = (watched.path / "refused" / "bad.cap.reason.txt").read_text(encoding="utf-8")
    assert "VN-1 (kttv@example.vn)" in told
    assert "[alert/status:6]" in told
    assert [item.identifier for item in Alert.objects.all()] == ["VN-2"]


def test_the_same_file_again_is_moved_and_doubles_nothing(watched: WatchedFolder) -> None:
    for _ in range(2):
        (watched.path / "a.cap").write_text(message())
        watched.look()
        watched.look()
    assert names(watched.path) == {"taken/a.cap", "taken/a-2.cap"}
    assert (Alert.objects.count(), InboundFile.objects.count()) == (1, 1)


def test_the_receiving_unit(organisation: Organisation) -> None:
    assert folder.receiving_unit("") == organisation.ministry
    assert folder.receiving_unit("46") == organisation.hue
    assert folder.receiving_unit("nowhere") is None


def test_watching_goes_on_after_a_fault(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "LOOK_EVERY", 0)
    stop, looks = threading.Event(), []

    def look(watched: WatchedFolder) -> int:
        looks.append(watched.unit)
        if len(looks) == 1:
            raise PermissionError("no")
        stop.set()
        return watched.look()

    folder.watch(stop, tmp_path / "new", "01", look)
    assert looks == [organisation.hanoi] * 2
    assert (tmp_path / "new").is_dir()
