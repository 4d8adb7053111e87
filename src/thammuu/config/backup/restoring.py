"""Restoring into a folder of its own beside the new home; only what was verified gets the home's name."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrage.x25519 import Identity

from thammuu.config.backup.fetching import (
    choose,
    fetch_attachments,
    fetch_base,
    fetch_home,
    fetch_log,
    fetch_redactions,
)
from thammuu.config.backup.store import Damaged, Manifest, Store
from thammuu.config.language import _
from thammuu.config.supervisor.account import ServerAccount, server_account
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.places import MAJOR, Places, find_places, make_folder, own_folder
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.journal.proofs.notary import LATEST

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is (0: unknown)."""


@dataclass
class Restored:
    """A restored installation: from which backup, up to which segment of the log, and how long each step took
    (seconds). `told` is what verifying said of it."""

    manifest: Manifest
    last_segment: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


def restore(store: Store, identity: Identity, home: Path, id: str, despite: bool, progress: Progress) -> Restored:
    """Restore into the home, which must not exist or be empty; it appears at the end, or not at all.

    Raises `CannotStart`, `Damaged`, `Unreadable`. With `despite`, what verifying finds does not hold it up.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise CannotStart(
            _("{home} is in use already; name a new folder for the restored installation.").format(home=home)
        )
    make_folder(home.parent)
    with staging_folder(home.parent, f".{home.name}-restoring-") as staging:
        made = restored_into(store, identity, staging, id, progress, ["--open-epoch"])
        if not made.told["sound"] and not despite:
            raise Damaged(
                _("What was restored is not sound, and nothing was kept of it: {says}").format(
                    says=" ".join(fault["says"] for fault in made.told["faults"][:3])
                )
            )
        if home.exists():
            home.rmdir()
        staging.rename(home)
    return made


@contextmanager
def staging_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A folder that is gone afterwards, with its database wherever that lies, unless it was renamed."""
    staging = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    if os.geteuid() == 0:
        staging.chmod(0o700)
    try:
        yield staging
    finally:
        if staging.exists():
            places = find_places(staging, server_account())
            for folder in (places.data.parent, places.socket, staging):
                shutil.rmtree(folder, ignore_errors=True)


def restored_into(
    store: Store, identity: Identity, staging: Path, id: str, progress: Progress, options: list[str]
) -> Restored:
    """Restore into the empty folder, let PostgreSQL replay the log, and let another process verify it."""
    made = Restored(choose(store, id))
    _check_major(made.manifest.postgresql)
    fetch_home(store, made.manifest, identity, staging)
    account = server_account()
    places = find_places(staging, account)
    log = places.data.with_name("log-to-replay")
    own_folder(places.data, account)
    own_folder(log, account)
    with _timed(made, "base"):
        fetch_base(store, made.manifest, identity, places.data, lambda *done: progress(_("Base backup"), *done))
    with _timed(made, "log"):
        made.last_segment = fetch_log(
            store, made.manifest, identity, log, lambda *done: progress(_("Log of the database"), *done)
        )
    with _timed(made, "attachments"):
        fetch_attachments(store, identity, staging, lambda *done: progress(_("Attachments"), *done))
    _give(places.data, account)
    _give(log, account)
    with _timed(made, "checking"):
        progress(_("Files of the database"), 0, 0)
        _verify_base(places, account)
    with _timed(made, "replaying"):
        progress(_("Replaying the log"), 0, 0)
        # Archiving, so that the history of the new timeline is carried too: a later restore has to find its way.
        server = EmbeddedPostgres(staging, archiving=True)
        _prepare_recovery(places.data, log, account)
        server.start()
    try:
        shutil.rmtree(log)
        with _timed(made, "verifying"):
            progress(_("Verifying"), 0, 0)
            made.told = _verified(store, staging, made, options, fetch_redactions(store, identity))
    finally:
        server.stop()
    (places.data / "postgresql.auto.conf").write_text("")
    return made


def _check_major(found: int) -> None:
    if found != MAJOR:
        raise CannotStart(
            _(
                "The backup is of PostgreSQL {found} and this release brings {major}; restore it with its own release."
            ).format(found=found, major=MAJOR)
        )


def _verify_base(places: Places, account: ServerAccount) -> None:
    """Compare every file of the base backup with PostgreSQL's own manifest of it."""
    command = [str(places.bin / "pg_verifybackup"), "--no-parse-wal", "--quiet", str(places.data)]
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        command, cwd="/", capture_output=True, text=True, check=False, **account.run_as
    )
    if done.returncode != 0:
        raise Damaged(
            _("The base backup is not what PostgreSQL's manifest says: {reason}").format(
                reason=" ".join(done.stderr.split())[-300:]
            )
        )


def _prepare_recovery(data: Path, log: Path, account: ServerAccount) -> None:
    """Let the server replay the log up to its end, and answer only then."""
    folder = str(log).replace("%", "%%").replace("'", "''")
    settings = (
        f"restore_command = 'cp \"{folder}/%f\" \"%p\"'\nrecovery_target_timeline = 'latest'\nhot_standby = off\n"
    )
    (data / "postgresql.auto.conf").write_text(settings)
    (data / "recovery.signal").touch(mode=0o600)
    _give(data / "recovery.signal", account)


def _give(path: Path, account: ServerAccount) -> None:
    """Let the server's account own what was unpacked, and nobody else look at it."""
    if account.run_as:
        os.chown(path, account.uid, account.gid)
        for folder, _folders, files in os.walk(path):
            os.chown(folder, account.uid, account.gid)
            for name in files:
                os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
    path.chmod(0o700 if path.is_dir() else 0o600)


def _verified(store: Store, staging: Path, made: Restored, options: list[str], redactions: str) -> dict[str, Any]:
    published = store.folder / LATEST
    command = [
        *(sys.executable, "-m", "thammuu", "verify-restored", str(staging), made.manifest.id),
        *(["--published", str(published)] if published.exists() else []),
        *options,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        command, env=environment, input=redactions, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise Damaged(_("What was restored could not be verified; the reason stands above."))
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@contextmanager
def _timed(made: Restored, step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    made.seconds[step] = round(time.monotonic() - began, 1)
