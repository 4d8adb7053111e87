"""`check`: each finding is provoked for real, its remedy applied where that can be done, and then it is gone."""

import json
import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.config.observing.servers import address_of, checksums, set_durability
from tests.ground import Organisation
from tests.journal.proofs.ground import fill
from thammuu.config import soundness, working
from thammuu.config.backup.store import Manifest, Store
from thammuu.config.observing import findings
from thammuu.config.observing.finding import Finding
from thammuu.config.observing.vitals import read_vitals
from thammuu.config.supervisor.embedded import ARCHIVE, EmbeddedPostgres
from thammuu.config.supervisor.places import made_base
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.directives.urging import actions as urging
from thammuu.directives.urging.carriers import Outgoing, carriers_of
from thammuu.directives.urging.deliveries import LONGEST_PAUSE, DeliveryState
from thammuu.directives.urging.models import UrgingDelivery
from thammuu.directives.urging.push import vapid
from thammuu.journal import sealer
from thammuu.journal.proofs.keeping import KEY, make_key
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM
from thammuu.watch.actions import write_log_entry

pytestmark = pytest.mark.django_db
PROVOKED: set[str] = set()


def found(name: str) -> Finding:
    """What `check` says of this now."""
    return next(each for each in soundness.inspect() if each.name == name)


def provoked(name: str, *, remedy: str) -> Finding:
    """The finding, which must be there, and whose remedy must say this."""
    finding = found(name)
    assert not finding.ok and finding.says and remedy in finding.remedy, finding
    PROVOKED.add(name)
    return finding


