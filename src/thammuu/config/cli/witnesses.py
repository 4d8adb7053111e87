"""The commands that keep checkpoints which came from elsewhere."""

from pathlib import Path
from typing import Annotated, Any

import typer

from thammuu.config.cli.journal_home import Believed, verifier_of
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
