"""Several workers at the same instant, each on a connection of its own: every urging once, every message once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from tests.directives.thread import Thread
from tests.directives.urging.test_channels import OUT, set_up
from tests.directives.urging.test_sending import morning
from tests.ground import NOW, build_organisation
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import carriers_of
from thammuu.directives.urging.models import Urging, UrgingDelivery
from thammuu.directives.urging.rules import Calendar, Channel
from thammuu.directives.urging.sending import prepare
from thammuu.journal import fold
from thammuu.org.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[], int]) -> list[int]:
    together = Barrier(3)

    def one(_worker: int) -> int:
        together.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        return sorted(pool.map(one, range(3)))


def test_workers_at_once_send_each_urging_once_and_put_it_into_one_message(settings: object, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    thread = Thread(build_organisation(), NOW)
    policy = set_up(thread, Channel.MAIL)
    orders = [thread.order(title=f"Việc {number}") for number in range(4)]
    directives.issue_assignments(actor=thread.organisation.chief, now=NOW, decision=thread.decision, orders=orders)
    ids, now = list(Assignment.objects.values_list("id", flat=True)), morning(thread, 1)
    given = {"actor": SYSTEM, "now": now, "policy": policy, "assignments": ids}
    assert at_once(lambda: actions.urge(calendar=Calendar(), **given)) == [0, 0, 5]
    assert at_once(lambda: prepare(now, carriers_of(OUT))) == [0, 0, 1]
    assert len(UrgingDelivery.objects.get().urgings) == Urging.objects.count() == 5
    assert list(fold.differences()) == []
