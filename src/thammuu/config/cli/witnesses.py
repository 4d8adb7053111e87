"""The commands that keep checkpoints which came from elsewhere."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from thammuu.config.cli.journal_home import Believed, verifier_of
from thammuu.config.cli.journal_home import reached as reached_home
from thammuu.config.cli.options import AsJson, Home, apply
from thammuu.config.cli.output import FAULTS_FOUND, answer, console, refuse, say
from thammuu.config.installation import read_installation
from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart

witness = typer.Typer(name="witness", help="Keep checkpoints that came from elsewhere.", no_args_is_help=True)


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
    believed = verifier_of(place, verifier)
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
    """Show the witnesses with the age of what they cosigned last, and the checkpoints that came as files.

    Exit code 1 when a witness contradicts this journal or too few have cosigned within the hour.
    """
    from thammuu.config import witnesses as asked
    from thammuu.journal.proofs import keeping, witnesses

    apply(home)
    place, now = read_installation().home, time.time()
    plan, stands = asked.read_plan(place), asked.standings(place)
    files: list[dict[str, Any]] = [
        {"origin": one.checkpoint.origin, "epoch": one.checkpoint.epoch, "size": one.checkpoint.size,
         "root": one.checkpoint.root.hex(), "age": round(now - one.file.stat().st_mtime), "file": str(one.file)}
        for one in witnesses.read(place / keeping.WITNESSED)
    ]  # fmt: skip
    rows = [
        {"name": one.neighbour.name, "url": one.neighbour.url, "size": one.size,
         "age": None if one.at is None else round(now - one.at), "fault": one.fault}
        for one in stands
    ]  # fmt: skip
    fresh = plan.fresh(stands, now)
    reached = fresh >= plan.quorum
    if as_json:
        answer({"witnesses": rows, "files": files, "quorum": plan.quorum, "fresh": fresh, "reached": reached})
    else:
        for row in [*rows, *files]:
            shown = row["name"] if "name" in row else row["origin"]
            age = _("never") if row["age"] is None else _("{seconds} s ago").format(seconds=row["age"])
            end = row.get("fault") or row.get("file") or ""
            console.print(f"{shown}  {row['size'] or 0}  {age}  {end}", soft_wrap=True, highlight=False)
        if not reached:
            refuse(_("{fresh} witnesses have cosigned within the hour; there should be {quorum}.").format(
                fresh=fresh, quorum=plan.quorum
            ))  # fmt: skip
    if not reached or any(one.contradicts for one in stands):
        raise typer.Exit(FAULTS_FOUND)


@witness.command()
def key(home: Home = None, as_json: AsJson = False) -> None:
    """Print the key of this installation as a witness, made at the first time: give it to the logs that ask it."""
    from thammuu.config import witnesses as asked
    from thammuu.journal.proofs.notes import BadNote

    apply(home)
    try:
        cosigner = asked.make_key(read_installation().home)
    except BadNote as fault:
        raise CannotStart(str(fault)) from None
    if as_json:
        answer({"witness": str(cosigner)})
    else:
        typer.echo(str(cosigner))


@witness.command()
def ask(home: Home = None, as_json: AsJson = False) -> None:
    """Ask every witness now. Exit code 1 when one of them does not cosign."""
    with reached_home(home):
        from thammuu.config.working import ask_all, connect

        with connect() as own:
            stands = ask_all(own)
    if as_json:
        answer([{"name": one.neighbour.name, "size": one.size, "fault": one.fault} for one in stands])
    else:
        for one in stands:
            refuse(f"{one.neighbour.name}: {one.fault}") if one.fault else say(f"{one.neighbour.name}: {one.size}")
    if any(one.fault for one in stands):
        raise typer.Exit(FAULTS_FOUND)