def gone(name: str) -> None:
    assert found(name).ok, found(name)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home as `thammuu init` leaves it."""
    tmp_path.chmod(0o700)
    settings.HOME = tmp_path
    settings.SECRET_KEY = "x" * 50
    make_key(tmp_path)
    return tmp_path


@pytest.fixture
def embedded(settings: Any) -> None:
    settings.INSTALLATION = settings.INSTALLATION.__class__(**{**vars(settings.INSTALLATION), "embedded": True})


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_debug(settings: Any) -> None:
    settings.DEBUG = True
    provoked("debug", remedy="Turn it off")
    settings.DEBUG = False
    gone("debug")


def test_secret_key(settings: Any) -> None:
    settings.SECRET_KEY = "short"
    provoked("secret key", remedy="50 random characters")
    settings.SECRET_KEY = "y" * 50
    gone("secret key")


def look_at(url: str) -> dict[str, dict[str, Any]]:
    """What `check` says of another database: by its name, in a process of its own."""
    look = (
        "import dataclasses, json, django; django.setup()\nfrom thammuu.config.soundness import inspect\n"
        "print(json.dumps({f.name: dataclasses.asdict(f) for f in inspect()}))"
    )
    settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thammuu.config.settings"}
    environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_the_database_does_not_answer() -> None:
    said = look_at("postgresql://nobody@127.0.0.1:1/none")
    assert not said["database"]["ok"] and "DATABASE_URL" in said["database"]["remedy"]
    assert "sealer" not in said, "what cannot be looked at is not told"
    PROVOKED.add("database")
    gone("database")


def test_a_server_that_may_lose_what_was_confirmed() -> None:
    """A server of its own: its settings changed and its checksums taken away, and both put right again."""
    names = ("fsync", "full_page_writes", "checksums")
    with throw_away_home() as made:
        server = EmbeddedPostgres(made)
        with server:
            set_durability(server, "off")
        checksums(made, "--disable")
        with server:
            said = look_at(address_of(server))
            assert [said[name]["ok"] for name in names] == [False] * 3
            assert "pg_checksums --enable" in said["checksums"]["remedy"] and "'on'" in said["fsync"]["remedy"]
            set_durability(server, "on")
        checksums(made, "--enable")
        with server:
            said = look_at(address_of(server))
    assert [said[name]["ok"] for name in names] == [True] * 3
    PROVOKED.update(names)


def test_the_role(organisation: Organisation) -> None:
    if not soundness._value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        pytest.skip("the test's role is no superuser")
    provoked("role", remedy="thammuu_app")
    run("CREATE ROLE plain NOSUPERUSER")
    run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain")
    run("SET LOCAL ROLE plain")
    gone("role")
    gone("journal")
    run("RESET ROLE")
    run("GRANT UPDATE ON journal_entry TO plain")
    run("SET LOCAL ROLE plain")
    provoked("journal", remedy="revoke UPDATE")
    run("RESET ROLE")
    run("REVOKE UPDATE ON journal_entry FROM plain")
    run("SET LOCAL ROLE plain")
    gone("journal")


def test_migrations() -> None:
    run("CREATE TEMP TABLE forgotten AS SELECT * FROM django_migrations WHERE app = 'sessions'")
    run("DELETE FROM django_migrations WHERE app = 'sessions'")
    provoked("migrations", remedy="thammuu migrate")
    run("INSERT INTO django_migrations SELECT * FROM forgotten")
    gone("migrations")


def test_clocks() -> None:
    """A server a day ahead: its own function, before which the search path puts ours."""
    run("CREATE SCHEMA shifted")
    run(
        "CREATE FUNCTION shifted.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
        " $$ SELECT pg_catalog.clock_timestamp() + interval '1 day' $$"
    )
    run("SET LOCAL search_path = shifted, pg_catalog, public")
    finding = provoked("clocks", remedy="set-ntp")
    assert "86400" in finding.says
    run("RESET search_path")
    gone("clocks")


def write(organisation: Organisation, at: datetime) -> None:
    write_log_entry(actor=organisation.duty, now=at, at=at, text="Nước lên", unit=organisation.ministry)


def test_a_clock_that_was_set_back(organisation: Organisation) -> None:
    write(organisation, clock.now() + timedelta(days=1))
    provoked("newest entry", remedy="duty log")
    # What is recorded by a clock that lies back does not hide that it does.
    write(organisation, clock.now())
    provoked("newest entry", remedy="duty log")
    fill(1000)
    gone("newest entry")


def test_the_sealer(organisation: Organisation) -> None:
    write(organisation, clock.now() - timedelta(minutes=2))
    finding = provoked("sealer", remedy="thammuu worker")
    assert "the oldest for" in finding.says
    sealer.seal_pending(connection.connection)
    gone("sealer")


def test_the_followers(organisation: Organisation) -> None:
    run(f"INSERT INTO journal_follower (name, position) VALUES ('search', -{findings.BEHIND + 1})")
    assert "search" in provoked("followers", remedy="this follower fails").says
    run("UPDATE journal_follower SET position = (SELECT coalesce(max(position), 0) FROM journal_sealed)")
    gone("followers")


QUEUE = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, status) SELECT 'q', 'a', '{}' FROM generate_series(1, {})"
)


def test_failed_jobs() -> None:
    run(QUEUE.format("failed", 3))
    assert provoked("failed jobs", remedy="on the page System").advised
    run("UPDATE procrastinate_jobs SET status = 'todo'")
    gone("failed jobs")


def test_a_full_table_of_jobs() -> None:
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    run(QUEUE.format("todo", 30_000))
    run(QUEUE.format("succeeded", 30_000))
    assert "10000 wait" in provoked("jobs", remedy="the worker runs").says, "counting stops"
    run("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
    gone("jobs")


def test_jobs_without_a_worker() -> None:
    run("DELETE FROM procrastinate_workers")
    run(QUEUE.format("todo", 1))
    provoked("jobs", remedy="the worker runs")
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    gone("jobs")


def connections_now() -> int:
    run("SELECT pg_stat_clear_snapshot()")  # a transaction sees the others as it saw them first
    return read_vitals(connection.connection).connections


def test_connections() -> None:
    (allowed,) = connection.cursor().execute("SELECT current_setting('max_connections')::int").fetchone()
    others: list[psycopg.Connection[Any]] = []
    try:
        while len(others) < findings.CROWDED * allowed:
            others.append(psycopg.connect(**working.parameters()))
        run("SELECT pg_stat_clear_snapshot()")
        provoked("connections", remedy="max_connections")
    finally:
        for other in others:
            other.close()
    while connections_now() > findings.CROWDED * allowed:
        pass  # the server notices at its own pace that they have gone
    gone("connections")


def base_backup(store: Store, begun: datetime) -> None:
    name = begun.strftime("%Y%m%dT%H%M%SZ")
    store.base(name).mkdir()
    told = (begun.isoformat(), begun.isoformat())
    store.finish(Manifest(name, *told, "0", 18, "1", "0" * 24, "0" * 24, "age1x", {"a": 5}))


@pytest.mark.usefixtures("embedded")
def test_backup_log_and_drill(home: Path, organisation: Organisation) -> None:
    assert provoked("backup", remedy="backup_recipient").advised
    store = Store(home / "store")
    store.make("1")
    (home / "thammuu.toml").write_text(f'backup_folder = "{store.folder}"\nbackup_recipient = "age1x"\n')
    provoked("backup", remedy="thammuu backup")
    base_backup(store, clock.now())
    gone("backup")
    waits = made_base(home) / ARCHIVE / ("0" * 24)
    waits.parent.mkdir(parents=True)
    waits.write_bytes(b"x")
    long_ago = clock.now().timestamp() - 120
    os.utime(waits, (long_ago, long_ago))
    provoked("log", remedy="has room")
    waits.unlink()
    gone("log")
    assert provoked("drill", remedy="thammuu drill").advised
    _hold_drill(organisation)
    gone("drill")


def _hold_drill(organisation: Organisation) -> None:
    from thammuu.config import actions
    from thammuu.org.authority import SYSTEM

    told = {"entries": 1, "root": "ab" * 32, "attachments": 0, "sound": True, "published": None, "lost": 0}
    now = clock.now()
    actions.hold_drill(
        actor=SYSTEM,
        now=now,
        units=[organisation.ministry],
        backup="B1",
        begun_at=now - timedelta(minutes=1),
        told=told,
    )


def test_hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    provoked("hosts", remedy="Name the hosts")
    settings.ALLOWED_HOSTS = ["localhost"]
    gone("hosts")


def test_transport(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["trung-tam.example.vn"]
    finding = found("transport")
    assert not finding.ok and "thammuu tls init" in finding.says
    PROVOKED.add("transport")
    settings.ALLOWED_HOSTS = ["localhost"]
    gone("transport")


def test_the_journals_key(home: Path) -> None:
    key = home / KEY
    key.chmod(0o644)
    provoked("journal key", remedy="mode 0600")
    key.chmod(0o600)
    gone("journal key")
    key.rename(home / "away")
    assert "nothing is signed" in provoked("journal key", remedy="Put it back").says
    (home / "away").rename(key)
    gone("journal key")


def test_the_key_for_push_services(home: Path, settings: Any) -> None:
    settings.OUTGOING = Outgoing(push_hosts=("push.example.net",), push_key=home / vapid.KEY)
    provoked("push key", remedy="thammuu migrate")
    vapid.make_key(home)
    gone("push key")
    (home / vapid.KEY).chmod(0o644)
    provoked("push key", remedy="mode 0600")
    (home / vapid.KEY).chmod(0o600)
    gone("push key")


def test_messages_with_urgings(organisation: Organisation) -> None:
    now, carriers = clock.now(), carriers_of(Outgoing(mail_host="127.0.0.1"))
    unit = {"unit": organisation.hanoi, "carriers": carriers}
    message = {"actor": SYSTEM, "channel": "mail", "urgings": [], "at_once": False, **unit}
    urging.prepare_delivery(now=now - timedelta(days=2), **message)
    assert "1 (mail)" in provoked("urging messages", remedy="correct the unit's address").says
    urging.prepare_delivery(now=now, **{**message, "channel": "push"})
    assert "2 (mail 1, push 1)" in provoked("urging messages", remedy="Channels").says
    UrgingDelivery.objects.update(ended_at=now - timedelta(days=4))
    gone("urging messages")
    urging.set_address(actor=organisation.admin, now=now, addresses={"mail": "a@example.vn"}, **unit)
    delivery = urging.prepare_delivery(now=now, **message)
    for _attempt in range(2):
        assert urging.begin_delivery(actor=SYSTEM, now=now, delivery=delivery)
        urging.end_delivery(actor=SYSTEM, now=now, delivery=delivery, state=DeliveryState.WAITING, fault="refused")
        now += LONGEST_PAUSE
    provoked("urging channels", remedy="whether the mail server")
    urging.begin_delivery(actor=SYSTEM, now=now, delivery=delivery)
    urging.end_delivery(actor=SYSTEM, now=now, delivery=delivery, state=DeliveryState.SENT)
    gone("urging channels")


def test_the_disk(settings: Any, home: Path) -> None:
    settings.HOME = Path("/proc")  # a file system without any room
    provoked("disk", remedy="Make room")
    settings.HOME = home
    gone("disk")


def test_the_home(home: Path) -> None:
    home.chmod(0o755)
    finding = provoked("home", remedy=f"chmod o= {home}")
    home.chmod(stat.S_IMODE(home.stat().st_mode) & ~0o007)  # what the remedy says
    assert "open to others" in finding.says
    gone("home")


def test_every_finding_was_provoked(embedded: None) -> None:
    """Last in the file, which has to be run as a whole. A server older than 15 cannot be had here."""
    if not PROVOKED:
        pytest.skip("this test alone was asked for")
    every = {each.name for each in soundness.inspect()} | {"log", "drill"}
    for_a_superuser = {"role", "journal"}
    assert every - PROVOKED <= for_a_superuser, "findings that no test provokes"
