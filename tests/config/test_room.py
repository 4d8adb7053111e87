"""When there is too little room, what is answered then, and the reserve that is given up last."""

import errno
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from tests.ground import Organisation, client_of
from thammuu.config import room as rooms
from thammuu.config.installation import read_installation
from thammuu.config.room import Room
from thammuu.config.supervisor import reserve
from thammuu.config.supervisor.refusals import CannotStart


def test_there_is_enough_again_only_with_a_quarter_more(tmp_path: Path) -> None:
    free = Room((tmp_path,), 0).free()
    assert free > 0 and Room((tmp_path / "nowhere",), 7).free() == 7
    wanting = Room((tmp_path,), free * 2)
    assert wanting.short()
    wanting.least = free * 9 // 10
    assert wanting.short()  # looked at a moment ago
    wanting._due = 0
    assert wanting.short()
    wanting.least, wanting._due = free // 2, 0
    assert not wanting.short()


def caused(fault: Exception, by: Exception) -> Exception:
    fault.__cause__ = by
    return fault


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (caused(OperationalError(), psycopg.errors.DiskFull()), 507),
        (OSError(errno.ENOSPC, "no space"), 507),
        (OSError(errno.EDQUOT, "quota"), 507),
        (caused(ValueError(), OSError(errno.ENOSPC, "no space")), 507),
        (caused(OperationalError(), psycopg.OperationalError("connection failed")), 503),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), 503),
        (caused(OperationalError(), psycopg.errors.CannotConnectNow()), 503),
        (caused(InterfaceError(), psycopg.InterfaceError("closed")), 503),
        (caused(OperationalError(), psycopg.errors.LockNotAvailable()), None),
        (OSError(errno.EACCES, "denied"), None),
        (ValueError(), None),
    ],
)
def test_what_a_full_disk_or_a_lost_database_makes_of_a_view(fault: Exception, status: int | None) -> None:
    found = rooms.judge(fault)
    assert (found.status if found else None) == status
    if found:
        request = RequestFactory().post("/", headers={"accept": "application/json"})
        answer = rooms.plain(request, found)
        assert answer.status_code == status and json.loads(answer.content)["reason"]
        page = rooms.plain(RequestFactory().post("/"), found)
        assert page.status_code == status and str(found.happened) in page.content.decode()


@pytest.mark.parametrize(("language", "says"), [("en", "nearly full"), ("vi", "sắp đầy")])
def test_with_too_little_room_everything_is_read_and_nothing_taken(
    organisation: Organisation, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, says: str
) -> None:
    client = client_of(organisation.duty)
    client.cookies["django_language"] = language
    assert says not in client.get("/watch/").content.decode()
    monkeypatch.setattr(rooms, "room", lambda: Room((tmp_path,), 2**62))
    page = client.get("/watch/")
    assert page.status_code == 200 and says in page.content.decode()
    refused = client.post("/watch/log/", {"text": "Mưa to"})
    assert refused.status_code == 507 and says in refused.content.decode()
    assert client.post("/language/", {"language": "en", "next": "/"}).status_code < 500


def test_the_reserve_is_laid_where_there_is_plenty_and_given_up_where_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reserve, "BYTES", 4096)
    monkeypatch.setattr(reserve, "AMPLE", 8192)
    assert reserve.keep_reserve(tmp_path) and reserve.keep_reserve(tmp_path)
    assert (tmp_path / "reserve").stat().st_size == 4096
    assert not reserve.give_up_reserve(tmp_path)
    monkeypatch.setattr(reserve, "BYTES", 2**62)
    assert reserve.give_up_reserve(tmp_path) and not (tmp_path / "reserve").exists()
    assert not reserve.give_up_reserve(tmp_path)
    monkeypatch.setattr(reserve, "AMPLE", 2**62)
    assert not reserve.keep_reserve(tmp_path)


def test_the_limit_is_a_number_of_mebibytes() -> None:
    assert read_installation({"THAMMUU_LEAST_FREE": "12"}).least_free == 12
    assert read_installation({}).least_free == 256
    with pytest.raises(CannotStart, match="mebibyte"):
        read_installation({"THAMMUU_LEAST_FREE": "much"})
