"""Whether an installation is sound, each fault with its remedy. The gravest stop a start."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from thammuu.config.installation import NO_SECRET
from thammuu.config.supervisor.refusals import CannotStart

OLDEST_SERVER = 150000
LEAST_FREE = 1024**3
APPEND_ONLY = (
    "journal_entry",
    "journal_body",
    "journal_link",
    "journal_sealed",
    "journal_submission",
    "journal_epoch",
)


@dataclass(frozen=True)
class Finding:
    """One check. `grave` ones stop a start when they fail."""

    name: str
    ok: bool
    says: str
    remedy: str = ""
    grave: bool = False


def inspect() -> list[Finding]:
    """Every check, in the order in which an operator would want them."""
    return [*grave_findings(), *_rights(), *_migrations(), *_surroundings()]


def refuse_unsafe() -> None:
    """Raise CannotStart when the database or the settings would betray a promise."""
    for finding in grave_findings():
        if not finding.ok:
            raise CannotStart(f"{finding.says} {finding.remedy}")


def grave_findings() -> Iterator[Finding]:
    """The checks without which nothing may be served."""
    yield Finding("debug", not settings.DEBUG, _either(settings.DEBUG, "DEBUG is on.", "DEBUG is off."),
                  "Turn it off; it shows secrets to everybody.", grave=True)  # fmt: skip
    weak = NO_SECRET == settings.SECRET_KEY or len(settings.SECRET_KEY) < 50
    yield Finding("secret key", not weak, _either(weak, "There is no secret key.", "The secret key is set."),
                  "Run 'thammuu init', or set THAMMUU_SECRET_KEY (50 random characters).", grave=True)  # fmt: skip
    try:
        version = _value("SELECT current_setting('server_version_num')::int")
    except psycopg.OperationalError as error:
        yield Finding("database", False, f"The database does not answer: {error}.",
                      "Start it, and see that DATABASE_URL names it.", grave=True)  # fmt: skip
        return
    yield Finding("database", int(str(version)) >= OLDEST_SERVER, f"PostgreSQL is of version {version}.",
                  "Use PostgreSQL 15 or newer.", grave=True)  # fmt: skip
    for name in ("fsync", "full_page_writes"):
        value = _value(f"SELECT current_setting('{name}')")
        yield Finding(name, value == "on", f"PostgreSQL's {name} is {value}.",
                      "Set it to 'on': without it, confirmed entries can be lost.", grave=True)  # fmt: skip


def _rights() -> Iterator[Finding]:
    superuser = _value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    yield Finding("role", not superuser, _either(superuser, "The application is a superuser.",
                                                 "The application has a role of its own."),
                  "Let DATABASE_URL sign in as thammuu_app, and DATABASE_OWNER_URL as thammuu_owner.")  # fmt: skip
    loose = [table for table in APPEND_ONLY if _may_rewrite(table)]
    yield Finding("journal", not loose, f"The application may rewrite {', '.join(loose)}." if loose
                  else "The application can only add to the journal.",
                  "Sign in as thammuu_app, and revoke UPDATE, DELETE and TRUNCATE from it.")  # fmt: skip


def _may_rewrite(table: str) -> bool:
    if _value("SELECT to_regclass(%s)", table) is None:
        return False
    return bool(_value("SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", table))


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield Finding("migrations", missing == 0, f"{missing} migrations are missing." if missing
                  else "Every migration is applied.", "Run 'thammuu migrate'.")  # fmt: skip


def _surroundings() -> Iterator[Finding]:
    checksums = _value("SELECT current_setting('data_checksums')")
    yield Finding("checksums", checksums == "on", f"PostgreSQL's data checksums are {checksums}.",
                  "Stop it and run 'pg_checksums --enable', so that a failing disk is noticed.")  # fmt: skip
    any_host = "*" in settings.ALLOWED_HOSTS
    yield Finding("hosts", not any_host, f"Served as {', '.join(settings.ALLOWED_HOSTS)}.",
                  "Name the hosts in thammuu.toml instead of '*'.")  # fmt: skip
    free = shutil.disk_usage(settings.HOME).free
    yield Finding("disk", free >= LEAST_FREE, f"{free // 1024**2} MB are free for {settings.HOME}.",
                  "Make room: below 1 GB the database may soon refuse to write.")  # fmt: skip
    closed = settings.HOME.stat().st_mode & 0o007 == 0 and settings.HOME.stat().st_uid == os.geteuid()
    yield Finding("home", closed, f"The home {settings.HOME} is {_either(closed, 'closed', 'open')} to others.",
                  f"Run 'chmod o= {settings.HOME}' as its owner.")  # fmt: skip


def _value(query: str, *parameters: str) -> object:
    with connection.cursor() as cursor:
        try:
            cursor.execute(query, parameters or None)
        except psycopg.OperationalError:
            connection.close()
            raise
        row = cursor.fetchone()
        return row[0] if row else None


def _either(condition: object, yes: str, no: str) -> str:
    return yes if condition else no
