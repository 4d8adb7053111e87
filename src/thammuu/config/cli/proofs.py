"""The `journal` commands: verify, prove, checkpoint, export, witness."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from thammuu.config.cli.options import AsJson, Home, apply, leave_django, ready_django
from thammuu.config.cli.output import FAULTS_FOUND, answer, console, errors, refuse, say
from thammuu.config.installation import read_installation
from thammuu.config.language import _
from thammuu.config.reaching import database
from thammuu.config.supervisor.refusals import CannotStart

if TYPE_CHECKING:
    from thammuu.journal.proofs.notes import Signer, Verifier

journal = typer.Typer(name="journal", help="Prove and verify the journal.", no_args_is_help=True)
witness = typer.Typer(name="witness", help="Keep checkpoints that came from elsewhere.", no_args_is_help=True)
journal.add_typer(witness)

Believed = Annotated[str, typer.Option("--verifier", help="The verifier key to believe.", show_default="the home's")]
Notes = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", exists=True, dir_okay=False, help="A checkpoint that was kept; may be repeated."),
]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write.", show_default="standard output")]


@journal.command()
def verify(
    home: Home = None,
    checkpoint: Notes = None,
    verifier: Believed = "",
    tables: Annotated[bool, typer.Option("--tables", help="Compare every table with the journal instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Verify the whole journal: positions, columns, bodies, tree, checkpoints. Exit code 1 when something is wrong."""
    with _reached(home) as place:
        told = _compare_tables() if tables else _verify(place, verifier, checkpoint or [])
    if as_json:
        answer(told)
    else:
        for fault in told["faults"]:
            errors.print(f"[bold red]✗[/] {fault['says']}", soft_wrap=True)
        if told["sound"]:
            say(told["says"])
    if not told["sound"]:
        raise typer.Exit(FAULTS_FOUND)


def _verify(place: Path, believed: str, files: list[Path]) -> dict[str, Any]:
    from thammuu.config.working import connect, parameters
    from thammuu.journal.proofs import keeping, verifying, witnesses
    from thammuu.journal.proofs.faults import sentence
    from thammuu.journal.proofs.verifying import Kept

    verifier = _verifier(place, believed)
    notes = [Kept(str(file), file.read_text()) for file in files]
    if verifier is not None:
        for folder in (keeping.CHECKPOINTS, keeping.WITNESSED):
            notes += witnesses.kept(place / folder, verifier)
    with connect() as connection, _shown(_("Entries")) as progress:
        report = verifying.verify(connection, parameters(), verifier, notes, progress)
    says = _("{size} entries and {checkpoints} checkpoints are as they were sealed.")
    if not report.checkpoints:
        says = _("{size} entries are whole; no checkpoint has been signed yet.")
    return {
        "sound": report.sound,
        "size": report.size,
        "root": report.root.hex(),
        "checkpoints": report.checkpoints,
        "outside": report.outside,
        "says": says.format(size=report.size, checkpoints=report.checkpoints),
        "faults": [{**fault._asdict(), "says": sentence(fault)} for fault in report.faults],
    }


def _compare_tables() -> dict[str, Any]:
    from thammuu.journal.proofs.tables import compare_tables

    faults = []
    with _shown(_("Slices")) as progress:
        for one in compare_tables(progress):
            says = _("{subject} {id}: '{field}' is {stored}, the journal says {told}").format(
                subject=one.subject, id=one.id, field=one.field or "*", stored=one.stored, told=one.told
            )
            faults.append({"subject": str(one.subject), "id": str(one.id), "field": one.field,
                           "told": one.told, "stored": one.stored, "says": says})  # fmt: skip
    return {"sound": not faults, "says": _("Every table is what the journal says."), "faults": faults}


@journal.command()
def checkpoint(home: Home = None, out: Out = None, as_json: AsJson = False) -> None:
    """Sign a checkpoint of everything that is sealed, and print it."""
    with _reached(home) as place:
        note = _sign(place)
    if as_json:
        answer({"checkpoint": note})
    else:
        _write(out, note)


