"""The short way answers as the long way does, and leaves to it whatever is not plain."""

import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client

from tests.ground import Organisation
from thammuu.config.front.short_way import ShortWay
from thammuu.config.live import sessions
from thammuu.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32


class Ways:
    """Posts as an officer's browser does; notes which way was taken."""

    def __init__(self, session: str) -> None:
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.long = 0
        self._pages = get_wsgi_application()
        self._short = ShortWay(self._long)

    def _long(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.long += 1
        return self._pages(environ, start_response)

    def post(self, submission: str, text: str, token: str = TOKEN, **more: str) -> tuple[int, dict[str, Any]]:
        boundary = "xxxxxxxx"
        fields = {"text": text, "submission": submission}
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
        ]
        body = ("".join(parts) + f"--{boundary}--\r\n").encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/watch/log/",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "application/json",
            "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": token,
            "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            **more,
        }
        said: list[int] = []
        result = self._short(environ, lambda status, headers, error=None: said.append(int(status.split()[0])))
        content = b"".join(result)
        return said[0], json.loads(content) if content.startswith(b"{") else {}


@pytest.fixture
def ways(organisation: Organisation) -> Iterator[Ways]:
    sessions.forget()
    client = Client()
    assert client.login(username="duty", password="duty")
    yield Ways(client.cookies["sessionid"].value)
    sessions.forget()


def filed() -> int:
    return Entry.objects.filter(kind="watch.log_entry_written").count()


def test_a_line_is_filed_once_and_replayed_the_same(ways: Ways) -> None:
    submission = str(uuid4())
    status, first = ways.post(submission, "Đường 5 thông suốt")
    assert (status, first["replayed"]) == (201, False)
    status, again = ways.post(submission, "Đường 5 thông suốt")
    assert (status, again["replayed"], again["id"]) == (200, True, first["id"])
    assert (filed(), ways.long) == (1, 0)


@pytest.mark.parametrize("token", ["b" * 32, ""])
def test_a_wrong_token_is_refused_by_the_long_way(ways: Ways, token: str) -> None:
    assert ways.post(str(uuid4()), "x", token)[0] == 403
    assert (filed(), ways.long) == (0, 1)


def test_another_origin_is_refused_by_the_long_way(ways: Ways) -> None:
    assert ways.post(str(uuid4()), "x", HTTP_ORIGIN="http://elsewhere.example")[0] == 403
    assert (filed(), ways.long) == (0, 1)


def test_nobody_signed_in_is_answered_by_the_long_way(ways: Ways) -> None:
    ways.cookies = f"csrftoken={TOKEN}"
    assert ways.post(str(uuid4()), "x")[0] == 401
    assert (filed(), ways.long) == (0, 1)


def test_the_same_submission_with_another_text_is_a_conflict(ways: Ways) -> None:
    submission = str(uuid4())
    ways.post(submission, "một")
    assert ways.post(submission, "hai")[0] == 409
    assert (filed(), ways.long) == (1, 1)


def test_a_lost_connection_is_healed_by_the_long_way(ways: Ways) -> None:
    ways.post(str(uuid4()), "một")
    connection.ensure_connection()
    connection.connection.close()
    assert ways.post(str(uuid4()), "hai")[0] == 201
    assert filed() == 2
