"""Several workers at the same instant, each on a connection of its own: every urging once, every message once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.directives.thread import Thread
from tests.directives.urging.push.ground import Browser
from tests.directives.urging.test_channels import OUT, set_up
from tests.directives.urging.test_sending import morning
from tests.ground import NOW, build_organisation
from thammuu.directives import actions as directives
from thammuu.directives.models import Assignment
from thammuu.directives.urging import actions
from thammuu.directives.urging.carriers import carriers_of
from thammuu.directives.urging.models import Urging, UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.push import vapid
from thammuu.directives.urging.rules import Calendar, Channel
from thammuu.directives.urging.sending import prepare
from thammuu.journal import fold
from thammuu.org.authority import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    together = Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(one, works))


def test_workers_at_once_send_each_urging_once_and_put_it_into_one_message(settings: object, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    thread = Thread(build_organisation(), NOW)
    policy = set_up(thread, Channel.MAIL)
    orders = [thread.order(title=f"Việc {number}") for number in range(4)]
    directives.issue_assignments(actor=thread.organisation.chief, now=NOW, decision=thread.decision, orders=orders)
    ids, now = list(Assignment.objects.values_list("id", flat=True)), morning(thread, 1)
    given = {"actor": SYSTEM, "now": now, "policy": policy, "assignments": ids}
    assert at_once(*[lambda: actions.urge(calendar=Calendar(), **given)] * 3) == [0, 0, 5]
    assert at_once(*[lambda: prepare(now, carriers_of(OUT))] * 3) == [0, 0, 1]
    assert len(UrgingDelivery.objects.get().urgings) == Urging.objects.count() == 5
    assert list(fold.differences()) == []


def test_officers_at_one_browser_at_once_set_it_up_once(settings: object, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    organisation = build_organisation()
    vapid.make_key(tmp_path)
    out = replace(OUT, push_hosts=("push.example.net",), push_key=tmp_path / vapid.KEY)
    given = {"name": "Máy trực", "given": Browser("https://push.example.net/a").gives(), "carriers": carriers_of(out)}
    officers = [organisation.hanoi_officer, organisation.hue_officer, organisation.hue_officer]
    ids = at_once(*[partial(actions.set_up_browser, actor=officer, now=NOW, **given) for officer in officers])
    assert {UrgingBrowser.objects.get().id} == set(ids)
    assert list(fold.differences()) == []
