"""A database cluster: made once, of one pinned major version, with the product's roles and database."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from thammuu.config.language import _
from thammuu.config.supervisor.account import ServerAccount
from thammuu.config.supervisor.credentials import APPLICATION, DATABASE, OWNER, SUPERUSER, Credentials
from thammuu.config.supervisor.places import MAJOR, Places
from thammuu.config.supervisor.refusals import CannotStart


def make_cluster(places: Places, account: ServerAccount, password: str) -> None:
    """Make the data folder unless it is there. A making that was killed half-way leaves nothing behind.

    The wheel has no ICU: the built-in C.UTF-8 provider gives Unicode case and the same order on every
    machine (Vietnamese order comes from stored sort keys).
    """
    _check_major(places.data)
    if places.data.exists():
        return
    making = places.data.with_name("making")
    shutil.rmtree(making, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=places.data.parent) as secret:
        secret.write(password)
        secret.flush()
        if account.run_as:
            os.chown(secret.name, account.uid, account.gid)
        command = [
            *(str(places.bin / "initdb"), "--pgdata", str(making), "--pwfile", secret.name),
            *("--username", SUPERUSER, "--auth", "scram-sha-256", "--encoding", "UTF8"),
            *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        ]
        done = subprocess.run(  # noqa: S603 - our own program and arguments
            command, cwd="/", capture_output=True, text=True, check=False, **account.run_as
        )
    if done.returncode != 0:
        reason = " ".join(done.stderr.split())
        raise CannotStart(
            _("The database cannot be made in {folder}: {reason}").format(folder=places.data.parent, reason=reason)
        )
    making.rename(places.data)


def _check_major(data: Path) -> None:
    others = [other for other in data.parent.glob("postgresql-*") if other.is_dir() and other != data]
    file = data / "PG_VERSION"
    found = file.read_text().strip() if file.exists() else None
    if found is None and others and not data.exists():
        found = others[0].name.removeprefix("postgresql-")
    if found is not None and found != str(MAJOR):
        raise CannotStart(
            _(
                "The database in {folder} is of PostgreSQL {found} and this release brings {major}; "
                "export it with the release that made it and restore it into a new home."
            ).format(folder=data.parent, found=found, major=MAJOR)
        )


def prepare_roles(credentials: Credentials) -> None:
    """Make the owner's and the application's roles and the database; harmless when they are there.

    What the owner creates, the application may read and write; the journal's migrations take away
    what it may not. Nobody else may connect.
    """
    with psycopg.connect(credentials.superuser_url(SUPERUSER), autocommit=True) as connection:
        for role, password in ((OWNER, credentials.owner), (APPLICATION, credentials.application)):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = "ALTER" if known else "CREATE"
            connection.execute(
                sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(password)
                )
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
    with psycopg.connect(credentials.superuser_url(), autocommit=True) as connection:
        grant_application(connection)


def grant_application(connection: psycopg.Connection) -> None:
    """Give the application role its rights in the connected database; run by its owner or a superuser."""
    statements = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {application}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {application}",
    )
    names = {
        "database": sql.Identifier(connection.info.dbname),
        "owner": sql.Identifier(OWNER),
        "application": sql.Identifier(APPLICATION),
    }
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))
