"""The `journal` commands: verify, prove, checkpoint, export, witness."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thammuu.config.cli.journal_home import Believed, Notes, Out, reached, shown, sign, signer_of, verifier_of, write
from thammuu.config.cli.options import AsJson, Home, apply
from thammuu.config.cli.output import FAULTS_FOUND, answer, errors, refuse, say
from thammuu.config.cli.witnesses import witness
from thammuu.config.installation import read_installation
from thammuu.config.language import _, wanted
from thammuu.config.supervisor.refusals import CannotStart

journal = typer.Typer(name="journal", help="Prove and verify the journal.", no_args_is_help=True)
journal.add_typer(witness)


@journal.command()
def verify(
    home: Home = None,
    checkpoint: Notes = None,
    verifier: Believed = "",
    tables: Annotated[bool, typer.Option("--tables", help="Compare every table with the journal instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Verify the whole journal: positions, columns, bodies, tree, checkpoints. Exit code 1 when something is wrong."""
    from thammuu.journal.proofs.sharing import Unfinished

    with reached(home) as place:
        try:
            told = _compare_tables() if tables else _verify(place, verifier, checkpoint or [])
        except Unfinished as error:
            raise CannotStart(str(error)) from None
    if as_json:
        answer(told)
    else:
        for fault in told["faults"]:
            errors.print(f"[bold red]✗[/] {fault['says']}", soft_wrap=True)
        for fault in told.get("notices", []):
            errors.print(f"[yellow]![/] {fault['says']}", soft_wrap=True)
        if told["sound"]:
            say(told["says"])
    if not told["sound"]:
        raise typer.Exit(FAULTS_FOUND)


def _verify(place: Path, believed: str, files: list[Path]) -> dict[str, Any]:
    from django.utils import translation

    from thammuu.config import witnesses as asked
    from thammuu.config.working import connect, parameters
    from thammuu.journal.proofs import asking, keeping, verifying, witnesses
    from thammuu.journal.proofs.faults import sentence
    from thammuu.journal.proofs.verifying import Kept

    verifier = verifier_of(place, believed)
    notes = [Kept(str(file), file.read_text(), asked=True) for file in files]
    if verifier is not None:
        for folder in (keeping.CHECKPOINTS, keeping.WITNESSED):
            notes += witnesses.kept(place / folder, verifier)
        notes += asking.kept(asked.read_plan(place).neighbours, place / asked.COSIGNED)
    translation.activate("vi" if wanted() == "vi" else "en")
    with connect() as connection, shown(_("Sealed entries")) as progress:
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
        "notices": [{**fault._asdict(), "says": sentence(fault)} for fault in report.notices],
    }


def _compare_tables() -> dict[str, Any]:
    from thammuu.journal.proofs.tables import compare_tables

    faults = []
    with shown(_("Slices")) as progress:
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
    with reached(home) as place:
        note = sign(place)
    if as_json:
        answer({"checkpoint": note})
    else:
        write(out, note)


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
    from thammuu.journal.proofs.extracts import Choice

    if not (subject or event or since or until):
        raise typer.BadParameter(_("Name a subject, an event or a period."))
    from_then, to_then = (at and at.replace(tzinfo=UTC) for at in (since, until))
    _extract(home, Choice(subject=subject, event=event, since=from_then, until=to_then), checkpoint, out, as_json)


def _extract(home: Path | None, choice: Any, earlier: list[Path] | None, out: Path | None, as_json: bool) -> None:
    from thammuu.journal.proofs.extracts import Unproven, extract
    from thammuu.journal.proofs.notes import BadNote

    with reached(home) as place:
        from thammuu.config.working import connect

        notes = [file.read_text() for file in earlier or []]
        try:
            note = sign(place)
            with connect() as connection:
                text, count = extract(connection, signer_of(place), note, choice, notes)
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
        write(out, text)


@journal.command()
def checker(out: Out = None) -> None:
    """Write the program that checks an extract anywhere with nothing but Python."""
    from thammuu.journal.proofs import offline

    write(out, Path(str(offline.__file__)).read_text())


@journal.command()
def key(home: Home = None, as_json: AsJson = False) -> None:
    """Print the verifier key: give it to whoever is to check this journal."""
    apply(home)
    verifier = verifier_of(read_installation().home, "")
    if verifier is None:
        raise CannotStart(_("There is no key yet; run 'thammuu init' first."))
    if as_json:
        answer({"verifier": str(verifier)})
    else:
        write(None, f"{verifier}\n")
