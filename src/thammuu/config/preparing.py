"""Brings a database and the static files up to this release. Runs as the owner, in a process of its own."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import LockNotAvailable

from thammuu import __version__
from thammuu.config.language import _
from thammuu.config.supervisor.places import make_folder
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.journal.proofs.keeping import make_key

FINGERPRINT = "fingerprint"
LOCK_PATIENCE = "2s"
ATTEMPTS = 5


def migrate() -> list[str]:
    """Apply what is missing, let the application role at what is new, and see that what is signed can be signed.

    Return the names of what was applied. Raises `CannotStart` if others hold the tables.
    """
    before = _applied()
    _migrate_in_turn()
    _make_keys()
    return sorted(f"{package}.{name}" for package, name in _applied() - before)


def _migrate_in_turn() -> None:
    """Migrate without holding others up: who waits for a table lets nobody else at it, so the wait is short.

    Each migration is a transaction, and the next attempt goes on with the one that had to wait.
    """
    for attempt in range(ATTEMPTS):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_PATIENCE])
        try:
            call_command("migrate", interactive=False, verbosity=0)
            break
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            if attempt == ATTEMPTS - 1:
                raise CannotStart(
                    _("The database is in use and was left as it is; stop what uses it and try again.")
                ) from error
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _make_keys() -> None:
    from thammuu.directives.urging.push import vapid
    from thammuu.journal.models import Checkpoint

    make_folder(settings.HOME)
    vapid.make_key(settings.HOME)
    # A journal that was signed with a key that is gone is not silently signed with another.
    if not Checkpoint.objects.exists():
        make_key(settings.HOME)


def collect_static() -> bool:
    """Collect and compress the static files unless that was done for exactly these."""
    stamp = settings.STATIC_ROOT / FINGERPRINT
    present = _fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return False
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(present)
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            size, changed = storage.size(path), storage.get_modified_time(path)
            digest.update(f"{path} {size} {changed.isoformat()}\n".encode())
    return digest.hexdigest()
