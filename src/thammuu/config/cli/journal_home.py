"""What the journal's commands share: the home with its database, its keys, and where the answer goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from thammuu.config.cli.options import apply, leave_django, ready_django
from thammuu.config.cli.output import FAULTS_FOUND, errors, refuse, say
from thammuu.config.installation import read_installation
from thammuu.config.language import _
from thammuu.config.reaching import database
from thammuu.config.supervisor.refusals import CannotStart

if TYPE_CHECKING:
    from thammuu.journal.proofs.notes import Signer, Verifier

Believed = Annotated[str, typer.Option("--verifier", help="The verifier key to believe.", show_default="the home's")]
Notes = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", exists=True, dir_okay=False, help="A checkpoint that was kept; may be repeated."),
]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write.", show_default="standard output")]


@contextmanager
def reached(home: Path | None) -> Iterator[Path]:
    apply(home)
    with database(read_installation()) as reached:
        if reached.embedded:
            os.environ.pop("DATABASE_URL", None)
        ready_django()
        try:
            yield reached.home
        finally:
            leave_django()


def verifier_of(home: Path, believed: str) -> "Verifier | None":
    from thammuu.journal.proofs import keeping
    from thammuu.journal.proofs.notes import BadNote, Verifier

    try:
        return Verifier.parse(believed) if believed else keeping.read_verifier(home)
    except BadNote as bad:
        raise CannotStart(str(bad)) from None


def signer_of(home: Path) -> "Signer":
    from thammuu.journal.proofs import keeping
    from thammuu.journal.proofs.notes import BadNote

    try:
        signer = keeping.read_signer(home)
    except BadNote as bad:
        raise CannotStart(str(bad)) from None
    if signer is None:
        raise CannotStart(_("There is no key to sign with in {home}.").format(home=home))
    return signer


def sign(home: Path) -> str:
    from thammuu.config.working import connect
    from thammuu.journal.proofs.keeping import notary_of
    from thammuu.journal.proofs.notary import Mismatch

    signer_of(home)
    try:
        with connect() as connection:
            return notary_of(home).sign_stored(connection)
    except Mismatch as mismatch:
        refuse(str(mismatch))
        raise typer.Exit(FAULTS_FOUND) from None


def write(out: Path | None, text: str) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text)
        say(_("Written to {file}.").format(file=out))


@contextmanager
def shown(what: str) -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
