"""The board as of a past minute is what the tables showed at that minute."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.chain import write
from tests.ground import Organisation, client_of
from thammuu.desk import indexing
from thammuu.desk.time_machine import board_at
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.watch import actions as watch
from thammuu.watch import queries

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def act_at_random(chance: random.Random, organisation: Organisation, now: datetime, known: list[object]) -> None:
    """Do one act of the watch floor, whatever is possible."""
    actor, unit = organisation.chief, chance.choice([organisation.hanoi, organisation.hue])
    choice = chance.randrange(8)
    if choice < 2 or not known:
        severity = chance.choice(["critical", "serious", "caution", "normal"])
        title = f"Sự cố {now:%H%M}"
        known.append(
            watch.open_incident(actor=actor, now=now, at=now, title=title, unit=unit, severity=severity).answer
        )
        return
    incident = chance.choice(known)
    row = queries.incident(actor, incident)  # type: ignore[arg-type]
    assert row is not None
    common: dict[str, object] = {"actor": actor, "now": now, "incident": incident}
    if row.status == "closed":
        watch.reopen_incident(reason="Tái diễn", **common)  # type: ignore[arg-type]
    elif choice == 2:
        watch.close_incident(outcome="Đã xong", **common)  # type: ignore[arg-type]
    elif choice == 3:
        grave = "critical" if row.severity != "critical" else "normal"
        watch.change_severity(severity=grave, reason="Diễn biến", **common)  # type: ignore[arg-type]
    elif choice == 4:
        further = "contained" if row.status != "contained" else "in_progress"
        watch.change_status(status=further, reason="Diễn biến", **common)  # type: ignore[arg-type]
    elif choice == 5:
        watch.record_place(place_text=f"Km {chance.randrange(99)}", lat=21.0, lon=105.8, **common)  # type: ignore[arg-type]
    else:
        write(organisation, now, f"Tin lúc {now:%H:%M}", unit=unit)


@pytest.mark.parametrize("seed", range(6))
def test_the_fold_at_any_minute_is_what_the_tables_showed(
    organisation: Organisation, now: datetime, seal: Callable[[], int], seed: int
) -> None:
    chance, known, moments = random.Random(seed), list[object](), []
    readers: list[Actor] = [organisation.chief, organisation.hanoi_officer, organisation.hue_officer]
    for step in range(30):
        moment = now + step * MINUTE
        act_at_random(chance, organisation, moment, known)
        shown = [(queries.board_rows(reader), queries.log_rows(reader, limit=60)) for reader in readers]
        moments.append((moment, shown))
    seal()
    indexing.index(feed.after(0, 10_000))
    for moment, shown in moments:
        for reader, (incidents, log) in zip(readers, shown, strict=True):
            board = board_at(reader, moment)
            assert board.incidents == incidents
            assert board.log == log


def test_before_anything_the_board_is_empty(organisation: Organisation, now: datetime) -> None:
    watch.open_incident(actor=organisation.chief, now=now, at=now, title="Cháy chợ", unit=organisation.hanoi)
    board = board_at(organisation.chief, now - MINUTE)
    assert (board.incidents, board.log) == ([], [])


def test_the_page(organisation: Organisation) -> None:
    now = clock.now().replace(second=0, microsecond=0)
    opened = now - 30 * MINUTE
    incident = watch.open_incident(
        actor=organisation.chief, now=opened, at=opened, title="Cháy chợ", unit=organisation.hanoi
    ).answer
    closed = now - 10 * MINUTE
    watch.close_incident(actor=organisation.chief, now=closed, incident=incident, outcome="Đã tắt")
    client = client_of(organisation.chief)

    def page(minutes: int) -> str:
        local = clock.in_zone(now - minutes * MINUTE)
        return client.get("/time-machine/", {"at": f"{local:%Y-%m-%dT%H:%M}"}).content.decode()

    assert "Cháy chợ" in page(20) and "relative-age" not in page(20)
    assert "Cháy chợ" not in page(40)
    assert "Cháy chợ" not in page(5)
    assert "has not come yet" in page(-60)
    assert client.get("/time-machine/", {"at": "2026-13-45T99:99"}).status_code == 200
    local = clock.in_zone(now - 20 * MINUTE)
    hidden = client_of(organisation.hue_officer).get("/time-machine/", {"at": f"{local:%Y-%m-%dT%H:%M}"})
    assert "Cháy chợ" not in hidden.content.decode()


def test_statements_do_not_grow_with_incidents(organisation: Organisation) -> None:
    client = client_of(organisation.chief)

    def statements() -> int:
        client.get("/time-machine/")
        with CaptureQueriesContext(connection) as taken:
            client.get("/time-machine/")
        return len(taken)

    def open_one() -> None:
        now = clock.now()
        watch.open_incident(actor=organisation.chief, now=now, at=now, title="Cháy", unit=organisation.hanoi)

    open_one()
    few = statements()
    for _number in range(15):
        open_one()
    assert statements() == few
