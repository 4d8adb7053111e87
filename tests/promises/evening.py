"""A running installation whose officers file lines all the time, and a disk that somebody else fills."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tests.promises.killing import environment
from tests.promises.officer import Session
from thammuu.config.supervisor.credentials import Credentials
from thammuu.config.supervisor.places import made_base

OFFICERS = 3
PATIENCE = 90.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Evening:
    """A running installation, its officers, what they were told."""

    home: Path
    port: int
    name: str
    password: str
    confirmed: dict[str, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    reasons: set[str] = field(default_factory=set)
    stop: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def session(self) -> Session:
        return Session(self.port, self.name, self.password)

    def file_lines(self, session: Session) -> None:
        """File lines until told to stop; whatever is not confirmed is sent again."""
        found = TOKEN.search(session.request("GET", "/watch/")[1])
        assert found
        while not self.stop.is_set():
            submission = str(uuid4())
            text = f"Ghi nhận {submission} {os.urandom(1200).hex()}"
            fields = {"text": text, "submission": submission, "csrfmiddlewaretoken": found[1]}
            while not self.stop.is_set() and not self._sent(session, submission, fields):
                self.stop.wait(0.05)

    def _sent(self, session: Session, submission: str, fields: dict[str, str]) -> bool:
        try:
            status, body = session.request("POST", "/watch/log/", fields)
        except (OSError, http.client.HTTPException):
            status, body = 0, "{}"
        with self.changed:
            self.answers[status] += 1
            if status in (200, 201):
                self.confirmed[submission] = json.loads(body)["id"]
            elif status in (503, 507):
                self.reasons.add(json.loads(body)["code"])
            self.changed.notify_all()
        return status in (200, 201)

    def await_answer(self, wanted: Callable[[int], bool], count: int = 5) -> None:
        """Return once so many more answers of that kind came."""
        with self.changed:
            began = sum(seen for status, seen in self.answers.items() if wanted(status))
            came = self.changed.wait_for(
                lambda: sum(seen for status, seen in self.answers.items() if wanted(status)) >= began + count, PATIENCE
            )
            assert came, self.answers

    def await_confirmed(self, count: int = 20) -> None:
        self.await_answer(lambda status: status in (200, 201), count)

    def await_refused(self) -> None:
        self.await_answer(lambda status: status in (503, 507))

    def is_gone(self, file: Path, within: float = 4.0) -> bool:
        """Say whether the file is no longer there, now or soon."""
        with self.changed:
            return self.changed.wait_for(lambda: not file.exists(), within)

    def await_page(self, reader: Session, words: str) -> None:
        """Return once a page with these words is shown; until then the reason why not."""
        said: set[int] = set()
        with self.changed:

            def shown() -> bool:
                reader.cookies["django_language"] = "en"
                status, page = reader.request("GET", "/watch/")
                said.add(status)
                return status == 200 and words in page

            assert self.changed.wait_for(shown, PATIENCE), said
        assert said <= {200, 503, 507}, said

    def await_shown(self, reader: Session, path: str, words: str, *, there: bool = True) -> None:
        """Return once the page is answered with these words, or without them."""
        with self.changed:

            def shown() -> bool:
                status, page = reader.request("GET", path)
                return status == 200 and (words in page) is there

            assert self.changed.wait_for(shown, PATIENCE), (path, words, there)


@contextmanager
def evening(home: Path, least_free: int, elsewhere: Credentials | None = None) -> Iterator[Evening]:
    """Run the whole product, its officers writing; `elsewhere` is a database that lies on another disk."""
    known = {**environment(home), "THAMMUU_LEAST_FREE": str(least_free)}
    if elsewhere:
        known |= {"DATABASE_URL": elsewhere.application_url, "DATABASE_OWNER_URL": elsewhere.owner_url}
    thammuu = [sys.executable, "-m", "thammuu"]
    made = json.loads(subprocess.check_output([*thammuu, "init", "--json"], env=known))
    with subprocess.Popen([*thammuu, "run", "--port", "0"], env=known, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        opened = next(found for line in process.stdout if (found := re.search(r"localhost:(\d+)", line)))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        assert elsewhere or made_base(home) == home / "database", "the database lies on another disk"
        told = Evening(home, int(opened[1]), made["administrator"], made["password"])
        officers = [threading.Thread(target=told.file_lines, args=(told.session(),)) for _ in range(OFFICERS)]
        for officer in officers:
            officer.start()
        try:
            told.await_confirmed()
            yield told
        finally:
            told.stop.set()
            for officer in officers:
                officer.join()
            process.terminate()
        assert process.wait(60) == 0


class Ballast:
    """A file of somebody else's that takes the room away."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def leave(self, mebibytes: float) -> None:
        """Take so much that only this is left."""
        free = os.statvfs(self._file.parent)
        size = free.f_bavail * free.f_frsize - int(mebibytes * 1024**2)
        with self._file.open("ab") as out:
            while size > 0:
                try:
                    os.posix_fallocate(out.fileno(), out.tell(), size)
                    return
                except OSError:
                    size //= 2  # somebody else was faster

    @contextmanager
    def holding(self, mebibytes: float) -> Iterator[None]:
        """Leave no more than this, whatever others give back meanwhile."""
        self.leave(mebibytes)
        ended = threading.Event()

        def hold() -> None:
            while not ended.wait(0.05):
                self.leave(mebibytes)

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            yield
        finally:
            ended.set()
            holder.join()
            self._file.unlink()

    def remove(self) -> None:
        self._file.unlink()
