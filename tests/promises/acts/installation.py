"""Every action of the installation."""

from django.db import connection

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.config import actions as installation
from thammuu.org import authority


def act(does: Replay, organisation: Organisation) -> None:
    told = {
        "entries": 7, "root": "ab" * 32, "attachments": 1, "sound": True, "published": None, "lost": 0,
        "redactions_unknown": False,
    }  # fmt: skip
    common = {"actor": authority.SYSTEM, "units": [organisation.hanoi], "backup": "20260101T000000Z", "told": told}
    does(installation.hold_drill, begun_at=does.now, **common)
    does(installation.open_epoch, signer=None, **common)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('q', 'a', 'failed') RETURNING id"
        )
        (job,) = cursor.fetchone() or (0,)
    does(installation.retry_job, actor=organisation.admin, job=job)
