"""Brings a database and the static files up to this release. Runs as the owner, in a process of its own."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from thammuu import __version__
from thammuu.config.supervisor.places import make_folder
from thammuu.journal.proofs.keeping import make_key

FINGERPRINT = "fingerprint"


def migrate() -> list[str]:
    """Apply what is missing, let the application role at what is new, and see that checkpoints can be signed.

    Return the names of what was applied.
    """
    before = _applied()
    call_command("migrate", interactive=False, verbosity=0)
    _make_key()
    return sorted(f"{package}.{name}" for package, name in _applied() - before)


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _make_key() -> None:
    from thammuu.journal.models import Checkpoint

    # A journal that was signed with a key that is gone is not silently signed with another.
    if not Checkpoint.objects.exists():
        make_folder(settings.HOME)
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
