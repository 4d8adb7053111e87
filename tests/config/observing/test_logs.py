"""The log: its shape, and that nothing personal comes into it, whatever is sent."""

import io
import json
import logging
import re
import socket
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.config.test_front import NoStreams
from tests.ground import Organisation, client_of
from thammuu.config import urls
from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE
from thammuu.config.front.short_way import ShortWay
from thammuu.config.observing import faults, logs
from thammuu.config.observing.current import DIGITS, new_number
from thammuu.config.observing.requests import Observed
from thammuu.journal.proofs.notary import Mismatch
from thammuu.org.models import Account

SECRET = "Bí mật 0912345678"
WORDS = ("0912345678", "B\\u00ed m\\u1eadt", "Bí mật", "B%C3%AD", "nguoi.bi.mat", "mat-khau-bi-mat", "203.0.113.9")


def breaks(request: HttpRequest) -> HttpResponse:
    """A page that breaks with what it was sent on its lips, in two ways."""
    try:
        raise ValueError(f"cannot take {request.POST or request.GET}")
    except ValueError as error:
        account = Account.objects.first()
        Account.objects.create(sign_in_name=account.sign_in_name, unit=SECRET)  # type: ignore[union-attr]
        raise AssertionError from error


def twice(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE named (name text PRIMARY KEY)")
        for _turn in range(2):
            cursor.execute("INSERT INTO named VALUES (%s)", [request.GET["q"]])
    return HttpResponse()


urlpatterns = [
    path("breaks/<str:token>/", breaks, name="breaks"),
    path("twice/", twice, name="twice"),
    *urls.urlpatterns,
]
handler500 = urls.handler500


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger says, down to the least, as it would stand on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    root, request = logging.getLogger(), logging.getLogger("thammuu.request")
    before = root.level, request.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    request.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before[0])
    request.setLevel(before[1])


@pytest.fixture
def served(transactional_db: None, organisation: Organisation, settings: Any) -> Iterator[str]:
    """All of the product's pages behind the observed front; the address."""
    settings.ROOT_URLCONF = __name__
    pages = Front(ShortWay(get_wsgi_application()), NoStreams(), NATIVE)
    front = Observed(Guard(pages, settings.TRANSPORT, ["127.0.0.1"], 0))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            front, http="httptools", ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    with connection.cursor() as cursor:  # those of the pages' threads
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'thammuu' AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def browser(served: str, organisation: Organisation) -> Iterator[httpx.Client]:
    """The duty officer's browser, whose address must not be told either."""
    cookies = {"sessionid": client_of(organisation.duty).cookies["sessionid"].value}
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Request-Id": SECRET.encode().hex()}
    with httpx.Client(base_url=served, cookies=cookies, headers=headers) as client:
        yield client


def records(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_nothing_personal_is_written_whatever_is_sent(browser: httpx.Client, written: io.StringIO) -> None:
    with httpx.Client(base_url=browser.base_url) as stranger:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', stranger.get("/sign-in/").text)
        assert token is not None
        tried = {"username": "nguoi.bi.mat", "password": "mat-khau-bi-mat", "csrfmiddlewaretoken": token[1]}
        assert stranger.post("/sign-in/", data=tried).status_code == 422
        assert stranger.post("/sign-in/", data={**tried, "csrfmiddlewaretoken": "x"}).status_code == 403
        stranger.get("/", headers={"Host": "nguoi.bi.mat"})
    page = browser.get("/watch/log/", params={"q": SECRET})
    assert page.status_code == 200
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"], "text": SECRET, "submission": "x"}
    for accept in ("application/json", "text/html"):
        browser.post("/watch/log/", data=form, headers={"Accept": accept})
    browser.get("/search/", params={"q": SECRET + '\r\n{"level": "forged"}'})
    browser.get(f"/{SECRET}/?{SECRET}")
    browser.request(f"GET{SECRET[-3:]}", "/")
    for address in (f"/breaks/{SECRET}/", "/twice/"):
        assert browser.get(address, params={"q": SECRET}).status_code == 500
    said = records(written)
    assert {"sign_in", "log", "search", "unknown", "breaks"} <= {one.get("route") for one in said}
    assert not [word for word in WORDS if word in written.getvalue()]


def test_a_fault_is_told_by_its_places_and_a_number_that_the_reader_sees(
    browser: httpx.Client, written: io.StringIO
) -> None:
    page = browser.get("/twice/", params={"q": SECRET})
    number = page.headers["x-request-id"]
    assert number in page.text and re.fullmatch(r"\d{4}-\d{4}-\d{4}", number)
    mine = [one for one in records(written) if one.get("request") == number]
    fault = next(one for one in mine if one["logger"] == "django.request")
    assert (fault["level"], fault["route"]) == ("error", "twice")
    assert "psycopg.errors.UniqueViolation (23505 named_pkey)" in [each["type"] for each in fault["faults"]]
    assert any("twice" in place for place in fault["faults"][0]["where"])
    answered = next(one for one in mine if one["logger"] == "thammuu.request")
    assert (answered["method"], answered["status"], answered["event"]) == ("GET", 500, "answered")
    assert answered["ms"] > 0 and answered["time"].endswith("Z")


def test_every_answer_has_a_number_of_its_own(browser: httpx.Client) -> None:
    answers = [browser.get(address) for address in ("/ready", "/static/none.css", "/watch/", "/nowhere/")]
    numbers = {answer.headers["x-request-id"] for answer in answers}
    assert len(numbers) == len(answers)
    assert len(new_number().replace("-", "")) == DIGITS


def record(logger: str, message: str, *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord(logger, logging.WARNING, "module.py", 7, message, arguments, None, "function")
    made.__dict__ |= extra
    return made


@pytest.mark.parametrize(
    "logger, message, arguments, event",
    [
        ("thammuu.journal", "lost: %s", (ValueError(SECRET),), "lost: ValueError"),
        ("thammuu.journal", "lost: %s", (FileNotFoundError(2, "x", SECRET),), "lost: FileNotFoundError (ENOENT)"),
        ("thammuu.x", "no: %s", (Mismatch("3 entries"),), "no: thammuu.journal.proofs.notary.Mismatch (3 entries)"),
        ("thammuu.journal", "100 % wrong", (1,), "100 % wrong"),
        ("django.request", "Not Found: %s", (f"/{SECRET}/",), "Not Found: %s"),
        ("procrastinate.worker", f"Job a(name={SECRET}) failed", (), "module.function:7"),
    ],
)  # fmt: skip
def test_what_a_record_may_say(logger: str, message: str, arguments: tuple[object, ...], event: str) -> None:
    assert logs.event_of(record(logger, message, *arguments)) == event


def test_what_the_server_itself_says_may_be_told() -> None:
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/none")
    assert "127.0.0.1" in faults.describe(caught.value)


def test_a_record_is_one_line_and_a_terminal_gets_nothing_to_obey(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = record("thammuu.x", "two\nlines \x1b[2J", route="log", ms=1.5)
    assert logs.JsonFormatter().format(hostile).count("\n") == 0
    readable = logs.ReadableFormatter().format(hostile)
    assert "\x1b" not in readable and readable.count("\n") == 0 and readable.endswith("1.5 ms")
    terminal = SimpleNamespace(isatty=lambda: True, write=lambda text: None)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert isinstance(logs.StandardError().formatter, logs.ReadableFormatter)


def test_a_record_that_cannot_be_written_is_dropped_silently(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logs.StandardError()
    handler.setStream(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    handler.stream.close()
    handler.handle(record("thammuu.x", "%s", SECRET))
    assert capsys.readouterr() == ("", "")
