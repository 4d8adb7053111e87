"""Officers at their browsers, as plain HTTP: one files lines and sends again what was not answered, one watches."""

import http.client
import json
import re
import threading
from queue import Queue
from urllib.parse import urlencode
from uuid import uuid4

AGAIN = 0.05


class Session:
    """A signed-in officer; every request has a connection of its own, as after a broken one."""

    def __init__(self, port: int, name: str, password: str) -> None:
        self._port = port
        self.cookies: dict[str, str] = {}
        page = self.request("GET", "/sign-in/")[1]
        fields = {"username": name, "password": password, "csrfmiddlewaretoken": _token(page)}
        status, _ = self.request("POST", "/sign-in/", fields)
        assert status in (302, 303), status

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        answer = self.open(method, path, fields)
        return answer.status, answer.read().decode()

    def hand_in(self, path: str, name: str, content: bytes) -> tuple[int, str]:
        """Send a line of the log with a file."""
        token, edge = _token(self.request("GET", "/watch/")[1]), uuid4().hex
        fields = {"text": "Kèm biên bản", "submission": str(uuid4()), "csrfmiddlewaretoken": token}
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                 for key, value in fields.items()]  # fmt: skip
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content + f"\r\n--{edge}--\r\n".encode()
        connection = http.client.HTTPConnection("localhost", self._port, timeout=30)
        headers = {
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "Accept": "application/json",
            "Content-Type": f"multipart/form-data; boundary={edge}",
        }
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def open(self, method: str, path: str, fields: dict[str, str] | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self._port, timeout=30)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "application/json" if fields is not None and path != "/sign-in/" else "text/html",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, urlencode(fields or {}) if fields is not None else None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key.strip()] = rest.split(";")[0]
        return answer


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page
    return found[1]


def file_lines(session: Session, confirmed: "Queue[tuple[str, str]]", stop: threading.Event) -> None:
    """File lines until `stop`; each confirmed one is told as (submission, entry)."""
    token = _token(session.request("GET", "/watch/")[1])
    while not stop.is_set():
        submission = str(uuid4())
        fields = {"text": f"Ghi nhận {submission}", "submission": submission, "csrfmiddlewaretoken": token}
        while not stop.is_set():
            try:
                status, body = session.request("POST", "/watch/log/", fields)
            except (OSError, http.client.HTTPException):
                stop.wait(AGAIN)
                continue
            assert status in (200, 201), (status, body)
            confirmed.put((submission, json.loads(body)["id"]))
            break


class Watching:
    """One open stream that is taken up again where it broke off."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._since = _position(session.request("GET", "/watch/")[1])
        self._changed = threading.Condition()
        self.entries: list[str] = []
        self.written: set[str] = set()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def wait_for(self, written: set[str]) -> None:
        """Return once all these lines of the log were seen."""
        with self._changed:
            seen = self._changed.wait_for(lambda: written <= self.written, 120)
        assert seen, f"{len(written - self.written)} are missing"

    def _watch(self) -> None:
        while True:
            try:
                with self._session.open("GET", f"/live/stream?since={self._since}") as stream:
                    self._read(stream)
            except (OSError, http.client.HTTPException):
                threading.Event().wait(AGAIN)

    def _read(self, stream: http.client.HTTPResponse) -> None:
        event = ""
        for raw in stream:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            if name == "event":
                event = value
            elif name == "data" and event == "entries":
                self._take(json.loads(value))

    def _take(self, entries: list[dict[str, object]]) -> None:
        epoch = self._since.split(".")[0]
        with self._changed:
            for entry in entries:
                subject = entry["subject"]
                assert isinstance(subject, list)
                self.entries.append(str(entry["entry"]))
                if entry["kind"] == "watch.log_entry_written":
                    self.written.add(str(subject[1]))
                self._since = f"{epoch}.{entry['position']}"
            self._changed.notify_all()


def _position(page: str) -> str:
    found = re.search(r'data-stream-position="([^"]+)"', page)
    assert found, page
    return found[1]
