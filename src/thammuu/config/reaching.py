"""The database of an installation, running for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager

from thammuu.config.backup.keeping import carry_rest
from thammuu.config.backup.plan import read_plan
from thammuu.config.installation import Installation, read_installation
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.ownership import AlreadyOwned


@contextmanager
def database(installation: Installation) -> Iterator[Installation]:
    """The installation with a database that answers: its own server, that of a running Thammuu, or ours."""
    if not installation.embedded:
        yield installation
        return
    server = EmbeddedPostgres(installation.home, archiving=read_plan(installation.home).set_up)
    try:
        server.start()
    except AlreadyOwned:
        yield read_installation()
        return
    try:
        yield read_installation()
    finally:
        server.stop()
        carry_rest(installation.home)
