"""Whether an installation is sound, each fault with its remedy. The gravest stop a start."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from thammuu.config import queries, witnesses
from thammuu.config.backup.plan import read_plan
from thammuu.config.backup.standing import standing
from thammuu.config.installation import NO_SECRET
from thammuu.config.language import _
from thammuu.config.observing.channels import channel_findings, push_findings
from thammuu.config.observing.finding import Finding
from thammuu.config.observing.findings import findings_of
from thammuu.config.observing.health import free_at
from thammuu.config.observing.migrated import is_migrated
from thammuu.config.observing.vitals import read_vitals
from thammuu.config.seals import seal_findings
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.standing import certificate_standing
from thammuu.journal.proofs.keeping import KEY
from thammuu.kernel import clock

OLDEST_SERVER = 150000
LEAST_FREE = 1024**3
REMEMBERED = timedelta(days=30)
"""So long the system page tells of a restore after which something redacted may be there again."""
APPEND_ONLY = (
    "journal_entry",
    "journal_body",
    "journal_restated",
    "journal_link",
    "journal_sealed",
    "journal_submission",
    "journal_epoch",
    "journal_tile",
    "journal_checkpoint",
)


def inspect() -> list[Finding]:
    """Every check, in the order in which an operator would want them."""
    grave = list(grave_findings())
    answers = all(finding.ok for finding in grave if finding.name == "database")
    asked: list[Finding] = []
    if answers:
        migrations = list(_migrations())
        running = running_findings() if all(finding.ok for finding in migrations) else []
        sealing = seal_findings() if running else []
        asked = [*_rights(), *migrations, *_checksums(), *running, *_backups(), *sealing]
    return [*grave, *asked, *_surroundings()]


def running_findings() -> list[Finding]:
    """The checks of what runs: cheap enough to be asked for twice a minute."""
    connection.ensure_connection()
    vitals = read_vitals(connection.connection)
    return [*findings_of(vitals, clock.now()), *channel_findings(clock.now()), *_disk()]


def refuse_unsafe() -> None:
    """Raise CannotStart when the database or the settings would betray a promise."""
    for finding in grave_findings():
        if not finding.ok:
            raise CannotStart(f"{finding.says} {finding.remedy}")


def grave_findings() -> Iterator[Finding]:
    """The checks without which nothing may be served."""
    on = _("DEBUG is on.") if settings.DEBUG else _("DEBUG is off.")
    yield Finding("debug", not settings.DEBUG, on, _("Turn it off; it shows secrets to everybody."))
    weak = NO_SECRET == settings.SECRET_KEY or len(settings.SECRET_KEY) < 50
    secret = _("There is no secret key.") if weak else _("The secret key is set.")
    remedy = _("Run 'thammuu init', or set THAMMUU_SECRET_KEY (50 random characters).")
    yield Finding("secret key", not weak, secret, remedy)
    try:
        version = int(str(_value("SELECT current_setting('server_version_num')")))
    except OperationalError as error:
        silent = _("The database does not answer: {reason}.").format(reason=" ".join(str(error).split()))
        yield Finding("database", False, silent, _("Start it, and see that DATABASE_URL names it."))
        return
    says = _("PostgreSQL is of version {version}.").format(version=f"{version // 10000}.{version % 10000}")
    yield Finding("database", version >= OLDEST_SERVER, says, _("Use PostgreSQL 15 or newer."))
    for name in ("fsync", "full_page_writes"):
        value = _value(f"SELECT current_setting('{name}')")
        says = _("PostgreSQL's {name} is {value}.").format(name=name, value=value)
        yield Finding(name, value == "on", says, _("Set it to 'on': without it, confirmed entries can be lost."))


def _rights() -> Iterator[Finding]:
    superuser = _value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    says = _("The application is a superuser.") if superuser else _("The application has a role of its own.")
    remedy = _("Let DATABASE_URL sign in as thammuu_app, and DATABASE_OWNER_URL as thammuu_owner.")
    yield Finding("role", not superuser, says, remedy)
    loose = [table for table in APPEND_ONLY if _may_rewrite(table)]
    says = _("The application can only add to the journal.")
    if loose:
        says = _("The application may rewrite {tables}.").format(tables=", ".join(loose))
    remedy = _("Sign in as thammuu_app, and revoke UPDATE, DELETE and TRUNCATE from it.")
    yield Finding("journal", not loose, says, remedy)


def _may_rewrite(table: str) -> bool:
    if _value("SELECT to_regclass(%s)", table) is None:
        return False
    return bool(_value("SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", table))


def _migrations() -> Iterator[Finding]:
    connection.ensure_connection()
    missing = 0
    if not is_migrated(connection.connection):
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    says = _("Every migration is applied.")
    if missing:
        says = _("Migrations that are missing: {count}.").format(count=missing)
    yield Finding("migrations", missing == 0, says, _("Run 'thammuu migrate'."))


def _checksums() -> Iterator[Finding]:
    checksums = _value("SELECT current_setting('data_checksums')")
    says = _("PostgreSQL's data checksums are {value}.").format(value=checksums)
    remedy = _("Stop it and run 'pg_checksums --enable', so that a failing disk is noticed.")
    yield Finding("checksums", checksums == "on", says, remedy)


def _backups() -> Iterator[Finding]:
    if not settings.INSTALLATION.embedded:
        return
    plan, now = read_plan(settings.HOME), clock.now()
    there = _value("SELECT to_regclass('journal_entry')") is not None
    drilled = queries.last_drill() if there else None
    restored = queries.restored_without_redactions(now - REMEMBERED) if there else None
    if restored is not None:
        says = _("At the restore of {time} nobody could tell which redactions the backup did not know.")
        remedy = _("Ask who redacted in the days before, look whether it is there again, and redact it anew.")
        says = says.format(time=restored.recorded_at.isoformat()[:16])
        yield Finding("redactions", False, says, remedy, advised=True)
    stands = standing(settings.HOME, plan, drilled)
    if not plan.set_up:
        remedy = _("Put backup_folder and backup_recipient into thammuu.toml and start Thammuu again.")
        yield Finding("backup", False, _("No backup is set up."), remedy, advised=True)
        return
    says = stands.fault or _("There is no backup yet.")
    if stands.last is not None:
        says = _("The last backup is of {time}.").format(time=stands.last.begun[:16])
    remedy = _("Run 'thammuu backup', and see why the worker did not.")
    yield Finding("backup", not stands.backup_late(now), says, remedy)
    says = _("The log has waited {seconds} s to be carried into the backups.").format(seconds=round(stands.waiting))
    remedy = _("See that {folder} is there and has room, and that the worker runs.").format(folder=plan.folder)
    yield Finding("log", not stands.log_late(), says, remedy)
    says = _("No drill was held yet.")
    if drilled is not None:
        says = _("The last drill was held {time}.").format(time=drilled.isoformat()[:16])
    yield Finding("drill", not stands.drill_late(now), says, _("Bring the key and run 'thammuu drill'."), advised=True)


def _surroundings() -> Iterator[Finding]:
    says = _("Served as {hosts}.").format(hosts=", ".join(settings.ALLOWED_HOSTS))
    yield Finding("hosts", "*" not in settings.ALLOWED_HOSTS, says, _("Name the hosts in thammuu.toml instead of '*'."))
    yield _transport()
    if not settings.HOME.exists():
        return
    yield _signing()
    yield from push_findings()
    yield from _witnesses()
    status = settings.HOME.stat()
    closed = status.st_mode & 0o007 == 0 and status.st_uid == os.geteuid()
    says = _("The home {folder} is closed to others.") if closed else _("The home {folder} is open to others.")
    remedy = _("Run 'chmod o= {folder}' as its owner.").format(folder=settings.HOME)
    yield Finding("home", closed, says.format(folder=settings.HOME), remedy)


def _disk() -> Iterator[Finding]:
    free = free_at(settings.HOME)
    says = _("{free} MB are free for {folder}.").format(free=free // 1024**2, folder=settings.HOME)
    remedy = _("Make room: below 1 GB the database may soon refuse to write.")
    yield Finding("disk", free >= LEAST_FREE, says, remedy)


def _transport() -> Finding:
    stands = certificate_standing()
    if stands.faults:
        return Finding("transport", False, stands.faults[0], " ".join(stands.faults[1:]))
    if stands.days is not None:
        says = _("The certificate holds for {days} more days.").format(days=stands.days)
    else:
        says = _("A proxy speaks HTTPS.") if stands.https else _("Only this machine reaches the pages; HTTPS is off.")
    return Finding("transport", True, says, "")


def _signing() -> Finding:
    file = settings.HOME / KEY
    closed = file.exists() and file.stat().st_mode & 0o077 == 0
    says = _("Checkpoints of the journal are signed with {file}.")
    if not closed:
        says = (
            _("The key {file} is open to others.") if file.exists() else _("There is no key {file}; nothing is signed.")
        )
    remedy = _("Put it back, or run 'thammuu migrate' if there never was one; let it be of mode 0600.")
    return Finding("journal key", closed, says.format(file=file), remedy)


def _witnesses() -> Iterator[Finding]:
    plan, stands = witnesses.read_plan(settings.HOME), witnesses.standings(settings.HOME)
    fresh = plan.fresh(stands, clock.now().timestamp())
    if plan.quorum:
        says = _("{fresh} witnesses have cosigned within the hour; there should be {quorum}.")
        remedy = _("Run 'thammuu journal witness ask' and see what they answer.")
        yield Finding("witnesses", fresh >= plan.quorum, says.format(fresh=fresh, quorum=plan.quorum), remedy)
    for one in stands:
        if one.at is not None and one.at > (clock.now() + clock.SKEW).timestamp():
            says = _("The witness {name} cosigns at a time that has not come yet.")
            remedy = _("See which clock is wrong, its or this machine's, and set it by a time server.")
            yield Finding("witness clock", False, says.format(name=one.neighbour.name), remedy, advised=True)
        if one.contradicts:
            says = _("The witness {name} knows another history of this journal: {fault}.")
            remedy = _("Compare both before anything else; after a restore that lost entries it has to be told of it.")
            yield Finding("split view", False, says.format(name=one.neighbour.name, fault=one.fault), remedy)


def _value(query: str, *parameters: str) -> object:
    with connection.cursor() as cursor:
        try:
            cursor.execute(query, parameters or None)
        except OperationalError:
            connection.close()
            raise
        row = cursor.fetchone()
        return row[0] if row else None
