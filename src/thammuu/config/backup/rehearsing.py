"""The drill: a restore beside the running product, verified, timed, recorded in the journal, and thrown away."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pyrage.x25519 import Identity

from thammuu.config.backup.restoring import Progress, Restored, restored_into, staging_folder
from thammuu.config.backup.store import Store
from thammuu.kernel import clock


def rehearse(store: Store, identity: Identity, id: str, progress: Progress) -> tuple[Restored, datetime]:
    """Restore the backup (`id` "": the newest) into a throw-away folder and verify it; return that and the begin."""
    begun_at = clock.now()
    with staging_folder(Path(tempfile.gettempdir()), "thammuu-drill-") as folder:
        return restored_into(store, identity, folder, id, progress, ["--tables"]), begun_at


def record_drill(made: Restored, begun_at: datetime) -> None:
    """Record it in the journal of the live installation, as itself."""
    from thammuu.config import actions
    from thammuu.org.authority import SYSTEM

    actions.hold_drill(
        actor=SYSTEM,
        now=clock.now(),
        units=top_units(),
        backup=made.manifest.id,
        begun_at=begun_at,
        told=made.told,
    )


def top_units() -> list[UUID]:
    """Return the unit at the top, whose people may read of it; none before there is one."""
    from thammuu.interop.folder import receiving_unit

    top = receiving_unit("")
    return [top] if top else []
