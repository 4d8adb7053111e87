"""Promise 11: what was backed up is restored into a fresh folder and verified, documents included; a minute is lost
at the most. Times are measured by `python -m benchmarks restore`."""

import hashlib
import json
import shutil
from collections.abc import Iterator

import psycopg
import pytest

from tests.promises.backed_up import House, copy_of, house
from thammuu.config.backup import keeping
from thammuu.config.backup.store import REDACTIONS
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import ARCHIVE_SECONDS, EmbeddedPostgres

LINES = 40


@pytest.fixture(scope="module")
def lived() -> Iterator[House]:
    """A base backup, then more entries in an archived segment, then some that no archive has; the machine is gone.

    Something that was in the backup was redacted since, and no archived segment tells of it.
    """
    with house() as made:
        made.secret("write")
        made.work(LINES)
        made.told("backup")
        made.archived = made.work(LINES)
        made.close_segment()
        made.secret("redact")
        made.published = made.work(LINES)
        made.carry()
        assert (made.store / "latest.checkpoint").read_bytes() == (
            made.home / "checkpoints" / "latest.checkpoint"
        ).read_bytes()
        yield made


def test_a_minute_is_lost_at_the_most(lived: House) -> None:
    credentials = read_credentials(lived.home)
    assert credentials is not None
    with psycopg.connect(credentials.superuser_url()) as own:
        row = own.execute(
            "SELECT current_setting('archive_mode'), current_setting('archive_timeout'), failed_count"
            " FROM pg_stat_archiver"
        ).fetchone()
    assert row == ("on", f"{ARCHIVE_SECONDS}s", 0)
    # Closed after at most the one, archived in a moment, carried at the next look.
    assert ARCHIVE_SECONDS + 2 * keeping.EVERY <= 60


def test_restored_up_to_the_last_archived_segment(lived: House) -> None:
    done = lived.restore("fresh", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["sound"] and told["entries"] == lived.archived
    assert told["lost"] == lived.published - lived.archived and told["published"]["size"] == lived.published
    assert told["attachments"] == 2 * LINES // 10 + 1
    fresh = lived.around / "fresh"
    for name in ("journal.key", "journal.vkey", "push.key"):
        assert (fresh / name).read_bytes() == (lived.home / name).read_bytes()
    for file in (fresh / "attachments").glob("??/*"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
    assert not list(lived.around.glob(".*restoring*"))


def test_the_epoch_names_what_was_published(lived: House) -> None:
    fresh = lived.around / "fresh"
    with EmbeddedPostgres(fresh):
        credentials = read_credentials(fresh)
        assert credentials is not None
        with psycopg.connect(credentials.superuser_url()) as own:
            epochs = own.execute("SELECT number, first_position FROM journal_epoch ORDER BY number").fetchall()
            (body,) = own.execute(
                "SELECT b.text FROM journal_entry e JOIN journal_body b ON b.entry = e.id"
                " WHERE e.kind = 'config.backup_restored'"
            ).fetchall()
        assert epochs == [(1, 1), (2, lived.archived + 1)]
        context = json.loads(body[0])["context"]
        assert context["published_size"] == lived.published
        assert len(context["published_root"]) == 64 and context["lost"] == lived.published - lived.archived
        assert context["redactions_unknown"] is False
        more = lived.told("journal", "checkpoint", home=fresh)["checkpoint"]
        assert f"epoch 2 from {lived.archived + 1}" in more
        asked = str(lived.store / "latest.checkpoint")
        heard = lived.thammuu("journal", "verify", "--checkpoint", asked, "--json", home=fresh)
        assert [fault["code"] for fault in json.loads(heard.stdout)["faults"]] == ["superseded"]
        assert lived.thammuu("journal", "verify", "--tables", home=fresh).returncode == 0


def test_what_was_redacted_stays_away_in_what_is_restored(lived: House) -> None:
    """Though neither the base backup nor an archived segment knows of it: searched in every table and every file."""
    fresh = lived.around / "fresh"
    assert all(b"0912345678" not in file.read_bytes() for file in (fresh / "attachments").glob("??/*"))
    with EmbeddedPostgres(fresh):
        credentials = read_credentials(fresh)
        assert credentials is not None
        with psycopg.connect(credentials.superuser_url()) as own:
            tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            rows = [row for (name,) in tables for row in own.execute(f'SELECT t::text FROM "{name}" t')]
        told = lived.told("journal", "verify", home=fresh)
        assert lived.thammuu("journal", "verify", "--tables", home=fresh).returncode == 0
    everything = "".join(text for (text,) in rows)
    assert "Kíp trực ghi dòng 1" in everything and "journal.redaction_reapplied" in everything
    for words in ("0912345678", "Trần Thị Hoa"):
        assert words not in everything and words.encode().hex() not in everything
    assert told["sound"]


def test_without_the_list_it_is_said_that_redactions_may_be_missing(lived: House) -> None:
    """Whether the list is gone, cut, or older than what was published."""
    store = copy_of(lived.store, "without-list")
    (store / REDACTIONS).write_bytes(b"age-encryption.org/v1\n")
    done = lived.thammuu(
        "restore", "--key", str(lived.key), "--from", str(store), "--home", str(lived.around / "unknown"), "--json",
        home=lived.around / "unknown",
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert done.returncode == 1 and told["sound"] and told["reapplied"] == 0
    assert "no readable list of redactions" in told["redactions_unknown"]
    with EmbeddedPostgres(lived.around / "unknown"):
        checked = json.loads(lived.thammuu("check", "--json", home=lived.around / "unknown").stdout)
    (finding,) = [one for one in checked["findings"] if one["name"] == "redactions"]
    assert not finding["ok"] and finding["advised"]


def test_the_restored_installation_goes_on(lived: House) -> None:
    """And when it is lost too, what came since the first restore is restored, though no base backup was taken since."""
    other = House(lived.around / "life")
    other.around.mkdir(mode=0o711)
    shutil.move(lived.around / "fresh", other.home)
    shutil.copytree(lived.store, other.store)
    shutil.copy(lived.key, other.key)
    settings = other.home / "thammuu.toml"
    settings.write_text(settings.read_text().replace(str(lived.store), str(other.store)))
    with EmbeddedPostgres(other.home, durable=False, archiving=True):
        since = other.work(3)
        assert since > lived.archived
        assert other.thammuu("journal", "verify").returncode == 0
        other.close_segment()
    told = json.loads(other.restore("again", "--json").stdout)
    assert (told["sound"], told["entries"], told["epoch"], told["lost"]) == (True, since, 3, 0)


def test_a_drill_stands_in_the_journal_of_the_living(lived: House) -> None:
    told = lived.told("drill", "--key", str(lived.key))
    assert told["reapplied"] == 1 and told["redactions_unknown"] == ""
    assert told["sound"] and told["tables"] and set(told["seconds"]) > {"base", "replaying", "verifying", "total"}
    credentials = read_credentials(lived.home)
    assert credentials is not None
    with psycopg.connect(credentials.superuser_url()) as own:
        row = own.execute("SELECT count(*) FROM journal_entry WHERE kind = 'config.drill_held'").fetchone()
        assert row == (1,)
    assert list((lived.around / "temporary").iterdir()) == []
    findings = {one["name"]: one for one in json.loads(lived.thammuu("check", "--json").stdout)["findings"]}
    assert findings["drill"]["ok"] and findings["backup"]["ok"]
