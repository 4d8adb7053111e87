"""The passwords of the embedded cluster's roles, and the addresses made of them."""

import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

FILE = "database.json"
DATABASE = "thammuu"
SUPERUSER = "postgres"
OWNER = "thammuu_owner"
APPLICATION = "thammuu_app"


@dataclass(frozen=True)
class Credentials:
    """How to reach the embedded cluster; kept in `database.json` of the home, mode 0600."""

    socket: str
    superuser: str
    owner: str
    application: str

    def superuser_url(self, database: str = DATABASE) -> str:
        """For the supervisor itself, and for tests that create databases."""
        return self._url(SUPERUSER, self.superuser, database)

    @property
    def owner_url(self) -> str:
        """For migrations: owns every table."""
        return self._url(OWNER, self.owner, DATABASE)

    @property
    def application_url(self) -> str:
        """For the running product: may not rewrite the journal."""
        return self._url(APPLICATION, self.application, DATABASE)

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{quote(password)}@/{database}?{urlencode({'host': self.socket})}"


def read_credentials(home: Path) -> Credentials | None:
    """The credentials kept in `home`, or None when no cluster was made there."""
    try:
        return Credentials(**json.loads((home / FILE).read_text()))
    except (FileNotFoundError, NotADirectoryError):
        return None


def keep_credentials(home: Path, socket: Path) -> Credentials:
    """The credentials of `home`: those kept, or new ones, written before the cluster is made."""
    kept = read_credentials(home)
    if kept is not None and kept.socket == str(socket):
        return kept
    made = Credentials(
        socket=str(socket),
        superuser=kept.superuser if kept else secrets.token_urlsafe(24),
        owner=kept.owner if kept else secrets.token_urlsafe(24),
        application=kept.application if kept else secrets.token_urlsafe(24),
    )
    write_private(home / FILE, json.dumps(asdict(made), indent=2) + "\n")
    return made


def write_private(file: Path, text: str) -> None:
    """Write `file` at once or not at all, readable by its owner only."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(file)
