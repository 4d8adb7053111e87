"""The operators' page of backups: what it says, to whom, and what a drill leaves in the journal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ground import Organisation, client_of
from thammuu.config import actions, queries, web
from thammuu.config.backup.plan import Plan
from thammuu.config.backup.standing import Standing
from thammuu.config.backup.store import Manifest, Store
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM

pytestmark = pytest.mark.django_db
TOLD = {"entries": 12, "root": "ab" * 32, "attachments": 3, "sound": True, "lost": 0, "published": None}


def drill(organisation: Organisation, at: datetime, **changes: object) -> None:
    actions.hold_drill(
        actor=SYSTEM, now=at, units=[organisation.ministry], backup="B1", begun_at=at - timedelta(seconds=90),
        told={**TOLD, **changes},
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the embedded database, as far as its pages can tell."""
    settings.HOME = tmp_path
    embedded = settings.INSTALLATION.__class__(**{**vars(settings.INSTALLATION), "embedded": True})
    settings.INSTALLATION = embedded
    monkeypatch.setattr(web, "_looked", (-web.LOOK_EVERY, 0))
    return tmp_path


def test_without_backups_it_says_what_to_do(organisation: Organisation, home: Path) -> None:
    page = client_of(organisation.admin).get("/backups/").content.decode()
    assert "No backup is set up" in page and "backup_recipient" in page


def test_the_rail_warns_who_answers_for_it_and_nobody_else(organisation: Organisation, home: Path) -> None:
    assert 'href="/backups/"' in client_of(organisation.admin).get("/watch/").content.decode()
    assert 'href="/backups/"' not in client_of(organisation.duty).get("/watch/").content.decode()
    assert client_of(organisation.duty).get("/backups/").status_code == 403


def test_late_backups_and_drills_are_told(organisation: Organisation, home: Path) -> None:
    store = Store(home / "store")
    store.make("1")
    begun = clock.now() - timedelta(hours=60)
    store.base("old").mkdir()
    store.finish(
        Manifest("old", begun.isoformat(), begun.isoformat(), "0", 18, "1", "0" * 24, "0" * 24, "age1x", {"a": 5})
    )
    (home / "thammuu.toml").write_text(f'backup_folder = "{store.folder}"\nbackup_recipient = "age1x"\n')
    drill(organisation, clock.now() - timedelta(days=31))
    page = client_of(organisation.chief).get("/backups/").content.decode()
    assert "The last backup is too old" in page and "A drill is due" in page
    assert "12 entries and 3 attachments from the backup B1, 90 s" in page
    drill(organisation, clock.now())
    assert "A drill is due" not in client_of(organisation.chief).get("/backups/").content.decode()


def test_a_drill_that_found_a_fault_does_not_count(organisation: Organisation) -> None:
    drill(organisation, clock.now(), sound=False)
    assert queries.last_drill() is None
    at = clock.now() - timedelta(days=2)
    drill(organisation, at)
    assert queries.last_drill() == at


def test_an_epoch_is_opened_behind_what_is_sealed(
    organisation: Organisation, seal: Callable[[], int], now: datetime
) -> None:
    head = seal()
    told = {**TOLD, "published": {"size": head + 4, "root": "cd" * 32, "epoch": 1}, "lost": 4}
    common = {"actor": SYSTEM, "now": now, "units": [organisation.ministry], "backup": "B1", "signer": None}
    assert actions.open_epoch(told=told, **common) == 2
    assert [(one.number, one.first_position) for one in feed.epochs()] == [(1, 1), (2, head + 1)]
    (entry,) = queries.history()
    assert "epoch 2 begins at position" in entry.say("en") and "cd" * 32 in entry.say("vi")
    # Of a restore that is lost itself, only what it published is known.
    assert actions.open_epoch(told={**told, "published": {**told["published"], "epoch": 6}}, **common) == 7


def test_the_page_asks_no_more_with_more_drills(organisation: Organisation, home: Path) -> None:
    client = client_of(organisation.admin)
    client.get("/backups/")
    counts = []
    for _turn in range(2):
        drill(organisation, clock.now())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/backups/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_late() -> None:
    now = clock.now()
    plan = Plan(Path("/x"), "age1x", hours=24, drill_days=30)
    begun = (now - timedelta(hours=47)).isoformat()
    last = Manifest("1", begun, begun, "0", 18, "1", "0" * 24, "0" * 24, "age1x", {})
    fresh = Standing(plan, last, 59.0, now - timedelta(days=29))
    assert not fresh.warns(now)
    assert fresh.backup_late(now + timedelta(hours=2)) and fresh.drill_late(now + timedelta(days=2))
    assert Standing(plan, last, 61.0, now).log_late() and Standing(plan, None, 0.0, now).backup_late(now)
    assert Standing(Plan(None, ""), None, 0.0, now).warns(now) and Standing(plan, last, 0.0, now, "gone").warns(now)
