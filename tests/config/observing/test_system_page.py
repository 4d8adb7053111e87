"""The operators' page of the system: to whom it says what, in which language, and a failed job that runs again."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ground import Organisation, client_of
from thammuu.config.observing import web
from thammuu.journal import feed
from thammuu.journal.subjects import INSTALLATION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _looked_long_ago(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.HOME = tmp_path
    monkeypatch.setattr(web, "_looked", (-web.LOOK_EVERY, 0))
    yield


def fail_job(task: str = "thammuu.watch.send") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, args) VALUES"
            " ('default', %s, 'failed', 2, '{\"name\": \"Nguyen Van A\"}') RETURNING id",
            [task],
        )
        row = cursor.fetchone()
        assert row is not None
        return int(row[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
        assert row is not None
        return str(row[0])


def test_who_answers_for_it_sees_it_and_nobody_else(organisation: Organisation) -> None:
    page = client_of(organisation.admin).get("/system/")
    assert page.status_code == 200 and "Entries that wait for one" in page.content.decode()
    assert 'href="/system/"' in client_of(organisation.chief).get("/watch/").content.decode()
    assert 'href="/system/"' not in client_of(organisation.duty).get("/watch/").content.decode()
    assert client_of(organisation.duty).get("/system/").status_code == 403


def test_findings_are_told_with_remedies_in_the_readers_language(organisation: Organisation) -> None:
    fail_job()
    client = client_of(organisation.admin)
    page = client.get("/system/").content.decode()
    assert "Jobs that have failed: 1." in page and "let them run again" in page
    client.cookies["django_language"] = "vi"
    page = client.get("/system/").content.decode()
    assert "Số công việc bị lỗi: 1." in page and "Jobs that have failed" not in page


def test_a_failed_job_is_run_again_once_and_told_in_the_journal(organisation: Organisation) -> None:
    job, client = fail_job(), client_of(organisation.admin)
    page = client.get("/system/").content.decode()
    assert "tried 2 times" in page and "Nguyen" not in page
    assert client.post("/system/jobs/", {"job": str(job)}).status_code == 302
    assert status_of(job) == "todo"
    assert [entry.say("en") for entry in feed.of_subjects([INSTALLATION])] == [
        f"Job {job} (thammuu.watch.send) is run again"
    ]
    assert client.post("/system/jobs/", {"job": str(job)}).status_code == 409
    for nonsense in ("", "x", "１", "9" * 30):
        assert client.post("/system/jobs/", {"job": nonsense}).status_code == 400
    assert client_of(organisation.duty).post("/system/jobs/", {"job": str(fail_job())}).status_code == 403


def test_the_export_holds_figures_and_no_person(organisation: Organisation) -> None:
    fail_job()
    answer = client_of(organisation.admin).get("/system/export/")
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["vitals"]["jobs_failed"] == 1 and told["vitals"]["unsealed"] > 0
    assert {"name", "ok", "says", "remedy", "advised"} <= set(told["findings"][0])
    names = (organisation.admin.label, "Nguyen", "hanoi_officer", str(organisation.admin.account))
    assert not [name for name in names if name in answer.content.decode()]


def test_the_page_asks_no_more_with_more_jobs(organisation: Organisation) -> None:
    client, counts = client_of(organisation.admin), []
    client.get("/system/")
    for _turn in range(2):
        for _job in range(3):
            fail_job()
        with CaptureQueriesContext(connection) as asked:
            client.get("/system/")
        counts.append(len(asked))
    assert counts[0] == counts[1] < 60


def test_the_rail_counts_what_is_wrong(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = web.soundness.running_findings()
    assert [each.name for each in sound if not each.ok and not each.advised] == ["sealer"], "entries of another day"
    rail = client_of(organisation.admin).get("/watch/").content.decode()
    item = rail[rail.index('href="/system/"') :][:600]
    assert re.search(r">\s*1\s*<", item)
