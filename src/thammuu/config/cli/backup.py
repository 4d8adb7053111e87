"""The commands of backups: take, list, make a key; restore; drill."""

import os
import sys
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn

from thammuu.config.backup.plan import read_plan
from thammuu.config.cli.options import AsJson, Home, apply, leave_django, ready_django
from thammuu.config.cli.output import FAULTS_FOUND, answer, console, errors, refuse, say
from thammuu.config.installation import read_installation
from thammuu.config.language import _
from thammuu.config.reaching import database
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.refusals import CannotStart

backup = typer.Typer(name="backup", help="Take a backup, encrypted for a recipient's key.", add_completion=False)

KeyFile = Annotated[str, typer.Option("--key", help="The file with the recipient's private key; '-': standard input.")]
From = Annotated[
    Path | None, typer.Option("--from", help="The folder of backups.", show_default="that of the settings")
]
Id = Annotated[str, typer.Option("--backup", help="Which backup.", show_default="the newest")]


@backup.callback(invoke_without_command=True)
def take(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Take a backup now, beside the running product or while it is stopped."""
    if context.invoked_subcommand is not None:
        return
    from thammuu.config.backup import taking
    from thammuu.kernel import clock

    apply(home)
    installation = read_installation()
    plan = read_plan(installation.home)
    if not installation.embedded:
        raise CannotStart(_("The database is on a server of its own; back it up by its own tools."))
    with database(installation), _bytes(_("Backup")) as progress:
        taken = taking.take(installation.home, plan, clock.now(), progress)
    if as_json:
        answer({**asdict(taken.manifest), "size": taken.size, "dropped": taken.dropped})
    else:
        text = _("The backup {id} is in {folder}: {size} MB.")
        say(text.format(id=taken.manifest.id, folder=plan.folder, size=max(1, round(taken.size / 1e6))))


@backup.command("list")
def list_backups(home: Home = None, source: From = None, as_json: AsJson = False) -> None:
    """Show the backups that are kept."""
    apply(home)
    with _told():
        rows = [asdict(one) for one in _store(source).manifests()]
    if as_json:
        answer(rows)
        return
    for row in rows:
        console.print(f"{row['id']}  {row['begun']}  {sum(row['sizes'].values()) / 1e6:.0f} MB", soft_wrap=True)


@backup.command()
def key(
    out: Annotated[Path, typer.Option("--out", help="The file for the private key.")], as_json: AsJson = False
) -> None:
    """Make a recipient's key. Run it on another machine; only the public key goes into the settings."""
    from pyrage.x25519 import Identity

    made = Identity.generate()
    try:
        with os.fdopen(os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"# public key: {made.to_public()}\n{made}\n")
    except OSError as error:
        raise CannotStart(_("{file} cannot be made ({reason}).").format(file=out, reason=error.strerror)) from None
    if as_json:
        answer({"recipient": str(made.to_public()), "file": str(out)})
        return
    say(_("The private key is in {file}; keep it away from this machine, and a copy elsewhere.").format(file=out))
    console.print(f'backup_recipient = "{made.to_public()}"', soft_wrap=True)


def restore(
    key_file: KeyFile,
    home: Annotated[Path, typer.Option(help="The new folder for settings and database.")],
    source: Annotated[Path, typer.Option("--from", help="The folder of backups.")],
    id: Id = "",
    despite: Annotated[
        bool, typer.Option("--despite-faults", help="Keep what was restored even if it does not verify.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into a new home, up to the last archived minute, and verify it."""
    from thammuu.config.backup import restoring

    with _told(), _steps() as progress:
        made = restoring.restore(_store(source), _identity(key_file), home.resolve(), id, despite, progress)
    _show(made, as_json)
    if not as_json:
        say(_("Restored into {home}. Start with 'thammuu run --home {home}'.").format(home=home))
    if made.told["redactions_unknown"]:
        raise typer.Exit(FAULTS_FOUND)


def drill(key_file: KeyFile, home: Home = None, id: Id = "", as_json: AsJson = False) -> None:
    """Rehearse a restore into a throw-away folder, verify it, and record the drill in the journal."""
    from thammuu.config.backup import rehearsing

    apply(home)
    installation = read_installation()
    store, identity = _store(None), _identity(key_file)
    with _told():
        with _steps() as progress:
            made, begun_at = rehearsing.rehearse(store, identity, id, progress)
        with database(installation):
            os.environ.pop("DATABASE_URL", None)
            ready_django()
            rehearsing.record_drill(made, begun_at)
            leave_django()
    _show(made, as_json)
    if not made.told["sound"]:
        raise typer.Exit(FAULTS_FOUND)
    if not as_json:
        say(_("The drill is recorded in the journal."))


def verify_restored(
    home: Path,
    backup: str,
    published: Path | None = None,
    tables: bool = False,
    open_epoch: bool = False,
) -> None:
    """Verify a restored installation whose database runs, and do again the redactions that it does not know.

    Used by restore and drill. The list of redactions comes by standard input. Signs in as the tables' owner.
    """
    apply(home)
    credentials = read_credentials(home)
    if credentials is not None:
        os.environ["DATABASE_URL"] = credentials.owner_url
    ready_django()
    from thammuu.config.backup import reapplying, verifying

    listing, unknown = reapplying.read(sys.stdin.read(), verifying.published_checkpoint(published))
    told = {**verifying.inspect(published, tables), "redactions_unknown": unknown != ""}
    if open_epoch:
        from thammuu.config import actions
        from thammuu.config.backup.rehearsing import top_units
        from thammuu.journal.proofs import keeping
        from thammuu.kernel import clock
        from thammuu.org.authority import SYSTEM

        told["epoch"] = actions.open_epoch(
            actor=SYSTEM,
            now=clock.now(),
            units=top_units(),
            backup=backup,
            told=told,
            signer=keeping.read_signer(read_installation().home),
        )
    made = reapplying.reapply(listing, unknown)
    # A restore says so and goes on; a drill is to find it.
    wrong = [*made.faults, *([unknown] if unknown and not open_epoch else [])]
    told["sound"] = told["sound"] and not wrong
    told["faults"] += [{"says": says} for says in wrong]
    told |= {"reapplied": made.again, "contacts": made.contacts, "redactions_unknown": unknown}
    leave_django()
    answer(told)


def _store(source: Path | None) -> Any:
    from thammuu.config.backup.store import Store

    folder = source or read_plan(read_installation().home).folder
    if folder is None:
        raise CannotStart(_("No backup is set up; name the folder of backups."))
    return Store(folder.expanduser().resolve())


def _identity(file: str) -> Any:
    from thammuu.config.backup.encryption import read_identity

    try:
        return read_identity(sys.stdin.read() if file == "-" else Path(file).read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(_("The key file {file} cannot be read ({reason}).").format(file=file, reason=error)) from None


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a backup is one sentence and exit code 1."""
    from thammuu.config.backup.encryption import Unreadable
    from thammuu.config.backup.store import Damaged

    try:
        yield
    except (Damaged, Unreadable, tarfile.TarError, zlib.error) as fault:
        refuse(str(fault))
        raise typer.Exit(FAULTS_FOUND) from None
    except OSError as fault:
        reason = f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault.strerror)
        raise CannotStart(_("It broke off and nothing was kept ({reason}).").format(reason=reason)) from None


def _show(made: Any, as_json: bool) -> None:
    total = round(sum(made.seconds.values()), 1)
    if as_json:
        seconds = {**made.seconds, "total": total}
        answer({"backup": made.manifest.id, "last_segment": made.last_segment, "seconds": seconds, **made.told})
        return
    for fault in made.told["faults"]:
        errors.print(f"[bold red]✗[/] {fault['says']}", soft_wrap=True)
    words = {
        "base": _("Base backup"),
        "log": _("Log of the database"),
        "attachments": _("Attachments"),
        "checking": _("Files of the database"),
        "replaying": _("Replaying the log"),
        "verifying": _("Verifying"),
    }
    for step, seconds in made.seconds.items():
        console.print(f"  {seconds:>7.1f} s  {words[step]}")
    text = _("{entries} entries, {checkpoints} checkpoints and {attachments} attachments verified in {total} s in all.")
    (say if made.told["sound"] else refuse)(text.format(total=total, **made.told))
    if made.told["reapplied"] or made.told["contacts"]:
        text = _("Done again after the restore: {reapplied} redactions, and {contacts} contacts of reporters.")
        say(text.format(**made.told))
    if made.told["redactions_unknown"]:
        text = _(
            "{why} What was redacted in the time that the backup does not know may be there again: redact it anew."
        )
        refuse(text.format(why=made.told["redactions_unknown"]))
    if made.told["lost"]:
        text = _("{lost} entries that were published are lost; the last published root is {root}.")
        refuse(text.format(lost=made.told["lost"], root=made.told["published"]["root"]))


@contextmanager
def _bytes(what: str) -> Iterator[Any]:
    with Progress(TextColumn("{task.description}"), DownloadColumn(), console=errors, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done: shown.update(task, completed=done)


@contextmanager
def _steps() -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda step, done, total: shown.update(task, description=step, completed=done, total=total or None)