@journal.command()
def prove(
    position: Annotated[int, typer.Argument(min=1, help="The entry's position.")],
    home: Home = None,
    since: Notes = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write an entry with the proof that it stands in the journal; `journal checker` checks it anywhere."""
    from thammuu.journal.proofs.extracts import Choice

    _extract(home, Choice(positions=(position,)), since, out, as_json)


@journal.command()
def export(
    home: Home = None,
    subject: Annotated[UUID | None, typer.Option(help="A case: everything about this subject or linked to it.")] = None,
    event: Annotated[UUID | None, typer.Option(help="Everything of this event.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Recorded from then on (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Recorded before then (UTC).")] = None,
    checkpoint: Notes = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write a sealed extract of a case, an event or a period: entries, bodies, proofs, checkpoint."""
    from datetime import UTC

    from thammuu.journal.proofs.extracts import Choice

    if not (subject or event or since or until):
        raise typer.BadParameter(_("Name a subject, an event or a period."))
    from_then, to_then = (at and at.replace(tzinfo=UTC) for at in (since, until))
    _extract(home, Choice(subject=subject, event=event, since=from_then, until=to_then), checkpoint, out, as_json)


def _extract(home: Path | None, choice: Any, earlier: list[Path] | None, out: Path | None, as_json: bool) -> None:
    from thammuu.journal.proofs.extracts import Unproven, extract
    from thammuu.journal.proofs.notes import BadNote

    with _reached(home) as place:
        from thammuu.config.working import connect

        notes = [file.read_text() for file in earlier or []]
        try:
            note = _sign(place)
            with connect() as connection:
                text, count = extract(connection, _signer(place), note, choice, notes)
        except (Unproven, BadNote) as fault:
            refuse(str(fault))
            raise typer.Exit(FAULTS_FOUND) from None
    if not count:
        refuse(_("No sealed entry matches."))
        raise typer.Exit(FAULTS_FOUND)
    if as_json:
        if out is not None:
            out.write_text(text)
        answer({"entries": count, "checkpoint": note, "extract": str(out) if out else text})
    else:
        _write(out, text)


@journal.command()
def checker(out: Out = None) -> None:
    """Write the program that checks an extract anywhere with nothing but Python."""
    from thammuu.journal.proofs import offline

    _write(out, Path(str(offline.__file__)).read_text())


@journal.command()
def key(home: Home = None, as_json: AsJson = False) -> None:
    """Print the verifier key: give it to whoever is to check this journal."""
    apply(home)
    verifier = _verifier(read_installation().home, "")
    if verifier is None:
        raise CannotStart(_("There is no key yet; run 'thammuu init' first."))
    if as_json:
        answer({"verifier": str(verifier)})
    else:
        _write(None, f"{verifier}\n")


@witness.command()
def add(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A signed checkpoint.")],
    verifier: Believed = "",
    proof: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="An extract of that log with a proof since ours.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Keep a checkpoint of another log, or an earlier one of this, and compare it with those kept before."""
    from thammuu.journal.proofs import keeping, witnesses
    from thammuu.journal.proofs.notes import BadNote

    apply(home)
    place = read_installation().home
    believed = _verifier(place, verifier)
    if believed is None:
        raise CannotStart(_("There is no key yet; run 'thammuu init' first."))
    try:
        note = file.read_text()
        path = witnesses.path_from(proof.read_text(), note, believed, place / keeping.WITNESSED) if proof else None
        kept, proven = witnesses.take(place / keeping.WITNESSED, note, believed, path)
    except (BadNote, witnesses.Fork) as fault:
        refuse(str(fault))
        raise typer.Exit(FAULTS_FOUND) from None
    if as_json:
        answer({"kept": str(kept), "proven": proven})
    elif proven:
        say(_("Kept; it goes on from the one before."))
    else:
        say(_("Kept. It is the first, or nothing shows yet that it goes on from the one before."))


@witness.command("list")
def list_witnessed(home: Home = None, as_json: AsJson = False) -> None:
    """Show the checkpoints that are kept."""
    from thammuu.journal.proofs import keeping, witnesses

    apply(home)
    rows: list[dict[str, Any]] = [
        {"origin": one.checkpoint.origin, "epoch": one.checkpoint.epoch, "size": one.checkpoint.size,
         "root": one.checkpoint.root.hex(), "file": str(one.file)}
        for one in witnesses.read(read_installation().home / keeping.WITNESSED)
    ]  # fmt: skip
    if as_json:
        answer(rows)
        return
    for row in rows:
        console.print(f"{row['origin']}  {row['size']}  {row['root'][:16]}…  {row['file']}", soft_wrap=True)


@contextmanager
def _reached(home: Path | None) -> Iterator[Path]:
    apply(home)
    with database(read_installation()) as reached:
        if reached.embedded:
            os.environ.pop("DATABASE_URL", None)
        ready_django()
        try:
            yield reached.home
        finally:
            leave_django()


def _verifier(home: Path, believed: str) -> "Verifier | None":
    from thammuu.journal.proofs import keeping
    from thammuu.journal.proofs.notes import BadNote, Verifier

    try:
        return Verifier.parse(believed) if believed else keeping.read_verifier(home)
    except BadNote as bad:
        raise CannotStart(str(bad)) from None


def _signer(home: Path) -> "Signer":
    from thammuu.journal.proofs import keeping
    from thammuu.journal.proofs.notes import BadNote

    try:
        signer = keeping.read_signer(home)
    except BadNote as bad:
        raise CannotStart(str(bad)) from None
    if signer is None:
        raise CannotStart(_("There is no key to sign with in {home}.").format(home=home))
    return signer


def _sign(home: Path) -> str:
    from thammuu.config.working import connect
    from thammuu.journal.proofs.keeping import notary_of
    from thammuu.journal.proofs.notary import Mismatch

    _signer(home)
    try:
        with connect() as connection:
            return notary_of(home).sign_stored(connection)
    except Mismatch as mismatch:
        refuse(str(mismatch))
        raise typer.Exit(FAULTS_FOUND) from None


def _write(out: Path | None, text: str) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text)
        say(_("Written to {file}.").format(file=out))


@contextmanager
def _shown(what: str) -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
