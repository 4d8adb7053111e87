"""Backups as an operator makes and loses them: real stores, cut, changed, mixed up."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pyrage
import pytest
from pyrage.x25519 import Identity

from tests.promises.backed_up import House, copy_of, house
from thammuu.config.backup.keeping import keep
from thammuu.config.backup.plan import read_plan
from thammuu.config.backup.store import BASE, HOME, MANIFEST, Store
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home


@pytest.fixture(scope="module")
def lived() -> Iterator[House]:
    with house() as made:
        made.work(12)
        made.told("backup")
        yield made


def newest(store: Path) -> Path:
    return sorted((store / "base").iterdir())[-1]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def turn_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) * 3 // 4] ^= 1
    file.write_bytes(content)


def cut_and_forged_length(store: Path) -> None:
    """As a copy that broke off, whose manifest somebody mended."""
    cut(newest(store) / BASE)
    manifest = newest(store) / MANIFEST
    told = json.loads(manifest.read_text())
    told["sizes"][BASE] = (newest(store) / BASE).stat().st_size
    manifest.write_text(json.dumps(told))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "base cut in half": (lambda store: cut(newest(store) / BASE), "is not whole: base.tar.gz.age has"),
    "base cut, length forged": (cut_and_forged_length, "was cut short or changed"),
    "a bit of the base": (lambda store: turn_a_bit(newest(store) / BASE), "was cut short or changed"),
    "a bit of the home": (lambda store: turn_a_bit(newest(store) / HOME), "was cut short or changed"),
    "home missing": (lambda store: (newest(store) / HOME).unlink(), "is not whole: home.tar.age has 0 of"),
    "log cut": (lambda store: cut(max(store.glob("wal/" + "?" * 24 + ".gz.age"))), "was cut short or changed"),
    "log missing": (lambda store: [file.unlink() for file in store.glob("wal/*")], "The log is not whole"),
    "a document's bit": (lambda store: turn_a_bit(next(store.glob("files/*/*"))), "was cut short or changed"),
    "a document lost": (lambda store: next(store.glob("files/*/*")).unlink(), "is missing"),
    "no manifest": (lambda store: (newest(store) / MANIFEST).unlink(), "There is no finished backup"),
    "a manifest of nonsense": (lambda store: (newest(store) / MANIFEST).write_text("{}"), "is no manifest"),
    "another folder": (lambda store: (store / "installation.json").unlink(), "There are no backups in"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_backup_is_refused_in_one_sentence(lived: House, what: str) -> None:
    damage, sentence = DAMAGE[what]
    store = copy_of(lived.store, f"damaged-{list(DAMAGE).index(what)}")
    damage(store)
    target = lived.around / "refused"
    given = ["--key", str(lived.key), "--from", str(store), "--home", str(target)]
    done = lived.thammuu("restore", *given, home=target)
    assert done.returncode == 1
    assert done.stdout == "" and done.stderr.count("✗") == 1 and sentence in " ".join(done.stderr.split())
    assert not target.exists() and not list(lived.around.glob(".*restoring*"))


def test_a_wrong_key_is_told_and_nothing_is_left(lived: House) -> None:
    lived.around.joinpath("other.key").write_text(str(Identity.generate()))
    target = lived.around / "refused"
    given = ["--from", str(lived.store), "--home", str(target)]
    done = lived.thammuu("restore", "--key", str(lived.around / "other.key"), *given, home=target)
    assert done.returncode == 1 and "encrypted for another recipient" in done.stderr
    for text in ("", "age1" + "q" * 58, "AGE-SECRET-KEY-1NONSENSE"):
        lived.around.joinpath("no.key").write_text(text)
        done = lived.thammuu("restore", "--key", str(lived.around / "no.key"), *given, home=target)
        assert done.returncode == 3 and "no private key" in done.stderr
    assert not target.exists()


def test_a_home_in_use_is_not_touched(lived: House) -> None:
    done = lived.restore("home")
    assert done.returncode == 3 and "in use already" in done.stderr
    assert lived.thammuu("journal", "verify").returncode == 0


def test_nothing_readable_is_in_the_store(lived: House) -> None:
    """Not a line of the log, not a document, not a secret; only names, sizes, times and what is public."""
    secret = (lived.home / "thammuu.toml").read_text().split('secret_key = "')[1].split('"')[0]
    for file in lived.store.rglob("*"):
        if file.is_file() and file.suffix == ".age":
            assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
        elif file.is_file():
            assert secret not in file.read_text() and "Kíp trực" not in file.read_text()


def test_any_age_program_opens_it(lived: House) -> None:
    identity = Identity.from_str(lived.key.read_text().splitlines()[-1])
    packed = pyrage.decrypt((newest(lived.store) / HOME).read_bytes(), [identity])
    assert all(name in packed for name in (b"thammuu.toml", b"journal.key", b"push.key"))


def test_old_backups_make_room(lived: House) -> None:
    first = lived.told("backup", "list")[0]["id"]
    dropped = [one for _turn in range(2) for one in lived.told("backup")["dropped"]]
    assert first in dropped
    rows = lived.told("backup", "list")
    assert len(rows) == 2
    kept = min(name[8:24] for name in Store(lived.store).segments())
    assert kept == rows[0]["first_wal"][8:24]


def test_the_store_of_another_installation_is_refused(lived: House) -> None:
    with house() as other:
        settings = other.home / "thammuu.toml"
        settings.write_text(settings.read_text().replace(str(other.store), str(lived.store)))
        done = other.thammuu("backup")
        assert done.returncode == 3 and "backups of another installation" in done.stderr


def test_without_settings_it_says_what_to_do() -> None:
    with throw_away_home() as around:
        bare = House(around)
        assert bare.thammuu("init").returncode == 0
        done = bare.thammuu("backup")
        assert done.returncode == 3 and "put backup_folder and backup_recipient into" in done.stderr
        # What else is found does not matter here: nothing seals what `init` wrote, and a slow machine says so.
        findings = json.loads(bare.thammuu("check", "--json").stdout)["findings"]
        (finding,) = [one for one in findings if one["name"] == "backup"]
        assert not finding["ok"] and finding["advised"] and "backup_folder" in finding["remedy"]
        settings = bare.home / "thammuu.toml"
        settings.write_text(settings.read_text() + f'backup_folder = "{around}/store"\nbackup_recipient = "age1no"\n')
        done = bare.thammuu("backup")
        assert done.returncode == 3 and "is no public key" in done.stderr


def test_a_server_that_does_not_archive_is_started_again() -> None:
    with throw_away_home() as around:
        made = House(around)
        made.set_up()
        with EmbeddedPostgres(made.home, durable=False):
            done = made.thammuu("backup")
        assert done.returncode == 3 and "start it again" in done.stderr


def test_a_key_is_made_once(tmp_path: Path, lived: House) -> None:
    made = lived.told("backup", "key", "--out", str(tmp_path / "made.key"))
    assert (tmp_path / "made.key").stat().st_mode & 0o777 == 0o600
    assert made["recipient"].startswith("age1")
    assert lived.thammuu("backup", "key", "--out", str(tmp_path / "made.key")).returncode == 3


def test_the_worker_keeps_backups_by_itself() -> None:
    with house() as made:
        made.work(1)
        stop, look = Event(), Event()
        keeping = Thread(target=keep, args=(made.home, read_plan(made.home, {}), stop))
        keeping.start()
        while keeping.is_alive() and not list(made.store.glob(f"base/*/{MANIFEST}")):
            look.wait(0.1)
        stop.set()
        keeping.join()
        assert len(made.told("backup", "list")) == 1
        assert made.told("drill", "--key", str(made.key))["sound"]


def test_what_was_archived_last_is_carried_when_it_stops() -> None:
    with throw_away_home() as around:
        made = House(around)
        made.set_up()
        assert made.thammuu("backup").returncode == 0
        # Each command starts the server of its own home and stops it: what it wrote is in the store by then.
        written = made.work_alone(5)
        told = json.loads(made.restore("fresh", "--json").stdout)
        assert told["entries"] == written and told["lost"] == 0
